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
	Last        *Last   // nil where no dated inspection is held
	Known       float64 // share of the weight that its figures cover
	Composite   float64 // standard deviations, above 0 more concern
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
	Areas       []Standing           // ranked, most concern first
	Unranked    []Standing           // whose figures cover less than half of the weight
	Chosen      []Standing           // the proposed programme: concerns first, then strong performers
	Shifts      []Shift
	Runs        int
}

// Shift says who enters and who leaves the programme when one weight is doubled, or taken away.
type Shift struct {
	Criterion Criterion
	Weight    float64
	Enters    []string // area ids
	Leaves    []string
}

// leastKnown is the share of the weight that an area's figures must cover for it to be ranked.
const leastKnown = 0.5

// Board answers assumptions from a release, whose day counts where none is given. Weights must not all be zero.
func Board(s *analytics.Snapshot, a Assumptions) Desk {
	d := Desk{Assumptions: a, Now: s.Release().Built, Indicators: make(map[Criterion]string), Runs: cmp.Or(a.Runs, DefaultRuns)}
	if a.AsOf != nil {
		d.Now = *a.AsOf
	}
	r := reader{snapshot: s, asOf: a.AsOf}
	for _, area := range s.Areas() {
		if area.Current {
			r.areas = append(r.areas, area)
		}
	}
	columns, last := d.read(r)
	var ranked []int // places among r.areas
	all := make([]Standing, len(r.areas))
	for i, area := range r.areas {
		all[i] = d.standing(area, columns, last[i], i)
		if all[i].Known >= leastKnown {
			ranked = append(ranked, i)
		} else {
			d.Unranked = append(d.Unranked, all[i])
		}
	}
	d.rank(all, ranked, newChooser(r, a, all, ranked))
	for _, i := range ranked {
		all[i].Reasons = reasons(all[i], d.Indicators)
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
	last = r.last(d.Now)
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
		standardise(column)
		columns = append(columns, column)
	}
	return columns, last
}

func (d *Desk) standing(area analytics.Area, columns [][]Input, last *Last, i int) Standing {
	s := Standing{Area: area.ID, Last: last}
	shares := d.Assumptions.Weights.share()
	for k, column := range columns {
		s.Inputs = append(s.Inputs, column[i])
		s.Composite += shares[k] * column[i].Score
		if column[i].Figure != nil {
			s.Known += shares[k]
		}
	}
	months := float64(d.Assumptions.Exclude)
	s.Excluded = last != nil && last.Years*12 < months
	return s
}

// rank simulates, proposes a programme, and says what other weights would change.
func (d *Desk) rank(all []Standing, ranked []int, choose *chooser) {
	areas := make([]scored, len(ranked))
	for n, i := range ranked {
		for _, in := range all[i].Inputs {
			areas[n].score = append(areas[n].score, in.Score)
			areas[n].spread = append(areas[n].spread, in.Spread)
		}
	}
	out := simulate(areas, d.Assumptions.Weights.share(), d.Runs, d.Assumptions.Seed, choose, runtime.GOMAXPROCS(0))
	for n, i := range ranked {
		s := &all[i]
		s.Lower, s.Rank, s.Upper = out.interval(n)
		s.Probability = float64(out.concern[n]+out.strong[n]) / float64(max(out.runs, 1))
	}
	proposed := proposal(areas, d.Assumptions.Weights, choose)
	for n, role := range proposed {
		all[ranked[n]].Role = role
	}
	for _, c := range Criteria() {
		for _, weight := range []float64{0, min(2*d.Assumptions.Weights[c], MaxWeight)} {
			other := d.Assumptions.Weights.With(c, weight)
			if other.total() == 0 || weight == d.Assumptions.Weights[c] {
				continue
			}
			shift := Shift{Criterion: c, Weight: weight}
			instead := proposal(areas, other, choose)
			for n, i := range ranked {
				_, was := proposed[n]
				_, is := instead[n]
				switch {
				case is && !was:
					shift.Enters = append(shift.Enters, all[i].Area)
				case was && !is:
					shift.Leaves = append(shift.Leaves, all[i].Area)
				}
			}
			d.Shifts = append(d.Shifts, shift)
		}
	}
}

// proposal is the programme that the figures as they stand give: the role of each chosen area, by place.
func proposal(areas []scored, weights Weights, choose *chooser) map[int]Role {
	shares, order := weights.share(), make([]int, len(areas))
	composite := make([]float64, len(areas))
	for i, a := range areas {
		order[i] = i
		for k, share := range shares {
			composite[i] += share * a.score[k]
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(composite[b], composite[a]) })
	picked := newPicked(choose)
	choose.pick(order, &picked)
	out := make(map[int]Role)
	for _, i := range picked.concern {
		out[i] = RoleConcern
	}
	for _, i := range picked.strong {
		out[i] = RoleStrong
	}
	return out
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
		c.able = append(c.able, all[i].Last != nil && all[i].Last.Strong)
	}
	c.regions = len(regions)
	return c
}
