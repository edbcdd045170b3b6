package server

import (
	"fmt"
	"io"
	"io/fs"
	"mime"
	"path"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"yardstick/dashboards/cache"
	"yardstick/dashboards/site"
)

// send answers with a body in the best encoding that the client accepts, or 304 where it has those bytes already.
// Plain bytes that are not kept are unpacked while they are sent, for so many readers at a time.
func (s *Server) send(c *fiber.Ctx, b *cache.Body) error {
	encoding := cache.Identity
	if b.Compressible() {
		encoding = encodingFor(c)
	}
	etag := `"` + b.Tag + "-" + string(encoding) + `"`
	header := &c.Response().Header
	header.Set(fiber.HeaderETag, etag)
	header.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	header.Set(fiber.HeaderCacheControl, s.caches)
	if matches(c.Get(fiber.HeaderIfNoneMatch), etag) {
		c.Status(fiber.StatusNotModified)
		return nil
	}
	content, err := b.As(encoding)
	if err != nil {
		return err
	}
	header.SetContentType(b.Type)
	if b.Language != "" {
		header.Set(fiber.HeaderContentLanguage, b.Language)
	}
	if b.FileName != "" {
		header.Set(fiber.HeaderContentDisposition, `attachment; filename="`+b.FileName+`"`)
	}
	if encoding != cache.Identity {
		header.Set(fiber.HeaderContentEncoding, string(encoding))
	}
	if content != nil {
		c.Response().SetBodyRaw(content)
		return nil
	}
	if c.Method() == fiber.MethodHead {
		header.SetContentLength(b.Size)
		c.Response().SkipBody = true
		return nil
	}
	select {
	case s.unpacking <- struct{}{}:
	default:
		return cache.ErrBusy
	}
	c.Response().SetBodyStream(&unpacked{ReadCloser: b.Plain(), done: func() { <-s.unpacking }}, b.Size)
	return nil
}

// unpacked is a reader of plain bytes that says when it is closed.
type unpacked struct {
	io.ReadCloser
	done func()
	once sync.Once
}

func (u *unpacked) Close() error {
	defer u.once.Do(u.done)
	return u.ReadCloser.Close()
}

// encodingFor returns br, gzip or identity, as the client accepts. Refusals by q=0 are honoured.
func encodingFor(c *fiber.Ctx) cache.Encoding {
	accepted := c.Get(fiber.HeaderAcceptEncoding)
	best := cache.Identity
	for accepted != "" {
		var item string
		item, accepted, _ = strings.Cut(accepted, ",")
		name, parameters, _ := strings.Cut(strings.TrimSpace(item), ";")
		if q, given := strings.CutPrefix(strings.TrimSpace(parameters), "q="); given && strings.Trim(q, "0.") == "" {
			continue
		}
		switch strings.TrimSpace(name) {
		case "br":
			return cache.Brotli
		case "gzip":
			best = cache.Gzip
		}
	}
	return best
}

// matches reports whether an If-None-Match header names this tag.
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
const policy = policyOfAll + "; frame-ancestors 'none'"

const policyOfAll = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src " +
	"'self'; " +
	"base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'"

// framedPolicy is that of a figure to be framed: any page may show it, and it may do no more than any page of the site.
const framedPolicy = policyOfAll + "; frame-ancestors *"

// secureHeaders sets the headers of every answer before anything else is done.
func (s *Server) secureHeaders(c *fiber.Ctx) error {
	s.setSecureHeaders(c)
	return c.Next()
}

// longTransport asks browsers to use nothing but TLS for a year, where readers reach the site by it.
const longTransport = "max-age=31536000"

func (s *Server) setSecureHeaders(c *fiber.Ctx) {
	header := &c.Response().Header
	header.Set(fiber.HeaderContentSecurityPolicy, policy)
	header.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	header.Set(fiber.HeaderReferrerPolicy, "same-origin")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	if strings.HasPrefix(s.site.Address(), "https://") {
		header.Set(fiber.HeaderStrictTransportSecurity, longTransport)
	}
}

// allowAnyOrigin lets any site read the interface from its own pages. Its answers are the same for everybody: no
// cookie, key or client address changes them, so nothing is shown that is not public. Pages and files do not need
// it.
func allowAnyOrigin(c *fiber.Ctx) error {
	setOpen(c)
	return c.Next()
}

func setOpen(c *fiber.Ctx) {
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	setShown(c)
}

// setShown lets pages of other sites show an answer: a figure in a frame, an image, a file.
func setShown(c *fiber.Ctx) { c.Set("Cross-Origin-Resource-Policy", "cross-origin") }

// routeAssets serves the built assets under their hashed names, in the encodings they were built with. They can be
// cached for ever.
func (s *Server) routeAssets() error {
	for _, name := range s.config.Manifest {
		plain, err := fs.ReadFile(s.config.Assets, name)
		if err != nil {
			return fmt.Errorf("asset: %w", err)
		}
		br, err := fs.ReadFile(s.config.Assets, name+".br")
		if err != nil {
			return fmt.Errorf("asset: %w", err)
		}
		gz, err := fs.ReadFile(s.config.Assets, name+".gz")
		if err != nil {
			return fmt.Errorf("asset: %w", err)
		}
		// The name holds a hash of the bytes, so it is their tag.
		b := cache.Built(mime.TypeByExtension(path.Ext(name)), name, plain, br, gz)
		s.app.Get(site.AssetRoot+name, func(c *fiber.Ctx) error {
			if err := s.send(c, b); err != nil {
				return err
			}
			c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
			return nil
		})
	}
	return nil
}
