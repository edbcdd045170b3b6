package view

import "reflect"

// TableTake are the addresses of a table as files, in the words of its page. What browsers name the files is told by the
// server.
type TableTake struct {
	CSV  string
	XLSX string
}

// FigureTake is how a figure is taken away: as an image, and within a page of somebody else.
type FigureTake struct {
	SVG  string
	PNG  string // what a picture made from the image is called
	Code string // HTML that shows the figure in another page
	Path string // what in Code is an address without its site, for a script to complete; empty where nothing is
}

// Citation is how a page is cited. Both texts hold Address, which goes on showing the release cited.
type Citation struct {
	Short   string
	Long    string
	Address string
	Path    string // the address where it has no site, for a script to complete; else empty
}

// Banner says of which release a page is, where its address names one.
type Banner struct {
	Text  string
	Older bool
	Link  Link // to the same page of the newest release
}

// Parts are the figures and the tables of a page's view, those of figures included, in the order of its fields. content is a
// pointer to the view; what is returned points into it.
func Parts(content any) (figures []*Figure, tables []*Table) {
	gather(reflect.ValueOf(content), &figures, &tables)
	return figures, tables
}

func gather(v reflect.Value, figures *[]*Figure, tables *[]*Table) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			gather(v.Elem(), figures, tables)
		}
	case reflect.Slice:
		for n := range v.Len() {
			if v.Index(n).Kind() == reflect.Uint8 {
				return
			}
			gather(v.Index(n), figures, tables)
		}
	case reflect.Struct:
		switch part := v.Addr().Interface().(type) {
		case *Table:
			if len(part.Columns) > 0 {
				*tables = append(*tables, part)
			}
			return
		case *Figure:
			if part.ID != "" {
				*figures = append(*figures, part)
			}
		}
		for n := range v.NumField() {
			if v.Type().Field(n).IsExported() {
				gather(v.Field(n), figures, tables)
			}
		}
	}
}
