package ingest

import (
	"slices"
	"strings"
)

// sheet is a sheet of a workbook, in either format.
type sheet struct {
	name   string
	hidden bool
	read   func(s *scan) bool // to its end, which it reports; nil where it has no cells
}

// openWorkbook finds the sheets of a workbook.
func (t *table) openWorkbook(content []byte, format string) ([]sheet, bool) {
	a, ok := t.openArchive(content)
	if !ok {
		return nil, false
	}
	var sheets []sheet
	if format == formatODS {
		sheets, ok = t.openODS(a)
	} else {
		sheets, ok = t.openXLSX(a)
	}
	if !ok {
		return nil, false
	}
	named := make(map[string]bool)
	for _, s := range sheets {
		if named[strings.ToLower(s.name)] {
			t.log.line(0, "workbook_broken", s.name, "names two sheets", "rename one of them")
		}
		named[strings.ToLower(s.name)] = true
	}
	if len(sheets) == 0 {
		t.log.whole("workbook_broken", "has no sheets", "save it again in a spreadsheet program")
	}
	return sheets, !t.log.refused()
}

// newScan prepares the reading of a sheet.
func (t *table) newScan(of sheet, keep bool) *scan {
	s := &scan{log: newLog(t.log.file), maxRows: t.maxRows(), keep: keep, column: -1, foreign: t.lenient}
	s.log.sheet = of.name
	return s
}

// readWorkbook reads the one sheet of a workbook that has something on it.
func (t *table) readWorkbook(content []byte, format string) {
	sheets, ok := t.openWorkbook(content, format)
	if !ok {
		return
	}
	chosen := t.choose(sheets)
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
func (t *table) choose(sheets []sheet) *scan {
	var chosen *scan
	var visible []string
	for _, sheet := range sheets {
		if sheet.read == nil {
			t.log.line(0, "sheet_kind", sheet.name, "is a sheet of a kind that this import does not read",
				"delete the sheet")
			continue
		}
		s := t.newScan(sheet, chosen == nil && !sheet.hidden)
		readable := sheet.read(s)
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
