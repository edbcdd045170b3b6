package stats

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// Ranking says how Ranks ranks.
type Ranking struct {
	Simulations int   // how many times to draw; 10,000 gives a probability to within 0.01
	Level       Level // of the interval
	First       int   // N, for the probability of being among the first N
	LowestFirst bool  // rank 1 is the lowest value instead of the highest
}

// RankInterval is what may be said of one estimate's rank among all. Rank 1 is
// the first.
type RankInterval struct {
	Median float64 // half a rank where the middle lies between two
	// Lower and Upper are whole ranks: at most half of what the level leaves out
	// of the simulations has a rank before Lower, and at most as many after Upper.
	Lower, Upper int
	AmongFirst   float64 // probability, from 0 to 1, of being among the first N
}

// Ranks simulates the ranks of estimates, one answer for each in their order.
// In each simulation every estimate takes one value at random from its own
// distribution, independently of the others, and the values are ranked. A rank
// is uncertain when distributions overlap, and most do: show the interval, and
// never a bare rank.
//
// The answer depends on the estimates, r and the state of random alone: the
// same generator gives the same answer, in whatever order different estimates
// are given. Distributions are drawn from through 256 equally likely parts, and
// are even within each.
//
// It fails with ErrEmpty, ErrCases (a zero Estimate), ErrSimulations, ErrLevel,
// or ErrFirst when r.First is not from 0 to the number of estimates.
//
// Source: H. Goldstein and D. J. Spiegelhalter (1996), Journal of the Royal
// Statistical Society A 159:385-443; E. C. Marshall and D. J. Spiegelhalter
// (1998), BMJ 316:1701-1704.
func Ranks(estimates []Estimate, r Ranking, random *rand.Rand) ([]RankInterval, error) {
	if err := r.check(estimates); err != nil {
		return nil, fmt.Errorf("ranks of %d estimates: %w", len(estimates), err)
	}
	// In an order of their own, each estimate meets the same random numbers
	// wherever it was given.
	order := make([]int, len(estimates))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return estimates[a].compare(estimates[b]) })

	k := len(estimates)
	knots := make([]float64, k*(cells+1))
	for i, at := range order {
		estimates[at].quantiles(knots[i*(cells+1) : (i+1)*(cells+1)])
	}
	places := simulate(knots, k, r.Simulations, random)
	intervals := make([]RankInterval, k)
	for i, at := range order {
		counts := places[i*k : (i+1)*k]
		if !r.LowestFirst {
			slices.Reverse(counts)
		}
		intervals[at] = r.summary(counts)
	}
	return intervals, nil
}

func (r Ranking) check(estimates []Estimate) error {
	switch {
	case len(estimates) == 0:
		return ErrEmpty
	case slices.ContainsFunc(estimates, Estimate.empty):
		return ErrCases
	case r.Simulations <= 0:
		return ErrSimulations
	case r.First < 0 || r.First > len(estimates):
		return fmt.Errorf("the first %d: %w", r.First, ErrFirst)
	}
	return r.Level.check()
}

// simulate counts how often each of k distributions, given by their knots, came
// to each place, the lowest first: k counts for the first distribution, k for
// the second.
func simulate(knots []float64, k, simulations int, random *rand.Rand) []int {
	places := make([]int, k*k)
	values := make([]float64, k)
	s := newSorter(knots, k)
	for range simulations {
		for i := range values {
			values[i] = draw(knots[i*(cells+1):(i+1)*(cells+1)], random)
		}
		for place, i := range s.sort(values) {
			places[int(i)*k+place]++
		}
	}
	return places
}

// draw is a value at random: the upper bits of one random number choose one of
// the equally likely parts, the lower ones a point in it.
func draw(knots []float64, random *rand.Rand) float64 {
	const within = 1<<64/cells - 1
	bits := random.Uint64()
	cell := bits / (within + 1)
	part := float64(int64(bits&within)) / (within + 1)
	return knots[cell] + part*(knots[cell+1]-knots[cell])
}

// summary reads an interval off how often each rank was had, the first first.
func (r Ranking) summary(counts []int) RankInterval {
	outside := (1 - r.Level.confidence) / 2 * float64(r.Simulations)
	half := float64(r.Simulations) / 2
	last := len(counts) + 1
	interval := RankInterval{
		Lower:  passed(counts, outside),
		Median: float64(passed(counts, half)) / 2,
	}
	for _, count := range counts[:r.First] {
		interval.AmongFirst += float64(count) / float64(r.Simulations)
	}
	slices.Reverse(counts) // from the other end, so that neither end is favoured
	interval.Upper = last - passed(counts, outside)
	interval.Median += float64(last-passed(counts, half)) / 2
	return interval
}

// passed is the first rank with more than the given number of simulations up to
// and with it.
func passed(counts []int, number float64) int {
	sum := 0
	for i, count := range counts {
		if sum += count; float64(sum) > number {
			return i + 1
		}
	}
	return len(counts)
}
