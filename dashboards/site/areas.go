package site

import (
	"net/url"
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
	Hints   []string    // what to do about a search that leads to no one area
	Regions []view.Link // where nothing is found
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
// About has in a few words why a search found it, and its latest inspection.
type areaLine struct {
	Name   string
	Href   string
	Other  string // its name in the other language, and that language's tag
	Tag    string
	Ground string
	Former string
	About  string
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

// areasFound lists the areas that a search finds, best first. A name or postcode that surely means one leads to it.
func areasFound(req *Request, query string) (Page, error) {
	found, err := req.snapshot.Search(query)
	if err != nil {
		return nil, err
	}
	w := req.words
	if m, ok := found.Leads(); ok {
		to := "/areas/" + m.Area.ID
		if w.Served(found, m) != "" {
			to += "?" + url.Values{paramFor: {query}}.Encode()
		}
		return nil, &Redirect{w.URL(to)}
	}
	p := areasView{Finding: w.SearchStatus(found), Base: view.Base{
		Title:       w.Say("areas.title_found", "Query", query),
		Description: w.Say("areas.meta"),
		Query:       query,
		Uncited:     true,
	}}
	matches := found.Matches
	switch {
	case len(matches) == 0 && len(found.Near) > 0:
		matches, p.Hints = found.Near, []string{w.Say("areas.near")}
	case found.Kind == analytics.SearchOutside:
	case len(matches) == 0:
		p.Hints = []string{w.Say("areas.none")}
	case found.Kind == analytics.SearchRegion:
		p.Hints = []string{w.Say("areas.choose_council")}
	case found.Kind == analytics.SearchPostcode && !strings.Contains(found.Code, " "):
		p.Hints = []string{w.Say("areas.whole_postcode")}
	case found.Kind == analytics.SearchPostcode:
		p.Hints = []string{w.Say("areas.by_council", "Code", found.Looked)}
	case matches[0].Slip:
		p.Hints = []string{w.Say("areas.near")}
	}
	if found.Elsewhere > 0 {
		p.Hints = append(p.Hints, w.Say("areas.elsewhere", "Code", found.Looked))
	}
	switch {
	case p.Finding != "":
	case len(found.Matches) == 0 || found.Matches[0].Slip:
		p.Finding = w.Say("areas.nothing", "Query", query)
	default:
		p.Finding = w.Say("areas.found", "Query", query, "Count", len(matches))
	}
	if len(found.Matches) == 0 && found.Kind != analytics.SearchOutside {
		for _, place := range req.snapshot.Places() {
			if place.Group == analytics.GroupRegion {
				p.Regions = append(p.Regions, view.Link{Text: place.Name.In(req.tag), Href: w.URL("/areas") + "#" + place.ID})
			}
		}
	}
	for _, m := range matches {
		line := lineOf(req, m.Area)
		line.Href = w.MatchLink(m)
		about := []string{w.MatchReason(m), line.Former}
		if latest, known := req.snapshot.Latest(m.Area.ID); known {
			about = append(about, w.Say("areas.latest", "Programme", w.Say("programme."+latest[0].Programme+".short"),
				"Date", w.Published(latest[0])))
		} else if len(latest) > 0 {
			about = append(about, notOrdered(req, m.Area, latest))
		}
		line.About = strings.Join(slices.DeleteFunc(about, func(part string) bool { return part == "" }), "; ")
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
			ground = append(ground, req.words.Authority(c))
			told = told && strings.Contains(a.Name.In(req.tag), req.words.Authority(c))
		}
	}
	if len(ground) > 1 && !told {
		line.Ground = req.words.And(ground)
	}
	return line
}
