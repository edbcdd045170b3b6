package cache

import (
	"context"
	"fmt"

	"github.com/maypok86/otter/v2"
)

// Cache keeps answers by key, up to a number of bytes. What is asked for often stays; a run of made-up keys does not
// push it out. It is safe for concurrent use.
type Cache struct{ answers *otter.Cache[string, *Body] }

// New returns a Cache of at most this many bytes.
func New(bytes uint64) (*Cache, error) {
	answers, err := otter.New(&otter.Options[string, *Body]{
		MaximumWeight: bytes,
		Weigher:       func(key string, b *Body) uint32 { return b.weight() + uint32(len(key)) },
	})
	if err != nil {
		return nil, fmt.Errorf("new cache: %w", err)
	}
	return &Cache{answers: answers}, nil
}

// Get returns the answer under a key. Where there is none yet, it calls compute once, however many ask for the key
// at the same time. Errors are not kept.
func (c *Cache) Get(key string, compute func() (*Body, error)) (*Body, error) {
	return c.answers.Get(context.Background(), key, otter.LoaderFunc[string, *Body](
		func(context.Context, string) (*Body, error) { return compute() }))
}

// Len returns how many answers are kept.
func (c *Cache) Len() int {
	c.answers.CleanUp()
	return c.answers.EstimatedSize()
}

// Bytes returns about how many bytes they take.
func (c *Cache) Bytes() uint64 {
	c.answers.CleanUp()
	return c.answers.WeightedSize()
}

// Has reports whether an answer is kept under a key.
func (c *Cache) Has(key string) bool {
	_, ok := c.answers.GetIfPresent(key)
	return ok
}
