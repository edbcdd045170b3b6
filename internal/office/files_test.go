package office

import (
	"archive/zip"
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"

	"yardstick/data/finding"
)

// A sheet of LibreOffice is checked as others are, and what is wrong is marked in the rows of the sheet.
func TestASheetOfLibreOffice(t *testing.T) {
	b := newBench(t, testSite)
	sheet := func(content string) string {
		var rows strings.Builder
		for line := range strings.Lines(content) {
			rows.WriteString("<table:table-row>")
			for cell := range strings.SplitSeq(strings.TrimSpace(line), ",") {
				rows.WriteString("<table:table-cell office:value-type=\"string\"><text:p>" + cell + "</text:p></table:table-cell>")
			}
			rows.WriteString("</table:table-row>")
		}
		var out bytes.Buffer
		archive := zip.NewWriter(&out)
		part, err := archive.Create("content.xml")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(`<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x">` +
			`<office:body><office:spreadsheet><table:table table:name="Results">` + rows.String() +
			`</table:table></office:spreadsheet></office:body></office:document-content>`)); err != nil {
			t.Fatal(err)
		}
		if err := archive.Close(); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	w := b.upload("/send", b.as("editor"), "results.ods", sheet(withErrors), "when", "none")
	b.wants(w, http.StatusSeeOther)
	path := w.Header().Get("Location")
	page := b.get(path, b.as("editor"))
	b.wants(page, http.StatusOK, "Errors: 4", "Results 3", `<mark class="office-wrong">Nowhereshire</mark>`,
		`<mark class="office-wrong">4O</mark>`, "These rows in the file")
	if marked := strings.Count(page.Body.String(), "<mark"); marked != 4 {
		t.Errorf("%d cells are marked", marked)
	}
	b.wants(b.upload(path+"/file", b.as("editor"), "results.ods", sheet(corrected), "when", "none"), http.StatusSeeOther)
	page = b.get(path, b.as("editor"))
	b.wants(page, http.StatusOK, "Added 3, changed 0")
	if strings.Contains(page.Body.String(), "<mark") {
		t.Error("a sheet without mistakes has marks")
	}
}

// Files that are no import say so in words that name what to do, and none breaks the page.
func TestFilesThatAreNoImports(t *testing.T) {
	b := newBench(t, testSite)
	var empty bytes.Buffer
	if err := zip.NewWriter(&empty).Close(); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]struct{ name, content, rule string }{
		"a document":            {"report.pdf", "%PDF-1.7\n%âãÏÓ\n1 0 obj", "format"},
		"a document's name":     {"report.csv", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "header_missing"},
		"no workbook":           {"r.xlsx", "these are words", "format"},
		"an empty workbook":     {"r.xlsx", empty.String(), "format"},
		"no sheet":              {"r.ods", "these are words", "format"},
		"an empty sheet":        {"r.ods", empty.String(), "format"},
		"a header alone":        {"r.csv", sheetHeader, "empty"},
		"no header":             {"r.csv", "Essex,good\nKent,good\n", "header_missing"},
		"one long line":         {"r.csv", sheetHeader + strings.Repeat("x", 1<<20), "cell_size"},
		"letters of no kind":    {"r.csv", "\xff\xfe\x00\x00", "encoding"},
		"a name that is a path": {"../../etc/passwd", corrected[:20], "format"},
		"a long name":           {strings.Repeat("long", 100) + ".csv", "x", "format"},
	} {
		w := b.upload("/send", b.as("editor"), file.name, file.content, "when", "none")
		b.wants(w, http.StatusSeeOther)
		w = b.get(w.Header().Get("Location"), b.as("editor"))
		b.wants(w, http.StatusOK, "Correct the file and send it again", "Errors: ")
		items, err := b.items(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(items[0].Trial.Findings, func(f finding.Finding) bool {
			return f.Rule == file.rule && f.Problem != "" && f.Fix != ""
		}) {
			t.Errorf("%s: %v", name, items[0].Trial.Findings)
		}
	}
}
