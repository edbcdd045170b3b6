package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"yardstick/data/register"
	"yardstick/data/release"
)

const currentName = "CURRENT"

func fileName(p release.Part) string { return "files/" + p.Name() }

func manifestName(id string) string { return "releases/" + id + ".json" }

// pointer is what CURRENT says: a line with the release, the hash of its manifest and that of the log of publications;
// below it the signed checkpoint of that log. A release that was never published by a register has no log.
type pointer struct {
	release    string
	manifest   string // SHA-256
	log        string // SHA-256; empty for none
	checkpoint string
}

func (p pointer) text() []byte {
	return []byte(strings.TrimSpace(p.release+" "+p.manifest+" "+p.log) + "\n" + p.checkpoint)
}

// logName is the log of publications as an object, named by its hash.
func logName(sum string) string { return "files/" + sum + ".log" }

// pointer reads CURRENT. It fails with errSame where that still has the ETag except.
func (s *Store) pointer(ctx context.Context, except string) (p pointer, etag string, err error) {
	text, etag, err := s.read(ctx, currentName, except)
	if err != nil {
		return pointer{}, "", err
	}
	line, checkpoint, _ := strings.Cut(string(text), "\n")
	words := strings.Fields(line)
	whole := (len(words) == 2 && checkpoint == "" || len(words) == 3 && checkpoint != "") &&
		!slices.ContainsFunc(words, func(word string) bool { return len(word) != sha256.Size*2 })
	if !whole {
		return pointer{}, "", fmt.Errorf("%s/%s does not name a release: it is damaged, or not Yardstick's", s, currentName)
	}
	p = pointer{release: words[0], manifest: words[1], checkpoint: checkpoint}
	if len(words) == 3 {
		p.log = words[2]
	}
	return p, etag, nil
}

// Pushed says what a push did.
type Pushed struct {
	Release  string `json:"release"`
	Previous string `json:"previous"` // that the store pointed to before; empty for none
	Files    int    `json:"files"`    // that were sent
	Bytes    int64  `json:"bytes"`    // of them
}

// ForeignError says that the store points to a release that a home never had: somebody else published it.
type ForeignError struct{ Store, Theirs string }

// Error says what to do about it.
func (e *ForeignError) Error() string {
	return fmt.Sprintf("%s points to release %s, which was not made in this home: nothing was changed. "+
		"To put this home's release in its place, name it: --replacing %s", e.Store, e.Theirs, e.Theirs)
}

// Push puts the current release of a home into the store, with those before it that the store lacks, and points to it.
// It fails with *ForeignError, and changes nothing, where the store points to a release that is not among those before
// it, unless that is replacing. Of two homes that push at a time, one succeeds.
func (s *Store) Push(ctx context.Context, home, replacing string) (Pushed, error) {
	at, etag, err := s.pointer(ctx, "")
	if err != nil && !errors.Is(err, errAbsent) {
		return Pushed{}, err
	}
	m, err := release.Current(home)
	if err != nil {
		return Pushed{}, err
	}
	done := Pushed{Release: m.ID, Previous: at.release}
	to, log, err := signedLog(home, m)
	if err != nil {
		return Pushed{}, err
	}
	if at.release == m.ID && at.log == to.log {
		return done, nil
	}
	earlier := release.Earlier(home)
	knows := func(id string) bool {
		return slices.ContainsFunc(earlier, func(e release.Manifest) bool { return e.ID == id })
	}
	if at.release != "" && at.release != m.ID && at.release != replacing && !knows(at.release) {
		return Pushed{}, &ForeignError{Store: s.String(), Theirs: at.release}
	}
	slices.Reverse(earlier)
	for _, before := range earlier {
		if _, err := release.Of(home, before.ID); err != nil {
			continue // damaged or gone at home: it cannot be sent, and the current one does not need it
		}
		if _, err := s.send(ctx, home, before, &done); err != nil {
			return Pushed{}, err
		}
	}
	manifest, err := s.send(ctx, home, m, &done)
	if err != nil {
		return Pushed{}, err
	}
	if err := s.heedsConditions(ctx, m.ID, manifest); err != nil {
		return Pushed{}, err
	}
	if to.log != "" {
		if err := s.writeText(ctx, logName(to.log), log, ""); err != nil && !errors.Is(err, errCondition) {
			return Pushed{}, err
		}
	}
	to.manifest = release.HashOf(manifest)
	return done, s.point(ctx, to, etag)
}

// signedLog returns a pointer to a home's release with the checkpoint of the home's log of publications, and the log.
func signedLog(home string, m release.Manifest) (to pointer, log []byte, err error) {
	to.release = m.ID
	log, checkpoint, err := release.PublicLog(home)
	if errors.Is(err, fs.ErrNotExist) {
		return to, nil, nil
	}
	bound, errBound := m.Bound()
	if err := cmp.Or(err, errBound); err != nil {
		return to, nil, err
	}
	if err := register.CheckLog(log, checkpoint, nil, "", m.ID, bound); err != nil {
		return to, nil, fmt.Errorf("%w: if something is being published now, push again; else see journal verify", err)
	}
	to.log, to.checkpoint = release.HashOf(log), string(checkpoint)
	return to, log, nil
}

// send puts a release's files and then its manifest into the store, and returns the manifest that is there. Where the
// store has the release already, from whatever home, nothing is sent.
func (s *Store) send(ctx context.Context, home string, m release.Manifest, done *Pushed) ([]byte, error) {
	there, _, err := s.read(ctx, manifestName(m.ID), "")
	if err == nil {
		_, err = release.ParseManifest(m.ID, there)
		return there, err
	}
	if !errors.Is(err, errAbsent) {
		return nil, err
	}
	parts, err := release.Parts(home, m)
	if err != nil {
		return nil, err
	}
	for _, p := range parts {
		if err := s.sendPart(ctx, p, done); err != nil {
			return nil, err
		}
	}
	text, err := release.ManifestText(home, m.ID)
	if err != nil {
		return nil, err
	}
	err = s.writeText(ctx, manifestName(m.ID), text, "")
	if errors.Is(err, errCondition) { // another home sent the same release meanwhile
		there, _, err = s.read(ctx, manifestName(m.ID), "")
		return there, err
	}
	done.Files, done.Bytes = done.Files+1, done.Bytes+int64(len(text))
	return text, err
}

// sendPart creates a file in the store. One that is there already has the same name, and so the same content.
func (s *Store) sendPart(ctx context.Context, p release.Part, done *Pushed) error {
	file, err := os.Open(p.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	err = s.write(ctx, fileName(p), file, info.Size(), "")
	if !errors.Is(err, errCondition) {
		done.Files, done.Bytes = done.Files+1, done.Bytes+info.Size()
		return err
	}
	size, err := s.size(ctx, fileName(p))
	if err == nil && size != info.Size() {
		err = fmt.Errorf("%s/%s is damaged: it has %d bytes, not %d; remove it and push again",
			s, fileName(p), size, info.Size())
	}
	return err
}

// heedsConditions makes sure that the store refuses a conditional write whose condition does not hold: one that
// ignores conditions would let publishers overwrite each other. It writes a manifest over itself.
func (s *Store) heedsConditions(ctx context.Context, id string, manifest []byte) error {
	const nobodys = "00000000000000000000000000000000"
	for _, replaced := range []string{"", nobodys} {
		err := s.writeText(ctx, manifestName(id), manifest, replaced)
		if err == nil {
			return fmt.Errorf("%s ignores conditional writes, so that two publishers could overwrite each other: "+
				"nothing is published there", s.endpoint)
		}
		if !errors.Is(err, errCondition) {
			return err
		}
	}
	return nil
}

// point moves CURRENT, which had an ETag or was not there. An answer that got lost is requested again.
func (s *Store) point(ctx context.Context, to pointer, etag string) error {
	failed := s.writeText(ctx, currentName, to.text(), etag)
	if failed == nil {
		return nil
	}
	now, _, err := s.pointer(ctx, "")
	switch {
	case err == nil && now == to:
		return nil
	case err == nil && errors.Is(failed, errCondition):
		return fmt.Errorf("somebody else published release %s to %s meanwhile: it was not replaced", now.release, s)
	}
	return failed
}
