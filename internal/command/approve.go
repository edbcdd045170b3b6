package command

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

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
