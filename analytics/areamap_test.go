package analytics_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"yardstick/analytics"
	"yardstick/data/release/releasetest"
)

// shownOn is what a map says of each area: its class, or why it has none.
func shownOn(m analytics.AreaMap) map[string]any {
	out := make(map[string]any)
	for _, a := range m.Areas {
		out[a.Area.ID] = a.Class
		if a.Class == 0 {
			out[a.Area.ID] = a.Absence
		}
	}
	return out
}

// A map of scores has the bands of its programme: 69 and 70 are moderate (3), 80 is minimum (4). Of alderbrook's two
// inspections the newer counts. Carrow was inspected before it became part of carrow-and-dunmere.
func TestMapOfScores(t *testing.T) {
	m, err := small(t).Map(analytics.MapQuery{Programme: "cci", Measure: "safeguarding"})
	if err != nil {
		t.Fatal(err)
	}
	got := shownOn(m)
	for area, want := range map[string]any{"alderbrook": 4, "brackwater": 3, "elmstow": 3, "fennick": 4,
		"carrow-and-dunmere": analytics.MapBefore,
		"hollin":             analytics.MapNotHeld} {
		if got[area] != want {
			t.Errorf("%s is shown as %v, want %v", area, got[area], want)
		}
	}
	if _, former := got["carrow"]; former {
		t.Error("a former area is on the map")
	}
	if m.Scale != "percent" || m.Classes[0].Word != "drastic" || m.Classes[3].Word != "minimum" ||
		*m.Classes[3].Lowest != 75 {
		t.Errorf("on the scale %s with the classes %+v", m.Scale, m.Classes)
	}
}

// Figures of one period only are on a map: what is published for another period, or for part of an area's ground, is
// not.
func TestMapOfAStatistic(t *testing.T) {
	rows := "place,level,gss,period_start,period_end,period,value,lower,upper,numerator,denominator,basis,flag,sources," +
		"note\n"
	for _, line := range []string{"alderbrook,area,,2016-04-01,2017-03-31,p,10",
		"brackwater,area,,2016-04-01,2017-03-31,p,20", "elmstow,area,,2016-04-01,2017-03-31,p,30",
		"fennick,area,,2016-04-01,2017-03-31,p,40", "hollin,area,,2015-04-01,2016-03-31,p,50",
		"dunmere,authority,X00000002,2016-04-01,2017-03-31,p,60", "ivel,authority,X00000005,2016-04-01,2017-03-31,p,15",
		"alderbrook,area,,2017-04-01,2018-03-31,p,99"} {
		rows += line + ",,,,,,,synthetic-areas,\n"
	}
	s := snapshot(t, releasetest.Overlay(releasetest.Record(),
		[]txtar.File{{Name: "indicators/population_10_17.csv", Data: []byte(rows)}}))
	m, err := s.Map(analytics.MapQuery{Indicator: "population_10_17"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"alderbrook":         1,
		"ivelside":           1,
		"brackwater":         2,
		"elmstow":            3,
		"fennick":            4,
		"hollin":             analytics.MapOtherPeriod,
		"carrow-and-dunmere": analytics.MapUnpublished,
		"glanafon":           analytics.MapUnpublished,
	}
	if diff := cmp.Diff(want, shownOn(m)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if m.Period.End.Year() != 2017 || m.Held != 5 {
		t.Errorf("of %v, %d held", m.Period.End, m.Held)
	}
}

func TestMapRefuses(t *testing.T) {
	for query, want := range map[analytics.MapQuery]analytics.InvalidError{
		{Indicator: "reoffending"}: {Field: "indicator", Kind: "indicator",
			Value: "reoffending"},
		{Indicator: "population_10_17", Programme: "cci"}: {Field: "indicator", Kind: "one_subject"},
		{Measure: "safeguarding"}:                         {Field: "programme", Kind: "required"},
		{Programme: "sqs"}: {Field: "programme", Kind: "programme_without_results",
			Value: "sqs"},
		{Programme: "cci", Measure: "safeguarding", Scale: "fji"}: {Field: "scale", Kind: "scale", Value: "fji"},
	} {
		_, err := small(t).Map(query)
		var got *analytics.InvalidError
		if !errors.As(err, &got) || *got != want {
			t.Errorf("%+v: %v, want %v", query, err, &want)
		}
	}
}

// Every map that can be asked for has each current area once, either in a class or with the reason why not, and its
// results are of one programme, measure and scale.
func TestMapProperties(t *testing.T) {
	s := shipped(t)
	var queries []analytics.MapQuery
	for _, p := range s.Programmes() {
		for _, m := range s.Measures(p.ID) {
			queries = append(queries, analytics.MapQuery{Programme: p.ID, Measure: m.ID})
		}
	}
	for _, id := range s.Indicators() {
		queries = append(queries, analytics.MapQuery{Indicator: id})
	}
	rapid.Check(t, func(t *rapid.T) {
		q := rapid.SampledFrom(queries).Draw(t, "query")
		m, err := s.Map(q)
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Scales) > 0 {
			q.Scale = rapid.SampledFrom(m.Scales).Draw(t, "scale")
			if m, err = s.Map(q); err != nil {
				t.Fatal(err)
			}
		}
		seen := make(map[string]bool)
		classed := 0
		for _, a := range m.Areas {
			shown := (a.Result != nil || a.Observation != nil) && a.Absence != analytics.MapCensored
			if seen[a.Area.ID] || !a.Area.Current || (a.Class > 0) != (a.Absence == "") || (a.Class > 0) != shown {
				t.Fatalf("%s: class %d, absence %q, seen %v", a.Area.ID, a.Class, a.Absence, seen[a.Area.ID])
			}
			if r := a.Result; r != nil &&
				(r.Scale != m.Scale || r.Measure != m.Measure || a.Inspection.Programme != m.Programme) {
				t.Fatalf("%s is shown by %+v", a.Area.ID, r)
			}
			if o := a.Observation; o != nil &&
				(!o.End.Equal(m.Period.End) || !o.Start.Equal(m.Period.Start) || o.Basis != m.Period.Basis) {
				t.Fatalf("%s is shown by a figure of another period, %+v", a.Area.ID, o)
			}
			seen[a.Area.ID] = true
		}
		for _, c := range m.Classes {
			classed += c.Areas
		}
		if classed != m.Held || len(seen) == 0 {
			t.Fatalf("%d in classes, %d held", classed, m.Held)
		}
	})
}
