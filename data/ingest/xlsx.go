package ingest

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// readWorkbook reads the one sheet of a workbook that has something on it. The library sees only files that keep to
// the bounds and sheets that were read through before; should it panic all the same, that is a finding.
func (t *table) readWorkbook(content []byte) {
	defer func() {
		if broken := recover(); broken != nil {
			t.log.whole("workbook_broken", fmt.Sprintf("cannot be read: %v", broken), "save it again with Excel")
		}
	}()
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
	t.readChosen(content, chosen, nil)
}

// readChosen reads the rows of a sheet: as those of the import format, or by a recipe.
func (t *table) readChosen(content []byte, chosen *scan, recipe *recipeRows) {
	file, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxPartInHeap,
	})
	if err != nil {
		t.log.whole("workbook_broken", "cannot be read: "+err.Error(), "save it again with Excel")
		return
	}
	defer file.Close()
	rows, err := file.Rows(t.log.sheet)
	if err != nil {
		t.log.whole("workbook_broken", "has a sheet that cannot be read: "+err.Error(), "save it again with Excel")
		return
	}
	defer rows.Close()
	sheetRows := &sheetRows{table: t, scan: chosen, marks: chosen.marks, recipe: recipe}
	sheetRows.read(rows)
}

// choose finds the one visible sheet that has anything on it; nil where there is none, or more, or hidden ones, or
// where it cannot be read.
func (t *table) choose(a *archive, book *workbook) *scan {
	var chosen *scan
	var visible []string
	for _, sheet := range book.sheets {
		if sheet.part == "" {
			t.log.line(
				0,
				"sheet_kind",
				sheet.name,
				"is a sheet of a kind that this import does not read",
				"delete the sheet",
			)
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
			t.log.line(
				0,
				"hidden_sheet",
				sheet.name,
				"is a hidden sheet with something on it",
				"show the sheet or delete it",
			)
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
		t.log.whole(
			"sheets",
			"has more than one sheet with something on it: "+strings.Join(visible, ", "),
			"keep one sheet in the file",
		)
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
	scan  *scan
	marks []mark // of the cells not read yet
	line  int
	last  int // the last row with anything in it
	// what reads the rows of a sheet in another layout than the import format
	recipe *recipeRows
}

func (s *sheetRows) read(rows *excelize.Rows) {
	for rows.Next() {
		s.line++
		texts, err := rows.Columns()
		if err != nil {
			s.differs("the row cannot be read: " + err.Error())
			return
		}
		kinds, ok := s.kinds(texts)
		if !ok {
			s.differs("the cells of the row read differently twice")
			return
		}
		if !s.row(texts, kinds) {
			s.marks = nil
			break
		}
	}
	if err := rows.Error(); err != nil || len(s.marks) > 0 {
		s.differs("the sheet ends before its last row")
	}
	if s.names == nil && s.recipe == nil {
		s.merge(s.scan.log, nil)
	}
}

func (s *sheetRows) differs(problem string) {
	s.log.line(s.line, "workbook_broken", "", problem, "save it again with Excel")
}

// kinds are those of the row's cells. Every value the library reads must be one that the scan saw, and the other way
// about, but for texts that are empty.
func (s *sheetRows) kinds(texts []string) ([]cellKind, bool) {
	kinds := make([]cellKind, len(texts))
	seen := make([]bool, len(texts))
	for len(s.marks) > 0 && int(s.marks[0].line) == s.line {
		m := s.marks[0]
		s.marks = s.marks[1:]
		if int(m.column) >= len(texts) {
			if m.kind != kindText {
				return nil, false
			}
			continue
		}
		kinds[m.column], seen[m.column] = m.kind, true
	}
	for i, text := range texts {
		if text != "" && !seen[i] {
			return nil, false
		}
	}
	return kinds, true
}

// row takes one row of the sheet, the first as the header. It says whether more are wanted.
func (s *sheetRows) row(texts []string, kinds []cellKind) bool {
	texts = texts[:min(len(texts), maxSheetColumns)]
	cells := make([]cell, max(len(texts), len(s.names)))
	blank := true
	for i, text := range texts {
		cells[i] = cell{
			text: shownText(trim(text), kinds[i], s.scan.book.from104),
			kind: kinds[i],
			ref:  cellName(s.line, i),
		}
		blank = blank && cells[i].text == ""
	}
	if s.recipe != nil {
		return s.recipe.line(s.line, cells)
	}
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
			s.log.line(
				s.line,
				"ragged_row",
				cells[i].text,
				"in cell "+cells[i].ref+" stands beyond the columns that the header names",
				"delete it, or name its column",
			)
		}
	}
	for i := len(texts); i < len(s.names); i++ {
		cells[i].ref = cellName(s.line, i)
	}
	return s.add(s.line, cells[:len(s.names)])
}

func (s *sheetRows) first(cells []cell, blank bool) bool {
	if blank {
		s.log.line(s.line, "header_missing", "", "the first row is blank", "let the first row name the columns")
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
