package analytics_test

import (
	"errors"
	"testing"
	"time"

	"yardstick/analytics"
)

// A figure is above or below another only where its interval leaves the other out. An outer limit that contains the
// other, and a figure without an interval, cannot tell.
func TestBeside(t *testing.T) {
	x := func(n float64) *float64 { return &n }
	rate := analytics.Indicator{Unit: "percent", Counts: analytics.CountsChildren}
	printed := analytics.Observation{Unit: "percent", Value: 30, Lower: x(25), Upper: x(36)}
	for _, c := range []struct {
		name  string
		o     analytics.Observation
		other float64
		want  analytics.Beside
	}{
		{"the interval is above", printed, 24.9, analytics.BesideAbove},
		{"the other is at the lower end", printed, 25, analytics.BesideSimilar},
		{"the other is within", printed, 33, analytics.BesideSimilar},
		{"the interval is below", printed, 36.1, analytics.BesideBelow},
		{"no counts, and 1 of 2 children may print it", analytics.Observation{Unit: "percent", Value: 50}, 90,
			analytics.BesideUnknown},
		// 33.87% cannot be printed of fewer than 62 children; the outer limit of those is 23% to 46%
		{"the outer limit holds the other", analytics.Observation{Unit: "percent", Value: 33.87}, 40, analytics.BesideOuter},
		{"the outer limit leaves the other out", analytics.Observation{Unit: "percent", Value: 33.87}, 50,
			analytics.BesideBelow},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := rate.Beside(c.o, analytics.Observation{Unit: "percent", Value: c.other}); got != c.want {
				t.Errorf("it lies %s to %v, want %s", got, c.other, c.want)
			}
		})
	}
}

// An overview has a row for every present area and a cell for every column, which says what that column's map says.
func TestProgrammeOverviewSaysWhatMapsSay(t *testing.T) {
	s := shipped(t)
	for _, p := range s.Programmes() {
		o, err := s.ProgrammeOverview(p.ID)
		if len(s.Measures(p.ID)) == 0 {
			if invalid := new(analytics.InvalidError); !errors.As(err, &invalid) {
				t.Errorf("%s has no measures: %v", p.ID, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for n, m := range o.Columns {
			want, err := s.Map(m.MapQuery)
			if err != nil || len(want.Areas) != len(o.Rows) {
				t.Fatalf("%s %s: %d rows, and a map of %d areas: %v", p.ID, m.Measure, len(o.Rows), len(want.Areas), err)
			}
			for row, a := range want.Areas {
				cell := o.Rows[row].Cells[n]
				if cell.Area.ID != a.Area.ID || cell.Class != a.Class || cell.Absence != a.Absence {
					t.Errorf("%s %s of %s: %d %s, want %d %s of %s", p.ID, m.Measure, cell.Area.ID, cell.Class, cell.Absence,
						a.Class, a.Absence, a.Area.ID)
				}
			}
		}
	}
}

// Leicester City was inspected under the 2025 framework after its inspection under that of 2018. Leicestershire and
// Rutland was not.
func TestOverviewNamesNewerInspections(t *testing.T) {
	o, err := shipped(t).ProgrammeOverview("yj2018")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range o.Rows {
		switch row.Area.ID {
		case "leicester-city":
			if len(row.Newer) != 1 || row.Newer[0].Programme != "yj2025" {
				t.Errorf("newer than the inspection of %s: %v", row.Area.ID, row.Newer)
			}
		case "leicestershire-and-rutland", "lincolnshire":
			if len(row.Newer) > 0 {
				t.Errorf("newer than the inspection of %s: %s", row.Area.ID, row.Newer[0].ID)
			}
		}
	}
}

// Every figure is compared with one of its own period and basis: its nation's, or that of all areas where its nation's
// is not published.
func TestStatisticsOverviewComparesLikeWithLike(t *testing.T) {
	s := shipped(t)
	o, err := s.StatisticsOverview()
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Columns) == 0 {
		t.Fatal("no statistic is shown")
	}
	of := make(map[string]int)
	for _, row := range o.Rows {
		for n, cell := range row.Cells {
			kind := s.Indicator(o.Columns[n].Indicator)
			if kind.Unit == "count" || kind.Better == analytics.BetterNone {
				t.Fatalf("%s is no rate with a better direction", kind.ID)
			}
			if cell.Nation == nil {
				if cell.Beside != "" {
					t.Errorf("%s of %s lies %s to nothing", kind.ID, row.Area.ID, cell.Beside)
				}
				continue
			}
			a, b := *cell.Observation, *cell.Nation
			if !a.Start.Equal(b.Start) || !a.End.Equal(b.End) || a.Basis != b.Basis || a.Unit != b.Unit {
				t.Errorf("%s of %s, %s, is set beside %s of %s", kind.ID, row.Area.ID, a.Period, b.Period, b.Place)
			}
			if cell.Beside != kind.Beside(a, b) {
				t.Errorf("%s of %s lies %s, want %s", kind.ID, row.Area.ID, cell.Beside, kind.Beside(a, b))
			}
			if b.Place != row.Area.Nation && b.Place != analytics.BothNations && b.Place != analytics.AllAreas {
				t.Errorf("%s of %s is set beside %s", kind.ID, row.Area.ID, b.Place)
			}
			of[b.Place]++
		}
	}
	if of[analytics.BothNations] == 0 || of[analytics.AllAreas] == 0 {
		t.Errorf("figures are set beside %v", of)
	}
}

// A figure that is not of the column's period is the area's newest.
func TestStatisticsOverviewShowsOlderFigures(t *testing.T) {
	o, err := shipped(t).StatisticsOverview()
	if err != nil {
		t.Fatal(err)
	}
	older := 0
	for _, row := range o.Rows {
		for n, cell := range row.Cells {
			period := o.Columns[n].Period
			switch {
			case cell.Absence == analytics.MapOtherPeriod && cell.Observation == nil:
				t.Errorf("%s has a figure of another period that is not shown", row.Area.ID)
			case cell.Absence == analytics.MapOtherPeriod:
				older++
				if cell.Observation.End.Equal(period.End) && cell.Observation.Start.Equal(period.Start) {
					t.Errorf("%s: %s is the period of the column", row.Area.ID, cell.Observation.End.Format(time.DateOnly))
				}
			}
		}
	}
	if older == 0 {
		t.Error("no area has an older figure: nothing is tested")
	}
}
