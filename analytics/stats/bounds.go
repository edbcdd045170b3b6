package stats

// Bounds are the least and the most that a quantity can be, whatever the values that are missing. They are no
// interval: they hold for certain, and have no level of confidence.
type Bounds struct{ Lower, Upper float64 }

// ShareBounds bounds the share of N = of cases that have a property, where it is known of some: good have it,
// missing are not known, and the rest do not have it. The share lies in [good/of, (good+missing)/of] (C. F. Manski,
// Partial Identification of Probability Distributions, Springer 2003, section 1.2). Counts that do not fit are an
// error.
func ShareBounds(good, missing, of int) (Bounds, error) {
	if good < 0 || missing < 0 || of < 1 || good+missing > of {
		return Bounds{}, ErrSuccesses
	}
	return Bounds{float64(good) / float64(of), float64(good+missing) / float64(of)}, nil
}

// MeanBounds bounds the mean of known values whose sum is sum, and missing further ones that each lie in [least, most]
// (Manski, the same section). Without any value, or with least above most, it is an error.
func MeanBounds(sum float64, known, missing int, least, most float64) (Bounds, error) {
	if known < 0 || missing < 0 || known+missing < 1 || least > most {
		return Bounds{}, ErrEmpty
	}
	n, m := float64(known+missing), float64(missing)
	return Bounds{(sum + m*least) / n, (sum + m*most) / n}, nil
}
