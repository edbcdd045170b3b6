package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// csvFile is a CSV file being read.
type csvFile struct {
	*table
	rows    *csvRows
	content []byte // where the file is UTF-8, to say where a wrong byte stands
}

// readCSV reads a text file. It stops where rows can no longer be told apart.
func (t *table) readCSV(content []byte) {
	text, decoded, ok := t.decode(content)
	if !ok {
		return
	}
	f := &csvFile{table: t, rows: &csvRows{text: text}}
	if !decoded {
		f.content = text
		t.offset = f.offsetOf
	}
	t.lines = bytes.Count(text, []byte{'\n'})
	names, err := f.rows.next()
	if err != nil {
		f.broken(err, nil)
		return
	}
	if !f.separated(f.rows.row, names) || !t.header(f.rows.row, names) {
		return
	}
	f.readRows()
	for _, blank := range f.rows.blankLines {
		t.log.line(blank, "blank_row", "", "is blank", "delete the row")
	}
	t.log.errorCount += f.rows.blank - len(f.rows.blankLines)
}

func (f *csvFile) readRows() {
	cells := make([]cell, 0, len(f.names))
	for {
		texts, err := f.rows.next()
		line := f.rows.row
		switch {
		case errors.Is(err, io.EOF):
			return
		case err != nil:
			if !f.broken(err, texts) {
				return
			}
			continue
		case len(texts) != len(f.names):
			if f.ragged(line, len(texts)); f.log.enough(line) {
				return
			}
			continue
		}
		cells = cells[:0]
		for _, text := range texts {
			cells = append(cells, cell{text: trim(text)})
		}
		if !f.add(line, cells) {
			return
		}
	}
}

// separated finds a file whose columns are not separated by commas, by its header.
func (f *csvFile) separated(line int, names []string) bool {
	if len(names) != 1 {
		return true
	}
	for separator, word := range map[string]string{";": "semicolons", "\t": "tabs", "|": "bars"} {
		if strings.Count(names[0], separator) >= 2 {
			f.log.line(
				line,
				"separator",
				names[0],
				"separates its columns by "+word,
				"save it as CSV separated by commas",
			)
			return false
		}
	}
	return true
}

// ragged finds a row with more or fewer cells than the header; the column is the first without a cell.
func (f *csvFile) ragged(line, cells int) {
	column := ""
	if cells < len(f.names) {
		column = f.names[cells]
	}
	r := row{table: f.table, line: line}
	r.found(column, "ragged_row", fmt.Sprintf("has %d cells, not the %d of the header", cells, len(f.names)),
		"give the row as many cells as the header; quote values that hold a comma")
}

// broken takes an error of a row, of which it was told the cells before it. It says whether the next row can be read.
func (f *csvFile) broken(err error, before []string) bool {
	column := ""
	if len(before) < len(f.names) {
		column = f.names[len(before)]
	}
	r := row{table: f.table, line: f.rows.row}
	switch {
	case errors.Is(err, errCellTooLong):
		r.line = f.rows.cellLine
		r.stop(
			column,
			"cell_size",
			fmt.Sprintf("has more than %d bytes in one cell; nothing after it was read", maxCell),
			"close the quotes, or shorten the value",
		)
	case errors.Is(err, errTooManyCells):
		r.stop("", "columns_limit", fmt.Sprintf("has more than %d cells; nothing after it was read", maxColumns),
			"keep the columns of the import format only")
	case errors.Is(err, errBareQuote):
		r.found(
			column,
			"quote",
			`has a quote " within a value that is not quoted`,
			`put the value in quotes and double those within: "a ""b"" c"`,
		)
		return true
	case errors.Is(err, errQuote):
		r.stop(column, "quote", `has a quote " that is not closed, or not doubled; nothing after it was read`,
			`close the quotes, and double those within: "a ""b"" c"`)
	default:
		f.log.whole("empty", "is blank", "send the file again")
	}
	return false
}

// offsetOf says where in the file the first byte of text stands that is not UTF-8.
func (f *csvFile) offsetOf(text string, at int) string {
	if f.rows.start >= len(f.content) {
		return ""
	}
	begins := bytes.Index(f.content[f.rows.start:], []byte(text))
	if begins < 0 {
		return "" // it has doubled quotes
	}
	return fmt.Sprintf(" at offset %d of the file", f.rows.start+begins+at+f.bom)
}
