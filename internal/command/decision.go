package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/user"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"yardstick/data"
	"yardstick/data/finding"
	"yardstick/data/register"
	"yardstick/queries"
)

// decision is what the office's commands are told beside their files.
type decision struct {
	by, why, embargo string
	draft, due       bool
}

func newRegister(s *settings) *register.Register {
	return &register.Register{Home: s.Home, Record: data.Record(), Queries: queries.Files(), Now: time.Now,
		User: whoRuns(), Opens: opens}
}

func decisionFlags(cmd *cobra.Command, s *settings, d *decision) {
	cmd.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases and the register")
	cmd.Flags().StringVar(&d.by, "by", whoami(),
		"who decides, by name, for the journal; where four eyes are required, the account counts")
	cmd.Flags().StringVar(&d.why, "why", "", "why, for the journal and, with what it changes, for the public")
	cmd.Flags().BoolVar(&s.JSON, "json", s.JSON, "print what was done as JSON")
}

// whoami is the name that the system knows the caller by; empty where it knows none.
func whoami() string {
	current, err := user.Current()
	if err != nil {
		return ""
	}
	return current.Username
}

// importNumber reads the number that the journal gave an import.
func importNumber(text string) (int, error) {
	seq, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("%q is not the number of an import", text)
	}
	return seq, nil
}

// refusal prints the findings of a refused file; any other error is passed on.
func refusal(out io.Writer, asJSON bool, err error) error {
	var refused *finding.Error
	if !errors.As(err, &refused) {
		return err
	}
	if err := printFindings(out, asJSON, refused.Findings); err != nil {
		return err
	}
	return errFound
}

func printFindings(out io.Writer, asJSON bool, findings []finding.Finding) error {
	if asJSON {
		if findings == nil {
			findings = []finding.Finding{}
		}
		return json.NewEncoder(out).Encode(findings)
	}
	for _, f := range findings {
		fmt.Fprintln(out, f)
	}
	return nil
}
