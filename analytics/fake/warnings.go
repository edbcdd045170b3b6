package fake

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strconv"

	"yardstick/analytics"
)

// warnings are those of the rules that warn of something in the record that ships or in readertest's: ratings_fit_bands,
// benchmarks_bound_results and series_stay_apart. The other rules are held by the cases of data/release.
func warnings(l *loader, results []resultRow, bands []analytics.Band) []analytics.Warning {
	out := offBand(results, bands)
	out = append(out, outOfBounds(l, results)...)
	out = append(out, overlapping(l)...)
	slices.SortFunc(out, func(a, b analytics.Warning) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Problem, b.Problem))
	})
	return out
}

// offBand finds improvement comments that are the word of the band next to their score's, where that band is inferred.
func offBand(results []resultRow, bands []analytics.Band) []analytics.Warning {
	var out []analytics.Warning
	for _, r := range results {
		score, word := r.number("percent"), r.text("comment")
		if score == nil || word == "" {
			continue
		}
		var own []analytics.Band
		for _, b := range bands {
			if b.Programme == r.programme && b.Unit == analytics.UnitPercent && b.Measure == "" {
				own = append(own, b)
			}
		}
		for n, b := range own {
			next := n > 0 && own[n-1].Word == word || n+1 < len(own) && own[n+1].Word == word
			if *score >= b.Lower && *score <= b.Upper && next && b.Status == analytics.StatusInferred {
				out = append(out, analytics.Warning{File: r.file, Line: r.line, Column: "comment", Value: word, Rule: "ratings_fit_bands",
					Problem: fmt.Sprintf("does not go with %.1f percent, whose inferred band is %s", *score, b.Word),
					Fix:     "check the number and the word against the source", Inspection: r.inspection, Measure: r.text("measure")})
			}
		}
	}
	return out
}

// outOfBounds finds printed benchmarks whose lowest or highest leaves out their own score, or one surely published before.
func outOfBounds(l *loader, results []resultRow) []analytics.Warning {
	var out []analytics.Warning
	for _, b := range l.rows("benchmarks/published.csv") {
		own := slices.IndexFunc(results, func(r resultRow) bool {
			return r.inspection == b.text("inspection") && r.text("measure") == b.text("measure")
		})
		if own < 0 {
			continue
		}
		var least, most *resultRow
		for _, r := range results {
			before := !r.date("published").Last().IsZero() && r.date("published").Last().Before(results[own].date("published").First())
			if r.programme != results[own].programme || r.text("scale") != results[own].text("scale") ||
				r.text("measure") != b.text("measure") || r.number("percent") == nil || !before && r.inspection != results[own].inspection {
				continue
			}
			if least == nil || *r.number("percent") < *least.number("percent") {
				least = &r
			}
			if most == nil || *r.number("percent") > *most.number("percent") {
				most = &r
			}
		}
		found := func(column, side string, other *resultRow) {
			whose := "published before"
			if other.inspection == results[own].inspection {
				whose = "itself"
			}
			out = append(out, analytics.Warning{File: b.file, Line: b.line, Column: column, Value: plain(*b.number(column)), Rule: "benchmarks_bound_results",
				Problem:    fmt.Sprintf("is %s %s, the score of %s, %s", side, plain(*other.number("percent")), other.inspection, whose),
				Fix:        "check the notice: what it printed may leave some inspections out",
				Inspection: b.text("inspection"), Measure: b.text("measure")})
		}
		if x := b.number("lowest"); x != nil && least != nil && *x > *least.number("percent") {
			found("lowest", "above", least)
		}
		if x := b.number("highest"); x != nil && most != nil && *x < *most.number("percent") {
			found("highest", "below", most)
		}
	}
	return out
}

func plain(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// overlapping finds figures of an ended series whose period overlaps one of another series of the same place, where that
// series has not the very same period too.
func overlapping(l *loader) []analytics.Warning {
	ended := make(map[string]bool)
	for _, r := range l.rows("reference/bases.csv") {
		ended[r.text("indicator")+" "+r.text("basis")] = r.text("ends") != ""
	}
	files, err := fs.Glob(l.record, "indicators/*.csv")
	if err != nil {
		l.err = err
	}
	var out []analytics.Warning
	for _, file := range files {
		indicator := file[len("indicators/") : len(file)-len(".csv")]
		rows := l.rows(file)
		for _, o := range rows {
			if !ended[indicator+" "+o.text("basis")] {
				continue
			}
			var first *row
			same := false
			for _, p := range rows {
				if p.text("place") != o.text("place") || p.text("level") != o.text("level") || p.text("basis") == o.text("basis") ||
					p.text("period_start") > o.text("period_end") || p.text("period_end") < o.text("period_start") {
					continue
				}
				same = same || p.text("period_start") == o.text("period_start") && p.text("period_end") == o.text("period_end")
				if first == nil || p.text("period_start") < first.text("period_start") {
					first = &p
				}
			}
			if first != nil && !same {
				out = append(out, analytics.Warning{File: file, Line: o.line, Column: "basis", Value: o.text("basis"), Rule: "series_stay_apart",
					Problem: fmt.Sprintf("the period overlaps %s to %s of the %s series", first.text("period_start"), first.text("period_end"), first.text("basis")),
					Fix:     "never read the two as one series"})
			}
		}
	}
	return out
}
