package command

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/mod/sumdb/note"

	"yardstick/analytics"
	"yardstick/data/release"
	"yardstick/data/store"
	"yardstick/queries"
)

// How often a store is asked for its newest release, and how seldom at most while it fails. An answer is waited for as
// long as a question takes, and a release as long as its files take.
const (
	askEvery   = 500 * time.Millisecond
	askSeldom  = 10 * time.Second
	askLongest = 10 * time.Minute
	askFirst   = 15 * time.Second
)

// replica brings the releases of a store into a home.
type replica struct {
	follower *store.Follower
	log      *slog.Logger
	id       atomic.Pointer[string] // of the newest release that is here; nil for none
	before   *release.Manifest      // whose earlier releases are still to be brought
	answered func(time.Time)        // is told when the store answered; nil for nobody
}

// newReplica returns nil where the home itself says what to serve.
func newReplica(s settings, log *slog.Logger) (*replica, error) {
	if s.From == "" {
		return nil, nil
	}
	from, err := store.Open(s.From)
	if err != nil {
		return nil, err
	}
	program, err := release.Builder{Queries: queries.Files()}.Program()
	if err != nil {
		return nil, err
	}
	key, err := logKey(s.LogKey)
	if err != nil {
		return nil, err
	}
	return &replica{follower: &store.Follower{Store: from, Home: s.Home, Program: program, Key: key}, log: log}, nil
}

// logKey returns the key that a flag gives or names a file of.
func logKey(text string) (string, error) {
	if _, err := note.NewVerifier(text); text == "" || err == nil {
		return text, nil
	}
	key, err := os.ReadFile(text)
	if err != nil {
		return "", fmt.Errorf("log key: %w", err)
	}
	return strings.TrimSpace(string(key)), nil
}

// newest is the id of the newest release that is here, whole; empty for none.
func (r *replica) newest() string {
	if id := r.id.Load(); id != nil {
		return *id
	}
	return ""
}

// open takes a snapshot of the store's release, or, where that cannot be had now, of the last one in the home. It is
// nil where there is neither.
func (r *replica) open(ctx context.Context) (*analytics.Snapshot, error) {
	home := r.follower.Home
	if err := os.MkdirAll(home, 0o755); err != nil {
		return nil, fmt.Errorf("home: %w", err)
	}
	asking, cancel := context.WithTimeout(ctx, askFirst)
	defer cancel()
	if err := r.ask(asking); err == nil {
		if m, err := release.Of(home, r.newest()); err == nil {
			snapshot, err := openFile(ctx, release.Path(home, m.ID), m)
			if err == nil {
				return snapshot, release.Point(home, m.ID)
			}
			r.log.Error("the store's release is not served", "release", m.ID, "error", err)
		}
	} else {
		r.log.Warn("the store's release cannot be had", "store", r.follower.Store.String(), "error", err)
	}
	m, err := release.Whole(home)
	if err != nil {
		r.log.Warn("no release to serve yet: every answer is 503 until the store has one")
		return nil, nil
	}
	snapshot, err := openFile(ctx, release.Path(home, m.ID), m)
	if err != nil {
		r.log.Error("the last release in the home is not served either", "release", m.ID, "error", err)
		return nil, nil
	}
	r.log.Warn("serving the last release in the home", "release", m.ID)
	return snapshot, nil
}

// ask brings the store's newest release, if it is another than before.
func (r *replica) ask(ctx context.Context) error {
	m, moved, err := r.follower.Next(ctx)
	if err == nil && r.answered != nil {
		r.answered(time.Now())
	}
	if err != nil || !moved {
		return err
	}
	r.id.Store(&m.ID)
	r.before = &m
	return nil
}

// follow asks the store until ctx ends. While it fails it asks less and less often, and logs the first failure and the
// recovery.
func (r *replica) follow(ctx context.Context) {
	failing, pause := "", askEvery
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		asking, cancel := context.WithTimeout(ctx, askLongest)
		err := r.ask(asking)
		if err == nil && r.before != nil {
			if err = r.follower.Earlier(asking, *r.before); err == nil {
				r.before = nil
			}
		}
		cancel()
		switch {
		case ctx.Err() != nil:
			return
		case err == nil && failing != "":
			r.log.Info("the store answers again")
			fallthrough
		case err == nil:
			failing, pause = "", askEvery
		default:
			if err.Error() != failing {
				r.log.Warn("the store cannot be followed; asking again, and serving what there is", "error", err)
			}
			failing, pause = err.Error(), min(pause*2, askSeldom)
		}
	}
}
