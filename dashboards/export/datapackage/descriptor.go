package datapackage

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// The shapes of datapackage.json: Data Package, Tabular Data Resource and Table Schema of the Frictionless standards,
// version 1. Tables are resources as CSV; the same tables in other formats are named beside them.

type descriptor struct {
	Profile     string     `json:"profile"`
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Version     string     `json:"version"`
	Created     string     `json:"created"`
	Licenses    []licence  `json:"licenses"`
	Sources     []source   `json:"sources"`
	Resources   []resource `json:"resources"`
}

type licence struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Title string `json:"title"`
}

type source struct {
	Title string `json:"title"`
	Path  string `json:"path"`
}

type resource struct {
	Profile     string `json:"profile"`
	Name        string `json:"name"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Path        string `json:"path"`
	Format      string `json:"format"`
	Mediatype   string `json:"mediatype"`
	Encoding    string `json:"encoding"`
	content
	Dialect dialect `json:"dialect"`
	Schema  schema  `json:"schema"`
	Rows    int     `json:"rows"`
	Also    []also  `json:"also"`
}

// also is the same table in another format.
type also struct {
	Path      string `json:"path"`
	Format    string `json:"format"`
	Mediatype string `json:"mediatype"`
	content
}

type dialect struct {
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
	QuoteChar      string `json:"quoteChar"`
	DoubleQuote    bool   `json:"doubleQuote"`
	Header         bool   `json:"header"`
}

type schema struct {
	Fields        []schemaField `json:"fields"`
	PrimaryKey    []string      `json:"primaryKey"`
	ForeignKeys   []foreignKey  `json:"foreignKeys,omitempty"`
	MissingValues []string      `json:"missingValues"`
}

type schemaField struct {
	Name        string      `json:"name"`
	Type        string      `json:"type"`
	Format      string      `json:"format,omitempty"`
	Title       string      `json:"title"`
	Description string      `json:"description"`
	Constraints constraints `json:"constraints,omitzero"`
}

type constraints struct {
	Required bool     `json:"required,omitempty"`
	Unique   bool     `json:"unique,omitempty"`
	Enum     []string `json:"enum,omitempty"`
	Minimum  *float64 `json:"minimum,omitempty"`
	Maximum  *float64 `json:"maximum,omitempty"`
	Pattern  string   `json:"pattern,omitempty"`
}

type foreignKey struct {
	Fields    []string  `json:"fields"`
	Reference reference `json:"reference"`
}

type reference struct {
	Resource string   `json:"resource"`
	Fields   []string `json:"fields"`
}

// partialDates is what a date of unknown precision looks like.
const partialDates = `[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?`

// What the package is, in all files that describe it.
const (
	packageTitle = "Yardstick: youth-justice inspection in England and Wales"
	packageText  = "Published headline scores and ratings, the areas and programmes they are of, published indicators, " +
		"and the document each figure was read from. " +
		"An empty cell was not shown by its source: it is never zero. In CSV, text that a spreadsheet would take for " +
		"a formula has an apostrophe before it. " +
		"Do not average or rank results of different programmes or scales together."
)

// content is how large a file is, and its hash.
type content struct {
	Bytes int    `json:"bytes"`
	Hash  string `json:"hash"`
}

func contentOf(file []byte) content {
	sum := sha256.Sum256(file)
	return content{len(file), "sha256:" + hex.EncodeToString(sum[:])}
}

// describe returns datapackage.json for the tables, and what is in their files by path.
func describe(release analytics.Release, tables []export.Table, files map[string]content) ([]byte, error) {
	origin := Origin(release)
	d := descriptor{
		Profile: "tabular-data-package", Name: "yardstick", Title: packageTitle, Description: packageText,
		Version: release.ID, Created: origin.Date.Format(time.RFC3339),
		Licenses: licences(tables), Sources: sourcesOf(tables),
	}
	for _, t := range tables {
		d.Resources = append(d.Resources, resourceOf(t, files))
	}
	return indented(d)
}

// licences are those that the sources name, the most usual first.
func licences(tables []export.Table) []licence {
	known := []licence{
		{"OGL-UK-3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
			"Open Government Licence v3.0"},
		{"CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution 4.0"},
		{"CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"},
	}
	named := make(map[string]bool)
	if sources, ok := Find(tables, "sources"); ok {
		for _, row := range sources.Rows {
			if id, ok := row[sources.Column("licence")].(string); ok {
				named[id] = true
			}
		}
	}
	var out []licence
	for _, l := range known {
		if named[l.Name] {
			out = append(out, l)
		}
	}
	return out
}

// sourcesOf are the documents that figures were read from, each address once.
func sourcesOf(tables []export.Table) []source {
	var out []source
	seen := make(map[string]bool)
	sources, _ := Find(tables, "sources")
	for _, row := range sources.Rows {
		address, _ := row[sources.Column("url")].(string)
		title, _ := row[sources.Column("title")].(string)
		if seen[address] {
			continue
		}
		seen[address] = true
		if title == "" {
			title = address
		}
		out = append(out, source{Title: title, Path: address})
	}
	return out
}

func resourceOf(t export.Table, files map[string]content) resource {
	r := resource{
		Profile: "tabular-data-resource", Name: t.Name, Title: t.Title, Description: t.Description, Encoding: "utf-8",
		Rows: t.Len(),
		Dialect: dialect{
			Delimiter:      ",",
			LineTerminator: "\n",
			QuoteChar:      `"`,
			DoubleQuote:    true,
			Header:         true,
		}, Schema: schemaOf(t), Also: []also{},
	}
	for _, f := range export.Formats() {
		path := pathOf(t, f)
		file, packed := files[path]
		media, _, _ := strings.Cut(f.Type, ";")
		switch {
		case f.Name == export.CSV:
			r.Path, r.Format, r.Mediatype, r.content = path, f.Name, media, file
		case packed:
			r.Also = append(r.Also, also{Path: path, Format: f.Name, Mediatype: media, content: file})
		}
	}
	return r
}

func schemaOf(t export.Table) schema {
	s := schema{PrimaryKey: t.PrimaryKey, MissingValues: []string{""}}
	for _, c := range t.Columns {
		s.Fields = append(s.Fields, fieldOf(c))
	}
	for _, k := range t.ForeignKeys {
		s.ForeignKeys = append(s.ForeignKeys, foreignKey{k.Columns, reference{k.To, k.ToColumns}})
	}
	return s
}

// Meaning says in English what a column has, and in which unit.
func Meaning(c export.Column) string {
	if c.Unit == "" {
		return c.Description
	}
	return c.Description + "; unit: " + c.Unit
}

func fieldOf(c export.Column) schemaField {
	f := schemaField{Name: c.Name, Title: strings.ReplaceAll(c.Name, "_", " "), Description: Meaning(c),
		Constraints: constraints{
			Required: c.Required,
			Unique:   c.Unique,
			Enum:     c.Enum,
			Minimum:  c.Minimum,
			Maximum:  c.Maximum,
		}}
	switch c.Type {
	case export.Integer, export.Number, export.Boolean, export.Date:
		f.Type = string(c.Type)
	case export.Partial:
		f.Type, f.Constraints.Pattern = "string", partialDates
	default:
		f.Type = "string"
	}
	return f
}
