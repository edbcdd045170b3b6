package ingest_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick/data/ingest"
)

// answered says that a file gave rows or the reasons for none.
func answered(t *testing.T, rows int, findings ingest.Findings) {
	t.Helper()
	if findings.Refused() == (rows > 0) {
		t.Fatalf("%d rows and %d errors", rows, findings.Errors)
	}
	if findings.Errors > findings.Total || len(findings.Listed) > findings.Total || len(findings.Listed) > 100 {
		t.Fatalf("%d listed of %d, %d of them errors", len(findings.Listed), findings.Total, findings.Errors)
	}
	for _, f := range findings.Listed {
		if f.Rule == "" || f.Problem == "" || f.Fix == "" || bytes.ContainsAny([]byte(f.String()), "\n\x00") {
			t.Fatalf("finding %+v", f)
		}
	}
}

func FuzzCSV(f *testing.F) {
	for name, content := range goodVariants() {
		if name[len(name)-4:] != "xlsx" {
			f.Add(content)
		}
	}
	f.Add(csvOf(canonicalIndicators()))
	for _, m := range slices.Concat(malformedCells(), malformedIndicators(), malformedHeaders(),
		malformedQuotes(string(csvOf(canonical())))) {
		if content := m.content(); len(content) < 10_000 {
			f.Add(content)
		}
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		file, findings := ingest.Read("fuzz.csv", content, ingest.Known{Areas: register}, ingest.Rows{})
		answered(t, file.Rows, findings)
		batch, _ := readResults("fuzz.csv", content, register)
		if len(batch.Rows) > 0 {
			again, findings := readResults("fuzz.csv", csvOf(render(batch.Rows)), register)
			for i := range again.Rows {
				again.Rows[i].Line = batch.Rows[i].Line
			}
			if diff := cmp.Diff(batch.Rows, again.Rows); diff != "" {
				t.Fatalf("read again (-want +got):\n%s\n%v", diff, findings.Listed)
			}
		}
	})
}

// partOf unpacks what can be read of a part of an archive.
func partOf(content []byte, name string) string {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return ""
	}
	var b bytes.Buffer
	if entry, err := archive.Open(name); err == nil {
		defer entry.Close()
		_, _ = b.ReadFrom(entry)
	}
	return b.String()
}

// FuzzXLSX reads any bytes as a workbook, and the parts of one in a whole archive, where more of them are reached.
func FuzzXLSX(f *testing.F) {
	for _, m := range slices.Concat(malformedSheets(), malformedArchives()) {
		content := m.content()
		if len(content) > 20_000 {
			continue
		}
		get := func(name string) string { return partOf(content, name) }
		f.Add(content, get("xl/worksheets/sheet1.xml"), get("xl/styles.xml"), get("xl/sharedStrings.xml"),
			get("xl/workbook.xml"))
	}
	f.Fuzz(func(t *testing.T, content []byte, sheet, styles, texts, book string) {
		file, findings := ingest.Read("fuzz.xlsx", content, ingest.Known{Areas: register}, ingest.Rows{})
		answered(t, file.Rows, findings)
		list := []part{}
		for _, p := range []part{{"xl/styles.xml", styles}, {"xl/sharedStrings.xml", texts}, {"xl/workbook.xml", book}} {
			if p.content != "" {
				list = append(list, p)
			}
		}
		file, findings = ingest.Read("fuzz.xlsx", zipOf(parts(sheet, list...)), ingest.Known{Areas: register}, ingest.Rows{})
		answered(t, file.Rows, findings)
	})
}
