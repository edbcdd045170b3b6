package ingest

import (
	"fmt"
	"hash/maphash"

	"yardstick/analytics"
)

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
	{name: "area", required: filled}, {name: "indicator", required: filled}, {name: "period_start", required: filled},
	{name: "period_end", required: filled},
	{name: "value", required: filled},
	{name: "lower"},
	{name: "upper"},
	{name: "numerator"},
	{name: "denominator"}, {name: "source_url", required: filled, or: "sources"}, {name: "note"},
	{name: "basis"},
	{name: "level"},
	{name: "gss"},
	{name: "period"},
	{name: "flag"},
	{name: "source_title"},
	{name: "sources"},
}

// observationRows reads the rows of a file of indicators. There may be millions, so what was seen is kept as hashes,
// and what columns repeat from row to row is read once.
type observationRows struct {
	*table
	to   func(Observation)
	seed maphash.Seed
	seen map[uint64]int32
	key  []byte

	indicator, level, basis, gss, period, flag memo[string]
	url, title, sources, note                  memo[string]
	start, end                                 memo[analytics.PartialDate]
	areas                                      map[string]*memo[string] // by level
	numbers                                    [5]numberColumn          // value, lower, upper, numerator, denominator
}

func newObservationRows(t *table, to Rows) taker {
	text := func(column string) memo[string] { return memoOf(t, column, (*row).text) }
	word := func(column string, words ...string) memo[string] {
		return memoOf(t, column, func(r *row, column string) string { return r.word(column, words...) })
	}
	number := func(column string) numberColumn { return numberColumn{column, t.place(column)} }
	return &observationRows{
		table: t, to: to.Observation, seed: maphash.MakeSeed(), seen: make(map[uint64]int32, t.expected()),
		indicator: memoOf(t, "indicator", func(r *row, column string) string { return r.slug(column, measureGrammar) }),
		level:     word("level", levelArea, "authority", levelRegion, "nation", "police_force"),
		basis:     word("basis", "old", "new"),
		gss:       memoOf(t, "gss", func(r *row, column string) string { return r.code(column, gssGrammar, likeGSS) }),
		period:    text("period"), flag: word("flag", "anomalous"),
		url: memoOf(t, "source_url",
			(*row).urls), title: text("source_title"), sources: memoOf(t, "sources", (*row).ids), note: text("note"),
		start: memoOf(t, "period_start", (*row).day), end: memoOf(t, "period_end", (*row).day),
		areas: make(map[string]*memo[string]),
		numbers: [...]numberColumn{
			number("value"),
			number("lower"),
			number("upper"),
			number("numerator"),
			number("denominator"),
		},
	}
}

func (os *observationRows) take(r *row) {
	r.required()
	o := Observation{
		Line: r.line, Level: os.level.of(r), Indicator: os.indicator.of(r), PeriodStart: os.start.of(r),
		PeriodEnd: os.end.of(r),
		Lower: os.numbers[1].of(
			r), Upper: os.numbers[2].of(r), Numerator: os.numbers[3].of(r), Denominator: os.numbers[4].of(r),
		SourceURL: os.url.of(r), SourceTitle: os.title.of(r), Sources: os.sources.of(r), Note: os.note.of(r),
		Basis: os.basis.of(r), GSS: os.gss.of(r), Period: os.period.of(r), Flag: os.flag.of(r),
	}
	if r.blank(os.level.at) {
		o.Level = levelArea
	}
	o.Area = os.place(r, o.Level)
	value := os.numbers[0].of(r)
	if value != nil {
		o.Value = *value
	}
	if s, e := o.PeriodStart, o.PeriodEnd; s.Year > 0 && e.Year > 0 && before(e, s) {
		r.found("period_end", "date_order", "is before period_start, "+s.String(), "correct one of the two")
	}
	ordered(r, "lower", o.Lower, "value", value)
	ordered(r, "value", value, "upper", o.Upper)
	ordered(r, "lower", o.Lower, "upper", o.Upper)
	os.once(r, o)
	if os.to != nil && !r.log.refused() {
		os.to(o)
	}
}

func (os *observationRows) finish() {}

// place reads the place on its level; "" where that is wrong, which was found.
func (os *observationRows) place(r *row, level string) string {
	if level == "" {
		return ""
	}
	m, ok := os.areas[level]
	if !ok {
		names := memoOf(os.table, "area", func(r *row, column string) string { return r.placeOf(column, level) })
		m = &names
		os.areas[level] = m
	}
	return m.of(r)
}

// once finds a value given twice: of the same place, period and series, from the same source.
func (os *observationRows) once(r *row, o Observation) {
	if o.Area == "" || o.Indicator == "" || o.PeriodStart.Year == 0 || o.PeriodEnd.Year == 0 {
		return
	}
	os.key = os.key[:0]
	for _, text := range [...]string{o.Area, o.Level, o.Indicator, o.Basis, o.SourceURL, o.Sources} {
		os.key = append(append(os.key, text...), 0)
	}
	os.key = appendDay(appendDay(os.key, o.PeriodStart), o.PeriodEnd)
	key := maphash.Bytes(os.seed, os.key)
	if line, ok := os.seen[key]; ok {
		r.found("indicator", "row_duplicate",
			fmt.Sprintf("stands in row %d too for this area and period, from the same source", line),
			"delete one of the rows")
		return
	}
	os.seen[key] = int32(r.line)
}

func appendDay(key []byte, d analytics.PartialDate) []byte {
	return append(key, byte(d.Year>>8), byte(d.Year), byte(d.Month), byte(d.Day))
}

// before says whether a whole day comes before another.
func before(a, b analytics.PartialDate) bool {
	if a.Year != b.Year {
		return a.Year < b.Year
	}
	if a.Month != b.Month {
		return a.Month < b.Month
	}
	return a.Day < b.Day
}
