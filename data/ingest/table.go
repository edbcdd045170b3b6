package ingest

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"yardstick/data/finding"
)

// cellKind is what a workbook says about a cell. Every cell of a CSV file is text.
type cellKind uint8

const (
	kindText cellKind = iota
	kindNumber
	kindPercent
	kindDay     // a number shown as a whole date
	kindMonth   // a number shown as a month and year
	kindYear    // a number shown as a year
	kindNoYear  // a number shown as a date without its year
	kindTime    // a number shown as a time of day
	kindBoolean // true or false
	kindError   // #N/A and its like
	kindISODate // a date of its own type
)

// cell is what is in a column of a row.
type cell struct {
	text string // trimmed
	kind cellKind
	ref  string // "C5" in a workbook
}

// table is what both formats are read into: the header, which tells the kind of file, then row by row.
type table struct {
	log    *log
	among  []shape // the kinds it may be
	shape  shape   // the one it is
	known  Known
	to     Rows
	reader reader
	row    row // the one being read, used again for the next
	rows   int
	lines  int // of the file, where they were counted beforehand
	seed   maphash.Seed
	seen   map[uint64]int32 // by the hash of what a row is about, the line of the first such row
	// whether a recipe reads it, so that parts of a workbook that no cell needs are passed over
	lenient bool
	filled  []filledColumn
	quote   func(line int, cells []cell) // sees every row; nil where nobody wants to

	at     map[string]int                   // the place in the file of each column it has
	names  []string                         // the header
	texts  map[string]string                // one copy of texts that rows repeat
	bom    int                              // bytes before the text
	offset func(text string, at int) string // where in the file a byte of a cell stands, if that can be told
}

func newTable(name string, among []shape, known Known, to Rows) *table {
	return &table{
		log:   newLog(name),
		among: among,
		known: known,
		to:    to,
		seed:  maphash.MakeSeed(),
		texts: make(map[string]string),
	}
}

// maxRows is how many rows the file may have, of the kind it is or of any it may yet be.
func (t *table) maxRows() int {
	if t.reader.row != nil {
		return t.shape.maxRows
	}
	most := 0
	for _, s := range t.among {
		most = max(most, s.maxRows)
	}
	return most
}

// header takes the first line. It says whether rows can be read under it; they are even where a name was found wrong,
// so that the findings of the rows come in the same pass.
func (t *table) header(line int, names []string) bool {
	if len(names) > maxColumns {
		t.log.line(line, "columns_limit", "", fmt.Sprintf("has %d columns, more than %d", len(names), maxColumns),
			"keep the columns of the import format only")
		return false
	}
	for _, name := range names {
		t.names = append(t.names, trim(name))
	}
	shape, ok := fitting(t.among, t.names)
	if !ok {
		t.noKind(line)
		return false
	}
	t.shape = shape
	t.at = make(map[string]int)
	add := func(column, value, rule, problem, fix string) {
		t.log.add(finding.Finding{Line: line, Column: column, Value: value, Rule: rule, Problem: problem, Fix: fix})
	}
	for i, name := range t.names {
		_, had := t.at[name]
		switch {
		case name == "":
			add(columnLetter(i), "", "header_unknown", fmt.Sprintf("column %d has no name", i+1),
				"name the column, or delete it")
		case !slices.ContainsFunc(shape.columns, func(c column) bool { return c.name == name }):
			add(name, name, "header_unknown", "is not a column of a file of "+string(shape.kind), t.headerFix(name))
		case had:
			add(name, name, "header_duplicate", "names two columns", "delete one of them")
		default:
			t.at[name] = i
		}
	}
	for _, name := range shape.missing(t.names) {
		add(name, "", "header_missing", "the column "+name+" is missing from this file of "+string(shape.kind),
			"add it; the first line names the columns")
	}
	for _, c := range shape.columns {
		if f := (filledColumn{c.name, t.place(c.name), t.place(c.or)}); c.required == filled &&
			(f.at >= 0 || f.or >= 0) {
			t.filled = append(t.filled, f)
		}
	}
	t.seen = make(map[uint64]int32, min(t.lines, shape.maxRows))
	t.reader = shape.reader(t, t.to)
	return true
}

// filledColumn is a column that has a value in each row, and where it is in the file, or the column in its place;
// -1 for one that the file does not have.
type filledColumn struct {
	name   string
	at, or int
}

// place is where a column is in the file; -1 where the file does not have it.
func (t *table) place(column string) int {
	if at, ok := t.at[column]; ok {
		return at
	}
	return -1
}

// noKind says that a header is that of no kind of file, with the first of its words.
func (t *table) noKind(line int) {
	for i, name := range t.names[:min(len(t.names), 3)] {
		column := name
		if name == "" {
			column = columnLetter(i)
		}
		t.log.add(finding.Finding{
			Line:    line,
			Column:  column,
			Value:   name,
			Rule:    "header_unknown",
			Problem: "is not a column of any kind of file",
			Fix:     "let the first line name the columns",
		})
	}
	t.log.add(finding.Finding{
		Line:    line,
		Rule:    "header_missing",
		Problem: "the first line fits no kind of file",
		Fix:     kindsFix(t.among),
	})
}

// headerFix names the column that a mistaken name comes nearest to.
func (t *table) headerFix(name string) string {
	folded := strings.ReplaceAll(foldName(name), " ", "_")
	for slips := range 3 {
		for _, c := range t.shape.columns {
			if editDistance(folded, c.name, slips) <= slips {
				return "write " + c.name
			}
		}
	}
	return "delete the column, or name it one of " + strings.Join(t.shape.names(optional), ", ")
}

// add takes a row that has as many cells as the header. It says whether more are wanted.
func (t *table) add(line int, cells []cell) bool {
	if t.rows++; t.rows > t.shape.maxRows {
		t.log.last(finding.Finding{Line: line, Rule: "rows_limit",
			Problem: fmt.Sprintf("is row %d below the header, and a file of %s has at most %d", t.rows, t.shape.kind,
				t.shape.maxRows), Fix: "split the file"})
		return false
	}
	if !slices.ContainsFunc(cells, func(c cell) bool { return c.text != "" }) {
		t.log.line(line, "blank_row", "", "is blank", "delete the row")
		return !t.log.enough(line)
	}
	if t.quote != nil {
		t.quote(line, cells)
	}
	t.row = row{table: t, line: line, cells: cells}
	t.row.required()
	t.reader.row(&t.row)
	return !t.log.enough(line)
}

// once is a copy of text that no longer holds on to the row it was cut from, the same for equal texts.
func (t *table) once(text string) string {
	if text == "" {
		return ""
	}
	if had, ok := t.texts[text]; ok {
		return had
	}
	text = strings.Clone(text)
	if len(t.texts) < 100_000 {
		t.texts[text] = text
	}
	return text
}

// row is the row being read.
type row struct {
	*table
	line  int
	cells []cell
}

// cell is what is in a column, trimmed; a blank cell where the file has no such column.
func (r *row) cell(column string) cell {
	if i, ok := r.at[column]; ok && i < len(r.cells) {
		return r.cells[i]
	}
	return cell{}
}

// has says whether a column of the row has a value.
func (r *row) has(column string) bool { return r.cell(column).text != "" }

// found adds a finding about a column of the row.
func (r *row) found(column, rule, problem, fix string) {
	r.log.add(r.finding(finding.SeverityError, column, rule, problem, fix))
}

// stop adds a finding about a column of the row after which nothing more is read.
func (r *row) stop(column, rule, problem, fix string) {
	r.log.last(r.finding(finding.SeverityError, column, rule, problem, fix))
}

func (r *row) finding(severity finding.Severity, column, rule, problem, fix string) finding.Finding {
	c := r.cell(column)
	if c.ref != "" {
		problem = "in cell " + c.ref + " " + problem
	}
	return finding.Finding{
		Line:     r.line,
		Column:   column,
		Value:    c.text,
		Rule:     rule,
		Problem:  problem,
		Fix:      fix,
		Severity: severity,
	}
}

// pass hands a row on, unless nobody wants it or something refuses the file.
func pass[T any](r *row, to func(T), value T) {
	if to != nil && !r.log.refused() {
		to(value)
	}
}

// repeats finds a row that is about the same thing as one before it. problem says so, with a verb for that one's line.
// There may be millions of rows, so what was seen is kept as hashes.
func repeats[K comparable](r *row, about K, column, problem, fix string) {
	key := maphash.Comparable(r.seed, about)
	if line, ok := r.seen[key]; ok {
		r.found(column, "row_duplicate", fmt.Sprintf(problem, line), fix)
		return
	}
	r.seen[key] = int32(r.line)
}

// required finds a required column blank in this row. Where the whole column is missing the header has said so.
func (r *row) required() {
	for _, f := range r.filled {
		if r.blank(f.at) && r.blank(f.or) {
			r.found(f.name, "required", "is blank", "every row has a value here")
		}
	}
}

func (r *row) blank(at int) bool { return at < 0 || at >= len(r.cells) || r.cells[at].text == "" }

// columnLetter is the letter a spreadsheet gives the column, counted from 0, of at most two letters.
func columnLetter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return string(rune('A'+i/26-1)) + string(rune('A'+i%26))
}
