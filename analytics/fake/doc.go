// Package fake answers analytics.Reader from the record's own CSV files: in memory, by plain loops, with no SQL and no
// cgo. It has two uses. It is the double that tests of pages and of the interface read, fast and without a database;
// and it is the oracle that the SQL is held against, because it works every standing, benchmark and group size out a
// second time from the files alone, by the rules that the comments of queries/ state and in the most literal way.
//
//	csv.go         reading the files, cell by cell
//	reference.go   programmes, scales, measures and what else is data about programmes; sources
//	areas.go       areas, places, the groups areas belong to, and how large those were
//	results.go     inspections, results and their standings
//	warnings.go    warnings of three rules
//	indicators.go  observations
//	benchmarks.go  benchmarks as of every day on which they may change
//
// Nothing here may be shared with analytics/duck, and nothing outside tests may import it. It trusts the record: a
// cell that cannot be read is an error, but rules are data/release's to check.
package fake
