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

	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v2"
)

// brotliLevel takes half a millisecond a page; the highest takes a hundred times that for a tenth of the bytes.
const brotliLevel = 5

// rendered is an answer ready to send, in the two encodings that browsers take. A client that takes neither is given
// the plain bytes, unpacked again: such clients are few, and plain bytes would be most of the cache.
type rendered struct {
	kind string // content type
	tag  string // hash of the plain bytes
	br   []byte
	gzip []byte
}

func compress(body []byte, kind string) (*rendered, error) {
	sum := sha256.Sum256(body)
	r := &rendered{kind: kind, tag: hex.EncodeToString(sum[:12])}
	var br, gz bytes.Buffer
	brw := brotli.NewWriterLevel(&br, brotliLevel)
	if _, err := brw.Write(body); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	if err := brw.Close(); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	gzw := gzip.NewWriter(&gz)
	if _, err := gzw.Write(body); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	if err := gzw.Close(); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	r.br, r.gzip = bytes.Clone(br.Bytes()), bytes.Clone(gz.Bytes())
	return r, nil
}

func (r *rendered) plain() ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(r.gzip))
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	return io.ReadAll(reader)
}

// send answers with r in the best encoding the client takes, or 304 where it has those bytes already.
func send(c *fiber.Ctx, r *rendered) error {
	encoding, body := encodingFor(c), r.gzip
	if encoding == "br" {
		body = r.br
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
	header.SetContentType(r.kind)
	if encoding == "identity" {
		plain, err := r.plain()
		if err != nil {
			return err
		}
		c.Response().SetBodyRaw(plain)
		return nil
	}
	header.Set(fiber.HeaderContentEncoding, encoding)
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
		if q := strings.TrimSpace(parameters); q == "q=0" || strings.HasPrefix(q, "q=0.000") {
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
		r := &rendered{kind: mime.TypeByExtension(path.Ext(name)), tag: name, br: br, gzip: gz}
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
