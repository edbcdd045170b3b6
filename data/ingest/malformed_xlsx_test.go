package ingest_test

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// book is a good workbook with something done to it.
func book(changes ...func(*excelize.File)) func() []byte {
	return func() []byte { return bookOf(canonical(), changes...) }
}

func set(line int, column string, value any) func(*excelize.File) {
	return func(f *excelize.File) { must(f.SetCellValue("Sheet1", cellOf(line, column), value)) }
}

// byHand is a workbook put together by hand around the canonical rows, with a cell as XML.
func byHand(line int, column, cell string) func() []byte {
	return func() []byte { return zipOf(parts(sheetXML(with(canonical(), line, column, cell), "", ""))) }
}

func around(before, after string) func() []byte {
	return func() []byte { return zipOf(parts(sheetXML(canonical(), before, after))) }
}

// malformedSheets are workbooks with something on the sheet that cannot be taken.
func malformedSheets() []malformed {
	sheet2 := func(f *excelize.File) {
		_, err := f.NewSheet("Sheet2")
		must(err)
		must(f.SetCellStr("Sheet2", "B2", "more"))
	}
	hide := func(f *excelize.File) { must(f.SetSheetVisible("Sheet2", false)) }
	veryHide := func(f *excelize.File) { must(f.SetSheetVisible("Sheet2", false, true)) }
	return append(malformedBookCells(), []malformed{
		{"two sheets.xlsx", book(sheet2), "sheets", 0, ""},
		{"hidden sheet.xlsx", book(sheet2, hide), "hidden_sheet", 0, ""},
		{"very hidden sheet.xlsx", book(sheet2, veryHide), "hidden_sheet", 0, ""},
		{
			"hidden formula.xlsx",
			book(sheet2, hide, func(f *excelize.File) { must(f.SetCellFormula("Sheet2", "B2", "1+1")) }),
			"hidden_sheet",
			0,
			"",
		},
		{"nothing.xlsx", func() []byte { return bookOf(nil) }, "empty", 0, ""},
		{"header alone.xlsx", func() []byte { return bookOf(canonical()[:1]) }, "empty", 0, ""},
		{
			"first row blank.xlsx",
			func() []byte { return bookOf(append([][]string{{}}, canonical()...)) },
			"header_missing",
			1,
			"",
		},
		{
			"unknown column.xlsx",
			func() []byte { return bookOf(with(canonical(), 1, "note", "remarks")) },
			"header_unknown",
			1,
			"remarks",
		},
		{
			"duplicate column.xlsx",
			func() []byte { return bookOf(with(canonical(), 1, "note", "comment")) },
			"header_duplicate",
			1,
			"comment",
		},
		{
			"column without a name.xlsx",
			book(func(f *excelize.File) { must(f.SetCellStr("Sheet1", "S2", "aside")) }),
			"ragged_row",
			2,
			"",
		},
		{
			"hidden row.xlsx",
			book(func(f *excelize.File) { must(f.SetRowVisible("Sheet1", 3, false)) }),
			"hidden_row",
			3,
			"",
		},
		{"row of no height.xlsx", func() []byte {
			return zipOf(
				parts(
					strings.Replace(sheetXML(canonical(), "", ""), `<row r="3">`, `<row r="3" ht="0" customHeight="1">`,
						1),
				),
			)
		}, "hidden_row", 3, ""},
		{
			"rows hidden at large.xlsx",
			around(`<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>`, ""),
			"hidden_row",
			0,
			"",
		},
		{
			"hidden column.xlsx",
			book(func(f *excelize.File) { must(f.SetColVisible("Sheet1", "G", false)) }),
			"hidden_column",
			0,
			"score_percent",
		},
		{
			"column of no width.xlsx",
			around(`<cols><col min="7" max="7" width="0" customWidth="1"/></cols>`, ""),
			"hidden_column",
			0,
			"score_percent",
		},
		{
			"merged cells.xlsx",
			book(func(f *excelize.File) { must(f.MergeCell("Sheet1", "A2", "A3")) }),
			"merged_cells",
			2,
			"area",
		},
		{"blank row.xlsx", book(func(f *excelize.File) { must(f.InsertRows("Sheet1", 4, 2)) }), "blank_row", 5, ""},
		{"a far cell.xlsx", func() []byte {
			sheet := sheetXML(canonical(), `<dimension ref="A1:XFD1048576"/>`, "")
			return zipOf(
				parts(
					strings.Replace(sheet, `</sheetData>`,
						`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>`, 1),
				),
			)
		}, "far_cell", 0, ""},
		{"a far cell and no dimension.xlsx", func() []byte {
			return zipOf(
				parts(
					strings.Replace(sheetXML(canonical(), "", ""), `</sheetData>`,
						`<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>`, 1),
				),
			)
		}, "far_cell", 1048576, ""},
		{"a far column.xlsx", byHand(2, "note", `<c r="BM2" t="inlineStr"><is><t>x</t></is></c>`), "far_cell", 2, ""},
		{"a far dimension.xlsx", around(`<dimension ref="A1:XFD1048576"/>`, ""), "far_cell", 0, ""},
		{"no dimension.xlsx", around(`<dimension ref="everything"/>`, ""), "far_cell", 0, ""},
		{"three thousand wide rows.xlsx", func() []byte {
			var b strings.Builder
			for i := range 3000 {
				fmt.Fprintf(&b, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i+10, i+10)
			}
			return zipOf(
				parts(strings.Replace(sheetXML(canonical(), "", ""), `</sheetData>`, b.String()+`</sheetData>`, 1)))
		}, "far_cell", 10, ""},
	}...)
}

func malformedBookCells() []malformed {
	return []malformed{
		{"score too high.xlsx", book(set(2, "score_percent", 620)), "percent", 2, "score_percent"},
		{"score as a share.xlsx", book(styled(2, "score_percent", 6.2, "0%")), "percent", 2, "score_percent"},
		{
			"score in small.xlsx",
			byHand(2, "score_percent", `<c r="REF"><v>1E-7</v></c>`),
			"percent",
			2,
			"score_percent",
		},
		{"cases as a share.xlsx", book(styled(2, "cases_in_sample", 0.62, "0%")), "integer", 2, "cases_in_sample"},
		{"score as a date.xlsx", book(styled(2, "score_percent", 62, "dd/mm/yyyy")), "date", 2, "score_percent"},
		{"page as a date.xlsx", book(styled(2, "source_page", 41073, "d-mmm")), "date", 2, "source_page"},
		{"date as a number.xlsx", book(set(2, "publication_date", 41073)), "date", 2, "publication_date"},
		{
			"date without a year.xlsx",
			book(styled(2, "publication_date", 41073, "d mmm")),
			"date",
			2,
			"publication_date",
		},
		{"date as a time.xlsx", book(styled(2, "publication_date", 41073.5, "hh:mm")), "date", 2, "publication_date"},
		{
			"date with a time.xlsx",
			book(styled(2, "publication_date", 41073.5, "dd/mm/yyyy hh:mm")),
			"date",
			2,
			"publication_date",
		},
		{
			"year as a date.xlsx",
			book(styled(2, "publication_date", 2012, "dd/mm/yyyy")),
			"date_range",
			2,
			"publication_date",
		},
		{
			"date before time.xlsx",
			book(styled(2, "publication_date", -5, "dd/mm/yyyy")),
			"date",
			2,
			"publication_date",
		},
		{
			"ambiguous date as text.xlsx",
			book(set(2, "publication_date", "06/05/2012")),
			"date_ambiguous",
			2,
			"publication_date",
		},
		{
			"formula.xlsx",
			book(func(f *excelize.File) { must(f.SetCellFormula("Sheet1", cellOf(2, "score_percent"), "31*2")) }),
			"formula",
			2,
			"score_percent",
		},
		{
			"formula with a value.xlsx",
			byHand(2, "score_percent", `<c r="REF"><f>31*2</f><v>62</v></c>`),
			"formula",
			2,
			"score_percent",
		},
		{
			"shared formula.xlsx",
			byHand(2, "score_percent", `<c r="REF"><f t="shared" si="0"/><v>62</v></c>`),
			"formula",
			2,
			"score_percent",
		},
		{"boolean.xlsx", book(set(2, "rating", true)), "boolean", 2, "rating"},
		{
			"error.xlsx",
			byHand(2, "score_percent", `<c r="REF" t="e"><v>#N/A</v></c>`),
			"cell_error",
			2,
			"score_percent",
		},
		{
			"date of its own type.xlsx",
			byHand(2, "publication_date", `<c r="REF" t="d"><v>2012-06-13</v></c>`),
			"date",
			2,
			"publication_date",
		},
		{"cell of no type.xlsx", byHand(2, "note", `<c r="REF" t="z"><v>1</v></c>`), "workbook_broken", 2, "R"},
		{"style that is none.xlsx", byHand(2, "note", `<c r="REF" s="7"><v>1</v></c>`), "workbook_broken", 2, "R"},
		{"text that is none.xlsx", byHand(2, "note", `<c r="REF" t="s"><v>9</v></c>`), "workbook_broken", 2, "R"},
		{"cell out of order.xlsx", byHand(2, "note", `<c r="A2"><v>1</v></c>`), "workbook_broken", 2, ""},
		{"cell of another row.xlsx", byHand(2, "note", `<c r="R3"><v>1</v></c>`), "workbook_broken", 2, ""},
		{
			"number as hex.xlsx",
			byHand(2, "cases_in_sample", `<c r="REF"><v>0x1F</v></c>`),
			"integer",
			2,
			"cases_in_sample",
		},
		{
			"number that is none.xlsx",
			byHand(2, "score_percent", `<c r="REF"><v>NaN</v></c>`),
			"percent",
			2,
			"score_percent",
		},
		{"exponent.xlsx", byHand(2, "score_percent", `<c r="REF"><v>6.2E1</v></c>`), "percent", 2, "score_percent"},
		{"line break.xlsx", book(set(2, "note", "a\nb")), "text", 2, "note"},
		{
			"escaped control.xlsx",
			byHand(2, "note", `<c r="REF" t="inlineStr"><is><t>a_x0007_b</t></is></c>`),
			"text",
			2,
			"note",
		},
		{"zero width.xlsx", book(set(2, "area", "Car\u200bdiff")), "text", 2, "area"},
		{"unknown area.xlsx", book(set(3, "area", "Atlantis")), "area_unknown", 3, "area"},
		{
			"text with a formula.xlsx",
			book(func(f *excelize.File) { must(f.SetCellStr("Sheet1", cellOf(2, "note"), "=1+1")) }),
			"formula",
			2,
			"note",
		},
		{"rows out of order.xlsx", func() []byte {
			return zipOf(parts(strings.Replace(sheetXML(canonical(), "", ""), `<row r="3">`, `<row r="2">`, 1)))
		}, "workbook_broken", 2, ""},
		{"a row of no number.xlsx", func() []byte {
			return zipOf(parts(strings.Replace(sheetXML(canonical(), "", ""), `<row r="3">`, `<row r="three">`, 1)))
		}, "workbook_broken", 2, ""},
	}
}
