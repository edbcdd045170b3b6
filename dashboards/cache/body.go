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

// window is the base 2 logarithm of how many bytes back compressed bytes may refer. Each client that wants plain bytes
// costs so much memory while they are unpacked for it.
const window = 17

// Body is an answer ready to send. It keeps the brotli bytes that browsers ask for. Other encodings are made from them
// when a client first asks: those clients are few, and their copies would fill most of the cache. Plain bytes are
// unpacked as they are sent, never whole, unless the Body was made to keep them. A Body is immutable and safe for
// concurrent use.
type Body struct {
	Type     string // content type
	Language string // of its words; empty where it has none, or several
	FileName string // the name to save it under; empty for what is shown
	Size     int    // of the plain bytes
	Tag      string // hash of the plain bytes

	plain  []byte // nil where plain bytes are unpacked from the others
	packed bool   // plain bytes are compressed already, so that they have no other encoding
	brotli []byte
	gzip   func() ([]byte, error)
}

// Store returns a Body of content that is compressed already, such as a ZIP archive. It keeps the slice.
func Store(content []byte, contentType string) *Body {
	return &Body{Type: contentType, Size: len(content), Tag: tagOf(content), plain: content, packed: true}
}

// Built returns a Body of an asset that was compressed when the program was built. The tag is that of the plain bytes.
func Built(contentType, tag string, plain, brotli, gzip []byte) *Body {
	return &Body{Type: contentType, Size: len(plain), Tag: tag, plain: plain, brotli: brotli,
		gzip: func() ([]byte, error) { return gzip, nil }}
}

// Keep returns a Body of content that keeps the plain bytes too, for large answers that many want plain, such as files.
// It keeps the slice.
func Keep(content []byte, contentType string, effort Effort) (*Body, error) {
	b, err := Compress(content, contentType, effort)
	if err == nil {
		b.plain = content
	}
	return b, err
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
	b.gzip = sync.OnceValues(func() ([]byte, error) { return repack(b) })
	return b, nil
}

// Compressible reports whether the body has encodings other than the plain bytes.
func (b *Body) Compressible() bool { return !b.packed }

// As returns the bytes in an encoding, or nil where they are to be had from Plain alone.
func (b *Body) As(encoding Encoding) ([]byte, error) {
	switch encoding {
	case Brotli:
		return b.brotli, nil
	case Gzip:
		return b.gzip()
	}
	return b.plain, nil
}

// Plain returns a reader of the bytes without any encoding: b.Size bytes. It is to be closed.
func (b *Body) Plain() io.ReadCloser {
	if b.plain != nil {
		return io.NopCloser(bytes.NewReader(b.plain))
	}
	r := unpackers.Get().(*brotli.Reader)
	r.Reset(bytes.NewReader(b.brotli)) // it returns nil always
	return &unpacking{r}
}

// unpacking is a reader of brotli bytes that is reused once it is closed.
type unpacking struct{ *brotli.Reader }

func (u *unpacking) Close() error {
	if u.Reader != nil {
		unpackers.Put(u.Reader)
		u.Reader = nil
	}
	return nil
}

var unpackers = sync.Pool{New: func() any { return brotli.NewReader(nil) }}

// weight is about how many bytes of memory the body takes, with the gzip bytes that a client may ask for.
func (b *Body) weight() uint32 {
	const overhead = 512 // its fields, its key and its place in the cache
	return uint32(len(b.plain) + len(b.brotli)*9/4 + overhead)
}

func tagOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:12])
}

// Writers are reused: making one costs more than compressing a page.
var (
	onDemand = &sync.Pool{New: func() any { return newPacker(OnDemand) }}
	ahead    = &sync.Pool{New: func() any { return newPacker(Ahead) }}
	gzips    = &sync.Pool{New: func() any { return gzip.NewWriter(nil) }}
)

func newPacker(effort Effort) *brotli.Writer {
	return brotli.NewWriterOptions(nil, brotli.WriterOptions{Quality: int(effort), LGWin: window})
}

// writer is what the writers of brotli and gzip have in common.
type writer interface {
	io.WriteCloser
	Reset(io.Writer)
}

func pack(pool *sync.Pool, content []byte) ([]byte, error) {
	return packFrom(pool, bytes.NewReader(content))
}

// repack returns the gzip bytes of a body, from its plain bytes piece by piece.
func repack(b *Body) ([]byte, error) {
	plain := b.Plain()
	defer plain.Close() // it cannot fail
	return packFrom(gzips, plain)
}

func packFrom(pool *sync.Pool, content io.Reader) ([]byte, error) {
	w := pool.Get().(writer)
	defer pool.Put(w)
	var out bytes.Buffer
	w.Reset(&out)
	if _, err := io.Copy(w, content); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	return bytes.Clone(out.Bytes()), nil
}
