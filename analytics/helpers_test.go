package analytics_test

import (
	"errors"
	"io/fs"
	"slices"
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

// read gives series their figures and tendencies.
func read(t testing.TB, s *analytics.Snapshot, all []analytics.Series) []analytics.Series {
	t.Helper()
	if err := errors.Join(s.ReadFigures(all), s.ReadTendencies(all)); err != nil {
		t.Fatal(err)
	}
	return all
}

// statistics are those of an indicator with their members.
func statistics(t testing.TB, s *analytics.Snapshot, indicator string) []analytics.Statistic {
	t.Helper()
	all, err := s.Statistics(indicator)
	for n := range all {
		err = errors.Join(err, s.ReadMembers(&all[n]))
	}
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// observations are the figures of an indicator, by series.
func observations(t testing.TB, s *analytics.Snapshot, indicator string) (all []analytics.Observation) {
	t.Helper()
	for _, x := range read(t, s, s.AllSeries(indicator)) {
		all = slices.Concat(all, x.Points, x.Others)
	}
	return all
}
