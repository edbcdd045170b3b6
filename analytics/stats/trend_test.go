package stats_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

func TestProportionSlopePublished(t *testing.T) {
	got, err := stats.ProportionSlope(counted(2011, samplesOf([]float64{994, 1023, 1199, 1332, 1367},
		[]float64{40299, 41527, 42811, 44064, 44701})...))
	if err != nil {
		t.Fatal(err)
	}
	printed(t, "χ², Fingertips TrendMarkerCalculatorTest", math.Pow(got.PerYear/got.StandardError, 2), "47.8967")
	if got.PerYear <= 0 || got.First != 2011 || got.Last != 2015 || got.Degrees != 3 {
		t.Errorf("%+v", got)
	}
	got, err = stats.ProportionSlope(counted(2011, samplesOf([]float64{209, 213, 213, 239, 210},
		[]float64{1017, 1087, 1119, 1117, 1139})...))
	if err != nil {
		t.Fatal(err)
	}
	test, err := got.Against(1, 0)
	if err != nil || test.P < 0.002 {
		t.Errorf("Fingertips finds no trend, here p is %g, %v", test.P, err)
	}
}

func TestSlopesRefuse(t *testing.T) {
	at := func(year int, breaks bool) stats.CountedYear {
		return stats.CountedYear{Period: stats.Period{Year: year, Breaks: breaks},
			Sample: stats.Sample{Successes: float64(year - 2000), Cases: 100}}
	}
	wrong := at(2014, false)
	wrong.Successes = 101
	for _, c := range []struct {
		name  string
		years []stats.CountedYear
		want  error
	}{
		{"nothing", nil, stats.SeriesTooShort},
		{"four years", []stats.CountedYear{at(2011, false), at(2012, false), at(2013, false), at(2014, false)},
			stats.SeriesTooShort},
		{"a gap", []stats.CountedYear{at(2010, false), at(2011, false), at(2013, false), at(2014, false),
			at(2015, false)}, stats.SeriesBroken},
		{"a break", []stats.CountedYear{at(2011, false), at(2012, false), at(2013, true), at(2014, false),
			at(2015, false)}, stats.SeriesBroken},
		{"a break at the latest year", []stats.CountedYear{at(2010, false), at(2011, false), at(2012, false),
			at(2013, false), at(2014, false), at(2015, true)}, stats.SeriesBroken},
		{"a year twice", []stats.CountedYear{at(2011, false), at(2012, false), at(2013, false), at(2014, false),
			at(2014, false)}, stats.SeriesOverlaps},
		{"no successes", counted(2011, samplesOf([]float64{0, 0, 0, 0, 0}, []float64{9, 9, 9, 9, 9})...),
			stats.SeriesAllOrNone},
		{"all successes", counted(2011, samplesOf([]float64{9, 9, 9, 9, 9}, []float64{9, 9, 9, 9, 9})...),
			stats.SeriesAllOrNone},
		{"more successes than cases", []stats.CountedYear{at(2011, false), at(2012, false), at(2013, false), wrong,
			at(2015, false)}, stats.ErrSuccesses},
		{"counts past a float64", counted(2011, slices.Repeat([]stats.Sample{{Successes: math.MaxFloat64 / 2,
			Cases: math.MaxFloat64}}, 5)...), stats.ErrNotFinite},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := stats.ProportionSlope(c.years)
			if !errors.Is(err, c.want) || got != (stats.Slope{}) {
				t.Errorf("%v, error %v, want %v", got, err, c.want)
			}
			var reason stats.SeriesRefusal
			if wanted, ok := c.want.(stats.SeriesRefusal); ok && (!errors.As(err, &reason) || reason != wanted ||
				reason.Error() == string(reason)) {
				t.Errorf("the reason of %v is %q", err, string(reason))
			}
		})
	}
	t.Run("a break at the first of the five is none among them", func(t *testing.T) {
		got, err := stats.ProportionSlope([]stats.CountedYear{at(2005, false), at(2010, false), at(2011, true),
			at(2012, false), at(2013, false), at(2014, false), at(2015, false)})
		if err != nil || got.First != 2011 || got.Last != 2015 {
			t.Errorf("%+v, %v", got, err)
		}
	})
	if _, err := stats.PlainSlope(plain(2011, 1, 2, 3, 4, math.Inf(1))); !errors.Is(err, stats.ErrNotFinite) {
		t.Errorf("an infinite figure: %v", err)
	}
	if _, err := stats.PlainSlope(plain(2011, 1, 2, 3, 4)); !errors.Is(err, stats.SeriesTooShort) {
		t.Errorf("four figures: %v", err)
	}
	straight, err := stats.PlainSlope(plain(2011, 3, 3, 3, 3, 3))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := straight.Against(straight.Scatter, 3); !errors.Is(err, stats.ErrSpread) {
		t.Errorf("figures without scatter: %v", err)
	}
}

func TestLogLinearRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		years []stats.YearCount
		want  error
	}{
		"four years":        {yearCounts(2011, 1000, 1, 2, 3, 4), stats.SeriesTooShort},
		"nothing":           {yearCounts(2011, 1000, 0, 0, 0, 0, 0), stats.SeriesOneEnd},
		"the first alone":   {yearCounts(2011, 1000, 7, 0, 0, 0, 0), stats.SeriesOneEnd},
		"the last alone":    {yearCounts(2011, 1000, 0, 0, 0, 0, 1), stats.SeriesOneEnd},
		"below nothing":     {yearCounts(2011, 1000, 4, 4, -1, 4, 4), stats.ErrCount},
		"nobody":            {yearCounts(2011, 0, 4, 4, 1, 4, 4), stats.ErrCases},
		"an infinite count": {yearCounts(2011, 1000, 4, 4, math.Inf(1), 4, 4), stats.ErrNotFinite},
	} {
		if got, err := stats.LogLinear(c.years, 0); !errors.Is(err, c.want) || got != (stats.Slope{}) {
			t.Errorf("%s: %+v, %v, want %v", name, got, err, c.want)
		}
	}
	if _, _, err := stats.ExtraVariance([][]stats.YearCount{yearCounts(2011, 1000, 1, 2, 3)}); !errors.Is(err,
		stats.ErrTooFew) {
		t.Errorf("no series to fit: %v", err)
	}
}

func yearCounts(from int, exposure float64, counts ...float64) []stats.YearCount {
	var years []stats.YearCount
	for i, x := range counts {
		years = append(years, stats.YearCount{Period: stats.Period{Year: from + i}, Count: x, Exposure: exposure})
	}
	return years
}

// A rate that halves each year has the change -½, whatever its population; twice the population and count say the
// same with less doubt; extra variance says it with more.
func TestLogLinearProperties(t *testing.T) {
	got, err := stats.LogLinear(yearCounts(2011, 5000, 160, 80, 40, 20, 10), 0)
	if err != nil || math.Abs(math.Expm1(got.PerYear)+0.5) > 1e-9 || got.Scatter > 1e-9 {
		t.Errorf("%+v, %v", got, err)
	}
	rapid.Check(t, func(t *rapid.T) {
		var years, twice, reversed []stats.YearCount
		for i := range 5 {
			y := stats.YearCount{Period: stats.Period{Year: 2011 + i},
				Count:    float64(rapid.IntRange(0, 400).Draw(t, "count")),
				Exposure: float64(rapid.IntRange(30_000, 90_000).Draw(t, "exposure"))}
			years = append(years, y)
			y.Count, y.Exposure = 2*y.Count, 2*y.Exposure
			twice = append(twice, y)
			y.Year = 4026 - y.Year
			reversed = append(reversed, y)
		}
		once, err := stats.LogLinear(years, 0)
		if err != nil ||
			math.Abs(once.PerYear) > 4 { // fifty times as many each year: a float64 may end before a fit does
			return
		}
		double, err := stats.LogLinear(twice, 0)
		if err != nil || math.Abs(double.PerYear-once.PerYear) > 1e-6 ||
			math.Abs(double.StandardError*math.Sqrt2-once.StandardError) > 1e-6*once.StandardError {
			t.Fatalf("%+v, doubled %+v, %v", once, double, err)
		}
		back, err := stats.LogLinear(reversed, 0)
		if err != nil || math.Abs(back.PerYear+once.PerYear) > 1e-6 {
			t.Fatalf("%+v, backwards %+v, %v", once, back, err)
		}
		doubted, err := stats.LogLinear(years, 0.05)
		if err != nil || doubted.StandardError <= once.StandardError*(1-1e-3) && doubted.Scatter >= once.Scatter {
			t.Fatalf("%+v, with extra variance %+v, %v", once, doubted, err)
		}
	})
}
