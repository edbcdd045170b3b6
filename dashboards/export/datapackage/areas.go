package datapackage

import (
	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// areaFields are the columns of areas: those of the import format under its names and in its order, then the others.
func areaFields(s *analytics.Snapshot) []field[analytics.Area] {
	type a = analytics.Area
	authorities := func(part func(analytics.Authority) string) func(a) any {
		return func(x a) any {
			out := make([]string, len(x.Constituents))
			for n, c := range x.Constituents {
				out[n] = part(c)
			}
			return out
		}
	}
	return []field[a]{
		{unique(text("area", "id of the area")), func(x a) any { return x.ID }},
		{required(text("name_en", "name in English")), func(x a) any { return x.Name.EN }},
		{text("name_cy", "name in Welsh, where it has one"), func(x a) any { return x.Name.CY }},
		{required(text("region", "id of the English region, or wales")), func(x a) any { return x.Region }},
		{text("police_force", "police force area"), func(x a) any { return x.PoliceForce }},
		{partial("valid_from", "when the service began, where a source gives it"), func(x a) any { return x.ValidFrom }},
		{partial("valid_to", "when it ended"), func(x a) any { return x.ValidTo }},
		{required(word("status", "current, or former: reorganised away", "current", "former")), func(x a) any { return status(x.Current) }},
		{list("aliases", "other names it goes or went by"), func(x a) any { return x.Aliases }},
		{list("gss", "codes of the local authorities it covers"), authorities(func(c analytics.Authority) string { return c.GSS })},
		{list("constituents", "names of those authorities, in the same order"), authorities(func(c analytics.Authority) string { return c.Name })},
		{list("predecessors", "ids of the areas it was before"), func(x a) any { return x.Predecessors }},
		{list("successors", "ids of the areas it became"), func(x a) any { return x.Successors }},
		{required(text("source_url", "addresses of the documents it was read from, separated by spaces")), func(x a) any { return addresses(s, x.Sources) }},
		{required(word("nation", "nation it lies in", "england", "wales")), func(x a) any { return x.Nation }},
		{required(list("sources", "ids of the documents, in the table sources")), func(x a) any { return x.Sources }},
	}
}

func areasTable(s *analytics.Snapshot) export.Table {
	return fill(export.Table{
		Name: "areas", Title: "Areas",
		Description: "One row a youth justice service, current or former, with the ground it covers, what it was before and what it became.",
		PrimaryKey:  []string{"area"},
	}, areaFields(s), s.Areas())
}

func status(current bool) string {
	if current {
		return "current"
	}
	return "former"
}
