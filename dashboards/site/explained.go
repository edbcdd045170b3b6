package site

import "yardstick/dashboards/view"

// explainedPath is the address of the page that explains inspection to people who are new to it.
const explainedPath = "/explained"

// explainedView says what inspection is, with a table of the programmes under the last section.
type explainedView struct {
	proseView
	Programmes view.Table
}

// Parts returns the table of the page.
func (p *explainedView) Parts() (parts view.Parts) {
	parts.AddTables(&p.Programmes)
	return parts
}

// explainedSections are the sections of the page; the table of programmes follows the last.
var explainedSections = []prose{
	{key: "explained.service.", paragraphs: 1, links: []proseLink{
		{"law", "https://www.legislation.gov.uk/ukpga/1998/37/section/39"},
	}},
	{key: "explained.who.", paragraphs: 2, links: []proseLink{
		{"inspectorate", inspectorateSite},
		{"law", "https://www.legislation.gov.uk/ukpga/2000/43/section/7"},
	}},
	{key: "explained.rating.", paragraphs: 3, links: []proseLink{{"ratings", "/ratings"}}},
	{key: "explained.after.", paragraphs: 2, links: []proseLink{{"contact", "/contact"}}},
	{key: "explained.programmes.", paragraphs: 1},
}

func explainedPage(req *Request) (Page, error) {
	w := req.words
	p := explainedView{
		proseView: proseView{
			Base:     view.Base{Title: w.Say("explained.title"), Description: w.Say("explained.meta")},
			Heading:  w.Say("explained.title"),
			Finding:  w.Say("explained.finding"),
			Sections: sections(req, explainedSections),
		},
		Programmes: programmesInShort(req),
	}
	p.Contents = contents(p.Sections)
	return &p, nil
}

// programmesInShort has a row for each programme, oldest first: its years, how it chose areas and how many of its
// inspections the release has.
func programmesInShort(req *Request) view.Table {
	w := req.words
	t := view.Table{ID: "programmes-table", Compact: true, Caption: w.Say("explained.table"), Columns: []view.Column{
		{Label: w.Say("explained.programme")},
		{Label: w.Say("explained.years")},
		{Label: w.Say("explained.chosen")},
		{Label: w.Say("explained.inspections"), Numeric: true},
	}}
	for _, p := range req.snapshot.Programmes() {
		years := w.Say("explained.since", "First", p.Starts.Year)
		if p.Ends.Year > 0 {
			years = w.Say("explained.from_to", "First", p.Starts.Year, "Last", p.Ends.Year)
		}
		count := w.CountCell(p.Inspections)
		if p.Inspections > 0 {
			count.Link = w.URL("/inspections?programme=" + p.ID)
		}
		t.NewRow(false, view.Text(w.Programme(p.ID)), view.Text(years),
			view.Text(capital(w.Say("sampling."+string(p.Sampling)))), count)
	}
	return t
}
