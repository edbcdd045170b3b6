package stats_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

func TestQuantilesPublished(t *testing.T) {
	t.Run("Fingertips: five points of 1 to 50", func(t *testing.T) {
		values := make([]float64, 50)
		for i := range values {
			values[i] = float64(50 - i)
		}
		got, err := stats.Quantiles(values, 0, 0.25, 0.5, 0.75, 1)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]float64{1, 13.25, 25.5, 37.75, 50}, got); diff != "" {
			t.Error(diff)
		}
		quartiles, err := stats.Quartiles(values)
		if err != nil {
			t.Fatal(err)
		}
		if want := (stats.Quartile{Q1: 13.25, Median: 25.5, Q3: 37.75}); quartiles != want {
			t.Errorf("quartiles %v, want %v", quartiles, want)
		}
	})

	t.Run("computed: winsorising bounds at 10% and 90% of ten funnel scores", func(t *testing.T) {
		successes := []float64{30, 40, 25, 50, 33, 45, 20, 52, 28, 37}
		cases := []float64{60, 60, 50, 62, 70, 58, 40, 65, 55, 50}
		var allSuccesses, allCases float64
		for i := range cases {
			allSuccesses += successes[i]
			allCases += cases[i]
		}
		target := math.Asin(math.Sqrt(allSuccesses / allCases))
		scores := make([]float64, len(cases))
		for i, n := range cases {
			scores[i] = (math.Asin(math.Sqrt(successes[i]/n)) - target) * 2 * math.Sqrt(n)
		}
		got, err := stats.Quantiles(scores, 0.1, 0.9)
		if err != nil {
			t.Fatal(err)
		}
		printed(t, "lower bound", got[0], "-2.127067")
		printed(t, "upper bound", got[1], "3.046818")
	})
}

func TestQuantileOfOneValue(t *testing.T) {
	for _, p := range []float64{0, 0.3, 1} {
		if got, err := stats.Quantile([]float64{7}, p); err != nil || got != 7 {
			t.Errorf("quantile %g of one 7: %g, %v", p, got, err)
		}
	}
}

func TestQuantileRefuses(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		name   string
		values []float64
		p      float64
		want   error
	}{
		{"nil", nil, 0.5, stats.ErrEmpty},
		{"empty", []float64{}, 0.5, stats.ErrEmpty},
		{"NaN among values", []float64{1, nan, 3}, 0.5, stats.ErrNotFinite},
		{"only NaN", []float64{nan}, 0.5, stats.ErrNotFinite},
		{"infinity among values", []float64{1, inf}, 0.5, stats.ErrNotFinite},
		{"only infinities", []float64{inf, inf}, 0.5, stats.ErrNotFinite},
		{"minus infinity", []float64{-inf, 1}, 0.5, stats.ErrNotFinite},
		{"spread beyond a float64", []float64{-math.MaxFloat64, math.MaxFloat64}, 0.5, stats.ErrNotFinite},
		{"negative probability", []float64{1}, -0.1, stats.ErrProbability},
		{"probability in percent", []float64{1}, 25, stats.ErrProbability},
		{"probability NaN", []float64{1}, nan, stats.ErrProbability},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := stats.Quantile(c.values, c.p); !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
		})
	}
	if _, err := stats.Quartiles(nil); !errors.Is(err, stats.ErrEmpty) {
		t.Errorf("quartiles of nothing: error %v, want ErrEmpty", err)
	}
}

func TestQuantileProperties(t *testing.T) {
	drawValues := func(t *rapid.T) []float64 {
		return rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), 1, 60).Draw(t, "values")
	}
	drawP := func(t *rapid.T, label string) float64 {
		return rapid.Float64Range(0, 1).Draw(t, label)
	}
	must := func(t *rapid.T, values []float64, p float64) float64 {
		t.Helper()
		got, err := stats.Quantile(values, p)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}

	t.Run("monotone in p", rapid.MakeCheck(func(t *rapid.T) {
		values, p, q := drawValues(t), drawP(t, "p"), drawP(t, "q")
		if a, b := must(t, values, min(p, q)), must(t, values, max(p, q)); a > b {
			t.Fatalf("%g at the lower probability, %g at the higher", a, b)
		}
	}))

	t.Run("order of values does not matter", rapid.MakeCheck(func(t *rapid.T) {
		values, p := drawValues(t), drawP(t, "p")
		shuffled := rapid.Permutation(values).Draw(t, "shuffled")
		if a, b := must(t, values, p), must(t, shuffled, p); a != b {
			t.Fatalf("%g and %g", a, b)
		}
	}))

	t.Run("within the range, and at its ends", rapid.MakeCheck(func(t *rapid.T) {
		values := drawValues(t)
		least, most := slices.Min(values), slices.Max(values)
		if got := must(t, values, drawP(t, "p")); got < least || got > most {
			t.Fatalf("%g is outside %g to %g", got, least, most)
		}
		if must(t, values, 0) != least || must(t, values, 1) != most {
			t.Fatal("the quantiles at 0 and 1 are not the least and the greatest value")
		}
	}))

	t.Run("values are left as they are", rapid.MakeCheck(func(t *rapid.T) {
		values := drawValues(t)
		before := slices.Clone(values)
		must(t, values, drawP(t, "p"))
		if !slices.Equal(values, before) {
			t.Fatalf("%v became %v", before, values)
		}
	}))

	// Definition 4, which gonum has, interpolates at position count*p; asked for
	// the probability whose position is 1+(count-1)p it must agree.
	t.Run("agrees with gonum's definition 4 at the same position", rapid.MakeCheck(func(t *rapid.T) {
		values, p := drawValues(t), drawP(t, "p")
		count := float64(len(values))
		want := stat.Quantile(min((1+(count-1)*p)/count, 1), stat.LinInterp, slices.Sorted(slices.Values(values)), nil)
		if got := must(t, values, p); math.Abs(got-want) > 1e-3 { // a relative 1e-12 of the range
			t.Fatalf("%g, gonum %g", got, want)
		}
	}))
}
