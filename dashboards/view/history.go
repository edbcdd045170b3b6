package view

import (
	"strconv"
	"strings"

	"yardstick/analytics"
)

// Publication names a release by its number and day: "Release 3: 13 June 2012".
func (w *Words) Publication(p analytics.Publication) string {
	return w.Say("releases.of", "Number", p.Position, "Date", w.Day(p.Published))
}

// PublicationLink leads to what a release changed.
func (w *Words) PublicationLink(p analytics.Publication) Link {
	return Link{Text: w.Publication(p), Href: w.URL("/releases") + "#r" + strconv.Itoa(p.Position)}
}

// Revised is what a revision is about, in a few words: a measure with its inspection where that is not the page's
// own, an indicator with its place and period, an area.
func (w *Words) Revised(r analytics.Revision, inspectionToo bool) Cell {
	switch r.Subject {
	case analytics.SubjectResult, analytics.SubjectBenchmark, analytics.SubjectFinding:
		programme, known := w.snapshot.ProgrammeOf(r.Inspection)
		cell := Cell{Text: r.Measure}
		if known && r.Measure != "" && r.Subject != analytics.SubjectFinding {
			cell.Text = w.Measure(programme, r.Measure)
		}
		switch r.Subject {
		case analytics.SubjectBenchmark:
			cell.Text = w.Say("revision.printed", "Measure", cell.Text)
		case analytics.SubjectFinding:
			cell.Text = w.Say("report.heading")
		}
		if !inspectionToo {
			return cell
		}
		i, err := w.snapshot.Inspection(r.Inspection)
		if err != nil {
			return Cell{Text: w.FormerInspection(r.Inspection, programme), Small: cell.Text}
		}
		return Cell{Text: w.Inspection(i), Link: w.URL("/inspections/" + r.Inspection), Small: cell.Text}
	case analytics.SubjectObservation:
		cell := Cell{Text: w.Say("indicator." + r.Measure)}
		if r.Place != "" {
			cell.Small = w.Area(r.Place) + ", " + r.Period
		}
		return cell
	}
	return Cell{Text: w.Area(r.Place), Link: w.URL("/areas/" + r.Place)}
}

// FormerInspection names an inspection that is not there any more by what its id says.
func (w *Words) FormerInspection(id, programme string) string {
	area, year, found := strings.Cut(id, "-"+programme)
	if _, err := w.snapshot.Area(area); err != nil || !found {
		return id
	}
	return strings.TrimSpace(w.Area(area) + " " + strings.TrimPrefix(year, "-"))
}

// Change is what a revision did: "published", "Score: 66 became 67", "withdrawn"; never what was
// withdrawn.
func (w *Words) Change(r analytics.Revision) string {
	switch {
	case r.Field == "":
		return w.Say("revision."+string(r.Act), "Count", r.Rows)
	case r.Act == analytics.ActWithdrawn:
		return w.Say("revision.field_withdrawn", "Field", w.Say("field."+r.Field))
	case r.Before == "" && r.After == "":
		return w.Say("revision.since_withdrawn", "Field", w.Say("field."+r.Field))
	}
	return w.Say("revision.cell", "Field", w.Say("field."+r.Field), "Before", w.revisedCell(r, r.Before),
		"After", w.revisedCell(r, r.After))
}

// revisedCell is a cell of the record before or after a correction: a word of a scale or a date in the language spoken,
// anything else as it stands there; words where it is blank.
func (w *Words) revisedCell(r analytics.Revision, cell string) string {
	if cell == "" {
		return w.Say("revision.blank")
	}
	switch r.Field {
	case "rating":
		scale := w.snapshot.Scale(w.scaleOf(r))
		if _, known := scale.Level(cell); known {
			cell = w.Level(scale.ID, cell)
		}
	case "comment":
		cell = w.Comment(analytics.Result{Comment: cell})
	case "published", "fieldwork", "valid_from", "valid_to":
		if d, err := analytics.ParsePartialDate(cell); err == nil {
			cell = w.Date(d)
		}
	}
	return w.Say("revision.quoted", "Text", cell)
}

// scaleOf is the scale of the result that a revision is about; empty where it is not held.
func (w *Words) scaleOf(r analytics.Revision) string {
	i, err := w.snapshot.Inspection(r.Inspection)
	if err != nil {
		return ""
	}
	for _, result := range i.Results {
		if result.Measure == r.Measure {
			return result.Scale
		}
	}
	return ""
}
