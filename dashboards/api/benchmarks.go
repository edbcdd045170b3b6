package api

import (
	"time"

	"yardstick/analytics"
	"yardstick/analytics/stats"
)

// Benchmark is a measure over a group of areas: computed from the results held, or as a notice printed it. Numbers
// are in unit: percent 0-100, or points. as_of is null for the whole record, undated results included. n areas have
// a usable result, of the `of` that the group had; undated areas could not be placed before or after as_of. without
// is an area left out of its group. good_share is the share of areas that are good or better. average_interval is of
// the average of all areas of the group, if those without a percentage are missing at random, and average_bounds hold
// whatever their percentages are; both are null where none is missing or they say nothing. sources are the notice's,
// or those of every result that a computed benchmark rests on.
type Benchmark struct {
	Programme    string       `json:"programme"`
	Measure      string       `json:"measure"`
	Scale        string       `json:"scale"`
	Group        string       `json:"group"`
	Name         string       `json:"name"`
	Without      *string      `json:"without"`
	AsOf         *string      `json:"as_of" date:"partial"`
	Kind         string       `json:"kind"`
	Unit         *string      `json:"unit"`
	Lowest       *float64     `json:"lowest"`
	LowestAreas  []string     `json:"lowest_areas"`
	Highest      *float64     `json:"highest"`
	HighestAreas []string     `json:"highest_areas"`
	Average      *float64     `json:"average"`
	Interval     *[2]float64  `json:"average_interval" column:"-"`
	Bounds       *[2]float64  `json:"average_bounds" column:"-"`
	Median       *float64     `json:"median"`
	Q1           *float64     `json:"q1"`
	Q3           *float64     `json:"q3"`
	Levels       []LevelCount `json:"levels" column:"-"`
	MedianLevel  *string      `json:"median_level" column:"-"`
	GoodShare    *Share       `json:"good_share" column:"-"`
	N            *int         `json:"n"`
	Valued       *int         `json:"valued" column:"-"`
	Of           *int         `json:"of"`
	Undated      *int         `json:"undated"`
	Inspection   *string      `json:"inspection"`
	Sources      []string     `json:"sources"`
	Warning      *string      `json:"warning" column:"-"`
}

// Share is how many of n are something, in percent with its 95% interval. bounds hold whatever the areas without a
// result are; null where there are none.
type Share struct {
	Count    int         `json:"count"`
	N        int         `json:"n"`
	Percent  float64     `json:"percent"`
	Interval [2]float64  `json:"interval"`
	Bounds   *[2]float64 `json:"bounds"`
}

// LevelCount is how many areas have a rating.
type LevelCount struct {
	Level string `json:"level"`
	Areas int    `json:"areas"`
}

func benchmarks(r Request) (answer, error) {
	s := r.Snapshot
	q, err := groupParams(r)
	if err != nil {
		return answer{}, err
	}
	q.Programme, q.Measure = r.Query.Get("programme"), r.Query.Get("measure")
	if err := r.required("programme", "measure"); err != nil {
		return answer{}, err
	}
	if q.AsOf, err = asOfParam(r); err != nil {
		return answer{}, err
	}
	found, err := s.Benchmarks(q)
	if err != nil {
		return answer{}, err
	}
	var a answer
	data := []Benchmark{}
	for _, b := range found {
		one := computedOf(s, b)
		for _, m := range b.Members {
			_, result := s.ResultOf(b, m)
			one.Sources = gather(one.Sources, result.Sources...)
		}
		one.Sources = list(one.Sources)
		a.sources = gather(a.sources, one.Sources...)
		data = append(data, one)
	}
	a.censored = censoredOf(s, q.Programme, q.Measure)
	if q.Group == analytics.GroupAll {
		data = append(data, a.printed(s, q)...)
	}
	a.data, a.table = data, tableOf(data)
	return a, nil
}

// groupParams reads which groups are asked for: their kind, the area they are of, whether it is left out, and the
// areas of a list.
func groupParams(r Request) (analytics.BenchmarkQuery, error) {
	q := analytics.BenchmarkQuery{Group: analytics.GroupAll, Of: r.Query.Get("of")}
	if text := r.Query.Get("group"); text != "" {
		group, err := analytics.ParseGroupKind(text)
		if err != nil {
			return q, &analytics.InvalidError{Field: "group", Kind: "group", Value: clip(text)}
		}
		q.Group = group
	}
	switch text := r.Query.Get("without"); {
	case text == "":
	case q.Of == "":
		return q, &analytics.InvalidError{Field: "of", Kind: "required"}
	case text != q.Of:
		return q, &analytics.InvalidError{Field: "without", Kind: "without", Value: clip(text)}
	default:
		q.Without = true
	}
	var err error
	q.Areas, err = r.Snapshot.ListAreas(r.Query.Get("areas"))
	return q, err
}

func computedOf(s *analytics.Snapshot, b analytics.Benchmark) Benchmark {
	out := Benchmark{Programme: b.Programme, Measure: b.Measure, Scale: b.Scale, Group: string(b.Group),
		Name: groupName(s, b.Group, b.Name), Kind: "computed", LowestAreas: []string{}, HighestAreas: []string{},
		Levels: levelCounts(s, b.Scale, b.Levels), N: &b.N, Of: &b.Of, Undated: &b.Undated}
	if b.AsOf != nil {
		out.AsOf = some(b.AsOf.Format(time.DateOnly))
	}
	if b.Without != "" {
		out.Without = &b.Without
	}
	if g := s.GoodShare(b); g != nil {
		out.GoodShare = &Share{
			Count:    g.Count,
			N:        g.Of,
			Percent:  g.Percent,
			Interval: [2]float64{g.Interval.Lower, g.Interval.Upper},
			Bounds:   boundsPair(g.Bounds),
		}
	}
	if whole := s.Whole(b); whole != nil {
		out.Interval, out.Bounds = pair(whole.Interval), boundsPair(whole.Bounds)
	}
	if m := b.Summary; m != nil {
		out.Unit = some(string(m.Unit))
		out.Lowest, out.Highest, out.Average = &m.Lowest, &m.Highest, &m.Average
		out.Median, out.Q1, out.Q3 = &m.Median, &m.Q1, &m.Q3
		out.LowestAreas, out.HighestAreas = m.LowestAreas, m.HighestAreas
		out.Valued = &m.N
	}
	for _, l := range s.Scale(b.Scale).Levels {
		if l.Position == b.MedianPosition() {
			out.MedianLevel = some(l.ID)
		}
	}
	out.Warning = targetedWarning(s, b.Programme)
	return out
}

// levelCounts are how many areas have each word of a scale, lowest first.
func levelCounts(s *analytics.Snapshot, scale string, counted []analytics.LevelCount) []LevelCount {
	out := []LevelCount{}
	for _, l := range s.Scale(scale).Levels {
		n := 0
		for _, c := range counted {
			if c.Position == l.Position {
				n = c.Areas
			}
		}
		out = append(out, LevelCount{Level: l.ID, Areas: n})
	}
	return out
}

// targetedWarning warns of a programme that chose its areas; nil for any other.
func targetedWarning(s *analytics.Snapshot, programme string) *string {
	if p, err := s.Programme(programme); err != nil || p.Sampling != analytics.SamplingTargeted {
		return nil
	}
	return some("areas were chosen for concern: this describes the areas inspected, not the nation or region")
}

// groupName is the name of a nation or region in English, and the id of the area whose family a group is.
func groupName(s *analytics.Snapshot, group analytics.GroupKind, name string) string {
	switch group {
	case analytics.GroupAll:
		return "England and Wales"
	case analytics.GroupFamily, analytics.GroupList:
		return name
	}
	return s.Place(group, name).Name.EN
}

// printed are the benchmarks that notices printed, newest first, those that may have been published by the day asked
// for.
func (a *answer) printed(s *analytics.Snapshot, q analytics.BenchmarkQuery) []Benchmark {
	var out []Benchmark
	for _, i := range s.Inspections() {
		result, ok := i.Result(q.Measure)
		if i.Programme != q.Programme || !ok || result.Printed == nil || q.AsOf != nil && i.Earliest.After(*q.AsOf) {
			continue
		}
		p := result.Printed
		a.sources = gather(a.sources, p.Sources...)
		out = append(out, Benchmark{Programme: q.Programme, Measure: q.Measure, Scale: result.Scale, Group: "all",
			Name: "England and Wales", AsOf: some(i.Published.String()), Kind: "published",
			Unit:   some(string(analytics.UnitPercent)),
			Lowest: p.Lowest, Highest: p.Highest, Average: p.Average, LowestAreas: []string{}, HighestAreas: []string{},
			Levels: []LevelCount{}, Inspection: some(i.ID), Sources: list(p.Sources)})
	}
	return out
}

// boundsPair are bounds as [lower, upper]; nil where there are none.
func boundsPair(b *stats.Bounds) *[2]float64 {
	if b == nil {
		return nil
	}
	return &[2]float64{b.Lower, b.Upper}
}

// pair is an interval as [lower, upper]; nil where there is none.
func pair(i *stats.Interval) *[2]float64 {
	if i == nil {
		return nil
	}
	return &[2]float64{i.Lower, i.Upper}
}
