package cache

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
)

// random returns n bytes that do not compress, the same for the same seed.
func random(seed uint64, n int) []byte {
	r := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)})
	content := make([]byte, n)
	r.Read(content) // it never fails
	return content
}

func TestCacheStaysWithinItsBytes(t *testing.T) {
	const most = 1 << 20
	c, err := New(most)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 500 {
		content := random(uint64(n), 10_000)
		got, err := c.Get(strconv.Itoa(n), func() (*Body, error) { return Compress(content, "text/plain", OnDemand) })
		if err != nil {
			t.Fatal(err)
		}
		if plain, err := io.ReadAll(got.Plain()); err != nil || !bytes.Equal(plain, content) {
			t.Fatalf("answer %d came back changed: %v", n, err)
		}
	}
	if c.Bytes() > most || c.Len() == 0 {
		t.Errorf("%d answers of %d bytes are kept, over %d bytes", c.Len(), c.Bytes(), most)
	}
}

func TestCacheMakesAnAnswerOnce(t *testing.T) {
	c, err := New(1 << 20)
	if err != nil {
		t.Fatal(err)
	}
	var made atomic.Int32
	var asking sync.WaitGroup
	for range 50 {
		asking.Go(func() {
			if _, err := c.Get("/", func() (*Body,
				error) {
				made.Add(1)
				return Compress([]byte("x"), "text/plain", Ahead)
			}); err != nil {
				t.Error(err)
			}
		})
	}
	asking.Wait()
	if made.Load() != 1 {
		t.Errorf("the answer was made %d times", made.Load())
	}
}

func TestCacheKeepsNoErrors(t *testing.T) {
	c, err := New(1 << 20)
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	for range 2 {
		if _, err := c.Get("/", func() (*Body, error) { return nil, broken }); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	}
	if c.Len() != 0 {
		t.Error("an error is kept")
	}
}

func TestBodyEncodings(t *testing.T) {
	content := bytes.Repeat([]byte("Leicester City "), 1000)
	for name, b := range map[string]*Body{"stored": Store(content, "application/zip")} {
		if got, err := b.As(Identity); err != nil || !bytes.Equal(got, content) || b.Compressible() {
			t.Errorf("%s: %v", name, err)
		}
	}
	if b, err := Keep(content, "text/plain", OnDemand); err != nil {
		t.Error(err)
	} else if got, err := b.As(Identity); err != nil || !bytes.Equal(got, content) || !b.Compressible() {
		t.Errorf("of a body that keeps them, %d plain bytes: %v", len(got), err)
	}
	for _, effort := range []Effort{OnDemand, Ahead} {
		b, err := Compress(content, "text/plain", effort)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the reader is used again
			plain := b.Plain()
			got, err := io.ReadAll(plain)
			plain.Close()
			if err != nil || !bytes.Equal(got, content) {
				t.Errorf("effort %d: %v", effort, err)
			}
		}
		if got, err := b.As(Identity); err != nil || got != nil {
			t.Errorf("effort %d: the plain bytes are kept: %d, %v", effort, len(got), err)
		}
		for _, encoding := range []Encoding{Brotli, Gzip} {
			if got, err := b.As(encoding); err != nil || len(got) == 0 || len(got) >= len(content) {
				t.Errorf("effort %d in %s: %d bytes, %v", effort, encoding, len(got), err)
			}
		}
		if other := Store(content, "text/plain"); other.Tag != b.Tag || b.Size != len(content) {
			t.Errorf("effort %d: tag %s, size %d", effort, b.Tag, b.Size)
		}
	}
}
