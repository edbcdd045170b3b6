package dashboards

import (
	"net/url"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/charts"
	"yardstick/dashboards/view"
)

// benchmarksView is one measure over every region, nation or all areas, as of a day.
type benchmarksView struct {
	view.Base
	Finding    string
	Warnings   []string
	Programmes []programmeChoice
	Programme  string
	Measures   []option
	Groups     []option
	Areas      []option
	AsOf       string
	Figures    []view.Figure
	Printed    *view.Table
}

// option is one choice of a list.
type option struct {
	Value    string
	Text     string
	Selected bool
}

// benchmarkChoice is what a reader asks the page for.
type benchmarkChoice struct {
	query analytics.BenchmarkQuery
	of    *analytics.Area
}

func benchmarksPage(v *visit) (any, error) {
	choice, err := benchmarkChoiceOf(v)
	if err != nil {
		return nil, err
	}
	w, q := v.words, choice.query
	everywhere := q
	everywhere.Group, everywhere.Of = analytics.GroupAll, ""
	all, err := v.snapshot.Benchmarks(everywhere)
	if err != nil {
		return nil, err
	}
	var groups []analytics.Benchmark
	if q.Group != analytics.GroupAll {
		inner := q
		inner.Of = ""
		if groups, err = v.snapshot.Benchmarks(inner); err != nil {
			return nil, err
		}
	}
	p := benchmarksView{Programme: q.Programme, AsOf: v.query.Get("as_of")}
	p.choices(v, choice)
	for _, b := range all {
		p.Figures = append(p.Figures, benchmarkFigure(v, choice, b, groups))
	}
	p.Printed = printedTable(v, q)
	p.Finding = w.Say("benchmarks.none")
	if len(p.Figures) > 0 {
		p.Finding = p.Figures[0].Headline
	}
	if programme, err := v.snapshot.Programme(q.Programme); err == nil && programme.Sampling == analytics.SamplingTargeted {
		p.Warnings = append(p.Warnings, w.Say("benchmarks.targeted", "Programme", w.Programme(q.Programme)))
	}
	p.Base = view.Base{
		Title: w.Say("benchmarks.title", "Measure", w.Measure(q.Programme, q.Measure), "Programme", w.Say("programme."+q.Programme+".short"),
			"Group", w.Say("benchmarks.group."+string(q.Group))),
		Description: p.Finding, HasCharts: len(p.Figures) > 0, Data: benchmarksAnswer(v, q, "json"),
	}
	return p, nil
}

// benchmarkChoiceOf reads the page's parameters; without any it is the first measure of the first programme, by region.
func benchmarkChoiceOf(v *visit) (benchmarkChoice, error) {
	c := benchmarkChoice{query: analytics.BenchmarkQuery{Programme: v.snapshot.Programmes()[0].ID, Group: analytics.GroupRegion}}
	q := &c.query
	if id := v.query.Get("programme"); id != "" {
		if _, err := v.snapshot.Programme(id); err != nil {
			return c, &analytics.InvalidError{Field: "programme", Kind: "programme", Value: id}
		}
		q.Programme = id
	}
	measures := v.snapshot.Measures(q.Programme)
	if len(measures) == 0 {
		return c, &analytics.InvalidError{Field: "programme", Kind: "programme_without_results", Value: q.Programme}
	}
	q.Measure = measures[0].ID
	if id := v.query.Get("measure"); id != "" {
		if _, err := v.snapshot.Measure(q.Programme, id); err != nil {
			return c, &analytics.InvalidError{Field: "measure", Kind: "measure", Value: id}
		}
		q.Measure = id
	}
	if text := v.query.Get("group"); text != "" {
		group, err := analytics.ParseGroupKind(text)
		if err != nil {
			return c, err
		}
		q.Group = group
	}
	if id := v.query.Get("of"); id != "" {
		area, err := v.snapshot.Area(id)
		if err != nil {
			return c, err
		}
		c.of = &area
	}
	date, err := analytics.ParsePartialDate(v.query.Get("as_of"))
	if err != nil {
		return c, &analytics.InvalidError{Field: "as_of", Kind: "date", Value: v.query.Get("as_of")}
	}
	if day := date.Last(); !day.IsZero() {
		q.AsOf = &day
	}
	return c, nil
}

func (p *benchmarksView) choices(v *visit, c benchmarkChoice) {
	w, q := v.words, c.query
	for _, programme := range v.snapshot.Programmes() {
		if programme.Results > 0 {
			p.Programmes = append(p.Programmes, programmeChoice{ID: programme.ID, Name: w.Programme(programme.ID),
				Count: programme.Inspections, Href: w.URL("/benchmarks?programme=" + programme.ID), Selected: programme.ID == q.Programme})
		}
	}
	for _, m := range v.snapshot.Measures(q.Programme) {
		p.Measures = append(p.Measures, option{Value: m.ID, Text: w.Measure(q.Programme, m.ID), Selected: m.ID == q.Measure})
	}
	for _, g := range []analytics.GroupKind{analytics.GroupRegion, analytics.GroupNation, analytics.GroupAll} {
		p.Groups = append(p.Groups, option{Value: string(g), Text: w.Say("benchmarks.group." + string(g)), Selected: g == q.Group})
	}
	p.Areas = []option{{Text: w.Say("benchmarks.no_area"), Selected: c.of == nil}}
	for _, a := range v.byName(v.snapshot.Areas()) {
		p.Areas = append(p.Areas, option{Value: a.ID, Text: a.Name.In(v.tag), Selected: c.of != nil && c.of.ID == a.ID})
	}
}

// benchmarkFigure draws one scale of a measure: the whole of the areas first, then each group.
func benchmarkFigure(v *visit, c benchmarkChoice, all analytics.Benchmark, groups []analytics.Benchmark) view.Figure {
	shown := []analytics.Benchmark{all}
	for _, g := range groups {
		if g.Scale == all.Scale {
			shown = append(shown, g)
		}
	}
	w, q := v.words, c.query
	f := view.Figure{ID: "benchmarks-" + all.Scale, Table: benchmarkTable(v, c, shown)}
	f.Subtitle = w.Say("benchmarks.subtitle", "Measure", w.Measure(q.Programme, q.Measure), "Programme", w.Programme(q.Programme), "When", whenText(v, q.AsOf))
	own, hasOwn := ownResult(v, c, all.Scale)
	if all.Summary != nil && len(all.Levels) == 0 {
		f.Headline = w.Say("benchmarks.headline_percent", "Measure", w.Measure(q.Programme, q.Measure), "Lowest", w.Percent(all.Summary.Lowest),
			"Highest", w.Percent(all.Summary.Highest), "Average", w.Percent(all.Summary.Average), "Covers", w.NofN(all.N, all.Of))
		drawSpread(v, c, &f, shown, own)
	} else {
		f.Headline = w.Say("benchmarks.headline_levels", "Measure", w.Measure(q.Programme, q.Measure), "Levels", w.LevelCounts(all, true), "Covers", w.NofN(all.N, all.Of))
		drawLevels(v, &f, shown[1:])
	}
	f.Summary = benchmarkSummary(v, all)
	if hasOwn {
		f.Summary += " " + w.Say("benchmarks.own", "Area", c.of.Name.In(v.tag), "Score", w.Score(own))
	}
	return f
}

// drawSpread draws lowest, average and highest of each group, with the chosen area's own percentage on those it is in.
func drawSpread(v *visit, c benchmarkChoice, f *view.Figure, shown []analytics.Benchmark, own analytics.Result) {
	w := v.words
	labels := charts.RangeLabels{Range: w.Say("range.range"), Average: w.Say("range.average")}
	var rows []charts.RangeRow
	for _, b := range shown {
		row := charts.RangeRow{Label: w.Group(b.Group, b.Name), Lowest: &b.Summary.Lowest, Average: &b.Summary.Average, Highest: &b.Summary.Highest,
			Note: w.Say("benchmarks.note", "Group", w.Group(b.Group, b.Name), "Lowest", w.Percent(b.Summary.Lowest), "Average", w.Percent(b.Summary.Average),
				"Highest", w.Percent(b.Summary.Highest), "Covers", w.NofN(b.N, b.Of))}
		if own.Percent != nil && c.in(b) {
			row.Own, labels.Own = own.Percent, c.of.Name.In(v.tag)
		}
		rows = append(rows, row)
	}
	f.Options, f.Size = w.Drawn(charts.Range(rows, labels, 100, "%")), charts.Height(len(rows))
}

// drawLevels draws how many areas of each group stand at each level; nothing where there are no groups.
func drawLevels(v *visit, f *view.Figure, groups []analytics.Benchmark) {
	if len(groups) == 0 {
		return
	}
	scale := v.snapshot.Scale(groups[0].Scale)
	words := make([]string, len(scale.Levels))
	for n, l := range scale.Levels {
		words[n] = v.words.Level(scale.ID, l.ID)
	}
	var rows []charts.DistributionRow
	for _, b := range groups {
		row := charts.DistributionRow{Label: v.words.Group(b.Group, b.Name), Areas: make([]int, len(words))}
		for _, l := range b.Levels {
			row.Areas[l.Position-1] = l.Areas
		}
		rows = append(rows, row)
	}
	f.Options, f.Size = v.words.Drawn(charts.Distribution(rows, words)), charts.Height(len(rows))
}

// in says whether the chosen area belongs to a benchmark's group.
func (c benchmarkChoice) in(b analytics.Benchmark) bool {
	return c.of != nil && (b.Group == analytics.GroupAll || b.Name == c.of.Region || b.Name == c.of.Nation)
}

// ownResult is the chosen area's latest result that may be set on the benchmark of a scale as of its day.
func ownResult(v *visit, c benchmarkChoice, scale string) (analytics.Result, bool) {
	if c.of == nil {
		return analytics.Result{}, false
	}
	for _, i := range v.snapshot.InspectionsOf(c.of.ID) {
		r, ok := i.Result(c.query.Measure)
		if !ok || i.Programme != c.query.Programme || r.Scale != scale || !r.Known() {
			continue
		}
		if c.query.AsOf == nil || !i.Published.Last().IsZero() && !i.Published.Last().After(*c.query.AsOf) {
			return r, true
		}
	}
	return analytics.Result{}, false
}

func whenText(v *visit, day *time.Time) string {
	if day == nil {
		return v.words.Say("benchmarks.whole_record")
	}
	return v.words.Say("benchmarks.as_of", "Date", v.words.Day(*day))
}

// benchmarkSummary says what the numbers are over, and what is left out of them.
func benchmarkSummary(v *visit, all analytics.Benchmark) string {
	text := v.words.Say("benchmarks.summary", "Covers", v.words.NofN(all.N, all.Of))
	if all.Undated > 0 {
		text += " " + v.words.Say("benchmarks.undated", "Count", all.Undated)
	}
	return text
}

func benchmarkTable(v *visit, c benchmarkChoice, shown []analytics.Benchmark) view.Table {
	w, q := v.words, c.query
	t := view.Table{ID: "table-" + shown[0].Scale, Compact: true, CSV: benchmarksAnswer(v, q, "csv"), From: w.ComputedFrom(q.Programme),
		Caption: w.Say("benchmarks.table", "Measure", w.Measure(q.Programme, q.Measure), "When", whenText(v, q.AsOf))}
	numbers := len(shown[0].Levels) == 0
	t.Columns = []view.Column{{Label: w.Say("table.group")}}
	if numbers {
		for _, name := range []string{"lowest", "q1", "median", "average", "q3", "highest"} {
			t.Columns = append(t.Columns, view.Column{Label: w.Say("table." + name), Numeric: true})
		}
	} else {
		levels := v.snapshot.Scale(shown[0].Scale).Levels
		for n := len(levels) - 1; n >= 0; n-- {
			t.Columns = append(t.Columns, view.Column{Label: w.Level(shown[0].Scale, levels[n].ID), Numeric: true})
		}
	}
	t.Columns = append(t.Columns, view.Column{Label: w.Say("table.covers"), Numeric: true})
	for _, b := range shown {
		cells := []view.Cell{view.Text(w.Group(b.Group, b.Name))}
		if numbers {
			m := b.Summary
			cells = append(cells, view.Cell{Text: w.Percent(m.Lowest), Small: w.And(w.Areas(m.LowestAreas))}, view.Text(w.Percent(m.Q1)), view.Text(w.Percent(m.Median)),
				view.Text(w.Percent(m.Average)), view.Text(w.Percent(m.Q3)), view.Cell{Text: w.Percent(m.Highest), Small: w.And(w.Areas(m.HighestAreas))})
		} else {
			levels := v.snapshot.Scale(b.Scale).Levels
			for n := len(levels) - 1; n >= 0; n-- {
				count := 0
				for _, l := range b.Levels {
					if l.Position == levels[n].Position {
						count = l.Areas
					}
				}
				cells = append(cells, view.Text(w.Number(float64(count), 0)))
			}
		}
		t.NewRow(c.in(b) && b.Group != analytics.GroupAll, append(cells, view.Text(w.NofN(b.N, b.Of)))...)
	}
	return t
}

// benchmarksAnswer is the address of the same benchmarks in the interface, in a format.
func benchmarksAnswer(v *visit, q analytics.BenchmarkQuery, format string) string {
	query := url.Values{"programme": {q.Programme}, "measure": {q.Measure}, "group": {string(q.Group)}, "format": {format}}
	if q.AsOf != nil {
		query.Set("as_of", q.AsOf.Format(time.DateOnly))
	}
	return v.words.Answer("/api/v1/benchmarks?" + query.Encode())
}

// printedTable lists what notices printed, newest first, beside what the results held give as of the same day; nil
// where none printed anything.
func printedTable(v *visit, q analytics.BenchmarkQuery) *view.Table {
	w := v.words
	printed, computed := w.Say("notice.printed"), w.Say("notice.computed")
	t := view.Table{ID: "printed", Compact: true, Caption: w.Say("printed.caption", "Measure", w.Measure(q.Programme, q.Measure)), Columns: []view.Column{
		{Label: w.Say("printed.notice")}, {Label: w.Say("fact.published")},
		{Label: w.Say("table.lowest"), Numeric: true, Group: printed}, {Label: w.Say("table.average"), Numeric: true, Group: printed},
		{Label: w.Say("table.highest"), Numeric: true, Group: printed},
		{Label: w.Say("table.lowest"), Numeric: true, Group: computed}, {Label: w.Say("table.average"), Numeric: true, Group: computed},
		{Label: w.Say("table.highest"), Numeric: true, Group: computed}, {Label: w.Say("table.covers"), Numeric: true, Group: computed},
		{Label: w.Say("provenance.source")},
	}, From: w.ComputedFrom(q.Programme)}
	shown := func(x *float64) view.Cell {
		if x == nil {
			return view.Text(w.Say("table.not_shown"))
		}
		return view.Text(w.Percent(*x))
	}
	for _, i := range v.snapshot.Inspections() {
		r, ok := i.Result(q.Measure)
		if i.Programme != q.Programme || !ok || r.Printed == nil {
			continue
		}
		cells := []view.Cell{{Text: w.Inspection(i), Link: w.URL("/inspections/" + i.ID)}, view.Text(w.Date(i.Published)),
			shown(r.Printed.Lowest), shown(r.Printed.Average), shown(r.Printed.Highest)}
		var m analytics.Summary
		b, held := v.snapshot.Benchmark(i.Programme, r, analytics.GroupAll, string(analytics.GroupAll), dayOf(i))
		if held && b.Summary != nil {
			m = *b.Summary
			cells = append(cells, view.Text(w.Percent(m.Lowest)), view.Text(w.Percent(m.Average)), view.Text(w.Percent(m.Highest)))
		} else {
			cells = append(cells, shown(nil), shown(nil), shown(nil))
		}
		t.NewRow(false, append(cells, view.Text(w.NofN(b.N, b.Of)), view.Cell{Links: w.Sites(r.Printed.Sources)})...)
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return &t
}
