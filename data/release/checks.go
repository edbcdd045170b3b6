package release

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"yardstick/data/finding"
)

// checks runs every file of checks/; the rule of a finding is the file's name.
func (b Builder) checks(ctx context.Context, in runner) ([]finding.Finding, error) {
	names, err := fs.Glob(b.Queries, "checks/*.sql")
	if err != nil {
		return nil, err
	}
	var findings []finding.Finding
	for _, name := range names {
		rule := strings.TrimSuffix(filepath.Base(name), ".sql")
		err := eachRow(ctx, b.Queries, in, name, func(rows *sql.Rows) error {
			f := finding.Finding{Rule: rule}
			var value sql.NullString
			var severity string
			if err := rows.Scan(&f.File, &f.Line, &f.Column, &value, &f.Problem, &severity, &f.Fix); err != nil {
				return err
			}
			f.Value = value.String
			findings = append(findings, f)
			return findings[len(findings)-1].Severity.UnmarshalText([]byte(severity))
		})
		if err != nil {
			return nil, err
		}
	}
	return findings, nil
}

// keepWarning is the statement that puts one warning into a release.
const keepWarning = "keep/warning.sql"

// runChecks runs every check on what was built. Any error refuses it with a *finding.Error; warnings are kept in the
// release, and given back.
func (b Builder) runChecks(ctx context.Context, tx *sql.Tx) ([]finding.Finding, error) {
	findings, err := b.checks(ctx, tx)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(findings, finding.Finding.Refuses) {
		return nil, &finding.Error{Findings: findings}
	}
	text, err := fs.ReadFile(b.Queries, keepWarning)
	if err != nil {
		return nil, err
	}
	for _, f := range findings {
		_, err := tx.ExecContext(ctx, string(text), sql.Named("file", f.File), sql.Named("line", f.Line),
			sql.Named("column", f.Column), sql.Named("value", sql.NullString{String: f.Value, Valid: f.Value != ""}),
			sql.Named("rule", f.Rule), sql.Named("problem", f.Problem), sql.Named("fix", f.Fix))
		if err != nil {
			return nil, fmt.Errorf("run %s: %w", keepWarning, err)
		}
	}
	return findings, nil
}

// unreadable turns the engine's report of a cell it could not read into a finding; any other error stays what it is.
func unreadable(query string, err error) error {
	line, file, column := 0, "", ""
	report := strings.Split(err.Error(), "\n")
	for _, text := range report {
		text = strings.TrimSpace(text)
		if at := strings.Index(text, "CSV Error on Line: "); at >= 0 {
			fmt.Sscanf(text[at:], "CSV Error on Line: %d", &line)
		}
		if after, ok := strings.CutPrefix(text, "file = "); ok {
			file = after
		}
		if after, ok := strings.CutPrefix(text, "Error when converting column \""); ok {
			column, _, _ = strings.Cut(after, "\"")
		}
	}
	if line == 0 || file == "" {
		return fmt.Errorf("run %s: %w", query, err)
	}
	_, file, _ = strings.Cut(filepath.ToSlash(file), "/record/")
	original, problem := "", ""
	for _, text := range report[1:] {
		if after, ok := strings.CutPrefix(text, "Original Line: "); ok {
			original = after
		} else if problem == "" {
			problem = text
		}
	}
	return &finding.Error{Findings: []finding.Finding{{File: file, Line: line, Column: column, Value: original,
		Rule: "typed", Problem: problem, Fix: "write the cell as what its column holds, or leave it blank"}}}
}
