package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/user"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"yardstick/data"
	"yardstick/data/finding"
	"yardstick/data/register"
	"yardstick/queries"
)

// decision is what the office's commands are told beside their files.
type decision struct {
	by, why, embargo string
	draft, due       bool
}

func newRegister(s *settings) *register.Register {
	return &register.Register{Home: s.Home, Record: data.Record(), Queries: queries.Files(), Now: time.Now}
}

func decisionFlags(cmd *cobra.Command, s *settings, d *decision) {
	cmd.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases and the register (YARDSTICK_HOME)")
	cmd.Flags().StringVar(&d.by, "by", whoami(), "who decides, for the journal")
	cmd.Flags().StringVar(&d.why, "why", "", "why, for the journal and, with what it changes, for the public")
	cmd.Flags().BoolVar(&s.JSON, "json", s.JSON, "print what was done as JSON (YARDSTICK_JSON)")
}

// whoami is the name that the system knows the caller by; empty where it knows none.
func whoami() string {
	current, err := user.Current()
	if err != nil {
		return ""
	}
	return current.Username
}

func importCommand(s *settings, out io.Writer) *cobra.Command {
	var d decision
	cmd := &cobra.Command{
		Use:   "import FILE…",
		Short: "Take files of results, indicators, areas and more (CSV, XLSX) into the register, each whole or not at all",
		Long: "The header of a file tells what it holds: results, indicators, areas, scores, judgements or questions.\n" +
			"Import keeps a file unchanged under its hash and writes one decision to the journal. Nothing becomes public by it:\n" +
			"publish does that. A file with anything wrong in it is refused whole, with every finding; one with warnings alone is\n" +
			"taken, and its warnings are published beside the figures they are about.",
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
			for _, name := range files {
				content, err := os.ReadFile(name)
				if err != nil {
					return err
				}
				receipt, err := newRegister(s).Import(cmd.Context(), register.Import{Name: name, Content: content, By: d.by, Why: d.why,
					Embargo: embargo, Draft: d.draft})
				if err != nil {
					return refusal(out, s.JSON, err)
				}
				if err := tellReceipt(out, s.JSON, name, receipt); err != nil {
					return err
				}
			}
			return nil
		},
	}
	decisionFlags(cmd, s, &d)
	cmd.Flags().StringVar(&d.embargo, "embargo", "", `not public before this time in London: "2012-06-13 00:01"`)
	cmd.Flags().BoolVar(&d.draft, "draft", false, "publish only once somebody else has approved it")
	return cmd
}

// refusal prints the findings of a refused file; any other error is passed on.
func refusal(out io.Writer, asJSON bool, err error) error {
	var refused *finding.Error
	if !errors.As(err, &refused) {
		return err
	}
	if err := tellFindings(out, asJSON, refused.Findings); err != nil {
		return err
	}
	return errFound
}

func tellFindings(out io.Writer, asJSON bool, findings []finding.Finding) error {
	if asJSON {
		if findings == nil {
			findings = []finding.Finding{}
		}
		return json.NewEncoder(out).Encode(findings)
	}
	for _, f := range findings {
		fmt.Fprintln(out, f)
	}
	return nil
}

func tellReceipt(out io.Writer, asJSON bool, name string, receipt register.Receipt) error {
	if asJSON {
		return json.NewEncoder(out).Encode(receipt)
	}
	if receipt.KeptOnly {
		fmt.Fprintf(out, "%s: %d rows of %s, kept with the journal and laid over nothing: no release ever holds them\n", name, receipt.Rows, receipt.Kind)
	} else {
		fmt.Fprintf(out, "%s: %d added, %d changed, %d unchanged\n", name, receipt.AddedRows, receipt.ChangedRows, receipt.Unchanged)
	}
	for _, c := range receipt.Changed {
		fmt.Fprintln(out, "  changed", c)
	}
	if more := receipt.ChangedRows - len(receipt.Changed); more > 0 {
		fmt.Fprintf(out, "  and %d more changed\n", more)
	}
	for _, warning := range receipt.Warnings {
		fmt.Fprintln(out, warning)
	}
	if receipt.Seq == 0 {
		fmt.Fprintln(out, "  nothing to do: the register says all of it already")
		return nil
	}
	fmt.Fprintf(out, "  import %d, sha256 %s\n", receipt.Seq, receipt.Upload)
	if receipt.Embargo != nil {
		fmt.Fprintf(out, "  under embargo until %s\n", receipt.Embargo)
	}
	return nil
}

func publishCommand(s *settings, out io.Writer) *cobra.Command {
	var d decision
	cmd := &cobra.Command{
		Use:   "publish [IMPORT…]",
		Short: "Make a release of what is to be public now, and point the public site to it",
		Long: "Publish without arguments releases every import that is neither a draft nor under embargo; with --due, those whose\n" +
			"embargo has lapsed; with numbers, those imports. What was published before stays. It is whole or not at all.",
		RunE: func(cmd *cobra.Command, args []string) error {
			choice := register.Choice{Due: d.due, By: d.by, Why: d.why}
			for _, text := range args {
				seq, err := importNumber(text)
				if err != nil {
					return err
				}
				choice.Imports = append(choice.Imports, seq)
			}
			made, err := newRegister(s).Publish(cmd.Context(), choice)
			if errors.Is(err, register.ErrNothing) {
				fmt.Fprintln(out, "nothing to publish: release", made.Release.ID, "stands")
				return nil
			}
			if err != nil {
				return refusal(out, s.JSON, err)
			}
			if s.JSON {
				return json.NewEncoder(out).Encode(made)
			}
			tellPublished(out, made)
			return nil
		},
	}
	decisionFlags(cmd, s, &d)
	cmd.Flags().BoolVar(&d.due, "due", false, "only imports whose embargo has lapsed")
	return cmd
}

// tellPublished says what a release is, what came in and left with it, and how its record differs from the one before.
func tellPublished(out io.Writer, made register.Published) {
	fmt.Fprintf(out, "release %s\n", made.Release.ID)
	if len(made.Came) > 0 {
		fmt.Fprintln(out, "  came in: decisions", made.Came)
	}
	if len(made.Left) > 0 {
		fmt.Fprintln(out, "  left: decisions", made.Left)
	}
	for _, file := range slices.Sorted(maps.Keys(made.Release.Difference)) {
		d := made.Release.Difference[file]
		fmt.Fprintf(out, "  %s: %d rows came, %d changed, %d left\n", file, d.Came, d.Changed, d.Left)
	}
	if made.Previous != "" {
		fmt.Fprintln(out, "  in place of", made.Previous)
	}
}

// importNumber reads the number that the journal gave an import.
func importNumber(text string) (int, error) {
	seq, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("%q is not the number of an import", text)
	}
	return seq, nil
}

func withdrawCommand(s *settings, out io.Writer) *cobra.Command {
	var d decision
	cmd := &cobra.Command{
		Use:   "withdraw IMPORT | INSPECTION",
		Short: "Take an import, or every result of an inspection, out of what is published next, for a reason",
		Long: "Withdraw takes the number of an import, or the id of an inspection. The figures stay in the releases that had them;\n" +
			"the next release is without them and tells the public when and why they were withdrawn.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			w := register.Withdrawal{By: d.by, Why: d.why}
			what := "inspection " + args[0]
			if seq, err := strconv.Atoi(args[0]); err == nil {
				w.Import, what = seq, "import "+args[0]
			} else {
				w.Inspection = args[0]
			}
			if err := newRegister(s).Withdraw(cmd.Context(), w); err != nil {
				return err
			}
			fmt.Fprintln(out, what+" is withdrawn; publish makes the release without it")
			return nil
		},
	}
	decisionFlags(cmd, s, &d)
	return cmd
}

func approveCommand(s *settings, out io.Writer) *cobra.Command {
	var d decision
	cmd := &cobra.Command{
		Use:   "approve IMPORT",
		Short: "Let a draft be published: by somebody other than who imported it",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			seq, err := importNumber(args[0])
			if err != nil {
				return err
			}
			if err := newRegister(s).Approve(cmd.Context(), seq, d.by, d.why); err != nil {
				return err
			}
			fmt.Fprintf(out, "import %d is approved by %s\n", seq, d.by)
			return nil
		},
	}
	decisionFlags(cmd, s, &d)
	return cmd
}

func journalCommand(s *settings, out io.Writer) *cobra.Command {
	journal := &cobra.Command{Use: "journal", Short: "The register's journal of decisions"}
	verify := &cobra.Command{
		Use:   "verify",
		Short: "Hold every entry to its hash, and every upload to its name",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			entries, err := newRegister(s).Verify()
			var broken *register.JournalError
			if errors.As(err, &broken) {
				fmt.Fprintln(out, err)
				return errFound
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(out, "%d entries, whole", len(entries))
			if len(entries) > 0 {
				fmt.Fprintf(out, "; head %s", entries[len(entries)-1].Hash)
			}
			fmt.Fprintln(out)
			return nil
		},
	}
	show := &cobra.Command{
		Use:   "show",
		Short: "Print every decision: when, who, what and why",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			entries, err := newRegister(s).Verify()
			if err != nil {
				return err
			}
			for _, e := range entries {
				fmt.Fprintln(out, e)
			}
			return nil
		},
	}
	show.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases and the register (YARDSTICK_HOME)")
	journal.AddCommand(show)
	verify.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases and the register (YARDSTICK_HOME)")
	journal.AddCommand(verify)
	return journal
}
