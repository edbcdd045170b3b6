package stats

// Interval is a closed interval, in the unit of the quantity it bounds.
type Interval struct {
	Lower, Upper float64
}

// Contains tells whether x lies between the limits or on one of them. A
// benchmark on a limit is therefore not distinguished from the estimate.
// NaN is never contained.
func (i Interval) Contains(x float64) bool {
	return i.Lower <= x && x <= i.Upper
}

// Overlaps tells whether the two intervals share at least one point; touching
// limits count. For two 95% intervals of similar width, not overlapping is a
// much stricter test than 5% (roughly p < 0.006): to compare two proportions
// use Newcombe instead.
func (i Interval) Overlaps(other Interval) bool {
	return i.Lower <= other.Upper && other.Lower <= i.Upper
}
