package analytics_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"yardstick/analytics"
	"yardstick/analytics/stats"
)

// tenth compares numbers as pages print them.
var tenth = cmpopts.EquateApprox(0, 0.05)

func compared(t *testing.T, s *analytics.Snapshot, ids ...string) analytics.Comparison {
	t.Helper()
	c, err := s.Compare(ids)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The comparison the product was asked for first: two neighbours, two programmes, two scales, four years.
func TestLeicesterCityBesideLeicestershireAndRutland(t *testing.T) {
	const city, county = "leicester-city-fji-2016", "leicestershire-and-rutland-cci-2012"
	c := compared(t, shipped(t), city, county)
	if c.Verdict != analytics.SameTheme {
		t.Errorf("verdict %s, want %s", c.Verdict, analytics.SameTheme)
	}
	reasons := []analytics.Reason{
		{Code: analytics.ReasonDifferentProgrammes, Programmes: []string{"fji", "cci"}},
		{Code: analytics.ReasonDifferentScales, Scales: []string{"fji", "percent"}},
		{Code: analytics.ReasonDifferentFootprints, Areas: []string{"leicester-city", "leicestershire-and-rutland"}},
		{Code: analytics.ReasonTargeted, Programmes: []string{"fji"}},
		{Code: analytics.ReasonYearsApart, Number: 4},
		{Code: analytics.ReasonSample, Inspections: []string{county}, Number: 62},
		{Code: analytics.ReasonSampleUnknown, Inspections: []string{city}},
	}
	if diff := cmp.Diff(reasons, c.Reasons); diff != "" {
		t.Errorf("reasons -want +got:\n%s", diff)
	}
	type side struct {
		Measure, Rating string
		Percent         float64
		Interval        *stats.Interval
	}
	type theme struct {
		Theme        string
		Verdict      analytics.Verdict
		City, County side
	}
	var got []theme
	for _, th := range c.Themes {
		if th.Difference != nil {
			t.Errorf("%s: a difference across programmes", th.Theme)
		}
		sides := make([]side, 2)
		for n, r := range th.Results {
			sides[n] = side{Measure: r.Measure, Interval: r.Interval}
			if r.Result != nil {
				sides[n].Rating = r.Result.Rating
				if r.Result.Percent != nil {
					sides[n].Percent = *r.Result.Percent
				}
			}
		}
		got = append(got, theme{th.Theme, th.Verdict, sides[0], sides[1]})
	}
	wilson := func(lower, upper float64) *stats.Interval { return &stats.Interval{Lower: lower, Upper: upper} }
	// Of 62 cases 69% are 43, 63% are 39, 71% are 44 and 77% are 48.
	want := []theme{
		{
			"protecting_children",
			analytics.SameTheme,
			side{Measure: "protecting_children_and_young_people", Rating: "satisfactory"},
			side{Measure: "safeguarding", Percent: 69, Interval: wilson(57.0, 79.4)},
		},
		{"protecting_the_public", analytics.SameTheme, side{Measure: "protecting_the_public", Rating: "satisfactory"},
			side{Measure: "risk_of_harm", Percent: 63, Interval: wilson(50.5, 73.8)}},
		{"reducing_reoffending", analytics.SameTheme, side{Measure: "reducing_reoffending", Rating: "satisfactory"},
			side{Measure: "likelihood_of_reoffending", Percent: 71, Interval: wilson(58.7, 80.8)}},
		{
			"sentence_delivered",
			analytics.NotComparable,
			side{Measure: "ensuring_the_sentence_is_served", Rating: "good"},
			side{},
		},
		{
			"governance",
			analytics.NotComparable,
			side{Measure: "governance_and_partnerships", Rating: "satisfactory"},
			side{},
		},
		{"interventions", analytics.SameTheme, side{Measure: "interventions", Rating: "satisfactory"},
			side{Measure: "section_2", Percent: 77, Interval: wilson(65.6, 86.0)}},
	}
	if diff := cmp.Diff(want, got, tenth); diff != "" {
		t.Errorf("themes -want +got:\n%s", diff)
	}
}

// Scores of a published report of 62 cases. 69% is 43 of them: Wilson's interval as if each case were one judgement.
// The criteria of section 2 concern part of the cases (its custody findings are of 12 cases, or fewer), so they have
// none.
func TestIntervalsOfPublishedScores(t *testing.T) {
	s := shipped(t)
	i, err := s.Inspection("leicestershire-and-rutland-cci-2012")
	if err != nil {
		t.Fatal(err)
	}
	for measure, want := range map[string]struct {
		interval *stats.Interval
		basis    analytics.IntervalBasis
	}{
		"safeguarding":  {&stats.Interval{Lower: 57.0, Upper: 79.4}, analytics.AsIfCases},
		"criterion_2_1": {nil, analytics.PartOfCases},
		"criterion_2_3": {nil, analytics.PartOfCases},
		"criterion_3_2": {nil, analytics.PartOfCases},
	} {
		r, ok := i.Result(measure)
		if !ok {
			t.Fatal(measure)
		}
		got, basis := s.ScoreInterval(i, r)
		if diff := cmp.Diff(want.interval, got, tenth); diff != "" || basis != want.basis {
			t.Errorf("%s: %s\n-want +got:\n%s", measure, basis, diff)
		}
	}
	r, _ := i.Result("safeguarding")
	if got, _ := s.ScoreInterval(i, r); !got.Contains(*r.Printed.Average) {
		t.Errorf("%v leaves out the printed average %g", got, *r.Printed.Average)
	}
}

// Pairs of the record of releasetest, each shown to the reader as it must be: verdict, reasons in order, difference.
func TestComparePairs(t *testing.T) {
	s := small(t)
	caution := func(id string, programmes ...string) analytics.Reason {
		return analytics.Reason{Code: analytics.ReasonCaution, Caution: id, Programmes: programmes}
	}
	sample := func(id string, n int) analytics.Reason {
		return analytics.Reason{Code: analytics.ReasonSample, Inspections: []string{id}, Number: n}
	}
	unknown := func(ids ...string) analytics.Reason {
		return analytics.Reason{Code: analytics.ReasonSampleUnknown, Inspections: ids}
	}
	footprints := func(areas ...string) analytics.Reason {
		return analytics.Reason{Code: analytics.ReasonDifferentFootprints, Areas: areas}
	}
	cci := analytics.Reason{Code: analytics.ReasonSameProgramme, Programmes: []string{"cci"}}
	fji := analytics.Reason{Code: analytics.ReasonSameProgramme, Programmes: []string{"fji"}}
	advised := caution("close_comparison_advised_against", "cci", "cci")
	for _, c := range []struct {
		name    string
		ids     []string
		verdict analytics.Verdict
		reasons []analytics.Reason
		themes  map[string]analytics.Verdict
		differ  map[string]analytics.Difference
	}{
		{
			// 78% of 38 is 30 of 38 and 69% of 62 is 43 of 62. Newcombe's interval of 30/38 - 43/62 is -0.0871 to 0.2545.
			name: "like for like, not told apart", ids: []string{"alderbrook-cci-2012", "elmstow-cci-2012"},
			verdict: analytics.LikeForLike,
			reasons: []analytics.Reason{cci, footprints("alderbrook", "elmstow"), advised,
				{Code: analytics.ReasonReinspection, Inspections: []string{"alderbrook-cci-2012"}},
				sample("alderbrook-cci-2012", 38), sample("elmstow-cci-2012", 62)},
			themes: map[string]analytics.Verdict{"protecting_children": analytics.LikeForLike,
				"protecting_the_public": analytics.NotComparable},
			differ: map[string]analytics.Difference{"protecting_children": {Value: 9,
				Interval: &stats.Interval{Lower: -8.7147, Upper: 25.4478}}},
		},
		{
			// One area twice: no word about footprints. 20/40 - 30/38 is -0.4680 to -0.0767.
			name: "an area and its own past, told apart", ids: []string{"alderbrook-cci-2010", "alderbrook-cci-2012"},
			verdict: analytics.LikeForLike,
			reasons: []analytics.Reason{cci, advised, {Code: analytics.ReasonYearsApart, Number: 2},
				{Code: analytics.ReasonReinspection, Inspections: []string{"alderbrook-cci-2012"}},
				sample("alderbrook-cci-2010", 40), sample("alderbrook-cci-2012", 38)},
			themes: map[string]analytics.Verdict{"protecting_children": analytics.LikeForLike,
				"protecting_the_public": analytics.NotComparable},
			differ: map[string]analytics.Difference{"protecting_children": {Value: -28, Distinguishable: true,
				Interval: &stats.Interval{Lower: -46.7971, Upper: -7.6651}}},
		},
		{
			name: "a sample that nobody shows", ids: []string{"carrow-cci-2011", "elmstow-cci-2012"},
			verdict: analytics.LikeForLike,
			reasons: []analytics.Reason{cci, footprints("carrow", "elmstow"), advised, sample("elmstow-cci-2012", 62),
				unknown("carrow-cci-2011")},
			themes: map[string]analytics.Verdict{"protecting_children": analytics.LikeForLike,
				"protecting_the_public": analytics.NotComparable},
			differ: map[string]analytics.Difference{"protecting_children": {Value: -19}},
		},
		{
			name: "an unknown date", ids: []string{"fennick-cci", "elmstow-cci-2012"}, verdict: analytics.LikeForLike,
			reasons: []analytics.Reason{cci, {Code: analytics.ReasonDifferentFootprints, Areas: []string{"fennick", "elmstow"}},
				advised,
				{Code: analytics.ReasonUndated, Inspections: []string{"fennick-cci"}}, sample("fennick-cci", 45),
				sample("elmstow-cci-2012", 62)},
			themes: map[string]analytics.Verdict{"protecting_children": analytics.LikeForLike,
				"protecting_the_public": analytics.NotComparable},
			differ: map[string]analytics.Difference{"protecting_children": {Value: 11, Interval: newcombe(36, 45, 43, 62)}},
		},
		{
			name: "words of one scale: alike, and no difference", ids: []string{"dunmere-fji-2014", "elmstow-fji-2016"},
			verdict: analytics.LikeForLike,
			reasons: []analytics.Reason{fji, footprints("dunmere", "elmstow"),
				{Code: analytics.ReasonTargeted, Programmes: []string{"fji"}},
				{Code: analytics.ReasonYearsApart, Number: 2}, unknown("dunmere-fji-2014", "elmstow-fji-2016")},
			themes: map[string]analytics.Verdict{"protecting_children": analytics.LikeForLike,
				"protecting_the_public": analytics.NotComparable},
		},
		{
			name: "one programme, two scales", ids: []string{"brackwater-fji-2013", "dunmere-fji-2014"},
			verdict: analytics.SameTheme,
			reasons: []analytics.Reason{fji, {Code: analytics.ReasonDifferentScales, Scales: []string{"fji2013", "fji"}},
				footprints("brackwater", "dunmere"), {Code: analytics.ReasonTargeted, Programmes: []string{"fji"}},
				unknown("brackwater-fji-2013", "dunmere-fji-2014")},
			themes: map[string]analytics.Verdict{"protecting_children": analytics.SameTheme,
				"protecting_the_public": analytics.NotComparable},
		},
		{
			name: "no theme in common", ids: []string{"elmstow-cci-2012", "carrow-and-dunmere-yj2018-2020"},
			verdict: analytics.NotComparable,
			reasons: []analytics.Reason{{Code: analytics.ReasonDifferentProgrammes, Programmes: []string{"cci", "yj2018"}},
				{Code: analytics.ReasonDifferentScales, Scales: []string{"percent", "yj"}},
				{Code: analytics.ReasonNoSharedTheme, Inspections: []string{"elmstow-cci-2012", "carrow-and-dunmere-yj2018-2020"}},
				footprints("elmstow", "carrow-and-dunmere"), caution("no_direct_comparison_before_2018", "yj2018", "cci"),
				{Code: analytics.ReasonYearsApart, Number: 8}, sample("elmstow-cci-2012", 62),
				unknown("carrow-and-dunmere-yj2018-2020")},
			themes: map[string]analytics.Verdict{"protecting_children": analytics.NotComparable,
				"protecting_the_public": analytics.NotComparable,
				"overall":               analytics.NotComparable},
		},
		{
			name: "a service and what it became part of", ids: []string{"carrow-cci-2011", "carrow-and-dunmere-yj2018-2020"},
			verdict: analytics.NotComparable,
			reasons: []analytics.Reason{{Code: analytics.ReasonDifferentProgrammes, Programmes: []string{"cci", "yj2018"}},
				{Code: analytics.ReasonDifferentScales, Scales: []string{"percent", "yj"}},
				{Code: analytics.ReasonNoSharedTheme, Inspections: []string{"carrow-cci-2011", "carrow-and-dunmere-yj2018-2020"}},
				{Code: analytics.ReasonOverlappingFootprint, Areas: []string{"carrow", "carrow-and-dunmere"}},
				caution("no_direct_comparison_before_2018", "yj2018", "cci"), {Code: analytics.ReasonYearsApart, Number: 9},
				unknown("carrow-cci-2011", "carrow-and-dunmere-yj2018-2020")},
			themes: map[string]analytics.Verdict{"protecting_children": analytics.NotComparable,
				"overall": analytics.NotComparable},
		},
		{
			// A like pair and one of another programme: the weakest pair is the verdict, nobody is subtracted, and the ground
			// of two areas is weighed once though one of them was inspected twice.
			name: "three", ids: []string{"alderbrook-cci-2012", "elmstow-cci-2012", "elmstow-fji-2016"},
			verdict: analytics.SameTheme,
			reasons: []analytics.Reason{{Code: analytics.ReasonDifferentProgrammes, Programmes: []string{"cci", "fji"}},
				{Code: analytics.ReasonDifferentScales, Scales: []string{"percent", "fji"}}, footprints("alderbrook", "elmstow"),
				advised, {Code: analytics.ReasonTargeted, Programmes: []string{"fji"}},
				{Code: analytics.ReasonYearsApart, Number: 4},
				{Code: analytics.ReasonReinspection, Inspections: []string{"alderbrook-cci-2012"}},
				sample("alderbrook-cci-2012", 38), sample("elmstow-cci-2012", 62), unknown("elmstow-fji-2016")},
			themes: map[string]analytics.Verdict{"protecting_children": analytics.SameTheme,
				"protecting_the_public": analytics.SameTheme},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := compared(t, s, c.ids...)
			if got.Verdict != c.verdict {
				t.Errorf("verdict %s, want %s", got.Verdict, c.verdict)
			}
			if diff := cmp.Diff(c.reasons, got.Reasons); diff != "" {
				t.Errorf("reasons -want +got:\n%s", diff)
			}
			themes, differ := make(map[string]analytics.Verdict), make(map[string]analytics.Difference)
			for _, th := range got.Themes {
				themes[th.Theme] = th.Verdict
				if th.Difference != nil {
					differ[th.Theme] = *th.Difference
				}
			}
			if diff := cmp.Diff(c.themes, themes); diff != "" {
				t.Errorf("themes -want +got:\n%s", diff)
			}
			if diff := cmp.Diff(c.differ, differ, cmpopts.EquateApprox(0, 1e-4), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("differences -want +got:\n%s", diff)
			}
		})
	}
}

// newcombe writes the formula out: the distances of each share from its Wilson limits, as the sides of a right angle.
func newcombe(x1, n1, x2, n2 float64) *stats.Interval {
	const z = 1.959963984540054
	wilson := func(x, n float64) (lower, upper float64) {
		middle, half := 2*x+z*z, z*math.Sqrt(z*z+4*x*(1-x/n))
		return (middle - half) / (2 * (n + z*z)), (middle + half) / (2 * (n + z*z))
	}
	l1, u1 := wilson(x1, n1)
	l2, u2 := wilson(x2, n2)
	p1, p2 := x1/n1, x2/n2
	return &stats.Interval{
		Lower: 100 * (p1 - p2 - math.Hypot(p1-l1, u2-p2)),
		Upper: 100 * (p1 - p2 + math.Hypot(u1-p1, p2-l2)),
	}
}

// A result that its source does not show is not shown: its measure stays, its result is nil.
func TestCompareUnknownResult(t *testing.T) {
	c := compared(t, small(t), "glanafon-cci-2012", "elmstow-cci-2012")
	at := slices.IndexFunc(c.Themes,
		func(th analytics.ThemeComparison) bool { return th.Theme == "protecting_the_public" })
	if at < 0 {
		t.Fatal("no theme")
	}
	th := c.Themes[at]
	if r := th.Results[0]; r.Measure != "risk_of_harm" || r.Result != nil || r.Interval != nil {
		t.Errorf("%+v, want a measure without a result", r)
	}
	if th.Difference != nil || th.Verdict != analytics.NotComparable {
		t.Errorf("%s, %+v", th.Verdict, th.Difference)
	}
}

func TestCompareRefuses(t *testing.T) {
	s := small(t)
	seven := make([]string, 0, 7)
	for _, i := range s.Inspections()[:7] {
		seven = append(seven, i.ID)
	}
	for _, c := range []struct {
		name string
		ids  []string
		want analytics.InvalidError
	}{
		{"none", nil, analytics.InvalidError{Field: "with", Kind: "count"}},
		{"one", seven[:1], analytics.InvalidError{Field: "with", Kind: "count"}},
		{"seven", seven, analytics.InvalidError{Field: "with", Kind: "count"}},
		{"one twice", []string{"elmstow-cci-2012", "fennick-cci", "elmstow-cci-2012"},
			analytics.InvalidError{Field: "with", Kind: "repeat", Value: "elmstow-cci-2012"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := s.Compare(c.ids)
			var got *analytics.InvalidError
			if !errors.As(err, &got) {
				t.Fatalf("error %v", err)
			}
			if diff := cmp.Diff(c.want, *got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	t.Run("six", func(t *testing.T) {
		if c := compared(t, s, seven[:6]...); len(c.Inspections) != 6 {
			t.Errorf("%d inspections", len(c.Inspections))
		}
	})
	t.Run("an unknown one", func(t *testing.T) {
		_, err := s.Compare([]string{"elmstow-cci-2012", "alderbrook-cci-2011"})
		var missing *analytics.NotFoundError
		if !errors.As(err, &missing) || missing.ID != "alderbrook-cci-2011" ||
			!slices.Contains(missing.Nearest, "alderbrook-cci-2010") {
			t.Errorf("error %v, %+v", err, missing)
		}
	})
}

// strength orders verdicts by how much they let one say.
var strength = map[analytics.Verdict]int{analytics.NotComparable: 1, analytics.SameTheme: 2, analytics.LikeForLike: 3}

// allowed is the most that may be said of two results, from the rules as written: the same programme, measure and
// scale; or one theme; or nothing.
func allowed(t *rapid.T, s *analytics.Snapshot, a, b analytics.Inspection, x, y analytics.Result) analytics.Verdict {
	if a.Programme == b.Programme && x.Measure == y.Measure && x.Scale == y.Scale {
		return analytics.LikeForLike
	}
	m, errA := s.Measure(a.Programme, x.Measure)
	n, errB := s.Measure(b.Programme, y.Measure)
	if err := errors.Join(errA, errB); err != nil {
		t.Fatal(err)
	}
	if m.Theme != "" && m.Theme == n.Theme {
		return analytics.SameTheme
	}
	return analytics.NotComparable
}

func drawInspections(t *rapid.T, s *analytics.Snapshot) []string {
	all := s.Inspections()
	programmes := []string{"cci", "fji", "yj2018", "yj2025", "any"}
	from := rapid.SampledFrom(programmes).Draw(t, "programme") // else two of one programme are seldom drawn
	var pool []string
	for _, i := range all {
		if from == "any" || i.Programme == from {
			pool = append(pool, i.ID)
		}
	}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(pool), analytics.MinCompared, analytics.MaxCompared,
		rapid.ID[string]).Draw(t, "inspections")
}

func TestCompareProperties(t *testing.T) {
	s := shipped(t)
	t.Run("the order of inspections does not matter", rapid.MakeCheck(func(t *rapid.T) {
		ids := drawInspections(t, s)
		a, err := s.Compare(ids)
		if err != nil {
			t.Fatal(err)
		}
		shuffled := rapid.Permutation(ids).Draw(t, "shuffled")
		b, err := s.Compare(shuffled)
		if err != nil {
			t.Fatal(err)
		}
		if a.Verdict != b.Verdict {
			t.Fatalf("%s, and %s in another order", a.Verdict, b.Verdict)
		}
		for n := range a.Themes {
			x, y := a.Themes[n], b.Themes[n]
			if x.Theme != y.Theme || x.Verdict != y.Verdict || (x.Difference == nil) != (y.Difference == nil) {
				t.Fatalf("%+v, and %+v in another order", x, y)
			}
			if x.Difference != nil && math.Abs(x.Difference.Value) != math.Abs(y.Difference.Value) {
				t.Fatalf("%g, and %g in another order", x.Difference.Value, y.Difference.Value)
			}
		}
	}))
	t.Run("no theme says more than its results allow", rapid.MakeCheck(func(t *rapid.T) {
		c, err := s.Compare(drawInspections(t, s))
		if err != nil {
			t.Fatal(err)
		}
		for _, th := range c.Themes {
			checkTheme(t, s, c, th)
		}
	}))
	t.Run("like for like is within one programme", rapid.MakeCheck(func(t *rapid.T) {
		c, err := s.Compare(drawInspections(t, s))
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range c.Inspections {
			if c.Verdict == analytics.LikeForLike && i.Programme != c.Inspections[0].Programme {
				t.Fatalf("%s across %s and %s", c.Verdict, i.Programme, c.Inspections[0].Programme)
			}
		}
		if first := c.Reasons[0].Code; first != analytics.ReasonSameProgramme &&
			first != analytics.ReasonDifferentProgrammes {
			t.Fatalf("the first reason is %s", first)
		}
	}))
}

func checkTheme(t *rapid.T, s *analytics.Snapshot, c analytics.Comparison, th analytics.ThemeComparison) {
	var known []int
	for n, r := range th.Results {
		if r.Inspection != c.Inspections[n].ID {
			t.Fatalf("%s stands where %s should", r.Inspection, c.Inspections[n].ID)
		}
		if r.Result != nil {
			if r.Result.Censored == "" {
				known = append(known, n)
			}
			if !r.Result.Known() {
				t.Fatalf("%s: %+v says nothing", th.Theme, *r.Result)
			}
		}
		if r.Interval != nil && !r.Interval.Contains(*r.Result.Percent) {
			t.Fatalf("%v leaves out its own %g", r.Interval, *r.Result.Percent)
		}
	}
	most := analytics.LikeForLike
	if len(known) < 2 {
		most = analytics.NotComparable
	}
	for i, n := range known {
		for _, m := range known[:i] {
			v := allowed(t, s, c.Inspections[m], c.Inspections[n], *th.Results[m].Result, *th.Results[n].Result)
			if strength[v] < strength[most] {
				most = v
			}
		}
	}
	if th.Verdict != most {
		t.Fatalf("%s: %s, where its results allow %s", th.Theme, th.Verdict, most)
	}
	if d := th.Difference; d != nil {
		if th.Verdict != analytics.LikeForLike || len(known) != 2 {
			t.Fatalf("%s: a difference between %d results, %s", th.Theme, len(known), th.Verdict)
		}
		if d.Interval != nil && d.Distinguishable == d.Interval.Contains(0) {
			t.Fatalf("%+v", d)
		}
	}
}

// An interval always holds the score it is about, whatever whole number of cases the score stands for.
func TestIntervalHoldsItsScore(t *testing.T) {
	s := shipped(t)
	basis := func(cases int, r analytics.Result) analytics.IntervalBasis {
		_, basis := s.ScoreInterval(analytics.Inspection{Programme: "cci", Cases: cases}, r)
		return basis
	}
	rapid.Check(t, func(t *rapid.T) {
		score := float64(rapid.IntRange(0, 100).Draw(t, "score"))
		i := analytics.Inspection{Programme: "cci", Cases: rapid.IntRange(1, 200).Draw(t, "cases")}
		w, _ := s.ScoreInterval(i, analytics.Result{Measure: "safeguarding", Percent: &score})
		if w == nil || w.Lower < 0 || w.Upper > 100 || !w.Contains(score) {
			t.Fatalf("%g of %d cases: %v", score, i.Cases, w)
		}
	})
	if got := basis(0, analytics.Result{Measure: "safeguarding", Percent: new(50.0)}); got != analytics.NoSample {
		t.Errorf("%q without a sample", got)
	}
	if got := basis(50, analytics.Result{Measure: "safeguarding", Rating: "good"}); got != "" {
		t.Errorf("%q of a word", got)
	}
}

// Each standing adds up. Every result that says something has one, but for results of censored measures, which have
// none.
func TestStandingsAddUp(t *testing.T) {
	s := shipped(t)
	stood := 0
	for _, i := range s.Inspections() {
		for _, r := range i.Results {
			if r.Standing == nil {
				if r.Known() && r.Censored == "" {
					t.Errorf("%s %s: known, and has no standing", i.ID, r.Measure)
				}
				continue
			}
			if reading, ok := s.Censored(i.Programme, r.Measure); ok || r.Censored != "" {
				t.Errorf("%s %s: has a standing, and %s censors the measure", i.ID, r.Measure, reading.ID)
			}
			stood++
			if n := r.Standing; !r.Known() || n.Better+n.Same+n.Worse != n.N || min(n.Better, n.Same, n.Worse) < 0 {
				t.Errorf("%s %s: %+v", i.ID, r.Measure, *n)
			}
		}
	}
	if stood < 400 {
		t.Errorf("only %d results have a standing", stood)
	}
}
