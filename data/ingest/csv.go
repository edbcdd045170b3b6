package ingest

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// What may be wrong with a row of CSV, besides the errors of encoding/csv.
var (
	errCellTooLong  = errors.New("a cell is too long")
	errTooManyCells = errors.New("a row has too many cells")
	errRowTooLong   = errors.New("a row is too long")
)

// maxRow is how many bytes a row may have, with what encoding/csv reads ahead.
const maxRow = 1 << 20

// csvRows reads rows with encoding/csv, within the limits of an import, and lists the blank lines between them.
type csvRows struct {
	text   *rowText
	reader *csv.Reader
	line   int // where the row begins that was read last, from 1
	start  int // its offset in the text
	lines  int // before the next row

	blank      int
	blankLines []int // the first of them
}

func newCSVRows(text []byte) *csvRows {
	source := &rowText{text: text}
	reader := csv.NewReader(source)
	reader.FieldsPerRecord = -1
	return &csvRows{text: source, reader: reader}
}

// next returns the next row that is not blank; io.EOF at the end of the text. With another error come the cells before
// the one that is wrong. After csv.ErrBareQuote the next row can be read, after any other error none.
func (c *csvRows) next() ([]string, error) {
	c.skipBlank()
	c.text.limit = c.start + maxRow
	texts, err := c.reader.Read()
	end := min(int(c.reader.InputOffset()), len(c.text.text))
	c.lines += bytes.Count(c.text.text[c.start:end], []byte{'\n'})
	for i, text := range texts {
		switch {
		case i >= maxColumns:
			return texts, errTooManyCells
		case len(text) > maxCell:
			return texts[:i], errCellTooLong
		}
	}
	return texts, err
}

// skipBlank moves over the blank lines before the next row, which encoding/csv passes over as well.
func (c *csvRows) skipBlank() {
	c.start = int(c.reader.InputOffset())
	for {
		rest := c.text.text[c.start:]
		content, _, ended := bytes.Cut(rest[:min(len(rest), 2)], []byte{'\n'})
		if len(rest) == 0 || len(bytes.TrimSuffix(content, []byte{'\r'})) > 0 || !ended && len(rest) > 1 {
			c.line = c.lines + 1
			return
		}
		c.start += len(content)
		if ended {
			c.start++
		}
		c.lines++
		if c.blank++; len(c.blankLines) < maxListed {
			c.blankLines = append(c.blankLines, c.lines)
		}
	}
}

// rowText gives its text up to a limit that moves with each row, so that a quote without its end does not take the
// rest of the file.
type rowText struct {
	text      []byte
	at, limit int
}

// Read implements io.Reader. At the limit its error is errRowTooLong.
func (r *rowText) Read(to []byte) (int, error) {
	n := copy(to, r.text[r.at:max(r.at, min(len(r.text), r.limit))])
	r.at += n
	switch {
	case n > 0:
		return n, nil
	case r.at == len(r.text):
		return 0, io.EOF
	}
	return 0, errRowTooLong
}

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
	f := &csvFile{table: t, rows: newCSVRows(text)}
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
	if !f.separated(f.rows.line, names) || !t.header(f.rows.line, names) {
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
		line := f.rows.line
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
			f.log.line(line, "separator", names[0], "separates its columns by "+word,
				"save it as CSV separated by commas")
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
	r := row{table: f.table, line: f.rows.line}
	switch {
	case errors.Is(err, errCellTooLong):
		r.stop(column, "cell_size",
			fmt.Sprintf("has more than %d bytes in one cell; nothing after it was read", maxCell),
			"close the quotes, or shorten the value")
	case errors.Is(err, errRowTooLong):
		r.stop("", "cell_size", fmt.Sprintf("has more than %d bytes in one row; nothing after it was read", maxRow),
			"close the quotes, or shorten the values")
	case errors.Is(err, errTooManyCells):
		r.stop("", "columns_limit", fmt.Sprintf("has more than %d cells; nothing after it was read", maxColumns),
			"keep the columns of the import format only")
	case errors.Is(err, csv.ErrBareQuote):
		r.found(column, "quote", `has a quote " within a value that is not quoted`,
			`put the value in quotes and double those within: "a ""b"" c"`)
		return true
	case errors.Is(err, csv.ErrQuote):
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
