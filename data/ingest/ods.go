package ingest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// The parts of an OpenDocument spreadsheet (ODF 1.3, parts 2 and 3), in small letters.
const (
	odsPart         = "content.xml"
	odsStylesPart   = "styles.xml"
	odsManifestPart = "meta-inf/manifest.xml"
)

// The bounds of a sheet that may say of a cell or row how often it is repeated.
const (
	maxRepeats = 1 << 24
	maxCells   = 1_000_000 // that are kept
)

const odsFix = "save it again as an OpenDocument spreadsheet"

// openODS finds the sheets of an OpenDocument workbook, each of which is read from its own bytes of the content.
func (t *table) openODS(a *archive) ([]sheet, bool) {
	styles := odsStyles{dates: map[string]cellKind{}, cells: map[string]odsStyle{}, hidden: map[string]bool{}}
	common, err := a.read(odsStylesPart)
	if err == nil {
		_, err = styles.read(xml.NewDecoder(bytes.NewReader(common)))
	}
	content, broken := a.read(odsPart)
	decoder := xml.NewDecoder(bytes.NewReader(content))
	if err = errors.Join(err, broken); err == nil {
		var found bool
		if found, err = styles.read(decoder); err == nil && !found {
			err = errors.New("it has no spreadsheet")
		}
	}
	var sheets []sheet
	for err == nil && len(sheets) <= maxEntries {
		from := decoder.InputOffset()
		var token xml.Token
		if token, err = decoder.Token(); err != nil {
			break
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if err = decoder.Skip(); start.Name.Local == "table" {
			part := content[from:decoder.InputOffset()]
			sheets = append(sheets, sheet{name: odsAttribute(start, "name"),
				hidden: styles.hidden[odsAttribute(start, "style-name")],
				read:   func(s *scan) bool { return s.odsSheet(&styles, part) }})
		}
	}
	switch {
	case len(sheets) > maxEntries:
		t.log.whole("sheets", fmt.Sprintf("has more than %d sheets", maxEntries), "keep one sheet in the file")
	case err != nil && !errors.Is(err, io.EOF):
		t.log.line(0, "workbook_broken", odsPart, "cannot be read: "+err.Error(), odsFix)
	}
	return sheets, !t.log.refused()
}

// odsStyles say how dates are shown, and which sheets are not.
type odsStyles struct {
	dates  map[string]cellKind // by the name of a format
	cells  map[string]odsStyle // by the name of a style
	hidden map[string]bool     // by the name of a style of sheets
}

// odsStyle is a style of cells: its format, or the style that says it.
type odsStyle struct{ format, parent string }

// read takes the styles of a part up to its sheets, and reports whether it has any.
func (o *odsStyles) read(decoder *xml.Decoder) (sheets bool, err error) {
	var format, style string // the one that is open
	var year, month, day, weekday, clock bool
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "spreadsheet":
				return true, nil
			case "date-style":
				format, year, month, day, weekday, clock = odsAttribute(e, "name"), false, false, false, false, false
			case "year":
				year = true
			case "month":
				month = true
			case "day":
				day = true
			case "day-of-week":
				weekday = true
			case "hours", "minutes", "seconds":
				clock = true
			case "style":
				style = odsAttribute(e, "name")
				if odsAttribute(e, "family") == "table-cell" {
					o.cells[style] = odsStyle{odsAttribute(e, "data-style-name"), odsAttribute(e, "parent-style-name")}
				}
			case "default-style":
				style = ""
			case "table-properties":
				o.hidden[style] = odsAttribute(e, "display") == "false"
			}
		case xml.EndElement:
			if e.Name.Local == "date-style" {
				o.dates[format] = dateKind(year, month, day, day || weekday, clock)
			}
		}
	}
}

// date is how a date is shown in a cell of a style.
func (o *odsStyles) date(style string) cellKind {
	for range 10 { // styles inherit of each other
		s := o.cells[style]
		if s.format != "" {
			if kind, ok := o.dates[s.format]; ok {
				return kind
			}
			break
		}
		style = s.parent
	}
	return kindDay
}

// odsSheet reads the rows of one sheet, as strictly as those of XLSX.
type odsSheet struct {
	*scan
	decoder *xml.Decoder
	styles  *odsStyles
	columns []string // the style of the cells of each column
	style   string   // of the cells of the row
	repeats int      // of the row
	row     []odsCells
	kept    int // cells of all rows
}

// odsCells are equal cells next to each other that have a value.
type odsCells struct {
	column, repeats int
	text            string
	kind            cellKind
}

// odsSheet reads a sheet to its end. It reports whether that was reached.
func (s *scan) odsSheet(styles *odsStyles, part []byte) bool {
	o := &odsSheet{scan: s, decoder: xml.NewDecoder(bytes.NewReader(part)), styles: styles, repeats: 1}
	return s.each(o.decoder, odsFix, o.token)
}

func (o *odsSheet) token(token xml.Token) error {
	switch e := token.(type) {
	case xml.StartElement:
		switch e.Name.Local {
		case "shapes", "forms", "named-expressions", "conditional-formats", "sparkline-groups":
			return o.decoder.Skip()
		case "table-source", "cell-range-source", "dde-source":
			if !o.foreign {
				o.found(0, -1, "external_link", odsAttribute(e, "href"), "is linked to another document",
					"break the links (Edit, Links to External Files)")
			}
			return o.decoder.Skip()
		case "table-column":
			o.columnStarts(e)
		case "table-row":
			o.rowStarts(e)
		case "table-cell", "covered-table-cell":
			return o.cellAt(e)
		}
	case xml.EndElement:
		if e.Name.Local == "table-row" {
			return o.rowEnds()
		}
	}
	return nil
}

func (o *odsSheet) columnStarts(e xml.StartElement) {
	repeats := odsRepeats(e, "number-columns-repeated")
	first := len(o.columns)
	for range min(repeats, maxSheetColumns-first) {
		o.columns = append(o.columns, odsAttribute(e, "default-cell-style-name"))
	}
	if odsHidden(e) && !o.foreign {
		o.found(0, min(first, maxColumns), "hidden_column", "", fmt.Sprintf("columns %d to %d are hidden", first+1,
			first+repeats), "show the columns, or delete them")
	}
}

func (o *odsSheet) rowStarts(e xml.StartElement) {
	o.column, o.row = 0, o.row[:0]
	o.repeats, o.style = odsRepeats(e, "number-rows-repeated"), odsAttribute(e, "default-cell-style-name")
	if odsHidden(e) && !o.foreign {
		o.found(o.line+1, -1, "hidden_row", "", "is hidden", "clear the filter or show the row, or delete it")
	}
}

// cellAt reads a cell to its end, with those that are equal to it after it.
func (o *odsSheet) cellAt(e xml.StartElement) error {
	text, err := o.text()
	if err != nil {
		return err
	}
	first, line := o.column, o.line+1
	repeats := odsRepeats(e, "number-columns-repeated")
	o.column += repeats
	if at := min(first, maxSheetColumns); !o.foreign {
		if odsAttribute(e, "formula") != "" {
			o.values++
			o.found(line, at, "formula", "", "in cell "+cellName(line, at)+" stands a formula",
				"copy the cells and paste them as values")
		}
		if odsRepeats(e, "number-columns-spanned") > 1 || odsRepeats(e, "number-rows-spanned") > 1 {
			o.found(line, at, "merged_cells", cellName(line, at), "is merged", "unmerge the cells and fill in each")
		}
	}
	c := o.value(e, text)
	if c.text = trim(c.text); c.text == "" {
		return nil
	}
	switch {
	case o.column > maxColumns && !o.foreign:
		return o.far(line, "column "+strconv.Itoa(o.column))
	case o.column > maxSheetColumns:
		o.found(line, -1, "far_cell", "column "+strconv.Itoa(o.column),
			fmt.Sprintf("lies beyond column %d", maxSheetColumns), "delete the columns beyond it")
		return errStop
	}
	c.column, c.repeats = first, repeats
	o.row = append(o.row, c)
	return nil
}

// value is what a cell says, in the words of the import.
func (o *odsSheet) value(e xml.StartElement, text string) odsCells {
	for _, a := range e.Attr { // LibreOffice marks its errors in an attribute of its own
		if a.Name.Local == "value-type" && a.Value == "error" {
			return odsCells{text: text, kind: kindError}
		}
	}
	switch odsAttribute(e, "value-type") {
	case "float", "currency":
		return odsCells{text: shownText(odsAttribute(e, "value"), kindNumber, false), kind: kindNumber}
	case "percentage":
		return odsCells{text: shownText(odsAttribute(e, "value"), kindPercent, false), kind: kindPercent}
	case "date":
		return o.date(e)
	case "time":
		return odsCells{text: odsAttribute(e, "time-value"), kind: kindTime}
	case "boolean":
		return odsCells{text: odsAttribute(e, "boolean-value"), kind: kindBoolean}
	case "string":
		if text == "" {
			text = odsAttribute(e, "string-value")
		}
	}
	return odsCells{text: text}
}

// date is a date as the cell shows it: a month is 2012-06, whatever its day. A time of the day stays with it, for the
// grammar to refuse.
func (o *odsSheet) date(e xml.StartElement) odsCells {
	style := odsAttribute(e, "style-name")
	if style == "" {
		style = o.style
	}
	if at := o.column - odsRepeats(e, "number-columns-repeated"); style == "" && at < len(o.columns) {
		style = o.columns[at]
	}
	kind := o.styles.date(style)
	text, clock, _ := strings.Cut(odsAttribute(e, "date-value"), "T")
	if strings.Trim(clock, "0:.Z") != "" {
		text += "T" + clock
	}
	if length := map[cellKind]int{kindMonth: len("2006-01"), kindYear: len("2006")}[kind]; length > 0 &&
		len(text) == len("2006-01-02") {
		text = text[:length]
	}
	return odsCells{text: text, kind: kind}
}

// rowEnds keeps the row as often as it is repeated.
func (o *odsSheet) rowEnds() error {
	if len(o.row) == 0 {
		o.line += o.repeats
		return nil
	}
	last := o.row[len(o.row)-1]
	for range o.repeats {
		if o.line++; o.line > o.maxRows+1 {
			return o.far(o.line, strconv.Itoa(o.line))
		}
		o.values++
		if !o.keep {
			continue
		}
		if o.kept += last.column + last.repeats; o.kept > maxCells {
			o.found(o.line, -1, "archive_size", "", fmt.Sprintf("comes after %d cells, as often as they are repeated; "+
				"no more are read", maxCells), "save the rows alone in a new workbook")
			return errStop
		}
		for _, c := range o.row {
			for i := range c.repeats {
				o.put(c.column+i, c.text, c.kind)
			}
		}
	}
	return nil
}

// text returns the paragraphs of the cell that was opened, a line each, without what is pinned to it.
func (o *odsSheet) text() (string, error) {
	var out strings.Builder
	more := "" // stands for what is not kept of a cell that is too long
	write := func(text string) {
		if out.Len() > maxCell {
			more = "…"
			return
		}
		out.WriteString(text)
	}
	var open []string // the elements of the paragraph
	for {
		token, err := o.decoder.Token()
		if err != nil {
			return "", err
		}
		switch e := token.(type) {
		case xml.StartElement:
			name := e.Name.Local
			if len(open) == 0 && name != "p" && name != "h" ||
				slices.Contains([]string{"annotation", "note", "frame", "ruby-text"}, name) {
				if err := o.decoder.Skip(); err != nil {
					return "", err
				}
				continue
			}
			switch {
			case len(open) == 0 && out.Len() > 0, name == "line-break":
				write("\n")
			case name == "tab":
				write("\t")
			case name == "s":
				write(strings.Repeat(" ", min(odsRepeats(e, "c"), maxRunes)))
			}
			open = append(open, name)
		case xml.EndElement:
			if len(open) == 0 {
				return out.String() + more, nil
			}
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				write(string(e))
			}
		}
	}
}

// odsHidden says that a row or column is hidden, or filtered out.
func odsHidden(e xml.StartElement) bool {
	visibility := odsAttribute(e, "visibility")
	return visibility != "" && visibility != "visible"
}

// odsRepeats reads a number that is 1 where it is not given.
func odsRepeats(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(odsAttribute(e, name))
	switch {
	case errors.Is(err, strconv.ErrRange):
		return maxRepeats
	case err != nil || n < 1:
		return 1
	}
	return min(n, maxRepeats)
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
