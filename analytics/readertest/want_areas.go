package readertest

import "yardstick/analytics"

func wantPlaces() []analytics.Place {
	nation, region := analytics.GroupNation, analytics.GroupRegion
	return []analytics.Place{
		{Group: nation, ID: "england", Nation: "england", Name: analytics.Name{EN: "England", CY: "Lloegr"}},
		{Group: nation, ID: "wales", Nation: "wales", Name: analytics.Name{EN: "Wales", CY: "Cymru"}},
		{Group: region, ID: "north", Nation: "england", Name: analytics.Name{EN: "North", CY: "Gogledd"}},
		{Group: region, ID: "south", Nation: "england", Name: analytics.Name{EN: "South", CY: "De"}},
		{Group: region, ID: "wales", Nation: "wales", Name: analytics.Name{EN: "Wales", CY: "Cymru"}},
	}
}

// By English name, so that glanafon comes under Riverbank. Aliases and successions are sorted; constituents stand as
// the record lists them.
func wantAreas() []analytics.Area {
	carrow := analytics.Authority{GSS: "X00000001", Name: "Carrow"}
	dunmere := analytics.Authority{GSS: "X00000002", Name: "Dunmere"}
	ivel := analytics.Authority{GSS: "X00000005", Name: "Ivel"}
	gazetteer := []string{"synthetic-areas"}
	english := func(id, name, region, police string) analytics.Area {
		return analytics.Area{ID: id, Name: analytics.Name{EN: name}, Region: region, Nation: "england", PoliceForce: police,
			Current: true, Sources: gazetteer}
	}
	areas := []analytics.Area{
		english("alderbrook", "Alderbrook", "north", "Northern"),
		english("brackwater", "Brackwater", "north", "Northern"),
		english("carrow", "Carrow", "north", "Northern"),
		english("carrow-and-dunmere", "Carrow and Dunmere", "north", "Northern"),
		english("dunmere", "Dunmere", "north", "Northern"),
		english("elmstow", "Elmstow", "south", ""),
		english("fennick", "Fennick", "south", "Southern"),
		english("greyford", "Greyford", "south", "Southern"),
		english("hollin", "Hollin, Greyford and Vale", "south", "Southern"),
		english("ivel", "Ivel", "south", "Southern"),
		english("ivelside", "Ivelside", "south", "Southern"),
		{ID: "glanafon", Name: analytics.Name{EN: "Riverbank", CY: "Glan Afon"}, Region: "wales", Nation: "wales",
			PoliceForce: "Cambrian", Current: true, Aliases: []string{"Bank of the River", "Riverside and Tŵr"},
			Sources: gazetteer},
	}
	edit := func(id string, change func(*analytics.Area)) {
		for n := range areas {
			if areas[n].ID == id {
				change(&areas[n])
			}
		}
	}
	for id, tile := range map[string]analytics.Tile{
		"alderbrook": {Label: "ALD", Across: 1}, "brackwater": {Label: "BRA", Across: 2},
		"carrow-and-dunmere": {Label: "CAD", Across: 1, Down: 1}, "elmstow": {Label: "ELM", Across: 2, Down: 2},
		"fennick": {Label: "FEN", Across: 3, Down: 2}, "hollin": {Label: "HOL", Across: 2, Down: 3},
		"ivelside": {Label: "IVE", Across: 3, Down: 3}, "glanafon": {Label: "GLA", Down: 2},
	} {
		edit(id, func(a *analytics.Area) { a.Tile = &tile })
	}
	edit("alderbrook", func(a *analytics.Area) {
		a.Aliases = []string{"Alder Brook"}
		a.Constituents = []analytics.Authority{{GSS: "X00000003", Name: "Alderbrook"}}
		a.Sources = []string{"synthetic-areas", "synthetic-reports", "synthetic-notice"}
	})
	edit("carrow", func(a *analytics.Area) {
		a.Current, a.ValidTo = false, analytics.PartialDate{Year: 2014, Month: 4}
		a.Constituents, a.Successors = []analytics.Authority{carrow}, []string{"carrow-and-dunmere"}
	})
	edit("dunmere", func(a *analytics.Area) {
		a.Current, a.ValidTo = false, analytics.PartialDate{Year: 2014, Month: 3, Day: 31}
		a.Constituents, a.Successors = []analytics.Authority{dunmere}, []string{"carrow-and-dunmere"}
	})
	edit("carrow-and-dunmere", func(a *analytics.Area) {
		a.ValidFrom = analytics.PartialDate{Year: 2014, Month: 4}
		a.Constituents, a.Predecessors = []analytics.Authority{dunmere, carrow}, []string{"carrow", "dunmere"}
	})
	edit("elmstow", func(a *analytics.Area) {
		a.ValidFrom = analytics.PartialDate{Year: 2010}
		a.Constituents = []analytics.Authority{{GSS: "X00000004", Name: "Elmstow"}}
	})
	edit("greyford", func(a *analytics.Area) { a.Current, a.Successors = false, []string{"hollin"} })
	edit("hollin", func(a *analytics.Area) { a.Predecessors = []string{"greyford"} })
	edit("ivel", func(a *analytics.Area) {
		a.Current, a.ValidTo = false, analytics.PartialDate{Year: 2016, Month: 5, Day: 31}
		a.Constituents, a.Successors = []analytics.Authority{ivel}, []string{"ivelside"}
	})
	edit("ivelside", func(a *analytics.Area) {
		a.ValidFrom = analytics.PartialDate{Year: 2016, Month: 6, Day: 1}
		a.Constituents, a.Predecessors = []analytics.Authority{ivel}, []string{"ivel"}
	})
	return areas
}

// north: alderbrook, brackwater, carrow and dunmere until the last two become one on 1 April 2014 (carrow's own end is
// known to the month, and counts from its first day). south: fennick, hollin and ivel, elmstow from 2010; ivelside
// takes ivel's place on 1 June 2016, which changes no number and so is no entry; greyford ended on a day nobody
// recorded and is never counted, since hollin, which it became, is. wales: glanafon.
func wantGroupSizes() []analytics.GroupSize {
	nation, region := analytics.GroupNation, analytics.GroupRegion
	return []analytics.GroupSize{
		{Group: analytics.GroupAll, Name: "all", Areas: 8},                        // 4 + 3 + 1
		{Group: analytics.GroupAll, Name: "all", From: day(2010, 1, 1), Areas: 9}, // elmstow
		{Group: analytics.GroupAll, Name: "all", From: day(2014, 4, 1), Areas: 8}, // two became one
		{Group: nation, Name: "england", Areas: 7},                                // 4 + 3
		{Group: nation, Name: "england", From: day(2010, 1, 1), Areas: 8},         // elmstow
		{Group: nation, Name: "england", From: day(2014, 4, 1), Areas: 7},         // two became one
		{Group: nation, Name: "wales", Areas: 1},                                  //
		{Group: region, Name: "north", Areas: 4},                                  //
		{Group: region, Name: "north", From: day(2014, 4, 1), Areas: 3},           // two became one
		{Group: region, Name: "south", Areas: 3},                                  //
		{Group: region, Name: "south", From: day(2010, 1, 1), Areas: 4},           // elmstow
		{Group: region, Name: "wales", Areas: 1},                                  //
	}
}

// carrow-and-dunmere has alderbrook by both of its authorities, at the nearer rank, and not itself; alderbrook's nearest is an
// authority of no area.
func wantNeighbours() []analytics.Neighbour {
	areas, both := []string{"synthetic-areas"}, []string{"synthetic-areas", "synthetic-notice"}
	return []analytics.Neighbour{
		{Area: "alderbrook", Neighbour: "elmstow", Rank: 2, Sources: areas},
		{Area: "carrow-and-dunmere", Neighbour: "alderbrook", Rank: 1, Sources: both},
		{Area: "carrow-and-dunmere", Neighbour: "elmstow", Rank: 3, Sources: areas},
	}
}
