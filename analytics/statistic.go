package analytics

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"yardstick/analytics/stats"
)

// Statistic is one indicator of the areas in one period, on one basis: what may be set side by side.
type Statistic struct {
	Indicator Indicator
	Basis     string
	Start     time.Time
	End       time.Time
	Period    Observation // one of the figures, for the words of the period
	Members   []StatisticMember
}

// StatisticMember is an area's figure: that of its own ground, or of its only published authority.
type StatisticMember struct {
	Area   string
	Series Series // the one it is of
	Observation
}

// leastAreas is how few areas a period is offered for.
const leastAreas = 10

// Statistics are an indicator's periods that at least ten current areas have a figure of, the newest first: on one
// day's end, the one of most areas. An area whose authorities publish rates apart has none: they are not to be added
// up or averaged. They have no Members until ReadMembers, and of Period only what says which it is.
func (s *Snapshot) Statistics(indicator string) ([]Statistic, error) {
	periods, err := s.periodsOf(indicator)
	if err != nil {
		return nil, err
	}
	kind := s.Indicator(indicator)
	var out []Statistic
	for _, p := range slices.SortedStableFunc(slices.Values(periods), mostAreasFirst) {
		if p.Series < leastAreas || len(out) > 0 && out[len(out)-1].End.Equal(p.End) {
			continue
		}
		out = append(out, Statistic{Indicator: kind, Basis: p.Basis, Start: p.Start, End: p.End,
			Period: Observation{Indicator: indicator, Unit: kind.Unit, Start: p.Start, End: p.End, Basis: p.Basis}})
	}
	return out, nil
}

// mostAreasFirst puts the newest period first, and of one day's end that of most areas.
func mostAreasFirst(a, b Period) int {
	return cmp.Or(b.End.Compare(a.End), cmp.Compare(b.Series, a.Series), cmp.Compare(a.Basis, b.Basis),
		a.Start.Compare(b.Start))
}

// ReadMembers gives a statistic the figures of its areas, by English name of the area.
func (s *Snapshot) ReadMembers(st *Statistic) error {
	own := s.currentSeries(st.Indicator.ID)
	figures, err := s.over(slices.Concat(slices.Collect(maps.Values(own))...), st.Start, st.End)
	if err != nil {
		return err
	}
	st.Members = nil
	for _, a := range s.areas {
		for _, x := range own[a.ID] {
			if o, ok := figures[x.Number]; ok && o.Basis == st.Basis {
				st.Members = append(st.Members, StatisticMember{a.ID, x, o})
			}
		}
	}
	if len(st.Members) > 0 {
		st.Period = st.Members[0].Observation
	}
	return nil
}

// enoughShare is how much of an area's people an authority has to have for its figures to speak for the area. Those
// of Leicestershire, 95% of Leicestershire and Rutland, do; those of Bournemouth, Christchurch and Poole, half of
// Dorset, do not.
const enoughShare = 0.9

// ownSeries are the series that speak for an area: its own, or those of its only published authority, where that has
// nearly all of its people. Series.Share says how many.
func (s *Snapshot) ownSeries(area, indicator string) []Series {
	var own, authority []Series
	partial := false
	for _, series := range s.AreaSeries(area, indicator) {
		switch {
		case series.Of != area:
		case series.Level == LevelArea:
			own = append(own, series)
		case series.Share < enoughShare:
			partial = true
		default:
			authority = append(authority, series)
		}
	}
	if len(own) > 0 {
		return own
	}
	if partial || slices.ContainsFunc(authority, func(x Series) bool { return x.Place != authority[0].Place }) {
		return nil
	}
	return authority
}

// StatisticGroup is a statistic over a group of areas. The average is of the areas' figures, each counting once;
// Published is the group's own figure, if its source gives one.
type StatisticGroup struct {
	Group     GroupKind
	Name      string
	Without   string // an area left out; empty for none
	Of        int    // areas of the group in the period
	Members   []StatisticMember
	Summary   *Summary // nil over none
	Published *Observation
}

// StatisticBy is a statistic over the groups of a query, which says group, area and list, with the errors of
// Benchmarks. Groups without any figure are left out.
func (s *Snapshot) StatisticBy(st Statistic, q BenchmarkQuery) ([]StatisticGroup, error) {
	groups, err := s.groupsOf(q)
	if err != nil {
		return nil, err
	}
	published, err := s.publishedOf(groups, st)
	if err != nil {
		return nil, err
	}
	var out []StatisticGroup
	for n, g := range groups {
		sg := StatisticGroup{Group: g.kind, Name: g.name, Published: published[n]}
		if q.Without {
			sg.Without = q.Of
		}
		sg.Of = s.sizeOf(g, sg.Without, &st.End)
		var values []AreaValue
		for _, m := range st.Members {
			if m.Area != sg.Without && s.has(g, s.areas[s.areaAt[m.Area]]) {
				sg.Members = append(sg.Members, m)
				values = append(values, AreaValue{m.Area, m.Value})
			}
		}
		sg.Of = max(sg.Of, len(sg.Members)) // of today's areas, some stand for ground that was another's in the period
		if sg.Summary = Summarise(values, Unit(st.Indicator.Unit)); sg.Summary != nil {
			out = append(out, sg)
		}
	}
	return out, nil
}

// publishedOf is what a source gives for groups themselves, nil where none does: a region, a nation, or England and
// Wales. Wales is a region and a nation: its figure is published as either.
func (s *Snapshot) publishedOf(groups []group, st Statistic) ([]*Observation, error) {
	of := make([][]Series, len(groups))
	for n, g := range groups {
		places := map[GroupKind][]placeKey{
			GroupRegion: {{LevelRegion, g.name}, {LevelNation, g.name}},
			GroupNation: {{LevelNation, g.name}},
			GroupAll:    {{LevelNation, BothNations}},
		}
		for _, p := range places[g.kind] {
			for _, x := range s.PlaceSeries(p.level, p.place, st.Indicator.ID) {
				if x.Basis == st.Basis {
					of[n] = append(of[n], x)
				}
			}
		}
	}
	figures, err := s.over(slices.Concat(of...), st.Start, st.End)
	if err != nil {
		return nil, err
	}
	out := make([]*Observation, len(groups))
	for n := range groups {
		for _, x := range of[n] {
			if o, ok := figures[x.Number]; ok && out[n] == nil {
				out[n] = &o
			}
		}
	}
	return out, nil
}

// Per is what a unit is per: 100 of a percentage, 1,000 of a rate per 1,000; 0 where it is no rate.
func (i Indicator) Per() float64 {
	switch i.Unit {
	case string(UnitPercent):
		return 100
	case "per_1000":
		return 1000
	case "per_10000":
		return 10_000
	case "per_100000":
		return 100_000
	}
	return 0
}

// Shares are the figures with their counts, and how many areas have a figure without any: an outer limit says
// nothing of how many children there were. Approximate counts are among them and marked. Where a count is larger
// than what it is counted among, as events may be, there is no share.
func (st Statistic) Shares() (known []AreaShare, unknown int) {
	for _, m := range st.Members {
		c, counted := st.Indicator.Count(m.Observation)
		interval := st.Indicator.Interval(m.Observation)
		per := st.Indicator.Per()
		if !counted || interval == nil || per == 0 || c.Count > c.Of {
			unknown++
			continue
		}
		known = append(known, AreaShare{
			Area:        m.Area,
			Sample:      stats.Sample{Successes: c.Count, Cases: c.Of},
			Approximate: c.Approximate,
			Interval:    stats.Interval{Lower: interval.Lower / per, Upper: interval.Upper / per},
			Kind:        interval.Kind,
		})
	}
	return known, unknown
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
	m := &Summary{
		Unit:    unit,
		N:       len(values),
		Lowest:  slices.Min(numbers),
		Highest: slices.Max(numbers),
		Average: total / float64(len(values)),
	}
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
