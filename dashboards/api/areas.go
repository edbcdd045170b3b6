package api

import (
	"slices"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// Area is an area as the interface shows it. Dates are partial: "2012", "2012-06", "2012-06-13" or null. latest are the
// inspections that may be its newest one, and latest_known says that it is one and no more: then its order is known.
type Area struct {
	ID           string      `json:"id"`
	Name         string      `json:"name"`
	NameCY       *string     `json:"name_cy"`
	Nation       string      `json:"nation"`
	Region       string      `json:"region"`
	PoliceForce  *string     `json:"police_force"`
	Current      bool        `json:"current"`
	ValidFrom    *string     `json:"valid_from"`
	ValidTo      *string     `json:"valid_to"`
	Aliases      []string    `json:"aliases"`
	Constituents []Authority `json:"constituents"`
	Predecessors []string    `json:"predecessors"`
	Successors   []string    `json:"successors"`
	Inspections  []string    `json:"inspections"`
	Latest       []string    `json:"latest"`
	LatestKnown  bool        `json:"latest_known"`
	Sources      []string    `json:"sources"`
	Match        *Match      `json:"match"`
}

// Match says how an area answers to a query: by which kind of name, and which one; the authority that a town of the
// name lies in; and the share of a postcode's postcodes, 0 to 1. sure is true for the one area that surely is meant.
type Match struct {
	Kind      string   `json:"kind"`
	Name      string   `json:"name"`
	Authority *string  `json:"authority"`
	Share     *float64 `json:"share"`
	Whole     bool     `json:"whole"`
	Sure      bool     `json:"sure"`
}

// Authority is a local authority inside an area's footprint.
type Authority struct {
	GSS  string `json:"gss"`
	Name string `json:"name"`
}

func areaOf(s *analytics.Snapshot, a analytics.Area) Area {
	out := Area{
		ID: a.ID, Name: a.Name.EN, NameCY: some(a.Name.CY), Nation: a.Nation, Region: a.Region,
		PoliceForce: some(a.PoliceForce), Current: a.Current,
		ValidFrom: some(a.ValidFrom.String()), ValidTo: some(a.ValidTo.String()),
		Aliases: list(a.Aliases), Constituents: []Authority{}, Predecessors: list(a.Predecessors),
		Successors: list(a.Successors), Inspections: []string{}, Latest: []string{}, Sources: list(a.Sources),
	}
	for _, c := range a.Constituents {
		out.Constituents = append(out.Constituents, Authority{GSS: c.GSS, Name: c.Name})
	}
	for _, i := range s.InspectionsOf(a.ID) {
		out.Inspections = append(out.Inspections, i.ID)
	}
	latest, known := s.Latest(a.ID)
	for _, i := range latest {
		out.Latest = append(out.Latest, i.ID)
	}
	out.LatestKnown = known
	return out
}

func areasAnswer(s *analytics.Snapshot, found []analytics.Area) answer {
	a := answer{table: export.Table{Columns: slices.Concat(
		export.Columns(export.Text, "area", "name", "name_cy", "nation", "region", "police_force"),
		export.Columns(export.Boolean, "current"), export.Columns(export.Partial, "valid_from", "valid_to"),
		export.Columns(export.List, "constituents", "predecessors", "successors", "inspections", "latest"))}}
	data := make([]Area, 0, len(found))
	for _, x := range found {
		out := areaOf(s, x)
		data = append(data, out)
		a.sources = gather(a.sources, x.Sources...)
		var names []string
		for _, c := range x.Constituents {
			names = append(names, c.Name)
		}
		a.row(x.ID, x.Name.EN, x.Name.CY, x.Nation, x.Region, x.PoliceForce, x.Current, x.ValidFrom, x.ValidTo, names,
			x.Predecessors, x.Successors, out.Inspections, out.Latest)
	}
	a.data = data
	return a
}

func areas(r Request) (answer, error) {
	query := strings.TrimSpace(r.Query.Get("q"))
	if query == "" {
		found, page := part(r, r.Snapshot.Areas())
		a := areasAnswer(r.Snapshot, found)
		a.page = page
		return a, nil
	}
	search, err := r.Snapshot.Search(query)
	if err != nil {
		return answer{}, err
	}
	found, page := part(r, search.Matches)
	matched := make([]analytics.Area, len(found))
	for n, m := range found {
		matched[n] = m.Area
	}
	a := areasAnswer(r.Snapshot, matched)
	a.page = page
	for n, m := range found {
		match := &Match{Kind: string(m.Kind), Name: m.Name, Authority: some(m.Authority), Whole: m.Whole}
		if m.Kind == analytics.NamePostcode {
			match.Share = &m.Share
		}
		only, sure := search.Leads()
		match.Sure = sure && only.Area.ID == m.Area.ID
		a.data.([]Area)[n].Match = match
	}
	return a, nil
}

func area(r Request) (answer, error) {
	x, err := r.Snapshot.Area(r.ID)
	if err != nil {
		return answer{}, err
	}
	a := areasAnswer(r.Snapshot, []analytics.Area{x})
	a.data = a.data.([]Area)[0]
	return a, nil
}
