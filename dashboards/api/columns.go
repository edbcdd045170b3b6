package api

import (
	"cmp"
	"reflect"
	"strings"

	"yardstick/dashboards/export"
)

// tableOf returns the columns of an answer that is a list, and a row for each item: the fields of T in order, by their
// names in JSON. The tag `column` of a field gives it another name, "-" no column, and a pair the names of its two
// columns, separated by a comma. The tag `date:"partial"` says that it has partial dates.
func tableOf[T any](items []T) export.Table {
	var table export.Table
	var fields []reflect.StructField
	for _, f := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		if f.Tag.Get("column") != "-" && !f.Anonymous {
			fields = append(fields, f)
			table.Columns = append(table.Columns, columnsOf(f)...)
		}
	}
	for _, item := range items {
		var values []any
		for _, f := range fields {
			values = append(values, cellsOf(reflect.ValueOf(item).FieldByIndex(f.Index))...)
		}
		table.Rows = append(table.Rows, export.Row(values...))
	}
	return table
}

func columnsOf(f reflect.StructField) []export.Column {
	t := f.Type
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Array {
		t = t.Elem()
	}
	kind := cellType(t)
	if f.Tag.Get("date") == string(export.Partial) {
		kind = export.Partial
	}
	names := cmp.Or(f.Tag.Get("column"), f.Tag.Get("json"))
	return export.Columns(kind, strings.Split(names, ",")...)
}

// cellType is the type of the column that has a field's values.
func cellType(t reflect.Type) export.Type {
	switch t.Kind() {
	case reflect.Bool:
		return export.Boolean
	case reflect.Int:
		return export.Integer
	case reflect.Float64:
		return export.Number
	case reflect.Slice:
		return export.List
	}
	return export.Text
}

// cellsOf are the values of a field: two of a pair, nil where there is none, and one of any other.
func cellsOf(v reflect.Value) []any {
	switch pair := v.Interface().(type) {
	case [2]float64:
		return []any{pair[0], pair[1]}
	case *[2]float64:
		lower, upper := ends(pair)
		return []any{lower, upper}
	default:
		return []any{pair}
	}
}
