package stats_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

// Worked by hand: 50.82 is 31 of 61 and no fewer; a third is 1 of 3 to any decimals; 69% is 9 of 13.
func TestLimitByCohort(t *testing.T) {
	for _, c := range []struct {
		percent  float64
		decimals int
		least    int
	}{{50.82, 2, 61}, {33.33, 2, 3}, {33.3, 1, 3}, {69, 0, 13}, {50, 2, 2}, {0, 1, 1}, {100, 0, 1}, {47.3, 1,
		55}, {0.01, 2, 6667}} {
		got, err := stats.LimitByCohort(c.percent, c.decimals, stats.Confidence95)
		if err != nil || got.AtLeast != c.least {
			t.Errorf("%g to %d decimals: at least %d, want %d, %v", c.percent, c.decimals, got.AtLeast, c.least, err)
		}
	}
	for name, c := range map[string]struct {
		percent float64
		level   stats.Level
		want    error
	}{"above the whole": {100.1, stats.Confidence95, stats.ErrProbability}, "NaN": {math.NaN(), stats.Confidence95,
		stats.ErrNotFinite}, "no level": {5, stats.Level{}, stats.ErrLevel}} {
		if got, err := stats.LimitByCohort(c.percent, 1, c.level); !errors.Is(err, c.want) ||
			got != (stats.CohortLimit{}) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	for x, want := range map[float64]int{50: 0, 50.8: 1, 50.82: 2, 0.125: 3} {
		if got := stats.Decimals(x); got != want {
			t.Errorf("%g has %d decimals", x, got)
		}
	}
}

// Whatever cohort a percentage was printed of, its Wilson interval lies inside the outer limit, also where zeros at
// the end were dropped.
func TestOuterLimitHoldsEveryCohort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5000).Draw(t, "n")
		k := rapid.IntRange(0, n).Draw(t, "k")
		decimals := rapid.IntRange(0, 3).Draw(t, "decimals")
		unit := math.Pow10(decimals)
		percent := math.Round(100*float64(k)/float64(n)*unit) / unit
		own := mustWilson(t, float64(k), float64(n), stats.Confidence95)
		for _, decimals := range []int{decimals, stats.Decimals(percent)} {
			got, err := stats.LimitByCohort(percent, decimals, stats.Confidence95)
			if err != nil || got.AtLeast > n || got.Lower > own.Lower+1e-12 || got.Upper < own.Upper-1e-12 {
				t.Fatalf("%d of %d printed %g: %+v, %v, its own interval %v", k, n, percent, got, err, own)
			}
		}
	})
}
