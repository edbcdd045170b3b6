package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Measured is one unit's estimate with its standard error.
type Measured struct {
	Value, Error float64
}

// Exposed is a count of events and what it is set against: children, or children times years.
type Exposed struct {
	Events, Exposure float64
}

// Shrinkage is what many units say together about each of their true values: an
// empirical-Bayes fit.
type Shrinkage struct {
	Mean    float64 // of the true values
	Between float64 // standard deviation of the true values, τ; 0 where chance explains all variation
	Units   []Posterior
}

// Posterior is what is known of one unit's true value after shrinkage.
type Posterior struct {
	Mean, Deviation float64
	// Reliability is the share of the variance of the unit's figure that lies
	// between units, τ²/(τ²+s²): 0 for pure chance, 1 for a figure without error.
	Reliability  float64
	distribution interface {
		Quantile(p float64) float64
		CDF(x float64) float64
	}
}

// Quantile returns the value that the true one is below with probability p.
func (p Posterior) Quantile(probability float64) float64 {
	if p.distribution == nil {
		return p.Mean
	}
	return p.distribution.Quantile(probability)
}

// Above returns the probability that the true value is above x.
func (p Posterior) Above(x float64) float64 {
	switch {
	case p.distribution != nil:
		return 1 - p.distribution.CDF(x)
	case p.Mean > x:
		return 1
	}
	return 0
}

// Interval returns the central interval of the true value. It fails with ErrLevel.
func (p Posterior) Interval(level Level) (Interval, error) {
	if err := level.check(); err != nil {
		return Interval{}, err
	}
	tail := (1 - level.confidence) / 2
	return Interval{Lower: p.Quantile(tail), Upper: p.Quantile(1 - tail)}, nil
}

// ShrinkNormal fits y ~ N(θ, s²), θ ~ N(μ, τ²). τ² is that of Paule and Mandel:
// the one for which Σ(y-μ)²/(s²+τ²) is its expectation k-1, or 0. A unit's
// posterior mean is Bμ+(1-B)y with B = s²/(s²+τ²); its variance is (1-B)s² and
// B² times the variance of μ.
//
// It fails with ErrTooFew below three units, ErrNotFinite, or ErrSpread for a
// standard error that is not positive: no figure is exact.
//
// Source: R. C. Paule and J. Mandel (1982), Journal of Research of the National
// Bureau of Standards 87:377-385; C. N. Morris (1983), Journal of the American
// Statistical Association 78:47-55.
func ShrinkNormal(units []Measured) (Shrinkage, error) {
	values, variances := make([]float64, len(units)), make([]float64, len(units))
	for i, u := range units {
		if finite(u.Error) && u.Error <= 0 {
			return Shrinkage{}, fmt.Errorf("shrinkage, unit %d: %w", i, ErrSpread)
		}
		values[i], variances[i] = u.Value, u.Error*u.Error
	}
	between, mean, ofMean, err := pauleMandel(values,
		func(i int, _, between float64) float64 { return variances[i] + between })
	if err != nil {
		return Shrinkage{}, err
	}
	out := Shrinkage{Mean: mean, Between: math.Sqrt(between), Units: make([]Posterior, len(units))}
	for i, y := range values {
		pull := variances[i] / (variances[i] + between)
		p := Posterior{Mean: pull*mean + (1-pull)*y, Reliability: 1 - pull}
		p.Deviation = math.Sqrt((1-pull)*variances[i] + pull*pull*ofMean)
		p.distribution = distuv.Normal{Mu: p.Mean, Sigma: p.Deviation}
		out.Units[i] = p
	}
	return out, nil
}

// ShrinkProportions fits x ~ Binomial(n, θ), θ ~ Beta with mean μ and
// intra-class correlation ρ, by moments: ρ solves Σ(y-μ)²/V = k-1, as Paule and
// Mandel's τ² does, with V = μ(1-μ)(ρ+(1-ρ)/n). A unit's posterior is a Beta too.
//
// It fails as ShrinkNormal does, with ErrUniform when all cases or none were
// successes, or as Wilson does for a sample.
//
// Source: J. C. Kleinman (1973), Journal of the American Statistical Association
// 68:46-54, with the weights of the fitted variance.
func ShrinkProportions(samples []Sample) (Shrinkage, error) {
	if err := checkSamples(samples); err != nil {
		return Shrinkage{}, fmt.Errorf("shrinkage: %w", err)
	}
	values := make([]float64, len(samples))
	for i, s := range samples {
		values[i] = s.Proportion()
	}
	if pooled, err := Pooled(samples); err != nil || pooled == 0 || pooled == 1 {
		return Shrinkage{}, fmt.Errorf("shrinkage: %w", ErrUniform)
	}
	correlation, mean, _, err := pauleMandel(values, func(i int, mean, correlation float64) float64 {
		return mean * (1 - mean) * (correlation + (1-correlation)/samples[i].Cases)
	})
	if err != nil {
		return Shrinkage{}, err
	}
	correlation = min(correlation, 0.999)
	out := Shrinkage{
		Mean:    mean,
		Between: math.Sqrt(correlation * mean * (1 - mean)),
		Units:   make([]Posterior, len(samples)),
	}
	for i, s := range samples {
		if correlation == 0 {
			out.Units[i] = Posterior{Mean: mean}
			continue
		}
		prior := 1/correlation - 1
		beta := distuv.Beta{Alpha: mean*prior + s.Successes, Beta: (1-mean)*prior + s.Cases - s.Successes}
		out.Units[i] = Posterior{
			Mean:         beta.Mean(),
			Deviation:    beta.StdDev(),
			Reliability:  s.Cases / (s.Cases + prior),
			distribution: beta,
		}
	}
	return out, nil
}

// ShrinkRates fits O ~ Poisson(Eθ), θ ~ Gamma with mean μ and variance τ², by
// moments: τ² solves Σ(O/E-μ)²/(τ²+μ/E) = k-1. A unit's posterior is a Gamma too.
// Counts need not be whole.
//
// It fails as ShrinkNormal does, with ErrCases for an exposure that is not
// positive or a count below zero, or with ErrUniform when there are no events.
//
// Source: D. Clayton and J. Kaldor (1987), Biometrics 43:671-681, with the
// weights of the fitted variance.
func ShrinkRates(counts []Exposed) (Shrinkage, error) {
	values, events := make([]float64, len(counts)), 0.0
	for i, c := range counts {
		if !(c.Exposure > 0) || !(c.Events >= 0) {
			return Shrinkage{}, fmt.Errorf("shrinkage, unit %d: %w", i, ErrCases)
		}
		values[i] = c.Events / c.Exposure
		events += c.Events
	}
	if len(counts) > 0 && events == 0 {
		return Shrinkage{}, fmt.Errorf("shrinkage: %w", ErrUniform)
	}
	between, mean, _, err := pauleMandel(values,
		func(i int, mean, between float64) float64 { return between + mean/counts[i].Exposure })
	if err != nil {
		return Shrinkage{}, err
	}
	out := Shrinkage{Mean: mean, Between: math.Sqrt(between), Units: make([]Posterior, len(counts))}
	for i, c := range counts {
		if between == 0 {
			out.Units[i] = Posterior{Mean: mean}
			continue
		}
		rate := mean / between
		gamma := distuv.Gamma{Alpha: mean*rate + c.Events, Beta: rate + c.Exposure}
		out.Units[i] = Posterior{
			Mean:         gamma.Mean(),
			Deviation:    gamma.StdDev(),
			Reliability:  c.Exposure / (c.Exposure + rate),
			distribution: gamma,
		}
	}
	return out, nil
}

// pauleMandel finds the parameter between units, 0 or more, for which the
// weighted squares of values about their weighted mean add up to one fewer than
// there are. variance gives a value's whole variance for a mean and a parameter.
// It returns the variance of the mean too.
func pauleMandel(
	values []float64,
	variance func(i int, mean, parameter float64) float64,
) (parameter, mean, ofMean float64, err error) {
	if len(values) < 3 {
		return 0, 0, 0, fmt.Errorf("shrinkage of %d units: %w", len(values), ErrTooFew)
	}
	plain := 0.0
	for _, y := range values {
		plain += y / float64(len(values))
	}
	if !finite(plain) {
		return 0, 0, 0, fmt.Errorf("shrinkage: %w", ErrNotFinite)
	}
	// weigh settles the mean for a parameter, as variances may depend on it.
	weigh := func(parameter float64) (squares float64) {
		mean = plain
		for range 50 {
			before, sum, weights := mean, 0.0, 0.0
			for i, y := range values {
				w := 1 / variance(i, before, parameter)
				sum += w * y
				weights += w
			}
			mean, ofMean = sum/weights, 1/weights
			if math.Abs(mean-before) <= 1e-14*math.Abs(mean) {
				break
			}
		}
		for i, y := range values {
			squares += (y - mean) * (y - mean) / variance(i, mean, parameter)
		}
		return squares
	}
	want := float64(len(values) - 1)
	squares := weigh(0)
	if !finite(squares) {
		return 0, 0, 0, fmt.Errorf("shrinkage: %w", ErrNotFinite)
	}
	if squares <= want {
		return 0, mean, ofMean, nil
	}
	low, high := 0.0, 1e-6
	for weigh(high) > want && high < 1e18 {
		low, high = high, 4*high
	}
	for range 200 {
		middle := (low + high) / 2
		if middle == low || middle == high {
			break
		}
		if weigh(middle) > want {
			low = middle
		} else {
			high = middle
		}
	}
	weigh(high)
	return high, mean, ofMean, nil
}

// SuccessiveError estimates the chance in yearly figures from how far each lies
// from the one before it. Each gap is of figures of one unit in two years that
// follow, with the unit's size; the variance of a figure is taken to fall with
// size. It returns φ, so that a figure's variance is φ divided by its unit's
// size: the mean of size·gap²/2. A real change between two years counts as
// chance, so φ is rather too large. It fails with ErrTooFew below three gaps, with
// ErrNotFinite, or with ErrCases for a size that is not positive.
//
// Source: J. von Neumann et al. (1941), Annals of Mathematical Statistics
// 12:153-162, whose mean square successive difference this is.
func SuccessiveError(gaps, sizes []float64) (float64, error) {
	if len(gaps) < 3 || len(gaps) != len(sizes) {
		return 0, fmt.Errorf("successive error of %d gaps and %d sizes: %w", len(gaps), len(sizes), ErrTooFew)
	}
	sum := 0.0
	for i, gap := range gaps {
		switch {
		case !finite(gap) || !finite(sizes[i]):
			return 0, fmt.Errorf("successive error: %w", ErrNotFinite)
		case sizes[i] <= 0:
			return 0, fmt.Errorf("successive error: %w", ErrCases)
		}
		sum += sizes[i] * gap * gap / 2
	}
	return sum / float64(len(gaps)), nil
}
