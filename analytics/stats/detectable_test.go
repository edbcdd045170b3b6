package stats_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

// Computed values, printed in whole percentage points.
func TestDetectableGapAroundThreeQuarters(t *testing.T) {
	for _, c := range []struct {
		n      int
		fewer  float64 // successes
		points string
	}{
		{14, 6, "43"},
		{24, 7, "29"},
		{48, 10, "21"},
		{60, 11, "18"},
		{91, 13, "14"},
	} {
		got, err := stats.DetectableGap(0.75, c.n, stats.Confidence95)
		if err != nil {
			t.Fatal(err)
		}
		if want := c.fewer / float64(c.n); got != want {
			t.Errorf("n = %d: gap %g, want %g", c.n, got, want)
		}
		printed(t, "gap in points", 100*got, c.points)
	}
}

func TestDetectableGapRefuses(t *testing.T) {
	for _, c := range []struct {
		name  string
		p     float64
		n     int
		level stats.Level
		want  error
	}{
		{"proportion in percent", 75, 60, stats.Confidence95, stats.ErrProbability},
		{"negative proportion", -0.1, 60, stats.Confidence95, stats.ErrProbability},
		{"proportion NaN", math.NaN(), 60, stats.Confidence95, stats.ErrProbability},
		{"no cases", 0.75, 0, stats.Confidence95, stats.ErrCases},
		{"negative cases", 0.75, -1, stats.Confidence95, stats.ErrCases},
		{"no level chosen", 0.75, 60, stats.Level{}, stats.ErrLevel},
		{"one case", 1, 1, stats.Confidence95, stats.ErrUndetectable},
		{"nothing below nought", 0, 1000, stats.Confidence95, stats.ErrUndetectable},
		{"too near nought", 0.02, 60, stats.Confidence95, stats.ErrUndetectable},
		{"full confidence", 0.75, 1000, mustLevel(t, 1), stats.ErrUndetectable},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := stats.DetectableGap(c.p, c.n, c.level)
			if !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
			if got != 0 {
				t.Errorf("returned %g beside its error", got)
			}
		})
	}
}

func TestDetectableGapIsTheFirstOfAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.Float64Range(0, 1).Draw(t, "p")
		n := rapid.IntRange(1, 300).Draw(t, "n")
		level := drawLevel(t, "level")

		cases := float64(n)
		higher := math.Round(p * cases)
		want, found := 0.0, false
		for fewer := 1.0; fewer <= higher; fewer++ {
			apart := mustNewcombe(t, sample{higher, cases}, sample{higher - fewer, cases}, level).Distinguishable()
			if found && !apart {
				t.Fatalf("%g fewer of %d cannot be told apart though a smaller gap can", fewer, n)
			}
			if apart && !found {
				want, found = fewer/cases, true
			}
		}

		got, err := stats.DetectableGap(p, n, level)
		if found != (err == nil) || got != want {
			t.Fatalf("gap %g, %v; trying every one gives %g, found %t", got, err, want, found)
		}
	})
}
