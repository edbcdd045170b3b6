package release

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Earlier are the manifests of the releases that a home pointed to before the one that it points to, the newest
// first: one is known by the release after it. What was built and never made current is not among them. A home that
// points to none has none; where a manifest cannot be read, what was before it is not known.
func Earlier(home string) []Manifest { return earlierThan(home, CurrentID(home)) }

// earlierThan returns the manifests of the releases before one, the newest first, as Earlier does.
func earlierThan(home, id string) []Manifest {
	m, err := readManifest(home, id)
	if err != nil {
		return nil
	}
	var all []Manifest
	seen := map[string]bool{m.ID: true}
	for m.Previous != "" && !seen[m.Previous] {
		if m, err = readManifest(home, m.Previous); err != nil {
			break
		}
		seen[m.ID] = true
		all = append(all, m)
	}
	return all
}

// Again builds the database of an earlier release of b's home anew, from the record kept with it, in the folder work,
// and gives its path. Imports that were withdrawn since are left out, and so are inspections. Rows of results,
// benchmarks and observations that the current release has no more are left out, with what the history told of them
// and documents that nothing else cites: what was withdrawn is not in the file. Nothing in the home changes.
func (b Builder) Again(ctx context.Context, m Manifest, work string) (string, error) {
	current, err := readManifest(b.Home, CurrentID(b.Home))
	if err != nil {
		return "", err
	}
	then, err := Record(b.Home, m)
	if err != nil {
		return "", err
	}
	now, err := Record(b.Home, current)
	if err != nil {
		return "", err
	}
	b.Folder = filepath.Join(work, "then")
	if err := withoutWithdrawn(then, now, b.Folder); err != nil {
		return "", fmt.Errorf("make release %s again: %w", m.ID, err)
	}
	b.Record, b.newest = os.DirFS(b.Folder), Path(b.Home, current.ID)
	file := filepath.Join(work, "release.duckdb")
	if _, _, err := b.fill(ctx, work, file); err != nil {
		return "", fmt.Errorf("make release %s again: %w", m.ID, err)
	}
	return file, nil
}

// withoutWithdrawn writes the record of an earlier release into a folder without the imports that the current one has
// no more: they were withdrawn. Inspections that were withdrawn since are withdrawn in it too.
func withoutWithdrawn(then, now fs.FS, folder string) error {
	was, errThen := decisionsOf(then)
	is, errNow := decisionsOf(now)
	if err := errors.Join(errThen, errNow, os.CopyFS(folder, then)); err != nil {
		return err
	}
	kept := slices.DeleteFunc(slices.Clone(was), func(d Decision) bool { return d.Rows != "" && !slices.Contains(is, d) })
	for _, d := range is {
		if d.Rows == "" && !slices.Contains(was, d) {
			kept = append(kept, d)
		}
	}
	if slices.Equal(kept, was) {
		return nil
	}
	content, err := DecisionsCSV(kept)
	if err != nil {
		return err
	}
	path := filepath.Join(folder, filepath.FromSlash(DecisionsFile))
	return errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.RemoveAll(path), os.WriteFile(path, content, 0o600))
}

// attachNewest attaches the current release to a database being built.
func (b Builder) attachNewest(ctx context.Context, db *sql.DB) error {
	text, err := fs.ReadFile(b.Queries, "release/attach_newest.sql")
	if err != nil {
		return err
	}
	path := strings.ReplaceAll(b.newest, "'", "''")
	if _, err := db.ExecContext(ctx, strings.ReplaceAll(string(text), "$path", path)); err != nil {
		return fmt.Errorf("attach the current release: %w", err)
	}
	return nil
}
