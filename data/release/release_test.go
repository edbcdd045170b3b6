package release_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
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

	"yardstick/analytics"
	"yardstick/analytics/duck"
	"yardstick/data"
	"yardstick/data/finding"
	"yardstick/data/release"
	"yardstick/data/release/releasetest"
	"yardstick/queries"
)

var firstDay = time.Date(2026, time.January, 2, 3, 4, 5, 678, time.UTC)

// builder builds record into home, by a clock that is at now.
func builder(home string, record fs.FS, now time.Time) release.Builder {
	return release.Builder{Home: home, Record: record, Queries: queries.Files(), Now: func() time.Time { return now }}
}

func mustBuild(t *testing.T, b release.Builder) release.Manifest {
	t.Helper()
	m, err := b.Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// files is every file under home by its hash.
func files(t *testing.T, home string) map[string]string {
	t.Helper()
	out := make(map[string]string)
	err := filepath.WalkDir(home, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(home, path)
		out[filepath.ToSlash(name)] = fmt.Sprintf("%x", sha256.Sum256(content))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// changed is the small record with one text of one file replaced.
func changed(t *testing.T, file, old, new string) fstest.MapFS {
	t.Helper()
	record := releasetest.Record()
	text := string(record[file].Data)
	if !strings.Contains(text, old) {
		t.Fatalf("%s has no %q", file, old)
	}
	record[file] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, new, 1))}
	return record
}

// The shipped record breaks no rule. Its warnings are those of a golden file, each of which was compared with the
// sources: a new one is to be read before it is kept (go test ./data/release -run TestShippedRecord -update).
func TestShippedRecordHasNoErrors(t *testing.T) {
	b := builder(t.TempDir(), data.Record(), firstDay)
	findings, err := b.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var warnings strings.Builder
	for _, f := range findings {
		if f.Refuses() {
			t.Error(f)
		}
		warnings.WriteString(f.String() + "\n")
	}
	golden := filepath.Join("testdata", "shipped.findings")
	if *update {
		if err := os.WriteFile(golden, []byte(warnings.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(warnings.String(), "\n")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if left := files(t, b.Home); len(left) > 0 {
		t.Errorf("checking left %v", left)
	}
}

// The rows of a release are those of the record: a file that lost some on the way in would show here.
func TestEveryRowOfTheShippedRecordArrives(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds releases")
	}
	m := mustBuild(t, builder(t.TempDir(), data.Record(), firstDay))
	lines := make(map[string]int64)
	err := fs.WalkDir(data.Record(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(data.Record(), name)
		lines[filepath.Dir(name)] += int64(strings.Count(strings.TrimRight(string(content), "\n"), "\n"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	rows := make(map[string]int64)
	for folder, tables := range map[string][]string{
		".": {"source"},
		"reference": {"programme", "scale", "level", "band", "measure", "theme", "crosswalk", "caution", "indicator",
			"programme_scale", "basis", "reading", "publisher", "credit"},
		"areas": {"nation", "region", "area", "area_alias", "area_constituent", "area_succession", "authority",
			"neighbour", "code_change", "tile"},
		"localities": {"postcode", "town", "parish"},
		"results":    {"result_row"},
		"benchmarks": {"published_benchmark"},
		"indicators": {"observation"},
		"findings":   {"finding"},
		"history":    {"publication", "revision"},
	} {
		for _, table := range tables {
			rows[folder] += m.Rows[table]
		}
	}
	if diff := cmp.Diff(lines, rows); diff != "" {
		t.Errorf("-lines of the files +rows of the release:\n%s", diff)
	}
}

func TestSameInputsSameID(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds releases")
	}
	one := mustBuild(t, builder(t.TempDir(), releasetest.Record(), firstDay))
	two := mustBuild(t, builder(t.TempDir(), releasetest.Record(), firstDay.AddDate(1, 0, 0)))
	if one.ID != two.ID {
		t.Errorf("%s and %s on another day", one.ID, two.ID)
	}
	if diff := cmp.Diff(one.Rows, two.Rows); diff != "" {
		t.Error(diff)
	}
}

func TestDifferentInputsDifferentID(t *testing.T) {
	id := func(b release.Builder) string {
		t.Helper()
		got, err := b.ID()
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	with := func(name, content string) fstest.MapFS {
		record := releasetest.Record()
		record[name] = &fstest.MapFile{Data: []byte(content)}
		return record
	}
	question := func(name string) release.Builder {
		b := builder("", releasetest.Record(), firstDay)
		all := make(fstest.MapFS)
		err := fs.WalkDir(queries.Files(), ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := fs.ReadFile(queries.Files(), name)
			all[name] = &fstest.MapFile{Data: text}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		all[name] = &fstest.MapFile{Data: append(all[name].Data, "-- more\n"...)}
		b.Queries = all
		return b
	}
	ids := make(map[string]string)
	for name, b := range map[string]release.Builder{
		"the record":               builder("", releasetest.Record(), firstDay),
		"another score":            builder("", changed(t, "results/cci.csv", ",69,moderate", ",68,moderate"), firstDay),
		"another title":            builder("", changed(t, "SOURCES.csv", "made up", "invented"), firstDay),
		"another file":             builder("", with("results/yj2025.csv", "x"), firstDay),
		"the file by another name": builder("", with("results/yj2026.csv", "x"), firstDay),
		"a file with no content":   builder("", with("results/yj2025.csv", ""), firstDay),
		"another schema":           question("schema/results.sql"),
		"another view":             question("views/20_results.sql"),
		"another answer":           question("answers/Results.sql"),
		"another check":            question("checks/dates_read.sql"), // whose warnings would be in the release
		"another way to keep one":  question("keep/warning.sql"),
	} {
		got := id(b)
		if other, taken := ids[got]; taken {
			t.Errorf("%s and %s have one id", name, other)
		}
		ids[got] = name
	}
	// What only asks of a release, or only counts in one, makes none other.
	for _, name := range []string{"localities/Towns.sql", "release/RowCounts.sql"} {
		if ids[id(question(name))] != "the record" {
			t.Errorf("%s changed the id", name)
		}
	}
}

// A second build of the same changes no byte and keeps the day of the first.
func TestBuildTwice(t *testing.T) {
	home := t.TempDir()
	one := mustBuild(t, builder(home, releasetest.Record(), firstDay))
	before := files(t, home)
	two := mustBuild(t, builder(home, releasetest.Record(), firstDay.AddDate(0, 1, 0)))
	if diff := cmp.Diff(one, two); diff != "" {
		t.Errorf("-first +second:\n%s", diff)
	}
	if want := firstDay.Truncate(time.Second); !two.Built.Equal(want) {
		t.Errorf("built %v, want %v", two.Built, want)
	}
	if diff := cmp.Diff(before, files(t, home)); diff != "" {
		t.Errorf("files -before +after:\n%s", diff)
	}
}

func TestHome(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds releases")
	}
	home := t.TempDir()
	if _, err := release.Current(home); !errors.Is(err, release.ErrNone) {
		t.Errorf("an empty home: error %v, want ErrNone", err)
	}
	old := mustBuild(t, builder(home, releasetest.Record(), firstDay))
	next := mustBuild(t, builder(home, changed(t, "results/cci.csv", ",69,moderate", ",68,moderate"), firstDay))
	if old.ID == next.ID {
		t.Fatal("one id")
	}
	current, err := release.Current(home)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(next, current); diff != "" {
		t.Errorf("current: -want +got:\n%s", diff)
	}
	var names []string
	for name := range maps.Keys(files(t, home)) {
		names = append(names, name)
	}
	if want := 7; len(names) != want { // two releases with their manifests and records, the pointer
		t.Errorf("%d files, want %d: %v", len(names), want, names)
	}
	want := map[string]release.Difference{"results/cci.csv": {Changed: 1}}
	if diff := cmp.Diff(want, next.Difference); diff != "" || next.Previous != old.ID || old.Previous != "" {
		t.Errorf("previous %q, and the first's %q; difference: -want +got:\n%s", next.Previous, old.Previous, diff)
	}
	text, err := os.ReadFile(filepath.Join(home, "releases", old.ID+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var m release.Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(old, m); diff != "" {
		t.Errorf("manifest: -want +got:\n%s", diff)
	}
	back := mustBuild(t, builder(home, releasetest.Record(), firstDay.AddDate(0, 1, 0)))
	if current, err := release.Current(home); err != nil || current.ID != old.ID {
		t.Errorf("going back: current %v, %v", current.ID, err)
	}
	if !back.Built.Equal(old.Built) {
		t.Errorf("going back: built %v, first %v", back.Built, old.Built)
	}
}

// The engine takes a comma in a path for another folder, and what follows a ?, # or % for options.
func TestPathsRefused(t *testing.T) {
	for _, name := range []string{"a,b", "a?b", "a#b", "a%b"} {
		_, err := builder(filepath.Join(t.TempDir(), name), releasetest.Record(), firstDay).Build(t.Context())
		if err == nil || !strings.Contains(err.Error(), "rename the folder") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEnsure(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds releases")
	}
	home := t.TempDir()
	b := builder(home, releasetest.Record(), firstDay)
	m, why, err := b.Ensure(t.Context())
	if err != nil || !errors.Is(why, release.ErrNone) {
		t.Fatalf("in an empty home: rebuilt %v, error %v", why, err)
	}
	if again, why, err := b.Ensure(t.Context()); err != nil || why != nil || again.ID != m.ID {
		t.Errorf("once built: rebuilt %v, error %v", why, err)
	}
	other := builder(home, changed(t, "results/cci.csv", ",69,moderate", ",68,moderate"), firstDay)
	if next, why, err := other.Ensure(t.Context()); err != nil || why == nil || next.ID == m.ID {
		t.Errorf("another record: rebuilt %v, error %v", why, err)
	}
}

// Damage of any kind is found by Current, and mended by Ensure.
func TestDamage(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds releases")
	}
	write := func(path string, content []byte) error { return os.WriteFile(path, content, 0o644) }
	whole := t.TempDir()
	m := mustBuild(t, builder(whole, releasetest.Record(), firstDay))
	for _, c := range []struct {
		name   string
		damage func(home, id string) error
		want   string // in the error of Current
	}{
		{"one bit flipped", func(home, id string) error {
			content, err := os.ReadFile(release.Path(home, id))
			content[len(content)/2] ^= 1
			return errors.Join(err, write(release.Path(home, id), content))
		}, "is damaged"},
		{"cut short", func(home, id string) error { return os.Truncate(release.Path(home, id), 4096) }, "is damaged"},
		{"a byte more", func(home, id string) error {
			content, err := os.ReadFile(release.Path(home, id))
			return errors.Join(err, write(release.Path(home, id), append(content, 0)))
		}, "is damaged"},
		{"the file gone", func(home, id string) error { return os.Remove(release.Path(home, id)) }, "hash release"},
		{"the manifest gone", func(home, id string) error {
			return os.Remove(filepath.Join(home, "releases", id+".json"))
		}, "read manifest"},
		{"the manifest cut", func(home, id string) error {
			return write(filepath.Join(home, "releases", id+".json"), []byte("{"))
		}, "read manifest"},
		{"the manifest of another", func(home, id string) error {
			return write(filepath.Join(home, "releases", id+".json"), []byte(`{"id":"other"}`))
		}, "it is of other"},
		{"the pointer empty", func(home, id string) error { return write(filepath.Join(home, "CURRENT"), nil) },
			"no release id"},
		{"the pointer a path", func(home, id string) error {
			return write(filepath.Join(home, "CURRENT"), []byte("../../etc/passwd"))
		}, "no release id"},
		{"the pointer to nothing", func(home, id string) error {
			return write(filepath.Join(home, "CURRENT"), []byte(strings.Repeat("0", 64)))
		}, "read manifest"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			b := builder(home, releasetest.Record(), firstDay)
			if err := errors.Join(os.CopyFS(home, os.DirFS(whole)), c.damage(home, m.ID)); err != nil {
				t.Fatal(err)
			}
			if _, err := release.Current(home); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("current: error %v, want %q in it", err, c.want)
			}
			got, why, err := b.Ensure(t.Context())
			if err != nil || why == nil || !strings.Contains(why.Error(), c.want) {
				t.Fatalf("ensure: rebuilt %v, error %v", why, err)
			}
			current, err := release.Current(home)
			if err != nil || current.ID != m.ID {
				t.Errorf("afterwards: %v, %v", current.ID, err)
			}
			if diff := cmp.Diff(got, current); diff != "" {
				t.Errorf("-ensured +current:\n%s", diff)
			}
		})
	}
}

// What a build that died left behind neither stops the next one nor is taken for a release.
func TestLeftovers(t *testing.T) {
	home := t.TempDir()
	b := builder(home, releasetest.Record(), firstDay)
	id, err := b.ID()
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"building-123/release.duckdb":   "half a database",
		"building-123/record/areas.csv": "area",
		"releases/.new-456":             "{",
		".new-789":                      id,
		"releases/" + id + ".duckdb":    "a file that was renamed before its manifest was written",
	} {
		path := filepath.Join(home, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755),
			os.WriteFile(path, []byte(content), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := release.Current(home); !errors.Is(err, release.ErrNone) {
		t.Errorf("before: error %v, want ErrNone", err)
	}
	m, _, err := b.Ensure(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if current, err := release.Current(home); err != nil || current.ID != m.ID || m.ID != id {
		t.Errorf("current %v, %v", current, err)
	}
}

// A build that is stopped, or refused, leaves what was there.
func TestHomeIsLeftAsItWas(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds releases")
	}
	bad := func(t *testing.T) fs.FS { return changed(t, "results/cci.csv", ",69,moderate", ",169,moderate") }
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		name   string
		ctx    context.Context
		record func(t *testing.T) fs.FS
		is     func(error) bool
	}{
		{"findings", t.Context(), bad, func(err error) bool {
			var refused *finding.Error
			return errors.As(err, &refused) && len(refused.Findings) > 0
		}},
		{"a blank where something must stand", t.Context(), func(t *testing.T) fs.FS {
			return changed(t, "results/cci.csv", "carrow-cci-2011,carrow,percent", "carrow-cci-2011,,percent")
		}, func(err error) bool { return err != nil && strings.Contains(err.Error(), "area") }},
		{"cancelled", cancelled, func(*testing.T) fs.FS { return releasetest.Record() }, func(err error) bool {
			return errors.Is(err, context.Canceled)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			empty := t.TempDir()
			if _, err := builder(empty, c.record(t), firstDay).Build(c.ctx); !c.is(err) {
				t.Errorf("error %v", err)
			}
			if left := files(t, empty); len(left) > 0 {
				t.Errorf("left in an empty home: %v", left)
			}
			home := t.TempDir()
			m := mustBuild(t, builder(home, changed(t, "SOURCES.csv", "made up", "invented"), firstDay))
			before := files(t, home)
			if _, err := builder(home, c.record(t), firstDay).Build(c.ctx); !c.is(err) {
				t.Errorf("error %v", err)
			}
			if diff := cmp.Diff(before, files(t, home)); diff != "" {
				t.Errorf("files -before +after:\n%s", diff)
			}
			if current, err := release.Current(home); err != nil || current.ID != m.ID {
				t.Errorf("current %v, %v", current.ID, err)
			}
			if dirs, _ := filepath.Glob(filepath.Join(home, "building-*")); len(dirs) > 0 {
				t.Errorf("left %v", dirs)
			}
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		if _, err := builder(b.TempDir(), data.Record(), firstDay).Build(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOpenAndLoad is what a server does at its start, and again when a release is swapped in.
func BenchmarkOpenAndLoad(b *testing.B) {
	home := b.TempDir()
	m, err := builder(home, data.Record(), firstDay).Build(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s, err := duck.Open(release.Path(home, m.ID), analytics.Release{ID: m.ID, Built: m.Built}, queries.Files())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := analytics.Load(b.Context(), s); err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
