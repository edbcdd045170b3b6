package command

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"yardstick/data"
	"yardstick/data/release"
	"yardstick/queries"
)

func prepareCommand(s *settings, out io.Writer) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "prepare",
		Short: "Make sure that the home has a release that this version can serve",
		Long: "Prepare does what serve does before it answers, for a server that may not write to its home: it fills an " +
			"empty\nhome from the shipped record, and makes a release of another version again. It publishes nothing.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := os.MkdirAll(s.Home, 0o755); err != nil {
				return fmt.Errorf("home: %w", err)
			}
			b := release.Builder{Home: s.Home, Record: data.Record(), Queries: queries.Files(), Now: time.Now,
				Opens: opens}
			m, instead, err := b.Ensure(cmd.Context())
			if err != nil {
				return err
			}
			if instead != nil && !errors.Is(instead, release.ErrNone) {
				fmt.Fprintln(out, "made again, or another in its place:", instead)
			}
			fmt.Fprintln(out, "release", m.ID)
			return nil
		},
	}
	cmd.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases")
	return cmd
}
