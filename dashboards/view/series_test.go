package view_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

func on(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func TestPeriod(t *testing.T) {
	for _, c := range []struct {
		first, last time.Time
		en, cy      string
	}{
		{on(2023, 4, 1), on(2024, 3, 31), "year ending March 2024", "y flwyddyn hyd at fis Mawrth 2024"},
		{on(2023, 1, 1), on(2023, 12, 31), "year ending December 2023", "y flwyddyn hyd at fis Rhagfyr 2023"},
		{on(2019, 3, 1), on(2020, 2, 29), "year ending February 2020", "y flwyddyn hyd at fis Chwefror 2020"},
		{on(2019, 4, 1), on(2019, 6, 30), "April 2019 to June 2019", "Ebrill 2019 – Mehefin 2019"},
		{on(2020, 6, 30), on(2020, 6, 30), "30 June 2020", "30 Mehefin 2020"},
	} {
		o := analytics.Observation{Start: c.first, End: c.last}
		if en, cy := words(t, "en").Period(o), words(t, "cy").Period(o); en != c.en || cy != c.cy {
			t.Errorf("%s to %s: %q, %q", c.first, c.last, en, cy)
		}
	}
}

func TestValue(t *testing.T) {
	w := words(t, "en")
	for unit, want := range map[string]string{"percent": "37.4%", "count": "37", "per_100000": "37.4",
		"per_1000": "37.38"} {
		if got := w.Value(analytics.Observation{Unit: unit, Value: 37.38}); got != want {
			t.Errorf("%s: %q, want %q", unit, got, want)
		}
	}
}

// A position is said only where an interval allows it: 40 of 100 has the interval 30.9 to 49.8.
func TestBeside(t *testing.T) {
	w := words(t, "en")
	of, n := 40.0, 100.0
	o := analytics.Observation{
		Indicator:   "reoffending_rate_percent",
		Unit:        "percent",
		Value:       40,
		Numerator:   &of,
		Denominator: &n,
	}
	beside := func(o analytics.Observation, other float64) string {
		return w.Beside(o, analytics.Observation{Unit: "percent", Value: other}, "Region")
	}
	for other, want := range map[float64]string{
		30: "Region 30%: above it, by more than chance", 50: "Region 50%: below it, by more than chance",
		31: "Region 31%: not clearly different",
	} {
		if got := beside(o, other); got != want {
			t.Errorf("%v: %q, want %q", other, got, want)
		}
	}
	if got := w.Range(o); got.Text != "30.9% to 49.8%" || got.Small != "Wilson" {
		t.Errorf("with counts: %+v", got)
	}
	o.Numerator, o.Denominator = nil, nil
	if got := beside(o, 1); !strings.Contains(got, "we cannot say") || w.Range(o).Text != "none" {
		t.Errorf("40%% of anybody: %q, %+v", got, w.Range(o))
	}
	o.Value = 50.82 // of 61 children at least: 38.6 to 62.9, rounding allowed for
	if got := beside(o, 50); !strings.Contains(got, "within the outer limit") {
		t.Errorf("within the outer limit: %q", got)
	}
	if got := beside(o, 30); !strings.Contains(got, "above it") {
		t.Errorf("beyond the outer limit: %q", got)
	}
	if got := w.Range(o); got.Text != "38.6% to 62.9%" || got.Small != "outer limit: printed of 61 children or more" {
		t.Errorf("without counts: %+v", got)
	}
}

// Northamptonshire's first-time entrants of 2021 are anomalous: they are in the table, marked, and in no line or
// sentence.
func TestSeriesFigureShowsAnomalies(t *testing.T) {
	w := words(t, "en")
	s := shipped(t)
	series := s.AreaSeries("northamptonshire", "fte_rate_per_100k")
	if err := s.ReadFigures(series); err != nil {
		t.Fatal(err)
	}
	f := w.SeriesFigure("f", "fte_rate_per_100k", series)
	if w.Err() != nil || len(series) == 0 {
		t.Fatalf("%d series, %v", len(series), w.Err())
	}
	marked := 0
	for _, row := range f.Table.Rows {
		if strings.Contains(row.Cells[2].Small, "anomalous") {
			marked++
			if row.Cells[0].Text != "year ending December 2021" || row.Cells[2].Text != "43" {
				t.Errorf("marked is %+v", row)
			}
		}
	}
	if marked != 1 || !strings.Contains(f.Summary, "A cross marks") || strings.Contains(f.Summary, " 43 ") ||
		!strings.Contains(string(f.Options), "Anomalous, in no line") {
		t.Errorf("%d marked; %s", marked, f.Summary)
	}
}

// Every figure of every series is a row of the table, and every one drawn is on the chart.
func TestSeriesFigureIsWhole(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds, of which a short run has few")
	}
	s := shipped(t)
	for _, indicator := range s.Indicators() {
		for _, a := range s.Areas() {
			series := s.AreaSeries(a.ID, indicator)
			if err := s.ReadFigures(series); err != nil {
				t.Fatal(err)
			}
			if len(series) == 0 {
				continue
			}
			w := words(t, "cy")
			f := w.SeriesFigure("f", indicator, series)
			figures := 0
			for _, one := range series {
				figures += len(one.Points) + len(one.Others)
			}
			if w.Err() != nil || len(f.Table.Rows) != figures || f.Summary == "" || len(f.Sources) == 0 {
				t.Fatalf("%s of %s: %d rows of %d figures, %d sources, %v", indicator, a.ID, len(f.Table.Rows), figures,
					len(f.Sources), w.Err())
			}
		}
	}
}

// A spark is drawn from the points of the chart: it begins and ends where they do, leaves out what is anomalous, and
// says figures and no direction.
func TestSparksAreTheSeries(t *testing.T) {
	if testing.Short() {
		t.Skip("it goes through every series")
	}
	s := shipped(t)
	drawn := 0
	for _, indicator := range s.Indicators() {
		for _, a := range s.Areas() {
			series := s.AreaSeries(a.ID, indicator)
			if err := s.ReadFigures(series); err != nil {
				t.Fatal(err)
			}
			if err := s.ReadTendencies(series); err != nil {
				t.Fatal(err)
			}
			for _, one := range series {
				w := words(t, "cy")
				spark := w.Spark(one)
				sound := slices.DeleteFunc(slices.Clone(one.Points), func(o analytics.Observation) bool {
					return o.Flag == analytics.FlagAnomalous
				})
				if (spark == nil) != (len(sound) < 3) {
					t.Fatalf("%s of %s: %d figures, %v", indicator, a.ID, len(sound), spark)
				}
				if spark == nil {
					continue
				}
				drawn++
				points := strings.Count(spark.Path, "M") + strings.Count(spark.Path, "L")
				last := strings.TrimSuffix(strings.TrimPrefix(spark.End, "M"), "h0")
				if points != len(sound) || !strings.HasSuffix(strings.TrimSuffix(spark.Path, "h0"), last) ||
					!strings.Contains(spark.Alt, w.Value(sound[0])) || !strings.Contains(spark.Alt, w.Value(sound[len(sound)-1])) {
					t.Errorf("%s of %s: %d points as %+v", indicator, a.ID, len(sound), spark)
				}
				if tested := spark.Tested; (tested == nil) != (one.Tendency.Refusal != "") ||
					tested != nil && (tested.Width <= 0 || tested.X+tested.Width != view.SparkWidth-3) {
					t.Errorf("%s of %s: the years tested are %+v of %+v", indicator, a.ID, tested, spark)
				}
			}
		}
	}
	if drawn < 300 {
		t.Errorf("%d series are drawn", drawn)
	}
}

// The chart of a series says in its subtitle which years are shaded, and has each line's newest figure at its end.
func TestSeriesFigureSaysWhatIsTested(t *testing.T) {
	s := shipped(t)
	series := s.AreaSeries("leicester-city", "reoffending_rate_percent_15_17")
	if err := s.ReadFigures(series); err != nil {
		t.Fatal(err)
	}
	untested := words(t, "en").SeriesFigure("f", "reoffending_rate_percent_15_17", series)
	if strings.Contains(untested.Subtitle, "shaded") || strings.Contains(string(untested.Options), "markArea") {
		t.Errorf("nothing is tested yet: %s", untested.Subtitle)
	}
	if err := s.ReadTendencies(series); err != nil {
		t.Fatal(err)
	}
	f := words(t, "en").SeriesFigure("f", "reoffending_rate_percent_15_17", series)
	if !strings.Contains(f.Subtitle, "2020–2024") || !strings.Contains(string(f.Options), `[{"xAxis":"2020"},{"xAxis":"2024"}]`) ||
		!strings.Contains(string(f.Options), "Leicester 37.4%") {
		t.Errorf("%s: %s", f.Subtitle, f.Options)
	}
}
