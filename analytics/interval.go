package analytics

import (
	"context"
	"fmt"

	"yardstick/analytics/stats"
)

// IntervalKind is how the interval of a figure was made.
type IntervalKind string

// The kinds. All are at 95%. An outer limit is none of the others: it holds every interval that the figure could have.
const (
	IntervalPublished   IntervalKind = "published"   // its source printed it
	IntervalWilson      IntervalKind = "wilson"      // of a percentage with its counts
	IntervalExact       IntervalKind = "exact"       // of a count below ten, or a rate of one
	IntervalByar        IntervalKind = "byar"        // of a count from ten, or a rate of one
	IntervalApproximate IntervalKind = "approximate" // of a rate, with its count worked out from a population
	IntervalOuter       IntervalKind = "outer_limit" // of the smallest cohort that could print a percentage
)

// FigureInterval is the 95% interval of a figure in its unit, with its kind. AtLeast is the number of the smallest
// cohort that could print the figure, for an outer limit, and 0 otherwise. It is no size of a cohort.
type FigureInterval struct {
	stats.Interval
	Kind    IntervalKind
	AtLeast int
}

// leastShown is the smallest cohort of which an outer limit is given: of a smaller one it says next to nothing, and
// so small a number of children is not published.
const leastShown = 10

// Interval returns the interval of a figure of the indicator: the one its source printed, Wilson's, that of its
// count, or the outer limit. It is nil where none can be given. A stock has none: it is no count of what happened by
// chance.
func (i Indicator) Interval(o Observation) *FigureInterval {
	if o.Lower != nil && o.Upper != nil {
		return &FigureInterval{Interval: stats.Interval{Lower: *o.Lower, Upper: *o.Upper}, Kind: IntervalPublished}
	}
	if i.Unit == string(UnitPercent) {
		return i.percentInterval(o)
	}
	c, ok := i.Count(o)
	if !ok {
		return nil
	}
	interval, err := stats.CountInterval(c.Count, stats.Confidence95)
	if err != nil {
		return nil // the record's checks rule out counts below zero
	}
	out := FigureInterval{Interval: interval, Kind: IntervalByar}
	switch {
	case c.Approximate:
		out.Kind = IntervalApproximate
	case c.Count < stats.ByarFrom:
		out.Kind = IntervalExact
	}
	if per := i.Per(); per > 0 {
		out.Lower, out.Upper = per*out.Lower/c.Of, per*out.Upper/c.Of
	}
	return &out
}

func (i Indicator) percentInterval(o Observation) *FigureInterval {
	if sample, ok := i.Sample(o); ok {
		w, err := stats.Wilson(sample.Successes, sample.Cases, stats.Confidence95)
		if err != nil {
			return nil // the record's checks rule out more than the whole
		}
		return &FigureInterval{Interval: stats.Interval{Lower: 100 * w.Lower, Upper: 100 * w.Upper},
			Kind: IntervalWilson}
	}
	if i.Counts != CountsChildren {
		return nil
	}
	limit, err := stats.LimitByCohort(o.Value, stats.Decimals(o.Value), stats.Confidence95)
	if err != nil || limit.AtLeast < leastShown {
		return nil
	}
	return &FigureInterval{Interval: stats.Interval{Lower: 100 * limit.Lower, Upper: 100 * limit.Upper},
		Kind:    IntervalOuter,
		AtLeast: limit.AtLeast}
}

// Count is how many a figure counts, and of how many; Of is 1 where the figure is the count itself. An approximate
// one is the published rate times a population that the rate may not rest on, so it is seldom whole.
type Count struct {
	Count, Of   float64
	Approximate bool
}

// Count returns the count behind a figure of the indicator, false where it is not known. A stock has none.
func (i Indicator) Count(o Observation) (Count, bool) {
	per := i.Per()
	switch {
	case i.Counts == CountsStock || o.Value < 0:
	case i.Unit == "count":
		return Count{Count: o.Value, Of: 1}, true
	case per == 0:
	case o.Numerator != nil && o.Denominator != nil && *o.Denominator > 0:
		return Count{Count: *o.Numerator, Of: *o.Denominator}, true
	case o.Numerator != nil && *o.Numerator > 0 && o.Value > 0:
		return Count{Count: *o.Numerator, Of: *o.Numerator * per / o.Value}, true
	case o.Population > 0:
		return Count{Count: o.Value * o.Population / per, Of: o.Population, Approximate: true}, true
	}
	return Count{}, false
}

// IntervalKinds are the kinds of interval that figures of an indicator have.
func (s *Snapshot) IntervalKinds(indicator string) (map[IntervalKind]bool, error) {
	shapes, err := s.reader.Shapes(context.Background(), indicator)
	if err != nil {
		return nil, fmt.Errorf("intervals of %s: %w", indicator, err)
	}
	kinds := make(map[IntervalKind]bool)
	for _, o := range shapes {
		if i := s.Indicator(indicator).Interval(o); i != nil {
			kinds[i.Kind] = true
		}
	}
	return kinds, nil
}
