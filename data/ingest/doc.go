// Package ingest reads files that people send, as CSV or XLSX: results of inspections and published indicators, a row
// each. It is strict. A file is taken whole or not at all, nothing is guessed, and whatever it does not understand is a
// finding that names the row, the column, the value and what to do; all findings of a file come in one pass.
//
// It keeps no state, writes nothing (a large worksheet passes through a temporary file that is removed) and knows no
// database. Areas are resolved by what the caller passes in. Whether a programme, measure, indicator or rating is one
// the record knows is for the record's own checks, as is everything that needs more than the one file.
//
//	ingest.go      what comes in and goes out; the format
//	findings.go    the list of findings, bounded
//	table.go       header and rows, for both formats
//	csv.go guard.go encoding.go
//	               text files and the bounds set on them
//	xlsx*.go       workbooks: the archive, the structure, the cells
//	grammar.go dates.go text.go areas.go
//	               what may stand in a cell
//	results.go indicators.go
//	               the two kinds of file and what must agree within a row
package ingest
