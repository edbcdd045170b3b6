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
// The 95% interval is that of stats.ClusterSums: judgements of one case go together, so the case is the unit that was
// sampled, and the spread between cases sets the width. It rests on sums over cases of five whole numbers. Where fewer
// than ten cases have an applicable judgement there is no interval, and Reason says so. The interval covers chance in
// which cases were read. It does not cover how assessors differ, which one inspection cannot show, nor what was left
// out of the sample.
//
// The engine reads the files once and collapses them, by queries/score/collapse.sql, to one row a case with its
// questions as bits: which were asked, which were applicable, which sufficient. A case's counts for a measure are the
// bits that the two have in common; what is added up over cases are those counts, their squares and their products.
package score
