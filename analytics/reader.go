package analytics

import "context"

// Reader answers the questions that a release can be asked, one method a .sql file of queries/. Answers are whole
// sets, in a fixed order, safe to keep: a release never changes. Errors are those of the store; a Reader that was
// opened on a verified release has none but cancellation.
type Reader interface {
	// Release names what is being read.
	Release() Release
	// Programmes are all inspection programmes, oldest first.
	Programmes(ctx context.Context) ([]Programme, error)
	// Scales are all scales with their levels, lowest level first.
	Scales(ctx context.Context) ([]Scale, error)
	// Bands are all rules that give a word to a number.
	Bands(ctx context.Context) ([]Band, error)
	// Measures are all measures, by programme, in the order its reports use.
	Measures(ctx context.Context) ([]Measure, error)
	// Themes are the ids of all themes, in the order pages show them.
	Themes(ctx context.Context) ([]string, error)
	// Cautions are what programmes' own publications say about comparing them.
	Cautions(ctx context.Context) ([]Caution, error)
	// Readings are the ways of reading results that could not see some levels, by id and programme.
	Readings(ctx context.Context) ([]Reading, error)
	// IndicatorKinds are what the indicators are, in the order pages show them.
	IndicatorKinds(ctx context.Context) ([]Indicator, error)
	// Sources are all sources, by id.
	Sources(ctx context.Context) ([]Source, error)
	// Publishers are all publishers, by id.
	Publishers(ctx context.Context) ([]Publisher, error)
	// Places are the nations and regions, by kind and English name.
	Places(ctx context.Context) ([]Place, error)
	// Areas are all areas, current and former, by English name.
	Areas(ctx context.Context) ([]Area, error)
	// AuthorityShares say how much of each area's people its authorities have, by area and code.
	AuthorityShares(ctx context.Context) ([]AuthorityShare, error)
	// GroupSizes say how many areas each group had, from each day on which that changed.
	GroupSizes(ctx context.Context) ([]GroupSize, error)
	// Neighbours are the statistical neighbours of areas, by area, rank and neighbour.
	Neighbours(ctx context.Context) ([]Neighbour, error)
	// Inspections are all inspections with their results, by the last day they may have been published on, newest first.
	Inspections(ctx context.Context) ([]Inspection, error)
	// Warnings are all that checks of the record found and did not refuse, by file, line, column and rule.
	Warnings(ctx context.Context) ([]Warning, error)
	// Findings are what reports say besides scores, by inspection, kind and position.
	Findings(ctx context.Context) ([]Finding, error)
	// Benchmarks are the computed benchmarks of every measure and group, one for each day on which it may change and
	// one (nil AsOf, last) for the whole record. Of is not filled.
	Benchmarks(ctx context.Context) ([]Benchmark, error)
	// Publications are the releases up to this one, newest first.
	Publications(ctx context.Context) ([]Publication, error)
	// Revisions are what each of them changed, newest release first.
	Revisions(ctx context.Context) ([]Revision, error)
	// Observations are all published statistics, by indicator in the order pages show them.
	Observations(ctx context.Context) ([]Observation, error)
	// YearSpreads say how the results of every measure and group are spread by year, those without a date last.
	YearSpreads(ctx context.Context) ([]YearSpread, error)
	// Movements are the ways of all areas with two results of a measure, by measure and area.
	Movements(ctx context.Context) ([]Movement, error)
	// MovementCounts count them by group.
	MovementCounts(ctx context.Context) ([]MovementCount, error)
	// StandingMoves are the places of areas in two programmes' cohorts, by theme in the order pages show them.
	StandingMoves(ctx context.Context) ([]StandingMove, error)
}
