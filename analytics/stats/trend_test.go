package stats_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

func measured(from int, values [][3]float64) []stats.MeasuredYear {
	var years []stats.MeasuredYear
	for i, v := range values {
		years = append(years, stats.MeasuredYear{Period: stats.Period{Year: from + i}, Value: v[0], Interval: stats.Interval{Lower: v[1], Upper: v[2]}})
	}
	return years
}

func TestTrendsPublished(t *testing.T) {
	t.Run("Fingertips TrendMarkerCalculatorTest, proportions", func(t *testing.T) {
		got, err := stats.ProportionTrend(counted(2011, samplesOf([]float64{994, 1023, 1199, 1332, 1367}, []float64{40299, 41527, 42811, 44064, 44701})...))
		if err != nil {
			t.Fatal(err)
		}
		printed(t, "χ²", got.ChiSquared, "47.8967")
		if got.Direction != stats.TrendRising || got.First != 2011 || got.Last != 2015 {
			t.Errorf("%+v", got)
		}
	})
	t.Run("Fingertips TrendMarkerCalculatorTest, not significant", func(t *testing.T) {
		got, err := stats.ProportionTrend(counted(2011, samplesOf([]float64{209, 213, 213, 239, 210}, []float64{1017, 1087, 1119, 1117, 1139})...))
		if err != nil || got.Direction != stats.TrendNone {
			t.Errorf("%+v, %v", got, err)
		}
	})
	t.Run("Fingertips TrendMarkerCalculatorTest, intervals", func(t *testing.T) {
		got, err := stats.MeasuredTrend(measured(2011, [][3]float64{{24.67, 23.16, 26.25}, {24.6, 23.15, 26.19}, {28, 26.44, 29.64}, {30.2, 28.63, 31.9}, {30.6, 28.98, 32.25}}))
		if err != nil {
			t.Fatal(err)
		}
		printed(t, "χ²", got.ChiSquared, "46.77")
		if got.Direction != stats.TrendRising {
			t.Errorf("%+v", got)
		}
	})
	printed(t, "the 99.8% point", math.Pow(stats.Confidence998.Z(), 2), "9.54953570608324")
}

// One year out of line makes no trend, however many cases it has.
func TestTrendNeedsEveryYear(t *testing.T) {
	for name, x := range map[string][]float64{
		"four years fall and the fifth makes the whole rise": {500, 500, 499, 498, 800},
		"four years are level":                               {500, 500, 500, 500, 800},
	} {
		got, err := stats.ProportionTrend(counted(2011, samplesOf(x, []float64{1000, 1000, 1000, 1000, 1000})...))
		if err != nil {
			t.Fatal(err)
		}
		if got.ChiSquared < 100 || got.Direction != stats.TrendNone {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestTrendsRefuse(t *testing.T) {
	at := func(year int, breaks bool) stats.CountedYear {
		return stats.CountedYear{Period: stats.Period{Year: year, Breaks: breaks}, Sample: stats.Sample{Successes: float64(year - 2000), Cases: 100}}
	}
	none := at(2014, false)
	none.Successes = 0
	all := at(2014, false)
	all.Successes = all.Cases
	wrong := at(2014, false)
	wrong.Successes = 101
	for _, c := range []struct {
		name  string
		years []stats.CountedYear
		want  error
	}{
		{"nothing", nil, stats.SeriesTooShort},
		{"four years", []stats.CountedYear{at(2011, false), at(2012, false), at(2013, false), at(2014, false)}, stats.SeriesTooShort},
		{"a gap", []stats.CountedYear{at(2010, false), at(2011, false), at(2013, false), at(2014, false), at(2015, false)}, stats.SeriesBroken},
		{"a break", []stats.CountedYear{at(2011, false), at(2012, false), at(2013, true), at(2014, false), at(2015, false)}, stats.SeriesBroken},
		{"a break at the latest year", []stats.CountedYear{at(2010, false), at(2011, false), at(2012, false), at(2013, false), at(2014, false), at(2015, true)}, stats.SeriesBroken},
		{"a year twice", []stats.CountedYear{at(2011, false), at(2012, false), at(2013, false), at(2014, false), at(2014, false)}, stats.SeriesOverlaps},
		{"no successes in a year", []stats.CountedYear{at(2011, false), at(2012, false), at(2013, false), none, at(2015, false)}, stats.SeriesAllOrNone},
		{"all successes in a year", []stats.CountedYear{at(2011, false), at(2012, false), at(2013, false), all, at(2015, false)}, stats.SeriesAllOrNone},
		{"more successes than cases", []stats.CountedYear{at(2011, false), at(2012, false), at(2013, false), wrong, at(2015, false)}, stats.ErrSuccesses},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := stats.ProportionTrend(c.years)
			if !errors.Is(err, c.want) || got != (stats.Trend{}) {
				t.Errorf("%v, error %v, want %v", got, err, c.want)
			}
			var reason stats.SeriesRefusal
			if wanted, ok := c.want.(stats.SeriesRefusal); ok && (!errors.As(err, &reason) || reason != wanted || reason.Error() == string(reason)) {
				t.Errorf("the reason of %v is %q", err, string(reason))
			}
		})
	}
	t.Run("a break at the first of the five is none among them", func(t *testing.T) {
		got, err := stats.ProportionTrend([]stats.CountedYear{at(2005, false), at(2010, false), at(2011, true), at(2012, false), at(2013, false), at(2014, false), at(2015, false)})
		if err != nil || got.First != 2011 || got.Last != 2015 {
			t.Errorf("%+v, %v", got, err)
		}
	})
	huge := slices.Repeat([]stats.Sample{{Successes: math.MaxFloat64 / 2, Cases: math.MaxFloat64}}, 5)
	if _, err := stats.ProportionTrend(counted(2011, huge...)); !errors.Is(err, stats.ErrNotFinite) {
		t.Errorf("counts past a float64: error %v", err)
	}
	if _, err := stats.Overdisperse(huge, 0.5); !errors.Is(err, stats.ErrNotFinite) {
		t.Errorf("overdispersion past a float64: error %v", err)
	}
	if _, err := stats.Homogeneity(huge); !errors.Is(err, stats.ErrNotFinite) {
		t.Errorf("homogeneity past a float64: error %v", err)
	}
	figures := [][3]float64{{1, 0, 2}, {2, 1, 3}, {3, 2, 4}, {4, 3, 5}, {5, 4, 6}}
	for _, c := range []struct {
		name  string
		fifth [3]float64
		want  error
	}{
		{"no interval", [3]float64{5, 5, 5}, stats.ErrSpread},
		{"an interval upside down", [3]float64{5, 6, 4}, stats.ErrSpread},
		{"a value NaN", [3]float64{math.NaN(), 4, 6}, stats.ErrNotFinite},
		{"a limit infinite", [3]float64{5, 4, math.Inf(1)}, stats.ErrNotFinite},
	} {
		t.Run(c.name, func(t *testing.T) {
			values := append(slices.Clone(figures[:4]), c.fifth)
			if got, err := stats.MeasuredTrend(measured(2011, values)); !errors.Is(err, c.want) || got != (stats.Trend{}) {
				t.Errorf("%v, error %v, want %v", got, err, c.want)
			}
		})
	}
	if _, err := stats.MeasuredTrend(measured(2011, figures[:4])); !errors.Is(err, stats.SeriesTooShort) {
		t.Errorf("four figures: error %v, want SeriesTooShort", err)
	}
}

func TestTrendProperties(t *testing.T) {
	opposite := map[stats.TrendDirection]stats.TrendDirection{stats.TrendRising: stats.TrendFalling, stats.TrendFalling: stats.TrendRising, stats.TrendNone: stats.TrendNone}
	draw := func(t *rapid.T) []stats.CountedYear {
		var samples []stats.Sample
		for range 5 {
			n := rapid.IntRange(2, 5000).Draw(t, "n")
			samples = append(samples, stats.Sample{Successes: float64(rapid.IntRange(1, n-1).Draw(t, "x")), Cases: float64(n)})
		}
		return counted(2011, samples...)
	}
	must := func(t *rapid.T, years []stats.CountedYear) stats.Trend {
		t.Helper()
		trend, err := stats.ProportionTrend(years)
		if err != nil {
			t.Fatal(err)
		}
		return trend
	}
	close := func(a, b float64) bool { return math.Abs(a-b) <= 1e-6*max(1, a) }

	t.Run("failures fall where successes rise", rapid.MakeCheck(func(t *rapid.T) {
		years := draw(t)
		a := must(t, years)
		for i := range years {
			years[i].Successes = years[i].Cases - years[i].Successes
		}
		if b := must(t, years); !close(a.ChiSquared, b.ChiSquared) || a.Direction != opposite[b.Direction] {
			t.Fatalf("%+v of successes, %+v of failures", a, b)
		}
	}))
	t.Run("backwards in time it falls where it rose", rapid.MakeCheck(func(t *rapid.T) {
		years := draw(t)
		a := must(t, years)
		for i := range years {
			years[i].Year = 4030 - years[i].Year
		}
		if b := must(t, years); !close(a.ChiSquared, b.ChiSquared) || a.Direction != opposite[b.Direction] {
			t.Fatalf("%+v forwards, %+v backwards", a, b)
		}
	}))
	t.Run("order of years in the list, and older years, do not matter", rapid.MakeCheck(func(t *rapid.T) {
		years := draw(t)
		a := must(t, years)
		more := append(counted(2008, stats.Sample{Successes: 1, Cases: 2}, stats.Sample{Successes: 1, Cases: 2}), years...)
		if b := must(t, rapid.Permutation(more).Draw(t, "shuffled")); a != b {
			t.Fatalf("%+v and %+v", a, b)
		}
	}))
	t.Run("no direction below the point, and none that a year undoes", rapid.MakeCheck(func(t *rapid.T) {
		years := draw(t)
		if a := must(t, years); a.Direction != stats.TrendNone && a.ChiSquared <= 9.5495 {
			t.Fatalf("%+v", a)
		}
	}))
}
