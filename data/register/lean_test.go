package register

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"
	"github.com/parquet-go/parquet-go"

	"yardstick/data/release"
	"yardstick/data/release/releasetest"
)

// holds lists the files of a home's public part that have a text in them: as bytes, in archives, in tables or in rows.
func holds(t *testing.T, home, text string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(home, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() && entry.Name() == "register" {
			return filepath.SkipDir
		}
		if entry.IsDir() {
			return nil
		}
		content, err := os.ReadFile(path)
		all := string(content)
		switch filepath.Ext(path) {
		case ".zip":
			all += unzipped(t, path)
		case ".duckdb":
			all += everyRow(t, path)
		case ".parquet":
			rows, errRows := parquet.ReadFile[release.ResultRow](path)
			if errRows != nil {
				t.Error(errRows)
			}
			for _, row := range rows {
				all += row.Inspection
				if row.Note != nil {
					all += *row.Note
				}
			}
		}
		if strings.Contains(all, text) {
			found = append(found, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func unzipped(t *testing.T, path string) string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	var all bytes.Buffer
	for _, file := range archive.File {
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, content); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

func everyRow(t *testing.T, path string) string {
	t.Helper()
	db, err := sql.Open("duckdb", path+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var all strings.Builder
	for _, table := range []string{"result_row", "published_benchmark", "finding", "revision", "source"} {
		rows, err := db.QueryContext(t.Context(), fmt.Sprintf("select to_json(t)::varchar from %s t", table))
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				t.Fatal(err)
			}
			all.WriteString(text)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// What an import brought, or a report says, is in no file of a release once it is withdrawn and that is published: not
// in the earlier releases, nor in what they are made again from. Other inspections of the same file stay in all of them.
func TestWhatIsWithdrawnLeavesTheFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r, content := small(t)
	shipped := string(releasetest.Record()["results/cci.csv"].Data)
	victim, _, _ := strings.Cut(strings.Split(shipped, "\n")[1], ",") // an inspection of the shipped record
	if err := r.prepareFolders(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.builder(r.Record, release.OriginShipped, "").Build(t.Context()); err != nil {
		t.Fatal(err)
	}
	line := strings.Split(string(content), "\n")[1]
	withNote := func(line, note string) string { return line + "," + note }
	head := strings.TrimSuffix(header, "\n") + ",note\n"
	corrected := strings.Replace(strings.Replace(line, ",66,", ",67,", 1), ",50,", ",51,", 1)
	other := strings.Replace(strings.Replace(line, ",cci,2012-03-15,", ",cci,2014-03-15,", 1), ",66,", ",72,", 1)
	take(t, r, Import{Content: []byte(head + withNote(line, "canary-of-the-inspection") + "\n" +
		withNote(other, "stays-with-the-other") + "\n"), Why: "first"})
	publish(t, r, "first")
	take(t, r, Import{Content: []byte(head + withNote(corrected, "canary-of-the-import") + "\n"), Why: "misread"})
	publish(t, r, "second")
	for _, canary := range []string{"canary-of-the-inspection", "canary-of-the-import", "stays-with-the-other"} {
		if len(holds(t, r.Home, canary)) == 0 {
			t.Fatalf("%s is in no file while it is published", canary)
		}
	}

	withdraw(t, r, Withdrawal{Import: 3, Why: "a person was named"})
	publish(t, r, "third")
	if files := holds(t, r.Home, "canary-of-the-import"); files != nil {
		t.Errorf("the import is withdrawn, and in %v", files)
	}
	if _, err := r.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	area, _, _ := strings.Cut(line, ",")
	withdraw(t, r, Withdrawal{Inspection: area + "-cci-2012", Why: "a person was named"})
	withdraw(t, r, Withdrawal{Inspection: victim, Why: "it is another's"})
	publish(t, r, "fourth")
	if files := holds(t, r.Home, "canary-of-the-inspection"); files != nil {
		t.Errorf("the inspection is withdrawn, and in %v", files)
	}
	if len(holds(t, r.Home, "stays-with-the-other")) < 2 {
		t.Error("an inspection of the same file left the earlier releases with it")
	}
	if _, err := r.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	for _, m := range release.Earlier(r.Home) {
		file, err := r.builder(r.Record, release.OriginRegister, "").Again(t.Context(), m, t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		text := everyRow(t, file)
		if m.Origin == release.OriginRegister && !strings.Contains(text, "stays-with-the-other") {
			t.Errorf("release %.8s has lost an inspection that stays", m.ID)
		}
		if strings.Contains(text, "canary") || strings.Contains(text, `"inspection":"`+victim+`","measure"`) {
			t.Errorf("release %.8s is made again with what was withdrawn", m.ID)
		}
	}
	record := unzipped(t, filepath.Join(r.Home, "releases", release.CurrentID(r.Home)+".zip"))
	if strings.Contains(record, "\n"+victim+",") {
		t.Error("the record kept with the newest release has the withdrawn inspection's lines")
	}
}
