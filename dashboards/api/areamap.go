package api

import (
	"slices"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// Map is one thing said of every current area: results of a measure on one scale, or figures of a statistic over one
// period. censored says why no area of a measure has a class; null where the measure is not censored. Classes are
// lowest first; an area's class counts from 1 and is null where absence says why it has none.
type Map struct {
	Programme *string    `json:"programme"`
	Measure   *string    `json:"measure"`
	Scale     *string    `json:"scale"`
	Indicator *string    `json:"indicator"`
	Unit      *string    `json:"unit"`
	Basis     *string    `json:"basis"`
	Start     *string    `json:"start"`
	End       *string    `json:"end"`
	Classes   []MapClass `json:"classes"`
	Areas     []MapArea  `json:"areas"`
	Censored  *Censored  `json:"censored"`
}

// MapClass is what areas of one colour have in common: a word, or figures from lowest to highest.
type MapClass struct {
	Word    *string  `json:"word"`
	Lowest  *float64 `json:"lowest"`
	Highest *float64 `json:"highest"`
	Areas   int      `json:"areas"`
}

// MapArea is an area on the map. share is how much of the area's people the figure is of, as a fraction. across and
// down count tiles from the north-west, from 0; null for an area without a tile.
type MapArea struct {
	Area       string   `json:"area"`
	Name       string   `json:"name"`
	Region     string   `json:"region"`
	Label      *string  `json:"label"`
	Across     *int     `json:"across"`
	Down       *int     `json:"down"`
	Class      *int     `json:"class"`
	Absence    *string  `json:"absence"`
	Inspection *string  `json:"inspection"`
	Published  *string  `json:"published"`
	Rating     *string  `json:"rating"`
	Comment    *string  `json:"comment"`
	Percent    *float64 `json:"percent"`
	Value      *float64 `json:"value"`
	Share      *float64 `json:"share"`
	Sources    []string `json:"sources"`
}

func areaMap(r Request) (answer, error) {
	m, err := r.Snapshot.Map(analytics.MapQuery{Programme: r.Query.Get("programme"), Measure: r.Query.Get("measure"),
		Scale: r.Query.Get("scale"), Indicator: r.Query.Get("indicator")})
	if err != nil {
		return answer{}, err
	}
	a := answer{table: export.Table{Columns: slices.Concat(
		export.Columns(export.Text, "area", "name", "region", "label"),
		export.Columns(export.Integer, "across", "down", "class"), export.Columns(export.Text, "absence", "inspection"),
		export.Columns(export.Partial, "published"), export.Columns(export.Text, "scale", "rating", "comment"),
		export.Columns(export.Number, "percent", "value"), export.Columns(export.Partial, "start", "end"),
		export.Columns(export.List, "sources"), export.Columns(export.Number, "share"))}}
	data := Map{
		Programme: some(m.Programme),
		Measure:   some(m.Measure),
		Scale:     some(m.Scale),
		Indicator: some(m.Indicator),
		Classes:   []MapClass{},
		Areas:     []MapArea{},
	}
	var start, end string
	if o := m.Period; o.Indicator != "" {
		start, end = o.Start.Format(time.DateOnly), o.End.Format(time.DateOnly)
		data.Unit, data.Basis, data.Start, data.End = some(o.Unit), some(o.Basis), &start, &end
	}
	for _, c := range m.Classes {
		data.Classes = append(data.Classes,
			MapClass{Word: some(c.Word), Lowest: c.Lowest, Highest: c.Highest, Areas: c.Areas})
	}
	if m.Measure != "" {
		data.Censored = censoredOf(r.Snapshot, m.Programme, m.Measure)
	}
	for _, x := range m.Areas {
		out := mapAreaOf(x)
		data.Areas = append(data.Areas, out)
		a.sources = gather(a.sources, out.Sources...)
		a.row(out.Area, out.Name, out.Region, out.Label, out.Across, out.Down, out.Class, out.Absence, out.Inspection,
			out.Published, m.Scale, out.Rating, out.Comment, out.Percent, out.Value, start, end, out.Sources, out.Share)
	}
	a.data = data
	return a, nil
}

func mapAreaOf(x analytics.MapArea) MapArea {
	out := MapArea{
		Area:    x.Area.ID,
		Name:    x.Area.Name.EN,
		Region:  x.Area.Region,
		Absence: some(string(x.Absence)),
		Sources: []string{},
	}
	if t := x.Area.Tile; t != nil {
		out.Label, out.Across, out.Down = &t.Label, &t.Across, &t.Down
	}
	if x.Class > 0 {
		out.Class = &x.Class
	}
	if x.Inspection != nil {
		out.Inspection, out.Published = &x.Inspection.ID, some(x.Inspection.Published.String())
	}
	if x.Result != nil {
		out.Rating, out.Comment = some(x.Result.Rating), some(x.Result.Comment)
		out.Percent, out.Sources = x.Result.Percent, list(x.Result.Sources)
	}
	if x.Observation != nil {
		out.Share = &x.Share
		out.Value, out.Sources = &x.Observation.Value, list(x.Observation.Sources)
	}
	return out
}
