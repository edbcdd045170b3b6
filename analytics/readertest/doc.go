// Package readertest is the contract of analytics.Reader: what every Reader must answer about one small record, with
// each expected value worked out by hand from the record's rows, so that two Readers cannot be wrong together.
//
//	record.txtar         the record, made up; every file of the layout
//	record.go            Record and Overlay, for the tests of any package
//	contract.go          Run: the questions, and what holds of every answer
//	want_*.go            the expected answers, with the arithmetic beside the numbers
//
// Tests import it; nothing else may.
package readertest
