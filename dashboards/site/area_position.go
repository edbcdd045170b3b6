package site

import (
	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// positionTable sets each result of an inspection among those of its region, its statistical neighbours, its nation
// and all areas, itself left out: how many did better and worse, and what they had. It is over the whole record, or
// where then is set as of the day of the inspection. Results that are compared with nothing are left out, and a note
// says so; nil where there are no others.
func positionTable(
	req *Request,
	id string,
	i analytics.Inspection,
	results []analytics.Result,
	then bool,
) (*view.Table, error) {
	w := req.words
	compared := analytics.Uncensored(results)
	if len(compared) == 0 {
		return nil, nil
	}
	a, err := req.snapshot.Area(i.Area)
	if err != nil {
		return nil, err
	}
	around, err := req.snapshot.Around(i, then)
	if err != nil {
		return nil, err
	}
	t := &view.Table{ID: id, Compact: true, From: w.ComputedFrom(i.Programme), Note: w.Uncounted(results),
		Caption: w.Say("position.caption", "Area", a.Name.In(req.tag), "Programme", w.Programme(i.Programme)),
		Columns: []view.Column{{Label: w.Say("table.measure")}, {Label: a.Name.In(req.tag), Own: true}}}
	if then {
		t.Caption = w.Say("position.caption_then", "Area", a.Name.In(req.tag), "Programme", w.Programme(i.Programme),
			"Date", w.Day(i.Latest))
	}
	groups := positionGroups(req, a)
	for _, g := range groups {
		t.Columns = append(t.Columns, view.Column{Label: g.label})
	}
	for _, r := range compared {
		cells := []view.Cell{view.Text(w.Measure(i.Programme, r.Measure)), w.ScoreCell(r)}
		for _, g := range groups {
			cells = append(cells, positionCell(req, around, r, g.kind))
		}
		t.NewRow(false, cells...)
	}
	return t, nil
}

type positionGroup struct {
	kind  analytics.GroupKind
	label string
}

// positionGroups are what an area is set against. Wales is a region and a nation: it is shown once, and its areas
// have no statistical neighbours.
func positionGroups(req *Request, a analytics.Area) []positionGroup {
	w := req.words
	groups := []positionGroup{{analytics.GroupRegion, w.Group(analytics.GroupRegion, a.Region)}}
	if len(req.snapshot.NeighboursOf(a.ID)) > 0 {
		groups = append(groups, positionGroup{analytics.GroupFamily, w.Say("position.neighbours")})
	}
	if a.Region != a.Nation {
		groups = append(groups, positionGroup{analytics.GroupNation, w.Group(analytics.GroupNation, a.Nation)})
	}
	return append(groups, positionGroup{analytics.GroupAll, w.Group(analytics.GroupAll, string(analytics.GroupAll))})
}

// positionCell is a result's place among the other areas of a group, and below it what they had and how many are held.
func positionCell(req *Request, around []analytics.Benchmark, r analytics.Result, kind analytics.GroupKind) view.Cell {
	w := req.words
	b, ok := analytics.BenchmarkIn(around, r, kind)
	if !ok {
		return view.Text(w.Say("position.nobody"))
	}
	had := w.LevelCounts(b, true)
	switch {
	case r.Percent == nil || b.Summary == nil:
	case b.N == 1:
		had = w.Percent(b.Summary.Average)
	default:
		had = w.Say("position.spread", "Lowest", w.Percent(b.Summary.Lowest), "Average", w.Percent(b.Summary.Average),
			"Highest", w.Percent(b.Summary.Highest))
	}
	text := w.Say("table.none")
	if b.Own != nil {
		text = w.Standing(&b.Own.Standing)
	}
	return view.Cell{Text: text, Small: w.Say("position.held", "Had", had, "Covers", w.NofN(b.N, b.Of))}
}

// neighbourLinks lead to the statistical neighbours of an area, nearest first, and name the documents that say so.
func neighbourLinks(req *Request, a analytics.Area) (links []view.Link, sources []string) {
	for _, n := range req.snapshot.NeighboursOf(a.ID) {
		links = append(links,
			view.Link{Text: req.words.Area(n.Neighbour), Href: req.words.URL("/areas/" + n.Neighbour)})
		sources = append(sources, n.Sources...)
	}
	return links, sources
}

// relatives are the services that an area was made of or became, with how many inspections of each are held.
func relatives(req *Request, ids []string) []view.Link {
	var out []view.Link
	for _, id := range ids {
		out = append(out, view.Link{
			Text: req.words.Say("area.relative", "Area", req.words.Area(id),
				"Count", len(req.snapshot.InspectionsOf(id))),
			Href: req.words.URL("/areas/" + id),
		})
	}
	return out
}
