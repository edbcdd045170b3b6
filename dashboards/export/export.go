// Package export writes a typed table as a file that people take away: CSV, XLSX, Parquet or JSON. The same table of
// the same release is the same bytes, wherever and whenever it is written: no clock, no machine and no order of a
// map is in them. The package knows nothing of the domain; datapackage has the tables.
//
//	export.go table.go   formats, tables and what may stand in a cell
//	csv.go xlsx.go parquet.go json.go
//	                     one format each; a new one is a file and a line of Formats
package export

import (
	"bytes"
	"fmt"
	"io"
	"time"
)

// Origin says where the figures of a file come from, for the formats that can carry it.
type Origin struct {
	Release     string    // id of the release
	Date        time.Time // when it was first built
	Licence     string    // of the figures, in words
	Methodology string    // where it is said how every figure is made
}

// Format is a kind of file.
type Format struct {
	Name  string // as in addresses, and the extension of file names
	Label string // as people write it
	Type  string // content type
	write func(w io.Writer, t Table, o Origin) error
}

// The names of the formats.
const (
	CSV     = "csv"
	XLSX    = "xlsx"
	Parquet = "parquet"
	JSON    = "json"
)

// Formats are all formats on offer, in the order pages show them.
func Formats() []Format {
	return []Format{
		{CSV, "CSV", "text/csv; charset=utf-8", writeCSV},
		{XLSX, "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", writeXLSX},
		{Parquet, "Parquet", "application/vnd.apache.parquet", writeParquet},
		{JSON, "JSON", "application/json; charset=utf-8", writeJSON},
	}
}

// Find is the format of a name; false where there is none.
func Find(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Packed says whether files of the format are compressed within, so that compressing them again gains nothing.
func (f Format) Packed() bool { return f.Name == XLSX || f.Name == Parquet }

// File is a table written in the format. It fails where a cell is not of its column's type or rows cannot be read.
func (f Format) File(t Table, o Origin) ([]byte, error) {
	if t.Read != nil {
		var err error
		if t.Rows, err = t.Read(); err != nil {
			return nil, fmt.Errorf("write %s as %s: %w", t.Name, f.Name, err)
		}
	}
	if err := t.check(); err != nil {
		return nil, fmt.Errorf("write %s as %s: %w", t.Name, f.Name, err)
	}
	var out bytes.Buffer
	if err := f.write(&out, t, o); err != nil {
		return nil, fmt.Errorf("write %s as %s: %w", t.Name, f.Name, err)
	}
	return out.Bytes(), nil
}
