// Package data carries the published record: what inspectors and statisticians printed, row by row, as CSV files
// reviewed like code. README.md says what each file holds.
//
//	finding/   what is wrong with data, said so that it can be put right
//	ingest/    reads files that people send           (strict grammar, findings)
//	register/  keeps them, and what was decided of them (uploads, journal, embargo)
//	release/   builds a release from the record       (a new DuckDB file, checked, hashed, renamed)
package data

import (
	"embed"
	"io/fs"
)

//go:embed SOURCES.csv reference areas localities results benchmarks findings indicators history
var record embed.FS

// Record is the shipped record, by folder and file.
func Record() fs.FS { return record }
