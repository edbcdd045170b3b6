package duck

import (
	"database/sql"
	"encoding/csv"
	"io/fs"
	"math"
	"os"
	"strconv"
	"testing"

	"yardstick/queries"
)

// The quartiles of the SQL are R's: its thousand samples go through the macro that benchmarks are made with.
func TestQuartilesAreThoseOfR(t *testing.T) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	macro, err := fs.ReadFile(queries.Files(), "macros/quartiles.sql")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), string(macro)); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open("../stats/testdata/reference/quantiles.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 1001 || lines[0][0] != "values" || lines[0][2] != "q25" || lines[0][3] != "q50" ||
		lines[0][4] != "q75" {
		t.Fatalf("%d lines of %q", len(lines), lines[0])
	}
	question, err := db.PrepareContext(
		t.Context(),
		`select q[1], q[2], q[3] from (select quartiles(v::double) as q from unnest(string_split(?, ';')) as samples(v))`,
	)
	if err != nil {
		t.Fatal(err)
	}
	defer question.Close()
	for at, line := range lines[1:] {
		var got [3]float64
		if err := question.QueryRowContext(t.Context(), line[0]).Scan(&got[0], &got[1], &got[2]); err != nil {
			t.Fatalf("row %d: %v", at+1, err)
		}
		for i, cell := range line[2:5] {
			want, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				t.Fatal(err)
			}
			if !(math.Abs(got[i]-want) <= 1e-9) {
				t.Errorf("row %d: quartile %d is %.17g, R has %.17g", at+1, i+1, got[i], want)
			}
		}
	}
}
