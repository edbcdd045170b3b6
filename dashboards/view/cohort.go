package view

import (
	"slices"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/charts"
)

// OtherAreas is the benchmark of an inspection's result over all other areas, as of the whole record, or where then is
// set as of its day; false where there is none. A question that could not be answered is an error of the words.
func (w *Words) OtherAreas(i analytics.Inspection, r analytics.Result, then bool) (analytics.Benchmark, bool) {
	around, err := w.snapshot.Around(i, then)
	w.keep("", err)
	return analytics.BenchmarkIn(around, r, analytics.GroupAll)
}

func (w *Words) coverage(b analytics.Benchmark) string {
	if b.Undated > 0 {
		return w.Say("table.covers_undated", "Covers", w.NofN(b.N, b.Of), "Count", b.Undated)
	}
	return w.NofN(b.N, b.Of)
}

// LevelCounts says how many areas stand at each level, the highest first: "1 good, 5 satisfactory".
func (w *Words) LevelCounts(b analytics.Benchmark, held bool) string {
	if !held {
		return w.Say("table.none")
	}
	var parts []string
	levels := w.snapshot.Scale(b.Scale).Levels
	for _, level := range slices.Backward(levels) {
		if areas := areasAt(b, level.Position); areas > 0 {
			parts = append(parts, w.Say("table.level_count", "Areas", areas, "Level", w.Level(b.Scale, level.ID)))
		}
	}
	return w.And(parts)
}

func areasAt(b analytics.Benchmark, position int) int {
	for _, l := range b.Levels {
		if l.Position == position {
			return l.Areas
		}
	}
	return 0
}

// ScoreCell is a result as a cell: a percentage with its interval, or a rating with its pips.
func (w *Words) ScoreCell(r analytics.Result) Cell {
	c := Cell{Text: w.Score(r)}
	if r.Percent != nil {
		c = w.PercentCell(*r.Percent)
	}
	if level, ok := w.snapshot.Scale(r.Scale).Level(r.Rating); ok {
		c.Kind, c.Rating = "rating", "rating--"+string('0'+rune(level.Position))
	} else if !r.Known() {
		c.Kind, c.Rating = "rating", "rating--unknown"
	}
	return c
}

// StripFigure draws an inspection's percentages among those of all other areas of its programme, each area a dot: over
// the whole record, or where then is set as of its day, with the range that its own notice printed.
func (w *Words) StripFigure(id string, i analytics.Inspection, results []analytics.Result, then bool) Figure {
	f := Figure{ID: id, Size: charts.StripHeight(len(results))}
	peers, err := w.snapshot.Peers(i, then)
	w.keep("", err)
	around, err := w.snapshot.Around(i, then)
	w.keep("", err)
	region := w.regionOf(i.Area)
	f.Table = Table{
		ID:      id + "-table",
		Compact: true,
		Caption: w.Say("range.table", "Inspection", w.Inspection(i)),
		From:    w.ComputedFrom(i.Programme),
		Columns: []Column{
			{Label: w.Say("table.measure")},
			{Label: w.Area(i.Area), Numeric: true, Own: true}, w.IntervalColumn(i, results),
			{Label: w.Say("table.lowest"), Numeric: true}, {Label: w.Say("table.average"), Numeric: true},
			{Label: w.Say("table.highest"), Numeric: true}, {Label: w.Say("table.covers"), Numeric: true},
			{Label: w.Say("strip.average_of", "Group", region), Numeric: true},
		},
	}
	labels := charts.StripLabels{Areas: w.Say("strip.areas"), Own: []string{w.Area(i.Area)},
		Marks: []string{w.Say("range.average"), w.Say("strip.average_of", "Group", region)}}
	var rows []charts.StripRow
	var sources, said []string
	for _, r := range results {
		row := charts.StripRow{Label: w.Measure(i.Programme, r.Measure), Own: []*float64{r.Percent}}
		lowest, average, highest, covers := w.rangeOf(i, r, then)
		if r.Printed != nil && then {
			row.Lowest, row.Highest, labels.Ends = lowest, highest, w.Say("strip.printed")
			sources = append(sources, r.Printed.Sources...)
		}
		var regional *float64
		if b, ok := analytics.BenchmarkIn(around, r, analytics.GroupRegion); ok && b.Summary != nil {
			regional = &b.Summary.Average
		}
		row.Marks = []*float64{average, regional}
		row.Dots = w.Dots(peers[r.Measure])
		sources = append(sources, r.Sources...)
		f.Table.NewRow(false, Text(row.Label), w.percentCell(r.Percent), w.ScoreInterval(i, r), w.percentCell(lowest),
			w.percentCell(average), w.percentCell(highest), Text(covers), w.percentCell(regional))
		row.Note = w.Say("range.note", "Label", row.Label, "Lowest", w.percentText(lowest), "Average",
			w.percentText(average), "Highest", w.percentText(highest), "Own", w.percentText(r.Percent))
		rows = append(rows, row)
		said = append(said, row.Note)
	}
	f.Summary = strings.Join(said, ". ") + "."
	f.Options = w.Drawn(charts.Strip(rows, labels, 100, "%"))
	f.Sources = w.Sources(sources)
	return f
}

// ScoresFigure draws scores of inspections of one programme, a mark each, among those of all areas besides them: a row
// for each measure, over the whole record.
func (w *Words) ScoresFigure(id string, inspections []analytics.Inspection, measures []string) Figure {
	programme := inspections[0].Programme
	f := Figure{ID: id, Size: charts.StripHeight(len(measures))}
	f.Table = Table{ID: id + "-table", Compact: true, Caption: w.Say("range.scores"), From: w.ComputedFrom(programme),
		Columns: []Column{{Label: w.Say("table.measure")}}}
	labels := charts.StripLabels{Areas: w.Say("strip.areas"), Marks: []string{w.Say("range.average")}}
	compared, names := make(map[string]bool), w.Together(inspections)
	for n, i := range inspections {
		compared[i.Area] = true
		labels.Own = append(labels.Own, names[n])
		f.Table.Columns = append(f.Table.Columns, Column{Label: names[n], Numeric: true})
	}
	f.Table.Columns = append(f.Table.Columns, Column{Label: w.Say("table.lowest"), Numeric: true},
		Column{Label: w.Say("table.average"), Numeric: true}, Column{Label: w.Say("table.highest"), Numeric: true},
		Column{Label: w.Say("table.covers"), Numeric: true})
	var rows []charts.StripRow
	var said, sources []string
	for _, measure := range measures {
		row := charts.StripRow{Label: w.Measure(programme, measure)}
		cells := []Cell{Text(row.Label)}
		var of analytics.Inspection // any that has the measure: what is around it is around all
		var around analytics.Result
		for n, i := range inspections {
			r, _ := i.Result(measure)
			cell := w.percentCell(r.Percent)
			if r.Percent != nil {
				of, around = i, r
				cell.Small, sources = w.ScoreInterval(i, r).Text, append(sources, r.Sources...)
				said = append(said, w.Say("range.score", "Label", row.Label, "Inspection", names[n],
					"Score", w.Percent(*r.Percent)))
			}
			row.Own, cells = append(row.Own, r.Percent), append(cells, cell)
		}
		peers, err := w.snapshot.Peers(of, false)
		w.keep("", err)
		row.Dots = w.Dots(slices.DeleteFunc(slices.Clone(peers[measure]),
			func(p analytics.Peer) bool { return compared[p.Inspection.Area] }))
		for n := range row.Dots {
			row.Dots[n].End = "" // the names of ends would lie on the numbers of the second mark
		}
		b := w.allAreas(programme, around)
		var lowest, average, highest *float64 // nothing where the benchmark has no summary
		if b.Summary != nil {
			lowest, average, highest = &b.Summary.Lowest, &b.Summary.Average, &b.Summary.Highest
		}
		row.Marks = []*float64{average}
		f.Table.NewRow(false, append(cells, w.percentCell(lowest), w.percentCell(average), w.percentCell(highest),
			Text(w.coverage(b)))...)
		rows = append(rows, row)
	}
	f.Summary = strings.Join(said, ". ") + "."
	f.Options = w.Drawn(charts.Strip(rows, labels, 100, "%"))
	f.Sources = w.Sources(sources)
	return f
}

// allAreas is the benchmark of a result's measure and scale over all areas, over the whole record.
func (w *Words) allAreas(programme string, r analytics.Result) analytics.Benchmark {
	for _, b := range w.BenchmarksOn(programme, r.Measure, []time.Time{{}}) {
		if b.Scale == r.Scale {
			return b
		}
	}
	return analytics.Benchmark{}
}

// rangeOf is the range that a result is set against and what it covers: as its notice printed it where then is set and
// it did, else that of all other areas.
func (w *Words) rangeOf(i analytics.Inspection, r analytics.Result, then bool) (lowest, average, highest *float64,
	covers string) {
	if p := r.Printed; then && p != nil {
		return p.Lowest, p.Average, p.Highest, w.Say("range.as_printed")
	}
	if b, ok := w.OtherAreas(i, r, then); ok && b.Summary != nil {
		return &b.Summary.Lowest, &b.Summary.Average, &b.Summary.Highest, w.coverage(b)
	}
	return nil, nil, nil, w.Say("table.none")
}

// regionOf is the name of an area's region.
func (w *Words) regionOf(area string) string {
	a, err := w.snapshot.Area(area)
	w.keep("", err)
	return w.Group(analytics.GroupRegion, a.Region)
}

// Dots are the percentages of areas as dots, in the order of the areas' names; the lowest and the highest are named.
func (w *Words) Dots(peers []analytics.Peer) []charts.StripDot {
	var dots []charts.StripDot
	for _, p := range peers {
		if p.Result.Percent != nil {
			dots = append(dots, charts.StripDot{Value: *p.Result.Percent, Area: w.Area(p.Inspection.Area),
				Note: w.Say("strip.dot", "Area", w.Area(p.Inspection.Area), "Value", w.Percent(*p.Result.Percent))})
		}
	}
	return Ends(dots)
}

// Ends returns dots whose first lowest and first highest are written out.
func Ends(dots []charts.StripDot) []charts.StripDot {
	if len(dots) < 2 {
		return dots
	}
	lowest, highest := 0, 0
	for n, d := range dots {
		if d.Value < dots[lowest].Value {
			lowest = n
		}
		if d.Value > dots[highest].Value {
			highest = n
		}
	}
	for _, n := range []int{lowest, highest} {
		dots[n].End = dots[n].Note
	}
	return dots
}

// Levels are the words of a scale, the lowest first.
func (w *Words) Levels(scale analytics.Scale) []string {
	words := make([]string, len(scale.Levels))
	for n, level := range scale.Levels {
		words[n] = w.Level(scale.ID, level.ID)
	}
	return words
}

// Good is the words of a scale that count as good, the lowest first: "Good or Outstanding".
func (w *Words) Good(scale string) string {
	var words []string
	for _, level := range w.snapshot.Scale(scale).Levels {
		if level.GoodOrBetter {
			words = append(words, w.Level(scale, level.ID))
		}
	}
	return strings.Join(words, w.Say("levels.or"))
}

// LevelRow is the bar of a benchmark: how many of its areas have each rating of a scale.
func (w *Words) LevelRow(label string, b analytics.Benchmark, scale analytics.Scale) charts.LevelRow {
	row := charts.LevelRow{Label: label, Of: w.Say("trends.n", "N", b.N), Areas: make([]int, len(scale.Levels))}
	for at, level := range scale.Levels {
		row.Areas[at] = areasAt(b, level.Position)
	}
	return row
}

// Group is a group of other areas by the name that a page has for it.
type Group struct {
	Name string
	Of   analytics.Benchmark
}

// AmongFigure draws how many of the other areas of each group have each rating of one measure, and marks the part that
// the area itself is in. Its table is for the page to say.
func (w *Words) AmongFigure(id string, i analytics.Inspection, r analytics.Result, groups []Group) Figure {
	f := Figure{ID: id, Size: charts.LevelsHeight(len(groups)), Sources: w.Sources(r.Sources)}
	scale := w.snapshot.Scale(r.Scale)
	own, _ := scale.Level(r.Rating)
	var rows []charts.LevelRow
	var said []string
	for _, g := range groups {
		row := w.LevelRow(g.Name, g.Of, scale)
		row.Own = own.Position
		rows = append(rows, row)
		said = append(said, w.Say("levels.among", "Group", g.Name, "Levels", w.LevelCounts(g.Of, true)))
	}
	f.Summary = strings.Join(said, " ")
	f.Options = w.Drawn(charts.Levels(rows, w.Levels(scale), w.Area(i.Area)))
	return f
}

// OverallFigure draws the overall ratings of inspections of one programme, a row each, among those of all other areas.
func (w *Words) OverallFigure(id string, inspections []analytics.Inspection) Figure {
	f := Figure{ID: id, Size: charts.LevelsHeight(len(inspections))}
	f.Table = Table{
		ID:      id + "-table",
		Compact: true,
		Caption: w.Say("levels.overall"),
		From:    w.ComputedFrom(inspections[0].Programme),
		Columns: []Column{{Label: w.Say("table.inspection")}, {Label: w.Say("table.result")},
			{Label: w.Say("levels.cohort")}, {Label: w.Say("levels.standing")}},
	}
	names := w.Together(inspections)
	var rows []charts.LevelRow
	var words, sources, said []string
	for n, i := range inspections {
		r, _ := i.Result("overall")
		b, ok := w.OtherAreas(i, r, false)
		scale := w.snapshot.Scale(r.Scale)
		words = w.Levels(scale)
		row := w.LevelRow(names[n], b, scale)
		if level, known := scale.Level(r.Rating); known {
			row.Own = level.Position
		}
		cohort := Text(w.LevelCounts(b, ok))
		if ok {
			cohort.Small = w.coverage(b)
		}
		f.Table.NewRow(false, Text(row.Label), w.ScoreCell(r), cohort, Text(w.standingText(r)))
		rows, sources = append(rows, row), append(sources, r.Sources...)
		said = append(said, w.Say("levels.note", "Label", row.Label, "Rating", w.Score(r), "Standing", w.standingText(r)))
	}
	f.Summary = strings.Join(said, ". ") + "."
	f.Options = w.Drawn(charts.Levels(rows, words, w.Say("levels.this_area")))
	f.Sources = w.Sources(sources)
	return f
}

// mostSaid is how many ratings a figure's sentence tells; the table has all of them.
const mostSaid = 6

// LevelsFigure draws an inspection's ratings among those of all other areas of its programme: how many stand at each
// level, and where this area does. Results whose rating is not shown are left to the table. So are those that are
// compared with nothing, which it says once; where there are no others, the table has no columns to compare.
func (w *Words) LevelsFigure(id string, i analytics.Inspection, results []analytics.Result) Figure {
	f := Figure{ID: id}
	f.Table = Table{
		ID:      id + "-table",
		Compact: true,
		Caption: w.Say("levels.table", "Inspection", w.Inspection(i)),
		From:    w.ComputedFrom(i.Programme),
		Columns: []Column{{Label: w.Say("table.measure")}, {Label: w.Area(i.Area), Own: true}},
		Note:    w.Uncounted(results),
	}
	compared := analytics.Uncensored(results)
	if len(compared) > 0 {
		f.Table.Columns = append(f.Table.Columns, Column{Label: w.Say("levels.cohort")},
			Column{Label: w.Say("levels.standing")})
	}
	var rows []charts.LevelRow
	var words, sources, said []string
	for _, r := range results {
		b, ok := w.OtherAreas(i, r, false)
		scale := w.snapshot.Scale(r.Scale)
		words = w.Levels(scale)
		row := w.LevelRow(w.Measure(i.Programme, r.Measure), b, scale)
		if level, ok := scale.Level(r.Rating); ok {
			row.Own = level.Position
		}
		cells := []Cell{Text(row.Label), w.ScoreCell(r), Text(w.LevelCounts(b, ok)), Text(w.standingText(r))}
		if ok {
			cells[2].Small = w.coverage(b)
		}
		if r.Censored != "" {
			cells[2], cells[3] = Text(notCompared), Text(notCompared)
		}
		f.Table.NewRow(false, cells[:len(f.Table.Columns)]...)
		sources = append(sources, r.Sources...)
		if b.N > 0 || len(results) == 1 { // nothing is drawn of no areas; the table has the rating
			rows = append(rows, row)
		}
		if r.Censored == "" || len(results) == 1 {
			said = append(said, w.Say("levels.note", "Label", row.Label, "Rating", w.Score(r), "Standing", w.standingText(r)))
		}
	}
	if rest := len(said) - mostSaid; rest > 0 {
		said = append(said[:mostSaid], w.Say("levels.more", "Count", rest))
	}
	if rest := len(results) - len(compared); len(results) > 1 && rest > 0 {
		said = append(said, w.Say("levels.apart", "Count", rest))
	}
	f.Summary = strings.Join(said, ". ") + "."
	f.Options = w.Drawn(charts.Levels(rows, words, w.Area(i.Area)))
	f.Size = charts.LevelsHeight(len(rows))
	f.Sources = w.Sources(sources)
	return f
}

func (w *Words) standingText(r analytics.Result) string {
	if text := w.Standing(r.Standing); text != "" {
		return text
	}
	if r.Censored != "" {
		return w.Say("reading.uncounted")
	}
	return w.Say("table.none")
}

// notCompared is what a cell shows where a rating is not compared; the note under the table says why.
const notCompared = "–"

// Uncounted says, of a table of several results, that ratings in it are compared with nothing, and why; empty where all
// are compared.
func (w *Words) Uncounted(results []analytics.Result) string {
	if n := len(results) - len(analytics.Uncensored(results)); n > 0 {
		return w.Say("reading.uncounted_note", "Count", n)
	}
	return ""
}

// Drawn keeps a chart's error with the other things that could not be said.
func (w *Words) Drawn(options []byte, err error) []byte {
	w.keep("", err)
	return options
}

func (w *Words) percentText(x *float64) string {
	if x == nil {
		return w.Say("table.not_shown")
	}
	return w.Percent(*x)
}

func (w *Words) percentCell(x *float64) Cell {
	if x == nil {
		return w.NotShown()
	}
	return w.PercentCell(*x)
}

func unique(ids []string) []string {
	var out []string
	seen := make(map[string]bool)
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}
