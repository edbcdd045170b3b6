package score

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"yardstick/data/finding"
)

// Word is what one case says on 64 questions, two bits a question, as queries/score/mark.sql has them.
type Word struct {
	Case uint64 // hash of the names of the inspection and the case
	Word int    // which 64 of the questions
	Half [2]Said
}

// Cases are cases of one inspection, in any order, as one file has them.
type Cases struct {
	Inspection string
	File       string
	Words      []Word
}

// Collapse reads one file of judgements and gives its cases to each, an inspection at a time, for ScoreCases. name is
// the file's name in findings, path where it is on disk. It refuses what Score refuses.
func (s Scorer) Collapse(ctx context.Context, questions []Question, name, path string, each func(Cases) error) error {
	files, err := locate([]string{path})
	if err != nil {
		return err
	}
	files[0].name = name
	return s.collapsed(ctx, newScheme(questions), files, func(e *engine) error {
		return e.samples(ctx, func(c *Cases) error {
			c.File = name
			return each(*c)
		})
	})
}

// ScoreCases scores one inspection from what every file says of it. It refuses, with a *finding.Error, a question that
// two files judge for one case; Score names the rows.
func ScoreCases(questions []Question, files []Cases) (Inspection, error) {
	if len(files) == 0 {
		return Inspection{}, errors.New("no cases")
	}
	type place struct {
		hash uint64
		word int
	}
	scheme := newScheme(questions)
	merged, from := make(map[place]*Word), make(map[place]string)
	twice := make([]uint64, scheme.halves)
	both := make(map[string]bool)
	for _, f := range files {
		for _, w := range f.Words {
			at := place{w.Case, w.Word}
			before := merged[at]
			if before == nil {
				merged[at], from[at] = &w, f.File
				continue
			}
			for n := range w.Half {
				if again := before.Half[n].asked() & w.Half[n].asked(); again != 0 {
					twice[2*w.Word+n] |= again
					both[from[at]], both[f.File] = true, true
				}
				before.Half[n] |= w.Half[n]
			}
		}
	}
	if len(both) > 0 {
		names := strings.Join(slices.Sorted(maps.Keys(both)), ", ")
		return Inspection{}, &finding.Error{Findings: []finding.Finding{{
			File:   names,
			Column: "question",
			Value:  strings.Join(scheme.named(twice), ", "),
			Rule:   "row_duplicate",
			Problem: fmt.Sprintf("was judged for one case of %s in more than one of these files",
				files[0].Inspection),
			Fix: "delete one of the rows: yardstick score with these files names them",
		}}}
	}
	all := Cases{Inspection: files[0].Inspection}
	for _, w := range merged {
		all.Words = append(all.Words, *w)
	}
	return scheme.score(&all), nil
}
