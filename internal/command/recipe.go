package command

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"yardstick/data/ingest"
	"yardstick/data/input"
)

// recipeFlags say by which recipe files are read.
type recipeFlags struct {
	name   string
	fields map[string]string
}

func (r *recipeFlags) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&r.name, "recipe", "", "read sheets of another layout by this recipe: a file, or the name of a "+
		"shipped one")
	cmd.Flags().StringToStringVar(&r.fields, "field", nil, "with --recipe: what a column of the import is, such as "+
		"source_url=https://…")
}

// read returns the recipe as it is to be kept, nil where none is named. What is wrong with it is a *finding.Error.
func (r *recipeFlags) read() ([]byte, error) {
	if r.name == "" {
		if len(r.fields) > 0 {
			return nil, fmt.Errorf("--field is for files that are read by a --recipe")
		}
		return nil, nil
	}
	text, ok := ingest.ShippedRecipes()[r.name]
	if !ok {
		var err error
		if text, err = input.Load(r.name, ingest.MostBytes); err != nil {
			return nil, fmt.Errorf("%w; the shipped recipes are %s", err, strings.Join(recipeNames(), ", "))
		}
	}
	text, err := ingest.SetFields(text, r.fields)
	if err != nil {
		return nil, err
	}
	_, err = ingest.ParseRecipe(r.name, text)
	return text, err
}

func recipeNames() []string { return slices.Sorted(maps.Keys(ingest.ShippedRecipes())) }

func recipeCommand(out io.Writer) *cobra.Command {
	return &cobra.Command{
		Use:   "recipe [NAME]",
		Short: "List the recipes that come with the program, or print one to start from",
		Long: "A recipe says how a sheet that somebody else laid out is read as rows of an import: which sheet, where its " +
			"header\n" +
			"is, which rows count, and which cells become which columns. docs/recipes.md describes it.\n" +
			"Use it with: yardstick import FILE --recipe NAME --field source_url=https://…",
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			recipes := ingest.ShippedRecipes()
			if len(args) == 1 {
				text, ok := recipes[args[0]]
				if !ok {
					return fmt.Errorf("%q is none of the recipes %s", args[0], strings.Join(recipeNames(), ", "))
				}
				_, err := out.Write(text)
				return err
			}
			for _, name := range recipeNames() {
				about, err := ingest.AboutRecipe(recipes[name])
				if err != nil {
					return err
				}
				fmt.Fprintf(out, "%-26s %s\n", name, about)
			}
			return nil
		},
	}
}
