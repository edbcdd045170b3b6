package target

import (
	"cmp"
	"runtime"
	"slices"
	"time"

	"yardstick/analytics"
)

// Assumptions are all that somebody chooses at the desk. The same assumptions over the same release give the same answer.
type Assumptions struct {
	Programme
	Weights Weights
	Exclude int        // months: areas inspected within so many are left out; 0 leaves none out
	AsOf    *time.Time // nil for everything held
	Runs    int        // simulations; 0 for DefaultRuns
	Seed    uint64
}

// The limits of assumptions, and what is assumed where nothing is said.
const (
	DefaultRuns = 10_000
	MaxRuns     = 50_000
	MaxPlaces   = 60
	MaxExclude  = 240 // months
)

// Role is what an area is proposed as.
type Role string

// The roles.
const (
	RoleConcern Role = "concern"
	RoleStrong  Role = "strong" // a benchmark of good practice
)

// Standing is where an area stands at the desk.
type Standing struct {
	Area        string
	Inputs      []Input // in the order of Criteria
	Last        *Last
	Known       float64 // share of the weight that its figures cover
	Composite   float64 // of what is known: standard deviations, above 0 more concern
	Rank        int     // the middle of its ranks, 1 the most concern
	Lower       int     // of the interval that holds 95% of them
	Upper       int
	Probability float64 // of being among the chosen, in either role
	Role        Role    // empty where it is not proposed
	Excluded    bool    // inspected too lately to be chosen
	Reasons     []Reason
}

// Desk is the whole answer.
type Desk struct {
	Assumptions Assumptions
	Now         time.Time            // the day that ages are counted to
	Indicators  map[Criterion]string // which published indicator each criterion was read from
	Held        map[Criterion]int    // how many areas have a figure
	Of          int                  // of how many current areas
	Unweighed   []Criterion          // held of too few areas to weigh, whatever their weight
	Areas       []Standing           // ranked, most concern first
	Unranked    []Standing           // whose figures cover less than half of the weight, or whose last inspection the record lacks
	Chosen      []Standing           // the proposed programme: concerns first, then strong performers
	Shifts      []Shift
	Runs        int
}

// Shift says who enters and who leaves the programme when one weight is doubled, or taken away.
type Shift struct {
	Criterion Criterion
	Weight    float64
	Chosen    []string // area ids: all that it would have
	Enters    []string
	Leaves    []string
}

// leastHeld is the share of areas that must have a figure for a criterion to be weighed at all.
const leastHeld = 0.5

// shiftRuns is how many times fewer simulations are made for each other weight than for those chosen.
const shiftRuns = 10

// leastKnown is the share of the weight that an area's figures must cover for it to be ranked.
const leastKnown = 0.5

// Board answers assumptions from a release, whose day counts where none is given. Weights must not all be zero.
func Board(s *analytics.Snapshot, a Assumptions) Desk {
	d := Desk{Assumptions: a, Now: s.Release().Built, Indicators: make(map[Criterion]string), Held: make(map[Criterion]int), Runs: cmp.Or(a.Runs, DefaultRuns)}
	if a.AsOf != nil {
		d.Now = *a.AsOf
	}
	r := reader{snapshot: s, asOf: a.AsOf, day: d.Now}
	for _, area := range s.Areas() {
		if area.Current {
			r.areas = append(r.areas, area)
		}
	}
	columns, last := d.read(r)
	d.Of = len(r.areas)
	shares := d.shares(a.Weights)
	var ranked []int // places among r.areas
	all := make([]Standing, len(r.areas))
	for i, area := range r.areas {
		all[i] = d.standing(area, columns, last[i], i, shares)
		if all[i].Known >= leastKnown && last[i].Missing == "" {
			ranked = append(ranked, i)
		} else {
			all[i].Reasons = reasons(all[i], d.Unweighed)
			d.Unranked = append(d.Unranked, all[i])
		}
	}
	d.rank(all, ranked, newChooser(r, a, all, ranked))
	for _, i := range ranked {
		all[i].Reasons = reasons(all[i], d.Unweighed)
		d.Areas = append(d.Areas, all[i])
	}
	slices.SortStableFunc(d.Areas, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(b.Composite, a.Composite), cmp.Compare(a.Area, b.Area))
	})
	for _, role := range []Role{RoleConcern, RoleStrong} {
		for _, standing := range d.Areas {
			if standing.Role == role {
				d.Chosen = append(d.Chosen, standing)
			}
		}
	}
	return d
}

// read is every criterion of every area: columns by the order of Criteria.
func (d *Desk) read(r reader) (columns [][]Input, last []*Last) {
	last = r.last()
	results, ages := judged(last)
	for _, c := range Criteria() {
		var column []Input
		switch c {
		case LastResult:
			column = results
		case AgeOfResult:
			column = ages
		default:
			d.Indicators[c], column = r.observed(c)
		}
		d.Held[c] = standardise(column)
		if float64(d.Held[c]) < leastHeld*float64(len(r.areas)) {
			d.Unweighed = append(d.Unweighed, c)
		}
		columns = append(columns, column)
	}
	return columns, last
}

// shares is what each criterion that is weighed counts of one, in the order of Criteria; all zero where none does.
func (d *Desk) shares(weights Weights) []float64 {
	for _, c := range d.Unweighed {
		weights = weights.With(c, 0)
	}
	return weights.share()
}

func (d *Desk) standing(area analytics.Area, columns [][]Input, last *Last, i int, shares []float64) Standing {
	s := Standing{Area: area.ID, Last: last}
	for k, column := range columns {
		s.Inputs = append(s.Inputs, column[i])
		if column[i].Figure != nil {
			s.Known += shares[k]
			s.Composite += shares[k] * column[i].Score
		}
	}
	if s.Known > 0 {
		s.Composite /= s.Known
	}
	s.Excluded = last.Earliest.After(d.Now.AddDate(0, -d.Assumptions.Exclude, 0))
	return s
}

// rank simulates, proposes a programme, and says what other weights would change.
func (d *Desk) rank(all []Standing, ranked []int, choose *chooser) {
	m := model{choose: choose, seed: d.Assumptions.Seed, cores: runtime.GOMAXPROCS(0)}
	for _, i := range ranked {
		var a scored
		for _, in := range all[i].Inputs {
			a.score, a.spread = append(a.score, in.Score), append(a.spread, in.Spread)
		}
		m.areas = append(m.areas, a)
	}
	shares := d.shares(d.Assumptions.Weights)
	out := m.simulate(shares, d.Runs)
	for n, i := range ranked {
		s := &all[i]
		s.Lower, s.Rank, s.Upper = out.interval(n)
		s.Probability = float64(out.concern[n]+out.strong[n]) / float64(max(out.runs, 1))
	}
	for n, role := range m.proposal(out) {
		all[ranked[n]].Role = role
	}
	d.shift(m, func(n int) string { return all[ranked[n]].Area })
}

// shift compares the programme with those that other weights give, each by the same few simulations.
func (d *Desk) shift(m model, area func(int) string) {
	runs := max(d.Runs/shiftRuns, 1)
	base := m.proposal(m.simulate(d.shares(d.Assumptions.Weights), runs))
	for _, c := range Criteria() {
		if slices.Contains(d.Unweighed, c) {
			continue
		}
		for _, weight := range []float64{0, min(2*d.Assumptions.Weights[c], MaxWeight)} {
			shares := d.shares(d.Assumptions.Weights.With(c, weight))
			if weight == d.Assumptions.Weights[c] || d.nothing(shares) {
				continue
			}
			shift := Shift{Criterion: c, Weight: weight}
			instead := m.proposal(m.simulate(shares, runs))
			for n := range m.areas {
				_, was := base[n]
				_, is := instead[n]
				if is {
					shift.Chosen = append(shift.Chosen, area(n))
				}
				switch {
				case is && !was:
					shift.Enters = append(shift.Enters, area(n))
				case was && !is:
					shift.Leaves = append(shift.Leaves, area(n))
				}
			}
			d.Shifts = append(d.Shifts, shift)
		}
	}
}

// nothing says that no criterion is weighed.
func (d *Desk) nothing(shares []float64) bool {
	return !slices.ContainsFunc(shares, func(s float64) bool { return s > 0 })
}

func newChooser(r reader, a Assumptions, all []Standing, ranked []int) *chooser {
	c := &chooser{programme: a.Programme}
	regions := make(map[string]int)
	for _, i := range ranked {
		region, known := regions[r.areas[i].Region]
		if !known {
			region = len(regions)
			regions[r.areas[i].Region] = region
		}
		c.region = append(c.region, region)
		c.excluded = append(c.excluded, all[i].Excluded)
		c.able = append(c.able, all[i].Last.Strong)
	}
	c.regions = len(regions)
	return c
}
