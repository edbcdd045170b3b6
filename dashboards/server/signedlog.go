package server

import (
	"errors"
	"io/fs"

	"github.com/gofiber/fiber/v2"

	"yardstick/analytics"
)

// signedLog answers with a part of the log of publications, as the office signed it. The log is the home's and not a
// release's: no release can hold its own hash.
func (s *Server) signedLog(part func(log, checkpoint []byte) []byte) fiber.Handler {
	return func(c *fiber.Ctx) error {
		missing := &analytics.NotFoundError{Kind: "page", ID: c.Path()}
		if s.config.PublicLog == nil {
			return missing
		}
		log, checkpoint, err := s.config.PublicLog()
		if errors.Is(err, fs.ErrNotExist) {
			return missing
		}
		if err != nil {
			return err
		}
		c.Response().Header.SetContentType("text/plain; charset=utf-8")
		c.Set(fiber.HeaderCacheControl, "no-cache")
		return c.Send(part(log, checkpoint))
	}
}
