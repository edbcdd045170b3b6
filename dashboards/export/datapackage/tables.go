package datapackage

import (
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// Tables are all tables of a release: what was found first, then what it is found in.
func Tables(s *analytics.Snapshot) []export.Table {
	return []export.Table{
		resultsTable(s), citationsTable(s), inspectionsTable(s), findingsTable(s),
		areasTable(s), authoritiesTable(s), regionsTable(s), benchmarksTable(s), printedTable(s),
		indicatorsTable(s), unitsTable(s), programmesTable(s), measuresTable(s), levelsTable(s), sourcesTable(s),
	}
}

// Find is the table of a name; false where there is none.
func Find(tables []export.Table, name string) (export.Table, bool) {
	for _, t := range tables {
		if t.Name == name {
			return t, true
		}
	}
	return export.Table{}, false
}

// Origin is what the files of a release say of themselves.
func Origin(r analytics.Release) export.Origin {
	return export.Origin{
		Release: r.ID, Date: r.Published.UTC(),
		Licence: "Open Government Licence v3.0, unless the source of a row says otherwise (column licence of the " +
			"table sources)",
		Methodology: "/methodology on the site that serves this release",
	}
}

// field is a column with where its cell comes from in a row of T. Cells are what export.Row takes.
type field[T any] struct {
	export.Column
	cell func(T) any
}

// fill gives a table its columns and a row for each of the items.
func fill[T any](t export.Table, fields []field[T], items []T) export.Table {
	t.Columns = columnsOf(fields)
	t.Rows = make([][]any, len(items))
	for n, item := range items {
		t.Rows[n] = row(fields, item)
	}
	return t
}

func columnsOf[T any](fields []field[T]) (out []export.Column) {
	for _, f := range fields {
		out = append(out, f.Column)
	}
	return out
}

func row[T any](fields []field[T], item T) []any {
	values := make([]any, len(fields))
	for i, f := range fields {
		values[i] = f.cell(item)
	}
	return export.Row(values...)
}

// The kinds of column that tables are made of.

func text(name, description string) export.Column {
	return export.Column{Name: name, Type: export.Text, Description: description}
}

func word[W ~string](name, description string, words ...W) export.Column {
	c := text(name, description)
	for _, w := range words {
		c.Enum = append(c.Enum, string(w))
	}
	return c
}

func integer(name, unit, description string) export.Column {
	least := 0.0
	return export.Column{Name: name, Type: export.Integer, Unit: unit, Description: description, Minimum: &least}
}

func number(name, unit, description string) export.Column {
	least := 0.0
	return export.Column{Name: name, Type: export.Number, Unit: unit, Description: description, Minimum: &least}
}

func percent(name, description string) export.Column {
	c := number(name, "percent", description)
	most := 100.0
	c.Maximum = &most
	return c
}

func day(name, description string) export.Column {
	return export.Column{Name: name, Type: export.Date, Description: description}
}

func partial(name, description string) export.Column {
	return export.Column{
		Name:        name,
		Type:        export.Partial,
		Description: description + "; as precise as the source: a year, a month or a day",
	}
}

func flag(name, description string) export.Column {
	return export.Column{Name: name, Type: export.Boolean, Description: description}
}

func list(name, description string) export.Column {
	return export.Column{
		Name:        name,
		Type:        export.List,
		Description: description + "; several are separated by semicolons",
	}
}

func required(c export.Column) export.Column {
	c.Required = true
	return c
}

func unique(c export.Column) export.Column {
	c.Required, c.Unique = true, true
	return c
}

// key is a foreign key of one column.
func key(column, to, toColumn string) export.ForeignKey {
	return export.ForeignKey{Columns: []string{column}, To: to, ToColumns: []string{toColumn}}
}

// addresses are the addresses of sources, separated by spaces, which no address holds.
func addresses(s *analytics.Snapshot, ids []string) string {
	var out []string
	for _, o := range s.SourcesOf(ids) {
		out = append(out, o.URL)
	}
	return strings.Join(out, " ")
}

// title is the title of the one source there is; of several, none stands for all.
func title(s *analytics.Snapshot, ids []string) string {
	if found := s.SourcesOf(ids); len(found) == 1 {
		return found[0].Title
	}
	return ""
}
