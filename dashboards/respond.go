package dashboards

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"path"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v2"
)

// The levels of brotli: a reader waits for what is made on demand, and nobody for what is made ahead. The highest level
// takes a hundred times the time of the second for a tenth of the bytes.
const (
	levelOnDemand = 2
	levelAhead    = 5
)

// rendered is an answer ready to send, kept as browsers ask for it. What other clients take is made from that when it
// is first asked for: they are few, and most of the cache would be theirs.
type rendered struct {
	kind   string // content type
	spoken string // the language of its words; empty for what has none, or several
	name   string // of the file to save it under; empty for what is shown
	size   int    // of the plain bytes
	tag    string // hash of the plain bytes
	packed []byte // the plain bytes of what is compressed within, and is sent as it is; nil for anything else
	br     []byte
	gzip   func() ([]byte, error)
}

// asItIs makes an answer of a body that compressing would not make smaller. The body is kept.
func asItIs(body []byte, kind string) *rendered {
	return &rendered{kind: kind, size: len(body), tag: tagOf(body), packed: body}
}

func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:12])
}

// compressor compresses answers with writers that are used again: making one costs more than a page does. It is safe
// for concurrent use.
type compressor struct{ onDemand, ahead, gzip sync.Pool }

func newCompressor() *compressor {
	return &compressor{
		onDemand: sync.Pool{New: func() any { return brotli.NewWriterLevel(nil, levelOnDemand) }},
		ahead:    sync.Pool{New: func() any { return brotli.NewWriterLevel(nil, levelAhead) }},
		gzip:     sync.Pool{New: func() any { return gzip.NewWriter(nil) }},
	}
}

// packer is what brotli's and gzip's writers have in common.
type packer interface {
	io.WriteCloser
	Reset(io.Writer)
}

func pack(pool *sync.Pool, body []byte) ([]byte, error) {
	w := pool.Get().(packer)
	defer pool.Put(w)
	var out bytes.Buffer
	w.Reset(&out)
	if _, err := w.Write(body); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	return bytes.Clone(out.Bytes()), nil
}

// compress makes an answer of a body, of which nothing is kept.
func (c *compressor) compress(body []byte, kind string, ahead bool) (*rendered, error) {
	pool := &c.onDemand
	if ahead {
		pool = &c.ahead
	}
	br, err := pack(pool, body)
	if err != nil {
		return nil, err
	}
	r := &rendered{kind: kind, size: len(body), tag: tagOf(body), br: br}
	r.gzip = sync.OnceValues(func() ([]byte, error) {
		plain, err := r.plain()
		if err != nil {
			return nil, err
		}
		return pack(&c.gzip, plain)
	})
	return r, nil
}

func (r *rendered) plain() ([]byte, error) {
	if r.packed != nil {
		return r.packed, nil
	}
	plain, err := io.ReadAll(brotli.NewReader(bytes.NewReader(r.br)))
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	return plain, nil
}

// as is the body in an encoding: br, gzip or identity.
func (r *rendered) as(encoding string) ([]byte, error) {
	switch encoding {
	case "br":
		return r.br, nil
	case "gzip":
		return r.gzip()
	}
	return r.plain()
}

// send answers with r in the best encoding the client takes, or 304 where it has those bytes already.
func send(c *fiber.Ctx, r *rendered) error {
	encoding := "identity"
	if r.packed == nil {
		encoding = encodingFor(c)
	}
	etag := `"` + r.tag + "-" + encoding + `"`
	header := &c.Response().Header
	header.Set(fiber.HeaderETag, etag)
	header.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	header.Set(fiber.HeaderCacheControl, "no-cache") // may be kept, must be asked for: the tag makes that cheap
	if matches(c.Get(fiber.HeaderIfNoneMatch), etag) {
		c.Status(fiber.StatusNotModified)
		return nil
	}
	body, err := r.as(encoding)
	if err != nil {
		return err
	}
	header.SetContentType(r.kind)
	if r.spoken != "" {
		header.Set(fiber.HeaderContentLanguage, r.spoken)
	}
	if r.name != "" {
		header.Set(fiber.HeaderContentDisposition, `attachment; filename="`+r.name+`"`)
	}
	if encoding != "identity" {
		header.Set(fiber.HeaderContentEncoding, encoding)
	}
	c.Response().SetBodyRaw(body)
	return nil
}

// encodingFor is br, gzip or identity, as the client accepts. Refusals by q=0 are honoured.
func encodingFor(c *fiber.Ctx) string {
	accepted := c.Get(fiber.HeaderAcceptEncoding)
	best := "identity"
	for accepted != "" {
		var item string
		item, accepted, _ = strings.Cut(accepted, ",")
		name, parameters, _ := strings.Cut(strings.TrimSpace(item), ";")
		if q, given := strings.CutPrefix(strings.TrimSpace(parameters), "q="); given && strings.Trim(q, "0.") == "" {
			continue
		}
		switch strings.TrimSpace(name) {
		case "br":
			return "br"
		case "gzip":
			best = "gzip"
		}
	}
	return best
}

// matches says whether an If-None-Match header names this tag.
func matches(header, etag string) bool {
	if header == "*" {
		return true
	}
	for header != "" {
		var item string
		item, header, _ = strings.Cut(header, ",")
		if strings.TrimPrefix(strings.TrimSpace(item), "W/") == etag {
			return true
		}
	}
	return false
}

// policy lets a page load its own script, style and icon, and nothing else from anywhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"

// secureHeaders sets the headers of every answer before anything else is done.
func secureHeaders(c *fiber.Ctx) error {
	setSecureHeaders(c)
	return c.Next()
}

func setSecureHeaders(c *fiber.Ctx) {
	header := &c.Response().Header
	header.Set(fiber.HeaderContentSecurityPolicy, policy)
	header.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	header.Set(fiber.HeaderReferrerPolicy, "same-origin")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
}

// open lets any site read the interface from its own pages. Its answers are the same for everybody: no cookie, key or
// address of the asker changes them, so nothing is shown that is not public. Pages and files have no need of it.
func open(c *fiber.Ctx) error {
	setOpen(c)
	return c.Next()
}

func setOpen(c *fiber.Ctx) { c.Set(fiber.HeaderAccessControlAllowOrigin, "*") }

// routeAssets serves the built assets under their hashed names, in the encodings they were built with, for ever
// cacheable.
func (s *Server) routeAssets() error {
	for _, name := range s.config.Manifest {
		br, err := fs.ReadFile(s.config.Assets, name+".br")
		if err != nil {
			return fmt.Errorf("asset: %w", err)
		}
		gz, err := fs.ReadFile(s.config.Assets, name+".gz")
		if err != nil {
			return fmt.Errorf("asset: %w", err)
		}
		// The name holds a hash of the bytes, so it is their tag.
		r := &rendered{kind: mime.TypeByExtension(path.Ext(name)), tag: name, br: br, gzip: func() ([]byte, error) { return gz, nil }}
		s.app.Get(assets+name, func(c *fiber.Ctx) error {
			if err := send(c, r); err != nil {
				return err
			}
			c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
			return nil
		})
	}
	return nil
}
