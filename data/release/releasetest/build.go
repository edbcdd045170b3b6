// Package releasetest builds real releases for tests: a small made-up record, a few rows laid over it, or any other
// record. Only tests import it.
package releasetest

import (
	"io/fs"
	"testing"
	"time"

	"yardstick/data/release"
	"yardstick/queries"
)

// built is when the releases of tests are built.
var built = time.Date(2026, time.January, 2, 3, 4, 5, 0, time.UTC)

// Build builds a release of a record in a folder that goes with the test, and returns the path of its database.
func Build(t testing.TB, record fs.FS) (path string, m release.Manifest) {
	t.Helper()
	b := release.Builder{
		Home:    t.TempDir(),
		Record:  record,
		Queries: queries.Files(),
		Now:     func() time.Time { return built },
	}
	m, err := b.Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return release.Path(b.Home, m.ID), m
}
