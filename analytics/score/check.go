package score

import (
	"context"
	"database/sql"
	"errors"

	"yardstick/data/finding"
)

// check refuses judgements with anything wrong in them.
func (e *engine) check(ctx context.Context, files []file) error {
	var unsound int64
	err := e.ask(ctx, "score/count_unsound.sql", func(rows *sql.Rows) error { return rows.Scan(&unsound) })
	if err != nil || unsound == 0 {
		return err
	}
	for n, f := range files {
		if _, err := e.choose(ctx, f, &found{}); err != nil {
			return fault(f, err)
		}
		if _, err := e.do(ctx, "score/keep_suspects.sql", n); err != nil {
			return fault(f, err)
		}
	}
	refused := &finding.Error{}
	if err := e.ask(ctx, "score/broken.sql", func(rows *sql.Rows) error {
		f, err := broken(rows, files)
		refused.Findings = append(refused.Findings, f)
		return err
	}); err != nil {
		return err
	}
	total := 0
	if err := e.ask(ctx, "score/count_broken.sql", func(rows *sql.Rows) error { return rows.Scan(&total) }); err != nil {
		return err
	}
	refused.Unlisted = total - len(refused.Findings)
	if total > 0 {
		return refused
	}
	return errors.New(
		"two cases or inspections have names that the engine cannot tell apart, or a file changed while it was read: " +
			"score them again, then with other names",
	)
}

// broken reads a row of broken.sql.
func broken(rows *sql.Rows, files []file) (finding.Finding, error) {
	var n int
	var f finding.Finding
	var first, row sql.NullInt64
	if err := rows.Scan(&n, &f.Line, &f.Column, &f.Value, &f.Rule, &first, &row); err != nil {
		return f, err
	}
	f.File, f.Value = files[n].name, finding.Clip(f.Value, 300)
	if first.Valid {
		f.Problem, f.Fix = repeated(f.File, files[first.Int64].name, row.Int64)
		return f, nil
	}
	f.Problem, f.Fix = worded[f.Rule].problem, worded[f.Rule].fix
	return f, nil
}

// ragged finds the rows for which a CSV file could not be read; where it finds none, it returns the failure.
func (e *engine) ragged(ctx context.Context, f file, found *found, failure error) error {
	if f.format != ".csv" || ctx.Err() != nil {
		return failure
	}
	readable := 0
	if err := e.ask(ctx, "score/ragged.sql", func(rows *sql.Rows) error { return rows.Scan(&readable) }); err != nil {
		return failure
	}
	total := 0
	if err := e.ask(ctx, "score/ragged_rows.sql", func(rows *sql.Rows) error {
		var line int
		var kind, problem string
		if err := rows.Scan(&line, &kind, &problem, &total); err != nil {
			return err
		}
		rule, fix := "ragged_row", "write one cell a column, and put quotes around values with commas"
		if kind == "INVALID ENCODING" {
			rule, fix = "encoding", "save it as CSV UTF-8"
		}
		found.add(line, "", "", rule, problem, fix)
		return nil
	}); err != nil {
		return errors.Join(failure, err)
	}
	if total == 0 {
		return failure
	}
	found.total += total - len(found.listed)
	return nil
}
