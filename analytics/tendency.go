package analytics

import (
	"errors"
	"slices"

	"yardstick/analytics/stats"
)

// TrendMethod is how a published statistic was tested for a trend.
type TrendMethod string

// The methods, the first that all years allow. TrendByCounts is the test of Cochran and Armitage of the children counted;
// TrendByIntervals weighs a straight line by the intervals that the source printed; TrendBySpread does so by how far the
// series' own unbroken years lie from a steady change.
const (
	TrendByCounts    TrendMethod = "counts"
	TrendByIntervals TrendMethod = "intervals"
	TrendBySpread    TrendMethod = "spread"
)

// TrendRefusal is why no trend can be calculated of a published statistic; empty where one can.
type TrendRefusal string

// The refusals.
const (
	TrendNotYearly TrendRefusal = "not_yearly"  // its periods are no years
	TrendTooShort  TrendRefusal = "too_short"   // it has fewer than five figures
	TrendBroken    TrendRefusal = "broken"      // its years do not reach five without a gap up to the newest
	TrendAnomalous TrendRefusal = "anomalous"   // they would, were none of them anomalous
	TrendAllOrNone TrendRefusal = "all_or_none" // in one of the years all children or none were counted
	TrendNoSpread  TrendRefusal = "no_spread"   // nothing shows how much chance is in its figures
	TrendUnusable  TrendRefusal = "unusable"    // a figure is none that the method can be given

	TrendOtherAreas TrendRefusal = "other_areas" // of results of inspections: each year's are of other areas
)

// Tendency is where a published statistic of one place is going. Either Refusal says why that cannot be calculated, and the
// rest is empty; or Direction is the answer of the method over the five years from First to Last, the newest unbroken ones.
// stats.TrendNone means that chance may explain what is seen, not that nothing changed.
type Tendency struct {
	Direction stats.TrendDirection
	Method    TrendMethod
	First     Observation
	Last      Observation
	Refusal   TrendRefusal
}

// Worse says whether a tendency goes the way that is not better; false also where neither way is.
func (t Tendency) Worse(i Indicator) bool {
	return t.Direction == stats.TrendRising && i.Better == BetterLow || t.Direction == stats.TrendFalling && i.Better == BetterHigh
}

// tested is how many years a trend is tested over.
const tested = 5

// Tendency tests the points of one Series of the indicator for a trend. It looks across no gap, and two bases are two series;
// anomalous figures are left out, so that a year of theirs is a gap.
//
// The tests, their level and their sources are those of stats.ProportionTrend, stats.MeasuredTrend and stats.YearlySpread.
func (i Indicator) Tendency(points []Observation) Tendency {
	sound := slices.DeleteFunc(slices.Clone(points), func(o Observation) bool { return o.Flag == FlagAnomalous })
	years := unbroken(sound)
	switch {
	case slices.ContainsFunc(points, func(o Observation) bool { return !yearly(o) }):
		return Tendency{Refusal: TrendNotYearly}
	case len(years) >= tested:
	case len(unbroken(points)) >= tested:
		return Tendency{Refusal: TrendAnomalous}
	case len(points) < tested:
		return Tendency{Refusal: TrendTooShort}
	default:
		return Tendency{Refusal: TrendBroken}
	}
	last := years[len(years)-tested:]
	method, trend, err := i.test(years, last)
	if err != nil {
		return Tendency{Refusal: refusal(err)}
	}
	return Tendency{Direction: trend.Direction, Method: method, First: last[0], Last: last[tested-1]}
}

// test picks the method that the last years allow. The spread is measured over all the unbroken years.
func (i Indicator) test(years, last []Observation) (TrendMethod, stats.Trend, error) {
	var counted []stats.CountedYear
	var measured []stats.MeasuredYear
	for _, o := range last {
		if sample, ok := i.Sample(o); ok {
			counted = append(counted, stats.CountedYear{Period: yearOf(o), Sample: sample})
		}
		if o.Lower != nil && o.Upper != nil {
			measured = append(measured, stats.MeasuredYear{Period: yearOf(o), Value: o.Value, Interval: stats.Interval{Lower: *o.Lower, Upper: *o.Upper}})
		}
	}
	switch tested {
	case len(counted):
		trend, err := stats.ProportionTrend(counted)
		return TrendByCounts, trend, err
	case len(measured):
		trend, err := stats.MeasuredTrend(measured)
		return TrendByIntervals, trend, err
	}
	margin, err := Margin(years)
	if err != nil {
		return TrendBySpread, stats.Trend{}, err
	}
	measured = nil
	for _, o := range last {
		measured = append(measured, stats.MeasuredYear{Period: yearOf(o), Value: o.Value, Interval: stats.Interval{Lower: o.Value - margin, Upper: o.Value + margin}})
	}
	trend, err := stats.MeasuredTrend(measured)
	return TrendBySpread, trend, err
}

// Margin is half the width of a 95% interval of each figure of a series, in its unit: how far the figures of its unbroken years
// up to the newest lie from a steady change. It stands in for the chance in figures that were published without their counts.
// It fails as stats.YearlySpread does.
func Margin(points []Observation) (float64, error) {
	largest := 0.0
	for _, o := range points {
		largest = max(largest, o.Value)
	}
	var plain []stats.PlainYear
	for _, o := range points {
		part := 0.0 // of the largest; where that is 0 all are alike
		if largest > 0 {
			part = o.Value / largest
		}
		plain = append(plain, stats.PlainYear{Period: yearOf(o), Value: part})
	}
	spread, err := stats.YearlySpread(plain)
	if err != nil {
		return 0, err
	}
	margin, err := spread.Margin(stats.Confidence95)
	return margin * largest, err
}

// Sample is the children that a figure counts among those it could have: known where the indicator counts children, each once,
// in a rate whose numerator and denominator are published.
func (i Indicator) Sample(o Observation) (stats.Sample, bool) {
	known := i.Counts == CountsChildren && i.Per() > 0 && o.Numerator != nil && o.Denominator != nil
	if !known || *o.Numerator > *o.Denominator || *o.Denominator <= 0 {
		return stats.Sample{}, false
	}
	return stats.Sample{Successes: *o.Numerator, Cases: *o.Denominator}, true
}

// refusal is the reason of a test that was refused.
func refusal(err error) TrendRefusal {
	switch {
	case errors.Is(err, stats.SeriesAllOrNone):
		return TrendAllOrNone
	case errors.Is(err, stats.SeriesUniform), errors.Is(err, stats.ErrSpread):
		return TrendNoSpread
	}
	return TrendUnusable
}

// unbroken are the latest of some points, which come oldest first: those whose years follow each other up to the newest.
func unbroken(points []Observation) []Observation {
	from := len(points)
	for from > 0 && (from == len(points) || points[from-1].Start.Year() == points[from].Start.Year()-1) {
		from--
	}
	return points[from:]
}

// yearly says whether a figure is of twelve months, or of a day.
func yearly(o Observation) bool {
	months := cycleOf(o).months
	return months == 12 || months == 0
}

func yearOf(o Observation) stats.Period { return stats.Period{Year: o.Start.Year()} }
