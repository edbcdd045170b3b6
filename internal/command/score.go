package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"yardstick/analytics/score"
	"yardstick/analytics/stats"
	"yardstick/data/input"
	"yardstick/data/release"
	"yardstick/queries"
)

// scoring holds the flags of the command score.
type scoring struct {
	questions, out, shard string
	score.Scorer
}

func scoreCommand(s *settings, version string, out, errOut io.Writer) *cobra.Command {
	flags := scoring{Scorer: score.Scorer{Queries: queries.Files()}}
	cmd := &cobra.Command{
		Use:   "score --questions FILE JUDGEMENTS…",
		Short: "Score criteria, sections and headlines from case judgements (CSV, Parquet)",
		Long: "Score counts, for every inspection and measure, the judgements of the measure's questions that were " +
			"sufficient among\n" +
			"those that were applicable. Judgements have the columns inspection, case, question, judgement (sufficient, " +
			"insufficient\n" +
			"or not_applicable); questions have question, criterion, section, headlines (separated by ;), naming measures.\n" +
			"The answer has inspection, measure, numerator, denominator, score_percent, lower, upper, unrounded. lower " +
			"and upper are\n" +
			"a 95% interval from the spread between cases, where at least 10 cases have an applicable judgement. It does " +
			"not cover\n" +
			"how assessors differ. The error stream says which intervals are missing and which questions say nothing.\n" +
			"A file with anything wrong in it is refused whole: exit 1, one line a finding; 2: something could not be read.\n" +
			"With --shard 2/3 the files are divided between three runs, of which this is the second, and the answer is a " +
			"part.\n" +
			"Give every run the same files in the same order. score merge makes scores of the parts.",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			questions, err := readQuestions(flags.questions)
			if err != nil {
				return refusal(out, s.JSON, err)
			}
			if flags.shard != "" {
				return scoreShard(cmd.Context(), s, version, flags, questions, files, out, errOut)
			}
			var result score.Result
			if err := shown(errOut, "score", func(done func(n, of int64)) (err error) {
				flags.Progress = done
				result, err = flags.Score(cmd.Context(), questions, files)
				return err
			}); err != nil {
				return refusal(out, s.JSON, err)
			}
			return writeScores(out, errOut, s.JSON, flags.out, result)
		},
	}
	cmd.Flags().StringVar(&flags.questions, "questions", "", "file of questions and the measures they count for")
	cmd.Flags().StringVar(&flags.out, "out", "", "file to write the scores to, in place of the output")
	cmd.Flags().StringVar(&flags.Memory, "memory", score.DefaultMemory,
		"that the engine takes before it spills to disk")
	cmd.Flags().StringVar(&flags.Spill, "spill", "", "folder to spill to (default: that of temporary files)")
	cmd.Flags().StringVar(&flags.shard, "shard", "", "number of this run and of all, such as 2/3: write a part")
	cmd.Flags().BoolVar(&s.JSON, "json", s.JSON, "print scores, or findings, as JSON")
	if err := cmd.MarkFlagRequired("questions"); err != nil {
		panic(err) // there is no such flag
	}
	cmd.AddCommand(mergeCommand(s, out, errOut))
	return cmd
}

func mergeCommand(s *settings, out, errOut io.Writer) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "merge OUT PARTS…",
		Short: "Write the scores of the parts of every shard to a file",
		Long: "Merge writes the same bytes as one run over all files. It refuses parts of other files, questions or " +
			"versions,\n" +
			"parts that are missing, and inspections that are in the files of two shards: exit 1, one line a finding.",
		Args: cobra.MinimumNArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			var parts []score.Part
			for _, name := range args[1:] {
				part, err := readPart(name)
				if err != nil {
					return refusal(out, s.JSON, err)
				}
				parts = append(parts, part)
			}
			result, err := score.Merge(parts)
			if err != nil {
				return refusal(out, s.JSON, err)
			}
			return writeScores(out, errOut, s.JSON, args[0], result)
		},
	}
	cmd.Flags().BoolVar(&s.JSON, "json", s.JSON, "print scores too, or findings, as JSON")
	return cmd
}

func readPart(name string) (score.Part, error) {
	file, err := input.Open(name)
	if err != nil {
		return score.Part{}, err
	}
	defer file.Close()
	return score.ReadPart(name, file)
}

// scoreShard writes the part of one shard to the file that --out names, or else to the output.
func scoreShard(
	ctx context.Context,
	s *settings,
	version string,
	flags scoring,
	questions []score.Question,
	files []string,
	out, errOut io.Writer,
) error {
	shard, err := score.ParseShard(flags.shard)
	if err != nil {
		return fmt.Errorf("--shard: %w", err)
	}
	var part score.Part
	if err := shown(errOut, "score", func(done func(n, of int64)) (err error) {
		flags.Progress = done
		part, err = flags.ScoreShard(ctx, shard, version, questions, files)
		return err
	}); err != nil {
		return refusal(out, s.JSON, err)
	}
	content, err := json.Marshal(part)
	if err != nil {
		return err
	}
	content = append(content, '\n')
	if flags.out == "" {
		_, err := out.Write(content)
		return err
	}
	return release.Replace(flags.out, content, 0o644)
}

func readQuestions(name string) ([]score.Question, error) {
	file, err := input.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return score.ReadQuestions(name, file)
}

// writeScores writes the scores to the file, or else to the output, and what they leave out to the error stream;
// as JSON the output has all of it.
func writeScores(out, errOut io.Writer, asJSON bool, file string, result score.Result) error {
	if file != "" {
		var content bytes.Buffer
		if err := result.WriteCSV(&content); err != nil {
			return err
		}
		if err := release.Replace(file, content.Bytes(), 0o644); err != nil {
			return err
		}
	}
	if asJSON {
		return json.NewEncoder(out).Encode(result)
	}
	if file == "" {
		if err := result.WriteCSV(out); err != nil {
			return err
		}
	}
	for _, i := range result.Inspections {
		reportInspection(errOut, i)
	}
	return nil
}

// reportInspection prints what the scores of an inspection leave out.
func reportInspection(errOut io.Writer, i score.Inspection) {
	for _, s := range i.Scores {
		switch s.Reason {
		case score.NothingApplicable:
			printLine(errOut, "%s: %s: no score, because no judgement was applicable\n", i.ID, s.Measure)
		case score.TooFewCases:
			printLine(errOut, "%s: %s: no interval: too few cases (%d; at least %d are needed)\n",
				i.ID, s.Measure, s.Cases, stats.MinClusters)
		}
	}
	if len(i.NeverApplicable) > 0 {
		printLine(errOut, "%s: never applicable: %s\n", i.ID, strings.Join(i.NeverApplicable, ", "))
	}
	if len(i.NeverJudged) > 0 {
		printLine(errOut, "%s: never judged: %s\n", i.ID, strings.Join(i.NeverJudged, ", "))
	}
}
