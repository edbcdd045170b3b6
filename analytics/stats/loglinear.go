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

// Iteratively reweighted least squares usually settles in four to seven steps.
// From the tenth a step goes half of the way, which settles series that it would
// swing about; after mostSteps a series is refused.
const (
	wholeSteps = 10
	mostSteps  = 500
)

// logLinear fits by iteratively reweighted least squares: with η = log μ, the
// weight of a year is μ/(1+extra·μ) and its working value η + (count-μ)/μ, both
// less the logarithm of its exposure.
func logLinear(years []YearCount, extra float64) (Slope, error) {
	l := line{values: make([]float64, len(years)), weights: make([]float64, len(years))}
	logs := make([]float64, len(years)) // of the mean
	for i, y := range years {
		logs[i] = math.Log(y.Count + 0.5)
	}
	for step := range mostSteps {
		var weight, value, at float64
		for i, y := range years {
			mean := math.Exp(logs[i])
			l.weights[i] = mean / (1 + extra*mean)
			l.values[i] = logs[i] - math.Log(y.Exposure) + (y.Count-mean)/mean
			weight, value, at = weight+l.weights[i], value+l.weights[i]*l.values[i], at+l.weights[i]*float64(i)
		}
		slope, precision := l.slope()
		if !finite(slope) || !(precision > 0) {
			return Slope{}, ErrNotFinite
		}
		s := Slope{PerYear: slope, StandardError: 1 / math.Sqrt(precision), Degrees: len(years) - 2,
			First: years[0].Year, Last: years[len(years)-1].Year}
		moved := 0.0
		for i, y := range years {
			next := math.Log(y.Exposure) + value/weight + slope*(float64(i)-at/weight)
			if step >= wholeSteps {
				next = (logs[i] + next) / 2
			}
			moved, logs[i] = max(moved, math.Abs(next-logs[i])), next
			mean := math.Exp(next)
			s.Scatter += (y.Count - mean) * (y.Count - mean) / (mean * (1 + extra*mean))
		}
		if moved <= 1e-11 {
			return s, nil
		}
	}
	return Slope{}, ErrNotFinite
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
