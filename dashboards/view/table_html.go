package view

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
)

// Body returns the rows of the table as HTML. Large pages are mostly cells, and a template looks up each field of each
// by its name: written here, a list of five hundred rows takes a quarter of the time.
func (t Table) Body() template.HTML {
	labels := make([]string, len(t.Columns))
	for n, c := range t.Columns {
		labels[n] = ` data-label="` + template.HTMLEscapeString(c.Label) + `"`
	}
	long, cards := t.Long(), t.Cards()
	var b markup
	for _, row := range t.Rows {
		b.add(`<tr class="govuk-table__row`)
		b.when(row.Own, " ys-row-own")
		b.add(`"`)
		b.attribute("id", row.ID)
		b.add(`>`)
		for n, c := range row.Cells {
			if n == 0 {
				b.add(`<th scope="row" class="govuk-table__header"`)
				b.attribute("lang", c.Lang)
				b.add(`>`)
				b.cell(c)
				b.add(`</th>`)
				continue
			}
			b.add(`<td class="govuk-table__cell`)
			b.when(c.Numeric, " ys-num")
			b.when(c.Own, " ys-own")
			b.add(`"`)
			b.attribute("lang", c.Lang)
			b.when(cards, labels[n])
			if long && c.Value != nil {
				b.attribute("data-value", strconv.FormatFloat(c.Value.Number, 'g', -1, 64))
			}
			b.add(`>`)
			b.cell(c)
			b.add(`</td>`)
		}
		b.add("</tr>\n")
	}
	return template.HTML(b.String())
}

// markup is HTML that is being written.
type markup struct{ strings.Builder }

// add writes HTML as it is.
func (b *markup) add(html string) { b.WriteString(html) }

// when writes HTML where a condition holds.
func (b *markup) when(condition bool, html string) {
	if condition {
		b.WriteString(html)
	}
}

// text writes text.
func (b *markup) text(text string) { template.HTMLEscape(b, []byte(text)) }

// attribute writes an attribute, unless it is empty.
func (b *markup) attribute(name, value string) {
	if value != "" {
		b.add(" " + name + `="`)
		b.text(value)
		b.add(`"`)
	}
}

// link writes a link. An address that is none of the web's leads nowhere, as in templates.
func (b *markup) link(address, text string) {
	scheme, _, named := strings.Cut(address, ":")
	if named && !strings.Contains(scheme, "/") && !slices.Contains([]string{"http", "https", "mailto"}, scheme) {
		address = "#"
	}
	b.add(`<a class="govuk-link"`)
	b.attribute("href", address)
	b.add(`>`)
	b.text(text)
	b.add(`</a>`)
}

// spark writes a series as small as a word.
func (b *markup) spark(s Spark) {
	fmt.Fprintf(b, `<svg class="ys-spark" width="%[1]d" height="%[2]d" viewBox="0 0 %[1]d %[2]d" role="img"`,
		SparkWidth, sparkHeight)
	b.attribute("aria-label", s.Alt)
	b.add(`>`)
	if s.Tested != nil {
		fmt.Fprintf(b, `<rect x="%d" width="%d" height="100%%"/>`, s.Tested.X, s.Tested.Width)
	}
	b.add(`<path d="` + s.Path + `"/><path class="ys-spark__end" d="` + s.End + `"/></svg>`)
}

// cell writes what is in a cell.
func (b *markup) cell(c Cell) {
	if c.Spark != nil {
		b.spark(*c.Spark)
		b.add(" ")
	}
	switch {
	case len(c.Links) > 0:
		for n, l := range c.Links {
			b.when(n > 0, "; ")
			b.link(l.Href, l.Text)
		}
	case c.Link != "":
		b.link(c.Link, c.Text)
	case c.Rating != "":
		b.add(`<span class="ys-` + c.Kind + ` ys-` + c.Rating + `">`)
		b.text(c.Text)
		b.add(`</span>`)
	default:
		b.text(c.Text)
	}
	if c.Small != "" {
		b.add(` <span class="ys-note">`)
		b.text(c.Small)
		b.add(`</span>`)
	}
	if c.Aside != nil {
		b.add(` <span class="ys-note">`)
		b.link(c.Aside.Href, c.Aside.Text)
		b.add(`</span>`)
	}
}
