package api

import (
	"slices"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// Series is one published statistic of one place through time. Two bases, and two kinds of period, are two series. of is the
// area on whose ground the place lies: the one asked for, or one it was made of; null for nations and regions. others are
// what further documents give for a period of points. better is low or high; null where neither way is better.
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

// Tendency is where a series is going: direction is rising, falling or none (no trend that chance does not explain), by a
// method (counts, intervals or spread) over the five years from first to last. Where it cannot be calculated these are null,
// and because is the reason: an analytics.TrendRefusal.
type Tendency struct {
	Direction *string `json:"direction"`
	Method    *string `json:"method"`
	First     *string `json:"first"`
	Last      *string `json:"last"`
	Because   *string `json:"because"`
}

func tendency(t analytics.Tendency) Tendency {
	out := Tendency{Direction: some(string(t.Direction)), Method: some(string(t.Method)), Because: some(string(t.Refusal))}
	if t.Refusal == "" {
		out.First, out.Last = some(t.First.Start.Format(time.DateOnly)), some(t.Last.End.Format(time.DateOnly))
	}
	return out
}

// Figure is a statistic of a place in a period, from its first day to its last. interval is at 95%: as printed, or Wilson's
// where the counts of a percentage are known. An anomalous figure is given by its source and left out of every computation.
type Figure struct {
	Start       string      `json:"start"`
	End         string      `json:"end"`
	Period      string      `json:"period"`
	Value       float64     `json:"value"`
	Interval    *[2]float64 `json:"interval"`
	Numerator   *float64    `json:"numerator"`
	Denominator *float64    `json:"denominator"`
	Flag        *string     `json:"flag"`
	Note        *string     `json:"note"`
	Sources     []string    `json:"sources"`
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
		export.Columns(export.Text, "indicator", "unit", "basis", "place", "name", "level", "gss", "of"), export.Columns(export.Partial, "start", "end"),
		export.Columns(export.Text, "period"), export.Columns(export.Number, "value", "lower", "upper", "numerator", "denominator"),
		export.Columns(export.Boolean, "other_document"), export.Columns(export.Text, "flag", "note"), export.Columns(export.List, "sources"),
		export.Columns(export.Text, "better", "trend", "trend_method", "trend_because"),
	)}}
	var found []analytics.Series
	if area != "" {
		if _, err := s.Area(area); err != nil {
			return answer{}, err
		}
		for _, one := range asked {
			found = append(found, s.AreaSeries(area, one)...)
		}
	} else {
		found = s.AllSeries(id)
	}
	found, a.page = part(r, found)
	data := make([]Series, 0, len(found))
	for _, one := range found {
		data = append(data, a.series(s.Indicator(one.Indicator), one))
	}
	a.data = data
	return a, nil
}

// series is a series as the interface shows it, with a row of the table for each of its figures.
func (a *answer) series(kind analytics.Indicator, s analytics.Series) Series {
	name := s.Name.EN
	if name == "" && s.Level == analytics.LevelNation {
		name = "England and Wales"
	}
	going := kind.Tendency(s.Points)
	out := Series{Indicator: s.Indicator, Unit: s.Unit, Better: some(string(kind.Better)), Tendency: tendency(going), Basis: some(s.Basis), Place: s.Place, Name: name, Level: string(s.Level),
		GSS: some(s.GSS), Of: some(s.Of), Points: []Figure{}, Others: []Figure{}}
	add := func(o analytics.Observation, another bool) Figure {
		f := Figure{Start: o.Start.Format(time.DateOnly), End: o.End.Format(time.DateOnly), Period: o.Period, Value: o.Value, Interval: pair(o.Interval()),
			Numerator: o.Numerator, Denominator: o.Denominator, Flag: some(o.Flag), Note: some(o.Note), Sources: list(o.Sources)}
		var lower, upper *float64
		if f.Interval != nil {
			lower, upper = &f.Interval[0], &f.Interval[1]
		}
		a.sources = gather(a.sources, o.Sources...)
		a.row(s.Indicator, s.Unit, s.Basis, s.Place, name, string(s.Level), s.GSS, s.Of, f.Start, f.End, o.Period, o.Value, lower, upper,
			o.Numerator, o.Denominator, another, o.Flag, o.Note, o.Sources, string(kind.Better), string(going.Direction), string(going.Method), string(going.Refusal))
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
