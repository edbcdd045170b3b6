package score

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"yardstick/data/finding"
)

// Scorer works out scores. It is safe for concurrent use.
type Scorer struct {
	Queries fs.FS  // queries.Files
	Memory  string // that the engine may take before it spills, such as 512MB
	Spill   string // folder to spill to; empty for the system's own for temporary files
	Threads int    // 0 for one a core

	Progress func(read, of int64) // called after each file of several, with bytes; nil for none
}

// DefaultMemory lets the engine hold a hundred million judgements in any order without spilling; it takes less than
// half of it for them.
const DefaultMemory = "1GB"

func (s Scorer) threads() int {
	if s.Threads > 0 {
		return s.Threads
	}
	return runtime.NumCPU()
}

// Score reads files of judgements (.csv or .parquet with the columns inspection, case, question and judgement, in any
// order and of any size) and gives the scores of every inspection they name. What several files say of one inspection,
// and of one case, goes together. Anything wrong in any of them refuses them all with a *finding.Error: an unknown
// judgement or question, a question judged twice for a case, a blank cell, a wrong header.
func (s Scorer) Score(ctx context.Context, questions []Question, names []string) (result Result, err error) {
	files, err := locate(names)
	if err != nil {
		return Result{}, err
	}
	scheme := newScheme(questions)
	err = s.collapsed(ctx, scheme, files, func(e *engine) error {
		result, err = s.score(ctx, e, scheme)
		return err
	})
	return result, err
}

// collapsed gives use an engine that has collapsed these files.
func (s Scorer) collapsed(ctx context.Context, scheme *scheme, files []file, use func(*engine) error) (err error) {
	var paths []string
	for _, f := range files {
		paths = append(paths, f.path)
	}
	e, err := s.open(ctx, paths)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	if err := e.prepare(ctx, scheme); err != nil {
		return err
	}
	if err := e.collapse(ctx, files, s.Progress); err != nil {
		return err
	}
	return use(e)
}

// prepare makes the tables, and what each judgement adds to its case.
func (e *engine) prepare(ctx context.Context, s *scheme) error {
	if _, err := e.do(ctx, "score/mark.sql", s.questions); err != nil {
		return err
	}
	if _, err := e.do(ctx, "score/choose_words.sql", s.halves/2); err != nil {
		return err
	}
	_, err := e.do(ctx, "score/tables.sql")
	return err
}

// collapse reads every file into collapsed, or refuses them all.
func (e *engine) collapse(ctx context.Context, files []file, progress func(read, of int64)) error {
	refused := &finding.Error{}
	var read, of int64
	for _, f := range files {
		of += f.size
	}
	for n, f := range files {
		found := &found{file: f.name}
		if err := e.collapseFile(ctx, n, f, found); err != nil {
			return err
		}
		if read += f.size; progress != nil && len(files) > 1 {
			progress(read, of)
		}
		refused.Findings = append(refused.Findings, found.listed...)
		refused.Unlisted += found.total - len(found.listed)
	}
	if len(refused.Findings) > 0 {
		return refused
	}
	if len(files) > 1 {
		if _, err := e.do(ctx, "score/merge_files.sql"); err != nil {
			return err
		}
	}
	return e.check(ctx, files)
}

// collapseFile reads one file, by its place among the files, into collapsed.
func (e *engine) collapseFile(ctx context.Context, n int, f file, found *found) error {
	if ok, err := e.choose(ctx, f, found); err != nil || !ok {
		return fault(f, err)
	}
	cases, err := e.do(ctx, "score/collapse.sql")
	if err != nil {
		return fault(f, e.ragged(ctx, f, found, err))
	}
	if _, err := e.do(ctx, "score/name_inspections.sql", n); err != nil {
		return fault(f, err)
	}
	if cases == 0 {
		found.add(0, "", "", "empty", "has no rows below the header", "send the file with its rows")
	}
	return nil
}

// fault says in which file an error came up; nil stays nil.
func fault(f file, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", f.name, err)
}

// score works out the scores of what was collapsed.
func (s Scorer) score(ctx context.Context, e *engine, scheme *scheme) (Result, error) {
	type job struct {
		from *Cases
		to   *Inspection
	}
	var scored []*Inspection
	jobs := make(chan job)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(jobs)
		return e.samples(ctx, func(from *Cases) error {
			to := &Inspection{}
			scored = append(scored, to)
			select {
			case jobs <- job{from, to}:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	})
	for range s.threads() {
		group.Go(func() error {
			for j := range jobs {
				*j.to = scheme.score(j.from)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return Result{}, err
	}
	result := Result{}
	for _, i := range scored {
		result.Inspections = append(result.Inspections, *i)
	}
	slices.SortFunc(result.Inspections, func(a, b Inspection) int { return cmp.Compare(a.ID, b.ID) })
	return result, nil
}

// samples gives the cases of each inspection in turn, in any order of inspections.
func (e *engine) samples(ctx context.Context, each func(*Cases) error) error {
	ids := make(map[uint64]string)
	err := e.ask(ctx, "score/inspections.sql", func(rows *sql.Rows) error {
		var id string
		var hash ubigint
		err := rows.Scan(&id, &hash)
		ids[uint64(hash)] = id
		return err
	})
	if err != nil {
		return err
	}
	var now *Cases
	last := uint64(0) // the inspection's hash
	err = e.ask(ctx, "score/cases.sql", func(rows *sql.Rows) error {
		var key, place, low, high ubigint
		if err := rows.Scan(&key, &place, &low, &high); err != nil {
			return err
		}
		word := uint64(place) % wordsAtMost
		inspection := uint64(place) - word
		if now == nil || inspection != last {
			if now != nil {
				if err := each(now); err != nil {
					return err
				}
			}
			now, last = &Cases{Inspection: ids[inspection]}, inspection
		}
		now.Words = append(now.Words,
			Word{Case: uint64(key) ^ word, Word: int(word), Half: [2]Said{Said(low), Said(high)}})
		return nil
	})
	if err != nil || now == nil {
		return err
	}
	return each(now)
}
