// Package target is the targeting desk: which areas published figures point to, how far they can, and whether they ever
// predicted an inspection's result. It uses published data only.
//
//	criteria.go    what is weighed, with which weight
//	assume.go      what a reader may choose, by its names
//	reader.go      each area's published figures as of a day
//	last.go        each area's last inspection as of a day, by bounds where dates are missing
//	evidence.go    empirical-Bayes estimates of every criterion
//	draws.go       one set of joint draws for a day, which answers every choice of weights
//	desk.go        the answer: ranks, probabilities, a proposed programme, and what other weights would change
//	reasons.go     for, against, not known
//	gaps.go        what is missing, and what knowing it would change
//	backtest.go    the desk of past days against the ratings that followed
//	study.go       a release's desk, with what is kept between questions
//
// A gap in the record is never evidence. An absent figure is drawn from what the areas that have one show, given the
// area's other figures. An area is not ranked where that would decide its place: when less than half of the weight
// is known, or when the record lacks its newest inspection.
package target
