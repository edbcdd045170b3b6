package ingest

import "yardstick/analytics"

// Observation is one row of a file of indicators: what a published statistic says of a place in a period. What the
// file leaves blank is nil or ""; it was not shown by the source, and is never zero.
type Observation struct {
	Line        int    // of the file; 1 is the header
	Area        string // id, of a place on its level
	Level       string // area, authority, region, nation or police_force
	Indicator   string // id, as written
	PeriodStart analytics.PartialDate
	PeriodEnd   analytics.PartialDate // the last day of the period
	Value       float64               // in the indicator's unit, as are its bounds
	Lower       *float64
	Upper       *float64
	Numerator   *float64
	Denominator *float64
	SourceURL   string // addresses with a space between
	Note        string

	SourceTitle string // of each of the addresses
	Sources     string // ids of documents of the record with ";" between, beside or in place of SourceURL
	Basis       string // old or new: the series
	GSS         string // the official code of the place
	Period      string // the period in the source's words
	Flag        string // anomalous
}

var indicatorColumns = []column{
	{name: "area", required: filled}, {name: "indicator", required: filled},
	{name: "period_start", required: filled}, {name: "period_end", required: filled},
	{name: "value", required: filled}, {name: "lower"}, {name: "upper"}, {name: "numerator"}, {name: "denominator"},
	{name: "source_url", required: filled, or: "sources"}, {name: "note"}, {name: "basis"}, {name: "level"},
	{name: "gss"}, {name: "period"}, {name: "flag"}, {name: "source_title"}, {name: "sources"},
}

// observationReader reads the rows of a file of indicators. There may be millions, so what columns repeat from row to
// row is read once.
func observationReader(t *table, to Rows) reader {
	text := func(column string) memo[string] { return memoOf(t, column, (*row).text) }
	word := func(column string, words ...string) memo[string] {
		return memoOf(t, column, func(r *row, column string) string { return r.word(column, words...) })
	}
	indicator := memoOf(t, "indicator", func(r *row, column string) string { return r.slug(column, measureGrammar) })
	level := word("level", levelArea, "authority", levelRegion, "nation", "police_force")
	start, end := memoOf(t, "period_start", (*row).day), memoOf(t, "period_end", (*row).day)
	url, title, sources := memoOf(t, "source_url", (*row).urls), text("source_title"), memoOf(t, "sources", (*row).ids)
	note, period, basis, flag := text("note"), text("period"), word("basis", "old", "new"), word("flag", "anomalous")
	gss := memoOf(t, "gss", func(r *row, column string) string { return r.code(column, gssGrammar, likeGSS) })
	places := make(map[string]*memo[string]) // by level
	type about struct {
		area, level, indicator, basis, url, sources string
		start, end                                  analytics.PartialDate
	}
	return reader{row: func(r *row) {
		o := Observation{
			Line: r.line, Level: level.of(r), Indicator: indicator.of(r), PeriodStart: start.of(r), PeriodEnd: end.of(r),
			Lower: r.decimal("lower"), Upper: r.decimal("upper"), Numerator: r.decimal("numerator"),
			Denominator: r.decimal("denominator"), SourceURL: url.of(r), SourceTitle: title.of(r), Sources: sources.of(r),
			Note: note.of(r), Basis: basis.of(r), GSS: gss.of(r), Period: period.of(r), Flag: flag.of(r),
		}
		if r.blank(level.at) {
			o.Level = levelArea
		}
		if o.Level != "" { // else it is wrong, which was found
			place, ok := places[o.Level]
			if !ok {
				level := o.Level
				names := memoOf(t, "area", func(r *row, column string) string { return r.placeOf(column, level) })
				place, places[level] = &names, &names
			}
			o.Area = place.of(r)
		}
		value := r.decimal("value")
		if value != nil {
			o.Value = *value
		}
		if s, e := o.PeriodStart, o.PeriodEnd; s.Year > 0 && e.Year > 0 && e.First().Before(s.First()) {
			r.found("period_end", "date_order", "is before period_start, "+s.String(), "correct one of the two")
		}
		ordered(r, "lower", o.Lower, "value", value)
		ordered(r, "value", value, "upper", o.Upper)
		ordered(r, "lower", o.Lower, "upper", o.Upper)
		if o.Area != "" && o.Indicator != "" && o.PeriodStart.Year > 0 && o.PeriodEnd.Year > 0 {
			repeats(r, about{o.Area, o.Level, o.Indicator, o.Basis, o.SourceURL, o.Sources, o.PeriodStart, o.PeriodEnd},
				"indicator", "stands in row %d too for this area and period, from the same source",
				"delete one of the rows")
		}
		pass(r, to.Observation, o)
	}}
}
