package site

import (
	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// methodologyView says how every number on the site is made, what is known of each programme's rules and how well,
// and what may be compared.
type methodologyView struct {
	view.Base
	Programmes view.Table
	Scales     view.Table
	Bands      view.Table
	Themes     view.Table
	Sections   []section
}

// Parts returns the figures and tables of the page.
func (p *methodologyView) Parts() (parts view.Parts) {
	parts.AddTables(&p.Programmes, &p.Scales, &p.Bands, &p.Themes)
	return parts
}

// methods are the sections of the page.
var methods = []prose{
	{key: "methodology.comparability.", paragraphs: 3},
	{key: "methodology.uncertainty.", paragraphs: 3},
	{key: "methodology.empirical.", paragraphs: 3},
	{key: "methodology.funnels.", paragraphs: 3},
	{key: "methodology.ranks.", paragraphs: 2},
	{key: "methodology.trend_test.", paragraphs: 4},
	{key: "methodology.desk.", paragraphs: 4},
	{key: "methodology.benchmarks.", paragraphs: 7},
	{key: "methodology.standing.", paragraphs: 1},
	{key: "methodology.series.", paragraphs: 3},
	{key: "methodology.trends.", paragraphs: 3},
	{key: "methodology.dates.", paragraphs: 2},
	{key: "methodology.coverage.", paragraphs: 3},
	{key: "methodology.localities.", paragraphs: 4},
	{key: "methodology.sources.", paragraphs: 2},
}

func methodologyPage(req *Request) (Page, error) {
	w := req.words
	p := methodologyView{Base: view.Base{Title: w.Say("methodology.title"), Description: w.Say("methodology.meta")},
		Programmes: programmesTable(req), Scales: scalesTable(req), Bands: bandsTable(req), Themes: crosswalkTable(req)}
	p.Sections = sections(req, methods)
	return &p, nil
}

func programmesTable(req *Request) view.Table {
	w := req.words
	t := view.Table{ID: "programmes", Caption: w.Say("methodology.programmes"), Compact: true, Columns: []view.Column{
		{Label: w.Say("fact.programme")}, {Label: w.Say("methodology.ran")}, {Label: w.Say("fact.chosen")},
		{Label: w.Say("methodology.held"), Numeric: true}, {Label: w.Say("methodology.expressed")},
	}}
	for _, p := range req.snapshot.Programmes() {
		ran := w.Say("methodology.since", "Start", w.Date(p.Starts))
		if p.Ends.Precision() != analytics.PrecisionUnknown {
			ran = w.Say("methodology.from_to", "Start", w.Date(p.Starts), "End", w.Date(p.Ends))
		}
		t.NewRow(false, view.Text(w.Programme(p.ID)), view.Text(ran), view.Text(w.Say("sampling."+string(p.Sampling))),
			w.CountCell(p.Inspections), view.Text(w.Say("programme."+p.ID+".about")))
	}
	return t
}

func scalesTable(req *Request) view.Table {
	w := req.words
	t := view.Table{ID: "scales", Caption: w.Say("methodology.scales"), Compact: true, Columns: []view.Column{
		{Label: w.Say("methodology.scale")},
		{Label: w.Say("methodology.words")},
		{Label: w.Say("methodology.status")},
	}}
	for _, s := range req.snapshot.Scales() {
		words := make([]string, len(s.Levels))
		for n, l := range s.Levels {
			words[len(words)-1-n] = w.Level(s.ID, l.ID)
		}
		said := w.And(words)
		if s.Kind == analytics.ScalePercent {
			said = w.Say("methodology.percent")
		}
		t.NewRow(false, view.Text(w.Say("scale."+s.ID)), view.Text(said), view.Text(w.Say("status."+string(s.Status))))
	}
	return t
}

func bandsTable(req *Request) view.Table {
	w := req.words
	t := view.Table{ID: "bands", Caption: w.Say("methodology.bands"), Compact: true, Columns: []view.Column{
		{Label: w.Say("fact.programme")},
		{Label: w.Say("methodology.numbers")},
		{Label: w.Say("methodology.word")},
		{Label: w.Say("methodology.status")},
	}}
	for _, b := range req.snapshot.Bands() {
		word := bandWord(req, b)
		t.NewRow(false, view.Text(w.Programme(b.Programme)),
			view.Text(w.Say("methodology.band", "Lower", w.Number(b.Lower, 0), "Upper", w.Unit(b.Upper, b.Unit))),
			view.Text(word), view.Text(w.Say("status."+string(b.Status))))
	}
	return t
}

// bandWord is the word that a band gives: a level of the scale in its unit, or an improvement comment.
func bandWord(req *Request, b analytics.Band) string {
	for _, s := range req.snapshot.Scales() {
		if _, ok := s.Level(b.Word); ok && s.Unit == b.Unit {
			return req.words.Level(s.ID, b.Word)
		}
	}
	return req.words.Say("comment." + b.Word)
}

// crosswalkTable shows which measure of each programme stands for which theme.
func crosswalkTable(req *Request) view.Table {
	w := req.words
	t := view.Table{
		ID:      "crosswalk",
		Caption: w.Say("methodology.crosswalk"),
		Compact: true,
		Columns: []view.Column{{Label: w.Say("table.theme")}},
	}
	var programmes []analytics.Programme
	for _, p := range req.snapshot.Programmes() {
		if p.Results > 0 {
			programmes = append(programmes, p)
			t.Columns = append(t.Columns, view.Column{Label: w.Programme(p.ID)})
		}
	}
	for _, theme := range req.snapshot.Themes() {
		cells := []view.Cell{view.Text(w.Theme(theme))}
		for _, p := range programmes {
			cell := view.Text(w.Say("themes.not_judged"))
			for _, m := range req.snapshot.Measures(p.ID) {
				if m.Theme == theme && m.Primary {
					cell = view.Text(w.Measure(p.ID, m.ID))
				}
			}
			cells = append(cells, cell)
		}
		t.NewRow(false, cells...)
	}
	return t
}
