package analytics

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// maxQuery is how much of a query is looked at, in bytes; no name is near that length.
const maxQuery = 64

// NameKind says which of an area's names a query was matched with.
type NameKind string

// The kinds of name, the area's own first. A predecessor's name is that of an area whose ground it took over, in
// part or whole.
const (
	NameOwn         NameKind = "own"
	NameWelsh       NameKind = "welsh"
	NameAlias       NameKind = "alias"
	NameConstituent NameKind = "constituent"
	NamePredecessor NameKind = "predecessor"

	// Those of places on its ground, which a Search finds.
	NameTown            NameKind = "town"
	NameParish          NameKind = "parish"
	NameFormerAuthority NameKind = "former_authority"
	NamePostcode        NameKind = "postcode"
	NameRegion          NameKind = "region"
)

// Match is an area that answers to a query, and the name by which it does.
type Match struct {
	Area  Area
	Kind  NameKind
	Name  string // as the record writes it
	Whole bool   // the query is all of the name
	Slip  bool   // the query differs from the name, or from its beginning, by slips of the keyboard

	Authority string  // that the place of this name lies in, or that took it over; empty for a name of the area itself
	Share     float64 // of the postcodes of this code that the area serves, 0 to 1
	Partly    bool    // the place reaches into the authority, and has its centre elsewhere
}

// searchIndex finds areas by any name they answer to. It is small (a few hundred names), so it is a list.
type searchIndex struct {
	names []searchName
}

type searchName struct {
	folded string
	name   string
	kind   NameKind
	area   string
	former bool
}

// found is an area of a search, with the best of its names; the least rank comes first.
type found struct {
	searchName
	rank  int
	whole bool
	slip  bool
	part  bool // no word of the name begins with what was asked for
}

func newSearchIndex(areas []Area) *searchIndex {
	x := &searchIndex{}
	named := make(map[string]Name, len(areas))
	for _, a := range areas {
		named[a.ID] = a.Name
	}
	for _, a := range areas {
		add := func(kind NameKind, names ...string) {
			for _, name := range names {
				if folded := fold(name); folded != "" {
					x.names = append(x.names,
						searchName{folded: folded, name: name, kind: kind, area: a.ID, former: !a.Current})
				}
			}
		}
		add(NameOwn, a.Name.EN, a.ID)
		add(NameWelsh, a.Name.CY)
		for _, c := range a.Constituents {
			add(NameConstituent, c.Name)
		}
		add(NameAlias, a.Aliases...) // after, since many repeat a constituent's name, which says more
		for _, id := range a.Predecessors {
			add(NamePredecessor, named[id].EN, named[id].CY)
		}
	}
	return x
}

// The ways in which a query meets a name, the best first.
const (
	meetsWhole = iota
	meetsBeginning
	meetsLaterWord
	meetsWords // each of its words begins one of the name's, in any order
	meetsPart
)

// wanted is a folded query, with what every name is compared with.
type wanted struct {
	text  string
	later string   // as a word that is not the first
	words []string // each likewise
}

func want(folded string) wanted {
	w := wanted{text: folded, later: " " + folded}
	for word := range strings.FieldsSeq(folded) {
		w.words = append(w.words, " "+word)
	}
	return w
}

// meets says how a folded query meets a folded name.
func (w wanted) meets(name string) (int, bool) {
	switch {
	case name == w.text:
		return meetsWhole, true
	case strings.HasPrefix(name, w.text):
		return meetsBeginning, true
	case strings.Contains(name, w.later):
		return meetsLaterWord, true
	case w.beginWords(name):
		return meetsWords, true
	}
	return meetsPart, strings.Contains(name, w.text)
}

func (w wanted) beginWords(name string) bool {
	for _, word := range w.words {
		if !strings.HasPrefix(name, word[1:]) && !strings.Contains(name, word) {
			return false
		}
	}
	return len(w.words) > 1
}

// find ranks areas: a whole name, the beginning of one, the beginning of a word, any part; current before former. An
// area known by a predecessor's name comes after those that have the name themselves. Where no more than letters within
// a word are met, or nothing is, names within slips of the keyboard are looked for too.
func (x *searchIndex) find(query string) []found {
	folded := fold(query)
	words, within := x.contain(folded)
	if len(words) > 0 || folded == "" {
		return append(words, within...)
	}
	slips := x.withinSlips(folded, slipsIn(folded))
	for _, h := range within {
		if !slices.ContainsFunc(slips, func(s found) bool { return s.area == h.area }) {
			slips = append(slips, h)
		}
	}
	return slips
}

// contain ranks the areas a name of which contains a folded query: those with words that it begins, and those that
// have it within a word.
func (x *searchIndex) contain(folded string) (words, within []found) {
	if folded == "" {
		return nil, nil
	}
	asked := want(folded)
	hits := x.ranked(func(n searchName) (found, bool) {
		how, ok := asked.meets(n.folded)
		f := found{searchName: n, rank: how, whole: ok && how == meetsWhole, part: how == meetsPart}
		if n.kind == NamePredecessor {
			f.rank = max(how, meetsBeginning) + 1
		}
		return f, ok
	})
	for _, h := range hits {
		if h.part {
			within = append(within, h)
		} else {
			words = append(words, h)
		}
	}
	return words, within
}

// slipsIn is how many slips of the keyboard a name of this length may have.
func slipsIn(folded string) int { return 1 + len(folded)/6 }

// shortestBeginning is how many letters of a query are enough to look for slips in the beginning of a longer name.
const shortestBeginning = 4

// mostSlips is how many slips away a name may be and still be what was meant.
const mostSlips = 8

// nearest are up to five areas whose names differ least from a mistaken id or name.
func (x *searchIndex) nearest(id string) []string {
	hits := x.find(id)
	if want := fold(id); len(hits) == 0 && want != "" {
		hits = x.withinSlips(want, min(max(2, len(want)/2), mostSlips))
	}
	ids := make([]string, min(len(hits), 5))
	for n := range ids {
		ids[n] = hits[n].area
	}
	return ids
}

// withinSlips finds what is at most so many slips from a whole name, and then from the beginning of one.
func (x *searchIndex) withinSlips(want string, most int) []found {
	var counter slipCounter
	return x.ranked(func(n searchName) (found, bool) {
		if len(want)-len(n.folded) > most { // each letter too many is a slip, of the whole name and of its beginning
			return found{}, false
		}
		whole, beginning := counter.slips(want, n.folded, most)
		if len(want) < shortestBeginning {
			beginning = whole
		}
		f := found{searchName: n, rank: min(2*whole, 2*beginning+1), slip: true}
		return f, whole <= most || beginning <= most/2
	})
}

// ranked lists each area once, by the best rank of any of its names, then by current before former, then by id.
func (x *searchIndex) ranked(rank func(searchName) (found, bool)) []found {
	best := make(map[string]found)
	for _, n := range x.names {
		f, ok := rank(n)
		if had, seen := best[n.area]; ok && (!seen || f.rank < had.rank) {
			best[n.area] = f
		}
	}
	former := func(f found) int {
		if f.former {
			return 1
		}
		return 0
	}
	return slices.SortedFunc(maps.Values(best), func(a, b found) int {
		return cmp.Or(a.rank-b.rank, former(a)-former(b), cmp.Compare(a.area, b.area))
	})
}

// Matches are the areas that answer to a query by a name of theirs: their own, an alias, a Welsh name, a constituent
// authority's or that of an area they took over. Whole names come before beginnings, and those before names that merely
// contain it; what no name contains is looked for a slip of the keyboard away. An empty query has none.
func (s *Snapshot) Matches(query string) []Match {
	return s.matchesOf(s.index.find(query))
}

// AreaNamed is the one area that a query is a whole name of: a current area's own, in either language, if only one
// has it; else an alias, a constituent authority's, a former area's or a predecessor's, if no other area answers to
// it. It is false where none or several do.
func (s *Snapshot) AreaNamed(query string) (Area, bool) {
	var own, every []Area
	for _, m := range s.Matches(query) {
		switch {
		case !m.Whole:
			continue
		case m.Area.Current && (m.Kind == NameOwn || m.Kind == NameWelsh):
			own = append(own, m.Area)
		}
		every = append(every, m.Area)
	}
	switch {
	case len(own) == 1:
		return own[0], true
	case len(every) == 1:
		return every[0], true
	}
	return Area{}, false
}

var foldLetters = strings.NewReplacer("&", " and ", "-", " ", ",", " ", ".", " ", "(", " ", ")", " ", "'", "", "’", "",
	"â", "a", "ê", "e", "î", "i", "ô", "o", "û", "u", "ŵ", "w", "ŷ", "y", "ï", "i", "ö", "o", "á", "a", "à", "a", "ä",
	"a", "é", "e", "è", "e", "ë", "e", "í", "i", "ì", "i", "ó", "o", "ò", "o", "ú", "u", "ù", "u", "ü", "u", "ẁ", "w",
	"ẃ", "w", "ẅ", "w", "ỳ", "y", "ý", "y", "ÿ", "y", "`", "", "‘", "", "/", " ")

// fold brings names that people take for the same to one spelling: case, Welsh circumflexes, "&", punctuation.
func fold(name string) string {
	name = name[:min(len(name), maxQuery)]
	return strings.Join(strings.Fields(foldLetters.Replace(strings.ToLower(name))), " ")
}

// Called says whether a part of one of the area's names is written as text, whatever its case and accents. Every area
// is called by no text.
func (a Area) Called(text string) bool {
	part := fold(text)
	return slices.ContainsFunc(append([]string{a.Name.EN, a.Name.CY}, a.Aliases...), func(name string) bool {
		return strings.Contains(fold(name), part)
	})
}

// slipCounter has the rows that slips are counted in, for one name after another.
type slipCounter [3][]int

// slips counts the letters to insert, delete, replace or swap with the next (optimal string alignment, after Damerau
// 1964) to make a query into a name, and into the beginning of the name that needs least. Where both are more than a
// number of slips, it may return any larger ones.
func (c *slipCounter) slips(want, name string, most int) (whole, beginning int) {
	for n := range c {
		c[n] = slices.Grow(c[n][:0], len(name)+1)[:len(name)+1]
	}
	before, last, row := c[0], c[1], c[2]
	for j := range row {
		row[j] = j
	}
	least := 0 // of the row before
	for i := 1; i <= len(want); i++ {
		lowest := slices.Min(row)
		if lowest > most && least > most { // a swap reaches back two rows
			return lowest, lowest
		}
		least = lowest
		before, last, row = last, row, before
		row[0] = i
		for j := 1; j <= len(name); j++ {
			replace := last[j-1]
			if want[i-1] != name[j-1] {
				replace++
			}
			row[j] = min(row[j-1]+1, last[j]+1, replace)
			if i > 1 && j > 1 && want[i-1] == name[j-2] && want[i-2] == name[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(name)], slices.Min(row)
}
