package analytics_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/tools/txtar"

	"yardstick/analytics"
	"yardstick/data/release/releasetest"
)

// Counted by hand in the made-up record: 14 core case rows, 9 of joint inspections, 7 of 2018 on; two printed
// benchmarks of which the first names both documents.
func TestCitations(t *testing.T) {
	want := map[string]analytics.Citation{
		"synthetic-areas":   {Areas: 12},
		"synthetic-reports": {Results: 30, Printed: 1, Observations: 3, Areas: 1},
		"synthetic-notice":  {Results: 1, Printed: 2, Areas: 1},
	}
	if diff := cmp.Diff(want, small(t).Citations()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestHoldings(t *testing.T) {
	got := small(t).Holdings()
	want := analytics.Holdings{Results: 30, Printed: 2, Observations: 3, Areas: 10, Documents: 2,
		Inspected: analytics.Years{First: 2010, Last: 2022}, Observed: analytics.Years{First: 2015, Last: 2016}}
	if diff := cmp.Diff(want, got); diff != "" || got.Figures() != 35 {
		t.Errorf("%d figures (-want +got):\n%s", got.Figures(), diff)
	}
}

// A document that nothing but a report's findings were read from is cited, and is one of the documents.
func TestFindingsCite(t *testing.T) {
	s := snapshot(t, releasetest.Overlay(releasetest.Record(), []txtar.File{
		{Name: "+SOURCES.csv", Data: []byte("synthetic-letter,,https://example.org/letter,,,CC0-1.0\n")},
		{Name: "+findings/cci.csv", Data: []byte("elmstow-cci-2012,recommendation,1,,,,Plan.,Cynllunio.,,,,,,,,,,printed," +
			"Recommendations,7,synthetic-letter;synthetic-notice,\n")},
	}))
	if got := s.Citations()["synthetic-letter"]; got != (analytics.Citation{Findings: 1}) || got.Rows() != 1 {
		t.Errorf("the letter: %+v", got)
	}
	if got := s.Citations()["synthetic-notice"]; got.Findings != 1 || got.Figures() != 3 {
		t.Errorf("the notice: %+v", got)
	}
	if got := s.Holdings(); got.Findings != 1 || got.Documents != 3 || got.Figures() != 35 {
		t.Errorf("holdings: %+v", got)
	}
	if got := s.Doubts().Untitled; got != 2 {
		t.Errorf("%d documents without a title, not 2", got)
	}
}

func TestDoubts(t *testing.T) {
	got := small(t).Doubts()
	var undated []string
	for _, i := range got.Undated {
		undated = append(undated, i.ID)
	}
	if diff := cmp.Diff([]string{"hollin-fji", "fennick-cci"}, undated); diff != "" {
		t.Errorf("undated (-want +got):\n%s", diff)
	}
	// Third-party: carrow 2011 and glanafon's overall of 2021. Unknown: glanafon's risk of harm and dunmere's
	// governance. To the month or year: brackwater 2011 and 2013, carrow 2011, fennick 2016, carrow and dunmere 2020.
	// Inferred: a level, four bands and a measure, and the programme sqs.
	want := analytics.Doubts{ThirdParty: 2, Unknown: 2, Untitled: 1, Imprecise: 5, WithoutCases: 10, Inferred: 7}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(analytics.Doubts{}, "Undated")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	flagged := releasetest.Overlay(releasetest.Record(), []txtar.File{{Name: "+indicators/population_10_17.csv",
		Data: []byte("south,region,,2016-06-30,2016-06-30,mid-2016,4,,,,,,anomalous,synthetic-reports,\n")}})
	if found := snapshot(t, flagged).Doubts().Anomalous; len(found) != 1 || found[0].Value != 4 {
		t.Errorf("anomalous: %+v", found)
	}
}

func TestCoverages(t *testing.T) {
	held := make(map[string]analytics.Coverage)
	missing := make(map[string][]string)
	for _, c := range small(t).Coverages() {
		held[c.Programme.ID] = c
		for _, a := range c.Missing {
			missing[c.Programme.ID] = append(missing[c.Programme.ID], a.ID)
		}
	}
	if len(held) != 3 {
		t.Fatalf("%d programmes with measures", len(held))
	}
	cci := held["cci"]
	if cci.Held != 6 || cci.Of != 9 { // nine is what the programme itself said
		t.Errorf("cci: %d of %d", cci.Held, cci.Of)
	}
	if diff := cmp.Diff(map[int]int{0: 1, 2010: 1, 2011: 2, 2012: 3}, cci.Years); diff != "" {
		t.Errorf("cci by year (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"north": 3, "south": 2, "wales": 1}, cci.Regions); diff != "" {
		t.Errorf("cci by region (-want +got):\n%s", diff)
	}
	// carrow-and-dunmere was not inspected under it, and carrow, which it came from, was.
	if diff := cmp.Diff([]string{"hollin", "ivelside"}, missing["cci"]); diff != "" {
		t.Errorf("missing from cci (-want +got):\n%s", diff)
	}
	if fji := held["fji"]; fji.Of != 0 || fji.Missing != nil || fji.RegionsOf != nil || fji.Held != 5 {
		t.Errorf("of a programme that chose its areas: %+v", fji)
	}
	// At its end in 2025 there are eight services and none of those reorganised away.
	if yj := held["yj2018"]; yj.Of != 8 || yj.Held != 4 || yj.RegionsOf["north"] != 3 {
		t.Errorf("yj2018: %d of %d, %v", yj.Held, yj.Of, yj.RegionsOf)
	}
	if diff := cmp.Diff([]string{"brackwater", "elmstow", "fennick", "hollin"}, missing["yj2018"]); diff != "" {
		t.Errorf("missing from yj2018 (-want +got):\n%s", diff)
	}
}

// Whatever the record, what is held and what is missing of a census are different areas, and the counts agree.
func TestCoverageHoldsTogether(t *testing.T) {
	s := shipped(t)
	for _, c := range s.Coverages() {
		inspections, regions := 0, 0
		for _, n := range c.Years {
			inspections += n
		}
		for _, n := range c.Regions {
			regions += n
		}
		if inspections != c.Programme.Inspections || regions != c.Held {
			t.Errorf("%s: %d inspections by year of %d, %d areas by region of %d", c.Programme.ID, inspections,
				c.Programme.Inspections, regions, c.Held)
		}
		for _, a := range c.Missing {
			for _, i := range s.InspectionsOf(a.ID) {
				if i.Programme == c.Programme.ID {
					t.Errorf("%s is held and missing", i.ID)
				}
			}
		}
	}
}

func TestSnapshotObservations(t *testing.T) {
	s := small(t)
	if diff := cmp.Diff([]string{"reoffending_rate_percent", "population_10_17"}, s.Indicators()); diff != "" {
		t.Errorf("indicators (-want +got):\n%s", diff)
	}
	if o := observations(t, s, "population_10_17"); len(o) != 1 || o[0].Place != "north" {
		t.Errorf("%+v", o)
	}
	if o := observations(t, s, "nothing"); o != nil {
		t.Errorf("of no indicator: %+v", o)
	}
}
