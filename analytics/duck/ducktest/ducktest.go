// Package ducktest opens real releases for tests of what reads them. Only tests import it.
package ducktest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/duck"
	"yardstick/data"
	"yardstick/data/release"
	"yardstick/queries"
)

// Open builds a release of a record and opens it as a release of another name and day: what tests show must not
// change with the program. It stays open as long as the process runs. Releases are named by their content, so that
// tests of one machine build each of them once.
func Open(record fs.FS, as analytics.Release) (*duck.Store, error) {
	home, err := sharedHome()
	if err != nil {
		return nil, err
	}
	m, err := release.Builder{
		Home:    home,
		Record:  record,
		Queries: queries.Files(),
		Now:     time.Now,
	}.Prepare(context.Background())
	if err != nil {
		return nil, err
	}
	return duck.Open(release.Path(home, m.ID), as, queries.Files())
}

// kept is how long a release that no test has built again is left on disk.
const kept = 24 * time.Hour

// sharedHome returns the folder of the releases of tests, without those of days past.
var sharedHome = sync.OnceValues(func() (string, error) {
	home := filepath.Join(os.TempDir(), fmt.Sprintf("yardstick-test-releases-%d", os.Getuid()))
	old, err := filepath.Glob(filepath.Join(home, "releases", "*"))
	if err != nil {
		return "", err
	}
	for _, path := range old {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > kept {
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return "", err
			}
		}
	}
	return home, nil
})

// Load builds a release of a record and takes a snapshot of it.
func Load(record fs.FS, as analytics.Release) (*analytics.Snapshot, error) {
	store, err := Open(record, as)
	if err != nil {
		return nil, err
	}
	s, err := analytics.Load(context.Background(), store)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return s, nil
}

// Snapshot is Load for a test that needs it to work.
func Snapshot(t testing.TB, record fs.FS) *analytics.Snapshot {
	t.Helper()
	s, err := Load(record, analytics.Release{ID: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var shipped = sync.OnceValues(func() (*analytics.Snapshot, error) {
	return Load(data.Record(), analytics.Release{ID: "shipped"})
})

// Shipped returns a snapshot of the record that the program ships, built once a process.
func Shipped(t testing.TB) *analytics.Snapshot {
	t.Helper()
	s, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return s
}
