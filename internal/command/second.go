package command

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"yardstick/data/register"
)

func approveCommand(s *settings, out io.Writer) *cobra.Command {
	return secondDecision(s, out, "approve IMPORT", "Let a draft be published: by somebody other than who imported it",
		"import %d is approved by %s\n", (*register.Register).Approve)
}

func liftCommand(s *settings, out io.Writer) *cobra.Command {
	return secondDecision(s, out, "lift IMPORT",
		"End an embargo before its time, for a reason: by somebody other than who imported the file",
		"the embargo of import %d is lifted by %s\n", (*register.Register).Lift)
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
			if err := decide(newRegister(s), cmd.Context(), seq, d.by, d.why); err != nil {
				return err
			}
			tell(out, done, seq, d.by)
			return nil
		},
	}
	decisionFlags(cmd, s, &d)
	return cmd
}
