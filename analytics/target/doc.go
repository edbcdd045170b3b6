// Package target is the targeting desk: which areas to inspect next, and how far the published figures can say so. It uses
// published data only.
//
//	criteria.go    what is weighed, with which weight, and which way is concern
//	inputs.go      each area's published figures, their intervals, and what is not published
//	simulate.go    how far ranks may move under sampling and under other weights
//	choose.go      a programme of inspections: concerns, strong performers, limits, exclusions
//	desk.go        the whole answer, with reasons, and who enters and leaves when a weight changes
//
// A figure becomes a score in standard deviations from the mean of the areas that have one, so that criteria in different
// units can be weighed. An absent figure is never zero and never the average: in each simulation it is drawn from the spread
// of all areas, which widens the area's rank interval, and an area without most of the weight is not ranked at all.
package target
