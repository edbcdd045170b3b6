package ingest

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

// What may be wrong with a row of CSV.
var (
	errBareQuote    = errors.New("a quote stands in a cell that is not quoted")
	errQuote        = errors.New("a quote is not closed, or not doubled")
	errCellTooLong  = errors.New("a cell is too long")
	errTooManyCells = errors.New("a row has too many cells")
)

// csvRows reads rows of CSV (RFC 4180) as encoding/csv does, which a test holds it to, with the bounds of an import:
// the bytes of a cell and the cells of a row. It notes blank lines, which it passes over. After errBareQuote the
// next row can be read, after any other error none.
type csvRows struct {
	text []byte
	at   int // where the next line begins
	line int // how many lines were read

	row        int // the line in which the row begins
	start      int // where in text it begins
	cellLine   int // the line in which the cell begins that was read last
	cells      []string
	blank      int
	blankLines []int // the first of them
}

// maxLine is more than a line may have that keeps to the bounds, in bytes. What is longer is cut to it, so that the
// bound it breaks is found without reading all of it.
const maxLine = (maxColumns + 2) * (maxCell + 4)

// nextLine is the next line without its end, and whether it had one.
func (c *csvRows) nextLine() (line []byte, ended bool, err error) {
	if c.at >= len(c.text) {
		return nil, false, io.EOF
	}
	line = c.text[c.at:]
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		line, ended = line[:end], true
		c.at++
	}
	c.at += len(line)
	c.line++
	if last := len(line) - 1; last >= 0 && line[last] == '\r' {
		line = line[:last]
	}
	return line[:min(len(line), maxLine)], ended, nil
}

// next is the next row that is not blank, good until the row after it is read. At the end of the text it is io.EOF.
// With an error come the cells before the one that is wrong.
func (c *csvRows) next() ([]string, error) {
	for {
		c.start = c.at
		line, ended, err := c.nextLine()
		if err != nil {
			return nil, err
		}
		c.row, c.cellLine = c.line, c.line
		c.cells = c.cells[:0]
		switch {
		case len(line) == 0:
			if c.blank++; len(c.blankLines) < maxListed {
				c.blankLines = append(c.blankLines, c.line)
			}
			continue
		case bytes.IndexByte(line, '"') < 0:
			err = c.plainRow(string(line))
		default:
			err = c.quotedRow(string(line), ended)
		}
		return c.cells, err
	}
}

// plainRow is a row of one line without quotes.
func (c *csvRows) plainRow(line string) error {
	for {
		cell, rest, more := strings.Cut(line, ",")
		if err := c.add(cell); err != nil || !more {
			return err
		}
		line = rest
	}
}

// quotedRow is a row with quotes, perhaps of several lines.
func (c *csvRows) quotedRow(line string, ended bool) error {
	for {
		if c.cellLine = c.line; !strings.HasPrefix(line, `"`) {
			cell, rest, more := strings.Cut(line, ",")
			if strings.Contains(cell, `"`) {
				return errBareQuote
			}
			if err := c.add(cell); err != nil || !more {
				return err
			}
			line = rest
			continue
		}
		cell, rest, restEnded, err := c.quotedCell(line[1:], ended)
		if err == nil {
			err = c.add(cell)
		}
		if err != nil || rest == "" {
			return err
		}
		line, ended = rest[1:], restEnded
	}
}

// quotedCell reads a cell from behind its first quote. rest is what is left of the last of its lines, with the comma.
func (c *csvRows) quotedCell(line string, ended bool) (cell, rest string, restEnded bool, err error) {
	var b strings.Builder
	for {
		before, after, quote := strings.Cut(line, `"`)
		if b.Len()+len(before) > maxCell {
			return "", "", false, errCellTooLong
		}
		b.WriteString(before)
		switch {
		case quote && (after == "" || after[0] == ','):
			return b.String(), after, ended, nil
		case quote && after[0] == '"':
			b.WriteByte('"')
			line = after[1:]
			continue
		case quote:
			return "", "", false, errQuote
		case ended:
			b.WriteByte('\n')
		}
		var next []byte
		if next, ended, err = c.nextLine(); err != nil {
			return "", "", false, errQuote
		}
		line = string(next)
	}
}

func (c *csvRows) add(cell string) error {
	switch {
	case len(cell) > maxCell:
		return errCellTooLong
	case len(c.cells) > maxColumns:
		return errTooManyCells
	}
	c.cells = append(c.cells, cell)
	return nil
}
