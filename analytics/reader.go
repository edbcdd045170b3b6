package analytics

import (
	"context"
	"time"
)

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

	// Figures returns every figure of some series, by number: by series, oldest first, each followed by what further
	// documents give for its period.
	Figures(ctx context.Context, series []int) ([]Figure, error)
	// Newest returns the newest figures of some series, as many as a trend is told by, oldest first.
	Newest(ctx context.Context, series []int) ([]Figure, error)
	// Over returns the figures of some series for exactly one period, anomalous ones left out, by series.
	Over(ctx context.Context, series []int, first, last time.Time) ([]Figure, error)
	// Periods says how many of some series have a figure of each period, anomalous ones left out: by indicator, the
	// newest first.
	Periods(ctx context.Context, series []int) ([]Period, error)
	// Shapes returns a figure of each combination of numbers that an indicator's figures have.
	Shapes(ctx context.Context, indicator string) ([]Observation, error)
	// Observations gives every published statistic to each, in the record's order by indicator as pages show them, until
	// it fails.
	Observations(ctx context.Context, each func(Observation) error) error
}

// Figure is a published statistic as one of a series. It has all of an Observation but what its series says.
type Figure struct {
	Series int  // number of the series
	Other  bool // what a further document gives for the period
	Observation
}

// Period is how many series have a figure of one period on one basis.
type Period struct {
	Indicator  string
	Basis      string
	Start, End time.Time
	Series     int
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
	// Series are all series of published statistics, without their figures, by number.
	Series []Series
	// PlaceCodes are the codes that authorities' figures are published under, in the record's order.
	PlaceCodes []PlaceCode
	// SourceCounts say how many published statistics and findings name each source, by source.
	SourceCounts []SourceCount
	// Anomalous are the published statistics that cannot be trusted, in the record's order.
	Anomalous []Observation
	// YearSpreads say how the results of every measure and group are spread by year, those without a date last.
	YearSpreads []YearSpread
	// Movements are the ways of all areas with two results of a measure, by measure and area.
	Movements []Movement
	// MovementCounts count them by group.
	MovementCounts []MovementCount
	// StandingMoves are the places of areas in two programmes' cohorts, by theme in the order pages show them.
	StandingMoves []StandingMove
	// Benchmarks are those of every measure over all areas, each nation and each region, as of the whole record, with
	// their members.
	Benchmarks []Benchmark
}

// The most rows that one release may have, which are also the most that one file may bring. Whatever is within them can
// be imported, published, opened and served.
const (
	MostObservations = 2_000_000
	MostResults      = 30_000
)

// PlaceCode is a code that figures of an authority, by the id they name it by, are published under. Some have none.
type PlaceCode struct{ Place, GSS string }

// SourceCount is how many published statistics and findings name a source.
type SourceCount struct {
	Source   string
	Figures  int
	Findings int
}
