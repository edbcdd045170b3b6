package site

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/charts"
	"yardstick/dashboards/view"
)

// areaHistory draws every inspection of an area in the lane of its programme, and lists them, the newest first; nil
// where there is none.
func areaHistory(req *Request, a analytics.Area) *view.Figure {
	w := req.words
	all := slices.Clone(req.snapshot.InspectionsOf(a.ID))
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(x, y analytics.Inspection) int { return y.Latest.Compare(x.Latest) })
	f := &view.Figure{
		ID: "history",
		Headline: w.Say("through.headline", "Area", a.Name.In(req.tag), "Count", len(all),
			"Year", all[len(all)-1].Earliest.Year()),
		Subtitle: w.Say("through.subtitle"),
		Summary:  w.Say("area.history_about"),
		Apart:    true,
	}
	f.Table = view.Table{
		ID:      "history-table",
		Compact: true,
		Caption: w.Say("through.table", "Area", a.Name.In(req.tag)),
		Columns: []view.Column{
			{Label: w.Say("through.inspection")},
			{Label: w.Say("through.found")},
			{Label: w.Say("provenance.source")}},
	}
	for _, i := range all {
		finding, _ := inspectionFinding(req, i)
		inspection := view.Cell{Text: w.Inspection(i), Link: w.URL("/inspections/" + i.ID),
			Small: w.Programme(i.Programme) + ", " + w.Published(i)}
		if p, err := req.snapshot.Programme(i.Programme); err == nil && p.Sampling == analytics.SamplingTargeted {
			inspection.Small += ". " + w.Say("sampling.tag")
		}
		found := view.Text(finding)
		if n := len(saidIn(req, i.ID)); n > 0 {
			found.Aside = &view.Link{
				Text: w.Say("through.findings", "Count", n),
				Href: w.URL("/inspections/"+i.ID) + reportAnchor,
			}
		}
		f.Table.NewRow(false, inspection, found, view.Cell{Links: w.SitesOf(i)})
	}
	lanes, first, last := lanesOf(req, all)
	f.Options, f.Size = w.Drawn(charts.Events(lanes, first, last)), charts.Height(len(lanes))
	return f
}

// lanesOf are the programmes of inspections, the newest first, and the years from the first of them to this release.
func lanesOf(req *Request, all []analytics.Inspection) (lanes []charts.Lane, first, last time.Time) {
	w := req.words
	last = newYear(req.snapshot.Release().Published.Year() + 1)
	first = last
	for _, p := range slices.Backward(req.snapshot.Programmes()) {
		lane := charts.Lane{Label: capital(w.Say("programme." + p.ID + ".short")), From: newYear(p.Starts.Year), To: last}
		if p.Ends.Year > 0 {
			lane.To = newYear(p.Ends.Year + 1)
		}
		for _, i := range all {
			if i.Programme == p.ID {
				lane.Events = append(lane.Events, eventOf(req, i))
				lane.From = earlier(lane.From, newYear(i.Earliest.Year()))
			}
		}
		if len(lane.Events) > 0 {
			lanes = append(lanes, apart(lane)...)
			first = earlier(first, lane.From)
		}
	}
	return lanes, first, last
}

// apart puts events of a lane that may have been on the same days in lanes of their own, numbered: they would be drawn
// over each other.
func apart(lane charts.Lane) []charts.Lane {
	out := []charts.Lane{lane}
	out[0].Events = nil
	for _, e := range lane.Events {
		free := slices.IndexFunc(out, func(l charts.Lane) bool {
			return !slices.ContainsFunc(l.Events, func(o charts.Event) bool {
				return !e.From.After(o.To) && !o.From.After(e.To)
			})
		})
		if free < 0 {
			more := lane
			more.Label, more.Events = lane.Label+" ("+strconv.Itoa(len(out)+1)+")", nil
			free, out = len(out), append(out, more)
		}
		out[free].Events = append(out[free].Events, e)
	}
	return out
}

// eventOf is an inspection as a mark: its overall rating, else its headline scores, else how many of its measures have
// each rating.
func eventOf(req *Request, i analytics.Inspection) charts.Event {
	w := req.words
	finding, _ := inspectionFinding(req, i)
	e := charts.Event{From: i.Earliest, To: i.Latest, Note: w.Inspection(i) + "\n" + finding}
	if overall, ok := i.Result("overall"); ok && overall.Rating != "" {
		scale := req.snapshot.Scale(overall.Scale)
		if level, ok := scale.Level(overall.Rating); ok {
			e.Text, e.Level, e.Of = w.Level(scale.ID, level.ID), level.Position, len(scale.Levels)
			e.Short = initials(e.Text)
			return e
		}
	}
	var parts []string
	headlines, _ := split(req, i)
	for _, r := range headlines {
		parts = append(parts, w.Percent(*r.Percent))
	}
	if len(parts) == 0 {
		parts = ratingCounts(req, i)
	}
	e.Text = strings.Join(parts, ", ")
	return e
}

// initials are the first letters of words, as capitals: "RI".
func initials(words string) string {
	var out strings.Builder
	for word := range strings.FieldsSeq(words) {
		out.WriteString(strings.ToUpper(string([]rune(word)[:1])))
	}
	return out.String()
}

// ratingCounts tells how many of an inspection's measures have each rating, the best first: "Good 1".
func ratingCounts(req *Request, i analytics.Inspection) []string {
	var scale analytics.Scale
	at := make(map[string]int)
	for _, r := range i.Results {
		if r.Rating != "" && r.Censored == "" {
			scale = req.snapshot.Scale(r.Scale)
			at[r.Rating]++
		}
	}
	var parts []string
	for _, level := range slices.Backward(scale.Levels) {
		if n := at[level.ID]; n > 0 {
			parts = append(parts, req.words.Level(scale.ID, level.ID)+" "+strconv.Itoa(n))
		}
	}
	return parts
}

func newYear(year int) time.Time { return time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC) }

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
