package analytics_test

import (
	"io/fs"
	"sync"
	"testing"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/fake"
	"yardstick/analytics/readertest"
	"yardstick/data"
)

// snapshot loads a record through the fake.
func snapshot(t testing.TB, record fs.FS) *analytics.Snapshot {
	t.Helper()
	r, err := fake.Open(record, analytics.Release{ID: "test"})
	if err != nil {
		t.Fatal(err)
	}
	s, err := analytics.Load(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// small is readertest's record; its files say what is in it.
func small(t testing.TB) *analytics.Snapshot {
	t.Helper()
	return snapshot(t, readertest.Record())
}

var readShipped = sync.OnceValues(func() (*fake.Reader, error) {
	return fake.Open(data.Record(), analytics.Release{ID: "shipped"})
})

// shipped is the record that the program carries, read once for all tests.
func shipped(t testing.TB) *analytics.Snapshot {
	t.Helper()
	r, err := readShipped()
	if err != nil {
		t.Fatal(err)
	}
	s, err := analytics.Load(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func day(year int, month time.Month, day int) *time.Time {
	return new(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}
