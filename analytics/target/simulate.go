package target

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// scored is an area's criteria as standard scores: above 0 is more concern than the mean of the areas that have the figure.
// spread is the standard error of each score; an absent one has score 0 and spread 1, so that in a simulation it may be
// anything that is seen elsewhere.
type scored struct {
	score, spread []float64
}

// spreadOfWeights is how far the weights move in a simulation: each is multiplied by a factor whose logarithm has this
// standard deviation, so that two in three stay within a quarter of what was chosen.
const spreadOfWeights = 0.25

// block is how many simulations share a generator: the same answer comes out however many cores there are.
const block = 500

// outcome is what came of the simulations for every area: how often it had each rank (0 is the most concern), and how often
// it was chosen, as a concern or as a strong performer.
type outcome struct {
	ranks           [][]int32
	concern, strong []int32
	runs            int
}

func newOutcome(areas int) *outcome {
	o := &outcome{ranks: make([][]int32, areas), concern: make([]int32, areas), strong: make([]int32, areas)}
	cells := make([]int32, areas*areas)
	for i := range o.ranks {
		o.ranks[i] = cells[i*areas : (i+1)*areas]
	}
	return o
}

func (o *outcome) add(other *outcome) {
	for i := range o.ranks {
		for rank, n := range other.ranks[i] {
			o.ranks[i][rank] += n
		}
		o.concern[i] += other.concern[i]
		o.strong[i] += other.strong[i]
	}
	o.runs += other.runs
}

// simulate draws every area's composite again and again, from the sampling of its figures and from weights around those
// chosen, and lets choose make its choice of each. The same seed gives the same outcome on any machine.
func simulate(areas []scored, shares []float64, runs int, seed uint64, choose *chooser, cores int) *outcome {
	blocks := (runs + block - 1) / block
	parts := make([]*outcome, min(max(cores, 1), blocks))
	var done sync.WaitGroup
	for part := range parts {
		done.Go(func() {
			s := newSampler(areas, shares, choose)
			for b := part; b < blocks; b += len(parts) {
				s.run(rand.New(rand.NewPCG(seed, uint64(b))), min(block, runs-b*block))
			}
			parts[part] = s.out
		})
	}
	done.Wait()
	all := newOutcome(len(areas))
	for _, part := range parts {
		all.add(part)
	}
	return all
}

// sampler simulates with room of its own, used again for each run.
type sampler struct {
	areas   []scored
	shares  []float64
	choose  *chooser
	out     *outcome
	weights []float64
	keys    []uint64
	order   []int
	picked  picked
}

func newSampler(areas []scored, shares []float64, choose *chooser) *sampler {
	return &sampler{areas: areas, shares: shares, choose: choose, out: newOutcome(len(areas)), weights: make([]float64, len(shares)),
		keys: make([]uint64, len(areas)), order: make([]int, len(areas)), picked: newPicked(choose)}
}

func (s *sampler) run(random *rand.Rand, runs int) {
	for range runs {
		total := 0.0
		for k, share := range s.shares {
			s.weights[k] = share * math.Exp(spreadOfWeights*random.NormFloat64())
			total += s.weights[k]
		}
		for i, a := range s.areas {
			mean, variance := 0.0, 0.0
			for k, w := range s.weights {
				mean += w * a.score[k]
				variance += w * w * a.spread[k] * a.spread[k]
			}
			s.keys[i] = key((mean+math.Sqrt(variance)*random.NormFloat64())/total, i)
		}
		slices.Sort(s.keys)
		for rank, k := range s.keys {
			i := int(k & indexBits)
			s.order[rank] = i
			s.out.ranks[i][rank]++
		}
		s.choose.pick(s.order, &s.picked)
		for _, i := range s.picked.concern {
			s.out.concern[i]++
		}
		for _, i := range s.picked.strong {
			s.out.strong[i]++
		}
		s.out.runs++
	}
}

// indexBits hold an area's place in a key: there are fewer than 1,024 areas.
const indexBits = 1<<10 - 1

// key orders areas by falling composite when sorted as a number, with the area's place in its last bits: sorting numbers is
// several times faster than sorting places by what they point to. Composites that differ by less than one part in 2^42 tie.
func key(composite float64, i int) uint64 {
	bits := math.Float64bits(-composite)
	if bits>>63 == 1 {
		bits = ^bits
	} else {
		bits |= 1 << 63
	}
	return bits&^indexBits | uint64(i)
}

// model is what stays the same while weights change.
type model struct {
	areas  []scored
	choose *chooser
	seed   uint64
	cores  int
}

func (m model) simulate(shares []float64, runs int) *outcome {
	return simulate(m.areas, shares, runs, m.seed, m.choose, m.cores)
}

// proposal is the programme that areas give in the order of their mean ranks: the role of each chosen area, by place.
func (m model) proposal(o *outcome) map[int]Role {
	order, sums := make([]int, len(m.areas)), make([]int64, len(m.areas))
	for i := range m.areas {
		order[i] = i
		for rank, n := range o.ranks[i] {
			sums[i] += int64(rank) * int64(n)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(sums[a], sums[b]) })
	picked := newPicked(m.choose)
	m.choose.pick(order, &picked)
	out := make(map[int]Role)
	for _, i := range picked.concern {
		out[i] = RoleConcern
	}
	for _, i := range picked.strong {
		out[i] = RoleStrong
	}
	return out
}

// interval is the central 95% of an area's ranks, 1 the most concern, and the middle one.
func (o *outcome) interval(i int) (lower, median, upper int) {
	at := func(share float64) int {
		want, seen := int32(math.Ceil(share*float64(o.runs))), int32(0)
		for rank, n := range o.ranks[i] {
			if seen += n; seen >= max(want, 1) {
				return rank + 1
			}
		}
		return len(o.ranks[i])
	}
	return at(0.025), at(0.5), at(0.975)
}
