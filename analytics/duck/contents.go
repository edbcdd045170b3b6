package duck

import (
	"context"

	"golang.org/x/sync/errgroup"

	"yardstick/analytics"
)

// Contents reads every table of queries/answers, as many at a time as there are connections.
func (s *Store) Contents(ctx context.Context) (analytics.Contents, error) {
	var c analytics.Contents
	var questions errgroup.Group
	for _, question := range []func() error{
		keep(ctx, s.programmes, &c.Programmes),
		keep(ctx, s.scales, &c.Scales),
		keep(ctx, s.bands, &c.Bands),
		keep(ctx, s.measures, &c.Measures),
		keep(ctx, s.themes, &c.Themes),
		keep(ctx, s.cautions, &c.Cautions),
		keep(ctx, s.readings, &c.Readings),
		keep(ctx, s.indicatorKinds, &c.IndicatorKinds),
		keep(ctx, s.sources, &c.Sources),
		keep(ctx, s.publishers, &c.Publishers),
		keep(ctx, s.authorityShares, &c.AuthorityShares),
		keep(ctx, s.findings, &c.Findings),
		keep(ctx, s.places, &c.Places),
		keep(ctx, s.areas, &c.Areas),
		keep(ctx, s.groupSizes, &c.GroupSizes),
		keep(ctx, s.neighbours, &c.Neighbours),
		keep(ctx, s.inspections, &c.Inspections),
		keep(ctx, s.warnings, &c.Warnings),
		keep(ctx, s.publications, &c.Publications),
		keep(ctx, s.revisions, &c.Revisions),
		keep(ctx, s.announcements, &c.Announcements),
		keep(ctx, s.series, &c.Series),
		keep(ctx, s.placeCodes, &c.PlaceCodes),
		keep(ctx, s.sourceCounts, &c.SourceCounts),
		keep(ctx, s.anomalous, &c.Anomalous),
		keep(ctx, s.yearSpreads, &c.YearSpreads),
		keep(ctx, s.movements, &c.Movements),
		keep(ctx, s.movementCounts, &c.MovementCounts),
		keep(ctx, s.standingMoves, &c.StandingMoves),
		keep(ctx, s.usualBenchmarks, &c.Benchmarks),
	} {
		questions.Go(question)
	}
	return c, questions.Wait()
}

func keep[T any](ctx context.Context, question func(context.Context) ([]T, error), answer *[]T) func() error {
	return func() (err error) {
		*answer, err = question(ctx)
		return err
	}
}
