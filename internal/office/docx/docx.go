// Package docx writes documents for word processors (Office Open XML, ISO/IEC 29500): headings, paragraphs, lists,
// links and tables, with styles that the reader's program knows, a title and a language. The same document is the same
// bytes. It reads nothing.
package docx

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Span is a piece of text, which may be bold or lead somewhere.
type Span struct {
	Text string
	Link string // an address; empty for none
	Bold bool
}

// Document is a document that is being written. The zero value has no title and no language.
type Document struct {
	Title    string
	Language string // such as en-GB
	body     strings.Builder
	links    []string
	lists    int // numbered ones so far: each begins with 1
}

// Plain is text as it is.
func Plain(text string) []Span { return []Span{{Text: text}} }

// Heading adds a heading: level 0 for the title, 1 and 2 for what is below it.
func (d *Document) Heading(level int, text string) {
	style := "Title"
	if level > 0 {
		style = fmt.Sprintf("Heading%d", level)
	}
	d.paragraph(`<w:pStyle w:val="`+style+`"/>`, Plain(text))
}

// Paragraph adds a paragraph.
func (d *Document) Paragraph(spans ...Span) { d.paragraph("", spans) }

// Bullets adds a list of points.
func (d *Document) Bullets(items ...[]Span) {
	for _, item := range items {
		d.paragraph(listed(bullets), item)
	}
}

// Numbers adds a list that is numbered from 1.
func (d *Document) Numbers(items ...[]Span) {
	d.lists++
	for _, item := range items {
		d.paragraph(listed(bullets+d.lists), item)
	}
}

// Table adds a table whose first row is its header, and whose first column heads its rows.
func (d *Document) Table(header []string, rows [][][]Span) {
	d.body.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>` +
		`<w:tblLook w:firstRow="1" w:firstColumn="1" w:lastRow="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>` +
		`</w:tblPr><w:tblGrid>`)
	for n := range header {
		fmt.Fprintf(&d.body, `<w:gridCol w:w="%d"/>`, columnWidth(n, len(header)))
	}
	d.body.WriteString("</w:tblGrid>")
	d.body.WriteString("<w:tr><w:trPr><w:tblHeader/></w:trPr>")
	for n, text := range header {
		d.cell(columnWidth(n, len(header)), []Span{{Text: text, Bold: true}})
	}
	d.body.WriteString("</w:tr>")
	for _, row := range rows {
		d.body.WriteString("<w:tr>")
		for n, spans := range row {
			d.cell(columnWidth(n, len(header)), spans)
		}
		d.body.WriteString("</w:tr>")
	}
	d.body.WriteString("</w:tbl>")
	d.paragraph("", nil)
}

// textWidth is the width of the text in twentieths of a point.
const textWidth = 9026

// columnWidth is the width of a table's column in the same. The first and the last have words and the others numbers.
func columnWidth(n, columns int) int {
	switch {
	case columns <= 2:
		return textWidth / columns
	case n == 0 || n == columns-1:
		return textWidth * 3 / 10
	}
	return textWidth * 4 / 10 / (columns - 2)
}

func (d *Document) cell(width int, spans []Span) {
	fmt.Fprintf(&d.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, width)
	d.paragraph("", spans)
	d.body.WriteString("</w:tc>")
}

// bullets is the number of the list of points; numbered lists follow it.
const bullets = 1

func listed(list int) string {
	return fmt.Sprintf(`<w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr>`,
		list)
}

func (d *Document) paragraph(properties string, spans []Span) {
	d.body.WriteString("<w:p>")
	if properties != "" {
		d.body.WriteString("<w:pPr>" + properties + "</w:pPr>")
	}
	for _, s := range spans {
		var style string
		switch {
		case s.Link != "":
			style = `<w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>`
		case s.Bold:
			style = "<w:rPr><w:b/></w:rPr>"
		}
		run := "<w:r>" + style + `<w:t xml:space="preserve">` + escaped(s.Text) + "</w:t></w:r>"
		if s.Link != "" {
			d.links = append(d.links, s.Link)
			run = fmt.Sprintf(`<w:hyperlink r:id="link%d">%s</w:hyperlink>`, len(d.links), run)
		}
		d.body.WriteString(run)
	}
	d.body.WriteString("</w:p>")
}

// escaped is text in XML. What XML cannot have is replaced.
func escaped(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(text)) // a Builder takes everything
	return out.String()
}

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	main        = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	packaged    = "http://schemas.openxmlformats.org/package/2006/"
	office      = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	word        = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// Type is the media type of a document.
const Type = word + "document"

// WriteTo writes the document as a file.
func (d *Document) WriteTo(w io.Writer) (int64, error) {
	counted := &counter{w: w}
	archive := zip.NewWriter(counted)
	for _, part := range []struct{ name, content string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", relationships(
			relationship("document", office+"/officeDocument", "word/document.xml", ""),
			relationship("core", packaged+"relationships/metadata/core-properties", "docProps/core.xml", ""))},
		{"docProps/core.xml", d.core()},
		{"word/document.xml", `<w:document xmlns:w="` + main + `" xmlns:r="` + office + `"><w:body>` + d.body.String() +
			`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" ` +
			`w:left="1440" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>`},
		{"word/styles.xml", d.styles()},
		{"word/numbering.xml", d.numbering()},
		{"word/_rels/document.xml.rels", d.relationships()},
	} {
		file, err := archive.Create(part.name) // without a time: the same document is the same bytes
		if err == nil {
			_, err = io.WriteString(file, declaration+part.content)
		}
		if err != nil {
			return counted.n, fmt.Errorf("docx: %s: %w", part.name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return counted.n, fmt.Errorf("docx: %w", err)
	}
	return counted.n, nil
}

type counter struct {
	w io.Writer
	n int64
}

// Write writes on and counts.
func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

const contentTypes = `<Types xmlns="` + packaged + `content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + Type + `.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="` + word + `styles+xml"/>` +
	`<Override PartName="/word/numbering.xml" ContentType="` + word + `numbering+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
	`</Types>`

func relationships(all ...string) string {
	return `<Relationships xmlns="` + packaged + `relationships">` + strings.Join(all, "") + `</Relationships>`
}

func relationship(id, kind, target, mode string) string {
	if mode != "" {
		mode = ` TargetMode="` + mode + `"`
	}
	return fmt.Sprintf(`<Relationship Id="%s" Type="%s" Target="%s"%s/>`, id, kind, escaped(target), mode)
}

func (d *Document) relationships() string {
	all := []string{relationship("styles", office+"/styles", "styles.xml", ""),
		relationship("numbering", office+"/numbering", "numbering.xml", "")}
	for n, link := range d.links {
		all = append(all, relationship(fmt.Sprintf("link%d", n+1), office+"/hyperlink", link, "External"))
	}
	return relationships(all...)
}

func (d *Document) core() string {
	return `<cp:coreProperties xmlns:cp="` + packaged + `metadata/core-properties" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + escaped(d.Title) + `</dc:title><dc:language>` +
		escaped(d.Language) + `</dc:language></cp:coreProperties>`
}

func (d *Document) numbering() string {
	var out strings.Builder
	level := func(list int, format, text string) {
		fmt.Fprintf(&out, `<w:abstractNum w:abstractNumId="%d"><w:lvl w:ilvl="0"><w:start w:val="1"/>`+
			`<w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl>`+
			`</w:abstractNum>`, list, format, text)
	}
	level(bullets, "bullet", "•")
	for n := range d.lists {
		level(bullets+1+n, "decimal", "%1.")
	}
	for n := range bullets + d.lists {
		fmt.Fprintf(&out, `<w:num w:numId="%d"><w:abstractNumId w:val="%d"/></w:num>`, n+1, n+1)
	}
	return `<w:numbering xmlns:w="` + main + `">` + out.String() + `</w:numbering>`
}

func (d *Document) styles() string {
	style := func(kind, id, name, rest string) string {
		return fmt.Sprintf(`<w:style w:type="%s" w:styleId="%s"><w:name w:val="%s"/>%s</w:style>`, kind, id, name, rest)
	}
	heading := func(id, name string, level, size int) string {
		outline := ""
		if level > 0 {
			outline = fmt.Sprintf(`<w:outlineLvl w:val="%d"/>`, level-1)
		}
		return style("paragraph", id, name, fmt.Sprintf(`<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>`+
			`<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/>%s</w:pPr><w:rPr><w:b/><w:sz w:val="%d"/></w:rPr>`,
			outline, size))
	}
	return `<w:styles xmlns:w="` + main + `"><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="24"/><w:lang w:val="` + escaped(d.Language) +
		`"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr>` +
		`</w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
		heading("Title", "Title", 0, 40) + heading("Heading1", "heading 1", 1, 32) +
		heading("Heading2", "heading 2", 2, 28) +
		style("paragraph", "ListParagraph", "List Paragraph", `<w:basedOn w:val="Normal"/>`) +
		style("character", "Hyperlink", "Hyperlink", `<w:rPr><w:color w:val="12436D"/><w:u w:val="single"/></w:rPr>`) +
		style("table", "TableGrid", "Table Grid", `<w:tblPr><w:tblBorders>`+borders()+`</w:tblBorders></w:tblPr>`) +
		`</w:styles>`
}

func borders() string {
	var out strings.Builder
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&out, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/>`, side)
	}
	return out.String()
}
