// Package score turns case judgements of inspections into criterion, section and headline scores.
//
// The rule is that of the core case inspections (Appendix 5, "Scoring approach", of their reports): a criterion's score
// is the share of the judgements of its questions, over all inspected cases, that were sufficient; a section's score is
// the same over its questions; a headline's is the same over the key questions of its theme. A question counts for one
// criterion, one section and any number of headlines, once in each. A judgement of not_applicable is in neither count.
// So the unit is the judgement, not the case: a case with more applicable questions weighs more.
//
// A score is 100 × numerator / denominator of two whole numbers, divided once: the same input gives the same bytes
// whatever the order of its rows, how it is cut into files, and the number of threads. A measure of which nothing was
// applicable has no score, which is not a score of zero.
//
// The 95% interval is a cluster bootstrap over cases, by percentiles: judgements of one case go together, so cases are
// drawn, with replacement, as many as the inspection has, and the score is worked out for each such sample; the limits
// are the 2.5% and 97.5% quantiles (definition 7) of the replicates. A replicate without an applicable judgement is left
// out. Where fewer than two cases have one, or all of them say the same, resampling says nothing of the uncertainty, and
// the interval cannot be calculated. Sources: B. Efron and R. J. Tibshirani (1993), An Introduction to the Bootstrap,
// chapter 13; C. A. Field and A. H. Welsh (2007), Bootstrapping clustered data, JRSS B 69:369-390. The interval is that
// of a sample of cases; it says nothing of what was left out of the sample or of how judgements were made.
//
// The engine reads the files once and collapses them, by queries/score/collapse.sql, to one row a case with its
// questions as bits: which were asked, which were applicable, which sufficient. The counts of a measure are then the
// bits it has in common with them, and the bootstrap draws collapsed cases.
package score
