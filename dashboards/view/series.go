package view

import (
	"cmp"
	"slices"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/charts"
)

// Indicator is the name of a published statistic; rates say there what they are per.
func (w *Words) Indicator(id string) string { return w.Say("indicator." + id) }

// Place is the name of the place that a series is of: an area, an authority, a region or a nation.
func (w *Words) Place(s analytics.Series) string {
	if s.Level == analytics.LevelAuthority && s.Name.EN != "" {
		return w.Authority(analytics.Authority{GSS: s.GSS, Name: s.Name.EN})
	}
	return cmp.Or(s.Name.In(w.Tag()), w.Say("group.all")) // the one that is no place of the record is England and Wales
}

// SeriesName is the place of a series, and the basis where it has one.
func (w *Words) SeriesName(s analytics.Series) string {
	if s.Basis == "" {
		return w.Place(s)
	}
	return w.Place(s) + ", " + w.Basis(s.Basis)
}

// FigureOf is a figure with its place, period and basis, as a sentence has it.
func (w *Words) FigureOf(s analytics.Series, o analytics.Observation) string {
	when := w.Period(o)
	if s.Basis != "" {
		when += ", " + w.Basis(s.Basis)
	}
	return w.Place(s) + " " + w.Value(o) + " (" + when + ")"
}

// Basis names one of the two series of reoffending.
func (w *Words) Basis(id string) string { return w.Say("basis." + id) }

// Period says over which time a figure is: "year ending March 2024", "April to June 2019", or a day.
func (w *Words) Period(o analytics.Observation) string {
	first, last := analytics.DateOf(o.Start), analytics.DateOf(o.End)
	month := func(d analytics.PartialDate) string {
		return w.Date(analytics.PartialDate{Year: d.Year, Month: d.Month})
	}
	switch {
	case o.Start.Equal(o.End):
		return w.Date(last)
	case o.Start.Equal(o.End.AddDate(0, 0, 1).AddDate(-1, 0, 0)):
		return w.Say("period.year", "Month", month(last))
	}
	return w.Say("period.months", "First", month(first), "Last", month(last))
}

// Value is a figure in its indicator's unit: a percentage has its sign, the name of a rate says what it is per.
func (w *Words) Value(o analytics.Observation) string { return w.In(o.Unit, o.Value) }

// In is a number in an indicator's unit.
func (w *Words) In(unit string, x float64) string {
	switch unit {
	case string(analytics.UnitPercent):
		return w.Percent(x)
	case "count":
		return w.Number(x, 0)
	case "per_100000", "per_10000":
		return w.Number(x, 1)
	}
	return w.Number(x, 2)
}

// Range is a cell with the 95% interval of a figure in its unit and below it how the interval was made, or words for
// there being none.
func (w *Words) Range(o analytics.Observation) Cell {
	i := w.intervalOf(o)
	if i == nil {
		return Text(w.Say("indicators.no_interval"))
	}
	return Cell{Text: w.Say("indicators.range", "Lower", w.In(o.Unit, i.Lower), "Upper", w.In(o.Unit, i.Upper)),
		Small: w.IntervalKind(*i)}
}

// IntervalKind says how an interval was made.
func (w *Words) IntervalKind(i analytics.FigureInterval) string {
	return w.Say("interval."+string(i.Kind), "AtLeast", w.Number(float64(i.AtLeast), 0))
}

func (w *Words) intervalOf(o analytics.Observation) *analytics.FigureInterval {
	return w.snapshot.Indicator(o.Indicator).Interval(o)
}

// Beside says how a figure lies to another place's of the same period, as Indicator.Beside judges it.
func (w *Words) Beside(o analytics.Observation, other analytics.Observation, place string) string {
	beside := w.snapshot.Indicator(o.Indicator).Beside(o, other)
	return w.Say("indicators.beside_"+string(beside), "Place", place, "Value", w.Value(other))
}

// SeriesFigure draws series through time, each its own line, and lists every figure of them and of what other
// documents give. Of a place and basis the chart has the longest series; figures of other periods are in the table.
// Its headline is its caller's to say.
func (w *Words) SeriesFigure(id, indicator string, all []analytics.Series) Figure {
	f := Figure{ID: id, Subtitle: w.Say("indicators.subtitle", "Indicator", w.Indicator(indicator)),
		Table: w.seriesTable(id, indicator, all)}
	drawn := w.drawnOf(all)
	lines := make([]charts.Line, len(drawn))
	apart := false
	words := charts.LineWords{Apart: w.Say("indicators.anomalous_mark")}
	var said, sources []string
	for n, s := range drawn {
		lines[n] = w.line(s, ended(all, s))
		if last, ok := s.Latest(); ok {
			lines[n].Short, lines[n].Last = w.nameAmong(drawn, s), w.Value(last)
		}
		for _, p := range lines[n].Points {
			apart = apart || p.Apart
		}
		if s.Unit == string(analytics.UnitPercent) {
			words.Suffix = "%"
		}
		if t := s.Tendency; words.First == 0 && draws(s, t.First) && draws(s, t.Last) {
			words.First, words.Last = t.First.End.Year(), t.Last.End.Year()
			f.Subtitle += "; " + w.shaded(drawn, s)
		}
		said = append(said, w.way(s))
	}
	for _, s := range all {
		for _, o := range slices.Concat(s.Points, s.Others) {
			sources = append(sources, o.Sources...)
		}
	}
	if f.Size = "m"; len(lines) > 3 {
		f.Size = "l"
	}
	if len(lines) > 0 {
		f.Options = w.Drawn(charts.Lines(lines, words))
	}
	f.Summary = strings.Join(said, " ")
	if len(drawn) < len(all) {
		f.Summary += " " + w.Say("indicators.not_drawn")
	}
	if apart {
		f.Summary += " " + w.Say("indicators.anomalous")
	}
	f.Sources = w.Sources(sources)
	return f
}

// drawnOf are the series that a chart of years has: of each place and basis the one with most figures, those of
// shorter periods left out; at most as many as can be told apart, in the order given.
func (w *Words) drawnOf(all []analytics.Series) []analytics.Series {
	var out []analytics.Series
	all = slices.DeleteFunc(slices.Clone(all), shorter)
	for _, s := range all {
		longer := slices.ContainsFunc(all, func(o analytics.Series) bool {
			return o.Level == s.Level && o.Place == s.Place && o.Basis == s.Basis && len(o.Points) > len(s.Points)
		})
		had := slices.ContainsFunc(out, func(o analytics.Series) bool {
			return o.Level == s.Level && o.Place == s.Place && o.Basis == s.Basis
		})
		if !longer && !had && len(out) < charts.MostLines {
			out = append(out, s)
		}
	}
	return out
}

// nameAmong is the name of a series among others: its place where all are of one basis.
func (w *Words) nameAmong(all []analytics.Series, s analytics.Series) string {
	if slices.ContainsFunc(all, func(o analytics.Series) bool { return o.Basis != s.Basis }) {
		return w.SeriesName(s)
	}
	return w.Place(s)
}

// shaded says that the years tested for a trend of a series are shaded; of which series, where others have other years.
func (w *Words) shaded(all []analytics.Series, s analytics.Series) string {
	years := w.tendencyYears(s.Tendency.First, s.Tendency.Last)
	other := func(o analytics.Series) bool {
		t := o.Tendency
		return draws(o, t.First) && w.tendencyYears(t.First, t.Last) != years
	}
	if slices.ContainsFunc(all, other) {
		return w.Say("tendency.shaded_of", "Name", w.SeriesName(s), "Years", years)
	}
	return w.Say("tendency.shaded", "Years", years)
}

// draws says whether a figure is a point of a series.
func draws(s analytics.Series, o analytics.Observation) bool {
	_, ok := s.Over(o.Start, o.End)
	return ok
}

// shorter says whether a series is of periods shorter than a year, of which several end in one.
func shorter(s analytics.Series) bool {
	o := s.Points[0]
	return o.Start.Before(o.End) && o.Start.After(o.End.AddDate(0, -11, 0))
}

// ended says whether a series is of a basis that gave way to another: some place has figures of a basis that end later.
func ended(all []analytics.Series, s analytics.Series) bool {
	last := s.Points[len(s.Points)-1].End
	return s.Basis != "" && slices.ContainsFunc(all, func(o analytics.Series) bool {
		return o.Basis != s.Basis && o.Points[len(o.Points)-1].End.After(last.AddDate(1, 0, 0))
	})
}

func (w *Words) line(s analytics.Series, ended bool) charts.Line {
	line := charts.Line{Name: w.SeriesName(s)}
	if ended {
		line.Ends = w.Say("indicators.ends", "Basis", w.Basis(s.Basis))
	}
	for n, o := range s.Points {
		p := charts.LinePoint{Year: o.End.Year(), Value: o.Value, Gap: n > 0 &&
			!s.Follows(n), Apart: o.Flag == analytics.FlagAnomalous,
			Note: line.Name + ", " + w.Period(o) + ": " + w.Value(o)}
		if i := w.intervalOf(o); i != nil &&
			i.Kind != analytics.IntervalOuter { // which is no interval of the figure itself
			p.Lower, p.Upper = &i.Lower, &i.Upper
		}
		line.Points = append(line.Points, p)
	}
	return line
}

// way says in a sentence where a series began and where it is.
func (w *Words) way(s analytics.Series) string {
	last, ok := s.Latest()
	if !ok {
		return w.Say("indicators.way_none", "Name", w.SeriesName(s))
	}
	first := s.Points[slices.IndexFunc(s.Points,
		func(o analytics.Observation) bool { return o.Flag != analytics.FlagAnomalous })]
	if first.End.Equal(last.End) {
		return w.SeriesName(s) + ": " + w.Value(last) + " (" + w.Period(last) + ")."
	}
	return w.Say("indicators.way", "Name", w.SeriesName(s), "First", w.Value(first), "FirstPeriod", w.Period(first),
		"Value", w.Value(last), "Period", w.Period(last))
}

// seriesTable lists every figure, newest first, places in the order given.
func (w *Words) seriesTable(id, indicator string, all []analytics.Series) Table {
	t := Table{ID: id + "-table", Compact: true, Caption: w.Say("indicators.table", "Indicator",
		w.Indicator(indicator)), Columns: []Column{
		{Label: w.Say("indicators.period")}, {Label: w.Say("indicators.place")}, {Label: w.Say("indicators.value"),
			Numeric: true},
		{Label: w.Say("table.interval"), Numeric: true}, {Label: w.Say("provenance.source")},
	}}
	type line struct {
		series  int
		another bool
		analytics.Observation
	}
	var lines []line
	for n, s := range all {
		for _, o := range s.Points {
			lines = append(lines, line{n, false, o})
		}
		for _, o := range s.Others {
			lines = append(lines, line{n, true, o})
		}
	}
	slices.SortStableFunc(lines, func(a, b line) int {
		return cmp.Or(b.End.Compare(a.End), a.Start.Compare(b.Start), cmp.Compare(a.series, b.series))
	})
	for _, l := range lines {
		value := w.ValueCell(l.Observation)
		switch {
		case l.Flag == analytics.FlagAnomalous:
			value.Small = w.Say("indicators.anomalous_small")
		case l.another:
			value.Small = w.Say("indicators.another")
		}
		t.NewRow(false, Text(w.Period(l.Observation)), Text(w.SeriesName(all[l.series])), value, w.Range(l.Observation),
			Cell{Links: w.Sites(l.Sources)})
	}
	return t
}
