package cache

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
)

// Encoding is the name of a content encoding, as HTTP has it.
type Encoding string

// The encodings that an answer can be sent in.
const (
	Brotli   Encoding = "br"
	Gzip     Encoding = "gzip"
	Identity Encoding = "identity"
)

// Effort is how hard an answer is compressed.
type Effort int

// A reader waits for what is made on demand, and nobody waits for what is made ahead. The highest level of brotli takes
// a hundred times as long as level 2 and saves a tenth of the bytes.
const (
	OnDemand Effort = 2
	Ahead    Effort = 5
)

// Body is an answer ready to send. It keeps the brotli bytes that browsers ask for. Other encodings are made from them
// when a client first asks: those clients are few, and their copies would fill most of the cache. A Body is immutable
// and safe for concurrent use.
type Body struct {
	Type     string // content type
	Language string // of its words; empty where it has none, or several
	FileName string // the name to save it under; empty for what is shown
	Size     int    // of the plain bytes
	Tag      string // hash of the plain bytes

	stored []byte // plain bytes that compression would not make smaller, sent as they are; nil otherwise
	brotli []byte
	gzip   func() ([]byte, error)
}

// Store returns a Body of content that is compressed already, such as a ZIP archive. It keeps the slice.
func Store(content []byte, contentType string) *Body {
	return &Body{Type: contentType, Size: len(content), Tag: tagOf(content), stored: content}
}

// Built returns a Body of an asset that was compressed when the program was built. The tag is that of the plain bytes.
func Built(contentType, tag string, brotli, gzip []byte) *Body {
	return &Body{Type: contentType, Tag: tag, brotli: brotli, gzip: func() ([]byte, error) { return gzip, nil }}
}

// Compress returns a Body of content, of which it keeps nothing but the compressed bytes.
func Compress(content []byte, contentType string, effort Effort) (*Body, error) {
	pool := onDemand
	if effort == Ahead {
		pool = ahead
	}
	packed, err := pack(pool, content)
	if err != nil {
		return nil, err
	}
	b := &Body{Type: contentType, Size: len(content), Tag: tagOf(content), brotli: packed}
	b.gzip = sync.OnceValues(func() ([]byte, error) {
		plain, err := b.Plain()
		if err != nil {
			return nil, err
		}
		return pack(gzips, plain)
	})
	return b, nil
}

// Plain returns the bytes without any encoding.
func (b *Body) Plain() ([]byte, error) {
	if b.stored != nil {
		return b.stored, nil
	}
	plain, err := io.ReadAll(brotli.NewReader(bytes.NewReader(b.brotli)))
	if err != nil {
		return nil, fmt.Errorf("decompress: %w", err)
	}
	return plain, nil
}

// Compressible reports whether the body has encodings other than the plain bytes.
func (b *Body) Compressible() bool { return b.stored == nil }

// As returns the bytes in an encoding.
func (b *Body) As(encoding Encoding) ([]byte, error) {
	switch encoding {
	case Brotli:
		return b.brotli, nil
	case Gzip:
		return b.gzip()
	}
	return b.Plain()
}

// weight is about how many bytes of memory the body takes.
func (b *Body) weight() uint32 {
	const overhead = 512 // its fields, its key and its place in the cache
	return uint32(len(b.stored) + len(b.brotli) + overhead)
}

func tagOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:12])
}

// Writers are reused: making one costs more than compressing a page.
var (
	onDemand = &sync.Pool{New: func() any { return brotli.NewWriterLevel(nil, int(OnDemand)) }}
	ahead    = &sync.Pool{New: func() any { return brotli.NewWriterLevel(nil, int(Ahead)) }}
	gzips    = &sync.Pool{New: func() any { return gzip.NewWriter(nil) }}
)

// writer is what the writers of brotli and gzip have in common.
type writer interface {
	io.WriteCloser
	Reset(io.Writer)
}

func pack(pool *sync.Pool, content []byte) ([]byte, error) {
	w := pool.Get().(writer)
	defer pool.Put(w)
	var out bytes.Buffer
	w.Reset(&out)
	if _, err := w.Write(content); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	return bytes.Clone(out.Bytes()), nil
}
