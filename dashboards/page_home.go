package dashboards

import (
	"yardstick/dashboards/view"
)

// homeView is the first page: what the record says and where to begin.
type homeView struct {
	view.Base
	Finding  string
	Featured *homeFeature
	Held     view.Table
	Newest   view.Table
}

// homeFeature is the comparison that shows what the site is for.
type homeFeature struct {
	Link    view.Link
	Verdict string
	Panels  []comparePanel
}

// newest is how many of the newest inspections the first page lists.
const newest = 6

func homePage(v *visit) (any, error) {
	w := v.words
	inspections, areas := v.snapshot.Inspections(), make(map[string]bool)
	for _, i := range inspections {
		areas[i.Area] = true
	}
	p := homeView{Finding: w.Say("home.finding", "Count", len(inspections), "Areas", len(areas))}
	p.Base = view.Base{Title: w.Say("home.title"), Description: p.Finding, HasCharts: featured(v.snapshot) != nil}

	var err error
	if p.Featured, err = homeFeatured(v); err != nil {
		return nil, err
	}

	p.Held = view.Table{ID: "held", Caption: w.Say("home.held"), CSV: w.Answer("/api/v1/release?format=csv"),
		From: &view.Link{Text: w.Say("home.what_is_missing"), Href: w.URL("/data")}, Columns: []view.Column{
			{Label: w.Say("fact.programme")}, {Label: w.Say("fact.chosen")}, {Label: w.Say("home.inspections"), Numeric: true}, {Label: w.Say("home.results"), Numeric: true},
		}}
	for _, programme := range v.snapshot.Programmes() {
		if programme.Inspections == 0 {
			continue
		}
		p.Held.NewRow(false, view.Cell{Text: w.Programme(programme.ID), Link: w.URL("/inspections?programme=" + programme.ID)},
			view.Text(w.Say("sampling."+string(programme.Sampling))), view.Text(w.Number(float64(programme.Inspections), 0)), view.Text(w.Number(float64(programme.Results), 0)))
	}
	p.Newest = view.Table{ID: "newest", Caption: w.Say("home.newest"), Columns: []view.Column{
		{Label: w.Say("table.inspection")}, {Label: w.Say("fact.published"), Date: true}, {Label: w.Say("table.found")}, {Label: w.Say("provenance.source")},
	}}
	for _, i := range inspections[:min(len(inspections), newest)] {
		finding, _ := inspectionFinding(v, i)
		p.Newest.NewRow(false, view.Cell{Text: w.Inspection(i), Link: w.URL("/inspections/" + i.ID)}, view.Text(w.Date(i.Published)), view.Text(finding), view.Cell{Links: w.SitesOf(i)})
	}
	return p, nil
}

// homeFeatured is the comparison that the first page shows; nil where there is none to show.
func homeFeatured(v *visit) (*homeFeature, error) {
	ids := featured(v.snapshot)
	if ids == nil {
		return nil, nil
	}
	comparison, err := v.snapshot.Compare(ids)
	if err != nil {
		return nil, err
	}
	out := &homeFeature{Link: comparisonLink(v, ids), Verdict: v.words.Say("verdict." + string(comparison.Verdict) + ".statement")}
	for n, i := range comparison.Inspections {
		panel, _, err := panelOf(v, n+1, i)
		if err != nil {
			return nil, err
		}
		panel.Facts = nil
		if panel.Figure != nil {
			panel.Figure.Folded = true
		}
		out.Panels = append(out.Panels, panel)
	}
	return out, nil
}
