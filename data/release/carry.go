package release

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Part is a file of a release, named by what is in it so that two homes can hold it under one name.
type Part struct {
	SHA256 string
	Kind   string // duckdb, zip or parquet
	Size   int64  // in bytes; 0 where it is not known
	Path   string // in the home
}

// Name returns the part's name: its hash and its kind.
func (p Part) Name() string { return p.SHA256 + "." + p.Kind }

func databasePart(home string, m Manifest) Part {
	return Part{SHA256: m.SHA256, Kind: "duckdb", Size: m.Size, Path: Path(home, m.ID)}
}

func recordPart(home string, m Manifest) Part {
	return Part{SHA256: m.Record, Kind: "zip", Path: recordPath(home, m.ID)}
}

// rowParts are the files of rows that a release's record rests on. The record is read from the home.
func rowParts(home string, m Manifest) ([]Part, error) {
	record, err := Record(home, m)
	if err != nil {
		return nil, err
	}
	decisions, err := decisionsOf(record)
	if err != nil {
		return nil, err
	}
	var parts []Part
	for _, d := range decisions {
		if d.Rows == "" {
			continue
		}
		if !idPattern.MatchString(d.Rows) {
			return nil, fmt.Errorf("record of release %s: %q is no SHA-256 of rows", m.ID, d.Rows)
		}
		parts = append(parts, Part{SHA256: d.Rows, Kind: "parquet", Path: RowsPath(rowsFolder(home), d.Rows)})
	}
	return parts, nil
}

// Parts returns all files of a release of a home but its manifest.
func Parts(home string, m Manifest) ([]Part, error) {
	rows, err := rowParts(home, m)
	if err != nil {
		return nil, err
	}
	return append([]Part{databasePart(home, m), recordPart(home, m)}, rows...), nil
}

// Of returns the manifest of a release of a home, after its database was compared with its hash.
func Of(home, id string) (Manifest, error) { return verified(home, id) }

// ManifestText returns the manifest of a release as its home keeps it.
func ManifestText(home, id string) ([]byte, error) { return os.ReadFile(manifestPath(home, id)) }

// ParseManifest reads the manifest of the release with this id.
func ParseManifest(id string, text []byte) (Manifest, error) {
	var m Manifest
	if !idPattern.MatchString(id) {
		return m, fmt.Errorf("%q is no release id", id)
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return Manifest{}, fmt.Errorf("read manifest of %s: %w", id, err)
	}
	switch {
	case m.ID != id:
		return Manifest{}, fmt.Errorf("read manifest of %s: it is of %q", id, m.ID)
	case !idPattern.MatchString(m.SHA256) || !idPattern.MatchString(m.Record):
		return Manifest{}, fmt.Errorf("read manifest of %s: it does not name its files by SHA-256", id)
	case m.Previous != "" && !idPattern.MatchString(m.Previous):
		return Manifest{}, fmt.Errorf("read manifest of %s: %q is no id of the release before", id, m.Previous)
	}
	return m, nil
}

// Fetch writes a part's content.
type Fetch func(ctx context.Context, p Part, to io.Writer) error

// mostPart is the largest file that is received where its size is not known before, in bytes.
const mostPart = 4 << 30

// Receive brings a release that another home made into this one, whole or not at all, and does not point to it. Files
// that are here and whole are not fetched. Without the database a release is received as an earlier one: it can be
// built again from its record.
func Receive(ctx context.Context, home string, text []byte, m Manifest, database bool, fetch Fetch) error {
	if err := os.MkdirAll(rowsFolder(home), 0o755); err != nil {
		return fmt.Errorf("prepare home: %w", err)
	}
	if err := (Builder{Home: home, Now: time.Now}).sweep(); err != nil {
		return fmt.Errorf("prepare home: %w", err)
	}
	work, err := os.MkdirTemp(home, "building-")
	if err != nil {
		return fmt.Errorf("prepare home: %w", err)
	}
	defer os.RemoveAll(work)
	receive := func(p Part) error { return receivePart(ctx, work, p, fetch) }
	if err := receive(recordPart(home, m)); err != nil {
		return err
	}
	parts, err := rowParts(home, m)
	if err != nil {
		return err
	}
	if database {
		parts = append(parts, databasePart(home, m))
	}
	for _, p := range parts {
		if err := receive(p); err != nil {
			return err
		}
	}
	return inOrder(func() error { return SyncDir(rowsFolder(home)) },
		func() error { return Replace(manifestPath(home, m.ID), text, publicFile) },
		func() error { return SyncDir(filepath.Join(home, "releases")) })
}

// receivePart brings one file to its place, where it is not there whole.
func receivePart(ctx context.Context, work string, p Part, fetch Fetch) error {
	if sum, err := HashFile(p.Path); err == nil && sum == p.SHA256 {
		return nil
	}
	path := filepath.Join(work, p.Name())
	err := writeFile(path, func(w io.Writer) error {
		most := p.Size
		if most == 0 {
			most = mostPart
		}
		return fetch(ctx, p, &limited{to: w, left: most})
	})
	if err != nil {
		return fmt.Errorf("receive %s: %w", p.Name(), err)
	}
	sum, _, err := seal(path)
	if err != nil {
		return err
	}
	if sum != p.SHA256 {
		return fmt.Errorf("receive %s: it is damaged: what came hashes to %s", p.Name(), sum)
	}
	return os.Rename(path, p.Path)
}

// limited refuses more bytes than it is told, so that a wrong file does not fill the disk.
type limited struct {
	to   io.Writer
	left int64
}

// Write implements io.Writer.
func (l *limited) Write(content []byte) (int, error) {
	if l.left -= int64(len(content)); l.left < 0 {
		return 0, errors.New("it is larger than its manifest says")
	}
	return l.to.Write(content)
}

// Known reports whether a home has the manifest and the whole record of a release.
func Known(home, id string) (Manifest, bool) {
	m, err := readManifest(home, id)
	if err != nil {
		return m, false
	}
	_, err = rowParts(home, m)
	return m, err == nil
}

// Whole is the release that a home points to, or the newest other one whose database is whole. ErrNone where there is
// none.
func Whole(home string) (Manifest, error) {
	current := CurrentID(home)
	if m, err := verified(home, current); err == nil {
		return m, nil
	}
	for _, other := range (Builder{Home: home}).before(current) {
		if m, err := verified(home, other.ID); err == nil {
			return m, nil
		}
	}
	return Manifest{}, ErrNone
}

// Prune removes the databases of a home's releases but some. Their records stay, from which each can be built again.
func Prune(home string, keep ...string) error {
	paths, err := filepath.Glob(Path(home, "*"))
	for _, path := range paths {
		if id := strings.TrimSuffix(filepath.Base(path), ".duckdb"); !slices.Contains(keep, id) {
			err = errors.Join(err, os.Remove(path))
		}
	}
	return err
}
