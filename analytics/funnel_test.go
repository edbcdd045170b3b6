package analytics_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analytics"
	"yardstick/analytics/stats"
)

func shares(samples ...stats.Sample) []analytics.AreaShare {
	var out []analytics.AreaShare
	for n, s := range samples {
		out = append(out, analytics.AreaShare{Area: string(rune('a' + n)), Sample: s})
	}
	return out
}

// The ten areas of the methods' worked example: their share together, φ and τ².
func TestFunnelOf(t *testing.T) {
	x, n := []float64{30, 40, 25, 50, 33, 45, 20, 52, 28, 37}, []float64{60, 60, 50, 62, 70, 58, 40, 65, 55, 50}
	var all []stats.Sample
	for i := range x {
		all = append(all, stats.Sample{Successes: x[i], Cases: n[i]})
	}
	f, err := analytics.FunnelOf(shares(all...))
	if err != nil {
		t.Fatal(err)
	}
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-6 }
	if !near(f.Target, 0.6315789) || !near(f.Overdispersion.Phi, 4.601965) ||
		!near(f.Overdispersion.TauSquared, 0.01808207) {
		t.Errorf("%+v", f)
	}
	at95, at998 := f.Outside(false)
	adjusted95, adjusted998 := f.Outside(true)
	if at95 <= adjusted95 || at998 > at95 || adjusted998 > adjusted95 {
		t.Errorf("%d and %d outside, %d and %d where overdispersion is allowed for", at95, at998, adjusted95,
			adjusted998)
	}
	for _, p := range f.Points {
		limits, err := f.Limits(p.Cases, false)
		if err != nil || p.Place != limits.Place(p.Proportion()) {
			t.Errorf("%s: %s, %v", p.Area, p.Place, err)
		}
	}
	if _, err := analytics.FunnelOf(shares(all[:4]...)); !errors.Is(err, stats.ErrTooFew) {
		t.Errorf("of four areas: %v", err)
	}
	if _, err := analytics.FunnelOf(shares(all[0], all[1], all[2], all[3],
		stats.Sample{Successes: 2, Cases: 1})); !errors.Is(err, stats.ErrSuccesses) {
		t.Errorf("of two in one: %v", err)
	}
}

// The same shares rank alike whenever they are asked, an area within its own interval, and none outside 1 to k.
func TestRanksOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []stats.Sample
		for range rapid.IntRange(1, 8).Draw(t, "areas") {
			n := rapid.IntRange(1, 200).Draw(t, "n")
			all = append(all, stats.Sample{Successes: float64(rapid.IntRange(0, n).Draw(t, "x")), Cases: float64(n)})
		}
		got, err := analytics.RanksOf(shares(all...))
		if err != nil {
			t.Fatal(err)
		}
		again, err := analytics.RanksOf(shares(all...))
		if err != nil || !slices.Equal(got, again) {
			t.Fatalf("%+v, then %+v, %v", got, again, err)
		}
		for i, a := range got {
			if a.Area != string(rune('a'+i)) || a.Rank.Lower < 1 || a.Rank.Upper > len(all) ||
				a.Rank.Lower > a.Rank.Upper || !a.Interval.Contains(a.Proportion()) {
				t.Fatalf("%+v", a)
			}
		}
	})
	if _, err := analytics.RanksOf(nil); !errors.Is(err, stats.ErrEmpty) {
		t.Errorf("of no area: %v", err)
	}
}

func TestSharesOfABenchmark(t *testing.T) {
	s := shipped(t)
	found, err := s.Benchmarks(
		analytics.BenchmarkQuery{Programme: "cci", Measure: "safeguarding", Group: analytics.GroupAll})
	if err != nil || len(found) != 1 {
		t.Fatalf("%d benchmarks, %v", len(found), err)
	}
	known, unknown := s.Shares(found[0])
	if len(known)+unknown != found[0].Summary.N || unknown == 0 {
		t.Errorf("%d known, %d not, of %d", len(known), unknown, found[0].Summary.N)
	}
	for _, k := range known {
		if k.Area == "leicestershire-and-rutland" && (k.Successes != 43 || k.Cases != 62) {
			t.Errorf("%+v, want 43 of 62", k)
		}
	}
}

// A statistic has each current area once, by its own ground, and none whose authorities publish rates apart.
func TestStatistics(t *testing.T) {
	s := shipped(t)
	for _, id := range s.Indicators() {
		last := ""
		for _, st := range statistics(t, s, id) {
			end := st.End.Format("2006-01-02")
			if last != "" && end >= last {
				t.Errorf("%s: %s after %s", id, end, last)
			}
			last = end
			seen := make(map[string]bool)
			for _, m := range st.Members {
				area, err := s.Area(m.Area)
				if err != nil || !area.Current || seen[m.Area] || !m.End.Equal(st.End) || m.Basis != st.Basis ||
					m.Flag != "" || m.Series.Of != m.Area {
					t.Errorf("%s, %s: %+v, %v", id, end, m, err)
				}
				seen[m.Area] = true
			}
		}
	}
	if got := statistics(t, s, "none"); got != nil {
		t.Errorf("of no indicator: %+v", got)
	}
}

func TestStatisticBy(t *testing.T) {
	s := shipped(t)
	st := statistics(t, s, "children_cautioned_or_sentenced_rate_per_1000")[0]
	all, err := s.StatisticBy(st, analytics.BenchmarkQuery{Group: analytics.GroupAll})
	if err != nil || len(all) != 1 || len(all[0].Members) != len(st.Members) || all[0].Published == nil {
		t.Fatalf("%+v, %v", all, err)
	}
	regions, err := s.StatisticBy(st, analytics.BenchmarkQuery{Group: analytics.GroupRegion})
	if err != nil {
		t.Fatal(err)
	}
	areas := 0
	for _, r := range regions {
		areas += len(r.Members)
		if r.Published == nil || r.Published.Place != r.Name || !r.Published.End.Equal(st.End) ||
			r.Summary.Lowest > r.Published.Value || r.Summary.Highest < r.Published.Value {
			t.Errorf("%s: %+v beside %+v", r.Name, r.Published, r.Summary)
		}
	}
	if areas != len(st.Members) {
		t.Errorf("%d areas in regions, of %d", areas, len(st.Members))
	}
	without, err := s.StatisticBy(st, analytics.BenchmarkQuery{Group: analytics.GroupRegion, Of: "leicester-city",
		Without: true})
	if err != nil || len(without) != 1 || slices.ContainsFunc(without[0].Members,
		func(m analytics.StatisticMember) bool { return m.Area == "leicester-city" }) {
		t.Errorf("%+v, %v", without, err)
	}
	known, unknown := st.Shares()
	if len(known) != len(st.Members) || unknown != 0 {
		t.Errorf("%d shares, %d figures without", len(known), unknown)
	}
}

// Every indicator whose counts the record has, or can work out from populations, has a funnel and ranks; none that
// prints percentages alone has.
func TestFunnelsOfTheRecord(t *testing.T) {
	s := shipped(t)
	for id, want := range map[string]struct {
		least       int
		approximate bool
	}{"fte_rate_per_100k": {120, true}, "children_cautioned_or_sentenced_rate_per_10k": {100,
		true}, "proven_offences_rate_per_1000": {150, false},
		"cautions_and_sentences_rate_per_1000": {150, false}, "children_cautioned_or_sentenced_rate_per_1000": {150,
			false},
		"reoffending_rate_percent_15_17": {}} {
		st := statistics(t, s, id)[0]
		known, unknown := st.Shares()
		if len(known) < want.least || len(known)+unknown != len(st.Members) || want.least == 0 && len(known) > 0 {
			t.Errorf("%s: %d with counts, %d without", id, len(known), unknown)
			continue
		}
		if want.least == 0 {
			continue
		}
		f, err := analytics.FunnelOf(known)
		if err != nil || !f.Overdispersed() {
			t.Errorf("%s: %+v, %v", id, f.Overdispersion, err)
		}
		plain95, plain998 := f.Outside(false)
		adjusted95, adjusted998 := f.Outside(true)
		if adjusted95 >= plain95 || adjusted998 >= plain998 {
			t.Errorf("%s: %d and %d outside, adjusted %d and %d", id, plain95, plain998, adjusted95, adjusted998)
		}
		t.Logf("%s %s: %d areas, φ %.1f, beyond 95%% and 99.8%%: %d and %d, adjusted %d and %d", id, st.Period.Period,
			len(known),
			f.Overdispersion.Phi, plain95, plain998, adjusted95, adjusted998)
		for _, k := range known {
			if k.Approximate != want.approximate && want.approximate || !k.Interval.Contains(k.Proportion()) {
				t.Errorf("%s of %s: %+v", id, k.Area, k)
			}
		}
		ranked, err := analytics.RanksOf(known)
		if err != nil || len(ranked) != len(known) || ranked[0].Kind != known[0].Kind {
			t.Errorf("%s: %d ranked, %v", id, len(ranked), err)
		}
	}
}
