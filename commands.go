package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"time"

	"github.com/caarlos0/env/v11"
	"github.com/spf13/cobra"

	"yardstick/data"
	"yardstick/data/finding"
	"yardstick/data/register"
	"yardstick/data/release"
	"yardstick/queries"
)

// errFound says that a command did its work and found something wrong, which it has printed.
var errFound = errors.New("findings")

func isFinding(err error) bool { return errors.Is(err, errFound) }

// settings are what commands can be told, by flag or by environment variable; a flag wins.
type settings struct {
	Addr    string        `env:"ADDR"`
	Home    string        `env:"HOME"`
	Drain   time.Duration `env:"DRAIN"`
	Site    string        `env:"SITE"`
	JSON    bool          `env:"JSON"`
	Verbose bool          `env:"VERBOSE"`
}

func rootCommand(out, errOut io.Writer) *cobra.Command {
	s := &settings{Addr: "127.0.0.1:8080", Home: "var", Drain: 10 * time.Second}
	serve := serveCommand(s, errOut)
	root := &cobra.Command{
		Use:           "yardstick",
		Short:         "Comparative analytics of youth-justice inspection in England and Wales",
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE:          serve.RunE, // serving is what is meant where nothing else is said
	}
	root.SetOut(out)
	root.SetErr(errOut)
	serveFlags(root, s)
	root.AddCommand(serve, checkCommand(s, out), importCommand(s, out), approveCommand(s, out),
		publishCommand(s, out), withdrawCommand(s, out), journalCommand(s, out), exportCommand(s, out, errOut), targetCommand(s, out, errOut), scoreCommand(s, out, errOut))
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return fromEnvironment(cmd, s) }
	return root
}

// fromEnvironment fills what no flag set from YARDSTICK_ADDR, YARDSTICK_HOME and so on.
func fromEnvironment(cmd *cobra.Command, s *settings) error {
	given := *s
	if err := env.ParseWithOptions(s, env.Options{Prefix: "YARDSTICK_"}); err != nil {
		return fmt.Errorf("environment: %w", err)
	}
	for name, restore := range map[string]func(){
		"addr":    func() { s.Addr = given.Addr },
		"home":    func() { s.Home = given.Home },
		"drain":   func() { s.Drain = given.Drain },
		"site":    func() { s.Site = given.Site },
		"json":    func() { s.JSON = given.JSON },
		"verbose": func() { s.Verbose = given.Verbose },
	} {
		if flag := cmd.Flags().Lookup(name); flag != nil && flag.Changed {
			restore()
		}
	}
	return nil
}

func checkCommand(s *settings, out io.Writer) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check [FILE…]",
		Short: "Check the shipped record, or files to be imported: one line a finding",
		Long: "Check holds the shipped record, or what importing a file would make of it, to every rule, and changes nothing.\n" +
			"A finding is file:row:column: rule: what is wrong; what to do. A warning says so, and refuses nothing.\n" +
			"Exit 0: nothing, or warnings alone; 1: something would be refused; 2: something could not be read.",
		RunE: func(cmd *cobra.Command, files []string) error {
			findings, err := check(cmd.Context(), s, files)
			if err != nil {
				return err
			}
			if err := tellFindings(out, s.JSON, findings); err != nil {
				return err
			}
			if slices.ContainsFunc(findings, finding.Finding.Refuses) {
				return errFound
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&s.JSON, "json", s.JSON, "print findings as JSON (YARDSTICK_JSON)")
	cmd.Flags().StringVar(&s.Home, "home", s.Home, "directory of the register that files would be imported into (YARDSTICK_HOME)")
	return cmd
}

// check gives the findings of the shipped record, or of each file in turn.
func check(ctx context.Context, s *settings, files []string) ([]finding.Finding, error) {
	if len(files) == 0 {
		return release.Builder{Record: data.Record(), Queries: queries.Files(), Now: time.Now}.Check(ctx)
	}
	var findings []finding.Finding
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		found, err := newRegister(s).Check(ctx, register.Import{Name: name, Content: content})
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	return findings, nil
}

func logger(w io.Writer, verbose bool) *slog.Logger {
	level := slog.LevelInfo
	if verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}
