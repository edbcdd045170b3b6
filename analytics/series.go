package analytics

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Series is one published statistic of one place through time: one indicator, basis, kind of period and place. Two
// bases of an indicator are two series, and so are two kinds of period (a year to March and a year to September
// overlap): none is ever joined to another.
type Series struct {
	Indicator string
	Unit      string
	Basis     string // old or new; empty where the indicator has one
	Place     string // id, of its Level
	Level     PlaceLevel
	Name      Name   // of the place; empty where the record has none
	GSS       string // the newest code that its points give; empty where none does
	Of        string // in AreaSeries, the area whose ground the place is of: the one asked for, or a predecessor
	// Share is, in AreaSeries, how much of that area's people the place has: 1 for the area itself, 0 where it is not
	// known.
	Share float64
	// Number names the series within its release: by indicator, level, place and newest figure, from 1.
	Number int
	// Figures are how many figures the record has of it, Sound how many of its Points are not anomalous, and Ends the
	// years in which its periods end.
	Figures int
	Sound   int
	Ends    Years
	// Points are the figures, oldest first, one a period; periods do not overlap, and may have gaps. Anomalous ones are
	// among them: shown, and left out of every computation and line. A Snapshot has none until ReadFigures.
	Points []Observation
	// Others are what further documents give for a period of Points.
	Others []Observation
	// Tendency is where it is going, tested together with its like; zero until ReadTendencies.
	Tendency Tendency
}

// Latest is the newest figure that is not anomalous; false where there is none.
func (s Series) Latest() (Observation, bool) {
	for _, o := range slices.Backward(s.Points) {
		if o.Flag != FlagAnomalous {
			return o, true
		}
	}
	return Observation{}, false
}

// Over is the figure of exactly this period, if there is one that is not anomalous.
func (s Series) Over(start, end time.Time) (Observation, bool) {
	for _, o := range s.Points {
		if o.Start.Equal(start) && o.End.Equal(end) && o.Flag != FlagAnomalous {
			return o, true
		}
	}
	return Observation{}, false
}

// Follows says whether point n begins where the one before it ended: no period between them is missing. Figures of a
// day follow each other from one year to the next.
func (s Series) Follows(n int) bool {
	if n == 0 {
		return false
	}
	before, o := s.Points[n-1], s.Points[n]
	if o.Start.Equal(o.End) {
		return !o.End.After(before.End.AddDate(1, 0, 0))
	}
	return o.Start.Equal(before.End.AddDate(0, 0, 1))
}

// placeKey names a place an observation is of.
type placeKey struct {
	level PlaceLevel
	place string
}

// cycle is what the periods of one series have in common: how many months they last, and the month of the year, counted
// in such lengths, that they end in. Length 0 is a single day.
type cycle struct{ months, end int }

func cycleOf(o Observation) cycle {
	if o.Start.Equal(o.End) {
		return cycle{0, int(o.End.Month())}
	}
	after := o.End.AddDate(0, 0, 1)
	months := 12*(after.Year()-o.Start.Year()) + int(after.Month()) - int(o.Start.Month())
	return cycle{months, int(o.End.Month()) % max(months, 1)}
}

// AreaSeries are the series of an indicator over an area's ground: its own, those of its authorities (by code, or by
// name where the record has no code), and then those of the areas it was made of, since a service that was
// reorganised is often published on its former ground. Nothing is added up or averaged. An unknown area or indicator
// has none.
func (s *Snapshot) AreaSeries(area, indicator string) []Series {
	var out []Series
	seen := make(map[string]bool)
	var of func(string)
	of = func(id string) {
		at, known := s.areaAt[id]
		if seen[id] || !known {
			return
		}
		seen[id] = true
		for _, p := range append([]placeKey{{LevelArea, id}}, s.authorities[id]...) {
			for _, series := range s.PlaceSeries(p.level, p.place, indicator) {
				if !slices.ContainsFunc(out,
					func(had Series) bool { return had.Level == p.level && had.Place == p.place && had.Of != id }) {
					series.Of, series.Share = id, s.shareOf(id, series)
					out = append(out, series)
				}
			}
		}
		for _, before := range s.areas[at].Predecessors {
			of(before)
		}
	}
	of(area)
	return out
}

// shareOf is how much of an area's people the place of a series has; 0 where it is not known.
func (s *Snapshot) shareOf(area string, series Series) float64 {
	if series.Level == LevelArea && series.Place == area {
		return 1
	}
	code := series.GSS
	if at, ok := s.areaAt[area]; ok && code == "" { // the record gives the place no code here
		all := s.areas[at].authorities()
		for _, a := range all {
			if len(all) == 1 || slug(a.Name) == series.Place {
				code = a.GSS
			}
		}
	}
	return s.shares[AuthorityShare{Area: area, GSS: code}]
}

// Partial says whether a series is of part of the area's people, or of an unknown part.
func (s Series) Partial() bool { return s.Share < 1 }

// AllSeries are the series of an indicator of every place, by level, place and newest figure.
func (s *Snapshot) AllSeries(indicator string) []Series {
	var out []Series
	for _, series := range s.lines {
		if series.Indicator == indicator {
			out = append(out, series)
		}
	}
	return out
}

// PlaceSeries are the series of an indicator of one place, of any level: the newest first.
func (s *Snapshot) PlaceSeries(level PlaceLevel, place, indicator string) []Series {
	return slices.Clone(s.series[indicator][placeKey{level, place}])
}

func (s *Snapshot) placeName(level PlaceLevel, place string) Name {
	at, isArea := s.areaAt[place]
	name, isAuthority := s.placeNames[place]
	switch {
	case level == LevelAuthority && isAuthority:
		return name
	case level == LevelRegion:
		return s.Place(GroupRegion, place).Name
	case level == LevelNation:
		return s.Place(GroupNation, place).Name
	case isArea:
		return s.areas[at].Name
	}
	return Name{}
}

// lineSeries keeps all series of the release, which come by number, and by indicator and place.
func (s *Snapshot) lineSeries(all []Series) {
	s.lines, s.series = all, make(map[string]map[placeKey][]Series)
	for n := range all {
		x := &all[n]
		x.Unit, x.Name = s.kinds[x.Indicator].Unit, s.placeName(x.Level, x.Place)
		if s.series[x.Indicator] == nil {
			s.series[x.Indicator] = make(map[placeKey][]Series)
			s.indicators = append(s.indicators, x.Indicator)
		}
		at := placeKey{x.Level, x.Place}
		s.series[x.Indicator][at] = append(s.series[x.Indicator][at], *x)
	}
}

// authoritiesOf are the published authorities on each area's ground. An authority is an area's where one of the
// codes it was published under is of the area's footprint. One whose codes are of no area (abolished, or never
// given) is that of the area of the same id, and of the areas that have an authority of its name.
//
// names are theirs, by the id they are published under, where the record has one.
func authoritiesOf(areas []Area, published []PlaceCode) (of map[string][]placeKey, names map[string]Name) {
	byCode, byID, byName := make(map[string][]string), make(map[string][]string), make(map[string][]string)
	called := make(map[string]string) // by code, and by name as ids write it
	for _, a := range areas {
		byID[a.ID] = []string{a.ID}
		for _, c := range a.Constituents {
			byCode[c.GSS] = append(byCode[c.GSS], a.ID)
			byName[slug(c.Name)] = append(byName[slug(c.Name)], a.ID)
			called[c.GSS], called[slug(c.Name)] = c.Name, c.Name
		}
	}
	codes := make(map[string][]string)
	for _, c := range published {
		codes[c.Place] = append(codes[c.Place], c.GSS)
	}
	of, names = make(map[string][]placeKey), make(map[string]Name)
	for place, held := range codes {
		var on []string
		for _, code := range held {
			on = append(on, byCode[code]...)
			if name := called[code]; name != "" {
				names[place] = Name{EN: name}
			}
		}
		if len(on) == 0 {
			on = slices.Concat(byID[place], byName[place])
			if name := called[place]; name != "" {
				names[place] = Name{EN: name}
			}
		}
		slices.Sort(on)
		for _, area := range slices.Compact(on) {
			of[area] = append(of[area], placeKey{LevelAuthority, place})
		}
	}
	for _, places := range of {
		slices.SortFunc(places, func(a, b placeKey) int { return cmp.Compare(a.place, b.place) })
	}
	return of, names
}

// slug is a name as ids write it.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(name, "&", " and ")), func(r rune) bool {
		return strings.ContainsRune(" ,-.'", r)
	})
	return strings.Join(words, "-")
}
