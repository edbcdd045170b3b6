package command

import (
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"yardstick/data/register"
)

func withdrawCommand(s *settings, out io.Writer) *cobra.Command {
	var d decision
	cmd := &cobra.Command{
		Use:   "withdraw IMPORT | INSPECTION",
		Short: "Take an import, or every result of an inspection, out of what is published next, for a reason",
		Long: "Withdraw takes the number of an import, or the id of an inspection. The next " +
			"release is without\n" +
			"the figures, and so are earlier releases at their permanent addresses. The history tells the public when and why " +
			"they were\n" +
			"withdrawn, and not what they were.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			w := register.Withdrawal{By: d.by, Why: d.why}
			what := "inspection " + args[0]
			if seq, err := strconv.Atoi(args[0]); err == nil {
				w.Import, what = seq, "import "+args[0]
			} else {
				w.Inspection = args[0]
			}
			r := newRegister(s)
			if err := r.Withdraw(cmd.Context(), w); err != nil {
				return err
			}
			if waits, err := printWaiting(out, r); waits || err != nil {
				return err
			}
			printLine(out, "%s is withdrawn; publish makes the release without it\n", what)
			return nil
		},
	}
	decisionFlags(cmd, s, &d)
	return cmd
}
