package stats_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

// 78 of 127 areas seen, of 155: the outside check of the record gives 57.8 to 65.0.
func TestCensusShare(t *testing.T) {
	got, err := stats.CensusShare(78, 127, 155, stats.Confidence95)
	if err != nil || math.Abs(got.Lower-0.578) > 5e-4 || math.Abs(got.Upper-0.650) > 5e-4 {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := stats.CensusShare(3, 5, 4, stats.Confidence95); !errors.Is(err, stats.ErrCases) {
		t.Errorf("more seen than there are: %v", err)
	}
	if _, err := stats.CensusShare(6, 5, 9, stats.Confidence95); !errors.Is(err, stats.ErrSuccesses) {
		t.Errorf("more than seen: %v", err)
	}
}

// The share and the mean lie in their intervals, which narrow as more is seen and close when all is.
func TestCensusNarrows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 200).Draw(t, "n")
		x := rapid.IntRange(0, n).Draw(t, "x")
		last, lastMean := math.Inf(1), math.Inf(1)
		for population := n + 300; population >= n; population -= 50 {
			share, err := stats.CensusShare(float64(x), float64(n), float64(population), stats.Confidence95)
			if err != nil || !share.Contains(float64(x)/float64(n)) || share.Upper-share.Lower > last {
				t.Fatalf("of %d: %+v, %v", population, share, err)
			}
			mean, err := stats.CensusMean(60, 12, n, population, stats.Confidence95)
			if err != nil || !mean.Contains(60) || mean.Upper-mean.Lower > lastMean {
				t.Fatalf("of %d: %+v, %v", population, mean, err)
			}
			last, lastMean = share.Upper-share.Lower, mean.Upper-mean.Lower
		}
		if last != 0 || lastMean != 0 {
			t.Fatalf("all seen, and the intervals are %g and %g wide", last, lastMean)
		}
	})
}

// Cochran, Sampling Techniques (3rd edition), section 2.8: 50 of 676 petition sheets, mean 29.42 and variance 229.0.
// His
// margin takes 1.64 for 80% (a slip of the book's normal table is not ours): here Student's 2.0096 at 95%.
func TestCensusMean(t *testing.T) {
	got, err := stats.CensusMean(29.42, math.Sqrt(229), 50, 676, stats.Confidence95)
	half := 2.0096 * math.Sqrt(229) / math.Sqrt(50) * math.Sqrt(1-50.0/676)
	if err != nil || math.Abs(got.Upper-29.42-half) > 1e-3 || math.Abs(29.42-got.Lower-half) > 1e-3 {
		t.Errorf("%+v, %v; want 29.42 ± %g", got, err, half)
	}
	for _, c := range []struct {
		n, population int
		deviation     float64
		want          error
	}{{1, 5, 1, stats.ErrTooFew}, {5, 4, 1, stats.ErrCases}, {5, 9, math.NaN(), stats.ErrNotFinite}} {
		if _, err := stats.CensusMean(3, c.deviation, c.n, c.population, stats.Confidence95); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
