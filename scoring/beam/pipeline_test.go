package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/ptest"

	"yardstick/analytics/score"
	"yardstick/queries"
)

// Everything here is made up: no inspection, case or judgement is a real one.

func TestMain(m *testing.M) { ptest.Main(m) }

// asked are more questions than one word has.
func asked() []score.Question {
	var questions []score.Question
	for n := range 70 {
		questions = append(questions, score.Question{
			ID:        fmt.Sprintf("q%d", n),
			Criterion: fmt.Sprintf("criterion_%d", n%9),
			Headlines: []string{fmt.Sprintf("headline_%d", n%2)},
		})
	}
	return questions
}

// written is a file of judgements in a folder of its own.
func written(t *testing.T, name string, rows []string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	content := "inspection,case,question,judgement\n" + strings.Join(rows, "\n") + "\n"
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// piped runs the pipeline on prism.
func piped(t *testing.T, files ...string) (string, error) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "scores.csv")
	p, s := beam.NewPipelineWithRoot()
	pipeline(s, asked(), "256MB", files, out)
	if err := ptest.Run(p); err != nil {
		if _, missing := os.Stat(out); missing == nil {
			t.Error("scores were written")
		}
		return "", err
	}
	content, err := os.ReadFile(out)
	return string(content), err
}

// Inspections whose cases, and cases whose questions, are in several files: the bytes are those of the local command.
func TestPipelineWritesWhatTheLocalCommandWrites(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	rows := make([][]string, 3)
	for i := range 4 {
		for c := range 14 {
			for n := range 70 {
				kind := []string{"sufficient", "sufficient", "insufficient", "not_applicable"}[rng.IntN(4)]
				to := rng.IntN(len(rows))
				rows[to] = append(rows[to], fmt.Sprintf("made-up-%d,%d,q%d,%s", i, c, n, kind))
			}
		}
	}
	var files []string
	for n, part := range rows {
		files = append(files, written(t, fmt.Sprintf("%d.csv", n), part))
	}
	local := score.Scorer{Queries: queries.Files(), Memory: "256MB"}
	result, err := local.Score(t.Context(), asked(), files)
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := result.WriteCSV(&want); err != nil {
		t.Fatal(err)
	}
	got, err := piped(t, files...)
	if err != nil {
		t.Fatal(err)
	}
	if got != want.String() {
		t.Errorf("the pipeline wrote\n%s\nthe local command\n%s", got, want.String())
	}
	if lines := strings.Count(got, "\n"); lines != 1+4*11 {
		t.Errorf("%d lines", lines)
	}
}

func TestMalformedFilesAreRefusedTogether(t *testing.T) {
	a := written(t, "a.csv", []string{"x,1,q1,sufficient", "x,1,q2,good"})
	b := written(t, "b.csv", []string{"x,1,unknown,sufficient"})
	c := written(t, "c.csv", []string{"y,1,q1,sufficient"})
	d := written(t, "d.csv", []string{"y,1,q1,insufficient"})
	_, err := piped(t, a, b, c, d)
	if err == nil {
		t.Fatal("nothing is refused")
	}
	for _, want := range []string{
		a + `:3:judgement: judgement_unknown: "good"`,
		b + `:2:question: question_unknown: "unknown"`,
		c + ", " + d + `:0:question: row_duplicate: "q1" was judged for one case of y`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%s\nis not in\n%v", want, err)
		}
	}
}
