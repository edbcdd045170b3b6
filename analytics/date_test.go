package analytics_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"yardstick/analytics"
)

func TestPartialDate(t *testing.T) {
	date := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	for _, c := range []struct {
		text        string
		want        analytics.PartialDate
		precision   analytics.Precision
		first, last time.Time
	}{
		{"", analytics.PartialDate{}, analytics.PrecisionUnknown, time.Time{}, time.Time{}},
		{"2012", analytics.PartialDate{Year: 2012}, analytics.PrecisionYear, date(2012, 1, 1), date(2012, 12, 31)},
		{"2012-06", analytics.PartialDate{Year: 2012, Month: 6}, analytics.PrecisionMonth, date(2012, 6, 1),
			date(2012, 6, 30)},
		{"2012-06-13", analytics.PartialDate{Year: 2012, Month: 6, Day: 13}, analytics.PrecisionDay, date(2012, 6, 13),
			date(2012, 6, 13)},
		{"2012-02", analytics.PartialDate{Year: 2012, Month: 2}, analytics.PrecisionMonth, date(2012, 2, 1),
			date(2012, 2, 29)},
		{"2011-02", analytics.PartialDate{Year: 2011, Month: 2}, analytics.PrecisionMonth, date(2011, 2, 1),
			date(2011, 2, 28)},
		{"2011-12", analytics.PartialDate{Year: 2011, Month: 12}, analytics.PrecisionMonth, date(2011, 12, 1),
			date(2011, 12, 31)},
		{"2012-02-29", analytics.PartialDate{Year: 2012, Month: 2, Day: 29}, analytics.PrecisionDay, date(2012, 2, 29),
			date(2012, 2, 29)},
		{"1000", analytics.PartialDate{Year: 1000}, analytics.PrecisionYear, date(1000, 1, 1), date(1000, 12, 31)},
	} {
		t.Run(c.text, func(t *testing.T) {
			got, err := analytics.ParsePartialDate(c.text)
			if err != nil || got != c.want {
				t.Fatalf("read as %+v, %v", got, err)
			}
			if got.Precision() != c.precision || !got.First().Equal(c.first) || !got.Last().Equal(c.last) {
				t.Errorf("precision %d from %v to %v", got.Precision(), got.First(), got.Last())
			}
			if got.String() != c.text {
				t.Errorf("written %q", got)
			}
		})
	}
}

func TestPartialDateRefuses(t *testing.T) {
	for _, text := range []string{"12", "20125", "2012-6", "2012-13", "2012-00", "2012-06-00", "2012-06-31",
		"2011-02-29", "2012/06/13", "13-06-2012", "2012-06-13T00:01", " 2012", "2012 ", "2012-", "2012-06-", "June",
		"June 2012", "abcd", "-201", "+2012-06-1", "2012\x0006", "２０１２", "0000", "0000-05", "0000-05-03", "0999",
		"null"} {
		got, err := analytics.ParsePartialDate(text)
		var invalid *analytics.InvalidError
		if !errors.As(err, &invalid) || invalid.Kind != "date" || invalid.Value != text {
			t.Errorf("%q was read as %+v, %v", text, got, err)
		}
		if got != (analytics.PartialDate{}) {
			t.Errorf("%q refused, and yet %+v", text, got)
		}
	}
}

func TestPartialDateInJSON(t *testing.T) {
	text, err := json.Marshal(map[string]analytics.PartialDate{
		"day":   {Year: 2012, Month: 6, Day: 13},
		"month": {Year: 2012, Month: 6},
		"none":  {},
	})
	if want := `{"day":"2012-06-13","month":"2012-06","none":""}`; err != nil || string(text) != want {
		t.Errorf("%s, %v; want %s", text, err, want)
	}
}

// A minute past midnight in British summer is still the evening before in UTC: the day is that of the clock shown.
func TestDateOf(t *testing.T) {
	embargo := time.Date(2012, 6, 13, 0, 1, 0, 0, time.FixedZone("BST", 60*60))
	if got := analytics.DateOf(embargo).String(); got != "2012-06-13" {
		t.Errorf("%s", got)
	}
	if got := analytics.DateOf(embargo.UTC()).String(); got != "2012-06-12" {
		t.Errorf("%s in UTC", got)
	}
}

func TestPartialDateProperties(t *testing.T) {
	draw := func(t *rapid.T) (time.Time, analytics.PartialDate) {
		span := int64(4000 * 365)
		at := time.Date(1000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(rapid.Int64Range(0, span).Draw(t, "day")))
		d := analytics.DateOf(at)
		switch rapid.IntRange(0, 2).Draw(t, "precision") {
		case 0:
			d.Month, d.Day = 0, 0
		case 1:
			d.Day = 0
		}
		return at, d
	}
	t.Run("reads what it writes", rapid.MakeCheck(func(t *rapid.T) {
		_, d := draw(t)
		if got, err := analytics.ParsePartialDate(d.String()); err != nil || got != d {
			t.Fatalf("%q became %+v, %v", d, got, err)
		}
	}))
	t.Run("the day lies between first and last", rapid.MakeCheck(func(t *rapid.T) {
		at, d := draw(t)
		if at.Before(d.First()) || at.After(d.Last()) {
			t.Fatalf("%v is not from %v to %v", at, d.First(), d.Last())
		}
	}))
	t.Run("first and last are the widest such days", rapid.MakeCheck(func(t *rapid.T) {
		_, d := draw(t)
		cut := func(at time.Time) analytics.PartialDate {
			c := analytics.DateOf(at)
			if d.Precision() < analytics.PrecisionDay {
				c.Day = 0
			}
			if d.Precision() < analytics.PrecisionMonth {
				c.Month = 0
			}
			return c
		}
		if cut(d.First()) != d || cut(d.Last()) != d || cut(d.First().AddDate(0, 0, -1)) == d ||
			cut(d.Last().AddDate(0, 0, 1)) == d {
			t.Fatalf("%q from %v to %v", d, d.First(), d.Last())
		}
	}))
}

func FuzzParsePartialDate(f *testing.F) {
	for _, text := range []string{"", "2012", "2012-06", "2012-06-13", "2012-02-30", "0000", "0000-01", "2012-06-1\n",
		"9999-12-31"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := analytics.ParsePartialDate(text)
		var invalid *analytics.InvalidError
		if err != nil && !errors.As(err, &invalid) {
			t.Fatalf("%q: error %v", text, err)
		}
		if err != nil {
			return
		}
		if d.String() != text {
			t.Errorf("%q was read as %q", text, d)
		}
		if known := text != ""; known != (d.Precision() != analytics.PrecisionUnknown) ||
			known == d.First().IsZero() ||
			d.Last().Before(d.First()) {
			t.Errorf("%q: precision %d from %v to %v", text, d.Precision(), d.First(), d.Last())
		}
	})
}
