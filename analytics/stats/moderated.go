package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// leastToModerate is how many variances it takes to say how variances differ.
const leastToModerate = 10

// VariancePrior is how the variances of many like series are spread: about
// Variance, as firmly as so many degrees of freedom of a series' own would say it.
// Degrees are infinite where the series differ by no more than chance. The zero
// VariancePrior knows nothing.
type VariancePrior struct {
	Variance, Degrees float64
}

// Moderate estimates the spread of variances that were each measured with the
// same degrees of freedom, by the mean and the variance of their logarithms. Below
// ten series it knows nothing, and each variance is left as it is.
//
// It fails with ErrSpread for a variance that is negative or not finite, or where
// most are 0, and with ErrCases for degrees that are not positive.
//
// Source: G. K. Smyth (2004), Statistical Applications in Genetics and Molecular
// Biology 3(1):3, section 6.2.
func Moderate(variances []float64, degrees float64) (VariancePrior, error) {
	if len(variances) < leastToModerate {
		return VariancePrior{}, nil
	}
	if !(degrees > 0) {
		return VariancePrior{}, fmt.Errorf("prior of %d variances: %w", len(variances), ErrCases)
	}
	for _, v := range variances {
		if !finite(v) || v < 0 {
			return VariancePrior{}, fmt.Errorf("prior of %d variances: %w", len(variances), ErrSpread)
		}
	}
	middle, err := Quantile(variances, 0.5)
	if err != nil || middle == 0 {
		return VariancePrior{}, fmt.Errorf("prior of %d variances: %w", len(variances), ErrSpread)
	}
	logs, mean, n := make([]float64, len(variances)), 0.0, float64(len(variances))
	for i, v := range variances {
		// A variance of 0 is rounding: a hundred-thousandth of the median is used.
		logs[i] = math.Log(max(v, middle*1e-5)) - mathext.Digamma(degrees/2) + math.Log(degrees/2)
		mean += logs[i] / n
	}
	var spread float64
	for _, l := range logs {
		spread += (l - mean) * (l - mean) / (n - 1)
	}
	between := spread - trigamma(degrees/2)
	if between <= 0 {
		return VariancePrior{Variance: math.Exp(mean), Degrees: math.Inf(1)}, nil
	}
	half := inverseTrigamma(between)
	return VariancePrior{Variance: math.Exp(mean + mathext.Digamma(half) - math.Log(half)), Degrees: 2 * half}, nil
}

// With combines the prior with a variance measured with some degrees of freedom:
// their mean weighted by degrees, and the degrees of both.
func (p VariancePrior) With(variance, degrees float64) (float64, float64) {
	switch {
	case p.Degrees == 0:
		return variance, degrees
	case math.IsInf(p.Degrees, 1):
		return p.Variance, p.Degrees
	}
	all := p.Degrees + degrees
	return (p.Degrees*p.Variance + degrees*variance) / all, all
}

// trigamma is the second derivative of log Γ, for x above 0.
func trigamma(x float64) float64 { return mathext.Zeta(2, x) }

// inverseTrigamma is the x above 0 with this trigamma, by bisection: it falls from
// infinity to 0.
func inverseTrigamma(y float64) float64 {
	low, high := 1e-8, 1.0
	for trigamma(high) > y {
		low, high = high, 2*high
	}
	for high-low > 1e-12*high {
		if middle := (low + high) / 2; trigamma(middle) > y {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}
