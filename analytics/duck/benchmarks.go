package duck

import (
	"context"
	"database/sql"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"yardstick/analytics"
)

// Benchmarks answers queries/benchmarks/Benchmarks.sql.
func (s *Store) Benchmarks(ctx context.Context) ([]analytics.Benchmark, error) {
	return ask(ctx, s, "benchmarks/Benchmarks.sql", func(rows *sql.Rows) (b analytics.Benchmark, err error) {
		var m analytics.Summary
		var lowest, highest, average, q1, median, q3 sql.NullFloat64
		var levels duckdb.Composite[[]struct{ Key, Value int }]
		err = rows.Scan(&b.Programme, &b.Scale, &b.Measure, &b.Group, &b.Name, &b.AsOf, &b.N, &m.N, &b.Undated,
			text{(*string)(&m.Unit)}, &lowest, texts{&m.LowestAreas}, &highest, texts{&m.HighestAreas}, &average,
			&q1, &median, &q3, &levels)
		for _, l := range levels.Get() {
			b.Levels = append(b.Levels, analytics.LevelCount{Position: l.Key, Areas: l.Value})
		}
		if m.N > 0 {
			m.Lowest, m.Highest, m.Average = lowest.Float64, highest.Float64, average.Float64
			m.Q1, m.Median, m.Q3 = q1.Float64, median.Float64, q3.Float64
			b.Summary = &m
		}
		return b, err
	})
}
