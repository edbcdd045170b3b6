package stats

import (
	"fmt"
	"math"
)

// Difference is one proportion minus another, with its interval: all three
// numbers are fractions from -1 to 1. The two samples must be independent, so
// an area may not be compared with a total that includes it.
type Difference struct {
	Value float64
	Interval
}

// Distinguishable tells whether the interval excludes 0. A limit of exactly 0
// does not exclude it.
func (d Difference) Distinguishable() bool {
	return !d.Contains(0)
}

// Newcombe is the difference x1/n1 - x2/n2 between two independent proportions
// with its square-and-add interval: the distances from each proportion to its
// Wilson limits, combined as the two sides of a right angle. Neither count of
// successes need be whole. Errors are those of Wilson, naming the sample at
// fault.
//
// Source: R. G. Newcombe (1998), Statistics in Medicine 17:873-890, method 10.
func Newcombe(x1, n1, x2, n2 float64, level Level) (Difference, error) {
	if err := checkSample(x1, n1, level); err != nil {
		return Difference{}, fmt.Errorf("newcombe interval, first sample %g in %g: %w", x1, n1, err)
	}
	if err := checkSample(x2, n2, level); err != nil {
		return Difference{}, fmt.Errorf("newcombe interval, second sample %g in %g: %w", x2, n2, err)
	}
	return newcombe(x1, n1, x2, n2, level.Z()), nil
}

// newcombe expects checked samples.
func newcombe(x1, n1, x2, n2, z float64) Difference {
	p1, p2 := x1/n1, x2/n2
	w1, w2 := wilson(x1, n1, z), wilson(x2, n2, z)
	value := p1 - p2
	return Difference{
		Value: value,
		Interval: Interval{
			Lower: max(value-math.Hypot(p1-w1.Lower, w2.Upper-p2), -1),
			Upper: min(value+math.Hypot(w1.Upper-p1, p2-w2.Lower), 1),
		},
	}
}
