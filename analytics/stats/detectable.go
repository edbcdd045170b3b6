package stats

import (
	"fmt"
	"math"
	"sort"
)

// DetectableGap is the smallest gap, as a fraction from 0 to 1, that two
// samples of n cases each can show when the higher one has proportion p.
//
// Cases are whole. The higher sample has p*n successes rounded to the nearest
// whole case (halves up); the lower has k fewer, where k is the least number
// for which the Newcombe interval of the difference excludes 0; the gap is k/n.
// A continuous solution would be smaller (36 points instead of 43 for n = 14,
// p = 0.75) but no pair of samples of that size could show it.
//
// This is where observed results begin to be told apart, not a power
// calculation: a true difference of this size is missed about half of the time.
//
// It fails with ErrProbability (p outside 0 to 1), ErrCases (n <= 0), ErrLevel,
// or ErrUndetectable when even no successes at all in the lower sample would
// leave 0 inside the interval.
//
// Source: the interval of R. G. Newcombe (1998), Statistics in Medicine
// 17:873-890, method 10; the definition of the gap is ours.
func DetectableGap(p float64, n int, level Level) (float64, error) {
	gap, err := detectableGap(p, n, level)
	if err != nil {
		return 0, fmt.Errorf("detectable gap below %g with %d cases: %w", p, n, err)
	}
	return gap, nil
}

func detectableGap(p float64, n int, level Level) (float64, error) {
	if !(p >= 0 && p <= 1) { // NaN too
		return 0, ErrProbability
	}
	if n <= 0 {
		return 0, ErrCases
	}
	if err := level.check(); err != nil {
		return 0, err
	}
	cases, z := float64(n), level.Z()
	higher := math.Round(p * cases)

	// Bisection is safe: as the lower sample loses successes its upper Wilson
	// limit falls too, so the margin grows by less than the gap, and the lower
	// limit of the difference only rises.
	most := int(higher)
	fewer := 1 + sort.Search(most, func(i int) bool {
		return newcombe(higher, cases, higher-float64(i+1), cases, z).Distinguishable()
	})
	if fewer > most {
		return 0, ErrUndetectable
	}
	return float64(fewer) / cases, nil
}
