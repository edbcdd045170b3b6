package score

import (
	"cmp"
	"hash/fnv"
	"math/bits"
	"math/rand/v2"
	"slices"

	"yardstick/analytics/stats"
)

// bootstrap draws cases with replacement. Each inspection has its own sequence of random numbers, of the seed and its
// id, so its intervals do not depend on what else is scored with it.
type bootstrap struct {
	replicates int
	seed       uint64
}

// WhyNotAsked is the reason for which scores have no interval where no replicates are drawn.
const (
	WhyNotAsked     = "was not asked for"
	whyNothing      = "cannot be calculated, because no judgement was applicable"
	whyOneCase      = "cannot be calculated, because only one case had an applicable judgement"
	whySufficient   = "cannot be calculated, because every applicable judgement was sufficient"
	whyInsufficient = "cannot be calculated, because every applicable judgement was insufficient"
)

// why is the reason for which a score has no interval, empty where it can have one. cases are those with an applicable
// judgement.
func (b bootstrap) why(t Tally, cases int) string {
	switch {
	case t.Denominator == 0:
		return whyNothing
	case b.replicates == 0:
		return WhyNotAsked
	case cases == 1:
		return whyOneCase
	case t.Numerator == t.Denominator:
		return whySufficient
	case t.Numerator == 0:
		return whyInsufficient
	}
	return ""
}

// intervals gives every score of an inspection its interval, or why it has none. cases are the counts of each case, one
// a score.
func (b bootstrap) intervals(i *Inspection, cases [][]Tally) {
	wanted := false
	for m := range i.Scores {
		applicable := 0
		for _, of := range cases {
			if of[m].Denominator > 0 {
				applicable++
			}
		}
		i.Scores[m].Why = b.why(i.Scores[m].Tally, applicable)
		wanted = wanted || i.Scores[m].Why == ""
	}
	if !wanted {
		return
	}
	inOrder(cases)
	for m, percents := range b.replicate(i.ID, cases, len(i.Scores)) {
		if i.Scores[m].Why != "" {
			continue
		}
		// Of two cases with an applicable judgement some replicate draws one, so there are percentages, and all finite.
		limits, err := stats.Quantiles(percents, 0.025, 0.975)
		if err != nil {
			i.Scores[m].Why = "cannot be calculated, because " + err.Error()
			continue
		}
		i.Scores[m].Interval = &stats.Interval{Lower: limits[0], Upper: limits[1]}
	}
}

// inOrder puts cases in the order of their counts, which neither their names nor the order of rows decides.
func inOrder(cases [][]Tally) {
	slices.SortFunc(cases, func(a, b []Tally) int {
		return slices.CompareFunc(a, b, func(x, y Tally) int {
			return cmp.Or(cmp.Compare(x.Numerator, y.Numerator), cmp.Compare(x.Denominator, y.Denominator))
		})
	})
}

// replicate draws as many cases as there are, as often as asked, and gives the percentages of each measure, without
// replicates in which nothing was applicable.
func (b bootstrap) replicate(id string, cases [][]Tally, measures int) [][]float64 {
	name := fnv.New64a()
	name.Write([]byte(id)) // never fails
	random := rand.NewPCG(b.seed, name.Sum64())
	percents := make([][]float64, measures)
	sums := make([]Tally, measures)
	for range b.replicates {
		clear(sums)
		for range cases {
			// The high word of a product is a number below cases; its bias is less than cases in 2^64.
			drawn, _ := bits.Mul64(random.Uint64(), uint64(len(cases)))
			for m, t := range cases[drawn] {
				sums[m].Numerator += t.Numerator
				sums[m].Denominator += t.Denominator
			}
		}
		for m, sum := range sums {
			if percent, ok := sum.Percent(); ok {
				percents[m] = append(percents[m], percent)
			}
		}
	}
	return percents
}
