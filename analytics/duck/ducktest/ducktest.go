// Package ducktest opens real releases for tests of what reads them. Only tests import it.
package ducktest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"sync"
	"testing"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/duck"
	"yardstick/data"
	"yardstick/data/release"
	"yardstick/queries"
)

// Open builds a release of a record and opens it as a release of another name and day: what tests show must not change
// with the program. It stays open as long as the process runs.
func Open(record fs.FS, as analytics.Release) (*duck.Store, error) {
	home, err := os.MkdirTemp("", "yardstick-test-")
	if err != nil {
		return nil, err
	}
	// The engine holds the file open: nothing of it is left once the process ends.
	defer os.RemoveAll(home)
	b := release.Builder{Home: home, Record: record, Queries: queries.Files(), Now: func() time.Time { return as.Built }}
	m, err := b.Build(context.Background())
	if err != nil {
		return nil, err
	}
	return duck.Open(release.Path(home, m.ID), as, queries.Files())
}

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
