package score

import (
	"math/bits"
	"slices"
)

// wordSize is how many questions one word of a collapsed case holds, by mark.sql.
const wordSize = 64

// scheme says which questions count for which measures, as bits.
type scheme struct {
	questions []string   // by their place
	measures  []string   // by id
	masks     [][]uint64 // by measure: its questions, a word after the other
	words     int
}

func newScheme(questions []Question) *scheme {
	s := &scheme{words: (len(questions) + wordSize - 1) / wordSize}
	for _, q := range questions {
		s.questions = append(s.questions, q.ID)
		s.measures = append(s.measures, q.measures()...)
	}
	slices.Sort(s.measures)
	s.measures = slices.Compact(s.measures)
	s.masks = make([][]uint64, len(s.measures))
	for m := range s.masks {
		s.masks[m] = make([]uint64, s.words)
	}
	for place, q := range questions {
		for _, measure := range q.measures() {
			m, _ := slices.BinarySearch(s.measures, measure)
			s.masks[m][place/wordSize] |= 1 << (place % wordSize)
		}
	}
	return s
}

// named are the questions whose bits are set, by id.
func (s *scheme) named(set []uint64) []string {
	names := []string{}
	for place, name := range s.questions {
		if set[place/wordSize]>>(place%wordSize)&1 == 1 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// caseWord is what one case of an inspection says on the questions of one word, each a bit.
type caseWord struct {
	word                          int
	first                         bool // of the case
	asked, applicable, sufficient uint64
}

// sample is every case of one inspection, in the order of the cases' names.
type sample struct {
	id    string
	words []caseWord
}

// tallies are the counts of each case, case by case, one a measure.
func (s *scheme) tallies(from *sample) (tallies []Tally, cases int) {
	measures := len(s.measures)
	for _, w := range from.words {
		if w.first {
			cases++
			tallies = slices.Grow(tallies, measures)[:cases*measures]
		}
		of := tallies[(cases-1)*measures:]
		for m, mask := range s.masks {
			of[m].Numerator += int64(bits.OnesCount64(w.sufficient & mask[w.word]))
			of[m].Denominator += int64(bits.OnesCount64(w.applicable & mask[w.word]))
		}
	}
	return tallies, cases
}

// score works out the scores of one inspection.
func (s *scheme) score(from *sample, boot bootstrap) Inspection {
	asked, applicable := make([]uint64, s.words), make([]uint64, s.words)
	for _, w := range from.words {
		asked[w.word] |= w.asked
		applicable[w.word] |= w.applicable
	}
	never, unasked := make([]uint64, s.words), make([]uint64, s.words)
	for w := range asked {
		never[w], unasked[w] = asked[w]&^applicable[w], ^asked[w]
	}
	tallies, cases := s.tallies(from)
	i := Inspection{ID: from.id, Cases: cases, NeverApplicable: s.named(never), NeverJudged: s.named(unasked)}
	for m, measure := range s.measures {
		one := Score{Measure: measure}
		for c := range cases {
			one.Numerator += tallies[c*len(s.measures)+m].Numerator
			one.Denominator += tallies[c*len(s.measures)+m].Denominator
		}
		i.Scores = append(i.Scores, one)
	}
	boot.intervals(&i, tallies)
	return i
}
