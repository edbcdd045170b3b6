package site

import (
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// printedTable lists what notices printed, newest first, beside what the results held give as of the same day; nil
// where none printed anything.
func printedTable(req *Request, q analytics.BenchmarkQuery) *view.Table {
	w := req.words
	printed, computed := w.Say("notice.printed"), w.Say("notice.computed")
	t := view.Table{
		ID:      "printed",
		Compact: true,
		Caption: w.Say("printed.caption", "Measure", w.Measure(q.Programme, q.Measure)),
		Columns: []view.Column{
			{Label: w.Say("printed.notice")}, {Label: w.Say("fact.published")},
			{Label: w.Say("table.lowest"), Numeric: true, Group: printed},
			{Label: w.Say("table.average"), Numeric: true, Group: printed},
			{Label: w.Say("table.highest"), Numeric: true, Group: printed},
			{Label: w.Say("table.lowest"), Numeric: true, Group: computed},
			{Label: w.Say("table.average"), Numeric: true, Group: computed},
			{Label: w.Say("table.highest"), Numeric: true, Group: computed},
			{Label: w.Say("table.covers"), Numeric: true, Group: computed},
			{Label: w.Say("printed.why"), Wide: true}, {Label: w.Say("provenance.source")},
		},
		From: w.ComputedFrom(q.Programme),
	}
	shown := func(x *float64) view.Cell {
		if x == nil {
			return w.NotShown()
		}
		return w.PercentCell(*x)
	}
	for _, i := range req.snapshot.Inspections() {
		r, ok := i.Result(q.Measure)
		if i.Programme != q.Programme || !ok || r.Printed == nil {
			continue
		}
		cells := []view.Cell{
			{Text: w.Inspection(i), Link: w.URL("/inspections/" + i.ID)},
			view.Text(w.Date(i.Published)),
			shown(r.Printed.Lowest),
			shown(r.Printed.Average),
			shown(r.Printed.Highest),
		}
		var m analytics.Summary
		b, held := req.words.Benchmark(i.Programme, r, analytics.GroupAll, string(analytics.GroupAll), dayOf(i))
		if held && b.Summary != nil {
			m = *b.Summary
			cells = append(cells, w.PercentCell(m.Lowest), w.PercentCell(m.Average), w.PercentCell(m.Highest))
		} else {
			cells = append(cells, shown(nil), shown(nil), shown(nil))
		}
		t.NewRow(
			false,
			append(
				cells,
				view.Text(w.NofN(b.N, b.Of)),
				view.Text(gapsText(req, *r.Printed, b)),
				view.Cell{Links: w.Sites(r.Printed.Sources)},
			)...)
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return &t
}

// gapsText says why what a notice printed and what the results held give are not the same, end by end.
func gapsText(req *Request, printed analytics.PrintedBenchmark, b analytics.Benchmark) string {
	lowest, average, highest := printed.Gaps(b.Summary)
	var parts []string
	for _, end := range []struct {
		name    string
		gap     analytics.Gap
		printed *float64
		areas   func() []string
	}{
		{"lowest", lowest, printed.Lowest, func() []string { return b.Summary.LowestAreas }},
		{"average", average, printed.Average, nil},
		{"highest", highest, printed.Highest, func() []string { return b.Summary.HighestAreas }},
	} {
		switch {
		case end.gap == analytics.GapCoverage && end.areas == nil:
			parts = append(parts, req.words.Say("printed.average_coverage"))
		case end.gap == analytics.GapCoverage:
			parts = append(
				parts,
				req.words.Say("printed."+end.name+"_coverage", "Score", req.words.Percent(*end.printed)),
			)
		case end.gap == analytics.GapHeld:
			parts = append(
				parts,
				req.words.Say("printed."+end.name+"_held", "Areas", req.words.And(req.words.Areas(end.areas()))),
			)
		}
	}
	switch {
	case len(parts) > 0:
		return strings.Join(parts, " ")
	case lowest == analytics.GapUnknown && average == analytics.GapUnknown && highest == analytics.GapUnknown:
		return req.words.Say("printed.unknown")
	}
	return req.words.Say("printed.none")
}
