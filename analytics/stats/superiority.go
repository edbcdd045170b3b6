package stats

import "fmt"

// Superiority is the probability that a case drawn from a is at a higher level
// than one drawn from b, half of the draws at one level counted with it. Both
// are numbers of cases at each level of the same scale, the lowest first. One
// half means that neither is higher; nothing is assumed of how far apart levels
// are.
//
// It fails with ErrLevels when the two have not as many levels, with ErrCases
// when a number is negative or one of them has no case, or with ErrNotFinite.
//
// Source: A. Vargha and H. D. Delaney (2000), Journal of Educational and
// Behavioral Statistics 25:101-132, the measure A of the Mann-Whitney statistic.
func Superiority(a, b []float64) (float64, error) {
	if len(a) != len(b) {
		return 0, fmt.Errorf("superiority of %d levels over %d: %w", len(a), len(b), ErrLevels)
	}
	var casesA, casesB, below, higher float64
	for i := range a {
		switch {
		case !finite(a[i]) || !finite(b[i]):
			return 0, fmt.Errorf("superiority, level %d: %w", i+1, ErrNotFinite)
		case a[i] < 0 || b[i] < 0:
			return 0, fmt.Errorf("superiority, level %d: %w", i+1, ErrCases)
		}
		higher += a[i] * (below + b[i]/2)
		below += b[i]
		casesA, casesB = casesA+a[i], casesB+b[i]
	}
	if casesA == 0 || casesB == 0 {
		return 0, fmt.Errorf("superiority of %g cases over %g: %w", casesA, casesB, ErrCases)
	}
	return min(higher/casesA/casesB, 1), nil
}
