package view

import (
	"math"
	"slices"
	"strconv"

	"yardstick/analytics"
	"yardstick/analytics/stats"
)

// Tendency says in a sentence where a series is going, by how much a year, by which test and over which years, or why
// that cannot be calculated. The interval is for a table: TendencyTable has it.
func (w *Words) Tendency(s analytics.Series) string {
	t, name := s.Tendency, w.SeriesName(s)
	if t.Refusal != "" {
		return w.Say("tendency.refused", "Name", name, "Why", w.Say("tendency.why."+string(t.Refusal)))
	}
	return w.Say("tendency.sentence."+string(t.Direction), "Name", name, "First", w.Value(t.First), "FirstPeriod",
		w.Period(t.First),
		"Value", w.Value(t.Last), "Period", w.Period(t.Last), "Method", w.Say("tendency.method."+string(t.Method)))
}

// TendencyCell draws the series, and says the same in a word, whether that is the better way, and below it the years or
// the reason.
func (w *Words) TendencyCell(s analytics.Series) Cell {
	t := s.Tendency
	if t.Refusal != "" {
		return Cell{Spark: w.Spark(s), Text: w.Say("tendency.not_calculated"), Small: w.Say("tendency.because", "Why",
			w.Say("tendency.why."+string(t.Refusal)))}
	}
	c := Cell{Spark: w.Spark(s), Text: w.Say("tendency.word." + string(t.Direction)),
		Small: w.tendencyYears(t.First, t.Last)}
	switch kind := w.snapshot.Indicator(s.Indicator); {
	case t.Direction == stats.TrendNone || kind.Better == analytics.BetterNone:
	case t.Worse(kind):
		c.Text = w.Say("tendency.for_worse", "Word", c.Text)
	default:
		c.Text = w.Say("tendency.for_better", "Word", c.Text)
	}
	return c
}

func (w *Words) tendencyYears(first, last analytics.Observation) string {
	return strconv.Itoa(first.End.Year()) + "–" + strconv.Itoa(last.End.Year())
}

// TendencyTable has a row for each series: where it is going, the change in a year with its 95% interval, with how
// many others it was tested, and by which test. What is the same of all is in its note.
func (w *Words) TendencyTable(indicator string, all []analytics.Series, csv string) *Table {
	t := &Table{ID: "tendencies", Compact: true, CSV: csv, Caption: w.Say("tendency.table", "Indicator",
		w.Indicator(indicator)), Columns: []Column{
		{Label: w.Say("indicators.place")}, {Label: w.Say("tendency.column")}, {Label: w.Say("tendency.change"),
			Numeric: true},
		{Label: w.Say("table.interval"), Numeric: true}, {Label: w.Say("tendency.tested"),
			Numeric: true}, {Label: w.Say("tendency.how")},
	}}
	for _, s := range all {
		going := s.Tendency
		change, interval := w.tendencyChange(going)
		tested, how := Text("–"), Text("–")
		if going.Refusal == "" {
			tested, how = w.CountCell(going.Tested), Text(w.Say("tendency.method."+string(going.Method)))
			if going.Approximate {
				how.Small = w.Say("tendency.approximate")
			}
		}
		t.NewRow(false, Text(w.SeriesName(s)), w.TendencyCell(s), change, interval, tested, how)
	}
	t.SayOnce(4)
	return t
}

// tendencyChange are cells with the change of a year and its interval: percent, or percentage points and other units.
func (w *Words) tendencyChange(t analytics.Tendency) (change, interval Cell) {
	if t.Refusal != "" {
		return Text("–"), Text("–")
	}
	suffix, unit := "", w.Say("tendency.unit.own")
	switch {
	case t.Method == analytics.TrendByLogLinear:
		suffix, unit = "%", w.Say("tendency.unit.percent")
	case t.First.Unit == string(analytics.UnitPercent):
		unit = w.Say("tendency.unit.points")
	}
	write := func(x float64) string { return w.Signed(x) + suffix }
	return Cell{Text: write(t.Change), Value: &Value{Number: t.Change, Unit: suffix}, Small: unit},
		Text(w.Say("indicators.range", "Lower", write(t.Interval.Lower), "Upper", write(t.Interval.Upper)))
}

// Signed is a number with its sign and one decimal.
func (w *Words) Signed(x float64) string {
	number := w.Number(math.Abs(x), 1)
	switch {
	case math.Abs(x) < 0.05:
		return number
	case x < 0:
		return "−" + number
	}
	return "+" + number
}

// TendencyCount says how many areas were tested together, how many are called rising or falling, how many changed by
// more than a quarter, and how often such a change is found; nothing where none could be tested.
func (w *Words) TendencyCount(c analytics.TendencyCount) []string {
	if c.Tested < 2 {
		return nil
	}
	years := []any{"First", strconv.Itoa(c.First.End.Year()), "Last", strconv.Itoa(c.Last.End.Year())}
	return []string{
		w.Say("tendency.count", append(years, "Tested", w.Number(float64(c.Tested), 0), "Falling",
			w.Number(float64(c.Falling), 0),
			"Rising", w.Number(float64(c.Rising), 0))...),
		w.Say("tendency.quarter", append(years, "Fell", w.Number(float64(c.Fell), 0), "FellCalled",
			w.Number(float64(c.FellCalled), 0),
			"Rose", w.Number(float64(c.Rose), 0), "RoseCalled", w.Number(float64(c.RoseCalled), 0))...),
		w.Say("tendency.power." + string(c.Method)),
	}
}

// Better says which way of an indicator is better; empty where neither is.
func (w *Words) Better(indicator string) string {
	if better := w.snapshot.Indicator(indicator).Better; better != analytics.BetterNone {
		return w.Say("tendency.better." + string(better))
	}
	return ""
}

// Yearly are the series that a tendency is given of: of each place the newest of whole years; where it has none, its
// newest. The series of a place come newest first.
func Yearly(all []analytics.Series) []analytics.Series {
	var out []analytics.Series
	for _, s := range all {
		at := slices.IndexFunc(out, func(had analytics.Series) bool {
			return had.Level == s.Level &&
				had.Place == s.Place
		})
		switch {
		case at < 0:
			out = append(out, s)
		case shorter(out[at]) && !shorter(s):
			out[at] = s
		}
	}
	return out
}
