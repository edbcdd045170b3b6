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

func TestIntervalOverlaps(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b stats.Interval
		want bool
	}{
		{"Fingertips DoubleOverlappingCIsComparerTest, same", stats.Interval{Lower: 2.7, Upper: 3.6},
			stats.Interval{Lower: 3.5, Upper: 4.5}, true},
		{"Fingertips DoubleOverlappingCIsComparerTest, different", stats.Interval{Lower: 2.7, Upper: 3.1},
			stats.Interval{Lower: 3.5, Upper: 4.5}, false},
		{"touching", stats.Interval{Lower: 1, Upper: 2}, stats.Interval{Lower: 2, Upper: 3}, true},
		{"one inside the other", stats.Interval{Lower: 1, Upper: 4}, stats.Interval{Lower: 2, Upper: 3}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.a.Overlaps(c.b); got != c.want {
				t.Errorf("Overlaps = %t, want %t", got, c.want)
			}
			if got := c.b.Overlaps(c.a); got != c.want {
				t.Errorf("the other way round = %t, want %t", got, c.want)
			}
		})
	}
}
