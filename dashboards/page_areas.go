package dashboards

import (
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// areasView is the list of areas, by region, or those that a search finds.
type areasView struct {
	view.Base
	Query   string
	Finding string
	Found   []areaLine
	Regions []areaRegion
	None    bool
}

type areaRegion struct {
	ID    string
	Name  string
	Areas []areaLine
}

// areaLine is an area with its latest inspection in a few words.
type areaLine struct {
	Name   string
	Href   string
	Former bool
	Latest string
}

func areasPage(v *visit) (any, error) {
	w := v.words
	query := shown(v.query.Get("q"))
	p := areasView{Query: query, Base: view.Base{Title: w.Say("areas.title"), Description: w.Say("areas.meta")}}
	areas := v.byName(v.snapshot.Areas())
	if query != "" {
		found := v.snapshot.FindAreas(query)
		p.Title = w.Say("areas.title_found", "Query", query)
		p.Finding = w.Say("areas.found", "Query", query, "Count", len(found))
		p.None = len(found) == 0
		for _, a := range found {
			p.Found = append(p.Found, lineOf(v, a))
		}
		return p, nil
	}
	inspected := 0
	for _, a := range areas {
		if a.Current && len(v.snapshot.InspectionsOf(a.ID)) > 0 {
			inspected++
		}
	}
	p.Finding = w.Say("areas.finding", "Inspected", inspected, "Count", currentAreas(areas))
	for _, place := range v.snapshot.Places() {
		if place.Group != analytics.GroupRegion {
			continue
		}
		region := areaRegion{ID: place.ID, Name: place.Name.In(v.tag)}
		for _, a := range areas {
			if a.Region == place.ID {
				region.Areas = append(region.Areas, lineOf(v, a))
			}
		}
		p.Regions = append(p.Regions, region)
	}
	return p, nil
}

// byName sorts areas by their names in the language of the visit, as that language sorts.
func (v *visit) byName(areas []analytics.Area) []analytics.Area {
	sorted := slices.Clone(areas)
	order := collate.New(language.Make(v.tag))
	slices.SortStableFunc(sorted, func(a, b analytics.Area) int {
		return order.CompareString(a.Name.In(v.tag), b.Name.In(v.tag))
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

func lineOf(v *visit, a analytics.Area) areaLine {
	line := areaLine{Name: a.Name.In(v.tag), Href: v.words.URL("/areas/" + a.ID), Former: !a.Current}
	if latest, ok := latestOf(v.snapshot, a.ID); ok {
		line.Latest = v.words.Say("areas.latest", "Programme", v.words.Say("programme."+latest.Programme+".short"),
			"Date", v.words.Date(latest.Published))
	}
	return line
}

// latestOf is an area's latest inspection: the newest of its newest programme, a dated one before one without a date.
// An inspection without a date is later than any of an earlier programme.
func latestOf(s *analytics.Snapshot, area string) (analytics.Inspection, bool) {
	programmes := s.Programmes()
	for n := len(programmes) - 1; n >= 0; n-- {
		for _, i := range s.InspectionsOf(area) {
			if i.Programme == programmes[n].ID {
				return i, true
			}
		}
	}
	return analytics.Inspection{}, false
}
