package ingest

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// csvFile is a CSV file being read.
type csvFile struct {
	*table
	content []byte // where the file is UTF-8, to say where a wrong byte stands
	start   int64  // where in content the row being read begins
}

// readCSV reads a text file. It stops where rows can no longer be told apart.
func (t *table) readCSV(content []byte) {
	text, utf8Bytes, ok := t.decode(content)
	if !ok {
		return
	}
	guard := newGuard(text)
	reader := csv.NewReader(guard)
	reader.ReuseRecord = true
	f := &csvFile{table: t, content: utf8Bytes}
	names, err := reader.Read()
	if err != nil {
		f.broken(err, nil, guard)
		return
	}
	line, _ := reader.FieldPos(0)
	if !f.separated(line, names) || !t.header(line, names) {
		return
	}
	f.readRows(reader, guard)
	for _, blank := range guard.blankLines {
		t.log.line(blank, "blank_row", "", "is blank", "delete the row")
	}
	t.log.errorCount += guard.blank - len(guard.blankLines)
}

func (f *csvFile) readRows(reader *csv.Reader, guard *guard) {
	cells := make([]cell, 0, len(f.names))
	for {
		f.start = reader.InputOffset()
		texts, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if errors.Is(err, csv.ErrFieldCount) {
			line, _ := reader.FieldPos(0)
			if f.ragged(line, len(texts)); f.log.enough(line) {
				return
			}
			continue
		}
		if err != nil {
			if !f.broken(err, texts, guard) {
				return
			}
			continue
		}
		cells = cells[:0]
		for _, text := range texts {
			cells = append(cells, cell{text: trim(text)})
		}
		line, _ := reader.FieldPos(0)
		f.table.offset = f.offsetOf
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
			f.log.line(line, "separator", names[0], "separates its columns by "+word, "save it as CSV separated by commas")
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

// broken takes an error of the reader, of which it was told how many cells of the row came before it. It says whether
// the next row can be read.
func (f *csvFile) broken(err error, before []string, guard *guard) bool {
	column := ""
	if len(before) < len(f.names) {
		column = f.names[len(before)]
	}
	r := row{table: f.table}
	var bad *csv.ParseError
	switch {
	case errors.Is(err, errCellTooLong):
		r.line = guard.cellLine
		r.stop(column, "cell_size", fmt.Sprintf("has more than %d bytes in one cell; nothing after it was read", maxCell),
			"close the quotes, or shorten the value")
	case errors.Is(err, errTooManyCells):
		r.line = guard.cellLine
		r.stop("", "columns_limit", fmt.Sprintf("has more than %d cells; nothing after it was read", maxColumns),
			"keep the columns of the import format only")
	case errors.As(err, &bad) && errors.Is(err, csv.ErrBareQuote):
		r.line = bad.StartLine
		r.found(column, "quote", `has a quote " within a value that is not quoted`, `put the value in quotes and double those within: "a ""b"" c"`)
		return true
	case errors.As(err, &bad):
		r.line = bad.StartLine
		r.stop(column, "quote", `has a quote " that is not closed, or not doubled; nothing after it was read`,
			`close the quotes, and double those within: "a ""b"" c"`)
	case errors.Is(err, io.EOF):
		f.log.whole("empty", "is blank", "send the file again")
	default:
		f.log.whole("encoding", "cannot be read: "+err.Error(), "save it as CSV UTF-8")
	}
	return false
}

// offsetOf says where in the file the first byte of text stands that is not UTF-8.
func (f *csvFile) offsetOf(text string, at int) string {
	if f.content == nil || f.start >= int64(len(f.content)) {
		return ""
	}
	begins := bytes.Index(f.content[f.start:], []byte(text))
	if begins < 0 {
		return "" // it has doubled quotes
	}
	return fmt.Sprintf(" at offset %d of the file", int(f.start)+begins+at+f.bom)
}
