package analytics_test

import (
	"errors"
	"math"
	"testing"

	"yardstick/analytics"
)

func TestTrends(t *testing.T) {
	s := small(t)
	trends, err := s.Trends("fji", "protecting_children_and_young_people", analytics.GroupAll, "all")
	if err != nil || len(trends) != 2 || trends[0].Scale != "fji2013" || trends[1].Scale != "fji" {
		t.Fatalf("%+v, %v: two scales are two trends", trends, err)
	}
	fji := trends[1]
	if len(fji.Years) != 2 || fji.Years[0].Year != 2014 || fji.Years[1].Year != 2016 || fji.Undated.N != 1 {
		t.Errorf("years %+v, undated %+v", fji.Years, fji.Undated)
	}
	south, err := s.Trends("cci", "safeguarding", analytics.GroupRegion, "south")
	if err != nil || len(south) != 1 || len(south[0].Moves) != 0 || south[0].Movement.Areas != 0 {
		t.Errorf("%+v, %v: alderbrook moved, in the north", south, err)
	}
	if all, err := s.Trends("cci", "safeguarding", analytics.GroupAll, "all"); err != nil || len(all[0].Moves) != 1 ||
		all[0].Movement.Up != 1 {
		t.Errorf("%+v, %v", all, err)
	}
	if none, err := s.Trends("cci", "section_1", analytics.GroupRegion, "wales"); err != nil || none != nil {
		t.Errorf("%+v, %v: nothing is held there", none, err)
	}
	var missing *analytics.NotFoundError
	if _, err := s.Trends("abc", "overall", analytics.GroupAll, "all"); !errors.As(err, &missing) ||
		missing.Kind != "programme" {
		t.Errorf("error %v", err)
	}
	if _, err := s.Trends("cci", "overall", analytics.GroupAll, "all"); !errors.As(err, &missing) ||
		missing.Kind != "measure" {
		t.Errorf("error %v", err)
	}
}

func TestStandingMovesByGroup(t *testing.T) {
	s := small(t)
	for group, want := range map[string]int{"south": 2, "north": 0} {
		if got := s.StandingMoves("protecting_children", analytics.GroupRegion, group); len(got) != want {
			t.Errorf("%s: %+v", group, got)
		}
	}
	if got := s.StandingMoves("protecting_children", analytics.GroupNation, "england"); len(got) != 2 {
		t.Errorf("england: %+v", got)
	}
}

// 67 of 108 is 62.0%, Wilson's interval 52.6 to 70.6.
func TestGoodShare(t *testing.T) {
	y := analytics.YearSpread{N: 108, Good: 67, Levels: []analytics.LevelCount{{Position: 3, Areas: 67}}}
	s := y.GoodShare()
	if s == nil || math.Abs(s.Percent-62.04) > .01 || math.Abs(s.Interval.Lower-52.6) > .05 ||
		math.Abs(s.Interval.Upper-70.6) > .05 {
		t.Errorf("%+v", s)
	}
	for _, none := range []analytics.YearSpread{{}, {N: 3}, {Unknown: 2, Levels: y.Levels}} {
		if got := none.GoodShare(); got != nil {
			t.Errorf("%+v: share %+v", none, got)
		}
	}
}

// No number of years makes results of other areas each year a series.
func TestTrendRefusal(t *testing.T) {
	var trend analytics.Trend
	for year := 2009; year < 2020; year++ {
		want := analytics.TrendTooShort
		if year >= 2014 {
			want = analytics.TrendOtherAreas
		}
		if got := trend.Refusal(); got != want {
			t.Errorf("%d years: %s, want %s", len(trend.Years), got, want)
		}
		trend.Years = append(trend.Years, analytics.YearSpread{Year: year, N: 40})
	}
	for n := range trend.Years {
		trend.Years[n].N = 0
	}
	if got := trend.Refusal(); got != analytics.TrendTooShort {
		t.Errorf("years without a result: %s", got)
	}
}
