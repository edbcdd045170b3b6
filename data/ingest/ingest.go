package ingest

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
)

// MostBytes is how many bytes a file to be imported may have.
const MostBytes = 256 << 20

// The other bounds set on a file, whatever it holds. How many rows it may have is said by its kind.
const (
	maxColumns        = 64       // of the header and of any row
	maxCell           = 64 << 10 // bytes of one cell
	maxRunes          = 1_000    // of a text
	oldestYear        = 1980     // of any date; youth offending teams date from 2000
	latestYear        = 2100
	workbookSignature = "PK\x03\x04"
	oldOfficeFile     = "\xd0\xcf\x11\xe0" // .xls, and .xlsx behind a password
)

// Known is what the record knows, to hold the names in a file to. A nil function knows nothing.
type Known struct {
	Areas *Names
	// those of a level other than area (region, nation, police_force, authority); nil where there is no such level
	Places      func(level string) *Names
	Authority   func(gss string) bool // whether there is an authority of this code
	Inspections func(id string) bool  // whether the record has results of an inspection
}

// Rows are given the rows of a file one by one, in its order, while it is read: those of its kind, to the function for
// that kind. None comes after the first thing that refuses the file, so what came before is then to be thrown away. A
// nil function is not called.
type Rows struct {
	Result      func(Result)
	Observation func(Observation)
	Area        func(Area)
	Judgement   func(Judgement)
	Question    func(Question)
	Score       func(Score)
	Report      func(ReportFinding)
}

// File is a file that was read.
type File struct {
	Name  string
	Sheet string // of a workbook
	Kind  Kind   // by its header; "" where that fits none
	Rows  int
	Left  Left // by a recipe
}

// Read reads a file of any kind, which its header tells. Where the findings refuse it, nothing of it may be kept.
func Read(name string, content []byte, known Known, to Rows) (File, Findings) {
	t := newTable(name, shapes(), known, to)
	t.read(content)
	return t.done()
}

// done ends the reading of a file.
func (t *table) done() (File, Findings) {
	if t.reader.finish != nil {
		t.reader.finish()
	}
	if !t.log.refused() && t.rows == 0 {
		t.log.whole("empty", "has no rows below the header", "send the file with its rows")
	}
	file := File{Name: t.log.file, Sheet: t.log.sheet, Kind: t.shape.kind}
	if !t.log.refused() {
		file.Rows = t.rows
	}
	return file, t.log.findings()
}

// only is the kind of file of a name, alone.
func only(kind Kind) []shape {
	return slices.DeleteFunc(shapes(), func(s shape) bool { return s.kind != kind })
}

// The formats of a file, by the ends of names.
const (
	formatCSV  = ".csv"
	formatXLSX = ".xlsx"
	formatODS  = ".ods"
)

// read reads a file in the import format into the table.
func (t *table) read(content []byte) {
	switch format := t.format(content); format {
	case formatCSV:
		t.readCSV(content)
	case formatXLSX, formatODS:
		t.readWorkbook(content, format)
	}
}

// format takes the file's format from its name and its first bytes, which must agree; "" with a finding where they do
// not.
func (t *table) format(content []byte) string {
	extension := strings.ToLower(path.Ext(t.log.file))
	zipped := bytes.HasPrefix(content, []byte(workbookSignature))
	switch {
	case len(content) == 0:
		t.log.whole("empty", "is empty", "send the file again")
	case len(content) > MostBytes:
		t.log.whole("file_size", fmt.Sprintf("has %d bytes, more than %d", len(content), MostBytes), "split the file")
	case extension != formatCSV && extension != formatXLSX && extension != formatODS:
		t.log.whole("format", "is none of .csv, .xlsx and .ods by its name",
			"save it as CSV, or as a workbook of Excel (.xlsx) or LibreOffice (.ods)")
	case bytes.HasPrefix(content, []byte(oldOfficeFile)):
		t.log.whole("format", "is an Excel 97-2003 file, or protected with a password",
			"save it as an Excel workbook (.xlsx) without a password")
	case extension == formatCSV && zipped:
		t.log.whole("format", "is a workbook or archive, though its name ends in .csv",
			"save it as CSV, or name it .xlsx or .ods")
	case extension != formatCSV && !zipped:
		t.log.whole("format", "is not a workbook, though its name ends in "+extension,
			"save it as a workbook of Excel (.xlsx) or LibreOffice (.ods)")
	default:
		return extension
	}
	return ""
}
