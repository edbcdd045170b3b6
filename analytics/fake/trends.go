package fake

import (
	"cmp"
	"slices"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/stats"
)

func compareCohorts(a, b cohort) int {
	return cmp.Or(cmp.Compare(a.programme, b.programme), cmp.Compare(a.scale, b.scale), cmp.Compare(a.measure, b.measure))
}

// yearSpreads sort every result of a group under the year it was published in, 0 for none, which comes last.
func yearSpreads(inspections []analytics.Inspection, scales []analytics.Scale, cohorts map[cohort][]usable, groups []group) []analytics.YearSpread {
	var out []analytics.YearSpread
	for _, g := range groups {
		type key struct {
			cohort
			year int
		}
		results := make(map[key]int)
		held := make(map[key][]usable)
		for _, i := range inspections {
			if _, member := g.members[i.Area]; !member {
				continue
			}
			for _, r := range i.Results {
				if r.Censored != "" {
					continue
				}
				k := key{cohort{i.Programme, r.Scale, r.Measure}, yearOf(i.Earliest, i.Latest)}
				results[k]++
				for _, u := range cohorts[k.cohort] {
					if u.inspection == i.ID {
						held[k] = append(held[k], u)
					}
				}
			}
		}
		for k, n := range results {
			b := summarise(k.cohort, g, nil, held[k], 0)
			if b.Summary != nil {
				b.Summary.LowestAreas, b.Summary.HighestAreas = nil, nil
			}
			out = append(out, analytics.YearSpread{Programme: k.programme, Scale: k.scale, Measure: k.measure, Group: g.kind, Name: g.name,
				Year: k.year, N: len(held[k]), Unknown: n - len(held[k]), Good: good(held[k], scales), Summary: b.Summary, Levels: b.Levels})
		}
	}
	slices.SortFunc(out, func(a, b analytics.YearSpread) int {
		const last = 10000
		return cmp.Or(compareCohorts(cohort{a.Programme, a.Scale, a.Measure}, cohort{b.Programme, b.Scale, b.Measure}),
			cmp.Compare(a.Group, b.Group), cmp.Compare(a.Name, b.Name), cmp.Compare(cmp.Or(a.Year, last), cmp.Or(b.Year, last)))
	})
	return out
}

// yearOf is the year of a day that lies within bounds; 0 where it may be of two.
func yearOf(earliest, latest time.Time) int {
	if earliest.Year() != latest.Year() {
		return 0
	}
	return earliest.Year()
}

func good(held []usable, scales []analytics.Scale) int {
	n := 0
	for _, u := range held {
		for _, s := range scales {
			for _, l := range s.Levels {
				if s.ID == u.scale && l.Position == u.position && l.GoodOrBetter {
					n++
				}
			}
		}
	}
	return n
}

// movements take each area's first and latest result, where the bounds of their dates say which those are.
func movements(cohorts map[cohort][]usable) []analytics.Movement {
	var out []analytics.Movement
	for c, results := range cohorts {
		byArea := make(map[string][]usable)
		for _, u := range results {
			byArea[u.area] = append(byArea[u.area], u)
		}
		for area, own := range byArea {
			if len(own) < 2 {
				continue
			}
			m := analytics.Movement{Programme: c.programme, Scale: c.scale, Measure: c.measure, Area: area}
			last := newest(own)
			first := slices.DeleteFunc(slices.Clone(own), func(u usable) bool {
				return slices.ContainsFunc(own, func(v usable) bool { return v.inspection != u.inspection && !v.earliest.After(u.latest) })
			})
			if len(last) == 1 && len(first) == 1 {
				m.Earlier, m.Later = first[0].inspection, last[0].inspection
				m.Direction = map[int]analytics.Direction{-1: analytics.DirectionDown, 0: analytics.DirectionSame,
					1: analytics.DirectionUp}[cmp.Compare(last[0].rank(), first[0].rank())]
				if from, to := yearOf(first[0].earliest, first[0].latest), yearOf(last[0].earliest, last[0].latest); from > 0 && to > 0 {
					m.Years = to - from
				}
			}
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b analytics.Movement) int {
		return cmp.Or(compareCohorts(cohort{a.Programme, a.Scale, a.Measure}, cohort{b.Programme, b.Scale, b.Measure}), cmp.Compare(a.Area, b.Area))
	})
	return out
}

func movementCounts(moves []analytics.Movement, groups []group) []analytics.MovementCount {
	var out []analytics.MovementCount
	years := make(map[int][]float64)
	for _, m := range moves {
		for _, g := range groups {
			if _, member := g.members[m.Area]; !member {
				continue
			}
			at := slices.IndexFunc(out, func(c analytics.MovementCount) bool {
				return c.Programme == m.Programme && c.Scale == m.Scale && c.Measure == m.Measure && c.Group == g.kind && c.Name == g.name
			})
			if at < 0 {
				at = len(out)
				out = append(out, analytics.MovementCount{Programme: m.Programme, Scale: m.Scale, Measure: m.Measure, Group: g.kind, Name: g.name})
			}
			switch m.Direction {
			case analytics.DirectionUp:
				out[at].Up++
			case analytics.DirectionSame:
				out[at].Same++
			case analytics.DirectionDown:
				out[at].Down++
			default:
				out[at].Unordered++
				continue
			}
			out[at].Areas++
			years[at] = append(years[at], float64(m.Years))
		}
	}
	for at := range out {
		if q, err := stats.Quartiles(years[at]); err == nil {
			out[at].MedianYears = q.Median
		}
	}
	slices.SortFunc(out, func(a, b analytics.MovementCount) int {
		return cmp.Or(compareCohorts(cohort{a.Programme, a.Scale, a.Measure}, cohort{b.Programme, b.Scale, b.Measure}),
			cmp.Compare(a.Group, b.Group), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// standingMoves pair an area's latest result of a programme with that of its next programme, under each theme.
func standingMoves(r *Reader) []analytics.StandingMove {
	var out []analytics.StandingMove
	for _, theme := range r.themes {
		for _, a := range r.areas {
			var before analytics.Result
			for _, p := range r.programmes {
				now, ok := placedLast(r, theme, a.ID, p.ID)
				if !ok {
					continue
				}
				if before.Inspection != "" {
					out = append(out, analytics.StandingMove{Theme: theme, Area: a.ID,
						Earlier: before.Inspection, EarlierMeasure: before.Measure, EarlierSide: side(before),
						Later: now.Inspection, LaterMeasure: now.Measure, LaterSide: side(now)})
				}
				before = now
			}
		}
	}
	slices.SortStableFunc(out, func(a, b analytics.StandingMove) int {
		return cmp.Or(cmp.Compare(slices.Index(r.themes, a.Theme), slices.Index(r.themes, b.Theme)), cmp.Compare(a.Area, b.Area), cmp.Compare(a.Later, b.Later))
	})
	return out
}

// placedLast is an area's newest result of a programme's primary measure under a theme that stands among others.
func placedLast(r *Reader, theme, area, programme string) (analytics.Result, bool) {
	var all []analytics.Inspection
	placed := make(map[string]analytics.Result)
	for _, m := range r.measures {
		if m.Theme != theme || !m.Primary || m.Programme != programme {
			continue
		}
		for _, i := range r.inspections {
			result, ok := i.Result(m.ID)
			if i.Area == area && i.Programme == programme && ok && result.Standing != nil && result.Standing.N > 0 {
				all = append(all, i)
				placed[i.ID] = result
			}
		}
	}
	newest, known := analytics.Newest(all)
	if !known {
		return analytics.Result{}, false
	}
	return placed[newest[0].ID], true
}

func side(r analytics.Result) analytics.Side {
	return map[int]analytics.Side{-1: analytics.SideBelow, 0: analytics.SideMiddle, 1: analytics.SideAbove}[cmp.Compare(r.Standing.Worse, r.Standing.Better)]
}
