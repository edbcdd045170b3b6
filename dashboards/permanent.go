package dashboards

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"yardstick/analytics"
	"yardstick/dashboards/i18n"
)

// opened is how many earlier releases are held in memory at a time. Answers rendered from them are kept among those of the
// current edition, and so are gone when the next release says that something was withdrawn.
const opened = 2

// longestOpening is how long an earlier release may take to open.
const longestOpening = 8 * time.Second

var releasePattern = regexp.MustCompile(`^[0-9a-f]{12,64}$`)

// permanent answers requests for a release by its name: its pages, what is taken from them, its files and the interface.
func (s *Server) permanent(tag string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		e := s.current.Load()
		if e == nil {
			return errNoRelease
		}
		id := c.Params("release")
		if !releasePattern.MatchString(id) {
			return &analytics.NotFoundError{Kind: "release", ID: shownPath(id)}
		}
		rest := strings.TrimPrefix(c.Path(), pathIn(tag, permanentRoot+id))
		if len(id) > shortID {
			return s.shorter(c, e, tag, id, rest)
		}
		v := visit{tag: tag, release: id, older: !strings.HasPrefix(e.snapshot.Release().ID, id)}
		switch {
		case rest == "/":
			return &analytics.NotFoundError{Kind: "page", ID: shownPath(c.Path())}
		case rest == "":
			rest = "/"
		case strings.HasPrefix(rest, takeRoot+"/"), strings.HasPrefix(rest, embedRoot+"/"):
			return s.partOf(c, e, v, rest)
		case strings.HasPrefix(rest, dataRoot) && tag == i18n.Languages()[0]:
			return s.fileOfRelease(c, e, v, strings.TrimPrefix(rest, dataRoot))
		}
		if endpoint, id, ok := endpointAt(rest); ok && tag == i18n.Languages()[0] {
			v.id = id
			return s.answerOf(c, e, endpoint, v)
		}
		p, id, ok := pageAt(rest)
		if !ok {
			return &analytics.NotFoundError{Kind: "page", ID: shownPath(c.Path())}
		}
		shown, err := visitOf(c, tag, p, id)
		if err != nil {
			return notClean(err, p, id)
		}
		shown.release, shown.older = v.release, v.older
		r, err := s.page(e, shown)
		if err != nil {
			return err
		}
		return send(c, r)
	}
}

// shorter leads from a release's whole id to the address that names it in short, if there is such a release.
func (s *Server) shorter(c *fiber.Ctx, e *edition, tag, id, rest string) error {
	v := visit{release: id[:shortID], older: !strings.HasPrefix(e.snapshot.Release().ID, id[:shortID])}
	of, err := s.editionOf(e, v)
	if err != nil || !strings.HasPrefix(of.snapshot.Release().ID, id) {
		return errors.Join(err, &analytics.NotFoundError{Kind: "release", ID: shown(id)})
	}
	address := pathIn(tag, permanentRoot+v.release+rest)
	if query := c.Request().URI().QueryString(); len(query) > 0 && len(query) <= longestQuery {
		address += "?" + string(query)
	}
	return c.Redirect(address, fiber.StatusMovedPermanently)
}

// notClean is an error of visitOf where no clean spelling is offered.
func notClean(err error, p page, id string) error {
	if errors.Is(err, errUnclean) {
		return &analytics.NotFoundError{Kind: p.name, ID: shownPath(id)}
	}
	return err
}

// fileOfRelease answers with a file of the release that v asks for.
func (s *Server) fileOfRelease(c *fiber.Ctx, e *edition, v visit, name string) error {
	of, err := s.editionOf(e, v)
	if err != nil {
		return err
	}
	if !isFile(of, name) {
		return &analytics.NotFoundError{Kind: "file", ID: shownPath(name)}
	}
	r, err := s.file(of, name)
	if err != nil {
		return err
	}
	return send(c, r)
}

// editionOf is the edition that a visit asks for: e, which is current, or one of a release before it, which is opened when it
// is first asked for. One is opened at a time.
func (s *Server) editionOf(e *edition, v visit) (*edition, error) {
	if !v.older {
		return e, nil
	}
	if s.config.Earlier == nil {
		return nil, &analytics.NotFoundError{Kind: "release", ID: v.release}
	}
	if of, ok := e.earlier.Get(v.release); ok {
		return of, nil
	}
	return take(s.opening, func() (*edition, error) {
		if of, ok := e.earlier.Get(v.release); ok {
			return of, nil
		}
		ctx, cancel := context.WithTimeout(context.Background(), longestOpening)
		defer cancel()
		snapshot, err := s.config.Earlier(ctx, v.release)
		switch {
		case ctx.Err() != nil: // on a machine that has too much to do
			return nil, fmt.Errorf("open release %s: %w", v.release, errBusy)
		case err != nil:
			return nil, err
		}
		of, err := newEdition(snapshot)
		if err == nil {
			e.earlier.Add(v.release, of)
		}
		return of, err
	})
}

// goneSince is an error of an earlier release as the current one, e, tells it: what was withdrawn since says so.
func goneSince(e *edition, err error) error {
	var missing *analytics.NotFoundError
	if !errors.As(err, &missing) || missing.Kind != "inspection" {
		return err
	}
	var gone *analytics.WithdrawnError
	if _, now := e.snapshot.Inspection(missing.ID); errors.As(now, &gone) {
		return gone
	}
	return err
}
