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
	Served     *areaServed // nil where no place led here
	Finding    string
	Meaning    string // of the latest overall rating; empty where there is none
	Age        string
	Facts      []view.Fact
	Latest     *view.Figure
	Around     *view.Table
	Neighbours []view.Link  // statistical ones, nearest first
	History    *view.Figure // nil where there is no inspection of it
	Series     *view.Figure // of the statistic shown first; nil where none of the area is held
	Key        *view.Table  // what is published for it, in brief; nil where nothing is
	Lacking    string       // that the statistic shown first is not published for it; empty where it is
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
	parts.AddFigures(p.History, p.Series)
	parts.AddTables(p.Key, &p.Figures)
	return parts
}

func areaPage(req *Request) (Page, error) {
	a, err := req.snapshot.Area(req.id)
	if err != nil {
		return nil, req.areaByName(req.snapshot, req.id)
	}
	w := req.words
	p := areaView{
		Heading: a.Name.In(req.tag),
		Facts:   areaFacts(req, a),
		Before:  relatives(req, a.Predecessors),
		After:   relatives(req, a.Successors),
		History: areaHistory(req, a),
	}
	if p.Figures, err = areaFiguresTable(req, a); err != nil {
		return nil, err
	}
	p.Key = keyFigures(req, p.Figures)
	if p.Series, err = areaSeries(req, a); err != nil {
		return nil, err
	}
	if p.Series == nil {
		p.Lacking = w.Say("indicators.not_published", "Indicator", w.Indicator(shownFirst), "Area", p.Heading)
	}
	if p.Served, err = servedPlace(req, a); err != nil {
		return nil, err
	}
	newest, _ := req.snapshot.Latest(a.ID)
	p.Finding, p.Age = areaFinding(req, a, newest)
	p.Base = view.Base{
		Title: w.Say("area.title", "Area", p.Heading), Description: p.Finding,
		Crumbs: []view.Link{{Text: w.Say("nav.areas"), Href: w.URL("/areas")}},
		Area:   a.ID,
	}
	sources := a.Sources
	if len(newest) > 0 {
		latest := newest[0]
		p.Meaning = overallMeaning(req, newest)
		if p.Latest, p.Around, err = latestPosition(req, a, newest); err != nil {
			return nil, err
		}
		if p.Latest != nil {
			var from []string
			p.Neighbours, from = neighbourLinks(req, a)
			sources = slices.Concat(sources, from)
		}
		p.Compare = comparisonsWorthMaking(req, latest)
	}
	p.Sources = w.Sources(sources)
	p.HasCharts = p.Latest != nil || p.Series != nil || p.History != nil
	return &p, nil
}

// paramFor is the query parameter that has the place or postcode by which a reader came to an area.
const paramFor = "for"

// areaServed says that the area serves the place that its reader looked for, and which others serve parts of it or
// places of that name.
type areaServed struct {
	Text    string
	Others  []view.Link
	Another bool // a place of that name may be meant that the record does not have
}

// servedPlace is about the place that the address names; nil where it names none that the area serves.
func servedPlace(req *Request, a analytics.Area) (*areaServed, error) {
	query := Shown(req.query.Get(paramFor))
	if query == "" {
		return nil, nil
	}
	found, err := req.snapshot.Search(query)
	if err != nil {
		return nil, err
	}
	var s areaServed
	for _, m := range found.Matches {
		switch {
		case m.Area.ID == a.ID:
			s.Text = req.words.Served(found, m)
			s.Another = m.Kind == analytics.NameTown || m.Kind == analytics.NameParish
		case m.Whole && m.Area.Current && len(s.Others) < mostNamesakes:
			s.Others = append(s.Others, view.Link{Text: m.Area.Name.In(req.tag), Href: req.words.MatchLink(m)})
		}
	}
	if s.Text == "" {
		return nil, nil
	}
	return &s, nil
}

// mostNamesakes is how many other areas a page names that serve the place its reader looked for.
const mostNamesakes = 5

// areaFinding is what the area's newest inspection found, and how long before this release that was. Where several
// may be the newest it names them all, and gives no age.
func areaFinding(req *Request, a analytics.Area, newest []analytics.Inspection) (finding, age string) {
	w := req.words
	switch len(newest) {
	case 0:
		return w.Say("area.no_inspection", "Area", a.Name.In(req.tag)), ""
	case 1:
	default:
		return notOrdered(req, a, newest), ""
	}
	latest := newest[0]
	found, _ := inspectionFinding(req, latest)
	finding = w.Say("area.finding", "Area", a.Name.In(req.tag), "Programme", w.Programme(latest.Programme),
		"Finding", found)
	if overall, ok := latest.Result("overall"); ok && overall.Standing != nil {
		finding += " " + w.Say("area.standing", "Better", w.HowMany(overall.Standing.Better),
			"Same", w.HowMany(overall.Standing.Same), "Worse", w.HowMany(overall.Standing.Worse),
			"Count", overall.Standing.N)
	}
	if latest.Published.Precision() == analytics.PrecisionUnknown {
		return finding, w.Say("area.age_unknown", "First", w.MonthOf(latest.Earliest), "Last", w.MonthOf(latest.Latest))
	}
	return finding, ageOf(req, latest)
}

// notOrdered says that any of some inspections of an area may be its newest, and what each found.
func notOrdered(req *Request, a analytics.Area, newest []analytics.Inspection) string {
	return req.words.Say("area.overlap", "Area", a.Name.In(req.tag)) + " " + eachFound(req, newest)
}

// overallMeaning is what the overall rating of the newest inspection means; empty where it has none, or where several
// may be the newest.
func overallMeaning(req *Request, newest []analytics.Inspection) string {
	overall, ok := newest[0].Result("overall")
	if !ok || overall.Rating == "" || len(newest) > 1 {
		return ""
	}
	return req.words.Say("area.meaning", "Rating", req.words.Level(overall.Scale, overall.Rating),
		"Meaning", req.words.Say("ratings.level."+overall.Scale+"."+overall.Rating))
}

// ageOf is how many calendar years before this release an inspection was published.
func ageOf(req *Request, i analytics.Inspection) string {
	years := req.snapshot.Release().Published.Year() - i.Published.Year
	if years == 0 {
		return req.words.Say("area.age_this_year", "Date", req.words.Date(i.Published))
	}
	return req.words.Say("area.age", "Date", req.words.Date(i.Published), "Count", years)
}

// latestPosition draws where the latest inspection puts an area: its overall rating among the other areas of each
// group, else its results among all other areas. The table beside it has every result; nil where the inspection shows
// none. Where several may be the latest it is of the first, and is headed by that inspection's name.
func latestPosition(req *Request, a analytics.Area, newest []analytics.Inspection) (*view.Figure, *view.Table, error) {
	w, i := req.words, newest[0]
	results := known(i.Results, func(r analytics.Result) bool { return r.Rating != "" })
	if len(results) == 0 {
		if results, _ = split(req, i); len(results) == 0 {
			return nil, nil, nil
		}
	}
	t, err := positionTable(req, "around", i, results, false)
	if err != nil {
		return nil, nil, err
	}
	found, _ := inspectionFinding(req, i)
	subject := a.Name.In(req.tag)
	if len(newest) > 1 {
		subject = w.Inspection(i)
	}
	headline := w.Say("levels.headline", "Area", subject, "Finding", found)
	overall, ok := i.Result("overall")
	if ok && overall.Rating != "" && overall.Censored == "" {
		around, err := req.snapshot.Around(i, false)
		if err != nil {
			return nil, nil, err
		}
		var groups []view.Group
		for _, g := range slices.Backward(positionGroups(req, a)) {
			if b, ok := analytics.BenchmarkIn(around, overall, g.kind); ok && b.N > 0 {
				groups = append(groups, view.Group{Name: g.label, Of: b})
			}
		}
		if len(groups) > 0 {
			f := w.AmongFigure("ratings", i, overall, groups)
			switch s := overall.Standing; {
			case s == nil || s.N < enough:
			case s.Better == 0:
				headline = w.Say("levels.best", "Area", subject, "Of", s.N)
			default:
				headline = w.Say("levels.better", "Area", subject, "Count", s.Better, "Of", s.N)
			}
			f.Headline, f.Subtitle = headline, w.Say("levels.subtitle", "Programme", w.Programme(i.Programme))
			f.Table, f.Folded = *t, true
			return &f, nil, nil
		}
	}
	var f view.Figure
	if results[0].Rating != "" {
		f = ratingsFigure(req, i, results)
	} else {
		f = w.StripFigure("latest", i, results, false)
		f.Subtitle = w.Say("compare.range_subtitle", "Programme", w.Programme(i.Programme))
	}
	f.Headline, f.Folded = headline, true
	return &f, t, nil
}

func areaFacts(req *Request, a analytics.Area) []view.Fact {
	w := req.words
	links := func(ids []string) []view.Link {
		out := make([]view.Link, len(ids))
		for n, id := range ids {
			out[n] = view.Link{Text: w.Area(id), Href: w.URL("/areas/" + id)}
		}
		return out
	}
	facts := []view.Fact{
		{
			Term: w.Say("fact.region"),
			Links: []view.Link{
				{Text: w.Group(analytics.GroupRegion, a.Region), Href: w.URL("/areas") + "#" + a.Region},
			},
		},
		{Term: w.Say("fact.footprint"), Text: footprint(req, a)},
	}
	if a.PoliceForce != "" {
		facts = append(facts, view.Fact{Term: w.Say("fact.police"), Text: w.PoliceForce(a.PoliceForce)})
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
func footprint(req *Request, a analytics.Area) string {
	names := make([]string, len(a.Constituents))
	for n, c := range a.Constituents {
		names[n] = req.words.Authority(c)
	}
	return req.words.And(names)
}
