package ingest

import (
	"slices"
	"strings"
)

// readWorkbook reads the one sheet of a workbook that has something on it.
func (t *table) readWorkbook(content []byte) {
	a, ok := t.openArchive(content)
	if !ok {
		return
	}
	book, ok := t.openWorkbook(a)
	if !ok {
		return
	}
	chosen := t.choose(a, book)
	if chosen == nil {
		return
	}
	sheet := &sheetRows{table: t, scan: chosen}
	for _, row := range chosen.rows {
		sheet.line = row.line
		if !sheet.row(row.cells) {
			break
		}
	}
	if t.names == nil {
		t.merge(chosen.log, nil)
	}
}

// choose finds the one visible sheet that has anything on it; nil where there is none, or more, or hidden ones, or
// where it cannot be read.
func (t *table) choose(a *archive, book *workbook) *scan {
	var chosen *scan
	var visible []string
	for _, sheet := range book.sheets {
		if sheet.part == "" {
			t.log.line(0, "sheet_kind", sheet.name, "is a sheet of a kind that this import does not read",
				"delete the sheet")
			continue
		}
		s := &scan{
			log:     newLog(t.log.file),
			book:    book,
			maxRows: t.maxRows(),
			keep:    chosen == nil && !sheet.hidden,
			column:  -1,
		}
		s.log.sheet = sheet.name
		readable := t.scanPart(a, sheet.part, s)
		switch {
		case readable && s.values == 0:
			continue
		case sheet.hidden:
			t.log.line(0, "hidden_sheet", sheet.name, "is a hidden sheet with something on it",
				"show the sheet or delete it")
			continue
		}
		visible = append(visible, sheet.name)
		if chosen == nil {
			chosen = s
		}
		if !readable {
			t.merge(s.log, nil)
		}
	}
	switch {
	case len(visible) > 1:
		t.log.whole("sheets", "has more than one sheet with something on it: "+strings.Join(visible, ", "),
			"keep one sheet in the file")
	case len(visible) == 0:
		t.log.whole("empty", "has nothing on any visible sheet", "send the file with its rows")
	}
	if t.log.refused() {
		return nil
	}
	t.log.sheet = chosen.log.sheet
	return chosen
}

func (t *table) scanPart(a *archive, part string, s *scan) bool {
	from, err := a.parts[part].Open()
	if err != nil {
		s.log.whole("workbook_broken", "has a sheet that cannot be read: "+err.Error(), "send the file again")
		return false
	}
	defer from.Close()
	return s.sheet(from)
}

// merge takes over the findings about a sheet, with the names of its columns in place of their letters.
func (t *table) merge(l *log, names []string) {
	for _, f := range l.errors {
		for i, name := range names {
			if f.Column == columnLetter(i) && name != "" {
				f.Column = name
				break
			}
		}
		t.log.add(f)
	}
	t.log.errorCount += l.errorCount - len(l.errors)
}

// sheetRows is the sheet being read.
type sheetRows struct {
	*table
	scan *scan
	line int
	last int // the last row with anything in it
}

// row takes one row of the sheet, the first as the header. It reports whether more are wanted.
func (s *sheetRows) row(cells []cell) bool {
	blank := !slices.ContainsFunc(cells, func(c cell) bool { return c.text != "" })
	if s.names == nil {
		return s.first(cells, blank)
	}
	if blank {
		return true
	}
	for s.last++; s.last < s.line; s.last++ {
		s.log.line(s.last, "blank_row", "", "is blank", "delete the row")
	}
	for i := len(s.names); i < len(cells); i++ {
		if cells[i].text != "" {
			s.log.line(s.line, "ragged_row", cells[i].text,
				"in cell "+cells[i].ref+" stands beyond the columns that the header names",
				"delete it, or name its column")
		}
	}
	for i := len(cells); i < len(s.names); i++ {
		cells = append(cells, cell{ref: cellName(s.line, i)})
	}
	return s.add(s.line, cells[:len(s.names)])
}

func (s *sheetRows) first(cells []cell, blank bool) bool {
	if blank || s.line > 1 {
		s.log.line(1, "header_missing", "", "the first row is blank", "let the first row name the columns")
		return false
	}
	names := make([]string, len(cells))
	for i, c := range cells {
		names[i] = c.text
	}
	s.last = s.line
	ok := s.header(s.line, names)
	s.merge(s.scan.log, s.names)
	return ok
}
