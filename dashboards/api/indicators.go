package api

import (
	"errors"
	"slices"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// Series is one published statistic of one place through time. Two bases, and two kinds of period, are two series. of
// is the area on whose ground the place lies: the one asked for, or one it was made of; null for nations and regions.
// others are what further documents give for a period of points. better is low or high; null where neither way is
// better.
type Series struct {
	Indicator string   `json:"indicator"`
	Unit      string   `json:"unit"`
	Better    *string  `json:"better"`
	Basis     *string  `json:"basis"`
	Place     string   `json:"place"`
	Name      string   `json:"name"`
	Level     string   `json:"level"`
	GSS       *string  `json:"gss"`
	Of        *string  `json:"of"`
	Tendency  Tendency `json:"trend"`
	Points    []Figure `json:"points"`
	Others    []Figure `json:"others"`
}

// Tendency is where a series is going: direction is rising, falling or none (no trend that chance does not explain),
// by a method (counts, log_linear or spread) over the five years from first to last. change is that of a year, with
// its 95% interval change_interval, in change_unit: percent, or the series' own unit (percentage points of a
// percentage). tested series were tested together; p is of this one alone, and adjusted_p, by which the direction is
// called at 5%, allows for their number. Where it cannot be calculated these are null, and because is the reason: an
// analytics.TrendRefusal.
type Tendency struct {
	Direction   *string     `json:"direction"`
	Method      *string     `json:"method"`
	Approximate *bool       `json:"approximate"`
	First       *string     `json:"first"`
	Last        *string     `json:"last"`
	Change      *float64    `json:"change"`
	Interval    *[2]float64 `json:"change_interval"`
	Unit        *string     `json:"change_unit"`
	P           *float64    `json:"p"`
	Adjusted    *float64    `json:"adjusted_p"`
	Tested      *int        `json:"tested"`
	Because     *string     `json:"because"`
}

func tendency(t analytics.Tendency) Tendency {
	out := Tendency{Direction: some(string(t.Direction)), Method: some(string(t.Method)),
		Because: some(string(t.Refusal))}
	if t.Refusal != "" {
		return out
	}
	out.First, out.Last = some(t.First.Start.Format(time.DateOnly)), some(t.Last.End.Format(time.DateOnly))
	out.Approximate, out.Tested, out.P, out.Adjusted = &t.Approximate, &t.Tested, &t.P, &t.Adjusted
	out.Change, out.Interval, out.Unit = &t.Change, pair(&t.Interval), some(string(analytics.UnitPercent))
	switch {
	case t.Method == analytics.TrendByLogLinear:
	case t.First.Unit == string(analytics.UnitPercent):
		out.Unit = some("percentage_points")
	default:
		out.Unit = some(t.First.Unit)
	}
	return out
}

// Figure is a statistic of a place in a period, from its first day to its last. interval is at 95%, and interval_kind
// says how it was made: an analytics.IntervalKind. An outer_limit holds the interval that the figure would have if
// its numbers were known; at_least is the smallest group that could print it, and no size of a group. population is
// what an approximate interval rests on. An anomalous figure is given by its source and left out of every
// computation.
type Figure struct {
	Start       string      `json:"start"`
	End         string      `json:"end"`
	Period      string      `json:"period"`
	Value       float64     `json:"value"`
	Interval    *[2]float64 `json:"interval"`
	Kind        *string     `json:"interval_kind"`
	AtLeast     *int        `json:"at_least"`
	Numerator   *float64    `json:"numerator"`
	Denominator *float64    `json:"denominator"`
	Population  *float64    `json:"population"`
	Flag        *string     `json:"flag"`
	Note        *string     `json:"note"`
	Sources     []string    `json:"sources"`
}

// figure is an observation as the interface shows it.
func figure(kind analytics.Indicator, o analytics.Observation) Figure {
	f := Figure{Start: o.Start.Format(time.DateOnly), End: o.End.Format(time.DateOnly), Period: o.Period,
		Value: o.Value, Numerator: o.Numerator, Denominator: o.Denominator, Flag: some(o.Flag), Note: some(o.Note),
		Sources: list(o.Sources)}
	if o.Population > 0 {
		f.Population = &o.Population
	}
	if i := kind.Interval(o); i != nil {
		f.Interval, f.Kind = pair(&i.Interval), some(string(i.Kind))
		if i.AtLeast > 0 {
			f.AtLeast = &i.AtLeast
		}
	}
	return f
}

func indicators(r Request) (answer, error) {
	s := r.Snapshot
	asked := s.Indicators()
	id, area := r.Query.Get("indicator"), r.Query.Get("area")
	switch {
	case id == "" && area == "":
		return answer{}, &analytics.InvalidError{Field: "indicator", Kind: "required"}
	case id != "" && !slices.Contains(asked, id):
		return answer{}, &analytics.InvalidError{Field: "indicator", Kind: "indicator", Value: clip(id)}
	case id != "":
		asked = []string{id}
	}
	a := answer{table: export.Table{Columns: slices.Concat(
		export.Columns(export.Text, "indicator", "unit", "basis", "place", "name", "level", "gss", "of"),
		export.Columns(export.Partial, "start", "end"),
		export.Columns(export.Text, "period"),
		export.Columns(export.Number, "value", "lower", "upper", "numerator", "denominator"),
		export.Columns(export.Boolean, "other_document"),
		export.Columns(export.Text, "flag", "note"),
		export.Columns(export.List, "sources"),
		export.Columns(export.Text, "better", "trend", "trend_method", "trend_because", "interval_kind"),
		export.Columns(export.Integer, "at_least"),
		export.Columns(export.Number, "population", "trend_change", "trend_change_lower", "trend_change_upper"),
		export.Columns(export.Text, "trend_change_unit"),
		export.Columns(export.Number, "trend_p", "trend_adjusted_p"),
		export.Columns(export.Integer, "trend_tested"),
	)}}
	var found []analytics.Series
	if err := r.known("area"); err != nil {
		return answer{}, err
	}
	if area != "" {
		for _, one := range asked {
			found = append(found, s.AreaSeries(area, one)...)
		}
	} else {
		found = s.AllSeries(id)
	}
	found, a.page = part(r, found)
	if err := errors.Join(s.ReadFigures(found), s.ReadTendencies(found)); err != nil {
		return answer{}, err
	}
	data := make([]Series, 0, len(found))
	for _, one := range found {
		data = append(data, a.series(s, one))
	}
	a.data = data
	return a, nil
}

// series is a series as the interface shows it, with a row of the table for each of its figures.
func (a *answer) series(snapshot *analytics.Snapshot, s analytics.Series) Series {
	kind := snapshot.Indicator(s.Indicator)
	name := s.Name.EN
	if name == "" && s.Level == analytics.LevelNation {
		name = "England and Wales"
	}
	going := tendency(s.Tendency)
	out := Series{Indicator: s.Indicator, Unit: s.Unit, Better: some(string(kind.Better)), Basis: some(s.Basis),
		Place: s.Place, Name: name, Level: string(s.Level), GSS: some(s.GSS), Of: some(s.Of), Tendency: going,
		Points: []Figure{}, Others: []Figure{}}
	trendLower, trendUpper := ends(going.Interval)
	add := func(o analytics.Observation, another bool) Figure {
		f := figure(kind, o)
		lower, upper := ends(f.Interval)
		a.sources = gather(a.sources, o.Sources...)
		a.row(s.Indicator, s.Unit, s.Basis, s.Place, name, string(s.Level), s.GSS, s.Of, f.Start, f.End, o.Period,
			o.Value, lower, upper, o.Numerator, o.Denominator, another, o.Flag, o.Note, o.Sources, string(kind.Better),
			going.Direction, going.Method, going.Because, f.Kind, f.AtLeast, f.Population, going.Change, trendLower,
			trendUpper, going.Unit, going.P, going.Adjusted, going.Tested)
		return f
	}
	for _, o := range s.Points {
		out.Points = append(out.Points, add(o, false))
	}
	for _, o := range s.Others {
		out.Others = append(out.Others, add(o, true))
	}
	return out
}
