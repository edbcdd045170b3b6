package site

import (
	"slices"
	"strings"

	"yardstick/analytics/target"
	"yardstick/dashboards/charts"
	"yardstick/dashboards/view"
)

// holdsFigure draws with how many of the other weights each area would be proposed: those that are, then those that
// some other weight would bring in.
func holdsFigure(req *Request, d target.Desk) view.Figure {
	w, holds := req.words, d.Holds()
	most := len(d.Shifts)
	f := view.Figure{
		ID:       "holds",
		Folded:   true,
		Headline: holdsHeadline(req, d, holds),
		Subtitle: w.Say("sensitivity.subtitle", "Count", most),
	}
	f.Table = view.Table{
		ID:      "holds-table",
		Compact: true,
		Caption: w.Say("sensitivity.table"),
		Columns: []view.Column{
			{Label: w.Say("fact.area")},
			{Label: w.Say("sensitivity.proposed")},
			{Label: w.Say("sensitivity.kept", "Of", most), Numeric: true},
			{Label: w.Say("sensitivity.by")}},
	}
	var rows []charts.HoldRow
	var sources []string
	for _, h := range holds {
		label, by := w.Area(h.Area), holdMoves(w, h)
		rows = append(rows, charts.HoldRow{Label: label, Count: len(h.Kept), In: h.Chosen,
			Note: w.Say("sensitivity.note", "Area", label, "Kept", len(h.Kept), "Of", most)})
		now := w.Say("sensitivity.out")
		if h.Chosen {
			now = w.Say("sensitivity.in")
		}
		f.Table.NewRow(h.Chosen, view.Cell{Text: label, Link: w.URL("/areas/" + h.Area)}, view.Text(now),
			w.CountCell(len(h.Kept)), view.Text(by))
		if standing, err := d.Standing(h.Area); err == nil {
			sources = append(sources, inputSources(standing)...)
		}
	}
	slices.Sort(sources)
	f.Sources = w.Sources(slices.Compact(sources))
	widest := d.Shifts[0]
	for _, s := range d.Shifts {
		if len(s.Enters) > len(widest.Enters) {
			widest = s
		}
	}
	f.Summary = w.Say("sensitivity.summary", "Shift", shiftText(req, d, widest), "Count", len(widest.Enters),
		"Places", d.Assumptions.Places)
	f.Options, f.Size = w.Drawn(charts.Holds(rows, w.Say("sensitivity.in"), w.Say("sensitivity.out"), most)), "xxl"
	return f
}

// holdsHeadline says how many of the proposed areas stay whichever weight moves.
func holdsHeadline(req *Request, d target.Desk, holds []target.Hold) string {
	steady := 0
	for _, h := range holds {
		if h.Chosen && len(h.Other) == 0 {
			steady++
		}
	}
	if steady == len(d.Chosen) {
		return req.words.Say("sensitivity.headline_all")
	}
	return req.words.Say("sensitivity.headline", "Count", steady, "Chosen", len(d.Chosen))
}

// holdMoves names the weights that would take an area out of the programme, or bring it in.
func holdMoves(w *view.Words, h target.Hold) string {
	var parts []string
	for _, s := range h.Moved() {
		parts = append(parts, w.Criterion(s.Criterion)+": "+w.Number(s.Weight, 1))
	}
	if len(parts) == 0 {
		return w.Say("sensitivity.nothing")
	}
	return strings.Join(parts, "; ")
}

// shiftText is a weight with what it is instead of: "Custody per 1,000: 2 instead of 1".
func shiftText(req *Request, d target.Desk, s target.Shift) string {
	w := req.words
	return w.Say("target.shifts.to", "Criterion", w.Criterion(s.Criterion),
		"From", w.Number(d.Assumptions.Weights[s.Criterion], 1), "To", w.Number(s.Weight, 1))
}

// targetCSV is the address of the desk's figures in the interface, under the same assumptions.
func targetCSV(req *Request) string {
	if query := req.queryString(); query != "" {
		return req.words.Answer("/api/v1/target?format=csv&" + query)
	}
	return req.words.Answer("/api/v1/target?format=csv")
}

// shiftsTable says who would enter and who would leave with each other weight.
func shiftsTable(req *Request, d target.Desk) view.Table {
	w := req.words
	t := view.Table{ID: "shifts", Compact: true, Caption: w.Say("target.shifts.caption"), Columns: []view.Column{
		{Label: w.Say("target.shifts.weight")},
		{Label: w.Say("target.shifts.enters")},
		{Label: w.Say("target.shifts.leaves")}}}
	named := func(ids []string) view.Cell {
		if len(ids) == 0 {
			return view.Text(w.Say("target.shifts.nobody"))
		}
		return view.Text(w.And(w.Areas(ids)))
	}
	for _, s := range d.Shifts {
		t.NewRow(false, view.Text(shiftText(req, d, s)), named(s.Enters), named(s.Leaves))
	}
	return t
}
