package stats

import (
	"fmt"
	"math"
)

// winsorised is the share of areas at either end whose scores are drawn in.
const winsorised = 0.1

// Overdispersion is by how much areas vary more than the chance of their cases
// explains. It is reported beside a funnel and changes none: the limits of
// Funnel stay as they are, and those of its own method Funnel are a second pair
// to be shown as such.
type Overdispersion struct {
	// Phi is the mean squared score: about 1 when chance explains everything.
	Phi float64
	// TauSquared is the variance between areas beyond chance, on the scale of
	// asin√p (radians squared); 0 when there is none to be seen.
	TauSquared float64
	// Bounds are the scores that the outermost tenths were drawn in to.
	Bounds Interval
}

// Overdisperse measures the variation of samples round a target proportion.
// With y = asin√p, s = 1/(2√n) and w = 1/s² = 4n, each score is
// z = (y - asin√target)/s; scores beyond their own 10% and 90% quantiles (type
// 7) are drawn in to these; φ = Σz²/k over k samples; and
// τ² = (kφ-(k-1)) / (Σw-Σw²/Σw), or 0 where that is negative.
//
// With a handful of samples the quantiles and so φ say little; whether there
// are enough is for the caller to decide.
//
// It fails with ErrProbability (target outside 0 to 1), with ErrTooFew below
// two samples, with ErrNotFinite when squares of cases add up past a float64,
// or as Wilson does for a sample.
//
// Source: D. J. Spiegelhalter (2005), Quality and Safety in Health Care
// 14:347-351; D. J. Spiegelhalter et al. (2012), Journal of the Royal
// Statistical Society A 175:1-47; the additive model of R. DerSimonian and N.
// Laird (1986), Controlled Clinical Trials 7:177-188.
func Overdisperse(samples []Sample, target float64) (Overdispersion, error) {
	o, err := overdisperse(samples, target)
	if err != nil {
		return Overdispersion{}, fmt.Errorf("overdispersion of %d samples round %g: %w", len(samples), target, err)
	}
	return o, nil
}

func overdisperse(samples []Sample, target float64) (Overdispersion, error) {
	if !(target >= 0 && target <= 1) { // NaN too
		return Overdispersion{}, ErrProbability
	}
	if len(samples) < 2 {
		return Overdispersion{}, ErrTooFew
	}
	if err := checkSamples(samples); err != nil {
		return Overdispersion{}, err
	}
	centre := angle(target)
	scores := make([]float64, len(samples))
	var weights, squares float64
	for i, s := range samples {
		scores[i] = (angle(s.Proportion()) - centre) * 2 * math.Sqrt(s.Cases)
		weights += 4 * s.Cases
		squares += 16 * s.Cases * s.Cases
	}
	if !finite(squares) {
		return Overdispersion{}, ErrNotFinite
	}
	cuts, err := Quantiles(scores, winsorised, 1-winsorised)
	if err != nil {
		return Overdispersion{}, err
	}
	o := Overdispersion{Bounds: Interval{Lower: cuts[0], Upper: cuts[1]}}
	var sum float64
	for _, z := range scores {
		drawn := min(max(z, cuts[0]), cuts[1])
		sum += drawn * drawn
	}
	k := float64(len(samples))
	o.Phi = sum / k
	o.TauSquared = max(0, (sum-(k-1))/(weights-squares/weights))
	return o, nil
}

// Funnel is the limits round the target for n cases when areas also vary by
// τ²: sin²(asin√target ± z√(1/(4n)+τ²)). n need not be whole. Errors are those
// of ScoreLimits.
func (o Overdispersion) Funnel(target, n float64) (FunnelLimits, error) {
	return bothLevels(func(level Level) (Interval, error) {
		if err := checkLimits(target, n, level); err != nil {
			return Interval{}, fmt.Errorf("overdispersed limits round %g for %g cases: %w", target, n, err)
		}
		margin := level.Z() * math.Sqrt(1/(4*n)+o.TauSquared)
		return Interval{Lower: share(angle(target) - margin), Upper: share(angle(target) + margin)}, nil
	})
}

// angle is asin√p, the scale on which the variance of a proportion depends on
// the number of cases alone; share is its inverse, for angles kept from 0 to π/2.
func angle(p float64) float64 { return math.Asin(math.Sqrt(p)) }

func share(angle float64) float64 {
	sine := math.Sin(min(max(angle, 0), math.Pi/2))
	return sine * sine
}
