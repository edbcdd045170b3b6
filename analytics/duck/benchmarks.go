package duck

import (
	"context"
	"database/sql"

	"yardstick/analytics"
)

// Benchmarks answers queries/benchmarks/Benchmarks.sql.
func (s *Store) Benchmarks(ctx context.Context) ([]analytics.Benchmark, error) {
	return ask(ctx, s, "benchmarks/Benchmarks.sql", func(rows *sql.Rows) (b analytics.Benchmark, err error) {
		var m analytics.Summary
		var lowest, highest, average, q1, median, q3 sql.NullFloat64
		err = rows.Scan(&b.Programme, &b.Scale, &b.Measure, &b.Group, &b.Name, &b.AsOf, &b.N, &m.N, &b.Undated,
			text{(*string)(&m.Unit)}, &lowest, texts{&m.LowestAreas}, &highest, texts{&m.HighestAreas}, &average,
			&q1, &median, &q3, levelCounts(&b.Levels))
		if m.N > 0 {
			m.Lowest, m.Highest, m.Average = lowest.Float64, highest.Float64, average.Float64
			m.Q1, m.Median, m.Q3 = q1.Float64, median.Float64, q3.Float64
			b.Summary = &m
		}
		return b, err
	})
}
