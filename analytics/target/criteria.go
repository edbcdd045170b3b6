package target

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yardstick/analytics"
)

// Criterion is one thing that is weighed.
type Criterion string

// The criteria. In each, more means more concern.
const (
	// of all ages where counts are published, else of ages 15 to 17, percent
	Reoffending        Criterion = "reoffending"
	ReoffendingYounger Criterion = "reoffending_younger" // of ages 10 to 14, percent
	FirstTimeEntrants  Criterion = "first_time_entrants" // per 100,000 children aged 10 to 17
	Custody            Criterion = "custody"             // custodial sentences per 1,000 children aged 10 to 17
	LastResult         Criterion = "last_result"         // share of the areas of the same programme with a better result
	AgeOfResult        Criterion = "age_of_result"       // years since the last inspection, known only as at most so many
)

// Criteria are all criteria, in the order that pages show them.
func Criteria() []Criterion {
	return []Criterion{Reoffending, ReoffendingYounger, FirstTimeEntrants, Custody, LastResult, AgeOfResult}
}

// Weights say how much each criterion counts, 0 to MaxWeight. A criterion that is not named counts nothing.
type Weights map[Criterion]float64

// MaxWeight is the most that a criterion may count.
const MaxWeight = 10.0

// DefaultWeights follow the back-test, see docs/decisions/0033: a criterion whose figures ranked later ratings the
// wrong way round counts nothing, and the others count alike, because none of them is told apart from chance.
func DefaultWeights() Weights {
	return Weights{
		Reoffending:        1,
		ReoffendingYounger: 0,
		FirstTimeEntrants:  1,
		Custody:            1,
		LastResult:         1,
		AgeOfResult:        0,
	}
}

// ParseWeights reads "reoffending=3,custody=0.5". What it does not name keeps its default; blank is the default.
// Anything else is an *analytics.InvalidError of kind weights.
func ParseWeights(text string) (Weights, error) {
	weights := DefaultWeights()
	if strings.TrimSpace(text) == "" {
		return weights, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		name, value, found := strings.Cut(strings.TrimSpace(part), "=")
		weight, err := strconv.ParseFloat(value, 64)
		if !found || err != nil || !(weight >= 0 && weight <= MaxWeight) ||
			!slices.Contains(Criteria(), Criterion(name)) {
			return nil, &analytics.InvalidError{Field: "weights", Kind: "weights", Value: part}
		}
		weights[Criterion(name)] = weight
	}
	if weights.total() == 0 {
		return nil, &analytics.InvalidError{Field: "weights", Kind: "weights", Value: text}
	}
	return weights, nil
}

// String writes weights as ParseWeights reads them, in the order of Criteria.
func (w Weights) String() string {
	var parts []string
	for _, c := range Criteria() {
		parts = append(parts, fmt.Sprintf("%s=%g", c, w[c]))
	}
	return strings.Join(parts, ",")
}

// With returns the same weights but for one.
func (w Weights) With(c Criterion, weight float64) Weights {
	out := maps.Clone(w)
	out[c] = weight
	return out
}

func (w Weights) total() float64 {
	sum := 0.0
	for _, c := range Criteria() { // in order: a sum of floats depends on it
		sum += w[c]
	}
	return sum
}

// shares returns what each criterion counts of one, in the order of Criteria; all zero where none counts.
func (w Weights) shares() []float64 {
	total := w.total()
	out := make([]float64, len(Criteria()))
	if total == 0 {
		return out
	}
	for k, c := range Criteria() {
		out[k] = w[c] / total
	}
	return out
}
