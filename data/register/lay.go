package register

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"yardstick/analytics"
	"yardstick/data/finding"
	"yardstick/data/ingest"
	"yardstick/data/release"
)

// lay reads an import, lays it over everything imported before, and checks what that gives. receipt is told what it
// added, changed and left, and what is to be looked at in it. A refusal is a *finding.Error whose lines are those of the imported file.
func (r *Register) lay(ctx context.Context, entries []Entry, in Import, seq int, receipt *Receipt) (Kind, error) {
	f, err := r.over(standing(entries))
	if err != nil {
		return "", err
	}
	kind, changes, err := f.layFile(seq, in.Name, in.Content)
	if err != nil {
		return "", err
	}
	receipt.count(changes)
	receipt.Warnings, err = r.check(ctx, f, seq, in.Name)
	return kind, err
}

// tell says again what an import did that was made before: nothing, now.
func (r *Register) tell(entries []Entry, seq int, receipt *Receipt) error {
	before := standing(entries)
	f, err := r.over(before)
	if err != nil {
		return err
	}
	for _, e := range before {
		if e.Seq != seq {
			continue
		}
		content, err := os.ReadFile(r.upload(e.Upload))
		if err != nil {
			return fmt.Errorf("read upload: %w", err)
		}
		_, changes, err := f.layFile(seq, e.File, content)
		if err != nil {
			return err
		}
		receipt.Unchanged = len(changes)
	}
	return nil
}

// over is the shipped record with decisions laid over it, in order: imports, and inspections withdrawn.
func (r *Register) over(imports []Entry) (*files, error) {
	f := newFiles(r.Record)
	for _, e := range imports {
		if e.Inspection != "" {
			if _, err := f.withdraw(e.Inspection); err != nil {
				return nil, fmt.Errorf("entry %d: %w", e.Seq, err)
			}
			continue
		}
		content, err := os.ReadFile(r.upload(e.Upload))
		if err != nil {
			return nil, fmt.Errorf("read upload of import %d: %w", e.Seq, err)
		}
		if _, _, err := f.layFile(e.Seq, e.File, content); err != nil {
			return nil, fmt.Errorf("import %d: %w", e.Seq, err)
		}
	}
	return f, nil
}

// layFile reads a file of results or indicators, whichever its columns are, and lays it over the record.
func (f *files) layFile(seq int, name string, content []byte) (Kind, []change, error) {
	areas, err := f.areas()
	if err != nil {
		return "", nil, err
	}
	batch, refused := ingest.Results(name, content, areas)
	if refused.Refused() && hasIndicators(refused) {
		series, refused := ingest.Indicators(name, content, areas)
		if err := refused.Err(); err != nil {
			return KindIndicators, nil, err
		}
		changes, err := f.layIndicators(seq, series.Rows)
		return KindIndicators, changes, err
	}
	if err := refused.Err(); err != nil {
		return KindResults, nil, err
	}
	changes, err := f.layResults(seq, batch.Rows)
	return KindResults, changes, err
}

// hasIndicators says whether a file was refused as one of results because it is one of indicators.
func hasIndicators(refused ingest.Findings) bool {
	return slices.ContainsFunc(refused.Listed, func(one finding.Finding) bool {
		return one.Rule == "header_unknown" && one.Value == "indicator"
	})
}

// areas are the areas that names in an import are resolved against: those of the record.
func (f *files) areas() (ingest.Areas, error) {
	s, err := f.sheet("areas/areas.csv")
	if err != nil {
		return nil, err
	}
	aliases, err := f.sheet("areas/aliases.csv")
	if err != nil {
		return nil, err
	}
	named := make(map[string][]string)
	for _, r := range aliases.rows {
		named[r.cells[0]] = append(named[r.cells[0]], r.cells[1])
	}
	all := make([]analytics.Area, len(s.rows))
	for n, r := range s.rows {
		all[n] = analytics.Area{ID: r.cells[0], Name: analytics.Name{EN: r.cells[1], CY: r.cells[2]}, Aliases: named[r.cells[0]],
			Current: r.cells[s.column("status")] == "current"}
	}
	return ingest.AreasOf(all), nil
}

// check builds the merged record aside and turns what its checks find into findings of the imported file. Warnings about
// other rows are left out: they are of what was there before. It gives the warnings of a file that is not refused.
func (r *Register) check(ctx context.Context, f *files, seq int, name string) ([]finding.Finding, error) {
	dir, err := f.laidOut()
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	all, err := r.builder(os.DirFS(dir), release.OriginRegister).Check(ctx)
	if err != nil {
		return nil, err
	}
	var found []finding.Finding
	for _, one := range all {
		from, line, ok := f.origin(one.File, one.Line)
		if ok && from == seq {
			one.File, one.Line, one.Column = name, line, columnOf(one.Column)
		} else if !one.Refuses() {
			continue
		}
		found = append(found, one)
	}
	if slices.ContainsFunc(found, finding.Finding.Refuses) {
		return nil, &finding.Error{Findings: found}
	}
	return found, nil
}

// columnOf is the name an import's column has for one of the record's.
func columnOf(record string) string {
	names := map[string]string{
		"published": "publication_date", "fieldwork": "fieldwork_month", "cases": "cases_in_sample", "percent": "score_percent",
		"sources": "source_url", "lowest": "benchmark_lowest", "highest": "benchmark_highest", "average": "benchmark_average",
		"place": "area", "period": "period_start", "scale": "publication_date", "inspection": "publication_date", "basis": "note",
	}
	if name, ok := names[record]; ok {
		return name
	}
	return record
}

func (receipt *Receipt) count(changes []change) {
	for _, c := range changes {
		switch c.Outcome {
		case Added:
			receipt.Added = append(receipt.Added, c)
		case Changed:
			receipt.Changed = append(receipt.Changed, c)
		default:
			receipt.Unchanged++
		}
	}
}

// String is a change in a line: the row's key, and each cell that differs, before and after.
func (c change) String() string {
	if c.Before == nil {
		return c.Key
	}
	var parts []string
	for n, after := range c.After {
		if c.Before[n] != after {
			parts = append(parts, fmt.Sprintf("%q → %q", c.Before[n], after))
		}
	}
	return c.Key + ": " + strings.Join(parts, ", ")
}
