package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// ByarFrom is the count from which CountInterval uses Byar's approximation.
const ByarFrom = 10

// CountInterval returns the interval of the mean that a count was drawn from:
// the exact one below ByarFrom and Byar's from there on. A rate's interval is
// this one over its population. The count need not be whole, because a count
// worked out as rate times population seldom is.
//
// It fails with ErrNotFinite, ErrCount (below zero) or ErrLevel.
//
// Source: PHEindicatormethods, phe_rate, which changes method at the same count.
func CountInterval(count float64, level Level) (Interval, error) {
	if count < ByarFrom {
		return ExactCount(count, level)
	}
	return Byar(count, level)
}

// ExactCount returns the exact interval of a Poisson count O: half of the
// α/2 quantile of χ² with 2O degrees of freedom, and half of the 1-α/2 quantile
// with 2O+2. The lower limit of no count is 0; at 100% confidence the interval
// is 0 to infinity. Errors are those of CountInterval.
//
// Source: F. Garwood (1936), Biometrika 28:437-442; N. E. Breslow and N. E. Day
// (1987), Statistical Methods in Cancer Research II, IARC, chapter 2.
func ExactCount(count float64, level Level) (Interval, error) {
	if err := checkCount(count, level); err != nil {
		return Interval{}, fmt.Errorf("exact interval of a count of %g: %w", count, err)
	}
	if level.confidence == 1 {
		return Interval{Upper: math.Inf(1)}, nil
	}
	tail := (1 - level.confidence) / 2
	limits := Interval{Upper: distuv.ChiSquared{K: 2*count + 2}.Quantile(1-tail) / 2}
	if count > 0 {
		limits.Lower = distuv.ChiSquared{K: 2 * count}.Quantile(tail) / 2
	}
	return limits, nil
}

// Byar returns Byar's approximate interval of a Poisson count O:
// O(1-1/(9O)-z/(3√O))³ to (O+1)(1-1/(9(O+1))+z/(3√(O+1)))³. It is near the exact
// one from about ten. The lower limit is never below 0. Errors are those of
// CountInterval.
//
// Source: N. E. Breslow and N. E. Day (1987), Statistical Methods in Cancer
// Research II, IARC, chapter 2.
func Byar(count float64, level Level) (Interval, error) {
	if err := checkCount(count, level); err != nil {
		return Interval{}, fmt.Errorf("interval by Byar of a count of %g: %w", count, err)
	}
	z := level.Z()
	if math.IsInf(z, 1) {
		return Interval{Upper: z}, nil
	}
	limit := func(o, z float64) float64 { return o * math.Pow(1-1/(9*o)+z/(3*math.Sqrt(o)), 3) }
	limits := Interval{Upper: limit(count+1, z)}
	if count > 0 {
		limits.Lower = max(limit(count, -z), 0)
	}
	return limits, nil
}

func checkCount(count float64, level Level) error {
	switch {
	case !finite(count):
		return ErrNotFinite
	case count < 0:
		return ErrCount
	}
	return level.check()
}
