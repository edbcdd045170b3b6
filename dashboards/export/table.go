package export

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Type is what is in a column.
type Type string

// The types of column, and what a cell of each holds. A cell may also hold nil: the source does not show it.
const (
	Text    Type = "text"    // string
	Integer Type = "integer" // int64
	Number  Type = "number"  // float64
	Boolean Type = "boolean" // bool
	Date    Type = "date"    // time.Time, a day in UTC
	Partial Type = "partial" // string: a date as precise as its source, "2012", "2012-06" or "2012-06-13"
	List    Type = "list"    // []string, none of which holds ListSeparator
)

// ListSeparator stands between the items of a list where a format has no lists of its own.
const ListSeparator = ";"

// Column is a column of a table and the rules its cells keep. Unit and Description are in English.
type Column struct {
	Name        string
	Type        Type
	Unit        string // percent, cases, points, …; empty where there is none
	Description string
	Required    bool
	Unique      bool
	Enum        []string // of a text: the words it may be
	Minimum     *float64 // of a number
	Maximum     *float64
}

// ForeignKey says that the cells of Columns, where none is nil, stand in ToColumns of the table To.
type ForeignKey struct {
	Columns   []string
	To        string
	ToColumns []string
}

// Table is a table with its rules. Rows have a cell for every column, in order. A table whose rows are too many to be
// kept has Read in place of Rows: it is called each time the table is written, and gives as many rows as Count says.
type Table struct {
	Name        string // as in addresses and file names
	Title       string
	Description string
	Columns     []Column
	Rows        [][]any
	Read        func() ([][]any, error)
	Count       int
	PrimaryKey  []string
	ForeignKeys []ForeignKey
	Notes       *Notes // in place of those that a workbook has otherwise
}

// Notes is a second sheet of a workbook, in words of its own: its name and its rows.
type Notes struct {
	Sheet string
	Rows  [][]string
}

// Len is how many rows the table has.
func (t Table) Len() int {
	if t.Read != nil {
		return t.Count
	}
	return len(t.Rows)
}

// Column is the place of a column; -1 where there is none of this name.
func (t Table) Column(name string) int {
	return slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name })
}

// check holds every cell to its column's type.
func (t Table) check() error {
	for n, row := range t.Rows {
		if len(row) != len(t.Columns) {
			return fmt.Errorf("row %d has %d cells, not %d", n+1, len(row), len(t.Columns))
		}
		for i, cell := range row {
			if !t.Columns[i].Type.accepts(cell) {
				return fmt.Errorf("row %d, %s: %T is not a cell of type %s", n+1, t.Columns[i].Name, cell,
					t.Columns[i].Type)
			}
		}
	}
	return nil
}

func (kind Type) accepts(cell any) bool {
	if cell == nil {
		return true
	}
	switch kind {
	case Text, Partial:
		_, ok := cell.(string)
		return ok
	case Integer:
		_, ok := cell.(int64)
		return ok
	case Number:
		_, ok := cell.(float64)
		return ok
	case Boolean:
		_, ok := cell.(bool)
		return ok
	case Date:
		_, ok := cell.(time.Time)
		return ok
	case List:
		_, ok := cell.([]string)
		return ok
	}
	return false
}

// Row makes cells of what the domain holds: words of any string type and partial dates become text, whole numbers
// int64, pointers what they point to. Empty text, an empty list and a nil pointer become nil: not shown.
func Row(values ...any) []any {
	cells := make([]any, len(values))
	for n, value := range values {
		cells[n] = cellOf(value)
	}
	return cells
}

func cellOf(value any) any {
	switch v := value.(type) {
	case nil, bool, int64, float64, time.Time:
		return value
	case []string:
		if len(v) == 0 {
			return nil
		}
		return v
	case fmt.Stringer:
		return cellOf(v.String())
	}
	switch v := reflect.ValueOf(value); v.Kind() {
	case reflect.String:
		if v.Len() == 0 {
			return nil
		}
		return v.String()
	case reflect.Int:
		return v.Int()
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return cellOf(v.Elem().Interface())
	}
	return value // which check refuses
}

// flat is a cell where the format has no lists.
func flat(cell any) any {
	if items, ok := cell.([]string); ok {
		return strings.Join(items, ListSeparator)
	}
	return cell
}

// Columns are bare columns of one type, for tables that no schema describes.
func Columns(kind Type, names ...string) []Column {
	out := make([]Column, len(names))
	for n, name := range names {
		out[n] = Column{Name: name, Type: kind}
	}
	return out
}
