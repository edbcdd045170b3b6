package target

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"yardstick/analytics"
	"yardstick/analytics/duck/ducktest"
	"yardstick/data"
)

var today = time.Date(2026, time.November, 21, 0, 0, 0, 0, time.UTC)

func record(t testing.TB) analytics.Reader {
	t.Helper()
	r, err := ducktest.Open(data.Record(), analytics.Release{ID: "shipped", Built: today})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func load(t testing.TB, r analytics.Reader) *Study {
	t.Helper()
	s, err := analytics.Load(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return New(s)
}

func board(t testing.TB, study *Study, a Assumptions) Desk {
	t.Helper()
	d, err := study.Board(a)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func with(change func(*Assumptions)) Assumptions {
	a := DefaultAssumptions()
	change(&a)
	return a
}

// Every current area is ranked or apart, once; ranks, probabilities and roles fit together.
func TestBoardFitsTogether(t *testing.T) {
	study := load(t, record(t))
	day := time.Date(2021, 6, 1, 0, 0, 0, 0, time.UTC)
	for name, a := range map[string]Assumptions{
		"as it comes": DefaultAssumptions(),
		"many places": with(func(a *Assumptions) { a.Programme = Programme{Places: 40, Strong: 5, PerRegion: 6} }),
		"excluding":   with(func(a *Assumptions) { a.Exclude = 24 }),
		"one weight":  with(func(a *Assumptions) { a.Weights = Weights{FirstTimeEntrants: 1} }),
		"unsure":      with(func(a *Assumptions) { a.Certainty = 4 }),
		"in the past": with(func(a *Assumptions) { a.AsOf = &day }),
	} {
		d := board(t, study, a)
		if len(d.Areas)+len(d.Apart) != d.Of || d.Of < 150 {
			t.Errorf("%s: %d ranked and %d apart of %d", name, len(d.Areas), len(d.Apart), d.Of)
		}
		probability, expected, ranked, roles, regions := 0.0, 0.0, 0, map[Role]int{}, map[string]int{}
		for _, s := range slices.Concat(d.Areas, d.Apart) {
			if s.Known >= leastKnown {
				probability, expected, ranked = probability+s.Probability, expected+s.Expected, ranked+1
			}
			if s.Role == "" {
				continue
			}
			roles[s.Role]++
			area, err := study.snapshot.Area(s.Area)
			if err != nil {
				t.Fatal(err)
			}
			regions[area.Region]++
			if s.Excluded || s.Apart != "" || s.Role == RoleStrong && !s.Last.Strong() {
				t.Errorf("%s: %s is proposed as %s", name, s.Area, s.Role)
			}
		}
		if ranked != d.Ranked || math.Abs(probability-float64(d.First)) > 1e-6 ||
			math.Abs(expected-float64(ranked*(ranked+1))/2) > 1e-3 {
			t.Errorf("%s: probabilities of %d areas add up to %g of %d places, ranks to %g", name, ranked, probability,
				d.First, expected)
		}
		if len(d.Chosen) != min(a.Places, len(d.Areas)) || roles[RoleConcern] != a.Places-a.Strong ||
			roles[RoleStrong] != a.Strong {
			t.Errorf("%s: %v of %d places", name, roles, a.Places)
		}
		for region, n := range regions {
			if a.PerRegion > 0 && n > a.PerRegion {
				t.Errorf("%s: %d in %s", name, n, region)
			}
		}
		for _, s := range d.Areas {
			if s.Lower > int(math.Ceil(s.Expected)) || s.Upper < int(s.Expected) || s.Rank < 1 || s.Rank > d.Ranked {
				t.Errorf("%s: %s has the rank %g in %d to %d", name, s.Area, s.Expected, s.Lower, s.Upper)
			}
		}
	}
}

// The expected values are those that testdata/reference.py works out from the record with no code of the desk.
// Expected ranks there are integrals of normal distributions: the draws come within one place.
func TestAgainstTheReference(t *testing.T) {
	study := load(t, record(t))
	d := board(t, study, with(func(a *Assumptions) { a.Weights = Weights{Reoffending: 1} }))
	for c, want := range map[Criterion][3]float64{
		FirstTimeEntrants: {130, 147.037540, 47.583153},
		Reoffending:       {128, 31.315121, 6.793880},
	} {
		got := d.Criteria[slices.Index(Criteria(), c)]
		if got.Known != int(want[0]) || math.Abs(got.Mean-want[1]) > 1e-4 || math.Abs(got.Between-want[2]) > 1e-4 {
			t.Errorf("%s: %d areas, mean %.6f, between %.6f, want %v", c, got.Known, got.Mean, got.Between, want)
		}
	}
	for _, want := range []struct {
		area     string
		of       Criterion
		estimate float64
		rank     float64
	}{
		{"manchester", FirstTimeEntrants, 264.915886, 0}, {"east-riding-of-yorkshire", FirstTimeEntrants, 114.130944, 0},
		{"kingston-upon-hull", FirstTimeEntrants, 209.095172, 0}, {"kingston-upon-hull", Reoffending, 44.447974, 6.372},
		{"leeds", Reoffending, 36.094813, 33.316}, {"birmingham", Reoffending, 30.633293, 69.276},
	} {
		s, err := d.Standing(want.area)
		if err != nil {
			t.Fatal(err)
		}
		in := s.Inputs[slices.Index(Criteria(), want.of)]
		if math.Abs(in.Estimate.Value-want.estimate) > 1e-4 || want.rank > 0 && math.Abs(s.Expected-want.rank) > 1 {
			t.Errorf("%s, %s: estimate %.6f, expected rank %.3f, want %+v", want.area, want.of, in.Estimate.Value,
				s.Expected, want)
		}
	}
}

// An inspection without a date lies within its programme: it is the last one where its programme is the newest. An
// area that a finished census inspected later than the record knows is apart, and that gap is no reason.
func TestUndatedAndMissingInspections(t *testing.T) {
	d := board(t, load(t, record(t)), DefaultAssumptions())
	for area, want := range map[string]string{"north-tyneside": "north-tyneside-yj2018", "hartlepool": "hartlepool-yj2018",
		"leicester-city": "leicester-city-yj2025", "hounslow": "hounslow-yj2025"} {
		s, err := d.Standing(area)
		if err != nil || len(s.Last.Candidates) != 1 || s.Last.Candidates[0].Inspection != want ||
			s.Last.Missing != "" {
			t.Errorf("%s: %+v, %v, want %s", area, s.Last, err, want)
		}
	}
	for area, strong := range map[string]bool{"hartlepool": true, "north-tyneside": true, "hounslow": false} {
		if s, err := d.Standing(area); err != nil || s.Last.Strong() != strong || s.Role == RoleConcern && strong {
			t.Errorf("%s is strong: %v, %v, role %q", area, s.Last.Strong(), err, s.Role)
		}
	}
	gaps := 0
	for _, s := range d.Apart {
		if s.Apart != WhyMissing {
			continue
		}
		gaps++
		if s.Role != "" ||
			!slices.ContainsFunc(s.Gaps,
				func(g Gap) bool { return g.Criterion == LastResult && g.Absent == AbsentMissing }) {
			t.Errorf("%s: %+v", s.Area, s.Gaps)
		}
	}
	if gaps == 0 {
		t.Error("no area lacks its newest inspection")
	}
	for _, s := range slices.Concat(d.Areas, d.Apart) {
		for _, r := range s.Reasons {
			if (r.Code == ReasonAbsent || r.Code == ReasonLater || r.Code == ReasonOrder) != (r.Kind == Unknown) {
				t.Errorf("%s: %+v", s.Area, r)
			}
			if r.Kind != Unknown && d.Assumptions.Weights[r.Criterion] == 0 {
				t.Errorf("%s: %+v, which counts nothing", s.Area, r)
			}
		}
	}
}

// All of Wales is apart, because statistics by age and place cover England alone; each place has what is missing.
func TestWalesIsNamedApart(t *testing.T) {
	study := load(t, record(t))
	d := board(t, study, DefaultAssumptions())
	welsh := 0
	for _, s := range d.Apart {
		if area, err := study.snapshot.Area(s.Area); err == nil && area.Nation == "wales" {
			welsh++
			if len(s.Gaps) == 0 || s.Gaps[0].Value <= 0 {
				t.Errorf("%s lacks nothing: %+v", s.Area, s.Gaps)
			}
		}
	}
	if welsh != 17 {
		t.Errorf("%d services of Wales are apart", welsh)
	}
}

// Knowing more of an area of which nothing is known changes more than knowing what would decide nothing.
func TestValueOfKnowing(t *testing.T) {
	for _, s := range board(t, load(t, record(t)), DefaultAssumptions()).Apart {
		for n, g := range s.Gaps {
			if g.Value < 0 || g.Value > 2*s.Probability*(1-s.Probability)+1e-9 ||
				n > 0 && g.Value > s.Gaps[n-1].Value {
				t.Errorf("%s: probability %g, gap %+v", s.Area, s.Probability, g)
			}
		}
	}
}

func TestTheSameAssumptionsGiveTheSameDesk(t *testing.T) {
	ignore := cmp.AllowUnexported(Figure{})
	first, second := load(t, record(t)), load(t, record(t))
	if diff := cmp.Diff(board(t, first, DefaultAssumptions()), board(t, second, DefaultAssumptions()),
		ignore); diff != "" {
		t.Error(diff)
	}
}

// The desk answers for any day from 2009 on, and everything it says can be written as JSON: no number is infinite or
// none.
func TestAnyDayCanBeReplayed(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds, of which a short run has few")
	}
	s, err := analytics.Load(t.Context(), record(t))
	if err != nil {
		t.Fatal(err)
	}
	of, err := readStatistics(s)
	if err != nil {
		t.Fatal(err)
	}
	first := time.Date(2009, time.January, 1, 0, 0, 0, 0, time.UTC)
	const days = 200
	step := today.Sub(first) / (days - 1)
	for n := range days {
		day := first.Add(time.Duration(n) * step).Truncate(24 * time.Hour)
		d := gather(newReader(of, &day), 60, n%20 == 0).board(with(func(a *Assumptions) { a.AsOf = &day }))
		if _, err := json.Marshal(d); err != nil || len(d.Areas)+len(d.Apart) != d.Of {
			t.Errorf("%s: %v", day.Format(time.DateOnly), err)
		}
		for _, x := range slices.Concat(d.Areas, d.Apart) {
			for _, l := range x.Last.Candidates {
				i, err := s.Inspection(l.Inspection)
				if err != nil || i.Latest.After(day) {
					t.Fatalf("%s: %s was published on %s or before, %v", day.Format(time.DateOnly), l.Inspection,
						i.Latest.Format(time.DateOnly), err)
				}
			}
			for _, in := range x.Inputs {
				if in.Figure != nil && in.Figure.End.After(day) {
					t.Fatalf("%s: %s has a figure of %s", day.Format(time.DateOnly), x.Area, in.Figure.End)
				}
			}
		}
	}
}

// What the record has of early 2016 cannot say why Leicester City was chosen. The desk says so, and weighs nothing
// instead.
func TestEarly2016(t *testing.T) {
	day := time.Date(2016, time.January, 31, 0, 0, 0, 0, time.UTC)
	d := board(t, load(t, record(t)), with(func(a *Assumptions) { a.AsOf = &day }))
	for _, c := range d.Criteria {
		if c.Used && c.Indicator != "" {
			t.Errorf("%s is weighed", c.Criterion)
		}
	}
	if len(d.Areas)+len(d.Chosen) > 0 || len(d.Apart) != d.Of {
		t.Errorf("%d areas are ranked", len(d.Areas))
	}
}

// The default weights follow the back-test: no criterion counts whose scores told later ratings apart the wrong way
// round by more than one standard error, every other counts one, and none is told apart from chance. Time since the
// last inspection is only known within bounds, and the custody of areas has not been published, so they are not part
// of this.
func TestBacktestOfTheShippedRecord(t *testing.T) {
	b, err := load(t, record(t)).Backtest()
	if err != nil {
		t.Fatal(err)
	}
	if b.Days != 16 || b.Inspections < 100 || b.Desk.Inspections > b.Inspections || b.Desk.Inspections < 90 {
		t.Fatalf("%d days, %d inspections, %d at the desk", b.Days, b.Inspections, b.Desk.Inspections)
	}
	if b.Desk.Verdict != SkillChance || !b.Desk.Interval.Contains(0.5) {
		t.Errorf("the desk is %s by %v: look at the default weights again", b.Desk.Verdict, b.Desk.Interval)
	}
	for _, c := range []Criterion{Reoffending, ReoffendingYounger, FirstTimeEntrants, LastResult} {
		p := b.Criteria[c]
		se := (p.Interval.Upper - p.Interval.Lower) / 2 / 1.959964
		if want := 1.0; p.AUC+se < 0.5 && b.Weights[c] != 0 || p.AUC+se >= 0.5 && b.Weights[c] != want {
			t.Errorf("%s: area under the curve %.3f, standard error %.3f, weight %g", c, p.AUC, se, b.Weights[c])
		}
		if p.Verdict == SkillBetter {
			t.Errorf("%s predicts: it should count more than the others", c)
		}
	}
	for name, p := range map[string]Prediction{"desk": b.Desk, "first-time entrants": b.Criteria[FirstTimeEntrants]} {
		inspections, poor := 0, 0
		for _, band := range p.Bands {
			inspections, poor = inspections+band.Inspections, poor+band.Poor
			if !band.Interval.Contains(band.Share) {
				t.Errorf("%s: %+v", name, band)
			}
		}
		if inspections != p.Inspections || poor != p.Poor || p.Hits > p.Chosen || p.Expected > float64(p.Chosen) ||
			p.AtLeast < 0 ||
			p.AtLeast > 1 {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

// Two days by hand. On the first, two of four inspected areas are poor and the two first are chosen, of which one is
// poor: 1 is expected. On the second, one of two is poor and chosen alone: 0.5 is expected. At random, two hits or
// more have the probability 1/6 (two, then any) + 4/6 × 1/2 (one, then one) = 1/2.
func TestHits(t *testing.T) {
	p := predict([]scored{{0, 0.9, true, true}, {0, 0.8, true, false}, {0, 0.3, false, true}, {0, 0.2, false, false},
		{1, 0.7, true, true}, {1, 0.1, false, false}}, 2)
	if p.Hits != 2 || p.Chosen != 3 || math.Abs(p.Expected-1.5) > 1e-12 || math.Abs(p.AtLeast-0.5) > 1e-12 {
		t.Errorf("%d hits of %d, expected %g, probability %g", p.Hits, p.Chosen, p.Expected, p.AtLeast)
	}
	if math.Abs(p.AUC-7.0/9) > 1e-12 {
		t.Errorf("area under the curve %g", p.AUC)
	}
}

// An indicator with counts for most areas takes the place of the rates of one age, by beta and binomial.
func TestCountsTakeOver(t *testing.T) {
	d := board(t, load(t, withCounts(t)), DefaultAssumptions())
	c := d.Criteria[0]
	if c.Indicator != "reoffending_rate_percent" || c.Method != MethodBeta || !c.Used || c.Reliability < 0.5 {
		t.Fatalf("%+v", c)
	}
	for _, s := range d.Areas {
		in := s.Inputs[0]
		if in.Estimate == nil || !in.Estimate.Interval.Contains(in.Estimate.Value) || in.Estimate.FarAbove == nil {
			t.Fatalf("%s: %+v", s.Area, in.Estimate)
		}
	}
}

// withCounts is the record with synthetic reoffending, with counts, for every area.
func withCounts(t testing.TB) analytics.Reader {
	t.Helper()
	s, err := analytics.Load(t.Context(), record(t))
	if err != nil {
		t.Fatal(err)
	}
	rows := ""
	for i, a := range s.Areas() {
		x := 24 * (1 + i%20) // of 480: a whole number of percent
		rows += fmt.Sprintf("%s,area,,2023-04-01,2024-03-31,synthetic,%d,,,%d,480,new,,%s,\n", a.ID, x*100/480, x,
			s.Sources()[0].ID)
	}
	files := make(fstest.MapFS)
	err = fs.WalkDir(data.Record(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(data.Record(), path)
		files[path] = &fstest.MapFile{Data: content}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	counted := files["indicators/reoffending_rate_percent.csv"]
	counted.Data = append(counted.Data, rows...)
	r, err := ducktest.Open(files, analytics.Release{ID: "counted", Built: today})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Dorset's first-time entrants are published for two authorities, one of which the record has under the service's
// present ground: neither is the area.
func TestAPartIsNotTheArea(t *testing.T) {
	s, err := board(t, load(t, record(t)), DefaultAssumptions()).Standing("dorset")
	if err != nil || s.Inputs[slices.Index(Criteria(), FirstTimeEntrants)].Figure != nil {
		t.Errorf("%+v, %v", s.Inputs, err)
	}
}

func TestParseWeights(t *testing.T) {
	for text, want := range map[string]string{
		"": "reoffending=1,reoffending_younger=0,first_time_entrants=1,custody=1,last_result=1," +
			"age_of_result=0",
		"reoffending=0.5, custody=10": "reoffending=0.5,reoffending_younger=0,first_time_entrants=1,custody=10," +
			"last_result=1,age_of_result=0",
	} {
		w, err := ParseWeights(text)
		if err != nil || w.String() != want {
			t.Errorf("%q: %s, %v", text, w, err)
		}
		if again, err := ParseWeights(w.String()); err != nil || again.String() != want {
			t.Errorf("%q does not read back: %v", w, err)
		}
	}
	for _, text := range []string{"reoffending", "reoffending=", "reoffending=-1", "reoffending=11", "reoffending=NaN",
		"reoffending=1e1000", "weather=1", "=1",
		"reoffending=0,reoffending_younger=0,first_time_entrants=0,custody=0,last_result=0,age_of_result=0"} {
		if w, err := ParseWeights(text); err == nil {
			t.Errorf("%q: %s", text, w)
		}
	}
}

func TestLimitsOfAProgramme(t *testing.T) {
	p := Programme{Places: 5, Strong: 1, PerRegion: 2}
	var candidates []candidate
	for i, region := range []string{"a", "a", "a", "b", "b", "b", "c", "c", "c", "c"} {
		candidates = append(candidates, candidate{region: region, excluded: i == 0, strong: i == 8 || i == 0})
	}
	order := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	want := map[int]Role{1: RoleConcern, 2: RoleConcern, 3: RoleConcern, 4: RoleConcern, 8: RoleStrong}
	if diff := cmp.Diff(want, p.choose(order, candidates)); diff != "" {
		t.Error(diff)
	}
	p.PerRegion = 1
	if diff := cmp.Diff(map[int]Role{1: RoleConcern, 3: RoleConcern, 8: RoleStrong},
		p.choose(order, candidates)); diff != "" {
		t.Error(diff)
	}
}

// processor is the processor time that this process has taken.
func processor(t testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkWhatIf is one change of weights over draws that are there: cpu-ms/op is its processor time.
func BenchmarkWhatIf(b *testing.B) {
	study := load(b, record(b))
	board(b, study, DefaultAssumptions())
	a, before := DefaultAssumptions(), processor(b)
	for b.Loop() {
		board(b, study, a)
	}
	b.ReportMetric(float64((processor(b)-before).Microseconds())/1000/float64(b.N), "cpu-ms/op")
}

// BenchmarkDay is the reading and drawing of one day.
func BenchmarkDay(b *testing.B) {
	study := load(b, record(b))
	for b.Loop() {
		of, err := readStatistics(study.snapshot)
		if err != nil {
			b.Fatal(err)
		}
		gather(newReader(of, nil), Draws, true)
	}
}

// BenchmarkBacktest is the whole back-test, which a release works out once.
func BenchmarkBacktest(b *testing.B) {
	study := load(b, record(b))
	for b.Loop() {
		of, err := readStatistics(study.snapshot)
		if err != nil {
			b.Fatal(err)
		}
		backtest(of)
	}
}
