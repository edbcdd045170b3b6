package command

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"github.com/spf13/cobra"

	"yardstick/dashboards/export/datapackage"
)

func exportCommand(s *settings, out, errOut io.Writer) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export DIR",
		Short: "Write the current release as a data package: CSV, XLSX, Parquet, datapackage.json",
		Long: "Export writes every table of the newest release in the home directory into a new or empty directory, " +
			"whole or not\n" +
			"at all, with a Frictionless datapackage.json. The same release gives the same bytes. An empty home gets a " +
			"release of\n" +
			"the shipped record first.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return exportTo(cmd.Context(), s, args[0], out, logger(errOut, s.Verbose))
		},
	}
	cmd.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases")
	return cmd
}

func exportTo(ctx context.Context, s *settings, dir string, out io.Writer, log *slog.Logger) (err error) {
	if err := datapackage.Vacant(dir); err != nil {
		return err
	}
	snapshot, err := openRelease(ctx, s.Home, log)
	if err != nil {
		return err
	}
	tables := datapackage.Tables(snapshot)
	sizes, err := datapackage.Write(dir, datapackage.Files(snapshot.Release(), tables))
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "release %s\n", snapshot.Release().ID)
	for _, t := range tables {
		fmt.Fprintf(out, "  %-20s %6d rows\n", t.Name, t.Len())
	}
	bytes := 0
	for _, size := range sizes {
		bytes += size
	}
	fmt.Fprintf(out, "%s: %d files, %d bytes; described by %s\n", dir, len(sizes), bytes, datapackage.DescriptorName)
	return nil
}
