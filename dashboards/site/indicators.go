package site

import (
	"net/url"
	"slices"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// indicatorsView is one published statistic: of an area beside its region and nation, or of the nation and its
// regions with the newest figure of every area.
type indicatorsView struct {
	view.Base
	Finding    string
	Notes      []string // what is to be minded in the statistic
	Fields     []view.Field
	AreaPage   *view.Link  // to the page of the area, if one is chosen
	Better     string      // which way is better; empty where neither is
	Counted    []string    // how many areas are called rising or falling, of how many
	Tendencies *view.Table // where the area or the nations, and what is around, are going
	Figures    []view.Figure
	Table      *view.Table
	Without    []view.Link // areas that the table has no figure of
}

// Parts returns the figures and tables of the page.
func (p *indicatorsView) Parts() (parts view.Parts) {
	parts.AddTables(p.Tendencies)
	parts.AddFigures(view.Pointers(p.Figures)...)
	parts.AddTables(p.Table)
	parts.AddFields(view.Pointers(p.Fields)...)
	return parts
}

// indicatorChoice is what a reader asks the page for.
type indicatorChoice struct {
	indicator string
	area      *analytics.Area
}

// shownFirst is the statistic shown where none is asked for.
const shownFirst = "reoffending_rate_percent_15_17"

func indicatorsPage(req *Request) (Page, error) {
	c, err := indicatorChoiceOf(req)
	if err != nil {
		return nil, err
	}
	w := req.words
	notes, err := intervalNotes(req, c.indicator)
	if err != nil {
		return nil, err
	}
	p := indicatorsView{Notes: append(indicatorNotes(req, c.indicator), notes...), Better: w.Better(c.indicator)}
	p.choices(req, c)
	name := w.Say("group.all")
	if c.area != nil {
		name = c.area.Name.In(req.tag)
		p.AreaPage = &view.Link{Text: name, Href: w.URL("/areas/" + c.area.ID)}
		err = p.ofArea(req, c)
	} else {
		err = p.everywhere(req, c.indicator)
	}
	if err != nil {
		return nil, err
	}
	if len(p.Figures) == 0 {
		p.Notes = nil // which are about figures
	}
	p.Base = view.Base{Title: w.Say("indicators.title", "Indicator", w.Indicator(c.indicator), "Place", name),
		Description: p.Finding,
		HasCharts:   slices.ContainsFunc(p.Figures, func(f view.Figure) bool { return f.Options != nil }),
		Data:        w.Answer("/api/v1/indicators?indicator=" + url.QueryEscape(c.indicator))}
	if c.area != nil {
		p.Data += "&area=" + url.QueryEscape(c.area.ID)
	}
	return &p, nil
}

func indicatorChoiceOf(req *Request) (indicatorChoice, error) {
	ids := req.snapshot.Indicators()
	c := indicatorChoice{indicator: shownFirst}
	if !slices.Contains(ids, c.indicator) && len(ids) > 0 {
		c.indicator = ids[0]
	}
	if id := req.query.Get("indicator"); id != "" {
		if !slices.Contains(ids, id) {
			return c, &analytics.InvalidError{Field: "indicator", Kind: "indicator", Value: id}
		}
		c.indicator = id
	}
	if id := req.query.Get("area"); id != "" {
		area, err := req.snapshot.Area(id)
		if err != nil {
			return c, err
		}
		c.area = &area
	}
	return c, nil
}

func (p *indicatorsView) choices(req *Request, c indicatorChoice) {
	indicators := view.Field{Name: "indicator", Label: req.words.Say("indicators.indicator"), Wide: true}
	for _, id := range req.snapshot.Indicators() {
		indicators.Choices = append(indicators.Choices,
			view.Option{Value: id, Text: req.words.Indicator(id), Selected: id == c.indicator})
	}
	areas := view.Field{Name: "area", Label: req.words.Say("fact.area"),
		Choices: []view.Option{{Text: req.words.Say("indicators.no_area"), Selected: c.area == nil}}}
	for _, a := range req.byName(req.snapshot.Areas()) {
		areas.Choices = append(areas.Choices, view.Option{Value: a.ID, Text: a.Name.In(req.tag),
			Selected: c.area != nil && c.area.ID == a.ID})
	}
	p.Fields = []view.Field{indicators, areas}
}

// indicatorNotes are what readers need to know of a statistic: the two bases of reoffending and what the courts'
// delays did to two of its years.
func indicatorNotes(req *Request, indicator string) []string {
	var notes []string
	if strings.HasPrefix(indicator, "reoffending_rate") {
		notes = append(notes, req.words.Say("indicators.note_courts"))
	}
	if slices.ContainsFunc(req.snapshot.AllSeries(indicator), func(s analytics.Series) bool { return s.Basis != "" }) {
		notes = append(notes, req.words.Say("indicators.note_bases"))
	}
	return notes
}

// intervalNotes are what readers need to know of how the intervals of a statistic were made.
func intervalNotes(req *Request, indicator string) ([]string, error) {
	kinds, err := req.snapshot.IntervalKinds(indicator)
	if err != nil {
		return nil, err
	}
	var notes []string
	if kinds[analytics.IntervalApproximate] {
		notes = append(notes, req.words.Say("indicators.note_approximate"))
	}
	if kinds[analytics.IntervalOuter] {
		notes = append(notes, req.words.Say("indicators.note_outer"))
	}
	if req.snapshot.Indicator(indicator).Counts == analytics.CountsEvents && len(kinds) > 0 {
		notes = append(notes, req.words.Say("indicators.note_events"))
	}
	return notes, nil
}

// around are the series of an area's region and nation, the nearest first; those of England and Wales where the
// nation has none. Wales is a region and a nation: it is shown once.
func around(s *analytics.Snapshot, a analytics.Area, indicator string) []analytics.Series {
	out := s.PlaceSeries(analytics.LevelRegion, a.Region, indicator)
	nation := s.PlaceSeries(analytics.LevelNation, a.Nation, indicator)
	if len(nation) == 0 {
		nation = s.PlaceSeries(analytics.LevelNation, analytics.BothNations, indicator)
	} else if a.Region == a.Nation && len(out) > 0 {
		nation = nil
	}
	return append(out, nation...)
}

// readSeries gives series their figures and their tendencies.
func readSeries(s *analytics.Snapshot, lists ...[]analytics.Series) error {
	if err := s.ReadFigures(lists...); err != nil {
		return err
	}
	return s.ReadTendencies(lists...)
}

// ofArea draws the area's series, its authorities' and those of its region and nation.
func (p *indicatorsView) ofArea(req *Request, c indicatorChoice) error {
	w := req.words
	own := req.snapshot.AreaSeries(c.area.ID, c.indicator)
	beside := around(req.snapshot, *c.area, c.indicator)
	if err := readSeries(req.snapshot, own, beside); err != nil {
		return err
	}
	name := c.area.Name.In(req.tag)
	if len(own) == 0 {
		p.Finding = w.Say("indicators.not_published", "Indicator", w.Indicator(c.indicator), "Area", name)
		if len(beside) == 0 {
			return nil
		}
	}
	all := slices.Concat(newestOfEach(own), beside)
	f := w.SeriesFigure("series", c.indicator, append(all, olderOfEach(own)...))
	f.Headline = p.Finding
	if len(own) > 0 {
		var doubt string
		f.Headline, doubt = areaIndicatorFinding(req, c, own, beside)
		p.Finding = strings.TrimSpace(f.Headline + " " + doubt)
	}
	if len(own) > 0 &&
		!slices.ContainsFunc(own, func(s analytics.Series) bool {
			return s.Level == analytics.LevelArea &&
				s.Of == c.area.ID
		}) {
		p.Notes = append(p.Notes, w.Say("indicators.note_authorities", "Area", name))
	}
	f.Table.CSV = w.Answer(
		"/api/v1/indicators?area=" + url.QueryEscape(c.area.ID) + "&indicator=" + url.QueryEscape(
			c.indicator) + "&format=csv",
	)
	if len(own) == 0 {
		f.Table.CSV = ""
	}
	f.Folded = true
	p.Figures = append(p.Figures, f)
	p.Tendencies = w.TendencyTable(c.indicator, view.Yearly(append(onGroundOf(own), beside...)), f.Table.CSV)
	return nil
}

// onGroundOf are the series of the same ground as the first: an area's own, or its predecessor's where it has none.
func onGroundOf(own []analytics.Series) []analytics.Series {
	return slices.DeleteFunc(slices.Clone(own), func(s analytics.Series) bool { return s.Of != own[0].Of })
}

// newestOfEach are the first series of each place: the one with its newest figure. olderOfEach are the others.
func newestOfEach(own []analytics.Series) []analytics.Series {
	var out []analytics.Series
	for n, s := range own {
		if n == 0 || own[n-1].Place != s.Place || own[n-1].Level != s.Level {
			out = append(out, s)
		}
	}
	return out
}

func olderOfEach(own []analytics.Series) []analytics.Series {
	var out []analytics.Series
	for n, s := range own {
		if n > 0 && own[n-1].Place == s.Place && own[n-1].Level == s.Level {
			out = append(out, s)
		}
	}
	return out
}

// areaIndicatorFinding says the newest figure of the area or of each of its authorities, its region's and nation's of
// the same period, and what cannot be told.
func areaIndicatorFinding(req *Request, c indicatorChoice, own, beside []analytics.Series) (finding, doubt string) {
	w := req.words
	var parts []string
	var newest analytics.Observation
	telling := false
	for _, s := range newestOfEach(own) {
		o, ok := s.Latest()
		if !ok || s.Of != own[0].Of {
			continue
		}
		if o.End.After(newest.End) {
			newest = o
		}
		i := req.snapshot.Indicator(o.Indicator).Interval(o)
		telling = telling || i != nil && i.Kind != analytics.IntervalOuter
		parts = append(parts, w.FigureOf(s, o))
	}
	if len(parts) == 0 {
		return w.Say("indicators.only_anomalous", "Indicator", w.Indicator(c.indicator), "Area",
			c.area.Name.In(req.tag)), ""
	}
	var text strings.Builder
	text.WriteString(w.Indicator(c.indicator) + ": " + strings.Join(parts, "; "))
	compared := len(parts) > 1
	for _, s := range beside {
		if o, ok := s.Over(newest.Start, newest.End); ok && s.Basis == newest.Basis {
			compared = true
			text.WriteString("; " + w.Place(s) + " " + w.Value(o))
		}
	}
	if compared && !telling {
		doubt = w.Say("indicators.cannot_tell")
	}
	return text.String() + ".", doubt
}
