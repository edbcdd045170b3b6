package site

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// tablesView is a table of the reader's own making: areas, measures or statistics, and years.
type tablesView struct {
	view.Base
	Finding string
	Shows   []programmeChoice
	Subject view.Field // what the table is of; nothing is chosen yet where it has no value
	Of      view.Field // measures or statistics
	Regions view.Field
	Areas   view.Field
	From    view.Field
	To      view.Field
	Left    string // how many areas chosen have no row
	Without string // which those are
	Figures []view.Figure
	Tables  []view.Table
}

// Parts returns the figures and tables of the page.
func (p *tablesView) Parts() (parts view.Parts) {
	parts.AddFigures(view.Pointers(p.Figures)...)
	parts.AddTables(view.Pointers(p.Tables)...)
	parts.AddFields(&p.Subject, &p.Of, &p.Regions, &p.Areas, &p.From, &p.To)
	return parts
}

// allRegions is what the form sends for every area there is.
const allRegions = "all"

// mostTabled is how many figures a table may have, so that its page stays light and its reader can see it.
const mostTabled = 3000

// firstYear is the earliest year that anything is of, and lastYear the latest that a form may name.
const (
	firstYear = 2000
	lastYear  = 2100
)

// tableChoice is what a reader asks a table of. Nothing is shown where asked is false.
type tableChoice struct {
	show     string
	ids      []string // of measures or statistics
	regions  []string
	areas    []analytics.Area // by name
	from, to int              // years, both ends included; 0 for an open end
	asked    bool
}

func tablesPage(req *Request) (Page, error) {
	w := req.words
	var p tablesView
	p.Base = view.Base{Title: w.Say("tables.title"), Description: w.Say("tables.meta"), Uncited: true}
	p.fields(req)
	c, err := p.choose(req)
	if err != nil {
		return nil, err
	}
	p.offer(req, c)
	switch {
	case !c.asked && c.show == "":
		p.Finding = w.Say("tables.start")
		return &p, nil
	case !c.asked:
		p.Finding = w.Say("tables.choose")
		return &p, nil
	case c.show == showStatistics:
		err = p.ofStatistics(req, c)
	default:
		err = p.ofProgramme(req, c)
	}
	if err != nil {
		return nil, err
	}
	p.Base.Title, p.Base.Description, p.Base.Uncited = w.Say("tables.title_of", "Subject", p.subject(req, c)), p.Finding,
		false
	p.Base.HasCharts = len(p.Figures) > 0
	p.Base.Data = tablesAnswer(w, c)
	return &p, nil
}

func (p *tablesView) subject(req *Request, c tableChoice) string {
	if c.show == showStatistics {
		return req.words.Say("benchmarks.statistics")
	}
	return req.words.Programme(c.show)
}

// fields are the form's, as it was sent.
func (p *tablesView) fields(req *Request) {
	w := req.words
	p.Subject = view.Field{Name: "show", Value: req.query.Get("show")}
	p.Of = view.Field{Name: "of", Several: true}
	p.Regions = view.Field{Name: "region", Label: w.Say("tables.regions"), Several: true}
	p.Areas = view.Field{Name: "areas", Label: w.Say("tables.areas"), Hint: w.Say("tables.areas_hint"),
		Value: req.query.Get("areas"), Longest: 600}
	year := func(name string) view.Field {
		return view.Field{Name: name, Label: w.Say("tables." + name), Value: req.query.Get(name), Width: 4, Longest: 4,
			Range: &view.Range{Least: firstYear, Most: lastYear}}
	}
	p.From, p.To = year("from"), year("to")
}

// choose reads the page's parameters.
func (p *tablesView) choose(req *Request) (c tableChoice, err error) {
	c = tableChoice{show: p.Subject.Value}
	c.asked = len(req.query["of"])+len(req.query["region"])+len(p.Areas.Value+p.From.Value+p.To.Value) > 0
	offered := p.offered(req, c.show)
	if c.show == "" && c.asked || c.show != "" && len(offered) == 0 {
		return c, &analytics.InvalidError{Field: "show", Kind: "subject", Value: c.show}
	}
	for _, id := range req.query["of"] {
		switch {
		case !slices.Contains(offered, id):
			return c, &analytics.InvalidError{Field: "of", Kind: "measure", Value: id}
		case !slices.Contains(c.ids, id):
			c.ids = append(c.ids, id)
		}
	}
	if err := p.chooseAreas(req, &c); err != nil {
		return c, err
	}
	if c.from, err = yearOf(&p.From); err != nil {
		return c, err
	}
	if c.to, err = yearOf(&p.To); err != nil {
		return c, err
	}
	switch {
	case c.from > 0 && c.to > 0 && c.from > c.to:
		return c, &analytics.InvalidError{Field: "to", Kind: "years", Value: p.To.Value}
	case c.asked && len(c.ids) == 0:
		return c, &analytics.InvalidError{Field: "of", Kind: "some"}
	case c.asked && len(c.areas) == 0:
		return c, &analytics.InvalidError{Field: "areas", Kind: "where"}
	}
	return c, nil
}

// offered are the measures or statistics that a table may be of.
func (p *tablesView) offered(req *Request, show string) (ids []string) {
	if show == showStatistics {
		return req.snapshot.Indicators()
	}
	for _, m := range req.snapshot.Measures(show) {
		ids = append(ids, m.ID)
	}
	return ids
}

// chooseAreas are those of the regions chosen, present ones alone, and those listed by name.
func (p *tablesView) chooseAreas(req *Request, c *tableChoice) error {
	chosen := make(map[string]bool)
	for _, region := range req.query["region"] {
		if region != allRegions && req.snapshot.Place(analytics.GroupRegion, region).ID == "" {
			return &analytics.InvalidError{Field: "region", Kind: "region", Value: region}
		}
		c.regions = append(c.regions, region)
		for _, a := range req.snapshot.Areas() {
			if a.Current && (region == allRegions || a.Region == region) {
				chosen[a.ID] = true
			}
		}
	}
	listed, err := req.snapshot.ListAreas(p.Areas.Value)
	if err != nil {
		return err
	}
	for _, id := range listed {
		chosen[id] = true
	}
	for _, a := range req.byName(req.snapshot.Areas()) {
		if chosen[a.ID] {
			c.areas = append(c.areas, a)
		}
	}
	return nil
}

// yearOf reads a year; 0 where none is given.
func yearOf(f *view.Field) (int, error) {
	if f.Value == "" {
		return 0, nil
	}
	year, err := strconv.Atoi(f.Value)
	if err != nil || year < firstYear || year > lastYear {
		return 0, &analytics.InvalidError{Field: f.Name, Kind: "year", Value: f.Value}
	}
	return year, nil
}

// within says whether a span of years and the years chosen have one in common.
func (c tableChoice) within(first, last int) bool {
	return (c.from == 0 || last >= c.from) && (c.to == 0 || first <= c.to)
}

// offer fills what the form offers to choose from.
func (p *tablesView) offer(req *Request, c tableChoice) {
	w := req.words
	for _, programme := range req.snapshot.Programmes() {
		if programme.Results > 0 {
			p.Shows = append(p.Shows, programmeChoice{Name: capital(w.Say("programme." + programme.ID + ".short")),
				Href: w.URL("/tables?show=" + programme.ID), Selected: programme.ID == c.show})
		}
	}
	p.Shows = append(p.Shows, programmeChoice{Name: w.Say("benchmarks.statistics"),
		Href: w.URL("/tables?show=" + showStatistics), Selected: c.show == showStatistics})
	p.Of.Label = w.Say("tables.step_2")
	name := func(id string) string { return w.Measure(c.show, id) }
	if c.show == showStatistics {
		p.Of.Label, name = w.Say("tables.step_2_statistics"), w.Indicator
	}
	for _, id := range p.offered(req, c.show) {
		p.Of.Choices = append(p.Of.Choices, view.Option{Value: id, Text: name(id), Selected: slices.Contains(c.ids, id)})
	}
	p.Regions.Choices = []view.Option{
		{Value: allRegions, Text: w.Say("tables.all"), Selected: slices.Contains(c.regions, allRegions)}}
	for _, place := range req.snapshot.Places() {
		if place.Group == analytics.GroupRegion {
			p.Regions.Choices = append(p.Regions.Choices, view.Option{Value: place.ID, Text: place.Name.In(req.tag),
				Selected: slices.Contains(c.regions, place.ID)})
		}
	}
}

// tooLarge refuses a table that would have too many figures.
func tooLarge(w *view.Words, figures int) error {
	if figures <= mostTabled {
		return nil
	}
	return &analytics.InvalidError{Field: "areas", Kind: "size", Value: w.Number(float64(figures), 0)}
}

// leave says which of the areas chosen have no row.
func (p *tablesView) leave(req *Request, c tableChoice, has map[string]bool) {
	var without []string
	for _, a := range c.areas {
		if !has[a.ID] {
			without = append(without, a.Name.In(req.tag))
		}
	}
	if len(without) > 0 {
		p.Left, p.Without = req.words.Say("tables.left", "Count", len(without)), strings.Join(without, ", ")
	}
}

// tablesAnswer is the address of the same figures, each with its documents, in the interface.
func tablesAnswer(w *view.Words, c tableChoice) string {
	if c.show == showStatistics {
		return w.Answer("/api/v1/indicators?" + url.Values{"indicator": {c.ids[0]}}.Encode())
	}
	query := url.Values{"programme": {c.show}}
	if len(c.ids) == 1 {
		query.Set("measure", c.ids[0])
	}
	if len(c.areas) <= analytics.MostListed {
		var ids []string
		for _, a := range c.areas {
			ids = append(ids, a.ID)
		}
		query.Set("areas", strings.Join(ids, ","))
	}
	for name, year := range map[string]int{"from": c.from, "to": c.to} {
		if year > 0 {
			query.Set(name, strconv.Itoa(year))
		}
	}
	return w.Answer("/api/v1/results?" + query.Encode())
}

// tablePeriod is what statistics in one column of a table have in common.
type tablePeriod struct {
	analytics.Observation // any of them
}

func (p tablePeriod) same(o analytics.Observation) bool {
	return p.Start.Equal(o.Start) && p.End.Equal(o.End) && p.Basis == o.Basis
}

func comparePeriods(a, b tablePeriod) int {
	return cmp.Or(a.End.Compare(b.End), a.Start.Compare(b.Start), cmp.Compare(a.Basis, b.Basis))
}
