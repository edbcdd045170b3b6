package ingest

import (
	"fmt"
	"hash/maphash"

	"yardstick/analytics"
)

// Observation is one row of a file of indicators: what a published statistic says of an area in a period. What the
// file leaves blank is nil or ""; it was not shown by the source, and is never zero.
type Observation struct {
	Line        int    // of the file; 1 is the header
	Area        string // id
	Indicator   string // id, as written
	PeriodStart analytics.PartialDate
	PeriodEnd   analytics.PartialDate // the last day of the period
	Value       float64               // in the indicator's unit, as are its bounds
	Lower       *float64
	Upper       *float64
	Numerator   *float64
	Denominator *float64
	SourceURL   string
	Note        string
}

var indicatorColumns = []column{
	{"area", true}, {"indicator", true}, {"period_start", true}, {"period_end", true}, {"value", true}, {"lower", false},
	{"upper", false}, {"numerator", false}, {"denominator", false}, {"source_url", true}, {"note", false},
}

// observationKey is what no two rows of a file may share.
type observationKey struct {
	area, indicator string
	start, end      analytics.PartialDate
}

// observationRows gathers the rows of a file of indicators. There may be millions, so what was seen is kept as hashes.
type observationRows struct {
	*table
	rows []Observation
	seed maphash.Seed
	seen map[uint64]int32
}

func newObservationRows(t *table) *observationRows {
	return &observationRows{table: t, seed: maphash.MakeSeed(), seen: make(map[uint64]int32)}
}

func (os *observationRows) take(r *row) {
	r.required()
	o := Observation{
		Line: r.line, Area: r.area("area"), Indicator: r.slug("indicator", measureGrammar),
		PeriodStart: r.day("period_start"), PeriodEnd: r.day("period_end"),
		Lower: r.decimal("lower"), Upper: r.decimal("upper"), Numerator: r.decimal("numerator"), Denominator: r.decimal("denominator"),
		SourceURL: r.url("source_url"), Note: r.text("note"),
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
	os.once(r, o)
	if r.log.refused() {
		os.rows = nil
		return
	}
	os.rows = append(os.rows, o)
}

// once finds a value given twice.
func (os *observationRows) once(r *row, o Observation) {
	if o.Area == "" || o.Indicator == "" || o.PeriodStart.Year == 0 || o.PeriodEnd.Year == 0 {
		return
	}
	key := maphash.Comparable(os.seed, observationKey{o.Area, o.Indicator, o.PeriodStart, o.PeriodEnd})
	if line, ok := os.seen[key]; ok {
		r.found("indicator", "row_duplicate", fmt.Sprintf("stands in row %d too for this area and period", line), "delete one of the rows")
		return
	}
	os.seen[key] = int32(r.line)
}
