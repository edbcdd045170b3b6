package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// TrendDirection is where a series is going.
type TrendDirection string

// The directions of a trend. None means that chance may explain what is seen; it
// does not mean no change.
const (
	TrendNone    TrendDirection = "none"
	TrendRising  TrendDirection = "rising"
	TrendFalling TrendDirection = "falling"
)

// ProportionSlope fits a line to the five latest years of a series of
// proportions. PerYear is its slope and StandardError that under no trend, so that
// their ratio squared is the χ² of Cochran and Armitage. With t the year,
// p = x/n, N = Σn and means over cases:
//
//	b = Σn(t-t̄)(p-p̄) / Σn(t-t̄)²    SE² = p̄(1-p̄) / Σn(t-t̄)²
//
// Scatter is the rest of the χ² for k proportions: what the line leaves.
//
// It fails with a SeriesRefusal when the years do not allow it, SeriesAllOrNone
// where all cases of the five years or none were successes, as Wilson does for a
// year's sample, or with ErrNotFinite when counts add up past a float64.
//
// Source: W. G. Cochran (1954), Biometrics 10:417-451; P. Armitage (1955),
// Biometrics 11:375-386.
func ProportionSlope(series []CountedYear) (Slope, error) {
	years, err := unbroken(series)
	if err != nil {
		return Slope{}, fmt.Errorf("trend of %d proportions: %w", len(series), err)
	}
	years = years[len(years)-shortest:]
	l := line{values: make([]float64, shortest), weights: make([]float64, shortest)}
	var all Sample
	for i, y := range years {
		if err := checkSample(y.Successes, y.Cases, Confidence95); err != nil {
			return Slope{}, fmt.Errorf("trend, %d, %g in %g: %w", y.Year, y.Successes, y.Cases, err)
		}
		all.Successes, all.Cases = all.Successes+y.Successes, all.Cases+y.Cases
		l.values[i], l.weights[i] = y.Proportion(), y.Cases
	}
	if !finite(all.Cases) {
		return Slope{}, fmt.Errorf("trend of %d proportions: %w", len(series), ErrNotFinite)
	}
	rate := all.Proportion()
	if rate == 0 || rate == 1 {
		return Slope{}, fmt.Errorf("trend of %d proportions: %w", len(series), SeriesAllOrNone)
	}
	slope, precision := l.slope()
	variance := rate * (1 - rate)
	s := Slope{PerYear: slope, StandardError: math.Sqrt(variance / precision), Degrees: shortest - 2,
		First: years[0].Year, Last: years[shortest-1].Year}
	for _, y := range years {
		s.Scatter += y.Cases * (y.Proportion() - rate) * (y.Proportion() - rate) / variance
	}
	s.Scatter = max(s.Scatter-slope*slope*precision/variance, 0)
	return s, nil
}

// PlainSlope fits a line to the five latest years of a series of figures of which
// nothing else is known, by least squares. StandardError is that of years which
// lie off the line with variance 1, so Scatter is the sum of squares about the
// line and Scatter/Degrees its variance: the standard error is to be multiplied by
// the root of a variance.
//
// It fails with a SeriesRefusal when the years do not allow it, or with
// ErrNotFinite.
//
// Source: linear regression, as in N. R. Draper and H. Smith (1998), Applied
// Regression Analysis, chapter 1.
func PlainSlope(series []PlainYear) (Slope, error) {
	years, err := unbroken(series)
	if err != nil {
		return Slope{}, fmt.Errorf("trend of %d figures: %w", len(series), err)
	}
	years = years[len(years)-shortest:]
	l := line{values: make([]float64, shortest), weights: make([]float64, shortest)}
	mean := 0.0
	for i, y := range years {
		l.values[i], l.weights[i] = y.Value, 1
		mean += y.Value / shortest
	}
	slope, precision := l.slope()
	s := Slope{PerYear: slope, StandardError: 1 / math.Sqrt(precision), Degrees: shortest - 2,
		First: years[0].Year, Last: years[shortest-1].Year}
	for _, y := range years {
		residual := y.Value - mean - slope*(float64(y.Year-years[0].Year)-float64(shortest-1)/2)
		s.Scatter += residual * residual
	}
	if !finite(s.Scatter) {
		return Slope{}, fmt.Errorf("trend of %d figures: %w", len(series), ErrNotFinite)
	}
	return s, nil
}

// Test is a slope set against chance: the two-sided probability of one at least as
// steep under no trend, and the 95% interval of the yearly change.
type Test struct {
	P        float64
	Interval Interval
}

// Against tests a slope whose standard error is to be multiplied by the root of a
// variance, estimated with so many degrees of freedom (Student's t); with none the
// variance is known (normal). It fails with ErrSpread where that leaves no
// standard error.
func (s Slope) Against(variance, degrees float64) (Test, error) {
	deviation := s.StandardError * math.Sqrt(variance)
	if !(deviation > 0) || !finite(deviation) {
		return Test{}, fmt.Errorf("slope of %g: %w", s.PerYear, ErrSpread)
	}
	z, tail := Confidence95.Z(), distuv.UnitNormal.Survival(math.Abs(s.PerYear)/deviation)
	if degrees > 0 && !math.IsInf(degrees, 1) {
		t := distuv.StudentsT{Sigma: 1, Nu: degrees}
		z, tail = t.Quantile(0.975), t.Survival(math.Abs(s.PerYear)/deviation)
	}
	return Test{P: min(2*tail, 1), Interval: Interval{Lower: s.PerYear - z*deviation,
		Upper: s.PerYear + z*deviation}}, nil
}

// line is a weighted straight line through values at 0, 1, 2 and so on.
type line struct {
	values, weights []float64
}

// slope is the slope of the line by weighted least squares, and its precision
// where the weights are 1/variance.
func (l line) slope() (slope, precision float64) {
	var w, wt, wy float64
	for i, weight := range l.weights {
		w, wt, wy = w+weight, wt+weight*float64(i), wy+weight*l.values[i]
	}
	var products float64
	for i, weight := range l.weights {
		t := float64(i) - wt/w
		precision += weight * t * t
		products += weight * t * (l.values[i] - wy/w)
	}
	return products / precision, precision
}
