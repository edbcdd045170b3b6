package site

import (
	"slices"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// trendsView is one measure of a programme, or one theme across programmes, through the years.
type trendsView struct {
	view.Base
	Finding    string
	Themes     []programmeChoice
	Programmes []programmeChoice
	Theme      string // one of the two is chosen
	Programme  string
	Fields     []view.Field
	Sections   []trendSection // newest programme first
	Standing   *trendStanding
}

// Parts returns the figures and tables of the page.
func (p *trendsView) Parts() (parts view.Parts) {
	for n := range p.Sections {
		parts.AddFigures(view.Pointers(p.Sections[n].Figures)...)
		for m := range p.Sections[n].Moves {
			parts.AddTables(p.Sections[n].Moves[m].Table)
		}
	}
	if p.Standing != nil {
		parts.AddTables(&p.Standing.Table)
	}
	parts.AddFields(view.Pointers(p.Fields)...)
	return parts
}

// trendSection is one measure of one programme: its years, and how areas moved within it.
type trendSection struct {
	ID       string
	Heading  string
	About    string
	Targeted bool
	Warning  string
	Figures  []view.Figure
	Moves    []trendMoves
	refused  bool // the measure is censored: Warning says why there is nothing else
	shown    int  // results of the year that the first headline is about
}

// trendMoves is how areas moved between two inspections on one scale.
type trendMoves struct {
	Finding string
	Table   *view.Table // nil where no area has two
}

// trendStanding is how areas stood in one programme's cohort and in the next one's.
type trendStanding struct {
	Finding string
	Table   view.Table
}

// trendChoice is what a reader asks the page for.
type trendChoice struct {
	theme     string              // empty for a measure that stands for none
	measures  []analytics.Measure // one of a programme, or the primary ones of a theme, newest programme first
	programme string
	group     analytics.GroupKind
	name      string
}

func trendsPage(req *Request) (Page, error) {
	c, err := trendChoiceOf(req)
	if err != nil {
		return nil, err
	}
	w := req.words
	p := trendsView{Programme: c.programme, Theme: req.query.Get("theme")}
	p.choices(req, c)
	p.Finding = w.Say("trends.none")
	shown, told := 0, 0 // told is the section that the finding is of
	for _, m := range c.measures {
		section, err := trendSectionOf(req, c, m)
		if err != nil {
			return nil, err
		}
		if section.refused {
			if shown == 0 {
				p.Finding = section.Warning
			}
			p.Sections = append(p.Sections, section)
			continue
		}
		if len(section.Figures) == 0 {
			continue
		}
		if min(section.shown, enough) > min(shown, enough) {
			p.Finding, shown = w.Say("trends.finding", "Headline", section.Figures[0].Headline,
				"Programme", w.Say("programme."+m.Programme+".short")), section.shown
			told = len(p.Sections)
		}
		p.Sections = append(p.Sections, section)
	}
	if told > 0 { // what the finding is about is seen first
		first := p.Sections[told]
		p.Sections = slices.Insert(slices.Delete(p.Sections, told, told+1), 0, first)
	}
	p.Standing = standingOf(req, c)
	var subject string
	if c.programme == "" {
		subject = w.Theme(c.theme)
	} else {
		subject = w.Measure(c.programme, c.measures[0].ID) + ", " + w.Programme(c.programme)
	}
	p.Base = view.Base{Title: w.Say("trends.title", "Subject", subject, "Place", w.Group(c.group, c.name)),
		Description: p.Finding, HasCharts: slices.ContainsFunc(p.Sections,
			func(s trendSection) bool { return len(s.Figures) > 0 }), Data: w.Answer(trendsAnswer(c))}
	return &p, nil
}

// trendChoiceOf reads the page's parameters. A programme asks for one of its measures, the first where none is named;
// without one it is a theme, the last, which is the overall rating, where none is named.
func trendChoiceOf(req *Request) (trendChoice, error) {
	c := trendChoice{group: analytics.GroupAll, name: string(analytics.GroupAll)}
	if id := req.query.Get("region"); id != "" {
		if req.snapshot.Place(analytics.GroupRegion, id).ID == "" {
			return c, &analytics.InvalidError{Field: "region", Kind: "region", Value: id}
		}
		c.group, c.name = analytics.GroupRegion, id
	}
	switch id := req.query.Get("programme"); {
	case id != "" && req.query.Get("theme") != "":
		return c, &analytics.InvalidError{Field: "theme", Kind: "alone"}
	case id == "" && req.query.Get("measure") != "":
		return c, &analytics.InvalidError{Field: "programme", Kind: "required"}
	case id != "":
		if _, err := req.snapshot.Programme(id); err != nil {
			return c, &analytics.InvalidError{Field: "programme", Kind: "programme", Value: id}
		}
		c.programme = id
		return c, c.ofProgramme(req)
	}
	themes := req.snapshot.Themes()
	if len(themes) > 0 {
		c.theme = themes[len(themes)-1]
	}
	if id := req.query.Get("theme"); id != "" {
		if !slices.Contains(themes, id) {
			return c, &analytics.InvalidError{Field: "theme", Kind: "theme", Value: id}
		}
		c.theme = id
	}
	c.ofTheme(req)
	return c, nil
}

func (c *trendChoice) ofProgramme(req *Request) error {
	all := req.snapshot.Measures(c.programme)
	if len(all) == 0 {
		return &analytics.InvalidError{Field: "programme", Kind: "programme_without_results", Value: c.programme}
	}
	m := all[0]
	if id := req.query.Get("measure"); id != "" {
		asked, err := req.snapshot.Measure(c.programme, id)
		if err != nil {
			return &analytics.InvalidError{Field: "measure", Kind: "measure", Value: id}
		}
		m = asked
	}
	c.measures = []analytics.Measure{m}
	if m.Primary {
		c.theme = m.Theme
	}
	return nil
}

// ofTheme takes each programme's primary measure of the theme, the newest programme first.
func (c *trendChoice) ofTheme(req *Request) {
	for _, p := range slices.Backward(req.snapshot.Programmes()) {
		for _, m := range req.snapshot.Measures(p.ID) {
			if m.Theme == c.theme && m.Primary {
				c.measures = append(c.measures, m)
			}
		}
	}
}

func (p *trendsView) choices(req *Request, c trendChoice) {
	w := req.words
	for _, theme := range req.snapshot.Themes() {
		p.Themes = append(p.Themes, programmeChoice{ID: theme, Name: w.Theme(theme),
			Href: w.URL("/trends?theme=" + theme), Selected: c.programme == "" && theme == c.theme})
	}
	for _, programme := range req.snapshot.Programmes() {
		if programme.Results > 0 {
			p.Programmes = append(p.Programmes, programmeChoice{ID: programme.ID,
				Name: capital(w.Say("programme." + programme.ID + ".short")), Count: programme.Inspections,
				Href: w.URL("/trends?programme=" + programme.ID), Selected: programme.ID == c.programme})
		}
	}
	if c.programme != "" {
		measures := view.Field{Name: "measure", Label: w.Say("benchmarks.measure")}
		for _, m := range req.snapshot.Measures(c.programme) {
			measures.Choices = append(measures.Choices, view.Option{Value: m.ID, Text: w.Measure(c.programme, m.ID),
				Selected: m.ID == c.measures[0].ID})
		}
		p.Fields = append(p.Fields, measures)
	}
	regions := view.Field{Name: "region", Label: w.Say("fact.region"), Empty: true,
		Choices: []view.Option{{Text: w.Say("group.all"), Selected: c.group == analytics.GroupAll}}}
	for _, place := range req.snapshot.Places() {
		if place.Group == analytics.GroupRegion {
			regions.Choices = append(regions.Choices, view.Option{Value: place.ID, Text: place.Name.In(req.tag),
				Selected: c.name == place.ID})
		}
	}
	p.Fields = append(p.Fields, regions)
}

// trendSectionOf says how one measure went: its years on each scale, and the areas that have two inspections.
func trendSectionOf(req *Request, c trendChoice, m analytics.Measure) (trendSection, error) {
	w := req.words
	trends, err := req.snapshot.Trends(m.Programme, m.ID, c.group, c.name)
	if err != nil {
		return trendSection{}, err
	}
	programme, err := req.snapshot.Programme(m.Programme)
	if err != nil {
		return trendSection{}, err
	}
	s := trendSection{ID: m.Programme, Heading: w.Programme(m.Programme) + ": " + w.Measure(m.Programme, m.ID),
		About: w.Say("programme." + m.Programme + ".about"), Targeted: programme.Sampling == analytics.SamplingTargeted}
	if s.Targeted {
		s.Warning = w.Say("benchmarks.targeted", "Programme", w.Programme(m.Programme))
	}
	if text := w.Refused(m.Programme, m.ID); text != "" {
		s.Warning, s.refused = text, true
		return s, nil
	}
	for _, t := range trends {
		figures, shown := yearsFigures(req, c, m, t)
		s.Figures, s.shown = append(s.Figures, figures...), max(s.shown, shown)
		if moves := movesOf(req, c, m, t); moves != nil {
			s.Moves = append(s.Moves, *moves)
		}
	}
	return s, nil
}
