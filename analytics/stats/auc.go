package stats

import (
	"fmt"
	"math"
)

// Discrimination says how well scores tell two outcomes apart: the area under
// the receiver operating characteristic curve. It is the probability that a unit
// with the outcome has a higher score than one without; 0.5 is chance.
type Discrimination struct {
	AUC       float64
	Deviation float64 // standard error by DeLong; 0 where either outcome has one unit alone
	With      int     // units that have the outcome
	Without   int
}

// Discriminate compares scores with outcomes, both in one order. A pair with
// equal scores counts one half (Mann and Whitney). Units are taken to be
// independent.
//
// It fails with ErrPairs when there are not as many scores as outcomes, with
// ErrNotFinite for NaN, or with ErrUniform when all units or none have the
// outcome.
//
// Source: E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson (1988), Biometrics
// 44:837-845.
func Discriminate(scores []float64, outcomes []bool) (Discrimination, error) {
	if len(scores) != len(outcomes) {
		return Discrimination{}, fmt.Errorf("discrimination of %d scores, %d outcomes: %w", len(scores), len(outcomes),
			ErrPairs)
	}
	var with, without []float64
	for i, score := range scores {
		switch {
		case math.IsNaN(score):
			return Discrimination{}, fmt.Errorf("discrimination: %w", ErrNotFinite)
		case outcomes[i]:
			with = append(with, score)
		default:
			without = append(without, score)
		}
	}
	if len(with) == 0 || len(without) == 0 {
		return Discrimination{}, fmt.Errorf("discrimination of %d scores: %w", len(scores), ErrUniform)
	}
	// The share of the other kind that each unit is told apart from.
	apartWith, apartWithout := make([]float64, len(with)), make([]float64, len(without))
	for i, x := range with {
		for j, y := range without {
			won := 0.5
			switch {
			case x > y:
				won = 1
			case x < y:
				won = 0
			}
			apartWith[i] += won / float64(len(without))
			apartWithout[j] += won / float64(len(with))
		}
	}
	d := Discrimination{With: len(with), Without: len(without)}
	var spread float64
	d.AUC, spread = meanVariance(apartWith)
	_, other := meanVariance(apartWithout)
	if len(with) > 1 && len(without) > 1 {
		d.Deviation = math.Sqrt(spread/float64(len(with)) + other/float64(len(without)))
	}
	return d, nil
}

// meanVariance returns the mean of values and their variance of n-1, 0 of one.
func meanVariance(values []float64) (mean, variance float64) {
	for _, v := range values {
		mean += v / float64(len(values))
	}
	for _, v := range values {
		variance += (v - mean) * (v - mean) / float64(max(len(values)-1, 1))
	}
	return mean, variance
}

// Interval returns AUC ± z·Deviation, kept within 0 to 1. It fails with ErrLevel,
// or with ErrSpread where there is no standard error to go by.
func (d Discrimination) Interval(level Level) (Interval, error) {
	if err := level.check(); err != nil {
		return Interval{}, err
	}
	if d.Deviation == 0 {
		return Interval{}, fmt.Errorf("interval of an area under the curve: %w", ErrSpread)
	}
	margin := level.Z() * d.Deviation
	return Interval{Lower: max(d.AUC-margin, 0), Upper: min(d.AUC+margin, 1)}, nil
}

// Hypergeometric returns the probabilities of 0, 1, … marked units among the
// drawn ones, when drawn of all units are drawn at random and marked of all are
// marked. It fails with ErrSuccesses when more are drawn or marked than there are.
//
// Source: any textbook; computed by logarithms of factorials.
func Hypergeometric(all, marked, drawn int) ([]float64, error) {
	if marked < 0 || drawn < 0 || marked > all || drawn > all {
		return nil, fmt.Errorf("%d marked and %d drawn of %d: %w", marked, drawn, all, ErrSuccesses)
	}
	choose := func(n, k int) float64 {
		a, _ := math.Lgamma(float64(n + 1))
		b, _ := math.Lgamma(float64(k + 1))
		c, _ := math.Lgamma(float64(n - k + 1))
		return a - b - c
	}
	out := make([]float64, min(marked, drawn)+1)
	for k := max(0, drawn+marked-all); k < len(out); k++ {
		out[k] = math.Exp(choose(marked, k) + choose(all-marked, drawn-k) - choose(all, drawn))
	}
	return out, nil
}
