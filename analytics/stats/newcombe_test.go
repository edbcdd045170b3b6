package stats_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

func TestNewcombePublished(t *testing.T) {
	for _, c := range []struct {
		source              string // row of Newcombe 1998 Statistics in Medicine 17:873, Table II method 10
		a, b                sample
		value, lower, upper string
		distinguishable     bool
	}{
		{"56/70-48/80", sample{56, 70}, sample{48, 80}, "0.2", "0.0524", "0.3339", true},
		{"9/10-3/10", sample{9, 10}, sample{3, 10}, "0.6", "0.1705", "0.8090", true},
		{"6/7-2/7", sample{6, 7}, sample{2, 7}, "0.5714", "0.0582", "0.8062", true},
		{"0/10-0/20", sample{0, 10}, sample{0, 20}, "0", "-0.1611", "0.2775", false},
		{"0/10-0/10", sample{0, 10}, sample{0, 10}, "0", "-0.2775", "0.2775", false},
		{"10/10-0/20", sample{10, 10}, sample{0, 20}, "1", "0.6791", "1", true},
	} {
		t.Run("Newcombe 1998 Table II method 10 "+c.source, func(t *testing.T) {
			got := mustNewcombe(t, c.a, c.b, stats.Confidence95)
			printed(t, "value", got.Value, c.value)
			printed(t, "lower", got.Lower, c.lower)
			printed(t, "upper", got.Upper, c.upper)
			if got.Distinguishable() != c.distinguishable {
				t.Errorf("%v distinguishable: %t, want %t", got, got.Distinguishable(), c.distinguishable)
			}
		})
	}
}

func TestNewcombeUpperEdgeIsExact(t *testing.T) {
	if got := mustNewcombe(t, sample{10, 10}, sample{0, 20}, stats.Confidence95).Upper; got != 1 {
		t.Errorf("10/10-0/20: upper limit %.17g, want exactly 1", got)
	}
}

func TestDistinguishable(t *testing.T) {
	for _, c := range []struct {
		interval stats.Interval
		want     bool
	}{
		{stats.Interval{Lower: 0.01, Upper: 0.2}, true},
		{stats.Interval{Lower: -0.2, Upper: -0.01}, true},
		{stats.Interval{Lower: 0, Upper: 0.2}, false},
		{stats.Interval{Lower: -0.2, Upper: 0}, false},
		{stats.Interval{Lower: -0.1, Upper: 0.1}, false},
		{stats.Interval{}, false},
	} {
		if got := (stats.Difference{Interval: c.interval}).Distinguishable(); got != c.want {
			t.Errorf("%v: %t, want %t", c.interval, got, c.want)
		}
	}
}

func TestNewcombeRefuses(t *testing.T) {
	good := sample{5, 10}
	for _, c := range []struct {
		name string
		bad  sample
		want error
	}{
		{"no cases", sample{0, 0}, stats.ErrCases},
		{"negative successes", sample{-1, 10}, stats.ErrSuccesses},
		{"more successes than cases", sample{11, 10}, stats.ErrSuccesses},
		{"NaN", sample{math.NaN(), 10}, stats.ErrNotFinite},
		{"infinite", sample{1, math.Inf(1)}, stats.ErrNotFinite},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := stats.Newcombe(c.bad.x, c.bad.n, good.x, good.n, stats.Confidence95)
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), "first sample") {
				t.Errorf("first sample: error %v, want %v", err, c.want)
			}
			_, err = stats.Newcombe(good.x, good.n, c.bad.x, c.bad.n, stats.Confidence95)
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), "second sample") {
				t.Errorf("second sample: error %v, want %v", err, c.want)
			}
		})
	}
	if _, err := stats.Newcombe(5, 10, 5, 10, stats.Level{}); !errors.Is(err, stats.ErrLevel) {
		t.Errorf("no level chosen: error %v, want ErrLevel", err)
	}
}

func TestNewcombeProperties(t *testing.T) {
	t.Run("contains the difference", rapid.MakeCheck(func(t *rapid.T) {
		got := mustNewcombe(t, drawSample(t, "a"), drawSample(t, "b"), drawLevel(t, "level"))
		if !got.Contains(got.Value) {
			t.Fatalf("%v does not contain its value", got)
		}
	}))

	t.Run("antisymmetric", rapid.MakeCheck(func(t *rapid.T) {
		a, b, level := drawSample(t, "a"), drawSample(t, "b"), drawLevel(t, "level")
		ab, ba := mustNewcombe(t, a, b, level), mustNewcombe(t, b, a, level)
		if ab.Value != -ba.Value || ab.Lower != -ba.Upper || ab.Upper != -ba.Lower {
			t.Fatalf("%v is not minus %v", ab, ba)
		}
		if ab.Distinguishable() != ba.Distinguishable() {
			t.Fatalf("%v and %v disagree", ab, ba)
		}
	}))

	t.Run("a sample is not distinguished from itself", rapid.MakeCheck(func(t *rapid.T) {
		a := drawSample(t, "a")
		if got := mustNewcombe(t, a, a, drawLevel(t, "level")); got.Distinguishable() {
			t.Fatalf("%v", got)
		}
	}))

	t.Run("widens with confidence", rapid.MakeCheck(func(t *rapid.T) {
		a, b := drawSample(t, "a"), drawSample(t, "b")
		low := rapid.Float64Range(0.01, 0.99).Draw(t, "low")
		high := rapid.Float64Range(low+0.001, 0.9999).Draw(t, "high")
		inner, outer := mustNewcombe(t, a, b, mustLevel(t, low)), mustNewcombe(t, a, b, mustLevel(t, high))
		if outer.Lower > inner.Lower || outer.Upper < inner.Upper {
			t.Fatalf("%v at the higher confidence does not enclose %v", outer, inner)
		}
	}))

	t.Run("separate Wilson intervals are distinguishable", rapid.MakeCheck(func(t *rapid.T) {
		a, b, level := drawSample(t, "a"), drawSample(t, "b"), drawLevel(t, "level")
		one, other := mustWilson(t, a.x, a.n, level), mustWilson(t, b.x, b.n, level)
		if one.Lower <= other.Upper && other.Lower <= one.Upper {
			return
		}
		if got := mustNewcombe(t, a, b, level); !got.Distinguishable() {
			t.Fatalf("%v is stricter than not overlapping", got)
		}
	}))
}

func FuzzNewcombe(f *testing.F) {
	f.Add(56.0, 70.0, 48.0, 80.0, 0.95)
	f.Add(0.0, 10.0, 0.0, 20.0, 0.998)
	f.Add(10.0, 10.0, 0.0, 20.0, 1.0)
	f.Add(0.445, 1.0, math.MaxFloat64, math.MaxFloat64, 1e-300)
	f.Add(1.0, 0.0, math.NaN(), math.Inf(-1), 2.0)
	f.Fuzz(func(t *testing.T, x1, n1, x2, n2, confidence float64) {
		level, levelErr := stats.NewLevel(confidence)
		got, err := stats.Newcombe(x1, n1, x2, n2, level)
		if err != nil {
			if !refusalIsDue(err, levelErr, sample{x1, n1}, sample{x2, n2}) {
				t.Fatalf("Newcombe(%g, %g, %g, %g, %g) refused without cause: %v", x1, n1, x2, n2, confidence, err)
			}
			return
		}
		if !(-1 <= got.Lower && got.Lower <= got.Value && got.Value <= got.Upper && got.Upper <= 1) {
			t.Fatalf("Newcombe(%g, %g, %g, %g, %g) = %v", x1, n1, x2, n2, confidence, got)
		}
	})
}
