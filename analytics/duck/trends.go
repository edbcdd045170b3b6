package duck

import (
	"context"
	"database/sql"
	"errors"

	"yardstick/analytics"
)

// yearSpreads answers queries/answers/YearSpreads.sql.
func (s *Store) yearSpreads(ctx context.Context) ([]analytics.YearSpread, error) {
	return answer(ctx, s, "YearSpreads", func(rows *sql.Rows) (y analytics.YearSpread, err error) {
		var m analytics.Summary
		var lowest, highest, average, q1, median, q3 sql.NullFloat64
		err = rows.Scan(&y.Programme, &y.Scale, &y.Measure, &y.Group, &y.Name, number{&y.Year}, &y.N, &y.Unknown,
			&y.Good, &m.N, text{(*string)(&m.Unit)}, &lowest, &highest, &average, &q1, &median, &q3,
			levelCounts(&y.Levels))
		if m.N > 0 {
			m.Lowest, m.Highest, m.Average = lowest.Float64, highest.Float64, average.Float64
			m.Q1, m.Median, m.Q3 = q1.Float64, median.Float64, q3.Float64
			y.Summary = &m
		}
		return y, err
	})
}

// levelCounts scans a list of positions with the number of areas at each.
func levelCounts(to *[]analytics.LevelCount) structs {
	return structs{func(fields map[string]any) error {
		var l analytics.LevelCount
		err := errors.Join(number{&l.Position}.Scan(fields["position"]), number{&l.Areas}.Scan(fields["areas"]))
		*to = append(*to, l)
		return err
	}}
}

// movements answers queries/answers/Movements.sql.
func (s *Store) movements(ctx context.Context) ([]analytics.Movement, error) {
	return answer(ctx, s, "Movements", func(rows *sql.Rows) (m analytics.Movement, err error) {
		return m, rows.Scan(&m.Programme, &m.Scale, &m.Measure, &m.Area, text{&m.Earlier}, text{&m.Later},
			number{&m.Years}, text{(*string)(&m.Direction)})
	})
}

// movementCounts answers queries/answers/MovementsCounted.sql.
func (s *Store) movementCounts(ctx context.Context) ([]analytics.MovementCount, error) {
	return answer(ctx, s, "MovementsCounted", func(rows *sql.Rows) (c analytics.MovementCount, err error) {
		var median sql.NullFloat64
		err = rows.Scan(&c.Programme, &c.Scale, &c.Measure, &c.Group, &c.Name, &c.Areas, &c.Up, &c.Same, &c.Down,
			&c.Unordered, &median)
		c.MedianYears = median.Float64
		return c, err
	})
}

// standingMoves answers queries/answers/StandingMoves.sql.
func (s *Store) standingMoves(ctx context.Context) ([]analytics.StandingMove, error) {
	return answer(ctx, s, "StandingMoves", func(rows *sql.Rows) (m analytics.StandingMove, err error) {
		return m, rows.Scan(&m.Theme, &m.Area, &m.Earlier, &m.EarlierMeasure, &m.EarlierSide, &m.Later, &m.LaterMeasure,
			&m.LaterSide)
	})
}
