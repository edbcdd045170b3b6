package analytics

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
	"time"

	"yardstick/analytics/stats"
)

// Benchmark is a measure over a group of areas as of a day: the latest result of each area that is known to have
// been published by then.
type Benchmark struct {
	Programme string
	Scale     string
	Measure   string
	Group     GroupKind
	Name      string     // the id of the nation, region or area whose family it is; "all" and "list" for those
	Without   string     // an area of the group that is left out; empty for none
	AsOf      *time.Time // the day it holds from; nil for the whole record, undated results included
	N         int        // areas with a usable result: a word of the scale, or a percentage
	// areas left out because dates do not say whether they have a result by then, or which is the newest
	Undated int
	Of      int      // areas the group had on that day, Without not among them
	Summary *Summary // nil where the scale has no numbers, or no area's number is known
	Levels  []LevelCount
	Members []Member  // the areas with a usable result, by id; nil where the question did not want them
	Own     *OwnPlace // the place of the area that the query named; nil without one, or where it has no usable result
	Asked   int       // the position in BenchmarkQuestion.Asked that it answers
}

// Member is an area of a benchmark with the inspection whose result counts.
type Member struct {
	Area       string
	Inspection string
}

// OwnPlace is the place that an area's latest usable result takes among the other areas of a benchmark.
type OwnPlace struct {
	Inspection string
	Standing   Standing
}

// Summary is the spread of a measure's numbers over N areas. Quartiles are type 7 (linear interpolation).
type Summary struct {
	Unit         Unit
	N            int
	Lowest       float64
	LowestAreas  []string // area ids, every area that ties
	Highest      float64
	HighestAreas []string
	Average      float64
	Deviation    float64 // standard, with n-1 below the line; 0 of one area
	Q1           float64
	Median       float64
	Q3           float64
}

// LevelCount is how many areas stand at one position of a scale of words.
type LevelCount struct {
	Position int
	Areas    int
}

// MedianPosition is the position of the area in the middle of the order, the lower of two; 0 where there is none.
func (b Benchmark) MedianPosition() int {
	total := 0
	for _, l := range b.Levels {
		total += l.Areas
	}
	seen := 0
	for _, l := range b.Levels {
		seen += l.Areas
		if 2*seen >= total {
			return l.Position
		}
	}
	return 0
}

// Gap says how a printed number of a benchmark lies to the computed one.
type Gap string

// The gaps. A printed number is rounded to a whole percentage.
const (
	GapNone     Gap = "none"     // the same
	GapCoverage Gap = "coverage" // the notice counted areas whose results are not held
	GapHeld     Gap = "held"     // a result held lies beyond the printed end: what is held cannot explain it
	GapUnknown  Gap = ""         // one of the two is missing
)

// PrintRounding is how far a printed number may lie from the one it was rounded from, in percentage points.
const PrintRounding = 0.5

// Gaps set what a notice printed beside what the results held give as of the same day: of the lowest, average and
// highest. A printed end further out is an area that is not held; one further in leaves out a result that is. An
// average may differ for either reason, and is put down to coverage.
func (p PrintedBenchmark) Gaps(m *Summary) (lowest, average, highest Gap) {
	if m == nil {
		return GapUnknown, GapUnknown, GapUnknown
	}
	gap := func(printed *float64, computed float64, beyond func(difference float64) bool) Gap {
		switch {
		case printed == nil:
			return GapUnknown
		case beyond(*printed - computed):
			return GapHeld
		case *printed-computed > PrintRounding || computed-*printed > PrintRounding:
			return GapCoverage
		}
		return GapNone
	}
	lowest = gap(p.Lowest, m.Lowest, func(d float64) bool { return d > PrintRounding })
	average = gap(p.Average, m.Average, func(float64) bool { return false })
	highest = gap(p.Highest, m.Highest, func(d float64) bool { return d < -PrintRounding })
	return lowest, average, highest
}

// BenchmarkQuery asks for a measure over groups. Of narrows nation or region to the one this area lies in; without
// it every nation or region answers. It names the area whose family is asked for. Without leaves it out of its
// groups: an area is not to be compared with itself. Areas are those of a list. A nil AsOf asks for the whole
// record.
type BenchmarkQuery struct {
	Programme string
	Measure   string
	Group     GroupKind
	Of        string
	Without   bool
	Areas     []string
	AsOf      *time.Time
}

// BenchmarkQuestion is what queries/benchmarks/Benchmarks.sql can be asked. Ids are known ones.
type BenchmarkQuestion struct {
	Programme string // empty for every programme
	Measure   string // empty for every measure
	Groups    []GroupKind
	Asked     []AskedPlace
	Areas     []string // of the list
	Without   bool     // the areas of Asked are left out of their own groups
	Members   bool     // the members of each benchmark are wanted
}

// AskedPlace is a day to ask benchmarks of and what to set beside them.
type AskedPlace struct {
	Day        time.Time // the zero time is the whole record
	Area       string    // narrows nations and regions to its own, and is placed in its groups; empty for none
	Inspection string    // the one of Area to place; its latest by the day where it is empty
}

// Benchmarks answers q: one benchmark a group and scale that has any result known to have been published by the day
// asked for, groups by name, the scale used last first. Unknown ids are *NotFoundErrors; a family without an area, or
// of one that has none, and a list of fewer than two areas or more than MostListed, are *InvalidErrors.
func (s *Snapshot) Benchmarks(q BenchmarkQuery) ([]Benchmark, error) {
	if _, err := s.Programme(q.Programme); err != nil {
		return nil, err
	}
	if _, err := s.Measure(q.Programme, q.Measure); err != nil {
		return nil, err
	}
	groups, err := s.groupsOf(q)
	if err != nil {
		return nil, err
	}
	var found []Benchmark
	if q.AsOf == nil && !q.Without && q.Group != GroupFamily && q.Group != GroupList {
		for _, b := range s.usual[measureKey{q.Programme, q.Measure}] {
			if slices.ContainsFunc(groups, func(g group) bool { return g.kind == b.Group && g.name == b.Name }) {
				found = append(found, b)
			}
		}
	} else {
		question := BenchmarkQuestion{Programme: q.Programme, Measure: q.Measure, Groups: askedWith(q.Group),
			Asked:   []AskedPlace{{Day: dayOrWhole(q.AsOf), Area: q.Of}},
			Without: q.Without, Areas: groups[0].listed, Members: true}
		all, err := s.ask(question)
		if err != nil {
			return nil, err
		}
		for _, b := range all {
			if b.Group == q.Group {
				found = append(found, b)
			}
		}
	}
	return slices.SortedFunc(slices.Values(found), func(a, b Benchmark) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(b.Scale, a.Scale))
	}), nil
}

// askedWith returns the kinds of group that are asked for together with one: a page that has an odd day by region has
// it by nation and for all areas too, and most of what a question costs is its plan.
func askedWith(group GroupKind) []GroupKind {
	if group == GroupFamily || group == GroupList {
		return []GroupKind{group}
	}
	return []GroupKind{GroupAll, GroupNation, GroupRegion}
}

// ask puts a question to the release. Its answer serves everybody who wants the same page, so no request's context
// ends it: the reader's own deadline does.
func (s *Snapshot) ask(q BenchmarkQuestion) ([]Benchmark, error) {
	defer runtime.KeepAlive(s) // a reader may be closed once nobody has its Snapshot
	return s.reader.Benchmarks(context.Background(), q)
}

// dayOrWhole is a day, or the zero time for the whole record.
func dayOrWhole(day *time.Time) time.Time {
	if day == nil {
		return time.Time{}
	}
	return *day
}

// BenchmarksOn returns the benchmarks of a measure over all areas as of each of some days, asked for together. The zero
// time is the whole record.
func (s *Snapshot) BenchmarksOn(programme, measure string, days []time.Time) ([]Benchmark, error) {
	q := BenchmarkQuestion{Programme: programme, Measure: measure, Groups: []GroupKind{GroupAll}}
	for _, day := range days {
		q.Asked = append(q.Asked, AskedPlace{Day: day})
	}
	return s.ask(q)
}

// Around are the benchmarks of every measure of an inspection's programme over the groups that its area is compared
// with: its region, statistical neighbours, nation and all areas, itself left out of each. The inspection is placed
// among them. They are as of the whole record, or where then is set as of the day the inspection was published, the
// last that it may have been. They have no Members.
func (s *Snapshot) Around(i Inspection, then bool) ([]Benchmark, error) {
	kept := s.around(then)
	kept.mu.Lock()
	defer kept.mu.Unlock()
	if found, asked := kept.found[i.ID]; asked {
		return found, nil
	}
	if err := s.askAround(kept, []Inspection{i}, then); err != nil {
		return nil, err
	}
	return kept.found[i.ID], nil
}

// ReadAround reads what Around would read of every inspection, so that nobody waits for it: a question of many
// inspections costs little more than of one. It ends where ctx does.
func (s *Snapshot) ReadAround(ctx context.Context) error {
	results := 0
	for _, p := range s.programmes {
		results += p.Results
	}
	for _, then := range []bool{false, true} {
		for run := range slices.Chunk(s.inspections, max(1, mostAskedRows/max(1, results))) {
			if err := ctx.Err(); err != nil {
				return err
			}
			kept := s.around(then)
			kept.mu.Lock()
			err := s.askAround(kept, run, then)
			kept.mu.Unlock()
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// keptAround are the benchmarks around inspections that were asked for.
type keptAround struct {
	mu    sync.Mutex
	found map[string][]Benchmark // by inspection
}

// mostAskedRows is how many results, of all its places together, a question may set places among: the memory it takes
// grows with both.
const mostAskedRows = 100_000

func (s *Snapshot) around(then bool) *keptAround {
	if then {
		return &s.aroundThen
	}
	return &s.aroundNow
}

// askAround asks what is around inspections and keeps it.
func (s *Snapshot) askAround(kept *keptAround, inspections []Inspection, then bool) error {
	q := BenchmarkQuestion{Without: true, Groups: []GroupKind{GroupRegion, GroupFamily, GroupNation, GroupAll}}
	for _, i := range inspections {
		asked := AskedPlace{Area: i.Area, Inspection: i.ID}
		if then {
			asked.Day = i.Latest
		}
		q.Asked = append(q.Asked, asked)
	}
	found, err := s.ask(q)
	if err != nil {
		return err
	}
	if kept.found == nil {
		kept.found = make(map[string][]Benchmark)
	}
	for _, asked := range q.Asked {
		kept.found[asked.Inspection] = nil
	}
	for _, b := range found {
		id := q.Asked[b.Asked].Inspection
		kept.found[id] = append(kept.found[id], b)
	}
	return nil
}

// BenchmarkIn is the one of benchmarks that is of a result's measure and scale over a kind of group; false where
// there is none.
func BenchmarkIn(benchmarks []Benchmark, r Result, group GroupKind) (Benchmark, bool) {
	at := slices.IndexFunc(benchmarks, func(b Benchmark) bool {
		return b.Group == group && b.Measure == r.Measure && b.Scale == r.Scale
	})
	if at < 0 {
		return Benchmark{}, false
	}
	return benchmarks[at], true
}

// ResultOf is the result that counts for a member of a benchmark, with its inspection.
func (s *Snapshot) ResultOf(b Benchmark, m Member) (Inspection, Result) {
	at, ok := s.inspectAt[m.Inspection]
	if !ok {
		return Inspection{}, Result{} // a benchmark is of the snapshot's own release
	}
	i := s.inspections[at]
	r, _ := i.Result(b.Measure)
	return i, r
}

// Shares are the percentages of a benchmark's areas whose cases are known, as numbers of cases that would round to
// them, and how many areas have a percentage without.
func (s *Snapshot) Shares(b Benchmark) (known []AreaShare, unknown int) {
	for _, m := range b.Members {
		switch i, r := s.ResultOf(b, m); {
		case r.Percent == nil:
		case i.Cases == 0:
			unknown++
		default:
			sample := stats.Sample{Successes: sufficient(r, i.Cases), Cases: float64(i.Cases)}
			known = append(known, AreaShare{Area: m.Area, Sample: sample})
		}
	}
	return known, unknown
}
