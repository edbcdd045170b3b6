package site

import (
	"slices"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// inspectionFinding is what an inspection found, in a sentence, and how far it may be read, in another.
func inspectionFinding(req *Request, i analytics.Inspection) (finding, doubt string) {
	headlines, _ := split(req, i)
	if len(headlines) > 0 {
		doubt, counted := headlineDoubt(req, i, headlines)
		if counted {
			doubt += " " + req.words.Say("finding.cautious", "Cases", i.Cases)
		}
		return headlineSentence(req, i, headlines), doubt
	}
	rated := known(i.Results, func(r analytics.Result) bool { return r.Rating != "" })
	if len(rated) == 0 {
		return commentSentence(req, i), ""
	}
	return ratingsSentence(req, i, rated), req.words.Say("finding.ratings_doubt." + i.Programme)
}

func headlineSentence(req *Request, i analytics.Inspection, headlines []analytics.Result) string {
	var parts []string
	for _, r := range headlines {
		parts = append(parts, req.words.Measure(i.Programme, r.Measure)+" "+req.words.Percent(*r.Percent))
	}
	return req.words.Say("finding.headlines", "Scores", strings.Join(parts, ", "))
}

// commentSentence says which comments a source shows where it shows no score; words for nothing where it shows neither.
func commentSentence(req *Request, i analytics.Inspection) string {
	var parts []string
	for _, r := range commented(req, i) {
		parts = append(parts, req.words.Measure(i.Programme, r.Measure)+": "+req.words.Comment(r))
	}
	if len(parts) == 0 {
		return req.words.Say("finding.nothing")
	}
	return req.words.Say("finding.comments", "Comments", strings.Join(parts, "; "))
}

// headlineDoubt says how many of the headlines can be told apart from the average of the areas inspected by then,
// which is treated as fixed, by their 95% Wilson intervals. counted says that the number of cases bears on it.
func headlineDoubt(req *Request, i analytics.Inspection, headlines []analytics.Result) (said string, counted bool) {
	if i.Cases == 0 {
		return req.words.Say("finding.no_sample"), false
	}
	compared, apart := 0, 0
	for _, r := range headlines {
		average, ok := averageBeside(req, i, r)
		interval, _ := req.snapshot.ScoreInterval(i, r)
		if !ok || interval == nil {
			continue
		}
		compared++
		if !interval.Contains(average) {
			apart++
		}
	}
	switch {
	case compared == 0:
		return req.words.Say("finding.no_average"), false
	case apart == 0:
		return req.words.Say("finding.none_apart", "Count", compared), true
	}
	return req.words.Say("finding.some_apart", "Apart", apart, "Count", compared), true
}

// averageBeside is the average an inspection's notice printed beside a result, or the one of the other areas computed
// as of its day.
func averageBeside(req *Request, i analytics.Inspection, r analytics.Result) (float64, bool) {
	if r.Printed != nil && r.Printed.Average != nil {
		return *r.Printed.Average, true
	}
	if b, ok := req.words.OtherAreas(i, r, true); ok && b.Summary != nil {
		return b.Summary.Average, true
	}
	return 0, false
}

// ratingsSentence says the overall rating where the programme gives one, else how many measures got which rating.
func ratingsSentence(req *Request, i analytics.Inspection, rated []analytics.Result) string {
	w := req.words
	for _, r := range rated {
		if m, err := req.snapshot.Measure(i.Programme, r.Measure); err == nil && m.Kind == analytics.KindOverall {
			return w.Say("finding.overall", "Rating", w.Score(r))
		}
	}
	if censored := known(rated, func(r analytics.Result) bool { return r.Censored != "" }); len(censored) > 0 {
		return w.Say("finding.censored", "Count", len(rated))
	}
	counts := make(map[string]int)
	scale := req.snapshot.Scale(rated[0].Scale)
	for _, r := range rated {
		counts[r.Rating]++
	}
	var parts []string
	for _, v := range slices.Backward(scale.Levels) {
		if level := v.ID; counts[level] > 0 {
			parts = append(parts,
				w.Say("finding.rating_count", "Rating", w.Level(scale.ID, level), "Measures", counts[level]))
		}
	}
	return w.Say("finding.ratings", "Count", len(rated), "Ratings", w.And(parts))
}

// comparisonsWorthMaking are comparisons that lead somewhere: with the area's other inspections, then with those of
// areas under the same police force, then with the latest of its region under the same programme.
func comparisonsWorthMaking(req *Request, i analytics.Inspection) []view.Link {
	const most = 6
	here, err := req.snapshot.Area(i.Area)
	if err != nil {
		return nil
	}
	var links []view.Link
	offered := map[string]bool{i.ID: true}
	offer := func(worth func(other analytics.Inspection, there analytics.Area) bool) {
		for _, other := range req.snapshot.Inspections() {
			there, err := req.snapshot.Area(other.Area)
			if err != nil || offered[other.ID] || len(links) == most || !worth(other, there) {
				continue
			}
			offered[other.ID] = true
			links = append(links, view.Link{
				Text: req.words.Say("compare.with", "A", req.words.Inspection(i), "B", req.words.Inspection(other)),
				Href: req.words.URL("/compare?with=" + i.ID + "&with=" + other.ID),
			})
		}
	}
	offer(func(_ analytics.Inspection, there analytics.Area) bool { return there.ID == here.ID })
	offer(func(_ analytics.Inspection, there analytics.Area) bool {
		return here.PoliceForce != "" && there.PoliceForce == here.PoliceForce
	})
	offer(func(other analytics.Inspection, there analytics.Area) bool {
		return there.Region == here.Region && other.Programme == i.Programme
	})
	return links
}
