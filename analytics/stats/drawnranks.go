package stats

import (
	"fmt"
	"math"
)

// DrawnRank is what draws from a posterior say of one unit's rank among all.
// Rank 1 is the highest value.
type DrawnRank struct {
	Expected     float64 // the posterior expected rank, 1 + Σ P(another is higher)
	Lower, Upper int     // whole ranks; at most 2.5% of draws have a rank before Lower, and at most 2.5% after Upper
	AmongFirst   float64 // probability of being among the first N
}

// RankDraws ranks units in each of many draws from their joint posterior.
// values holds a draw after the other, each with one value for each of units.
// Equal values rank in the order they are given.
//
// It fails with ErrEmpty when there are no draws or units, with ErrFirst when
// first is not from 0 to the number of units, or with ErrNotFinite.
//
// Source: N. M. Laird and T. A. Louis (1989), Journal of Educational Statistics
// 14:29-46 (expected ranks); R. Lin, T. A. Louis, S. M. Paddock and G. Ridgeway
// (2006), Bayesian Analysis 1:915-946 (the probability of being among the first).
func RankDraws(values []float64, units, first int) ([]DrawnRank, error) {
	switch {
	case units <= 0 || len(values) < units:
		return nil, fmt.Errorf("ranks of %d units by %d values: %w", units, len(values), ErrEmpty)
	case first < 0 || first > units:
		return nil, fmt.Errorf("the first %d of %d: %w", first, units, ErrFirst)
	}
	lowest, highest := values[0], values[0]
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("ranks of %d units: %w", units, ErrNotFinite)
		}
		lowest, highest = min(lowest, v), max(highest, v)
	}
	draws := len(values) / units
	s := newSorter([]float64{lowest, highest}, units)
	places := make([]int32, units*units)
	for d := range draws {
		for place, i := range s.sort(values[d*units : (d+1)*units]) {
			places[int(i)*units+units-1-place]++
		}
	}
	out := make([]DrawnRank, units)
	outside := 0.025 * float64(draws)
	for i := range out {
		counts := places[i*units : (i+1)*units]
		below, sum := int32(0), 0.0
		r := DrawnRank{Upper: units}
		for place, n := range counts {
			before := float64(below)
			below += n
			sum += float64(place+1) * float64(n)
			if r.Lower == 0 && float64(below) > outside {
				r.Lower = place + 1
			}
			if before < float64(draws)-outside && float64(below) >= float64(draws)-outside {
				r.Upper = place + 1
			}
			if place+1 == first {
				r.AmongFirst = float64(below) / float64(draws)
			}
		}
		r.Expected = sum / float64(draws)
		out[i] = r
	}
	return out, nil
}
