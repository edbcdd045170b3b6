package register

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"yardstick/data/release"
)

// The logs that the office's key signs: every entry of the journal, for the office; and every publication, for
// everybody. The public one is numbered on its own, so that it says nothing about decisions that are not public.
const (
	journalLog = "yardstick/journal"
	publicLog  = "yardstick/releases"
	keyName    = "yardstick-register"
)

func (r *Register) keyPath() string        { return filepath.Join(r.dir(), "key") }
func (r *Register) checkpointPath() string { return filepath.Join(r.dir(), "checkpoint") }
func (r *Register) nextPath() string       { return filepath.Join(r.dir(), "checkpoint.next") }

// Checkpoint is what a log was at a moment, as the key signed it: so many leaves, under one hash. Whoever keeps one can
// find out later whether the log still begins with what it was then.
type Checkpoint struct {
	Log  string
	Size int64
	Root tlog.Hash
}

// text returns the text that is signed.
func (c Checkpoint) text() string {
	return c.Log + "\n" + strconv.FormatInt(c.Size, 10) + "\n" + base64.StdEncoding.EncodeToString(c.Root[:]) + "\n"
}

// checkpointOf returns the checkpoint of a log with some leaves.
func checkpointOf(log string, leaves []string) (Checkpoint, error) {
	root, err := rootOf(leaves)
	return Checkpoint{Log: log, Size: int64(len(leaves)), Root: root}, err
}

// rootOf returns the hash of a tree of leaves, as RFC 6962 has it.
func rootOf(leaves []string) (tlog.Hash, error) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(at))
		for n, index := range at {
			out[n] = stored[index]
		}
		return out, nil
	})
	for n, leaf := range leaves {
		hashes, err := tlog.StoredHashes(int64(n), []byte(leaf), reader)
		if err != nil {
			return tlog.Hash{}, err
		}
		stored = append(stored, hashes...)
	}
	return tlog.TreeHash(int64(len(leaves)), reader)
}

// extends fails where a log with some leaves does not begin with what a checkpoint says.
func (c Checkpoint) extends(leaves []string) error {
	if c.Size > int64(len(leaves)) {
		return fmt.Errorf("has %d entries of the %d that were signed: the rest was cut off", len(leaves), c.Size)
	}
	root, err := rootOf(leaves[:c.Size])
	if err != nil {
		return err
	}
	if root != c.Root {
		return fmt.Errorf("is not what was signed when it had %d entries: it was rewritten", c.Size)
	}
	return nil
}

// openCheckpoint reads a checkpoint that the key signed.
func openCheckpoint(signed []byte, by note.Verifier) (Checkpoint, error) {
	opened, err := note.Open(signed, note.VerifierList(by))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("its signature is not that of the register's key: %w", err)
	}
	return parseCheckpoint(opened.Text)
}

// parseCheckpoint reads the text that is signed.
func parseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 {
		return Checkpoint{}, errors.New("is no checkpoint")
	}
	size, errSize := strconv.ParseInt(lines[1], 10, 64)
	root, errRoot := tlog.ParseHash(lines[2])
	if err := errors.Join(errSize, errRoot); err != nil || size < 0 {
		return Checkpoint{}, fmt.Errorf("is no checkpoint: %w", err)
	}
	return Checkpoint{Log: lines[0], Size: size, Root: root}, nil
}

// key returns the office's key. It is made where nothing was ever signed; where it is lost, nothing more is.
func (r *Register) key() (string, error) {
	text, err := os.ReadFile(r.keyPath())
	if err == nil {
		return strings.TrimSpace(string(text)), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("read key: %w", err)
	}
	for _, path := range []string{r.checkpointPath(), r.nextPath(), release.CheckpointPath(r.Home)} {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("the key %s is gone, and %s was signed with it: put it back from a backup",
				r.keyPath(), path)
		}
	}
	secret, _, err := note.GenerateKey(rand.Reader, keyName)
	if err != nil {
		return "", fmt.Errorf("make key: %w", err)
	}
	return secret, errors.Join(replace(r.keyPath(), []byte(secret+"\n")), release.SyncDir(r.dir()))
}

// verifier returns what verifies the office's signatures.
func (r *Register) verifier() (note.Verifier, error) {
	text, err := os.ReadFile(r.keyPath())
	if err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	public, err := publicKey(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, err
	}
	return note.NewVerifier(public)
}

// publicKey returns the public half of a key, which anybody may have.
func publicKey(secret string) (string, error) {
	signer, err := note.NewSigner(secret)
	if err != nil {
		return "", fmt.Errorf("read key: %w", err)
	}
	parts := strings.SplitN(secret, "+", 5) // PRIVATE, KEY, name, hash, key
	seed, err := base64.StdEncoding.DecodeString(parts[len(parts)-1])
	if err != nil || len(seed) != 1+ed25519.SeedSize {
		return "", errors.New("read key: it is not an Ed25519 key")
	}
	return note.NewEd25519VerifierKey(signer.Name(), ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey))
}

// sign signs the checkpoint of a log.
func (r *Register) sign(log string, leaves []string) ([]byte, error) {
	secret, err := r.key()
	if err != nil {
		return nil, err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	c, err := checkpointOf(log, leaves)
	if err != nil {
		return nil, err
	}
	return note.Sign(&note.Note{Text: c.text()}, signer)
}

// leavesOf returns the leaves of the journal's log: the hash of each entry as it was written.
func leavesOf(entries []Entry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, e.Hash)
	}
	return out
}

// publicLeaves returns the leaves of the public log: when each release was published, or made again, its id, and the
// hash of its manifest.
func publicLeaves(entries []Entry) []string {
	var out []string
	for _, e := range entries {
		if e.Act != ActPublish && e.Act != ActRemake {
			continue
		}
		manifest := e.Manifest
		if manifest == "" {
			manifest = "-" // an earlier program published it
		}
		out = append(out, fmt.Sprintf("%s %s %s", e.At.UTC().Format(time.RFC3339), e.Release, manifest))
	}
	return out
}

// signNext signs the journal with one entry more, before that is written.
func (r *Register) signNext(entries []Entry, e Entry) error {
	signed, err := r.sign(journalLog, append(leavesOf(entries), e.Hash))
	if err != nil {
		return err
	}
	return errors.Join(replace(r.nextPath(), signed), release.SyncDir(r.dir()))
}

// signedNext makes the checkpoint of the next entry that of the journal, once the entry is written.
func (r *Register) signedNext() error {
	return errors.Join(os.Rename(r.nextPath(), r.checkpointPath()), release.SyncDir(r.dir()))
}

// mendCheckpoint carries on where a command was cut off between signing an entry and writing it, or after it.
func (r *Register) mendCheckpoint(entries []Entry) error {
	signed, err := os.ReadFile(r.nextPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	by, err := r.verifier()
	if err != nil {
		return err
	}
	c, err := openCheckpoint(signed, by)
	if err == nil && c.Log == journalLog && c.Size == int64(len(entries)) && c.extends(leavesOf(entries)) == nil {
		return r.signedNext()
	}
	return os.Remove(r.nextPath())
}

// checkSigned fails where the journal is not the one that was signed last. One that was never signed, as earlier
// programs wrote it, is told apart by adopt.
func (r *Register) checkSigned(entries []Entry, adopt bool) error {
	broken := func(why error) error { return &JournalError{len(entries), "the journal " + why.Error()} }
	signed, err := os.ReadFile(r.checkpointPath())
	if errors.Is(err, fs.ErrNotExist) {
		_, errKey := os.Lstat(r.keyPath())
		_, errPublic := os.Lstat(release.CheckpointPath(r.Home))
		never := errors.Is(errKey, fs.ErrNotExist) && errors.Is(errPublic, fs.ErrNotExist)
		if len(entries) == 0 && errors.Is(errPublic, fs.ErrNotExist) || never && adopt {
			return nil
		}
		return broken(errors.New("is not signed: an earlier program wrote it, and the next decision signs it, or its " +
			"checkpoint is gone"))
	}
	if err != nil {
		return err
	}
	by, err := r.verifier()
	if err != nil {
		return broken(fmt.Errorf("cannot be held to its signature: %w", err))
	}
	c, err := openCheckpoint(signed, by)
	if err != nil {
		return broken(fmt.Errorf("has a checkpoint that %w", err))
	}
	if c.Log != journalLog {
		return broken(fmt.Errorf("has a checkpoint of another log, %s", c.Log))
	}
	if err := c.extends(leavesOf(entries)); err != nil {
		return broken(err)
	}
	if c.Size < int64(len(entries)) {
		return &JournalError{int(c.Size) + 1, "is not signed: no command of the register wrote it"}
	}
	return nil
}

// CheckAgainst fails with a *JournalError where the journal, or the public log, does not extend a checkpoint that was
// kept elsewhere.
func (r *Register) CheckAgainst(signed []byte, entries []Entry) error {
	by, err := r.verifier()
	if err != nil {
		return err
	}
	c, err := openCheckpoint(signed, by)
	if err != nil {
		return &JournalError{len(entries), "the checkpoint given: " + err.Error()}
	}
	leaves := leavesOf(entries)
	if c.Log == publicLog {
		leaves = publicLeaves(entries)
	}
	if err := c.extends(leaves); err != nil {
		return &JournalError{int(c.Size), "the log " + err.Error()}
	}
	return nil
}

// writePublicLog writes the public log and its checkpoint, where releases are.
func (r *Register) writePublicLog(entries []Entry) error {
	leaves := publicLeaves(entries)
	if len(leaves) == 0 {
		return nil
	}
	signed, err := r.sign(publicLog, leaves)
	if err != nil {
		return err
	}
	return release.WriteLog(r.Home, []byte(strings.Join(leaves, "\n")+"\n"), signed)
}

// checkPublished fails where something was published that the journal does not have: it was put back to what it was
// before, and what was withdrawn since would be published again.
func (r *Register) checkPublished(entries []Entry) error {
	signed, err := os.ReadFile(release.CheckpointPath(r.Home))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	by, errBy := r.verifier()
	if err := errors.Join(err, errBy); err != nil {
		return err
	}
	c, err := openCheckpoint(signed, by)
	if err == nil && c.Log == publicLog {
		err = c.extends(publicLeaves(entries))
	}
	if err != nil {
		return &JournalError{len(entries), "the journal does not fit the public log beside the releases, which " +
			err.Error()}
	}
	return nil
}

// checkPublicLog fails where the public log is not that of the journal, or where the home points to another release
// than the one published last, or where a manifest or database is not the one that was published.
func (r *Register) checkPublicLog(ctx context.Context, entries []Entry) error {
	leaves := publicLeaves(entries)
	last := lastPublish(entries)
	broken := func(line int, format string, args ...any) error {
		return &JournalError{line, fmt.Sprintf(format, args...)}
	}
	signed, err := os.ReadFile(release.CheckpointPath(r.Home))
	switch {
	case errors.Is(err, fs.ErrNotExist) && last.Manifest == "": // nothing was published, or by an earlier program
	case err != nil:
		return broken(last.Seq, "the public log cannot be read: %v", err)
	default:
		by, err := r.verifier()
		if err != nil {
			return broken(last.Seq, "the public log cannot be held to its signature: %v", err)
		}
		log, errLog := os.ReadFile(release.LogPath(r.Home))
		c, err := openCheckpoint(signed, by)
		if err := errors.Join(errLog, err); err != nil {
			return broken(last.Seq, "the public log: %v", err)
		}
		if c.Log != publicLog || c.extends(leaves) != nil || c.Size != int64(len(leaves)) ||
			!bytes.Equal(log, []byte(strings.Join(leaves, "\n")+"\n")) {
			return broken(last.Seq, "the public log is not that of the journal")
		}
	}
	current := release.CurrentID(r.Home)
	if current != last.Release && (last.Act != "" || release.IsOfRegister(r.Home, current)) {
		return broken(last.Seq, "the home points to release %q, and %q was published last: publish makes it current",
			current, last.Release)
	}
	for _, e := range entries {
		if e.Act != ActPublish || boundLast(entries, e.Release) == "" {
			continue
		}
		bound, err := r.builder(r.Record, "", "").Bound(ctx, e.Release)
		switch {
		case errors.Is(err, fs.ErrNotExist) && e.Seq != last.Seq: // an old release that was removed
		case err != nil:
			return broken(e.Seq, "its release: %v", err)
		case bound != boundLast(entries, e.Release):
			return broken(e.Seq, "its release is not the one that was published, it was exchanged or made again: publish "+
				"makes it from the register")
		}
	}
	return nil
}
