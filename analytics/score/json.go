package score

import "encoding/json"

// MarshalJSON writes a score as an object with the columns of WriteCSV, the number of cases with an applicable
// judgement, the design effect and the effective number of judgements. What cannot be calculated is null, and
// interval_reason says why of an interval.
func (s Score) MarshalJSON() ([]byte, error) {
	type object struct {
		Measure      string   `json:"measure"`
		Numerator    int64    `json:"numerator"`
		Denominator  int64    `json:"denominator"`
		Percent      *float64 `json:"score_percent"`
		Lower        *float64 `json:"lower"`
		Upper        *float64 `json:"upper"`
		Cases        int      `json:"cases"`
		DesignEffect *float64 `json:"design_effect"`
		Effective    *float64 `json:"effective_judgements"`
		Reason       Reason   `json:"interval_reason,omitempty"`
	}
	o := object{
		Measure:     s.Measure,
		Numerator:   s.Numerator,
		Denominator: s.Denominator,
		Cases:       s.Cases,
		Reason:      s.Reason,
	}
	if percent, ok := s.Percent(); ok {
		o.Percent = &percent
	}
	if s.Interval != nil {
		o.Lower, o.Upper, o.DesignEffect, o.Effective = &s.Interval.Lower, &s.Interval.Upper, &s.DesignEffect, &s.Effective
	}
	return json.Marshal(o)
}
