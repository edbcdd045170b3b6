package fake

import (
	"context"
	"fmt"
	"io/fs"
	"slices"

	"yardstick/analytics"
)

// Reader is a record held in memory. It never changes, and is safe for concurrent use.
type Reader struct {
	release     analytics.Release
	programmes  []analytics.Programme
	scales      []analytics.Scale
	bands       []analytics.Band
	measures    []analytics.Measure
	themes      []string
	cautions    []analytics.Caution
	readings    []analytics.Reading
	kinds       []analytics.Indicator
	sources     []analytics.Source
	publishers  []analytics.Publisher
	shares      []analytics.AuthorityShare
	places      []analytics.Place
	areas       []analytics.Area
	sizes       []analytics.GroupSize
	neighbours  []analytics.Neighbour
	inspections []analytics.Inspection
	findings    []analytics.Finding
	warnings    []analytics.Warning
	benchmarks  []analytics.Benchmark
	observed    []analytics.Observation
	years       []analytics.YearSpread
	moves       []analytics.Movement
	counts      []analytics.MovementCount
	standings   []analytics.StandingMove

	publications []analytics.Publication
	revisions    []analytics.Revision
}

var _ analytics.Reader = (*Reader)(nil)

// Open reads the record and works every answer out. release is what Release will say. It fails where a file is
// missing or a cell cannot be read as what its column holds, naming the file and line.
func Open(record fs.FS, release analytics.Release) (*Reader, error) {
	l := &loader{record: record}
	r := &Reader{release: release}
	rows := resultRows(l)
	r.programmes = programmes(l, rows)
	r.scales = scales(l)
	r.bands = bands(l)
	r.measures = measures(l, r.programmes)
	r.themes = themes(l)
	r.cautions = cautions(l)
	r.readings = readings(l, rows)
	r.kinds = indicatorKinds(l)
	r.sources = sources(l)
	r.places = places(l)
	r.areas = areas(l, r.places)
	r.neighbours = neighbours(l)
	r.revisions = revisions(l)
	r.publications = publications(l, r.revisions)
	r.inspections = inspections(l, rows, r)
	r.findings = findings(l)
	r.warnings = warnings(l, rows, r.bands)
	r.observed = observations(l)
	r.publishers = publishers(l)
	r.shares = authorityShares(l)
	credit(l, r)
	if l.err != nil {
		return nil, fmt.Errorf("open record: %w", l.err)
	}
	groups := groupsOf(r.areas)
	r.sizes = groupSizes(groups)
	usable := usableResults(r.inspections, r.scales)
	place(r.inspections, usable, r.areas)
	r.benchmarks = benchmarks(usable, groups)
	r.years = yearSpreads(r.inspections, r.scales, usable, groups)
	r.moves = movements(usable)
	r.counts = movementCounts(r.moves, groups)
	r.standings = standingMoves(r)
	return r, nil
}

// Release is the release that Open was given.
func (r *Reader) Release() analytics.Release { return r.release }

// Programmes are reference/programmes.csv, with how much of each results/ holds.
func (r *Reader) Programmes(ctx context.Context) ([]analytics.Programme, error) {
	return answer(ctx, r.programmes)
}

// Scales are reference/scales.csv and levels.csv.
func (r *Reader) Scales(ctx context.Context) ([]analytics.Scale, error) { return answer(ctx, r.scales) }

// Bands are reference/bands.csv.
func (r *Reader) Bands(ctx context.Context) ([]analytics.Band, error) { return answer(ctx, r.bands) }

// Measures are reference/measures.csv and crosswalk.csv.
func (r *Reader) Measures(ctx context.Context) ([]analytics.Measure, error) {
	return answer(ctx, r.measures)
}

// Themes are reference/themes.csv.
func (r *Reader) Themes(ctx context.Context) ([]string, error) { return answer(ctx, r.themes) }

// Cautions are reference/cautions.csv.
func (r *Reader) Cautions(ctx context.Context) ([]analytics.Caution, error) {
	return answer(ctx, r.cautions)
}

// Readings are reference/readings.csv, with the measures that have results read so.
func (r *Reader) Readings(ctx context.Context) ([]analytics.Reading, error) {
	return answer(ctx, r.readings)
}

// IndicatorKinds are reference/indicators.csv.
func (r *Reader) IndicatorKinds(ctx context.Context) ([]analytics.Indicator, error) {
	return answer(ctx, r.kinds)
}

// Sources are SOURCES.csv.
func (r *Reader) Sources(ctx context.Context) ([]analytics.Source, error) {
	return answer(ctx, r.sources)
}

// Publishers are reference/publishers.csv.
func (r *Reader) Publishers(ctx context.Context) ([]analytics.Publisher, error) {
	return answer(ctx, r.publishers)
}

// Places are areas/nations.csv and regions.csv.
func (r *Reader) Places(ctx context.Context) ([]analytics.Place, error) { return answer(ctx, r.places) }

// Areas are areas/areas.csv with aliases, constituents, successions and tiles.
func (r *Reader) Areas(ctx context.Context) ([]analytics.Area, error) { return answer(ctx, r.areas) }

// AuthorityShares are worked out from areas/constituents.csv and authorities.csv.
func (r *Reader) AuthorityShares(ctx context.Context) ([]analytics.AuthorityShare, error) {
	return answer(ctx, r.shares)
}

// GroupSizes are counted from the dates of the areas.
func (r *Reader) GroupSizes(ctx context.Context) ([]analytics.GroupSize, error) {
	return answer(ctx, r.sizes)
}

// Neighbours are areas/neighbours.csv, joined by area.
func (r *Reader) Neighbours(ctx context.Context) ([]analytics.Neighbour, error) {
	return answer(ctx, r.neighbours)
}

// Inspections are results/*.csv and benchmarks/published.csv, with standings.
func (r *Reader) Inspections(ctx context.Context) ([]analytics.Inspection, error) {
	return answer(ctx, r.inspections)
}

// Warnings are worked out from the files, by the rules that warnings.go knows.
func (r *Reader) Warnings(ctx context.Context) ([]analytics.Warning, error) {
	return answer(ctx, r.warnings)
}

// Findings are findings/*.csv.
func (r *Reader) Findings(ctx context.Context) ([]analytics.Finding, error) {
	return answer(ctx, r.findings)
}

// Benchmarks are computed from the results held.
func (r *Reader) Benchmarks(ctx context.Context) ([]analytics.Benchmark, error) {
	return answer(ctx, r.benchmarks)
}

// Publications are history/releases.csv, with how much each changed.
func (r *Reader) Publications(ctx context.Context) ([]analytics.Publication, error) {
	return answer(ctx, r.publications)
}

// Revisions are history/revisions.csv.
func (r *Reader) Revisions(ctx context.Context) ([]analytics.Revision, error) {
	return answer(ctx, r.revisions)
}

// Observations are indicators/*.csv.
func (r *Reader) Observations(ctx context.Context) ([]analytics.Observation, error) {
	return answer(ctx, r.observed)
}

// YearSpreads are counted from the results held.
func (r *Reader) YearSpreads(ctx context.Context) ([]analytics.YearSpread, error) {
	return answer(ctx, r.years)
}

// Movements are worked out from the results held.
func (r *Reader) Movements(ctx context.Context) ([]analytics.Movement, error) {
	return answer(ctx, r.moves)
}

// MovementCounts count the movements.
func (r *Reader) MovementCounts(ctx context.Context) ([]analytics.MovementCount, error) {
	return answer(ctx, r.counts)
}

// StandingMoves are worked out from the standings and reference/crosswalk.csv.
func (r *Reader) StandingMoves(ctx context.Context) ([]analytics.StandingMove, error) {
	return answer(ctx, r.standings)
}

// answer gives a copy, so that no caller's sorting reaches the next; like a store, it gives nothing to a caller whose
// time is up.
func answer[T any](ctx context.Context, held []T) ([]T, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return slices.Clone(held), nil
}
