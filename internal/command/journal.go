package command

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"yardstick/data/ingest"
	"yardstick/data/input"
	"yardstick/data/register"
)

func journalCommand(s *settings, out io.Writer) *cobra.Command {
	journal := &cobra.Command{Use: "journal", Short: "The register's journal of decisions"}
	var kept string
	verify := &cobra.Command{
		Use:   "verify",
		Short: "Hold the journal to its signature, every upload to its name, and releases to what was published",
		Long: "Verify finds whatever was rewritten, cut off, put in or exchanged since it was written. Somebody who has\n" +
			"the key and all files could write another journal: keep a copy of register/checkpoint or of\n" +
			"/releases/checkpoint elsewhere, and give it as --checkpoint. The journal, or the log of publications, must\n" +
			"begin with what it was then.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			r := newRegister(s)
			entries, err := r.Verify(cmd.Context())
			if err == nil && kept != "" {
				err = checkAgainst(r, kept, entries)
			}
			if _, ok := errors.AsType[*register.JournalError](err); ok {
				printLine(out, "%s\n", err)
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
		RunE: func(cmd *cobra.Command, _ []string) error {
			entries, err := newRegister(s).Verify(cmd.Context())
			if err != nil {
				return err
			}
			for _, e := range entries {
				fmt.Fprintln(out, e)
			}
			return nil
		},
	}
	key := &cobra.Command{
		Use:   "key",
		Short: "Print the key that verifies the office's signatures, which anybody may have",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			public, err := newRegister(s).PublicKey()
			if err != nil {
				return err
			}
			fmt.Fprintln(out, public)
			return nil
		},
	}
	key.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases and the register")
	journal.AddCommand(key)
	show.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases and the register")
	journal.AddCommand(show)
	verify.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases and the register")
	verify.Flags().StringVar(&kept, "checkpoint", "",
		"file of a checkpoint that was kept elsewhere, for the log to begin with")
	journal.AddCommand(verify)
	return journal
}

// checkAgainst holds the journal to a checkpoint in a file.
func checkAgainst(r *register.Register, name string, entries []register.Entry) error {
	signed, err := input.Load(name, ingest.MostBytes)
	if err != nil {
		return err
	}
	return r.CheckAgainst(signed, entries)
}
