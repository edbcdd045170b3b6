package api

import (
	"slices"

	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// Trends are the trends of one measure, or of every programme's measure under a theme, and where areas stood from one
// programme to the next under it. standings are no change of an area: programmes ask different questions of different
// areas. censored are the measures of which nothing is computed, each with the reason.
type Trends struct {
	Measures  []Trend        `json:"measures"`
	Standings []StandingMove `json:"standings"`
	Censored  []Censored     `json:"censored"`
}

// Trend is one measure on one scale over one group: its years, the last of them null for results without a date, and
// the areas with two results. because is why no test says whether results are rising or falling: an
// analytics.TrendRefusal.
type Trend struct {
	Programme string   `json:"programme"`
	Measure   string   `json:"measure"`
	Scale     string   `json:"scale"`
	Group     string   `json:"group"`
	Name      string   `json:"name"`
	Years     []Year   `json:"years"`
	Movement  Movement `json:"movement"`
	Because   string   `json:"because"`
	Warning   *string  `json:"warning"`
}

// Year is how the results published in one year are spread. n have a usable result, unknown results do not. good are
// good or better, good_percent their share of n with its 95% Wilson interval; null on a percentage. Numbers are in
// unit.
type Year struct {
	Year         *int         `json:"year"`
	N            int          `json:"n"`
	Unknown      int          `json:"unknown"`
	Levels       []LevelCount `json:"levels"`
	Good         *int         `json:"good"`
	GoodPercent  *float64     `json:"good_percent"`
	GoodInterval *[2]float64  `json:"good_interval"`
	Unit         *string      `json:"unit"`
	Lowest       *float64     `json:"lowest"`
	Q1           *float64     `json:"q1"`
	Median       *float64     `json:"median"`
	Q3           *float64     `json:"q3"`
	Highest      *float64     `json:"highest"`
}

// Movement is how many areas moved which way from their first to their latest result. median_years is null without
// areas; unordered areas have results whose dates do not say which came first.
type Movement struct {
	Areas       int      `json:"areas"`
	Up          int      `json:"up"`
	Same        int      `json:"same"`
	Down        int      `json:"down"`
	Unordered   int      `json:"unordered"`
	MedianYears *float64 `json:"median_years"`
	Moves       []Move   `json:"moves"`
}

// Move is one area's way. All but the area are null where the order is not known.
type Move struct {
	Area      string  `json:"area"`
	Earlier   *string `json:"earlier"`
	Later     *string `json:"later"`
	Years     *int    `json:"years"`
	Direction *string `json:"direction"`
}

// StandingMove is where an area stood among the others of one programme, and then of the next.
type StandingMove struct {
	Theme          string `json:"theme"`
	Area           string `json:"area"`
	Earlier        string `json:"earlier"`
	EarlierMeasure string `json:"earlier_measure"`
	EarlierSide    string `json:"earlier_side"`
	Later          string `json:"later"`
	LaterMeasure   string `json:"later_measure"`
	LaterSide      string `json:"later_side"`
}

// trendQuery is what a request for trends asks for.
type trendQuery struct {
	measures []analytics.Measure
	theme    string // empty for a measure that stands for none
	group    analytics.GroupKind
	name     string
}

func trendQueryOf(r Request) (trendQuery, error) {
	s := r.Snapshot
	q := trendQuery{theme: r.Query.Get("theme"), group: analytics.GroupAll, name: string(analytics.GroupAll)}
	if id := r.Query.Get("region"); id != "" {
		if s.Place(analytics.GroupRegion, id).ID == "" {
			return q, &analytics.InvalidError{Field: "region", Kind: "region", Value: clip(id)}
		}
		q.group, q.name = analytics.GroupRegion, id
	}
	programme, measure := r.Query.Get("programme"), r.Query.Get("measure")
	switch {
	case q.theme == "" && programme == "":
		return q, &analytics.InvalidError{Field: "theme", Kind: "required"}
	case q.theme != "" && !slices.Contains(s.Themes(), q.theme):
		return q, &analytics.InvalidError{Field: "theme", Kind: "theme", Value: clip(q.theme)}
	case q.theme != "" && programme != "":
		return q, &analytics.InvalidError{Field: "theme", Kind: "alone"}
	case programme == "" && measure != "":
		return q, &analytics.InvalidError{Field: "programme", Kind: "required"}
	case programme != "" && measure == "":
		return q, &analytics.InvalidError{Field: "measure", Kind: "required"}
	case programme != "":
		if _, err := s.Programme(programme); err != nil {
			return q, err
		}
		m, err := s.Measure(programme, measure)
		if err != nil {
			return q, err
		}
		q.measures = []analytics.Measure{m}
		if m.Primary {
			q.theme = m.Theme
		}
		return q, nil
	}
	for _, p := range s.Programmes() {
		for _, m := range s.Measures(p.ID) {
			if m.Primary && m.Theme == q.theme {
				q.measures = append(q.measures, m)
			}
		}
	}
	return q, nil
}

func trends(r Request) (answer, error) {
	q, err := trendQueryOf(r)
	if err != nil {
		return answer{}, err
	}
	s := r.Snapshot
	data := Trends{Measures: []Trend{}, Standings: []StandingMove{}, Censored: []Censored{}}
	a := answer{table: export.Table{Columns: slices.Concat(
		export.Columns(export.Text, "programme", "measure", "scale", "group", "name"),
		export.Columns(export.Integer, "year", "n", "unknown", "good"),
		export.Columns(export.Number, "good_percent", "good_lower", "good_upper"),
		export.Columns(export.Text, "unit"),
		export.Columns(export.Number, "lowest", "q1", "median", "q3", "highest"),
		export.Columns(export.List, "levels"),
	)}}
	for _, m := range q.measures {
		found, err := s.Trends(m.Programme, m.ID, q.group, q.name)
		if err != nil {
			return answer{}, err
		}
		for _, t := range found {
			data.Measures = append(data.Measures, a.trend(s, q, m, t))
		}
		a.sources = gather(a.sources, trendSources(s, q, m)...)
		if censored := censoredOf(s, m.Programme, m.ID); censored != nil {
			data.Censored = append(data.Censored, *censored)
		}
	}
	for _, m := range s.StandingMoves(q.theme, q.group, q.name) {
		data.Standings = append(data.Standings, StandingMove{Theme: m.Theme, Area: m.Area, Earlier: m.Earlier,
			EarlierMeasure: m.EarlierMeasure, EarlierSide: string(m.EarlierSide), Later: m.Later,
			LaterMeasure: m.LaterMeasure, LaterSide: string(m.LaterSide)})
	}
	a.data = data
	return a, nil
}

// trend is a trend as the interface shows it, with a row of the table for each of its years.
func (a *answer) trend(s *analytics.Snapshot, q trendQuery, m analytics.Measure, t analytics.Trend) Trend {
	out := Trend{Programme: m.Programme, Measure: m.ID, Scale: t.Scale, Group: string(q.group),
		Name: groupName(s, q.group, q.name), Years: []Year{}, Because: string(t.Refusal()),
		Warning: targetedWarning(s, m.Programme)}
	years := t.Years
	if t.Undated.N+t.Undated.Unknown > 0 {
		years = append(slices.Clone(years), t.Undated)
	}
	for _, y := range years {
		year := yearOf(s, t.Scale, y)
		out.Years = append(out.Years, year)
		lower, upper := ends(year.GoodInterval)
		var levels []string
		for _, l := range year.Levels {
			for range l.Areas {
				levels = append(levels, l.Level)
			}
		}
		a.row(out.Programme, out.Measure, out.Scale, out.Group, out.Name, year.Year, year.N, year.Unknown, year.Good,
			year.GoodPercent, lower, upper, year.Unit, year.Lowest, year.Q1, year.Median, year.Q3, year.Highest, levels)
	}
	c := t.Movement
	out.Movement = Movement{Areas: c.Areas, Up: c.Up, Same: c.Same, Down: c.Down, Unordered: c.Unordered,
		Moves: []Move{}}
	if c.Areas > 0 {
		out.Movement.MedianYears = &c.MedianYears
	}
	for _, move := range t.Moves {
		one := Move{Area: move.Area, Earlier: some(move.Earlier), Later: some(move.Later),
			Direction: some(string(move.Direction))}
		if move.Direction != analytics.DirectionUnknown {
			one.Years = &move.Years
		}
		out.Movement.Moves = append(out.Movement.Moves, one)
	}
	return out
}

func yearOf(s *analytics.Snapshot, scale string, y analytics.YearSpread) Year {
	out := Year{N: y.N, Unknown: y.Unknown, Levels: levelCounts(s, scale, y.Levels)}
	if y.Year > 0 {
		out.Year = &y.Year
	}
	if share := y.GoodShare(); share != nil {
		out.Good, out.GoodPercent, out.GoodInterval = &y.Good, &share.Percent, pair(&share.Interval)
	}
	if m := y.Summary; m != nil {
		out.Unit = some(string(m.Unit))
		out.Lowest, out.Q1, out.Median, out.Q3, out.Highest = &m.Lowest, &m.Q1, &m.Median, &m.Q3, &m.Highest
	}
	return out
}

// trendSources are those of every result of a measure that a trend counts.
func trendSources(s *analytics.Snapshot, q trendQuery, m analytics.Measure) []string {
	var ids []string
	for _, i := range s.Inspections() {
		area, err := s.Area(i.Area)
		if err != nil || i.Programme != m.Programme || q.group == analytics.GroupRegion && area.Region != q.name {
			continue
		}
		if result, ok := i.Result(m.ID); ok {
			ids = gather(ids, result.Sources...)
		}
	}
	return ids
}
