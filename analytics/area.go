package analytics

import (
	"slices"
	"strings"
	"time"
)

// Area is one youth justice service and the ground it covers. Lists are never nil-sensitive: empty means none known.
type Area struct {
	ID           string
	Name         Name
	Region       string // a Place of kind region
	Nation       string // a Place of kind nation
	PoliceForce  string
	ValidFrom    PartialDate // unknown where no source gives it
	ValidTo      PartialDate
	Current      bool // false for a service that was reorganised away
	Aliases      []string
	Constituents []Authority
	Predecessors []string // area ids
	Successors   []string // area ids
	Sources      []string // source ids
	Tile         *Tile    // nil for an area that is not on the map
	Counted      *Span    // the days it is counted on among the areas there are; nil for none
}

// Span is a run of days, both ends included. A zero end is open.
type Span struct{ From, To time.Time }

// Tile is an area's place on the map of areas: tiles of one size, counted from the west and from the north, from 0.
type Tile struct {
	Label  string // a few letters, unlike any other tile's
	Across int
	Down   int
}

// Authority is a local authority inside an area's footprint, by its Government Statistical Service code.
type Authority struct {
	GSS  string
	Name string
}

// AuthorityShare is how much of an area's people live in one of its authorities: 1 where it is the only one. It is
// of residents of all ages in 2020, as a measure of how far the authority's figures speak for the area.
type AuthorityShare struct {
	Area  string
	GSS   string
	Share float64
}

// District says that an authority is a district of a county, whose ground is also the county's.
func (a Authority) District() bool { return strings.HasPrefix(a.GSS, "E07") }

// authorities are the authorities that an area consists of, districts left aside.
func (a Area) authorities() []Authority {
	return slices.DeleteFunc(slices.Clone(a.Constituents), Authority.District)
}

// Name is a proper name in English and, where one is in use, in Welsh.
type Name struct {
	EN string
	CY string
}

// In is the name in the language with this tag ("en", "cy"), in English where there is no other.
func (n Name) In(lang string) string {
	if lang == "cy" && n.CY != "" {
		return n.CY
	}
	return n.EN
}

// Place is a nation or region that areas lie in.
type Place struct {
	Group  GroupKind // GroupNation or GroupRegion
	ID     string
	Nation string // the nation it lies in; its own id for a nation
	Name   Name
}

// SharesGround says whether two areas have an authority in common, by code, and whether their footprints are equal.
func (a Area) SharesGround(b Area) (shared, equal bool) {
	codes := make(map[string]bool, len(a.Constituents))
	for _, c := range a.Constituents {
		codes[c.GSS] = true
	}
	both := 0
	for _, c := range b.Constituents {
		if codes[c.GSS] {
			both++
		}
	}
	return both > 0, both > 0 && both == len(a.Constituents) && both == len(b.Constituents)
}
