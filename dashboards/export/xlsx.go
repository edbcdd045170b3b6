package export

import (
	"errors"
	"io"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

const (
	notesSheet     = "Notes"
	longestSheet   = 31  // characters of a sheet's name, by the format
	widestColumn   = 60  // characters that a column is made wide for
	rowsMeasured   = 200 // whose texts say how wide a column is
	dateFormatCode = "yyyy-mm-dd"
)

// writeXLSX writes a workbook of two sheets: the table, with numbers and days as such and a header that stays in sight,
// and notes that say what it is, of which release, and what each column holds. A partial date that is a whole day is a
// day; one that is not stays text. Text is never a formula.
func writeXLSX(w io.Writer, t Table, o Origin) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	name := t.Name[:min(len(t.Name), longestSheet)]
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	if err := writeNotes(f, t, o); err != nil {
		return err
	}
	if err := writeSheet(f, name, t); err != nil {
		return err
	}
	_, err = f.WriteTo(w)
	return err
}

// writeSheet streams the rows. Only one sheet of a workbook is streamed, since the library writes streamed sheets in no
// order of their own.
func writeSheet(f *excelize.File, name string, t Table) error {
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	code := dateFormatCode
	day, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
	if err != nil {
		return err
	}
	sheet, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for n := range t.Columns {
		if err := sheet.SetColWidth(n+1, n+1, columnWidth(t, n)); err != nil {
			return err
		}
	}
	if err := sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2",
		ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	header := make([]any, len(t.Columns))
	for n, c := range t.Columns {
		header[n] = excelize.Cell{StyleID: bold, Value: c.Name}
	}
	if err := sheet.SetRow("A1", header); err != nil {
		return err
	}
	for n, row := range t.Rows {
		cells := make([]any, len(row))
		for i, cell := range row {
			cells[i] = workbookCell(t.Columns[i].Type, cell, day)
		}
		at, err := excelize.CoordinatesToCellName(1, n+2)
		if err != nil {
			return err
		}
		if err := sheet.SetRow(at, cells); err != nil {
			return err
		}
	}
	return sheet.Flush()
}

func workbookCell(kind Type, cell any, day int) any {
	switch v := flat(cell).(type) {
	case time.Time:
		return excelize.Cell{StyleID: day, Value: v}
	case string:
		if at, err := time.Parse(time.DateOnly, v); err == nil && kind == Partial {
			return excelize.Cell{StyleID: day, Value: at}
		}
		return v
	default:
		return v
	}
}

// columnWidth is wide enough for a column's name and most of its cells.
func columnWidth(t Table, column int) float64 {
	widest := utf8.RuneCountInString(t.Columns[column].Name)
	for _, row := range t.Rows[:min(len(t.Rows), rowsMeasured)] {
		widest = max(widest, utf8.RuneCountInString(csvCell(row[column])))
	}
	return float64(min(widest, widestColumn) + 2)
}

func writeNotes(f *excelize.File, t Table, o Origin) error {
	name, rows := notesSheet, standardNotes(t, o)
	if t.Notes != nil {
		name, rows = t.Notes.Sheet, make([][]any, len(t.Notes.Rows))
		for n, row := range t.Notes.Rows {
			for _, text := range row {
				rows[n] = append(rows[n], text)
			}
		}
	}
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	for n, row := range rows {
		at, err := excelize.CoordinatesToCellName(1, n+1)
		if err != nil {
			return err
		}
		if err := f.SetSheetRow(name, at, &row); err != nil {
			return err
		}
	}
	if err := f.SetColWidth(name, "A", "A", 24); err != nil {
		return err
	}
	return f.SetColWidth(name, "B", "B", 100)
}

// standardNotes say what a table is, of which release, and what each column holds.
func standardNotes(t Table, o Origin) [][]any {
	rows := [][]any{
		{t.Title}, {t.Description}, {},
		{"Release", o.Release},
		{"Date of the release", o.Date.Format(time.DateOnly)},
		{"Licence", o.Licence},
		{"How figures are made", o.Methodology},
		{"An empty cell", "is not shown by the source: it is never zero."}, {},
		{"Column", "What it holds", "Unit"},
	}
	for _, c := range t.Columns {
		rows = append(rows, []any{c.Name, c.Description, c.Unit})
	}
	return rows
}
