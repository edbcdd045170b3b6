package command

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"yardstick/data"
	"yardstick/data/finding"
	"yardstick/data/ingest"
	"yardstick/data/input"
	"yardstick/data/register"
	"yardstick/data/release"
	"yardstick/queries"
)

func checkCommand(s *settings, out io.Writer) *cobra.Command {
	var recipe recipeFlags
	cmd := &cobra.Command{
		Use:   "check [FILE…]",
		Short: "Check the shipped record, or files to be imported: one line a finding",
		Long: "Check holds the shipped record, or what importing a file would make of it, to every rule, and changes " +
			"nothing.\n" +
			"A finding is file:row:column: rule: what is wrong; what to do. A warning says so, and refuses nothing.\n" +
			"Exit 0: nothing, or warnings alone; 1: something would be refused; 2: something could not be read.",
		RunE: func(cmd *cobra.Command, files []string) error {
			how, err := recipe.read()
			if err != nil {
				return refusal(out, s.JSON, err)
			}
			findings, err := check(cmd.Context(), s, files, how)
			if err != nil {
				return err
			}
			if err := printFindings(out, s.JSON, findings); err != nil {
				return err
			}
			if slices.ContainsFunc(findings, finding.Finding.Refuses) {
				return errFound
			}
			return nil
		},
	}
	recipe.flags(cmd)
	cmd.Flags().BoolVar(&s.JSON, "json", s.JSON, "print findings as JSON")
	cmd.Flags().StringVar(&s.Home, "home", s.Home, "directory of the register that files would be imported into")
	return cmd
}

// check gives the findings of the shipped record, or of each file in turn.
func check(ctx context.Context, s *settings, files []string, recipe []byte) ([]finding.Finding, error) {
	if len(files) == 0 {
		return release.Builder{Record: data.Record(), Queries: queries.Files(), Now: time.Now}.Check(ctx)
	}
	var findings []finding.Finding
	for _, name := range files {
		content, err := input.Load(name, ingest.MostBytes)
		if refused, ok := errors.AsType[*finding.Error](err); ok {
			findings = append(findings, refused.Findings...)
			continue
		}
		if err != nil {
			return nil, err
		}
		found, err := newRegister(s).Check(ctx, register.Import{Name: name, Content: content, Recipe: recipe})
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	return findings, nil
}
