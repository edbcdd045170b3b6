package site

import (
	"slices"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// findingsView is what an inspection's report says besides scores.
type findingsView struct {
	Recommendations []string // in the report's order
	Plan            []string
	Answers         []view.Table // of children and young people, then of victims
	Seen            []seenView   // what inspectors saw, by part of the report
	Counted         bool         // whether that has numbers
	Further         []view.Table
	Pictures        []string // what the source shows only as a picture
	Sources         []view.SourceLink
	CSV             string
}

// seenView is a table of what inspectors saw, folded away where there are several.
type seenView struct {
	Folded bool
	Table  view.Table
}

// tables are all tables of it, in the order of the page.
func (p *findingsView) tables() []*view.Table {
	if p == nil {
		return nil
	}
	out := view.Pointers(p.Answers)
	for n := range p.Seen {
		out = append(out, &p.Seen[n].Table)
	}
	return append(out, view.Pointers(p.Further)...)
}

// reportAnchor is where an inspection's page has what its report says.
const reportAnchor = "#report"

// saidIn are the findings of an inspection that are its report's own: the service's response and its plan, which have
// sections of their own, are not among them.
func saidIn(req *Request, inspection string) []analytics.Finding {
	return slices.DeleteFunc(slices.Clone(req.snapshot.FindingsOf(inspection)), func(f analytics.Finding) bool {
		return f.Kind == analytics.FindingResponse || f.Kind == analytics.FindingPlanDue ||
			f.Kind == analytics.FindingPlanReceived
	})
}

// reportFindings lays out the findings of an inspection; nil where the record has none. Reasons and limits have other
// places on the page.
func reportFindings(req *Request, i analytics.Inspection) *findingsView {
	w := req.words
	all := saidIn(req, i.ID)
	if len(all) == 0 {
		return nil
	}
	p := &findingsView{CSV: w.Answer("/api/v1/findings?inspection=" + i.ID + "&format=csv")}
	for _, f := range ofKind(all, analytics.FindingRecommendation) {
		p.Recommendations = append(p.Recommendations, f.Text.In(req.tag))
	}
	for _, f := range ofKind(all, analytics.FindingPlan) {
		p.Plan = append(p.Plan, findingSentence(req, i, f))
	}
	for _, counted := range []string{"children", "victims"} {
		if t := answersTable(req, i, ofKind(all, analytics.FindingAnswer), counted); len(t.Rows) > 0 {
			p.Answers = append(p.Answers, t)
		}
	}
	p.Seen = seenBy(req, i, ofKind(all, analytics.FindingStrength, analytics.FindingImprovement))
	p.Counted = slices.ContainsFunc(all, func(f analytics.Finding) bool { return f.Counted != "" })
	for _, kind := range []analytics.FindingKind{analytics.FindingContext, analytics.FindingCommentary,
		analytics.FindingExample,
		analytics.FindingArrangement, analytics.FindingDefinition} {
		if found := ofKind(all, kind); len(found) > 0 {
			p.Further = append(p.Further, furtherTable(req, i, kind, found))
		}
	}
	for _, f := range all {
		if f.Status == analytics.FindingPicture {
			p.Pictures = append(p.Pictures, f.Text.In(req.tag)+" ("+findingPlace(req, f)+")")
		}
	}
	var sources []string
	for _, f := range all {
		sources = append(sources, f.Sources...)
	}
	p.Sources = w.Sources(sources)
	return p
}

func ofKind(all []analytics.Finding, kinds ...analytics.FindingKind) []analytics.Finding {
	var out []analytics.Finding
	for _, f := range all {
		if slices.Contains(kinds, f.Kind) {
			out = append(out, f)
		}
	}
	return out
}

// findingTexts are the texts of findings in the page's language, with their numbers where they have any.
func findingTexts(req *Request, i analytics.Inspection, found []analytics.Finding) []string {
	var out []string
	for _, f := range found {
		out = append(out, findingSentence(req, i, f))
	}
	return out
}

// findingSentence is a finding's text with its number and where it is printed.
func findingSentence(req *Request, i analytics.Inspection, f analytics.Finding) string {
	figure := findingFigure(req, i, f)
	if figure == "" {
		return f.Text.In(req.tag) + " (" + findingPlace(req, f) + ")"
	}
	return strings.TrimSuffix(f.Text.In(req.tag), ".") + ": " + figure + " (" + findingPlace(req, f) + ")"
}

// findingPlace says where in the source a finding is printed.
func findingPlace(req *Request, f analytics.Finding) string {
	if f.Page == "" {
		return f.Section
	}
	return req.words.Say("report.page", "Section", f.Section, "Page", strings.ReplaceAll(f.Page, "-", "–"))
}

// findingFigure puts a finding's numbers into words: "20 of 24, 83%", "38 to 99 cases"; empty where it has none.
func findingFigure(req *Request, i analytics.Inspection, f analytics.Finding) string {
	w := req.words
	var parts []string
	switch {
	case f.Numerator != nil && f.Denominator != nil:
		parts = append(parts, w.Say("report.n_of", "N", *f.Numerator, "Of", *f.Denominator))
	case f.Numerator != nil:
		parts = append(parts, w.Number(float64(*f.Numerator), 0))
	}
	if f.Percent != nil {
		parts = append(parts, w.Percent(*f.Percent))
	}
	if f.Value != nil {
		number := w.Number(*f.Value, 1)
		if f.ValueTo != nil {
			number = w.Say("report.range", "From", number, "To", w.Number(*f.ValueTo, 1))
		}
		parts = append(parts, w.Say("finding_unit."+f.Unit, "Number", number))
	}
	return strings.Join(parts, ", ")
}

// figureCell is a finding's numbers, with the report's words where they were worked out from them.
func figureCell(req *Request, i analytics.Inspection, f analytics.Finding) view.Cell {
	w := req.words
	cell := view.Text(findingFigure(req, i, f))
	switch { // a figure that is one number
	case f.Numerator != nil && f.Denominator == nil && f.Percent == nil:
		cell = w.CountCell(*f.Numerator)
	case f.Percent != nil && f.Numerator == nil:
		cell = w.PercentCell(*f.Percent)
	}
	switch {
	case cell.Text == "" && f.Status == analytics.FindingPicture:
		cell.Text = w.Say("report.picture")
	case cell.Text == "" && f.Counted != "":
		cell.Text = w.Say("report.in_words")
	case f.Status == analytics.FindingWorkedOut:
		cell.Small = w.Say("report.printed_as", "Words", f.Printed)
	}
	return cell
}

// answersTable is what children and young people, or victims, answered.
func answersTable(req *Request, i analytics.Inspection, found []analytics.Finding, counted string) view.Table {
	w := req.words
	t := view.Table{
		ID:      "answers-" + counted,
		Compact: true,
		CSV:     w.Answer("/api/v1/findings?inspection=" + i.ID + "&kind=answer&format=csv"),
		Columns: []view.Column{
			{Label: w.Say("report.answer"), Wide: true},
			{Label: w.Say("report.figure"), Numeric: true},
		},
	}
	returned := ""
	for _, f := range found {
		if f.Counted != counted {
			continue
		}
		if f.Unit == "questionnaires" {
			returned = findingFigure(req, i, f)
			continue
		}
		t.NewRow(false, view.Text(f.Text.In(req.tag)), figureCell(req, i, f))
	}
	t.Caption = w.Say("report.answers_of."+counted, "Questionnaires", returned)
	return t
}

// seenBy is what inspectors saw, by the measure it is about in the programme's order: a table each where it is
// counted, and one table of all where it is said in words.
func seenBy(req *Request, i analytics.Inspection, found []analytics.Finding) []seenView {
	w := req.words
	csv := w.Answer("/api/v1/findings?inspection=" + i.ID + "&format=csv")
	said := view.Table{
		ID:      "seen",
		Compact: true,
		Caption: w.Say("report.seen_table"),
		CSV:     csv,
		Columns: []view.Column{
			{Label: w.Say("table.measure")},
			{Label: w.Say("report.list")},
			{Label: w.Say("report.seen"), Wide: true}},
	}
	var out []seenView
	for _, m := range req.snapshot.Measures(i.Programme) {
		t := view.Table{ID: "seen-" + strings.ReplaceAll(m.ID, "_", "-"), Compact: true, CSV: csv,
			Columns: []view.Column{
				{Label: w.Say("report.seen"), Wide: true},
				{Label: w.Say("report.list")},
				{Label: w.Say("report.counted")},
				{Label: w.Say("report.figure"), Numeric: true},
			}}
		strengths := 0
		for _, f := range found {
			if f.Measure != m.ID {
				continue
			}
			text := view.Cell{Text: f.Text.In(req.tag), Small: findingPlace(req, f)}
			list := view.Text(w.Say("finding_kind." + string(f.Kind)))
			if f.Counted == "" {
				said.NewRow(false, view.Text(w.Measure(i.Programme, m.ID)), list, text)
				continue
			}
			if f.Kind == analytics.FindingStrength {
				strengths++
			}
			t.NewRow(false, text, list, view.Text(w.Say("finding_counted."+f.Counted)), figureCell(req, i, f))
		}
		if len(t.Rows) == 0 {
			continue
		}
		t.Caption = w.Say("report.seen_in", "Measure", w.Measure(i.Programme, m.ID), "Strengths", strengths,
			"Improvements", len(t.Rows)-strengths)
		out = append(out, seenView{Folded: true, Table: t})
	}
	if len(said.Rows) > 0 {
		out = append(out, seenView{Table: said})
	}
	return out
}

// furtherTable is a table of findings of one kind, each with its place, period and figure.
func furtherTable(
	req *Request,
	i analytics.Inspection,
	kind analytics.FindingKind,
	found []analytics.Finding,
) view.Table {
	w := req.words
	t := view.Table{
		ID:      "report-" + strings.ReplaceAll(string(kind), "_", "-"),
		Compact: true,
		Caption: w.Say("report.further." + string(kind)),
		CSV:     w.Answer("/api/v1/findings?inspection=" + i.ID + "&kind=" + string(kind) + "&format=csv"),
	}
	numbers := slices.ContainsFunc(found, analytics.Finding.Numbers)
	t.Columns = []view.Column{{Label: w.Say("report.says"), Wide: true}}
	if kind == analytics.FindingContext {
		t.Columns = append(t.Columns, view.Column{Label: w.Say("report.place")},
			view.Column{Label: w.Say("report.period")})
	}
	if numbers {
		t.Columns = append(t.Columns, view.Column{Label: w.Say("report.figure"), Numeric: true})
	}
	for _, f := range found {
		cells := []view.Cell{{Text: f.Text.In(req.tag), Small: findingPlace(req, f)}}
		if kind == analytics.FindingContext {
			cells = append(cells, view.Text(placeOfFinding(req, i, f)), view.Text(f.Period))
		}
		if numbers {
			cells = append(cells, figureCell(req, i, f))
		}
		for n := range cells {
			if cells[n].Text == "" {
				cells[n] = view.Text("–")
			}
		}
		t.NewRow(false, cells...)
	}
	return t
}

// placeOfFinding names the place that a finding is about.
func placeOfFinding(req *Request, i analytics.Inspection, f analytics.Finding) string {
	switch f.Place {
	case "":
		return req.words.Area(i.Area)
	case analytics.EnglandAndWales:
		return req.words.Say("report.england_and_wales")
	}
	if area, err := req.snapshot.Area(i.Area); err == nil {
		for _, authority := range area.Constituents {
			if authority.GSS == f.Place {
				return req.words.Authority(authority)
			}
		}
	}
	return f.Place
}
