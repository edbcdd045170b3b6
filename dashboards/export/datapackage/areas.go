package datapackage

import (
	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// areaFields are the columns of areas: those of the import format, under its names and in its order, and no other.
func areaFields(s *analytics.Snapshot) []field[analytics.Area] {
	type a = analytics.Area
	codes := func(x a) any {
		out := make([]string, len(x.Constituents))
		for n, c := range x.Constituents {
			out[n] = c.GSS
		}
		return out
	}
	return []field[a]{
		{unique(text("area", "id of the area")), func(x a) any { return x.ID }},
		{required(text("name_en", "name in English")), func(x a) any { return x.Name.EN }},
		{text("name_cy", "name in Welsh, where it has one"), func(x a) any { return x.Name.CY }},
		{required(text("region", "id of the English region, or wales")), func(x a) any { return x.Region }},
		{text("police_force", "police force area"), func(x a) any { return x.PoliceForce }},
		{
			partial("valid_from", "when the service began, where a source gives it"),
			func(x a) any { return x.ValidFrom },
		},
		{partial("valid_to", "when it ended"), func(x a) any { return x.ValidTo }},
		{
			required(word("status", "current, or former: reorganised away", "current", "former")),
			func(x a) any { return status(x.Current) },
		},
		{list("aliases", "other names it goes or went by"), func(x a) any { return x.Aliases }},
		{list("constituents", "official codes of the local authorities it covers, named in area_authorities"), codes},
		{list("predecessors", "ids of the areas it was before"), func(x a) any { return x.Predecessors }},
		{list("successors", "ids of the areas it became"), func(x a) any { return x.Successors }},
		{
			required(text("source_url", "addresses of the documents it was read from, separated by spaces")),
			func(x a) any { return addresses(s, x.Sources) },
		},
		{
			text("source_title", "title of the document, where it was recorded and there is one document"),
			func(x a) any { return title(s, x.Sources) },
		},
		{required(list("sources", "ids of the documents, in the table sources")), func(x a) any { return x.Sources }},
	}
}

func areasTable(s *analytics.Snapshot) export.Table {
	return fill(export.Table{
		Name: "areas", Title: "Areas",
		Description: "One row a youth justice service, current or former, with the ground it covers, what it was " +
			"before and what it became.",
		PrimaryKey:  []string{"area"},
		ForeignKeys: []export.ForeignKey{key("region", "regions", "region")},
	}, areaFields(s), s.Areas())
}

// ground is an authority that an area covers.
type ground struct {
	area string
	analytics.Authority
}

func authoritiesTable(s *analytics.Snapshot) export.Table {
	var all []ground
	for _, a := range s.Areas() {
		for _, c := range a.Constituents {
			all = append(all, ground{a.ID, c})
		}
	}
	return fill(export.Table{
		Name: "area_authorities", Title: "Authorities that areas cover",
		Description: "One row an area and a local authority inside its footprint.",
		PrimaryKey:  []string{"area", "gss"},
		ForeignKeys: []export.ForeignKey{key("area", "areas", "area")},
	}, []field[ground]{
		{required(text("area", "id of the area")), func(x ground) any { return x.area }},
		{
			required(text("gss", "Government Statistical Service code of the authority")),
			func(x ground) any { return x.GSS },
		},
		{required(text("name", "name of the authority")), func(x ground) any { return x.Name }},
	}, all)
}

func regionsTable(s *analytics.Snapshot) export.Table {
	var all []analytics.Place
	for _, p := range s.Places() {
		if p.Group == analytics.GroupRegion {
			all = append(all, p)
		}
	}
	type p = analytics.Place
	return fill(export.Table{
		Name: "regions", Title: "Regions",
		Description: "One row an English region, or Wales.",
		PrimaryKey:  []string{"region"},
	}, []field[p]{
		{unique(text("region", "id of the region")), func(x p) any { return x.ID }},
		{required(text("nation", "id of the nation it lies in")), func(x p) any { return x.Nation }},
		{required(text("name_en", "name in English")), func(x p) any { return x.Name.EN }},
		{required(text("name_cy", "name in Welsh")), func(x p) any { return x.Name.CY }},
	}, all)
}

func status(current bool) string {
	if current {
		return "current"
	}
	return "former"
}
