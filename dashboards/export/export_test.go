package export

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

var origin = Origin{
	Release:     strings.Repeat("a1", 32),
	Date:        time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC),
	Licence:     "OGL-UK-3.0",
	Methodology: "/methodology",
}

// made is a made-up table with every type of column, in an order that is not that of the names.
func made() Table {
	least := 0.0
	return Table{
		Name: "made", Title: "Made up for tests", Description: "Synthetic.",
		Columns: []Column{
			{Name: "word", Type: Text, Required: true, Description: "a word"},
			{Name: "count", Type: Integer, Unit: "cases", Minimum: &least},
			{Name: "share", Type: Number, Unit: "percent"},
			{Name: "flag", Type: Boolean},
			{Name: "day", Type: Date},
			{Name: "published", Type: Partial},
			{Name: "all", Type: List},
		},
		Rows: [][]any{
			Row("one", 1, 69.5, true, time.Date(2012, 6, 13, 0, 0, 0, 0, time.UTC), "2012-06-13", []string{"a", "b"}),
			Row("=1+1", 0, -3.25, false, time.Date(1999, 12, 31, 0, 0, 0, 0, time.UTC), "2012-06", []string{"@x"}),
			Row("two", nil, nil, nil, nil, nil, nil),
			Row("Tŵr, \"quoted\"\nand broken", -7, 0.1, nil, nil, "2012", nil),
		},
	}
}

func file(t testing.TB, name string, table Table) []byte {
	t.Helper()
	f, ok := Find(name)
	if !ok {
		t.Fatalf("no format %q", name)
	}
	content, err := f.File(table, origin)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestCSV(t *testing.T) {
	want := "word,count,share,flag,day,published,all\n" +
		"one,1,69.5,true,2012-06-13,2012-06-13,a;b\n" +
		"'=1+1,0,-3.25,false,1999-12-31,2012-06,'@x\n" +
		"two,,,,,,\n" +
		"\"Tŵr, \"\"quoted\"\"\nand broken\",-7,0.1,,,2012,\n"
	if diff := cmp.Diff(want, string(file(t, CSV, made()))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestJSON(t *testing.T) {
	var got struct {
		Release struct {
			ID   string
			Date time.Time
		}
		Data []map[string]any
	}
	content := file(t, JSON, made())
	if err := json.Unmarshal(content, &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"word":      "=1+1",
		"count":     0.0,
		"share":     -3.25,
		"flag":      false,
		"day":       "1999-12-31",
		"published": "2012-06",
		"all":       []any{"@x"},
	}
	if diff := cmp.Diff(want, got.Data[1]); diff != "" || len(got.Data) != 4 || got.Data[2]["share"] != nil {
		t.Errorf("%d rows; -want +got:\n%s", len(got.Data), diff)
	}
	if got.Release.ID != origin.Release || !got.Release.Date.Equal(origin.Date) {
		t.Errorf("of release %+v", got.Release)
	}
	if !strings.Contains(string(content), `{"word":"two","count":null,"share":null`) {
		t.Error("not in the order of the columns")
	}
}

// A workbook's numbers and days are numbers and days, its text is text, and it says where it comes from.
func TestXLSX(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(file(t, XLSX, made())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if diff := cmp.Diff([]string{"made", "Notes"}, f.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	for at, want := range map[string]struct {
		value string
		kind  excelize.CellType
	}{
		"A2": {"one", excelize.CellTypeInlineString}, "A3": {"=1+1", excelize.CellTypeInlineString},
		"B2": {"1", excelize.CellTypeNumber},
		"C3": {"-3.25", excelize.CellTypeNumber}, "E2": {"41073", excelize.CellTypeUnset},
		"F2": {"41073", excelize.CellTypeUnset},
		"F3": {"2012-06", excelize.CellTypeInlineString}, "G2": {"a;b", excelize.CellTypeInlineString},
		"C4": {"", excelize.CellTypeUnset},
	} {
		value, err := f.GetCellValue("made", at, excelize.Options{RawCellValue: true})
		if err != nil || value != want.value {
			t.Errorf("%s holds %q, %v; want %q", at, value, err, want.value)
		}
		kind, err := f.GetCellType("made", at)
		number := []excelize.CellType{excelize.CellTypeNumber,
			excelize.CellTypeUnset} // a number is what has no other type
		if err != nil || kind != want.kind && !(slices.Contains(number, kind) && slices.Contains(number, want.kind)) {
			t.Errorf("%s is of type %v, %v; want %v", at, kind, err, want.kind)
		}
		if formula, err := f.GetCellFormula("made", at); err != nil || formula != "" {
			t.Errorf("%s has the formula %q, %v", at, formula, err)
		}
	}
	if shown, err := f.GetCellValue("made", "E2"); err != nil || shown != "2012-06-13" {
		t.Errorf("a day shows as %q, %v", shown, err)
	}
	panes, err := f.GetPanes("made")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	rows, err := f.GetRows(notesSheet)
	if err != nil {
		t.Fatal(err)
	}
	notes := ""
	for _, row := range rows {
		notes += strings.Join(row, "|") + "\n"
	}
	for _, says := range []string{"Made up for tests", "Release|" + origin.Release, "Date of the release|2026-03-02",
		"OGL-UK-3.0", "/methodology", "word|a word", "count||cases"} {
		if !strings.Contains(notes, says) {
			t.Errorf("the notes leave out %q:\n%s", says, notes)
		}
	}
}

func TestParquet(t *testing.T) {
	content := file(t, Parquet, made())
	f, err := parquet.OpenFile(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if id, _ := f.Lookup("release"); id != origin.Release {
		t.Errorf("of release %q", id)
	}
	var names []string
	for _, field := range f.Schema().Fields() {
		names = append(names, field.Name()+" "+field.Type().String())
		if field.Optional() == (field.Name() == "word") {
			t.Errorf("%s: optional is %t", field.Name(), field.Optional())
		}
	}
	want := []string{"word STRING", "count INT(64,true)", "share DOUBLE", "flag BOOLEAN", "day DATE",
		"published STRING", "all STRING"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	rows := make([]parquet.Row, 8)
	reader := parquet.NewReader(f)
	defer reader.Close()
	n, err := reader.ReadRows(rows)
	if n != 4 || err != nil && err != io.EOF {
		t.Fatalf("%d rows, %v", n, err)
	}
	if got := rows[0]; got[0].String() != "one" || got[1].Int64() != 1 || got[2].Double() != 69.5 ||
		!got[3].Boolean() ||
		got[4].Int32() != 15504 ||
		got[6].String() != "a;b" {
		t.Errorf("the first row is %v", got)
	}
	if got := rows[1][0].String(); got != "=1+1" {
		t.Errorf("text is %q", got)
	}
	for i := 1; i < 7; i++ {
		if !rows[2][i].IsNull() {
			t.Errorf("column %d of the third row is %v, not null", i, rows[2][i])
		}
	}
}

// The same table is the same bytes, and no file of an archive has a time.
func TestDeterministic(t *testing.T) {
	for _, f := range Formats() {
		first := file(t, f.Name, made())
		for range 5 {
			if !bytes.Equal(first, file(t, f.Name, made())) {
				t.Errorf("%s: written again it is otherwise", f.Name)
				break
			}
		}
	}
	content := file(t, XLSX, made())
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range archive.File {
		if entry.ModifiedTime|entry.ModifiedDate != 0 ||
			len(entry.Extra) > 0 { //nolint:staticcheck // the raw fields are what is written
			t.Errorf("%s has a time", entry.Name)
		}
	}
}

func TestWrongCells(t *testing.T) {
	for _, f := range Formats() {
		for _, cell := range []any{1, "1", []byte("x"), struct{}{}} {
			wrong := Table{Name: "wrong", Columns: Columns(Integer, "n"), Rows: [][]any{{cell}}}
			if _, err := f.File(wrong, origin); err == nil || !strings.Contains(err.Error(), "row 1, n") {
				t.Errorf("%s: %T in a column of whole numbers: error %v", f.Name, cell, err)
			}
		}
		short := Table{Name: "short", Columns: Columns(Text, "a", "b"), Rows: [][]any{{"x"}}}
		if _, err := f.File(short, origin); err == nil {
			t.Errorf("%s: a row with a cell too few is written", f.Name)
		}
	}
}

// A spreadsheet runs no text of a file, and whoever reads the file gets the text back.
func TestNeutralIsUndone(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`['=+\-@＝]{0,3}[a-z]{0,2}`)).Draw(r, "text")
		safe := Neutral(text)
		read := safe
		if rest, ok := strings.CutPrefix(safe, "'"); ok && protectable(rest) {
			read = rest
		}
		if read != text {
			r.Fatalf("%q is written %q and read %q", text, safe, read)
		}
		if safe != "" && strings.ContainsRune(formulaSigns, []rune(safe)[0]) {
			r.Fatalf("%q is written %q", text, safe)
		}
	})
}

func TestFormulasAreKeptFromSpreadsheets(t *testing.T) {
	for _, payload := range []string{"=1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://evil\")", "+1+1", "-1+1",
		"-2+3+cmd|' /C calc'!A0", "@SUM(1+1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)", "=", "+",
		"-", "@", "\t", "==1", "=\"x\"", "--1", "+44 20 7946 0000"} {
		for _, cell := range []any{payload, []string{payload, "x"}, []string{payload}} {
			if got := csvCell(cell); !strings.HasPrefix(got, "'"+payload) {
				t.Errorf("%q is written as %q", cell, got)
			}
		}
	}
	for text, want := range map[string]string{"": "", "Leeds": "Leeds", "a=b": "a=b", "'quoted": "'quoted", "é": "é",
		"'=1": "''=1"} {
		if got := csvCell(text); got != want {
			t.Errorf("%q is written as %q, want %q", text, got, want)
		}
	}
}

// Numbers come back from CSV as they were, to the last digit, and none of them is taken for text.
func TestNumbersComeBack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		x := rapid.Float64().Draw(r, "x")
		if math.IsNaN(x) || math.IsInf(x, 0) {
			r.Skip()
		}
		content := file(t, CSV, Table{Name: "n", Columns: Columns(Number, "x"), Rows: [][]any{{x}}})
		lines, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
		if err != nil {
			r.Fatal(err)
		}
		if back, err := strconv.ParseFloat(lines[1][0], 64); err != nil || back != x {
			r.Fatalf("%v comes back as %v, %v", x, back, err)
		}
	})
}

func TestRow(t *testing.T) {
	type word string
	n, x := 3, 2.5
	got := Row("", word("w"), word(""), &n, (*int)(nil), &x, (*float64)(nil), 4, true, []string{}, []string{"a"}, nil)
	want := []any{nil, "w", nil, int64(3), nil, 2.5, nil, int64(4), true, nil, []string{"a"}, nil}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
