package ingest

import (
	"errors"
	"io"
)

var (
	errCellTooLong  = errors.New("a cell is too long")
	errTooManyCells = errors.New("a row has too many cells")
)

// guard passes CSV on to the reader while it bounds what the reader would gather in memory: the bytes of one cell, as
// when a quote is never closed, and the cells of one row. It also notes the blank lines, which the reader passes over.
type guard struct {
	from       io.Reader
	line       int // being read
	cellLine   int // in which the cell being read begins
	cellBytes  int
	cells      int // of the row, before the one being read
	lineBytes  int
	quoted     bool
	blank      int
	blankLines []int // the first of them
	err        error
}

func newGuard(from io.Reader) *guard { return &guard{from: from, line: 1, cellLine: 1} }

// Read implements io.Reader.
func (g *guard) Read(p []byte) (int, error) {
	if g.err != nil {
		return 0, g.err
	}
	n, err := g.from.Read(p)
	for _, b := range p[:n] {
		if g.err = g.see(b); g.err != nil {
			return 0, g.err
		}
	}
	return n, err
}

func (g *guard) see(b byte) error {
	switch {
	case b == '"':
		g.quoted = !g.quoted
	case b == '\n':
		g.lineEnds()
		return nil
	case b == ',' && !g.quoted:
		g.cellBytes, g.cellLine = 0, g.line
		g.lineBytes++
		if g.cells++; g.cells > maxColumns {
			return errTooManyCells
		}
		return nil
	}
	if b != '\r' {
		g.lineBytes++
	}
	if g.cellBytes++; g.cellBytes > maxCell {
		return errCellTooLong
	}
	return nil
}

func (g *guard) lineEnds() {
	if !g.quoted {
		if g.lineBytes == 0 {
			if g.blank++; len(g.blankLines) < maxListed {
				g.blankLines = append(g.blankLines, g.line)
			}
		}
		g.cells, g.cellBytes, g.cellLine = 0, 0, g.line+1
	} else {
		g.cellBytes++
	}
	g.line++
	g.lineBytes = 0
}
