// Command yardstick serves comparative analytics of youth-justice inspection in England and Wales: every published
// headline score and rating, what it is worth beside its region, its nation and its own past, and what may be
// concluded from two of them. See README.md; analytics/doc.go has the design.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // embargoes are clock times in London, wherever the program runs
)

// version is set by the linker.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program as a function of its arguments: the exit code is 0 for success, 1 where something was found wrong
// with what was given, 2 where the program could not do its work.
func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	root := rootCommand(out, errOut)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case isFinding(err):
		return 1
	}
	fmt.Fprintln(errOut, "yardstick:", err)
	return 2
}
