package server

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"yardstick/analytics"
	"yardstick/dashboards/cache"
	"yardstick/dashboards/site"
)

// file answers requests for a file of the release: a table in a format, or the whole package. Each has one address;
// other spellings of it, and those under a language, lead there.
func (s *Server) file(c *fiber.Ctx) error {
	latest, err := s.latestFor(c)
	if err != nil {
		return err
	}
	name := c.Params("file")
	if latest.files.Has(name) {
		if c.Path() != site.DataRoot+name {
			return c.Redirect(site.DataRoot+name, fiber.StatusMovedPermanently)
		}
		return s.sendFile(c, latest, name)
	}
	if lower := strings.ToLower(name); latest.files.Has(lower) {
		return c.Redirect(site.DataRoot+lower, fiber.StatusMovedPermanently)
	}
	return &analytics.NotFoundError{Kind: "file", ID: site.ShownPath(name), Nearest: latest.files.Nearest(name)}
}

// fileOf answers with a file of the release that a link names.
func (s *Server) fileOf(c *fiber.Ctx, latest *edition, link permanentLink, name string) error {
	of, err := s.editionOf(latest, link.release, link.older, s.clientOf(c))
	if err != nil {
		return err
	}
	if !of.files.Has(name) {
		return &analytics.NotFoundError{Kind: "file", ID: site.ShownPath(name)}
	}
	return s.sendFile(c, of, name)
}

// sendFile answers with a file, kept or written now.
func (s *Server) sendFile(c *fiber.Ctx, of *edition, name string) error {
	get := func() (*cache.Body, error) { return of.files.Get(name) }
	if !of.files.Written(name) {
		write := get
		get = func() (*cache.Body, error) { return cache.Run(s.budget, cache.Table, s.clientOf(c), write) }
	}
	body, err := get()
	if err != nil {
		return err
	}
	setShown(c)
	return s.send(c, body)
}
