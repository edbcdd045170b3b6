package dashboards

import (
	"regexp"
	"strings"

	"yardstick/dashboards/api"
)

// Beside its plain address, which shows the newest release, a page has one that goes on showing the release it names. What
// is taken from a page stands under its own path: a table as a file, a figure as an image or to be framed.
//
//	/areas/leicester-city                        the newest
//	/r/0123456789ab/areas/leicester-city         of a release, by the first letters of its id
//	/take/areas/leicester-city/around.csv        a part as a file
//	/embed/areas/leicester-city/latest           a figure for the pages of others
//	/r/0123456789ab/take/areas/leicester-city/around.csv
const (
	permanentRoot = "/r/"
	takeRoot      = "/take"
	embedRoot     = "/embed"
)

// permanentPath is the path that a release's pages stand under; empty for the newest.
func permanentPath(release string) string {
	if release == "" {
		return ""
	}
	return permanentRoot + release
}

// within is the path that leads to the release shown; empty where that is the newest.
func (v *visit) within() string {
	if v.older {
		return permanentPath(v.release)
	}
	return ""
}

// under is the visit's address below a path, in its language and with its query.
func (v *visit) under(prefix string) string { return v.addressOf(prefix, "") }

// addressOf is the visit's address below a path and with more at its end.
func (v *visit) addressOf(prefix, more string) string {
	path := v.path()
	if path == "/" && prefix+more != "" {
		path = ""
	}
	address := pathIn(v.tag, prefix+path+more)
	if query := v.queryString(); query != "" {
		address += "?" + query
	}
	return address
}

// pageAt is the page at a path without its language, and the id in it.
func pageAt(path string) (p page, id string, ok bool) {
	for _, p := range pages {
		if id, ok := fits(p.path, path); ok {
			return p, id, true
		}
	}
	return page{}, "", false
}

// endpointAt is the endpoint of the interface at a path, and the id in it.
func endpointAt(path string) (api.Endpoint, string, bool) {
	for _, e := range api.Endpoints() {
		if id, ok := fits(api.Root+e.Path, path); ok {
			return e, id, true
		}
	}
	return api.Endpoint{}, "", false
}

// fits says whether a path is of a pattern, which may end in :id, and gives that.
func fits(pattern, path string) (id string, ok bool) {
	prefix, byID := strings.CutSuffix(pattern, ":id")
	if !byID {
		return "", pattern == path
	}
	id, ok = strings.CutPrefix(path, prefix)
	return id, ok && id != "" && !strings.Contains(id, "/")
}

// part names one figure or table of a page, and the format of a file; a format is empty where the part is to be framed.
type part struct{ id, format string }

var partPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{1,80}$`)

// partAt is the page, the id in it and the part at a path below takeRoot or embedRoot.
func partAt(path string, framed bool) (p page, id string, of part, ok bool) {
	at := strings.LastIndexByte(path, '/')
	if at < 0 {
		return page{}, "", part{}, false
	}
	of.id = path[at+1:]
	if !framed {
		of.id, of.format, _ = strings.Cut(of.id, ".")
	}
	if path = path[:at]; path == "" {
		path = "/"
	}
	p, id, ok = pageAt(path)
	return p, id, of, ok && partPattern.MatchString(of.id) && framed == (of.format == "")
}
