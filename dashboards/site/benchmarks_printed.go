package site

import (
	"slices"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// printedTable lists what notices printed, newest first, beside what the results held give as of the same day; nil
// where none printed anything.
func printedTable(req *Request, q analytics.BenchmarkQuery) *view.Table {
	w := req.words
	t := view.Table{
		ID:      "printed",
		Compact: true,
		Caption: w.Say("printed.caption", "Measure", w.Measure(q.Programme, q.Measure)),
		Columns: []view.Column{
			{Label: w.Say("printed.notice")},
			{Label: w.Say("table.lowest"), Numeric: true}, {Label: w.Say("table.average"), Numeric: true},
			{Label: w.Say("table.highest"), Numeric: true}, {Label: w.Say("table.covers"), Numeric: true},
			{Label: w.Say("printed.why"), Wide: true}, {Label: w.Say("provenance.source")},
		},
		From: w.ComputedFrom(q.Programme),
	}
	shown := func(printed *float64, ours func(analytics.Summary) float64, b analytics.Benchmark) view.Cell {
		cell := w.NotShown()
		if printed != nil {
			cell = w.PercentCell(*printed)
		}
		if b.Summary != nil {
			cell.Small = w.Say("printed.ours", "Score", w.Percent(ours(*b.Summary)))
		}
		return cell
	}
	var notices []analytics.Inspection
	var days []time.Time
	for _, i := range req.snapshot.Inspections() {
		r, ok := i.Result(q.Measure)
		if i.Programme != q.Programme || !ok || r.Printed == nil {
			continue
		}
		notices, days = append(notices, i), append(days, i.Latest)
	}
	if len(notices) == 0 {
		return nil
	}
	computed := w.BenchmarksOn(q.Programme, q.Measure, days)
	for n, i := range notices {
		r, _ := i.Result(q.Measure)
		b, _ := benchmarkOn(computed, r.Scale, days[n])
		t.NewRow(
			false,
			view.Cell{Text: w.Inspection(i), Link: w.URL("/inspections/" + i.ID), Small: dayOf(req, i)},
			shown(r.Printed.Lowest, func(s analytics.Summary) float64 { return s.Lowest }, b),
			shown(r.Printed.Average, func(s analytics.Summary) float64 { return s.Average }, b),
			shown(r.Printed.Highest, func(s analytics.Summary) float64 { return s.Highest }, b),
			view.Text(w.NofN(b.N, b.Of)), view.Text(gapsText(req, *r.Printed, b)),
			view.Cell{Links: w.Sites(r.Printed.Sources)})
	}
	return &t
}

// dayOf is the day of a notice; empty where its source shows none, which the inspection's name says.
func dayOf(req *Request, i analytics.Inspection) string {
	if i.Published.Precision() == analytics.PrecisionUnknown {
		return ""
	}
	return req.words.Date(i.Published)
}

// benchmarkOn is the one of benchmarks on a scale that is as of a day.
func benchmarkOn(all []analytics.Benchmark, scale string, day time.Time) (analytics.Benchmark, bool) {
	at := slices.IndexFunc(all, func(b analytics.Benchmark) bool {
		return b.Scale == scale && (b.AsOf == nil && day.IsZero() || b.AsOf != nil && b.AsOf.Equal(day))
	})
	if at < 0 {
		return analytics.Benchmark{}, false
	}
	return all[at], true
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
			parts = append(parts,
				req.words.Say("printed."+end.name+"_coverage", "Score", req.words.Percent(*end.printed)))
		case end.gap == analytics.GapHeld:
			parts = append(parts,
				req.words.Say("printed."+end.name+"_held", "Areas", req.words.And(req.words.Areas(end.areas()))))
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
