package register

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"yardstick/data/finding"
	"yardstick/data/ingest"
	"yardstick/data/release"
)

// Kind is what an imported file holds.
type Kind = ingest.Kind

// laid says whether files of a kind are laid over the record. Judgements, and the questions they answer, are of
// children's cases: they are kept, and are never part of a record or a release.
func laid(kind Kind) bool { return kind != ingest.KindJudgements && kind != ingest.KindQuestions }

// lay reads an import, lays it over everything imported before, and checks what that gives. receipt is told what it
// added, changed and left, and what is to be looked at in it. A refusal is a *finding.Error whose lines are those of the
// imported file.
func (r *Register) lay(ctx context.Context, entries []Entry, in Import, seq int, receipt *Receipt) error {
	f, err := r.over(standing(entries))
	if err != nil {
		return err
	}
	file, err := f.layFile(seq, in.Name, in.Content)
	if err != nil {
		return err
	}
	receipt.take(file, f.tally)
	if !laid(file.Kind) {
		return nil
	}
	receipt.Warnings, err = r.check(ctx, f, seq, in.Name)
	return err
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
		file, err := f.layFile(seq, e.File, content)
		if err != nil {
			return err
		}
		t := f.tally
		receipt.take(file, tally{Unchanged: t.AddedRows + t.ChangedRows + t.Unchanged})
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
		if !laid(e.Kind) {
			continue
		}
		content, err := os.ReadFile(r.upload(e.Upload))
		if err != nil {
			return nil, fmt.Errorf("read upload of import %d: %w", e.Seq, err)
		}
		if _, err := f.layFile(e.Seq, e.File, content); err != nil {
			return nil, fmt.Errorf("import %d: %w", e.Seq, err)
		}
	}
	return f, nil
}

// layFile reads a file of any kind and lays its rows over the record as they come. What that did is in f.tally. After an
// error the files are of no use.
func (f *files) layFile(seq int, name string, content []byte) (ingest.File, error) {
	f.tally = tally{}
	known, err := f.known()
	if err != nil {
		return ingest.File{}, err
	}
	var failed error
	lay := func(err error) {
		if failed == nil {
			failed = err
		}
	}
	observations := layAhead(func(o ingest.Observation) error { return f.layObservation(seq, o) })
	file, found := ingest.Read(name, content, known, ingest.Rows{
		Result:      func(r ingest.Result) { lay(f.layResult(seq, r)) },
		Observation: observations.take,
		Area:        func(a ingest.Area) { lay(f.layArea(seq, a)) },
		Score:       func(s ingest.Score) { lay(f.layScore(seq, s)) },
	})
	lay(observations.wait())
	if file.Kind == ingest.KindAreas {
		f.names = nil // there may be more of them now
	}
	if err := found.Err(); err != nil {
		return file, err
	}
	return file, failed
}

// check builds the merged record aside and turns what its checks find into findings of the imported file. Warnings about
// other rows are left out: they are of what was there before. It gives the warnings of a file that is not refused.
func (r *Register) check(ctx context.Context, f *files, seq int, name string) ([]finding.Finding, error) {
	work, err := os.MkdirTemp("", "yardstick-import-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	builder, err := r.merged(f, work)
	if err != nil {
		return nil, err
	}
	all, err := builder.Check(ctx)
	if err != nil {
		return nil, err
	}
	var found []finding.Finding
	for _, one := range all {
		from, line, ok := f.origin(one.File, one.Line)
		if ok && from == seq {
			one.File, one.Line, one.Column = name, line, blamed(one.Column)
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

// blamed is the column of an import to look at where a check finds something in one of the record's: what an import may leave
// out, and the register works out, follows from another.
func blamed(record string) string {
	names := map[string]string{"sources": "source_url", "period": "period_start", "scale": "publication_date", "inspection": "publication_date"}
	if name, ok := names[record]; ok {
		return name
	}
	return columnOf(record)
}

// merged is a builder of the merged record, which it writes into a folder.
func (r *Register) merged(f *files, work string) (release.Builder, error) {
	folder := filepath.Join(work, "record")
	if err := f.write(folder); err != nil {
		return release.Builder{}, err
	}
	builder := r.builder(os.DirFS(folder), release.OriginRegister)
	builder.Folder = folder
	return builder, nil
}

// take tells a receipt what a file did.
func (receipt *Receipt) take(file ingest.File, t tally) {
	receipt.Kind, receipt.Rows = file.Kind, file.Rows
	receipt.Added, receipt.Changed, receipt.Unchanged = t.Added, t.Changed, t.Unchanged
	receipt.AddedRows, receipt.ChangedRows = t.AddedRows, t.ChangedRows
	receipt.KeptOnly = !laid(file.Kind)
}
