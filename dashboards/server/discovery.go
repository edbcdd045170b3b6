package server

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"yardstick/analytics"
	"yardstick/dashboards/cache"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/site"
	"yardstick/dashboards/view"
)

// routeDiscovery serves what tells other programs of the site: the search to browsers, the data to portals of open
// data, the figures to sites that show them. All of it has absolute addresses, so there is none where the site's own is
// not known, as with the sitemap.
func (s *Server) routeDiscovery() {
	if s.site.Address() == "" {
		return
	}
	for _, tag := range i18n.Languages() {
		s.app.Get(view.PathIn(tag, site.SearchFile), s.document(tag, site.SearchType, func(*edition) ([]byte, error) {
			return s.site.SearchDescription(tag)
		}))
	}
	s.app.Get(site.DataRoot+site.CatalogFile, s.document("", site.CatalogType, func(of *edition) ([]byte, error) {
		return s.site.Catalog(of.snapshot, of.files)
	}))
	s.app.Get(site.OEmbedPath, s.oembed)
}

// document answers with a file that is made of the latest release, in a language; in none where the tag is empty. It is
// kept, and has its turn, as pages do.
func (s *Server) document(tag, contentType string, write func(of *edition) ([]byte, error)) fiber.Handler {
	return func(c *fiber.Ctx) error {
		latest, err := s.latestFor(c)
		if err != nil {
			return err
		}
		body, err := s.answerOn(latest, latest.rendered, c.Path(), s.clientOf(c), ask{kind: cache.Page},
			func(of *edition) (*cache.Body, error) {
				content, err := write(of)
				if err != nil {
					return nil, err
				}
				body, err := cache.Compress(content, contentType+"; charset=utf-8", cache.OnDemand)
				if err == nil {
					body.Language = tag
				}
				return body, err
			})
		if err != nil {
			return err
		}
		return s.send(c, body)
	}
}

// oembed answers how a figure is shown in another site: the figure at an address of a frame, or the first of a page.
func (s *Server) oembed(c *fiber.Ctx) error {
	latest, err := s.latestFor(c)
	if err != nil {
		return err
	}
	query, err := queryOf(c)
	if err != nil {
		return err
	}
	if format := query.Get("format"); format != "" && format != "json" {
		return c.SendStatus(fiber.StatusNotImplemented) // as oEmbed has it
	}
	width, err := pixels(query, "maxwidth")
	if err != nil {
		return err
	}
	height, err := pixels(query, "maxheight")
	if err != nil {
		return err
	}
	r, figure, err := s.figureAt(latest, query.Get("url"))
	if err != nil {
		return err
	}
	key := strings.Join([]string{site.OEmbedPath, r.Address(), figure, strconv.Itoa(width), strconv.Itoa(height)}, "#")
	body, err := s.answerOn(latest, latest.rendered, key, s.clientOf(c),
		ask{release: r.Release, older: r.Older, desk: r.Route.Name == deskName, kind: cache.Page},
		func(of *edition) (*cache.Body, error) {
			return of.built.part(r.Address(),
				func() (*site.Built, error) { return s.site.Build(r, of.source(latest)) },
				func(p *site.Built) (*cache.Body, error) {
					content, err := s.site.OEmbed(p, figure, width, height)
					if err != nil {
						return nil, err
					}
					if content == nil {
						return nil, &analytics.NotFoundError{Kind: "part", ID: figure}
					}
					return cache.Compress(content, "application/json; charset=utf-8", cache.OnDemand)
				})
		})
	if err != nil {
		return withdrawnSince(latest, r.Older, err)
	}
	return s.send(c, body)
}

// figureAt returns the page and the figure at an address of this site; the id is empty where the address is the page's.
func (s *Server) figureAt(latest *edition, address string) (r site.Request, figure string, err error) {
	nothing := &analytics.NotFoundError{Kind: "page", ID: site.ShownPath(address)}
	rest, ours := strings.CutPrefix(address, s.site.Address())
	u, err := url.Parse(rest)
	if !ours || err != nil || u.Host != "" || !strings.HasPrefix(u.Path, "/") {
		return r, "", nothing
	}
	tag, path := site.SplitLanguage(u.Path)
	link := permanentLink{tag: tag}
	if under, ok := strings.CutPrefix(path, site.PermanentRoot); ok {
		id, below, _ := strings.Cut(under, "/")
		if !releasePattern.MatchString(id) {
			return r, "", nothing
		}
		link.release, path = site.ShortName(id), "/"+below
		link.older = !strings.HasPrefix(latest.snapshot.Release().ID, link.release)
	}
	var route site.Route
	var id string
	var ok bool
	if under, framed := strings.CutPrefix(path, site.EmbedRoot+"/"); framed {
		var part site.Part
		route, id, part, ok = s.site.PartAt("/"+under, true)
		figure = part.ID
	} else {
		route, id, ok = s.site.At(path)
	}
	if !ok {
		return r, "", nothing
	}
	r, err = link.request(route, id, u.Query())
	return r, figure, err
}

// pixels returns a length that a query names; 0 for none.
func pixels(query url.Values, name string) (int, error) {
	text := query.Get(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil || n == 0 {
		return 0, fiber.ErrBadRequest
	}
	return int(n), nil
}
