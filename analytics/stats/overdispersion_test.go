package stats_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

func samplesOf(x, n []float64) []stats.Sample {
	samples := make([]stats.Sample, len(x))
	for i := range x {
		samples[i] = stats.Sample{Successes: x[i], Cases: n[i]}
	}
	return samples
}

func TestOverdisperseComputed(t *testing.T) {
	samples := samplesOf([]float64{30, 40, 25, 50, 33, 45, 20, 52, 28, 37},
		[]float64{60, 60, 50, 62, 70, 58, 40, 65, 55, 50})
	target, err := stats.Pooled(samples)
	if err != nil {
		t.Fatal(err)
	}
	printed(t, "target", target, "0.6315789")
	got, err := stats.Overdisperse(samples, target)
	if err != nil {
		t.Fatal(err)
	}
	printed(t, "lower bound", got.Bounds.Lower, "-2.127067")
	printed(t, "upper bound", got.Bounds.Upper, "3.046818")
	printed(t, "φ", got.Phi, "4.601965")
	printed(t, "τ²", got.TauSquared, "0.01808207")
}

func TestOverdisperseRefuses(t *testing.T) {
	two := []stats.Sample{{Successes: 1, Cases: 2}, {Successes: 1, Cases: 3}}
	for _, c := range []struct {
		name    string
		samples []stats.Sample
		target  float64
		want    error
	}{
		{"no samples", nil, 0.5, stats.ErrTooFew},
		{"one sample", two[:1], 0.5, stats.ErrTooFew},
		{"target in percent", two, 50, stats.ErrProbability},
		{"target NaN", two, math.NaN(), stats.ErrProbability},
		{"no cases", []stats.Sample{two[0], {}}, 0.5, stats.ErrCases},
		{"too many successes", []stats.Sample{two[0], {Successes: 3, Cases: 2}}, 0.5, stats.ErrSuccesses},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := stats.Overdisperse(c.samples, c.target); !errors.Is(err, c.want) ||
				got != (stats.Overdispersion{}) {
				t.Errorf("%v, error %v, want %v", got, err, c.want)
			}
		})
	}
	if _, err := stats.Pooled(nil); !errors.Is(err, stats.ErrEmpty) {
		t.Errorf("pooling nothing: error %v, want ErrEmpty", err)
	}
}

func TestOverdisperseProperties(t *testing.T) {
	draw := func(t *rapid.T) []stats.Sample {
		var samples []stats.Sample
		for range rapid.IntRange(2, 30).Draw(t, "k") {
			n := rapid.IntRange(1, 500).Draw(t, "n")
			samples = append(samples,
				stats.Sample{Successes: float64(rapid.IntRange(0, n).Draw(t, "x")), Cases: float64(n)})
		}
		return samples
	}
	must := func(t *rapid.T, samples []stats.Sample, target float64) stats.Overdispersion {
		t.Helper()
		o, err := stats.Overdisperse(samples, target)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	t.Run("order of samples does not matter", rapid.MakeCheck(func(t *rapid.T) {
		samples := draw(t)
		a, b := must(t, samples, 0.6), must(t, rapid.Permutation(samples).Draw(t, "shuffled"), 0.6)
		if math.Abs(a.Phi-b.Phi) > 1e-9*(1+a.Phi) || math.Abs(a.TauSquared-b.TauSquared) > 1e-9 ||
			a.Bounds != b.Bounds {
			t.Fatalf("%v and %v", a, b)
		}
	}))
	t.Run("failures have as much of it", rapid.MakeCheck(func(t *rapid.T) {
		samples := draw(t)
		failures := make([]stats.Sample, len(samples))
		for i, s := range samples {
			failures[i] = stats.Sample{Successes: s.Cases - s.Successes, Cases: s.Cases}
		}
		a, b := must(t, samples, 0.7), must(t, failures, 0.3)
		if math.Abs(a.Phi-b.Phi) > 1e-9*(1+a.Phi) || math.Abs(a.TauSquared-b.TauSquared) > 1e-9 {
			t.Fatalf("%v and %v", a, b)
		}
	}))
	t.Run("widens the funnel", rapid.MakeCheck(func(t *rapid.T) {
		target, n := rapid.Float64Range(0.05, 0.95).Draw(t, "target"), float64(rapid.IntRange(1, 1000).Draw(t, "n"))
		tau := rapid.Float64Range(0, 0.1).Draw(t, "τ²")
		plain, err := stats.Overdispersion{}.Funnel(target, n)
		if err != nil {
			t.Fatal(err)
		}
		wide, err := stats.Overdispersion{TauSquared: tau}.Funnel(target, n)
		if err != nil {
			t.Fatal(err)
		}
		for _, pair := range [][2]stats.Interval{{plain.At95, wide.At95}, {plain.At998, wide.At998},
			{wide.At95, wide.At998}} {
			if inner, outer := pair[0], pair[1]; outer.Lower > inner.Lower+1e-12 || outer.Upper < inner.Upper-1e-12 ||
				!inner.Contains(target) {
				t.Fatalf("%v does not enclose %v round %g", outer, inner, target)
			}
		}
	}))
	t.Run("none where every sample has the target", rapid.MakeCheck(func(t *rapid.T) {
		var samples []stats.Sample
		for range rapid.IntRange(2, 20).Draw(t, "k") {
			n := float64(rapid.IntRange(1, 100).Draw(t, "n"))
			samples = append(samples, stats.Sample{Successes: n / 4, Cases: n})
		}
		if got := must(t, samples, 0.25); got.Phi > 1e-20 || got.TauSquared != 0 {
			t.Fatalf("%v", got)
		}
	}))
}
