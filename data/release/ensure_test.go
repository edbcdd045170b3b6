package release_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"yardstick/data/release"
	"yardstick/data/release/releasetest"
	"yardstick/queries"
)

// What a server does with a release that the office published and that is not as it should be.
func TestEnsureOfARegistersRelease(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds releases")
	}
	// The second adds a word to the history and withdraws nothing.
	first, second := releasetest.Record(), changed(t, "history/releases.csv", "Synthetic:", "Synthetic second:")
	for _, record := range []fstest.MapFS{first, second} {
		record[release.DecisionsFile] = &fstest.MapFile{Data: []byte("position,kind,sha256,inspection\n")}
	}
	third := changed(t, "history/releases.csv", "Synthetic:", "Synthetic third:")
	third[release.DecisionsFile] = first[release.DecisionsFile]
	lines := strings.SplitAfter(string(second["results/cci.csv"].Data), "\n")
	third["results/cci.csv"].Data = []byte(strings.Join(lines[:len(lines)-2], "")) // withdraws the last row
	flip := func(path string) error {
		content, err := os.ReadFile(path)
		if err == nil {
			content[len(content)/2] ^= 1
		}
		return errors.Join(err, os.WriteFile(path, content, 0o644))
	}
	file := func(home, id, suffix string) string { return filepath.Join(home, "releases", id+suffix) }
	for _, c := range []struct {
		name   string
		damage func(home, id string) error
		want   string // in what Ensure says; "" where the release stands
		first  bool   // the release before it is served
		refuse bool   // nothing is
	}{
		{"as it was", func(string, string) error { return nil }, "", false, false},
		{"the database damaged", func(home, id string) error { return flip(file(home, id, ".duckdb")) }, "is damaged", false,
			false},
		{"the database gone", func(home, id string) error { return os.Remove(file(home, id, ".duckdb")) }, "no such file",
			false, false},
		{"the record damaged without need of it", func(home, id string) error { return flip(file(home, id, ".zip")) }, "",
			false, false},
		{"database and record damaged", func(home, id string) error {
			return errors.Join(flip(file(home, id, ".duckdb")), flip(file(home, id, ".zip")))
		}, "archive is damaged", true, false},
		{"the manifest gone", func(home, id string) error { return os.Remove(file(home, id, ".json")) }, "read manifest",
			false, false},
		{"the manifest cut", func(home, id string) error { return os.Truncate(file(home, id, ".json"), 40) },
			"read manifest", false, false},
		{"manifest and record damaged", func(home, id string) error {
			return errors.Join(os.Truncate(file(home, id, ".json"), 40), flip(file(home, id, ".zip")))
		}, "read manifest", false, true},
		{"the pointer damaged", func(home, _ string) error {
			return os.WriteFile(filepath.Join(home, "CURRENT"), []byte("?"), 0o644)
		}, "no release id", false, false},
	} {
		for _, withdraws := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s withdraws %v", c.name, withdraws), func(t *testing.T) {
				t.Parallel()
				home := t.TempDir()
				office := func(record fs.FS, day int) release.Manifest {
					b := builder(home, record, firstDay.AddDate(0, 0, day))
					b.Origin = release.OriginRegister
					return mustBuild(t, b)
				}
				newest := second
				if withdraws {
					newest = third
				}
				before := office(first, 0)
				current := office(naming(newest, before.ID), 1)
				if err := c.damage(home, current.ID); err != nil {
					t.Fatal(err)
				}
				pointer, _ := os.ReadFile(filepath.Join(home, "CURRENT"))
				got, instead, err := builder(home, releasetest.Record(), firstDay.AddDate(0, 0, 2)).Ensure(t.Context())
				if is, _ := os.ReadFile(filepath.Join(home, "CURRENT")); string(is) != string(pointer) {
					t.Errorf("the home points to %q, not %q", is, pointer)
				}
				if c.refuse || c.first && withdraws {
					if err == nil {
						t.Errorf("serves %.8s, which has what was withdrawn", got.ID)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				if said := instead != nil; said != (c.want != "") || said && !strings.Contains(instead.Error(), c.want) {
					t.Errorf("instead: %v, want %q", instead, c.want)
				}
				want := current
				if c.first {
					want = before
				}
				if got.ID != want.ID || got.Origin != release.OriginRegister || got.Previous != want.Previous {
					t.Errorf("serves %.8s of %s after %.8s, want %.8s", got.ID, got.Origin, got.Previous, want.ID)
				}
			})
		}
	}
}

// naming returns a record whose history gives the last but one of its releases an id.
func naming(record fstest.MapFS, id string) fstest.MapFS {
	out := maps.Clone(record)
	lines := strings.Split(strings.TrimSpace(string(record["history/releases.csv"].Data)), "\n")
	cells := strings.Split(lines[len(lines)-2], ",")
	cells[1] = id
	lines[len(lines)-2] = strings.Join(cells, ",")
	out["history/releases.csv"] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n") + "\n")}
	return out
}

// Where a register knows what it published last, nothing older is served.
func TestEnsureKnowsTheRegister(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds releases")
	}
	record := changed(t, "results/cci.csv", ",69,moderate", ",68,moderate")
	record[release.DecisionsFile] = &fstest.MapFile{Data: []byte("position,kind,sha256,inspection\n")}
	older := func(home, _ string) error { return release.Point(home, release.Earlier(home)[0].ID) }
	for name, c := range map[string]struct {
		damage    func(home, id string) error
		published bool // by the register
		unknown   bool // the register cannot be read
		refuse    bool
	}{
		"nothing published": {func(home, _ string) error { return os.RemoveAll(filepath.Join(home, "releases")) }, false,
			false, false},
		"the pointer gone": {func(home, _ string) error { return os.Remove(filepath.Join(home, "CURRENT")) }, true, false,
			false},
		"everything gone": {func(home, _ string) error {
			return errors.Join(os.Remove(filepath.Join(home, "CURRENT")), os.RemoveAll(filepath.Join(home, "releases")))
		}, true, false, true},
		"an older one current": {older, true, false, false},
		"an older one current, and the public log alone may be asked": {func(home, id string) error {
			return errors.Join(older(home, id), release.WriteLog(home, []byte("2012-06-13T00:01:00Z "+id+" -\n"), nil))
		}, true, true, false},
		"nobody may ask": {func(home, _ string) error { return os.Remove(filepath.Join(home, "CURRENT")) }, true, true, true},
	} {
		home := t.TempDir()
		b := builder(home, releasetest.Record(), firstDay)
		own := mustBuild(t, b)
		want := own.ID
		if c.published {
			office := builder(home, record, firstDay.AddDate(0, 0, 1))
			office.Origin = release.OriginRegister
			want = mustBuild(t, office).ID
		}
		if err := c.damage(home, want); err != nil {
			t.Fatal(err)
		}
		b.Published = func() (string, error) {
			switch {
			case c.unknown:
				return "", fs.ErrPermission
			case c.published:
				return want, nil
			}
			return "", nil
		}
		got, _, err := b.Ensure(t.Context())
		if c.refuse {
			if err == nil || !strings.Contains(err.Error(), "publish") {
				t.Errorf("%s: serves %.8s, %v", name, got.ID, err)
			}
			continue
		}
		if err != nil || got.ID != want {
			t.Errorf("%s: serves %.8s, want %.8s, %v", name, got.ID, want, err)
		}
		if whole, err := release.Current(home); err != nil || whole.ID != want {
			t.Errorf("%s: the home points to %.8s, %v", name, whole.ID, err)
		}
	}
}

// A release that an earlier program made is made again of the same record, by this one.
func TestEnsureAfterTheProgramChanged(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds releases")
	}
	home := t.TempDir()
	b := builder(home, changed(t, "results/cci.csv", ",69,moderate", ",68,moderate"), firstDay)
	b.Origin = release.OriginRegister
	old := mustBuild(t, b)
	newer := builder(home, releasetest.Record(), firstDay.AddDate(0, 0, 1))
	newer.Queries = with(t, newer.Queries, "macros/another.sql", "-- Another.\ncreate macro another() as 1;\n")
	got, instead, err := newer.Ensure(t.Context())
	if err != nil || instead == nil || !strings.Contains(instead.Error(), "another program") {
		t.Fatalf("instead: %v, error %v", instead, err)
	}
	if got.ID == old.ID || got.Origin != release.OriginRegister {
		t.Errorf("serves %.8s of %s", got.ID, got.Origin)
	}
	if diff := cmp.Diff(old.Files, got.Files); diff != "" {
		t.Errorf("the record: -want +got:\n%s", diff)
	}
	if again, instead, err := newer.Ensure(t.Context()); err != nil || instead != nil || again.ID != got.ID {
		t.Errorf("once made: %.8s, %v, %v", again.ID, instead, err)
	}
}

// with is files with one more.
func with(t *testing.T, files fs.FS, name, content string) fs.FS {
	t.Helper()
	out := make(fstest.MapFS)
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, path)
		out[path] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	out[name] = &fstest.MapFile{Data: []byte(content)}
	return out
}

func TestRecordOfARelease(t *testing.T) {
	home := t.TempDir()
	record := releasetest.Record()
	m := mustBuild(t, builder(home, record, firstDay))
	kept, err := release.Record(home, m)
	if err != nil {
		t.Fatal(err)
	}
	if changes, err := release.Compare(record, kept); err != nil || len(changes) > 0 {
		t.Errorf("%v differ, %v", changes, err)
	}
	if len(m.Files) != len(record) || m.Files["SOURCES.csv"].Rows != 3 || m.Sources != 3 {
		t.Errorf("%d files of %d, sources %+v, %d", len(m.Files), len(record), m.Files["SOURCES.csv"], m.Sources)
	}
}

func TestCompare(t *testing.T) {
	before := releasetest.Record()
	after := releasetest.Record()
	replace := func(name, old, new string) {
		text := string(after[name].Data)
		if !strings.Contains(text, old) {
			t.Fatalf("%s has no %q", name, old)
		}
		after[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, new, 1))}
	}
	replace("results/cci.csv", ",69,moderate", ",68,moderate")
	replace("areas/aliases.csv", "area,alias,sources\n",
		"area,alias,sources\nalderbrook,New Name,synthetic-areas\nalderbrook,New Name,synthetic-areas\n")
	delete(after, "indicators/population_10_17.csv")
	changes, err := release.Compare(before, after)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]release.Difference{"areas/aliases.csv": {Came: 2}, "results/cci.csv": {Changed: 1},
		"indicators/population_10_17.csv": {Left: 1}}
	if diff := cmp.Diff(want, changes); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if same, err := release.Compare(before, releasetest.Record()); err != nil || len(same) > 0 {
		t.Errorf("equal records differ in %v, %v", same, err)
	}
}

// A release that the site cannot open is never current: what builds it says so, and a start serves the one before.
func TestWhatDoesNotOpenIsNeverCurrent(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds releases")
	}
	home := t.TempDir()
	shut := ""
	builder := func(why string) release.Builder {
		record := changed(t, "history/releases.csv", "Synthetic:", why)
		record[release.DecisionsFile] = &fstest.MapFile{Data: []byte("position,kind,sha256,inspection\n")}
		return release.Builder{Home: home, Record: record, Queries: queries.Files(), Now: time.Now,
			Origin: release.OriginRegister,
			Opens: func(_ context.Context, _ string, m release.Manifest) error {
				if m.ID == shut {
					return errors.New("a table does not load")
				}
				return nil
			}}
	}
	first, err := builder("First:").Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if shut, err = builder("Second:").ID(); err != nil {
		t.Fatal(err)
	}
	if _, err := builder("Second:").Build(t.Context()); err == nil || !strings.Contains(err.Error(), "does not load") {
		t.Errorf("built in spite of it: %v", err)
	}
	if got := release.CurrentID(home); got != first.ID {
		t.Fatalf("the home points to %s", got)
	}
	second := shut
	shut = "" // the program that published it could open it
	if _, err := builder("Second:").Build(t.Context()); err != nil {
		t.Fatal(err)
	}
	shut = second
	m, instead, err := builder("Second:").Ensure(t.Context())
	if err != nil || m.ID != first.ID || instead == nil || !strings.Contains(instead.Error(), "does not load") {
		t.Errorf("%s is served, %v, %v", m.ID, instead, err)
	}
	if got := release.CurrentID(home); got != second {
		t.Errorf("the home points to %s: a release that stands in is not current", got)
	}
	if err := os.Truncate(release.Path(home, second), 100); err != nil {
		t.Fatal(err)
	}
	m, instead, err = builder("Second:").Ensure(t.Context()) // damaged, and made again to no better end
	if err != nil || m.ID != first.ID || instead == nil || !strings.Contains(instead.Error(), "does not load") {
		t.Errorf("%s is served, %v, %v", m.ID, instead, err)
	}
}
