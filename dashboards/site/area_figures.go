package site

import (
	"slices"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// areaFiguresTable is the newest published figure of each rate, of the area or of each of its authorities, beside
// the region's and the nation's of the same period. What is not published says so: it is never zero.
func areaFiguresTable(req *Request, a analytics.Area) (view.Table, error) {
	w := req.words
	own, beside := make(map[string][]analytics.Series), make(map[string][]analytics.Series)
	var lists [][]analytics.Series
	for _, indicator := range req.snapshot.Indicators() {
		if isRate(req, indicator) {
			own[indicator] = req.snapshot.AreaSeries(a.ID, indicator)
			beside[indicator] = around(req.snapshot, a, indicator)
			lists = append(lists, own[indicator], beside[indicator])
		}
	}
	if err := readSeries(req.snapshot, lists...); err != nil {
		return view.Table{}, err
	}
	t := view.Table{
		ID:      "area-figures",
		Compact: true,
		Caption: w.Say("area.figures_caption", "Area", a.Name.In(req.tag)),
		Columns: []view.Column{
			{Label: w.Say("area.figure")},
			{Label: w.Say("area.figure_of")},
			{Label: w.Say("indicators.value"), Numeric: true, Own: true},
			{Label: w.Say("table.interval"), Numeric: true},
			{Label: w.Say("tendency.column")},
			{Label: w.Say("area.around")},
			{Label: w.Say("provenance.source")},
		},
	}
	for _, indicator := range req.snapshot.Indicators() {
		if !isRate(req, indicator) {
			continue
		}
		head := view.Cell{
			Text:  w.Indicator(indicator),
			Small: w.Better(indicator),
			Link:  w.URL("/indicators?indicator=" + indicator + "&area=" + a.ID),
		}
		all := own[indicator]
		if len(all) == 0 {
			none := view.Text("–")
			t.NewRow(false, head, view.Text(w.Say("indicators.not_here")), none, none, none, none, none)
		}
		for _, s := range newestOfEach(all) {
			if o, ok := s.Latest(); ok {
				of := view.Cell{Text: w.SeriesName(s), Small: w.Period(o)}
				if ground := formerGround(req, a, s); ground != "" {
					of.Small += "; " + ground
				}
				t.NewRow(false, head, of, w.ValueCell(o), w.Range(o), w.TendencyCell(yearlyOf(s, all)),
					view.Text(position(req, o, beside[indicator])), view.Cell{Links: w.Sites(o.Sources)})
			}
		}
	}
	return t, nil
}

// keyFigures returns the table in brief: what is published, beside the region and the nation, and whether it is rising;
// nil where nothing is published.
func keyFigures(req *Request, all view.Table) *view.Table {
	w := req.words
	brief := view.Table{
		ID: "key-figures", Compact: true, Caption: w.Say("area.figures_brief"), Columns: []view.Column{
			{Label: w.Say("area.figure")},
			{Label: w.Say("indicators.value"), Numeric: true, Own: true},
			{Label: w.Say("area.around")},
		},
	}
	for _, row := range all.Rows {
		if c := row.Cells; c[2].Value != nil && len(brief.Rows) < mostKeyFigures {
			head := c[0]
			head.Small = c[1].Small
			value := c[2].Under(c[4].Text)
			value.Spark = c[4].Spark
			brief.NewRow(false, head, value, c[5])
		}
	}
	if len(brief.Rows) == 0 {
		return nil
	}
	return &brief
}

// mostKeyFigures is how many rows the table in brief has at most.
const mostKeyFigures = 4

// areaSeries draws the statistic that is shown first, of the area beside its region and nation; nil where none of it
// is held.
func areaSeries(req *Request, a analytics.Area) (*view.Figure, error) {
	w := req.words
	own := req.snapshot.AreaSeries(a.ID, shownFirst)
	if len(own) == 0 {
		return nil, nil
	}
	beside := around(req.snapshot, a, shownFirst)
	if err := readSeries(req.snapshot, own, beside); err != nil {
		return nil, err
	}
	f := w.SeriesFigure("series", shownFirst, append(slices.Concat(newestOfEach(own), beside), olderOfEach(own)...))
	f.Headline, _ = areaIndicatorFinding(req, indicatorChoice{indicator: shownFirst, area: &a}, own, beside)
	for _, s := range view.Yearly(onGroundOf(own)) {
		f.Summary += " " + w.Tendency(s)
	}
	f.Folded, f.Size = true, "s"
	return &f, nil
}

// yearlyOf is the series of a place that its tendency is told of: one of whole years, where it has one.
func yearlyOf(s analytics.Series, all []analytics.Series) analytics.Series {
	for _, yearly := range view.Yearly(all) {
		if yearly.Level == s.Level && yearly.Place == s.Place {
			return yearly
		}
	}
	return s
}

// formerGround says that a series is of the ground of a service that the area was made of; empty where it is of its
// own.
func formerGround(req *Request, a analytics.Area, s analytics.Series) string {
	if s.Of == a.ID {
		return ""
	}
	return req.words.Say("indicators.former_ground", "Area", req.words.Area(s.Of))
}

// isRate says whether an indicator can be set beside other places': counts cannot.
func isRate(req *Request, indicator string) bool {
	return req.snapshot.Indicator(indicator).Unit != "count"
}
