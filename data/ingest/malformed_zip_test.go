package ingest_test

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

func packed(changes ...part) func() []byte {
	return func() []byte { return zipOf(parts(sheetXML(canonical(), "", ""), changes...)) }
}

// malformedArchives are no workbooks, or ones that would do harm.
func malformedArchives() []malformed {
	sheet := sheetXML(canonical(), "", "")
	relations := func(more string) string {
		return parts("")[3].content[:strings.Index(parts("")[3].content, "</Relationships>")] + more + "</Relationships>"
	}
	changed := func(old, new string) func() []byte {
		return func() []byte { return bytes.ReplaceAll(packed()(), []byte(old), []byte(new)) }
	}
	return []malformed{
		{"empty.xlsx", given(""), "empty", 0, ""},
		{"text.xlsx", func() []byte { return csvOf(canonical()) }, "format", 0, ""},
		{"password.xlsx", given("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "format", 0, ""},
		{"macros by name.xlsm", packed(), "format", 0, ""},
		{"signature alone.xlsx", given("PK\x03\x04"), "workbook_broken", 0, ""},
		{"cut short.xlsx", func() []byte { b := packed()(); return b[:len(b)/2] }, "workbook_broken", 0, ""},
		{"damaged.xlsx", func() []byte {
			b := packed()()
			const sheet = "xl/worksheets/sheet1.xml" // its content follows its first mention
			b[bytes.Index(b, []byte(sheet))+len(sheet)+10] ^= 0xff
			return b
		}, "workbook_broken", 0, ""},
		{
			"not a workbook.xlsx",
			func() []byte { return zipOf([]part{{"readme.txt", "hello"}}) },
			"workbook_broken",
			0,
			"",
		},
		{
			"a document.xlsx",
			func() []byte { return zipOf([]part{{"word/document.xml", "<w/>"}}) },
			"workbook_broken",
			0,
			"",
		},
		{"no sheet part.xlsx", func() []byte { return zipOf(parts(sheet)[:4]) }, "sheet_kind", 0, ""},
		{
			"no sheets.xlsx",
			packed(part{"xl/workbook.xml", `<workbook ` + mainSpace + `><sheets/></workbook>`}),
			"workbook_broken",
			0,
			"",
		},
		{
			"one name twice.xlsx",
			packed(
				part{
					"xl/workbook.xml",
					`<workbook ` + mainSpace + ` xmlns:r="` + relSpace + `"><sheets><sheet name="A" sheetId="1" r:id="rId1"/><sheet name="a" sheetId="2" r:id="rId1"/></sheets></workbook>`,
				},
			),
			"workbook_broken",
			0,
			"",
		},
		{
			"chart sheet.xlsx",
			packed(part{
				"xl/_rels/workbook.xml.rels",
				strings.ReplaceAll(relations(""), "/worksheet\"", "/chartsheet\""),
			}),
			"sheet_kind",
			0,
			"",
		},
		{
			"styles elsewhere.xlsx",
			packed(
				part{
					"xl/_rels/workbook.xml.rels",
					relations(`<Relationship Id="rId2" Type="` + relSpace + `/styles" Target="other.xml"/>`),
				},
			),
			"workbook_broken",
			0,
			"",
		},
		{"doctype in the sheet.xlsx", func() []byte {
			return zipOf(parts(strings.Replace(sheet, xmlHead, xmlHead+`<!DOCTYPE x [<!ENTITY a "62">]>`, 1)))
		}, "doctype", 0, ""},
		{
			"doctype in the book.xlsx",
			packed(part{"xl/workbook.xml", `<!doctype x SYSTEM "file:///etc/passwd">` + parts("")[2].content}),
			"doctype",
			0,
			"",
		},
		{"doctype elsewhere.xlsx", packed(part{"docProps/core.xml", `<!DOCTYPE x><x/>`}), "doctype", 0, ""},
		{
			"sheet in utf-16.xlsx",
			func() []byte { return zipOf(parts(string(utf16Of([]byte(sheet), false)))) },
			"encoding",
			0,
			"",
		},
		{
			"sheet in another encoding.xlsx",
			func() []byte { return zipOf(parts(strings.Replace(sheet, "UTF-8", "windows-1252", 1))) },
			"workbook_broken",
			0,
			"",
		},
		{
			"sheet cut short.xlsx",
			func() []byte { return zipOf(parts(sheet[:len(sheet)/2])) },
			"workbook_broken",
			2,
			"",
		},
		{
			"sheet not closed.xlsx",
			func() []byte { return zipOf(parts(strings.Replace(sheet, "</row>", "", 1))) },
			"workbook_broken",
			5,
			"",
		},
		{"sheet of bytes.xlsx", func() []byte { return zipOf(parts("\x01\x02\x03")) }, "workbook_broken", 0, ""},
		{"macros.xlsx", packed(part{"xl/vbaProject.bin", "x"}), "macro", 0, ""},
		{
			"macros by type.xlsx",
			packed(part{
				"[Content_Types].xml",
				strings.ReplaceAll(parts("")[0].content, "spreadsheetml.sheet.main",
					"excel.sheet.macroEnabled.main"),
			}),
			"macro",
			0,
			"",
		},
		{"macro sheet.xlsx", packed(part{"xl/macrosheets/sheet1.xml", "<x/>"}), "macro", 0, ""},
		{"controls.xlsx", packed(part{"xl/activeX/activeX1.xml", "<x/>"}), "macro", 0, ""},
		{"external link.xlsx", packed(part{"xl/externalLinks/externalLink1.xml", "<x/>"}), "external_link", 0, ""},
		{"connections.xlsx", packed(part{"xl/connections.xml", "<x/>"}), "external_link", 0, ""},
		{"query.xlsx", packed(part{"xl/queryTables/queryTable1.xml", "<x/>"}), "external_link", 0, ""},
		{"embedded.xlsx", packed(part{"xl/embeddings/oleObject1.bin", "x"}), "embedded", 0, ""},
		{
			"nested.xlsx",
			func() []byte { return zipOf(append(parts(sheet), part{"xl/media/image1.png", string(packed()())})) },
			"archive_nested",
			0,
			"",
		},
		{"path upwards.xlsx", packed(part{"../../etc/passwd", "x"}), "archive_name", 0, ""},
		{"path upwards inside.xlsx", packed(part{"xl/../../x", "x"}), "archive_name", 0, ""},
		{"absolute path.xlsx", packed(part{"/etc/passwd", "x"}), "archive_name", 0, ""},
		{"path of windows.xlsx", packed(part{`xl\evil.xml`, "<x/>"}), "archive_name", 0, ""},
		{"drive.xlsx", packed(part{`C:evil.xml`, "<x/>"}), "archive_name", 0, ""},
		{
			"one part twice.xlsx",
			func() []byte { return zipOf(append(parts(sheet), part{"xl/worksheets/SHEET1.xml", sheet})) },
			"archive_name",
			0,
			"",
		},
		{
			"encrypted entry.xlsx",
			changed("PK\x01\x02\x14\x00\x14\x00\x08", "PK\x01\x02\x14\x00\x14\x00\x09"),
			"archive_encrypted",
			0,
			"",
		},
	}
}

// malformedBombs are small files that unpack to large ones.
func malformedBombs() []malformed {
	row := `<row r="%d"><c r="A%d" t="inlineStr"><is><t>a</t></is></c></row>`
	rowsBomb := func(n int) string {
		var b strings.Builder
		b.WriteString(xmlHead + `<worksheet ` + mainSpace + `><sheetData>`)
		for i := range n {
			fmt.Fprintf(&b, row, i+1, i+1)
		}
		return b.String() + `</sheetData></worksheet>`
	}
	inCell := func(size int) string {
		return sheetXML(with(canonical(), 2, "note", strings.Repeat("a", size)), "", "")
	}
	return []malformed{
		{"rows bomb.xlsx", func() []byte { return zipOf(parts(rowsBomb(600_000))) }, "archive_size", 0, ""},
		{"one cell bomb.xlsx", func() []byte { return zipOf(parts(inCell(64 << 20))) }, "archive_size", 0, ""},
		{"dense cell.xlsx", func() []byte { return zipOf(parts(inCell(16 << 20))) }, "archive_size", 0, ""},
		{"picture bomb.xlsx", packedBomb("xl/media/image1.png", 64<<20), "archive_size", 0, ""},
		{"styles bomb.xlsx", packedBomb("xl/styles.xml", 30<<20), "archive_size", 0, ""},
		{"large styles.xlsx", packed(part{"xl/styles.xml", "<x>" + filler(5<<20)}), "archive_size", 0, ""},
		{
			"declares too little.xlsx",
			func() []byte { return lyingZip(parts(inCell(40<<20)), 100) },
			"workbook_broken",
			0,
			"",
		},
		{
			"declares too much.xlsx",
			func() []byte { return lyingZip(parts(inCell(10)), 1<<40) },
			"archive_size",
			0,
			"",
		},
		{
			"declares a little less.xlsx",
			func() []byte { s := inCell(10); return lyingZip(parts(s), uint64(len(s)-1)) },
			"workbook_broken",
			0,
			"",
		},
		{"many entries.xlsx", func() []byte {
			list := parts(sheetXML(canonical(), "", ""))
			for i := range 60_000 {
				list = append(list, part{fmt.Sprintf("xl/media/%d.png", i), ""})
			}
			return zipOf(list)
		}, "archive_entries", 0, ""},
	}
}

// malformedMany are workbooks with many of something.
func malformedMany() []malformed {
	return []malformed{
		{"two hundred and one entries.xlsx", func() []byte {
			list := parts(sheetXML(canonical(), "", ""))
			for i := range 201 - len(list) {
				list = append(list, part{fmt.Sprintf("xl/media/%d.png", i), ""})
			}
			return zipOf(list)
		}, "archive_entries", 0, ""},
		{"many sheets of much.xlsx", func() []byte {
			return bookOf(canonical(), func(f *excelize.File) {
				for i := range 100 {
					name := fmt.Sprintf("S%d", i)
					_, err := f.NewSheet(name)
					must(err)
					must(f.SetCellStr(name, "A1", "x"))
				}
			})
		}, "sheets", 0, ""},
		{"a mebibyte of formulas.xlsx", func() []byte {
			var b strings.Builder
			for i := range 15_000 {
				fmt.Fprintf(&b, `<row r="%d"><c r="A%d"><f>%s</f></c></row>`, i+10, i+10, "RAND()")
			}
			return zipOf(
				parts(strings.Replace(sheetXML(canonical(), "", ""), `</sheetData>`, b.String()+`</sheetData>`, 1)))
		}, "formula", 10, "area"},
		{"many texts.xlsx", manyTexts, "area_unknown", 2, "area"},
		{"many small texts.xlsx", func() []byte {
			var b strings.Builder
			for word := range strings.FieldsSeq(filler(3 << 20)) {
				b.WriteString(`<si><t>` + strings.NewReplacer("<", "", ">", "").Replace(word) + `</t></si>`)
				if b.Len() > 4<<20-100 {
					break
				}
			}
			return zipOf(
				parts(sheetXML(with(canonical(), 2, "note", `<c r="REF" t="s"><v>9999999</v></c>`), "", ""),
					part{"xl/sharedStrings.xml", `<sst>` + b.String() + `</sst>`}),
			)
		}, "workbook_broken", 2, "R"},
		{"many merged cells.xlsx", func() []byte {
			var b strings.Builder
			for i := range 100_000 {
				fmt.Fprintf(&b, `<mergeCell ref="A%d:B%d"/>`, i+10, i+10)
			}
			return zipOf(parts(sheetXML(canonical(), "", `<mergeCells>`+b.String()+`</mergeCells>`)))
		}, "merged_cells", 10, "area"},
	}
}

func packedBomb(name string, size int) func() []byte {
	return func() []byte {
		return zipOf(parts(sheetXML(canonical(), "", ""), part{name, strings.Repeat("a", size)}))
	}
}

// manyTexts is a workbook of half as many rows as are read at all, in every one of which the area is unknown.
func manyTexts() []byte {
	rows := [][]string{{"area", "programme", "measure", "source_url", "rating", "note"}}
	for i := range 10_000 {
		rows = append(rows, []string{
			fmt.Sprintf("Area %d of many", i),
			"cci",
			"overall",
			fmt.Sprintf("https://example.org/%d/%x", i, i*7919),
			"good",
			fmt.Sprintf("%x and %x and so on, a note of some length", i*104729, i*1299709),
		})
	}
	return bookOf(rows)
}

// filler is text that does not pack well.
func filler(size int) string {
	b, state := make([]byte, size), uint32(1)
	for i := range b {
		state = state*1664525 + 1013904223
		b[i] = "abcdefghijklmnopqrstuvwxyz<>/= "[state>>27%31]
	}
	return string(b)
}
