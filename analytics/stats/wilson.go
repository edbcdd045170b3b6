package stats

import (
	"fmt"
	"math"
)

// Wilson is the score interval for a proportion of x successes in n cases, both
// limits as fractions from 0 to 1, without continuity correction. x need not
// be whole. No successes give a lower limit of exactly 0, n of n an upper limit
// of exactly 1; at 100% confidence the interval is 0 to 1.
//
// It fails with ErrLevel, ErrNotFinite, ErrCases (n <= 0) or ErrSuccesses
// (x < 0 or x > n).
//
// Source: E. B. Wilson (1927), Journal of the American Statistical Association
// 22:209-212; method 3 in R. G. Newcombe (1998), Statistics in Medicine
// 17:857-872.
func Wilson(x, n float64, level Level) (Interval, error) {
	if err := checkSample(x, n, level); err != nil {
		return Interval{}, fmt.Errorf("wilson interval of %g in %g: %w", x, n, err)
	}
	return wilson(x, n, level.Z()), nil
}

// wilson expects a checked sample. The limits are the two roots of
// (n+z²)P² - (2x+z²)P + x²/n = 0. The larger is a sum of positive terms; the
// smaller is taken from the product of the roots, x²/(n(n+z²)), since the
// textbook difference loses its digits when x is small.
func wilson(x, n, z float64) Interval {
	if math.IsInf(z, 1) {
		return Interval{Lower: 0, Upper: 1}
	}
	p, q := x/n, (n-x)/n
	sum := x + z*z/2 + z*math.Sqrt(z*z/4+x*q)

	limits := Interval{Lower: 0, Upper: 1}
	if x > 0 {
		limits.Lower = min(x*p/sum, p) // rounding must not push a limit past the estimate
	}
	if x < n {
		limits.Upper = min(max(sum/(n+z*z), p), 1)
	}
	return limits
}

func checkSample(x, n float64, level Level) error {
	switch {
	case !finite(x) || !finite(n):
		return ErrNotFinite
	case n <= 0:
		return ErrCases
	case x < 0 || x > n:
		return ErrSuccesses
	}
	return level.check()
}

func finite(x float64) bool {
	return !math.IsNaN(x) && !math.IsInf(x, 0)
}
