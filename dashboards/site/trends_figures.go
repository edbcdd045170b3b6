package site

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/charts"
	"yardstick/dashboards/view"
)

// yearsFigures draw the years of a measure on one scale: how many results at each level and, since that is another
// scale, the share of good or better apart from it; or the spread of the scores. None where no result has a known
// year. results is how many the first headline is about.
func yearsFigures(req *Request, c trendChoice, m analytics.Measure, t analytics.Trend) (figures []view.Figure,
	results int) {
	years := slices.DeleteFunc(slices.Clone(t.Years), func(y analytics.YearSpread) bool { return y.N == 0 })
	if len(years) == 0 {
		return nil, 0
	}
	columns := everyYear(years)
	w := req.words
	measure, programme, place := w.Measure(m.Programme, m.ID), w.Programme(m.Programme), w.Group(c.group, c.name)
	shown, tells := shownYear(t)
	f := view.Figure{ID: "years-" + m.Programme + "-" + t.Scale, Size: "m", Folded: true,
		Summary: trendSummary(req, place, t),
		Subtitle: w.Say("trends.subtitle", "Measure", measure, "Programme", programme, "Scale", w.Say("scale."+t.Scale),
			"Place", place)}
	if req.snapshot.Scale(t.Scale).Kind == analytics.ScalePercent {
		f.Headline = w.Say("trends.headline_scores", "Count", shown.N, "Year", shown.Year, "Measure", measure,
			"Lowest", w.Percent(shown.Summary.Lowest), "Highest", w.Percent(shown.Summary.Highest), "Median",
			w.Percent(shown.Summary.Median))
		f.Options = w.Drawn(
			charts.RangesByYear(scoreColumns(req, columns), charts.YearLabels{Range: w.Say("range.range"),
				Quartiles: w.Say("trends.quartiles"), Middle: w.Say("table.median")}, 100, "%"),
		)
		f.Table = scoresTable(req, c, m, t)
		return []view.Figure{f}, shown.N
	}
	f.Options = w.Drawn(charts.LevelsByYear(levelColumns(req, t.Scale, yearRows(t, columns)),
		w.Levels(req.snapshot.Scale(t.Scale))))
	f.Table = levelsTable(req, c, m, t)
	if !tells {
		f.Headline = w.Say("trends.headline_few", "Measure", measure, "Known", resultsOf(years), "Undated", t.Undated.N)
		return []view.Figure{f}, shown.N
	}
	f.Headline = w.Say("trends.headline_levels", "Count", shown.N, "Year", shown.Year, "Measure", measure, "Good",
		shown.Good, "Words", w.Good(t.Scale), "Share", sharePercent(req, shown))
	share := view.Figure{ID: "share-" + m.Programme + "-" + t.Scale, Size: "m", Folded: true,
		Headline: shareHeadline(req, measure, w.Good(t.Scale), years),
		Subtitle: w.Say("trends.share_subtitle", "Measure", measure, "Programme", programme, "Place", place, "Years",
			span(t), "Words", w.Good(t.Scale)), Summary: shareSummary(req, years),
		Table: shareTable(req, c, m, t, years)}
	share.Options = w.Drawn(charts.RangesByYear(shareColumns(req, columns),
		charts.YearLabels{Range: w.Say("table.interval"), Middle: w.Say("trends.share", "Words", w.Good(t.Scale))}, 100, "%"))
	return []view.Figure{f, share}, shown.N
}

// resultsOf is how many results years have.
func resultsOf(years []analytics.YearSpread) int {
	n := 0
	for _, y := range years {
		n += y.N
	}
	return n
}

// everyYear puts years without a result between those with one, so that a chart shows where there are none.
func everyYear(years []analytics.YearSpread) []analytics.YearSpread {
	var out []analytics.YearSpread
	for _, y := range years {
		for year := y.Year; len(out) > 0 && out[len(out)-1].Year < year-1; {
			out = append(out, analytics.YearSpread{Year: out[len(out)-1].Year + 1})
		}
		out = append(out, y)
	}
	return out
}

// enough is how many results a year needs for its share to be told or drawn.
const enough = 10

// shownYear is the newest year with enough results, and more than could belong to it among those without a known year;
// where no year has, the newest of those with most, and false: then no year's share says anything.
func shownYear(t analytics.Trend) (shown analytics.YearSpread, tells bool) {
	for _, y := range t.Years {
		switch told := y.N >= enough && y.N > t.Undated.N; {
		case told:
			shown, tells = y, true
		case !tells && y.N >= shown.N:
			shown = y
		}
	}
	return shown, tells
}

// shareHeadline says between which shares the years with enough results lie.
func shareHeadline(req *Request, measure, good string, years []analytics.YearSpread) string {
	var low, high analytics.YearSpread
	for _, y := range years {
		if y.N < enough {
			continue
		}
		if low.N == 0 || y.Good*low.N < low.Good*y.N {
			low = y
		}
		if high.N == 0 || y.Good*high.N > high.Good*y.N {
			high = y
		}
	}
	if low.Year == high.Year {
		return req.words.Say("trends.share_headline_single", "Measure", measure, "Words", good,
			"Share", sharePercent(req, low), "Year", low.Year)
	}
	return req.words.Say("trends.share_headline", "Measure", measure, "Words", good, "Low", sharePercent(req, low),
		"LowYear", low.Year, "High", sharePercent(req, high), "HighYear", high.Year)
}

// sharePercent is the share of good or better of a year: its interval is for tables and summaries.
func sharePercent(req *Request, y analytics.YearSpread) string {
	if s := y.GoodShare(); s != nil {
		return req.words.Number(s.Percent, 0) + "%"
	}
	return req.words.Say("table.none")
}

// shareText is the share of good or better of a year with its confidence interval.
func shareText(req *Request, y analytics.YearSpread) string {
	s := y.GoodShare()
	if s == nil {
		return req.words.Say("table.none")
	}
	return req.words.Say("trends.share_text", "Percent", req.words.Number(s.Percent, 0)+"%", "Interval",
		req.words.Interval(&s.Interval))
}

// trendSummary says what is counted, and what is left out of the years.
func trendSummary(req *Request, place string, t analytics.Trend) string {
	results := 0
	for _, y := range t.Years {
		results += y.N
	}
	text := req.words.Say("trends.drawn", "Count", results, "Place", place) + " " + req.words.Say("trends.summary")
	if n := t.Undated.N + t.Undated.Unknown; n > 0 {
		text += " " + req.words.Say("trends.undated", "Count", n)
	}
	return text + " " + req.words.Say("trends.refused", "Why", req.words.Say("tendency.why."+string(t.Refusal())))
}

func yearLabel(req *Request, y analytics.YearSpread) string {
	if y.Year == 0 {
		return req.words.Say("trends.no_year") + "\n" + req.words.Say("trends.n", "N", y.N)
	}
	return charts.YearLabel(y.Year, req.words.Say("trends.n", "N", y.N))
}

func countAt(y analytics.YearSpread, position int) int {
	for _, l := range y.Levels {
		if l.Position == position {
			return l.Areas
		}
	}
	return 0
}

func levelColumns(req *Request, scale string, years []analytics.YearSpread) []charts.YearLevels {
	words := req.words.Levels(req.snapshot.Scale(scale))
	out := make([]charts.YearLevels, len(years))
	for n, y := range years {
		out[n].Label = yearLabel(req, y)
		for at, level := range req.snapshot.Scale(scale).Levels {
			count := countAt(y, level.Position)
			out[n].Counts = append(out[n].Counts, count)
			out[n].Notes = append(out[n].Notes, req.words.Say("trends.level_note", "Year", req.yearText(y), "Level", words[at],
				"Areas", count, "N", y.N, "Share", req.words.WholePercentCell(100*float64(count)/float64(max(1, y.N))).Text))
		}
	}
	return out
}

func shareColumns(req *Request, years []analytics.YearSpread) []charts.YearRange {
	out := make([]charts.YearRange, len(years))
	for n, y := range years {
		out[n].Label = yearLabel(req, y)
		if s := y.GoodShare(); s != nil && y.N >= enough {
			percent := float64(int(s.Percent + 0.5))
			out[n].Lowest, out[n].Middle, out[n].Highest = &s.Interval.Lower, &percent, &s.Interval.Upper
			out[n].Note = strconv.Itoa(y.Year) + ": " + shareText(req, y)
		}
	}
	return out
}

func shareSummary(req *Request, years []analytics.YearSpread) string {
	var parts []string
	for _, y := range years {
		if y.N >= enough {
			parts = append(parts, strconv.Itoa(y.Year)+": "+shareText(req, y))
		}
	}
	return strings.Join(parts, "; ") + "."
}

// quartered is how many scores it takes for quartiles to say something of them.
const quartered = 4

func scoreColumns(req *Request, years []analytics.YearSpread) []charts.YearRange {
	out := make([]charts.YearRange, len(years))
	for n, y := range years {
		s := y.Summary
		if s == nil {
			out[n].Label = yearLabel(req, y)
			continue
		}
		out[n] = charts.YearRange{Label: yearLabel(req, y), Lowest: &s.Lowest, Middle: &s.Median, Highest: &s.Highest,
			Note: req.words.Say("trends.score_note", "Year", y.Year, "Lowest", req.words.Percent(s.Lowest), "Median",
				req.words.Percent(s.Median),
				"Highest", req.words.Percent(s.Highest), "N", y.N)}
		if s.N >= quartered {
			out[n].Q1, out[n].Q3 = &s.Q1, &s.Q3
		}
	}
	return out
}

// yearRows are years of a trend as a table or chart has them, results without a known year last, where there are any.
func yearRows(t analytics.Trend, years []analytics.YearSpread) []analytics.YearSpread {
	if t.Undated.N+t.Undated.Unknown == 0 {
		return years
	}
	return append(slices.Clone(years), t.Undated)
}

func (req *Request) yearText(y analytics.YearSpread) string {
	if y.Year == 0 {
		return req.words.Say("data.year_unknown")
	}
	return strconv.Itoa(y.Year)
}

func trendTable(req *Request, id string, c trendChoice, m analytics.Measure, t analytics.Trend,
	columns ...view.Column) view.Table {
	w := req.words
	return view.Table{ID: id + "-" + t.Scale + "-" + m.Programme, Compact: true, From: w.ComputedFrom(m.Programme),
		CSV: w.Answer(trendsCSV(c, m)),
		Caption: w.Say("trends.table", "Measure", w.Measure(m.Programme, m.ID), "Programme", w.Programme(m.Programme),
			"Place", w.Group(c.group, c.name), "Years", span(t)),
		Columns: append([]view.Column{{Label: w.Say("data.year")}}, columns...)}
}

// span returns the years of a trend, "2014–2017". Two scales of a measure were never in use at once, so the
// years tell them apart.
func span(t analytics.Trend) string {
	if len(t.Years) == 0 {
		return "–"
	}
	first, last := t.Years[0].Year, t.Years[len(t.Years)-1].Year
	if first == last {
		return strconv.Itoa(first)
	}
	return strconv.Itoa(first) + "–" + strconv.Itoa(last)
}

func levelsTable(req *Request, c trendChoice, m analytics.Measure, t analytics.Trend) view.Table {
	w := req.words
	levels := req.snapshot.Scale(t.Scale).Levels
	var columns []view.Column
	for _, l := range slices.Backward(levels) {
		columns = append(columns, view.Column{Label: w.Level(t.Scale, l.ID), Numeric: true})
	}
	columns = append(columns, view.Column{Label: w.Say("trends.rated"), Numeric: true})
	out := trendTable(req, "levels", c, m, t, append(columns, unknownColumn(req, t)...)...)
	for _, y := range yearRows(t, t.Years) {
		cells := []view.Cell{view.Text(req.yearText(y))}
		for _, l := range slices.Backward(levels) {
			cells = append(cells, w.CountCell(countAt(y, l.Position)))
		}
		out.NewRow(false, countCells(w, cells, t, y)...)
	}
	return out
}

// unknownColumn is the column of results that their sources do not show, where there are any.
func unknownColumn(req *Request, t analytics.Trend) []view.Column {
	if !hasUnknown(t) {
		return nil
	}
	return []view.Column{{Label: req.words.Say("trends.unknown"), Numeric: true}}
}

// countCells ends a row of a year with how many results it has, and how many more are not shown where any year has
// such.
func countCells(w *view.Words, cells []view.Cell, t analytics.Trend, y analytics.YearSpread) []view.Cell {
	cells = append(cells, w.CountCell(y.N))
	if hasUnknown(t) {
		cells = append(cells, w.CountCell(y.Unknown))
	}
	return cells
}

func hasUnknown(t analytics.Trend) bool {
	return slices.ContainsFunc(yearRows(t, t.Years), func(y analytics.YearSpread) bool { return y.Unknown > 0 })
}

func shareTable(req *Request, c trendChoice, m analytics.Measure, t analytics.Trend,
	years []analytics.YearSpread) view.Table {
	w := req.words
	out := trendTable(req, "share", c, m, t, view.Column{Label: w.Good(t.Scale), Numeric: true},
		view.Column{Label: w.Say("trends.rated"), Numeric: true},
		view.Column{Label: w.Say("trends.share", "Words", w.Good(t.Scale)), Numeric: true},
		view.Column{Label: w.Say("table.interval"), Numeric: true})
	out.Caption = w.Say("trends.share_table", "Measure", w.Measure(m.Programme, m.ID), "Programme",
		w.Programme(m.Programme), "Place", w.Group(c.group, c.name), "Years", span(t), "Words",
		w.Good(t.Scale))
	for _, y := range years {
		if s := y.GoodShare(); s != nil {
			out.NewRow(false, view.Text(req.yearText(y)), w.CountCell(y.Good), w.CountCell(y.N),
				w.WholePercentCell(s.Percent), view.Text(w.Interval(&s.Interval)))
		}
	}
	return out
}

func scoresTable(req *Request, c trendChoice, m analytics.Measure, t analytics.Trend) view.Table {
	w := req.words
	var columns []view.Column
	for _, name := range []string{"lowest", "q1", "median", "q3", "highest"} {
		columns = append(columns, view.Column{Label: w.Say("table." + name), Numeric: true})
	}
	columns = append(columns, view.Column{Label: w.Say("trends.scored"), Numeric: true})
	out := trendTable(req, "scores", c, m, t, append(columns, unknownColumn(req, t)...)...)
	for _, y := range yearRows(t, t.Years) {
		cells := []view.Cell{view.Text(req.yearText(y))}
		if s := y.Summary; s != nil {
			q1, q3 := w.PercentCell(s.Q1), w.PercentCell(s.Q3)
			if s.N < quartered {
				q1, q3 = view.Text(w.Say("trends.too_few")), view.Text(w.Say("trends.too_few"))
			}
			cells = append(cells, w.PercentCell(s.Lowest), q1, w.PercentCell(s.Median), q3, w.PercentCell(s.Highest))
		} else {
			none := view.Text(w.Say("table.none"))
			cells = append(cells, none, none, none, none, none)
		}
		out.NewRow(false, countCells(w, cells, t, y)...)
	}
	return out
}

// trendsAnswer is the address of the same in the interface.
func trendsAnswer(c trendChoice) string {
	query := url.Values{"theme": {c.theme}}
	if c.programme != "" {
		query = url.Values{"programme": {c.programme}, "measure": {c.measures[0].ID}}
	}
	if c.group == analytics.GroupRegion {
		query.Set("region", c.name)
	}
	return "/api/v1/trends?" + query.Encode()
}

// trendsCSV is the address of the same counts in the interface.
func trendsCSV(c trendChoice, m analytics.Measure) string {
	query := url.Values{"programme": {m.Programme}, "measure": {m.ID}, "format": {"csv"}}
	if c.group == analytics.GroupRegion {
		query.Set("region", c.name)
	}
	return "/api/v1/trends?" + query.Encode()
}
