package readertest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yardstick/analytics"
)

// Equal are the options under which two answers are the same: an empty list is a missing one, and numbers may differ
// in the last digits, since an average depends on the order of its sum.
func Equal() gocmp.Options {
	return gocmp.Options{cmpopts.EquateEmpty(), cmpopts.EquateApprox(0, 1e-9)}
}

// Run holds a Reader to the contract. open opens one on a record; Run calls it once, with Record.
func Run(t *testing.T, open func(t *testing.T, record fs.FS) analytics.Reader) {
	t.Helper()
	r := open(t, Record())
	t.Run("programmes", func(t *testing.T) { same(t, r.Programmes, wantProgrammes()) })
	t.Run("scales", func(t *testing.T) { same(t, r.Scales, wantScales()) })
	t.Run("bands", func(t *testing.T) { same(t, r.Bands, wantBands()) })
	t.Run("measures", func(t *testing.T) { same(t, r.Measures, wantMeasures()) })
	t.Run("themes", func(t *testing.T) { same(t, r.Themes, wantThemes()) })
	t.Run("cautions", func(t *testing.T) { same(t, r.Cautions, wantCautions()) })
	t.Run("readings", func(t *testing.T) { same(t, r.Readings, wantReadings()) })
	t.Run("indicator kinds", func(t *testing.T) { same(t, r.IndicatorKinds, wantIndicatorKinds()) })
	t.Run("sources", func(t *testing.T) { same(t, r.Sources, wantSources()) })
	t.Run("publishers", func(t *testing.T) { same(t, r.Publishers, wantPublishers()) })
	t.Run("places", func(t *testing.T) { same(t, r.Places, wantPlaces()) })
	t.Run("areas", func(t *testing.T) { same(t, r.Areas, wantAreas()) })
	t.Run("group sizes", func(t *testing.T) { same(t, r.GroupSizes, wantGroupSizes()) })
	t.Run("neighbours", func(t *testing.T) { same(t, r.Neighbours, wantNeighbours()) })
	t.Run("inspections", func(t *testing.T) { same(t, r.Inspections, wantInspections()) })
	t.Run("publications", func(t *testing.T) { same(t, r.Publications, wantPublications()) })
	t.Run("revisions", func(t *testing.T) { same(t, r.Revisions, wantRevisions()) })
	t.Run("warnings", func(t *testing.T) { same(t, r.Warnings, wantWarnings()) })
	t.Run("findings", func(t *testing.T) { same(t, r.Findings, nil) })
	t.Run("observations", func(t *testing.T) { same(t, r.Observations, wantObservations()) })
	t.Run("year spreads", func(t *testing.T) { yearSpreads(t, r) })
	t.Run("movements", func(t *testing.T) { same(t, r.Movements, wantMovements()) })
	t.Run("movement counts", func(t *testing.T) { same(t, r.MovementCounts, wantMovementCounts()) })
	t.Run("standing moves", func(t *testing.T) { same(t, r.StandingMoves, wantStandingMoves()) })
	t.Run("standings", func(t *testing.T) { standings(t, r) })
	t.Run("benchmarks as of every day", func(t *testing.T) { series(t, r) })
	t.Run("benchmarks of the whole record", func(t *testing.T) { wholeRecord(t, r) })
	t.Run("benchmarks hold together", func(t *testing.T) { holdTogether(t, r) })
	t.Run("the release is named", func(t *testing.T) {
		if r.Release().ID == "" {
			t.Error("no id")
		}
	})
	t.Run("an answer is its asker's to change", func(t *testing.T) { independent(t, r) })
	t.Run("many ask at once", func(t *testing.T) { concurrent(t, r) })
	t.Run("cancelled", func(t *testing.T) { cancelled(t, r) })
	t.Run("a snapshot loads", func(t *testing.T) {
		if _, err := analytics.Load(t.Context(), r); err != nil {
			t.Error(err)
		}
	})
}

// Questions are all the questions of a Reader by name, for tests that ask each of them.
func Questions(r analytics.Reader) map[string]func(context.Context) (any, error) {
	return map[string]func(context.Context) (any, error){
		"Programmes": any1(r.Programmes), "Scales": any1(r.Scales), "Bands": any1(r.Bands), "Measures": any1(r.Measures),
		"Themes": any1(r.Themes), "Cautions": any1(r.Cautions), "Readings": any1(r.Readings), "Publishers": any1(r.Publishers), "AuthorityShares": any1(r.AuthorityShares), "IndicatorKinds": any1(r.IndicatorKinds), "Sources": any1(r.Sources), "Places": any1(r.Places),
		"Areas": any1(r.Areas), "GroupSizes": any1(r.GroupSizes), "Neighbours": any1(r.Neighbours), "Inspections": any1(r.Inspections),
		"Benchmarks": any1(r.Benchmarks), "Publications": any1(r.Publications), "Revisions": any1(r.Revisions),
		"Warnings": any1(r.Warnings), "Findings": any1(r.Findings),
		"Observations": any1(r.Observations), "YearSpreads": any1(r.YearSpreads), "Movements": any1(r.Movements),
		"MovementCounts": any1(r.MovementCounts), "StandingMoves": any1(r.StandingMoves),
	}
}

func any1[T any](question func(context.Context) ([]T, error)) func(context.Context) (any, error) {
	return func(ctx context.Context) (any, error) { return question(ctx) }
}

func same[T any](t *testing.T, question func(context.Context) ([]T, error), want []T) {
	t.Helper()
	if diff := gocmp.Diff(want, asked(t, question), Equal()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func asked[T any](t *testing.T, question func(context.Context) ([]T, error)) []T {
	t.Helper()
	got, err := question(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// standings are held against a table of their own, apart from the inspections, to read as one.
func standings(t *testing.T, r analytics.Reader) {
	got := make(map[string]analytics.Standing)
	for _, i := range asked(t, r.Inspections) {
		for _, result := range i.Results {
			if result.Standing != nil {
				got[i.ID+" "+result.Measure] = *result.Standing
			}
		}
	}
	if diff := gocmp.Diff(wantStandings(), got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func seriesName(b analytics.Benchmark) string {
	return fmt.Sprintf("%s %s %s", b.Programme, b.Scale, b.Measure)
}

func groupOf(b analytics.Benchmark) string { return fmt.Sprintf("%s %s", b.Group, b.Name) }

func series(t *testing.T, r analytics.Reader) {
	got := make(map[string][]analytics.Benchmark)
	for _, b := range asked(t, r.Benchmarks) {
		name := seriesName(b) + ", " + groupOf(b)
		got[name] = append(got[name], b)
	}
	for name, want := range wantSeries() {
		t.Run(name, func(t *testing.T) {
			bare := got[name]
			for n := range bare { // the key was held by the name
				bare[n].Programme, bare[n].Scale, bare[n].Measure, bare[n].Group, bare[n].Name = "", "", "", "", ""
			}
			if diff := gocmp.Diff(want, bare, Equal()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// wholeRecord holds how many areas every measure and group has, and that there is no measure or group besides.
func wholeRecord(t *testing.T, r analytics.Reader) {
	got := make(map[string]map[string]int)
	for _, b := range asked(t, r.Benchmarks) {
		if b.AsOf != nil {
			continue
		}
		if got[seriesName(b)] == nil {
			got[seriesName(b)] = make(map[string]int)
		}
		got[seriesName(b)][groupOf(b)] = b.N
	}
	if diff := gocmp.Diff(wantWholeRecord(), got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// holdTogether is what must be true of any benchmarks at all: their order, and numbers that agree with each other.
func holdTogether(t *testing.T, r analytics.Reader) {
	all := asked(t, r.Benchmarks)
	if !slices.IsSortedFunc(all, compareBenchmarks) {
		t.Error("not in order")
	}
	for n, b := range all {
		name := fmt.Sprint(seriesName(b), ", ", groupOf(b), ", ", b.AsOf)
		if n > 0 && compareBenchmarks(all[n-1], b) == 0 {
			t.Errorf("%s: given twice", name)
		}
		if b.AsOf == nil && b.Undated != 0 {
			t.Errorf("%s: the whole record leaves %d areas out", name, b.Undated)
		}
		if b.AsOf != nil && !b.AsOf.Equal(b.AsOf.UTC().Truncate(24*time.Hour)) {
			t.Errorf("%s: not a day", name)
		}
		words := 0
		for _, l := range b.Levels {
			words += l.Areas
		}
		if (b.Scale == "percent") != (len(b.Levels) == 0) || (words > 0 && words != b.N) {
			t.Errorf("%s: %d areas, of which %d at a word", name, b.N, words)
		}
		if s := b.Summary; s != nil {
			ordered := []float64{s.Lowest, s.Q1, s.Median, s.Q3, s.Highest}
			if !slices.IsSorted(ordered) || s.Average < s.Lowest || s.Average > s.Highest || s.N < 1 || s.N > b.N ||
				len(s.LowestAreas) == 0 || len(s.HighestAreas) == 0 || s.Unit == analytics.UnitNone {
				t.Errorf("%s: impossible summary %+v", name, *s)
			}
		}
	}
}

func compareBenchmarks(a, b analytics.Benchmark) int {
	day := func(b analytics.Benchmark) string {
		if b.AsOf == nil {
			return "9999"
		}
		return b.AsOf.Format(time.DateOnly)
	}
	return cmp.Or(strings.Compare(a.Programme, b.Programme), strings.Compare(a.Scale, b.Scale),
		strings.Compare(a.Measure, b.Measure), cmp.Compare(a.Group, b.Group), strings.Compare(a.Name, b.Name),
		strings.Compare(day(a), day(b)))
}

// independent spoils one answer and asks again.
func independent(t *testing.T, r analytics.Reader) {
	spoilt := asked(t, r.Areas)
	slices.Reverse(spoilt)
	clear(spoilt)
	same(t, r.Areas, wantAreas())
}

func concurrent(t *testing.T, r analytics.Reader) {
	var wg sync.WaitGroup
	for range 4 {
		for name, question := range Questions(r) {
			wg.Go(func() {
				if _, err := question(t.Context()); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
	}
	wg.Wait()
}

func cancelled(t *testing.T, r analytics.Reader) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	questions := Questions(r)
	for _, name := range slices.Sorted(maps.Keys(questions)) {
		if _, err := questions[name](ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v, want that of the context", name, err)
		}
	}
}
