package duck

import (
	"context"
	"database/sql"

	"yardstick/analytics"
)

// inspections answers queries/answers/Inspections.sql and queries/answers/Results.sql, each result under its
// inspection.
func (s *Store) inspections(ctx context.Context) ([]analytics.Inspection, error) {
	inspections, err := answer(ctx, s, "Inspections", func(rows *sql.Rows) (i analytics.Inspection, err error) {
		return i, rows.Scan(&i.ID, &i.Programme, &i.Area, &i.Reinspection, date{&i.Fieldwork}, date{&i.Published},
			number{&i.Cases}, &i.Earliest, &i.Latest)
	})
	if err != nil {
		return nil, err
	}
	results, err := answer(ctx, s, "Results", scanResult)
	if err != nil {
		return nil, err
	}
	byInspection := make(map[string][]analytics.Result, len(inspections))
	for _, r := range results {
		byInspection[r.Inspection] = append(byInspection[r.Inspection], r)
	}
	for i := range inspections {
		inspections[i].Results = byInspection[inspections[i].ID]
	}
	return inspections, nil
}

// warnings answers queries/answers/Warnings.sql.
func (s *Store) warnings(ctx context.Context) ([]analytics.Warning, error) {
	return answer(ctx, s, "Warnings", func(rows *sql.Rows) (w analytics.Warning, err error) {
		return w, rows.Scan(&w.File, &w.Line, &w.Column, text{&w.Value}, &w.Rule, &w.Problem, &w.Fix,
			text{&w.Inspection}, text{&w.Measure})
	})
}

// findings answers queries/answers/Findings.sql.
func (s *Store) findings(ctx context.Context) ([]analytics.Finding, error) {
	return answer(ctx, s, "Findings", func(rows *sql.Rows) (f analytics.Finding, err error) {
		return f, rows.Scan(&f.Inspection, &f.Kind, &f.Position, text{&f.Measure}, text{&f.Subject}, text{&f.Counted},
			&f.Text.EN, &f.Text.CY, &f.Numerator, &f.Denominator, &f.Percent, &f.Value, &f.ValueTo, text{&f.Unit},
			text{&f.Place}, text{&f.Period}, text{&f.Printed}, &f.Status, &f.Section, text{&f.Page}, texts{&f.Sources},
			text{&f.Note})
	})
}

func scanResult(rows *sql.Rows) (r analytics.Result, err error) {
	var printed analytics.PrintedBenchmark
	var standing analytics.Standing
	var others sql.NullInt64
	err = rows.Scan(&r.Inspection, &r.Scale, &r.Measure, &r.Percent, text{&r.Comment}, text{&r.Rating}, &r.Points,
		&r.PointsMax, &r.Confidence, texts{&r.Sources}, text{&r.Page}, text{&r.Note},
		&printed.Lowest, &printed.Highest, &printed.Average, texts{&printed.Sources},
		number{&standing.Better}, number{&standing.Same}, number{&standing.Worse}, &others, text{&r.Censored})
	if len(printed.Sources) > 0 {
		r.Printed = &printed
	}
	if others.Valid {
		standing.N = int(others.Int64)
		r.Standing = &standing
	}
	return r, err
}
