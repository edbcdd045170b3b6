package site

import (
	"strconv"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// releasesView lists every release, newest first, with what each changed and why.
type releasesView struct {
	view.Base
	Finding  string
	Regions  []view.Feed // that can be followed
	Releases []releaseView
}

// Parts returns the figures and tables of the page.
func (p *releasesView) Parts() (parts view.Parts) {
	for n := range p.Releases {
		parts.AddTables(p.Releases[n].Changes)
	}
	return parts
}

// releaseView is one release in plain words.
type releaseView struct {
	ID       string // of its place on the page
	Heading  string
	Current  bool
	Sentence string
	Why      string
	Facts    []view.Fact
	Added    []view.Link // inspections that were added
	More     string      // how many more were added than are listed
	Changes  *view.Table // corrections and withdrawals
}

// mostListed is how many inspections of a release are listed by name.
const mostListed = 60

func releasesPage(req *Request) (Page, error) {
	w := req.words
	all := req.snapshot.Publications()
	p := releasesView{Regions: req.regionFeeds()}
	for n, publication := range all {
		p.Releases = append(p.Releases, releaseOf(req, publication, n == 0))
	}
	p.Finding = w.Say("releases.none")
	if len(all) > 0 {
		p.Finding = w.Say("releases.finding", "Count", len(all), "Date", w.Day(all[0].Published),
			"Sentence", p.Releases[0].Sentence)
	}
	p.Base = view.Base{Title: w.Say("releases.title"), Description: w.Say("releases.meta")}
	return &p, nil
}

func releaseOf(req *Request, p analytics.Publication, current bool) releaseView {
	w := req.words
	out := releaseView{
		ID:       "r" + strconv.Itoa(p.Position),
		Heading:  w.Publication(p),
		Current:  current,
		Why:      p.Why,
		Sentence: releaseSentence(req, p),
	}
	id := p.Release
	if current {
		id = req.snapshot.Release().ID
	}
	out.Facts = []view.Fact{
		{Term: w.Say("releases.number"), Text: strconv.Itoa(p.Position)},
		{Term: w.Say("releases.name"), Text: id},
		{Term: w.Say("releases.origin"), Text: w.Say("releases.origin_" + p.Origin)},
	}
	if id == "" {
		out.Facts[1].Text = w.Say("releases.name_unknown")
	}
	out.Added, out.More = addedInspections(req, p)
	if t := revisionTable(req, out.ID+"-changes", changed(req.snapshot.Revisions(p.Position)), true); len(t.Rows) > 0 {
		t.Caption = w.Say("releases.changes", "Date", w.Day(p.Published))
		out.Changes = &t
	}
	return out
}

// releaseSentence counts what a release did to figures.
func releaseSentence(req *Request, p analytics.Publication) string {
	w := req.words
	var parts []string
	if p.Added > 0 {
		parts = append(parts, w.Say("releases.added", "Count", p.Added))
	}
	if p.Corrected > 0 {
		parts = append(parts, w.Say("releases.corrected", "Count", p.Corrected))
	}
	if p.Withdrawn > 0 {
		parts = append(parts, w.Say("releases.withdrawn", "Count", p.Withdrawn))
	}
	switch {
	case len(parts) > 0:
		return w.Say("releases.did", "What", w.And(parts))
	case p.Position == 1:
		return w.Say("releases.first")
	}
	return w.Say("releases.same")
}

// addedInspections are the inspections that a release brought results of.
func addedInspections(req *Request, p analytics.Publication) (links []view.Link, more string) {
	w := req.words
	seen := make(map[string]bool)
	for _, r := range req.snapshot.Revisions(p.Position) {
		if r.Subject != analytics.SubjectResult || r.Act != analytics.ActAdded || seen[r.Inspection] {
			continue
		}
		seen[r.Inspection] = true
		if len(seen) > mostListed {
			continue
		}
		link := view.Link{Text: r.Inspection}
		if i, err := req.snapshot.Inspection(r.Inspection); err == nil {
			link = view.Link{Text: w.Inspection(i), Href: w.URL("/inspections/" + r.Inspection)}
		}
		links = append(links, link)
	}
	if rest := len(seen) - len(links); rest > 0 {
		more = w.Say("releases.more", "Count", rest)
	}
	return links, more
}

// changed are the revisions that are more than results coming in, which are told by inspection. Results of one
// inspection that were withdrawn for one reason are told together, and what its notice printed for others goes with
// them.
func changed(all []analytics.Revision) []analytics.Revision {
	var out []analytics.Revision
	at := make(map[analytics.Revision]int)
	for _, r := range all {
		ofInspection := r.Subject == analytics.SubjectResult || r.Subject == analytics.SubjectBenchmark
		switch {
		case ofInspection && r.Act == analytics.ActAdded,
			r.Subject == analytics.SubjectBenchmark && r.Act == analytics.ActWithdrawn:
			continue
		case ofInspection && r.Act == analytics.ActWithdrawn && r.Field == "":
			together := analytics.Revision{Inspection: r.Inspection, Why: r.Why}
			if n, told := at[together]; told {
				out[n].Measure, out[n].Rows = "", out[n].Rows+r.Rows
				continue
			}
			at[together] = len(out)
		}
		out = append(out, r)
	}
	return out
}

// revisionTable lists revisions. The first column is what each is about on a page of a release, and its release on a
// page of an inspection.
func revisionTable(req *Request, id string, revisions []analytics.Revision, ofRelease bool) view.Table {
	w := req.words
	first := view.Column{Label: w.Say("releases.release")}
	if ofRelease {
		first.Label = w.Say("revision.about")
	}
	t := view.Table{
		ID:      id,
		Compact: true,
		Columns: []view.Column{first, {Label: w.Say("revision.change")}, {Label: w.Say("revision.why")}},
	}
	for _, r := range revisions {
		why := r.Why
		if why == "" {
			why = w.Say("revision.no_reason")
		}
		about, change := w.Revised(r, ofRelease), view.Text(w.Change(r))
		if !ofRelease {
			link := w.PublicationLink(req.snapshot.Publication(r.Position))
			about, change = view.Cell{
				Text: link.Text,
				Link: link.Href,
			}, view.Cell{
				Text:  about.Text,
				Small: change.Text,
			}
		}
		t.NewRow(false, about, change, view.Text(why))
	}
	return t
}

// markCorrected says beside each of an inspection's figures that a later release corrected when and why, and leads to
// what it was before. The table has a row for each result; the figure is in the column of this number.
func markCorrected(req *Request, t *view.Table, i analytics.Inspection, results []analytics.Result, column int) {
	w := req.words
	for n, r := range results {
		c, ok := req.snapshot.Correction(i.ID, r.Measure)
		if !ok {
			continue
		}
		day := w.Day(req.snapshot.Publication(c.Position).Published)
		link := view.Link{Text: w.Say("history.corrected", "Date", day), Href: "#history"}
		if c.Why != "" {
			link.Text = w.Say("history.corrected_why", "Date", day, "Why", c.Why)
		}
		t.Rows[n].Cells[column].Aside = &link
	}
}

// inspectionHistory is what releases changed about an inspection; nil where it stands as it was first released.
func inspectionHistory(req *Request, id string) *view.Table {
	told := req.snapshot.History(id)
	if len(told) == 0 {
		return nil
	}
	t := revisionTable(req, "history-table", told, false)
	t.Caption = req.words.Say("history.caption")
	return &t
}
