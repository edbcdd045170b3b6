package stats_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"yardstick/analytics/stats"
)

// Variances drawn about a known prior give it back; alike ones have infinite degrees; few say nothing.
func TestModerate(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	chi := func(k float64) float64 { return distuv.ChiSquared{K: k, Src: random}.Rand() }
	for _, prior := range []stats.VariancePrior{{Variance: 4, Degrees: 6}, {Variance: 25, Degrees: 20}} {
		variances := make([]float64, 20_000)
		for i := range variances {
			true := prior.Variance * prior.Degrees / chi(prior.Degrees)
			variances[i] = true * chi(3) / 3
		}
		got, err := stats.Moderate(variances, 3)
		if err != nil || math.Abs(got.Variance/prior.Variance-1) > 0.05 ||
			math.Abs(got.Degrees/prior.Degrees-1) > 0.25 {
			t.Errorf("%+v, want %+v, %v", got, prior, err)
		}
	}
	if got, err := stats.Moderate([]float64{2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, 3); err != nil ||
		!math.IsInf(got.Degrees, 1) {
		t.Errorf("alike: %+v, %v", got, err)
	}
	if got, err := stats.Moderate([]float64{1, 2, 3}, 3); err != nil || got != (stats.VariancePrior{}) {
		t.Errorf("three: %+v, %v", got, err)
	}
	if v, d := (stats.VariancePrior{}).With(7, 3); v != 7 || d != 3 {
		t.Errorf("no prior: %g with %g degrees", v, d)
	}
	if v, d := (stats.VariancePrior{Variance: 4, Degrees: 6}).With(7, 3); v != 5 || d != 9 {
		t.Errorf("4 with 6 and 7 with 3 degrees: %g with %g", v, d)
	}
	bad := make([]float64, 12)
	if _, err := stats.Moderate(bad, 3); !errors.Is(err, stats.ErrSpread) {
		t.Errorf("of nothing but 0: %v", err)
	}
	bad[3] = -1
	if _, err := stats.Moderate(bad, 3); !errors.Is(err, stats.ErrSpread) {
		t.Errorf("below 0: %v", err)
	}
}
