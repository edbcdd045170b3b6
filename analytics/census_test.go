package analytics_test

import (
	"math"
	"testing"

	"yardstick/analytics"
)

// Of a census the interval is of all areas and there are bounds; of areas chosen for concern it is Wilson's, since
// nothing is known of those that were not chosen.
func TestGoodShareOfAreas(t *testing.T) {
	s := shipped(t)
	b := analytics.Benchmark{Programme: "yj2018", Scale: "yj", N: 127, Of: 155,
		Levels: []analytics.LevelCount{{Position: 2, Areas: 49}, {Position: 3, Areas: 78}}}
	got := s.GoodShare(b)
	if got == nil || got.Count != 78 || got.Of != 127 || got.Bounds == nil {
		t.Fatalf("%+v", got)
	}
	// The figures of the outside check.
	for name, pair := range map[string][2]float64{
		"lower": {got.Interval.Lower, 57.8}, "upper": {got.Interval.Upper, 65.0},
		"least": {got.Bounds.Lower, 50.3}, "most": {got.Bounds.Upper, 68.4},
	} {
		if math.Abs(pair[0]-pair[1]) > 0.05 {
			t.Errorf("%s is %g, want %g", name, pair[0], pair[1])
		}
	}
	chosen := analytics.Benchmark{Programme: "fji", Scale: "yj", N: 108, Of: 157,
		Levels: []analytics.LevelCount{{Position: 2, Areas: 41}, {Position: 3, Areas: 67}}}
	// 67 of 108 is 62.0% (52.6 to 70.6) in the methods that the figures follow.
	if got := s.GoodShare(chosen); got == nil || math.Abs(got.Interval.Lower-52.6) > 0.05 ||
		math.Abs(got.Interval.Upper-70.6) > 0.05 {
		t.Errorf("%+v", got)
	}
	if got := s.GoodShare(analytics.Benchmark{}); got != nil {
		t.Errorf("of no area: %+v", got)
	}
}

// The average of all areas lies within bounds that hold for certain, and the interval within the bounds.
func TestWhole(t *testing.T) {
	s := shipped(t)
	b := analytics.Benchmark{Programme: "cci", Of: 100,
		Summary: &analytics.Summary{Unit: analytics.UnitPercent, N: 20, Average: 60, Deviation: 10}}
	got := s.Whole(b)
	if got == nil || got.Bounds == nil || got.Bounds.Lower != 12 || got.Bounds.Upper != 92 {
		t.Fatalf("%+v", got)
	}
	if got.Interval == nil || math.Abs(got.Interval.Upper-60-2.093*10/math.Sqrt(20)*math.Sqrt(.8)) > 0.01 {
		t.Errorf("%+v", got.Interval)
	}
	b.Of = 20
	if got := s.Whole(b); got == nil || got.Bounds != nil {
		t.Errorf("with none missing: %+v", got)
	}
	b.Summary.Unit = analytics.UnitPoints
	if got := s.Whole(b); got != nil {
		t.Errorf("of points: %+v", got)
	}
}

// On the day of the notice of Leicestershire and Rutland the areas we have scored lower than all then inspected.
func TestBias(t *testing.T) {
	s := shipped(t)
	for measure, printed := range map[string]float64{
		"safeguarding": 68, "risk_of_harm": 62, "likelihood_of_reoffending": 71,
	} {
		biases, err := s.Biases("cci", measure)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, bias := range biases {
			if bias.Computed.Summary.Average-bias.Points != bias.Printed {
				t.Errorf("%+v", bias)
			}
			if bias.Inspection == "leicestershire-and-rutland-cci-2012" {
				found = bias.Printed == printed && bias.Points < 0
			}
		}
		if !found {
			t.Errorf("%s: %+v", measure, biases)
		}
	}
	if biases, err := s.Biases("fji", "reducing_reoffending"); err != nil || len(biases) > 0 {
		t.Errorf("of a programme whose notices print no average: %v, %v", biases, err)
	}
}
