package fake

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"yardstick/analytics"
)

// loader reads files of a record and keeps the first thing that went wrong; after that it reads nothing.
type loader struct {
	record fs.FS
	err    error
}

// row is one line of a file, by column name.
type row struct {
	loader *loader
	file   string
	line   int // 1 is the header
	cells  map[string]string
}

func (l *loader) rows(name string) []row {
	if l.err != nil {
		return nil
	}
	file, err := l.record.Open(name)
	if err != nil {
		l.err = err
		return nil
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err == nil && len(lines) == 0 {
		err = errors.New("names no columns")
	}
	if err != nil {
		l.err = fmt.Errorf("%s: %w", name, err)
		return nil
	}
	header := lines[0]
	rows := make([]row, 0, len(lines)-1)
	for n, line := range lines[1:] {
		r := row{loader: l, file: name, line: n + 2, cells: make(map[string]string, len(header))}
		for i, column := range header {
			r.cells[column] = line[i]
		}
		rows = append(rows, r)
	}
	return rows
}

// fail keeps the first cell that could not be read.
func (r row) fail(column string, err error) {
	if r.loader.err == nil {
		r.loader.err = fmt.Errorf("%s:%d:%s: %q: %w", r.file, r.line, column, r.cells[column], err)
	}
}

// text is a cell as written; a file without the column fails.
func (r row) text(column string) string {
	cell, ok := r.cells[column]
	if !ok {
		r.fail(column, errors.New("there is no such column"))
	}
	return cell
}

// number is a cell as a number, nil where it is blank.
func (r row) number(column string) *float64 {
	cell := r.text(column)
	if cell == "" {
		return nil
	}
	x, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		r.fail(column, err)
	}
	return &x
}

// whole is a cell as an integer, nil where it is blank.
func (r row) whole(column string) *int {
	cell := r.text(column)
	if cell == "" {
		return nil
	}
	n, err := strconv.Atoi(cell)
	if err != nil {
		r.fail(column, err)
	}
	return &n
}

// count is a cell as an integer, zero where it is blank.
func (r row) count(column string) int {
	if n := r.whole(column); n != nil {
		return *n
	}
	return 0
}

// flag is a cell as yes or no, nil where it is blank.
func (r row) flag(column string) *bool {
	cell := strings.ToLower(r.text(column))
	if cell == "" {
		return nil
	}
	yes := slices.Contains([]string{"yes", "true"}, cell)
	if !yes && !slices.Contains([]string{"no", "false"}, cell) {
		r.fail(column, errors.New("is neither yes nor no"))
	}
	return &yes
}

// is says whether a cell says yes.
func (r row) is(column string) bool {
	yes := r.flag(column)
	return yes != nil && *yes
}

// list is a cell's entries, which semicolons part.
func (r row) list(column string) []string {
	cell := r.text(column)
	if cell == "" {
		return nil
	}
	return strings.Split(cell, ";")
}

// date is a cell as a partial date, unknown where it is blank.
func (r row) date(column string) analytics.PartialDate {
	d, err := analytics.ParsePartialDate(r.text(column))
	if err != nil {
		r.fail(column, err)
	}
	return d
}
