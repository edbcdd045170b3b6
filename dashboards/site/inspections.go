package site

import (
	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// inspectionsView is the list of inspections held, newest first, of one programme or all.
type inspectionsView struct {
	view.Base
	Finding    string
	All        bool // no programme is chosen
	Programmes []programmeChoice
	Table      view.Table
}

// Parts returns the figures and tables of the page.
func (p *inspectionsView) Parts() (parts view.Parts) {
	parts.AddTables(&p.Table)
	return parts
}

// programmeChoice is one choice of a list of programmes.
type programmeChoice struct {
	ID       string
	Name     string
	Count    int
	Href     string
	Selected bool
}

func inspectionsPage(req *Request) (Page, error) {
	w := req.words
	programme := req.query.Get("programme")
	title := w.Say("inspections.title")
	csv := w.Answer("/api/v1/inspections?format=csv")
	if programme != "" {
		if _, err := req.snapshot.Programme(programme); err != nil {
			return nil, &analytics.InvalidError{Field: "programme", Kind: "programme", Value: programme}
		}
		title = w.Say("inspections.title_of", "Programme", w.Programme(programme))
		csv += "&programme=" + programme
	}
	p := inspectionsView{All: programme == "", Base: view.Base{Title: title, Description: w.Say("inspections.meta")}}
	for _, choice := range req.snapshot.Programmes() {
		if choice.Inspections > 0 {
			p.Programmes = append(p.Programmes, programmeChoice{
				ID:       choice.ID,
				Name:     capital(w.Say("programme." + choice.ID + ".short")),
				Count:    choice.Inspections,
				Href:     w.URL("/inspections?programme=" + choice.ID),
				Selected: choice.ID == programme,
			})
		}
	}
	p.Table = view.Table{ID: "inspections", Compact: true, Caption: title, CSV: csv, Columns: []view.Column{
		{Label: w.Say("table.inspection")},
		{Label: w.Say("fact.programme")},
		{Label: w.Say("fact.published"), Date: true},
		{Label: w.Say("table.found")},
		{Label: w.Say("provenance.source")},
	}}
	for _, i := range req.snapshot.Inspections() {
		if programme != "" && i.Programme != programme {
			continue
		}
		finding, _ := inspectionFinding(req, i)
		p.Table.NewRow(false, view.Cell{Text: w.Inspection(i), Link: w.URL("/inspections/" + i.ID)},
			view.Text(w.Say("programme."+i.Programme+".short")), view.Text(w.Published(i)), view.Text(finding),
			view.Cell{Links: w.SitesOf(i)})
	}
	p.Finding = w.Say("inspections.finding", "Count", len(p.Table.Rows))
	return &p, nil
}
