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
				analytics.BenchmarkQuery{Programme: p.ID, Measure: m.ID, Group: analytics.GroupAll})
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

// sentence says how many areas are rated good or better, and how many of those that a newer programme has rated.
func (r rated) sentence(req *Request) string {
	var text strings.Builder
	text.WriteString(r.headline(req) + ".")
	programmes := slices.Backward(req.snapshot.Programmes())
	for _, p := range programmes {
		if p.ID == r.measure.Programme {
			break
		}
		found, err := req.snapshot.Benchmarks(
			analytics.BenchmarkQuery{Programme: p.ID, Measure: r.measure.ID, Group: analytics.GroupAll})
		if err != nil || len(found) == 0 {
			continue
		}
		if share := req.snapshot.GoodShare(found[0]); share != nil {
			text.WriteString(" " + req.words.Say("home.newer", "Programme", req.words.Say("programme."+p.ID+".short"),
				"Good", share.Count, "Of", share.Of))
		}
	}
	return text.String()
}

func (r rated) headline(req *Request) string {
	return req.words.Say("home.rated", "Good", r.share.Count, "Words", req.words.Good(r.benchmark.Scale),
		"Count", r.share.Of, "Programme", req.words.Programme(r.measure.Programme),
		"Percent", req.words.Number(r.share.Percent, 0)+"%")
}

// ratedFigure draws the ratings of all areas and of each region.
func ratedFigure(req *Request, r rated) (homeFigure, error) {
	w, m := req.words, r.measure
	c := benchmarkChoice{
		query: analytics.BenchmarkQuery{Programme: m.Programme, Measure: m.ID, Group: analytics.GroupRegion},
	}
	found, err := req.snapshot.Benchmarks(c.query)
	if err != nil {
		return homeFigure{}, err
	}
	shown := []analytics.Benchmark{r.benchmark}
	for _, b := range found {
		if b.Scale == r.benchmark.Scale {
			shown = append(shown, b)
		}
	}
	f, _ := measureFigure(req, c, shown)
	f.ID, f.Folded, f.Size, f.Headline, f.Said = "rated", true, "xl", r.headline(req), true
	f.Summary += " " + w.Say("home.chosen", "Chosen", w.Say("sampling."+string(r.sampling)))
	return homeFigure{Figure: f, Links: []view.Link{
		{Text: w.Say("home.by_region"), Href: measureAddress(req, "/benchmarks", m.Programme, m.ID)},
		{Text: w.Say("home.on_map"), Href: measureAddress(req, "/map", m.Programme, m.ID)},
	}}, nil
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

// reoffending is the published rate of England and Wales whose newest figure is the newest. It has only figures that
// were read as they were published.
type reoffending struct {
	indicator string
	series    []analytics.Series
	newest    analytics.Series
	figure    analytics.Observation
}

func reoffendingOf(req *Request) (reoffending, bool, error) {
	var of [][]analytics.Series
	for _, id := range req.snapshot.Indicators() {
		if strings.HasPrefix(id, "reoffending_rate") {
			of = append(of, req.snapshot.PlaceSeries(analytics.LevelNation, analytics.BothNations, id))
		}
	}
	if err := readSeries(req.snapshot, of...); err != nil {
		return reoffending{}, false, err
	}
	var out reoffending
	for _, all := range of {
		all = asPublished(req.words, all)
		for _, s := range view.Yearly(all) {
			if o, ok := s.Latest(); ok && o.End.After(out.figure.End) {
				out = reoffending{s.Indicator, all, s, o}
			}
		}
	}
	return out, out.indicator != "", nil
}

// asPublished returns series without figures that were read in what others say of a publication. They have no tendency,
// which would be of the figures left out too.
func asPublished(w *view.Words, all []analytics.Series) []analytics.Series {
	var out []analytics.Series
	for _, s := range all {
		s.Points = slices.DeleteFunc(slices.Clone(s.Points), func(o analytics.Observation) bool {
			return !w.AsPublished(o.Sources)
		})
		if s.Others, s.Tendency = nil, (analytics.Tendency{}); len(s.Points) > 0 {
			out = append(out, s)
		}
	}
	return out
}

func (r reoffending) page(req *Request) string {
	return req.words.URL("/indicators?indicator=" + url.QueryEscape(r.indicator))
}

func reoffendingFigure(req *Request, r reoffending) homeFigure {
	w := req.words
	same := slices.DeleteFunc(slices.Clone(r.series), func(s analytics.Series) bool { return s.Basis != r.newest.Basis })
	f := w.SeriesFigure("reoffending", r.indicator, same)
	f.Headline = w.Indicator(r.indicator) + ": " + w.FigureOf(r.newest, r.figure)
	f.Subtitle += "; " + w.Say("home.official")
	f.Summary += " " + w.Say("home.as_published")
	f.Size, f.Folded, f.Sources = "s", true, w.Sources(r.figure.Sources)
	f.Table.CSV = w.Answer("/api/v1/indicators?format=csv&indicator=" + url.QueryEscape(r.indicator))
	return homeFigure{Figure: f, Links: []view.Link{
		{Text: w.Say("home.statistics"), Href: r.page(req)},
		{Text: w.Say("home.on_map"), Href: w.URL("/map?indicator=" + url.QueryEscape(r.indicator))},
	}}
}

// newestRelease says what the newest release changed; nil where the record does not tell its history.
func newestRelease(req *Request) *homeRelease {
	w := req.words
	all := req.snapshot.Publications()
	if len(all) == 0 {
		return nil
	}
	p := all[0]
	out := &homeRelease{
		Link: view.Link{Text: w.Say("home.release", "Date", w.Day(p.Published)), Href: w.PublicationLink(p).Href},
		Text: releaseSentence(req, p),
	}
	if areas := areasAdded(req, p); areas > 0 {
		out.Text += " " + w.Say("home.areas_added", "Count", areas)
	}
	return out
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
