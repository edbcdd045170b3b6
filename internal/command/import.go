package command

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"yardstick/data/ingest"
	"yardstick/data/input"
	"yardstick/data/register"
)

func importCommand(s *settings, out io.Writer) *cobra.Command {
	var d decision
	var recipe recipeFlags
	cmd := &cobra.Command{
		Use:   "import FILE…",
		Short: "Take files of results, indicators and more (CSV, XLSX, ODS) into the register, each whole or not at all",
		Long: "The header of a file tells what it holds: results, indicators, areas, scores, findings, judgements or " +
			"questions.\n" +
			"Import keeps a file unchanged under its hash and writes one decision to the journal. Nothing becomes public " +
			"by it:\n" +
			"publish does that. A file with anything wrong in it is refused whole, with every finding; one with warnings " +
			"alone is\n" +
			"taken, and its warnings are published beside the figures they are about.\n" +
			"With --recipe a sheet in any other layout is read: see \"yardstick recipe\".",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			var embargo *register.Embargo
			if d.embargo != "" {
				given, err := register.ParseEmbargo(d.embargo)
				if err != nil {
					return err
				}
				embargo = &given
			}
			how, err := recipe.read()
			if err != nil {
				return refusal(out, s.JSON, err)
			}
			for _, name := range files {
				content, err := input.Load(name, ingest.MostBytes)
				if err != nil {
					return refusal(out, s.JSON, err)
				}
				what := register.Import{Name: name, Content: content, Recipe: how, By: d.by, Why: d.why,
					Embargo: embargo, Draft: d.draft}
				var receipt register.Receipt
				if err := shown(cmd.ErrOrStderr(), "import", func(func(n, of int64)) (err error) {
					receipt, err = newRegister(s).Import(cmd.Context(), what)
					return err
				}); err != nil {
					return refusal(out, s.JSON, err)
				}
				if err := printReceipt(out, s.JSON, name, receipt); err != nil {
					return err
				}
			}
			return nil
		},
	}
	decisionFlags(cmd, s, &d)
	recipe.flags(cmd)
	cmd.Flags().StringVar(&d.embargo, "embargo", "", `not public before this time in London: "2012-06-13 00:01"`)
	cmd.Flags().BoolVar(&d.draft, "draft", false, "publish only once somebody else has approved it")
	return cmd
}

func printReceipt(out io.Writer, asJSON bool, name string, receipt register.Receipt) error {
	if asJSON {
		return json.NewEncoder(out).Encode(receipt)
	}
	if receipt.KeptOnly {
		printLine(out, "%s: %d rows of %s, kept with the journal; they are in no release\n",
			name, receipt.Rows, receipt.Kind)
	} else {
		printLine(out, "%s: %d added, %d changed, %d unchanged\n", name, receipt.AddedRows, receipt.ChangedRows,
			receipt.Unchanged)
	}
	if left := receipt.Left; left != (ingest.Left{}) {
		fmt.Fprintf(out, "  by its recipe %d rows were passed over, and %d values are marked as missing\n",
			left.Rows, left.Missing)
	}
	for _, c := range receipt.Changed {
		fmt.Fprintln(out, "  changed", c)
	}
	if more := receipt.ChangedRows - len(receipt.Changed); more > 0 {
		printLine(out, "  and %d more changed\n", more)
	}
	for _, warning := range receipt.Warnings {
		fmt.Fprintln(out, warning)
	}
	if receipt.Seq == 0 {
		fmt.Fprintln(out, "  nothing to do: the register says all of it already")
		return nil
	}
	printLine(out, "  import %d, sha256 %s\n", receipt.Seq, receipt.Upload)
	switch {
	case receipt.Embargo == nil:
	case receipt.Embargo.Due(time.Now()):
		printLine(out, "  its embargo, %s, has passed: publish makes it public\n", receipt.Embargo)
	default:
		printLine(out, "  under embargo until %s\n", receipt.Embargo)
	}
	if receipt.Draft {
		fmt.Fprintln(out, "  a draft: somebody else approves it before it is published")
	}
	for _, seq := range receipt.Inherits {
		printLine(out, "  as import %d, which has figures of the same inspections, areas or periods\n", seq)
	}
	return nil
}
