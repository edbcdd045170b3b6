package datapackage

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// MetadataName is the file that describes all tables as CSV, where CSV on the Web has readers look for it: in the
// folder of the tables.
const MetadataName = "csv-metadata.json"

// MetadataType is the content type of MetadataName.
const MetadataType = "application/csvm+json"

// The shapes of a table group, as W3C's Metadata Vocabulary for Tabular Data has them.

type tableGroup struct {
	Context  []any       `json:"@context"`
	Title    string      `json:"dc:title"`
	Text     string      `json:"dc:description"`
	Licence  []idOnly    `json:"dc:license"`
	Modified string      `json:"dc:modified"`
	Version  string      `json:"dc:identifier"`
	Tables   []csvwTable `json:"tables"`
}

type idOnly struct {
	ID string `json:"@id"`
}

type csvwTable struct {
	URL    string     `json:"url"`
	Title  string     `json:"dc:title"`
	Text   string     `json:"dc:description"`
	Schema csvwSchema `json:"tableSchema"`
}

type csvwSchema struct {
	Columns     []csvwColumn `json:"columns"`
	PrimaryKey  []string     `json:"primaryKey,omitempty"`
	ForeignKeys []csvwKey    `json:"foreignKeys,omitempty"`
}

type csvwColumn struct {
	Name      string   `json:"name"`
	Titles    string   `json:"titles"`
	Text      string   `json:"dc:description"`
	Datatype  csvwType `json:"datatype"`
	Required  bool     `json:"required,omitempty"`
	Separator string   `json:"separator,omitempty"`
}

type csvwType struct {
	Base    string   `json:"base"`
	Format  string   `json:"format,omitempty"`
	Minimum *float64 `json:"minimum,omitempty"`
	Maximum *float64 `json:"maximum,omitempty"`
}

type csvwKey struct {
	Columns   []string      `json:"columnReference"`
	Reference csvwReference `json:"reference"`
}

type csvwReference struct {
	Resource string   `json:"resource"`
	Columns  []string `json:"columnReference"`
}

// Metadata returns MetadataName for the tables of a release: the columns of each, with types, rules and keys.
func Metadata(release analytics.Release, tables []export.Table) ([]byte, error) {
	group := tableGroup{
		Context:  []any{"http://www.w3.org/ns/csvw", map[string]string{"@language": "en"}},
		Title:    packageTitle,
		Text:     packageText,
		Modified: Origin(release).Date.Format("2006-01-02"),
		Version:  release.ID,
	}
	for _, l := range licences(tables) {
		group.Licence = append(group.Licence, idOnly{l.Path})
	}
	for _, t := range tables {
		table := csvwTable{URL: t.Name + "." + export.CSV, Title: t.Title, Text: t.Description,
			Schema: csvwSchema{PrimaryKey: t.PrimaryKey}}
		for _, c := range t.Columns {
			table.Schema.Columns = append(table.Schema.Columns, csvwColumnOf(c))
		}
		for _, k := range t.ForeignKeys {
			table.Schema.ForeignKeys = append(table.Schema.ForeignKeys,
				csvwKey{k.Columns, csvwReference{k.To + "." + export.CSV, k.ToColumns}})
		}
		group.Tables = append(group.Tables, table)
	}
	return indented(group)
}

func csvwColumnOf(c export.Column) csvwColumn {
	column := csvwColumn{Name: c.Name, Titles: c.Name, Text: Meaning(c), Required: c.Required,
		Datatype: csvwType{Minimum: c.Minimum, Maximum: c.Maximum}}
	switch c.Type {
	case export.Integer, export.Boolean, export.Date:
		column.Datatype.Base = string(c.Type)
	case export.Number:
		column.Datatype.Base = "decimal"
	case export.Partial:
		column.Datatype.Base, column.Datatype.Format = "string", partialDates
	case export.List:
		column.Datatype.Base, column.Separator = "string", export.ListSeparator
	default:
		column.Datatype.Base = "string"
		words := make([]string, len(c.Enum))
		for i, word := range c.Enum {
			words[i] = regexp.QuoteMeta(word)
		}
		column.Datatype.Format = strings.Join(words, "|")
	}
	return column
}

// indented returns a value as JSON that people can read.
func indented(v any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(v)
	return out.Bytes(), err
}
