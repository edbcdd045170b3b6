package stats

import (
	"fmt"
	"math"
)

// YearCount is a year's count and what it is counted among: a population, or 1
// where the count itself is of interest. Neither need be whole.
type YearCount struct {
	Period
	Count, Exposure float64
}

// Slope is the yearly change of a line through a series, on the line's own scale,
// with its standard error. Scatter is Pearson's χ² of the years about the line:
// about Degrees where they lie no further off than was allowed for.
type Slope struct {
	PerYear       float64
	StandardError float64
	Scatter       float64
	Degrees       int // years less two
	First, Last   int
}

// LogLinear fits log(rate) = a + b·year to the five latest years of a series of
// counts by maximum quasi-likelihood, the exposures as offset. A year's count of
// mean μ is taken to vary by μ + extra·μ²: Poisson variance, and beyond it the
// square of a coefficient of variation that ExtraVariance estimates. PerYear is
// b, so that exp(b)-1 is the yearly change of the rate as a fraction.
//
// It fails with a SeriesRefusal when the years do not allow it, SeriesOneEnd
// among them, and with ErrNotFinite, ErrCount or ErrCases (an exposure that is
// not positive) for a year.
//
// Source: Poisson regression as in P. McCullagh and J. A. Nelder (1989),
// Generalized Linear Models, chapter 6; the extra variance of N. E. Breslow
// (1984), Applied Statistics 33:38-44.
func LogLinear(series []YearCount, extra float64) (Slope, error) {
	years, err := countedYears(series)
	if err != nil {
		return Slope{}, err
	}
	s, err := logLinear(years, extra)
	if err != nil {
		return Slope{}, fmt.Errorf("log-linear trend of %d counts: %w", len(series), err)
	}
	return s, nil
}

// countedYears returns the latest five years of a series that can be fitted.
func countedYears(series []YearCount) ([]YearCount, error) {
	years, err := unbroken(series)
	if err != nil {
		return nil, fmt.Errorf("log-linear trend of %d counts: %w", len(series), err)
	}
	years = years[len(years)-shortest:]
	var all float64
	for _, y := range years {
		switch {
		case !finite(y.Count) || !finite(y.Exposure):
			err = ErrNotFinite
		case y.Count < 0:
			err = ErrCount
		case y.Exposure <= 0:
			err = ErrCases
		}
		if err != nil {
			return nil, fmt.Errorf("log-linear trend, %d, %g of %g: %w", y.Year, y.Count, y.Exposure, err)
		}
		all += y.Count
	}
	if all == years[0].Count || all == years[len(years)-1].Count { // no count at all is both
		return nil, fmt.Errorf("log-linear trend of %d counts: %w", len(series), SeriesOneEnd)
	}
	return years, nil
}

// mostSteps is how many steps of Newton's method are made before a series is
// refused; four to seven are usual.
const mostSteps = 200

// logLinear maximises the quasi-likelihood, which is concave in level and slope,
// by Newton's method, halving a step that would lower it.
func logLinear(years []YearCount, extra float64) (Slope, error) {
	f := countLine{years: years, extra: extra}
	var count, exposure float64
	for _, y := range years {
		count, exposure = count+y.Count, exposure+y.Exposure
	}
	at := point{level: math.Log(count / exposure)}
	value := f.likelihood(at)
	for range mostSteps {
		step := f.newton(at)
		// What rounding takes is no loss. NaN is below everything.
		least := value - 1e-10*(1+math.Abs(value))
		for !(f.likelihood(point{at.level + step.level, at.slope + step.slope}) >= least) &&
			math.Abs(step.level)+math.Abs(step.slope) > 1e-12 {
			step.level, step.slope = step.level/2, step.slope/2
		}
		at = point{at.level + step.level, at.slope + step.slope}
		value = f.likelihood(at)
		if !finite(at.level) || !finite(at.slope) {
			break
		}
		if math.Abs(step.level)+math.Abs(step.slope) <= 1e-11 {
			return f.slope(at), nil
		}
	}
	return Slope{}, ErrNotFinite
}

// point is the logarithm of a rate in the middle year, and its yearly change.
type point struct{ level, slope float64 }

// countLine is a series to fit a log-linear trend to.
type countLine struct {
	years []YearCount
	extra float64
}

// each calls f with the time of every year from the middle one, its count and its mean at a point.
func (c countLine) each(at point, f func(t, count, mean float64)) {
	middle := float64(len(c.years)-1) / 2
	for i, y := range c.years {
		t := float64(i) - middle
		f(t, y.Count, y.Exposure*math.Exp(at.level+at.slope*t))
	}
}

// likelihood is the logarithm of the quasi-likelihood, up to a constant.
func (c countLine) likelihood(at point) (sum float64) {
	c.each(at, func(_, count, mean float64) {
		if count > 0 {
			sum += count * math.Log(mean)
		}
		if c.extra == 0 {
			sum -= mean
		} else {
			sum -= (count + 1/c.extra) * math.Log1p(c.extra*mean)
		}
	})
	return sum
}

// newton is the step of Newton's method from a point.
func (c countLine) newton(at point) point {
	weight := func(count, mean float64) float64 {
		return mean * (1 + c.extra*count) / ((1 + c.extra*mean) * (1 + c.extra*mean))
	}
	w, centre, squares := c.information(at, weight)
	var u, ut float64
	c.each(at, func(t, count, mean float64) {
		score := (count - mean) / (1 + c.extra*mean)
		u, ut = u+score, ut+score*(t-centre)
	})
	slope := ut / squares
	return point{u/w - centre*slope, slope}
}

// information is the sum of the years' weights, the time that they centre on, and their sum of squares about it.
func (c countLine) information(at point, weight func(count, mean float64) float64) (w, centre, squares float64) {
	c.each(at, func(t, count, mean float64) {
		w, centre = w+weight(count, mean), centre+t*weight(count, mean)
	})
	centre /= w
	c.each(at, func(t, count, mean float64) { squares += weight(count, mean) * (t - centre) * (t - centre) })
	return w, centre, squares
}

// slope is the answer at the maximum, its error from the expected information.
func (c countLine) slope(at point) Slope {
	s := Slope{
		PerYear: at.slope,
		Degrees: len(c.years) - 2,
		First:   c.years[0].Year,
		Last:    c.years[len(c.years)-1].Year,
	}
	_, _, squares := c.information(at, func(_, mean float64) float64 { return mean / (1 + c.extra*mean) })
	s.StandardError = 1 / math.Sqrt(squares)
	c.each(at, func(_, count, mean float64) {
		s.Scatter += (count - mean) * (count - mean) / (mean * (1 + c.extra*mean))
	})
	return s
}

// ExtraVariance estimates what the counts of several series vary by beyond
// Poisson's variance about their own log-linear lines: the one value for which
// Pearson's χ² of all series together equals their degrees of freedom, or 0 where
// Poisson's variance is enough. It is a squared coefficient of variation: 0.01
// says that rates move by a tenth from year to year for reasons other than chance
// and trend. Degrees are those of all series together. Series that LogLinear
// refuses are left out.
//
// It fails with ErrTooFew where no series is left.
//
// Source: the moment estimator of N. E. Breslow (1984), Applied Statistics
// 33:38-44.
func ExtraVariance(series [][]YearCount) (extra float64, degrees int, err error) {
	var fitted [][]YearCount
	for _, one := range series {
		if years, err := countedYears(one); err == nil {
			fitted, degrees = append(fitted, years), degrees+len(years)-2
		}
	}
	if degrees == 0 {
		return 0, 0, fmt.Errorf("extra variance of %d series: %w", len(series), ErrTooFew)
	}
	scatter := func(extra float64) (sum float64) {
		for _, years := range fitted {
			if s, err := logLinear(years, extra); err == nil {
				sum += s.Scatter
			}
		}
		return sum
	}
	low, high := 0.0, 1.0
	if scatter(0) <= float64(degrees) {
		return 0, degrees, nil
	}
	for scatter(high) > float64(degrees) && high < 1e6 {
		low, high = high, 2*high
	}
	for high-low > 1e-6*high {
		if middle := (low + high) / 2; scatter(middle) > float64(degrees) {
			low = middle
		} else {
			high = middle
		}
	}
	return high, degrees, nil
}
