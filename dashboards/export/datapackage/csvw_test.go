package datapackage

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"regexp"
	"slices"
	"testing"

	"yardstick/dashboards/export"
	"yardstick/data"
)

// What is said about each CSV file is true of its bytes: the columns are those of its header, in order; cells that must
// be there are, and text has its format; keys lead to columns of a table in the same folder.
func TestMetadataIsTrueOfTheFiles(t *testing.T) {
	files := make(map[string][]byte)
	for _, f := range filesOf(t, snapshotOf(t, data.Record())) {
		files[f.Path] = f.Content
	}
	var group tableGroup
	if err := json.Unmarshal(files[export.CSV+"/"+MetadataName], &group); err != nil || len(group.Tables) < 10 {
		t.Fatalf("%d tables, %v", len(group.Tables), err)
	}
	headers := make(map[string][]string)
	for _, table := range group.Tables {
		rows, err := csv.NewReader(bytes.NewReader(files[export.CSV+"/"+table.URL])).ReadAll()
		if err != nil || len(rows) == 0 {
			t.Fatalf("%s: %d rows, %v", table.URL, len(rows), err)
		}
		headers[table.URL] = rows[0]
		if len(table.Schema.Columns) != len(rows[0]) {
			t.Fatalf("%s: %d columns, and %d in the file", table.URL, len(table.Schema.Columns), len(rows[0]))
		}
		for i, c := range table.Schema.Columns {
			format := regexp.MustCompile("^(?:" + c.Datatype.Format + ")$")
			if c.Titles != rows[0][i] {
				t.Errorf("%s: column %d is %s, and %s in the file", table.URL, i, c.Titles, rows[0][i])
			}
			for n, row := range rows[1:] {
				switch {
				case row[i] == "" && c.Required:
					t.Errorf("%s: row %d has no %s", table.URL, n+1, c.Name)
				case row[i] != "" && c.Datatype.Format != "" && !format.MatchString(row[i]):
					t.Errorf("%s: row %d has %s %q, not %s", table.URL, n+1, c.Name, row[i], c.Datatype.Format)
				}
			}
		}
	}
	for _, table := range group.Tables {
		for _, k := range table.Schema.ForeignKeys {
			for _, column := range k.Reference.Columns {
				if !slices.Contains(headers[k.Reference.Resource], column) {
					t.Errorf("%s: a key to %s of %s", table.URL, column, k.Reference.Resource)
				}
			}
		}
	}
}
