package analytics

import (
	"cmp"
	"time"
)

// Coverage is how much of one programme's inspections is held, and of which areas.
type Coverage struct {
	Programme Programme
	Held      int // areas with an inspection in the record; of a census, those that existed at its end
	// areas it meant to cover: what it said itself, else those there were at its end; 0 where it chose areas
	Of        int
	Years     map[int]int    // inspections by year of publication; 0 where that is unknown
	Regions   map[string]int // areas held, by region
	RegionsOf map[string]int // areas each region had then; nil where it chose areas
	// current areas no inspection of which is held, of a predecessor either; nil where it chose areas
	Missing []Area
}

// Coverages are those of all programmes that published results, oldest first.
func (s *Snapshot) Coverages() []Coverage {
	var out []Coverage
	for _, p := range s.programmes {
		if len(s.measures[p.ID]) > 0 {
			out = append(out, s.coverageOf(p))
		}
	}
	return out
}

func (s *Snapshot) coverageOf(p Programme) Coverage {
	c := Coverage{Programme: p, Years: make(map[int]int), Regions: make(map[string]int)}
	held := make(map[string]bool)
	for _, i := range s.inspections {
		if i.Programme == p.ID {
			held[i.Area] = true
			c.Years[i.Published.Year]++
		}
	}
	var end *time.Time // nil while the programme goes on
	if last := p.Ends.Last(); !last.IsZero() {
		end = &last
	}
	chosen := p.Sampling == SamplingTargeted || p.Sampling == SamplingScreening
	for id := range held {
		// of a census those count that existed at its end, as in the number of areas they are of
		if at, ok := s.areaAt[id]; ok && (chosen || s.areas[at].existed(end)) {
			c.Held++
			c.Regions[s.areas[at].Region]++
		}
	}
	if chosen {
		return c
	}
	c.Of = cmp.Or(p.ExpectedAreas, s.groupSize(GroupAll, string(GroupAll), end))
	c.RegionsOf = make(map[string]int)
	for _, place := range s.places {
		if place.Group == GroupRegion {
			c.RegionsOf[place.ID] = s.groupSize(GroupRegion, place.ID, end)
		}
	}
	for _, a := range s.areas {
		if a.Current && !s.heldBy(a, held, make(map[string]bool)) {
			c.Missing = append(c.Missing, a)
		}
	}
	return c
}

// heldBy says whether an area, or one that it came from, is among those held. seen keeps a record whose successions run
// in a circle from doing so here.
func (s *Snapshot) heldBy(a Area, held, seen map[string]bool) bool {
	if held[a.ID] {
		return true
	}
	seen[a.ID] = true
	for _, id := range a.Predecessors {
		if at, ok := s.areaAt[id]; ok && !seen[id] && s.heldBy(s.areas[at], held, seen) {
			return true
		}
	}
	return false
}
