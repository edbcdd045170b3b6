package fake

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"yardstick/analytics"
)

func places(l *loader) []analytics.Place {
	var out []analytics.Place
	for _, r := range l.rows("areas/nations.csv") {
		id := r.text("nation")
		out = append(out, analytics.Place{Group: analytics.GroupNation, ID: id, Nation: id, Name: nameOf(r)})
	}
	for _, r := range l.rows("areas/regions.csv") {
		out = append(out, analytics.Place{Group: analytics.GroupRegion, ID: r.text("region"), Nation: r.text("nation"),
			Name: nameOf(r)})
	}
	slices.SortFunc(out, func(a, b analytics.Place) int {
		return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Name.EN, b.Name.EN), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func nameOf(r row) analytics.Name {
	return analytics.Name{EN: r.text("name_en"), CY: r.text("name_cy")}
}

func areas(l *loader, places []analytics.Place) []analytics.Area {
	nation := make(map[string]string)
	for _, p := range places {
		if p.Group == analytics.GroupRegion {
			nation[p.ID] = p.Nation
		}
	}
	aliases, constituents := l.rows("areas/aliases.csv"), l.rows("areas/constituents.csv")
	successions := l.rows("areas/successions.csv")
	tiles := make(map[string]*analytics.Tile)
	for _, r := range l.rows("areas/tiles.csv") {
		tiles[r.text("area")] = &analytics.Tile{Label: r.text("label"), Across: r.count("across"), Down: r.count("down")}
	}
	var out []analytics.Area
	for _, r := range l.rows("areas/areas.csv") {
		a := analytics.Area{
			ID: r.text("area"), Name: nameOf(r), Region: r.text("region"), Nation: nation[r.text("region")],
			PoliceForce: r.text("police_force"), ValidFrom: r.date("valid_from"), ValidTo: r.date("valid_to"),
			Current: r.text("status") == "current", Sources: r.list("sources"),
			Aliases:      matching(aliases, "area", r.text("area"), "alias"),
			Predecessors: matching(successions, "successor", r.text("area"), "predecessor"),
			Successors:   matching(successions, "predecessor", r.text("area"), "successor"),
			Tile:         tiles[r.text("area")],
		}
		for _, c := range constituents {
			if c.text("area") == a.ID {
				a.Constituents = append(a.Constituents, analytics.Authority{GSS: c.text("gss"), Name: c.text("name")})
			}
		}
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b analytics.Area) int {
		return cmp.Or(cmp.Compare(a.Name.EN, b.Name.EN), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// neighbours are those of each area's authorities together, the area itself left out, at the nearest rank any of them gives.
func neighbours(l *loader) []analytics.Neighbour {
	var out []analytics.Neighbour
	for _, r := range l.rows("areas/neighbours.csv") {
		n := analytics.Neighbour{Area: r.text("area"), Neighbour: r.text("neighbour"), Rank: r.count("rank"), Sources: r.list("sources")}
		if n.Area == "" || n.Neighbour == "" || n.Area == n.Neighbour {
			continue
		}
		at := slices.IndexFunc(out, func(had analytics.Neighbour) bool { return had.Area == n.Area && had.Neighbour == n.Neighbour })
		if at < 0 {
			out = append(out, n)
			continue
		}
		out[at].Rank = min(out[at].Rank, n.Rank)
		out[at].Sources = slices.Compact(slices.Sorted(slices.Values(slices.Concat(out[at].Sources, n.Sources))))
	}
	slices.SortFunc(out, func(a, b analytics.Neighbour) int {
		return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Neighbour, b.Neighbour))
	})
	return out
}

// matching is column wanted of the rows whose column key says value, sorted.
func matching(rows []row, key, value, wanted string) []string {
	var out []string
	for _, r := range rows {
		if r.text(key) == value {
			out = append(out, r.text(wanted))
		}
	}
	slices.Sort(out)
	return out
}

// group is a comparator group and the areas in it, former ones included.
type group struct {
	kind    analytics.GroupKind
	name    string
	members map[string]analytics.Area
}

// groupsOf are the groups that have any area, by kind and name.
func groupsOf(areas []analytics.Area) []group {
	var out []group
	join := func(kind analytics.GroupKind, name string, a analytics.Area) {
		for _, g := range out {
			if g.kind == kind && g.name == name {
				g.members[a.ID] = a
				return
			}
		}
		out = append(out, group{kind, name, map[string]analytics.Area{a.ID: a}})
	}
	for _, a := range areas {
		join(analytics.GroupAll, string(analytics.GroupAll), a)
		join(analytics.GroupNation, a.Nation, a)
		join(analytics.GroupRegion, a.Region, a)
	}
	slices.SortFunc(out, func(a, b group) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.name, b.name))
	})
	return out
}

// groupSizes tries every day on which some area of a group began, or was gone, and keeps those on which the group's
// size became another; the first entry is the size before all of them, where that is not zero.
func groupSizes(groups []group) []analytics.GroupSize {
	var out []analytics.GroupSize
	for _, g := range groups {
		days := []time.Time{{}}
		for _, a := range g.members {
			begun, gone := span(a)
			days = append(days, begun, gone)
		}
		slices.SortFunc(days, time.Time.Compare)
		size := 0
		for n, day := range slices.Compact(days) {
			areas := sizeOn(g, day)
			if areas == size {
				continue
			}
			size = areas
			entry := analytics.GroupSize{Group: g.kind, Name: g.name, Areas: areas}
			if n > 0 {
				entry.From = &day
			}
			out = append(out, entry)
		}
	}
	return out
}

func sizeOn(g group, day time.Time) int {
	areas := 0
	for _, a := range g.members {
		begun, gone := span(a)
		counted := a.Current || a.ValidTo.Precision() != analytics.PrecisionUnknown
		if counted && !begun.After(day) && (gone.IsZero() || gone.After(day)) {
			areas++
		}
	}
	return areas
}

// span is the first day on which an area counts and the first on which it no longer does; zero times are open ends.
// A date known to the month or year counts from its first day on, and an end so dated has come by then: an area and
// its successor are never both counted because neither's day is known.
func span(a analytics.Area) (begun, gone time.Time) {
	gone = a.ValidTo.First()
	if a.ValidTo.Precision() == analytics.PrecisionDay {
		gone = gone.AddDate(0, 0, 1)
	}
	return a.ValidFrom.First(), gone
}

// authorityShares are how much of each area's people its authorities have, districts left aside.
func authorityShares(l *loader) []analytics.AuthorityShare {
	people := make(map[string]float64)
	for _, r := range l.rows("areas/authorities.csv") {
		if n := r.number("population_2020"); n != nil {
			people[r.text("gss")] = *n
		}
	}
	of := make(map[string][]string)
	for _, r := range l.rows("areas/constituents.csv") {
		if gss := r.text("gss"); !strings.HasPrefix(gss, "E07") {
			of[r.text("area")] = append(of[r.text("area")], gss)
		}
	}
	var out []analytics.AuthorityShare
	for area, codes := range of {
		total, known := 0.0, true
		for _, gss := range codes {
			total += people[gss]
			known = known && people[gss] > 0
		}
		for _, gss := range codes {
			switch {
			case len(codes) == 1:
				out = append(out, analytics.AuthorityShare{Area: area, GSS: gss, Share: 1})
			case known:
				out = append(out, analytics.AuthorityShare{Area: area, GSS: gss, Share: people[gss] / total})
			}
		}
	}
	slices.SortFunc(out, func(a, b analytics.AuthorityShare) int {
		return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.GSS, b.GSS))
	})
	return out
}
