package view_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick/dashboards/view"
)

func TestGroups(t *testing.T) {
	columns := func(groups ...string) view.Table {
		var table view.Table
		for _, g := range groups {
			table.Columns = append(table.Columns, view.Column{Group: g})
		}
		return table
	}
	for _, c := range []struct {
		name  string
		table view.Table
		want  []view.ColumnGroup
	}{
		{"no columns", view.Table{}, nil},
		{"none", columns("", "", ""), nil},
		{"one over all", columns("a", "a"), []view.ColumnGroup{{Label: "a", Span: 2}}},
		{"some", columns("", "a", "a", "", "", "b"),
			[]view.ColumnGroup{{Span: 1}, {Label: "a", Span: 2}, {Span: 1}, {Span: 1}, {Label: "b", Span: 1}}},
		{"parted", columns("a", "", "a"), []view.ColumnGroup{{Label: "a", Span: 1}, {Span: 1}, {Label: "a", Span: 1}}},
		{"side by side", columns("a", "a", "b"), []view.ColumnGroup{{Label: "a", Span: 2}, {Label: "b", Span: 1}}},
	} {
		if diff := cmp.Diff(c.want, c.table.Groups()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		spans := 0
		for _, g := range c.table.Groups() {
			spans += g.Span
		}
		if spans != 0 && spans != len(c.table.Columns) {
			t.Errorf("%s: groups span %d of %d columns", c.name, spans, len(c.table.Columns))
		}
	}
}

// Cells stand as their columns do.
func TestNewRow(t *testing.T) {
	table := view.Table{
		Columns: []view.Column{{Label: "a"}, {Label: "b", Numeric: true}, {Label: "c", Numeric: true, Own: true}},
	}
	table.NewRow(false, view.Text("x"), view.Text("1"), view.Text("2"))
	table.NewRow(true, view.Text("y"), view.Cell{Text: "3", Small: "note"})
	want := []view.Row{
		{Cells: []view.Cell{{Text: "x"}, {Text: "1", Numeric: true}, {Text: "2", Numeric: true, Own: true}}},
		{Cells: []view.Cell{{Text: "y"}, {Text: "3", Small: "note", Numeric: true}}, Own: true},
	}
	if diff := cmp.Diff(want, table.Rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
