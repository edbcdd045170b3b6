package site

import (
	"net/url"

	"yardstick/dashboards/view"
)

// homeView is the first page: what the newest figures say, the country as inspections and statistics last showed it,
// and what the site has.
type homeView struct {
	view.Base
	Finding  string
	National []homeFigure
	Changed  *homeRelease // what the newest one changed; nil where the record does not tell its history
	Featured *homeFeature
	Held     view.Table
	Newest   view.Table
}

// Parts returns the figures and tables of the page.
func (p *homeView) Parts() (parts view.Parts) {
	for n := range p.National {
		parts.AddFigures(&p.National[n].Figure)
	}
	parts.AddTables(&p.Held, &p.Newest)
	return parts
}

// homeRelease is the newest release: a link to it, and what it changed in a sentence.
type homeRelease struct {
	Link view.Link
	Text string
}

// homeFigure is a chart of the country with the pages that say more.
type homeFigure struct {
	Figure view.Figure
	Links  []view.Link
}

// homeFeature is the comparison that shows what the site is for.
type homeFeature struct {
	Link    view.Link
	Verdict string
}

// newest is how many of the newest inspections the first page lists.
const newest = 4

func homePage(req *Request) (Page, error) {
	w := req.words
	inspections, areas := req.snapshot.Inspections(), make(map[string]bool)
	for _, i := range inspections {
		areas[i.Area] = true
	}
	about := w.Say("home.finding", "Count", len(inspections), "Areas", len(areas))
	p := homeView{Finding: about, Changed: newestRelease(req)}
	p.Base = view.Base{Title: w.Say("home.title"), Description: about, Linked: siteLinked(req, about), Finds: true}
	if err := p.national(req); err != nil {
		return nil, err
	}
	p.HasCharts = len(p.National) > 0
	if ids := featured(req.snapshot); ids != nil {
		comparison, err := req.snapshot.Compare(ids)
		if err != nil {
			return nil, err
		}
		p.Featured = &homeFeature{
			Link:    comparisonLink(req, ids),
			Verdict: w.Say("verdict." + string(comparison.Verdict) + ".statement"),
		}
	}
	p.Held = heldTable(req)
	p.Newest = view.Table{ID: "newest", Caption: w.Say("home.newest"),
		From: &view.Link{Text: w.Say("home.all_inspections"), Href: w.URL("/inspections")},
		Columns: []view.Column{
			{Label: w.Say("table.inspection")},
			{Label: w.Say("table.found")},
		}}
	for _, i := range inspections[:min(len(inspections), newest)] {
		finding, _ := inspectionFinding(req, i)
		p.Newest.NewRow(false, view.Cell{Text: w.Inspection(i), Link: w.URL("/inspections/" + i.ID)},
			view.Text(finding).Under(w.Published(i)))
	}
	return &p, nil
}

// heldTable counts what the release holds of each programme.
func heldTable(req *Request) view.Table {
	w := req.words
	t := view.Table{ID: "held", Compact: true, Caption: w.Say("home.held"), CSV: w.Answer("/api/v1/release?format=csv"),
		From: &view.Link{Text: w.Say("home.what_is_missing"), Href: w.URL("/data")}, Columns: []view.Column{
			{Label: w.Say("fact.programme")},
			{Label: w.Say("fact.chosen")},
			{Label: w.Say("home.inspections"), Numeric: true},
			{Label: w.Say("home.results"), Numeric: true},
		}}
	for _, programme := range req.snapshot.Programmes() {
		if programme.Inspections == 0 {
			continue
		}
		t.NewRow(false,
			view.Cell{Text: w.Programme(programme.ID), Link: w.URL("/inspections?programme=" + programme.ID)},
			view.Text(w.Say("sampling."+string(programme.Sampling))), w.CountCell(programme.Inspections),
			w.CountCell(programme.Results))
	}
	return t
}

// national fills the finding and the charts of the country. Each is of one programme or one statistic; what the release
// does not have enough of is left out.
func (p *homeView) national(req *Request) error {
	if r, ok := ratedOf(req); ok {
		f, err := ratedFigure(req, r)
		if err != nil {
			return err
		}
		p.Finding = r.sentence(req)
		p.National = append(p.National, f)
	}
	years, ok, err := censusFigure(req)
	if err != nil {
		return err
	}
	if ok {
		p.National = append(p.National, years)
	}
	r, ok, err := reoffendingOf(req)
	if err != nil {
		return err
	}
	if ok {
		p.National = append(p.National, reoffendingFigure(req, r))
	}
	return nil
}

// measureAddress is the address of a page about a programme's measure.
func measureAddress(req *Request, path, programme, measure string) string {
	return req.words.URL(path + "?" + url.Values{"programme": {programme}, "measure": {measure}}.Encode())
}
