package analytics

import (
	"cmp"
	"slices"
	"strings"
)

// SearchKind says what a query was taken for.
type SearchKind string

// The kinds of search.
const (
	SearchNames      SearchKind = "names"
	SearchPostcode   SearchKind = "postcode"
	SearchRegion     SearchKind = "region"      // a region, nation or police force: too wide to be one area's
	SearchNoPostcode SearchKind = "no_postcode" // it has the form of one that nobody has
	SearchOutside    SearchKind = "outside"     // a postcode or town outside England and Wales
)

// Search is what a query leads to.
type Search struct {
	Kind    SearchKind
	Code    string  // the postcode, as postcodes are written, or the name of the region or of the town outside
	Looked  string  // the outcode or sector that the shares of Matches are of
	Outside Outside // where a postcode or town is that no area serves
	// Elsewhere is how much of a postcode lies outside England and Wales, 0 to 1.
	Elsewhere float64
	// Matches are the areas that may be meant, the likeliest first, each once.
	Matches []Match
	// Sure says that the first of them is the only one with the whole name, or has almost all of the postcode.
	Sure bool
	// Near are areas by the names that are spelt nearest, where nothing else is found.
	Near []Match
}

const (
	mostOfTowns = 12 // areas that are listed for the beginning of a town's name
	mostNear    = 6  // areas that are listed for a name that nobody has

	// wholeShare is how much of a postcode is all of it: shares are rounded. almostShare is how much leaves only strays,
	// such as a sorting office over the border.
	wholeShare  = 0.995
	almostShare = 0.98
)

// Search finds the areas that serve a place: by a postcode or the beginning of one, a name of the area, of a council
// past or present, of a town, village or parish, in English or Welsh. It fails where the release cannot be asked.
func (s *Snapshot) Search(query string) (Search, error) {
	g, err := s.gazetteer()
	if err != nil {
		return Search{}, err
	}
	f := finder{s: s, g: g, at: s.served}
	if readings := readPostcode(query); len(readings) > 0 {
		return f.postcode(readings), nil
	}
	return f.names(query), nil
}

// finder answers one query.
type finder struct {
	s  *Snapshot
	g  *gazetteer
	at map[string]served
}

// served is the present area that covers an authority, and what it calls the authority.
type served struct {
	area string
	name string
}

// servedBy are the present areas by the codes of their authorities.
func servedBy(areas []Area) map[string]served {
	out := make(map[string]served)
	for _, a := range areas {
		for _, c := range a.Constituents {
			if _, taken := out[c.GSS]; a.Current && !taken {
				out[c.GSS] = served{a.ID, c.Name}
			}
		}
	}
	return out
}

// postcode lists the areas that a postcode lies in, the biggest share first.
func (f finder) postcode(readings []postcode) Search {
	found := Search{Kind: SearchNoPostcode, Code: readings[0].shown}
	for _, p := range readings {
		shares, code := f.g.sharesOf(p)
		if code == "" {
			continue
		}
		found.Kind, found.Code, found.Looked, found.Elsewhere = SearchPostcode, p.shown, code, 1
		at := make(map[string]int)
		for _, share := range shares {
			found.Elsewhere -= share.Share
			by, ok := f.at[share.GSS]
			if !ok {
				continue
			}
			n, had := at[by.area]
			if !had {
				n = len(found.Matches)
				at[by.area] = n
				found.Matches = append(found.Matches, Match{
					Area: f.s.areas[f.s.areaAt[by.area]], Kind: NamePostcode, Name: code, Authority: by.name, Whole: true,
				})
			}
			found.Matches[n].Share += share.Share
		}
		slices.SortStableFunc(found.Matches, func(a, b Match) int { return cmp.Compare(b.Share, a.Share) })
		if found.Elsewhere = max(found.Elsewhere, 0); found.Elsewhere < 1-wholeShare {
			found.Elsewhere = 0
		}
		found.Sure = len(found.Matches) > 0 && found.Matches[0].Share >= almostShare
		return found
	}
	if found.Outside = outsideOf(readings[0].outcode); found.Outside != "" {
		found.Kind = SearchOutside
	}
	return found
}

// matchList gathers matches, each area once, by the first of its names.
type matchList struct {
	matches []Match
	seen    map[string]bool
}

func (l *matchList) add(m Match) {
	if !l.seen[m.Area.ID] {
		l.seen[m.Area.ID] = true
		l.matches = append(l.matches, m)
	}
}

// names finds a name: the whole of one; a region's; the beginning of one, or a part; and what is spelt nearly so.
func (f finder) names(query string) Search {
	out := Search{Kind: SearchNames}
	found := matchList{seen: make(map[string]bool)}
	var readings []reading
	for n, folded := range namesIn(query) {
		r := f.read(folded)
		r.council = n > 0
		readings = append(readings, r)
		region := f.g.regions[strings.TrimPrefix(folded, "greater ")]
		if region == "" || len(r.present) > 0 {
			if out.Sure = f.whole(r, true, &found); len(found.matches) > 0 {
				f.parts(r, true, &found)
				out.Matches = found.matches
				return out
			}
		}
		if region != "" {
			for _, m := range f.within(region) {
				found.add(m)
			}
			f.whole(r, false, &found) // a village has the name too
			out.Kind, out.Code, out.Matches = SearchRegion, region, found.matches
			return out
		}
	}
	namesakes := f.qualified(query, &found)
	if len(found.matches) > 0 {
		out.Sure, out.Matches = len(found.matches) == 1, found.matches
		return out
	}
	for _, r := range readings {
		if name, where := f.g.outside(r.folded); where != "" {
			return Search{Kind: SearchOutside, Code: name, Outside: where}
		}
	}
	for _, r := range readings {
		f.parts(r, false, &found)
		if len(found.matches) > 0 {
			out.Matches = found.matches
			return out
		}
	}
	out.Matches = namesakes
	if len(readings) > 0 && len(namesakes) == 0 {
		folded := readings[len(readings)-1].folded
		ofTowns := 2
		if ofTowns <= slipsIn(folded) {
			ofTowns = 0 // they were looked for
		}
		f.slips(folded, min(max(2, len(folded)/3), mostSlips), ofTowns, &found)
		out.Near = found.matches[:min(len(found.matches), mostNear)]
	}
	return out
}

// reading is a folded name, and what the names of areas have of it.
type reading struct {
	folded  string
	words   []Match // areas a word of whose names begins so
	within  []Match // areas that have it within a word
	present []Match // of words, the present areas whose own name, alias or authority it is; own names first
	only    bool    // it names one present area more than any other
	council bool    // the query named a council or a service, not a town
}

func (f finder) read(folded string) reading {
	words, within := f.s.index.contain(folded)
	r := reading{folded: folded, words: f.s.matchesOf(words), within: f.s.matchesOf(within)}
	own := 0
	for _, m := range r.words {
		switch {
		case !m.Whole || !m.Area.Current || m.Kind == NamePredecessor:
		case m.Kind == NameOwn || m.Kind == NameWelsh:
			r.present = slices.Insert(r.present, own, m)
			own++
		default:
			r.present = append(r.present, m)
		}
	}
	r.only = own == 1 || len(r.present) == 1
	return r
}

// whole adds the areas that a whole name leads to: those of that name; those whose name goes on after it; those that
// serve towns of the name, and that towns reach into; those that took over an authority or an area of the name; and
// former areas. It says whether one present area is meant for sure.
func (f finder) whole(r reading, reaches bool, found *matchList) (sure bool) {
	if r.only {
		found.add(r.present[0])
	} else {
		for _, m := range r.present {
			found.add(m)
		}
		for _, m := range r.words {
			if !m.Whole && m.Area.Current && m.Kind != NamePredecessor && strings.HasPrefix(fold(m.Name), r.folded+" ") {
				found.add(m)
			}
		}
	}
	towns := f.g.whole(r.folded)
	if len(towns) > 0 && f.g.towns[f.g.names[towns[0]].town].Minor {
		for _, m := range r.words { // Anglesey is a parish of Staffordshire, and the council of Isle of Anglesey
			if m.Area.Current && m.Kind != NamePredecessor && strings.HasSuffix(fold(m.Name), " "+r.folded) {
				found.add(m)
			}
		}
	}
	if r.council && len(r.present) > 0 {
		towns = nil
	}
	for _, n := range towns {
		name := f.g.names[n]
		town := f.g.towns[name.town]
		if town.Minor && len(r.present) > 0 {
			break
		}
		council := foldPlace(f.at[town.GSS].name) == foldPlace(town.Name.EN)
		f.town(name.shown, town, found, reaches && !r.only && !council, true)
	}
	for _, a := range f.g.former[compact(r.folded)] {
		if by, ok := f.at[a.GSS]; ok {
			found.add(Match{Area: f.s.areas[f.s.areaAt[by.area]], Kind: NameFormerAuthority, Name: a.Name,
				Authority: by.name, Whole: true})
		}
	}
	sure = len(found.matches) == 1
	for _, m := range r.words {
		if m.Whole && m.Kind == NamePredecessor && !r.only {
			found.add(m)
			sure = sure && len(found.matches) == 1
		}
	}
	for _, m := range r.words {
		if m.Whole && !m.Area.Current {
			found.add(m)
			sure = sure && (r.only || m.Kind != NameOwn && m.Kind != NameWelsh)
		}
	}
	return sure
}

// town adds the area that serves a town, and if they are wanted those that it reaches into.
func (f finder) town(shown string, t Town, found *matchList, reaches, whole bool) {
	kind := NameTown
	if t.Minor {
		kind = NameParish
	}
	codes := []string{t.GSS}
	if reaches {
		codes = append(codes, t.Also...)
	}
	for n, code := range codes {
		if by, ok := f.at[code]; ok {
			found.add(Match{Area: f.s.areas[f.s.areaAt[by.area]], Kind: kind, Name: shown, Authority: by.name,
				Whole: whole, Partly: n > 0})
		}
	}
}

// qualified reads "Newport, Shropshire": it adds the areas of the name before the comma that are in the council, area
// or region after it, and returns all areas of that name.
func (f finder) qualified(query string, found *matchList) (namesakes []Match) {
	name, where, ok := strings.Cut(query, ",")
	folded, where := foldPlace(name), inFull(fold(where))
	if !ok || folded == "" || where == "" {
		return nil
	}
	all := matchList{seen: make(map[string]bool)}
	f.whole(f.read(folded), false, &all)
	for _, m := range all.matches {
		places := append([]string{m.Authority, m.Area.Name.EN, m.Area.Name.CY}, m.Area.Aliases...)
		for _, c := range m.Area.Constituents {
			places = append(places, c.Name)
		}
		for _, p := range f.s.places {
			if p.Group == GroupRegion && p.ID == m.Area.Region {
				places = append(places, p.Name.EN, p.Name.CY)
			}
		}
		if slices.ContainsFunc(places, func(p string) bool { return strings.Contains(" "+fold(p), " "+where) }) {
			found.add(m)
		}
	}
	return all.matches
}

// parts adds areas with a part of a name, and those of towns with a word that begins so: after a whole name, only
// towns that have all of it as words. Where no name of an area or town has it as the beginning of a word, or areas
// only have it within one, spelling may be at fault, and those a slip or two away are added.
func (f finder) parts(r reading, afterWhole bool, found *matchList) {
	for _, m := range r.words {
		found.add(m)
	}
	first, later := f.g.beginning(r.folded)
	most := len(found.matches) + mostOfTowns
	for _, n := range slices.Concat(first, later) {
		if len(found.matches) >= most {
			break
		}
		name := f.g.names[n]
		town := f.g.towns[name.town]
		if !afterWhole || !town.Minor && strings.Contains(name.folded+" ", r.folded+" ") {
			f.town(name.shown, town, found, false, false)
		}
	}
	if afterWhole {
		return
	}
	if len(r.words) == 0 {
		f.slips(r.folded, slipsIn(r.folded), slipsIn(r.folded), found)
	}
	for _, m := range r.within {
		found.add(m)
	}
}

// slips adds areas whose names, or whose towns' names, are so many slips away. The nearest come first, areas before
// towns, and former areas last.
func (f finder) slips(folded string, ofAreas, ofTowns int, list *matchList) {
	towns := f.g.withinSlips(folded, ofTowns)
	addTowns := func(fewer int) {
		for len(towns) > 0 && towns[0].slips < fewer {
			name := f.g.names[towns[0].name]
			towns = towns[1:]
			var one matchList
			one.seen = list.seen
			f.town(name.shown, f.g.towns[name.town], &one, false, false)
			for _, m := range one.matches {
				m.Slip = true
				list.matches = append(list.matches, m)
			}
		}
	}
	var former []found
	for _, h := range f.s.index.withinSlips(folded, ofAreas) {
		if h.former {
			former = append(former, h)
			continue
		}
		addTowns((h.rank + 1) / 2)
		list.add(f.s.matchOf(h))
	}
	addTowns(ofTowns + 1)
	for _, h := range former {
		list.add(f.s.matchOf(h))
	}
}

// regionNames are the names of regions, nations and police forces, by what they fold to. A police force that shares
// its name with an area is no wider than the area.
func (s *Snapshot) regionNames() map[string]string {
	out := make(map[string]string)
	for _, a := range s.areas {
		force := foldPlace(a.PoliceForce)
		isArea := slices.ContainsFunc(s.index.names, func(n searchName) bool { return n.folded == force })
		if a.Current && force != "" && !isArea {
			out[strings.TrimPrefix(force, "greater ")] = a.PoliceForce
		}
	}
	for _, p := range s.places {
		for _, name := range []string{p.Name.CY, p.Name.EN} {
			if name != "" {
				out[foldPlace(name)] = name
			}
		}
	}
	return out
}

// within are the present areas of a region, nation or police force.
func (f finder) within(name string) []Match {
	in := make(map[string]bool)
	for _, p := range f.s.places {
		in[string(p.Group)+p.ID] = p.Name.EN == name || p.Name.CY == name
	}
	var out []Match
	for _, a := range f.s.areas {
		if a.Current && (in[string(GroupRegion)+a.Region] || in[string(GroupNation)+a.Nation] || a.PoliceForce == name) {
			out = append(out, Match{Area: a, Kind: NameRegion, Name: name})
		}
	}
	return out
}

var (
	// beforeNames and afterNames are what people write before and after the name of a council or a service, folded.
	beforeNames = []string{"cyngor", "bwrdeistref", "sirol", "sir", "dinas", "london", "royal", "borough", "city",
		"county", "of"}
	afterNames = []string{"youth justice service", "youth offending service", "youth offending team", "youth justice",
		"yjs", "yos", "yot", "council", "metropolitan", "unitary", "authority", "borough", "city", "county", "district",
		"rural"}
)

// shortWords are what people write for counties and points of the compass, and what those are called.
var shortWords = map[string]string{
	"beds": "bedfordshire", "berks": "berkshire", "bucks": "buckinghamshire", "cambs": "cambridgeshire",
	"carms": "carmarthenshire", "co": "county", "derbys": "derbyshire", "glam": "glamorgan", "glos": "gloucestershire",
	"hants": "hampshire", "herefs": "herefordshire", "herts": "hertfordshire", "lancs": "lancashire",
	"leics": "leicestershire", "lincs": "lincolnshire", "northants": "northamptonshire",
	"notts": "nottinghamshire", "oxon": "oxfordshire", "pembs": "pembrokeshire", "salop": "shropshire",
	"staffs": "staffordshire", "warks": "warwickshire", "wilts": "wiltshire", "worcs": "worcestershire",
	"yorks": "yorkshire", "n": "north", "e": "east", "s": "south", "w": "west",
}

// inFull writes the short words of a folded name in full.
func inFull(folded string) string {
	words := strings.Fields(folded)
	for n, word := range words {
		if full, ok := shortWords[word]; ok {
			words[n] = full
		}
	}
	return strings.Join(words, " ")
}

// namesIn are the ways to take a query as a name, folded: as it is, and with its short words in full. Where it names
// a council or a service, also with ever fewer of the words around the name.
func namesIn(query string) []string {
	folded := foldPlace(query)
	if folded == "" {
		return nil
	}
	out := []string{folded}
	if full := inFull(folded); full != folded {
		out = append(out, full)
		folded = full
	}
	rest := folded
	for shorter := true; shorter; {
		shorter = false
		for _, words := range afterNames {
			if cut, ok := strings.CutSuffix(rest, " "+words); ok {
				rest, shorter = cut, true
				out = append(out, rest)
				break
			}
		}
	}
	council := rest != folded || slices.ContainsFunc([]string{"cyngor ", "london borough ", "royal borough ",
		"borough of ", "city of ", "county of "}, func(start string) bool { return strings.HasPrefix(folded, start) })
	for shorter := council; shorter; {
		shorter = false
		for _, word := range beforeNames {
			if cut, ok := strings.CutPrefix(rest, word+" "); ok {
				rest, shorter = cut, true
				out = append(out, rest)
				break
			}
		}
	}
	return out
}

func (s *Snapshot) matchesOf(hits []found) []Match {
	out := make([]Match, len(hits))
	for n, h := range hits {
		out[n] = s.matchOf(h)
	}
	return out
}

// matchOf is what a hit of the index of areas says.
func (s *Snapshot) matchOf(h found) Match {
	return Match{Area: s.areas[s.areaAt[h.area]], Kind: h.kind, Name: h.name, Whole: h.whole, Slip: h.slip}
}

// Leads is the one area that a query surely means, with the name or postcode by which it does.
func (found Search) Leads() (Match, bool) {
	if !found.Sure {
		return Match{}, false
	}
	return found.Matches[0], true
}

// Of counts the matches by one kind of name.
func (found Search) Of(kind NameKind) int {
	n := 0
	for _, m := range found.Matches {
		if m.Kind == kind {
			n++
		}
	}
	return n
}
