package stats

import (
	"cmp"
	"fmt"
	"math"
)

const (
	cells    = 256 // equally likely parts that a distribution is cut into
	steps    = 512 // points at which a density is summed
	farthest = 6   // standard deviations beyond which a density is left out
)

// Estimate is a figure with what is known of it: the distribution that the true
// share is taken to have. It is made by ProportionEstimate and read by Ranks; the
// zero Estimate is of no cases.
type Estimate struct{ successes, failures float64 }

// ProportionEstimate is what x successes in n cases say of the proportion
// behind them: a Beta(x+½, n-x+½) distribution, in fractions from 0 to 1. x and
// n need not be whole. Errors are those of Wilson.
//
// Source: the reference prior of H. Jeffreys (1946); see L. D. Brown, T. T. Cai
// and A. DasGupta (2001), Statistical Science 16:101-133.
func ProportionEstimate(x, n float64) (Estimate, error) {
	if err := checkSample(x, n, Confidence95); err != nil {
		return Estimate{}, fmt.Errorf("estimate from %g in %g: %w", x, n, err)
	}
	return Estimate{successes: x, failures: n - x}, nil
}

// empty says that nothing is known of it: it was made by none of its functions.
func (e Estimate) empty() bool { return e.successes+e.failures == 0 }

// compare orders estimates by what they are, wherever they stand in a list.
func (e Estimate) compare(other Estimate) int {
	return cmp.Or(cmp.Compare(e.successes, other.successes), cmp.Compare(e.failures, other.failures))
}

// quantiles fills knots with the cells+1 values that cut the distribution into
// equally likely parts.
func (e Estimate) quantiles(knots []float64) {
	e.angles(knots)
	for i, a := range knots {
		knots[i] = share(a)
	}
}

// angles fills knots as quantiles does, for a proportion p on the scale of
// φ = asin√p, where Beta(x+½, n-x+½) has the density sin(φ)^2x cos(φ)^2(n-x) up
// to a factor: bounded and smooth, also for no successes and for no failures.
func (e Estimate) angles(knots []float64) {
	n := e.successes + e.failures
	centre, deviation := angle(e.successes/n), 1/(2*math.Sqrt(n))
	from, to := max(centre-farthest*deviation, 0), min(centre+farthest*deviation, math.Pi/2)
	width := (to - from) / steps
	density := func(i int) float64 { // at the middle of step i, 1 at its highest
		sine, cosine := math.Sincos(from + (float64(i)+0.5)*width)
		log := 2 * (logRatio(e.successes, sine, math.Sin(centre)) + logRatio(e.failures, cosine, math.Cos(centre)))
		return math.Exp(min(log, 0)) // above 0 is rounding
	}
	var sums [steps + 1]float64
	for i := range steps {
		sums[i+1] = sums[i] + density(i)
	}
	step := 0
	for i := range knots {
		if sums[steps] == 0 { // narrower than float64 can tell
			knots[i] = centre
			continue
		}
		want := sums[steps] * upTo(i)
		for step < steps-1 && sums[step+1] < want {
			step++
		}
		knots[i] = from + width*(float64(step)+min((want-sums[step])/(sums[step+1]-sums[step]), 1))
	}
}

// upTo is the probability up to knot i. The outermost parts end an eighth of
// the way in: even between their knots, they then have about the mean of the
// tails that they stand for.
func upTo(i int) float64 {
	return min(max(float64(i), 0.125), cells-0.125) / cells
}

// logRatio is count·log(a/b), and 0 for a count of 0.
func logRatio(count, a, b float64) float64 {
	if count == 0 {
		return 0
	}
	return count * math.Log(a/b)
}
