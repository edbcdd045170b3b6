package site

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

// IndexFile is the search index of a static edition, in the folder of its language.
const IndexFile = "/find.js"

// LogPath and CheckpointPath are where the log of publications and its signed checkpoint are.
const (
	LogPath        = "/releases/log"
	CheckpointPath = "/releases/checkpoint"
)

// choices are the parameters that a static edition keeps a page for, one at a time.
var choices = []string{"programme", "theme", "indicator", "letter"}

var choicePattern = regexp.MustCompile(`^[a-z0-9_-]{1,80}$`)

// Kept returns the address under which a static edition has what an address of the site shows. It has every page of
// the release, those of one choice from a list, and their tables, images and files; nothing that readers put together
// themselves, no frames and no interface.
func (s *Site) Kept(address string) (kept string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(u.Path, "/") {
		return "", false
	}
	tag, path := SplitLanguage(u.Path)
	switch {
	case path == LogPath, path == CheckpointPath, strings.HasPrefix(path, AssetRoot), strings.HasPrefix(path, DataRoot),
		path == IndexFile:
		return u.Path, u.RawQuery == ""
	}
	prefix, rest := "", path
	var route Route
	if below, isPart := strings.CutPrefix(path, FileRoot+"/"); isPart {
		if route, _, _, ok = s.PartAt("/"+below, false); !ok {
			return "", false
		}
		prefix, rest = FileRoot, "/"+below
	} else if route, _, ok = s.At(path); !ok {
		return "", false
	}
	query := u.Query()
	if route.Echo {
		query = nil
	}
	plain := pathIn(tag, prefix+rest)
	switch len(query) {
	case 0:
		return plain, true
	case 1:
		for name, values := range query {
			if slices.Contains(choices, name) && slices.Contains(route.Params, name) && len(values) == 1 &&
				choicePattern.MatchString(values[0]) {
				return plain + "?" + name + "=" + values[0], true
			}
		}
	}
	return "", false
}

// Live returns where the site itself shows what an address shows, in the release that a static edition is of; empty
// where it is not known where the site is.
func (s *Site) Live(address string, release analytics.Release) string {
	u, err := url.Parse(address)
	if err != nil || s.config.Address == "" {
		return ""
	}
	tag, path := SplitLanguage(u.Path)
	_, _, isPage := s.At(path)
	if isPage || strings.HasPrefix(path, FileRoot+"/") {
		u.Path = strings.TrimSuffix(pathIn(tag, PermanentPath(ShortName(release.ID))+path), "/")
	}
	return s.config.Address + u.String()
}

// SplitLanguage splits a path into its language and its path in that language.
func SplitLanguage(path string) (tag, rest string) {
	for _, tag := range i18n.Languages()[1:] {
		if rest, ok := strings.CutPrefix(path, "/"+tag); ok && (rest == "" || rest[0] == '/') {
			return tag, cmp.Or(rest, "/")
		}
	}
	return i18n.Languages()[0], path
}

// staticBanner says of which release a static edition is, what needs the site itself, and where that is.
func (req *Request) staticBanner(release analytics.Release) *view.Banner {
	w := req.words
	b := view.Banner{Text: w.Say("static.banner", "ID", ShortName(release.ID), "Date", w.Day(release.Published))}
	if req.site != "" {
		b.Link = view.Link{Text: w.Say("static.live"), Href: req.site + req.under(PermanentPath(ShortName(release.ID)))}
	}
	return &b
}

// NeedsSite says, in a language, in place of a form that what it asks needs the site itself.
func (s *Site) NeedsSite(tag string) (text, link string, err error) {
	text, errText := s.languages[tag].T("static.form")
	link, errLink := s.languages[tag].T("static.live")
	return text, link, cmp.Or(errText, errLink)
}

// nameIndex is the search index of a static edition: areas, and the names by which readers look for them.
type nameIndex struct {
	Areas [][3]string `json:"areas"` // name, id, and what became of a former one
	Names [][3]any    `json:"names"` // the folded name, the position of its area, and the name of a place on its ground
	Words struct {
		Status string `json:"status"` // how many were found, with N for the number
		None   string `json:"none"`
	} `json:"words"`
}

// Index returns the search index of a static edition in a language: a script that any page can load, also from a disk,
// where scripts may read no file.
func (s *Site) Index(tag string, snapshot *analytics.Snapshot) ([]byte, error) {
	w := s.Words(tag, snapshot)
	names, err := snapshot.Names()
	if err != nil {
		return nil, err
	}
	var index nameIndex
	index.Words.Status, index.Words.None = w.Say("static.found"), w.Say("static.nothing")
	at := make(map[string]int)
	for _, a := range snapshot.Areas() {
		at[a.ID] = len(index.Areas)
		index.Areas = append(index.Areas, [3]string{a.Name.In(tag), a.ID, w.FormerArea(a)})
	}
	for _, n := range names {
		place := n.Name
		if n.Kind == analytics.NameOwn {
			place = ""
		}
		index.Names = append(index.Names, [3]any{n.Folded, at[n.Area], place})
	}
	text, err := json.Marshal(index)
	if err := cmp.Or(err, w.Err()); err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	return fmt.Appendf(nil, "yardstickIndex(%s);\n", text), nil
}

// LanguageOf returns the language of an address.
func LanguageOf(address string) string {
	path, _, _ := strings.Cut(address, "?")
	tag, _ := SplitLanguage(path)
	return tag
}
