package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// CensusShare is the interval of the share of all population members that have a property, where x of n seen do and
// the members not seen are missing at random. It is Wilson's interval with the sample's size raised by the
// finite-population factor, n(N-1)/(N-n), and is the share itself once all are seen.
//
// It fails as Wilson does, and with ErrCases for a population below n.
//
// Source: W. G. Cochran (1977), Sampling Techniques, 3rd edition, sections 2.6 and 3.2.
func CensusShare(x, n, population float64, level Level) (Interval, error) {
	switch {
	case checkSample(x, n, level) != nil:
		return Wilson(x, n, level)
	case !(population >= n) || !finite(population):
		return Interval{}, fmt.Errorf("census of %g in %g: %w", n, population, ErrCases)
	case population == n:
		return Interval{Lower: x / n, Upper: x / n}, nil
	}
	raised := n * (population - 1) / (population - n)
	return wilson(x/n*raised, raised, level.Z()), nil
}

// CensusMean is the interval of the mean of all population members, where n seen have this mean and standard deviation
// (with n-1 below the line) and the members not seen are missing at random: Student's, times the root of the
// finite-population factor 1 - n/N. It is the mean itself once all are seen.
//
// It fails with ErrLevel, ErrNotFinite, ErrTooFew below two members seen, or ErrCases for a population below n.
//
// Source: W. G. Cochran (1977), Sampling Techniques, 3rd edition, section 2.7.
func CensusMean(mean, deviation float64, n, population int, level Level) (Interval, error) {
	switch {
	case n < 2:
		return Interval{}, fmt.Errorf("census of %d in %d: %w", n, population, ErrTooFew)
	case population < n:
		return Interval{}, fmt.Errorf("census of %d in %d: %w", n, population, ErrCases)
	case !finite(mean) || !finite(deviation) || deviation < 0:
		return Interval{}, fmt.Errorf("census with mean %g and deviation %g: %w", mean, deviation, ErrNotFinite)
	}
	if err := level.check(); err != nil {
		return Interval{}, err
	}
	t := distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)}.Quantile((1 + level.Confidence()) / 2)
	half := t * deviation / math.Sqrt(float64(n)) * math.Sqrt(1-float64(n)/float64(population))
	return Interval{Lower: mean - half, Upper: mean + half}, nil
}
