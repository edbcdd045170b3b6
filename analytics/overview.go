package analytics

import (
	"errors"
	"slices"
)

// Beside says how a figure lies to another one of the same period, such as its nation's.
type Beside string

// The ways that a figure may lie. Above and below are by more than chance at 95%. Similar is not to be told apart. The
// last two cannot be told: the outer limits of the figure are too wide, or it has no interval.
const (
	BesideAbove   Beside = "above"
	BesideBelow   Beside = "below"
	BesideSimilar Beside = "similar"
	BesideOuter   Beside = "outer"
	BesideUnknown Beside = "unknown"
)

// Beside compares the interval of a figure of the indicator with another figure, which is taken as fixed. What lies
// beyond an outer limit lies beyond the interval too; what lies within it may or may not.
//
// Source: the rule of the Office for Health Improvement's Fingertips for a benchmark without an interval.
func (i Indicator) Beside(o, other Observation) Beside {
	switch interval := i.Interval(o); {
	case interval == nil:
		return BesideUnknown
	case interval.Kind == IntervalOuter && interval.Contains(other.Value):
		return BesideOuter
	case interval.Lower > other.Value:
		return BesideAbove
	case interval.Upper < other.Value:
		return BesideBelow
	}
	return BesideSimilar
}

// BothNations is the id under which figures of England and Wales together are published.
const BothNations = "england-and-wales"

// nationSeries are the series of an area's nation, and after them those of England and Wales together.
func (s *Snapshot) nationSeries(a Area, indicator string) []Series {
	var out []Series
	for _, place := range []placeKey{{LevelNation, a.Nation}, {LevelRegion, a.Nation}, {LevelNation, BothNations}} {
		out = append(out, s.PlaceSeries(place.level, place.place, indicator)...)
	}
	return out
}

// nationOver returns the figure of an area's nation over the period and on the basis of o, that of England and Wales
// together where its nation has none. ok is false where neither has one.
func (s *Snapshot) nationOver(a Area, o Observation) (nation Observation, ok bool, err error) {
	all := s.nationSeries(a, o.Indicator)
	if err := s.ReadFigures(all); err != nil {
		return Observation{}, false, err
	}
	for _, series := range all {
		if found, ok := series.Over(o.Start, o.End); ok && series.Basis == o.Basis {
			return found, true, nil
		}
	}
	return Observation{}, false, nil
}

// AllAreas is the id under which the figure of all areas together is given, where no nation's is published.
const AllAreas = "all-areas"

// together returns the figure of the areas whose counts behind a figure of a map are known, all of them together: the
// target of their funnel. ok is false where they are too few for one.
func (s *Snapshot) together(m AreaMap) (figure Observation, ok bool, err error) {
	statistics, err := s.Statistics(m.Indicator)
	if err != nil {
		return figure, false, err
	}
	for _, st := range statistics {
		if !st.Start.Equal(m.Period.Start) || !st.End.Equal(m.Period.End) || st.Basis != m.Period.Basis {
			continue
		}
		if err := s.ReadMembers(&st); err != nil {
			return figure, false, err
		}
		shares, _ := st.Shares()
		if funnel, err := FunnelOf(shares); err == nil {
			figure = st.Period
			figure.Place, figure.Level, figure.Value = AllAreas, LevelNation, st.Indicator.Per()*funnel.Target
			return figure, true, nil
		}
	}
	return figure, false, nil
}

// Overview is every present area beside every measure of one programme, or beside the published statistics. Its
// columns are maps, each on a scale or of a period of its own: no two of them may be added up.
type Overview struct {
	Programme string // empty for statistics
	Columns   []AreaMap
	Rows      []OverviewRow // by English name
}

// OverviewRow is an area with a cell for each column. Newer are its inspections under other programmes that are surely
// newer than all of the programme: none for statistics.
type OverviewRow struct {
	Area  Area
	Cells []OverviewCell
	Newer []Inspection
}

// OverviewCell is what the map of its column says of an area. Of a statistic the Observation is of the column's period
// or, where Absence says MapOtherPeriod, the newest of another one. Nation is its nation's figure of the same period,
// nil where there is none to compare with: then Beside is empty.
type OverviewCell struct {
	MapArea
	Nation *Observation
	Beside Beside
}

// Known says whether the cell shows something that has a place in its column's order.
func (c OverviewCell) Known() bool { return c.Class > 0 || c.Observation != nil }

// Value is what cells of one column are put in order by: a figure, a percentage, or the step of a word. ok is false
// where the cell is not known.
func (c OverviewCell) Value() (value float64, ok bool) {
	switch {
	case c.Observation != nil:
		return c.Observation.Value, true
	case c.Class == 0:
		return 0, false
	case c.Result.Percent != nil:
		return *c.Result.Percent, true
	}
	return float64(c.Class), true
}

// leastOfColumn is how few areas a statistic is published of to be a column.
const leastOfColumn = 20

// ProgrammeOverview sets every present area beside each measure of a programme, on the newest scale of its results;
// after those, on the older scales. Unknown ids are *NotFoundErrors, and a programme without measures is an
// *InvalidError.
func (s *Snapshot) ProgrammeOverview(programme string) (Overview, error) {
	if _, err := s.Programme(programme); err != nil {
		return Overview{}, err
	}
	if len(s.measures[programme]) == 0 {
		return Overview{}, &InvalidError{Field: "show", Kind: "programme_without_results", Value: programme}
	}
	o := Overview{Programme: programme}
	var older []AreaMap
	for _, measure := range s.measures[programme] {
		m, err := s.Map(MapQuery{Programme: programme, Measure: measure.ID})
		if err != nil {
			return Overview{}, err
		}
		for _, scale := range m.Scales {
			if scale != m.Scale {
				before, err := s.Map(MapQuery{Programme: programme, Measure: measure.ID, Scale: scale})
				if err != nil {
					return Overview{}, err
				}
				older = append(older, before)
			}
		}
		if len(m.Scales) > 0 {
			o.Columns = append(o.Columns, m)
		}
	}
	o.Columns = append(o.Columns, older...)
	o.fill(func(m AreaMap, a MapArea) OverviewCell { return OverviewCell{MapArea: a} })
	for n := range o.Rows {
		o.Rows[n].Newer = s.newerThan(o.Rows[n].Area.ID, programme)
	}
	return o, nil
}

// newerThan are an area's latest inspections where all are of other programmes; none where one of them may be of this
// one, or the area has none under it.
func (s *Snapshot) newerThan(area, programme string) []Inspection {
	under := func(i Inspection) bool { return i.Programme == programme }
	if latest, _ := s.Latest(area); slices.ContainsFunc(s.byArea[area], under) && !slices.ContainsFunc(latest, under) {
		return latest
	}
	return nil
}

// StatisticsOverview sets every present area beside each published rate that has a better direction, and says how each
// figure lies to that of the area's nation.
func (s *Snapshot) StatisticsOverview() (Overview, error) {
	var o Overview
	all := make(map[string]Observation)
	var own, nations [][]Series
	newest := make(map[[2]string][]Series) // of an area, on an indicator
	for _, id := range s.indicators {
		kind := s.kinds[id]
		if kind.Better == BetterNone || kind.Unit == "count" {
			continue // a count grows with the area, and is not to be set beside a nation's
		}
		m, err := s.Map(MapQuery{Indicator: id})
		if err != nil {
			return Overview{}, err
		}
		if m.Held < leastOfColumn {
			continue
		}
		o.Columns = append(o.Columns, m)
		figure, ok, err := s.together(m)
		if err != nil {
			return Overview{}, err
		}
		if ok {
			all[id] = figure
		}
		for _, a := range m.Areas {
			nations = append(nations, s.nationSeries(a.Area, id))
			if a.Absence == MapOtherPeriod {
				list := s.ownSeries(a.Area.ID, id)
				newest[[2]string{a.Area.ID, id}] = list
				own = append(own, list)
			}
		}
	}
	if err := errors.Join(s.ReadNewest(own...), s.ReadFigures(nations...)); err != nil {
		return Overview{}, err
	}
	var failed error
	o.fill(func(m AreaMap, a MapArea) OverviewCell {
		c := OverviewCell{MapArea: a}
		if a.Absence == MapOtherPeriod {
			c.Observation, c.Share = newestOf(newest[[2]string{a.Area.ID, m.Indicator}])
		}
		if c.Observation == nil {
			return c
		}
		nation, ok, err := s.nationOver(a.Area, *c.Observation)
		failed = errors.Join(failed, err)
		if all, known := all[m.Indicator]; !ok && known && c.Absence == "" {
			nation, ok = all, true
		}
		if ok {
			c.Nation, c.Beside = &nation, s.kinds[m.Indicator].Beside(*c.Observation, nation)
		}
		return c
	})
	return o, failed
}

// newestOf is the newest figure of an area's series, with the share of its people that it is of; nil where there is
// none.
func newestOf(own []Series) (newest *Observation, share float64) {
	for _, series := range own {
		if o, ok := series.Latest(); ok && (newest == nil || o.End.After(newest.End)) {
			newest, share = &o, series.Share
		}
	}
	return newest, share
}

// fill makes the rows of the columns, which all are of the same areas in the same order.
func (o *Overview) fill(cell func(AreaMap, MapArea) OverviewCell) {
	for n, m := range o.Columns {
		for row, a := range m.Areas {
			if n == 0 {
				o.Rows = append(o.Rows, OverviewRow{Area: a.Area})
			}
			o.Rows[row].Cells = append(o.Rows[row].Cells, cell(m, a))
		}
	}
}
