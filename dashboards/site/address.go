package site

import (
	"regexp"
	"strings"
)

// A page has a plain address, which shows the latest release, and a permanent link, which goes on showing the
// release that it names. The parts of a page have addresses of their own: a table as a file, a figure as an image or
// in a frame.
//
//	/areas/leicester-city                        the latest release
//	/r/0123456789ab/areas/leicester-city         one release, by the first letters of its id
//	/take/areas/leicester-city/around.csv        a part as a file
//	/embed/areas/leicester-city/latest           a figure for other sites
//	/r/0123456789ab/take/areas/leicester-city/around.csv
const (
	PermanentRoot = "/r/"
	FileRoot      = "/take"
	EmbedRoot     = "/embed"
	DataRoot      = "/data/"
	AssetRoot     = "/assets/"
)

// ShortID is how many letters of a release's hash pages show: enough to tell any two apart.
const ShortID = 12

// ShortName returns what addresses and pages call a release.
func ShortName(id string) string { return id[:min(len(id), ShortID)] }

// PermanentPath returns the path before a release's pages; empty for the latest.
func PermanentPath(release string) string {
	if release == "" {
		return ""
	}
	return PermanentRoot + release
}

// within returns the path before the pages of the release shown; empty for the latest.
func (req *Request) within() string {
	if req.Older {
		return PermanentPath(req.Release)
	}
	return ""
}

// under returns the request's address below a path, in its language and with its query.
func (req *Request) under(prefix string) string { return req.addressOf(prefix, "") }

// addressOf returns the request's address below a path and with more at its end.
func (req *Request) addressOf(prefix, more string) string {
	path := req.path()
	if path == "/" && prefix+more != "" {
		path = ""
	}
	address := pathIn(req.tag, prefix+path+more)
	if query := req.queryString(); query != "" {
		address += "?" + query
	}
	return address
}

// PartAddress returns the address of a part of the page.
func (req *Request) PartAddress(p Part) string {
	if p.Format == "" {
		return req.addressOf(PermanentPath(req.Release)+EmbedRoot, "/"+p.ID)
	}
	return req.addressOf(PermanentPath(req.Release)+FileRoot, "/"+p.ID+"."+p.Format)
}

// At returns the route of a path without its language, and the id in it.
func (s *Site) At(path string) (route Route, id string, ok bool) {
	for _, route := range s.routes {
		if id, ok := match(route.Path, path); ok {
			return route, id, true
		}
	}
	return Route{}, "", false
}

// match reports whether a path fits a pattern, which may end in :id, and returns that id.
func match(pattern, path string) (id string, ok bool) {
	prefix, byID := strings.CutSuffix(pattern, ":id")
	if !byID {
		return "", pattern == path
	}
	id, ok = strings.CutPrefix(path, prefix)
	return id, ok && id != "" && !strings.Contains(id, "/")
}

// Part names one figure or table of a page, and the format of a file. The format is empty for a figure in a frame.
type Part struct{ ID, Format string }

var partPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{1,80}$`)

// PartAt returns the route, the id in it and the part at a path below FileRoot or, framed, EmbedRoot.
func (s *Site) PartAt(path string, framed bool) (route Route, id string, part Part, ok bool) {
	at := strings.LastIndexByte(path, '/')
	if at < 0 {
		return Route{}, "", Part{}, false
	}
	part.ID = path[at+1:]
	if !framed {
		part.ID, part.Format, _ = strings.Cut(part.ID, ".")
	}
	if path = path[:at]; path == "" {
		path = "/"
	}
	route, id, ok = s.At(path)
	return route, id, part, ok && partPattern.MatchString(part.ID) && framed == (part.Format == "")
}

// PackageName is the whole data package under DataRoot.
const PackageName = "yardstick.zip"
