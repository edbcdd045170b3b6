package ingest

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// The encodings of a CSV file that a recipe may name.
const (
	encodingUTF8    = "utf-8"
	encodingWindows = "windows-1252"
)

// readSheet reads the rows of a file in another layout than the import format.
func (t *table) readSheet(content []byte, to *recipeRows) {
	defer func() {
		if broken := recover(); broken != nil {
			t.log.whole("workbook_broken", fmt.Sprintf("cannot be read: %v", broken), "save it again with Excel")
		}
	}()
	switch format := t.format(content); format {
	case formatCSV:
		t.readForeignCSV(content, to)
	case formatXLSX, formatODS:
		t.readForeignWorkbook(content, format, to)
	}
	if !t.log.refused() && to.header == nil {
		t.log.whole("header_missing", "has no header where the recipe looks for it", "correct header_row or header_cell")
	}
}

// readForeignCSV reads a CSV file whose rows may have any number of cells.
func (t *table) readForeignCSV(content []byte, to *recipeRows) {
	sheet := to.recipe.Sheet
	var text []byte
	if sheet.Encoding == encodingWindows {
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(content)
		if err != nil {
			t.log.whole("encoding", "cannot be read: "+err.Error(), "correct the recipe's encoding")
			return
		}
		text = decoded
	} else {
		var ok bool
		if text, _, ok = t.decode(content); !ok {
			return
		}
	}
	rows := csv.NewReader(bytes.NewReader(text))
	rows.FieldsPerRecord, rows.LazyQuotes = -1, true
	if sheet.Separator != "" {
		rows.Comma = rune(sheet.Separator[0])
	}
	for {
		texts, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.log.whole("csv", "cannot be read: "+err.Error(), "save it as CSV again")
			return
		}
		line, _ := rows.FieldPos(0)
		cells := make([]cell, len(texts))
		for i, text := range texts {
			cells[i] = cell{text: text}
			if i < maxSheetColumns {
				cells[i].ref = cellName(line, i)
			}
		}
		if !t.fits(line, cells) || !to.line(line, cells) {
			return
		}
	}
}

// fits holds a row to the bounds of a sheet.
func (t *table) fits(line int, cells []cell) bool {
	for i, c := range cells {
		switch {
		case i >= maxSheetColumns && c.text != "":
			t.log.line(line, "columns_limit", c.text, fmt.Sprintf("stands beyond column %d", maxSheetColumns),
				"delete the columns beyond it")
			return false
		case len(c.text) > maxCell:
			t.log.line(line, "cell_size", "", fmt.Sprintf("has more than %d bytes in one cell", maxCell), "shorten the value")
			return false
		}
	}
	return true
}

// readForeignWorkbook reads the sheet of a workbook that a recipe names. Cells that are computed are read as they
// were saved; what is hidden is read like the rest.
func (t *table) readForeignWorkbook(content []byte, format string, to *recipeRows) {
	sheets, ok := t.openWorkbook(content, format)
	if !ok {
		return
	}
	chosen, ok := t.chooseSheet(sheets, to.recipe.Sheet)
	if !ok {
		return
	}
	s := t.newScan(chosen, true)
	readable := chosen.read(s)
	if t.merge(s.log, nil); !readable || t.log.refused() {
		return
	}
	for _, row := range s.rows {
		if !to.line(row.line, row.cells) {
			return
		}
	}
}

// chooseSheet finds the one sheet that a recipe means.
func (t *table) chooseSheet(sheets []sheet, want recipeSheet) (sheet, bool) {
	var names, found []string
	var chosen sheet
	for _, s := range sheets {
		if s.read == nil {
			continue
		}
		names = append(names, s.name)
		switch {
		case want.Name != "" && !strings.EqualFold(strings.TrimSpace(s.name), strings.TrimSpace(want.Name)):
		case want.Matching != nil && !want.Matching.MatchString(s.name):
		default:
			found, chosen = append(found, s.name), s
		}
	}
	if len(found) == 1 {
		t.log.sheet = chosen.name
		return chosen, true
	}
	problem := "has no sheet that the recipe means"
	if len(found) > 1 {
		problem = "has several sheets that the recipe may mean: " + strings.Join(found, ", ")
	}
	t.log.whole("sheets", problem, "name one in the recipe: "+strings.Join(names, ", "))
	return sheet{}, false
}
