package command

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

func liftCommand(s *settings, out io.Writer) *cobra.Command {
	var d decision
	cmd := &cobra.Command{
		Use:   "lift IMPORT",
		Short: "End an embargo before its time, for a reason: by somebody other than who imported the file",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			seq, err := importNumber(args[0])
			if err != nil {
				return err
			}
			if err := newRegister(s).Lift(cmd.Context(), seq, d.by, d.why); err != nil {
				return err
			}
			fmt.Fprintf(out, "the embargo of import %d is lifted by %s\n", seq, d.by)
			return nil
		},
	}
	decisionFlags(cmd, s, &d)
	return cmd
}
