package site

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/target"
	"yardstick/dashboards/export"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

// Request is one request for a page: the page, in a language, of a release, and what the page is built with.
type Request struct {
	Route   Route
	Release string // as the address names it: the first letters of its id; empty for the latest
	Older   bool   // that release is not the latest

	tag       string     // of the language
	id        string     // the :id of the path, if any
	query     url.Values // the route's own parameters alone
	snapshot  *analytics.Snapshot
	latest    analytics.Release
	words     *view.Words
	now       time.Time
	files     Files
	desk      *target.Study
	site      string
	contact   Contact
	publisher string
	languages map[string]*i18n.Language
}

// Files are the files of a release, as the page about the data lists them.
type Files interface {
	// Tables returns every table of the release.
	Tables() []export.Table
	// Size returns the bytes of a file, by its name under /data.
	Size(name string) (int, error)
}

var idPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,99}$`)

// IsID reports whether a text can be the id of an area, an inspection or a region.
func IsID(text string) bool { return idPattern.MatchString(text) }

// ErrNotCanonical says that an id has capital letters: the same address in small letters is the canonical one.
var ErrNotCanonical = errors.New("the id is not in small letters")

// NewRequest returns a request for a page with an id, if its path has one, and a query. Parameters that the page
// does not read are dropped. It fails with ErrNotCanonical or a *analytics.NotFoundError where the id can be none.
func NewRequest(tag string, route Route, id string, query url.Values) (Request, error) {
	r := Request{tag: tag, Route: route, query: make(url.Values, len(route.Params))}
	for _, name := range slices.Concat(route.Params, route.Aside) {
		for _, value := range query[name] {
			if value = strings.TrimSpace(value); value != "" { // an empty one is no part of the address either
				r.query.Add(name, value)
			}
		}
	}
	if !strings.Contains(route.Path, ":id") {
		return r, nil
	}
	r.id = id
	switch {
	case idPattern.MatchString(id):
		return r, nil
	case idPattern.MatchString(strings.ToLower(id)):
		return r, ErrNotCanonical
	}
	return r, &analytics.NotFoundError{Kind: route.Name, ID: ShownPath(id)}
}

// path returns the request's canonical path without its language.
func (req *Request) path() string { return strings.Replace(req.Route.Path, ":id", req.id, 1) }

// Address returns the request's canonical address, without what is said aside.
func (req *Request) Address() string { return req.under(PermanentPath(req.Release)) }

// Key returns what the answer to the request is kept under: its address, with what is said aside.
func (req *Request) Key() string {
	var key strings.Builder
	key.WriteString(req.Address())
	for _, name := range req.Route.Aside {
		if value := req.query.Get(name); value != "" {
			key.WriteString("#" + name + "=" + url.QueryEscape(value))
		}
	}
	return key.String()
}

// Typed reports whether the page says something about what its reader typed, so that few others will ask for it.
func (req *Request) Typed() bool { return req.Key() != req.Address() }

// queryString returns the page's own parameters in the page's order, without the empty ones.
func (req *Request) queryString() string {
	var parts []string
	for _, name := range req.Route.Params {
		for _, value := range req.query[name] {
			if value != "" {
				parts = append(parts, name+"="+url.QueryEscape(value))
			}
		}
	}
	return strings.Join(parts, "&")
}

func pathIn(tag, path string) string { return view.PathIn(tag, path) }

// Redirect is the error of a page that leads to another address. What a name leads to may change with the release,
// so the redirect is never permanent.
type Redirect struct{ To string }

// Error names the other address.
func (e *Redirect) Error() string { return "see " + e.To }

// areaByName leads to the page of the area with this id or name. It fails as that page would where there is none, or
// several.
func (req *Request) areaByName(snapshot *analytics.Snapshot, name string) error {
	a, err := snapshot.Area(name)
	if err != nil {
		named, ok := snapshot.AreaNamed(name)
		if !ok {
			return err
		}
		a = named
	}
	return &Redirect{pathIn(req.tag, req.within()+"/areas/"+a.ID)}
}

// Misnamed returns where an address leads whose id can be none: an area's name to the area, anything else nowhere.
func (req *Request) Misnamed(snapshot *analytics.Snapshot) error {
	if req.Route.Name == "area" {
		return req.areaByName(snapshot, ShownPath(req.id))
	}
	return &analytics.NotFoundError{Kind: req.Route.Name, ID: ShownPath(req.id)}
}

const longestShown = 60 // bytes of a mistaken value that an error repeats

// Shown cuts a mistaken value to what an error page may repeat.
func Shown(value string) string {
	return strings.ToValidUTF8(value[:min(len(value), longestShown)], "�")
}

// ShownPath is Shown for part of a path, which is still escaped.
func ShownPath(escaped string) string {
	if plain, err := url.PathUnescape(escaped); err == nil {
		escaped = plain
	}
	return Shown(escaped)
}
