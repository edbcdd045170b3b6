package server

import (
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"yardstick/dashboards/cache"
	"yardstick/dashboards/site"
)

// mostBuilt is how many pages are kept as they were built, for their parts: a reader who downloads one table of a page
// is likely to download another. The largest has some hundred kilobytes.
const mostBuilt = 32

// builtPages are the pages whose parts were last asked for, by canonical address.
type builtPages struct {
	pages *lru.Cache[string, *builtPage]
}

// builtPage is a page that is built once. Its parts are made one at a time: the words of a page serve one of them.
type builtPage struct {
	mu   sync.Mutex
	page *site.Built
}

func newBuiltPages() (*builtPages, error) {
	pages, err := lru.New[string, *builtPage](mostBuilt)
	return &builtPages{pages: pages}, err
}

// part makes a part of the page at an address, which is built where it is not kept. Errors are not kept.
func (b *builtPages) part(
	address string,
	build func() (*site.Built, error),
	part func(*site.Built) (*cache.Body, error),
) (*cache.Body, error) {
	mine := new(builtPage)
	kept, found, _ := b.pages.PeekOrAdd(address, mine)
	if !found {
		kept = mine
	} else {
		b.pages.Get(address) // as the last that was asked for
	}
	kept.mu.Lock()
	defer kept.mu.Unlock()
	if kept.page == nil {
		page, err := build()
		if err != nil {
			b.pages.Remove(address)
			return nil, err
		}
		kept.page = page
	}
	return part(kept.page)
}
