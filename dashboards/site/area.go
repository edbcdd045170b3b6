package site

import (
	"slices"

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
	Latest     *view.Figure
	Around     *view.Table
	Neighbours []view.Link // statistical ones, nearest first
	Programmes []areaProgramme
	Series     *view.Figure // of the statistic shown first; nil where none of the area is held
	Figures    view.Table
	Before     []view.Link
	After      []view.Link
	Compare    []view.Link
	Sources    []view.SourceLink
}

// Parts returns the figures and tables of the page.
func (p *areaView) Parts() (parts view.Parts) {
	parts.AddFigures(p.Latest)
	parts.AddTables(p.Around)
	for n := range p.Programmes {
		parts.AddFigures(view.Pointers(p.Programmes[n].Figures)...)
	}
	parts.AddFigures(p.Series)
	parts.AddTables(&p.Figures)
	return parts
}

func areaPage(v *visit) (Page, error) {
	a, err := v.snapshot.Area(v.id)
	if err != nil {
		return nil, v.areaByName(v.snapshot, v.id)
	}
	w := v.words
	p := areaView{Heading: a.Name.In(v.tag), Facts: areaFacts(v, a), Figures: areaFiguresTable(v, a), Series: areaSeries(v, a),
		Before: relatives(v, a.Predecessors), After: relatives(v, a.Successors), Programmes: areaProgrammes(v, a)}
	newest, _ := v.snapshot.Latest(a.ID)
	p.Finding, p.Age = areaFinding(v, a, newest)
	p.Base = view.Base{
		Title: w.Say("area.title", "Area", p.Heading), Description: p.Finding,
		Crumbs: []view.Link{{Text: w.Say("nav.areas"), Href: w.URL("/areas")}},
	}
	sources := a.Sources
	if len(newest) > 0 {
		latest := newest[0]
		p.Latest, p.Around = latestPosition(v, a, latest)
		if p.Around != nil {
			var from []string
			p.Neighbours, from = neighbourLinks(v, a)
			sources = slices.Concat(sources, from)
		}
		p.Compare = comparisonsWorthMaking(v, latest)
	}
	p.Sources = w.Sources(sources)
	p.HasCharts = p.Latest != nil || p.Series != nil || slices.ContainsFunc(p.Programmes, func(held areaProgramme) bool {
		return slices.ContainsFunc(held.Figures, func(f view.Figure) bool { return f.Options != nil })
	})
	return &p, nil
}

// areaFinding is what the area's newest inspection found, and how long before this release that was. Where several may be the
// newest it names them all, and gives no age.
func areaFinding(v *visit, a analytics.Area, newest []analytics.Inspection) (finding, age string) {
	w := v.words
	switch len(newest) {
	case 0:
		return w.Say("area.no_inspection", "Area", a.Name.In(v.tag)), ""
	case 1:
	default:
		return w.Say("area.order_unknown", "Area", a.Name.In(v.tag), "Inspections", w.And(inspectionNames(v, newest))), ""
	}
	latest := newest[0]
	found, _ := inspectionFinding(v, latest)
	finding = w.Say("area.finding", "Area", a.Name.In(v.tag), "Programme", w.Programme(latest.Programme), "Finding", found)
	if overall, ok := latest.Result("overall"); ok && overall.Standing != nil {
		finding += " " + w.Say("area.standing", "Better", overall.Standing.Better, "Same", overall.Standing.Same, "Worse", overall.Standing.Worse, "Count", overall.Standing.N)
	}
	if latest.Published.Precision() == analytics.PrecisionUnknown {
		return finding, w.Say("area.age_unknown") + " " + capital(w.Published(latest)) + "."
	}
	return finding, ageOf(v, latest)
}

// ageOf is how many calendar years before this release an inspection was published.
func ageOf(v *visit, i analytics.Inspection) string {
	years := v.snapshot.Release().Built.Year() - i.Published.Year
	if years == 0 {
		return v.words.Say("area.age_this_year", "Date", v.words.Date(i.Published))
	}
	return v.words.Say("area.age", "Date", v.words.Date(i.Published), "Count", years)
}

// latestPosition draws the latest inspection in its cohort and sets it among the areas around it; nil where the inspection
// shows no result.
func latestPosition(v *visit, a analytics.Area, i analytics.Inspection) (*view.Figure, *view.Table) {
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
	f.Folded = true
	return &f, positionTable(v, a, i, results)
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
