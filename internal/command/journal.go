package command

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"yardstick/data/register"
)

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
				tell(out, "%s\n", err)
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
	show.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases and the register")
	journal.AddCommand(show)
	verify.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases and the register")
	journal.AddCommand(verify)
	return journal
}
