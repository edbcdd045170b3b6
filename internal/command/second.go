package command

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"yardstick/data/register"
)

func approveCommand(s *settings, out io.Writer) *cobra.Command {
	return secondDecision(s, out, "approve DECISION",
		"Let a draft, or another decision that waits for it, take effect: by somebody other than who made it",
		"decision %d is approved by %s\n", (*register.Register).Approve)
}

func liftCommand(s *settings, out io.Writer) *cobra.Command {
	return secondDecision(s, out, "lift IMPORT",
		"End an embargo before its time, for a reason: by somebody other than who imported the file",
		"the embargo of import %d is lifted by %s\n", (*register.Register).Lift)
}

// printWaiting says of the newest decision, where that is so, that somebody else approves it first.
func printWaiting(out io.Writer, r *register.Register) (bool, error) {
	seq, err := r.Waiting()
	if seq > 0 {
		printLine(out, "decision %d waits: somebody else runs approve %d, and then publish\n", seq, seq)
	}
	return seq > 0, err
}

// secondDecision is a command by which a second person decides about an import. done says so, with the import's number
// and the person.
func secondDecision(
	s *settings,
	out io.Writer,
	use, short, done string,
	decide func(r *register.Register, ctx context.Context, seq int, by, why string) error,
) *cobra.Command {
	var d decision
	cmd := &cobra.Command{
		Use:   use,
		Short: short,
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			seq, err := importNumber(args[0])
			if err != nil {
				return err
			}
			r := newRegister(s)
			if err := decide(r, cmd.Context(), seq, d.by, d.why); err != nil {
				return err
			}
			if waits, err := printWaiting(out, r); waits || err != nil {
				return err
			}
			printLine(out, done, seq, d.by)
			return nil
		},
	}
	decisionFlags(cmd, s, &d)
	return cmd
}
