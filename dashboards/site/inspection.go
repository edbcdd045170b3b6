package site

import (
	"cmp"
	"slices"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/charts"
	"yardstick/dashboards/view"
)

// inspectionView is one inspection: its headlines as its notice printed them, the rest of its results, what is
// known around them, where every figure came from, and caveats.
type inspectionView struct {
	view.Base
	Heading  string
	Finding  string
	Doubt    string
	Report   []view.Link // where it was published
	Facts    []view.Fact
	Notice   *view.Table
	Printed  []view.SourceLink // where the notice's table was read
	Limits   []string          // of the sample and of the source, which bear on the scores
	Response *responseView
	Plan     *planView
	Figures  []view.Figure
	Around   *view.Table
	Missing  []string // what the areas without a result do to what is around it
	Said     *findingsView
	Provided view.Table
	History  *view.Table
	Warnings []view.Warning
	Compare  []view.Link
}

// Parts returns the figures and tables of the page.
func (p *inspectionView) Parts() (parts view.Parts) {
	parts.AddTables(p.Notice)
	parts.AddFigures(view.Pointers(p.Figures)...)
	parts.AddTables(p.Around)
	parts.AddTables(p.Said.tables()...)
	parts.AddTables(&p.Provided, p.History)
	return parts
}

func inspectionPage(req *Request) (Page, error) {
	i, err := req.snapshot.Inspection(req.id)
	if err != nil {
		return nil, err
	}
	programme, err := req.snapshot.Programme(i.Programme)
	if err != nil {
		return nil, err
	}
	w := req.words
	p := inspectionView{
		Heading: w.Say("inspection.heading", "Inspection", headed(req, i), "Programme", w.Programme(i.Programme)),
		Facts:   inspectionFacts(req, i, programme),
		Compare: comparisonsWorthMaking(req, i),
		Report:  w.SitesOf(i),
	}
	p.Report = p.Report[:min(len(p.Report), mostReports)]
	p.Finding, p.Doubt = inspectionFinding(req, i)
	p.Base = view.Base{
		Title: w.Say("inspection.title", "Inspection", w.Inspection(i),
			"Programme", w.Say("programme."+i.Programme+".short")),
		Description: w.Say("inspection.meta", "Heading", p.Heading, "Finding", p.Finding),
		Crumbs: []view.Link{
			{Text: w.Say("nav.areas"), Href: w.URL("/areas")},
			{Text: w.Area(i.Area), Href: w.URL("/areas/" + i.Area)},
		},
		Area: i.Area,
	}
	headlines, parts := split(req, i)
	if judged := commented(req, i); len(judged) > 0 {
		p.Notice = noticeTable(req, i, judged)
		markCorrected(req, p.Notice, i, judged, noticeScore)
		p.Printed = noticeSources(req, judged)
	}
	if len(headlines) > 0 {
		f := w.StripFigure("headlines", i, headlines, true)
		f.Headline, _ = headlineDoubt(req, i, headlines)
		f.Subtitle = w.Say("inspection.range_subtitle", "Programme", w.Programme(i.Programme),
			"Date", w.Date(i.Published))
		p.Figures = append(p.Figures, f)
	}
	if len(parts) > 0 && parts[0].Percent != nil {
		f := partsFigure(req, i, parts)
		markCorrected(req, &f.Table, i, parts, ownScore)
		p.Figures = append(p.Figures, f)
	}
	if rated := known(i.Results, func(r analytics.Result) bool { return r.Rating != "" }); len(rated) > 0 {
		f := ratingsFigure(req, i, rated)
		markCorrected(req, &f.Table, i, rated, ownScore)
		p.Figures = append(p.Figures, f)
		if err := p.beside(req, i, rated, false); err != nil {
			return nil, err
		}
	} else if len(headlines) > 0 {
		if err := p.beside(req, i, headlines, true); err != nil {
			return nil, err
		}
	}
	for n := range p.Figures {
		p.Figures[n].Folded = true
	}
	p.HasCharts = len(p.Figures) > 0
	p.Limits = findingTexts(req, i, ofKind(req.snapshot.FindingsOf(i.ID), analytics.FindingLimit))
	p.Response, p.Plan = serviceResponse(req, i), improvementPlan(req, i)
	p.Said = reportFindings(req, i)
	p.Provided = providedTable(req, i)
	p.History = inspectionHistory(req, i.ID)
	for _, found := range req.snapshot.WarningsOf(i.ID) {
		p.Warnings = append(p.Warnings, w.Warning(i.Programme, found))
	}
	return &p, nil
}

// headed is an inspection's name beside that of its programme, which the name of one without a day has in it.
func headed(req *Request, i analytics.Inspection) string {
	if i.Published.Precision() == analytics.PrecisionUnknown {
		return req.words.Area(i.Area)
	}
	return req.words.Inspection(i)
}

// The columns of an area's own figure: in the table of a notice, and in those of results.
const (
	noticeScore = 4
	ownScore    = 1
)

// mostReports is how many sources the head of the page leads to.
const mostReports = 2

func known(results []analytics.Result, wanted func(analytics.Result) bool) []analytics.Result {
	var out []analytics.Result
	for _, r := range results {
		if r.Known() && wanted(r) {
			out = append(out, r)
		}
	}
	return out
}

// split parts an inspection's percentages into headlines and the sections and criteria under them.
func split(req *Request, i analytics.Inspection) (headlines, parts []analytics.Result) {
	for _, r := range known(i.Results, func(r analytics.Result) bool { return r.Percent != nil }) {
		m, err := req.snapshot.Measure(i.Programme, r.Measure)
		if err == nil && m.Kind == analytics.KindHeadline {
			headlines = append(headlines, r)
		} else {
			parts = append(parts, r)
		}
	}
	return headlines, parts
}

// commented are an inspection's headlines that have a score or an improvement comment: a source may show either alone.
func commented(req *Request, i analytics.Inspection) []analytics.Result {
	var out []analytics.Result
	for _, r := range i.Results {
		m, err := req.snapshot.Measure(i.Programme, r.Measure)
		if err == nil && m.Kind == analytics.KindHeadline && (r.Percent != nil || r.Comment != "") {
			out = append(out, r)
		}
	}
	return out
}

// noticeTable is the table of the press notice: the area's scores beside the lowest, highest and average that the
// notice printed, or that the results held give where it printed none.
func noticeTable(req *Request, i analytics.Inspection, headlines []analytics.Result) *view.Table {
	w := req.words
	group := w.Say("notice.computed")
	for _, r := range headlines {
		if r.Printed != nil {
			group = w.Say("notice.printed")
		}
	}
	t := &view.Table{
		ID:      "notice",
		Notice:  true,
		Caption: w.Say("notice.caption", "Area", w.Area(i.Area)),
		Columns: []view.Column{
			{Label: w.Say("table.measure")},
			{Label: w.Say("table.lowest"), Numeric: true, Group: group},
			{Label: w.Say("table.highest"), Numeric: true, Group: group},
			{Label: w.Say("table.average"), Numeric: true, Group: group},
			{Label: w.Say("notice.score", "Area", w.Area(i.Area)), Numeric: true, Own: true},
			{Label: w.Say("table.comment")},
		},
		CSV: w.Answer("/api/v1/inspections/" + i.ID + "?format=csv"),
	}
	shown := func(x *float64) view.Cell {
		if x == nil {
			return w.NotShown()
		}
		return w.PercentCell(*x)
	}
	for _, r := range headlines {
		printed := r.Printed
		if printed == nil && group == w.Say("notice.computed") {
			if b, ok := req.words.OtherAreas(i, r, true); ok && b.Summary != nil {
				printed = &analytics.PrintedBenchmark{
					Lowest:  &b.Summary.Lowest,
					Highest: &b.Summary.Highest,
					Average: &b.Summary.Average,
				}
			}
		}
		if printed == nil {
			printed = &analytics.PrintedBenchmark{}
		}
		measure := view.Cell{
			Text:  w.Measure(i.Programme, r.Measure),
			Small: w.Say("measure." + i.Programme + "." + r.Measure + "_about"),
		}
		t.NewRow(false, measure, shown(printed.Lowest), shown(printed.Highest), shown(printed.Average),
			shown(r.Percent), commentCell(req, r))
	}
	return t
}

// noticeSources are the documents that the rows of a notice's table were read from, its printed benchmarks included.
func noticeSources(req *Request, headlines []analytics.Result) []view.SourceLink {
	var ids []string
	for _, r := range headlines {
		ids = append(ids, r.Sources...)
		if r.Printed != nil {
			ids = append(ids, r.Printed.Sources...)
		}
	}
	return req.words.Sources(ids)
}

func commentCell(req *Request, r analytics.Result) view.Cell {
	if r.Comment == "" {
		return req.words.NotShown()
	}
	return view.Cell{Text: req.words.Comment(r), Kind: "comment", Rating: "comment--" + r.Comment}
}

// partsFigure draws the sections and criteria of a core case inspection on one scale. Chart, table and headline come
// from the same points.
func partsFigure(req *Request, i analytics.Inspection, parts []analytics.Result) view.Figure {
	w := req.words
	f := view.Figure{ID: "parts", Subtitle: w.Say("parts.subtitle", "Inspection", w.Inspection(i))}
	f.Table = view.Table{
		ID:      "parts-table",
		Compact: true,
		Caption: w.Say("parts.table"),
		CSV:     w.Answer("/api/v1/inspections/" + i.ID + "?format=csv"),
		Columns: []view.Column{{Label: w.Say("table.measure")}, {Label: w.Say("table.score"), Numeric: true},
			w.IntervalColumn(i, parts), {Label: w.Say("table.comment")}},
	}
	points := make([]charts.ScoreRow, len(parts))
	var sources []string
	for n, r := range parts {
		m, err := req.snapshot.Measure(i.Programme, r.Measure)
		points[n] = charts.ScoreRow{
			Label:  w.Measure(i.Programme, r.Measure),
			Value:  *r.Percent,
			Strong: err == nil && m.Kind == analytics.KindSection,
		}
		sources = append(sources, r.Sources...)
	}
	for n, p := range points {
		comment := view.Text(w.Say("parts.no_comment"))
		if !p.Strong {
			comment = commentCell(req, parts[n])
		}
		f.Table.NewRow(p.Strong, view.Text(p.Label), w.PercentCell(p.Value), w.ScoreInterval(i, parts[n]), comment)
	}
	byValue := func(a, b charts.ScoreRow) int { return cmp.Compare(a.Value, b.Value) }
	lowest, highest := slices.MinFunc(points, byValue), slices.MaxFunc(points, byValue)
	f.Headline = w.Say("parts.headline", "High", highest.Label, "HighScore", w.Percent(highest.Value),
		"Low", lowest.Label, "LowScore", w.Percent(lowest.Value))
	f.Summary = w.Say("parts.summary", "Count", len(points))
	f.Options, f.Size = w.Drawn(charts.Scores(points, w.Say("table.score"))), charts.Height(len(points)+3)
	f.Sources = w.Sources(sources)
	return f
}

func ratingsFigure(req *Request, i analytics.Inspection, rated []analytics.Result) view.Figure {
	w := req.words
	f := w.LevelsFigure("ratings", i, rated)
	f.Headline = w.Say("levels.headline", "Area", w.Inspection(i), "Finding", ratingsSentence(req, i, rated))
	f.Subtitle = w.Say("levels.subtitle", "Programme", w.Programme(i.Programme))
	f.Table.CSV = w.Answer("/api/v1/inspections/" + i.ID + "?format=csv")
	return f
}

func inspectionFacts(req *Request, i analytics.Inspection, programme analytics.Programme) []view.Fact {
	w := req.words
	facts := []view.Fact{
		{Term: w.Say("fact.area"), Links: []view.Link{{Text: w.Area(i.Area), Href: w.URL("/areas/" + i.Area)}}},
		{Term: w.Say("fact.programme"), Text: w.Say("programme." + programme.ID + ".about")},
		{Term: w.Say("fact.published"), Text: w.Published(i)},
	}
	fieldwork := w.Say("table.not_shown")
	if i.Fieldwork.Precision() != analytics.PrecisionUnknown {
		fieldwork = w.Date(i.Fieldwork)
	}
	facts = append(facts, view.Fact{Term: w.Say("fact.fieldwork"), Text: fieldwork})
	facts = append(facts, view.Fact{Term: w.Say("fact.sample"), Text: sampleText(req, i)})
	if i.Reinspection {
		facts = append(facts, view.Fact{Term: w.Say("fact.kind"), Text: w.Say("fact.reinspection")})
	}
	facts = append(facts, view.Fact{Term: w.Say("fact.chosen"), Text: w.Say("sampling." + string(programme.Sampling))})
	if reasons := ofKind(req.snapshot.FindingsOf(i.ID), analytics.FindingReason); len(reasons) > 0 {
		facts = append(facts,
			view.Fact{Term: w.Say("fact.reason"), Text: strings.Join(findingTexts(req, i, reasons), " ")})
	}
	return facts
}

func sampleText(req *Request, i analytics.Inspection) string {
	if i.Cases == 0 {
		return req.words.Say("fact.sample_unknown")
	}
	return req.words.Say("fact.cases", "Count", i.Cases)
}

// providedTable says for each result where it was read, how, and what was noted.
func providedTable(req *Request, i analytics.Inspection) view.Table {
	w := req.words
	t := view.Table{ID: "provenance", Compact: true, Caption: w.Say("provenance.caption"), Columns: []view.Column{
		{Label: w.Say("table.measure")},
		{Label: w.Say("table.result")},
		{Label: w.Say("provenance.source")},
		{Label: w.Say("provenance.how")},
	}}
	for _, r := range i.Results {
		var source view.Cell
		for _, link := range w.Sources(r.Sources) {
			if link.Publisher != "" {
				link.Text = link.Publisher + ": " + link.Text
			}
			source.Links = append(source.Links, view.Link{Text: link.Text, Href: link.URL})
			source.Small = strings.Trim(source.Small+"; "+link.Detail, "; ")
		}
		source.Small = strings.Trim(source.Small+"; "+r.Page, "; ")
		how := view.Cell{
			Text:  w.Say("confidence." + string(r.Confidence)),
			Small: strings.TrimSpace(w.Censored(i.Programme, r) + " " + r.Note),
		}
		t.NewRow(false, view.Text(w.Measure(i.Programme, r.Measure)), w.ScoreCell(r), source, how)
		t.Rows[len(t.Rows)-1].ID = "result-" + r.Measure // press notices lead here
	}
	return t
}
