package command

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"time"

	web "yardstick/dashboards/site"
)

// How long a purge may take, and how often it is tried.
const (
	purgeLongest = 10 * time.Second
	purgeTries   = 3
	purgePause   = time.Second
)

// purger runs the operator's command that empties shared caches, each time that a server answers from another release.
// Every server runs it after it has switched, so the last to switch purges what the others' answers left.
type purger struct {
	command string // for the shell; empty for none
	log     *slog.Logger
	count   func(done bool)
	last    chan string // the newest release that is to be purged for
}

func newPurger(command string, log *slog.Logger, count func(done bool)) *purger {
	return &purger{command: command, log: log, count: count, last: make(chan string, 1)}
}

// switched has caches purged, now that a release is served. It does not wait.
func (p *purger) switched(release string) {
	if p.command == "" {
		return
	}
	select {
	case <-p.last: // that one need not be purged for any more
	default:
	}
	p.last <- release
}

// run purges until ctx ends.
func (p *purger) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case release := <-p.last:
			p.purge(ctx, release)
		}
	}
}

// purge runs the command until it succeeds, a newer release waits, or it has failed too often.
func (p *purger) purge(ctx context.Context, release string) {
	for try := range purgeTries {
		begun := time.Now()
		err := p.once(ctx, release)
		p.count(err == nil)
		if err == nil {
			p.log.Info("shared caches are purged", "release", release, "milliseconds", time.Since(begun).Milliseconds())
			return
		}
		p.log.Error("shared caches are not purged", "release", release, "try", try+1, "error", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(purgePause):
		}
		if len(p.last) > 0 {
			return
		}
	}
}

// once runs the command. It finds the release in YARDSTICK_RELEASE, and a tag that every answer has in YARDSTICK_TAG.
func (p *purger) once(ctx context.Context, release string) error {
	ctx, cancel := context.WithTimeout(ctx, purgeLongest)
	defer cancel()
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", p.command)
	cmd.Env = append(os.Environ(), "YARDSTICK_RELEASE="+web.ShortName(release), "YARDSTICK_TAG=yardstick")
	cmd.WaitDelay = time.Second // for what the command started and left
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, strings.TrimSpace(string(out[:min(len(out), 500)])))
	}
	return nil
}
