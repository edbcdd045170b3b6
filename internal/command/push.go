package command

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"yardstick/data/store"
)

// destination is the store that a release is pushed to, if any.
type destination struct {
	address, replacing string
	store              *store.Store // nil without an address
}

func (d *destination) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&d.address, "to", "", "object storage to push the release to: s3://BUCKET/PREFIX")
	cmd.Flags().StringVar(&d.replacing, "replacing", "",
		"the release that may be replaced in object storage though it was not made in this home")
}

func (d *destination) open() (err error) {
	if d.address != "" {
		d.store, err = store.Open(d.address)
	}
	return err
}

// push pushes the home's current release, if there is somewhere to push it.
func (d *destination) push(ctx context.Context, s *settings, out io.Writer) error {
	if d.store == nil {
		return nil
	}
	done, err := d.store.Push(ctx, s.Home, d.replacing)
	if err != nil {
		return err
	}
	if s.JSON {
		return json.NewEncoder(out).Encode(done)
	}
	if done.Previous == done.Release {
		fmt.Fprintf(out, "%s has release %s already\n", d.store, done.Release)
		return nil
	}
	fmt.Fprintf(out, "pushed release %s to %s: %d files, %s\n",
		done.Release, d.store, done.Files, humanize.Bytes(uint64(done.Bytes)))
	if done.Previous != "" {
		fmt.Fprintln(out, "  in place of", done.Previous)
	}
	return nil
}

func pushCommand(s *settings, out io.Writer) *cobra.Command {
	var to destination
	cmd := &cobra.Command{
		Use:   "push",
		Short: "Put the home's current release into object storage, and point its followers to it",
		Long: "Push sends the files of the current release, and of those before it, that the store lacks, and then points\n" +
			"the store to it: whole or not at all. It refuses to replace a release that was not made in this home.\n" +
			"Servers started with --from the same address follow. Credentials and endpoint are those of the standard\n" +
			"AWS environment and files.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := to.open(); err != nil {
				return err
			}
			return to.push(cmd.Context(), s, out)
		},
	}
	cmd.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases")
	cmd.Flags().BoolVar(&s.JSON, "json", s.JSON, "print what was done as JSON")
	to.flags(cmd)
	if err := cmd.MarkFlagRequired("to"); err != nil {
		panic(err) // the flag is defined above
	}
	return cmd
}
