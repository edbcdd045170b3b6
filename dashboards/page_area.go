package dashboards

import (
	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// areaView is one area: where it stands and how old that judgement is, every inspection of it, its ground and its past.
type areaView struct {
	view.Base
	Heading    string
	Finding    string
	Age        string
	Facts      []view.Fact
	Programmes []areaProgramme
	Latest     *view.Figure
	Around     *view.Table
	Figures    view.Table
	Compare    []view.Link
	Sources    []view.SourceLink
}

// areaProgramme is an area's inspections under one programme, newest first.
type areaProgramme struct {
	ID          string
	Name        string
	About       string
	Targeted    bool
	Inspections []areaInspection
}

type areaInspection struct {
	Name    string
	Href    string
	Date    string
	Finding string
	Sources []view.Link
}

func areaPage(v *visit) (any, error) {
	a, err := v.snapshot.Area(v.id)
	if err != nil {
		return nil, v.areaByName(v.snapshot, v.id)
	}
	w := v.words
	p := areaView{Heading: a.Name.In(v.tag), Facts: areaFacts(v, a), Sources: w.Sources(a.Sources), Figures: areaFiguresTable(v, a)}
	latest, inspected := latestOf(v.snapshot, a.ID)
	p.Finding, p.Age = areaFinding(v, a, latest, inspected)
	p.Base = view.Base{
		Title: w.Say("area.title", "Area", p.Heading), Description: p.Finding,
		Crumbs: []view.Link{{Text: w.Say("nav.areas"), Href: w.URL("/areas")}},
	}
	if !inspected {
		return p, nil
	}
	programmes := v.snapshot.Programmes()
	for n := len(programmes) - 1; n >= 0; n-- {
		if held := areaProgrammeOf(v, a, programmes[n]); len(held.Inspections) > 0 {
			p.Programmes = append(p.Programmes, held)
		}
	}
	p.Latest, p.Around = latestPosition(v, latest)
	p.HasCharts = p.Latest != nil
	p.Compare = comparisonsWorthMaking(v, latest)
	return p, nil
}

// areaFinding is where the area was last found to stand, and how long before this release that was.
func areaFinding(v *visit, a analytics.Area, latest analytics.Inspection, inspected bool) (finding, age string) {
	w := v.words
	if !inspected {
		return w.Say("area.no_inspection", "Area", a.Name.In(v.tag)), ""
	}
	found, _ := inspectionFinding(v, latest)
	finding = w.Say("area.finding", "Area", a.Name.In(v.tag), "Programme", w.Programme(latest.Programme), "Finding", found)
	if latest.Published.Precision() == analytics.PrecisionUnknown {
		return finding, w.Say("area.age_unknown")
	}
	years := v.snapshot.Release().Built.Year() - latest.Published.Year
	if years == 0 {
		return finding, w.Say("area.age_this_year", "Date", w.Date(latest.Published))
	}
	return finding, w.Say("area.age", "Date", w.Date(latest.Published), "Count", years)
}

func areaProgrammeOf(v *visit, a analytics.Area, programme analytics.Programme) areaProgramme {
	w := v.words
	out := areaProgramme{ID: programme.ID, Name: w.Programme(programme.ID), About: w.Say("programme." + programme.ID + ".about"),
		Targeted: programme.Sampling == analytics.SamplingTargeted}
	for _, i := range v.snapshot.InspectionsOf(a.ID) {
		if i.Programme != programme.ID {
			continue
		}
		finding, _ := inspectionFinding(v, i)
		out.Inspections = append(out.Inspections, areaInspection{Name: w.Inspection(i), Href: w.URL("/inspections/" + i.ID),
			Date: w.Date(i.Published), Finding: finding, Sources: w.SitesOf(i)})
	}
	return out
}

// latestPosition draws the latest inspection in its cohort and sets it beside its region and country; nil where the
// inspection shows no result.
func latestPosition(v *visit, i analytics.Inspection) (*view.Figure, *view.Table) {
	w := v.words
	results := known(i.Results, func(r analytics.Result) bool { return r.Rating != "" })
	var f view.Figure
	if len(results) > 0 {
		f = ratingsFigure(v, i, results)
	} else {
		if results, _ = split(v, i); len(results) == 0 {
			return nil, nil
		}
		f = w.RangeFigure("latest", i, results, nil, false)
		f.Headline, _ = inspectionFinding(v, i)
		f.Subtitle = w.Say("compare.range_subtitle", "Programme", w.Programme(i.Programme))
	}
	around := w.Around("around", i, results, nil)
	return &f, &around
}

func areaFacts(v *visit, a analytics.Area) []view.Fact {
	w := v.words
	links := func(ids []string) []view.Link {
		out := make([]view.Link, len(ids))
		for n, id := range ids {
			out[n] = view.Link{Text: w.Area(id), Href: w.URL("/areas/" + id)}
		}
		return out
	}
	facts := []view.Fact{
		{Term: w.Say("fact.region"), Links: []view.Link{{Text: w.Group(analytics.GroupRegion, a.Region), Href: w.URL("/areas") + "#" + a.Region}}},
		{Term: w.Say("fact.footprint"), Text: footprint(v, a)},
	}
	if a.PoliceForce != "" {
		facts = append(facts, view.Fact{Term: w.Say("fact.police"), Text: a.PoliceForce})
	}
	if !a.Current {
		facts = append(facts, view.Fact{Term: w.Say("fact.status"), Text: w.Say("area.former")})
	}
	if a.ValidFrom.Precision() != analytics.PrecisionUnknown {
		facts = append(facts, view.Fact{Term: w.Say("fact.valid_from"), Text: w.Date(a.ValidFrom)})
	}
	if a.ValidTo.Precision() != analytics.PrecisionUnknown {
		facts = append(facts, view.Fact{Term: w.Say("fact.valid_to"), Text: w.Date(a.ValidTo)})
	}
	if len(a.Predecessors) > 0 {
		facts = append(facts, view.Fact{Term: w.Say("fact.before"), Links: links(a.Predecessors)})
	}
	if len(a.Successors) > 0 {
		facts = append(facts, view.Fact{Term: w.Say("fact.after"), Links: links(a.Successors)})
	}
	if len(a.Aliases) > 0 {
		facts = append(facts, view.Fact{Term: w.Say("fact.aliases"), Text: w.And(a.Aliases)})
	}
	return facts
}

// footprint names the authorities an area covers.
func footprint(v *visit, a analytics.Area) string {
	names := make([]string, len(a.Constituents))
	for n, c := range a.Constituents {
		names[n] = c.Name
	}
	return v.words.And(names)
}
