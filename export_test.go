package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Export writes the release that the home points to, says what it wrote, and writes over nothing.
func TestExport(t *testing.T) {
	home, dir := homeWithRelease(t), filepath.Join(t.TempDir(), "out")
	code, out, errOut := told(t, "export", dir, "--home", home)
	if code != 0 || errOut != "" || !strings.Contains(out, "751 rows") || !strings.Contains(out, "43 files") || !strings.Contains(out, "release ") {
		t.Fatalf("exit %d, output %q, errors %q", code, out, errOut)
	}
	for _, name := range []string{"datapackage.json", "csv/results.csv", "xlsx/results.xlsx", "parquet/indicators.parquet", "csv/sources.csv"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if code, _, errOut := told(t, "export", dir, "--home", home); code != 2 || !strings.Contains(errOut, "not an empty folder") {
		t.Errorf("over what is there: exit %d, errors %q", code, errOut)
	}
	again := filepath.Join(t.TempDir(), "again")
	if code, _, _ := told(t, "export", again, "--home", home); code != 0 {
		t.Fatalf("exit %d", code)
	}
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		first, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if second, err := os.ReadFile(filepath.Join(again, name)); err != nil || !bytes.Equal(first, second) {
			t.Errorf("%s is otherwise the second time: %v", name, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What was taken away and is sent back changes nothing. Import takes the columns of the format, counts what it is sent as
// read in its source, and finds a document by its address and title: rows that these do not tell, because they rest on
// several documents, on one of several at an address, or on a scrape, are left out here.
func TestExportComesBack(t *testing.T) {
	home, dir := homeWithRelease(t), filepath.Join(t.TempDir(), "out")
	if code, _, errOut := told(t, "export", dir, "--home", home); code != 0 {
		t.Fatalf("exit %d, errors %q", code, errOut)
	}
	file, kept := importable(t, filepath.Join(dir, "csv"))
	code, out, errOut := told(t, "import", file, "--home", home)
	if code != 0 || !strings.Contains(out, ": 0 added, 0 changed") {
		t.Errorf("exit %d, output %.2000s, errors %q", code, out, errOut)
	}
	if kept < 350 {
		t.Errorf("%d rows were sent back", kept)
	}
}

// importedColumns are what import takes of a file of results.
var importedColumns = strings.Split("area,programme,fieldwork_month,publication_date,cases_in_sample,measure,score_percent,comment,rating,points,points_max,"+
	"benchmark_lowest,benchmark_highest,benchmark_average,source_url,source_title,source_page,note", ",")

// tableIn is a CSV file of an exported package, by column.
func tableIn(t *testing.T, dir, name string) []map[string]string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := make(map[string]string)
		for n, cell := range line {
			row[lines[0][n]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

// importable is a file of results as import takes it, and how many rows it has.
func importable(t *testing.T, dir string) (file string, rows int) {
	t.Helper()
	at := make(map[string]int) // documents by address
	for _, source := range tableIn(t, dir, "sources.csv") {
		at[source["url"]]++
	}
	kept := [][]string{importedColumns}
	for _, result := range tableIn(t, dir, "results.csv") {
		if at[result["source_url"]] != 1 || result["confidence"] != "seen" {
			continue
		}
		var row []string
		for _, name := range importedColumns {
			row = append(row, result[name])
		}
		kept = append(kept, row)
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(kept); err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "results.csv")
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file, len(kept) - 1
}
