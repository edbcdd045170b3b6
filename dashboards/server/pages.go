package server

import (
	"bytes"
	"errors"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"yardstick/analytics"
	"yardstick/dashboards/cache"
	"yardstick/dashboards/download"
	"yardstick/dashboards/export"
	"yardstick/dashboards/site"
	"yardstick/dashboards/view"
)

const (
	typeHTML = "text/html; charset=utf-8"

	longestQuery = 2000 // bytes of a query string; the longest that means anything is under 500
)

// show answers requests for one page in one language.
func (s *Server) show(tag string, route site.Route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		latest, err := s.latestFor(c)
		if err != nil {
			return err
		}
		query, err := pageQuery(c, route)
		if err != nil {
			return err
		}
		r, err := site.NewRequest(tag, route, c.Params("id"), query)
		var missing *analytics.NotFoundError
		switch {
		case errors.Is(err, site.ErrNotCanonical):
			return s.redirect(c)
		case errors.As(err, &missing):
			return s.misnamed(c, latest, r)
		case err != nil:
			return err
		}
		body, err := s.page(latest, r, s.clientOf(c), cache.Page)
		if err != nil {
			return s.refuse(c, latest, r, err)
		}
		s.tag(c, latest, permanentLink{}, route.Name, c.Params("id"))
		return s.send(c, body)
	}
}

// refuse answers a query that a page cannot use with the page's own form, which says what is wrong. Any other error is
// returned.
func (s *Server) refuse(c *fiber.Ctx, latest *edition, r site.Request, refused error) error {
	status, ok := r.Refused(refused)
	if !ok {
		return refused
	}
	body, err := s.answerOn(latest, latest.typed, "refused "+r.Key(), s.clientOf(c),
		ask{release: r.Release, older: r.Older, desk: r.Route.Name == deskName, kind: cache.Page},
		func(of *edition) (*cache.Body, error) {
			p, err := s.site.Refuse(r, of.source(latest), refused)
			if err != nil {
				return nil, err
			}
			return s.htmlOf(p, cache.OnDemand)
		})
	if err != nil {
		return err
	}
	c.Request().Header.Del(fiber.HeaderIfNoneMatch)
	if err := s.send(c, body); err != nil {
		return err
	}
	c.Response().Header.Del(fiber.HeaderETag)
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Status(status)
	return nil
}

// page returns a page as HTML, from the cache or rendered now.
func (s *Server) page(latest *edition, r site.Request, client cache.Client, kind cache.Kind) (*cache.Body, error) {
	answers := latest.rendered
	if r.Typed() {
		answers = latest.typed
	}
	return s.answerOn(latest, answers, r.Key(), client,
		ask{release: r.Release, older: r.Older, desk: r.Route.Name == deskName, kind: kind},
		func(of *edition) (*cache.Body, error) { return s.render(latest, of, r) })
}

// misnamed answers for an id that can be none: where it leads, or what was meant.
func (s *Server) misnamed(c *fiber.Ctx, latest *edition, r site.Request) error {
	key := r.Address()
	if err, ok := latest.mistakes.Get(key); ok {
		return err
	}
	_, err := cache.Run(s.budget, cache.Page, s.clientOf(c), func() (*cache.Body, error) {
		return nil, r.Misnamed(latest.snapshot)
	})
	return latest.note(key, err)
}

// buffers are bodies that grew to the size of pages.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func (s *Server) render(latest, of *edition, r site.Request) (*cache.Body, error) {
	p, err := s.site.Build(r, of.source(latest))
	if err != nil {
		return nil, withdrawnSince(latest, r.Older, err)
	}
	effort := cache.OnDemand
	if r.Route.Ahead && !r.Typed() {
		effort = cache.Ahead
	}
	return s.htmlOf(p, effort)
}

// htmlOf renders a built page.
func (s *Server) htmlOf(p *site.Built, effort cache.Effort) (*cache.Body, error) {
	out := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(out)
	out.Reset()
	if err := s.site.Render(out, p); err != nil {
		return nil, err
	}
	return html(out.Bytes(), p.Language(), effort)
}

func html(content []byte, language string, effort cache.Effort) (*cache.Body, error) {
	body, err := cache.Compress(content, typeHTML, effort)
	if err == nil {
		body.Language = language
	}
	return body, err
}

// part answers requests for parts of pages in one language: files under site.FileRoot, figures in frames under
// site.EmbedRoot.
func (s *Server) part(tag string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		latest, err := s.latestFor(c)
		if err != nil {
			return err
		}
		path := strings.TrimPrefix(c.Path(), strings.TrimSuffix(view.PathIn(tag, "/"), "/"))
		return s.partOf(c, latest, permanentLink{tag: tag}, path)
	}
}

// partOf answers with the part of a page at a path without its language.
func (s *Server) partOf(c *fiber.Ctx, latest *edition, link permanentLink, path string) error {
	rest, framed := strings.CutPrefix(path, site.EmbedRoot)
	if !framed {
		rest = strings.TrimPrefix(path, site.FileRoot)
	}
	route, id, part, ok := s.site.PartAt(rest, framed)
	if !ok {
		return &analytics.NotFoundError{Kind: "page", ID: site.ShownPath(c.Path())}
	}
	query, err := pageQuery(c, route)
	if err != nil {
		return err
	}
	r, err := link.request(route, id, query)
	if err != nil {
		return err
	}
	kind := cache.Table
	if ofFigure(part) {
		kind = cache.Image
	}
	body, err := s.answerOn(latest, latest.rendered, r.PartAddress(part), s.clientOf(c),
		ask{release: r.Release, older: r.Older, desk: route.Name == deskName, kind: kind},
		func(of *edition) (*cache.Body, error) { return s.makePart(latest, of, r, part) })
	if err != nil {
		return err
	}
	s.tag(c, latest, link, route.Name, id)
	setShown(c)
	if framed {
		c.Set(fiber.HeaderContentSecurityPolicy, framedPolicy)
	}
	return s.send(c, body)
}

// makePart makes a part of a page: a figure's image or frame, or a table's file.
func (s *Server) makePart(latest, of *edition, r site.Request, part site.Part) (*cache.Body, error) {
	body, err := of.built.part(r.Address(), func() (*site.Built, error) { return s.site.Build(r, of.source(latest)) },
		func(p *site.Built) (*cache.Body, error) { return s.partOfPage(p, part) })
	return body, withdrawnSince(latest, r.Older, err)
}

// ofFigure says whether a part is of a figure, not of a table.
func ofFigure(part site.Part) bool {
	return slices.Contains([]string{"", download.SVG, download.PNG}, part.Format)
}

// partOfPage makes a part of a built page.
func (s *Server) partOfPage(p *site.Built, part site.Part) (*cache.Body, error) {
	missing := &analytics.NotFoundError{Kind: "part", ID: part.ID}
	if ofFigure(part) {
		for _, f := range p.Figures {
			switch {
			case f.ID != part.ID:
			case part.Format == "":
				var out bytes.Buffer
				if err := s.site.Frame(&out, p, *f); err != nil {
					return nil, err
				}
				return cache.Compress(out.Bytes(), typeHTML, cache.OnDemand)
			case len(f.Options) == 0 || part.Format == download.PNG && s.raster == nil:
			case part.Format == download.PNG:
				return download.Card(s.drawer, s.raster, p, *f)
			default:
				return download.Image(s.drawer, p, *f)
			}
		}
		return nil, missing
	}
	format, known := export.Find(part.Format)
	if !known || format.Name != export.CSV && format.Name != export.XLSX {
		missing.ID = site.Shown(part.ID + "." + part.Format)
		return nil, missing
	}
	for _, t := range p.Tables {
		if t.ID == part.ID {
			return download.Table(p, *t, format)
		}
	}
	return nil, missing
}

// pageQuery returns the query of a request for a page. A page without parameters ignores it.
func pageQuery(c *fiber.Ctx, route site.Route) (url.Values, error) {
	if len(route.Params)+len(route.Aside) == 0 {
		return nil, nil
	}
	return queryOf(c)
}

// queryOf returns a request's query, if it is of a length that can mean something.
func queryOf(c *fiber.Ctx) (url.Values, error) {
	raw := c.Context().QueryArgs()
	if len(c.Request().URI().QueryString()) > longestQuery {
		return nil, fiber.ErrRequestURITooLong
	}
	query := make(url.Values, raw.Len())
	for name, value := range raw.All() {
		query.Add(string(name), string(value))
	}
	return query, nil
}
