// Package ingest reads files that people send, as CSV, XLSX or ODS: results of inspections, published indicators,
// areas, scores, findings of reports, judgements and questions, a row each; or a sheet of any other layout, by a
// recipe. It is strict. A file is taken whole or not at all, nothing is guessed, and whatever it does not understand is
// a finding that names the row, the column, the value and what to do; all findings of a file come in one pass.
//
// It keeps no state, writes nothing and knows no database. Rows are handed on as they are read, for there may be
// millions. What areas, places, authorities and inspections there are the caller passes in. Whether a programme,
// measure, indicator or rating is one the record knows is for the record's own checks, as is everything that needs
// more than the one file.
//
//	ingest.go      what comes in and goes out; the format
//	kinds.go       the kinds of file: their columns, how long they may be, what reads them
//	findings.go excerpt.go
//	               the list of findings, bounded, and the rows that they are about
//	table.go       header and rows, for all formats
//	csv.go encoding.go
//	               text files and the bounds set on them
//	archive.go workbook.go
//	               workbooks: the bounds set on the archive, the sheet that is read
//	xlsx*.go       sheets of Excel: the structure, the cells
//	ods.go         sheets of LibreOffice, with the same findings
//	recipe*.go     sheets that somebody else laid out, read by a recipe
//	grammar.go dates.go text.go areas.go memo.go
//	               what may stand in a cell
//	results.go indicators.go area_rows.go scores.go report_rows.go judgements.go questions.go
//	               the kinds of file and what must agree within a row
package ingest
