package analytics_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"yardstick/analytics"
	"yardstick/analytics/duck/ducktest"
	"yardstick/data/release/releasetest"
)

// failing is a Reader one of whose questions fails.
type failing struct {
	analytics.Reader
	err error
}

func (f failing) Contents(context.Context) (analytics.Contents, error) {
	return analytics.Contents{}, f.err
}

func TestLoadFails(t *testing.T) {
	r, err := ducktest.Open(releasetest.Record(), analytics.Release{ID: "abc"})
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	if s, err := analytics.Load(t.Context(), failing{r, broken}); !errors.Is(err, broken) || s != nil {
		t.Errorf("error %v, want what the question failed with", err)
	} else if want := "load release abc: broken"; err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := analytics.Load(ctx, r); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
}

// A release is of the day on which the record's history says that it was published, whenever its file was built.
func TestReleaseIsOfItsPublication(t *testing.T) {
	built := time.Date(2026, time.March, 2, 9, 30, 0, 0, time.UTC)
	for name, want := range map[string]struct {
		history   []txtar.File
		published time.Time
	}{
		"told by the record": {published: time.Date(2025, time.March, 4, 12, 30, 0, 0, time.UTC)},
		"a record that is new": {published: built, history: []txtar.File{
			{Name: "history/releases.csv", Data: []byte("position,release,published,origin,why\n")},
			{Name: "history/revisions.csv",
				Data: []byte("position,subject,act,inspection,measure,place,period,field,before,after,rows,why\n")},
		}},
	} {
		r, err := ducktest.Open(releasetest.Overlay(releasetest.Record(), want.history),
			analytics.Release{ID: "test", Built: built})
		if err != nil {
			t.Fatal(err)
		}
		s, err := analytics.Load(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Release(); !got.Published.Equal(want.published) || !got.Built.Equal(built) {
			t.Errorf("%s: published %v, built %v", name, got.Published, got.Built)
		}
	}
}

func TestSnapshotFinds(t *testing.T) {
	s := small(t)
	if got := s.Release().ID; got != "test" {
		t.Errorf("release %q", got)
	}
	if p, err := s.Programme("fji"); err != nil || p.Sampling != analytics.SamplingTargeted {
		t.Errorf("%+v, %v", p, err)
	}
	if m, err := s.Measure("cci", "criterion_1_1"); err != nil || m.Parent != "section_1" {
		t.Errorf("%+v, %v", m, err)
	}
	if a, err := s.Area("glanafon"); err != nil || a.Name.In("cy") != "Glan Afon" || a.Name.In("en") != "Riverbank" {
		t.Errorf("%+v, %v", a, err)
	}
	if a, err := s.Area("elmstow"); err != nil || a.Name.In("cy") != "Elmstow" {
		t.Errorf("%+v, %v: an area without a Welsh name has its English one", a, err)
	}
	if p := s.Place(analytics.GroupRegion, "wales"); p.Nation != "wales" || p.Group != analytics.GroupRegion {
		t.Errorf("%+v", p)
	}
	if p := s.Place(analytics.GroupNation, "north"); p != (analytics.Place{}) {
		t.Errorf("%+v for a region asked for as a nation", p)
	}
	if scale := s.Scale("yj"); len(scale.Levels) != 4 {
		t.Errorf("%+v", scale)
	} else if l, ok := scale.Level("good"); !ok || l.Position != 3 {
		t.Errorf("%+v, %v", l, ok)
	} else if _, ok := scale.Level("satisfactory"); ok {
		t.Error("a word of another scale")
	}
	if scale := s.Scale("stars"); scale.ID != "" {
		t.Errorf("%+v", scale)
	}
	var of []string
	for _, i := range s.InspectionsOf("fennick") {
		of = append(of, i.ID)
	}
	if diff := cmp.Diff([]string{"fennick-fji-2016", "fennick-cci"}, of); diff != "" {
		t.Errorf("newest first, undated last: -want +got:\n%s", diff)
	}
	if got := s.InspectionsOf("greyford"); len(got) != 0 {
		t.Errorf("%v", got)
	}
	var titles []string
	for _, o := range s.SourcesOf([]string{"synthetic-reports", "hearsay", "synthetic-areas"}) {
		titles = append(titles, o.ID)
	}
	if diff := cmp.Diff([]string{"synthetic-reports", "synthetic-areas"}, titles); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestWarningsOf(t *testing.T) {
	s := small(t)
	if got := s.WarningsOf("elmstow-cci-2012"); len(got) != 1 || got[0].Measure != "criterion_1_1" {
		t.Errorf("%+v", got)
	}
	if got := s.WarningsOf("alderbrook-cci-2012"); len(got) != 0 {
		t.Errorf("of an inspection without any: %+v", got)
	}
	if got := s.WarningsOf(""); len(got) != 1 || got[0].Rule != "series_stay_apart" {
		t.Errorf("of no inspection: %+v", got)
	}
}

func TestParseGroupKind(t *testing.T) {
	for _, text := range []string{"all", "nation", "region", "family", "list"} {
		if g, err := analytics.ParseGroupKind(text); err != nil || string(g) != text {
			t.Errorf("%q: %q, %v", text, g, err)
		}
	}
	for _, text := range []string{"", "ALL", "lists", "region "} {
		_, err := analytics.ParseGroupKind(text)
		var invalid *analytics.InvalidError
		if !errors.As(err, &invalid) || invalid.Kind != "group" || invalid.Field != "group" || invalid.Value != text {
			t.Errorf("%q: error %v", text, err)
		}
	}
}

// safeguarding is the best-dated measure of the small record.
func safeguarding(t *testing.T, s *analytics.Snapshot, inspection string) analytics.Result {
	t.Helper()
	i, err := s.Inspection(inspection)
	if err != nil {
		t.Fatal(err)
	}
	r, ok := i.Result("safeguarding")
	if !ok {
		t.Fatalf("%s has no safeguarding", inspection)
	}
	return r
}

func TestBenchmarkAsOf(t *testing.T) {
	s := small(t)
	r := safeguarding(t, s, "elmstow-cci-2012")
	for _, c := range []struct {
		name           string
		group          analytics.GroupKind
		place          string
		on             *time.Time
		n, undated, of int
		lowest         float64
	}{
		// The day before the first result there is nothing to tell.
		{"before the first", analytics.GroupAll, "all", day(2010, 3, 14), 0, 0, 0, 0},
		{"long before", analytics.GroupAll, "all", day(1999, 12, 31), 0, 0, 0, 0},
		{"on the first day", analytics.GroupAll, "all", day(2010, 3, 15), 1, 1, 9, 50},
		{"the day after", analytics.GroupAll, "all", day(2010, 3, 16), 1, 1, 9, 50},
		{"the day before a step", analytics.GroupAll, "all", day(2010, 12, 31), 1, 1, 9, 50},
		{"on a step that only adds doubt", analytics.GroupAll, "all", day(2011, 1, 1), 1, 2, 9, 50},
		{"between steps", analytics.GroupAll, "all", day(2011, 6, 15), 1, 3, 9, 50},
		{"the last day of a month", analytics.GroupAll, "all", day(2011, 6, 30), 2, 2, 9, 50},
		{"the day of a re-inspection", analytics.GroupAll, "all", day(2012, 5, 20), 5, 1, 9, 50},
		{"long after", analytics.GroupAll, "all", day(2030, 1, 1), 5, 0, 8, 69},
		{"the whole record", analytics.GroupAll, "all", nil, 5, 0, 8, 69},
		{"a region", analytics.GroupRegion, "south", day(2013, 1, 1), 2, 0, 4, 69},
		{"a region on the day its size changed", analytics.GroupRegion, "north", day(2014, 4, 1), 2, 0, 3, 70},
		{"a region the day before", analytics.GroupRegion, "north", day(2014, 3, 31), 3, 0, 4, 50},
		{"a nation", analytics.GroupNation, "wales", day(2013, 1, 1), 1, 0, 1, 69},
		{"no such place", analytics.GroupRegion, "atlantis", day(2013, 1, 1), 0, 0, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			found, err := s.Benchmarks(
				analytics.BenchmarkQuery{Programme: "cci", Measure: r.Measure, Group: c.group, AsOf: c.on})
			if err != nil {
				t.Fatal(err)
			}
			at := slices.IndexFunc(found,
				func(b analytics.Benchmark) bool { return b.Name == c.place && b.Scale == r.Scale })
			if (at >= 0) != (c.n > 0) {
				t.Fatalf("found at %d; want %d of %d areas", at, c.n, c.of)
			}
			if at < 0 {
				return
			}
			b := found[at]
			if b.N != c.n || b.Undated != c.undated || b.Of != c.of {
				t.Errorf("%d of %d areas, %d undated; want %d of %d, %d undated", b.N, b.Of, b.Undated, c.n, c.of,
					c.undated)
			}
			if b.Summary.Lowest != c.lowest {
				t.Errorf("lowest %g, want %g", b.Summary.Lowest, c.lowest)
			}
			if (b.AsOf == nil) != (c.on == nil) || (c.on != nil && !b.AsOf.Equal(*c.on)) {
				t.Errorf("as of %v, asked for %v", b.AsOf, c.on)
			}
		})
	}
}

// As of any day, a benchmark is over the areas of that day with a percentage published by then, each by its newest:
// found here by looking at every inspection.
func TestBenchmarkAsOfAnyDay(t *testing.T) {
	s := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		on := time.Date(2009, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 5*365).Draw(t, "day"))
		measure := rapid.SampledFrom([]string{"safeguarding", "risk_of_harm", "likelihood_of_reoffending"}).Draw(t,
			"measure")
		published := make(map[string][]analytics.Inspection)
		for _, i := range s.Inspections() {
			a, err := s.Area(i.Area)
			if err != nil {
				t.Fatal(err)
			}
			span := a.Counted
			was := span != nil && !span.From.After(on) && (span.To.IsZero() || !span.To.Before(on))
			if r, ok := i.Result(measure); ok && was && i.Programme == "cci" && r.Percent != nil &&
				!i.Latest.After(on) {
				published[i.Area] = append(published[i.Area], i)
			}
		}
		total, n := 0.0, 0
		for _, inspections := range published {
			if newest, known := analytics.Newest(inspections); known {
				r, _ := newest[0].Result(measure)
				total += *r.Percent
				n++
			}
		}
		found, err := s.Benchmarks(
			analytics.BenchmarkQuery{Programme: "cci", Measure: measure, Group: analytics.GroupAll, AsOf: &on})
		if err != nil || len(found) != min(n, 1) {
			t.Fatalf("on %v: %d benchmarks of %d areas, %v", on, len(found), n, err)
		}
		if n == 0 {
			return
		}
		b := found[0]
		if b.N != n || len(b.Members) != n || math.Abs(b.Summary.Average-total/float64(n)) > 1e-9 {
			t.Fatalf("on %v: %d areas, average %g; want %d, %g", on, b.N, b.Summary.Average, n, total/float64(n))
		}
	})
}

func TestBenchmarksQuery(t *testing.T) {
	s := small(t)
	type row struct {
		Name, Scale string
		N, Of       int
	}
	for _, c := range []struct {
		name string
		q    analytics.BenchmarkQuery
		want []row
	}{
		{"all", analytics.BenchmarkQuery{Programme: "cci", Measure: "safeguarding", Group: analytics.GroupAll},
			[]row{{"all", "percent", 5, 8}}},
		{"every nation", analytics.BenchmarkQuery{Programme: "cci", Measure: "safeguarding", Group: analytics.GroupNation},
			[]row{{"england", "percent", 4, 7}, {"wales", "percent", 1, 1}}},
		{"every region", analytics.BenchmarkQuery{Programme: "cci", Measure: "safeguarding", Group: analytics.GroupRegion},
			[]row{{"north", "percent", 2, 3}, {"south", "percent", 2, 4}, {"wales", "percent", 1, 1}}},
		{"the region of an area", analytics.BenchmarkQuery{Programme: "cci", Measure: "safeguarding",
			Group: analytics.GroupRegion, Of: "hollin"},
			[]row{{"south", "percent", 2, 4}}},
		{"the nation of an area", analytics.BenchmarkQuery{Programme: "cci", Measure: "safeguarding",
			Group: analytics.GroupNation, Of: "glanafon"},
			[]row{{"wales", "percent", 1, 1}}},
		{"on a day", analytics.BenchmarkQuery{Programme: "cci", Measure: "safeguarding", Group: analytics.GroupRegion,
			AsOf: day(2011, 6, 30)},
			[]row{{"north", "percent", 2, 4}}},
		{"before anything", analytics.BenchmarkQuery{Programme: "cci", Measure: "safeguarding", Group: analytics.GroupAll,
			AsOf: day(2009, 1, 1)}, nil},
		// Two scales are two benchmarks, the older first.
		{"two scales", analytics.BenchmarkQuery{Programme: "fji", Measure: "protecting_children_and_young_people",
			Group: analytics.GroupAll},
			[]row{{"all", "fji2013", 1, 8}, {"all", "fji", 3, 8}}},
		{"a measure without results", analytics.BenchmarkQuery{Programme: "fji", Measure: "governance_and_partnerships",
			Group: analytics.GroupAll}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			found, err := s.Benchmarks(c.q)
			if err != nil {
				t.Fatal(err)
			}
			var got []row
			for _, b := range found {
				got = append(got, row{b.Name, b.Scale, b.N, b.Of})
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	for kind, q := range map[string]analytics.BenchmarkQuery{
		"programme": {Programme: "hmi", Measure: "safeguarding", Group: analytics.GroupAll},
		"measure":   {Programme: "fji", Measure: "safeguarding", Group: analytics.GroupAll},
		"area":      {Programme: "cci", Measure: "safeguarding", Group: analytics.GroupRegion, Of: "atlantis"},
	} {
		_, err := s.Benchmarks(q)
		var missing *analytics.NotFoundError
		if !errors.As(err, &missing) || missing.Kind != kind {
			t.Errorf("an unknown %s: error %v", kind, err)
		}
	}
}

func TestMedianPosition(t *testing.T) {
	for _, c := range []struct {
		name   string
		counts map[int]int
		want   int
	}{
		{"no area", nil, 0},
		{"one", map[int]int{4: 1}, 4},
		{"two: the lower", map[int]int{1: 1, 4: 1}, 1},
		{"three: the middle", map[int]int{1: 1, 2: 1, 4: 1}, 2},
		{"an even number, both of the middle at one word", map[int]int{1: 1, 3: 2, 4: 1}, 3},
		{"an even number, the middle between words: the lower", map[int]int{2: 2, 3: 2}, 2},
		{"most at the top", map[int]int{1: 1, 2: 1, 4: 7}, 4},
		{"most at the bottom", map[int]int{1: 7, 2: 1, 4: 1}, 1},
		{"just short of half", map[int]int{1: 2, 2: 3}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b analytics.Benchmark
			for position := 1; position <= 4; position++ {
				if c.counts[position] > 0 {
					b.Levels = append(b.Levels, analytics.LevelCount{Position: position, Areas: c.counts[position]})
				}
			}
			if got := b.MedianPosition(); got != c.want {
				t.Errorf("%d, want %d", got, c.want)
			}
		})
	}
	// The definition: line the areas up and take the one at the middle, of two the lower.
	rapid.Check(t, func(t *rapid.T) {
		var b analytics.Benchmark
		var line []int
		for position := 1; position <= 4; position++ {
			if areas := rapid.IntRange(0, 6).Draw(t, "areas"); areas > 0 {
				b.Levels = append(b.Levels, analytics.LevelCount{Position: position, Areas: areas})
				for range areas {
					line = append(line, position)
				}
			}
		}
		want := 0
		if len(line) > 0 {
			want = line[(len(line)-1)/2]
		}
		if got := b.MedianPosition(); got != want {
			t.Fatalf("%v: %d, want %d", b.Levels, got, want)
		}
	})
}

func TestSharesGround(t *testing.T) {
	area := func(codes ...string) (a analytics.Area) {
		for _, code := range codes {
			a.Constituents = append(a.Constituents, analytics.Authority{GSS: code, Name: "whatever it is called"})
		}
		return a
	}
	for _, c := range []struct {
		name          string
		a, b          analytics.Area
		shared, equal bool
	}{
		{"apart", area("E1"), area("E2"), false, false},
		{"one", area("E1"), area("E1"), true, true},
		{"in another order", area("E1", "E2"), area("E2", "E1"), true, true},
		{"a part", area("E1"), area("E1", "E2"), true, false},
		{"an overlap", area("E1", "E3"), area("E1", "E2"), true, false},
		{"nothing known of one", area(), area("E1"), false, false},
		{"nothing known of either is not the same ground", area(), area(), false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, pair := range [][2]analytics.Area{{c.a, c.b}, {c.b, c.a}} {
				if shared, equal := pair[0].SharesGround(pair[1]); shared != c.shared || equal != c.equal {
					t.Errorf("shared %v, equal %v", shared, equal)
				}
			}
		})
	}
}
