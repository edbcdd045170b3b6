package site

import (
	"slices"

	"yardstick/analytics"
	"yardstick/dashboards/charts"
	"yardstick/dashboards/view"
)

// areaProgramme is an area's inspections under one programme: a figure for each of its scales, newest first.
type areaProgramme struct {
	ID       string
	Name     string
	About    string
	Targeted bool
	Figures  []view.Figure
}

// areaProgrammes are the programmes that an area was inspected under, newest first.
func areaProgrammes(req *Request, a analytics.Area) []areaProgramme {
	w := req.words
	var out []areaProgramme
	for _, programme := range slices.Backward(req.snapshot.Programmes()) {
		p := areaProgramme{
			ID:       programme.ID,
			Name:     w.Programme(programme.ID),
			About:    w.Say("programme." + programme.ID + ".about"),
			Targeted: programme.Sampling == analytics.SamplingTargeted,
		}
		byScale := make(map[string][]analytics.Inspection)
		for _, i := range req.snapshot.InspectionsOf(a.ID) {
			if i.Programme == programme.ID {
				byScale[scaleOf(i)] = append(byScale[scaleOf(i)], i)
			}
		}
		for _, scale := range slices.Backward(append([]analytics.Scale{{}}, req.snapshot.Scales()...)) {
			if held := byScale[scale.ID]; len(held) > 0 {
				p.Figures = append(p.Figures, throughFigure(req, a, programme, scale, held))
			}
		}
		if len(p.Figures) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// scaleOf is the scale of an inspection's results: that of its overall one, else of the first that is shown; empty
// where it shows none.
func scaleOf(i analytics.Inspection) string {
	if overall, ok := i.Result("overall"); ok && overall.Known() {
		return overall.Scale
	}
	for _, r := range i.Results {
		if r.Known() {
			return r.Scale
		}
	}
	return ""
}

// throughFigure sets the inspections of one scale in the years of their programme, and lists them. It draws nothing
// where none of them has both a known year and a result.
func throughFigure(
	req *Request,
	a analytics.Area,
	programme analytics.Programme,
	scale analytics.Scale,
	held []analytics.Inspection,
) view.Figure {
	w := req.words
	id := "through-" + programme.ID + "-" + scale.ID
	f := view.Figure{
		ID:       id,
		Size:     "s",
		Subtitle: w.Say("through.subtitle", "Area", a.Name.In(req.tag), "Programme", w.Programme(programme.ID)),
		Summary:  w.Say("through.summary", "Count", len(held)),
	}
	if newest, known := analytics.Newest(held); known {
		f.Headline, _ = inspectionFinding(req, newest[0])
		if newest[0].Published.Precision() != analytics.PrecisionUnknown {
			f.Headline = w.Say("through.headline", "Date", w.Date(newest[0].Published), "Finding", f.Headline)
		}
	} else {
		f.Headline = w.Say("area.order_unknown", "Area", a.Name.In(req.tag), "Inspections", w.And(inspectionNames(req,
			newest)))
	}
	f.Table = view.Table{
		ID:      id + "-table",
		Compact: true,
		Caption: w.Say("through.table", "Area", a.Name.In(req.tag), "Programme", w.Programme(programme.ID)),
		Columns: []view.Column{
			{Label: w.Say("fact.published")},
			{Label: w.Say("through.inspection")},
			{Label: w.Say("through.found")},
			{Label: w.Say("provenance.source")}},
	}
	var dated []analytics.Inspection
	for _, i := range held {
		finding, _ := inspectionFinding(req, i)
		f.Table.NewRow(
			false,
			view.Text(w.Published(i)),
			view.Cell{Text: w.Inspection(i), Link: w.URL("/inspections/" + i.ID)},
			view.Text(finding),
			view.Cell{Links: w.SitesOf(i)},
		)
		if i.Published.Year > 0 && scaleOf(i) != "" {
			dated = append(dated, i)
		}
	}
	if len(dated) < len(held) {
		f.Summary += " " + w.Say("through.undrawn")
	}
	if len(dated) == 0 {
		return f
	}
	first, last := programme.Starts.Year, programme.Ends.Year
	if last == 0 {
		last = req.snapshot.Release().Built.Year()
	}
	for _, i := range dated {
		first, last = min(first, i.Published.Year), max(last, i.Published.Year)
	}
	if scale.Kind == analytics.ScalePercent {
		f.Options, f.Size = w.Drawn(charts.ScoresThrough(first, last, scoresThrough(req, dated))), "m"
		return f
	}
	marks, name, counted := levelsThrough(req, scale, dated)
	f.Options = w.Drawn(charts.LevelsThrough(first, last, levelWords(req, scale.ID), marks, name, counted))
	return f
}

// levelsThrough are the levels of each inspection's overall result; where none has one, how many measures stand at
// each level.
func levelsThrough(
	req *Request,
	scale analytics.Scale,
	dated []analytics.Inspection,
) (marks []charts.ThroughMark, name string, counted bool) {
	w := req.words
	words := levelWords(req, scale.ID)
	hasOverall := func(i analytics.Inspection) bool { r, ok := i.Result("overall"); return ok && r.Rating != "" }
	counted = !slices.ContainsFunc(dated, hasOverall)
	for _, i := range dated {
		at := make([]int, len(scale.Levels))
		for _, r := range i.Results {
			if level, ok := scale.Level(r.Rating); ok && r.Censored == "" && r.Scale == scale.ID &&
				(counted || r.Measure == "overall") {
				at[level.Position-1]++
			}
		}
		for n, measures := range at {
			if measures > 0 {
				marks = append(marks, charts.ThroughMark{Year: i.Published.Year, Level: n + 1, Measures: measures,
					Note: w.Say("through.note", "Inspection", w.Inspection(i), "Level", words[n], "Count", measures)})
			}
		}
	}
	if counted {
		return marks, w.Say("through.measures"), true
	}
	return marks, w.Say("through.overall"), false
}

// scoresThrough are the headline percentages of inspections, a line of marks for each measure.
func scoresThrough(req *Request, dated []analytics.Inspection) []charts.ThroughScores {
	w := req.words
	var out []charts.ThroughScores
	for _, i := range dated {
		headlines, _ := split(req, i)
		for _, r := range headlines {
			name := w.Measure(i.Programme, r.Measure)
			at := slices.IndexFunc(out, func(s charts.ThroughScores) bool { return s.Name == name })
			if at < 0 {
				at = len(out)
				out = append(out, charts.ThroughScores{Name: name})
			}
			out[at].Scores = append(out[at].Scores, charts.ThroughScore{Year: i.Published.Year, Value: *r.Percent,
				Note: w.Inspection(i) + ", " + name + ": " + w.Percent(*r.Percent)})
		}
	}
	return out
}
