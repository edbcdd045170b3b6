package ingest

import (
	"bytes"
	"fmt"
	"path"
	"strings"
)

// The bounds set on a file, whatever its format.
const (
	maxFile           = 64 << 20  // bytes
	maxColumns        = 64        // of the header and of any row
	maxResultRows     = 20_000    // below the header
	maxIndicatorRows  = 2_000_000 // below the header
	maxCell           = 64 << 10  // bytes of one cell
	maxRunes          = 1_000     // of a text
	oldestYear        = 1980      // of any date; youth offending teams date from 2000
	latestYear        = 2100
	workbookSignature = "PK\x03\x04"
	oldOfficeFile     = "\xd0\xcf\x11\xe0" // .xls, and .xlsx behind a password
)

// Areas finds the area that a name means: its id, or "" and the ids that come nearest, best first, at most a few.
//
// An implementation that also has the method of CandidateAreas lets a name of several areas be told from an unknown one.
type Areas interface {
	Resolve(name string) (id string, nearest []string)
}

// CandidateAreas is what an Areas may have besides: the ids of all areas that answer to a name exactly. It is asked
// before Resolve, which is then asked only for what comes nearest.
type CandidateAreas interface {
	Candidates(name string) []string
}

// Batch is the results of one file, in its order.
type Batch struct {
	File  string
	Sheet string // of a workbook
	Rows  []Result
}

// Series is the indicator values of one file, in its order.
type Series struct {
	File  string
	Sheet string // of a workbook
	Rows  []Observation
}

// Results reads a file of inspection results. Where the findings refuse it, the batch has no rows.
func Results(name string, content []byte, areas Areas) (Batch, Findings) {
	t := newTable(name, resultColumns, maxResultRows, areas)
	rows := resultRows{table: t}
	t.take = rows.take
	t.read(content)
	rows.finish()
	if t.log.refused() {
		rows.rows = nil
	}
	return Batch{File: t.log.file, Sheet: t.log.sheet, Rows: rows.rows}, t.log.findings()
}

// Indicators reads a file of indicator values. Where the findings refuse it, the series has no rows.
func Indicators(name string, content []byte, areas Areas) (Series, Findings) {
	t := newTable(name, indicatorColumns, maxIndicatorRows, areas)
	rows := newObservationRows(t)
	t.take = rows.take
	t.read(content)
	if t.log.refused() {
		rows.rows = nil
	}
	return Series{File: t.log.file, Sheet: t.log.sheet, Rows: rows.rows}, t.log.findings()
}

// read takes the file's format from its name and its first bytes, which must agree, and reads it into the table.
func (t *table) read(content []byte) {
	extension := strings.ToLower(path.Ext(t.log.file))
	zipped := bytes.HasPrefix(content, []byte(workbookSignature))
	switch {
	case len(content) == 0:
		t.log.whole("empty", "is empty", "send the file again")
	case len(content) > maxFile:
		t.log.whole("file_size", fmt.Sprintf("has %d bytes, more than %d", len(content), maxFile), "split the file")
	case extension != ".csv" && extension != ".xlsx":
		t.log.whole("format", "is neither .csv nor .xlsx by its name", "save it as CSV or as an Excel workbook (.xlsx)")
	case bytes.HasPrefix(content, []byte(oldOfficeFile)):
		t.log.whole("format", "is an Excel 97-2003 file, or protected with a password",
			"save it as an Excel workbook (.xlsx) without a password")
	case extension == ".csv" && zipped:
		t.log.whole("format", "is a workbook or archive, though its name ends in .csv", "save it as CSV, or name it .xlsx")
	case extension == ".xlsx" && !zipped:
		t.log.whole("format", "is not a workbook, though its name ends in .xlsx", "save it as an Excel workbook (.xlsx)")
	case zipped:
		t.readWorkbook(content)
	default:
		t.readCSV(content)
	}
	if !t.log.refused() && t.rows == 0 {
		t.log.whole("empty", "has no rows below the header", "send the file with its rows")
	}
}
