package view

// Parts are the figures and tables of a page that readers can download, and the fields of its forms, in the order of
// the page.
type Parts struct {
	Figures []*Figure
	Tables  []*Table
	Fields  []*Field
}

// AddFields adds fields.
func (p *Parts) AddFields(fields ...*Field) { p.Fields = append(p.Fields, fields...) }

// AddFigures adds figures, each with its table. It leaves out those that are nil or have no ID.
func (p *Parts) AddFigures(figures ...*Figure) {
	for _, f := range figures {
		if f != nil && f.ID != "" {
			p.Figures = append(p.Figures, f)
			p.AddTables(&f.Table)
		}
	}
}

// AddTables adds tables. It leaves out those that are nil or have no columns.
func (p *Parts) AddTables(tables ...*Table) {
	for _, t := range tables {
		if t != nil && len(t.Columns) > 0 {
			p.Tables = append(p.Tables, t)
		}
	}
}

// Pointers returns a pointer to each item of a slice.
func Pointers[T any](items []T) []*T {
	out := make([]*T, len(items))
	for n := range items {
		out[n] = &items[n]
	}
	return out
}
