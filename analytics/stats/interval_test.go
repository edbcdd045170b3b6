package stats_test

import (
	"math"
	"testing"

	"yardstick/analytics/stats"
)

func TestIntervalContains(t *testing.T) {
	interval := stats.Interval{Lower: 0.2, Upper: 0.4}
	for x, want := range map[float64]bool{
		0.1: false, 0.2: true, 0.3: true, 0.4: true, 0.5: false,
		math.NaN(): false, math.Inf(1): false, math.Inf(-1): false,
	} {
		if got := interval.Contains(x); got != want {
			t.Errorf("Contains(%g) = %t, want %t", x, got, want)
		}
	}
}
