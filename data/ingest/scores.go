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
	{name: "score_percent", required: filled},
	{name: "lower"},
	{name: "upper"},
}

// scoreReader reads the rows of a file of scores.
func scoreReader(_ *table, to Rows) reader {
	return reader{row: func(r *row) {
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
		if s.Inspection != "" && s.Measure != "" {
			repeats(r, [2]string{s.Inspection, s.Measure}, "measure",
				"stands in row %d too for this inspection", "delete one of the rows")
		}
		pass(r, to.Score, s)
	}}
}
