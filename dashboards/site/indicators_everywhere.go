package site

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/charts"
	"yardstick/dashboards/view"
)

// everywhere draws the nations' series and the range of the regions, and lists every area's newest figure.
func (p *indicatorsView) everywhere(req *Request, indicator string) error {
	w := req.words
	var nations []analytics.Series
	for _, place := range []string{"england", "wales", analytics.BothNations} {
		nations = append(nations, req.snapshot.PlaceSeries(analytics.LevelNation, place, indicator)...)
	}
	regions := regionSeries(req, indicator)
	if err := readSeries(req.snapshot, nations, regions); err != nil {
		return err
	}
	counted, err := req.snapshot.TendencyCount(indicator)
	if err != nil {
		return err
	}
	if len(nations) > 0 {
		f := w.SeriesFigure("nations", indicator, nations)
		f.Headline = nationFinding(req, indicator, nations)
		f.Folded = true
		p.Figures = append(p.Figures, f)
	}
	if f, ok := regionsFigure(req, indicator, regions, nations); ok {
		p.Figures = append(p.Figures, f)
	}
	p.Counted = w.TendencyCount(counted)
	if wide := view.Yearly(slices.Concat(nations, regions)); len(wide) > 0 {
		p.Tendencies = w.TendencyTable(indicator, wide, everyCSV(w, indicator))
	}
	p.Finding = w.Say("indicators.none")
	if len(p.Figures) > 0 {
		p.Finding = p.Figures[0].Headline
	}
	p.Table, p.Without, err = areasIndicatorTable(req, indicator)
	return err
}

func nationFinding(req *Request, indicator string, nations []analytics.Series) string {
	newest := nations[0]
	for _, s := range nations {
		a, okA := s.Latest()
		b, okB := newest.Latest()
		if okA && (!okB || a.End.After(b.End)) {
			newest = s
		}
	}
	o, ok := newest.Latest()
	if !ok {
		return req.words.Say("indicators.none")
	}
	return req.words.Indicator(indicator) + ": " + req.words.FigureOf(newest, o) + "."
}

// regionYear is the regions' figures of one period.
type regionYear struct {
	period analytics.Observation // any of them
	series []analytics.Series
	values []float64
}

// regionYears are the periods of the kind that most regions' figures are of, oldest first, without what is anomalous.
func regionYears(req *Request, regions []analytics.Series) []regionYear {
	var out []regionYear
	for _, place := range req.snapshot.Places() {
		if place.Group != analytics.GroupRegion {
			continue
		}
		series := ofPlace(regions, analytics.LevelRegion, place.ID)
		longest := 0
		for n := range series {
			if len(series[n].Points) > len(series[longest].Points) {
				longest = n
			}
		}
		if len(series) == 0 {
			continue
		}
		for _, o := range series[longest].Points {
			if o.Flag == analytics.FlagAnomalous {
				continue
			}
			at := slices.IndexFunc(out, func(y regionYear) bool {
				return y.period.Start.Equal(o.Start) &&
					y.period.End.Equal(o.End)
			})
			if at < 0 {
				at = len(out)
				out = append(out, regionYear{period: o})
			}
			out[at].series = append(out[at].series, series[longest])
			out[at].values = append(out[at].values, o.Value)
		}
	}
	slices.SortFunc(out, func(a, b regionYear) int { return a.period.End.Compare(b.period.End) })
	return out
}

// regionsFigure draws a column a period from the lowest region to the highest, and lists every region's figures.
func regionsFigure(req *Request, indicator string, regions, nations []analytics.Series) (view.Figure, bool) {
	w := req.words
	years := regionYears(req, regions)
	if len(years) == 0 {
		return view.Figure{}, false
	}
	f := view.Figure{
		ID:       "regions",
		Subtitle: w.Say("indicators.regions_subtitle", "Indicator", w.Indicator(indicator)),
		Folded:   true,
	}
	var columns []charts.YearRange
	suffix, most := "", 0.0
	words := charts.YearLabels{Range: w.Say("indicators.regions_range")}
	var all []analytics.Series
	for _, y := range years {
		lowest, highest := slices.Min(y.values), slices.Max(y.values)
		most = max(most, highest)
		column := charts.YearRange{Label: strconv.Itoa(y.period.End.Year()), Lowest: &lowest, Highest: &highest}
		lowPlace, low, highPlace, high := y.ends(w)
		column.Note = w.Say("indicators.regions_note", "Period", w.Period(y.period), "LowPlace", lowPlace, "Low", low,
			"HighPlace", highPlace, "High", high)
		if nation, ok := nationOver(nations, y.period); ok {
			column.Middle, words.Middle = &nation.Value, nationName(req, nation)
			column.Note += "; " + words.Middle + " " + w.Value(nation)
			most = max(most, nation.Value)
		}
		columns = append(columns, column)
		for _, s := range y.series {
			if !slices.ContainsFunc(all, func(had analytics.Series) bool { return had.Place == s.Place }) {
				all = append(all, s)
			}
		}
	}
	if years[0].period.Unit == string(analytics.UnitPercent) {
		suffix = "%"
	}
	newest := years[len(years)-1]
	lowPlace, low, highPlace, high := newest.ends(w)
	f.Headline = w.Say("indicators.regions_finding", "Indicator", w.Indicator(indicator), "Period",
		w.Period(newest.period), "LowPlace", lowPlace, "Low", low, "HighPlace", highPlace, "High", high)
	f.Options, f.Size = w.Drawn(charts.RangesByYear(columns, words, charts.Ceiling(most), suffix)), "m"
	full := w.SeriesFigure("regions", indicator, all)
	f.Table, f.Sources = full.Table, full.Sources
	f.Summary = w.Say("indicators.regions_summary", "Count", len(newest.values))
	return f, true
}

// nationOver is England's figure of a period, since most regions are England's; that of England and Wales where it
// has none.
func nationOver(nations []analytics.Series, period analytics.Observation) (analytics.Observation, bool) {
	for _, place := range []string{"england", analytics.BothNations} {
		for _, s := range ofPlace(nations, analytics.LevelNation, place) {
			if o, ok := s.Over(period.Start, period.End); ok && s.Basis == period.Basis {
				return o, true
			}
		}
	}
	return analytics.Observation{}, false
}

func nationName(req *Request, o analytics.Observation) string {
	if o.Place == analytics.BothNations {
		return req.words.Say("group.all")
	}
	return req.words.Group(analytics.GroupNation, o.Place)
}

// ends are the region with the lowest figure of a period and the one with the highest, each with its figure.
func (y regionYear) ends(w *view.Words) (lowest, low, highest, high string) {
	least, most := 0, 0
	for n := range y.values {
		if y.values[n] < y.values[least] {
			least = n
		}
		if y.values[n] > y.values[most] {
			most = n
		}
	}
	value := func(n int) string {
		o := y.period
		o.Value = y.values[n]
		return w.Value(o)
	}
	return w.Place(y.series[least]), value(least), w.Place(y.series[most]), value(most)
}

// ofPlace are the series of one place among several.
func ofPlace(all []analytics.Series, level analytics.PlaceLevel, place string) []analytics.Series {
	return slices.DeleteFunc(slices.Clone(all), func(s analytics.Series) bool {
		return s.Level != level || s.Place != place
	})
}

// regionSeries are the series of all regions.
func regionSeries(req *Request, indicator string) (all []analytics.Series) {
	for _, place := range req.snapshot.Places() {
		if place.Group == analytics.GroupRegion {
			all = append(all, req.snapshot.PlaceSeries(analytics.LevelRegion, place.ID, indicator)...)
		}
	}
	return all
}

// everyCSV is the address of every series of an indicator, with its intervals and trend, as CSV.
func everyCSV(w *view.Words, indicator string) string {
	return w.Answer("/api/v1/indicators?indicator=" + url.QueryEscape(indicator) + "&format=csv")
}

// areasIndicatorTable lists the newest figure of every current area that has one, or its authorities', by name, beside
// its region's and nation's of the same period. The other areas are those without.
func areasIndicatorTable(req *Request, indicator string) (*view.Table, []view.Link, error) {
	w := req.words
	areas := slices.DeleteFunc(req.byName(req.snapshot.Areas()), func(a analytics.Area) bool { return !a.Current })
	newest := make([][]analytics.Series, len(areas))
	for n, a := range areas {
		newest[n] = newestOfEach(req.snapshot.AreaSeries(a.ID, indicator))
	}
	beside := make([][]analytics.Series, len(areas))
	for n, a := range areas {
		beside[n] = around(req.snapshot, a, indicator)
	}
	if err := req.snapshot.ReadNewest(newest...); err != nil {
		return nil, nil, err
	}
	if err := req.snapshot.ReadFigures(beside...); err != nil {
		return nil, nil, err
	}
	if err := req.snapshot.ReadTendencies(newest...); err != nil {
		return nil, nil, err
	}
	t := view.Table{ID: "areas", Compact: true, Caption: w.Say("indicators.areas_table", "Indicator",
		w.Indicator(indicator)), Columns: []view.Column{
		{Label: w.Say("fact.area")}, {Label: w.Say("indicators.place")}, {Label: w.Say("indicators.value"),
			Numeric: true},
		{Label: w.Say("table.interval"),
			Numeric: true}, {Label: w.Say("indicators.period")}, {Label: w.Say("tendency.column")},
		{Label: w.Say("indicators.position")}, {Label: w.Say("provenance.source")},
	}, CSV: everyCSV(w, indicator)}
	var without []view.Link
	for n, a := range areas {
		head := view.Cell{
			Text: a.Name.In(req.tag),
			Link: w.URL("/indicators?indicator=" + indicator + "&area=" + a.ID),
		}
		if len(newest[n]) == 0 {
			without = append(without, view.Link{Text: head.Text, Href: head.Link})
		}
		for _, s := range newest[n] {
			if o, ok := s.Latest(); ok {
				t.NewRow(false, head, seriesCell(req, a, s), w.ValueCell(o), w.Range(o), view.Text(w.Period(o)),
					w.TendencyCell(s),
					view.Text(position(req, o, beside[n])), view.Cell{Links: w.Sites(o.Sources)})
			}
		}
	}
	return &t, without, nil
}

// seriesCell names the place of a series; where that is on the ground of an area that was reorganised into this one,
// it says so.
func seriesCell(req *Request, a analytics.Area, s analytics.Series) view.Cell {
	w := req.words
	cell := view.Text(w.SeriesName(s))
	if former, err := req.snapshot.Area(s.Of); err == nil && former.ID != a.ID {
		if _, equal := a.SharesGround(former); equal {
			return cell
		}
		cell.Small = w.Say("find.former_ground", "Former", w.Area(s.Of), "Area", a.Name.In(w.Tag()))
	}
	return cell
}

// position says how a figure lies to those of the region and nation of the same period and basis.
func position(req *Request, o analytics.Observation, beside []analytics.Series) string {
	var parts []string
	for _, s := range beside {
		if other, ok := s.Over(o.Start, o.End); ok && s.Basis == o.Basis {
			parts = append(parts, req.words.Beside(o, other, req.words.Place(s)))
		}
	}
	if len(parts) == 0 {
		return req.words.Say("indicators.beside_none")
	}
	return strings.Join(parts, "; ")
}
