package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	"yardstick/analytics/score"
	"yardstick/data/input"
)

var (
	questionsFile = flag.String("questions", "", "file of questions and the measures they count for")
	out           = flag.String("out", "", "file to write the scores to, where the workers can write it")
	memory        = flag.String("memory", score.DefaultMemory, "that a worker's engine takes before it spills to disk")
)

func main() {
	flag.Parse()
	beam.Init()
	if err := run(context.Background(), flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "score:", err)
		os.Exit(1)
	}
}

// run submits the pipeline and waits for its end.
func run(ctx context.Context, patterns []string) error {
	if *questionsFile == "" || *out == "" || len(patterns) == 0 {
		return errors.New("usage: --questions FILE --out FILE [--runner NAME …] JUDGEMENTS…")
	}
	file, err := input.Open(*questionsFile)
	if err != nil {
		return err
	}
	defer file.Close()
	questions, err := score.ReadQuestions(*questionsFile, file)
	if err != nil {
		return err
	}
	var files []string
	for _, pattern := range patterns {
		found, err := list(ctx, pattern)
		if err != nil {
			return err
		}
		files = append(files, found...)
	}
	p, s := beam.NewPipelineWithRoot()
	pipeline(s, questions, *memory, files, *out)
	return beamx.Run(ctx, p)
}

// list returns the files that a pattern names, such as gs://bucket/2026/*.parquet.
func list(ctx context.Context, pattern string) ([]string, error) {
	store, err := filesystem.New(ctx, pattern)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	files, err := store.List(ctx, pattern)
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("%s names no file", pattern)
	}
	return files, err
}
