package fake

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/stats"
)

// benchmarks are computed for every cohort and group: as of each day that some date of a result may mean, and for the
// whole record. A day on which no result is sure to have been published has none.
func benchmarks(cohorts map[cohort][]usable, groups []group) []analytics.Benchmark {
	var out []analytics.Benchmark
	for c, results := range cohorts {
		for _, g := range groups {
			byArea := make(map[string][]usable)
			for _, u := range results {
				if _, member := g.members[u.area]; member {
					byArea[u.area] = append(byArea[u.area], u)
				}
			}
			for _, day := range steps(byArea) {
				counted := byArea
				if day == nil { // the areas there are today
					counted = maps.Clone(byArea)
					maps.DeleteFunc(counted, func(area string, _ []usable) bool { return !g.members[area].Current })
				}
				held, undated := heldOn(counted, day)
				if len(held) > 0 {
					out = append(out, summarise(c, g, day, held, undated))
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b analytics.Benchmark) int {
		return cmp.Or(cmp.Compare(a.Programme, b.Programme), cmp.Compare(a.Scale, b.Scale),
			cmp.Compare(a.Measure, b.Measure), cmp.Compare(a.Group, b.Group), cmp.Compare(a.Name, b.Name),
			compareDays(a.AsOf, b.AsOf))
	})
	return out
}

// compareDays orders days, the earliest first and nil, the whole record, last.
func compareDays(a, b *time.Time) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return a.Compare(*b)
}

// steps are the days on which the answer may change, each once, and nil for the whole record.
func steps(byArea map[string][]usable) []*time.Time {
	days := make(map[time.Time]bool)
	for _, results := range byArea {
		for _, u := range results {
			days[u.earliest] = true
			days[u.latest] = true
		}
	}
	out := []*time.Time{nil}
	for day := range days {
		out = append(out, &day)
	}
	return out
}

// heldOn is the newest result of each area among those that are sure to have been published by day (all where day is nil),
// by area; and how many areas have a result that may have been, and none that is sure to be the newest.
func heldOn(byArea map[string][]usable, day *time.Time) (held []usable, undated int) {
	for _, area := range slices.Sorted(maps.Keys(byArea)) {
		var published []usable
		possible := false
		for _, u := range byArea[area] {
			possible = possible || day == nil || u.possible(*day)
			if day == nil || u.certain(*day) {
				published = append(published, u)
			}
		}
		switch last := newest(published); {
		case len(last) == 1:
			held = append(held, last[0])
		case possible:
			undated++
		}
	}
	return held, undated
}

func summarise(c cohort, g group, day *time.Time, held []usable, undated int) analytics.Benchmark {
	b := analytics.Benchmark{Programme: c.programme, Scale: c.scale, Measure: c.measure, Group: g.kind, Name: g.name,
		AsOf: day, N: len(held), Undated: undated, Summary: spread(held)}
	areas := make(map[int]int)
	for _, u := range held {
		if u.position > 0 {
			areas[u.position]++
		}
	}
	for _, position := range slices.Sorted(maps.Keys(areas)) {
		b.Levels = append(b.Levels, analytics.LevelCount{Position: position, Areas: areas[position]})
	}
	return b
}

// spread is over the results with a number; nil where none has one.
func spread(held []usable) *analytics.Summary {
	var values []float64
	for _, u := range held {
		if u.value != nil {
			values = append(values, *u.value)
		}
	}
	if len(values) == 0 {
		return nil
	}
	s := &analytics.Summary{Unit: held[0].unit, N: len(values), Lowest: slices.Min(values), Highest: slices.Max(values)}
	total := 0.0
	for _, x := range values {
		total += x
	}
	s.Average = total / float64(len(values))
	for _, u := range held {
		if u.value != nil && *u.value == s.Lowest {
			s.LowestAreas = append(s.LowestAreas, u.area)
		}
		if u.value != nil && *u.value == s.Highest {
			s.HighestAreas = append(s.HighestAreas, u.area)
		}
	}
	if q, err := stats.Quartiles(values); err == nil { // values are finite: csv.go read them and checks bound them
		s.Q1, s.Median, s.Q3 = q.Q1, q.Median, q.Q3
	}
	return s
}
