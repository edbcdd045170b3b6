// Package stats holds the statistical methods behind the figures:
//
//   - intervals: Wilson, Newcombe for a difference, DetectableGap, ClusterSums
//     for judgements that come in cases;
//   - funnels: Funnel of ExactLimits and ScoreLimits, Overdisperse;
//   - counts and rates: CountInterval of ExactCount and Byar, LimitByCohort for
//     a percentage printed without its cohort;
//   - ranks: Ranks by simulation;
//   - trends: LogLinear with ExtraVariance, ProportionSlope, PlainSlope with
//     Moderate, each tested by Slope.Against; FalseDiscovery for many at once;
//   - the rest: Quantiles, Pooled.
//
// Everything here is a pure function of its arguments, a generator of random
// numbers among them where one is needed. Proportions and their
// limits are fractions from 0 to 1, differences run from -1 to 1; turning them
// into percentages or percentage points belongs to whoever displays them.
// Counts are float64, because a published percentage of a known number of
// cases seldom gives back a whole number of successes.
//
// What may not live here: storage, configuration, wording for readers, and
// knowledge of areas, programmes or frameworks. Distribution functions come
// from gonum; only formulas gonum lacks are written out.
//
// testdata/reference.R has R answer the same questions; the tests hold the
// answers here to its own to nine decimals.
//
// Each function fails with one of the Err values of this package, wrapped with
// the arguments refused, so that a caller can choose its wording by errors.Is.
package stats
