package command

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"github.com/spf13/pflag"
)

// manualCommand writes what a package has beside the program. It is of those who make packages, and hidden from others.
func manualCommand(version string) *cobra.Command {
	return &cobra.Command{
		Use:    "manual DIR",
		Short:  "Write the manual pages and the shells' completions into DIR/man and DIR/completion",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			root.DisableAutoGenTag = true
			impersonal(root)
			man, completion := filepath.Join(args[0], "man"), filepath.Join(args[0], "completion")
			if err := errors.Join(os.MkdirAll(man, 0o755), os.MkdirAll(completion, 0o755)); err != nil {
				return fmt.Errorf("manual: %w", err)
			}
			header := &doc.GenManHeader{Title: "YARDSTICK", Section: "1", Source: "yardstick " + version, Manual: "Yardstick"}
			return errors.Join(doc.GenManTree(root, header, man),
				root.GenBashCompletionFileV2(filepath.Join(completion, "yardstick"), true),
				root.GenZshCompletionFile(filepath.Join(completion, "_yardstick")),
				root.GenFishCompletionFile(filepath.Join(completion, "yardstick.fish"), true))
		},
	}
}

// impersonal takes the name of whoever runs the program out of the defaults of a command and those below it.
func impersonal(cmd *cobra.Command) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Name == "by" {
			f.DefValue = ""
		}
	})
	for _, below := range cmd.Commands() {
		impersonal(below)
	}
}
