package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"yardstick/data/ingest"
)

// odsParts are those of the smallest OpenDocument workbook around its sheets; the changes replace parts or come after.
func odsParts(sheets, styles string, changes ...part) []part {
	list := []part{
		{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
		{"content.xml", xmlHead + `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" ` +
			`xmlns:style="s" xmlns:number="n" xmlns:calcext="c" xmlns:xlink="l"><office:automatic-styles>` + styles +
			`</office:automatic-styles><office:body><office:spreadsheet><table:tracked-changes><table:table-cell>` +
			`<text:p>deleted</text:p></table:table-cell></table:tracked-changes>` + sheets +
			`<table:named-expressions/></office:spreadsheet></office:body></office:document-content>`},
		{"META-INF/manifest.xml", `<manifest:manifest xmlns:manifest="m"/>`},
	}
	return changed(list, changes)
}

// odsSheet is a sheet of rows as LibreOffice writes it: blank cells and rows as repeated ones, to the last of a sheet.
// A cell that begins with "<table:" is put in as it is.
func odsSheet(name string, rows [][]string, before string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<table:table table:name=%q>%s<table:table-column table:number-columns-repeated="16384"/>`, name,
		before)
	for _, row := range rows {
		b.WriteString(`<table:table-row>`)
		blank := 0
		for _, text := range row {
			if text == "" {
				blank++
				continue
			}
			if blank > 0 {
				fmt.Fprintf(&b, `<table:table-cell table:number-columns-repeated="%d"/>`, blank)
			}
			blank = 0
			if strings.HasPrefix(text, "<table:") {
				b.WriteString(text)
				continue
			}
			b.WriteString(odsText(escape.Replace(text)))
		}
		b.WriteString(`<table:table-cell table:number-columns-repeated="1000"/></table:table-row>`)
	}
	return b.String() + `<table:table-row table:number-rows-repeated="1048000"><table:table-cell ` +
		`table:number-columns-repeated="16384"/></table:table-row></table:table>`
}

func odsText(text string) string {
	return `<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>` + text +
		`</text:p></table:table-cell>`
}

// odsValue is a cell with a value beside the text that shows it.
func odsValue(kind, value, more string) string {
	name := map[string]string{"date": "date-value", "time": "time-value", "boolean": "boolean-value"}[kind]
	if name == "" {
		name = "value"
	}
	return fmt.Sprintf(`<table:table-cell office:value-type=%q office:%s=%q %s><text:p>shown</text:p></table:table-cell>`,
		kind, name, value, more)
}

func odsOf(rows [][]string) []byte { return zipOf(odsParts(odsSheet("Sheet1", rows, ""), "")) }

// dateStyles are cells that show a day, a month, a year, and a day without its year.
const dateStyles = `<number:date-style style:name="N1"><number:day/><number:text>/</number:text><number:month/>` +
	`<number:text>/</number:text><number:year/></number:date-style>` +
	`<number:date-style style:name="N2"><number:month number:textual="true"/><number:year/></number:date-style>` +
	`<number:date-style style:name="N3"><number:year number:style="long"/></number:date-style>` +
	`<number:date-style style:name="N4"><number:day/><number:month/></number:date-style>` +
	`<number:time-style style:name="N5"><number:hours/></number:time-style>` +
	`<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>` +
	`<style:style style:name="month" style:family="table-cell" style:data-style-name="N2"/>` +
	`<style:style style:name="bold" style:family="table-cell" style:parent-style-name="month"/>` +
	`<style:style style:name="year" style:family="table-cell" style:data-style-name="N3"/>` +
	`<style:style style:name="noyear" style:family="table-cell" style:data-style-name="N4"/>` +
	`<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style>`

func odsStyled(changes ...any) []byte {
	return zipOf(odsParts(odsSheet("Sheet1", with(canonical(), changes...), ""), dateStyles))
}

// odsVariants are OpenDocument files that say what the canonical rows say.
func odsVariants() map[string][]byte {
	c := canonical()
	hidden := `<table:table table:name="Lists" table:style-name="gone">`
	return map[string][]byte{
		"texts.ods":            odsOf(c),
		"columns reversed.ods": odsOf(reversed(c)),
		"numbers.ods": odsStyled(2, "score_percent", odsValue("float", "62", ""), 5, "score_percent",
			odsValue("float", "57.5", ""), 2, "cases_in_sample", odsValue("float", "62", "")),
		"binary number.ods": odsStyled(2, "score_percent", odsValue("float", "61.999999999999993", "")),
		"percentages.ods": odsStyled(2, "score_percent", odsValue("percentage", "0.62", ""), 5, "score_percent",
			odsValue("percentage", "0.575", ""), 2, "benchmark_highest", odsValue("percentage", "0.91", "")),
		"dates.ods": odsStyled(2, "publication_date", odsValue("date", "2012-06-13", `table:style-name="day"`),
			2, "fieldwork_month", odsValue("date", "2012-02-01", `table:style-name="month"`),
			4, "publication_date", odsValue("date", "2020-01-01", `table:style-name="year"`)),
		"dates of no style.ods":   odsStyled(2, "publication_date", odsValue("date", "2012-06-13T00:00:00", "")),
		"dates of midnight.ods":   odsStyled(2, "publication_date", odsValue("date", "2012-06-13T00:00:00.000Z", "")),
		"a style's own style.ods": odsStyled(2, "fieldwork_month", odsValue("date", "2012-02-01", `table:style-name="bold"`)),
		"a column's style.ods": zipOf(odsParts(odsSheet("Sheet1",
			with(c, 2, "fieldwork_month", odsValue("date", "2012-02-01", "")),
			`<table:table-column table:number-columns-repeated="2"/><table:table-column `+
				`table:default-cell-style-name="month"/>`), dateStyles)),
		"styles of the document.ods": zipOf(odsParts(odsSheet("Sheet1", with(c, 2, "fieldwork_month",
			odsValue("date", "2012-02-01", `table:style-name="month"`)), ""), "",
			part{"styles.xml", `<s xmlns:style="s" xmlns:number="n" xmlns:table="t">` + dateStyles + `</s>`})),
		"spans, notes and spaces.ods": odsStyled(4, "source_title", `<table:table-cell office:value-type="string">`+
			`<office:annotation><text:p>pinned</text:p></office:annotation> <text:p><text:span>Caer</text:span>dydd`+
			`<text:note>n</text:note></text:p></table:table-cell>`, 2, "source_title", odsText(
			`Core case<text:s text:c="1"/>inspection, <text:a xlink:href="https://example.org">Greenwich</text:a>`)),
		"text in an attribute.ods": odsStyled(4, "source_title",
			`<table:table-cell office:value-type="string" office:string-value="Caerdydd"/>`),
		"groups of rows.ods": zipOf(odsParts(strings.Replace(strings.Replace(odsSheet("Sheet1", c, ""),
			`<table:table-row>`, `<table:table-header-rows><table:table-row>`, 1),
			`</table:table-row>`, `</table:table-row></table:table-header-rows>`, 1), "")),
		"an empty sheet.ods":   zipOf(odsParts(odsSheet("Sheet1", c, "")+odsSheet("Sheet2", nil, ""), "")),
		"hidden and empty.ods": zipOf(odsParts(hidden+`</table:table>`+odsSheet("Sheet1", c, ""), dateStyles)),
		"a shape and a chart.ods": zipOf(odsParts(odsSheet("Sheet1", c, `<table:shapes><draw:frame><table:table>`+
			`<table:table-row/></table:table></draw:frame></table:shapes>`), "",
			part{"Object 1/content.xml", "<chart/>"}, part{"Pictures/1.png", "p"})),
		"one cell for several.ods": odsStyled(3, "points", `<table:table-cell office:value-type="float" office:value="14"/>`,
			4, "rating", odsText("good")),
	}
}

// malformedODS are OpenDocument files that cannot be taken.
func malformedODS() []malformed {
	sheet := odsSheet("Sheet1", canonical(), "")
	made := func(sheets string, changes ...part) func() []byte {
		return func() []byte { return zipOf(odsParts(sheets, dateStyles, changes...)) }
	}
	cell := func(line int, column, cell string) func() []byte {
		return func() []byte { return odsStyled(line, column, cell) }
	}
	instead := func(old, now string) func() []byte {
		if !strings.Contains(sheet, old) {
			panic(old + " is not in the sheet")
		}
		return made(strings.Replace(sheet, old, now, 1))
	}
	repeated := func(rows int, cell string) func() []byte {
		return made(strings.Replace(sheet, `<table:table-row table:number-rows-repeated="1048000">`,
			fmt.Sprintf(`<table:table-row table:number-rows-repeated="%d">%s</table:table-row><table:table-row>`, rows, cell),
			1))
	}
	const area = `<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>greenwich`
	return []malformed{
		{"text.ods", func() []byte { return csvOf(canonical()) }, "format", 0, ""},
		{"cut short.ods", func() []byte { b := odsOf(canonical()); return b[:len(b)/2] }, "workbook_broken", 0, ""},
		{"workbook of Excel.ods", packed(), "workbook_broken", 0, ""},
		{"no content.ods", func() []byte { return zipOf(odsParts("", "")[:1]) }, "workbook_broken", 0, ""},
		{"no spreadsheet.ods", made("", part{"content.xml", "<office:text/>"}), "workbook_broken", 0, ""},
		{"no sheets.ods", made(""), "workbook_broken", 0, ""},
		{"content cut short.ods", made("", part{"content.xml", odsParts(sheet, "")[1].content[:2000]}), "workbook_broken",
			0, ""},
		{"styles cut short.ods", made(sheet, part{"styles.xml", "<a><b>"}), "workbook_broken", 0, ""},
		{"password.ods", made(sheet, part{"META-INF/manifest.xml", `<m><manifest:encryption-data/></m>`}, part{"content.xml",
			"\x00\x01"}), "archive_encrypted", 0, ""},
		{"doctype.ods", made("", part{"content.xml", `<!DOCTYPE x [<!ENTITY a "62">]><x/>`}), "doctype", 0, ""},
		{"utf-16.ods", made("", part{"content.xml", string(utf16Of([]byte(sheet), false))}), "encoding", 0, ""},
		{"macros.ods", made(sheet, part{"Basic/Standard/Module1.xml", "<x/>"}), "macro", 0, ""},
		{"scripts.ods", made(sheet, part{"Scripts/python/a.py", "x"}), "macro", 0, ""},
		{"link to another.ods", made(odsSheet("Sheet1", canonical(),
			`<table:table-source xlink:href="file:///etc/passwd"/>`)), "external_link", 0, ""},
		{"two sheets.ods", made(sheet + odsSheet("Sheet2", [][]string{{"more"}}, "")), "sheets", 0, ""},
		{"one name twice.ods", made(sheet + odsSheet("sheet1", nil, "")), "workbook_broken", 0, ""},
		{"many sheets.ods", made(strings.Repeat(`<table:table/>`, 201)), "sheets", 0, ""},
		{"hidden sheet.ods", made(sheet + strings.Replace(odsSheet("S", [][]string{{"x"}}, ""), `<table:table `,
			`<table:table table:style-name="gone" `, 1)), "hidden_sheet", 0, ""},
		{"hidden column.ods", made(odsSheet("Sheet1", canonical(), `<table:table-column `+
			`table:number-columns-repeated="6"/><table:table-column table:visibility="collapse"/>`)),
			"hidden_column", 0, "score_percent"},
		{"hidden row.ods", instead(`<table:table-row><`+area[1:], `<table:table-row table:visibility="collapse">`+area),
			"hidden_row", 2, ""},
		{"filtered row.ods", instead(`<table:table-row><`+area[1:], `<table:table-row table:visibility="filter">`+area),
			"hidden_row", 2, ""},
		{"merged.ods", cell(2, "note", `<table:table-cell table:number-rows-spanned="2"/>`), "merged_cells", 2, "note"},
		{"formula.ods", cell(2, "score_percent", odsValue("float", "62", `table:formula="of:=31*2"`)), "formula", 2,
			"score_percent"},
		{"blank row.ods", instead(`<table:table-row><`+area[1:], `<table:table-row table:number-rows-repeated="2">`+
			`<table:table-cell/></table:table-row><table:table-row>`+area), "blank_row", 2, ""},
		{"nothing.ods", func() []byte { return odsOf(nil) }, "empty", 0, ""},
		{"header alone.ods", func() []byte { return odsOf(canonical()[:1]) }, "empty", 0, ""},
		{"score as a share.ods", cell(2, "score_percent", odsValue("percentage", "6.2", "")), "percent", 2, "score_percent"},
		{"exponent.ods", cell(2, "score_percent", odsValue("float", "6.2E1", "")), "percent", 2, "score_percent"},
		{"score as a date.ods", cell(2, "score_percent", odsValue("date", "2012-06-13", "")), "date", 2, "score_percent"},
		{"date without a year.ods", cell(2, "publication_date", odsValue("date", "2012-06-13", `table:style-name="noyear"`)),
			"date", 2, "publication_date"},
		{"date with a time.ods", cell(2, "publication_date", odsValue("date", "2012-06-13T12:00:00", "")), "date", 2,
			"publication_date"},
		{"time.ods", cell(2, "publication_date", odsValue("time", "PT12H00M00S", "")), "date", 2, "publication_date"},
		{"boolean.ods", cell(2, "rating", odsValue("boolean", "true", "")), "boolean", 2, "rating"},
		{"error.ods", cell(2, "score_percent", `<table:table-cell office:value-type="string" calcext:value-type="error">`+
			`<text:p>#N/A</text:p></table:table-cell>`), "cell_error", 2, "score_percent"},
		{"two paragraphs.ods", cell(2, "note", odsText("a</text:p><text:p>b")), "text", 2, "note"},
		{"line break.ods", cell(2, "note", odsText("a<text:line-break/>b")), "text", 2, "note"},
		{"beyond the header.ods", instead(`<table:table-cell table:number-columns-repeated="1000"/>`, odsText("aside")),
			"header_unknown", 1, "aside"},
		{"a far column.ods", instead(`<table:table-cell table:number-columns-repeated="1000"/>`,
			`<table:table-cell table:number-columns-repeated="1000"/>`+odsText("x")), "far_cell", 1, ""},
		{"wide repeat.ods", instead(`<table:table-cell table:number-columns-repeated="1000"/>`,
			`<table:table-cell table:number-columns-repeated="99999999999999999999"><text:p>x</text:p></table:table-cell>`),
			"far_cell", 1, ""},
		{"a far row.ods", repeated(16_000_000, `<table:table-cell/></table:table-row><table:table-row>`+odsText("x")),
			"far_cell", 16_000_006, ""},
		{"rows repeated for ever.ods", repeated(999_999_999, odsText("greenwich")), "archive_size", 999_921, ""},
		{"wide rows repeated.ods", repeated(1_000_000, strings.Replace(odsText("x"), "<table:table-cell ",
			`<table:table-cell table:number-columns-repeated="64" `, 1)), "archive_size", 15_629, ""},
		{"bomb.ods", made(odsSheet("Sheet1", with(canonical(), 2, "note", strings.Repeat("a", 64<<20)), "")),
			"archive_size", 0, ""},
		{"spaces bomb.ods", cell(2, "note", odsText("a"+strings.Repeat(`<text:s text:c="999999999"/>`, 1000)+"b")),
			"text_length", 2, "note"},
		{"deep.ods", cell(2, "note", odsText(strings.Repeat("<text:span>", 20_000)+"a"+
			strings.Repeat("</text:span>", 20_000))), "archive_size", 0, ""},
	}
}

// TestODSIsReadLikeXLSX holds that the same findings name the same rows and columns in both formats.
func TestODSIsReadLikeXLSX(t *testing.T) {
	rows := with(canonical(), 2, "area", "Grenwich", 3, "score_percent", "x", 4, "source_url", "")
	_, _, inODS := read("a.ods", odsOf(rows))
	_, _, inXLSX := read("a.xlsx", bookOf(rows))
	if len(inODS.Listed) < 3 || len(inODS.Listed) != len(inXLSX.Listed) {
		t.Fatalf("in ODS %v\nin XLSX %v", inODS.Listed, inXLSX.Listed)
	}
	for i, f := range inODS.Listed {
		if f.File = "a.xlsx"; f != inXLSX.Listed[i] {
			t.Errorf("in ODS %v\nin XLSX %v", f, inXLSX.Listed[i])
		}
	}
}

// FuzzODS reads any bytes as the content of an OpenDocument workbook.
func FuzzODS(f *testing.F) {
	for _, m := range malformedODS() {
		if content := m.content(); len(content) < 10_000 {
			f.Add(partOf(content, "content.xml"))
		}
	}
	f.Add(odsParts(odsSheet("Sheet1", canonical(), ""), dateStyles)[1].content)
	f.Fuzz(func(t *testing.T, content string) {
		file, findings := ingest.Read("fuzz.ods", zipOf(odsParts("", "", part{"content.xml", content})),
			ingest.Known{Areas: register}, ingest.Rows{})
		answered(t, file.Rows, findings)
	})
}
