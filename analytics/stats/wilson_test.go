package stats_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

func TestWilsonPublished(t *testing.T) {
	const (
		newcombe   = "Newcombe 1998 Statistics in Medicine 17:857, Table I method 3"
		byars      = "PHEindicatormethods testdata_Byars_Wilson.xlsx"
		proportion = "PHEindicatormethods testdata_Proportion.xlsx"
		legacy     = "computed: Wilson round the target, the limit of Fingertips SpcForProportionsComparer"
		inspection = "computed: inspected cases, percentages with one decimal"
	)
	for _, c := range []struct {
		source       string
		x, n         float64
		level        stats.Level
		lower, upper string
	}{
		{newcombe, 81, 263, stats.Confidence95, "0.2553", "0.3662"},
		{newcombe, 15, 148, stats.Confidence95, "0.0624", "0.1605"},
		{newcombe, 0, 20, stats.Confidence95, "0.0000", "0.1611"},
		{byars, 65, 100, stats.Confidence95, "0.55254443296887967", "0.73635751756902468"},
		{byars, 1045, 5000, stats.Confidence95, "0.19795549880013297", "0.22049130373189027"},
		{byars, 0.445, 1, stats.Confidence95, "0.043817447720588223", "0.93346212769791559"},
		{proportion, 1, 100, stats.Confidence95, "0.0017674321", "0.0544861962"},
		{proportion, 1, 100, stats.Confidence998, "0.0008730657", "0.1045544528"},
		{proportion, 5, 100, stats.Confidence95, "0.0215436792", "0.1117504692"},
		{proportion, 5, 100, stats.Confidence998, "0.0138653207", "0.1645885228"},
		{proportion, 20, 100, stats.Confidence95, "0.1333669333", "0.2888291656"},
		{proportion, 20, 100, stats.Confidence998, "0.1051916207", "0.3471109417"},
		{proportion, 9856, 12345, stats.Confidence95, "0.7912101753", "0.8053640074"},
		{proportion, 9856, 12345, stats.Confidence998, "0.7869924108", "0.8093061413"},
		{proportion, 999, 3456, stats.Confidence95, "0.2741895108", "0.3044038966"},
		{proportion, 999, 3456, stats.Confidence998, "0.2658399577", "0.3134475449"},
		{inspection, 67, 108, stats.Confidence95, "0.526", "0.706"},
		{inspection, 7, 16, stats.Confidence95, "0.231", "0.668"},
		// The row printed as 69% is 43 whole cases; 69% taken literally
		// (42.78 cases) has another interval.
		{inspection, 43, 62, stats.Confidence95, "0.570", "0.794"},
		{inspection, 0.69 * 62, 62, stats.Confidence95, "0.567", "0.791"},
	} {
		name := fmt.Sprintf("%g of %g at %g%%, %s", c.x, c.n, 100*c.level.Confidence(), c.source)
		t.Run(name, func(t *testing.T) {
			got := mustWilson(t, c.x, c.n, c.level)
			printed(t, "lower", got.Lower, c.lower)
			printed(t, "upper", got.Upper, c.upper)
		})
	}

	t.Run(legacy, func(t *testing.T) {
		got := mustWilson(t, 0.1283795*1339, 1339, stats.Confidence95)
		printed(t, "lower limit in percent", 100*got.Lower, "11.152")
	})
}

func TestWilsonEdges(t *testing.T) {
	for _, level := range []stats.Level{stats.Confidence95, stats.Confidence998} {
		for _, n := range []float64{1e-9, 0.3, 1, 7, 20, 62, 1e6, math.MaxFloat64} {
			if got := mustWilson(t, 0, n, level).Lower; got != 0 {
				t.Errorf("0 of %g: lower limit %g, want exactly 0", n, got)
			}
			if got := mustWilson(t, n, n, level).Upper; got != 1 {
				t.Errorf("%g of %g: upper limit %g, want exactly 1", n, n, got)
			}
		}
	}
	if got := mustWilson(t, 5, 10, mustLevel(t, 1)); got != (stats.Interval{Lower: 0, Upper: 1}) {
		t.Errorf("at 100%% confidence: %v, want 0 to 1", got)
	}
}

func TestWilsonRefuses(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		name  string
		x, n  float64
		level stats.Level
		want  error
	}{
		{"no cases", 0, 0, stats.Confidence95, stats.ErrCases},
		{"negative cases", 0, -1, stats.Confidence95, stats.ErrCases},
		{"negative successes", -0.1, 10, stats.Confidence95, stats.ErrSuccesses},
		{"more successes than cases", 11, 10, stats.Confidence95, stats.ErrSuccesses},
		{"successes NaN", nan, 10, stats.Confidence95, stats.ErrNotFinite},
		{"cases NaN", 1, nan, stats.Confidence95, stats.ErrNotFinite},
		{"successes infinite", inf, 10, stats.Confidence95, stats.ErrNotFinite},
		{"cases infinite", 1, inf, stats.Confidence95, stats.ErrNotFinite},
		{"cases minus infinity", 1, -inf, stats.Confidence95, stats.ErrNotFinite},
		{"no level chosen", 1, 10, stats.Level{}, stats.ErrLevel},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := stats.Wilson(c.x, c.n, c.level)
			if !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
			if got != (stats.Interval{}) {
				t.Errorf("returned %v beside its error", got)
			}
		})
	}
}

func TestWilsonProperties(t *testing.T) {
	t.Run("contains the estimate", rapid.MakeCheck(func(t *rapid.T) {
		s := drawSample(t, "sample")
		got := mustWilson(t, s.x, s.n, drawLevel(t, "level"))
		if !got.Contains(s.x / s.n) {
			t.Fatalf("%v does not contain %g", got, s.x/s.n)
		}
	}))

	t.Run("widens with confidence", rapid.MakeCheck(func(t *rapid.T) {
		s := drawSample(t, "sample")
		low := rapid.Float64Range(0.01, 0.99).Draw(t, "low")
		high := rapid.Float64Range(low+0.001, 0.9999).Draw(t, "high")
		inner, outer := mustWilson(t, s.x, s.n, mustLevel(t, low)), mustWilson(t, s.x, s.n, mustLevel(t, high))
		if outer.Lower > inner.Lower || outer.Upper < inner.Upper {
			t.Fatalf("%v at the higher confidence does not enclose %v", outer, inner)
		}
		if outer == inner {
			t.Fatalf("%v at both confidences", inner)
		}
	}))

	t.Run("narrows with cases", rapid.MakeCheck(func(t *rapid.T) {
		s, level := drawSample(t, "sample"), drawLevel(t, "level")
		times := rapid.Float64Range(1.01, 100).Draw(t, "times")
		few, many := mustWilson(t, s.x, s.n, level), mustWilson(t, min(s.x*times, s.n*times), s.n*times, level)
		if many.Upper-many.Lower >= few.Upper-few.Lower {
			t.Fatalf("%v from %g times the cases is not narrower than %v", many, times, few)
		}
	}))

	t.Run("failures mirror successes", rapid.MakeCheck(func(t *rapid.T) {
		s, level := drawSample(t, "sample"), drawLevel(t, "level")
		of, against := mustWilson(t, s.x, s.n, level), mustWilson(t, s.n-s.x, s.n, level)
		if !near(of.Lower, 1-against.Upper) || !near(of.Upper, 1-against.Lower) {
			t.Fatalf("%v is not the mirror image of %v", of, against)
		}
	}))

	t.Run("limits are where the score test turns", rapid.MakeCheck(func(t *rapid.T) {
		s, level := drawSample(t, "sample"), drawLevel(t, "level")
		got := mustWilson(t, s.x, s.n, level)
		for _, limit := range []float64{got.Lower, got.Upper} {
			distance := math.Abs(s.x/s.n - limit)
			if margin := level.Z() * math.Sqrt(limit*(1-limit)/s.n); math.Abs(distance-margin) > 1e-9 {
				t.Fatalf("limit %g is %g from the estimate, score margin %g", limit, distance, margin)
			}
		}
	}))
}

func FuzzWilson(f *testing.F) {
	f.Add(43.0, 62.0, 0.95)
	f.Add(0.0, 20.0, 0.998)
	f.Add(20.0, 20.0, 1.0)
	f.Add(0.445, 1.0, 1e-300)
	f.Add(math.MaxFloat64, math.MaxFloat64, 0.95)
	f.Add(math.SmallestNonzeroFloat64, math.SmallestNonzeroFloat64, 0.95)
	f.Add(math.NaN(), math.Inf(1), math.NaN())
	f.Fuzz(func(t *testing.T, x, n, confidence float64) {
		level, levelErr := stats.NewLevel(confidence)
		got, err := stats.Wilson(x, n, level)
		if err != nil {
			if !refusalIsDue(err, levelErr, sample{x, n}) {
				t.Fatalf("Wilson(%g, %g, %g) refused without cause: %v", x, n, confidence, err)
			}
			return
		}
		if !(0 <= got.Lower && got.Lower <= x/n && x/n <= got.Upper && got.Upper <= 1) {
			t.Fatalf("Wilson(%g, %g, %g) = %v round %g", x, n, confidence, got, x/n)
		}
		if x == 0 && got.Lower != 0 || x == n && got.Upper != 1 {
			t.Fatalf("Wilson(%g, %g, %g) = %v: an edge is not exact", x, n, confidence, got)
		}
	})
}

// refusalIsDue tells whether err names a fault that the arguments really have.
func refusalIsDue(err, levelErr error, samples ...sample) bool {
	if errors.Is(err, stats.ErrLevel) {
		return levelErr != nil
	}
	for _, s := range samples {
		notFinite := math.IsNaN(s.x-s.x) || math.IsNaN(s.n-s.n) // infinity minus itself is NaN
		switch {
		case errors.Is(err, stats.ErrNotFinite) && notFinite,
			errors.Is(err, stats.ErrCases) && s.n <= 0,
			errors.Is(err, stats.ErrSuccesses) && (s.x < 0 || s.x > s.n):
			return true
		}
	}
	return false
}
