package command

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"yardstick/static"
)

func licencesCommand(out io.Writer) *cobra.Command {
	return &cobra.Command{
		Use:   "licences",
		Short: "Print the licences and copyright texts of everything that the program contains",
		Long: "Licences prints the licences and copyright texts of the modules that the program is built from, the\n" +
			"database among them, of Go, and of the scripts and styles that it serves.",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			text, err := static.Licences()
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(out, text)
			return err
		},
	}
}
