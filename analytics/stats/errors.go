package stats

import "errors"

// Kinds of refusal. Test for them with errors.Is: the errors returned carry the
// refused arguments around one of these.
var (
	// ErrLevel: the confidence is not above 0 and at most 1, or no Level was chosen.
	ErrLevel = errors.New("confidence level is not above 0 and at most 1")
	// ErrNotFinite: an argument is NaN or infinite, or the values lie further
	// apart than a float64 can express.
	ErrNotFinite = errors.New("number is not finite")
	// ErrCases: the number of cases is zero or negative.
	ErrCases = errors.New("number of cases is not positive")
	// ErrCount: a count is below zero.
	ErrCount = errors.New("count is negative")
	// ErrSuccesses: the number of successes is below zero or above the number of cases.
	ErrSuccesses = errors.New("number of successes is outside the number of cases")
	// ErrProbability: a proportion or a quantile's probability is outside 0 to 1.
	ErrProbability = errors.New("probability is outside 0 to 1")
	// ErrEmpty: there are no values to summarise.
	ErrEmpty = errors.New("no values")
	// ErrWhole: an exact method was given a number of cases that is not whole.
	ErrWhole = errors.New("number of cases is not whole")
	// ErrTooMany: an exact method was given more cases than it is exact for.
	ErrTooMany = errors.New("too many cases for an exact method")
	// ErrTooFew: there are fewer values than the method needs at the least.
	ErrTooFew = errors.New("too few values")
	// ErrSpread: a standard error, or the width of an interval, is not positive.
	ErrSpread = errors.New("standard error is not positive")
	// ErrSimulations: the number of simulations is not positive.
	ErrSimulations = errors.New("number of simulations is not positive")
	// ErrFirst: the number of first ranks is negative or above the number of estimates.
	ErrFirst = errors.New("number of first ranks is outside the number of estimates")
	// ErrUniform: all cases or none are of one kind, which leaves nothing to fit or to test.
	ErrUniform = errors.New("all cases or none are of one kind")
	// ErrPairs: two lists that belong together are not equally long.
	ErrPairs = errors.New("lists that belong together differ in length")
	// ErrUndetectable: no gap, however wide, would be distinguishable.
	ErrUndetectable = errors.New("no gap is wide enough to detect")
)
