package view

import (
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/charts"
)

// group is a comparator group by kind and name.
type group struct {
	kind analytics.GroupKind
	name string
}

// groupsOf are the groups an area is set against, the nearest first. Wales is a region and a nation: it is shown once.
func (w *Words) groupsOf(area analytics.Area) []group {
	groups := []group{{analytics.GroupRegion, area.Region}}
	if area.Region != area.Nation {
		groups = append(groups, group{analytics.GroupNation, area.Nation})
	}
	return append(groups, group{analytics.GroupAll, string(analytics.GroupAll)})
}

// Around sets an inspection's results beside each group that its area belongs to: lowest, average and highest, or the
// areas at each level, and how much of the group they cover. The area itself is counted in its groups, and pages say
// so. day is when the benchmarks are as of; nil for the whole record. Results are all percentages or all ratings.
func (w *Words) Around(id string, i analytics.Inspection, results []analytics.Result, day *time.Time) Table {
	t := Table{ID: id, Compact: true, Caption: w.aroundCaption(i, day), From: w.ComputedFrom(i.Programme)}
	area, err := w.snapshot.Area(i.Area)
	if err != nil {
		w.keep("", err)
		return t
	}
	groups := w.groupsOf(area)
	if len(results) > 0 && results[0].Percent != nil {
		w.aroundScores(&t, i, results, groups, day)
	} else {
		w.aroundRatings(&t, i, results, groups, day)
	}
	return t
}

// aroundScores has a row for each result and group.
func (w *Words) aroundScores(
	t *Table,
	i analytics.Inspection,
	results []analytics.Result,
	groups []group,
	day *time.Time,
) {
	t.Columns = []Column{
		{Label: w.Say("table.measure")},
		{Label: w.Area(i.Area), Numeric: true, Own: true},
		{Label: w.Say("table.group")},
		{Label: w.Say("table.lowest"), Numeric: true},
		{Label: w.Say("table.average"), Numeric: true},
		{Label: w.Say("table.highest"), Numeric: true},
		{Label: w.Say("table.covers"), Numeric: true},
	}
	for _, r := range results {
		for _, g := range groups {
			b, held := w.Benchmark(i.Programme, r, g.kind, g.name, day)
			t.NewRow(
				false,
				append(
					[]Cell{Text(w.Measure(i.Programme, r.Measure)), w.ScoreCell(r), Text(w.Group(g.kind, g.name))},
					w.spread(b, held)...)...)
		}
	}
}

// aroundRatings has a row for each result and a column for each group.
func (w *Words) aroundRatings(
	t *Table,
	i analytics.Inspection,
	results []analytics.Result,
	groups []group,
	day *time.Time,
) {
	t.Columns = []Column{{Label: w.Say("table.measure")}, {Label: w.Area(i.Area), Own: true}}
	for _, g := range groups {
		t.Columns = append(t.Columns, Column{Label: w.Group(g.kind, g.name)})
	}
	for _, r := range results {
		cells := []Cell{Text(w.Measure(i.Programme, r.Measure)), w.ScoreCell(r)}
		for _, g := range groups {
			if r.Censored != "" {
				cells = append(cells, Text(w.Say("reading.uncounted")))
				continue
			}
			b, held := w.Benchmark(i.Programme, r, g.kind, g.name, day)
			cells = append(cells, Cell{Text: w.LevelCounts(b, held), Small: w.coverage(b, held)})
		}
		t.NewRow(false, cells...)
	}
}

func (w *Words) aroundCaption(i analytics.Inspection, day *time.Time) string {
	if day == nil {
		return w.Say("around.caption_all", "Area", w.Area(i.Area), "Programme", w.Programme(i.Programme))
	}
	return w.Say("around.caption", "Area", w.Area(i.Area), "Programme", w.Programme(i.Programme), "Date", w.Day(*day))
}

// spread is lowest, average and highest with coverage, as cells; words for nothing held where there is none.
func (w *Words) spread(b analytics.Benchmark, held bool) []Cell {
	if !held || b.Summary == nil {
		none := Text(w.Say("table.none"))
		return []Cell{none, none, none, Text(w.NofN(0, b.Of))}
	}
	return []Cell{w.PercentCell(b.Summary.Lowest), w.PercentCell(b.Summary.Average), w.PercentCell(b.Summary.Highest),
		Text(w.coverage(b, held))}
}

func (w *Words) coverage(b analytics.Benchmark, held bool) string {
	if !held {
		return w.NofN(0, b.Of)
	}
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
	for n := len(levels) - 1; n >= 0; n-- {
		if areas := areasAt(b, levels[n].Position); areas > 0 {
			parts = append(parts, w.Say("table.level_count", "Areas", areas, "Level", w.Level(b.Scale, levels[n].ID)))
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

// RangeFigure draws an inspection's percentages on the range of all areas of its programme as of a day, as printed by
// its own notice where printed is asked for and the notice has it.
func (w *Words) RangeFigure(
	id string,
	i analytics.Inspection,
	results []analytics.Result,
	day *time.Time,
	printed bool,
) Figure {
	f := Figure{ID: id}
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
		},
	}
	var rows []charts.RangeRow
	var sources, said []string
	for _, r := range results {
		row := charts.RangeRow{Label: w.Measure(i.Programme, r.Measure), Own: r.Percent}
		covers := w.Say("range.as_printed")
		if p := r.Printed; printed && p != nil {
			row.Lowest, row.Average, row.Highest = p.Lowest, p.Average, p.Highest
			sources = append(sources, p.Sources...)
		} else if b, held := w.Benchmark(i.Programme, r, analytics.GroupAll, string(analytics.GroupAll), day); held &&
			b.Summary != nil {
			row.Lowest, row.Average, row.Highest = &b.Summary.Lowest, &b.Summary.Average, &b.Summary.Highest
			covers = w.coverage(b, held)
		}
		sources = append(sources, r.Sources...)
		f.Table.NewRow(
			false,
			Text(row.Label),
			w.percentCell(row.Own),
			w.ScoreInterval(i, r),
			w.percentCell(row.Lowest),
			w.percentCell(row.Average),
			w.percentCell(row.Highest),
			Text(covers),
		)
		row.Note = w.Say(
			"range.note",
			"Label",
			row.Label,
			"Lowest",
			w.percentText(row.Lowest),
			"Average",
			w.percentText(row.Average),
			"Highest",
			w.percentText(row.Highest),
			"Own",
			w.percentText(row.Own),
		)
		rows = append(rows, row)
		said = append(said, row.Note)
	}
	f.Summary = strings.Join(said, ". ") + "."
	labels := charts.RangeLabels{Range: w.Say("range.range"), Average: w.Say("range.average"), Own: w.Area(i.Area)}
	f.Options = w.Drawn(charts.Range(rows, labels, 100, "%"))
	f.Size = charts.Height(len(rows))
	f.Sources = w.Sources(sources)
	return f
}

// mostSaid is how many ratings a figure's sentence tells; the table has all of them.
const mostSaid = 6

// LevelsFigure draws an inspection's ratings among those of all areas of its programme: how many stand at each level,
// and where this area does. Results whose rating is not shown are left to the table.
func (w *Words) LevelsFigure(id string, i analytics.Inspection, results []analytics.Result) Figure {
	f := Figure{ID: id}
	f.Table = Table{
		ID:      id + "-table",
		Compact: true,
		Caption: w.Say("levels.table", "Inspection", w.Inspection(i)),
		From:    w.ComputedFrom(i.Programme),
		Columns: []Column{
			{Label: w.Say("table.measure")},
			{Label: w.Area(i.Area), Own: true},
			{Label: w.Say("levels.cohort")},
			{Label: w.Say("levels.standing")},
		},
	}
	var rows []charts.LevelRow
	var words, sources, said []string
	for _, r := range results {
		b, held := w.Benchmark(i.Programme, r, analytics.GroupAll, string(analytics.GroupAll), nil)
		scale := w.snapshot.Scale(r.Scale)
		words = each(levelIDs(scale), func(level string) string { return w.Level(scale.ID, level) })
		row := charts.LevelRow{Label: w.Measure(i.Programme, r.Measure), Areas: make([]int, len(scale.Levels))}
		for at, level := range scale.Levels {
			row.Areas[at] = areasAt(b, level.Position)
		}
		if level, ok := scale.Level(r.Rating); ok {
			row.Own = level.Position
		}
		cohort := Cell{Text: w.LevelCounts(b, held), Small: w.coverage(b, held)}
		if r.Censored != "" {
			cohort = Text(w.Say("reading.uncounted"))
		}
		f.Table.NewRow(false, Text(row.Label), w.ScoreCell(r), cohort, Text(w.standingText(r)))
		sources = append(sources, r.Sources...)
		rows = append(rows, row)
		said = append(
			said,
			w.Say("levels.note", "Label", row.Label, "Rating", w.Score(r), "Standing", w.standingText(r)),
		)
	}
	if rest := len(said) - mostSaid; rest > 0 {
		said = append(said[:mostSaid], w.Say("levels.more", "Count", rest))
	}
	f.Summary = strings.Join(said, ". ") + "."
	f.Options = w.Drawn(charts.Levels(rows, words, w.Say("levels.circles"), w.Area(i.Area)))
	f.Size = charts.Height(len(rows) + 2) // the words of the scale take the room of two
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

func levelIDs(s analytics.Scale) []string {
	ids := make([]string, len(s.Levels))
	for i, l := range s.Levels {
		ids[i] = l.ID
	}
	return ids
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
