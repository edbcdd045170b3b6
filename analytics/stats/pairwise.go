package stats

import "fmt"

// RankRange is the first and the last rank that a sample may have, 1 the first.
type RankRange struct {
	First, Last int
}

// PairwiseRanks is the ranks, the highest proportion first, that comparing each
// two samples by Newcombe's interval leaves open: one more than the samples that
// are surely higher, to the number of samples less those that are surely lower.
// It draws nothing at random. With joint, the level is shared out over the
// k(k-1)/2 comparisons (Bonferroni), so that all answers hold together at it;
// otherwise each comparison has it alone.
//
// It fails with ErrEmpty, ErrLevel, or as Wilson does for a sample.
//
// Source: the ranks that all pairwise comparisons leave open, as the R package
// ICRanks gives them for normal estimates (Tukey); the interval here is
// Newcombe's.
func PairwiseRanks(samples []Sample, level Level, joint bool) ([]RankRange, error) {
	err := checkSamples(samples)
	if err == nil {
		err = level.check()
	}
	if err != nil {
		return nil, fmt.Errorf("pairwise ranks of %d samples: %w", len(samples), err)
	}
	k := len(samples)
	if pairs := float64(k*(k-1)) / 2; joint && pairs > 1 {
		level.confidence = 1 - (1-level.confidence)/pairs
	}
	z := level.Z()
	ranges := make([]RankRange, k)
	for i := range ranges {
		ranges[i] = RankRange{First: 1, Last: k}
	}
	for i, a := range samples {
		for j := i + 1; j < k; j++ {
			b := samples[j]
			switch d := newcombe(a.Successes, a.Cases, b.Successes, b.Cases, z); {
			case d.Lower > 0:
				ranges[i].Last--
				ranges[j].First++
			case d.Upper < 0:
				ranges[i].First++
				ranges[j].Last--
			}
		}
	}
	return ranges, nil
}
