package ingest

import (
	"fmt"
	"math"
)

// Score is one row of a file of scores, as computed from judgements: one measure of an inspection of the record.
type Score struct {
	Line        int    // of the file; 1 is the header
	Inspection  string // id
	Measure     string // id, as written
	Numerator   *float64
	Denominator *float64
	Percent     float64  // 0 to 100, not rounded
	Lower       *float64 // of its interval
	Upper       *float64
}

var scoreColumns = []column{
	{name: "inspection", required: filled},
	{name: "measure", required: filled},
	{name: "numerator"},
	{name: "denominator"},
	{name: "score_percent", required: filled}, {name: "lower"}, {name: "upper"},
}

// scoreRows reads the rows of a file of scores.
type scoreRows struct {
	*table
	to   func(Score)
	seen map[[2]string]int
}

func newScoreRows(t *table, to Rows) taker {
	return &scoreRows{table: t, to: to.Score, seen: make(map[[2]string]int)}
}

func (ss *scoreRows) take(r *row) {
	r.required()
	s := Score{
		Line:        r.line,
		Inspection:  r.inspection("inspection"),
		Measure:     r.slug("measure", measureGrammar),
		Numerator:   r.decimal("numerator"),
		Denominator: r.decimal("denominator"),
		Lower:       r.percent("lower"),
		Upper:       r.percent("upper"),
	}
	percent := r.percent("score_percent")
	if percent != nil {
		s.Percent = *percent
	}
	ordered(r, "numerator", s.Numerator, "denominator", s.Denominator)
	ordered(r, "lower", s.Lower, "score_percent", percent)
	ordered(r, "score_percent", percent, "upper", s.Upper)
	if n, d := s.Numerator, s.Denominator; percent != nil && n != nil && d != nil &&
		math.Abs(*percent**d-100**n) > 1e-6**d {
		r.found("score_percent", "score", fmt.Sprintf("is not %v of %v", *n, *d),
			"write the share as it was computed, not rounded")
	}
	key := [2]string{s.Inspection, s.Measure}
	if line, ok := ss.seen[key]; ok && s.Inspection != "" && s.Measure != "" {
		r.found("measure", "row_duplicate", fmt.Sprintf("stands in row %d too for this inspection", line),
			"delete one of the rows")
	}
	ss.seen[key] = r.line
	if ss.to != nil && !r.log.refused() {
		ss.to(s)
	}
}

func (ss *scoreRows) finish() {}
