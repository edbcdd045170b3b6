// Package datapackage has the tables that a release is downloaded as, and the Frictionless data package that they make:
// every table as CSV, XLSX and Parquet, and a datapackage.json with types, rules, keys, sources and hashes. The same
// release is the same package, byte for byte.
//
//	package.go                 the files and the zip
//	descriptor.go csvw.go readme.go
//	                           what describes them: for Frictionless Data, CSV on the Web, and people
//	tables.go                  the list of tables, and how one is made of rows
//	results.go findings.go indicators.go areas.go benchmarks.go reference.go
//	                           the columns of each table, once: name, type, meaning, and where the cell comes from
//
// results, indicators and areas have the columns of the import format and no others, so that what was downloaded can be
// sent back: importing it changes nothing.
package datapackage
