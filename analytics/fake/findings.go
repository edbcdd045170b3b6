package fake

import (
	"cmp"
	"io/fs"
	"slices"

	"yardstick/analytics"
)

// findings are by inspection, kind and position.
func findings(l *loader) []analytics.Finding {
	files, err := fs.Glob(l.record, "findings/*.csv")
	if err != nil {
		l.err = err
	}
	var out []analytics.Finding
	for _, file := range files {
		for _, r := range l.rows(file) {
			out = append(out, analytics.Finding{
				Inspection: r.text("inspection"), Kind: analytics.FindingKind(r.text("kind")), Position: r.count("position"),
				Measure: r.text("measure"), Subject: r.text("subject"), Counted: r.text("counted"),
				Text:      analytics.Name{EN: r.text("text_en"), CY: r.text("text_cy")},
				Numerator: r.whole("numerator"), Denominator: r.whole("denominator"), Percent: r.number("percent"),
				Value: r.number("value"), ValueTo: r.number("value_to"), Unit: r.text("unit"), Place: r.text("place"),
				Period: r.text("period"), Printed: r.text("printed"), Status: analytics.FindingStatus(r.text("status")),
				Section: r.text("section"), Page: r.text("page"), Sources: r.list("sources"), Note: r.text("note"),
			})
		}
	}
	kind := func(f analytics.Finding) int { return slices.Index(analytics.FindingKinds(), f.Kind) }
	slices.SortStableFunc(out, func(a, b analytics.Finding) int {
		return cmp.Or(cmp.Compare(a.Inspection, b.Inspection), cmp.Compare(kind(a), kind(b)), cmp.Compare(a.Position, b.Position))
	})
	return out
}
