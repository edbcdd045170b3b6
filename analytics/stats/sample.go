package stats

import "fmt"

// Sample is a number of successes among a number of cases. Cases are counted;
// successes need not be whole, as in Wilson.
type Sample struct {
	Successes, Cases float64
}

// Proportion is the share of successes, a fraction from 0 to 1; NaN without cases.
func (s Sample) Proportion() float64 { return s.Successes / s.Cases }

// Pooled is the proportion of all samples together, successes over cases: the
// target that the Public Health England funnels are drawn round. It fails with
// ErrEmpty, or as Wilson does for the first sample that is not one.
//
// Source: PHEindicatormethods, phe_funnels.
func Pooled(samples []Sample) (float64, error) {
	if err := checkSamples(samples); err != nil {
		return 0, fmt.Errorf("pooled proportion: %w", err)
	}
	var all Sample
	for _, s := range samples {
		all.Successes += s.Successes
		all.Cases += s.Cases
	}
	if !finite(all.Cases) {
		return 0, fmt.Errorf("pooled proportion: %w", ErrNotFinite)
	}
	return min(all.Proportion(), 1), nil // rounding must not pass 1
}

func checkSamples(samples []Sample) error {
	if len(samples) == 0 {
		return ErrEmpty
	}
	for i, s := range samples {
		if err := checkSample(s.Successes, s.Cases, Confidence95); err != nil {
			return fmt.Errorf("sample %d, %g in %g: %w", i+1, s.Successes, s.Cases, err)
		}
	}
	return nil
}
