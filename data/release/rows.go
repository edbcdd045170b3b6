package release

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// plainRows says that all rows of a file are beyond doubt as checkRows wants them, which a pass over its bytes tells. It is
// for files of millions of rows; where it is in doubt it says no, and checkRows finds out what is wrong, if anything.
func plainRows(record fs.FS, name string) (bool, error) {
	file, err := record.Open(name)
	if err != nil {
		return false, err
	}
	defer file.Close()
	reader := bufio.NewReaderSize(file, 1<<18)
	columns := 0
	for {
		line, err := reader.ReadSlice('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return columns > 0, nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return false, nil // too long to be told
		}
		line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
		cells, ok := countCells(line)
		switch {
		case !ok:
			return false, nil
		case columns == 0:
			columns = cells
			counts := func(column string) bool { return slices.Contains(wholeNumbers, column) }
			if slices.ContainsFunc(strings.Split(string(line), ","), counts) {
				return false, nil
			}
		case cells != columns:
			return false, nil
		}
	}
}

// countCells is how many cells a line of CSV has; false where it is blank or its quotes are not those of whole cells.
func countCells(line []byte) (cells int, ok bool) {
	if len(line) == 0 {
		return 0, false
	}
	if bytes.IndexByte(line, '"') < 0 {
		return bytes.Count(line, []byte{','}) + 1, true
	}
	for cells = 1; ; cells++ {
		if len(line) > 0 && line[0] == '"' {
			if line, ok = afterQuoted(line[1:]); !ok {
				return 0, false
			}
			if len(line) == 0 {
				return cells, true
			}
			line = line[1:]
			continue
		}
		end := bytes.IndexByte(line, ',')
		if end < 0 {
			return cells, bytes.IndexByte(line, '"') < 0
		}
		if bytes.IndexByte(line[:end], '"') >= 0 {
			return 0, false
		}
		line = line[end+1:]
	}
}

// afterQuoted is what follows a quoted cell, from behind its first quote: nothing, or a comma and more.
func afterQuoted(line []byte) ([]byte, bool) {
	for {
		end := bytes.IndexByte(line, '"')
		if end < 0 {
			return nil, false
		}
		line = line[end+1:]
		switch {
		case len(line) == 0 || line[0] == ',':
			return line, true
		case line[0] != '"':
			return nil, false
		}
		line = line[1:]
	}
}
