package server

import (
	"fmt"
	"sync/atomic"

	lru "github.com/hashicorp/golang-lru/v2"

	"yardstick/analytics"
	"yardstick/analytics/target"
	"yardstick/dashboards/cache"
	"yardstick/dashboards/download"
	"yardstick/dashboards/site"
)

// The bytes of answers that an edition keeps. What readers type into the search has a cache of its own: those
// answers are many and small, and must not push pages out.
const (
	mostRendered = 48 << 20
	mostTyped    = 2 << 20
)

// edition is one release as it is served: its answers in memory and what was rendered from them, by canonical
// address. It dies with its release, so nothing in it is ever stale.
type edition struct {
	snapshot *analytics.Snapshot
	rendered *cache.Cache
	typed    *cache.Cache
	files    *download.Files
	desk     *target.Study
	built    *builtPages
	mistakes *mistakes                    // what does not exist, by the address that asks for it
	prepared atomic.Bool                  // the desk has its back-test
	older    *lru.Cache[string, *edition] // releases before this one, by the names that addresses have for them
}

func newEdition(snapshot *analytics.Snapshot) (*edition, error) {
	e := &edition{snapshot: snapshot, desk: target.New(snapshot), mistakes: newMistakes()}
	var err error
	if e.files, err = download.NewFiles(snapshot); err != nil {
		return nil, fmt.Errorf("new edition: %w", err)
	}
	if e.rendered, err = cache.New(mostRendered); err != nil {
		return nil, fmt.Errorf("new edition: %w", err)
	}
	if e.typed, err = cache.New(mostTyped); err != nil {
		return nil, fmt.Errorf("new edition: %w", err)
	}
	if e.built, err = newBuiltPages(); err != nil {
		return nil, fmt.Errorf("new edition: %w", err)
	}
	if e.older, err = lru.New[string, *edition](mostOlder); err != nil {
		return nil, fmt.Errorf("new edition: %w", err)
	}
	return e, nil
}

// source returns what pages of the edition are built from, while latest is the release of plain addresses.
func (e *edition) source(latest *edition) site.Source {
	return site.Source{Snapshot: e.snapshot, Latest: latest.snapshot.Release(), Files: e.files, Desk: e.desk}
}

// prepare works out what every answer of the desk needs, which takes a core for seconds.
func (e *edition) prepare() error {
	_, err := e.desk.Backtest()
	e.prepared.Store(err == nil)
	return err
}
