package e2e

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yardstick/data/ingest"
)

// Export writes the release that the home points to, says what it wrote, and writes over nothing.
func TestExport(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the program")
	}
	home, dir := homeWithRelease(t), filepath.Join(t.TempDir(), "out")
	code, out, errOut := told(t, "export", dir, "--home", home)
	if code != 0 || errOut != "" || !strings.Contains(out, "850 rows") || !strings.Contains(out, "48 files") ||
		!strings.Contains(out, "release ") {
		t.Fatalf("exit %d, output %q, errors %q", code, out, errOut)
	}
	for _, name := range []string{"datapackage.json", "csv/results.csv", "xlsx/results.xlsx",
		"parquet/indicators.parquet", "csv/sources.csv"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if code, _, errOut := told(t, "export", dir, "--home", home); code != 2 ||
		!strings.Contains(errOut, "not an empty folder") {
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

// What was taken away and is sent back changes nothing: every row of every kind that import takes, as it was written.
func TestExportComesBack(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the program")
	}
	home, dir := homeWithRelease(t), filepath.Join(t.TempDir(), "out")
	if code, _, errOut := told(t, "export", dir, "--home", home); code != 0 {
		t.Fatalf("exit %d, errors %q", code, errOut)
	}
	for _, kind := range []ingest.Kind{ingest.KindResults, ingest.KindIndicators, ingest.KindAreas} {
		file := filepath.Join(dir, "csv", string(kind)+".csv")
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		header, _, _ := strings.Cut(string(content), "\n")
		for column := range strings.SplitSeq(header, ",") {
			if !slices.Contains(ingest.ImportColumns(kind), column) {
				t.Errorf("%s has a column %s, which imports have not", kind, column)
			}
		}
		code, out, errOut := told(t, "import", file, "--home", home, "--json")
		var receipt struct {
			Rows      int `json:"rows"`
			Added     int `json:"added_rows"`
			Changed   int `json:"changed_rows"`
			Unchanged int `json:"unchanged"`
		}
		if err := json.Unmarshal([]byte(out), &receipt); code != 0 || err != nil {
			t.Fatalf("%s: exit %d, %v, output %.2000s, errors %q", kind, code, err, out, errOut)
		}
		if receipt.Added+receipt.Changed > 0 || receipt.Rows == 0 || receipt.Unchanged < receipt.Rows {
			t.Errorf("%s: %+v", kind, receipt)
		}
	}
}
