package site

import (
	"net/url"
	"slices"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// enoughRated is how many areas a programme needs results of to be shown as a picture of the country.
const enoughRated = 20

// rated is how the areas of one programme are rated, by the latest result of each.
type rated struct {
	measure   analytics.Measure
	sampling  analytics.Sampling
	benchmark analytics.Benchmark
	share     *analytics.Share
}

// ratedOf are the ratings of the newest programme that gives enough areas a word, by the measure that most have. A
// programme that chose its areas for concern is no picture of the country, and passed over.
func ratedOf(req *Request) (rated, bool) {
	for _, p := range slices.Backward(req.snapshot.Programmes()) {
		if p.Sampling == analytics.SamplingTargeted {
			continue
		}
		var most rated
		for _, m := range req.snapshot.Measures(p.ID) {
			if !m.Primary {
				continue
			}
			found, err := req.snapshot.Benchmarks(
				analytics.BenchmarkQuery{Programme: p.ID, Measure: m.ID, Group: analytics.GroupAll},
			)
			if err != nil {
				continue
			}
			for _, b := range found {
				share := req.snapshot.GoodShare(b)
				if share != nil && share.Of >= enoughRated && (most.share == nil || share.Of >= most.share.Of) {
					most = rated{m, p.Sampling, b, share}
				}
			}
		}
		if most.share != nil {
			return most, true
		}
	}
	return rated{}, false
}

func ratedCard(req *Request, r rated) homeCard {
	w := req.words
	return homeCard{
		Link: view.Link{
			Text: w.Say("programme." + r.measure.Programme + ".name"),
			Href: measureAddress(req, "/benchmarks", r.measure.Programme, r.measure.ID),
		},
		Number: w.Number(r.share.Percent, 0) + "%",
		Text: w.Say(
			"home.rated_card",
			"Good",
			r.share.Count,
			"Covers",
			w.NofN(r.benchmark.N, r.benchmark.Of),
			"Interval",
			w.Interval(&r.share.Interval),
			"Measure",
			w.Measure(r.measure.Programme, r.measure.ID),
			"Date",
			w.Day(req.snapshot.Release().Built),
		),
		Method: view.Link{Text: w.Say("home.method"), Href: w.URL("/methodology")},
	}
}

func ratedFigure(req *Request, r rated) homeFigure {
	w, m := req.words, r.measure
	c := benchmarkChoice{
		query: analytics.BenchmarkQuery{Programme: m.Programme, Measure: m.ID, Group: analytics.GroupAll},
	}
	shown := []analytics.Benchmark{r.benchmark}
	f, _ := measureFigure(req, c, shown)
	drawLevels(req, &f, shown)
	f.ID, f.Size, f.Folded = "rated", "s", true
	f.Headline = w.Say(
		"home.rated",
		"Good",
		r.share.Count,
		"Count",
		r.share.Of,
		"Programme",
		w.Programme(m.Programme),
		"Percent",
		w.Number(r.share.Percent, 0)+"%",
		"Interval",
		w.Interval(&r.share.Interval),
	)
	f.Summary += " " + w.Say("home.chosen", "Chosen", w.Say("sampling."+string(r.sampling)))
	return homeFigure{Figure: f, Links: []view.Link{
		{Text: w.Say("home.by_region"), Href: measureAddress(req, "/benchmarks", m.Programme, m.ID)},
		{Text: w.Say("home.on_map"), Href: measureAddress(req, "/map", m.Programme, m.ID)},
	}}
}

// censusFigure draws the years of the newest programme that inspected every area, by the measure with most results:
// its share of good or better, or its scores. False where none has enough results.
func censusFigure(req *Request) (homeFigure, bool, error) {
	c := trendChoice{group: analytics.GroupAll, name: string(analytics.GroupAll)}
	for _, p := range slices.Backward(req.snapshot.Programmes()) {
		if p.Sampling != analytics.SamplingCensus {
			continue
		}
		m, t, results, err := mostResults(req, p.ID, c)
		if err != nil {
			return homeFigure{}, false, err
		}
		if results < enoughRated {
			continue
		}
		c.programme, c.theme, c.measures = p.ID, m.Theme, []analytics.Measure{m}
		figures, _ := yearsFigures(req, c, m, t)
		f := figures[len(figures)-1]
		f.Size, f.Folded = "s", true
		return homeFigure{
			Figure: f,
			Links: []view.Link{
				{Text: req.words.Say("home.years"), Href: measureAddress(req, "/trends", p.ID, m.ID)},
			},
		}, true, nil
	}
	return homeFigure{}, false, nil
}

// mostResults is the primary measure of a programme, and its scale, with most results of a known year, and how many.
func mostResults(
	req *Request,
	programme string,
	c trendChoice,
) (m analytics.Measure, t analytics.Trend, most int, err error) {
	for _, measure := range req.snapshot.Measures(programme) {
		if !measure.Primary {
			continue
		}
		trends, err := req.snapshot.Trends(programme, measure.ID, c.group, c.name)
		if err != nil {
			return m, t, 0, err
		}
		for _, trend := range trends {
			results := 0
			for _, y := range trend.Years {
				results += y.N
			}
			if results > most {
				m, t, most = measure, trend, results
			}
		}
	}
	return m, t, most, nil
}

// reoffending is the published rate of England and Wales whose newest figure is the newest.
type reoffending struct {
	indicator string
	series    []analytics.Series
	newest    analytics.Series
	figure    analytics.Observation
}

func reoffendingOf(req *Request) (reoffending, bool) {
	var out reoffending
	for _, id := range req.snapshot.Indicators() {
		if !strings.HasPrefix(id, "reoffending_rate") {
			continue
		}
		all := req.snapshot.PlaceSeries(analytics.LevelNation, bothNations, id)
		for _, s := range view.Yearly(all) {
			if o, ok := s.Latest(); ok && o.End.After(out.figure.End) {
				out = reoffending{id, all, s, o}
			}
		}
	}
	return out, out.indicator != ""
}

func (r reoffending) page(req *Request) string {
	return req.words.URL("/indicators?indicator=" + url.QueryEscape(r.indicator))
}

func reoffendingCard(req *Request, r reoffending) homeCard {
	w := req.words
	card := homeCard{Link: view.Link{Text: w.Indicator(r.indicator), Href: r.page(req)}, Number: w.Value(r.figure)}
	card.Text = w.Say("home.reoffending_card", "Period", w.Period(r.figure), "Trend", w.Tendency(r.newest))
	card.Method = view.Link{Text: w.Say("home.method"), Href: w.URL("/methodology")}
	if sources := w.Sites(r.figure.Sources); len(sources) > 0 {
		card.Method = view.Link{Text: w.Say("home.source", "Site", sources[0].Text), Href: sources[0].Href}
	}
	return card
}

func reoffendingFigure(req *Request, r reoffending) homeFigure {
	w := req.words
	f := w.SeriesFigure("reoffending", r.indicator, r.series)
	f.Headline = w.Indicator(r.indicator) + ": " + w.FigureOf(r.newest, r.figure)
	f.Summary = w.Tendency(r.newest) + " " + f.Summary
	f.Size, f.Folded, f.Sources = "m", true, w.Sources(r.figure.Sources)
	f.Table.CSV = w.Answer("/api/v1/indicators?format=csv&indicator=" + url.QueryEscape(r.indicator))
	return homeFigure{Figure: f, Links: []view.Link{
		{Text: w.Say("home.statistics"), Href: r.page(req)},
		{Text: w.Say("home.on_map"), Href: w.URL("/map?indicator=" + url.QueryEscape(r.indicator))},
	}}
}

// releaseCard says what the newest release changed; false where the record does not tell its history.
func releaseCard(req *Request) (homeCard, bool) {
	w := req.words
	all := req.snapshot.Publications()
	if len(all) == 0 {
		return homeCard{}, false
	}
	p := all[0]
	card := homeCard{
		Link:   view.Link{Text: w.Say("home.release", "Date", w.Day(p.Published)), Href: w.PublicationLink(p).Href},
		Text:   releaseSentence(req, p),
		Method: view.Link{Text: w.Say("home.all_releases"), Href: w.URL("/releases")},
	}
	results := 0
	for _, programme := range req.snapshot.Programmes() {
		results += programme.Results
	}
	switch changed := p.Added + p.Corrected + p.Withdrawn; {
	case changed > 0:
		card.Number = w.Say("home.changed", "Count", changed, "Number", w.Number(float64(changed), 0))
	case p.Position == 1:
		card.Number = w.Say("home.first", "Count", results, "Number", w.Number(float64(results), 0))
	default:
		card.Number = w.Say("home.unchanged")
	}
	if areas := areasAdded(req, p); areas > 0 {
		card.Text += " " + w.Say("home.areas_added", "Count", areas)
	}
	return card, true
}

// areasAdded is of how many areas a release brought results of inspections.
func areasAdded(req *Request, p analytics.Publication) int {
	areas := make(map[string]bool)
	for _, r := range req.snapshot.Revisions(p.Position) {
		if r.Subject != analytics.SubjectResult || r.Act != analytics.ActAdded {
			continue
		}
		if i, err := req.snapshot.Inspection(r.Inspection); err == nil {
			areas[i.Area] = true
		}
	}
	return len(areas)
}
