package stats

import (
	"fmt"
	"math"
)

// TrendDirection is where a series is going.
type TrendDirection string

// The directions of a trend. None means that chance may explain what is seen,
// or that one year alone makes the direction; it does not mean no change.
const (
	TrendNone    TrendDirection = "none"
	TrendRising  TrendDirection = "rising"
	TrendFalling TrendDirection = "falling"
)

// Trend is the answer of a trend test over the years First to Last.
type Trend struct {
	Direction   TrendDirection
	ChiSquared  float64 // with one degree of freedom; a direction needs more than 9.5495 (99.8%)
	First, Last int
}

// ProportionTrend tests the five latest years of a series of proportions for a
// trend, by the χ² test for linear trend of Cochran and Armitage. With t from 1
// to 5, x successes in n cases, R = Σx and N = Σn:
//
//	χ² = N(NΣxt-RΣnt)² / (R(N-R)(NΣnt²-(Σnt)²))
//
// There is a direction when χ² exceeds its 99.8% point and the slope of the
// logits log(x/(n-x)) on t has one sign over all five years and over each four
// of them, so that no single year makes the trend.
//
// It fails with a SeriesRefusal when the years do not allow the test, as Wilson
// does for a year's sample, or with ErrNotFinite when counts add up past a
// float64.
//
// Source: W. G. Cochran (1954), Biometrics 10:417-451; P. Armitage (1955),
// Biometrics 11:375-386; the five years, the level and the sign rule are those of
// Public Health England's Fingertips.
func ProportionTrend(series []CountedYear) (Trend, error) {
	years, err := unbroken(series)
	if err != nil {
		return Trend{}, fmt.Errorf("trend of %d proportions: %w", len(series), err)
	}
	years = years[len(years)-shortest:]
	var allX, allN, xt, nt, ntt float64
	logits := line{values: make([]float64, shortest), weights: make([]float64, shortest)}
	for i, y := range years {
		x, n, t := y.Successes, y.Cases, float64(i+1)
		if err := checkSample(x, n, Confidence95); err != nil {
			return Trend{}, fmt.Errorf("trend, %d, %g in %g: %w", y.Year, x, n, err)
		}
		if x == 0 || x == n {
			return Trend{}, fmt.Errorf("trend, %d, %g in %g: %w", y.Year, x, n, SeriesAllOrNone)
		}
		allX, allN, xt, nt, ntt = allX+x, allN+n, xt+x*t, nt+n*t, ntt+n*t*t
		logits.values[i], logits.weights[i] = math.Log(x/(n-x)), 1
	}
	// Divided through by N⁴, so that large counts do not overflow.
	cross := (xt - allX/allN*nt) / allN
	spread := ntt/allN - (nt/allN)*(nt/allN)
	rate := allX / allN
	chi := allN * cross * cross / (rate * (1 - rate) * spread)
	if !finite(chi) {
		return Trend{}, fmt.Errorf("trend of %g in %g: %w", allX, allN, ErrNotFinite)
	}
	return trendOf(chi, logits, years[0].Year), nil
}

// MeasuredTrend tests the five latest years of a series of figures with 95%
// intervals for a trend, by the slope of a line weighted by their precision.
// With t from 1 to 5, intervals from L to U, w = 1/((U-L)/3.92)² and
// D = ΣwΣwt²-(Σwt)²:
//
//	b = (ΣwΣwyt-ΣwtΣwy)/D    χ² = b²D/Σw
//
// There is a direction when χ² exceeds its 99.8% point and b has one sign over
// all five years and over each four of them.
//
// It fails with a SeriesRefusal when the years do not allow the test, with
// ErrNotFinite, or with ErrSpread when an interval has no width.
//
// Source: as ProportionTrend, its test for figures other than proportions.
func MeasuredTrend(series []MeasuredYear) (Trend, error) {
	years, err := unbroken(series)
	if err != nil {
		return Trend{}, fmt.Errorf("trend of %d figures: %w", len(series), err)
	}
	years = years[len(years)-shortest:]
	figures := line{values: make([]float64, shortest), weights: make([]float64, shortest)}
	for i, y := range years {
		deviation := (y.Upper - y.Lower) / 3.92
		switch {
		case !finite(y.Value) || !finite(deviation):
			return Trend{}, fmt.Errorf("trend, %d: %w", y.Year, ErrNotFinite)
		case deviation <= 0:
			return Trend{}, fmt.Errorf("trend, %d, %g to %g: %w", y.Year, y.Lower, y.Upper, ErrSpread)
		}
		figures.values[i], figures.weights[i] = y.Value, 1/(deviation*deviation)
	}
	slope, precision := figures.slope(-1)
	chi := slope * slope * precision
	if !finite(chi) {
		return Trend{}, fmt.Errorf("trend of %d figures: %w", len(series), ErrNotFinite)
	}
	return trendOf(chi, figures, years[0].Year), nil
}

// trendOf puts χ² and the signs of the slopes of a line together.
func trendOf(chi float64, l line, first int) Trend {
	trend := Trend{Direction: TrendNone, ChiSquared: chi, First: first, Last: first + len(l.values) - 1}
	rising, falling := 0, 0
	for without := -1; without < len(l.values); without++ {
		switch slope, _ := l.slope(without); {
		case slope > 0:
			rising++
		case slope < 0:
			falling++
		}
	}
	z := Confidence998.Z()
	if fits := len(l.values) + 1; chi > z*z {
		switch fits {
		case rising:
			trend.Direction = TrendRising
		case falling:
			trend.Direction = TrendFalling
		}
	}
	return trend
}

// line is a weighted straight line through values at 0, 1, 2 and so on.
type line struct {
	values, weights []float64
}

// slope is the slope of the line by weighted least squares with one value left
// out (-1 for none), and its precision where the weights are 1/variance.
func (l line) slope(without int) (slope, precision float64) {
	var w, wt, wy float64
	for i, weight := range l.weights {
		if i != without {
			w, wt, wy = w+weight, wt+weight*float64(i), wy+weight*l.values[i]
		}
	}
	var products float64
	for i, weight := range l.weights {
		if i != without {
			t := float64(i) - wt/w
			precision += weight * t * t
			products += weight * t * (l.values[i] - wy/w)
		}
	}
	return products / precision, precision
}
