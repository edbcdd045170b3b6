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
