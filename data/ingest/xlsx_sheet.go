package ingest

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"yardstick/data/finding"
)

// sheetRow is a row of a worksheet with a value in some cell.
type sheetRow struct {
	line  int    // from 1
	cells []cell // from column A to the last with a value
}

// scan reads a worksheet as it is written, strictly: formulas, what is hidden or merged, how numbers are shown, and
// what spreadsheets pass over in silence. No library at hand tells all of that for a sheet of many rows.
type scan struct {
	log     *log // of this sheet; columns by letter
	maxRows int
	rows    []sheetRow
	keep    bool // the rows
	values  int
	// a sheet that a recipe reads: what is hidden, merged or computed is read as it shows
	foreign bool

	line, column int // line from 1, column from 0
	inRows       bool
}

var errStop = errors.New("nothing more of the sheet can be read")

// worksheet reads a part with a worksheet to its end. It reports whether that was reached.
func (s *scan) worksheet(book *workbook, part *zip.File) bool {
	from, err := part.Open()
	if err != nil {
		s.log.whole("workbook_broken", "has a sheet that cannot be read: "+err.Error(), "send the file again")
		return false
	}
	defer from.Close()
	decoder := xml.NewDecoder(from)
	return s.each(decoder, "save it again with Excel", func(token xml.Token) error {
		switch e := token.(type) {
		case xml.StartElement:
			return s.element(book, decoder, e)
		case xml.EndElement:
			s.inRows = s.inRows && e.Name.Local != "sheetData"
		}
		return nil
	})
}

// each reads the tokens of a sheet to its end. It reports whether that was reached.
func (s *scan) each(decoder *xml.Decoder, fix string, read func(xml.Token) error) bool {
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return true
		}
		if err == nil {
			err = read(token)
		}
		if errors.Is(err, errStop) {
			return false
		}
		if err != nil {
			s.log.line(s.line, "workbook_broken", "", "the sheet cannot be read further: "+err.Error(), fix)
			return false
		}
	}
}

func (s *scan) element(book *workbook, decoder *xml.Decoder, e xml.StartElement) error {
	switch name := e.Name.Local; {
	case name == "sheetData":
		s.inRows = true
	case name == "row" && s.inRows:
		return s.rowStarts(e)
	case name == "c" && s.inRows:
		return s.readCell(book, decoder, e)
	case s.foreign:
	case name == "dimension":
		return s.dimension(attribute(e, "ref"))
	case name == "sheetFormatPr" && isTrue(attribute(e, "zeroHeight")):
		s.found(0, -1, "hidden_row", "", "hides its rows unless they say otherwise", "show all rows")
	case name == "col" && !s.inRows && (isTrue(attribute(e, "hidden")) || zero(attribute(e, "width"))):
		s.hiddenColumns(e)
	case name == "mergeCell":
		ref := attribute(e, "ref")
		first, _, _ := strings.Cut(ref, ":")
		line, column, _ := position(first)
		s.found(line, column, "merged_cells", ref, "is merged", "unmerge the cells and fill in each")
	}
	return nil
}

// found adds a finding about a cell of the sheet, or about a row where the column is -1.
func (s *scan) found(line, column int, rule, value, problem, fix string) {
	f := finding.Finding{Line: line, Value: value, Rule: rule, Problem: problem, Fix: fix}
	if column >= 0 {
		f.Column = columnLetter(column)
	}
	s.log.add(f)
}

func (s *scan) far(line int, ref string) error {
	s.found(line, -1, "far_cell", ref, fmt.Sprintf("lies beyond column %d or row %d", maxColumns, s.maxRows+1),
		"delete all columns and rows beyond the table, formats too, and save again")
	return errStop
}

func (s *scan) dimension(ref string) error {
	last := ref[strings.LastIndexByte(ref, ':')+1:]
	if line, column, ok := position(last); ref != "" && (!ok || line > s.maxRows+1 || column >= maxColumns) {
		return s.far(0, ref)
	}
	return nil
}

func (s *scan) hiddenColumns(e xml.StartElement) {
	first, _ := strconv.Atoi(attribute(e, "min"))
	last := attribute(e, "max")
	column := min(max(first-1, 0), maxColumns)
	s.found(0, column, "hidden_column", "", fmt.Sprintf("columns %d to %s are hidden", first, last),
		"show the columns, or delete them")
}

func (s *scan) rowStarts(e xml.StartElement) error {
	line := s.line + 1
	if ref := attribute(e, "r"); ref != "" {
		n, err := strconv.Atoi(ref)
		if err != nil || n <= s.line {
			s.found(s.line, -1, "workbook_broken", ref, "is out of order as the number of a row",
				"save it again with Excel")
			return errStop
		}
		line = n
	}
	s.line, s.column = line, -1
	if line > s.maxRows+1 {
		return s.far(line, strconv.Itoa(line))
	}
	if !s.foreign && (isTrue(attribute(e, "hidden")) || zero(attribute(e, "ht"))) {
		s.found(line, -1, "hidden_row", "", "is hidden", "clear the filter or show the row, or delete it")
	}
	return nil
}

// xlsxCell is what a cell has besides its name.
type xlsxCell struct {
	Formula *struct{} `xml:"f"`
	Value   string    `xml:"v"`
	Inline  xlsxText  `xml:"is"`
}

// readCell reads a cell to its end.
func (s *scan) readCell(book *workbook, decoder *xml.Decoder, e xml.StartElement) error {
	if err := s.cellStarts(e); err != nil {
		return err
	}
	kind, err := s.kindOf(book, attribute(e, "t"), attribute(e, "s"))
	if err != nil {
		return err
	}
	var c xlsxCell
	if err := decoder.DecodeElement(&c, &e); err != nil {
		return err
	}
	name, text, inline := cellName(s.line, s.column), c.Value, c.Inline.String()
	if attribute(e, "t") == "inlineStr" {
		text = inline
	}
	if s.foreign && text == "" && inline == "" {
		if c.Formula != nil {
			s.found(s.line, s.column, "formula", "", "in cell "+name+" stands a formula whose result was not saved",
				"open the workbook in Excel and save it")
		}
		return nil
	}
	if s.column >= maxSheetColumns {
		s.found(s.line, -1, "far_cell", name, fmt.Sprintf("lies beyond column %d", maxSheetColumns),
			"delete the columns beyond it")
		return errStop
	}
	if c.Formula != nil && !s.foreign {
		s.found(s.line, s.column, "formula", "", "in cell "+name+" stands a formula",
			"copy the cells and paste them as values")
	}
	if text == "" && inline == "" && c.Formula == nil {
		return nil
	}
	if attribute(e, "t") == "s" && text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n >= len(book.strings) {
			s.found(s.line, s.column, "workbook_broken", text, "in cell "+name+" points to no text",
				"save it again with Excel")
			return errStop
		}
		text = book.strings[n]
	}
	s.values++
	if s.keep {
		s.put(s.column, shownText(trim(unescaped(text)), kind, book.from104), kind)
	}
	return nil
}

// cellStarts finds out in which column a cell is.
func (s *scan) cellStarts(e xml.StartElement) error {
	column := s.column + 1
	if ref := attribute(e, "r"); ref != "" {
		line, at, ok := position(ref)
		if ok && at >= maxColumns && !s.foreign {
			return s.far(s.line, ref)
		}
		if !ok || line != s.line || at <= s.column {
			s.found(s.line, -1, "workbook_broken", ref, "is out of order as the name of a cell",
				"save it again with Excel")
			return errStop
		}
		column = at
	}
	if column >= maxColumns && !s.foreign {
		return s.far(s.line, "column "+strconv.Itoa(column+1))
	}
	s.column = column
	return nil
}

// kindOf is what a cell of a type and a style holds.
func (s *scan) kindOf(book *workbook, typ, style string) (cellKind, error) {
	switch typ {
	case "s", "inlineStr", "str":
		return kindText, nil
	case "b":
		return kindBoolean, nil
	case "e":
		return kindError, nil
	case "d":
		return kindISODate, nil
	case "", "n":
		if style == "" {
			return book.styles[0], nil
		}
		n, err := strconv.Atoi(style)
		if err == nil && n >= 0 && n < len(book.styles) {
			return book.styles[n], nil
		}
		s.found(s.line, s.column, "workbook_broken", style, "is no style of the workbook", "save it again with Excel")
		return 0, errStop
	}
	s.found(s.line, s.column, "workbook_broken", typ, "is no type of cell", "save it again with Excel")
	return 0, errStop
}

// put keeps the value of a cell of the row.
func (s *scan) put(column int, text string, kind cellKind) {
	if len(s.rows) == 0 || s.rows[len(s.rows)-1].line != s.line {
		s.rows = append(s.rows, sheetRow{line: s.line})
	}
	row := &s.rows[len(s.rows)-1]
	for i := len(row.cells); i < column; i++ {
		row.cells = append(row.cells, cell{ref: cellName(s.line, i)})
	}
	row.cells = append(row.cells, cell{text: text, kind: kind, ref: cellName(s.line, column)})
}

// position is the row, from 1, and the column, from 0, of a cell's name such as "B7". It is asked for every cell, so it
// is no regular expression.
func position(ref string) (line, column int, ok bool) {
	letters := 0
	for letters < len(ref) && ref[letters] >= 'A' && ref[letters] <= 'Z' {
		column = column*26 + int(ref[letters]-'A') + 1
		letters++
	}
	digits := ref[letters:]
	if letters == 0 || letters > 3 || digits == "" || len(digits) > 7 || digits[0] == '0' {
		return 0, -1, false
	}
	for _, digit := range []byte(digits) {
		if digit < '0' || digit > '9' {
			return 0, -1, false
		}
		line = line*10 + int(digit-'0')
	}
	return line, column - 1, true
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func zero(attribute string) bool {
	value, err := strconv.ParseFloat(attribute, 64)
	return err == nil && value == 0
}
