package stats_test

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

type limitsOf func(target, n float64, level stats.Level) (stats.Interval, error)

func mustLimits(t rapid.TB, limits limitsOf, target, n float64, level stats.Level) stats.Interval {
	t.Helper()
	interval, err := limits(target, n, level)
	if err != nil {
		t.Fatal(err)
	}
	return interval
}

func mustFunnel(t rapid.TB, target, n float64) stats.FunnelLimits {
	t.Helper()
	limits, err := stats.Funnel(target, n)
	if err != nil {
		t.Fatal(err)
	}
	return limits
}

func TestScoreLimitsPublished(t *testing.T) {
	const phe = 0.80642448 // PHEindicatormethods testdata_funnel_prop_outputs.csv
	for _, c := range []struct {
		source       string
		target, n    float64
		level        stats.Level
		lower, upper string // in percent
	}{
		{"PHE", phe, 10, stats.Confidence95, "56.154344", "100"},
		{"PHE", phe, 10, stats.Confidence998, "42.03259", "100"},
		{"PHE", phe, 50, stats.Confidence95, "69.691035", "91.593861"},
		{"PHE", phe, 50, stats.Confidence998, "63.375595", "97.909301"},
		{"computed", 0.65, 50, stats.Confidence95, "51.7793", "78.2207"},
		{"computed", 0.65, 50, stats.Confidence998, "44.1552", "85.8448"},
		{"computed: beside the Fingertips limit of 11.152", 0.1283795, 1339, stats.Confidence95, "11.046", "14.630"},
	} {
		t.Run(c.source, func(t *testing.T) {
			got := mustLimits(t, stats.ScoreLimits, c.target, c.n, c.level)
			printed(t, "lower", 100*got.Lower, c.lower)
			printed(t, "upper", 100*got.Upper, c.upper)
		})
	}
}

// The lower limits are those of Spiegelhalter 2005, appendix A.1; his upper ones
// are one case further in than the mirror image.
func TestExactLimitsComputed(t *testing.T) {
	at95 := mustLimits(t, stats.ExactLimits, 0.65, 50, stats.Confidence95)
	at998 := mustLimits(t, stats.ExactLimits, 0.65, 50, stats.Confidence998)
	printed(t, "0.1%", at998.Lower, "0.424377")
	printed(t, "2.5%", at95.Lower, "0.504566")
	printed(t, "97.5% less a case", at95.Upper-1.0/50, "0.770131")
	printed(t, "99.9% less a case", at998.Upper-1.0/50, "0.837659")
}

func TestLimitsRefuse(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name      string
		target, n float64
		level     stats.Level
		want      error
	}{
		{"target in percent", 65, 50, stats.Confidence95, stats.ErrProbability},
		{"target below 0", -0.1, 50, stats.Confidence95, stats.ErrProbability},
		{"target NaN", nan, 50, stats.Confidence95, stats.ErrProbability},
		{"no cases", 0.65, 0, stats.Confidence95, stats.ErrCases},
		{"negative cases", 0.65, -1, stats.Confidence95, stats.ErrCases},
		{"cases NaN", 0.65, nan, stats.Confidence95, stats.ErrNotFinite},
		{"cases infinite", 0.65, math.Inf(1), stats.Confidence95, stats.ErrNotFinite},
		{"no level chosen", 0.65, 50, stats.Level{}, stats.ErrLevel},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, limits := range map[string]limitsOf{"score": stats.ScoreLimits, "exact": stats.ExactLimits} {
				got, err := limits(c.target, c.n, c.level)
				if !errors.Is(err, c.want) || got != (stats.Interval{}) {
					t.Errorf("%s: %v, error %v, want %v", name, got, err, c.want)
				}
			}
			if c.level == stats.Confidence95 {
				if got, err := stats.Funnel(c.target, c.n); !errors.Is(err, c.want) || got != (stats.FunnelLimits{}) {
					t.Errorf("funnel: %v, error %v, want %v", got, err, c.want)
				}
				if got, err := (stats.Overdispersion{}).Funnel(c.target, c.n); !errors.Is(err, c.want) ||
					got != (stats.FunnelLimits{}) {
					t.Errorf("overdispersed funnel: %v, error %v, want %v", got, err, c.want)
				}
			}
		})
	}
	if _, err := stats.ExactLimits(0.65, 50.5, stats.Confidence95); !errors.Is(err, stats.ErrWhole) {
		t.Errorf("half a case: error %v, want ErrWhole", err)
	}
	if _, err := stats.ExactLimits(0.65, 1e6+1, stats.Confidence95); !errors.Is(err, stats.ErrTooMany) {
		t.Errorf("over a million cases: error %v, want ErrTooMany", err)
	}
	if _, err := stats.ScoreLimits(0.65, 50.5, stats.Confidence95); err != nil {
		t.Errorf("score limits with half a case: %v", err)
	}
}

func TestLimitsAtTheEdges(t *testing.T) {
	for _, limits := range []limitsOf{stats.ScoreLimits, stats.ExactLimits} {
		if got := mustLimits(t, limits, 0.65, 50, mustLevel(t, 1)); got != (stats.Interval{Lower: 0, Upper: 1}) {
			t.Errorf("at 100%% confidence: %v, want 0 to 1", got)
		}
		for _, target := range []float64{0, 1} {
			if got := mustLimits(t, limits, target, 50, stats.Confidence95); !got.Contains(target) ||
				got.Upper-got.Lower >= 1.0/50 {
				t.Errorf("target %g: %v holds more than %g of 50", target, got, 50*target)
			}
		}
	}
}

func TestLimitsProperties(t *testing.T) {
	target := rapid.Float64Range(0.001, 0.999)
	cases := rapid.Custom(func(t *rapid.T) float64 { return float64(rapid.IntRange(1, 400).Draw(t, "n")) })
	kinds := map[string]limitsOf{"score": stats.ScoreLimits, "exact": stats.ExactLimits}
	for name, limits := range kinds {
		t.Run(name+" mirrors failures", rapid.MakeCheck(func(t *rapid.T) {
			p, n, level := target.Draw(t, "target"), cases.Draw(t, "n"), drawLevel(t, "level")
			of, against := mustLimits(t, limits, p, n, level), mustLimits(t, limits, 1-p, n, level)
			if math.Abs(of.Lower-(1-against.Upper)) > 1e-9 || math.Abs(of.Upper-(1-against.Lower)) > 1e-9 {
				t.Fatalf("%v is not the mirror image of %v", of, against)
			}
		}))
		t.Run(name+" contains the target, and 95% lies in 99.8%", rapid.MakeCheck(func(t *rapid.T) {
			p, n := target.Draw(t, "target"), cases.Draw(t, "n")
			inner, outer := mustLimits(t, limits, p, n, stats.Confidence95), mustLimits(t, limits, p, n,
				stats.Confidence998)
			if !inner.Contains(p) {
				t.Fatalf("%v does not contain %g", inner, p)
			}
			if outer.Lower > inner.Lower || outer.Upper < inner.Upper {
				t.Fatalf("%v at 99.8%% does not enclose %v", outer, inner)
			}
		}))
		t.Run(name+" rises with the target", rapid.MakeCheck(func(t *rapid.T) {
			p, q, n := target.Draw(t, "p"), target.Draw(t, "q"), cases.Draw(t, "n")
			low, high := mustLimits(t, limits, min(p, q), n, stats.Confidence95), mustLimits(t, limits, max(p, q), n,
				stats.Confidence95)
			if low.Lower > high.Lower+1e-12 || low.Upper > high.Upper+1e-12 {
				t.Fatalf("%v at the lower target, %v at the higher", low, high)
			}
		}))
		t.Run(name+" is narrower with four times the cases", rapid.MakeCheck(func(t *rapid.T) {
			p, n := target.Draw(t, "target"), cases.Draw(t, "n")
			few, many := mustLimits(t, limits, p, n, stats.Confidence95), mustLimits(t, limits, p, 4*n,
				stats.Confidence95)
			clipped := few == stats.Interval{Lower: 0, Upper: 1} && many == few
			if many.Upper-many.Lower >= few.Upper-few.Lower && !clipped {
				t.Fatalf("%v from %g cases, %v from %g", few, n, many, 4*n)
			}
		}))
	}

	t.Run("score limits have Wilson intervals that end at the target", rapid.MakeCheck(func(t *rapid.T) {
		p, n := target.Draw(t, "target"), cases.Draw(t, "n")
		got := mustLimits(t, stats.ScoreLimits, p, n, stats.Confidence95)
		if got.Lower > 0 {
			if w := mustWilson(t, got.Lower*n, n, stats.Confidence95); math.Abs(w.Upper-p) > 1e-9 {
				t.Fatalf("%v is not met by %v", p, w)
			}
		}
		if got.Upper < 1 {
			if w := mustWilson(t, got.Upper*n, n, stats.Confidence95); math.Abs(w.Lower-p) > 1e-9 {
				t.Fatalf("%v is not met by %v", p, w)
			}
		}
	}))

	t.Run("a whole count is outside the exact limits when its tail is that small", rapid.MakeCheck(func(t *rapid.T) {
		p, n := target.Draw(t, "target"), float64(rapid.IntRange(1, 99).Draw(t, "n"))
		x := float64(rapid.IntRange(0, int(n)).Draw(t, "x"))
		counts, got := distuv.Binomial{N: n, P: p}, mustLimits(t, stats.ExactLimits, p, n, stats.Confidence95)
		low, high := counts.CDF(x), 1-counts.CDF(x-1)
		if math.Abs(low-0.025) < 1e-9 || math.Abs(high-0.025) < 1e-9 {
			t.Skip("on a limit") // where rounding decides; rapid draws another
		}
		if below := x/n < got.Lower; below != (low < 0.025) {
			t.Fatalf("%g of %g is below %v: %t; as low has probability %g", x, n, got, below, low)
		}
		if above := x/n > got.Upper; above != (high < 0.025) {
			t.Fatalf("%g of %g is above %v: %t; as high has probability %g", x, n, got, above, high)
		}
	}))

	t.Run("score and exact limits are near from 100 cases", rapid.MakeCheck(func(t *rapid.T) {
		p, n := rapid.Float64Range(0.1, 0.9).Draw(t, "target"), float64(rapid.IntRange(100, 1000).Draw(t, "n"))
		for _, level := range []stats.Level{stats.Confidence95, stats.Confidence998} {
			a, b := mustLimits(t, stats.ScoreLimits, p, n, level), mustLimits(t, stats.ExactLimits, p, n, level)
			if near := 2 / n; math.Abs(a.Lower-b.Lower) > near || math.Abs(a.Upper-b.Upper) > near {
				t.Fatalf("score %v, exact %v, which is over two cases of %g apart", a, b, n)
			}
		}
	}))
}
