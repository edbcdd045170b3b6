package score

import (
	"encoding/json"
	"fmt"

	"yardstick/analytics/stats"
)

// object is a score as JSON has it.
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

// MarshalJSON writes a score as an object with the columns of WriteCSV, the number of cases with an applicable
// judgement, the design effect and the effective number of judgements. What cannot be calculated is null, and
// interval_reason says why of an interval.
func (s Score) MarshalJSON() ([]byte, error) {
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

// UnmarshalJSON reads what MarshalJSON wrote, to the last bit of each number.
func (s *Score) UnmarshalJSON(content []byte) error {
	var o object
	if err := json.Unmarshal(content, &o); err != nil {
		return err
	}
	*s = Score{Measure: o.Measure, Tally: Tally{o.Numerator, o.Denominator}, Cases: o.Cases, Reason: o.Reason}
	if o.Reason != "" {
		return nil
	}
	if o.Lower == nil || o.Upper == nil || o.DesignEffect == nil || o.Effective == nil {
		return fmt.Errorf("%s has neither an interval nor a reason for having none", o.Measure)
	}
	s.Interval = &stats.Interval{Lower: *o.Lower, Upper: *o.Upper}
	s.DesignEffect, s.Effective = *o.DesignEffect, *o.Effective
	return nil
}
