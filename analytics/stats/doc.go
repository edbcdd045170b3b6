// Package stats holds the statistical methods behind the figures: score
// intervals for proportions, differences between two proportions, quantiles,
// and the gap two samples of a given size can reveal.
//
// Everything here is a pure function of its arguments. Proportions and their
// limits are fractions from 0 to 1, differences run from -1 to 1; turning them
// into percentages or percentage points belongs to whoever displays them.
// Counts are float64, because a published percentage of a known number of
// cases seldom gives back a whole number of successes.
//
// What may not live here: storage, configuration, wording for readers, and
// knowledge of areas, programmes or frameworks. Distribution functions come
// from gonum; only formulas gonum lacks are written out.
//
// Each function fails with one of the Err values of this package, wrapped with
// the arguments refused, so that a caller can choose its wording by errors.Is.
package stats
