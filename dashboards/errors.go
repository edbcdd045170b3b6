package dashboards

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"yardstick/analytics"
	"yardstick/dashboards/api"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

// failure is an error as a reader may see it: a status, a kind the catalogues have words for, and what those words
// need. An unexpected one shows a reference only; the log holds the rest under it.
type failure struct {
	status    int
	code      string
	field     string
	value     string
	rule      string
	when      time.Time // of a withdrawal
	nearest   []string
	kind      string
	reference string
}

// retryAfter is how many seconds somebody is asked to wait before asking again.
const retryAfter = "5"

// classify sorts an error by what its reader can do about it.
func classify(err error) failure {
	var missing *analytics.NotFoundError
	var invalid *analytics.InvalidError
	var gone *analytics.WithdrawnError
	var web *fiber.Error
	switch {
	case errors.As(err, &gone):
		return failure{status: fiber.StatusGone, code: "withdrawn", kind: "withdrawn", field: "inspection", value: gone.ID, rule: gone.Why, when: gone.When.Published}
	case errors.As(err, &missing):
		return failure{status: fiber.StatusNotFound, code: "not_found", kind: missing.Kind, field: missing.Kind, value: shown(missing.ID), nearest: missing.Nearest}
	case errors.As(err, &invalid):
		return failure{status: fiber.StatusBadRequest, code: "invalid", field: invalid.Field, value: shown(invalid.Value), rule: invalid.Kind}
	case errors.Is(err, errBusy):
		return failure{status: fiber.StatusServiceUnavailable, code: "busy"}
	case errors.Is(err, errNoRelease):
		return failure{status: fiber.StatusServiceUnavailable, code: "no_release"}
	case errors.As(err, &web) && web.Code < fiber.StatusInternalServerError:
		code := map[int]string{
			fiber.StatusRequestURITooLong:           "too_long",
			fiber.StatusRequestHeaderFieldsTooLarge: "too_long",
			fiber.StatusMethodNotAllowed:            "method",
		}[web.Code]
		if code == "" {
			code = "bad_request"
		}
		return failure{status: web.Code, code: code}
	}
	return failure{status: fiber.StatusInternalServerError, code: "internal", reference: uuid.NewString()}
}

// fail is the last word on every error: a page in the reader's language, or JSON under the interface's root.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	var to *anotherAddress
	if errors.As(err, &to) {
		return to.redirect(c)
	}
	f := classify(err)
	if f.status == fiber.StatusInternalServerError {
		s.config.Log.Error("request failed", "reference", f.reference, "path", c.Path(), "error", err)
	}
	c.Response().ResetBody()
	setSecureHeaders(c) // a request that could not be read never reached the middleware
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Response().Header.Del(fiber.HeaderETag)
	c.Response().Header.Del(fiber.HeaderContentEncoding)
	c.Response().Header.Del(fiber.HeaderContentLanguage)
	if f.status == fiber.StatusMethodNotAllowed {
		c.Set(fiber.HeaderAllow, "GET, HEAD")
	}
	if f.code == "busy" || f.code == "no_release" {
		c.Set(fiber.HeaderRetryAfter, retryAfter)
	}
	c.Status(f.status)
	path := string(c.Request().URI().Path())
	if path == api.Root || strings.HasPrefix(path, api.Root+"/") || isPermanentAnswer(path) {
		setOpen(c) // so that a script may read what was wrong
		return s.failJSON(c, f)
	}
	return s.failPage(c, f, path)
}

func (s *Server) failJSON(c *fiber.Ctx, f failure) error {
	english := s.languages[i18n.Languages()[0]]
	message, err := f.message(view.NewWords(english, nil))
	if err != nil {
		return err
	}
	body, err := json.Marshal(api.ErrorAnswer{Error: api.Error{Code: f.code, Message: message, Field: f.field, Nearest: f.nearest}})
	if err != nil {
		return err
	}
	c.Response().Header.SetContentType(api.TypeJSON)
	c.Set(fiber.HeaderContentLanguage, english.Tag())
	return c.Send(append(body, '\n'))
}

func (s *Server) failPage(c *fiber.Ctx, f failure, path string) error {
	tag := i18n.Languages()[0]
	for _, other := range i18n.Languages()[1:] {
		if path == "/"+other || strings.HasPrefix(path, "/"+other+"/") {
			tag = other
		}
	}
	v := visit{tag: tag, page: page{name: "error", path: "/"}}
	var snapshot *analytics.Snapshot
	if e := s.current.Load(); e != nil {
		snapshot = e.snapshot
	}
	v.snapshot, v.words = snapshot, view.NewWords(s.languages[tag], snapshot)
	message, err := f.message(v.words)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	err = s.renderer.write(&body, &v, errorView{
		Base:      view.Base{Title: v.words.Say("error." + f.code + ".title"), Description: message},
		Message:   message,
		Nearest:   f.links(v.words, snapshot),
		Reference: f.reference,
	})
	if err != nil {
		return err
	}
	c.Response().Header.SetContentType(typeHTML)
	c.Set(fiber.HeaderContentLanguage, tag)
	return c.Send(body.Bytes())
}

// errorView is what the error page shows.
type errorView struct {
	view.Base
	Message   string
	Nearest   []view.Link
	Reference string
}

// message says what is wrong and what to do about it.
func (f failure) message(w *view.Words) (string, error) {
	var text string
	switch {
	case f.code == "not_found":
		text = w.Say("error.not_found."+f.kind, "ID", f.value)
	case f.code == "invalid":
		text = w.Say("error.invalid."+f.rule, "Field", f.field, "Value", f.value)
	case f.code == "withdrawn" && f.rule != "":
		text = w.Say("error.withdrawn.explained", "ID", f.value, "Date", w.Day(f.when), "Why", f.rule)
	case f.code == "withdrawn":
		text = w.Say("error.withdrawn.message", "ID", f.value, "Date", w.Day(f.when))
	default:
		text = w.Say("error." + f.code + ".message")
	}
	return text, w.Err()
}

// links lead to what the reader may have meant.
func (f failure) links(words *view.Words, snapshot *analytics.Snapshot) []view.Link {
	var links []view.Link
	if f.kind == "withdrawn" {
		return []view.Link{{Text: words.Say("nav.releases"), Href: words.URL("/releases")}}
	}
	for _, id := range f.nearest {
		switch f.kind {
		case "area":
			links = append(links, view.Link{Text: words.Area(id), Href: words.URL("/areas/" + id)})
		case "inspection":
			if i, err := snapshot.Inspection(id); err == nil {
				links = append(links, view.Link{Text: words.Inspection(i), Href: words.URL("/inspections/" + id)})
			}
		case "file":
			links = append(links, view.Link{Text: id, Href: dataRoot + id})
		}
	}
	return links
}
