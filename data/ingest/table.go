package ingest

import (
	"fmt"
	"slices"
	"strings"

	"yardstick/data/finding"
)

// column is a column that a kind of file may have.
type column struct {
	name     string
	required bool // the column must be there, and a value in each row
}

// kind is what a workbook says about a cell. Every cell of a CSV file is text.
type kind uint8

const (
	kindText kind = iota
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

// cell is what stands in a column of a row.
type cell struct {
	text string // trimmed
	kind kind
	ref  string // "C5" in a workbook
}

// table is what both formats are read into: the header against the columns of the kind of file, then row by row.
type table struct {
	log     *log
	columns []column
	maxRows int
	areas   *areaCache
	take    func(*row)

	at     map[string]int // the place in the file of each column it has
	names  []string       // the header
	row    row            // the one being read, used again for the next
	rows   int
	texts  map[string]string                // one copy of texts that rows repeat
	bom    int                              // bytes before the text
	offset func(text string, at int) string // where in the file a byte of a cell stands, if that can be told
}

func newTable(name string, columns []column, maxRows int, areas Areas) *table {
	return &table{log: newLog(name), columns: columns, maxRows: maxRows, areas: newAreaCache(areas), texts: make(map[string]string)}
}

// header takes the first line. It says whether rows can be read under it; they are even where a name was found wrong,
// so that the findings of the rows come in the same pass.
func (t *table) header(line int, names []string) bool {
	if len(names) > maxColumns {
		t.log.line(line, "columns_limit", "", fmt.Sprintf("has %d columns, more than %d", len(names), maxColumns),
			"keep the columns of the import format only")
		return false
	}
	t.at = make(map[string]int)
	var findings []finding.Finding
	add := func(column, value, rule, problem, fix string) {
		findings = append(findings, finding.Finding{Line: line, Column: column, Value: value, Rule: rule, Problem: problem, Fix: fix})
	}
	for i, name := range names {
		name = trim(name)
		t.names = append(t.names, name)
		_, had := t.at[name]
		switch {
		case name == "":
			add(columnLetter(i), "", "header_unknown", fmt.Sprintf("column %d has no name", i+1), "name the column, or delete it")
		case !slices.ContainsFunc(t.columns, func(c column) bool { return c.name == name }):
			add(name, name, "header_unknown", "is not a column of this kind of file", t.headerFix(name))
		case had:
			add(name, name, "header_duplicate", "names two columns", "delete one of them")
		default:
			t.at[name] = i
		}
	}
	for _, c := range t.columns {
		if _, ok := t.at[c.name]; !ok && c.required {
			add(c.name, "", "header_missing", "the column "+c.name+" is missing", "add it; the first line names the columns")
		}
	}
	if len(t.at) == 0 && len(findings) > 0 {
		findings = findings[:min(len(findings), 3)] // no header at all: three of its words are enough
		findings = append(findings, finding.Finding{Line: line, Rule: "header_missing", Problem: "names none of the columns of this kind of file",
			Fix: "begin with a line that names the columns: " + t.columnNames()})
	}
	for _, f := range findings {
		t.log.add(f)
	}
	return len(t.at) > 0
}

// headerFix names the column that a mistaken name comes nearest to.
func (t *table) headerFix(name string) string {
	folded := strings.ReplaceAll(foldName(name), " ", "_")
	for slips := range 3 {
		for _, c := range t.columns {
			if editDistance(folded, c.name, slips) <= slips {
				return "write " + c.name
			}
		}
	}
	return "delete the column, or name it one of " + t.columnNames()
}

func (t *table) columnNames() string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return strings.Join(names, ", ")
}

// add takes a row that has as many cells as the header. It says whether more are wanted.
func (t *table) add(line int, cells []cell) bool {
	if t.rows++; t.rows > t.maxRows {
		t.log.last(finding.Finding{Line: line, Rule: "rows_limit",
			Problem: fmt.Sprintf("is row %d below the header, and a file has at most %d", t.rows, t.maxRows), Fix: "split the file"})
		return false
	}
	if !slices.ContainsFunc(cells, func(c cell) bool { return c.text != "" }) {
		t.log.line(line, "blank_row", "", "is blank", "delete the row")
		return !t.log.enough(line)
	}
	t.row = row{table: t, line: line, cells: cells}
	t.take(&t.row)
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

// cell is what stands in a column, trimmed; a blank cell where the file has no such column.
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
	return finding.Finding{Line: r.line, Column: column, Value: c.text, Rule: rule, Problem: problem, Fix: fix, Severity: severity}
}

// required finds a required column blank in this row. Where the whole column is missing the header has said so.
func (r *row) required() {
	for _, c := range r.columns {
		if _, ok := r.at[c.name]; ok && c.required && !r.has(c.name) {
			r.found(c.name, "required", "is blank", "every row has a value here")
		}
	}
}

// columnLetter is the letter a spreadsheet gives the column, counted from 0, of at most two letters.
func columnLetter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return string(rune('A'+i/26-1)) + string(rune('A'+i%26))
}
