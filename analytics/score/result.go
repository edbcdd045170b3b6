package score

import (
	"encoding/csv"
	"io"
	"strconv"

	"yardstick/analytics/stats"
)

// Result holds the scores of every inspection that the judgements name, by the inspection's id.
type Result struct {
	Inspections []Inspection `json:"inspections"`
}

// Inspection holds the scores of one inspection, by the measure's id, and the questions that say nothing in it.
type Inspection struct {
	ID    string `json:"inspection"`
	Cases int    `json:"cases"` // judged on anything
	// NeverApplicable are questions judged not_applicable in every case that was asked them; NeverJudged were asked of
	// none. Both are by id, and never nil.
	NeverApplicable []string `json:"never_applicable"`
	NeverJudged     []string `json:"never_judged"`
	Scores          []Score  `json:"scores"`
}

// Score is one measure of one inspection.
type Score struct {
	Measure string
	Tally
	Cases        int             // with an applicable judgement
	Interval     *stats.Interval // 95%, in percent, by stats.ClusterSums; nil where Reason says why
	DesignEffect float64         // 0 without an interval
	Effective    float64         // independent judgements that would say as much; 0 without an interval
	Reason       Reason
}

// Tally counts the judgements of a measure's questions: those that were sufficient, and those that were applicable.
type Tally struct {
	Numerator, Denominator int64
}

// Percent is 100 times the share of sufficient judgements, unrounded, from one division; false where nothing was
// applicable.
func (t Tally) Percent() (float64, bool) {
	if t.Denominator == 0 {
		return 0, false
	}
	return float64(100*t.Numerator) / float64(t.Denominator), true
}

// Header names the columns that WriteCSV writes.
func Header() []string {
	return []string{"inspection", "measure", "numerator", "denominator", "score_percent", "lower", "upper"}
}

// WriteCSV writes one row an inspection and measure, in that order, under Header. Percentages are unrounded, in the
// shortest form that reads back as the same number; what cannot be calculated is blank.
func (r Result) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(Header()); err != nil {
		return err
	}
	for _, i := range r.Inspections {
		for _, s := range i.Scores {
			var share, lower, upper string
			if percent, ok := s.Percent(); ok {
				share = decimal(percent)
			}
			if s.Interval != nil {
				lower, upper = decimal(s.Interval.Lower), decimal(s.Interval.Upper)
			}
			if err := out.Write([]string{i.ID, s.Measure, strconv.FormatInt(s.Numerator, 10),
				strconv.FormatInt(s.Denominator, 10), share, lower, upper}); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
