package analytics

import (
	"cmp"
	"slices"
	"time"

	"yardstick/analytics/stats"
)

// Benchmark is a measure over a group of areas as of a day: the latest result of each area that is known to have
// been published by then.
type Benchmark struct {
	Programme string
	Scale     string
	Measure   string
	Group     GroupKind
	Name      string     // the id of the nation, region or area whose family it is; "all" and "list" for those
	Without   string     // an area of the group that is left out; empty for none
	AsOf      *time.Time // the day it holds from; nil for the whole record
	N         int        // areas with a usable result
	Undated   int        // areas left out because dates do not say whether they have a result by then, or which is the newest
	Of        int        // areas the group had on that day; 0 until a Snapshot fills it
	Summary   *Summary   // nil where the scale has no numbers, or no area's number is known
	Levels    []LevelCount
}

// Summary is the spread of a measure's numbers over N areas. Quartiles are type 7 (linear interpolation).
type Summary struct {
	Unit         Unit
	N            int
	Lowest       float64
	LowestAreas  []string // area ids, every area that ties
	Highest      float64
	HighestAreas []string
	Average      float64
	Q1           float64
	Median       float64
	Q3           float64
}

// LevelCount is how many areas stand at one position of a scale of words.
type LevelCount struct {
	Position int
	Areas    int
}

// MedianPosition is the position of the area in the middle of the order, the lower of two; 0 where there is none.
func (b Benchmark) MedianPosition() int {
	total := 0
	for _, l := range b.Levels {
		total += l.Areas
	}
	seen := 0
	for _, l := range b.Levels {
		seen += l.Areas
		if 2*seen >= total {
			return l.Position
		}
	}
	return 0
}

// GoodShare is the share of areas that stand good or better on their scale, with its 95% Wilson interval; nil where no area
// stands at a word of it. The areas are taken as a sample of what inspections of such areas find.
func (b Benchmark) GoodShare(scale Scale) *Share {
	good, n := 0, 0
	for _, l := range b.Levels {
		n += l.Areas
		if at := slices.IndexFunc(scale.Levels, func(level Level) bool { return level.Position == l.Position }); at >= 0 && scale.Levels[at].GoodOrBetter {
			good += l.Areas
		}
	}
	return shareOf(good, n)
}

// shareOf is a share of n with its 95% Wilson interval, both in percent; nil over none.
func shareOf(x, n int) *Share {
	w, err := stats.Wilson(float64(x), float64(n), stats.Confidence95)
	if err != nil {
		return nil
	}
	return &Share{Count: x, Of: n, Percent: 100 * float64(x) / float64(n), Interval: stats.Interval{Lower: 100 * w.Lower, Upper: 100 * w.Upper}}
}

// Gap says how a printed number of a benchmark lies to the computed one.
type Gap string

// The gaps. A printed number is rounded to a whole percentage.
const (
	GapNone     Gap = "none"     // the same
	GapCoverage Gap = "coverage" // the notice counted areas whose results are not held
	GapHeld     Gap = "held"     // a result held lies beyond the printed end: what is held cannot explain it
	GapUnknown  Gap = ""         // one of the two is missing
)

// Gaps set what a notice printed beside what the results held give as of the same day: of the lowest, average and highest.
// A printed end further out is an area that is not held; one further in leaves out a result that is. An average may differ for
// either reason, and is put down to coverage.
func (p PrintedBenchmark) Gaps(m *Summary) (lowest, average, highest Gap) {
	if m == nil {
		return GapUnknown, GapUnknown, GapUnknown
	}
	const rounding = 0.5
	gap := func(printed *float64, computed float64, beyond func(difference float64) bool) Gap {
		switch {
		case printed == nil:
			return GapUnknown
		case beyond(*printed - computed):
			return GapHeld
		case *printed-computed > rounding || computed-*printed > rounding:
			return GapCoverage
		}
		return GapNone
	}
	lowest = gap(p.Lowest, m.Lowest, func(d float64) bool { return d > rounding })
	average = gap(p.Average, m.Average, func(float64) bool { return false })
	highest = gap(p.Highest, m.Highest, func(d float64) bool { return d < -rounding })
	return lowest, average, highest
}

// BenchmarkQuery asks for a measure over groups. Of narrows nation or region to the one this area lies in; without
// it every nation or region answers. It names the area whose family is asked for. Without leaves it out of its groups: an
// area is not to be compared with itself. Areas are those of a list. A nil AsOf asks for the whole record.
type BenchmarkQuery struct {
	Programme string
	Measure   string
	Group     GroupKind
	Of        string
	Without   bool
	Areas     []string
	AsOf      *time.Time
}

// Benchmarks answers q: one benchmark a group and scale that has any result known to have been published by the day
// asked for, scales in the order they were used, groups by name. Unknown ids are *NotFoundErrors; a family without an area, or
// of one that has none, and a list of fewer than two areas or more than MostListed, are *InvalidErrors.
//
// Those of nations, regions and all areas were computed with the release; those of groups that an asker makes up are
// computed here by the same rules.
func (s *Snapshot) Benchmarks(q BenchmarkQuery) ([]Benchmark, error) {
	groups, err := s.checked(q)
	if err != nil {
		return nil, err
	}
	var out []Benchmark
	if q.Group == GroupFamily || q.Group == GroupList || q.Without && q.Of != "" {
		cohorts, err := s.Cohorts(q)
		for _, c := range cohorts {
			out = append(out, s.BenchmarkOf(c))
		}
		return out, err
	}
	for key, series := range s.benchmarks {
		asked := slices.ContainsFunc(groups, func(g group) bool { return groupName(g.kind, g.name) == key.name })
		if key.programme != q.Programme || key.measure != q.Measure || !asked {
			continue
		}
		if b, ok := asOf(series, q.AsOf); ok {
			b.Of = s.groupSize(b.Group, b.Name, q.AsOf)
			out = append(out, b)
		}
	}
	slices.SortFunc(out, func(a, b Benchmark) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(b.Scale, a.Scale))
	})
	return out, nil
}

// checked are the groups of a query whose programme and measure are known.
func (s *Snapshot) checked(q BenchmarkQuery) ([]group, error) {
	if _, err := s.Programme(q.Programme); err != nil {
		return nil, err
	}
	if _, err := s.Measure(q.Programme, q.Measure); err != nil {
		return nil, err
	}
	return s.groupsOf(q)
}

// Benchmark is the one benchmark of a result's own programme, scale and measure over a group named by id; false where
// nothing is known to have been published by then.
func (s *Snapshot) Benchmark(programme string, r Result, group GroupKind, name string, day *time.Time) (Benchmark, bool) {
	b, ok := asOf(s.benchmarks[benchmarkKey{programme, r.Measure, r.Scale, groupName(group, name)}], day)
	b.Of = s.groupSize(group, name, day)
	return b, ok
}

// asOf picks the benchmark that holds on a day from a series by day, whose last entry is the whole record.
func asOf(series []Benchmark, day *time.Time) (Benchmark, bool) {
	if len(series) == 0 {
		return Benchmark{}, false
	}
	if day == nil {
		last := series[len(series)-1]
		return last, last.AsOf == nil
	}
	dated := series
	if dated[len(dated)-1].AsOf == nil {
		dated = dated[:len(dated)-1]
	}
	after, _ := slices.BinarySearchFunc(dated, *day, func(b Benchmark, day time.Time) int {
		if b.AsOf.After(day) {
			return 1
		}
		return -1
	})
	if after == 0 {
		return Benchmark{}, false
	}
	held := dated[after-1]
	held.AsOf = day
	return held, true
}
