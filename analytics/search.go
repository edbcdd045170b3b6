package analytics

import (
	"cmp"
	"slices"
	"strings"
)

// maxQuery is how much of a query is looked at, in bytes; no name is near that length.
const maxQuery = 64

// searchIndex finds areas by any name they answer to. It is small (a few hundred names), so it is a list.
type searchIndex struct {
	names []searchName
	all   []string
}

type searchName struct {
	folded string
	area   string
	former bool
}

func newSearchIndex(areas []Area) *searchIndex {
	x := &searchIndex{}
	for _, a := range areas {
		x.all = append(x.all, a.ID)
		names := append([]string{a.ID, a.Name.EN, a.Name.CY}, a.Aliases...)
		for _, c := range a.Constituents {
			names = append(names, c.Name)
		}
		for _, name := range names {
			if folded := fold(name); folded != "" {
				x.names = append(x.names, searchName{folded: folded, area: a.ID, former: !a.Current})
			}
		}
	}
	return x
}

// find ranks areas: a whole name, the beginning of one, the beginning of a word, any part; current before former.
func (x *searchIndex) find(query string) []string {
	want := fold(query)
	if want == "" {
		if strings.TrimSpace(query) == "" {
			return x.all
		}
		return nil
	}
	ids := x.ranked(func(n searchName) (int, bool) {
		switch {
		case n.folded == want:
			return 0, true
		case strings.HasPrefix(n.folded, want):
			return 1, true
		case strings.Contains(n.folded, " "+want):
			return 2, true
		}
		return 3, strings.Contains(n.folded, want)
	})
	if len(ids) == 0 {
		ids = x.withinSlips(want, 1+len(want)/6)
	}
	return ids
}

// nearest are up to five areas whose names differ least from a mistaken id or name.
func (x *searchIndex) nearest(id string) []string {
	want := fold(id)
	if found := x.find(want); len(found) > 0 && len(found) < len(x.all) {
		return found[:min(len(found), 5)]
	}
	ids := x.withinSlips(want, max(2, len(want)/2))
	return ids[:min(len(ids), 5)]
}

func (x *searchIndex) withinSlips(want string, most int) []string {
	return x.ranked(func(n searchName) (int, bool) {
		slips := editDistance(want, n.folded)
		return slips, slips <= most
	})
}

// ranked lists each area once, by the best rank of any of its names, then by current before former, then by id.
func (x *searchIndex) ranked(rank func(searchName) (int, bool)) []string {
	type hit struct {
		area string
		rank int
	}
	best := make(map[string]int)
	for _, n := range x.names {
		r, ok := rank(n)
		if !ok {
			continue
		}
		r *= 2
		if n.former {
			r++
		}
		if had, seen := best[n.area]; !seen || r < had {
			best[n.area] = r
		}
	}
	hits := make([]hit, 0, len(best))
	for area, r := range best {
		hits = append(hits, hit{area, r})
	}
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(a.rank-b.rank, cmp.Compare(a.area, b.area)) })
	ids := make([]string, len(hits))
	for i, h := range hits {
		ids[i] = h.area
	}
	return ids
}

var foldLetters = strings.NewReplacer(
	"&", " and ", "-", " ", ",", " ", ".", " ", "(", " ", ")", " ", "'", "", "’", "",
	"â", "a", "ê", "e", "î", "i", "ô", "o", "û", "u", "ŵ", "w", "ŷ", "y", "ï", "i", "ö", "o", "á", "a",
)

// fold brings names that people take for the same to one spelling: case, Welsh circumflexes, "&", punctuation.
func fold(name string) string {
	name = name[:min(len(name), maxQuery)]
	return strings.Join(strings.Fields(foldLetters.Replace(strings.ToLower(name))), " ")
}

// editDistance counts the letters to insert, delete or replace to make a into b (Levenshtein 1966).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			replace := diagonal
			if a[i-1] != b[j-1] {
				replace++
			}
			diagonal, row[j] = row[j], min(row[j]+1, row[j-1]+1, replace)
		}
	}
	return row[len(b)]
}
