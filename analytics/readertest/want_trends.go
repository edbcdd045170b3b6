package readertest

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"yardstick/analytics"
)

// yearSpreads holds two measures year by year, and of every measure that no result is lost between the years.
func yearSpreads(t *testing.T, r analytics.Reader) {
	got := make(map[string][]analytics.YearSpread)
	results := make(map[string]int)
	for _, y := range asked(t, r.YearSpreads) {
		name := y.Programme + " " + y.Scale + " " + y.Measure
		if y.Group == analytics.GroupAll {
			results[name] += y.N + y.Unknown
		}
		name += ", " + string(y.Group) + " " + y.Name
		y.Programme, y.Scale, y.Measure, y.Group, y.Name = "", "", "", "", ""
		got[name] = append(got[name], y)
	}
	for name, want := range wantYearSpreads() {
		if diff := gocmp.Diff(want, got[name], Equal()); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
	held := make(map[string]int)
	for _, i := range asked(t, r.Inspections) {
		for _, result := range i.Results {
			held[i.Programme+" "+result.Scale+" "+result.Measure]++
		}
	}
	if diff := gocmp.Diff(held, results); diff != "" {
		t.Errorf("-results held +in all years:\n%s", diff)
	}
}

// alone is the spread of a single number.
func alone(x float64) analytics.Summary {
	return analytics.Summary{N: 1, Lowest: x, Highest: x, Average: x, Q1: x, Median: x, Q3: x}
}

func wantYearSpreads() map[string][]analytics.YearSpread {
	levels := func(l ...analytics.LevelCount) []analytics.LevelCount { return l }
	return map[string][]analytics.YearSpread{
		// 50 in 2010; 50 and 70 in 2011, quartiles at 1.25, 1.5 and 1.75; 69, 69 and 78 in 2012, at 1.5, 2 and 2.5; 80 undated.
		"cci percent safeguarding, all all": {
			{Year: 2010, N: 1, Summary: percents(alone(50))},
			{Year: 2011, N: 2, Summary: percents(analytics.Summary{N: 2, Lowest: 50, Highest: 70, Average: 60, Q1: 55, Median: 60, Q3: 65})},
			{Year: 2012, N: 3, Summary: percents(analytics.Summary{N: 3, Lowest: 69, Highest: 78, Average: 72, Q1: 69, Median: 69, Q3: 73.5})},
			{N: 1, Summary: percents(alone(80))},
		},
		// glanafon's page gives no score: one result without a number, and none with.
		"cci percent risk_of_harm, region wales": {{Year: 2012, Unknown: 1}},
		// A good of unknown points, a requires improvement, a good, an inadequate of nought points.
		"yj2018 yj overall, all all": {
			{Year: 2019, N: 1, Good: 1, Summary: points(alone(21)), Levels: levels(analytics.LevelCount{Position: 3, Areas: 1})},
			{Year: 2020, N: 1, Summary: points(alone(12)), Levels: levels(analytics.LevelCount{Position: 2, Areas: 1})},
			{Year: 2021, N: 1, Good: 1, Levels: levels(analytics.LevelCount{Position: 3, Areas: 1})},
			{Year: 2022, N: 1, Summary: points(alone(0)), Levels: levels(analytics.LevelCount{Position: 1, Areas: 1})},
		},
		// Satisfactory is not good; hollin's poor has no date.
		"fji fji protecting_children_and_young_people, all all": {
			{Year: 2014, N: 1, Levels: levels(analytics.LevelCount{Position: 3, Areas: 1})},
			{Year: 2016, N: 2, Good: 1, Levels: levels(analytics.LevelCount{Position: 3, Areas: 1}, analytics.LevelCount{Position: 4, Areas: 1})},
			{N: 1, Levels: levels(analytics.LevelCount{Position: 1, Areas: 1})},
		},
	}
}

// alderbrook was 50 on 15 March 2010 and 78 on 20 May 2012; nobody else has two results of one measure.
func wantMovements() []analytics.Movement {
	return []analytics.Movement{{Programme: "cci", Scale: "percent", Measure: "safeguarding", Area: "alderbrook",
		Earlier: "alderbrook-cci-2010", Later: "alderbrook-cci-2012", Years: 2, Direction: analytics.DirectionUp}}
}

func wantMovementCounts() []analytics.MovementCount {
	var out []analytics.MovementCount
	for _, g := range [][2]string{{"all", "all"}, {"nation", "england"}, {"region", "north"}} {
		out = append(out, analytics.MovementCount{Programme: "cci", Scale: "percent", Measure: "safeguarding",
			Group: analytics.GroupKind(g[0]), Name: g[1], Areas: 1, Up: 1, MedianYears: 2})
	}
	return out
}

// elmstow's 69 had 78, 70 and 80 over it and 50 under it; its satisfactory has one over and one under it. fennick's 80 and its
// good had nothing over them. brackwater's good of 2013 is alone on its scale: there is no cohort to stand in.
func wantStandingMoves() []analytics.StandingMove {
	children := func(area, later string, from, to analytics.Side, earlier string) analytics.StandingMove {
		return analytics.StandingMove{Theme: "protecting_children", Area: area, Earlier: earlier, EarlierMeasure: "safeguarding",
			EarlierSide: from, Later: later, LaterMeasure: "protecting_children_and_young_people", LaterSide: to}
	}
	return []analytics.StandingMove{
		children("elmstow", "elmstow-fji-2016", analytics.SideBelow, analytics.SideMiddle, "elmstow-cci-2012"),
		children("fennick", "fennick-fji-2016", analytics.SideAbove, analytics.SideAbove, "fennick-cci"),
	}
}
