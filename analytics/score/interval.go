package score

import (
	"errors"

	"yardstick/analytics/stats"
)

// Reason says why a score has no interval; empty where it has one. It is an id.
type Reason string

// The reasons for which a score has no interval.
const (
	NothingApplicable Reason = "nothing_applicable" // no judgement was applicable
	TooFewCases       Reason = "too_few_cases"      // fewer than stats.MinClusters cases had an applicable judgement
)

// estimate gives the score its interval, or the reason for which there is none.
func (s *Score) estimate(cases stats.ClusterSums) {
	s.Cases = int(cases.Clusters)
	e, err := cases.Interval(stats.Confidence95)
	switch {
	case errors.Is(err, stats.ErrTooFew):
		s.Reason = TooFewCases
	case err != nil:
		s.Reason = NothingApplicable
	default:
		s.Interval = &stats.Interval{Lower: 100 * e.Lower, Upper: 100 * e.Upper}
		s.DesignEffect, s.Effective = e.DesignEffect, e.Effective
	}
}
