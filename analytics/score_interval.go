package analytics

import (
	"math"

	"yardstick/analytics/stats"
)

// IntervalBasis says what the interval of a published percentage rests on, or why there is none; empty where the result
// is no percentage.
type IntervalBasis string

const (
	// OnCases: a share of cases, so the interval is that of so many cases.
	OnCases IntervalBasis = "cases"
	// AsIfCases: a share of judgements made in every case, with an interval as if each case were one judgement. As a case
	// holds several, that is wider than need be.
	AsIfCases IntervalBasis = "as_if_cases"
	// PartOfCases: a share of judgements made in part of the cases. How many cases is not published, and an interval of
	// all cases read would be too narrow, so there is none.
	PartOfCases IntervalBasis = "part_of_cases"
	// NoSample: the source does not show how many cases were read, so there is no interval.
	NoSample IntervalBasis = "no_sample"
)

// ScoreInterval returns the 95% Wilson interval of one of an inspection's percentages, in percent, and its basis. The
// interval is nil where the basis says that there is none.
func (s *Snapshot) ScoreInterval(i Inspection, r Result) (*stats.Interval, IntervalBasis) {
	basis := s.intervalBasis(i, r)
	if basis != OnCases && basis != AsIfCases {
		return nil, basis
	}
	w, err := stats.Wilson(sufficient(r, i.Cases), float64(i.Cases), stats.Confidence95)
	if err != nil {
		return nil, "" // the record's checks rule out a percentage outside 0-100
	}
	return &stats.Interval{Lower: 100 * w.Lower, Upper: 100 * w.Upper}, basis
}

func (s *Snapshot) intervalBasis(i Inspection, r Result) IntervalBasis {
	m, err := s.Measure(i.Programme, r.Measure)
	switch {
	case err != nil || r.Percent == nil:
		return ""
	case m.ShareOf == ShareOfJudgements && m.JudgedIn != JudgedInAll:
		return PartOfCases
	case i.Cases == 0:
		return NoSample
	case m.ShareOf == ShareOfJudgements:
		return AsIfCases
	}
	return OnCases
}

// sufficient returns the whole number of cases nearest to a percentage of them, which a published whole percentage
// stands for.
func sufficient(r Result, cases int) float64 { return math.Round(*r.Percent / 100 * float64(cases)) }
