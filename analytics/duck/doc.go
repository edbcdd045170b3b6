// Package duck answers analytics.Reader from a DuckDB release file. It is the only reader of SQL answers: one .sql
// file of queries/ a method, run by one helper with a deadline and a cap on rows. A release is opened read-only, with
// external access off and the configuration locked; nothing here writes.
//
// The driver, github.com/duckdb/duckdb-go/v2, is marcboeker/go-duckdb under the name it took at v2.5.0.
package duck
