package stats

import (
	"fmt"
	"math"
	"sort"

	"gonum.org/v1/gonum/stat/distuv"
)

// mostCases is where exact limits stop: far beyond, the binomial distribution
// function loses its digits, and long before, the score limits do as well.
const mostCases = 1_000_000

// ScoreLimits are the control limits of a proportion for n cases when every
// area has the target proportion: target ± z√(target(1-target)/n), kept within
// 0 to 1. They are the observed proportions whose Wilson interval ends at the
// target. n need not be whole.
//
// It fails with ErrProbability (target outside 0 to 1), ErrNotFinite, ErrCases
// (n <= 0) or ErrLevel.
//
// Source: PHEindicatormethods, phe_funnels; the normal approximation of D. J.
// Spiegelhalter (2005), Statistics in Medicine 24:1185-1202, appendix A.1.
func ScoreLimits(target, n float64, level Level) (Interval, error) {
	if err := checkLimits(target, n, level); err != nil {
		return Interval{}, fmt.Errorf("score limits round %g for %g cases: %w", target, n, err)
	}
	if level.confidence == 1 {
		return Interval{Lower: 0, Upper: 1}, nil
	}
	margin := level.Z() * math.Sqrt(target*(1-target)/n)
	return Interval{Lower: max(target-margin, 0), Upper: min(target+margin, 1)}, nil
}

// ExactLimits are the control limits of a proportion for n whole cases when
// every area has the target proportion, from the binomial distribution itself.
// With p half of what the level leaves out, the lower limit is (r-α)/n, where r
// is the least count with P(R <= r) > p, and α = (P(R <= r)-p)/P(R = r) carries
// the distribution linearly from one count to the next, so that the limits are
// smooth in the target. The upper limit is the same for the cases that are no
// successes, mirrored. Limits are kept within 0 to 1.
//
// A whole count therefore lies below the lower limit exactly when a count that
// low or lower has probability p or less, and above the upper limit exactly
// when one that high or higher has: neither side gives more false alarms than
// it claims. The source interpolates the upper limit at 1-p as it does the
// lower one at p, which is a whole case (1/n) further in than the mirror image:
// its upper side gives false alarms above p, and counting failures instead of
// successes would change which areas are flagged.
//
// It fails as ScoreLimits does, with ErrWhole when n is not whole, and with
// ErrTooMany above a million cases.
//
// Source: D. J. Spiegelhalter (2005), Statistics in Medicine 24:1185-1202,
// appendix A.1, for the lower limit.
func ExactLimits(target, n float64, level Level) (Interval, error) {
	err := checkLimits(target, n, level)
	switch {
	case err != nil:
	case n != math.Trunc(n):
		err = ErrWhole
	case n > mostCases:
		err = ErrTooMany
	}
	if err != nil {
		return Interval{}, fmt.Errorf("exact limits round %g for %g cases: %w", target, n, err)
	}
	p := (1 - level.confidence) / 2
	return Interval{
		Lower: max(exactQuantile(p, target, n), 0) / n,
		Upper: 1 - max(exactQuantile(p, 1-target, n), 0)/n,
	}, nil
}

// exactQuantile is the count r-α of ExactLimits, above -1 and at most n.
func exactQuantile(p, target, n float64) float64 {
	counts := distuv.Binomial{N: n, P: target}
	r := float64(sort.Search(int(n), func(r int) bool { return counts.CDF(float64(r)) > p }))
	upTo, before := counts.CDF(r), counts.CDF(r-1)
	return r - min((upTo-p)/(upTo-before), 1) // rounding must not pass the count before
}

func checkLimits(target, n float64, level Level) error {
	switch {
	case !(target >= 0 && target <= 1): // NaN too
		return ErrProbability
	case !finite(n):
		return ErrNotFinite
	case n <= 0:
		return ErrCases
	}
	return level.check()
}
