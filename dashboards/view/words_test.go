package view_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"yardstick/analytics"
	"yardstick/analytics/duck/ducktest"
	"yardstick/analytics/stats"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
	"yardstick/data"
)

const (
	leicester = "leicester-city-fji-2016"
	rutland   = "leicestershire-and-rutland-cci-2012"
)

var shippedSnapshot = sync.OnceValues(func() (*analytics.Snapshot, error) {
	reader, err := ducktest.Open(data.Record(), analytics.Release{ID: "shipped"})
	if err != nil {
		return nil, err
	}
	return analytics.Load(context.Background(), reader)
})

func shipped(t testing.TB) *analytics.Snapshot {
	t.Helper()
	s, err := shippedSnapshot()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var languages = sync.OnceValues(func() (map[string]*i18n.Language, error) {
	all := make(map[string]*i18n.Language)
	for _, tag := range i18n.Languages() {
		language, err := i18n.Load(tag)
		if err != nil {
			return nil, err
		}
		all[tag] = language
	}
	return all, nil
})

func words(t testing.TB, tag string) *view.Words {
	t.Helper()
	all, err := languages()
	if err != nil {
		t.Fatal(err)
	}
	return view.NewWords(all[tag], shipped(t))
}

func inspection(t testing.TB, id string) analytics.Inspection {
	t.Helper()
	i, err := shipped(t).Inspection(id)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// said fails the test where anything could not be said.
func said(t testing.TB, w *view.Words) {
	t.Helper()
	if err := w.Err(); err != nil {
		t.Error(err)
	}
}

func TestDate(t *testing.T) {
	for _, c := range []struct {
		date   analytics.PartialDate
		en, cy string
	}{
		{analytics.PartialDate{Year: 2012, Month: 6, Day: 13}, "13 June 2012", "13 Mehefin 2012"},
		{analytics.PartialDate{Year: 2012, Month: 1, Day: 1}, "1 January 2012", "1 Ionawr 2012"},
		{analytics.PartialDate{Year: 2019, Month: 11}, "November 2019", "Tachwedd 2019"},
		{analytics.PartialDate{Year: 2011}, "2011", "2011"},
	} {
		for tag, want := range map[string]string{"en": c.en, "cy": c.cy} {
			w := words(t, tag)
			if got := w.Date(c.date); got != want {
				t.Errorf("%s: %s is %q, want %q", tag, c.date, got, want)
			}
			said(t, w)
		}
	}
	for _, tag := range i18n.Languages() {
		w := words(t, tag)
		months := make(map[string]bool)
		for m := time.January; m <= time.December; m++ {
			months[w.Date(analytics.PartialDate{Year: 2000, Month: m})] = true
		}
		if len(months) != 12 || w.Date(analytics.PartialDate{}) != w.Say("date.unknown") {
			t.Errorf("%s: %d months; an unknown date is %q", tag, len(months), w.Date(analytics.PartialDate{}))
		}
		if got := w.Day(time.Date(2012, 6, 12, 23, 1, 0, 0, time.UTC)); got != w.Date(
			analytics.PartialDate{Year: 2012, Month: 6, Day: 13}) {
			t.Errorf("%s: the day of a moment is %q", tag, got)
		}
		said(t, w)
	}
}

// Every result of the record can be said, in both languages; what a source does not show is words and never a number.
func TestScore(t *testing.T) {
	number, points, most := 69.0, 27, 36
	en, cy := words(t, "en"), words(t, "cy")
	for _, c := range []struct {
		name   string
		result analytics.Result
		en, cy string
	}{
		{"percent", analytics.Result{Scale: "percent", Percent: &number}, "69%", "69%"},
		{"rating", analytics.Result{Scale: "fji", Rating: "good"}, "Good", cy.Level("fji", "good")},
		{"rating with points", analytics.Result{Scale: "yj", Rating: "good", Points: &points, PointsMax: &most},
			"Good, 27 of 36 points",
			cy.Say("result.rating_points", "Rating", cy.Level("yj", "good"), "Points", 27, "Max", 36)},
		{"rating with half of the points", analytics.Result{Scale: "yj", Rating: "good", Points: &points}, "Good",
			cy.Level("yj", "good")},
		{"nothing", analytics.Result{Scale: "percent"}, "not shown by the source", cy.Say("result.unknown")},
		{"comment alone", analytics.Result{Scale: "percent", Comment: "moderate"}, "not shown by the source",
			cy.Say("result.unknown")},
		{"points alone", analytics.Result{Scale: "yj", Points: &points, PointsMax: &most}, "not shown by the source",
			cy.Say("result.unknown")},
	} {
		if got := en.Score(c.result); got != c.en {
			t.Errorf("%s is %q, want %q", c.name, got, c.en)
		}
		if got := cy.Score(c.result); got != c.cy {
			t.Errorf("%s in Welsh is %q, want %q", c.name, got, c.cy)
		}
	}
	zero := 0.0
	if got := en.Score(analytics.Result{Percent: &zero}); got != "0%" {
		t.Errorf("nought is %q", got)
	}
	for _, i := range shipped(t).Inspections() {
		for _, r := range i.Results {
			for _, w := range []*view.Words{en, cy} {
				if w.Score(r) == "" || w.Measure(i.Programme, r.Measure) == "" ||
					(w.Comment(r) == "") != (r.Comment == "") {
					t.Errorf("%s %s: a result without words", i.ID, r.Measure)
				}
			}
		}
	}
	said(t, en)
	said(t, cy)
}

func TestStanding(t *testing.T) {
	en := words(t, "en")
	if got := en.Standing(&analytics.Standing{Better: 2, Same: 7, Worse: 4,
		N: 13}); got != "of 13 other areas, 2 did better, 7 the same and 4 worse" {
		t.Errorf("standing is %q", got)
	}
	for _, tag := range i18n.Languages() {
		w := words(t, tag)
		if nobody := w.Standing(nil) + w.Standing(&analytics.Standing{}); nobody != "" {
			t.Errorf("%s: among nobody it says %q", tag, nobody)
		}
		for n := range 13 {
			text := w.Standing(&analytics.Standing{Better: n, Same: n, Worse: n, N: 3*n + 1})
			if text == "" {
				t.Errorf("%s: no words for %d", tag, n)
			}
		}
		said(t, w)
	}
}

func TestNumbersWithWords(t *testing.T) {
	w := words(t, "en")
	for _, c := range []struct{ got, want string }{
		{w.Percent(61.52), "61.5%"}, {w.Percent(0), "0%"}, {w.Percent(100), "100%"},
		{w.Unit(69, analytics.UnitPercent), "69%"}, {w.Unit(27, analytics.UnitPoints), "27 points"},
		{w.Unit(1, analytics.UnitPoints), "1 point"},
		{w.Unit(24.5, analytics.UnitPoints), "24.5 points"}, {w.Unit(0, analytics.UnitPoints), "0 points"},
		{w.Interval(&stats.Interval{Lower: 56.6, Upper: 79.1}), "57% to 79%"}, {w.Interval(nil), ""},
		{w.NofN(12, 33), "12 of 33 areas"}, {w.NofN(0, 0), "0 of 0 areas"}, {w.NofN(1, 1), "1 of 1 area"},
		{w.NofN(3, 0), "3 areas"}, {w.NofN(1, 0), "1 area"},
		{w.Group(analytics.GroupAll, "all"), "England and Wales"}, {w.Group(analytics.GroupNation, "wales"), "Wales"},
		{w.Group(analytics.GroupRegion, "east-midlands"), "East Midlands"},
		{w.Area("leicester-city"), "Leicester City"}, {w.Area("nowhere"), "nowhere"},
		{strings.Join(w.Areas([]string{"cardiff", "nowhere"}), "/"), "Cardiff/nowhere"},
		{w.Theme("protecting_children"), "Protecting children"},
		{w.Inspection(inspection(t, leicester)), "Leicester City 2016"},
		{w.Inspection(inspection(t, "leicester-city-yj2025")), "Leicester City (undated, 2025 framework)"},
		{w.URL("/"), "/"}, {w.URL("/areas"), "/areas"}, {view.PathIn("cy", "/"), "/cy"},
		{view.PathIn("cy", "/areas?q=a"), "/cy/areas?q=a"},
	} {
		if c.got != c.want {
			t.Errorf("said %q, want %q", c.got, c.want)
		}
	}
	said(t, w)
	cy := words(t, "cy")
	if got := cy.Group(analytics.GroupNation, "wales"); got != "Cymru" {
		t.Errorf("Wales in Welsh is %q", got)
	}
	for n := range 25 {
		for _, text := range []string{cy.NofN(n, n), cy.NofN(n, 0), cy.Unit(float64(n), analytics.UnitPoints),
			cy.Unit(float64(n)+0.5, analytics.UnitPoints)} {
			if text == "" {
				t.Errorf("no Welsh for %d", n)
			}
		}
	}
	said(t, cy)
}

// reasons has one of every code, with what its comment in analytics says that it holds.
func reasons() []analytics.Reason {
	programmes, scales := []string{"cci", "fji"}, []string{"fji2013", "fji", "percent"}
	areas, inspections := []string{"leicester-city", "leicestershire-and-rutland"}, []string{leicester, rutland,
		"leicester-city-yj2025"}
	return []analytics.Reason{
		{Code: analytics.ReasonSameProgramme, Programmes: programmes[:1]},
		{Code: analytics.ReasonDifferentProgrammes, Programmes: programmes},
		{Code: analytics.ReasonDifferentScales, Scales: scales},
		{Code: analytics.ReasonNoSharedTheme, Inspections: inspections[:2]},
		{Code: analytics.ReasonCaution, Caution: "close_comparison_advised_against", Programmes: programmes},
		{Code: analytics.ReasonCaution, Caution: "no_direct_comparison_before_2018", Programmes: programmes},
		{Code: analytics.ReasonDifferentFootprints, Areas: areas},
		{Code: analytics.ReasonOverlappingFootprint, Areas: areas},
		{Code: analytics.ReasonTargeted, Programmes: programmes[1:]},
		{Code: analytics.ReasonSamplingUnknown, Programmes: []string{"yj2025"}},
		{Code: analytics.ReasonYearsApart, Number: 4},
		{Code: analytics.ReasonUndated, Inspections: inspections[2:]},
		{Code: analytics.ReasonReinspection, Inspections: inspections[:2]},
		{Code: analytics.ReasonSample, Inspections: inspections[:1], Number: 62},
		{Code: analytics.ReasonSampleUnknown, Inspections: inspections},
	}
}

func TestReasons(t *testing.T) {
	for _, tag := range i18n.Languages() {
		w := words(t, tag)
		texts := make(map[string]analytics.ReasonCode)
		for _, r := range reasons() {
			text := w.Reason(r)
			if text == "" || w.Err() != nil {
				t.Fatalf("%s: %s is said %q, %v", tag, r.Code, text, w.Err())
			}
			if other, taken := texts[text]; taken {
				t.Errorf("%s: %s and %s are said alike: %q", tag, r.Code, other, text)
			}
			texts[text] = r.Code
			for _, id := range append(append(r.Programmes, r.Areas...), r.Inspections...) {
				if strings.Contains(text, id) {
					t.Errorf("%s: %s shows the id %s: %q", tag, r.Code, id, text)
				}
			}
		}
		for n := range 15 {
			w.Reason(analytics.Reason{Code: analytics.ReasonYearsApart, Number: n})
			w.Reason(analytics.Reason{Code: analytics.ReasonSample, Inspections: []string{leicester}, Number: n})
		}
		said(t, w)
		if text := w.Reason(analytics.Reason{Code: "of_another_kind"}); text != "" || w.Err() == nil {
			t.Errorf("%s: an unknown reason is said %q, %v", tag, text, w.Err())
		}
	}
	if got := words(t, "en").Reason(reasons()[6]); got != "Leicester City and Leicestershire and Rutland are different "+
		"places, with no council in common." {
		t.Errorf("different ground is %q", got)
	}
}

// Every comparison that can be made can be said, with every reason.
func TestEveryComparisonCanBeSaid(t *testing.T) {
	inspections := shipped(t).Inspections()
	en, cy := words(t, "en"), words(t, "cy")
	for n, a := range inspections {
		for m := n%11 + 1; n+m < len(inspections); m += 11 {
			c, err := shipped(t).Compare([]string{a.ID, inspections[n+m].ID})
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range []*view.Words{en, cy} {
				for _, r := range c.Reasons {
					if w.Reason(r) == "" {
						t.Fatalf("%s beside %s: %s in %s: %v", a.ID, inspections[n+m].ID, r.Code, w.Tag(), w.Err())
					}
				}
			}
		}
	}
	said(t, en)
	said(t, cy)
}

// The first thing that could not be said is kept, whatever is said after it.
func TestFirstErrorIsKept(t *testing.T) {
	w := words(t, "en")
	said(t, w)
	if text := w.Say("first.missing"); text != "" {
		t.Errorf("a missing message is %q", text)
	}
	w.Say("second.missing")
	if w.Say("nav.areas") == "" || w.Err() == nil || !strings.Contains(w.Err().Error(), "first.missing") {
		t.Errorf("error %v", w.Err())
	}
}

func TestSources(t *testing.T) {
	w := words(t, "en")
	all := shipped(t).Sources()
	ids := []string{"nothing-of-the-kind"}
	for _, s := range all {
		ids = append(ids, s.ID)
	}
	links := w.Sources(ids)
	if len(links) != len(all) {
		t.Fatalf("%d links to %d sources", len(links), len(all))
	}
	for n, s := range all {
		want := view.SourceLink{
			Text:      s.Title,
			URL:       s.URL,
			Original:  s.OriginalURL,
			Detail:    s.Detail,
			Publisher: shipped(t).Publisher(s.Publisher).Name.EN,
		}
		if want.Publisher == "" {
			t.Errorf("nothing says who published %s", s.ID)
		}
		if !strings.Contains(s.OriginalURL, "://") {
			want.Original, want.OriginalName = "", s.OriginalURL
		}
		if s.Title == "" {
			want.Text = links[n].Text
			short, read := strings.CutPrefix(want.Text, "read at ") // an address cut short
			if !read || short == "" || len(short) > 64 || !strings.Contains(s.URL, strings.TrimSuffix(short, "…")) ||
				strings.HasPrefix(short, "http") {
				t.Errorf("%s without a title is shown as %q", s.URL, want.Text)
			}
		}
		if diff := cmp.Diff(want, links[n]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", s.ID, diff)
		}
		if !utf8.ValidString(links[n].Text) {
			t.Errorf("%s is cut inside a letter: %q", s.ID, links[n].Text)
		}
	}
	if got := w.Sources(nil); len(got) != 0 {
		t.Errorf("no sources are %v", got)
	}
}

// A warning is told of its measure, or of the whole inspection; what was found follows the cell that it stood in.
func TestWarning(t *testing.T) {
	found := analytics.Warning{
		Column:  "published",
		Value:   "2011-03",
		Rule:    "inspections_are_apart",
		Problem: "is too near",
	}
	for tag, subject := range map[string]string{"en": "The inspection as a whole", "cy": "Yr arolygiad cyfan"} {
		got := words(t, tag).Warning("cci", found)
		if got.Subject != subject || got.Text == "" || got.Found != "published 2011-03 is too near" {
			t.Errorf("%s: %+v", tag, got)
		}
	}
	found.Measure, found.Value = "safeguarding", ""
	if got := words(t, "en").Warning("cci", found); got.Subject != "Safeguarding" || got.Found != "is too near" {
		t.Errorf("of a measure, with nothing in the cell: %+v", got)
	}
}
