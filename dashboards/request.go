package dashboards

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"yardstick/analytics"
	"yardstick/dashboards/api"
	"yardstick/dashboards/export"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

const (
	longestQuery = 2000 // bytes of a query string; the longest that means anything is under 500
	longestShown = 60   // bytes of a mistaken value that an error repeats
)

// page is one kind of page. Its name is its template's; params are the query parameters it reads, and only they are
// part of its canonical address.
type page struct {
	name   string
	path   string
	params []string
	heavy  bool // takes all cores to work out
	hidden bool // from search engines: no finding about any service
	ahead  bool // rendered before anybody asks, by Warm; compressed well then, and the same where it is made again
	build  func(v *visit) (any, error)
}

// visit is one request for a page: where it leads, and what the page is built with.
type visit struct {
	tag      string
	page     page
	id       string     // the :id of the path, if any
	query    url.Values // only the page's own params
	release  string     // as the address names it: shortID letters of its id; empty for the newest
	older    bool       // that release is not the newest
	snapshot *analytics.Snapshot
	newest   analytics.Release
	words    *view.Words
	now      time.Time
	tables   func() []export.Table
	file     func(name string) (*rendered, error) // of the release, by its name under /data
	ask      func(address string) ([]byte, error) // the interface, by an address under its root
	site     string                               // where readers reach the site; empty where that is not known
	contact  string                               // of the publisher; empty where that is not said
}

// path is the visit's canonical path without its language.
func (v *visit) path() string { return strings.Replace(v.page.path, ":id", v.id, 1) }

// address is the visit's canonical address, and so the key under which its answer is kept.
func (v *visit) address() string { return v.under(permanentPath(v.release)) }

// queryString holds the page's own params in the page's order, empty ones left out.
func (v *visit) queryString() string {
	var parts []string
	for _, name := range v.page.params {
		for _, value := range v.query[name] {
			if value != "" {
				parts = append(parts, name+"="+url.QueryEscape(value))
			}
		}
	}
	return strings.Join(parts, "&")
}

func pathIn(tag, path string) string { return view.PathIn(tag, path) }

var idPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,99}$`)

// show answers requests for one page in one language.
func (s *Server) show(tag string, p page) fiber.Handler {
	return func(c *fiber.Ctx) error {
		e := s.current.Load()
		if e == nil {
			return errNoRelease
		}
		v, err := visitOf(c, tag, p, c.Params("id"))
		if errors.Is(err, errUnclean) {
			return s.elsewhere(c)
		}
		var missing *analytics.NotFoundError
		switch {
		case errors.As(err, &missing):
			return v.misnamed(e.snapshot)
		case err != nil:
			return err
		}
		r, err := s.page(e, v)
		if err != nil {
			return err
		}
		return send(c, r)
	}
}

// errUnclean says that an id is one in other letters.
var errUnclean = errors.New("not in small letters")

// visitOf reads a request for a page with an id, if it has one.
func visitOf(c *fiber.Ctx, tag string, p page, id string) (visit, error) {
	v := visit{tag: tag, page: p}
	if len(p.params) > 0 {
		query, err := ownQuery(c, p.params)
		if err != nil {
			return v, err
		}
		v.query = query
	}
	if !strings.Contains(p.path, ":id") {
		return v, nil
	}
	v.id = id
	switch {
	case idPattern.MatchString(id):
		return v, nil
	case idPattern.MatchString(strings.ToLower(id)):
		return v, errUnclean
	}
	return v, &analytics.NotFoundError{Kind: p.name, ID: shownPath(id)}
}

// anotherAddress is what a page answers that leads to another one. What a name leads to may change with the release, so
// that no such answer is for ever.
type anotherAddress struct{ path string }

// Error says where to.
func (e *anotherAddress) Error() string { return "see " + e.path }

func (e *anotherAddress) redirect(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-cache")
	return c.Redirect(e.path, fiber.StatusSeeOther)
}

// areaByName leads to the page of the area with this id or name; it is the error of that page where none is, or several are.
func (v *visit) areaByName(snapshot *analytics.Snapshot, name string) error {
	a, err := snapshot.Area(name)
	if err != nil {
		named, ok := snapshot.AreaNamed(name)
		if !ok {
			return err
		}
		a = named
	}
	return &anotherAddress{pathIn(v.tag, v.within()+"/areas/"+a.ID)}
}

// misnamed is what an address leads to whose id can be none: an area's name to the area, anything else to nothing.
func (v *visit) misnamed(snapshot *analytics.Snapshot) error {
	if v.page.name == "area" {
		return v.areaByName(snapshot, shownPath(v.id))
	}
	return &analytics.NotFoundError{Kind: v.page.name, ID: shownPath(v.id)}
}

// page is a visit's answer, kept by the edition e that is current, rendered if it was not before.
func (s *Server) page(e *edition, v visit) (*rendered, error) {
	return e.get(v.address(), s.inTurn(v.page.heavy, func() (*rendered, error) {
		content, err := s.content(e, &v)
		if err != nil {
			return nil, err
		}
		return s.renderer.page(&v, content)
	}))
}

// content is what a visit is shown, of the release that it asks for. e is current.
func (s *Server) content(e *edition, v *visit) (any, error) {
	of, err := s.editionOf(e, *v)
	if err != nil {
		return nil, err
	}
	v.snapshot = of.snapshot
	v.newest = e.snapshot.Release()
	v.words = view.NewWords(s.languages[v.tag], of.snapshot).Within(v.within())
	v.now = s.config.Now()
	v.tables = of.tables
	v.file = func(name string) (*rendered, error) { return s.file(of, name) }
	v.ask = func(address string) ([]byte, error) { return s.asked(e, *v, address) }
	v.site = s.config.Site
	v.contact = s.config.Contact
	content, err := v.page.build(v)
	if v.older {
		err = goneSince(e, err)
	}
	return content, err
}

// inTurn is work that waits for its turn where it is heavy.
func (s *Server) inTurn(heavy bool, work func() (*rendered, error)) func() (*rendered, error) {
	if !heavy {
		return work
	}
	return func() (*rendered, error) { return s.turns.take(work) }
}

// answer answers requests for one endpoint of the interface.
func (s *Server) answer(endpoint api.Endpoint) fiber.Handler {
	return func(c *fiber.Ctx) error {
		e := s.current.Load()
		if e == nil {
			return errNoRelease
		}
		return s.answerOf(c, e, endpoint, visit{id: c.Params("id")})
	}
}

// answerOf answers for an endpoint from the release that v asks for. e is current.
func (s *Server) answerOf(c *fiber.Ctx, e *edition, endpoint api.Endpoint, v visit) error {
	query, err := wholeQuery(c)
	if err != nil {
		return err
	}
	r, err := s.answered(e, endpoint, v, query)
	if err != nil {
		return err
	}
	return send(c, r)
}

// answered is an endpoint's answer from the release that v asks for, made if it was not before. e is current.
func (s *Server) answered(e *edition, endpoint api.Endpoint, v visit, query url.Values) (*rendered, error) {
	address := permanentPath(v.release) + api.Root + strings.Replace(endpoint.Path, ":id", v.id, 1) + "?" + query.Encode()
	cache := e.rendered
	if endpoint.Typed {
		cache = e.typed
	}
	return e.from(cache, address, s.inTurn(endpoint.Heavy, func() (*rendered, error) {
		of, err := s.editionOf(e, v)
		if err != nil {
			return nil, err
		}
		body, err := endpoint.Answer(api.Request{Snapshot: of.snapshot, ID: v.id, Query: query, Languages: s.languages})
		if v.older {
			err = goneSince(e, err)
		}
		if err != nil {
			return nil, err
		}
		return s.renderer.answer(body)
	}))
}

// asked is what the interface answers at an address under its root, from the release that v asks for.
func (s *Server) asked(e *edition, v visit, address string) ([]byte, error) {
	path, text, _ := strings.Cut(address, "?")
	endpoint, id, ok := api.Find(path)
	query, err := url.ParseQuery(text)
	if err != nil || !ok {
		return nil, fmt.Errorf("no answer at %s: %w", address, err)
	}
	r, err := s.answered(e, endpoint, visit{id: id, release: v.release, older: v.older}, query)
	if err != nil {
		return nil, err
	}
	return r.plain()
}

// describe answers with the document of the interface.
func (s *Server) describe(c *fiber.Ctx) error {
	e := s.current.Load()
	if e == nil {
		return errNoRelease
	}
	r, err := e.get(api.Root+api.DocumentPath, func() (*rendered, error) {
		document, err := api.Describe(e.snapshot, view.NewWords(s.languages[i18n.Languages()[0]], e.snapshot))
		if err != nil {
			return nil, err
		}
		body, err := document.JSON()
		if err != nil {
			return nil, err
		}
		return s.renderer.answer(body)
	})
	if err != nil {
		return err
	}
	return send(c, r)
}

// ownQuery is a request's query reduced to the parameters that a page reads.
func ownQuery(c *fiber.Ctx, params []string) (url.Values, error) {
	all, err := wholeQuery(c)
	if err != nil {
		return nil, err
	}
	own := make(url.Values, len(params))
	for _, name := range params {
		for _, value := range all[name] {
			if value = strings.TrimSpace(value); value != "" { // an empty one is no part of the address either
				own.Add(name, value)
			}
		}
	}
	return own, nil
}

// wholeQuery is a request's query, if it is of a length that can mean something.
func wholeQuery(c *fiber.Ctx) (url.Values, error) {
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

// shown is a mistaken value cut to what an error page may repeat.
func shown(value string) string {
	return strings.ToValidUTF8(value[:min(len(value), longestShown)], "�")
}

// shownPath is shown for part of a path, which is still escaped.
func shownPath(escaped string) string {
	if plain, err := url.PathUnescape(escaped); err == nil {
		escaped = plain
	}
	return shown(escaped)
}

// elsewhere answers what no route does: an unclean spelling of an address redirects to the clean one, anything else
// is not found.
func (s *Server) elsewhere(c *fiber.Ctx) error {
	asked := c.Path()
	clean := strings.ToLower(path.Clean("/" + asked))
	if clean != asked && len(asked) < longestQuery && cleanPath.MatchString(clean) && s.known(clean) {
		if query := c.Request().URI().QueryString(); len(query) > 0 && len(query) <= longestQuery {
			clean += "?" + string(query)
		}
		return c.Redirect(clean, fiber.StatusMovedPermanently)
	}
	return &analytics.NotFoundError{Kind: "page", ID: shownPath(asked)}
}

var cleanPath = regexp.MustCompile(`^/[a-z0-9/_-]*$`)

// known says whether some route would answer this path.
func (s *Server) known(clean string) bool {
	for _, tag := range i18n.Languages() {
		path := clean
		if tag != i18n.Languages()[0] {
			path = strings.TrimPrefix(clean, "/"+tag)
		}
		if _, _, ok := pageAt(cmp.Or(path, "/")); ok {
			return true
		}
	}
	return strings.HasPrefix(clean, api.Root+"/")
}
