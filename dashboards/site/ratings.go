package site

import (
	"slices"
	"strconv"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// ratingsView says what every rating and score means, programme by programme.
type ratingsView struct {
	view.Base
	Finding    string
	Contents   []view.Link
	Programmes []ratingsProgramme
	Sections   []section
}

// Parts returns the figures and tables of the page.
func (p *ratingsView) Parts() (parts view.Parts) {
	for n := range p.Programmes {
		for i := range p.Programmes[n].Tables {
			parts.AddTables(&p.Programmes[n].Tables[i])
		}
	}
	return parts
}

// ratingsProgramme is a programme with the words and numbers that it used.
type ratingsProgramme struct {
	ID         string
	Heading    string
	Paragraphs []string
	Tables     []view.Table
	More       view.Link // its inspections
}

func ratingsPage(req *Request) (Page, error) {
	w := req.words
	p := ratingsView{
		Base:    view.Base{Title: w.Say("ratings.title"), Description: w.Say("ratings.meta")},
		Finding: w.Say("ratings.finding"),
		Sections: sections(req, []prose{
			{key: "ratings.between.", paragraphs: 2},
			{key: "ratings.after.", paragraphs: 2, links: []proseLink{{"explained", explainedPath}}},
			{key: "ratings.more.", paragraphs: 1, links: []proseLink{
				{"methods", "/methodology#rules"},
				{"glossary", "/glossary"},
				{"inspectorate", inspectorateStandards},
			}},
		}),
	}
	for _, programme := range slices.Backward(req.snapshot.Programmes()) {
		p.Programmes = append(p.Programmes, ratingsOf(req, programme))
	}
	for _, one := range p.Programmes {
		p.Contents = append(p.Contents, view.Link{Text: one.Heading, Href: "#" + one.ID})
	}
	p.Contents = append(p.Contents, contents(p.Sections)...)
	return &p, nil
}

// ratingsOf says what the words and numbers of a programme mean. One without results has words alone.
func ratingsOf(req *Request, programme analytics.Programme) ratingsProgramme {
	w := req.words
	p := ratingsProgramme{
		ID:         programme.ID,
		Heading:    w.Programme(programme.ID),
		Paragraphs: []string{w.Say("programme." + programme.ID + ".about"), w.Say("ratings.about." + programme.ID)},
		More: view.Link{
			Text: w.Say("ratings.inspections", "Programme", w.Say("programme."+programme.ID+".short")),
			Href: w.URL("/inspections?programme=" + programme.ID),
		},
	}
	for _, scale := range scalesOf(req.snapshot, programme.ID) {
		if scale.Kind == analytics.ScaleLevels {
			p.Tables = append(p.Tables, levelsMeaning(req, programme.ID, scale))
		}
	}
	var bands []analytics.Band
	for _, b := range slices.Backward(req.snapshot.Bands()) {
		if b.Programme == programme.ID {
			bands = append(bands, b)
		}
	}
	if len(bands) > 0 {
		p.Tables = append(p.Tables, bandsMeaning(req, programme.ID, bands))
	}
	return p
}

// scalesOf returns the scales that the results of a programme are on, newest first.
func scalesOf(s *analytics.Snapshot, programme string) []analytics.Scale {
	used := make(map[string]bool)
	for _, i := range s.Inspections() {
		if i.Programme == programme {
			for _, r := range i.Results {
				used[r.Scale] = true
			}
		}
	}
	var scales []analytics.Scale
	for _, scale := range s.Scales() {
		if used[scale.ID] {
			scales = append(scales, scale)
		}
	}
	slices.Reverse(scales)
	return scales
}

// levelsMeaning has a row for each word of a scale, best first.
func levelsMeaning(req *Request, programme string, scale analytics.Scale) view.Table {
	w := req.words
	points := slices.ContainsFunc(scale.Levels, func(l analytics.Level) bool { return l.Points != nil }) &&
		slices.ContainsFunc(req.snapshot.Bands(), func(b analytics.Band) bool { return b.Programme == programme })
	t := view.Table{ID: programme + "-" + scale.ID, Compact: true,
		Caption: w.Say("ratings.levels", "Programme", capital(w.Say("programme."+programme+".short")),
			"Scale", w.Say("scale."+scale.ID)),
		Columns: []view.Column{{Label: w.Say("ratings.word")}, {Label: w.Say("ratings.meaning")}},
	}
	if points {
		t.Columns = append(t.Columns, view.Column{Label: w.Say("ratings.points"), Numeric: true})
	}
	for _, l := range slices.Backward(scale.Levels) {
		cells := []view.Cell{
			{Text: w.Level(scale.ID, l.ID), Kind: "rating", Rating: "rating--" + strconv.Itoa(l.Position)},
			view.Text(w.Say("ratings.level." + scale.ID + "." + l.ID)),
		}
		if points {
			cells = append(cells, w.CountCell(*l.Points))
		}
		t.NewRow(false, cells...)
	}
	return t
}

// bandsMeaning has a row for each range of numbers that goes with a word.
func bandsMeaning(req *Request, programme string, bands []analytics.Band) view.Table {
	w := req.words
	t := view.Table{ID: programme + "-bands", Compact: true, Caption: w.Say("ratings.bands." + programme),
		Columns: []view.Column{
			{Label: w.Say("methodology.word")},
			{Label: w.Say("methodology.numbers")},
			{Label: w.Say("ratings.meaning")},
		}}
	for _, b := range bands {
		t.NewRow(false, view.Text(bandWord(req, b)),
			view.Text(w.Say("methodology.band", "Lower", w.Number(b.Lower, 0), "Upper", w.Unit(b.Upper, b.Unit))),
			view.Text(w.Say("ratings.band."+programme+"."+b.Word)).Under(w.Say("status."+string(b.Status))))
	}
	return t
}
