package stats

import (
	"fmt"

	"gonum.org/v1/gonum/stat/distuv"
)

// ChiSquared is the answer of a χ² test.
type ChiSquared struct {
	Statistic float64
	Degrees   int
	P         float64 // probability of a statistic as large when nothing but chance is at work
}

// Homogeneity asks whether samples can share one proportion: Pearson's
// χ² = Σ(x-nθ)²/(nθ(1-θ)) with θ = Σx/Σn and one degree of freedom fewer than
// samples, without correction for continuity. It is approximate where nθ or
// n(1-θ) is below about 5.
//
// It fails with ErrTooFew below two samples, with ErrUniform when all cases or
// none were successes, or as Wilson does for a sample.
//
// Source: K. Pearson (1900), Philosophical Magazine (5) 50:157-175.
func Homogeneity(samples []Sample) (ChiSquared, error) {
	c, err := homogeneity(samples)
	if err != nil {
		return ChiSquared{}, fmt.Errorf("homogeneity of %d samples: %w", len(samples), err)
	}
	return c, nil
}

func homogeneity(samples []Sample) (ChiSquared, error) {
	if len(samples) < 2 {
		return ChiSquared{}, ErrTooFew
	}
	target, err := Pooled(samples)
	switch {
	case err != nil:
		return ChiSquared{}, err
	case target == 0 || target == 1:
		return ChiSquared{}, ErrUniform
	}
	c := ChiSquared{Degrees: len(samples) - 1}
	for _, s := range samples {
		gap := s.Proportion() - target
		c.Statistic += s.Cases * gap * gap / (target * (1 - target))
	}
	if !finite(c.Statistic) {
		return ChiSquared{}, ErrNotFinite
	}
	c.P = distuv.ChiSquared{K: float64(c.Degrees)}.Survival(c.Statistic)
	return c, nil
}
