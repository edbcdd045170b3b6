// Package queries carries the SQL of Yardstick, one question a file.
//
//	macros/ schema/ load/ imports/ views/ series/ checks/ answers/
//	                               how data/release builds a release from the record, run in this order
//	checks/                        rules of the record; each answers file, line, column, value, problem, severity, fix
//	answers/                       what analytics.Contents has, a table each
//	content/                       what a release is recognised by, whatever bytes its file has
//	keep/                          how a warning that a check found is kept in the release
//	office/                        what the office's own database (SQLite) keeps and is asked
//	score/                         how analytics/score reads and collapses case judgements
//	benchmarks/ indicators/ …      the other questions of analytics.Reader, each file named as the method that asks it
//
// A file starts with a comment that gives its purpose, parameters, row grain and units. SQL text lives nowhere else.
package queries

import (
	"embed"
	"io/fs"
	"net/url"
)

// Options are how a release is opened: it reads no other file, and writes none. The engine refuses to open one file in
// two ways within a process, so everybody who opens a release uses these.
func Options() url.Values {
	return url.Values{
		"access_mode":                  {"read_only"},
		"enable_external_access":       {"false"},
		"autoinstall_known_extensions": {"false"},
		"autoload_known_extensions":    {"false"},
		"allow_community_extensions":   {"false"},
		"memory_limit":                 {"256MB"},
		"threads":                      {"1"}, // one thread a query and a query a core beats the reverse
		"lock_configuration":           {"true"},
	}
}

//go:embed */*.sql
var files embed.FS

// Files are the .sql files, by folder and name.
func Files() fs.FS { return files }
