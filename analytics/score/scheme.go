package score

import (
	"cmp"
	"math/bits"
	"slices"

	"yardstick/analytics/stats"
)

// A case says two bits of each question, by queries/score/mark.sql: half a word is 32 questions.
const (
	halfSize    = 32
	lowBits     = 0x5555555555555555 // the lower bit of every question
	wordsAtMost = 64                 // of two halves each
)

// scheme says which questions count for which measures.
type scheme struct {
	questions []string   // by their place
	measures  []string   // by id
	masks     [][]uint64 // by measure and half: the lower bits of its questions
	halves    int
}

func newScheme(questions []Question) *scheme {
	s := &scheme{halves: (len(questions) + 2*halfSize - 1) / (2 * halfSize) * 2}
	for _, q := range questions {
		s.questions = append(s.questions, q.ID)
		s.measures = append(s.measures, q.measures()...)
	}
	slices.Sort(s.measures)
	s.measures = slices.Compact(s.measures)
	s.masks = make([][]uint64, len(s.measures))
	for m := range s.masks {
		s.masks[m] = make([]uint64, s.halves)
	}
	for place, q := range questions {
		for _, measure := range q.measures() {
			m, _ := slices.BinarySearch(s.measures, measure)
			s.masks[m][place/halfSize] |= lowBit(place)
		}
	}
	return s
}

// lowBit is the lower bit of a question, by its place.
func lowBit(place int) uint64 { return 1 << (2 * (place % halfSize)) }

// named are the questions whose lower bits are set, by id.
func (s *scheme) named(set []uint64) []string {
	names := []string{}
	for place, name := range s.questions {
		if set[place/halfSize]&lowBit(place) != 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Said is what a case says on the questions of half a word.
type Said uint64

// sufficient, applicable and asked are the lower bits of the questions so judged.
func (h Said) sufficient() uint64 { return uint64(h &^ (h >> 1) & lowBits) }
func (h Said) applicable() uint64 { return uint64((h ^ h>>1) & lowBits) }
func (h Said) asked() uint64      { return uint64((h | h>>1) & lowBits) }

// sums returns the sums over cases of each measure, and the number of cases.
func (s *scheme) sums(from *Cases) (measures []stats.ClusterSums, cases int) {
	measures = make([]stats.ClusterSums, len(s.measures))
	counts := make([]Tally, len(s.measures)) // of one case
	if s.halves > 2 {                        // else every case has one word
		slices.SortFunc(from.Words, func(a, b Word) int { return cmp.Compare(a.Case, b.Case) })
	}
	for n, w := range from.Words {
		s.count(w, counts)
		if n+1 < len(from.Words) && from.Words[n+1].Case == w.Case {
			continue
		}
		for m, c := range counts {
			measures[m].Add(c.Numerator, c.Denominator)
		}
		clear(counts)
		cases++
	}
	return measures, cases
}

// count adds what a case says on the questions of one word to its counts, one a measure.
func (s *scheme) count(w Word, counts []Tally) {
	for n, half := range w.Half {
		sufficient, applicable := half.sufficient(), half.applicable()
		for m, mask := range s.masks {
			counts[m].Numerator += int64(bits.OnesCount64(sufficient & mask[2*w.Word+n]))
			counts[m].Denominator += int64(bits.OnesCount64(applicable & mask[2*w.Word+n]))
		}
	}
}

// score returns the scores of one inspection.
func (s *scheme) score(from *Cases) Inspection {
	asked, applicable := make([]uint64, s.halves), make([]uint64, s.halves)
	for _, w := range from.Words {
		for n, half := range w.Half {
			asked[2*w.Word+n] |= half.asked()
			applicable[2*w.Word+n] |= half.applicable()
		}
	}
	never, unasked := make([]uint64, s.halves), make([]uint64, s.halves)
	for w := range asked {
		never[w], unasked[w] = asked[w]&^applicable[w], ^asked[w]
	}
	measures, cases := s.sums(from)
	i := Inspection{ID: from.Inspection, Cases: cases, NeverApplicable: s.named(never), NeverJudged: s.named(unasked)}
	for m, measure := range s.measures {
		one := Score{Measure: measure, Tally: Tally{measures[m].Successes, measures[m].Trials}}
		one.estimate(measures[m])
		i.Scores = append(i.Scores, one)
	}
	return i
}
