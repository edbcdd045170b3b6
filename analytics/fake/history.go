package fake

import (
	"cmp"
	"slices"
	"time"

	"yardstick/analytics"
)

// revisions are in the order of the file but for the releases, newest first.
func revisions(l *loader) []analytics.Revision {
	var out []analytics.Revision
	for _, r := range l.rows("history/revisions.csv") {
		out = append(out, analytics.Revision{
			Position: r.count("position"), Subject: analytics.Subject(r.text("subject")), Act: analytics.Act(r.text("act")),
			Inspection: r.text("inspection"), Measure: r.text("measure"), Place: r.text("place"), Period: r.text("period"),
			Field: r.text("field"), Before: r.text("before"), After: r.text("after"), Rows: r.count("rows"), Why: r.text("why"),
		})
	}
	slices.SortStableFunc(out, func(a, b analytics.Revision) int { return cmp.Compare(b.Position, a.Position) })
	return out
}

// figure is what a revision of a result or an observation is about.
type figure struct {
	subject                            analytics.Subject
	inspection, measure, place, period string
}

// publications count what each release did to figures: several fields of one figure are one correction.
func publications(l *loader, revisions []analytics.Revision) []analytics.Publication {
	var out []analytics.Publication
	for _, r := range l.rows("history/releases.csv") {
		p := analytics.Publication{Position: r.count("position"), Release: r.text("release"), Origin: r.text("origin"), Why: r.text("why")}
		published, err := time.Parse(time.RFC3339, r.text("published"))
		if err != nil {
			r.fail("published", err)
		}
		p.Published = published.UTC()
		corrected := make(map[figure]bool)
		for _, change := range revisions {
			if change.Position != p.Position || change.Subject != analytics.SubjectResult && change.Subject != analytics.SubjectObservation {
				continue
			}
			switch change.Act {
			case analytics.ActAdded:
				p.Added += change.Rows
			case analytics.ActWithdrawn:
				p.Withdrawn += change.Rows
			case analytics.ActCorrected:
				corrected[figure{change.Subject, change.Inspection, change.Measure, change.Place, change.Period}] = true
			}
		}
		p.Corrected = len(corrected)
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b analytics.Publication) int { return cmp.Compare(b.Position, a.Position) })
	return out
}
