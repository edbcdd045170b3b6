package stats

import (
	"cmp"
	"fmt"
	"slices"
)

// FalseDiscovery returns the adjusted p-values of tests made at once. Calling
// every test whose adjusted value is at most q keeps the expected share of false
// calls among all calls at q or below. With p(1) <= … <= p(m), the adjusted value
// of p(i) is the least of p(j)·m/j over j >= i.
//
// It holds for independent tests and for those that depend positively, as areas
// do that one cause moves the same way.
//
// It fails with ErrProbability for a value outside 0 to 1. No values have none.
//
// Source: Y. Benjamini and Y. Hochberg (1995), Journal of the Royal Statistical
// Society B 57:289-300; for positive dependence Y. Benjamini and D. Yekutieli
// (2001), Annals of Statistics 29:1165-1188.
func FalseDiscovery(values []float64) ([]float64, error) {
	order := make([]int, len(values))
	for i, p := range values {
		if !(p >= 0 && p <= 1) { // NaN too
			return nil, fmt.Errorf("false discovery, test %d, p = %g: %w", i+1, p, ErrProbability)
		}
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	adjusted := make([]float64, len(values))
	least, m := 1.0, float64(len(values))
	for at, o := range slices.Backward(order) {
		p := values[o]
		least = min(least, max(p*m/float64(at+1), p)) // rounding must not lower it
		adjusted[o] = least
	}
	return adjusted, nil
}
