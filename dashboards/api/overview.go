package api

import (
	"errors"
	"slices"
	"time"

	"yardstick/analytics"
)

// showStatistics asks for published statistics in place of a programme.
const showStatistics = "statistics"

// OverviewCell is what an overview says of one area under one measure and scale, or one statistic. class counts from 1,
// the lowest, and is null where absence says why there is none. value is a statistic's, of the period from start to
// end; nation is the place that it is compared with, null where there is none, and beside how it lies to that
// place's figure. newer are the area's inspections under other programmes that are surely newer.
type OverviewCell struct {
	Area       string   `json:"area"`
	Name       string   `json:"name"`
	Region     string   `json:"region"`
	Programme  *string  `json:"programme"`
	Measure    *string  `json:"measure"`
	Scale      *string  `json:"scale"`
	Indicator  *string  `json:"indicator"`
	Class      *int     `json:"class"`
	Absence    *string  `json:"absence"`
	Inspection *string  `json:"inspection"`
	Published  *string  `json:"published" date:"partial"`
	Rating     *string  `json:"rating"`
	Comment    *string  `json:"comment"`
	Percent    *float64 `json:"percent"`
	Unit       *string  `json:"unit"`
	Start      *string  `json:"start" date:"partial"`
	End        *string  `json:"end" date:"partial"`
	Value      *float64 `json:"value"`
	Share      *float64 `json:"share"`
	Nation     *string  `json:"nation"`
	Set        *float64 `json:"nation_value"`
	Beside     *string  `json:"beside"`
	Newer      []string `json:"newer"`
	Sources    []string `json:"sources"`
}

func overview(r Request) (answer, error) {
	o, err := overviewParam(r)
	if err != nil {
		return answer{}, err
	}
	region := r.Query.Get("region")
	if region != "" && r.Snapshot.Place(analytics.GroupRegion, region).ID == "" {
		return answer{}, &analytics.InvalidError{Field: "region", Kind: "region", Value: clip(region)}
	}
	cells := []OverviewCell{}
	for _, row := range o.Rows {
		for n, cell := range row.Cells {
			if r.wants("region", row.Area.Region) {
				cells = append(cells, overviewCell(o.Columns[n], row, cell))
			}
		}
	}
	cells, page := part(r, cells)
	a := answer{data: cells, table: tableOf(cells), page: page}
	for _, c := range cells {
		a.sources = gather(a.sources, c.Sources...)
	}
	return a, nil
}

// overviewParam is the overview asked for: the widest programme's where none is.
func overviewParam(r Request) (analytics.Overview, error) {
	show := r.Query.Get("show")
	switch show {
	case showStatistics:
		return r.Snapshot.StatisticsOverview()
	case "":
		show = r.Snapshot.WidestProgramme()
	}
	o, err := r.Snapshot.ProgrammeOverview(show)
	if missing := new(analytics.NotFoundError); errors.As(err, &missing) {
		err = &analytics.InvalidError{Field: "show", Kind: "programme", Value: clip(show)}
	}
	return o, err
}

func overviewCell(m analytics.AreaMap, row analytics.OverviewRow, cell analytics.OverviewCell) OverviewCell {
	at := mapAreaOf(cell.MapArea)
	out := OverviewCell{Area: at.Area, Name: at.Name, Region: at.Region, Programme: some(m.Programme),
		Measure: some(m.Measure), Scale: some(m.Scale), Indicator: some(m.Indicator), Class: at.Class,
		Absence: at.Absence, Inspection: at.Inspection, Published: at.Published, Rating: at.Rating, Comment: at.Comment,
		Percent: at.Percent, Value: at.Value, Share: at.Share, Newer: []string{}, Sources: at.Sources,
		Beside: some(string(cell.Beside))}
	if m.Indicator != "" {
		out.Class = nil // quarters are a map's
	}
	if f := cell.Observation; f != nil {
		out.Unit, out.Start, out.End = some(f.Unit), some(f.Start.Format(time.DateOnly)), some(f.End.Format(time.DateOnly))
	}
	if cell.Nation != nil {
		out.Nation, out.Set = &cell.Nation.Place, &cell.Nation.Value
		out.Sources = gather(slices.Clone(out.Sources), cell.Nation.Sources...)
	}
	for _, i := range row.Newer {
		out.Newer = append(out.Newer, i.ID)
	}
	return out
}

// showsOf are the programmes with results, and published statistics.
func showsOf(s *analytics.Snapshot) *Schema {
	var shows []string
	for _, p := range s.Programmes() {
		if len(s.Measures(p.ID)) > 0 {
			shows = append(shows, p.ID)
		}
	}
	return oneOf(append(shows, showStatistics))
}
