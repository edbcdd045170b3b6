package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"yardstick/data/register"
	"yardstick/data/release"
)

// Follower brings the releases that a store points to into a home.
type Follower struct {
	Store   *Store
	Home    string
	Program string // what builds releases here (release.Builder.Program): one of another program is refused
	Key     string // that must have signed the log of publications; empty for any

	etag string // of CURRENT, as it was when its release was brought
}

// Next returns the release that the store points to once it is here, whole. It returns false where the store still
// points to what it did. After an error the next call tries again.
func (f *Follower) Next(ctx context.Context) (m release.Manifest, moved bool, err error) {
	at, etag, err := f.Store.pointer(ctx, f.etag)
	switch {
	case errors.Is(err, errSame):
		return m, false, nil
	case errors.Is(err, errAbsent):
		return m, false, fmt.Errorf("%s has no release yet: publish one with --to", f.Store)
	case err != nil:
		return m, false, err
	}
	text, _, err := f.Store.read(ctx, manifestName(at.release), "")
	if err != nil {
		return m, false, err
	}
	if release.HashOf(text) != at.manifest {
		return m, false, fmt.Errorf("release %s: its manifest is not the one that was published", at.release)
	}
	if m, err = release.ParseManifest(at.release, text); err != nil {
		return m, false, err
	}
	if m.Program != f.Program {
		return m, false, fmt.Errorf("release %s was made by another version of Yardstick: "+
			"run the same version here and where it is published", m.ID)
	}
	log, err := f.log(ctx, at, m)
	if err != nil {
		return m, false, err
	}
	if local, err := release.Of(f.Home, m.ID); err == nil { // the same id says the same
		m = local
	} else if err := release.Receive(ctx, f.Home, text, m, true, f.fetch); err != nil {
		return m, false, err
	}
	if log != nil {
		if err := release.WriteLog(f.Home, log, []byte(at.checkpoint)); err != nil {
			return m, false, err
		}
	}
	f.etag = etag
	return m, true, nil
}

// log returns the log of publications that a pointer names, held to what this home knows of it; nil where there is none
// and none is wanted.
func (f *Follower) log(ctx context.Context, at pointer, m release.Manifest) ([]byte, error) {
	_, known, err := release.PublicLog(f.Home)
	if errors.Is(err, fs.ErrNotExist) {
		known, err = nil, nil
	}
	switch {
	case err != nil:
		return nil, err
	case at.log == "" && f.Key == "" && known == nil:
		return nil, nil
	case at.log == "":
		return nil, fmt.Errorf("release %s is refused: %s has no signed log of publications", at.release, f.Store)
	}
	log, _, err := f.Store.read(ctx, logName(at.log), "")
	if err != nil {
		return nil, err
	}
	if release.HashOf(log) != at.log {
		return nil, fmt.Errorf("release %s is refused: its log is damaged", at.release)
	}
	bound, err := m.Bound()
	if err != nil {
		return nil, err
	}
	if err := register.CheckLog(log, []byte(at.checkpoint), known, f.Key, m.ID, bound); err != nil {
		return nil, fmt.Errorf("release %s of %s is refused: %w", at.release, f.Store, err)
	}
	return log, nil
}

// mostEarlier bounds how many releases before one are looked for.
const mostEarlier = 10_000

// Earlier brings the releases before one into the home, without their databases, as far as the store has them.
func (f *Follower) Earlier(ctx context.Context, m release.Manifest) error {
	seen := map[string]bool{m.ID: true}
	for range mostEarlier {
		id := m.Previous
		if id == "" || seen[id] {
			return nil
		}
		seen[id] = true
		if known, ok := release.Known(f.Home, id); ok {
			m = known
			continue
		}
		text, _, err := f.Store.read(ctx, manifestName(id), "")
		if errors.Is(err, errAbsent) {
			return nil
		}
		if err != nil {
			return err
		}
		if m, err = release.ParseManifest(id, text); err != nil {
			return err
		}
		if err := release.Receive(ctx, f.Home, text, m, false, f.fetch); err != nil {
			return err
		}
	}
	return nil
}

func (f *Follower) fetch(ctx context.Context, p release.Part, to io.Writer) error {
	from, err := f.Store.get(ctx, fileName(p))
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, from.Close())
}
