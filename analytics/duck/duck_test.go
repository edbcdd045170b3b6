package duck

import (
	"io/fs"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yardstick/analytics"
	"yardstick/analytics/fake"
	"yardstick/analytics/readertest"
	"yardstick/data"
	"yardstick/data/release"
	"yardstick/queries"
)

// built opens a release of a record, built aside and closed with the test.
func built(t testing.TB, record fs.FS) *Store {
	t.Helper()
	b := release.Builder{Home: t.TempDir(), Record: record, Queries: queries.Files(), Now: func() time.Time {
		return time.Date(2026, time.January, 2, 3, 4, 5, 0, time.UTC)
	}}
	m, err := b.Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(release.Path(b.Home, m.ID), analytics.Release{ID: m.ID, Built: m.Built}, queries.Files())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestContract(t *testing.T) {
	readertest.Run(t, func(t *testing.T, record fs.FS) analytics.Reader { return built(t, record) })
}

// Every answer about the shipped record is worked out twice: by the SQL, and by plain loops over the files. That
// covers each benchmark as of each day, each standing and each size of a group.
func TestShippedRecordTwice(t *testing.T) {
	s := built(t, data.Record())
	oracle, err := fake.Open(data.Record(), s.Release())
	if err != nil {
		t.Fatal(err)
	}
	want, got := readertest.Questions(oracle), readertest.Questions(s)
	for _, name := range slices.Sorted(maps.Keys(want)) {
		t.Run(name, func(t *testing.T) {
			a, err := want[name](t.Context())
			if err != nil {
				t.Fatal(err)
			}
			b, err := got[name](t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if found, ok := b.([]analytics.Warning); ok { // which the loops do not look for
				b = slices.DeleteFunc(found, func(w analytics.Warning) bool { return w.Rule == "levels_that_never_occur" })
			}
			if diff := cmp.Diff(a, b, readertest.Equal()); diff != "" {
				t.Errorf("-loops +SQL:\n%.4000s", diff)
			}
		})
	}
	t.Run("nothing was empty", func(t *testing.T) { held(t, s) })
}

// held counts the shipped answers, so that two empty ones cannot pass for equal.
func held(t *testing.T, s *Store) {
	benchmarks, err := s.Benchmarks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	inspections, err := s.Inspections(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	results, stood := 0, 0
	for _, i := range inspections {
		results += len(i.Results)
		for _, r := range i.Results {
			if r.Standing != nil {
				stood++
			}
		}
	}
	for name, n := range map[string]int{"benchmarks": len(benchmarks), "results": results, "standings": stood} {
		if least := map[string]int{"benchmarks": 1500, "results": 800, "standings": 400}[name]; n < least {
			t.Errorf("%d %s, fewer than %d", n, name, least)
		}
	}
	t.Logf("%d benchmarks, %d results, %d standings", len(benchmarks), results, stood)
}
