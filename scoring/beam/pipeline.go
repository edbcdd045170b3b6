// Command beam scores judgements as yardstick score does, on the workers of an Apache Beam runner. It is a module of
// its own, so that the site's program does not carry Beam.
//
// Every file is collapsed where it is read, by the local command's own engine. What is shuffled is a case of an
// inspection, not a judgement. An inspection may be in several files. The scores are those of the local command, byte
// for byte.
package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"yardstick/analytics/score"
	"yardstick/data/finding"
	"yardstick/queries"
)

func init() {
	register.DoFn4x1[context.Context, string, func(string, []byte), func([]byte), error](&collapse{})
	register.DoFn4x1[string, func(*[]byte) bool, func([]byte), func([]byte), error](&roll{})
	register.DoFn4x1[context.Context, []byte, func(*[]byte) bool, func(*[]byte) bool, error](&write{})
	register.Emitter1[[]byte]()
	register.Emitter2[string, []byte]()
	register.Iter1[[]byte]()
}

// pipeline scores the files and writes the scores to out, unless anything is wrong in any of the files.
func pipeline(s beam.Scope, questions []score.Question, memory string, files []string, out string) {
	names := beam.Reshuffle(s, beam.CreateList(s, files)) // so that each file finds its own worker
	cases, malformed := beam.ParDo2(s, &collapse{Questions: questions, Memory: memory}, names)
	scored, repeated := beam.ParDo2(s, &roll{Questions: questions}, beam.GroupByKey(s, cases))
	beam.ParDo0(s, &write{Out: out}, beam.Impulse(s),
		beam.SideInput{Input: scored}, beam.SideInput{Input: beam.Flatten(s, malformed, repeated)})
}

// collapse reads files of judgements. Its fields travel to the workers.
type collapse struct {
	Questions []score.Question
	Memory    string
}

// ProcessElement emits the cases of a file by inspection, or else what is wrong with the file.
func (c *collapse) ProcessElement(
	ctx context.Context, name string, cases func(string, []byte), refuse func([]byte),
) error {
	local, done, err := fetch(ctx, name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer done()
	var found [][]byte
	var ids []string
	scorer := score.Scorer{Queries: queries.Files(), Memory: c.Memory}
	err = scorer.Collapse(ctx, c.Questions, name, local, func(one score.Cases) error {
		var content bytes.Buffer
		err := gob.NewEncoder(&content).Encode(one)
		ids, found = append(ids, one.Inspection), append(found, content.Bytes())
		return err
	})
	if err != nil {
		return refused(err, refuse)
	}
	for n, id := range ids {
		cases(id, found[n])
	}
	return nil
}

// fetch returns where a file is on this machine: itself, or a copy that done removes.
func fetch(ctx context.Context, name string) (local string, done func(), err error) {
	if !strings.Contains(name, "://") {
		return name, func() {}, nil
	}
	store, err := filesystem.New(ctx, name)
	if err != nil {
		return "", nil, err
	}
	defer store.Close()
	from, err := store.OpenRead(ctx, name)
	if err != nil {
		return "", nil, err
	}
	defer from.Close()
	to, err := os.CreateTemp("", "yardstick-*"+path.Ext(name))
	if err != nil {
		return "", nil, err
	}
	_, err = io.Copy(to, from)
	if err := errors.Join(err, to.Close()); err != nil {
		return "", nil, errors.Join(err, os.Remove(to.Name()))
	}
	return to.Name(), func() { _ = os.Remove(to.Name()) }, nil
}

// refused emits what refuses the judgements; any other error fails the bundle, which the runner tries again.
func refused(err error, refuse func([]byte)) error {
	var why *finding.Error
	if !errors.As(err, &why) {
		return err
	}
	content, err := json.Marshal(why)
	if err == nil {
		refuse(content)
	}
	return err
}

// roll scores inspections.
type roll struct{ Questions []score.Question }

// ProcessElement scores an inspection from what the files say of it.
func (r *roll) ProcessElement(_ string, next func(*[]byte) bool, scored, refuse func([]byte)) error {
	var files []score.Cases
	for content := []byte(nil); next(&content); {
		var one score.Cases
		if err := gob.NewDecoder(bytes.NewReader(content)).Decode(&one); err != nil {
			return err
		}
		files = append(files, one)
	}
	inspection, err := score.ScoreCases(r.Questions, files)
	if err != nil {
		return refused(err, refuse)
	}
	content, err := json.Marshal(inspection)
	if err == nil {
		scored(content)
	}
	return err
}

// write writes the scores.
type write struct{ Out string }

// ProcessElement writes the scores of every inspection, or else fails with what is wrong in the files.
func (w *write) ProcessElement(ctx context.Context, _ []byte, scored, malformed func(*[]byte) bool) error {
	why, err := all[finding.Error](malformed)
	if err != nil {
		return err
	}
	if len(why) > 0 {
		return together(why)
	}
	inspections, err := all[score.Inspection](scored)
	if err != nil {
		return err
	}
	slices.SortFunc(inspections, func(a, b score.Inspection) int { return cmp.Compare(a.ID, b.ID) })
	store, err := filesystem.New(ctx, w.Out)
	if err != nil {
		return err
	}
	defer store.Close()
	to, err := store.OpenWrite(ctx, w.Out)
	if err != nil {
		return err
	}
	return errors.Join(score.Result{Inspections: inspections}.WriteCSV(to), to.Close())
}

// all reads every element of a side input.
func all[T any](next func(*[]byte) bool) ([]T, error) {
	var out []T
	for content := []byte(nil); next(&content); {
		var one T
		if err := json.Unmarshal(content, &one); err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// together is what refuses the files, in the order of their names and rows.
func together(why []finding.Error) error {
	out := &finding.Error{}
	for _, w := range why {
		out.Findings = append(out.Findings, w.Findings...)
		out.Unlisted += w.Unlisted
	}
	slices.SortStableFunc(out.Findings, func(a, b finding.Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return out
}
