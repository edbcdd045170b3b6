package analytics_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"yardstick/analytics"
)

var everyGroup = []analytics.GroupKind{analytics.GroupAll, analytics.GroupNation, analytics.GroupRegion}

// An area is one less of the areas held where it has a result, and one less of those there are where it exists.
func TestAreaLeftOutOfItsGroup(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds, of which a short run has few")
	}
	s := shipped(t)
	for _, a := range s.Areas() {
		for _, group := range everyGroup {
			q := analytics.BenchmarkQuery{Programme: "yj2018", Measure: "overall", Group: group, Of: a.ID}
			in, err := s.Benchmarks(q)
			if err != nil {
				t.Fatal(err)
			}
			q.Without = true
			out, err := s.Benchmarks(q)
			if err != nil {
				t.Fatal(err)
			}
			_, counted := analytics.Newest(
				slices.DeleteFunc(slices.Clone(s.InspectionsOf(a.ID)), func(i analytics.Inspection) bool {
					r, ok := i.Result("overall")
					return !ok || i.Programme != "yj2018" || !r.Known()
				}),
			)
			if len(in) != 1 || len(out) != 1 {
				t.Fatalf("%s by %s: %d and %d benchmarks", a.ID, group, len(in), len(out))
			}
			wantN, wantOf := in[0].N, in[0].Of
			if counted && a.Current {
				wantN--
			}
			if a.Current {
				wantOf--
			}
			if out[0].N != wantN || out[0].Of != wantOf || out[0].Without != a.ID {
				t.Errorf("%s by %s: %d of %d areas without %q, want %d of %d", a.ID, group, out[0].N, out[0].Of,
					out[0].Without, wantN, wantOf)
			}
		}
	}
}

func TestFamily(t *testing.T) {
	s := small(t)
	q := analytics.BenchmarkQuery{
		Programme: "cci",
		Measure:   "safeguarding",
		Group:     analytics.GroupFamily,
		Of:        "carrow-and-dunmere",
	}
	got, err := s.Benchmarks(q)
	if err != nil || len(got) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	// alderbrook's latest has 78, elmstow's 69.
	if b := got[0]; b.N != 2 || b.Of != 2 || b.Name != "carrow-and-dunmere" || b.Summary.Lowest != 69 ||
		!slices.Equal(b.Summary.HighestAreas, []string{"alderbrook"}) {
		t.Errorf("%+v %+v", b, b.Summary)
	}
	for of, kind := range map[string]string{"": "required", "glanafon": "family"} {
		q.Of = of
		_, err := s.Benchmarks(q)
		var invalid *analytics.InvalidError
		if !errors.As(err, &invalid) || invalid.Kind != kind {
			t.Errorf("family of %q: %v", of, err)
		}
	}
	q.Of = "nowhere"
	var missing *analytics.NotFoundError
	if _, err := s.Benchmarks(q); !errors.As(err, &missing) {
		t.Errorf("family of no area: %v", err)
	}
}

func TestListAreas(t *testing.T) {
	s := small(t)
	got, err := s.ListAreas(" alderbrook, Glan Afon ,Riverside and Tŵr,, Ivelside")
	if want := []string{"alderbrook", "glanafon", "glanafon", "ivelside"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	var missing *analytics.NotFoundError
	if _, err := s.ListAreas("alderbrook, Nowhere"); !errors.As(err, &missing) || missing.ID != "Nowhere" {
		t.Errorf("a list with no area: %v", err)
	}
	q := analytics.BenchmarkQuery{
		Programme: "cci",
		Measure:   "safeguarding",
		Group:     analytics.GroupList,
		Areas:     []string{"elmstow", "alderbrook", "elmstow"},
	}
	benchmarks, err := s.Benchmarks(q)
	if err != nil || len(benchmarks) != 1 || benchmarks[0].N != 2 || benchmarks[0].Of != 2 {
		t.Errorf("%+v, %v", benchmarks, err)
	}
	for _, areas := range [][]string{nil, {"elmstow"}, make([]string, analytics.MostListed+1)} {
		q.Areas = areas
		var invalid *analytics.InvalidError
		if _, err := s.Benchmarks(q); !errors.As(err, &invalid) || invalid.Kind != "listed" {
			t.Errorf("a list of %d: %v", len(areas), err)
		}
	}
}

// A result's standing is its place in the benchmark of all areas without its own.
func TestStandingIsThePlaceAround(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds, of which a short run has few")
	}
	s := shipped(t)
	compared := 0
	for n, i := range s.Inspections() {
		if n%4 > 0 {
			continue
		}
		around, err := s.Around(i, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range i.Results {
			b, ok := analytics.BenchmarkIn(around, r, analytics.GroupAll)
			if !ok || r.Standing == nil {
				continue
			}
			if b.Own == nil || b.Own.Inspection != i.ID {
				t.Fatalf("%s %s: placed %+v", i.ID, r.Measure, b.Own)
			}
			if diff := cmp.Diff(*r.Standing, b.Own.Standing); diff != "" {
				t.Errorf("%s %s: -as released +around\n%s", i.ID, r.Measure, diff)
			}
			compared++
		}
	}
	if compared < 50 {
		t.Errorf("only %d standings compared", compared)
	}
}

// A printed end further out than what is held is coverage; one further in is beyond what coverage explains.
func TestGaps(t *testing.T) {
	m := &analytics.Summary{Lowest: 40, Average: 60.4, Highest: 80}
	for _, c := range []struct {
		lowest, average, highest *float64
		want                     [3]analytics.Gap
	}{
		{new(40.0), new(60.0), new(80.0), [3]analytics.Gap{"none", "none", "none"}},
		{new(37.0), new(62.0), new(91.0), [3]analytics.Gap{"coverage", "coverage", "coverage"}},
		{new(43.0), new(58.0), new(78.0), [3]analytics.Gap{"held", "coverage", "held"}},
		{nil, nil, nil, [3]analytics.Gap{}},
	} {
		var got [3]analytics.Gap
		got[0], got[1], got[2] = analytics.PrintedBenchmark{
			Lowest:  c.lowest,
			Average: c.average,
			Highest: c.highest,
		}.Gaps(m)
		if got != c.want {
			t.Errorf("%v %v %v: %q, want %q", c.lowest, c.average, c.highest, got, c.want)
		}
	}
}

// However numbers fall, a spread is in order and names who is at its ends.
func TestSummarise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var values []analytics.AreaValue
		for n, x := range rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 0, 30).Draw(t, "values") {
			values = append(values, analytics.AreaValue{Area: string(rune('a' + n)), Value: x})
		}
		m := analytics.Summarise(values, analytics.UnitPercent)
		if m == nil {
			if len(values) > 0 {
				t.Fatal("nothing over numbers")
			}
			return
		}
		const rounding = 1e-6
		if !slices.IsSorted([]float64{m.Lowest, m.Q1, m.Median, m.Q3, m.Highest}) || m.Average < m.Lowest-rounding ||
			m.Average > m.Highest+rounding ||
			m.N != len(values) {
			t.Fatalf("%+v", m)
		}
		for _, v := range values {
			if (v.Value == m.Lowest) != slices.Contains(m.LowestAreas, v.Area) ||
				(v.Value == m.Highest) != slices.Contains(m.HighestAreas, v.Area) {
				t.Fatalf("%+v is or is not at an end of %+v", v, m)
			}
		}
	})
}
