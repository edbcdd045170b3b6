package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"yardstick/analytics"
	"yardstick/dashboards/archive"
	"yardstick/data/release"
)

func archiveCommand(s *settings, out, errOut io.Writer) *cobra.Command {
	var id string
	cmd := &cobra.Command{
		Use:   "archive DIR",
		Short: "Write a release as plain files that any web server, or none, can show",
		Long: "Archive writes a static edition of a release into a new or empty folder, whole or not at all: every page\n" +
			"in both languages, charts as images, tables and the data package as files, and a search of names. All addresses\n" +
			"are relative. With --site, what needs the website leads there.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return archiveTo(cmd.Context(), s, args[0], id, out, errOut)
		},
	}
	cmd.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases")
	cmd.Flags().StringVar(&id, "release", "", "an earlier release, by the first letters of its id; else the newest")
	siteFlags(cmd, s)
	return cmd
}

func archiveTo(ctx context.Context, s *settings, dir, id string, out, errOut io.Writer) error {
	begun := time.Now()
	log := logger(errOut, s.Verbose)
	snapshot, err := openRelease(ctx, s.Home, log)
	if err != nil {
		return err
	}
	if id != "" && !strings.HasPrefix(snapshot.Release().ID, id) {
		if snapshot, err = earlier(ctx, s.Home, id); err != nil {
			return fmt.Errorf("release %s: %w", id, err)
		}
	}
	if err := snapshot.ReadAround(ctx); err != nil {
		return err
	}
	from, err := editionOf(*s, snapshot, log)
	if err != nil {
		return err
	}
	var done archive.Progress
	if err := shown(errOut, "archive", func(progress func(n, of int64)) (err error) {
		done, err = archive.Write(ctx, dir, from, func(p archive.Progress) { progress(int64(p.Files), int64(p.Known)) })
		return err
	}); err != nil {
		return err
	}
	fmt.Fprintf(out, "release %s\n%s: %d files, %s, in %s\n", snapshot.Release().ID, dir, done.Files,
		humanize.Bytes(uint64(done.Bytes)), time.Since(begun).Round(time.Second))
	return nil
}

// editionOf returns what a static edition of a release is written from: a server of it, without a network.
func editionOf(s settings, snapshot *analytics.Snapshot, log *slog.Logger) (archive.Source, error) {
	s.static = true
	served, err := newServer(s, log)
	if err != nil {
		return archive.Source{}, err
	}
	if err := served.Publish(snapshot); err != nil {
		return archive.Source{}, err
	}
	_, _, err = release.PublicLog(s.Home)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return archive.Source{}, err
	}
	return archive.Of(served, snapshot, err == nil)
}
