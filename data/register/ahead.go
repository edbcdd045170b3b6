package register

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"yardstick/data/release"
)

// ErrStale says that something was decided since a publication was built ahead: it is built again.
var ErrStale = errors.New("the journal has changed since this publication was built ahead")

// Ahead is a publication that was built before its moment, in a home aside.
type Ahead struct {
	home     string
	entry    Entry
	manifest release.Manifest
	after    string // hash of the decision before it, by lastHash
}

// Ahead builds the release of a choice as it will stand at a moment, in a home of its own. Nothing is decided, and the
// register and its home stay as they are.
func (r *Register) Ahead(ctx context.Context, choice Choice, at time.Time, home string) (*Ahead, error) {
	if err := decided(choice.By); err != nil {
		return nil, err
	}
	entries, err := r.settled(ctx)
	if err != nil {
		return nil, err
	}
	then := *r
	then.Now = func() time.Time { return at }
	chosen, err := then.choose(entries, choice)
	if err != nil {
		return nil, err
	}
	a := &Ahead{home: home, after: lastHash(entries)}
	a.entry, a.manifest, err = r.aside(ctx, entries, chosen,
		Entry{At: at.UTC().Truncate(time.Second), By: choice.By, Why: choice.Why}, home)
	return a, err
}

// Fresh says whether nothing was decided that the release may rest on since a publication was built ahead.
func (r *Register) Fresh(a *Ahead) (bool, error) {
	entries, err := r.Journal()
	return err == nil && r.fresh(a, entries), err
}

func (r *Register) fresh(a *Ahead, entries []Entry) bool {
	return a.after == lastHash(entries) && a.entry.Previous == release.CurrentID(r.Home)
}

// lastHash is the hash of the newest decision that a release may rest on. None rests on a document.
func lastHash(entries []Entry) string {
	for _, e := range slices.Backward(entries) {
		if !e.Act.document() {
			return e.Hash
		}
	}
	return ""
}

// PublishAhead decides a publication that was built ahead, when its moment has come, and points to its release.
// ErrStale where something else was decided meanwhile.
func (r *Register) PublishAhead(ctx context.Context, a *Ahead) (Published, error) {
	out := Published{Release: a.manifest, Imports: a.entry.Imports, Previous: a.entry.Previous}
	err := r.locked(ctx, func(j *journal) error {
		if !r.fresh(a, j.entries) {
			return ErrStale
		}
		if now := r.Now(); now.Before(a.entry.At) {
			return fmt.Errorf("it is %s, and the publication is for %s", now.UTC(), a.entry.At)
		}
		last := lastPublish(j.entries).Imports
		out.Came, out.Left = without(out.Imports, last), without(last, out.Imports)
		built := Register{Home: a.home}
		changes, err := os.ReadFile(built.upload(a.entry.Difference))
		if err == nil {
			err = r.keep(a.entry.Difference, changes)
		}
		if err == nil {
			err = r.linkInto(a)
		}
		if err != nil {
			return err
		}
		return r.decideRelease(j, a.entry, a.manifest)
	})
	return out, err
}

// linkInto links the files of a release that was built aside into the register's home, its manifest last.
func (r *Register) linkInto(a *Ahead) error {
	rows, err := filepath.Glob(filepath.Join(a.home, "releases", "rows", "*.parquet"))
	if err != nil {
		return err
	}
	folder := filepath.Join(r.Home, "releases")
	if err := os.MkdirAll(filepath.Join(folder, "rows"), 0o755); err != nil {
		return err
	}
	for _, file := range rows {
		if err := link(file, filepath.Join(folder, "rows", filepath.Base(file))); err != nil {
			return err
		}
	}
	for _, ending := range []string{".duckdb", ".zip", ".json"} {
		name := a.manifest.ID + ending
		if err := link(filepath.Join(a.home, "releases", name), filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	return errors.Join(release.SyncDir(filepath.Join(folder, "rows")), release.SyncDir(folder))
}
