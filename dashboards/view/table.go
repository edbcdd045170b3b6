package view

import (
	"slices"
	"strings"

	"yardstick/analytics"
)

// Table is a table of a page: a caption that says what it is, columns, and rows of cells in their order.
type Table struct {
	ID      string // unique on its page
	Caption string
	Columns []Column
	Rows    []Row
	CSV     string     // address of the same numbers as CSV; empty where there is none
	Take    *TableTake // by the renderer, where the table may be had as a file
	// leads to what the numbers were computed from, each with its document; nil where each names its own
	From    *Link
	Note    string // said once under it, of rows or cells that would each say it
	Notice  bool   // laid out as a press notice's table
	Compact bool   // closer and smaller, for many rows
	Beside  bool   // on a card, values run over the whole width after their labels
}

// manyRows is how many rows a table has at least that readers may want to sort and filter.
const manyRows = 21

// Long says whether readers may sort and filter the table: it has many rows, under one row of headers.
func (t Table) Long() bool { return len(t.Rows) >= manyRows && t.Groups() == nil }

// Cards says whether its rows are cards on a phone. A table of few rows, with long names over its columns, scrolls
// instead.
func (t Table) Cards() bool { return t.Compact || t.Notice }

// Column is a column's header. Numeric columns are set right; the Own column is the one the page is about.
type Column struct {
	Label   string
	Numeric bool
	Own     bool
	Wide    bool   // sentences, which need room
	Date    bool   // dates, which stay on one line
	Group   string // a header over several columns of the same Group
}

// Row is one row; the first cell is its header. Own marks the row the page is about.
type Row struct {
	ID    string // of its element, so that links lead to it; empty for none
	Cells []Cell
	Own   bool
}

// Cell is one value: text or several links, with a link, a rating's pips or a small second line where it has them.
// Where Text shows a number, Value is that number.
type Cell struct {
	Text    string
	Value   *Value
	Missing bool // its source does not show it
	Link    string
	Links   []Link // in place of Text
	Kind    string // how a word is marked: rating or comment; empty for plain text
	Rating  string // and which of those: "rating--3", "comment--minimum"
	Small   string
	Spark   *Spark // before the rest
	Aside   *Link  // after the rest
	Lang    string // of the text, where that is not the page's
	Numeric bool
	Own     bool
}

// Value is a number as it is, not rounded for display, in the unit written after it: "%" or none.
type Value struct {
	Number float64
	Unit   string
}

// Groups returns the headers over the columns, with how many columns each spans; nil where no column has one.
func (t Table) Groups() []ColumnGroup {
	var groups []ColumnGroup
	grouped := false
	for _, c := range t.Columns {
		grouped = grouped || c.Group != ""
		if n := len(groups); n > 0 && groups[n-1].Label == c.Group && c.Group != "" {
			groups[n-1].Span++
			continue
		}
		groups = append(groups, ColumnGroup{Label: c.Group, Span: 1})
	}
	if !grouped {
		return nil
	}
	return groups
}

// ColumnGroup is a header over Span columns.
type ColumnGroup struct {
	Label string
	Span  int
}

// NewRow makes a row whose cells take the alignment of their columns.
func (t *Table) NewRow(own bool, cells ...Cell) {
	for i := range cells {
		cells[i].Numeric = t.Columns[i].Numeric
		cells[i].Own = t.Columns[i].Own
	}
	t.Rows = append(t.Rows, Row{Cells: cells, Own: own})
}

// SayOnce leaves out the columns, from one on, that say the same in every row, and says it in the note.
func (t *Table) SayOnce(from int) {
	for c := len(t.Columns) - 1; c >= from && len(t.Rows) > 1; c-- {
		said := t.Rows[0].Cells[c]
		differs := func(r Row) bool { return r.Cells[c].Text != said.Text || r.Cells[c].Small != said.Small }
		if slices.ContainsFunc(t.Rows, differs) {
			continue
		}
		text := t.Columns[c].Label + ": " + said.Text
		if said.Small != "" {
			text += " (" + said.Small + ")"
		}
		t.Note = strings.TrimSpace(text + ". " + t.Note)
		t.Columns = slices.Delete(t.Columns, c, c+1)
		for n, row := range t.Rows {
			t.Rows[n].Cells = slices.Delete(row.Cells, c, c+1)
		}
	}
}

// Fact is a term with what is to be said of it, in text or as links.
type Fact struct {
	Term  string
	Text  string
	Links []Link
}

// Warning is a caveat: what it is about, in words, and what was found, in English.
type Warning struct {
	Subject string
	Text    string
	Found   string
}

// Marked says whether the cell has more than text.
func (c Cell) Marked() bool {
	return c.Link != "" || len(c.Links) > 0 || c.Rating != "" || c.Small != "" || c.Spark != nil || c.Aside != nil
}

// Under returns the cell with a small second line.
func (c Cell) Under(small string) Cell {
	c.Small = small
	return c
}

// Text returns a cell of text.
func Text(text string) Cell { return Cell{Text: text} }

// NumberCell returns a cell with a number, shown with so many decimals at most.
func (w *Words) NumberCell(x float64, decimals int) Cell {
	return Cell{Text: w.Number(x, decimals), Value: &Value{Number: x}}
}

// CountCell returns a cell with a count.
func (w *Words) CountCell(n int) Cell { return w.NumberCell(float64(n), 0) }

// PercentCell returns a cell with a percentage.
func (w *Words) PercentCell(x float64) Cell {
	return Cell{Text: w.Percent(x), Value: &Value{Number: x, Unit: "%"}}
}

// WholePercentCell returns a cell with a percentage, shown in whole numbers.
func (w *Words) WholePercentCell(x float64) Cell {
	return Cell{Text: w.Number(x, 0) + "%", Value: &Value{Number: x, Unit: "%"}}
}

// InCell returns a cell with a number in an indicator's unit.
func (w *Words) InCell(unit string, x float64) Cell {
	c := Cell{Text: w.In(unit, x), Value: &Value{Number: x}}
	if unit == string(analytics.UnitPercent) {
		c.Value.Unit = "%"
	}
	return c
}

// ValueCell returns a cell with an observation's value.
func (w *Words) ValueCell(o analytics.Observation) Cell { return w.InCell(o.Unit, o.Value) }

// NotShown returns a cell for what its source does not show.
func (w *Words) NotShown() Cell { return Cell{Text: w.Say("table.not_shown"), Missing: true} }

// Figure is a chart with everything that makes it honest: a headline with the finding, a subtitle with measure, place
// and period, the same numbers as a table, a sentence that sums it up, and where it comes from.
type Figure struct {
	ID       string
	Headline string
	Subtitle string
	Size     string // s, m, l, xl or xxl: a fixed height, so that nothing moves when the chart draws
	Options  []byte // the chart's options as JSON, safe inside a script element; nil where there is nothing to draw
	Summary  string
	Table    Table
	Folded   bool // the table is one step away, where the page itself leads to it in full
	Apart    bool // the table is elsewhere on the page
	Sources  []SourceLink
	Take     *FigureTake // by the renderer; nil where the figure is taken away already
	Said     bool        // the page itself begins with the headline, as it or the renderer knows
}

// Heading returns the heading of the figure on its page: its headline, or, where the page begins with that, what the
// subtitle is about, up to its colon.
func (f Figure) Heading() string {
	if subject, _, ok := strings.Cut(f.Subtitle, ": "); ok && f.Said {
		return subject
	}
	return f.Headline
}

// Rest returns the line under the Heading: the subtitle, or what is left of it.
func (f Figure) Rest() string {
	if _, rest, ok := strings.Cut(f.Subtitle, ": "); ok && f.Said {
		return rest
	}
	return f.Subtitle
}

// Alt is what the chart says to someone who cannot see it: the finding and the numbers, in sentences.
func (f Figure) Alt() string { return strings.TrimSuffix(f.Headline, ".") + ". " + f.Summary }

// Height is that of the chart on its page, in pixels.
func (f Figure) Height() int {
	switch f.Size {
	case "s":
		return 220
	case "m":
		return 340
	case "l":
		return 420
	case "xxl":
		return 820
	}
	return 580
}
