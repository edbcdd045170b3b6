package stats

import (
	"fmt"
	"math"
	"slices"
)

// Quartile holds the three cut points that divide values into quarters, in the
// unit of the values.
type Quartile struct {
	Q1, Median, Q3 float64
}

// Quantile is the p-quantile of values, p a fraction from 0 to 1, in the unit
// of the values: the point at position 1+(count-1)p of the sorted values, by
// linear interpolation between neighbours. values may be in any order and are
// left as they are.
//
// It fails with ErrEmpty, with ErrProbability, or with ErrNotFinite when a
// value is NaN or infinite. A missing value must be left out by the caller,
// never passed as NaN or 0.
//
// Source: definition 7 (the default of R and of spreadsheets) in R. J. Hyndman
// and Y. Fan (1996), The American Statistician 50:361-365. gonum offers only
// definitions 1 and 4 of that paper.
func Quantile(values []float64, p float64) (float64, error) {
	quantiles, err := Quantiles(values, p)
	if err != nil {
		return 0, err
	}
	return quantiles[0], nil
}

// Quantiles is Quantile for each of ps, in their order, sorting values once.
func Quantiles(values []float64, ps ...float64) ([]float64, error) {
	if len(values) == 0 {
		return nil, fmt.Errorf("quantiles: %w", ErrEmpty)
	}
	sorted := slices.Sorted(slices.Values(values))
	// NaN sorts first, so one subtraction finds every kind of bad value.
	if spread := sorted[len(sorted)-1] - sorted[0]; !finite(spread) {
		return nil, fmt.Errorf("quantiles of %d values: %w", len(values), ErrNotFinite)
	}
	quantiles := make([]float64, len(ps))
	for i, p := range ps {
		if !(p >= 0 && p <= 1) { // NaN too
			return nil, fmt.Errorf("quantile at %g: %w", p, ErrProbability)
		}
		quantiles[i] = quantile(sorted, p)
	}
	return quantiles, nil
}

// Quartiles is the 0.25, 0.5 and 0.75 quantile of values, with the errors of
// Quantile. One value is answered too: whether a handful of areas deserves
// quartiles (Fingertips asks for more than three) is for the caller to decide.
func Quartiles(values []float64) (Quartile, error) {
	q, err := Quantiles(values, 0.25, 0.5, 0.75)
	if err != nil {
		return Quartile{}, fmt.Errorf("quartiles: %w", err)
	}
	return Quartile{Q1: q[0], Median: q[1], Q3: q[2]}, nil
}

// quantile expects finite sorted values and p from 0 to 1.
func quantile(sorted []float64, p float64) float64 {
	whole, part := math.Modf(float64(len(sorted)-1) * p)
	below := sorted[int(whole)]
	if part == 0 {
		return below
	}
	above := sorted[int(whole)+1]
	return min(below+part*(above-below), above) // rounding must not pass the neighbour
}
