// Package command is the command line of yardstick: one file a command.
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

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"yardstick/dashboards/server"
)

// Run executes the program with its arguments and returns its exit code: 0 for success, 1 where a command found
// something wrong in what it was given, 2 where it could not do its work.
func Run(ctx context.Context, version string, args []string, out, errOut io.Writer) int {
	root := rootCommand(version, out, errOut)
	root.SetArgs(args)
	err := fromEnvironment(root)
	if err == nil {
		err = root.ExecuteContext(ctx)
	}
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errFound):
		return 1
	}
	printError(errOut, err)
	return 2
}

// errFound says that a command did its work and found something wrong, which it has printed.
var errFound = errors.New("findings")

// settings are the values that several commands share.
type settings struct {
	Addr    string
	Home    string
	From    string // store whose releases are served; empty for those of the home
	Site    string
	Contact string

	Publisher string // who runs the site
	Drain     time.Duration
	Probe     string // address of the operator's own listener; empty for none
	Memory    string // bytes of Go's memory; empty for no bound
	Access    bool   // log answers
	Limits    server.Limits
	Client    string        // header with a client's address
	LogKey    string        // that signed the store's log, or a file that has it; empty for any
	Shared    time.Duration // for which shared caches may keep answers
	Purge     string        // command that empties them
	JSON      bool
	Verbose   bool

	static bool // pages are to be kept as files
}

func rootCommand(version string, out, errOut io.Writer) *cobra.Command {
	s := &settings{Addr: "127.0.0.1:8080", Home: "var", Drain: 10 * time.Second,
		Limits: server.Limits{Connections: server.DefaultConnections, PerAddress: server.DefaultPerAddress}}
	serve := serveCommand(s, errOut)
	root := &cobra.Command{
		Use:           "yardstick",
		Short:         "Comparative analytics of youth-justice inspection in England and Wales",
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE:          serve.RunE, // without a command the program serves
	}
	root.SetOut(out)
	root.SetErr(errOut)
	serveFlags(root, s)
	root.AddCommand(serve, checkCommand(s, out), importCommand(s, out), recipeCommand(out), approveCommand(s, out),
		liftCommand(s, out), publishCommand(s, out), pushCommand(s, out), prepareCommand(s, out), doctorCommand(s, out),
		manualCommand(version), mcpCommand(s, version, out, errOut), withdrawCommand(s, out), redactCommand(s, out),
		journalCommand(s, out), exportCommand(s, out, errOut), archiveCommand(s, out, errOut),
		targetCommand(s, out, errOut), scoreCommand(s, version, out, errOut), officeCommand(s, out, errOut),
		licencesCommand(out))
	return root
}

// fromEnvironment gives every flag of a command, and of the commands below it, its default from the environment:
// YARDSTICK_HOME for --home, YARDSTICK_AS_OF for --as-of. A flag on the command line still wins.
func fromEnvironment(cmd *cobra.Command) error {
	var failed error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		name := "YARDSTICK_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		f.Usage += " (" + name + ")"
		value, given := os.LookupEnv(name)
		if !given {
			return
		}
		if err := f.Value.Set(value); err != nil {
			failed = errors.Join(failed, fmt.Errorf("environment: %s=%q: %w", name, value, err))
			return
		}
		f.DefValue = value
		delete(f.Annotations, cobra.BashCompOneRequiredFlag)
	})
	for _, below := range cmd.Commands() {
		failed = errors.Join(failed, fromEnvironment(below))
	}
	return failed
}

func logger(w io.Writer, verbose bool) *slog.Logger {
	level := slog.LevelInfo
	if verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}
