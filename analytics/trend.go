package analytics

import "slices"

// YearSpread is how the results of a measure published in one year are spread over a group of areas. Every inspection
// counts, so an area inspected twice in a year counts twice.
type YearSpread struct {
	Programme string
	Scale     string
	Measure   string
	Group     GroupKind
	Name      string   // the id of the nation or region; "all" for all
	Year      int      // 0 for results whose date their source does not show
	N         int      // usable results: a word of the scale, or a percentage
	Unknown   int      // results whose source shows neither
	Good      int      // of N, good or better; 0 on a percentage
	Summary   *Summary // of those with a number; its areas are not listed. Nil where none has one
	Levels    []LevelCount
}

// GoodShare is the share of good or better with its 95% Wilson interval: the inspections of a year are taken as a
// sample of those that could have been made. It is nil where there is no result, or the scale has no words.
func (y YearSpread) GoodShare() *Share {
	if len(y.Levels) == 0 {
		return nil
	}
	return shareOf(y.Good, y.N)
}

// Direction is which way an area's result of one measure moved, by its scale's own order.
type Direction string

// The directions. DirectionUnknown is where dates do not say which result came first.
const (
	DirectionUp      Direction = "up"
	DirectionSame    Direction = "same"
	DirectionDown    Direction = "down"
	DirectionUnknown Direction = ""
)

// Movement is an area's way from its first to its latest result of a measure on one scale. Earlier and Later are
// inspection ids; they are empty, and Years 0, where the direction is unknown. Years are calendar years.
type Movement struct {
	Programme string
	Scale     string
	Measure   string
	Area      string
	Earlier   string
	Later     string
	Years     int
	Direction Direction
}

// MovementCount is how many areas of a group moved which way. Areas = Up + Same + Down; Unordered ones are in none
// of them.
type MovementCount struct {
	Programme   string
	Scale       string
	Measure     string
	Group       GroupKind
	Name        string
	Areas       int
	Up          int
	Same        int
	Down        int
	Unordered   int
	MedianYears float64 // between the two inspections; 0 where there are no Areas
}

// Side is where an area stood among the other areas of a cohort.
type Side string

// An area stands above the middle where more of the others are worse than better, below it where fewer are.
const (
	SideAbove  Side = "above"
	SideMiddle Side = "middle"
	SideBelow  Side = "below"
)

// StandingMove is an area's place in the cohort of one programme and then in that of its next, under one theme. It
// is no change of the area: the two asked different questions of different areas.
type StandingMove struct {
	Theme          string
	Area           string
	Earlier        string // inspection
	EarlierMeasure string
	EarlierSide    Side
	Later          string
	LaterMeasure   string
	LaterSide      Side
}

// Trend is what the record says of one measure through time on one scale, over one group.
type Trend struct {
	Scale    string
	Years    []YearSpread  // with a known year, oldest first
	Undated  YearSpread    // of results without one; N and Unknown are 0 where there are none
	Movement MovementCount // of the group
	Moves    []Movement    // of the group's areas, those with an unknown direction included
}

// Refusal is why no test says whether the results of inspections are rising or falling. Each year other areas are
// inspected, so the years are no series of the same areas, however many there are.
func (t Trend) Refusal() TrendRefusal {
	years := 0
	for _, y := range t.Years {
		if y.N > 0 {
			years++
		}
	}
	if years < tested {
		return TrendTooShort
	}
	return TrendOtherAreas
}

// Trends are the trends of a programme's measure over a group, one a scale, in the order the scales came into use.
// Unknown ids are *NotFoundErrors; a group without results has none.
func (s *Snapshot) Trends(programme, measure string, group GroupKind, name string) ([]Trend, error) {
	if _, err := s.Programme(programme); err != nil {
		return nil, err
	}
	if _, err := s.Measure(programme, measure); err != nil {
		return nil, err
	}
	var out []Trend
	for _, scale := range s.scales {
		key := benchmarkKey{programme, measure, scale.ID, groupName(group, name)}
		t := Trend{Scale: scale.ID, Movement: s.movements[key]}
		for _, y := range s.years[key] {
			if y.Year == 0 {
				t.Undated = y
				continue
			}
			t.Years = append(t.Years, y)
		}
		for _, m := range s.moves[benchmarkKey{programme, measure, scale.ID, ""}] {
			if s.within(m.Area, group, name) {
				t.Moves = append(t.Moves, m)
			}
		}
		if len(s.years[key]) > 0 {
			out = append(out, t)
		}
	}
	return out, nil
}

// StandingMoves are those of a theme whose areas are in a group.
func (s *Snapshot) StandingMoves(theme string, group GroupKind, name string) []StandingMove {
	return slices.DeleteFunc(slices.Clone(s.standings[theme]),
		func(m StandingMove) bool { return !s.within(m.Area, group, name) })
}

func (s *Snapshot) within(area string, group GroupKind, name string) bool {
	at, ok := s.areaAt[area]
	return group == GroupAll ||
		ok &&
			(group == GroupRegion && s.areas[at].Region == name || group == GroupNation && s.areas[at].Nation == name)
}

// lineTrends keeps the answers about time by what is asked for.
func (s *Snapshot) lineTrends(years []YearSpread, moves []Movement, counts []MovementCount, standings []StandingMove) {
	s.years = grouped(years, func(y YearSpread) benchmarkKey {
		return benchmarkKey{y.Programme, y.Measure, y.Scale, groupName(y.Group, y.Name)}
	})
	s.moves = grouped(moves, func(m Movement) benchmarkKey { return benchmarkKey{m.Programme, m.Measure, m.Scale, ""} })
	s.movements = make(map[benchmarkKey]MovementCount, len(counts))
	for _, c := range counts {
		s.movements[benchmarkKey{c.Programme, c.Measure, c.Scale, groupName(c.Group, c.Name)}] = c
	}
	s.standings = grouped(standings, func(m StandingMove) string { return m.Theme })
}
