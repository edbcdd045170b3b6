package analytics_test

import (
	"math"
	"testing"
	"time"

	"yardstick/analytics"
)

// Each figure has the interval that what is known of it allows, and no other. 81 of 263 is a worked example of
// Newcombe (1998), the limits of counts are those of Breslow and Day (1987): 5, 1.62 to 11.67; those of 30 are
// Byar's, 20.24 to 42.83.
func TestIntervalKinds(t *testing.T) {
	per100k := analytics.Indicator{Unit: "per_100000", Counts: analytics.CountsChildren, Denominator: "people"}
	for name, c := range map[string]struct {
		of           analytics.Indicator
		o            analytics.Observation
		lower, upper float64
		kind         analytics.IntervalKind
		atLeast      int
	}{
		"printed": {per100k, analytics.Observation{Value: 113, Lower: new(73.396),
			Upper: new(167.4686), Population: 30_000}, 73.396, 167.4686, analytics.IntervalPublished, 0},
		"a percentage with counts": {share, analytics.Observation{Value: 30.8, Numerator: new(81.0),
			Denominator: new(263.0)}, 25.53, 36.62, analytics.IntervalWilson, 0},
		"a percentage without": {share, analytics.Observation{Value: 50.82}, 38.60, 62.94, analytics.IntervalOuter,
			61},
		"a percentage of any": {share, analytics.Observation{Value: 50}, 0, 0, "", 0},
		"a percentage of half": {share, analytics.Observation{Value: 50.82, Numerator: new(31.0)}, 38.60, 62.94,
			analytics.IntervalOuter, 61},
		"a number": {number, analytics.Observation{Value: 30}, 20.24, 42.83, analytics.IntervalByar,
			0},
		"a small number": {number, analytics.Observation{Value: 5}, 1.62, 11.67, analytics.IntervalExact, 0},
		"no number":      {number, analytics.Observation{}, 0, 3.69, analytics.IntervalExact, 0},
		"a rate with counts": {rate, analytics.Observation{Value: 3, Numerator: new(30.0),
			Denominator: new(10_000.0)}, 2.024, 4.283, analytics.IntervalByar, 0},
		"a rate with its numerator": {rate, analytics.Observation{Value: 3, Numerator: new(30.0)}, 2.024, 4.283,
			analytics.IntervalByar, 0},
		"a rate with a population": {per100k, analytics.Observation{Value: 100, Population: 30_000}, 67.45, 142.76,
			analytics.IntervalApproximate, 0},
		"a rate with nothing": {per100k, analytics.Observation{Value: 100}, 0, 0, "", 0},
		"a stock":             {stock, analytics.Observation{Value: 30}, 0, 0, "", 0},
		"an average": {analytics.Indicator{Unit: "per_reoffender", Counts: analytics.CountsEvents},
			analytics.Observation{Value: 3.5, Numerator: new(35.0), Denominator: new(10.0)}, 0, 0, "", 0},
	} {
		got := c.of.Interval(c.o)
		if c.kind == "" {
			if got != nil {
				t.Errorf("%s: %+v", name, got)
			}
			continue
		}
		if got == nil || got.Kind != c.kind || got.AtLeast != c.atLeast || math.Abs(got.Lower-c.lower) > 0.01 ||
			math.Abs(got.Upper-c.upper) > 0.01 {
			t.Errorf("%s: %+v, want %g to %g, %s", name, got, c.lower, c.upper, c.kind)
		}
	}
}

// A rate takes the population of its own place of the nearest day, none more than five years off, and none where its
// counts are published. An interval of every kind but the outer limit is narrower than it in the shipped record's
// rates.
func TestPopulations(t *testing.T) {
	s := shipped(t)
	const id = "fte_rate_per_100k"
	known := make(map[string]map[int]float64)
	for _, o := range observations(t, s, "population_10_17") {
		if o.Level == analytics.LevelAuthority {
			if known[o.Place] == nil {
				known[o.Place] = make(map[int]float64)
			}
			known[o.Place][o.End.Year()] = o.Value
		}
	}
	seen := 0
	for _, o := range observations(t, s, id) {
		if o.Level != analytics.LevelAuthority || o.Numerator != nil {
			continue
		}
		year := 2020 // the newest of an authority; mid-2019 lies nearer to all years up to 2019
		if o.Start.Before(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)) {
			year = 2019
		}
		if want := known[o.Place][year]; len(known[o.Place]) == 2 && o.Population != want {
			t.Errorf("%s %s: population %g, want %g", o.Place, o.Period, o.Population, want)
		}
		if i := s.Indicator(id).Interval(o); o.Population > 0 &&
			(i == nil || i.Kind != analytics.IntervalApproximate ||
				!i.Contains(o.Value)) {
			t.Errorf("%s %s: %+v", o.Place, o.Period, i)
		}
		seen++
	}
	if seen < 1000 {
		t.Errorf("%d rates were looked at", seen)
	}
}
