package register

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

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
// added, changed and left. A refusal is a *finding.Error whose lines are those of the imported file.
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
	return r.check(ctx, f, seq, in.Name)
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

// over is the shipped record with imports laid over it, in order.
func (r *Register) over(imports []Entry) (*files, error) {
	f := newFiles(r.Record)
	for _, e := range imports {
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

// check builds the merged record aside and turns what its checks find into findings of the imported file.
func (r *Register) check(ctx context.Context, f *files, seq int, name string) error {
	work, err := os.MkdirTemp("", "yardstick-import-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	builder, err := r.merged(f, work)
	if err != nil {
		return err
	}
	found, err := builder.Check(ctx)
	if err != nil || len(found) == 0 {
		return err
	}
	for n, one := range found {
		if from, line, ok := f.origin(one.File, one.Line); ok && from == seq {
			one.File, one.Line, one.Column = name, line, columnOf(one.Column)
			found[n] = one
		}
	}
	return &finding.Error{Findings: found}
}

// merged is a builder of the merged record, which it writes into a folder.
func (r *Register) merged(f *files, work string) (release.Builder, error) {
	folder := filepath.Join(work, "record")
	if err := f.write(folder); err != nil {
		return release.Builder{}, err
	}
	builder := r.builder(os.DirFS(folder))
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
