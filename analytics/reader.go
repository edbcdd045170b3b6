package analytics

import "context"

// Reader reads one release. It is safe for concurrent use. Errors are those of the store; a Reader that was opened on a
// verified release has none but cancellation.
type Reader interface {
	// Release names what is being read.
	Release() Release
	// Contents is what a Snapshot keeps in memory.
	Contents(ctx context.Context) (Contents, error)
	// Localities are the postcodes and towns by which areas are found. They are asked for when one is first looked for.
	Localities(ctx context.Context) (Localities, error)
	// Benchmarks answers q, by programme, measure, group kind and name, the scale used last first, and day, the whole
	// record last. A group without a usable result has none. The answer is shared: nobody changes it.
	Benchmarks(ctx context.Context, q BenchmarkQuestion) ([]Benchmark, error)
}

// Contents is what a release says of which there are thousands: whole sets, in a fixed order.
type Contents struct {
	// Programmes are all inspection programmes, oldest first.
	Programmes []Programme
	// Scales are all scales with their levels, lowest level first.
	Scales []Scale
	// Bands are all rules that give a word to a number.
	Bands []Band
	// Measures are all measures, by programme, in the order its reports use.
	Measures []Measure
	// Themes are the ids of all themes, in the order pages show them.
	Themes []string
	// Cautions are what programmes' own publications say about comparing them.
	Cautions []Caution
	// Readings are the ways of reading results that could not see some levels, by id and programme.
	Readings []Reading
	// IndicatorKinds are what the indicators are, in the order pages show them.
	IndicatorKinds []Indicator
	// Sources are all sources, by id.
	Sources []Source
	// Publishers are all publishers, by id.
	Publishers []Publisher
	// Places are the nations and regions, by kind and English name.
	Places []Place
	// Areas are all areas, current and former, by English name.
	Areas []Area
	// AuthorityShares say how much of each area's people its authorities have, by area and code.
	AuthorityShares []AuthorityShare
	// GroupSizes say how many areas each group had, from each day on which that changed.
	GroupSizes []GroupSize
	// Neighbours are the statistical neighbours of areas, by area, rank and neighbour.
	Neighbours []Neighbour
	// Inspections are all inspections with their results, by the last day they may have been published on, newest first.
	Inspections []Inspection
	// Warnings are all that checks of the record found and did not refuse, by file, line, column and rule.
	Warnings []Warning
	// Findings are what reports say besides scores, by inspection, kind and position.
	Findings []Finding
	// Publications are the releases up to this one, newest first.
	Publications []Publication
	// Revisions are what each of them changed, newest release first.
	Revisions []Revision
	// Announcements are what readers were told of publications to come, by publication in the order of their announcement.
	Announcements []Announcement
	// Observations are all published statistics, by indicator in the order pages show them.
	Observations []Observation
	// YearSpreads say how the results of every measure and group are spread by year, those without a date last.
	YearSpreads []YearSpread
	// Movements are the ways of all areas with two results of a measure, by measure and area.
	Movements []Movement
	// MovementCounts count them by group.
	MovementCounts []MovementCount
	// StandingMoves are the places of areas in two programmes' cohorts, by theme in the order pages show them.
	StandingMoves []StandingMove
}

// The most rows that one release may have, which are also the most that one file may bring. Whatever is within them can
// be imported, published, opened and served.
const (
	MostObservations = 2_000_000
	MostResults      = 30_000
)
