package analytics_test

import (
	"testing"

	"yardstick/analytics"
)

// The areas counted are those that exist on the day, on every page: n of N has n inside N, over every measure, group
// and day.
func TestCountedAreasAreAmongThoseThereWere(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds, of which a short run has few")
	}
	s := shipped(t)
	counted := 0
	for _, p := range s.Programmes() {
		for _, m := range s.Measures(p.ID) {
			for _, group := range []analytics.GroupKind{analytics.GroupAll, analytics.GroupNation, analytics.GroupRegion} {
				for _, on := range []string{"", "2010-06-30", "2012-06-13", "2014-12-31", "2019-06-30", "2022-12-31", "2023-04-01",
					"2025-12-31"} {
					q := analytics.BenchmarkQuery{Programme: p.ID, Measure: m.ID, Group: group}
					if on != "" {
						date, err := analytics.ParsePartialDate(on)
						if err != nil {
							t.Fatal(err)
						}
						q.AsOf = new(date.First())
					}
					found, err := s.Benchmarks(q)
					if err != nil {
						t.Fatal(err)
					}
					for _, b := range found {
						counted++
						if b.N+b.Undated > b.Of {
							t.Errorf("%s %s, %s %s, %q: %d and %d undated of %d areas", p.ID, m.ID, group, b.Name, on,
								b.N, b.Undated, b.Of)
						}
					}
				}
			}
		}
	}
	if counted < 500 {
		t.Errorf("only %d benchmarks", counted)
	}
	for _, c := range s.Coverages() {
		if c.Of > 0 && c.Held > c.Of {
			t.Errorf("%s: %d of %d areas", c.Programme.ID, c.Held, c.Of)
		}
		for region, of := range c.RegionsOf {
			if c.Regions[region] > of {
				t.Errorf("%s, %s: %d of %d areas", c.Programme.ID, region, c.Regions[region], of)
			}
		}
	}
}

// The map colours as many areas as the benchmark of all areas counts: both are of the areas there are today.
func TestMapCountsWhatBenchmarksCount(t *testing.T) {
	s := shipped(t)
	compared := 0
	for _, p := range s.Programmes() {
		for _, m := range s.Measures(p.ID) {
			found, err := s.Benchmarks(
				analytics.BenchmarkQuery{Programme: p.ID, Measure: m.ID, Group: analytics.GroupAll})
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range found {
				if s.Scale(b.Scale).Kind != analytics.ScaleLevels {
					continue // a map of scores shows improvement comments without a score too
				}
				shown, err := s.Map(analytics.MapQuery{Programme: p.ID, Measure: m.ID, Scale: b.Scale})
				if err != nil {
					t.Fatal(err)
				}
				compared++
				if shown.Held != b.N {
					t.Errorf("%s %s on %s: %d areas on the map, %d in the benchmark", p.ID, m.ID, b.Scale, shown.Held,
						b.N)
				}
			}
		}
	}
	if compared < 10 {
		t.Errorf("only %d maps", compared)
	}
}
