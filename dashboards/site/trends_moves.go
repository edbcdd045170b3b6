package site

import (
	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// movesOf says how many areas moved which way between their first and latest inspection on one scale, and lists them;
// nil where no area has two results.
func movesOf(req *Request, c trendChoice, m analytics.Measure, t analytics.Trend) *trendMoves {
	if len(t.Moves) == 0 {
		return nil
	}
	w, n := req.words, t.Movement
	out := trendMoves{Finding: w.Say("trends.moves", "Count", n.Areas, "Up", w.HowMany(n.Up), "Same", w.HowMany(n.Same),
		"Down", w.HowMany(n.Down), "Years", w.Number(n.MedianYears, 1))}
	if n.Areas == 0 {
		out.Finding = w.Say("trends.moves_none")
	}
	if n.Unordered > 0 {
		out.Finding += " " + w.Say("trends.moves_unordered", "Count", n.Unordered)
	}
	table := view.Table{ID: "moves-" + m.Programme + "-" + t.Scale, Compact: true, From: w.ComputedFrom(m.Programme),
		Columns: []view.Column{
			{Label: w.Say("fact.area")}, {Label: w.Say("trends.first")}, {Label: w.Say("trends.latest")},
			{Label: w.Say("trends.moved")},
			{Label: w.Say("trends.years"), Numeric: true}, {Label: w.Say("provenance.source")},
		}, Caption: w.Say("trends.moves_table", "Measure", w.Measure(m.Programme,
			m.ID), "Programme", w.Programme(m.Programme), "Place", w.Group(c.group, c.name), "Years", span(t))}
	for _, move := range t.Moves {
		head := view.Cell{Text: w.Area(move.Area), Link: w.URL("/areas/" + move.Area)}
		if move.Direction == analytics.DirectionUnknown {
			none := view.Text("–")
			table.NewRow(false, head, none, none, view.Text(w.Say("trends.moved_unknown")), none, none)
			continue
		}
		earlier, earlierSources := resultCell(req, move.Earlier, m.ID)
		later, laterSources := resultCell(req, move.Later, m.ID)
		table.NewRow(false, head, earlier, later, view.Text(w.Say("trends.direction."+string(move.Direction))),
			w.CountCell(move.Years),
			view.Cell{Links: w.Sites(append(earlierSources, laterSources...))})
	}
	out.Table = &table
	return &out
}

// resultCell is a measure's result in an inspection, leading to the inspection, with its date below; and its sources.
func resultCell(req *Request, inspection, measure string) (view.Cell, []string) {
	i, err := req.snapshot.Inspection(inspection)
	if err != nil {
		return view.Text(req.words.Say("table.none")), nil
	}
	r, _ := i.Result(measure)
	return view.Cell{Text: req.words.Score(r), Link: req.words.URL("/inspections/" + i.ID),
		Small: req.words.Date(i.Published)}, r.Sources[:len(r.Sources):len(r.Sources)]
}

// standingOf lists the areas inspected by one programme and then by its next under the theme, with where they stood
// among the other areas of each; nil where there are none, or the measure stands for no theme. It is said in words
// alone: the two programmes have two scales, and neither is drawn on the other's.
func standingOf(req *Request, c trendChoice) *trendStanding {
	moves := req.snapshot.StandingMoves(c.theme, c.group, c.name)
	if len(moves) == 0 {
		return nil
	}
	w := req.words
	table := view.Table{ID: "standing", Compact: true, Caption: w.Say("trends.standing_table", "Theme",
		w.Theme(c.theme), "Place", w.Group(c.group, c.name)),
		Columns: []view.Column{{Label: w.Say("fact.area")}, {Label: w.Say("trends.earlier")},
			{Label: w.Say("trends.later")}, {Label: w.Say("trends.standing_change")},
			{Label: w.Say("provenance.source")}}}
	higher, lower, level := 0, 0, 0
	height := map[analytics.Side]int{analytics.SideBelow: -1, analytics.SideAbove: 1}
	for _, m := range moves {
		switch from, to := height[m.EarlierSide], height[m.LaterSide]; {
		case to > from:
			higher++
		case to < from:
			lower++
		default:
			level++
		}
		earlier, earlierSources := standingCell(req, m.Earlier, m.EarlierMeasure)
		later, laterSources := standingCell(req, m.Later, m.LaterMeasure)
		change := w.Say("trends.side_change", "From", w.Say("trends.side."+string(m.EarlierSide)), "To",
			w.Say("trends.side."+string(m.LaterSide)))
		if m.EarlierSide == m.LaterSide {
			change = w.Say("trends.side_same", "Side", w.Say("trends.side."+string(m.LaterSide)))
		}
		table.NewRow(false, view.Cell{Text: w.Area(m.Area), Link: w.URL("/areas/" + m.Area)}, earlier, later,
			view.Text(change), view.Cell{Links: w.Sites(append(earlierSources, laterSources...))})
	}
	return &trendStanding{Finding: w.Say("trends.standing", "Count", len(moves), "Higher", w.HowMany(higher),
		"Lower", w.HowMany(lower), "Level", w.HowMany(level)), Table: table}
}

// standingCell is a result with its programme and its place among the other areas of its cohort.
func standingCell(req *Request, inspection, measure string) (view.Cell, []string) {
	i, err := req.snapshot.Inspection(inspection)
	if err != nil {
		return view.Text(req.words.Say("table.none")), nil
	}
	r, _ := i.Result(measure)
	return view.Cell{Text: req.words.Inspection(i), Link: req.words.URL("/inspections/" + i.ID),
		Small: req.words.Say("programme."+i.Programme+".short") + ": " + req.words.Score(
			r) + "; " + req.words.Standing(r.Standing)}, r.Sources[:len(r.Sources):len(r.Sources)]
}
