package readertest

import (
	"strings"
	"time"

	"yardstick/analytics"
)

// The newest first. Two fields of one figure are one correction; an observation and a result are two.
func wantPublications() []analytics.Publication {
	return []analytics.Publication{
		{Position: 3, Published: time.Date(2025, 3, 4, 12, 30, 0, 0, time.UTC), Origin: "register",
			Why: "Synthetic: a correction, and a withdrawal.", Corrected: 2, Withdrawn: 1},
		{Position: 2, Release: strings.Repeat("0", 62) + "aa", Published: time.Date(2025, 2, 3, 0, 1, 0, 0, time.UTC), Origin: "register", Added: 13},
		{Position: 1, Published: time.Date(2025, 1, 2, 9, 0, 0, 0, time.UTC), Origin: "shipped", Why: "Synthetic: the first release."},
	}
}

// The newest release first; within one, as its record tells it.
func wantRevisions() []analytics.Revision {
	corrected := analytics.Revision{Position: 3, Subject: analytics.SubjectResult, Act: analytics.ActCorrected, Inspection: "dunmere-fji-2014",
		Measure: "protecting_children_and_young_people", Rows: 1, Why: "Synthetic: misread, twice."}
	rating, page := corrected, corrected
	rating.Field, rating.Before, rating.After = "rating", "poor", "good"
	page.Field, page.After = "page", "4"
	return []analytics.Revision{
		rating, page,
		{Position: 3, Subject: analytics.SubjectObservation, Act: analytics.ActCorrected, Measure: "population_10_17", Place: "north",
			Period: "2015-06-30", Field: "value", Before: "39000", After: "40000", Rows: 1},
		{Position: 3, Subject: analytics.SubjectResult, Act: analytics.ActWithdrawn, Inspection: "nowhere-cci-2011", Measure: "safeguarding",
			Rows: 1, Why: "Synthetic: of another service."},
		{Position: 2, Subject: analytics.SubjectResult, Act: analytics.ActAdded, Inspection: "dunmere-fji-2014", Measure: "protecting_children_and_young_people",
			Rows: 1, Why: "Synthetic: a notice."},
		{Position: 2, Subject: analytics.SubjectObservation, Act: analytics.ActAdded, Measure: "population_10_17", Rows: 12},
	}
}
