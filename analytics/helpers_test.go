package analytics_test

import (
	"io/fs"
	"testing"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/duck/ducktest"
	"yardstick/data/release/releasetest"
)

// snapshot builds a release of a record and loads it.
func snapshot(t testing.TB, record fs.FS) *analytics.Snapshot {
	t.Helper()
	return ducktest.Snapshot(t, record)
}

// small is the record of releasetest; its files say what is in it.
func small(t testing.TB) *analytics.Snapshot {
	t.Helper()
	return snapshot(t, releasetest.Record())
}

// shipped is the record that the program carries.
func shipped(t testing.TB) *analytics.Snapshot {
	t.Helper()
	return ducktest.Shipped(t)
}

func day(year int, month time.Month, day int) *time.Time {
	return new(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}
