package datapackage

import (
	"bytes"
	"text/template"

	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// ReadmeName is the file of the package for people: what is in it, and how it is cited.
const ReadmeName = "README.md"

var readme = template.Must(template.New(ReadmeName).Parse(`# {{.Title}}

{{.Text}}

Release {{.Release}}, published {{.Published}}.

## Cite it

Yardstick ({{.Year}}). {{.Title}}. Release {{.Release}}.

## Licence
{{range .Licences}}
- [{{.Title}}]({{.Path}}){{end}}

Each row of sources.csv has the licence of its document.

## Files

- datapackage.json: every table with its columns, rules, keys and hashes (Frictionless Data Package)
- csv/csv-metadata.json: the same for CSV on the Web
{{range .Tables}}- csv/{{.Name}}.csv, xlsx/{{.Name}}.xlsx, parquet/{{.Name}}.parquet: {{.Title}}, {{.Len}} rows
{{end}}`))

// readmeOf returns ReadmeName for the tables of a release.
func readmeOf(release analytics.Release, tables []export.Table) ([]byte, error) {
	origin := Origin(release)
	var out bytes.Buffer
	err := readme.Execute(&out, map[string]any{
		"Title": packageTitle, "Text": packageText, "Release": release.ID,
		"Published": origin.Date.Format("2 January 2006"), "Year": origin.Date.Year(),
		"Licences": licences(tables), "Tables": tables,
	})
	return out.Bytes(), err
}
