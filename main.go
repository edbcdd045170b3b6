// Command yardstick serves comparative analytics of youth-justice inspection in England and Wales: every published
// headline score and rating, what it is worth beside its region, its nation and its own past, and what may be
// concluded from two of them. See README.md; analytics/doc.go has the design.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // embargoes are clock times in London, wherever the program runs

	"yardstick/internal/command"
)

// version is set by the linker.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(command.Run(ctx, version, os.Args[1:], os.Stdout, os.Stderr))
}
