package stats

// exactBelow is the number of cases, and of expected successes or failures, from
// which the score limits are near enough to the exact ones.
const exactBelow = 100

// FunnelLimits are the limits of a funnel at one number of cases: at 95%, one
// area in twenty lies outside by chance alone, at 99.8% one in five hundred.
type FunnelLimits struct {
	At95, At998 Interval
}

// Funnel returns the limits round the target proportion for n cases: the exact
// ones below 100 cases, and where fewer than 100 successes or failures are
// expected, since the normal approximation fails there; else the score limits. A
// rate of few in a large population is therefore exact too. They take every area
// to differ from the target by the chance of its cases alone; see Overdispersion
// for when they do more. Errors are those of ExactLimits; a fraction of a case is
// refused by exact limits only.
//
// Source: D. J. Spiegelhalter (2005), Statistics in Medicine 24:1185-1202; the
// border of 100 is ours.
func Funnel(target, n float64) (FunnelLimits, error) {
	limits := ScoreLimits
	if n < exactBelow || n <= mostCases && n*min(target, 1-target) < exactBelow {
		limits = ExactLimits
	}
	return bothLevels(func(level Level) (Interval, error) { return limits(target, n, level) })
}

func bothLevels(at func(Level) (Interval, error)) (FunnelLimits, error) {
	inner, err := at(Confidence95)
	if err != nil {
		return FunnelLimits{}, err
	}
	outer, err := at(Confidence998)
	if err != nil {
		return FunnelLimits{}, err
	}
	return FunnelLimits{At95: inner, At998: outer}, nil
}

// FunnelPlace is where a proportion lies in a funnel. Whether low is good is
// not known here.
type FunnelPlace string

// The places of a funnel, from the lowest. A proportion on a limit is inside it.
const (
	FunnelBelow998 FunnelPlace = "below_99_8" // below the 99.8% limits
	FunnelBelow95  FunnelPlace = "below_95"   // below the 95% limits, not the 99.8% ones
	FunnelWithin   FunnelPlace = "within"     // nothing but chance is shown
	FunnelAbove95  FunnelPlace = "above_95"   // above the 95% limits, not the 99.8% ones
	FunnelAbove998 FunnelPlace = "above_99_8" // above the 99.8% limits
)

// Place is where the proportion p lies, by the widest limits that it is
// outside of. NaN is below everything.
func (l FunnelLimits) Place(p float64) FunnelPlace {
	switch {
	case p > l.At998.Upper:
		return FunnelAbove998
	case p > l.At95.Upper:
		return FunnelAbove95
	case p >= l.At95.Lower:
		return FunnelWithin
	case p >= l.At998.Lower:
		return FunnelBelow95
	}
	return FunnelBelow998
}
