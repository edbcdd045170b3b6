package analytics

import (
	"slices"
	"time"

	"yardstick/analytics/stats"
)

// Share is how many of n have a property, and the same in percent.
type Share struct {
	Count    int
	Of       int
	Percent  float64
	Interval stats.Interval // 95%, in percent; see GoodShare
	// Bounds hold whatever the areas of the group were rated that have no result; nil where none is missing. They are
	// no interval.
	Bounds *stats.Bounds
}

// GoodShare is the share of areas that stand good or better on their scale; nil where no area is at a word of it.
// A programme that inspects every area is a census: the interval is of the share of all areas of the group, if those
// without a result are missing at random (stats.CensusShare). Otherwise it is Wilson's, of what inspections of such
// areas find.
func (s *Snapshot) GoodShare(b Benchmark) *Share {
	scale := s.Scale(b.Scale)
	good, n := 0, 0
	for _, l := range b.Levels {
		n += l.Areas
		at := slices.IndexFunc(scale.Levels, func(level Level) bool { return level.Position == l.Position })
		if at >= 0 && scale.Levels[at].GoodOrBetter {
			good += l.Areas
		}
	}
	share := shareOf(good, n)
	if share == nil {
		return nil
	}
	if bounds, err := stats.ShareBounds(good, b.Of-n, b.Of); err == nil && n < b.Of {
		share.Bounds = &stats.Bounds{Lower: 100 * bounds.Lower, Upper: 100 * bounds.Upper}
	}
	if s.census(b) {
		interval, err := stats.CensusShare(float64(good), float64(n), float64(b.Of), stats.Confidence95)
		if err == nil {
			share.Interval = stats.Interval{Lower: 100 * interval.Lower, Upper: 100 * interval.Upper}
		}
	}
	return share
}

// Whole is what the results of some areas of a group let be said of the average of all.
type Whole struct {
	// Bounds hold whatever the missing areas' percentages are; nil where none is missing. They are no interval.
	Bounds *stats.Bounds
	// Interval is 95% if the missing areas are missing at random (stats.CensusMean). It is nil for fewer than two
	// areas and outside a census.
	Interval *stats.Interval
}

// Whole bounds the average percentage of all areas of a benchmark's group; nil where it has no percentages.
func (s *Snapshot) Whole(b Benchmark) *Whole {
	m := b.Summary
	if m == nil || m.Unit != UnitPercent || b.Of < m.N {
		return nil
	}
	var out Whole
	if b.Of > m.N {
		bounds, err := stats.MeanBounds(m.Average*float64(m.N), m.N, b.Of-m.N, 0, 100)
		if err == nil {
			out.Bounds = &bounds
		}
	}
	if s.census(b) {
		interval, err := stats.CensusMean(m.Average, m.Deviation, m.N, b.Of, stats.Confidence95)
		if err == nil {
			out.Interval = &stats.Interval{Lower: max(interval.Lower, 0), Upper: min(interval.Upper, 100)}
		}
	}
	return &out
}

// census says whether a benchmark's programme inspects every area there is.
func (s *Snapshot) census(b Benchmark) bool {
	p, err := s.Programme(b.Programme)
	return err == nil && p.Sampling == SamplingCensus
}

// shareOf is a share of n with its 95% Wilson interval, both in percent; nil over none.
func shareOf(x, n int) *Share {
	w, err := stats.Wilson(float64(x), float64(n), stats.Confidence95)
	if err != nil {
		return nil
	}
	return &Share{
		Count:    x,
		Of:       n,
		Percent:  100 * float64(x) / float64(n),
		Interval: stats.Interval{Lower: 100 * w.Lower, Upper: 100 * w.Upper},
	}
}

// Bias is how far the areas we have lie from all that had been inspected, as a notice's printed average shows it.
type Bias struct {
	Inspection string    // whose notice it is
	Printed    float64   // the average that the notice printed, in percent
	Computed   Benchmark // over all areas, as of the last day that the inspection may have been published on
	Points     float64   // computed average less printed average, in percentage points
}

// Biases compares every average of a measure that a notice printed with the one computed as of the same day, newest
// first.
func (s *Snapshot) Biases(programme, measure string) ([]Bias, error) {
	var out []Bias
	var scales []string
	var days []time.Time
	for _, i := range s.inspections {
		r, ok := i.Result(measure)
		if i.Programme == programme && ok && r.Printed != nil && r.Printed.Average != nil {
			out = append(out, Bias{Inspection: i.ID, Printed: *r.Printed.Average})
			days, scales = append(days, i.Latest), append(scales, r.Scale)
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	found, err := s.BenchmarksOn(programme, measure, days)
	if err != nil {
		return nil, err
	}
	compared := out[:0]
	for n, bias := range out {
		at := slices.IndexFunc(found, func(b Benchmark) bool { return b.Asked == n && b.Scale == scales[n] })
		if at < 0 || found[at].Summary == nil {
			continue
		}
		bias.Computed = found[at]
		bias.Points = found[at].Summary.Average - bias.Printed
		compared = append(compared, bias)
	}
	return compared, nil
}
