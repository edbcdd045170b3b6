package server

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"yardstick/analytics"
	"yardstick/dashboards/api"
	"yardstick/dashboards/cache"
	"yardstick/dashboards/site"
	"yardstick/dashboards/view"
)

// mostOlder is how many older releases are kept in memory at a time. Answers rendered from them are kept among those
// of the current edition, and are gone when the next release says that something was withdrawn.
const mostOlder = 2

// longestOpening is how long an older release may take to open.
const longestOpening = 8 * time.Second

var releasePattern = regexp.MustCompile(`^[0-9a-f]{12,64}$`)

// permanentLink is what a link says of its release: the zero release is the latest.
type permanentLink struct {
	tag     string
	release string // the first letters of its id
	older   bool   // it is not the latest
}

// request returns the request for a page of the link's release.
func (l permanentLink) request(route site.Route, id string, query url.Values) (site.Request, error) {
	r, err := site.NewRequest(l.tag, route, id, query)
	if errors.Is(err, site.ErrNotCanonical) {
		return r, &analytics.NotFoundError{Kind: route.Name, ID: site.ShownPath(id)}
	}
	r.Release, r.Older = l.release, l.older
	return r, err
}

// permanent answers requests for a release by its name: its pages, their parts, its files and the interface.
func (s *Server) permanent(tag string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		latest, err := s.latestFor(c)
		if err != nil {
			return err
		}
		id := c.Params("release")
		if !releasePattern.MatchString(id) {
			return &analytics.NotFoundError{Kind: "release", ID: site.ShownPath(id)}
		}
		rest := strings.TrimPrefix(c.Path(), view.PathIn(tag, site.PermanentRoot+id))
		link := permanentLink{
			tag:     tag,
			release: site.ShortName(id),
			older:   !strings.HasPrefix(latest.snapshot.Release().ID, site.ShortName(id)),
		}
		if len(id) > site.ShortID {
			return s.shorten(c, latest, link, id, rest)
		}
		return s.follow(c, latest, link, rest)
	}
}

// follow answers with what a release has at a path.
func (s *Server) follow(c *fiber.Ctx, latest *edition, link permanentLink, path string) error {
	nothing := &analytics.NotFoundError{Kind: "page", ID: site.ShownPath(c.Path())}
	switch {
	case path == "/":
		return nothing
	case path == "":
		path = "/"
	case strings.HasPrefix(path, site.FileRoot+"/"), strings.HasPrefix(path, site.EmbedRoot+"/"):
		return s.partOf(c, latest, link, path)
	case strings.HasPrefix(path, site.DataRoot) && link.tag == english:
		return s.fileOf(c, latest, link, strings.TrimPrefix(path, site.DataRoot))
	}
	if under, ok := strings.CutPrefix(path, api.Root); ok && link.tag == english {
		if endpoint, id, ok := api.Find(under); ok {
			if err := withdrawnFrom(latest, link, endpoint.Name, id); err != nil {
				return err
			}
			return s.answerOf(c, latest, endpoint, id, link)
		}
	}
	route, id, ok := s.site.At(path)
	if !ok {
		return nothing
	}
	if err := withdrawnFrom(latest, link, route.Name, id); err != nil {
		return err
	}
	query, err := pageQuery(c, route)
	if err != nil {
		return err
	}
	r, err := link.request(route, id, query)
	if err != nil {
		return err
	}
	body, err := s.page(latest, r, s.clientOf(c), cache.Page)
	if err != nil {
		return s.refuse(c, latest, r, err)
	}
	s.tag(c, latest, link, route.Name, id)
	return s.send(c, body)
}

// shorten leads from a release's whole id to the address that names it in short, if there is such a release.
func (s *Server) shorten(c *fiber.Ctx, latest *edition, link permanentLink, id, rest string) error {
	of, err := s.editionOf(latest, link.release, link.older, s.clientOf(c))
	if err != nil {
		return err
	}
	if !strings.HasPrefix(of.snapshot.Release().ID, id) {
		return &analytics.NotFoundError{Kind: "release", ID: site.Shown(id)}
	}
	address := view.PathIn(link.tag, site.PermanentPath(link.release)+rest)
	if query := c.Request().URI().QueryString(); len(query) > 0 && len(query) <= longestQuery {
		address += "?" + string(query)
	}
	return c.Redirect(address, fiber.StatusMovedPermanently)
}

// editionOf returns the edition of a release: the latest, or an older one, which is opened when it is first asked
// for. One is opened at a time. Nothing that waits for it holds up the pages of the latest release.
func (s *Server) editionOf(latest *edition, release string, older bool, client cache.Client) (*edition, error) {
	if !older {
		return latest, nil
	}
	if s.config.Earlier == nil {
		return nil, &analytics.NotFoundError{Kind: "release", ID: release}
	}
	if of, ok := latest.older.Get(release); ok {
		return of, nil
	}
	key := site.PermanentPath(release)
	if err, ok := latest.mistakes.Get(key); ok {
		return nil, err
	}
	of, err := cache.Run(s.opening, cache.Permanent, client, func() (*edition, error) {
		if of, ok := latest.older.Get(release); ok {
			return of, nil
		}
		ctx, cancel := context.WithTimeout(context.Background(), longestOpening)
		defer cancel()
		snapshot, err := s.config.Earlier(ctx, release)
		switch {
		case ctx.Err() != nil: // on a machine that has too much to do
			return nil, fmt.Errorf("open release %s: %w", release, cache.ErrBusy)
		case err != nil:
			return nil, err
		}
		of, err := newEdition(snapshot)
		if err == nil {
			latest.older.Add(release, of)
		}
		return of, err
	})
	return of, latest.note(key, err)
}

// withdrawnFrom returns a *analytics.WithdrawnError where a link is to an inspection that the latest release says was
// withdrawn. That is known without opening the older release, which takes seconds.
func withdrawnFrom(latest *edition, link permanentLink, name, id string) error {
	var withdrawn *analytics.WithdrawnError
	if !link.older || name != "inspection" {
		return nil
	}
	if _, err := latest.snapshot.Inspection(id); errors.As(err, &withdrawn) {
		return withdrawn
	}
	return nil
}

// withdrawnSince returns an error of an older release as the latest one has it: what was withdrawn since says so.
func withdrawnSince(latest *edition, older bool, err error) error {
	var missing *analytics.NotFoundError
	if !older || !errors.As(err, &missing) || missing.Kind != "inspection" {
		return err
	}
	var withdrawn *analytics.WithdrawnError
	if _, now := latest.snapshot.Inspection(missing.ID); errors.As(now, &withdrawn) {
		return withdrawn
	}
	return err
}
