package analytics

import (
	"cmp"
	"slices"

	"yardstick/analytics/stats"
)

// MapQuery says what a map of areas shows: one measure of one programme on one of its scales, or one statistic. The
// zero value asks for what is held of most areas. Without a Measure it is the programme's first, without a Scale the
// newest one used.
type MapQuery struct {
	Programme string
	Measure   string
	Scale     string
	Indicator string
}

// AreaMap is one thing said of every current area: results on one scale, or figures of one period and basis. Never two.
type AreaMap struct {
	MapQuery             // what is shown, filled in
	Scales   []string    // the scales of which the measure has results, oldest first
	Period   Observation // of a statistic: any of its figures, for unit, basis and period
	Classes  []MapClass  // lowest first
	Areas    []MapArea   // every current area, by English name
	Held     int         // areas that have a class
}

// MapClass is what areas of one colour have in common: a word of the scale, or figures from Lowest to Highest, in
// the unit of the scale or statistic. A class by figures alone is a quarter of the areas, or near it where figures
// are equal.
type MapClass struct {
	Word         string // a level of the scale or an improvement comment; empty for a quarter
	Lowest       *float64
	Highest      *float64
	Areas        int
	GoodOrBetter bool
}

// MapAbsence says why an area has no class.
type MapAbsence string

// The reasons why an area has no class. None of them says that nothing exists: the record is what was found.
const (
	MapNotHeld     MapAbsence = "not_held"     // no inspection under the programme is held
	MapBefore      MapAbsence = "before"       // one is held of an area that this one took over, none of its own
	MapCensored    MapAbsence = "censored"     // a result was read, of a measure that is censored: none is coloured by it
	MapUnordered   MapAbsence = "unordered"    // two results may be the newest
	MapNoResult    MapAbsence = "no_result"    // an inspection is held, without a result of the measure on the scale
	MapUnpublished MapAbsence = "unpublished"  // the statistic is not published of the area's own ground
	MapOtherPeriod MapAbsence = "other_period" // it is, and not for the period shown
)

// MapArea is an area with what the map says of it. Class counts from 1; it is 0 where Absence says why.
type MapArea struct {
	Area        Area
	Class       int
	Absence     MapAbsence
	Inspection  *Inspection  // of the Result; the newest in the programme where there is none
	Result      *Result      // nil on a map of a statistic; set and without a class where the measure is censored
	Observation *Observation // nil on a map of results
	Share       float64      // how much of the area's people the Observation is of; 0 on a map of results
}

// Map answers q. Unknown ids are *NotFoundErrors, an unknown scale or statistic an *InvalidError naming its parameter.
func (s *Snapshot) Map(q MapQuery) (AreaMap, error) {
	if q.Indicator != "" {
		if q.Programme != "" || q.Measure != "" || q.Scale != "" {
			return AreaMap{}, &InvalidError{Field: "indicator", Kind: "one_subject"}
		}
		if !slices.Contains(s.indicators, q.Indicator) {
			return AreaMap{}, &InvalidError{Field: "indicator", Kind: "indicator", Value: q.Indicator}
		}
		return s.indicatorMap(q)
	}
	if q.Programme == "" {
		if q.Measure != "" || q.Scale != "" {
			return AreaMap{}, &InvalidError{Field: "programme", Kind: "required"}
		}
		q.Programme = s.WidestProgramme()
	}
	if _, err := s.Programme(q.Programme); err != nil {
		return AreaMap{}, err
	}
	if q.Measure == "" {
		if len(s.measures[q.Programme]) == 0 {
			return AreaMap{}, &InvalidError{Field: "programme", Kind: "programme_without_results", Value: q.Programme}
		}
		q.Measure = s.measures[q.Programme][0].ID
	}
	if _, err := s.Measure(q.Programme, q.Measure); err != nil {
		return AreaMap{}, err
	}
	return s.resultMap(q)
}

// WidestProgramme returns the one under which most current areas have a result of its first measure, the newest of
// several; empty where none has a measure.
func (s *Snapshot) WidestProgramme() string {
	widest, most := "", -1
	for _, p := range s.programmes {
		if len(s.measures[p.ID]) == 0 {
			continue
		}
		held := 0
		for _, a := range s.areas {
			if a.Current && len(s.newestResults(a.ID, p.ID, s.measures[p.ID][0].ID, "")) == 1 {
				held++
			}
		}
		if held >= most {
			widest, most = p.ID, held
		}
	}
	return widest
}

// mapResult is a result with its inspection.
type mapResult struct {
	inspection Inspection
	result     Result
}

// newestResults are the results of an area's measure on a scale that say something and may be its newest; on any
// scale where that is empty.
func (s *Snapshot) newestResults(area, programme, measure, scale string) []mapResult {
	var of []Inspection
	for _, i := range s.byArea[area] {
		r, ok := i.Result(measure)
		if ok && i.Programme == programme && (r.Known() || r.Comment != "") && (scale == "" || r.Scale == scale) {
			of = append(of, i)
		}
	}
	var out []mapResult
	newest, _ := Newest(of)
	for _, i := range newest {
		r, _ := i.Result(measure)
		out = append(out, mapResult{i, r})
	}
	return out
}

func (s *Snapshot) resultMap(q MapQuery) (AreaMap, error) {
	used := make(map[string]bool)
	for _, i := range s.inspections {
		if r, ok := i.Result(q.Measure); ok && i.Programme == q.Programme && (r.Known() || r.Comment != "") {
			used[r.Scale] = true
		}
	}
	m := AreaMap{MapQuery: q}
	for _, scale := range s.scales {
		if used[scale.ID] {
			m.Scales = append(m.Scales, scale.ID)
		}
	}
	switch {
	case q.Scale == "" && len(m.Scales) > 0:
		m.Scale = m.Scales[len(m.Scales)-1]
	case q.Scale != "" && !slices.Contains(m.Scales, q.Scale):
		return AreaMap{}, &InvalidError{Field: "scale", Kind: "scale", Value: q.Scale}
	}
	for _, a := range s.areas {
		if a.Current {
			m.Areas = append(m.Areas, s.resultOn(m.MapQuery, a))
		}
	}
	m.Classes = s.resultClasses(q.Programme, q.Measure, s.Scale(m.Scale), m.Areas)
	m.count()
	return m, nil
}

func (s *Snapshot) resultOn(q MapQuery, a Area) MapArea {
	out := MapArea{Area: a, Absence: MapNotHeld}
	if found := s.newestResults(a.ID, q.Programme, q.Measure, q.Scale); len(found) > 0 {
		out.Absence, out.Inspection, out.Result = "", &found[0].inspection, &found[0].result
		switch {
		case found[0].result.Censored != "":
			out.Absence = MapCensored
		case len(found) > 1:
			out.Absence, out.Result = MapUnordered, nil
		}
		return out
	}
	under := func(area string) *Inspection {
		for _, i := range s.byArea[area] {
			if i.Programme == q.Programme {
				return &i
			}
		}
		return nil
	}
	if out.Inspection = under(a.ID); out.Inspection != nil {
		out.Absence = MapNoResult
		return out
	}
	for _, before := range a.Predecessors {
		if i := under(before); i != nil {
			out.Absence, out.Inspection = MapBefore, i
			return out
		}
	}
	return out
}

// resultClasses gives each area its class: the word of its result, the band that its percentage lies in, or its
// quarter.
func (s *Snapshot) resultClasses(programme, measure string, scale Scale, areas []MapArea) []MapClass {
	if scale.Kind == ScaleLevels {
		classes := make([]MapClass, len(scale.Levels))
		for n, l := range scale.Levels {
			classes[n] = MapClass{Word: l.ID, GoodOrBetter: l.GoodOrBetter}
		}
		for n := range areas {
			if r := areas[n].Result; r != nil && areas[n].Absence == "" {
				l, _ := scale.Level(r.Rating)
				areas[n].Class = l.Position
			}
		}
		return classes
	}
	var bands []Band
	for _, b := range s.bands {
		if b.Programme == programme && b.Unit == UnitPercent && (b.Measure == "" || b.Measure == measure) {
			bands = append(bands, b)
		}
	}
	if len(bands) == 0 {
		return quarters(areas, func(a MapArea) *float64 {
			if a.Result == nil || a.Absence != "" {
				return nil
			}
			return a.Result.Percent
		})
	}
	slices.SortFunc(bands, func(a, b Band) int { return cmp.Compare(a.Lower, b.Lower) })
	classes := make([]MapClass, len(bands))
	for n, b := range bands {
		classes[n] = MapClass{Word: b.Word, Lowest: &b.Lower, Highest: &b.Upper}
	}
	for n := range areas {
		if r := areas[n].Result; r != nil && areas[n].Absence == "" {
			areas[n].Class = bandOf(bands, *r)
		}
	}
	return classes
}

// bandOf is the place of a result's band, from 1: that of its word, else the last that begins at or below its
// percentage.
func bandOf(bands []Band, r Result) int {
	if at := slices.IndexFunc(bands, func(b Band) bool { return b.Word == r.Comment }); at >= 0 {
		return at + 1
	}
	class := 0
	for n, b := range bands {
		if r.Percent != nil && *r.Percent >= b.Lower {
			class = n + 1
		}
	}
	return class
}

// quarters cuts areas at the quartiles of their figures; equal figures are never cut apart.
func quarters(areas []MapArea, figure func(MapArea) *float64) []MapClass {
	var figures []float64
	for _, a := range areas {
		if f := figure(a); f != nil {
			figures = append(figures, *f)
		}
	}
	cut, err := stats.Quartiles(figures)
	if err != nil {
		return nil // no figures
	}
	classes := make([]MapClass, 4)
	for n := range areas {
		f := figure(areas[n])
		if f == nil {
			continue
		}
		class := 0
		for _, c := range []float64{cut.Q1, cut.Median, cut.Q3} {
			if *f > c {
				class++
			}
		}
		areas[n].Class = class + 1
		c := &classes[class]
		if c.Lowest == nil || *f < *c.Lowest {
			c.Lowest = f
		}
		if c.Highest == nil || *f > *c.Highest {
			c.Highest = f
		}
	}
	return classes
}

// count says how many areas each class has. An area whose result gives it no class has no result to show.
func (m *AreaMap) count() {
	for n := range m.Areas {
		a := &m.Areas[n]
		switch {
		case a.Class > 0:
			m.Held++
			m.Classes[a.Class-1].Areas++
		case a.Result != nil && a.Absence == "":
			a.Absence, a.Result = MapNoResult, nil
		}
	}
}

// AreasOnMap is how many areas a map of an indicator has a figure of.
func (s *Snapshot) AreasOnMap(indicator string) (int, error) {
	periods, err := s.periodsOf(indicator)
	return widestPeriod(periods).Series, err
}

func (s *Snapshot) indicatorMap(q MapQuery) (AreaMap, error) {
	periods, err := s.periodsOf(q.Indicator)
	if err != nil {
		return AreaMap{}, err
	}
	shown := widestPeriod(periods)
	st := Statistic{Indicator: s.Indicator(q.Indicator), Basis: shown.Basis, Start: shown.Start, End: shown.End}
	if err := s.ReadMembers(&st); err != nil {
		return AreaMap{}, err
	}
	m := AreaMap{MapQuery: q}
	members := grouped(st.Members, func(x StatisticMember) string { return x.Area })
	own := s.currentSeries(q.Indicator)
	for _, a := range s.areas {
		if !a.Current {
			continue
		}
		out := MapArea{Area: a}
		switch found := members[a.ID]; {
		case len(found) > 0:
			out.Observation, out.Share, m.Period = &found[0].Observation, found[0].Series.Share, found[0].Observation
		case slices.ContainsFunc(own[a.ID], func(x Series) bool { return x.Sound > 0 }):
			out.Absence = MapOtherPeriod
		default:
			out.Absence = MapUnpublished
		}
		m.Areas = append(m.Areas, out)
	}
	m.Classes = quarters(m.Areas, func(a MapArea) *float64 {
		if a.Observation == nil {
			return nil
		}
		return &a.Observation.Value
	})
	m.count()
	return m, nil
}

// widestPeriod is the newest period that nearly as many areas have a figure of (nine in ten) as any; the zero Period
// where there is none.
func widestPeriod(periods []Period) Period {
	most := 0
	for _, p := range periods {
		most = max(most, p.Series)
	}
	for _, p := range slices.SortedStableFunc(slices.Values(periods), mostAreasFirst) {
		if 10*p.Series >= 9*most {
			return p
		}
	}
	return Period{}
}
