package target

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"yardstick/analytics"
	"yardstick/analytics/stats"
)

// Role is what an area is proposed as.
type Role string

// The roles.
const (
	RoleConcern Role = "concern"
	RoleStrong  Role = "strong" // a benchmark of good practice
)

// Why says why an area is listed apart, without a rank.
type Why string

// The reasons.
const (
	WhyMissing Why = "missing" // the record lacks its newest inspection
	WhyFigures Why = "figures" // its figures cover less than half of what is weighed
)

// Standing is where an area is at the desk.
type Standing struct {
	Area        string
	Inputs      []Input // in the order of Criteria
	Last        *Last
	Known       float64 // share of the weight that its figures cover
	Apart       Why     // why it has no rank; empty where it has one
	Rank        int     // its place by Expected; 1 is the most concern
	Expected    float64 // the posterior expected rank
	Lower       int     // of the interval that holds the rank with probability 95%
	Upper       int
	Probability float64 // of being among the Desk's First of most concern; of an area apart, if it were ranked
	Role        Role    // empty where it is not proposed
	Excluded    bool    // certainly inspected too lately to be chosen
	Reasons     []Reason
	Gaps        []Gap // of an area apart: what is missing, the most valuable first
}

// Desk is the whole answer.
type Desk struct {
	Assumptions Assumptions
	Now         time.Time  // the day that it is of
	Criteria    []Weighed  // in the order of Criteria
	Of          int        // current areas
	Ranked      int        // areas that ranks are among: those ranked, and those that only lack their newest inspection
	First       int        // how many places for concern there are: Probability is of being among so many
	Areas       []Standing // ranked, the most probable first
	Apart       []Standing // that are not, the most worth knowing more of first
	Chosen      []Standing // the proposed programme: concerns first, then strong performers
	Shifts      []Shift
	Draws       int
}

// Shift says who enters and who leaves the programme when one weight is doubled or dropped, or one that counts
// nothing counts as much as one.
type Shift struct {
	Criterion Criterion
	Weight    float64
	Chosen    []string // area ids: all that it would have
	Enters    []string
	Leaves    []string
}

// leastKnown is the share of the weight that an area's figures must cover for it to be ranked.
const leastKnown = 0.5

// shiftDraws is how many of the draws answer each other weight.
const shiftDraws = 200

// board answers assumptions from the evidence of their day.
func (e *evidence) board(a Assumptions) Desk {
	d := Desk{Assumptions: a, Now: e.reader.day, Of: len(e.reader.areas), Draws: e.draws}
	for _, col := range e.columns {
		d.Criteria = append(d.Criteria, col.Weighed)
	}
	shares := e.shares(a.Weights)
	all := make([]Standing, len(e.reader.areas))
	var ranked []int // places among all
	for i := range all {
		all[i] = e.standing(i, a, shares)
		if all[i].Known >= leastKnown {
			ranked = append(ranked, i)
		}
	}
	d.Ranked, d.First = len(ranked), max(a.Places-a.Strong, 1)
	values := e.composites(ranked, shares, a.Certainty, e.draws)
	by := rank(all, ranked, values, d.First)
	var cuts []float64
	top := make([]float64, min(d.First, len(ranked)))
	for n := 0; n < len(values); n += len(ranked) {
		cuts = append(cuts, lastOfFirst(values[n:n+len(ranked)], top))
	}
	e.gaps(all, shares, a.Certainty, cuts)
	for i := range all {
		all[i].Reasons = reasons(all[i], d.Criteria, a.Weights)
	}
	for i, role := range e.proposal(all, ranked, by, a.Programme) {
		all[i].Role = role
	}
	for _, s := range all {
		if s.Apart == "" {
			d.Areas = append(d.Areas, s)
		} else {
			d.Apart = append(d.Apart, s)
		}
	}
	slices.SortStableFunc(d.Areas, byProbability)
	slices.SortStableFunc(d.Apart, func(a, b Standing) int { return cmp.Compare(b.worth(), a.worth()) })
	for _, role := range []Role{RoleConcern, RoleStrong} {
		for _, s := range d.Areas {
			if s.Role == role {
				d.Chosen = append(d.Chosen, s)
			}
		}
	}
	d.Shifts = e.shifts(all, ranked, a, d.First)
	return d
}

// byProbability puts the areas most probably among those of most concern first.
func byProbability(a, b Standing) int {
	return cmp.Or(cmp.Compare(b.Probability, a.Probability), cmp.Compare(a.Expected, b.Expected),
		cmp.Compare(a.Area, b.Area))
}

// shares are what each criterion that is weighed counts of one, in the order of Criteria; all zero where none does.
func (e *evidence) shares(weights Weights) []float64 {
	for _, col := range e.columns {
		if !col.Used {
			weights = weights.With(col.Criterion, 0)
		}
	}
	return weights.shares()
}

func (e *evidence) standing(i int, a Assumptions, shares []float64) Standing {
	s := Standing{Area: e.reader.areas[i].ID, Last: e.last[i]}
	for k, col := range e.columns {
		s.Inputs = append(s.Inputs, col.inputs[i])
		if col.inputs[i].Figure != nil {
			s.Known += shares[k]
		}
	}
	switch {
	case s.Last.Missing != "":
		s.Apart = WhyMissing
	case s.Known < leastKnown:
		s.Apart = WhyFigures
	}
	s.Excluded = s.Last.Earliest.After(e.reader.day.AddDate(0, -a.Exclude, 0))
	return s
}

// each works out the weighed sums of the true values of some areas in each of some first draws. The row that visit
// is given is used again for the next draw. With uncertain weights, each draw has weights of its own from a
// Dirichlet distribution whose means are the shares.
func (e *evidence) each(
	areas []int,
	shares []float64,
	certainty float64,
	draws int,
	visit func(draw int, row []float64),
) {
	if len(areas) == 0 {
		return
	}
	type weighed struct {
		values []float32
		share  float64
		gamma  distuv.Gamma
	}
	var by []weighed
	source := rand.NewPCG(2, 0)
	for k, share := range shares {
		if share > 0 {
			by = append(by, weighed{e.values[k], share, distuv.Gamma{Alpha: certainty * share, Beta: 1, Src: source}})
		}
	}
	all := len(e.reader.areas)
	row := make([]float64, len(areas))
	for d := range draws {
		clear(row)
		for n := range by {
			if by[n].gamma.Alpha > 0 {
				by[n].share = by[n].gamma.Rand() // order does not need the sum to be one
			}
			values, share := by[n].values[d*all:(d+1)*all], by[n].share
			for n, i := range areas {
				row[n] += share * float64(values[i])
			}
		}
		visit(d, row)
	}
}

// composites are the rows of each, one after the other.
func (e *evidence) composites(areas []int, shares []float64, certainty float64, draws int) []float64 {
	out := make([]float64, 0, len(areas)*draws)
	e.each(areas, shares, certainty, draws, func(_ int, row []float64) { out = append(out, row...) })
	return out
}

// rank gives the ranked areas their ranks and probabilities, and the order that these put them in.
func rank(all []Standing, ranked []int, values []float64, first int) order {
	by := newOrder(len(all))
	ranks, err := stats.RankDraws(values, max(len(ranked), 1), min(first, len(ranked)))
	if err != nil {
		return by // no area is ranked: composites are finite, and as many as there are areas
	}
	places := slices.Clone(ranked)
	for n, i := range ranked {
		s := &all[i]
		s.Expected, s.Lower, s.Upper, s.Probability = ranks[n].Expected, ranks[n].Lower, ranks[n].Upper, ranks[n].AmongFirst
		by.probability[i], by.second[i] = s.Probability, -s.Expected
	}
	slices.SortStableFunc(places, func(i, j int) int { return cmp.Compare(all[i].Expected, all[j].Expected) })
	for n, i := range places {
		all[i].Rank = n + 1
	}
	return by
}

// order is one way of putting areas in order: by the probability of being among those of most concern, and by a
// second number where that is the same, each by place among all areas.
type order struct{ probability, second []float64 }

func newOrder(areas int) order { return order{make([]float64, areas), make([]float64, areas)} }

// proposal is the programme that an order gives of the ranked areas which are not apart: the role of each chosen area.
func (e *evidence) proposal(all []Standing, ranked []int, by order, p Programme) map[int]Role {
	var areas []int
	candidates := make([]candidate, len(all))
	for _, i := range ranked {
		if all[i].Apart == "" {
			areas = append(areas, i)
			candidates[i] = candidate{
				region:   e.reader.areas[i].Region,
				excluded: all[i].Excluded,
				strong:   all[i].Last.Strong(),
			}
		}
	}
	slices.SortStableFunc(areas, func(i, j int) int {
		return cmp.Or(cmp.Compare(by.probability[j], by.probability[i]), cmp.Compare(by.second[j], by.second[i]),
			cmp.Compare(all[i].Area, all[j].Area))
	})
	return p.choose(areas, candidates)
}

// shifts compare the programme with those that other weights give, all by the same first draws. They need no ranks:
// the second number of their order is the mean composite.
func (e *evidence) shifts(all []Standing, ranked []int, a Assumptions, first int) []Shift {
	if len(ranked) == 0 {
		return nil
	}
	draws := min(shiftDraws, e.draws)
	programme := func(weights Weights) map[int]Role {
		by, top := newOrder(len(all)), make([]float64, min(first, len(ranked)))
		e.each(ranked, e.shares(weights), a.Certainty, draws, func(_ int, row []float64) {
			cut := lastOfFirst(row, top)
			for n, x := range row {
				by.second[ranked[n]] += x
				if x >= cut {
					by.probability[ranked[n]]++
				}
			}
		})
		return e.proposal(all, ranked, by, a.Programme)
	}
	var out []Shift
	base := programme(a.Weights)
	for _, col := range e.columns {
		for _, weight := range otherWeights(a.Weights[col.Criterion]) {
			weights := a.Weights.With(col.Criterion, weight)
			if !col.Used || e.none(weights) {
				continue
			}
			shift := Shift{Criterion: col.Criterion, Weight: weight}
			instead := programme(weights)
			for i, s := range all {
				_, was := base[i]
				_, is := instead[i]
				if is {
					shift.Chosen = append(shift.Chosen, s.Area)
				}
				switch {
				case is && !was:
					shift.Enters = append(shift.Enters, s.Area)
				case was && !is:
					shift.Leaves = append(shift.Leaves, s.Area)
				}
			}
			out = append(out, shift)
		}
	}
	return out
}

// otherWeights are those that a shift tries instead of a weight.
func otherWeights(weight float64) []float64 {
	switch weight {
	case 0:
		return []float64{1}
	case MaxWeight:
		return []float64{0}
	}
	return []float64{0, min(2*weight, MaxWeight)}
}

// none says that no criterion is weighed.
func (e *evidence) none(weights Weights) bool {
	return !slices.ContainsFunc(e.shares(weights), func(share float64) bool { return share > 0 })
}

// areaOf finds where an area stands, ranked or apart; false where it is no current area.
func (d Desk) areaOf(area string) (Standing, bool) {
	for _, list := range [][]Standing{d.Areas, d.Apart} {
		for _, s := range list {
			if s.Area == area {
				return s, true
			}
		}
	}
	return Standing{}, false
}

// Standing finds where an area stands, ranked or apart; a *analytics.NotFoundError where it is no current area.
func (d Desk) Standing(area string) (Standing, error) {
	if s, ok := d.areaOf(area); ok {
		return s, nil
	}
	return Standing{}, &analytics.NotFoundError{Kind: "area", ID: area}
}
