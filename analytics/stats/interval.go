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
