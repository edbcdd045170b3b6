package site

import (
	"strings"
	"unicode"

	"yardstick/analytics"
	"yardstick/dashboards/export"
	"yardstick/dashboards/export/datapackage"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

// dataView is what the release holds and how it is taken away: every table as a file, which areas and years are held
// and which are not, what is weak in the figures, and the documents they were read from.
type dataView struct {
	view.Base
	Finding    string
	Package    view.Link
	AllSources string
	Downloads  view.Table
	Columns    view.Table // what each column of the tables means
	Years      view.Table
	Regions    view.Table
	Missing    []dataMissing
	Doubts     view.Table
	Undated    []view.Link
	Warnings   view.Table
	Letters    []dataLetter
	Documents  string // which of the documents are listed
	Sources    view.Table
}

// Parts returns the figures and tables of the page.
func (p *dataView) Parts() (parts view.Parts) {
	parts.AddTables(&p.Downloads, &p.Columns, &p.Years, &p.Regions, &p.Doubts, &p.Warnings, &p.Sources)
	return parts
}

// dataMissing is what is not held of one programme.
type dataMissing struct {
	Name  string
	Said  string // how much is held
	Why   string
	Areas []view.Link
	Label string // over the areas
}

// dataLetter is one choice of documents by the first letter of their title.
type dataLetter struct {
	Text     string
	Href     string
	Selected bool
}

func dataPage(req *Request) (Page, error) {
	w := req.words
	letter, err := letterOf(req)
	if err != nil {
		return nil, err
	}
	doubts := req.snapshot.Doubts()
	p := dataView{
		Finding:  dataFinding(req),
		Years:    yearsTable(req),
		Regions:  regionsTable(req),
		Missing:  missing(req),
		Doubts:   doubtsTable(req, doubts),
		Warnings: warningsTable(req),
		Letters:  letters(req, letter),
		Sources:  documentsTable(req, letter),
	}
	for _, i := range doubts.Undated {
		p.Undated = append(p.Undated, view.Link{Text: w.Inspection(i), Href: w.URL("/inspections/" + i.ID)})
	}
	p.Base = view.Base{Title: w.Say("data.title"), Description: p.Finding}
	p.Documents = w.Say("data.documents_most", "Shown", len(p.Sources.Rows))
	if letter != "" {
		p.Title = w.Say("data.title_letter", "Letter", letterText(req, letter))
		p.Documents = w.Say("data.documents_letter", "Shown", len(p.Sources.Rows), "Letter", letterText(req, letter))
	}
	if p.Downloads, err = downloadsTable(req); err != nil {
		return nil, err
	}
	whole, err := req.files.Size(PackageName)
	if err != nil {
		return nil, err
	}
	p.Columns = columnsTable(req)
	p.Linked = datasetLinked(req, &p)
	p.AllSources = w.Answer(DataRoot + "sources.csv")
	p.Package = view.Link{
		Text: w.Say("data.package", "Size", sizeText(req, whole)),
		Href: w.Answer(DataRoot + PackageName),
	}
	return &p, nil
}

// dataFinding is how much is held, of what, from what, and as of which release.
func dataFinding(req *Request) string {
	w, h := req.words, req.snapshot.Holdings()
	count := func(n int) string { return w.Number(float64(n), 0) }
	return w.Say("data.finding", "Figures", count(h.Figures()), "Findings", count(h.Findings), "Areas", count(h.Areas),
		"Documents", count(h.Documents), "First", h.Inspected.First, "Last", h.Inspected.Last,
		"ObservedFirst", h.Observed.First, "ObservedLast", h.Observed.Last,
		"Date", w.Day(req.snapshot.Release().Published))
}

// downloadsTable has a row for each table of the release, with its file in each format.
func downloadsTable(req *Request) (view.Table, error) {
	w := req.words
	t := view.Table{ID: "downloads", Compact: true, Caption: w.Say("data.downloads"), Columns: []view.Column{
		{Label: w.Say("data.table_of")}, {Label: w.Say("data.rows"), Numeric: true}, {Label: w.Say("data.files")}}}
	for _, table := range req.files.Tables() {
		var files view.Cell
		for _, f := range export.Formats() {
			name := table.Name + "." + f.Name
			size, err := req.files.Size(name)
			if err != nil {
				return t, err
			}
			files.Links = append(files.Links, view.Link{
				Text: w.Say("data.file", "Format", f.Label, "Size", sizeText(req, size)),
				Href: w.Answer(DataRoot + name),
			})
		}
		t.NewRow(false, view.Text(w.Say("data.table."+table.Name)), w.CountCell(table.Len()), files)
	}
	return t, nil
}

// columnsTable has a row for each column of each table, as the descriptor of the data package has it. The files and
// what describes them are in English.
func columnsTable(req *Request) view.Table {
	w := req.words
	t := view.Table{ID: "columns", Compact: true, Caption: w.Say("data.columns_caption"), Columns: []view.Column{
		{Label: w.Say("data.column")},
		{Label: w.Say("data.table_of")},
		{Label: w.Say("data.column_type")},
		{Label: w.Say("data.column_meaning"), Wide: true},
	}}
	english := func(text string) view.Cell {
		cell := view.Text(text)
		if req.tag != i18n.Languages()[0] {
			cell.Lang = i18n.Languages()[0]
		}
		return cell
	}
	for _, table := range req.files.Tables() {
		for _, c := range table.Columns {
			meaning := datapackage.Meaning(c)
			if len(c.Enum) > 0 {
				meaning += ": " + strings.Join(c.Enum, ", ")
			}
			kind := w.Say("data.type." + string(c.Type))
			if c.Required {
				kind = w.Say("data.always", "Type", kind)
			}
			t.NewRow(false, english(c.Name), english(table.Name), view.Text(kind), english(meaning))
		}
	}
	return t
}

// sizeText is a number of bytes as people say it, in steps of a thousand.
func sizeText(req *Request, bytes int) string {
	const kilo = 1000
	switch {
	case bytes < kilo:
		return req.words.Say("data.size_b", "Number", req.words.Number(float64(bytes), 0))
	case bytes < kilo*kilo:
		return req.words.Say("data.size_kb", "Number", req.words.Number(float64(bytes)/kilo, 0))
	}
	return req.words.Say("data.size_mb", "Number", req.words.Number(float64(bytes)/kilo/kilo, 1))
}

// doubtsTable counts what is known to be weak in the figures, each with where to see it.
func doubtsTable(req *Request, d analytics.Doubts) view.Table {
	w := req.words
	t := view.Table{ID: "doubts", Compact: true, Caption: w.Say("data.doubts_caption"), Columns: []view.Column{
		{Label: w.Say("data.doubt")}, {Label: w.Say("data.count"), Numeric: true}, {Label: w.Say("data.where")},
	}}
	add := func(said string, n int, where, href string) {
		if n > 0 {
			t.NewRow(false, view.Text(said), w.CountCell(n), view.Cell{Text: where, Link: href})
		}
	}
	column := func(name string) string { return w.Say("data.in_column", "Column", name) }
	add(w.Say("data.doubt_third_party"), d.ThirdParty, column("confidence"), w.Answer(DataRoot+"results.csv"))
	add(w.Say("data.doubt_unknown"), d.Unknown, column("note"), w.Answer(DataRoot+"results.csv"))
	add(w.Say("data.doubt_undated"), len(d.Undated), w.Say("data.in_list"), "#undated")
	add(w.Say("data.doubt_imprecise"), d.Imprecise, column("published"), w.Answer(DataRoot+"inspections.csv"))
	add(w.Say("data.doubt_cases"), d.WithoutCases, column("cases"), w.Answer(DataRoot+"inspections.csv"))
	add(w.Say("data.doubt_untitled"), d.Untitled, column("title"), w.Answer(DataRoot+"sources.csv"))
	add(w.Say("data.doubt_anomalous"), len(d.Anomalous), column("flag"), w.Answer(DataRoot+"indicators.csv"))
	add(w.Say("data.doubt_inferred"), d.Inferred, w.Say("nav.methodology"), w.URL("/methodology")+"#rules")
	return t
}

// warningsTable is everything that a check found that may be right, and that a reader should know: by the inspection
// it is about, or by the row of the record where it is about none.
func warningsTable(req *Request) view.Table {
	w := req.words
	t := view.Table{ID: "warnings", Compact: true, Caption: w.Say("data.warnings_caption"), Columns: []view.Column{
		{Label: w.Say("data.warned")}, {Label: w.Say("data.warning")},
	}}
	for _, found := range req.snapshot.Warnings() {
		programme, _ := req.snapshot.ProgrammeOf(found.Inspection)
		said := w.Warning(programme, found)
		about := view.Cell{Text: w.Say("data.row", "File", found.File, "Line", found.Line)}
		if i, err := req.snapshot.Inspection(found.Inspection); err == nil {
			about = view.Cell{Text: w.Inspection(i), Link: w.URL("/inspections/" + i.ID), Small: said.Subject}
		}
		t.NewRow(false, about, view.Text(said.Text))
	}
	return t
}

// mostCited is how many documents are listed where no letter was chosen.
const mostCited = 20

// otherLetter stands for titles that begin with no letter of the alphabet.
const otherLetter = "0"

// letterOf reads which documents are asked for; empty for those that most figures rest on.
func letterOf(req *Request) (string, error) {
	letter := req.query.Get("letter")
	if letter == "" || letter == otherLetter || len(letter) == 1 && letter[0] >= 'a' && letter[0] <= 'z' {
		return letter, nil
	}
	return "", &analytics.InvalidError{Field: "letter", Kind: "letter", Value: letter}
}

func letterText(req *Request, letter string) string {
	if letter == otherLetter {
		return req.words.Say("data.other_letter")
	}
	return strings.ToUpper(letter)
}

// initial is the letter that a document is found under: the first of its title, or of its address where it has none.
func initial(text string) string {
	for _, r := range text {
		switch {
		case unicode.IsPunct(r) || unicode.IsSpace(r):
			continue
		case r < unicode.MaxASCII && unicode.IsLetter(r):
			return strings.ToLower(string(r))
		}
		break
	}
	return otherLetter
}
