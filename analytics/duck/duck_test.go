package duck

import (
	"io/fs"
	"testing"

	"yardstick/analytics"
	"yardstick/data/release/releasetest"
	"yardstick/queries"
)

// built opens a release of a record, closed with the test.
func built(t testing.TB, record fs.FS) *Store {
	t.Helper()
	path, m, err := releasetest.Build(record)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, analytics.Release{ID: m.ID, Built: m.Built}, queries.Files())
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
