package readertest

import (
	"time"

	"yardstick/analytics"
)

func day(year int, month time.Month, day int) *time.Time {
	return new(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// By position, not by id; sqs has neither inspections nor results, and is listed all the same.
func wantProgrammes() []analytics.Programme {
	return []analytics.Programme{
		{ID: "cci", Starts: analytics.PartialDate{Year: 2009, Month: 4}, Ends: analytics.PartialDate{Year: 2012},
			Sampling: analytics.SamplingCensus, ExpectedAreas: 9, Status: analytics.StatusSeen, Inspections: 7, Results: 14},
		{ID: "fji", Starts: analytics.PartialDate{Year: 2012, Month: 9}, Ends: analytics.PartialDate{Year: 2017},
			Sampling: analytics.SamplingTargeted, Status: analytics.StatusSeen, Inspections: 5, Results: 9},
		{ID: "sqs", Starts: analytics.PartialDate{Year: 2012}, Ends: analytics.PartialDate{Year: 2017},
			Sampling: analytics.SamplingScreening, Status: analytics.StatusInferred},
		{ID: "yj2018", Starts: analytics.PartialDate{Year: 2018}, Ends: analytics.PartialDate{Year: 2025},
			Sampling: analytics.SamplingCensus, Status: analytics.StatusSeen, Inspections: 4, Results: 7},
	}
}

// In the record's order; words lowest first, each with its own status. Zero points are points.
func wantScales() []analytics.Scale {
	seen, inferred := analytics.StatusSeen, analytics.StatusInferred
	return []analytics.Scale{
		{ID: "percent", Kind: analytics.ScalePercent, Unit: analytics.UnitPercent, Status: seen},
		{ID: "fji2013", Kind: analytics.ScaleLevels, Status: seen, Levels: []analytics.Level{
			{ID: "poor", Position: 1, Status: seen}, {ID: "unsatisfactory", Position: 2, Status: seen},
			{ID: "good", Position: 3, GoodOrBetter: true, Status: seen},
			{ID: "very_good", Position: 4, GoodOrBetter: true, Status: inferred},
		}},
		{ID: "fji", Kind: analytics.ScaleLevels, Status: seen, Levels: []analytics.Level{
			{ID: "poor", Position: 1, Status: seen}, {ID: "unsatisfactory", Position: 2, Status: seen},
			{ID: "satisfactory", Position: 3, Status: seen},
			{ID: "good", Position: 4, GoodOrBetter: true, Status: seen},
		}},
		{ID: "yj", Kind: analytics.ScaleLevels, Unit: analytics.UnitPoints, Status: seen, Levels: []analytics.Level{
			{ID: "inadequate", Position: 1, Points: new(0), Status: seen},
			{ID: "requires_improvement", Position: 2, Points: new(1), Status: seen},
			{ID: "good", Position: 3, Points: new(2), GoodOrBetter: true, Status: seen},
			{ID: "outstanding", Position: 4, Points: new(3), GoodOrBetter: true, Status: seen},
		}},
	}
}

func wantBands() []analytics.Band {
	band := func(lower, upper float64, word string) analytics.Band {
		return analytics.Band{Programme: "cci", Unit: analytics.UnitPercent, Lower: lower, Upper: upper, Word: word,
			Status: analytics.StatusInferred}
	}
	return []analytics.Band{
		band(0, 44, "drastic"), band(45, 59, "substantial"), band(60, 74, "moderate"), band(75, 100, "minimum"),
		{Programme: "yj2018", Measure: "overall", Unit: analytics.UnitPoints, Lower: 19, Upper: 30, Word: "good",
			Status: analytics.StatusSeen},
	}
}

// Programmes in their order, measures in theirs. court_work_and_reports and section_1 are under no theme;
// criterion_1_1 is under one without standing for its programme there.
func wantMeasures() []analytics.Measure {
	seen := analytics.StatusSeen
	return []analytics.Measure{
		{Programme: "cci", ID: "safeguarding", Kind: analytics.KindHeadline, Status: seen, ShareOf: "judgements", JudgedIn: "all", Theme: "protecting_children", Primary: true},
		{Programme: "cci", ID: "risk_of_harm", Kind: analytics.KindHeadline, Status: seen, ShareOf: "judgements", JudgedIn: "all", Theme: "protecting_the_public", Primary: true},
		{Programme: "cci", ID: "section_1", Kind: analytics.KindSection, Status: seen, ShareOf: "judgements", JudgedIn: "all"},
		{Programme: "cci", ID: "criterion_1_1", Kind: analytics.KindCriterion, Parent: "section_1", Status: seen, ShareOf: "judgements", JudgedIn: "part", Theme: "protecting_the_public"},
		{Programme: "fji", ID: "protecting_children_and_young_people", Kind: analytics.KindAreaOfWork, Status: seen, Theme: "protecting_children", Primary: true},
		{Programme: "fji", ID: "protecting_the_public", Kind: analytics.KindAreaOfWork, Status: seen, Theme: "protecting_the_public", Primary: true},
		{Programme: "fji", ID: "governance_and_partnerships", Kind: analytics.KindAreaOfWork, Status: seen, Theme: "governance", Primary: true},
		{Programme: "fji", ID: "court_work_and_reports", Kind: analytics.KindAreaOfWork, Status: analytics.StatusInferred},
		{Programme: "yj2018", ID: "overall", Kind: analytics.KindOverall, Status: seen, Theme: "overall", Primary: true},
		{Programme: "yj2018", ID: "governance_and_leadership", Kind: analytics.KindStandard, Parent: "overall", Counts: new(true), Status: seen, Theme: "governance", Primary: true},
		{Programme: "yj2018", ID: "resettlement", Kind: analytics.KindStandard, Parent: "overall", Counts: new(false), Status: seen},
	}
}

func wantThemes() []string {
	return []string{"protecting_children", "protecting_the_public", "governance", "overall"}
}

// In the record's order, which is neither that of programmes nor that of words.
func wantCautions() []analytics.Caution {
	return []analytics.Caution{
		{Programme: "yj2018", Other: "fji", ID: "no_direct_comparison_before_2018", Status: analytics.StatusSeen},
		{Programme: "yj2018", Other: "cci", ID: "no_direct_comparison_before_2018", Status: analytics.StatusInferred},
		{Programme: "cci", Other: "cci", ID: "close_comparison_advised_against", Status: analytics.StatusSeen},
	}
}

func wantIndicatorKinds() []analytics.Indicator {
	return []analytics.Indicator{
		{ID: "reoffending_rate_percent", Unit: "percent", Better: analytics.BetterLow, Counts: analytics.CountsChildren},
		{ID: "population_10_17", Unit: "count", Counts: analytics.CountsChildren},
	}
}

func wantSources() []analytics.Source {
	return []analytics.Source{
		{ID: "synthetic-areas", Title: "Synthetic: a gazetteer of services that do not exist", URL: "https://example.org/areas",
			Detail: "sheet 1", OriginalURL: "https://example.org/areas/original", Licence: "CC0-1.0", Publisher: "synthetic_office"},
		{ID: "synthetic-notice", URL: "https://example.org/notice", Licence: "OGL-UK-3.0", Publisher: "synthetic_inspectorate"},
		{ID: "synthetic-reports", Title: "Synthetic: inspection reports made up for tests", URL: "https://example.org/reports",
			Licence: "CC0-1.0", Publisher: "synthetic_inspectorate"},
	}
}

func wantReadings() []analytics.Reading {
	return []analytics.Reading{{ID: "half_sighted", Programme: "yj2018", Confidence: analytics.ConfidenceThirdParty,
		Levels: []string{"inadequate", "requires_improvement"}, Why: "one_word_grades", Status: analytics.StatusInferred,
		Measures: []string{"governance_and_leadership", "resettlement"}}} // no result of the two was read so
}

func wantPublishers() []analytics.Publisher {
	return []analytics.Publisher{
		{ID: "synthetic_inspectorate", Name: analytics.Name{EN: "Synthetic Inspectorate", CY: "Arolygiaeth Synthetig"}, Site: "example.org"},
		{ID: "synthetic_office", Name: analytics.Name{EN: "Synthetic Office", CY: "Swyddfa Synthetig"}},
	}
}
