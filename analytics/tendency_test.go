package analytics_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"yardstick/analytics"
	"yardstick/analytics/duck/ducktest"
	"yardstick/analytics/stats"
	"yardstick/data"
)

var (
	share  = analytics.Indicator{ID: "share", Unit: "percent", Better: analytics.BetterLow, Counts: analytics.CountsChildren}
	events = analytics.Indicator{ID: "events", Unit: "per_1000", Better: analytics.BetterHigh, Counts: analytics.CountsEvents}
)

// march is a synthetic figure of the year to March.
func march(year int, value float64) analytics.Observation {
	return analytics.Observation{Start: time.Date(year-1, 4, 1, 0, 0, 0, 0, time.UTC), End: time.Date(year, 3, 31, 0, 0, 0, 0, time.UTC), Value: value, Basis: "new"}
}

func marches(first int, values ...float64) []analytics.Observation {
	var out []analytics.Observation
	for n, value := range values {
		out = append(out, march(first+n, value))
	}
	return out
}

// counted gives figures their counts of n, printed gives them intervals of a width.
func counted(n float64, points []analytics.Observation) []analytics.Observation {
	for i := range points {
		x, n := points[i].Value*n/100, n
		points[i].Numerator, points[i].Denominator = &x, &n
	}
	return points
}

func printed(width float64, points []analytics.Observation) []analytics.Observation {
	for i := range points {
		lower, upper := points[i].Value-width/2, points[i].Value+width/2
		points[i].Lower, points[i].Upper = &lower, &upper
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
		"counts":                        {share, counted(500, marches(2015, 30, 35, 40, 45, 50)), "rising by counts 2015–2019"},
		"counts of few":                 {share, counted(20, marches(2015, 30, 35, 40, 45, 50)), "none by counts 2015–2019"},
		"counts before intervals":       {share, counted(500, printed(50, marches(2015, 50, 45, 40, 35, 30))), "falling by counts 2015–2019"},
		"events are no share":           {events, counted(500, marches(2015, 9, 7.1, 4.9, 3.1, 1)), "falling by spread 2015–2019"},
		"intervals":                     {events, printed(1, marches(2012, 9, 7, 5, 3, 1)), "falling by intervals 2012–2016"},
		"wide intervals":                {events, printed(20, marches(2012, 9, 7, 5, 3, 1)), "none by intervals 2012–2016"},
		"intervals of some years alone": {events, slices.Concat(marches(2012, 9), printed(20, marches(2013, 7.1, 5, 2.9, 1))), "falling by spread 2012–2016"},
		"spread":                        {share, marches(2010, 50, 47.1, 43.9, 41, 38.1, 34.9, 32), "falling by spread 2012–2016"},
		"a wild spread":                 {share, marches(2015, 30, 50, 35, 45, 40), "none by spread 2015–2019"},
		"one year makes it":             {share, counted(5000, marches(2015, 30, 30, 30, 30, 60)), "none by counts 2015–2019"},
		"the newest unbroken":           {share, slices.Concat(marches(2005, 90, 90), marches(2012, 50, 47.1, 43.9, 41, 38.1)), "falling by spread 2012–2016"},
		"none held":                     {share, nil, "too_short"},
		"four years":                    {share, marches(2015, 30, 35, 40, 45), "too_short"},
		"a gap":                         {share, slices.Concat(marches(2010, 30, 35, 40, 45), marches(2015, 50, 55)), "broken"},
		"an anomalous year":             {share, anomalous(2, marches(2015, 30, 35, 40, 45, 50)), "anomalous"},
		"an anomalous year long ago":    {share, anomalous(0, marches(2014, 99, 50, 47.1, 43.9, 41, 38.1)), "falling by spread 2015–2019"},
		"an anomalous newest":           {share, anomalous(5, marches(2015, 50, 47.1, 43.9, 41, 38.1, 99)), "falling by spread 2015–2019"},
		"a straight line":               {share, marches(2015, 30, 35, 40, 45, 50), "no_spread"},
		"nothing but nothing":           {share, marches(2015, 0, 0, 0, 0, 0), "no_spread"},
		"an interval without width":     {events, printed(0, marches(2012, 9, 7.1, 5, 3, 1)), "no_spread"},
		"nobody in a year":              {share, counted(500, marches(2015, 0, 35, 40, 45, 50)), "all_or_none"},
		"below nothing":                 {share, marches(2015, 30, -1, 40, 45, 50), "unusable"},
		"quarters":                      {share, quarters, "not_yearly"},
		"two figures of a year":         {share, slices.Concat(marches(2015, 30, 35, 41, 45, 50), marches(2019, 51)), "broken"},
	} {
		t.Run(name, func(t *testing.T) {
			got := c.of.Tendency(c.points)
			text := string(got.Refusal)
			if got.Refusal == "" {
				text = fmt.Sprintf("%s by %s %d–%d", got.Direction, got.Method, got.First.End.Year(), got.Last.End.Year())
			} else if got.Direction != "" || got.Method != "" || !got.First.End.IsZero() || !got.Last.End.IsZero() {
				t.Errorf("refused, and yet %+v", got)
			}
			if text != c.want {
				t.Errorf("%s, want %s", text, c.want)
			}
		})
	}
}

func TestTendencyWorse(t *testing.T) {
	neither := analytics.Indicator{}
	for _, c := range []struct {
		direction stats.TrendDirection
		of        analytics.Indicator
		want      bool
	}{{stats.TrendRising, share, true}, {stats.TrendFalling, share, false}, {stats.TrendNone, share, false}, {"", share, false},
		{stats.TrendRising, events, false}, {stats.TrendFalling, events, true}, {stats.TrendRising, neither, false}, {stats.TrendFalling, neither, false}} {
		if got := (analytics.Tendency{Direction: c.direction}).Worse(c.of); got != c.want {
			t.Errorf("%q, better %q: %v", c.direction, c.of.Better, got)
		}
	}
}

// What is before the unbroken years changes nothing; neither does the unit. Turned round, the answer turns round, and nothing
// is read across a missing year.
func TestTendencyHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(1, 60), 5, 12).Draw(t, "values")
		points := marches(2005, values...)
		switch rapid.IntRange(0, 2).Draw(t, "method") {
		case 1:
			points = counted(float64(rapid.IntRange(10, 5000).Draw(t, "n")), points)
		case 2:
			points = printed(rapid.Float64Range(0.1, 40).Draw(t, "width"), points)
		}
		got := share.Tendency(points)
		if (got.Refusal == "") != (got.Direction != "") || (got.Refusal == "") != (got.Method != "") {
			t.Fatalf("%+v", got)
		}
		before := append(marches(1990, rapid.SliceOf(rapid.Float64Range(1, 60)).Draw(t, "before")...), points...)
		if again := share.Tendency(before[max(0, len(before)-len(points)-10):]); again.Direction != got.Direction || again.Refusal != got.Refusal {
			t.Fatalf("%+v after a gap, %+v without", again, got)
		}
		flagged := slices.Concat([]analytics.Observation{march(2004, 1000)}, points)
		if again := share.Tendency(anomalous(0, flagged)); again.Direction != got.Direction || again.Refusal != got.Refusal {
			t.Fatalf("%+v after an anomalous year, %+v without", again, got)
		}
		missing := slices.Delete(slices.Clone(points), len(points)-3, len(points)-2)
		if again := share.Tendency(missing); again.Direction != "" {
			t.Fatalf("%+v across a missing year", again)
		}
		backwards := slices.Clone(values)
		slices.Reverse(backwards[len(values)-5:])
		if got.Method != analytics.TrendBySpread || len(values) == 5 {
			turned := marches(2005, backwards...)
			for i := range turned { // with the intervals and counts of the figures
				if j := slices.IndexFunc(points, func(o analytics.Observation) bool { return o.Value == turned[i].Value }); j >= 0 {
					turned[i].Numerator, turned[i].Denominator, turned[i].Lower, turned[i].Upper = points[j].Numerator, points[j].Denominator, points[j].Lower, points[j].Upper
				}
			}
			opposite := map[stats.TrendDirection]stats.TrendDirection{stats.TrendRising: stats.TrendFalling, stats.TrendFalling: stats.TrendRising}
			want, turns := opposite[got.Direction]
			if again := share.Tendency(turned); turns && again.Direction != want {
				t.Fatalf("%s forwards, %s backwards", got.Direction, again.Direction)
			}
		}
	})
}

// Of the shipped record some series of each method or of none say where they go; each answer rests on figures that are its own.
func TestTendenciesOfTheRecord(t *testing.T) {
	r, err := ducktest.Open(data.Record(), analytics.Release{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := analytics.Load(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string]int)
	for _, id := range s.Indicators() {
		for _, series := range s.AllSeries(id) {
			got := s.Indicator(id).Tendency(series.Points)
			found[string(got.Method)]++
			found[string(got.Direction)]++
			found[string(got.Refusal)]++
			if got.Refusal == "" && (got.First.Place != series.Place || got.First.Basis != got.Last.Basis || got.Last.End.Year()-got.First.End.Year() != 4) {
				t.Errorf("%s of %s: %+v", id, series.Place, got)
			}
		}
	}
	for _, some := range []string{"counts", "spread", "falling", "none", "too_short", "broken", "not_yearly"} {
		if found[some] == 0 {
			t.Errorf("none is %s: %v", some, found)
		}
	}
}
