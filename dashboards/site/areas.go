package site

import (
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"yardstick/analytics"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

// areasView is the list of areas, by nation and region, or those that a search finds.
type areasView struct {
	view.Base
	Finding string
	Found   []areaLine
	Nations []areaNation
	None    bool
}

// Parts returns nothing: the page has no figure and no table.
func (p *areasView) Parts() view.Parts { return view.Parts{} }

type areaNation struct {
	ID      string
	Name    string
	Regions []areaRegion
}

// areaRegion is a region with its areas. Alone marks the one that is all of its nation.
type areaRegion struct {
	ID     string
	Name   string
	Count  string
	Alone  bool
	Areas  []areaLine
	Former []areaLine
}

// areaLine is an area with what tells it from others: its name in the other language, its ground, what it became.
// One that was searched for has the name by which it was found, and its latest inspection in a few words.
type areaLine struct {
	Name   string
	Href   string
	Other  string // its name in the other language, and that language's tag
	Tag    string
	Ground string
	Former string
	Reason string
	Latest string
}

func areasPage(req *Request) (Page, error) {
	if query := Shown(req.query.Get("q")); query != "" {
		return areasFound(req, query)
	}
	w := req.words
	p := areasView{Base: view.Base{Title: w.Say("areas.title"), Description: w.Say("areas.meta")}}
	areas := req.byName(req.snapshot.Areas())
	inspected := 0
	for _, a := range areas {
		if a.Current && len(req.snapshot.InspectionsOf(a.ID)) > 0 {
			inspected++
		}
	}
	p.Finding = w.Say("areas.finding", "Inspected", inspected, "Count", currentAreas(areas))
	for _, nation := range req.snapshot.Places() {
		if nation.Group != analytics.GroupNation {
			continue
		}
		of := areaNation{ID: "nation-" + nation.ID, Name: nation.Name.In(req.tag)}
		for _, region := range req.snapshot.Places() {
			if region.Group == analytics.GroupRegion && region.Nation == nation.ID {
				of.Regions = append(of.Regions, regionOf(req, region, areas))
			}
		}
		p.Nations = append(p.Nations, of)
	}
	return &p, nil
}

func regionOf(req *Request, place analytics.Place, areas []analytics.Area) areaRegion {
	region := areaRegion{ID: place.ID, Name: place.Name.In(req.tag), Alone: place.ID == place.Nation}
	for _, a := range areas {
		switch {
		case a.Region != place.ID:
		case a.Current:
			region.Areas = append(region.Areas, lineOf(req, a))
		default:
			region.Former = append(region.Former, lineOf(req, a))
		}
	}
	region.Count = req.words.Say("number.areas", "Count", len(region.Areas))
	return region
}

// areasFound lists what answers to a query, best first; one that is a whole name of one area leads to it.
func areasFound(req *Request, query string) (Page, error) {
	if a, ok := req.snapshot.AreaNamed(query); ok {
		return nil, &Redirect{req.words.URL("/areas/" + a.ID)}
	}
	w := req.words
	found := req.snapshot.Matches(query)
	p := areasView{Finding: w.Say("areas.found", "Query", query, "Count", len(found)), None: len(found) == 0,
		Base: view.Base{
			Title:       w.Say("areas.title_found", "Query", query),
			Description: w.Say("areas.meta"),
			Query:       query,
		}}
	for _, m := range found {
		line := lineOf(req, m.Area)
		line.Reason = w.MatchReason(m)
		if latest, known := req.snapshot.Latest(m.Area.ID); known {
			line.Latest = w.Say(
				"areas.latest",
				"Programme",
				w.Say("programme."+latest[0].Programme+".short"),
				"Date",
				w.Published(latest[0]),
			)
		} else if len(latest) > 0 {
			line.Latest = w.Say("area.order_unknown", "Area", m.Area.Name.In(req.tag), "Inspections",
				w.And(inspectionNames(req, latest)))
		}
		p.Found = append(p.Found, line)
	}
	return &p, nil
}

// byName sorts areas by their names in the language of the request, as that language sorts.
func (req *Request) byName(areas []analytics.Area) []analytics.Area {
	sorted := slices.Clone(areas)
	order := collate.New(language.Make(req.tag))
	slices.SortStableFunc(sorted, func(a, b analytics.Area) int {
		return order.CompareString(a.Name.In(req.tag), b.Name.In(req.tag))
	})
	return sorted
}

func currentAreas(areas []analytics.Area) int {
	current := 0
	for _, a := range areas {
		if a.Current {
			current++
		}
	}
	return current
}

func lineOf(req *Request, a analytics.Area) areaLine {
	line := areaLine{Name: a.Name.In(req.tag), Href: req.words.URL("/areas/" + a.ID), Former: req.words.FormerArea(a)}
	for _, tag := range i18n.Languages() {
		if name := a.Name.In(tag); name != line.Name {
			line.Other, line.Tag = name, tag
		}
	}
	var ground []string
	told := true // by the area's own name
	for _, c := range a.Constituents {
		if !c.District() {
			ground = append(ground, c.Name)
			told = told && strings.Contains(a.Name.EN, c.Name)
		}
	}
	if len(ground) > 1 && !told {
		line.Ground = req.words.And(ground)
	}
	return line
}
