package stats

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// mostDecimals is how many decimals of a printed percentage are used. More give
// a larger least cohort, and a float64 cannot tell many more apart.
const mostDecimals = 4

// CohortLimit is what a printed percentage says by itself about the chance in it.
// It was printed of a cohort of at least AtLeast. The Interval, in fractions,
// contains the Wilson interval of every cohort that could have printed it.
//
// AtLeast is no size of a cohort and must not be shown or used as one: the true
// cohort may be a hundred times as large.
type CohortLimit struct {
	AtLeast int
	Interval
}

// LimitByCohort returns the outer limit of a percentage from 0 to 100 that was
// printed to some decimals and without its cohort. The least cohort is the least
// n for which some whole k has 100k/n within half a unit of the last decimal.
// The limit is the Wilson interval at that n, widened by the rounding: its lower
// limit is that of the percentage less half a unit, its upper one that of the
// percentage and half a unit.
//
// Wilson intervals of one proportion nest as n grows, and both limits rise with
// the proportion. Every cohort that rounds to the percentage therefore has its
// interval inside.
//
// It fails with ErrNotFinite, ErrProbability (percentage outside 0 to 100) or
// ErrLevel. Decimals below 0 count as 0, and above 4 as 4.
//
// Source: the nesting follows from E. B. Wilson (1927), Journal of the American
// Statistical Association 22:209-212; that means of whole numbers reach only
// some printed values, from N. J. L. Brown and J. A. J. Heathers (2017), Social
// Psychological and Personality Science 8:363-369. Its use for this is ours.
func LimitByCohort(percent float64, decimals int, level Level) (CohortLimit, error) {
	err := level.check()
	switch {
	case !finite(percent):
		err = ErrNotFinite
	case percent < 0 || percent > 100:
		err = ErrProbability
	}
	if err != nil {
		return CohortLimit{}, fmt.Errorf("outer limit of %g%%: %w", percent, err)
	}
	half := 0.005 * math.Pow10(-min(max(decimals, 0), mostDecimals))
	low, high := max(percent/100-half, 0), min(percent/100+half, 1)
	least := leastCohort(low, high)
	n, z := float64(least), level.Z()
	return CohortLimit{AtLeast: least, Interval: Interval{Lower: wilson(low*n, n, z).Lower,
		Upper: wilson(high*n, n, z).Upper}}, nil
}

// leastCohort returns the least n with a whole k for which k/n is from low to
// high, both included: publishers round halves either way.
func leastCohort(low, high float64) int {
	const rounding = 1e-12 // of a float64, far below half a unit of the last decimal
	for n := 1; ; n++ {
		if k := math.Ceil((low - rounding) * float64(n)); k <= (high+rounding)*float64(n) {
			return n
		}
	}
}

// Decimals returns how many decimals a number was printed to, as far as a
// float64 shows it. Zeros at the end are not seen, so the answer may be too few,
// never too many: an outer limit by it is too wide, never too narrow.
func Decimals(x float64) int {
	_, decimals, _ := strings.Cut(strconv.FormatFloat(x, 'f', -1, 64), ".")
	return len(decimals)
}
