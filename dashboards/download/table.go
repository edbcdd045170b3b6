package download

import (
	"errors"
	"strconv"
	"strings"

	"yardstick/dashboards/cache"
	"yardstick/dashboards/export"
	"yardstick/dashboards/export/datapackage"
	"yardstick/dashboards/site"
	"yardstick/dashboards/view"
)

// Table returns a table of a page as a file.
func Table(p *site.Built, t view.Table, format export.Format) (*cache.Body, error) {
	table := exported(p.Words(), p.Common(), t)
	content, err := format.File(table, datapackage.Origin(p.Release()))
	if err = errors.Join(err, p.Words().Err()); err != nil {
		return nil, err
	}
	return fileBody(content, format, p.FileName(t.ID, format.Name), cache.Compress)
}

// exported returns a table of a page as files have it: the same rows in the same words, with numbers unrounded. A
// column is of numbers where every cell is one, all in one unit, or not shown by its source; then the cell is empty.
func exported(w *view.Words, base *view.Base, t view.Table) export.Table {
	out := export.Table{Name: t.ID, Title: t.Caption, Rows: make([][]any, len(t.Rows))}
	for n := range out.Rows {
		out.Rows[n] = make([]any, len(t.Columns))
	}
	taken := make(map[string]bool)
	for n, c := range t.Columns {
		name := c.Label
		if c.Group != "" {
			name = c.Group + ": " + c.Label
		}
		kind := export.Text
		if numbers, unit, ok := numbersOf(t, n); ok {
			kind = export.Number
			if unit != "" {
				name += " (" + unit + ")"
			}
			for row, number := range numbers {
				if number != nil {
					out.Rows[row][n] = *number
				}
			}
		} else {
			for row := range t.Rows {
				if text := cellText(t.Rows[row].Cells[n]); text != "" {
					out.Rows[row][n] = text
				}
			}
		}
		for number := 2; taken[name]; number++ { // two columns of one label would be one to a program
			name = strings.TrimSpace(c.Label + " " + strconv.Itoa(number))
		}
		taken[name] = true
		out.Columns = append(out.Columns, export.Column{Name: name, Type: kind})
	}
	notes := [][]string{{t.Caption}, {base.Title}, {}}
	if base.Cite != nil {
		notes = append(notes, []string{w.Say("take.cite"), base.Cite.Long},
			[]string{w.Say("take.address"), base.Cite.Address})
	}
	notes = append(notes, []string{w.Say("take.licence_of"), w.Say("take.licence")},
		[]string{w.Say("take.empty"), w.Say("table.not_shown")})
	out.Notes = &export.Notes{Sheet: w.Say("take.notes"), Rows: notes}
	return out
}

// numbersOf returns the cells of a column as numbers in one unit, nil where a cell is not shown; false where a cell
// is more than that.
func numbersOf(t view.Table, column int) (numbers []*float64, unit string, ok bool) {
	first := true
	for _, row := range t.Rows {
		cell := row.Cells[column]
		switch {
		case cell.Marked() || cell.Value == nil && !cell.Missing:
			return nil, "", false
		case cell.Missing:
			numbers = append(numbers, nil)
		case !first && cell.Value.Unit != unit:
			return nil, "", false
		default:
			numbers, unit, first = append(numbers, &cell.Value.Number), cell.Value.Unit, false
		}
	}
	return numbers, unit, !first && t.Columns[column].Numeric
}

// cellText is what a cell says, with the addresses of documents elsewhere, which a file cannot link.
func cellText(c view.Cell) string {
	text := c.Text
	if len(c.Links) > 0 {
		var links []string
		for _, link := range c.Links {
			said := link.Text
			if strings.Contains(link.Href, "://") && link.Href != link.Text {
				said += " <" + link.Href + ">"
			}
			links = append(links, said)
		}
		text = strings.Join(links, "; ")
	}
	if c.Small != "" {
		text = strings.TrimSpace(text + " (" + c.Small + ")")
	}
	return text
}
