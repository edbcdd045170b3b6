package stats_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

func TestHomogeneityPublished(t *testing.T) {
	got, err := stats.Homogeneity(samplesOf([]float64{83, 90, 129, 70}, []float64{86, 93, 136, 82})) // smokers, in R's help of prop.test
	if err != nil {
		t.Fatal(err)
	}
	printed(t, "χ²", got.Statistic, "12.6004")
	printed(t, "p", got.P, "0.005585")
	if got.Degrees != 3 {
		t.Errorf("%d degrees of freedom, want 3", got.Degrees)
	}
}

func TestHomogeneityRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		samples []stats.Sample
		want    error
	}{
		"one":      {samplesOf([]float64{1}, []float64{2}), stats.ErrTooFew},
		"none":     {samplesOf([]float64{0, 0}, []float64{2, 3}), stats.ErrUniform},
		"all":      {samplesOf([]float64{2, 3}, []float64{2, 3}), stats.ErrUniform},
		"no cases": {samplesOf([]float64{2, 0}, []float64{2, 0}), stats.ErrCases},
	} {
		if got, err := stats.Homogeneity(c.samples); !errors.Is(err, c.want) || got != (stats.ChiSquared{}) {
			t.Errorf("%s: %v, error %v, want %v", name, got, err, c.want)
		}
	}
}

// Two samples: the square of the score test's z.
func TestHomogeneityOfTwo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n1, n2 := float64(rapid.IntRange(1, 500).Draw(t, "n1")), float64(rapid.IntRange(1, 500).Draw(t, "n2"))
		x1, x2 := rapid.Float64Range(0.01, 0.99).Draw(t, "p1")*n1, rapid.Float64Range(0.01, 0.99).Draw(t, "p2")*n2
		got, err := stats.Homogeneity(samplesOf([]float64{x1, x2}, []float64{n1, n2}))
		if err != nil {
			t.Fatal(err)
		}
		p := (x1 + x2) / (n1 + n2)
		z := (x1/n1 - x2/n2) / math.Sqrt(p*(1-p)*(1/n1+1/n2))
		if math.Abs(got.Statistic-z*z) > 1e-9*max(1, z*z) || math.Abs(got.P-math.Erfc(math.Abs(z)/math.Sqrt2)) > 1e-9 {
			t.Fatalf("%+v, want χ² %g", got, z*z)
		}
	})
}

func TestSuperiorityComputed(t *testing.T) {
	got, err := stats.Superiority([]float64{0, 3, 8, 5}, []float64{1, 8, 6, 1})
	if err != nil {
		t.Fatal(err)
	}
	printed(t, "probability", got, "0.736328")
}

func TestSuperiorityRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		a, b []float64
		want error
	}{
		"levels differ": {[]float64{1, 2}, []float64{1, 2, 3}, stats.ErrLevels},
		"no levels":     {nil, nil, stats.ErrCases},
		"no cases":      {[]float64{0, 0}, []float64{1, 1}, stats.ErrCases},
		"negative":      {[]float64{2, -1}, []float64{1, 1}, stats.ErrCases},
		"NaN":           {[]float64{2, math.NaN()}, []float64{1, 1}, stats.ErrNotFinite},
	} {
		if got, err := stats.Superiority(c.a, c.b); !errors.Is(err, c.want) || got != 0 {
			t.Errorf("%s: %g, error %v, want %v", name, got, err, c.want)
		}
	}
}

func TestSuperiorityProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := rapid.IntRange(1, 6).Draw(t, "levels")
		draw := func(label string) []float64 {
			counts := make([]float64, levels)
			for i := range counts {
				counts[i] = float64(rapid.IntRange(0, 20).Draw(t, label))
			}
			counts[rapid.IntRange(0, levels-1).Draw(t, label+" held")]++
			return counts
		}
		a, b := draw("a"), draw("b")
		of, err := stats.Superiority(a, b)
		if err != nil {
			t.Fatal(err)
		}
		against, err := stats.Superiority(b, a)
		if err != nil {
			t.Fatal(err)
		}
		if !near(of+against, 1) || of < 0 || of > 1 {
			t.Fatalf("%g one way, %g the other", of, against)
		}
		if same, err := stats.Superiority(a, a); err != nil || !near(same, 0.5) {
			t.Fatalf("%g over itself, %v", same, err)
		}
	})
}
