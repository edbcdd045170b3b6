package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"yardstick/data/register"
)

func publishCommand(s *settings, out io.Writer) *cobra.Command {
	var d decision
	var to destination
	cmd := &cobra.Command{
		Use:   "publish [IMPORT…]",
		Short: "Make a release of what is to be public now, and point the public site to it",
		Long: "Publish without arguments releases every import that is neither a draft nor under embargo; with --due, " +
			"those whose\n" +
			"embargo has lapsed; with numbers, those imports. What was published before stays. It is whole or not at all.\n" +
			"With --to the release is then pushed to object storage, as push does, also where there is nothing new to publish.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := to.open(); err != nil { // before anything is decided
				return err
			}
			choice := register.Choice{Due: d.due, By: d.by, Why: d.why}
			for _, text := range args {
				seq, err := importNumber(text)
				if err != nil {
					return err
				}
				choice.Imports = append(choice.Imports, seq)
			}
			var made register.Published
			err := shown(cmd.ErrOrStderr(), "publish", func(func(n, of int64)) (err error) {
				made, err = newRegister(s).Publish(cmd.Context(), choice)
				return err
			})
			if errors.Is(err, register.ErrNothing) {
				if to.address == "" || !s.JSON {
					fmt.Fprintln(out, "nothing to publish: release", made.Release.ID, "stands")
				}
				return to.push(cmd.Context(), s, out)
			}
			if err != nil {
				return refusal(out, s.JSON, err)
			}
			if s.JSON {
				err = json.NewEncoder(out).Encode(made)
			} else {
				printPublished(out, made)
			}
			if err != nil {
				return err
			}
			if err := to.push(cmd.Context(), s, out); err != nil {
				return fmt.Errorf("release %s is published in %s, and not pushed: %w", made.Release.ID, s.Home, err)
			}
			return nil
		},
	}
	decisionFlags(cmd, s, &d)
	to.flags(cmd)
	cmd.Flags().BoolVar(&d.due, "due", false, "only imports whose embargo has lapsed")
	return cmd
}

// printPublished says what a release is, what came in and left with it, and how its record differs from the one before.
func printPublished(out io.Writer, made register.Published) {
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
