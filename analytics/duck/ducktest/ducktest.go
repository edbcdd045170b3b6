// Package ducktest opens real releases for tests of what reads them. Only tests import it.
package ducktest

import (
	"context"
	"errors"
	"io/fs"
	"sync"
	"testing"

	"yardstick/analytics"
	"yardstick/analytics/duck"
	"yardstick/data"
	"yardstick/data/release/releasetest"
	"yardstick/queries"
)

// Open builds a release of a record and opens it as a release of another name and day: what tests show must not
// change with the program. It stays open as long as the process runs.
func Open(record fs.FS, as analytics.Release) (*duck.Store, error) {
	path, _, err := releasetest.Build(record)
	if err != nil {
		return nil, err
	}
	return duck.Open(path, as, queries.Files())
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
