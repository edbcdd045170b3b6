package stats_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

// printed checks got against a number as its source prints it: it may be off by
// half a unit of the last digit, or by float64 rounding when there are more
// digits than a float64 holds.
func printed(t *testing.T, name string, got float64, want string) {
	t.Helper()
	number, err := strconv.ParseFloat(want, 64)
	if err != nil {
		t.Fatalf("%s: the expectation %q is not a number", name, want)
	}
	_, decimals, _ := strings.Cut(want, ".")
	if tolerance := 0.5*math.Pow10(-len(decimals)) + 1e-15; !(math.Abs(got-number) <= tolerance) {
		t.Errorf("%s = %.17g, want %s", name, got, want)
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-12 }

// sample is a number of successes, whole or not, and of cases.
type sample struct{ x, n float64 }

func drawSample(t *rapid.T, label string) sample {
	n := float64(rapid.IntRange(1, 100_000).Draw(t, label+" cases"))
	share := rapid.OneOf(rapid.Just(0.0), rapid.Just(1.0), rapid.Float64Range(0, 1)).Draw(t, label+" share")
	x := share * n
	if rapid.Bool().Draw(t, label+" whole") {
		x = math.Round(x)
	}
	return sample{x: x, n: n}
}

func drawLevel(t *rapid.T, label string) stats.Level {
	return mustLevel(t, rapid.Float64Range(0.01, 0.9999).Draw(t, label))
}

func mustLevel(t rapid.TB, confidence float64) stats.Level {
	t.Helper()
	level, err := stats.NewLevel(confidence)
	if err != nil {
		t.Fatal(err)
	}
	return level
}

func mustWilson(t rapid.TB, x, n float64, level stats.Level) stats.Interval {
	t.Helper()
	interval, err := stats.Wilson(x, n, level)
	if err != nil {
		t.Fatal(err)
	}
	return interval
}

func mustNewcombe(t rapid.TB, a, b sample, level stats.Level) stats.Difference {
	t.Helper()
	difference, err := stats.Newcombe(a.x, a.n, b.x, b.n, level)
	if err != nil {
		t.Fatal(err)
	}
	return difference
}
