package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"yardstick/analytics"
)

// Names resolves areas, or other places, by every name they answer to. It is safe for concurrent use.
type Names struct {
	ids   map[string]bool
	names map[string][]string // folded name to the ids it may mean
}

// AreasOf resolves names exactly, after folding case, accents, "&" and punctuation: the id of an area, its English or
// Welsh name, an alias, or the name of a service that is no more. An id means its own area whatever else it names;
// any other name that belongs to several areas means none of them.
func AreasOf(areas []analytics.Area) *Names {
	n := &Names{ids: make(map[string]bool), names: make(map[string][]string)}
	for _, a := range areas {
		n.Add(a.ID, append([]string{a.Name.EN, a.Name.CY}, a.Aliases...)...)
	}
	return n
}

// Add makes a place known by its id and its names; blank ones and those it has already are passed over. It is not to be
// called while the names are in use elsewhere.
func (n *Names) Add(id string, names ...string) {
	n.ids[id] = true
	for _, name := range append([]string{id}, names...) {
		folded := foldName(name)
		if folded != "" && !slices.Contains(n.names[folded], id) {
			n.names[folded] = append(n.names[folded], id)
			slices.Sort(n.names[folded])
		}
	}
}

// Has says whether there is a place of this id.
func (n *Names) Has(id string) bool { return n.ids[id] }

// Candidates are the ids of all areas that answer to this name, in order: none, one or several.
func (n *Names) Candidates(name string) []string {
	if n.ids[name] {
		return []string{name}
	}
	return n.names[foldName(name)]
}

// Resolve is the one area that answers to this name; where there is none or more than one, "" and those that come
// nearest, at most five.
func (n *Names) Resolve(name string) (id string, nearest []string) {
	if ids := n.Candidates(name); len(ids) == 1 {
		return ids[0], nil
	} else if len(ids) > 1 {
		return "", ids
	}
	return "", n.nearest(foldName(name))
}

// nearest are up to five areas with a name that begins like this one or is a few letters away.
func (n *Names) nearest(want string) []string {
	const most = 5
	if want == "" {
		return nil
	}
	far := max(2, len(want)/3)
	best := make(map[string]int)
	for folded, ids := range n.names {
		slips := editDistance(want, folded, far)
		if strings.HasPrefix(folded, want) || strings.HasPrefix(want, folded+" ") {
			slips = 1
		}
		if slips > far {
			continue
		}
		for _, id := range ids {
			if had, ok := best[id]; !ok || slips < had {
				best[id] = slips
			}
		}
	}
	found := make([]string, 0, len(best))
	for id := range best {
		found = append(found, id)
	}
	slices.SortFunc(found, func(a, b string) int { return cmp.Or(best[a]-best[b], cmp.Compare(a, b)) })
	return found[:min(len(found), most)]
}

// foldName brings names that people take for the same to one spelling. It leaves alone letters of other scripts that
// look like Latin ones, so a name with one of those is unknown.
func foldName(name string) string {
	name = strings.ReplaceAll(norm.NFD.String(strings.ToLower(name)), "&", " and ")
	folded := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' || r == '‘' || r == '`':
			return -1
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return r
		case unicode.IsSpace(r) || r < 0x7f && unicode.IsPrint(r) || unicode.Is(unicode.Pd, r):
			return ' '
		}
		return r
	}, name)
	return strings.Join(strings.Fields(folded), " ")
}

// editDistance counts the letters to insert, delete or replace to make a into b (Levenshtein 1966); past far it only
// says that it is more.
func editDistance(a, b string, far int) int {
	from, to := []rune(a), []rune(b)
	if len(from)-len(to) > far || len(to)-len(from) > far {
		return far + 1
	}
	distances := make([]int, len(to)+1)
	for j := range distances {
		distances[j] = j
	}
	for i := 1; i <= len(from); i++ {
		diagonal, least := distances[0], i
		distances[0] = i
		for j := 1; j <= len(to); j++ {
			replaced := diagonal
			if from[i-1] != to[j-1] {
				replaced++
			}
			diagonal, distances[j] = distances[j], min(distances[j]+1, distances[j-1]+1, replaced)
			least = min(least, distances[j])
		}
		if least > far {
			return far + 1
		}
	}
	return distances[len(to)]
}

// maxAreaName is the most runes of a name worth looking up.
const maxAreaName = 200

// The levels that a reader here knows of. Which others there are is for the record to say.
const (
	levelArea   = "area"
	levelRegion = "region"
)

// named returns the names of the places of a level; nil where the record has no such level.
func (t *table) named(level string) *Names {
	switch {
	case level == levelArea:
		return t.known.Areas
	case t.known.Places != nil:
		return t.known.Places(level)
	}
	return nil
}

// area reads an area by its id or any of its names; "" where the cell is blank, wrong, unknown or ambiguous.
func (r *row) area(column string) string { return r.placeOf(column, levelArea) }

// placeOf reads a place of a level by its id or any of its names.
func (r *row) placeOf(column, level string) string {
	name := r.cell(column).text
	if name == "" || r.named(level) == nil || !r.plain(column) || !r.legible(column) {
		return ""
	}
	if len([]rune(name)) > maxAreaName {
		r.found(column, "area_unknown", "is longer than any name of an area", "write the name of the area alone")
		return ""
	}
	return r.resolve(column, level, name)
}

// resolve finds the one place of a level that answers to a name; the record has the level.
func (r *row) resolve(column, level, name string) string {
	names := r.named(level)
	ids := names.Candidates(name)
	switch {
	case len(ids) == 1:
		return ids[0]
	case len(ids) > 1:
		r.found(column, "area_ambiguous", "may be "+strings.Join(ids, " or "), "write the one that is meant, by its id")
		return ""
	}
	what, article := strings.ReplaceAll(level, "_", " "), "a"
	if strings.HasPrefix(what, "a") {
		article = "an"
	}
	fix := fmt.Sprintf("write the name or id of %s %s of the register", article, what)
	if !r.log.full() { // else it is only counted
		if _, nearest := names.Resolve(name); len(nearest) > 0 {
			fix = fmt.Sprintf("perhaps %s; %s", strings.Join(nearest, ", "), fix)
		}
	}
	r.found(column, "area_unknown", "is no "+what+" of the register", fix)
	return ""
}
