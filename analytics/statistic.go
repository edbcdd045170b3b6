package analytics

import (
	"cmp"
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
// up or averaged.
func (s *Snapshot) Statistics(indicator string) []Statistic { return s.statistics()[indicator] }

func (s *Snapshot) allStatistics() map[string][]Statistic {
	all := make(map[string][]Statistic, len(s.indicators))
	for _, id := range s.indicators {
		if periods := s.statisticsOf(id); len(periods) > 0 {
			all[id] = periods
		}
	}
	return all
}

func (s *Snapshot) statisticsOf(indicator string) []Statistic {
	type period struct {
		basis      string
		start, end time.Time
	}
	byPeriod := make(map[period]*Statistic)
	for _, area := range s.areas {
		if !area.Current {
			continue
		}
		for _, series := range s.ownSeries(area.ID, indicator) {
			for _, o := range series.Points {
				k := period{o.Basis, o.Start, o.End}
				if o.Flag == FlagAnomalous {
					continue
				}
				if byPeriod[k] == nil {
					byPeriod[k] = &Statistic{
						Indicator: s.Indicator(indicator),
						Basis:     o.Basis,
						Start:     o.Start,
						End:       o.End,
						Period:    o,
					}
				}
				byPeriod[k].Members = append(byPeriod[k].Members, StatisticMember{area.ID, series, o})
			}
		}
	}
	var out []Statistic
	for _, st := range byPeriod {
		if len(st.Members) >= leastAreas {
			out = append(out, *st)
		}
	}
	slices.SortFunc(out, func(a, b Statistic) int {
		return cmp.Or(
			b.End.Compare(a.End),
			cmp.Compare(len(b.Members), len(a.Members)),
			cmp.Compare(a.Basis, b.Basis),
			a.Start.Compare(b.Start),
		)
	})
	return slices.CompactFunc(out, func(a, b Statistic) bool { return a.End.Equal(b.End) })
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
	var out []StatisticGroup
	for _, g := range groups {
		sg := StatisticGroup{Group: g.kind, Name: g.name, Published: s.publishedOf(g, st)}
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
		sg.Of = max(
			sg.Of,
			len(sg.Members),
		) // of today's areas, some stand for ground that was another's in the period
		if sg.Summary = Summarise(values, Unit(st.Indicator.Unit)); sg.Summary != nil {
			out = append(out, sg)
		}
	}
	return out, nil
}

// publishedOf is what a source gives for a group itself: a region, a nation, or England and Wales. Wales is a region
// and a nation: its figure is published as either.
func (s *Snapshot) publishedOf(g group, st Statistic) *Observation {
	places := map[GroupKind][]placeKey{
		GroupRegion: {{LevelRegion, g.name}, {LevelNation, g.name}},
		GroupNation: {{LevelNation, g.name}},
		GroupAll:    {{LevelNation, "england-and-wales"}},
	}
	for _, p := range places[g.kind] {
		for _, series := range s.PlaceSeries(p.level, p.place, st.Indicator.ID) {
			if o, ok := series.Over(st.Start, st.End); ok && series.Basis == st.Basis {
				return &o
			}
		}
	}
	return nil
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
		known = append(
			known,
			AreaShare{Area: m.Area, Sample: stats.Sample{Successes: c.Count, Cases: c.Of}, Approximate: c.Approximate,
				Interval: stats.Interval{
					Lower: interval.Lower / per,
					Upper: interval.Upper / per,
				}, Kind: interval.Kind},
		)
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
