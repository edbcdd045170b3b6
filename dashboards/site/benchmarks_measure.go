package site

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/stats"
	"yardstick/dashboards/charts"
	"yardstick/dashboards/view"
)

// ofMeasure shows a programme's measure.
func (p *benchmarksView) ofMeasure(req *Request, c benchmarkChoice) error {
	w, q := req.words, c.query
	found, err := grouped(q, req.snapshot.Benchmarks,
		func(a, b analytics.Benchmark) bool { return a.Name == b.Name && a.Scale == b.Scale },
		func(b analytics.Benchmark) bool { return c.surrounds(b.Group, b.Name) })
	if err != nil {
		return err
	}
	for _, all := range found {
		if all.Group != analytics.GroupAll {
			continue
		}
		shown := []analytics.Benchmark{all}
		for _, g := range found {
			if g.Group != analytics.GroupAll && g.Scale == all.Scale {
				shown = append(shown, g)
			}
		}
		f, own := measureFigure(req, c, shown)
		p.Results = append(p.Results, f)
		p.Finding = cmp.Or(p.Finding, own)
		if shares, unknown := req.snapshot.Shares(all); p.Chance == nil && len(shares)+unknown > 0 {
			p.Chance = chanceOfMeasure(req, c, all, shares, unknown)
		}
	}
	p.Printed = printedTable(req, q)
	if programme, err := req.snapshot.Programme(q.Programme); err == nil &&
		programme.Sampling == analytics.SamplingTargeted {
		p.Warnings = append(p.Warnings, w.Say("benchmarks.targeted", "Programme", w.Programme(q.Programme)))
	}
	p.Base.Title = w.Say("benchmarks.title", "Measure", w.Measure(q.Programme, q.Measure),
		"Programme", w.Say("programme."+q.Programme+".short"), "Group", p.groupTitle(req, c))
	return nil
}

// groupTitle is what the page is by: a kind of group, or the family of an area.
func (p *benchmarksView) groupTitle(req *Request, c benchmarkChoice) string {
	switch c.query.Group {
	case analytics.GroupFamily:
		return req.words.Group(c.query.Group, c.of.ID)
	case analytics.GroupList:
		return req.words.And(req.words.Areas(c.query.Areas))
	}
	return req.words.Say("benchmarks.group." + string(c.query.Group))
}

// measureFigure draws one scale of a measure, and says where the area compared stands on it; nothing where it does not.
// All areas come first, then the groups with the greatest share at a good level.
func measureFigure(req *Request, c benchmarkChoice, shown []analytics.Benchmark) (f view.Figure, standing string) {
	w, q, all := req.words, c.query, shown[0]
	shown = slices.Clone(shown)
	slices.SortStableFunc(shown[1:], func(a, b analytics.Benchmark) int {
		return cmp.Compare(goodShare(req.snapshot, b), goodShare(req.snapshot, a))
	})
	own, hasOwn := ownResult(req, all)
	f = view.Figure{ID: "benchmarks-" + all.Scale, Table: measureTable(req, c, shown, own),
		Folded: len(all.Levels) > 0} // the bars have their numbers on them
	f.Subtitle = w.Say("benchmarks.subtitle", "Measure", w.Measure(q.Programme, q.Measure),
		"Programme", w.Programme(q.Programme), "When", whenText(req, q.AsOf))
	if all.Summary != nil && len(all.Levels) == 0 {
		f.Headline = w.Say("benchmarks.headline_percent", "Measure", w.Measure(q.Programme, q.Measure),
			"Lowest", w.Percent(all.Summary.Lowest), "Highest", w.Percent(all.Summary.Highest),
			"Average", w.Percent(all.Summary.Average), "Covers", w.NofN(all.N, all.Of))
		drawSpread(req, c, &f, shown, own.result)
	} else {
		f.Headline = w.Say("benchmarks.headline_levels", "Measure", w.Measure(q.Programme, q.Measure), "Levels",
			w.LevelCounts(all, true), "Covers", w.NofN(all.N, all.Of))
		drawLevels(req, &f, shown)
	}
	f.Summary = measureSummary(req, all)
	if hasOwn {
		standing = ownText(req, c, own, all)
		f.Summary += " " + standing
	}
	return f, standing
}

// drawSpread draws a dot for every area of each group, their average, and the chosen area's own percentage in those
// that it is set against.
func drawSpread(req *Request, c benchmarkChoice, f *view.Figure, shown []analytics.Benchmark, own analytics.Result) {
	w := req.words
	labels := charts.StripLabels{Areas: w.Say("strip.areas"), Marks: []string{w.Say("range.average")}}
	var rows []charts.StripRow
	for _, b := range shown {
		if b.Summary == nil {
			continue
		}
		label := groupLabel(req, b.Group, b.Name, b.Without)
		var peers []analytics.Peer
		for _, m := range b.Members {
			i, r := req.snapshot.ResultOf(b, m)
			peers = append(peers, analytics.Peer{Inspection: i, Result: r})
		}
		row := charts.StripRow{
			Label: label,
			Dots:  w.Dots(peers),
			Marks: []*float64{&b.Summary.Average},
			Note: w.Say("benchmarks.note", "Group", label, "Lowest", w.Percent(b.Summary.Lowest), "Average",
				w.Percent(b.Summary.Average), "Highest", w.Percent(b.Summary.Highest), "Covers", w.NofN(b.N, b.Of)),
		}
		if own.Percent != nil && c.surrounds(b.Group, b.Name) {
			row.Own, labels.Own = []*float64{own.Percent}, []string{c.of.Name.In(req.tag)}
		}
		rows = append(rows, row)
	}
	f.Options, f.Size = w.Drawn(charts.Strip(rows, labels, 100, "%")), charts.StripHeight(len(rows))
}

// drawLevels draws how many areas of each group are at each level; nothing where there are no groups.
func drawLevels(req *Request, f *view.Figure, groups []analytics.Benchmark) {
	if len(groups) == 0 {
		return
	}
	scale := req.snapshot.Scale(groups[0].Scale)
	var rows []charts.LevelRow
	for _, b := range groups {
		rows = append(rows, req.words.LevelRow(groupLabel(req, b.Group, b.Name, b.Without), b, scale))
	}
	f.Options, f.Size = req.words.Drawn(charts.Levels(rows, req.words.Levels(scale), "")), charts.LevelsHeight(len(rows))
}

// goodShare is the share of a group's areas at a good level; below any share where it has none.
func goodShare(s *analytics.Snapshot, b analytics.Benchmark) float64 {
	if share := s.GoodShare(b); share != nil {
		return share.Percent
	}
	return -1
}

// ownOf is the marked area's result with what its inspection read.
type ownOf struct {
	inspection analytics.Inspection
	result     analytics.Result
}

// ownResult is the result of the marked area that a benchmark places; false where there is none.
func ownResult(req *Request, b analytics.Benchmark) (ownOf, bool) {
	if b.Own == nil {
		return ownOf{}, false
	}
	i, r := req.snapshot.ResultOf(b, analytics.Member{Inspection: b.Own.Inspection})
	return ownOf{i, r}, true
}

// ownText says where the marked area stands among all others: by its interval where its cases are known, by the
// count of better and worse ones where it is a rating.
func ownText(req *Request, c benchmarkChoice, own ownOf, all analytics.Benchmark) string {
	w := req.words
	area, score := c.of.Name.In(req.tag), w.Score(own.result)
	if own.result.Percent == nil || all.Summary == nil {
		standing := w.Standing(&all.Own.Standing)
		if standing == "" {
			return w.Say("benchmarks.own", "Area", area, "Score", score)
		}
		return w.Say("benchmarks.own_standing", "Area", area, "Score", score, "Standing", standing)
	}
	interval, basis := req.snapshot.ScoreInterval(own.inspection, own.result)
	if interval == nil {
		return w.Say("benchmarks.own_unknown", "Area", area, "Score", score, "Basis", w.IntervalBasis(basis))
	}
	average := all.Summary.Average
	key := "benchmarks.own_same"
	switch {
	case interval.Lower > average:
		key = "benchmarks.own_above"
	case interval.Upper < average:
		key = "benchmarks.own_below"
	}
	return w.Say(key, "Area", area, "Score", score, "Interval", w.Interval(interval), "Average", w.Percent(average))
}

func whenText(req *Request, day *time.Time) string {
	if day == nil {
		return req.words.Say("benchmarks.whole_record")
	}
	return req.words.Say("benchmarks.as_of", "Date", req.words.Day(*day))
}

// measureSummary says what the numbers are over, and what is left out of them.
func measureSummary(req *Request, all analytics.Benchmark) string {
	text := req.words.Say("benchmarks.summary", "Covers", req.words.NofN(all.N, all.Of))
	if all.Undated > 0 {
		text += " " + req.words.Say("benchmarks.undated", "Count", all.Undated)
	}
	if share := req.snapshot.GoodShare(all); share != nil {
		text += " " + req.words.Say("benchmarks.good_share", "Count", share.Count, "Of", share.Of,
			"Words", req.words.Good(all.Scale), "Percent", req.words.Number(share.Percent, 0)+"%",
			"Interval", req.words.Interval(&share.Interval))
	}
	return text
}

// measureTable lists the groups with their numbers, or with their areas at each level.
func measureTable(req *Request, c benchmarkChoice, shown []analytics.Benchmark, own ownOf) view.Table {
	w, q, all := req.words, c.query, shown[0]
	t := view.Table{
		ID:      "table-" + all.Scale,
		Compact: true,
		CSV:     benchmarksAnswer(req, c, "csv"),
		From:    w.ComputedFrom(q.Programme),
		Caption: w.Say("benchmarks.table", "Measure", w.Measure(q.Programme, q.Measure), "When", whenText(req, q.AsOf)),
	}
	numbers := len(all.Levels) == 0
	t.Columns = []view.Column{{Label: w.Say("table.group")}}
	if numbers {
		addSpread(w, &t)
	} else {
		addLevels(req, &t, all.Scale)
	}
	t.Columns = append(t.Columns, view.Column{Label: w.Say("table.covers"), Numeric: true})
	if own.result.Known() {
		t.Columns = append(t.Columns, view.Column{Label: w.Say("benchmarks.place_of", "Area", c.of.Name.In(req.tag))})
	}
	for _, b := range shown {
		cells := []view.Cell{view.Text(groupLabel(req, b.Group, b.Name, b.Without))}
		if numbers {
			cells = append(cells, spreadCells(w, b.Summary, w.PercentCell)...)
		} else {
			cells = append(cells, levelCells(req, b)...)
		}
		cells = append(cells, view.Text(w.NofN(b.N, b.Of)))
		if own.result.Known() {
			place := "–"
			if b.Own != nil {
				place = w.Standing(&b.Own.Standing)
			}
			cells = append(cells, view.Text(place))
		}
		t.NewRow(c.surrounds(b.Group, b.Name) && b.Group != analytics.GroupAll, cells...)
	}
	return t
}

// addSpread and spreadCells give a table columns of numbers from lowest to highest, and a group its cells in them.
func addSpread(w *view.Words, t *view.Table) {
	for _, name := range []string{"lowest", "q1", "median", "average", "q3", "highest"} {
		t.Columns = append(t.Columns, view.Column{Label: w.Say("table." + name), Numeric: true})
	}
}

func spreadCells(w *view.Words, m *analytics.Summary, cell func(float64) view.Cell) []view.Cell {
	none := w.NotShown()
	if m == nil {
		return []view.Cell{none, none, none, none, none, none}
	}
	cells := []view.Cell{
		cell(m.Lowest).Under(w.And(w.Areas(m.LowestAreas))),
		cell(m.Q1),
		cell(m.Median),
		cell(m.Average),
		cell(m.Q3),
		cell(m.Highest).Under(w.And(w.Areas(m.HighestAreas))),
	}
	if m.N < leastForQuartiles {
		cells[1], cells[4] = none, none
	}
	return cells
}

// leastForQuartiles is how few areas have quartiles: of fewer they would be the areas themselves.
const leastForQuartiles = 4

// addLevels and levelCells give a table columns of areas at each level, the highest first, and a group its cells in
// them.
func addLevels(req *Request, t *view.Table, scale string) {
	levels := req.snapshot.Scale(scale).Levels
	for _, level := range slices.Backward(levels) {
		t.Columns = append(t.Columns, view.Column{Label: req.words.Level(scale, level.ID), Numeric: true})
	}
	t.Columns = append(t.Columns, view.Column{Label: req.words.Good(scale), Numeric: true},
		view.Column{Label: req.words.Say("table.median_level")})
}

func levelCells(req *Request, b analytics.Benchmark) []view.Cell {
	var cells []view.Cell
	scale := req.snapshot.Scale(b.Scale)
	median := req.words.Say("table.none")
	for _, v := range slices.Backward(scale.Levels) {
		count := 0
		for _, l := range b.Levels {
			if l.Position == v.Position {
				count = l.Areas
			}
		}
		if b.MedianPosition() == v.Position {
			median = req.words.Level(b.Scale, v.ID)
		}
		cells = append(cells, req.words.CountCell(count))
	}
	good := view.Text(req.words.Say("table.none"))
	if share := req.snapshot.GoodShare(b); share != nil {
		good = req.words.WholePercentCell(share.Percent)
		if b.N < b.Of { // of all areas the share is known
			good = good.Under(req.words.Interval(&share.Interval))
		}
	}
	return append(cells, good, view.Text(median))
}

// benchmarksAnswer is the address of the same benchmarks in the interface.
func benchmarksAnswer(req *Request, c benchmarkChoice, format string) string {
	q := c.query
	query := url.Values{"group": {string(q.Group)}, "format": {format}}
	set := func(name, value string) {
		if value != "" {
			query.Set(name, value)
		}
	}
	set("programme", q.Programme)
	set("measure", q.Measure)
	set("areas", strings.Join(q.Areas, ","))
	if q.Group == analytics.GroupFamily {
		set("of", q.Of)
		set("without", q.Of)
	}
	if q.AsOf != nil {
		set("as_of", q.AsOf.Format(time.DateOnly))
	}
	if c.statistic != nil {
		set("indicator", c.statistic.Indicator.ID)
		set("period", c.statistic.End.Format(time.DateOnly))
		return req.words.Answer("/api/v1/statistics?" + query.Encode())
	}
	return req.words.Answer("/api/v1/benchmarks?" + query.Encode())
}

// chanceOfMeasure says of how many results the cases are known, and which gap two areas of so many could show.
func chanceOfMeasure(
	req *Request,
	c benchmarkChoice,
	all analytics.Benchmark,
	shares []analytics.AreaShare,
	unknown int,
) *chanceView {
	w := req.words
	if len(shares) == 0 {
		return &chanceView{Said: w.Say("chance.no_cases", "Count", unknown)}
	}
	cases := make([]float64, len(shares))
	for n, s := range shares {
		cases[n] = s.Cases
	}
	middle, err := stats.Quantile(cases, 0.5)
	if err != nil {
		return nil // there is a share
	}
	said := w.Say("chance.cases", "Known", len(shares), "Count", len(shares)+unknown)
	if gap, err := stats.DetectableGap(all.Summary.Average/100, int(middle), stats.Confidence95); err == nil {
		said += " " + w.Say("chance.gap", "Average", w.Percent(all.Summary.Average), "Cases", int(middle),
			"Gap", w.Number(100*gap, 0))
	}
	subject := chanceSubject{
		name: w.Measure(c.query.Programme, c.query.Measure),
		unit: string(analytics.UnitPercent),
		per:  100,
	}
	return chanceFigures(req, c, subject, shares, said)
}
