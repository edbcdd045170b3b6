package ingest_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick/analytics"
	"yardstick/data/finding"
	"yardstick/data/ingest"
)

// A finding says where, what and what to do, in a text file and in a workbook.
func TestFindingsSayWhatToDo(t *testing.T) {
	tests := []struct {
		name    string
		content []byte
		want    string
	}{
		{"a.csv", csvOf(with(canonical(), 2, "publication_date", "06/05/2012")),
			`a.csv:2:publication_date: date_ambiguous: "06/05/2012" may be two dates; ambiguous: write 2012-06-05 or 2012-05-06`},
		{"a.csv", csvOf(with(canonical(), 2, "publication_date", "31/02/2012")),
			`a.csv:2:publication_date: date_impossible: "31/02/2012" is impossible: 31 February 2012 does not exist; write it as 2012-06-13, or 2012-06 or 2012 where the source says no more; the day stands before the month with slashes`},
		{"a.csv", csvOf(with(canonical(), 2, "area", "Greenwhich")),
			`a.csv:2:area: area_unknown: "Greenwhich" is no area of the register; perhaps greenwich; write the name or id of an area of the register`},
		{"a.csv", csvOf(with(canonical(), 2, "area", "Wessex coast")),
			`a.csv:2:area: area_ambiguous: "Wessex coast" may be bournemouth-and-poole or dorset; write the one that is meant, by its id`},
		{
			"a.csv",
			csvOf(with(canonical(), 1, "note", "Notes")),
			`a.csv:1:Notes: header_unknown: "Notes" is not a column of a file of results; write note`,
		},
		{"a.csv", csvOf(with(canonical(), 1, "score_percent", "Score percent")),
			`a.csv:1:Score percent: header_unknown: "Score percent" is not a column of a file of results; write score_percent`},
		{
			"a.csv",
			replaced("Môn", "M\xf4n")(),
			`a.csv:5:note: encoding: "Gwynedd ac Ynys M�n" holds the byte 0xf4 at offset 661 of the file, which is not UTF-8; save the file as CSV UTF-8; it is probably Windows-1252`,
		},
		{"a.csv", replaced(",Caerdydd,,\n", ",Caerdydd,\n")(),
			`a.csv:4:note: ragged_row: has 17 cells, not the 18 of the header; give the row as many cells as the header; quote values that hold a comma`},
		{"a.xlsx", bookOf(with(canonical(), 2, "score_percent", "620")),
			`a.xlsx#Sheet1:2:score_percent: percent: "620" in cell G2 is not a percentage between 0 and 100; write it as 62 or 62.5: digits, a point, no commas or spaces`},
		{
			"a.xlsx",
			bookOf(with(canonical(), 2, "area", "")),
			`a.xlsx#Sheet1:2:area: required: in cell A2 is blank; every row has a value here`,
		},
	}
	for _, test := range tests {
		_, findings := readResults(test.name, test.content, register)
		if len(findings.Listed) == 0 || findings.Listed[0].String() != test.want {
			t.Errorf("\n got %v\nwant %s", findings.Listed, test.want)
		}
	}
}

// All that is wrong comes in one pass, by row, a hundred listed and the rest counted.
func TestAllFindingsComeInOnePass(t *testing.T) {
	rows := canonical()[:1]
	for i := range 75 {
		row := canonical()[1]
		row[5], row[0], row[6] = fmt.Sprintf("measure_%d", i), "Atlantis", "620"
		rows = append(rows, row)
	}
	batch, findings := readResults("a.csv", csvOf(rows), register)
	if len(batch.Rows) > 0 || findings.Total != 150 || findings.Errors != 150 || len(findings.Listed) != 100 {
		t.Fatalf("%d rows, %d findings, %d errors, %d listed", len(batch.Rows), findings.Total, findings.Errors,
			len(findings.Listed))
	}
	if !slices.IsSortedFunc(findings.Listed, func(a, b finding.Finding) int { return a.Line - b.Line }) {
		t.Error("the findings are not in the order of the rows")
	}
	var refused *finding.Error
	if !errors.As(findings.Err(), &refused) || !strings.HasPrefix(refused.Error(), "refused, with 150 findings:\n") ||
		!strings.HasSuffix(refused.Error(), "\nand 50 more") {
		t.Errorf("the error reads %v", findings.Err())
	}
}

// A row at fault in a cell of each kind has a finding for each of them.
func TestEveryCellOfARowIsLookedAt(t *testing.T) {
	wrong := with(canonical(), 2, "area", "x", 2, "programme", "X", 2, "fieldwork_month", "x", 2, "publication_date",
		"x", 2, "cases_in_sample", "x", 2, "measure", "X", 2, "score_percent", "x", 2, "comment", "x", 2, "rating", "4",
		2, "points", "x", 2, "points_max", "x", 2, "benchmark_lowest", "x", 2, "benchmark_highest", "x", 2,
		"benchmark_average", "x", 2, "source_url", "x", 2, "source_title", "=x", 2, "source_page", "=x", 2, "note",
		"=x")
	_, findings := readResults("a.csv", csvOf(wrong), register)
	var columns []string
	for _, f := range findings.Listed {
		columns = append(columns, f.Column)
	}
	slices.Sort(columns)
	if diff := cmp.Diff(slices.Sorted(slices.Values(resultHeader)), columns); diff != "" {
		t.Errorf("columns with a finding (-want +got):\n%s", diff)
	}
}

// One score below one per cent among others may be right; somebody should look. A column of nothing else is of shares.
func TestWarningsTakeTheRows(t *testing.T) {
	batch, findings := readResults("a.csv", csvOf(with(canonical(), 2, "score_percent", "0.62")), register)
	if len(batch.Rows) != 4 || findings.Refused() || findings.Err() != nil || findings.Total != 1 ||
		findings.Listed[0].Severity != finding.SeverityWarning {
		t.Errorf("%d rows, findings %+v", len(batch.Rows), findings)
	}
}

// An area that is not known is found with those that come nearest.
func TestAnUnknownAreaIsFoundWithTheNearest(t *testing.T) {
	areas := ingest.AreasOf([]analytics.Area{{ID: "cardiff"}, {ID: "cardin"}, {ID: "newport"}})
	rows := [][]string{
		{"area", "programme", "measure", "source_url", "rating"},
		{"Cardiff", "fji", "overall", "https://example.org", "good"},
	}
	batch, findings := readResults("a.csv", csvOf(rows), areas)
	if findings.Total > 0 || len(batch.Rows) != 1 || batch.Rows[0].Area != "cardiff" {
		t.Errorf("%+v, %+v", batch, findings)
	}
	rows[1][0] = "Cardif"
	_, findings = readResults("a.csv", csvOf(rows), areas)
	want := `a.csv:2:area: area_unknown: "Cardif" is no area of the register; ` +
		`perhaps cardiff, cardin; write the name or id of an area of the register`
	if findings.Total != 1 || findings.Listed[0].String() != want {
		t.Errorf("got %v", findings.Listed)
	}
}

func TestAreasOf(t *testing.T) {
	areas := ingest.AreasOf([]analytics.Area{
		{ID: "bury", Name: analytics.Name{EN: "Bury"}},
		{ID: "bury-and-rochdale", Name: analytics.Name{EN: "Bury and Rochdale"},
			Aliases: []string{"Bury", "Rochdale & Bury"}},
		{ID: "western-bay", Name: analytics.Name{EN: "Western Bay", CY: "Bae'r Gorllewin"}},
		{ID: "hull", Name: analytics.Name{EN: "Kingston upon Hull"}},
	})
	for name, want := range map[string]struct {
		id      string
		nearest []string
	}{
		"bury": {"bury", nil}, "Bury": {"", []string{"bury", "bury-and-rochdale"}},
		"ROCHDALE AND BURY": {"bury-and-rochdale", nil},
		"Bae’r Gorllewin":   {"western-bay", nil}, "western–bay": {"western-bay", nil},
		"Kingston": {"", []string{"hull"}}, "Bery": {"", []string{"bury", "bury-and-rochdale"}},
		"": {"", nil}, "!?": {"", nil}, "Zanzibar": {"", []string{}},
	} {
		id, nearest := areas.Resolve(name)
		if id != want.id || !slices.Equal(nearest, want.nearest) {
			t.Errorf("%q: %q, nearest %q", name, id, nearest)
		}
	}
}

// The name of a file is the sender's, and ends up in findings.
func TestTheNameOfAFileIsMadePrintable(t *testing.T) {
	_, findings := readResults("a\n\u202e\xff"+strings.Repeat("x", 300)+".pdf", []byte("x"), register)
	got := findings.Listed[0].File
	if !strings.HasPrefix(got, "a???xxx") || len([]rune(got)) != 200 {
		t.Errorf("the file is called %q", got)
	}
}
