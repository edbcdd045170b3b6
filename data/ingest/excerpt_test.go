package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick/data/ingest"
)

// Rows are quoted as they are in the file, in each format, whatever is wrong with them.
func TestRowsAreQuoted(t *testing.T) {
	rows := [][]string{{"area", "programme", "measure", "rating", "source_url"},
		{"Grenwich", "yj2018", "overall", "good", "https://example.org/a"},
		{"Cardiff", "yj2018", "overall", "good", "https://example.org/a"},
		{"Cardiff", "yj2018", "", "splendid", "nowhere"}}
	want := ingest.Excerpt{Columns: rows[0],
		Rows: []ingest.ExcerptRow{{Line: 2, Cells: rows[1]}, {Line: 4, Cells: rows[3]}}}
	for name, content := range map[string][]byte{"a.csv": csvOf(rows), "a.xlsx": bookOf(rows), "a.ods": odsOf(rows)} {
		got := ingest.Quote(name, content, []int{0, 1, 2, 4, 99})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for name, content := range map[string][]byte{"a.csv": []byte("Essex,good\n"), "a.xlsx": []byte("words"), "a.ods": nil} {
		if got := ingest.Quote(name, content, []int{1, 2}); got.Columns != nil || got.Rows != nil {
			t.Errorf("of %s: %+v", name, got)
		}
	}
}
