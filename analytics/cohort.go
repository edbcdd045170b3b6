package analytics

import (
	"cmp"
	"slices"
	"time"

	"yardstick/analytics/stats"
)

// Cohort is what a benchmark is over: the latest usable result of each area of a group, in one programme, scale and measure,
// that is known to have been published by a day.
type Cohort struct {
	Programme string
	Scale     string
	Measure   string
	Group     GroupKind
	Name      string
	AsOf      *time.Time     // nil for the whole record
	Of        int            // areas the group had on that day
	Without   string         // an area left out of its group; empty for none
	Members   []CohortMember // by area
	Undated   int            // areas left out because dates do not say whether they have a result by then, or which is the newest
}

// CohortMember is an area's result in a cohort, and the cases its inspection read; 0 where the source does not show them.
type CohortMember struct {
	Area   string
	Cases  int
	Result Result
}

// Cohorts are the cohorts behind the benchmarks of a query, one a group and scale, in the order of Benchmarks and with its
// errors.
func (s *Snapshot) Cohorts(q BenchmarkQuery) ([]Cohort, error) {
	groups, err := s.checked(q)
	if err != nil {
		return nil, err
	}
	var out []Cohort
	for _, g := range groups {
		byScale := make(map[string]*Cohort)
		for _, area := range s.areas {
			if !s.has(g, area) || q.Without && area.ID == q.Of || g.ofPlaces() && q.AsOf == nil && !area.Current {
				continue
			}
			s.join(byScale, area.ID, q)
		}
		for scale, c := range byScale {
			if len(c.Members) == 0 {
				continue
			}
			c.Programme, c.Scale, c.Measure, c.Group, c.Name, c.AsOf = q.Programme, scale, q.Measure, g.kind, g.name, q.AsOf
			if q.Without {
				c.Without = q.Of
			}
			c.Of = s.sizeOf(g, c.Without, q.AsOf)
			slices.SortFunc(c.Members, func(a, b CohortMember) int { return cmp.Compare(a.Area, b.Area) })
			out = append(out, *c)
		}
	}
	slices.SortFunc(out, func(a, b Cohort) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(b.Scale, a.Scale))
	})
	return out, nil
}

// Over is the one of the cohorts that a benchmark is over; one without members where none is.
func (b Benchmark) Over(cohorts []Cohort) Cohort {
	for _, c := range cohorts {
		if c.Group == b.Group && c.Name == b.Name && c.Scale == b.Scale && c.Measure == b.Measure && c.Programme == b.Programme {
			return c
		}
	}
	return Cohort{}
}

// join adds an area to the cohort of each scale that it has a usable result on, or counts it as undated. Its newest result of
// those surely published by the day joins. Where two may be the newest, or one may or may not have been published, none does.
func (s *Snapshot) join(cohorts map[string]*Cohort, area string, q BenchmarkQuery) {
	published := make(map[string][]Inspection)
	for _, i := range s.byArea[area] {
		r, ok := i.Result(q.Measure)
		if i.Programme != q.Programme || !ok || !s.usable(r) || q.AsOf != nil && i.Earliest.After(*q.AsOf) {
			continue
		}
		if cohorts[r.Scale] == nil {
			cohorts[r.Scale] = &Cohort{}
		}
		if _, ok := published[r.Scale]; !ok {
			published[r.Scale] = nil
		}
		if q.AsOf == nil || !i.Latest.After(*q.AsOf) {
			published[r.Scale] = append(published[r.Scale], i)
		}
	}
	for scale, inspections := range published {
		newest, known := Newest(inspections)
		if !known {
			cohorts[scale].Undated++
			continue
		}
		r, _ := newest[0].Result(q.Measure)
		c := cohorts[scale]
		c.Members = append(c.Members, CohortMember{Area: area, Cases: newest[0].Cases, Result: r})
	}
}

// usable says whether a result has a place on its scale (a word of it, or a percentage where that is the scale) and its measure
// is not censored.
func (s *Snapshot) usable(r Result) bool {
	return r.Censored == "" && s.placed(r)
}

// placed says whether a result has a place on its scale: a word of it, or a percentage where that is the scale.
func (s *Snapshot) placed(r Result) bool {
	return s.standingOf(r) > 0 || r.Percent != nil && *r.Percent == 0
}

// standingOf is what orders results of one scale: the place of the word where it has words, else the percentage. 0 for none.
func (s *Snapshot) standingOf(r Result) float64 {
	scale := s.Scale(r.Scale)
	if scale.Kind == ScaleLevels {
		level, _ := scale.Level(r.Rating)
		return float64(level.Position)
	}
	if r.Percent == nil {
		return 0
	}
	return *r.Percent
}

// valueOf is the number that a result is known by, in its scale's unit; nil where it has none.
func (s *Snapshot) valueOf(r Result) *float64 {
	switch s.Scale(r.Scale).Unit {
	case UnitPercent:
		return r.Percent
	case UnitPoints:
		if r.Points != nil {
			points := float64(*r.Points)
			return &points
		}
	}
	return nil
}

// BenchmarkOf sums a cohort up, by the rules of queries/answers/benchmark.sql.
func (s *Snapshot) BenchmarkOf(c Cohort) Benchmark {
	b := Benchmark{Programme: c.Programme, Scale: c.Scale, Measure: c.Measure, Group: c.Group, Name: c.Name, AsOf: c.AsOf,
		N: len(c.Members), Undated: c.Undated, Of: c.Of, Without: c.Without}
	var values []AreaValue
	areas := make(map[int]int)
	for _, m := range c.Members {
		if level, ok := s.Scale(c.Scale).Level(m.Result.Rating); ok {
			areas[level.Position]++
		}
		if value := s.valueOf(m.Result); value != nil {
			values = append(values, AreaValue{m.Area, *value})
		}
	}
	for _, level := range s.Scale(c.Scale).Levels {
		if n := areas[level.Position]; n > 0 {
			b.Levels = append(b.Levels, LevelCount{Position: level.Position, Areas: n})
		}
	}
	b.Summary = Summarise(values, s.Scale(c.Scale).Unit)
	return b
}

// StandingIn is a result's place among a cohort's other areas; nil where the result has no place on its scale, or the cohort
// is of another scale, measure or programme.
func (s *Snapshot) StandingIn(c Cohort, area, programme string, r Result) *Standing {
	if programme != c.Programme || r.Measure != c.Measure || r.Scale != c.Scale || !s.usable(r) {
		return nil
	}
	var out Standing
	for _, m := range c.Members {
		if m.Area == area {
			continue
		}
		switch cmp.Compare(s.standingOf(m.Result), s.standingOf(r)) {
		case 1:
			out.Better++
		case 0:
			out.Same++
		case -1:
			out.Worse++
		}
		out.N++
	}
	return &out
}

// AreaValue is a number of an area.
type AreaValue struct {
	Area  string
	Value float64
}

// Summarise is the spread of areas' numbers, in unit; nil over none. Areas that tie are all listed, in their order.
func Summarise(values []AreaValue, unit Unit) *Summary {
	if len(values) == 0 {
		return nil
	}
	numbers := make([]float64, len(values))
	total := 0.0
	for i, v := range values {
		numbers[i] = v.Value
		total += v.Value
	}
	m := &Summary{Unit: unit, N: len(values), Lowest: slices.Min(numbers), Highest: slices.Max(numbers), Average: total / float64(len(values))}
	for _, v := range values {
		if v.Value == m.Lowest {
			m.LowestAreas = append(m.LowestAreas, v.Area)
		}
		if v.Value == m.Highest {
			m.HighestAreas = append(m.HighestAreas, v.Area)
		}
	}
	if q, err := stats.Quartiles(numbers); err == nil { // checks of the record keep numbers finite
		m.Q1, m.Median, m.Q3 = q.Q1, q.Median, q.Q3
	}
	return m
}
