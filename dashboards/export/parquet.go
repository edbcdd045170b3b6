package export

import (
	"cmp"
	"io"
	"slices"
	"time"

	"github.com/parquet-go/parquet-go"
)

// writeParquet writes typed columns with nulls, and in the file's own metadata which release it is of. Partial dates
// and lists are text, as in CSV but never with an apostrophe before it; days are dates. It is packed with Snappy,
// which every reader knows.
func writeParquet(w io.Writer, t Table, o Origin) error {
	out := parquet.NewWriter(
		w,
		parquet.NewSchema(t.Name, nodeOf(t)),
		parquet.Compression(&parquet.Snappy),
		parquet.CreatedBy("yardstick", "1", "0"),
	) // of the program that wrote it no more: other programs write the same bytes
	out.SetKeyValueMetadata("release", o.Release)
	out.SetKeyValueMetadata("release_date", o.Date.UTC().Format(time.RFC3339))
	out.SetKeyValueMetadata("licence", o.Licence)
	out.SetKeyValueMetadata("methodology", o.Methodology)
	out.SetKeyValueMetadata("description", t.Title+". "+t.Description)
	for _, c := range t.Columns {
		if c.Description != "" {
			out.SetKeyValueMetadata("column."+c.Name, c.Description)
		}
	}
	rows := make([]parquet.Row, len(t.Rows))
	for n, row := range t.Rows {
		rows[n] = make(parquet.Row, len(row))
		for i, cell := range row {
			rows[n][i] = parquetValue(cell, t.Columns[i].Required, i)
		}
	}
	if _, err := out.WriteRows(rows); err != nil {
		return err
	}
	return out.Close()
}

// columns are a group of nodes in the order of the table, where the library's own is by name.
type columns struct {
	parquet.Group
	fields []parquet.Field
}

// Fields are the nodes in order.
func (c columns) Fields() []parquet.Field { return c.fields }

func nodeOf(t Table) parquet.Node {
	group := make(parquet.Group, len(t.Columns))
	for _, c := range t.Columns {
		var node parquet.Node
		switch c.Type {
		case Integer:
			node = parquet.Int(64)
		case Number:
			node = parquet.Leaf(parquet.DoubleType)
		case Boolean:
			node = parquet.Leaf(parquet.BooleanType)
		case Date:
			node = parquet.Date()
		default:
			node = parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
		}
		if !c.Required {
			node = parquet.Optional(node)
		}
		group[c.Name] = node
	}
	fields := group.Fields()
	slices.SortFunc(fields, func(a, b parquet.Field) int { return cmp.Compare(t.Column(a.Name()), t.Column(b.Name())) })
	return columns{group, fields}
}

const day = 24 * time.Hour

func parquetValue(cell any, required bool, column int) parquet.Value {
	var value parquet.Value
	switch v := flat(cell).(type) {
	case nil:
		return parquet.NullValue().Level(0, 0, column)
	case time.Time:
		value = parquet.Int32Value(int32(v.Unix() / int64(day/time.Second)))
	case string:
		value = parquet.ByteArrayValue([]byte(v))
	case int64:
		value = parquet.Int64Value(v)
	case float64:
		value = parquet.DoubleValue(v)
	case bool:
		value = parquet.BooleanValue(v)
	}
	if required {
		return value.Level(0, 0, column)
	}
	return value.Level(0, 1, column)
}
