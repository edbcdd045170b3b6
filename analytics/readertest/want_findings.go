package readertest

import "yardstick/analytics"

// wantFindings are the rows of findings/cci.csv as they stand there, by inspection and kind.
func wantFindings() []analytics.Finding {
	whole := func(n int) *int { return &n }
	number := func(x float64) *float64 { return &x }
	both := []string{"synthetic-reports", "synthetic-notice"}
	reports := both[:1]
	const elmstow = "elmstow-cci-2012"
	return []analytics.Finding{
		{Inspection: "alderbrook-cci-2012", Kind: analytics.FindingPlan, Position: 1, Text: analytics.Name{EN: "A plan is due.", CY: "Disgwylir cynllun."},
			Value: number(4), Unit: "weeks", Status: analytics.FindingPrinted, Section: "Next steps", Sources: reports},
		{Inspection: elmstow, Kind: analytics.FindingLimit, Position: 1, Counted: "cases", Numerator: whole(0), Denominator: whole(62), Percent: number(0),
			Text:    analytics.Name{EN: "None of the cases is from the islands.", CY: "Nid oes yr un o'r achosion o'r ynysoedd."},
			Printed: "none of the sample", Status: analytics.FindingWorkedOut, Section: "Foreword", Sources: both},
		{Inspection: elmstow, Kind: analytics.FindingRecommendation, Position: 1, Text: analytics.Name{EN: "Write plans down.", CY: "Ysgrifennu cynlluniau."},
			Status: analytics.FindingPrinted, Section: "Recommendations (1)", Page: "7", Sources: reports},
		{Inspection: elmstow, Kind: analytics.FindingAnswer, Position: 1, Subject: "listened", Counted: "children", Numerator: whole(58), Denominator: whole(61),
			Text: analytics.Name{EN: "Staff listened.", CY: "Roedd y staff yn gwrando."}, Printed: "all but 3 of 61", Status: analytics.FindingWorkedOut,
			Section: "Service users", Page: "9", Sources: reports},
		{Inspection: elmstow, Kind: analytics.FindingStrength, Position: 1, Measure: "criterion_1_1", Counted: "cases", Numerator: whole(20), Denominator: whole(24),
			Percent: number(83), Text: analytics.Name{EN: "A plan was made.", CY: "Lluniwyd cynllun."}, Status: analytics.FindingPrinted,
			Section: "1.1 Strengths (5)", Page: "11-12", Sources: reports},
		{Inspection: elmstow, Kind: analytics.FindingContext, Position: 1, Subject: "population", Text: analytics.Name{EN: "Population", CY: "Poblogaeth"},
			Value: number(687300), Unit: "people", Period: "2010", Status: analytics.FindingPrinted, Section: "Appendix 2", Page: "23", Sources: reports},
		{Inspection: elmstow, Kind: analytics.FindingContext, Position: 2, Subject: "aged_10_17", Counted: "people", Percent: number(10.4),
			Text: analytics.Name{EN: "Aged 10 to 17", CY: "10 i 17 oed"}, Place: analytics.EnglandAndWales, Period: "2001", Status: analytics.FindingPrinted,
			Section: "Appendix 2", Page: "23", Sources: reports},
		{Inspection: elmstow, Kind: analytics.FindingCaseMix, Position: 1, Subject: "age", Text: analytics.Name{EN: "Age", CY: "Oedran"},
			Status: analytics.FindingPicture, Section: "Appendix 4", Page: "25", Sources: reports, Note: "drawn as a chart"},
		{Inspection: elmstow, Kind: analytics.FindingArrangement, Position: 1, Text: analytics.Name{EN: "Cases read", CY: "Achosion a ddarllenwyd"},
			Value: number(38), ValueTo: number(99), Unit: "cases", Status: analytics.FindingPrinted, Section: "Appendix 3", Page: "24", Sources: reports},
	}
}
