// Package release turns a record into a release: one new DuckDB file, built from nothing, checked, closed, hashed,
// renamed and pointed to. No release file is ever written after it was built. A release is named by the hash of what
// it says: the same record, queries and engine give the same name, on any machine and day.
//
// A home directory holds
//
//	releases/<id>.duckdb   the database
//	releases/<id>.zip      the record it was made from
//	releases/<id>.json     its manifest: when it was first built, hashes, rows, differences from the one before
//	CURRENT                the id of the release to serve
package release
