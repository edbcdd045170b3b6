package stats_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

// Own arithmetic: 39 of 79 known good, 36 not known: 39/79 and 75/79.
func TestShareBounds(t *testing.T) {
	b, err := stats.ShareBounds(39, 36, 79)
	if err != nil || math.Abs(b.Lower-0.49367) > 1e-5 || math.Abs(b.Upper-0.94937) > 1e-5 {
		t.Errorf("%+v, %v", b, err)
	}
	for _, c := range [][3]int{{-1, 0, 1}, {0, -1, 1}, {0, 0, 0}, {2, 2, 3}} {
		if _, err := stats.ShareBounds(c[0], c[1], c[2]); err == nil {
			t.Errorf("%v: no error", c)
		}
	}
}

// Own arithmetic: 60 and 70 known, two more from 0 to 100: (130+0)/4 and (130+200)/4.
func TestMeanBounds(t *testing.T) {
	b, err := stats.MeanBounds(130, 2, 2, 0, 100)
	if err != nil || b != (stats.Bounds{Lower: 32.5, Upper: 82.5}) {
		t.Errorf("%+v, %v", b, err)
	}
	if _, err := stats.MeanBounds(0, 0, 0, 0, 1); err == nil {
		t.Error("no values, no error")
	}
	if _, err := stats.MeanBounds(0, 1, 1, 2, 1); err == nil {
		t.Error("least above most, no error")
	}
}

// Whatever the missing values are, the mean lies within its bounds, and so does the share of a property.
func TestBoundsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(0, 100), 1, 30).Draw(t, "values")
		known := rapid.IntRange(0, len(values)).Draw(t, "known")
		sum, all, good, goodKnown := 0.0, 0.0, 0, 0
		for n, x := range values {
			all += x
			if x >= 50 {
				good++
			}
			if n < known {
				sum += x
				if x >= 50 {
					goodKnown++
				}
			}
		}
		n := float64(len(values))
		b, err := stats.MeanBounds(sum, known, len(values)-known, 0, 100)
		if err != nil || all/n < b.Lower-1e-9 || all/n > b.Upper+1e-9 {
			t.Fatalf("mean %g in %+v, %v", all/n, b, err)
		}
		s, err := stats.ShareBounds(goodKnown, len(values)-known, len(values))
		if err != nil || float64(good)/n < s.Lower || float64(good)/n > s.Upper {
			t.Fatalf("share %g in %+v, %v", float64(good)/n, s, err)
		}
	})
}
