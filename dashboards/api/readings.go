package api

import "yardstick/analytics"

// Censored says that nothing is computed from a measure, because results of it are missing on account of their
// value: those that were read in one way never have one of `levels`. lower and upper bound the percentage of areas
// that are good or better, whatever the missing results are: of read + missing areas, good are known to be. They are
// bounds, and no interval.
type Censored struct {
	Programme string   `json:"programme"`
	Measure   string   `json:"measure"`
	Reading   string   `json:"reading"`
	Levels    []string `json:"levels"`
	Why       string   `json:"why"`
	Good      int      `json:"good"`
	Read      int      `json:"read"`
	Missing   int      `json:"missing"`
	Lower     *float64 `json:"lower"`
	Upper     *float64 `json:"upper"`
}

// censoredOf says why nothing is computed from a measure; nil where it is not censored.
func censoredOf(s *analytics.Snapshot, programme, measure string) *Censored {
	reading, ok := s.Censored(programme, measure)
	if !ok {
		return nil
	}
	out := &Censored{
		Programme: programme,
		Measure:   measure,
		Reading:   reading.ID,
		Levels:    list(reading.Levels),
		Why:       reading.Why,
	}
	if share, ok := s.CensoredShare(programme, measure); ok {
		out.Good, out.Read, out.Missing = share.Good, share.Read, share.Missing
		out.Lower, out.Upper = &share.Percent.Lower, &share.Percent.Upper
	}
	return out
}
