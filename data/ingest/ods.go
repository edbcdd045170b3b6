package ingest

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// The parts of an OpenDocument spreadsheet (ODF 1.3, part 3).
const odsPart = "content.xml"

// readODS reads the sheet of an OpenDocument workbook that a recipe names.
func (t *table) readODS(content []byte, to *recipeRows) {
	a, ok := t.openArchive(content)
	if !ok {
		return
	}
	var names []string
	err := t.eachTable(a, func(_ *odsTable, name string) error {
		names = append(names, name)
		return nil
	})
	if err == nil && t.chooseSheet(names, to.recipe.Sheet) {
		err = t.eachTable(a, func(table *odsTable, name string) error {
			if name != t.log.sheet {
				return nil
			}
			return table.rows(func(line int, cells []cell) bool { return t.fits(line, cells) && to.line(line, cells) })
		})
	}
	if err != nil && !errors.Is(err, errStop) {
		t.log.whole("workbook_broken", "cannot be read: "+err.Error(), "save it again as an OpenDocument spreadsheet")
	}
}

// eachTable calls a function at the start of every sheet of the workbook.
func (t *table) eachTable(a *archive, found func(table *odsTable, name string) error) error {
	part := a.parts[odsPart]
	if part == nil {
		return errors.New(odsPart + " is missing")
	}
	from, err := part.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	decoder := xml.NewDecoder(from)
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "table" {
			if err := found(&odsTable{decoder: decoder}, odsAttribute(e, "name")); err != nil {
				return err
			}
		}
	}
}

// odsTable reads the rows of one sheet.
type odsTable struct {
	decoder *xml.Decoder
	line    int
	cells   []cell
	repeats int // of the row
	blanks  int // cells without text since the last with one
}

// rows calls a function with every row that has text, until it wants no more; then the error is errStop. A row or cell
// that stands for several is given as several.
func (o *odsTable) rows(to func(line int, cells []cell) bool) error {
	for {
		token, err := o.decoder.Token()
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "table-row":
				o.repeats, o.cells, o.blanks = odsRepeats(e, "number-rows-repeated"), nil, 0
			case "table-cell", "covered-table-cell":
				if err := o.cell(e); err != nil {
					return err
				}
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "table-row":
				if err := o.row(to); err != nil {
					return err
				}
			case "table":
				return nil
			}
		}
	}
}

// row gives the row that ends as often as it stands for.
func (o *odsTable) row(to func(line int, cells []cell) bool) error {
	if len(o.cells) == 0 {
		o.line += o.repeats
		return nil
	}
	for range o.repeats {
		o.line++
		cells := make([]cell, len(o.cells))
		for i, c := range o.cells {
			if i < maxSheetColumns {
				c.ref = cellName(o.line, i)
			}
			cells[i] = c
		}
		if !to(o.line, cells) {
			return errStop
		}
	}
	return nil
}

// cell reads a cell to its end.
func (o *odsTable) cell(start xml.StartElement) error {
	text, err := o.text()
	if err != nil {
		return err
	}
	repeats := odsRepeats(start, "number-columns-repeated")
	c := cell{text: text}
	switch odsAttribute(start, "value-type") {
	case "float", "currency":
		c.text = shownText(odsAttribute(start, "value"), kindNumber, false)
	case "percentage":
		c.text = shownText(odsAttribute(start, "value"), kindPercent, false)
	case "date":
		c.text, _, _ = strings.Cut(odsAttribute(start, "date-value"), "T")
	}
	if strings.TrimSpace(c.text) == "" {
		o.blanks += repeats
		return nil
	}
	for range min(o.blanks, maxSheetColumns+1) {
		o.cells = append(o.cells, cell{})
	}
	o.blanks = 0
	for range min(repeats, maxSheetColumns+1) {
		o.cells = append(o.cells, c)
	}
	return nil
}

// text returns the paragraphs of the cell that was opened, without notes that are pinned to it.
func (o *odsTable) text() (string, error) {
	var out strings.Builder
	depth, note := 1, 0
	for depth > 0 {
		token, err := o.decoder.Token()
		if err != nil {
			return "", err
		}
		switch e := token.(type) {
		case xml.StartElement:
			depth++
			switch {
			case note > 0 || e.Name.Local == "annotation":
				note++
			case e.Name.Local == "p" && out.Len() > 0, e.Name.Local == "s", e.Name.Local == "tab", e.Name.Local == "line-break":
				out.WriteByte(' ')
			}
		case xml.EndElement:
			depth--
			note = max(note-1, 0)
		case xml.CharData:
			if note == 0 && out.Len() <= maxCell {
				out.Write(e)
			}
		}
	}
	return out.String(), nil
}

func odsRepeats(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(odsAttribute(e, name))
	if err != nil || n < 1 {
		return 1
	}
	return n
}

// odsAttribute returns an attribute by its name, in whichever namespace.
func odsAttribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
