package readertest

import "yardstick/analytics"

func only(areas ...string) []string { return areas }

func percents(s analytics.Summary) *analytics.Summary {
	s.Unit = analytics.UnitPercent
	return &s
}

func points(s analytics.Summary) *analytics.Summary {
	s.Unit = analytics.UnitPoints
	return &s
}

// one is the spread of a single score.
func one(score float64, area string) analytics.Summary {
	return analytics.Summary{N: 1, Lowest: score, LowestAreas: only(area), Highest: score, HighestAreas: only(area),
		Average: score, Q1: score, Median: score, Q3: score}
}

// wantSeries are benchmarks by measure and group, each as of every day on which it may change and, last, for the
// whole record; the fields that name them are left out.
func wantSeries() map[string][]analytics.Benchmark {
	levels := func(l ...analytics.LevelCount) []analytics.LevelCount { return l }
	wales := []analytics.Benchmark{
		{AsOf: day(2012, 5, 20), N: 1, Summary: percents(one(69, "glanafon"))},
		{N: 1, Summary: percents(one(69, "glanafon"))},
	}
	return map[string][]analytics.Benchmark{
		"cci percent safeguarding, all all":      safeguarding(),
		"cci percent safeguarding, region north": northernSafeguarding(),

		// elmstow 69 on 10 January 2012; fennick 80 on some day of the programme, 1 April 2009 to 31 December 2012.
		"cci percent safeguarding, region south": {
			{AsOf: day(2012, 1, 10), N: 1, Undated: 1, Summary: percents(one(69, "elmstow"))},
			{AsOf: day(2012, 12, 31), N: 2, Summary: percents(analytics.Summary{N: 2, Lowest: 69, LowestAreas: only("elmstow"), Highest: 80,
				HighestAreas: only("fennick"), Average: 74.5, Q1: 71.75, Median: 74.5, Q3: 77.25})},
			{N: 2, Summary: percents(analytics.Summary{N: 2, Lowest: 69, LowestAreas: only("elmstow"), Highest: 80,
				HighestAreas: only("fennick"), Average: 74.5, Q1: 71.75, Median: 74.5, Q3: 77.25})},
		},

		// One Welsh area, as a nation and as a region. Its risk of harm, which has no number, is nowhere.
		"cci percent safeguarding, nation wales":       wales,
		"cci percent safeguarding, region wales":       wales,
		"cci percent risk_of_harm, nation wales":       nil,
		"fji fji governance_and_partnerships, all all": nil,

		// A scale of words without numbers. dunmere satisfactory (3) on 11 February 2014, elmstow satisfactory on 12 May
		// 2016, fennick good (4) on some day of 2016, hollin poor (1) on some day of the programme, to 31 December 2017. brackwater's "good" of 2013 is
		// position 3 of another scale.
		"fji fji protecting_children_and_young_people, all all": {
			{AsOf: day(2014, 2, 11), N: 1, Undated: 1, Levels: levels(analytics.LevelCount{Position: 3, Areas: 1})},
			{AsOf: day(2016, 1, 1), N: 1, Undated: 2, Levels: levels(analytics.LevelCount{Position: 3, Areas: 1})},
			{AsOf: day(2016, 5, 12), N: 2, Undated: 2, Levels: levels(analytics.LevelCount{Position: 3, Areas: 2})},
			{AsOf: day(2016, 12, 31), N: 3, Undated: 1, Levels: levels(analytics.LevelCount{Position: 3, Areas: 2},
				analytics.LevelCount{Position: 4, Areas: 1})},
			{AsOf: day(2017, 12, 31), N: 4, Levels: levels(analytics.LevelCount{Position: 1, Areas: 1}, analytics.LevelCount{Position: 3, Areas: 2},
				analytics.LevelCount{Position: 4, Areas: 1})},
			{N: 3, Levels: levels(analytics.LevelCount{Position: 1, Areas: 1}, analytics.LevelCount{Position: 3, Areas: 1},
				analytics.LevelCount{Position: 4, Areas: 1})}, // dunmere is no more
		},
		"fji fji2013 protecting_children_and_young_people, all all": {
			{AsOf: day(2013, 5, 31), N: 1, Levels: levels(analytics.LevelCount{Position: 3, Areas: 1})},
			{N: 1, Levels: levels(analytics.LevelCount{Position: 3, Areas: 1})},
		},
		"yj2018 yj overall, all all": overall(),
	}
}

// safeguarding: alderbrook 50 on 15 March 2010, 78 on re-inspection on 20 May 2012; brackwater 70 on some day of June
// 2011; carrow 50 on some day of 2011; elmstow 69 on 10 January 2012; glanafon 69 on 20 May 2012; fennick 80 on some
// day from 1 April 2009 to 31 December 2012. Quartiles lie at positions 1+(n-1)/4, 1+(n-1)/2 and 1+3(n-1)/4 of the sorted scores.
func safeguarding() []analytics.Benchmark {
	alderbrook := percents(one(50, "alderbrook"))
	// 50 69 69 70 78 80: quartiles at 2.25, 3.5 and 4.75
	six := percents(analytics.Summary{N: 6, Lowest: 50, LowestAreas: only("carrow"), Highest: 80,
		HighestAreas: only("fennick"), Average: 416.0 / 6, Q1: 69, Median: 69.5, Q3: 76})
	return []analytics.Benchmark{
		{AsOf: day(2010, 3, 15), N: 1, Undated: 1, Summary: alderbrook}, // fennick
		{AsOf: day(2011, 1, 1), N: 1, Undated: 2, Summary: alderbrook},  // and carrow
		{AsOf: day(2011, 6, 1), N: 1, Undated: 3, Summary: alderbrook},  // and brackwater
		// 50 70
		{AsOf: day(2011, 6, 30), N: 2, Undated: 2, Summary: percents(analytics.Summary{N: 2, Lowest: 50, LowestAreas: only("alderbrook"),
			Highest: 70, HighestAreas: only("brackwater"), Average: 60, Q1: 55, Median: 60, Q3: 65})},
		// 50 50 70: two areas share the lowest
		{AsOf: day(2011, 12, 31), N: 3, Undated: 1, Summary: percents(analytics.Summary{N: 3, Lowest: 50,
			LowestAreas: only("alderbrook", "carrow"), Highest: 70, HighestAreas: only("brackwater"),
			Average: 170.0 / 3, Q1: 50, Median: 50, Q3: 60})},
		// 50 50 69 70: quartiles at 1.75, 2.5 and 3.25
		{AsOf: day(2012, 1, 10), N: 4, Undated: 1, Summary: percents(analytics.Summary{N: 4, Lowest: 50,
			LowestAreas: only("alderbrook", "carrow"), Highest: 70, HighestAreas: only("brackwater"),
			Average: 59.75, Q1: 50, Median: 59.5, Q3: 69.25})},
		// 50 69 69 70 78: the re-inspection replaces alderbrook's 50
		{AsOf: day(2012, 5, 20), N: 5, Undated: 1, Summary: percents(analytics.Summary{N: 5, Lowest: 50, LowestAreas: only("carrow"),
			Highest: 78, HighestAreas: only("alderbrook"), Average: 67.2, Q1: 69, Median: 69, Q3: 70})},
		{AsOf: day(2012, 12, 31), N: 6, Summary: six},
		// 69 69 70 78 80: carrow is no more
		{N: 5, Summary: percents(analytics.Summary{N: 5, Lowest: 69, LowestAreas: only("elmstow", "glanafon"), Highest: 80,
			HighestAreas: only("fennick"), Average: 73.2, Q1: 69, Median: 70, Q3: 78})},
	}
}

// northernSafeguarding leaves fennick, elmstow and glanafon out, and counts carrow, though it is former.
func northernSafeguarding() []analytics.Benchmark {
	alderbrook := percents(one(50, "alderbrook"))
	// 50 70 78: quartiles at 1.5, 2 and 2.5
	last := percents(analytics.Summary{N: 3, Lowest: 50, LowestAreas: only("carrow"), Highest: 78,
		HighestAreas: only("alderbrook"), Average: 66, Q1: 60, Median: 70, Q3: 74})
	return []analytics.Benchmark{
		{AsOf: day(2010, 3, 15), N: 1, Summary: alderbrook},
		{AsOf: day(2011, 1, 1), N: 1, Undated: 1, Summary: alderbrook}, // carrow
		{AsOf: day(2011, 6, 1), N: 1, Undated: 2, Summary: alderbrook}, // and brackwater
		{AsOf: day(2011, 6, 30), N: 2, Undated: 1, Summary: percents(analytics.Summary{N: 2, Lowest: 50, LowestAreas: only("alderbrook"),
			Highest: 70, HighestAreas: only("brackwater"), Average: 60, Q1: 55, Median: 60, Q3: 65})},
		{AsOf: day(2011, 12, 31), N: 3, Summary: percents(analytics.Summary{N: 3, Lowest: 50, LowestAreas: only("alderbrook", "carrow"),
			Highest: 70, HighestAreas: only("brackwater"), Average: 170.0 / 3, Q1: 50, Median: 50, Q3: 60})},
		{AsOf: day(2012, 5, 20), N: 3, Summary: last},
		// 70 78: carrow is no more
		{N: 2, Summary: percents(analytics.Summary{N: 2, Lowest: 70, LowestAreas: only("brackwater"), Highest: 78,
			HighestAreas: only("alderbrook"), Average: 74, Q1: 72, Median: 74, Q3: 76})},
	}
}

// overall: words with numbers. alderbrook good, 21 of 36, on 2 April 2019; carrow and dunmere requires improvement, 12,
// on some day of November 2020; glanafon good, its points unknown, on 15 July 2021; ivelside inadequate, 0, on 6
// January 2022. An unknown number is left out of the numbers and not out of the words; zero is a number.
func overall() []analytics.Benchmark {
	alderbrook := points(one(21, "alderbrook"))
	// 12 21
	two := points(analytics.Summary{N: 2, Lowest: 12, LowestAreas: only("carrow-and-dunmere"), Highest: 21,
		HighestAreas: only("alderbrook"), Average: 16.5, Q1: 14.25, Median: 16.5, Q3: 18.75})
	// 0 12 21
	three := points(analytics.Summary{N: 3, Lowest: 0, LowestAreas: only("ivelside"), Highest: 21,
		HighestAreas: only("alderbrook"), Average: 11, Q1: 6, Median: 12, Q3: 16.5})
	return []analytics.Benchmark{
		{AsOf: day(2019, 4, 2), N: 1, Summary: alderbrook, Levels: []analytics.LevelCount{{Position: 3, Areas: 1}}},
		{AsOf: day(2020, 11, 1), N: 1, Undated: 1, Summary: alderbrook, Levels: []analytics.LevelCount{{Position: 3, Areas: 1}}},
		{AsOf: day(2020, 11, 30), N: 2, Summary: two, Levels: []analytics.LevelCount{{Position: 2, Areas: 1}, {Position: 3, Areas: 1}}},
		{AsOf: day(2021, 7, 15), N: 3, Summary: two, Levels: []analytics.LevelCount{{Position: 2, Areas: 1}, {Position: 3, Areas: 2}}},
		{AsOf: day(2022, 1, 6), N: 4, Summary: three, Levels: []analytics.LevelCount{{Position: 1, Areas: 1}, {Position: 2, Areas: 1}, {Position: 3, Areas: 2}}},
		{N: 4, Summary: three, Levels: []analytics.LevelCount{{Position: 1, Areas: 1}, {Position: 2, Areas: 1}, {Position: 3, Areas: 2}}},
	}
}

// wantWholeRecord is how many areas have a usable result, by measure and group, when all is counted. What is not
// listed has none.
func wantWholeRecord() map[string]map[string]int {
	northern := map[string]int{"all all": 1, "nation england": 1, "region north": 1}
	southern := map[string]int{"all all": 1, "nation england": 1, "region south": 1}
	return map[string]map[string]int{
		"cci percent safeguarding": {"all all": 5, "nation england": 4, "nation wales": 1, "region north": 2,
			"region south": 2, "region wales": 1},
		"cci percent risk_of_harm":                         {"all all": 3, "nation england": 3, "region north": 2, "region south": 1},
		"cci percent section_1":                            northern,
		"cci percent criterion_1_1":                        {"all all": 2, "nation england": 2, "region north": 1, "region south": 1},
		"fji fji2013 protecting_children_and_young_people": northern,
		"fji fji2013 protecting_the_public":                northern,
		"fji fji protecting_children_and_young_people":     {"all all": 3, "nation england": 3, "region south": 3},
		"fji fji protecting_the_public":                    southern,
		"fji fji court_work_and_reports":                   southern,
		"yj2018 yj overall": {"all all": 4, "nation england": 3, "nation wales": 1, "region north": 2,
			"region south": 1, "region wales": 1},
		"yj2018 yj governance_and_leadership": {"all all": 2, "nation england": 1, "nation wales": 1, "region north": 1,
			"region wales": 1},
		"yj2018 yj resettlement": {"all all": 1, "nation wales": 1, "region wales": 1},
	}
}
