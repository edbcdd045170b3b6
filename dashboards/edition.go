package dashboards

import (
	"fmt"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"yardstick/analytics"
	"yardstick/analytics/target"
	"yardstick/dashboards/export"
	"yardstick/dashboards/export/datapackage"
)

// kept is how many rendered answers an edition keeps: every area and inspection in every language, and room for the
// comparisons and benchmarks that readers make.
const kept = 2048

// keptTyped is how many answers to what readers type into the search are kept: they are small, and of no use to the pages.
const keptTyped = 1024

// edition is one release as it is served: its answers in memory, and what was rendered from them, by canonical
// address. It dies with its release, so nothing in it is ever stale.
type edition struct {
	snapshot *analytics.Snapshot
	desk     *target.Study
	rendered *lru.Cache[string, *rendered]
	typed    *lru.Cache[string, *rendered]
	making   singleflight.Group
	tables   func() []export.Table // made when the first of them is asked for
	files    sync.Map              // *rendered by name: the files of the release, of which there are few
	writing  singleflight.Group
	earlier  *lru.Cache[string, *edition] // releases before this one, by the names that addresses have for them
}

func newEdition(snapshot *analytics.Snapshot) (*edition, error) {
	cache, err := lru.New[string, *rendered](kept)
	if err != nil {
		return nil, fmt.Errorf("new edition: %w", err)
	}
	typed, err := lru.New[string, *rendered](keptTyped)
	if err != nil {
		return nil, fmt.Errorf("new edition: %w", err)
	}
	earlier, err := lru.New[string, *edition](opened)
	if err != nil {
		return nil, fmt.Errorf("new edition: %w", err)
	}
	tables := sync.OnceValue(func() []export.Table { return datapackage.Tables(snapshot) })
	return &edition{snapshot: snapshot, desk: target.New(snapshot), rendered: cache, typed: typed, tables: tables, earlier: earlier}, nil
}

// get is the answer under a canonical address, made once however many ask for it at the same time. Errors are not
// kept.
func (e *edition) get(address string, make func() (*rendered, error)) (*rendered, error) {
	return e.from(e.rendered, address, make)
}

// from is get with what is kept in one of the caches.
func (e *edition) from(cache *lru.Cache[string, *rendered], address string, make func() (*rendered, error)) (*rendered, error) {
	if r, ok := cache.Get(address); ok {
		return r, nil
	}
	made, err, _ := e.making.Do(address, func() (any, error) {
		r, err := make()
		if err != nil {
			return nil, err
		}
		cache.Add(address, r)
		return r, nil
	})
	if err != nil {
		return nil, err
	}
	return made.(*rendered), nil
}
