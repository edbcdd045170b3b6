package stats

import (
	"fmt"

	"gonum.org/v1/gonum/stat/distuv"
)

// Level is the confidence of a two-sided interval. It is a struct so that
// neither 95 nor 0.95 nor a z value can be passed in its place. The zero Level
// means that none was chosen, and every interval refuses it with ErrLevel.
type Level struct {
	confidence float64
}

// The two levels of published area comparisons: 95% for warning limits and
// intervals, 99.8% for control limits.
var (
	Confidence95  = Level{confidence: 0.95}
	Confidence998 = Level{confidence: 0.998}
)

// Confidence is the level as a fraction: 0.95 for 95%.
func (l Level) Confidence() float64 { return l.confidence }

// Z is the standard normal quantile that leaves half of 1-Confidence in each
// tail: 1.959964 at 95%, 3.090232 at 99.8%, +Inf at 100%.
func (l Level) Z() float64 {
	return distuv.UnitNormal.Quantile((1 + l.confidence) / 2)
}

func (l Level) check() error {
	if l.confidence > 0 && l.confidence <= 1 {
		return nil
	}
	return fmt.Errorf("level %g: %w", l.confidence, ErrLevel)
}
