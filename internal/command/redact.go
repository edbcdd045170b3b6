package command

import (
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"yardstick/data/register"
)

func redactCommand(s *settings, out io.Writer) *cobra.Command {
	var d decision
	cmd := &cobra.Command{
		Use:   "redact IMPORT | INSPECTION",
		Short: "Erase an import, or all imports of one inspection, for good: file, rows, texts and releases",
		Long: "Redact withdraws the import, publishes the release without it where it is public, and erases it: the file\n" +
			"and its rows, its name and reason in the journal, and what earlier releases have of it. Hashes of all that\n" +
			"stay in the journal, which still verifies. Backups are yours to erase. Write no name into --why: the public\n" +
			"reads it.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			redaction := register.Redaction{By: d.by, Why: d.why}
			if seq, err := strconv.Atoi(args[0]); err == nil {
				redaction.Import = seq
			} else {
				redaction.Inspection = args[0]
			}
			r := newRegister(s)
			erased, err := r.Redact(cmd.Context(), redaction)
			if err != nil {
				return err
			}
			if len(erased) == 0 {
				_, err := printWaiting(out, r)
				return err
			}
			printLine(out, "erased imports %v\n", erased)
			return nil
		},
	}
	decisionFlags(cmd, s, &d)
	return cmd
}
