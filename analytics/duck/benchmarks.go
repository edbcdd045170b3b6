package duck

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"yardstick/analytics"
)

// usualBenchmarks answers queries/answers/Benchmarks.sql.
func (s *Store) usualBenchmarks(ctx context.Context) ([]analytics.Benchmark, error) {
	return answer(ctx, s, "Benchmarks", scanBenchmark)
}

// Benchmarks answers queries/benchmarks/Benchmarks.sql. The answers given last are kept.
func (s *Store) Benchmarks(ctx context.Context, q analytics.BenchmarkQuestion) ([]analytics.Benchmark, error) {
	days, ofs, inspections := make([]string, len(q.Asked)), make([]string, len(q.Asked)), make([]string, len(q.Asked))
	for n, asked := range q.Asked {
		if !asked.Day.IsZero() {
			days[n] = asked.Day.Format(time.DateOnly)
		}
		ofs[n], inspections[n] = asked.Area, asked.Inspection
	}
	groups := make([]string, len(q.Groups))
	for n, group := range q.Groups {
		groups[n] = string(group)
	}
	areas := append([]string{}, q.Areas...)
	key := fmt.Sprintf("%q", []any{q.Programme, q.Measure, days, ofs, inspections, groups, areas, q.Without, q.Members})
	if kept, ok := s.kept.Get(key); ok {
		return kept, nil
	}
	found, err := ask(ctx, s, "benchmarks/Benchmarks.sql", scanBenchmark,
		sql.Named("programme", q.Programme), sql.Named("measure", q.Measure), sql.Named("days", days),
		sql.Named("ofs", ofs), sql.Named("inspections", inspections), sql.Named("groups", groups),
		sql.Named("areas", areas), sql.Named("without", q.Without), sql.Named("members", q.Members))
	if err != nil {
		return nil, err
	}
	if q.Without {
		for n, b := range found {
			found[n].Without = q.Asked[b.Asked].Area
		}
	}
	s.kept.Add(key, found)
	return found, nil
}

func scanBenchmark(rows *sql.Rows) (b analytics.Benchmark, err error) {
	var m analytics.Summary
	var own analytics.OwnPlace
	var lowest, highest, average, deviation, q1, median, q3 sql.NullFloat64
	members := structs{func(fields map[string]any) error {
		var one analytics.Member
		err := errors.Join(text{&one.Area}.Scan(fields["area"]), text{&one.Inspection}.Scan(fields["inspection"]))
		b.Members = append(b.Members, one)
		return err
	}}
	err = rows.Scan(&b.Asked, &b.Programme, &b.Scale, &b.Measure, &b.Group, &b.Name, &b.AsOf, &b.N, &b.Of,
		&b.Undated, &m.N,
		text{(*string)(&m.Unit)}, &lowest, texts{&m.LowestAreas}, &highest, texts{&m.HighestAreas}, &average,
		&deviation, &q1, &median, &q3, levelCounts(&b.Levels), members,
		text{&own.Inspection}, &own.Standing.Better, &own.Standing.Same, &own.Standing.Worse)
	if m.N > 0 {
		m.Lowest, m.Highest, m.Average = lowest.Float64, highest.Float64, average.Float64
		m.Deviation = deviation.Float64
		m.Q1, m.Median, m.Q3 = q1.Float64, median.Float64, q3.Float64
		b.Summary = &m
	}
	if own.Inspection != "" {
		own.Standing.N = own.Standing.Better + own.Standing.Same + own.Standing.Worse
		b.Own = &own
	}
	return b, err
}
