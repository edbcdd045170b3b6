// Package api is the read-only interface under /api/v1: what the pages show, as JSON, and as CSV, XLSX and Parquet
// through dashboards/export, for programs. Every JSON answer names its release and its sources. Unknown parameters are
// refused by name, so that a misspelt filter never passes for an answer to another question. The package knows nothing
// of HTTP beyond content types.
package api
