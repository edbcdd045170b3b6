package view

import (
	"slices"
	"strconv"

	"yardstick/analytics"
	"yardstick/analytics/stats"
)

// Tendency says in a sentence where a series is going, by which test and over which years, or why that cannot be calculated.
func (w *Words) Tendency(s analytics.Series) string {
	t, name := w.tendencyOf(s), w.SeriesName(s)
	if t.Refusal != "" {
		return w.Say("tendency.refused", "Name", name, "Why", w.Say("tendency.why."+string(t.Refusal)))
	}
	return w.Say("tendency.sentence."+string(t.Direction), "Name", name, "First", w.Value(t.First), "FirstPeriod", w.Period(t.First),
		"Value", w.Value(t.Last), "Period", w.Period(t.Last), "Method", w.Say("tendency.method."+string(t.Method)))
}

// TendencyCell says the same in a word, whether that is the better way, and below it the years or the reason.
func (w *Words) TendencyCell(s analytics.Series) Cell {
	t := w.tendencyOf(s)
	if t.Refusal != "" {
		return Cell{Text: w.Say("tendency.not_calculated"), Small: w.Say("tendency.because", "Why", w.Say("tendency.why."+string(t.Refusal)))}
	}
	c := Cell{Text: w.Say("tendency.word." + string(t.Direction)), Small: strconv.Itoa(t.First.End.Year()) + "–" + strconv.Itoa(t.Last.End.Year())}
	switch kind := w.snapshot.Indicator(s.Indicator); {
	case t.Direction == stats.TrendNone || kind.Better == analytics.BetterNone:
	case t.Worse(kind):
		c.Text = w.Say("tendency.for_worse", "Word", c.Text)
	default:
		c.Text = w.Say("tendency.for_better", "Word", c.Text)
	}
	return c
}

// Better says which way of an indicator is better; empty where neither is.
func (w *Words) Better(indicator string) string {
	if better := w.snapshot.Indicator(indicator).Better; better != analytics.BetterNone {
		return w.Say("tendency.better." + string(better))
	}
	return ""
}

func (w *Words) tendencyOf(s analytics.Series) analytics.Tendency {
	return w.snapshot.Indicator(s.Indicator).Tendency(s.Points)
}

// Yearly are the series that a tendency is told of: of each place the newest of whole years; where it has none, its newest. The
// series of a place come newest first.
func Yearly(all []analytics.Series) []analytics.Series {
	var out []analytics.Series
	for _, s := range all {
		at := slices.IndexFunc(out, func(had analytics.Series) bool { return had.Level == s.Level && had.Place == s.Place })
		switch {
		case at < 0:
			out = append(out, s)
		case shorter(out[at]) && !shorter(s):
			out[at] = s
		}
	}
	return out
}
