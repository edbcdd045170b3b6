package ingest_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/csv"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yardstick/analytics"
	"yardstick/data/ingest"
)

// register is a small register of areas, with a name that two of them answer to.
var register = ingest.AreasOf([]analytics.Area{
	{
		ID:      "greenwich",
		Name:    analytics.Name{EN: "Greenwich"},
		Aliases: []string{"Royal Borough of Greenwich"},
		Current: true,
	},
	{ID: "cardiff", Name: analytics.Name{EN: "Cardiff", CY: "Caerdydd"}, Current: true},
	{ID: "barking-and-dagenham", Name: analytics.Name{EN: "Barking and Dagenham"}, Current: true},
	{
		ID:      "gwynedd-and-ynys-mon",
		Name:    analytics.Name{EN: "Gwynedd and Ynys Môn", CY: "Gwynedd ac Ynys Môn"},
		Current: true,
	},
	{ID: "st-helens", Name: analytics.Name{EN: "St Helens"}, Aliases: []string{"St. Helens"}, Current: true},
	{
		ID:      "dorset",
		Name:    analytics.Name{EN: "Dorset"},
		Aliases: []string{"Dorset Combined", "Wessex Coast"},
		Current: true,
	},
	{
		ID:      "bournemouth-and-poole",
		Name:    analytics.Name{EN: "Bournemouth and Poole"},
		Aliases: []string{"Wessex Coast"},
	},
})

var resultHeader = []string{"area", "programme", "fieldwork_month", "publication_date", "cases_in_sample", "measure",
	"score_percent", "comment", "rating", "points", "points_max", "benchmark_lowest", "benchmark_highest",
	"benchmark_average", "source_url", "source_title", "source_page", "note"}

// canonical are results as their import format has them, at its plainest.
func canonical() [][]string {
	return [][]string{
		resultHeader,
		{"greenwich", "cci", "2012-02", "2012-06-13", "62", "safeguarding", "62", "moderate", "", "", "", "37", "91",
			"68", "https://example.org/a", "Core case inspection, Greenwich", "4", `so "seen"`},
		{"barking-and-dagenham", "yj2018", "2018-09", "2018-12", "", "overall", "", "", "requires_improvement", "14",
			"36", "", "", "", "https://example.org/b?x=1&y=2", "", "", ""},
		{"cardiff", "yj2018", "", "2020", "", "overall", "", "", "good", "", "", "", "", "", "https://example.org/c",
			"Caerdydd", "", ""},
		{"gwynedd-and-ynys-mon", "fji", "", "", "", "governance", "57.5", "minimum", "very_good", "0", "3", "", "", "",
			"https://example.org/d", "", "", "Gwynedd ac Ynys Môn"},
	}
}

func canonicalIndicators() [][]string {
	return [][]string{
		{"area", "indicator", "period_start", "period_end", "value", "lower", "upper", "numerator", "denominator",
			"source_url", "note"},
		{"cardiff", "reoffending_rate_percent", "2018-04-01", "2019-03-31", "34.3", "30.1", "38.6", "1670", "4862",
			"https://example.org/a", ""},
		{"dorset", "custody_rate_per_1000", "2018-04-01", "2019-03-31", "0.25", "", "", "", "", "https://example.org/b",
			"rounded"},
	}
}

// with is a copy of rows with cells changed: row (1 is the header), column by name, new value.
func with(rows [][]string, changes ...any) [][]string {
	out := make([][]string, len(rows))
	for i, row := range rows {
		out[i] = append([]string(nil), row...)
	}
	for ; len(changes) > 0; changes = changes[3:] {
		line, column, value := changes[0].(int), changes[1].(string), changes[2].(string)
		for i, name := range rows[0] {
			if name == column {
				out[line-1][i] = value
			}
		}
	}
	return out
}

func csvOf(rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(rows); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// bookOf is a workbook of the rows as texts, made by a library, with changes to it.
func bookOf(rows [][]string, changes ...func(*excelize.File)) []byte {
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		for j, text := range row {
			if text != "" {
				must(f.SetCellStr("Sheet1", ref(i+1, j), text))
			}
		}
	}
	for _, change := range changes {
		change(f)
	}
	b, err := f.WriteToBuffer()
	must(err)
	return b.Bytes()
}

func ref(line, column int) string {
	name, err := excelize.CoordinatesToCellName(column+1, line)
	must(err)
	return name
}

// cellOf is the reference of a column of results by name.
func cellOf(line int, column string) string {
	for i, name := range resultHeader {
		if name == column {
			return ref(line, i)
		}
	}
	panic("no column " + column)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// part is an entry of an archive that is put together by hand.
type part struct{ name, content string }

const (
	xmlHead      = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	mainSpace    = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relSpace     = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	packageSpace = `http://schemas.openxmlformats.org/package/2006/relationships`
)

// parts are those of the smallest workbook around a worksheet; the changes replace parts by name or come after them.
func parts(worksheet string, changes ...part) []part {
	list := []part{
		{
			"[Content_Types].xml",
			xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
		},
		{
			"_rels/.rels",
			xmlHead + `<Relationships xmlns="` + packageSpace + `"><Relationship Id="rId1" Type="` + relSpace + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		},
		{
			"xl/workbook.xml",
			xmlHead + `<workbook ` + mainSpace + ` xmlns:r="` + relSpace + `"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		},
		{
			"xl/_rels/workbook.xml.rels",
			xmlHead + `<Relationships xmlns="` + packageSpace + `"><Relationship Id="rId1" Type="` + relSpace + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		},
		{"xl/worksheets/sheet1.xml", worksheet},
	}
	return changed(list, changes)
}

// changed returns parts of a workbook with others in place of those of their names, or after them.
func changed(list, changes []part) []part {
	for _, change := range changes {
		replaced := false
		for i := range list {
			if list[i].name == change.name {
				list[i], replaced = change, true
			}
		}
		if !replaced {
			list = append(list, change)
		}
	}
	return list
}

// sheetXML is a worksheet of the rows as inline texts, with something before and after the rows.
func sheetXML(rows [][]string, before, after string) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<worksheet ` + mainSpace + `>` + before + `<sheetData>`)
	for i, row := range rows {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for j, text := range row {
			if text == "" {
				continue
			}
			if strings.HasPrefix(text, "<c ") { // a cell as it is
				b.WriteString(strings.Replace(text, "REF", ref(i+1, j), 1))
				continue
			}
			fmt.Fprintf(&b, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, ref(i+1, j), escape.Replace(text))
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData>` + after + `</worksheet>`)
	return b.String()
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;")

// zipOf packs parts.
func zipOf(list []part) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range list {
		entry, err := w.Create(p.name)
		must(err)
		_, err = entry.Write([]byte(p.content))
		must(err)
	}
	must(w.Close())
	return b.Bytes()
}

// lyingZip packs parts, the last of which declares a size of its own.
func lyingZip(list []part, declared uint64) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range list[:len(list)-1] {
		entry, err := w.Create(p.name)
		must(err)
		_, err = entry.Write([]byte(p.content))
		must(err)
	}
	last := list[len(list)-1]
	packed := deflate(last.content)
	entry, err := w.CreateRaw(
		&zip.FileHeader{Name: last.name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE([]byte(last.content)),
			CompressedSize64: uint64(len(packed)), UncompressedSize64: declared},
	)
	must(err)
	_, err = entry.Write(packed)
	must(err)
	must(w.Close())
	return b.Bytes()
}

// resultFile is what a file of results says, without rows where it is refused.
type resultFile struct {
	File, Sheet string
	Rows        []ingest.Result
}

func readResults(name string, content []byte, areas *ingest.Names) (resultFile, ingest.Findings) {
	var rows []ingest.Result
	file, findings := ingest.Read(name, content, ingest.Known{Areas: areas},
		ingest.Rows{Result: func(r ingest.Result) { rows = append(rows, r) }})
	if findings.Refused() {
		rows = nil
	}
	return resultFile{File: file.Name, Sheet: file.Sheet, Rows: rows}, findings
}

// indicatorFile is what a file of indicators says, without rows where it is refused.
type indicatorFile struct {
	File, Sheet string
	Rows        []ingest.Observation
}

func readIndicators(name string, content []byte, areas *ingest.Names) (indicatorFile, ingest.Findings) {
	var rows []ingest.Observation
	file, findings := ingest.Read(name, content, ingest.Known{Areas: areas},
		ingest.Rows{Observation: func(o ingest.Observation) { rows = append(rows, o) }})
	if findings.Refused() {
		rows = nil
	}
	return indicatorFile{File: file.Name, Sheet: file.Sheet, Rows: rows}, findings
}

// read reads a file as results or, where its name says so, as indicators.
func read(name string, content []byte) (rows any, count int, findings ingest.Findings) {
	if strings.HasPrefix(name, "indicators") {
		series, findings := readIndicators(name, content, register)
		return series.Rows, len(series.Rows), findings
	}
	batch, findings := readResults(name, content, register)
	return batch.Rows, len(batch.Rows), findings
}

func mustRead(t testing.TB, name string, content []byte) any {
	t.Helper()
	rows, count, findings := read(name, content)
	if findings.Refused() || count == 0 {
		t.Fatalf("%s: %d rows, %v", name, count, findings.Err())
	}
	return rows
}

func deflate(content string) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	must(err)
	_, err = w.Write([]byte(content))
	must(err)
	must(w.Close())
	return b.Bytes()
}
