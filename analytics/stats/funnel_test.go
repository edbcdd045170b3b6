package stats_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

func TestFunnelPlacesPublished(t *testing.T) {
	const phe = 0.80642448
	for _, c := range []struct {
		source       string
		target, p, n float64
		want         stats.FunnelPlace
	}{
		{"PHE New Forest", phe, 35078.488 / 41980, 41980, stats.FunnelAbove998},
		{"PHE Norwich", phe, 24803.6256 / 31824, 31824, stats.FunnelBelow998},
		{"PHE South Gloucestershire", phe, 50050.7443 / 61921, 61921, stats.FunnelWithin},
		{"Fingertips better/better", 0.0896111, 0.0770658, 5930, stats.FunnelBelow998},
		{"Fingertips same/same", 0.0896111, 0.0989881, 2273, stats.FunnelWithin},
		{"Fingertips worse/worse", 0.0896111, 0.1247465, 1972, stats.FunnelAbove998},
		{"Fingertips better/same", 0.1283795, 0.1097834, 1339, stats.FunnelBelow95},
		{"Fingertips worse/same", 0.1283795, 0.1590656, 899, stats.FunnelAbove95},
		{"where the Fingertips limit would say better", 0.1283795, 0.1110, 1339, stats.FunnelWithin},
	} {
		t.Run(c.source, func(t *testing.T) {
			if got := mustFunnel(t, c.target, c.n).Place(c.p); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// 11 of 11 is no surprise at a target of 61%: it has a probability of 0.5%.
func TestFunnelOfFewCases(t *testing.T) {
	limits := mustFunnel(t, 0.6145, 11)
	if got := limits.Place(1); got != stats.FunnelAbove95 {
		t.Errorf("11 of 11: %s, want %s", got, stats.FunnelAbove95)
	}
	if got := limits.Place(10.0 / 11); got != stats.FunnelWithin {
		t.Errorf("10 of 11: %s, want %s", got, stats.FunnelWithin)
	}
}

func TestFunnelPlaceOnALimitIsInside(t *testing.T) {
	limits := stats.FunnelLimits{
		At95:  stats.Interval{Lower: 0.4, Upper: 0.6},
		At998: stats.Interval{Lower: 0.2, Upper: 0.8},
	}
	for p, want := range map[float64]stats.FunnelPlace{
		0: stats.FunnelBelow998, 0.2: stats.FunnelBelow95, 0.4: stats.FunnelWithin, 0.5: stats.FunnelWithin,
		0.6: stats.FunnelWithin, 0.8: stats.FunnelAbove95, 1: stats.FunnelAbove998, math.NaN(): stats.FunnelBelow998,
	} {
		if got := limits.Place(p); got != want {
			t.Errorf("%g: %s, want %s", p, got, want)
		}
	}
}

func TestFunnelPlaceProperties(t *testing.T) {
	order := map[stats.FunnelPlace]int{
		stats.FunnelBelow998: -2,
		stats.FunnelBelow95:  -1,
		stats.FunnelWithin:   0,
		stats.FunnelAbove95:  1,
		stats.FunnelAbove998: 2,
	}
	rapid.Check(t, func(t *rapid.T) {
		target, n := rapid.Float64Range(0, 1).Draw(t, "target"), float64(rapid.IntRange(1, 300).Draw(t, "n"))
		limits := mustFunnel(t, target, n)
		x, y := float64(rapid.IntRange(0, int(n)).Draw(t, "x")), float64(rapid.IntRange(0, int(n)).Draw(t, "y"))
		low, high := order[limits.Place(min(x, y)/n)], order[limits.Place(max(x, y)/n)]
		if low > high {
			t.Fatalf("%g of %g is placed above %g", min(x, y), n, max(x, y))
		}
		if place := order[limits.Place(x/n)]; place < 0 && x/n >= target || place > 0 && x/n <= target {
			t.Fatalf("%g of %g is at %d beside a target of %g", x, n, place, target)
		}
	})
}

func FuzzFunnel(f *testing.F) {
	f.Add(0.65, 50.0, 0.95)
	f.Add(0.0, 1.0, 1.0)
	f.Add(1.0, 99.0, 1e-300)
	f.Add(5e-324, 1e15, 0.998)
	f.Add(0.5, 1e300, 0.95)
	f.Add(math.NaN(), math.Inf(1), math.NaN())
	f.Fuzz(func(t *testing.T, target, n, confidence float64) {
		level, levelErr := stats.NewLevel(confidence)
		for name, limits := range map[string]limitsOf{"score": stats.ScoreLimits, "exact": stats.ExactLimits} {
			got, err := limits(target, n, level)
			wrong := levelErr != nil || !(target >= 0 && target <= 1) || !(n > 0 && n <= math.MaxFloat64) ||
				name == "exact" && (n != math.Trunc(n) || n > 1e6)
			if wrong != (err != nil) {
				t.Fatalf("%s limits of %g, %g at %g: error %v", name, target, n, confidence, err)
			}
			if err == nil && !(0 <= got.Lower && got.Lower <= got.Upper && got.Upper <= 1) {
				t.Fatalf("%s limits of %g, %g at %g: %v", name, target, n, confidence, got)
			}
		}
	})
}
