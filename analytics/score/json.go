package score

import "encoding/json"

// MarshalJSON writes a score as an object with the columns of WriteCSV; what cannot be calculated is null, and
// interval_reason says why of an interval.
func (s Score) MarshalJSON() ([]byte, error) {
	type object struct {
		Measure     string   `json:"measure"`
		Numerator   int64    `json:"numerator"`
		Denominator int64    `json:"denominator"`
		Percent     *float64 `json:"score_percent"`
		Lower       *float64 `json:"lower"`
		Upper       *float64 `json:"upper"`
		Reason      string   `json:"interval_reason,omitempty"`
	}
	o := object{Measure: s.Measure, Numerator: s.Numerator, Denominator: s.Denominator, Reason: s.Why}
	if percent, ok := s.Percent(); ok {
		o.Percent = &percent
	}
	if s.Interval != nil {
		o.Lower, o.Upper = &s.Interval.Lower, &s.Interval.Upper
	}
	return json.Marshal(o)
}
