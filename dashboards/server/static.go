package server

import (
	"net"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"yardstick/analytics"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/site"
	"yardstick/dashboards/view"
)

// Site returns the site whose pages the server shows.
func (s *Server) Site() *site.Site { return s.site }

// Paths returns the path of every page of a release, without languages and queries, those that search engines are
// asked to leave out included.
func (s *Server) Paths(snapshot *analytics.Snapshot) []string {
	paths := s.paths(snapshot)
	for _, r := range s.site.Routes() {
		if r.Hidden {
			paths = append(paths, r.Path)
		}
	}
	return paths
}

// Fetch returns what the server answers at an address, as it would over the network, without one: the status, the
// type of the content, and the content itself, not compressed.
func (s *Server) Fetch(address string) (status int, kind string, content []byte) {
	var request fasthttp.Request
	request.SetRequestURI(address)
	request.Header.SetMethod(fiber.MethodGet)
	request.Header.SetHost("localhost")
	var c fasthttp.RequestCtx
	c.Init(&request, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, nil)
	s.app.Handler()(&c)
	return c.Response.StatusCode(), string(c.Response.Header.ContentType()), c.Response.Body()
}

// routeIndex serves the search index of a static edition in every language.
func (s *Server) routeIndex() {
	for _, tag := range i18n.Languages() {
		s.app.Get(view.PathIn(tag, site.IndexFile), s.document(tag, "text/javascript", func(of *edition) ([]byte, error) {
			return s.site.Index(tag, of.snapshot)
		}))
	}
}
