package analytics_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"yardstick/analytics"
	"yardstick/analytics/stats"
)

var (
	share = analytics.Indicator{
		ID:     "share",
		Unit:   "percent",
		Better: analytics.BetterLow,
		Counts: analytics.CountsChildren,
	}
	rate = analytics.Indicator{
		ID:     "rate",
		Unit:   "per_1000",
		Better: analytics.BetterHigh,
		Counts: analytics.CountsChildren,
	}
	number = analytics.Indicator{ID: "number", Unit: "count", Counts: analytics.CountsEvents}
	stock  = analytics.Indicator{ID: "stock", Unit: "count", Counts: analytics.CountsStock}
)

// march is a synthetic figure of the year to March.
func march(year int, value float64) analytics.Observation {
	return analytics.Observation{
		Start: time.Date(year-1, 4, 1, 0, 0, 0, 0, time.UTC),
		End:   time.Date(year, 3, 31, 0, 0, 0, 0, time.UTC),
		Value: value,
		Basis: "new",
	}
}

func marches(first int, values ...float64) []analytics.Observation {
	var out []analytics.Observation
	for n, value := range values {
		out = append(out, march(first+n, value))
	}
	return out
}

// counted gives percentages their counts of n, peopled gives rates per 1,000 a population.
func counted(n float64, points []analytics.Observation) []analytics.Observation {
	for i := range points {
		x, n := points[i].Value*n/100, n
		points[i].Numerator, points[i].Denominator = &x, &n
	}
	return points
}

func peopled(population float64, points []analytics.Observation) []analytics.Observation {
	for i := range points {
		points[i].Population = population
	}
	return points
}

func anomalous(at int, points []analytics.Observation) []analytics.Observation {
	points[at].Flag = analytics.FlagAnomalous
	return points
}

func TestTendency(t *testing.T) {
	quarters := marches(2015, 40, 41, 42, 43, 44)
	for i := range quarters {
		quarters[i].Start = quarters[i].End.AddDate(0, 0, -89)
	}
	for name, c := range map[string]struct {
		of     analytics.Indicator
		points []analytics.Observation
		want   string
	}{
		"counts": {share, counted(500, marches(2015, 30, 35, 40, 45, 50)),
			"rising by counts 2015–2019"},
		"counts of few":     {share, counted(20, marches(2015, 30, 35, 40, 45, 50)), "none by counts 2015–2019"},
		"one year makes it": {share, counted(5000, marches(2015, 30, 30, 30, 30, 60)), "none by counts 2015–2019"},
		"counts of some years alone": {share, slices.Concat(marches(2015, 50),
			counted(500, marches(2016, 47.1, 43.9, 41, 38.1))), "falling by spread 2015–2019"},
		"a rate of many": {rate, peopled(90_000, marches(2012, 9, 7, 5.5, 4.2, 3.3)),
			"falling by log_linear about 2012–2016"},
		"a rate of few": {rate, peopled(900, marches(2012, 9, 7, 5.5, 4.2, 3.3)),
			"none by log_linear about 2012–2016"},
		"a rate with its counts": {rate, counted(90_000, marches(2012, 3.3, 4.2, 5.5, 7, 9)),
			"rising by log_linear 2012–2016"},
		"a rate of nobody known":     {rate, marches(2012, 9, 7.1, 4.9, 3.1, 1), "falling by spread 2012–2016"},
		"a number":                   {number, marches(2012, 150, 120, 101, 80, 66), "falling by log_linear 2012–2016"},
		"a number of few":            {number, marches(2012, 5, 4, 3, 3, 2), "none by log_linear 2012–2016"},
		"a stock":                    {stock, marches(2012, 150, 120, 101, 80, 66), "stock"},
		"nothing counted":            {number, marches(2012, 0, 0, 0, 0, 0), "one_end"},
		"nothing but the first year": {number, marches(2012, 8, 0, 0, 0, 0), "one_end"},
		"spread": {share, marches(2010, 50, 47.1, 43.9, 41, 38.1, 34.9, 32),
			"falling by spread 2012–2016"},
		"a wild spread": {share, marches(2015, 30, 50, 35, 45, 40), "none by spread 2015–2019"},
		"the newest unbroken": {share, slices.Concat(marches(2005, 90, 90), marches(2012, 50, 47.1, 43.9, 41, 38.1)),
			"falling by spread 2012–2016"},
		"none held":         {share, nil, "too_short"},
		"four years":        {share, marches(2015, 30, 35, 40, 45), "too_short"},
		"a gap":             {share, slices.Concat(marches(2010, 30, 35, 40, 45), marches(2015, 50, 55)), "broken"},
		"an anomalous year": {share, anomalous(2, marches(2015, 30, 35, 40, 45, 50)), "anomalous"},
		"an anomalous year long ago": {share, anomalous(0, marches(2014, 99, 50, 47.1, 43.9, 41, 38.1)),
			"falling by spread 2015–2019"},
		"an anomalous newest": {share, anomalous(5, marches(2015, 50, 47.1, 43.9, 41, 38.1, 99)),
			"falling by spread 2015–2019"},
		"a straight line":       {share, marches(2015, 30, 35, 40, 45, 50), "no_spread"},
		"nobody in any year":    {share, counted(500, marches(2015, 0, 0, 0, 0, 0)), "all_or_none"},
		"quarters":              {share, quarters, "not_yearly"},
		"two figures of a year": {share, slices.Concat(marches(2015, 30, 35, 41, 45, 50), marches(2019, 51)), "broken"},
	} {
		t.Run(name, func(t *testing.T) {
			got := c.of.Tendency(c.points)
			text := string(got.Refusal)
			if got.Refusal == "" {
				about := map[bool]string{true: "about "}[got.Approximate]
				text = fmt.Sprintf("%s by %s %s%d–%d", got.Direction, got.Method, about, got.First.End.Year(),
					got.Last.End.Year())
			} else if got.Direction != "" || got.Method != "" || !got.First.End.IsZero() || !got.Last.End.IsZero() ||
				got.Tested != 0 {
				t.Errorf("refused, and yet %+v", got)
			}
			if text != c.want {
				t.Errorf("%s, want %s (%+v)", text, c.want, got)
			}
		})
	}
}

// A rate that falls by a fifth each year has a change of -20%, and its direction agrees with the interval of that.
func TestTendencyChange(t *testing.T) {
	points := peopled(50_000, marches(2015, 10, 8, 6.4, 5.12, 4.096))
	got := rate.Tendency(points)
	if math.Abs(got.Change+20) > 1e-6 || !got.Interval.Contains(got.Change) || got.Interval.Upper >= 0 ||
		got.Direction != stats.TrendFalling {
		t.Errorf("%+v", got)
	}
	if ratio := got.Ratio(); math.Abs(ratio+0.5904) > 1e-9 {
		t.Errorf("over five years %g", ratio)
	}
}

// Of many series tested together without any trend, hardly ever is one called; one of them by itself is called one
// time in twenty.
func TestTendenciesTogether(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	alone, together, tests := 0, 0, 0
	for range 20 {
		var all [][]analytics.Observation
		for range 100 {
			all = append(all, drawnRates(random, 60, 0, 0))
		}
		for _, got := range rate.Tendencies(all) {
			tests++
			if got.Tested != 100 || got.Adjusted < got.P {
				t.Fatalf("%+v", got)
			}
			if got.P <= 0.05 {
				alone++
			}
			if got.Direction != stats.TrendNone {
				together++
			}
		}
	}
	if share := float64(alone) / float64(tests); share < 0.03 || share > 0.06 {
		t.Errorf("%.3f have a p of 0.05 or less", share)
	}
	if together > 4 { // a family in twenty has a false call
		t.Errorf("%d of %d are called", together, tests)
	}
}

func TestTendencyWorse(t *testing.T) {
	neither := analytics.Indicator{}
	for _, c := range []struct {
		direction stats.TrendDirection
		of        analytics.Indicator
		want      bool
	}{{stats.TrendRising, share, true}, {stats.TrendFalling, share, false}, {stats.TrendNone, share, false},
		{"", share, false},
		{stats.TrendRising, rate, false}, {stats.TrendFalling, rate, true}, {stats.TrendRising, neither, false},
		{stats.TrendFalling, neither, false}} {
		if got := (analytics.Tendency{Direction: c.direction}).Worse(c.of); got != c.want {
			t.Errorf("%q, better %q: %v", c.direction, c.of.Better, got)
		}
	}
}

// What is before the five years changes nothing. Turned round, the answer turns round, and nothing is read across a
// missing year.
func TestTendencyHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(1, 60), 5, 12).Draw(t, "values")
		points, of := marches(2005, values...), share
		switch rapid.IntRange(0, 2).Draw(t, "method") {
		case 1:
			points = counted(float64(rapid.IntRange(10, 5000).Draw(t, "n")), points)
		case 2:
			of, points = rate, peopled(float64(rapid.IntRange(500, 90_000).Draw(t, "population")), points)
		}
		got := of.Tendency(points)
		if (got.Refusal == "") != (got.Direction != "") || (got.Refusal == "") != (got.Method != "") {
			t.Fatalf("%+v", got)
		}
		before := append(
			marches(1990, rapid.SliceOfN(rapid.Float64Range(1, 60), 0, 12).Draw(t, "before")...),
			points...)
		if again := of.Tendency(before); again.Direction != got.Direction || again.Refusal != got.Refusal ||
			again.P != got.P {
			t.Fatalf("%+v after a gap, %+v without", again, got)
		}
		missing := slices.Delete(slices.Clone(points), len(points)-3, len(points)-2)
		if again := of.Tendency(missing); again.Direction != "" {
			t.Fatalf("%+v across a missing year", again)
		}
		turned := slices.Clone(points[len(points)-5:])
		for n, o := range turned {
			mirror := points[len(points)-1-n]
			o.Value, o.Numerator, o.Denominator, o.Population = mirror.Value, mirror.Numerator, mirror.Denominator,
				mirror.Population
			turned[n] = o
		}
		opposite := map[stats.TrendDirection]stats.TrendDirection{
			stats.TrendRising:  stats.TrendFalling,
			stats.TrendFalling: stats.TrendRising,
			stats.TrendNone:    stats.TrendNone,
			"":                 "",
		}
		if again := of.Tendency(turned); again.Direction != opposite[got.Direction] && math.Abs(got.P-0.05) > 1e-6 {
			t.Fatalf("%+v forwards, %+v backwards", got, again)
		}
	})
}

// In the shipped record each answer rests on figures of its own place, basis and five years, and every series of a
// kind of place was tested with the others of its years.
func TestTendenciesOfTheRecord(t *testing.T) {
	s := shipped(t)
	found := make(map[string]int)
	for _, id := range s.Indicators() {
		for _, series := range read(t, s, s.AllSeries(id)) {
			got := series.Tendency
			found[string(got.Method)]++
			found[string(got.Direction)]++
			found[string(got.Refusal)]++
			if got.Refusal != "" {
				continue
			}
			if got.First.Place != series.Place || got.First.Basis != got.Last.Basis ||
				got.Last.End.Year()-got.First.End.Year() != 4 ||
				got.Tested < 1 {
				t.Errorf("%s of %s: %+v", id, series.Place, got)
			}
		}
		c, err := s.TendencyCount(id)
		if err != nil {
			t.Fatal(err)
		}
		if c.FellCalled > c.Fell || c.RoseCalled > c.Rose || c.Falling+c.Rising > c.Tested {
			t.Errorf("%s: %+v", id, c)
		}
	}
	for _, some := range []string{"log_linear", "spread", "falling", "rising", "none", "too_short", "broken",
		"not_yearly", "stock"} {
		if found[some] == 0 {
			t.Errorf("none is %s: %v", some, found)
		}
	}
	if c, err := s.TendencyCount("fte_rate_per_100k"); err != nil || c.Tested < 130 || c.Falling < 10 || c.Fell < 50 {
		t.Errorf("first-time entrants: %+v", c)
	}
}
