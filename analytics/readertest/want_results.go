package readertest

import (
	"slices"

	"yardstick/analytics"
)

var reports = []string{"synthetic-reports"}

// percent is a result on the scale of percent.
func percent(inspection, measure string, score float64, comment string) analytics.Result {
	return analytics.Result{Inspection: inspection, Scale: "percent", Measure: measure, Percent: new(score), Comment: comment,
		Confidence: analytics.ConfidenceSeen, Sources: reports}
}

// word is a result on a scale of words.
func word(inspection, scale, measure, rating string) analytics.Result {
	return analytics.Result{Inspection: inspection, Scale: scale, Measure: measure, Rating: rating,
		Confidence: analytics.ConfidenceSeen, Sources: reports}
}

// with changes a result where it differs from its kind.
func with(r analytics.Result, change func(*analytics.Result)) analytics.Result {
	change(&r)
	return r
}

// wantInspections are by the last day they may have been published on, newest first: fennick-fji-2016, known to the year,
// counts as of 31 December, and hollin-fji, of no known date, as of the end of its programme, 2017. Two of one day are by
// the first such day, newest first, then by id. Results stand in the order of the programme's measures.
func wantInspections() []analytics.Inspection {
	words, percentages := wantWords(), wantPercentages()
	hollin := analytics.Inspection{ID: "hollin-fji", Programme: "fji", Area: "hollin",
		Earliest: *day(2012, 9, 1), Latest: *day(2017, 12, 31), // the programme's
		Results: []analytics.Result{word("hollin-fji", "fji", "protecting_children_and_young_people", "poor")}}
	fennick := analytics.Inspection{ID: "fennick-cci", Programme: "cci", Area: "fennick", Cases: 45,
		Earliest: *day(2009, 4, 1), Latest: *day(2012, 12, 31), // the programme's
		Results: []analytics.Result{
			with(percent("fennick-cci", "safeguarding", 80, "minimum"), func(r *analytics.Result) { r.Note = "no date on the page" }),
		}}
	all := slices.Concat(words[:4], []analytics.Inspection{hollin}, words[4:], []analytics.Inspection{fennick}, percentages)
	standings := wantStandings()
	for n := range all {
		i := &all[n]
		if i.Earliest.IsZero() { // as the printed date has it
			i.Earliest, i.Latest = i.Published.First(), i.Published.Last()
		}
		for n, r := range i.Results {
			if s, ok := standings[i.ID+" "+r.Measure]; ok {
				i.Results[n].Standing = &s
			}
		}
	}
	return all
}

func wantWords() []analytics.Inspection {
	points := func(r analytics.Result, points int) analytics.Result {
		return with(r, func(r *analytics.Result) { r.Points, r.PointsMax = new(points), new(36) })
	}
	return []analytics.Inspection{
		{ID: "ivelside-yj2018-2022", Programme: "yj2018", Area: "ivelside", Published: analytics.PartialDate{Year: 2022, Month: 1, Day: 6},
			Results: []analytics.Result{points(word("ivelside-yj2018-2022", "yj", "overall", "inadequate"), 0)}},
		{ID: "glanafon-yj2018-2021", Programme: "yj2018", Area: "glanafon", Published: analytics.PartialDate{Year: 2021, Month: 7, Day: 15},
			Results: []analytics.Result{
				with(word("glanafon-yj2018-2021", "yj", "overall", "good"), func(r *analytics.Result) { r.Confidence = analytics.ConfidenceThirdParty }),
				word("glanafon-yj2018-2021", "yj", "governance_and_leadership", "outstanding"),
				word("glanafon-yj2018-2021", "yj", "resettlement", "good"),
			}},
		{ID: "carrow-and-dunmere-yj2018-2020", Programme: "yj2018", Area: "carrow-and-dunmere",
			Fieldwork: analytics.PartialDate{Year: 2020, Month: 9}, Published: analytics.PartialDate{Year: 2020, Month: 11},
			Results: []analytics.Result{points(word("carrow-and-dunmere-yj2018-2020", "yj", "overall", "requires_improvement"), 12)}},
		{ID: "alderbrook-yj2018-2019", Programme: "yj2018", Area: "alderbrook", Published: analytics.PartialDate{Year: 2019, Month: 4, Day: 2},
			Results: []analytics.Result{
				points(word("alderbrook-yj2018-2019", "yj", "overall", "good"), 21),
				word("alderbrook-yj2018-2019", "yj", "governance_and_leadership", "good"),
			}},
		{ID: "fennick-fji-2016", Programme: "fji", Area: "fennick", Published: analytics.PartialDate{Year: 2016},
			Results: []analytics.Result{word("fennick-fji-2016", "fji", "protecting_children_and_young_people", "good")}},
		{ID: "elmstow-fji-2016", Programme: "fji", Area: "elmstow", Published: analytics.PartialDate{Year: 2016, Month: 5, Day: 12},
			Results: []analytics.Result{
				word("elmstow-fji-2016", "fji", "protecting_children_and_young_people", "satisfactory"),
				word("elmstow-fji-2016", "fji", "protecting_the_public", "satisfactory"),
				word("elmstow-fji-2016", "fji", "court_work_and_reports", "good"),
			}},
		{ID: "dunmere-fji-2014", Programme: "fji", Area: "dunmere", Published: analytics.PartialDate{Year: 2014, Month: 2, Day: 11},
			Results: []analytics.Result{
				word("dunmere-fji-2014", "fji", "protecting_children_and_young_people", "satisfactory"),
				with(word("dunmere-fji-2014", "fji", "governance_and_partnerships", ""), func(r *analytics.Result) {
					r.Note = `the notice says "ineffective", which is not a word of the scale`
				}),
			}},
		{ID: "brackwater-fji-2013", Programme: "fji", Area: "brackwater", Published: analytics.PartialDate{Year: 2013, Month: 5},
			Results: []analytics.Result{
				word("brackwater-fji-2013", "fji2013", "protecting_children_and_young_people", "good"),
				word("brackwater-fji-2013", "fji2013", "protecting_the_public", "unsatisfactory"),
			}},
	}
}

func wantPercentages() []analytics.Inspection {
	return []analytics.Inspection{
		{ID: "alderbrook-cci-2012", Programme: "cci", Area: "alderbrook", Reinspection: true, Cases: 38,
			Fieldwork: analytics.PartialDate{Year: 2012, Month: 3}, Published: analytics.PartialDate{Year: 2012, Month: 5, Day: 20},
			Results: []analytics.Result{percent("alderbrook-cci-2012", "safeguarding", 78, "minimum")}},
		{ID: "glanafon-cci-2012", Programme: "cci", Area: "glanafon", Cases: 48, Published: analytics.PartialDate{Year: 2012, Month: 5, Day: 20},
			Results: []analytics.Result{
				percent("glanafon-cci-2012", "safeguarding", 69, "moderate"),
				with(percent("glanafon-cci-2012", "risk_of_harm", 0, ""), func(r *analytics.Result) {
					r.Percent, r.Note = nil, "the page gives no score"
				}),
			}},
		{ID: "elmstow-cci-2012", Programme: "cci", Area: "elmstow", Cases: 62, Fieldwork: analytics.PartialDate{Year: 2011, Month: 11},
			Published: analytics.PartialDate{Year: 2012, Month: 1, Day: 10},
			Results: []analytics.Result{
				with(percent("elmstow-cci-2012", "safeguarding", 69, "moderate"), func(r *analytics.Result) {
					r.Page, r.Sources = "p. 4", []string{"synthetic-reports", "synthetic-notice"}
					r.Printed = &analytics.PrintedBenchmark{Lowest: new(37.0), Highest: new(91.0), Average: new(68.0),
						Sources: []string{"synthetic-notice", "synthetic-reports"}}
				}),
				with(percent("elmstow-cci-2012", "risk_of_harm", 63, "moderate"), func(r *analytics.Result) {
					r.Printed = &analytics.PrintedBenchmark{Average: new(63.0), Sources: []string{"synthetic-notice"}}
				}),
				percent("elmstow-cci-2012", "criterion_1_1", 57, "moderate"),
			}},
		{ID: "carrow-cci-2011", Programme: "cci", Area: "carrow", Published: analytics.PartialDate{Year: 2011},
			Results: []analytics.Result{
				with(percent("carrow-cci-2011", "safeguarding", 50, "substantial"), func(r *analytics.Result) {
					r.Confidence, r.Note = analytics.ConfidenceThirdParty, "year from the address of the report"
				}),
			}},
		{ID: "brackwater-cci-2011", Programme: "cci", Area: "brackwater", Cases: 50, Published: analytics.PartialDate{Year: 2011, Month: 6},
			Results: []analytics.Result{
				percent("brackwater-cci-2011", "safeguarding", 70, "moderate"),
				percent("brackwater-cci-2011", "risk_of_harm", 64, "moderate"),
			}},
		{ID: "alderbrook-cci-2010", Programme: "cci", Area: "alderbrook", Cases: 40, Fieldwork: analytics.PartialDate{Year: 2009, Month: 12},
			Published: analytics.PartialDate{Year: 2010, Month: 3, Day: 15},
			Results: []analytics.Result{
				percent("alderbrook-cci-2010", "safeguarding", 50, "substantial"),
				percent("alderbrook-cci-2010", "risk_of_harm", 60, "moderate"),
				with(percent("alderbrook-cci-2010", "section_1", 55, ""), func(r *analytics.Result) { r.Page = "p. 11" }),
				percent("alderbrook-cci-2010", "criterion_1_1", 57, "substantial"),
			}},
	}
}

// wantWarnings are by file and line. 57 is in the band of "substantial", which is inferred; the periods of alderbrook's two
// rates share six months.
func wantWarnings() []analytics.Warning {
	return []analytics.Warning{
		{File: "indicators/reoffending_rate_percent.csv", Line: 3, Column: "basis", Value: "old", Rule: "series_stay_apart",
			Problem: "the period overlaps 2015-04-01 to 2016-03-31 of the new series", Fix: "never read the two as one series"},
		{File: "results/cci.csv", Line: 11, Column: "comment", Value: "moderate", Rule: "ratings_fit_bands",
			Problem: "does not go with 57.0 percent, whose inferred band is substantial",
			Fix:     "check the number and the word against the source", Inspection: "elmstow-cci-2012", Measure: "criterion_1_1"},
	}
}

// wantStandings leave out the two results that say nothing: glanafon's risk of harm and dunmere's governance.
func wantStandings() map[string]analytics.Standing {
	return map[string]analytics.Standing{
		// The newest scores of areas there are today are alderbrook 78, brackwater 70, elmstow 69, fennick 80 and glanafon 69. The
		// first inspection of alderbrook is set against those of the four others, not against its own second.
		"alderbrook-cci-2010 safeguarding": {Better: 4, Same: 0, Worse: 0, N: 4},
		"alderbrook-cci-2012 safeguarding": {Better: 1, Same: 0, Worse: 3, N: 4},
		"brackwater-cci-2011 safeguarding": {Better: 2, Same: 0, Worse: 2, N: 4},
		"carrow-cci-2011 safeguarding":     {Better: 5, Same: 0, Worse: 0, N: 5}, // carrow is no more, and nobody's other
		"elmstow-cci-2012 safeguarding":    {Better: 3, Same: 1, Worse: 0, N: 4},
		"fennick-cci safeguarding":         {Better: 0, Same: 0, Worse: 4, N: 4},
		"glanafon-cci-2012 safeguarding":   {Better: 3, Same: 1, Worse: 0, N: 4},

		// alderbrook 60, brackwater 64, elmstow 63.
		"alderbrook-cci-2010 risk_of_harm": {Better: 2, Same: 0, Worse: 0, N: 2},
		"brackwater-cci-2011 risk_of_harm": {Better: 0, Same: 0, Worse: 2, N: 2},
		"elmstow-cci-2012 risk_of_harm":    {Better: 1, Same: 0, Worse: 1, N: 2},

		"alderbrook-cci-2010 section_1":     {},              // nobody else has one
		"alderbrook-cci-2010 criterion_1_1": {Same: 1, N: 1}, // 57 and 57
		"elmstow-cci-2012 criterion_1_1":    {Same: 1, N: 1},

		// brackwater's ratings of 2013 are on a scale of their own.
		"brackwater-fji-2013 protecting_children_and_young_people": {},
		"brackwater-fji-2013 protecting_the_public":                {},

		// dunmere satisfactory, which is no more; elmstow satisfactory, fennick good, hollin poor.
		"dunmere-fji-2014 protecting_children_and_young_people": {Better: 1, Same: 1, Worse: 1, N: 3},
		"elmstow-fji-2016 protecting_children_and_young_people": {Better: 1, Same: 0, Worse: 1, N: 2},
		"fennick-fji-2016 protecting_children_and_young_people": {Better: 0, Same: 0, Worse: 2, N: 2},
		"hollin-fji protecting_children_and_young_people":       {Better: 2, Same: 0, Worse: 0, N: 2},
		"elmstow-fji-2016 protecting_the_public":                {},
		"elmstow-fji-2016 court_work_and_reports":               {},

		// By words, not points: alderbrook good, carrow and dunmere requires improvement, glanafon good, ivelside inadequate.
		"alderbrook-yj2018-2019 overall":         {Better: 0, Same: 1, Worse: 2, N: 3},
		"carrow-and-dunmere-yj2018-2020 overall": {Better: 2, Same: 0, Worse: 1, N: 3},
		"glanafon-yj2018-2021 overall":           {Better: 0, Same: 1, Worse: 2, N: 3},
		"ivelside-yj2018-2022 overall":           {Better: 3, Same: 0, Worse: 0, N: 3},

		"alderbrook-yj2018-2019 governance_and_leadership": {Better: 1, N: 1},
		"glanafon-yj2018-2021 governance_and_leadership":   {Worse: 1, N: 1},
		"glanafon-yj2018-2021 resettlement":                {},
	}
}
