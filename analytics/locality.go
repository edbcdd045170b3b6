package analytics

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"sort"
	"strings"
	"sync"
)

// Localities are the postcodes, towns and former authorities by which readers look for an area. Each lies in an
// authority, by code, and the present area that covers the authority serves it.
type Localities struct {
	// Postcodes are by code, the biggest share first.
	Postcodes []PostcodeShare
	// Towns are towns first, then parishes of other names; each with the most people first.
	Towns []Town
	// Former are the names of authorities that ended, each with the code of one that took it over, by name.
	Former []Authority
}

// PostcodeShare is how much of an outcode (LE2) or a sector (LE2 4) lies in an authority. Shares are of postcodes, from
// 0 to 1; those of a code come to less than 1 where the rest is in Scotland.
type PostcodeShare struct {
	Code      string
	GSS       string
	Share     float64
	Postcodes int // 0 where only the share is known
}

// Town is a town, village, suburb or parish, and the authority that its centre is in; outside England and Wales, the
// part of these islands.
type Town struct {
	Name       Name
	Aliases    []string
	GSS        string
	Also       []string // other authorities that it reaches into
	Population int      // of mixed age, to order places of one name by; 0 where it is not known
	Minor      bool     // a parish, which gives way to areas and councils of the name
}

// gazetteer finds localities by name or postcode. It is made of a release's localities when one is first looked for.
type gazetteer struct {
	towns  []Town
	names  []townName
	exact  map[string][]int32 // positions of names, by the folded name without its spaces
	words  []wordStart        // by what follows
	codes  map[string][]PostcodeShare
	sorted []string // the codes
	former map[string][]Authority

	regions map[string]string // names of regions, nations and police forces, by their folded ones
}

// townName is one of a town's names.
type townName struct {
	folded  string
	letters uint64 // the set of its letters, to rule it out by
	shown   string
	town    int32
}

// wordStart is a place in a name where a word begins.
type wordStart struct {
	name int32
	at   int32
}

func newGazetteer(l Localities) *gazetteer {
	g := &gazetteer{
		towns:  l.Towns,
		exact:  make(map[string][]int32, len(l.Towns)),
		codes:  grouped(l.Postcodes, func(p PostcodeShare) string { return p.Code }),
		former: make(map[string][]Authority),
	}
	g.sorted = slices.Sorted(maps.Keys(g.codes))
	for n, t := range l.Towns {
		g.name(n, t.Name.EN, t.Name.EN)
		if short, _, ok := strings.Cut(t.Name.EN, ", "); ok {
			g.name(n, t.Name.EN, short)
		}
		if t.Name.CY != "" && t.Name.CY != t.Name.EN {
			g.name(n, t.Name.CY, t.Name.CY)
		}
		for _, alias := range t.Aliases {
			g.name(n, t.Name.EN, alias)
		}
	}
	slices.SortFunc(g.words, func(a, b wordStart) int {
		return cmp.Or(cmp.Compare(g.rest(a), g.rest(b)), cmp.Compare(a.name, b.name))
	})
	for _, a := range l.Former {
		key := compact(foldPlace(a.Name))
		g.former[key] = append(g.former[key], a)
	}
	return g
}

// name adds a name of a town, and the one that is shown for it.
func (g *gazetteer) name(town int, shown, name string) {
	folded := foldPlace(name)
	n := int32(len(g.names))
	g.names = append(g.names, townName{folded: folded, letters: lettersOf(folded), shown: shown, town: int32(town)})
	key := compact(folded)
	g.exact[key] = append(g.exact[key], n)
	for at := range len(folded) {
		if at == 0 || folded[at-1] == ' ' {
			g.words = append(g.words, wordStart{n, int32(at)})
		}
	}
}

func (g *gazetteer) rest(w wordStart) string { return g.names[w.name].folded[w.at:] }

// foldPlace is fold for names of places, in which "Saint" is "St" and a leading article is left out.
func foldPlace(name string) string {
	words := strings.Fields(fold(name))
	if len(words) > 1 && (words[0] == "y" || words[0] == "yr" || words[0] == "the") {
		words = words[1:]
	}
	for n, word := range words {
		if word == "saint" {
			words[n] = "st"
		}
	}
	return strings.Join(words, " ")
}

// compact leaves the spaces out of a folded name: Pont-y-pridd is Pontypridd.
func compact(folded string) string { return strings.ReplaceAll(folded, " ", "") }

// lettersOf is the set of a name's letters. A slip of the keyboard adds at most one member and takes away at most one.
func lettersOf(folded string) (set uint64) {
	for n := range len(folded) {
		set |= 1 << (folded[n] & 63)
	}
	return set
}

// whole are the towns and parishes of a name, in order.
func (g *gazetteer) whole(folded string) []int32 {
	return g.ordered(slices.Clone(g.exact[compact(folded)]))
}

// outside is the town of a name that is outside England and Wales, and where it is; empty where there is none.
func (g *gazetteer) outside(folded string) (name string, where Outside) {
	for _, n := range g.whole(folded) {
		if where = outsideCodes[g.towns[g.names[n].town].GSS]; where != "" {
			return g.names[n].shown, where
		}
	}
	return "", ""
}

// ordered sorts names by towns before parishes, and the most people first, as the towns are.
func (g *gazetteer) ordered(names []int32) []int32 {
	slices.SortFunc(names, func(a, b int32) int { return cmp.Compare(g.names[a].town, g.names[b].town) })
	return names
}

// shortestPart is how many letters of a town's name are looked for in the beginnings of its words.
const shortestPart = 3

// beginning are the names a word of which begins so, those whose first word does before the others.
func (g *gazetteer) beginning(folded string) (first, later []int32) {
	if len(folded) < shortestPart {
		return nil, nil
	}
	from := sort.Search(len(g.words), func(n int) bool { return g.rest(g.words[n]) >= folded })
	for n := from; n < len(g.words) && strings.HasPrefix(g.rest(g.words[n]), folded); n++ {
		if w := g.words[n]; w.at == 0 {
			first = append(first, w.name)
		} else {
			later = append(later, w.name)
		}
	}
	return g.ordered(first), g.ordered(later)
}

// slipped is a name at some slips of the keyboard from a query.
type slipped struct {
	name  int32
	slips int
}

// withinSlips are the names that are at most so many slips from a query, the fewest slips first.
func (g *gazetteer) withinSlips(folded string, most int) []slipped {
	var counter slipCounter
	var out []slipped
	letters := lettersOf(folded)
	for n := range g.names {
		name := &g.names[n]
		apart := len(folded) - len(name.folded)
		if apart > most || -apart > most || bits.OnesCount64(letters&^name.letters) > most ||
			bits.OnesCount64(name.letters&^letters) > most {
			continue
		}
		if whole, _ := counter.slips(folded, name.folded, most); whole <= most {
			out = append(out, slipped{int32(n), whole})
		}
	}
	slices.SortStableFunc(out, func(a, b slipped) int {
		return cmp.Or(a.slips-b.slips, cmp.Compare(g.names[a.name].town, g.names[b.name].town))
	})
	return out
}

// lazyGazetteer is made when it is first asked for. A failure is not kept.
type lazyGazetteer struct {
	mu   sync.Mutex
	made *gazetteer
}

func (s *Snapshot) gazetteer() (*gazetteer, error) {
	s.lazy.mu.Lock()
	defer s.lazy.mu.Unlock()
	if s.lazy.made == nil {
		l, err := s.reader.Localities(context.Background())
		if err != nil {
			return nil, fmt.Errorf("localities of release %s: %w", s.release.ID, err)
		}
		s.lazy.made = newGazetteer(l)
		s.lazy.made.regions = s.regionNames()
	}
	return s.lazy.made, nil
}

// ReadLocalities reads what the first Search would read, so that nobody waits for it.
func (s *Snapshot) ReadLocalities() error {
	_, err := s.gazetteer()
	return err
}
