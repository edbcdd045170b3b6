package site

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// yearsTable counts the inspections held by year of publication and programme.
func yearsTable(req *Request) view.Table {
	w := req.words
	t := view.Table{
		ID:      "years",
		Compact: true,
		Caption: w.Say("data.years"),
		Columns: []view.Column{{Label: w.Say("data.year")}},
	}
	years := make(map[int]bool)
	coverages := req.snapshot.Coverages()
	for _, c := range coverages {
		t.Columns = append(t.Columns,
			view.Column{Label: capital(w.Say("programme." + c.Programme.ID + ".short")), Numeric: true})
		for year := range c.Years {
			years[year] = true
		}
	}
	row := func(label string, count func(analytics.Coverage) int) {
		cells := []view.Cell{view.Text(label)}
		for _, c := range coverages {
			cells = append(cells, w.CountCell(count(c)))
		}
		t.NewRow(false, cells...)
	}
	for _, year := range slices.Sorted(maps.Keys(years)) {
		if year > 0 {
			row(strconv.Itoa(year), func(c analytics.Coverage) int { return c.Years[year] })
		}
	}
	if years[0] {
		row(w.Say("data.year_unknown"), func(c analytics.Coverage) int { return c.Years[0] })
	}
	row(w.Say("data.all"), func(c analytics.Coverage) int { return c.Programme.Inspections })
	return t
}

// capital is a text that begins with a capital letter, as a header does.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// regionsTable says of how many areas of each region anything is held, by programme.
func regionsTable(req *Request) view.Table {
	w := req.words
	t := view.Table{
		ID:      "regions",
		Compact: true,
		Caption: w.Say("data.regions"),
		Columns: []view.Column{{Label: w.Say("fact.region")}},
	}
	coverages := req.snapshot.Coverages()
	for _, c := range coverages {
		t.Columns = append(t.Columns,
			view.Column{Label: capital(w.Say("programme." + c.Programme.ID + ".short")), Numeric: true})
	}
	for _, place := range req.snapshot.Places() {
		if place.Group != analytics.GroupRegion {
			continue
		}
		cells := []view.Cell{view.Text(place.Name.In(req.tag))}
		for _, c := range coverages {
			cells = append(cells, heldCell(req, c.Regions[place.ID], c.RegionsOf[place.ID]))
		}
		t.NewRow(false, cells...)
	}
	cells := []view.Cell{view.Text(w.Say("group.all"))}
	for _, c := range coverages {
		cells = append(cells, heldCell(req, c.Held, c.Of))
	}
	t.NewRow(true, cells...)
	return t
}

// heldCell returns "12 of 33", or the number alone where there is nothing to set it against.
func heldCell(req *Request, held, of int) view.Cell {
	if of == 0 {
		return req.words.CountCell(held)
	}
	return view.Text(req.words.Say("data.n_of", "N", held, "Of", of))
}

// missing says for each programme how much is held, what is not, and why.
func missing(req *Request) []dataMissing {
	w := req.words
	var out []dataMissing
	for _, c := range req.snapshot.Coverages() {
		m := dataMissing{Name: w.Programme(c.Programme.ID), Why: w.Say("data.why." + c.Programme.ID)}
		if c.Of == 0 {
			m.Said = w.Say("data.held_chosen", "Inspections", c.Programme.Inspections, "Held", c.Held)
		} else {
			m.Said = w.Say("data.held_of", "Inspections", c.Programme.Inspections, "Held", c.Held, "Of", c.Of)
		}
		for _, a := range c.Missing {
			m.Areas = append(m.Areas, view.Link{Text: a.Name.In(req.tag), Href: w.URL("/areas/" + a.ID)})
		}
		m.Label = w.Say("data.missing_areas", "Areas", len(m.Areas))
		out = append(out, m)
	}
	return out
}

// document is a source as the list shows it.
type document struct {
	analytics.Source
	link  view.SourceLink
	cited analytics.Citation
}

// documentsTable lists documents under a letter by title, or those that most rows were read from.
func documentsTable(req *Request, letter string) view.Table {
	w := req.words
	t := view.Table{ID: "documents", Compact: true, Caption: w.Say("data.documents_list"), Columns: []view.Column{
		{Label: w.Say("data.document")}, {Label: w.Say("data.figures"), Numeric: true},
		{Label: w.Say("data.findings"), Numeric: true},
	}}
	all := documents(req)
	if letter == "" {
		slices.SortStableFunc(all, func(a, b document) int { return cmp.Compare(b.cited.Rows(), a.cited.Rows()) })
		all = all[:min(len(all), mostCited)]
	}
	for _, d := range all {
		if letter != "" && initial(d.link.Text) != letter {
			continue
		}
		t.NewRow(
			false,
			view.Cell{
				Text:  d.link.Text,
				Link:  d.URL,
				Small: strings.ReplaceAll(d.ID+"; "+d.Detail+"; "+d.Licence, "; ; ", "; "),
			},
			w.CountCell(d.cited.Figures()),
			w.CountCell(d.cited.Findings),
		)
	}
	return t
}

// documents are all sources by title, with how many rows were read from each.
func documents(req *Request) []document {
	cited := req.snapshot.Citations()
	var all []document
	for _, o := range req.snapshot.Sources() {
		all = append(all, document{Source: o, link: req.words.Sources([]string{o.ID})[0], cited: cited[o.ID]})
	}
	slices.SortStableFunc(all, func(a, b document) int { return cmp.Compare(a.link.Text, b.link.Text) })
	return all
}

// letters are the letters that titles of documents begin with, after the choice of those that most figures rest on.
func letters(req *Request, chosen string) []dataLetter {
	w := req.words
	used := make(map[string]bool)
	for _, d := range documents(req) {
		used[initial(d.link.Text)] = true
	}
	out := []dataLetter{
		{Text: w.Say("data.most"), Href: w.URL("/data") + "#documents-heading", Selected: chosen == ""},
	}
	for _, letter := range slices.Sorted(maps.Keys(used)) {
		out = append(out, dataLetter{
			Text:     letterText(req, letter),
			Href:     w.URL("/data?letter="+letter) + "#documents-heading",
			Selected: letter == chosen,
		})
	}
	return out
}
