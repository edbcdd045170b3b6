package duck

import (
	"context"
	"database/sql"
	"time"

	"yardstick/analytics"
)

// series answers queries/answers/Series.sql.
func (s *Store) series(ctx context.Context) ([]analytics.Series, error) {
	return answer(ctx, s, "Series", func(rows *sql.Rows) (x analytics.Series, err error) {
		return x, rows.Scan(&x.Number, &x.Indicator, &x.Level, &x.Place, text{&x.Basis}, text{&x.GSS}, &x.Figures,
			&x.Sound, &x.Ends.First, &x.Ends.Last)
	})
}

// placeCodes answers queries/answers/PlaceCodes.sql.
func (s *Store) placeCodes(ctx context.Context) ([]analytics.PlaceCode, error) {
	return answer(ctx, s, "PlaceCodes", func(rows *sql.Rows) (c analytics.PlaceCode, err error) {
		return c, rows.Scan(&c.Place, text{&c.GSS})
	})
}

// sourceCounts answers queries/answers/SourceCounts.sql.
func (s *Store) sourceCounts(ctx context.Context) ([]analytics.SourceCount, error) {
	return answer(ctx, s, "SourceCounts", func(rows *sql.Rows) (c analytics.SourceCount, err error) {
		return c, rows.Scan(&c.Source, &c.Figures, &c.Findings)
	})
}

// anomalous answers queries/answers/Anomalous.sql.
func (s *Store) anomalous(ctx context.Context) ([]analytics.Observation, error) {
	return answer(ctx, s, "Anomalous", scanObservation)
}

// Observations answers queries/indicators/Observations.sql.
func (s *Store) Observations(ctx context.Context, each func(analytics.Observation) error) error {
	return askEach(ctx, s, "indicators/Observations.sql", func(rows *sql.Rows) error {
		o, err := scanObservation(rows)
		if err != nil {
			return err
		}
		return each(o)
	})
}

func scanObservation(rows *sql.Rows) (o analytics.Observation, err error) {
	return o, rows.Scan(&o.Indicator, &o.Unit, &o.Place, &o.Level, text{&o.GSS}, &o.Start, &o.End, &o.Period, &o.Value,
		&o.Lower, &o.Upper, &o.Numerator, &o.Denominator, text{&o.Basis}, text{&o.Flag}, texts{&o.Sources},
		text{&o.Note})
}

// Figures answers queries/indicators/Figures.sql.
func (s *Store) Figures(ctx context.Context, series []int) ([]analytics.Figure, error) {
	return ask(ctx, s, "indicators/Figures.sql", scanFigure, numbered(series))
}

// Newest answers queries/indicators/Newest.sql.
func (s *Store) Newest(ctx context.Context, series []int) ([]analytics.Figure, error) {
	return ask(ctx, s, "indicators/Newest.sql", scanFigure, numbered(series))
}

// Over answers queries/indicators/Over.sql.
func (s *Store) Over(ctx context.Context, series []int, first, last time.Time) ([]analytics.Figure, error) {
	return ask(ctx, s, "indicators/Over.sql", scanFigure, numbered(series), sql.Named("first", first),
		sql.Named("last", last))
}

func scanFigure(rows *sql.Rows) (f analytics.Figure, err error) {
	var choice int
	var population sql.NullFloat64
	err = rows.Scan(&f.Series, &choice, text{&f.GSS}, &f.Start, &f.End, &f.Period, &f.Value, &f.Lower, &f.Upper,
		&f.Numerator, &f.Denominator, &population, text{&f.Flag}, texts{&f.Sources}, text{&f.Note})
	f.Other, f.Population = choice > 1, population.Float64
	return f, err
}

// Periods answers queries/indicators/Periods.sql.
func (s *Store) Periods(ctx context.Context, series []int) ([]analytics.Period, error) {
	return ask(ctx, s, "indicators/Periods.sql", func(rows *sql.Rows) (p analytics.Period, err error) {
		return p, rows.Scan(&p.Indicator, text{&p.Basis}, &p.Start, &p.End, &p.Series)
	}, numbered(series))
}

// Shapes answers queries/indicators/Shapes.sql.
func (s *Store) Shapes(ctx context.Context, indicator string) ([]analytics.Observation, error) {
	return ask(ctx, s, "indicators/Shapes.sql", func(rows *sql.Rows) (o analytics.Observation, err error) {
		var population sql.NullFloat64
		err = rows.Scan(&o.Value, &o.Lower, &o.Upper, &o.Numerator, &o.Denominator, &population)
		o.Population = population.Float64
		return o, err
	}, sql.Named("indicator", indicator))
}

// numbered is the parameter of questions about some series.
func numbered(series []int) sql.NamedArg {
	numbers := make([]int32, len(series)) // as the question has them: the driver takes no other
	for n, number := range series {
		numbers[n] = int32(number)
	}
	return sql.Named("series", numbers)
}
