package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"yardstick/analytics"
	"yardstick/dashboards/api"
	"yardstick/dashboards/cache"
	"yardstick/dashboards/site"
)

// retryAfter is how many seconds a client is asked to wait.
const retryAfter = "5"

var errNoRelease = errors.New("no release has been published to this server yet")

// classify sorts an error by what its reader can do about it.
func classify(err error) site.Failure {
	if f, ok := site.FailureOf(err); ok {
		return f
	}
	var web *fiber.Error
	switch {
	case errors.Is(err, cache.ErrBusy), errors.Is(err, cache.ErrLeft):
		return site.Failure{Status: fiber.StatusServiceUnavailable, Code: "busy"}
	case errors.Is(err, errNoRelease):
		return site.Failure{Status: fiber.StatusServiceUnavailable, Code: "no_release"}
	case errors.As(err, &web) && web.Code < fiber.StatusInternalServerError:
		code := map[int]string{
			fiber.StatusRequestURITooLong:           "too_long",
			fiber.StatusRequestHeaderFieldsTooLarge: "too_long",
			fiber.StatusMethodNotAllowed:            "method",
		}[web.Code]
		if code == "" {
			code = "bad_request"
		}
		return site.Failure{Status: web.Code, Code: code}
	}
	return site.Failure{Status: fiber.StatusInternalServerError, Code: "internal", Reference: uuid.NewString()}
}

// fail answers every error: as a page in the reader's language, or as JSON under the interface's root.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	if to, ok := errors.AsType[*site.Redirect](err); ok {
		c.Set(fiber.HeaderCacheControl, "no-cache")
		return c.Redirect(to.To, fiber.StatusSeeOther)
	}
	f := classify(err)
	if f.Status == fiber.StatusInternalServerError {
		s.config.Log.Error("request failed", "reference", f.Reference, "path", c.Path(), "error", err)
	}
	c.Response().ResetBody()
	s.setSecureHeaders(c) // a request that could not be read never reached the middleware
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Response().Header.Del(fiber.HeaderETag)
	c.Response().Header.Del(fiber.HeaderContentEncoding)
	c.Response().Header.Del(fiber.HeaderContentLanguage)
	c.Response().Header.Del(fiber.HeaderContentDisposition)
	if f.Status == fiber.StatusMethodNotAllowed {
		c.Set(fiber.HeaderAllow, "GET, HEAD")
	}
	if f.Status == fiber.StatusServiceUnavailable {
		c.Set(fiber.HeaderRetryAfter, retryAfter)
	}
	if err := s.explain(c, f); err != nil {
		reference := uuid.NewString()
		s.config.Log.Error("error page failed", "reference", reference, "path", c.Path(), "of", f.Code, "error", err)
		c.Response().ResetBody()
		c.Response().Header.SetContentType("text/plain; charset=utf-8")
		return c.Status(fiber.StatusInternalServerError).SendString("Reference: " + reference + "\n")
	}
	return nil
}

// explain says what went wrong, in the form that the address has.
func (s *Server) explain(c *fiber.Ctx, f site.Failure) error {
	c.Status(f.Status)
	path := string(c.Request().URI().Path())
	if path == api.Root || strings.HasPrefix(path, api.Root+"/") || site.IsPermanentAnswer(path) {
		setOpen(c) // so that a script may read what was wrong
		return s.failJSON(c, f)
	}
	return s.failPage(c, f, path)
}

func (s *Server) failJSON(c *fiber.Ctx, f site.Failure) error {
	message, err := f.Message(s.site.Words(english, nil))
	if err != nil {
		return err
	}
	body, err := json.Marshal(
		api.ErrorAnswer{Error: api.Error{Code: f.Code, Message: message, Field: f.Field, Nearest: f.Nearest}})
	if err != nil {
		return err
	}
	c.Response().Header.SetContentType(api.TypeJSON)
	c.Set(fiber.HeaderContentLanguage, english)
	return c.Send(append(body, '\n'))
}

func (s *Server) failPage(c *fiber.Ctx, f site.Failure, path string) error {
	var snapshot *analytics.Snapshot
	if e := s.current.Load(); e != nil {
		snapshot = e.snapshot
	}
	tag := site.LanguageOf(path)
	var body bytes.Buffer
	if err := s.site.Fail(&body, tag, f, snapshot); err != nil {
		return err
	}
	c.Response().Header.SetContentType(typeHTML)
	c.Set(fiber.HeaderContentLanguage, tag)
	return c.Send(body.Bytes())
}
