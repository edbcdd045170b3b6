package release_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"yardstick/data/finding"
	"yardstick/data/release/releasetest"
	"yardstick/queries"
)

var update = flag.Bool("update", false, "rewrite want.findings of every case in testdata/checks with what it got")

func check(t *testing.T, record fs.FS) []finding.Finding {
	t.Helper()
	findings, err := builder("", record, firstDay).Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return findings
}

func TestBaseRecordHasNoErrors(t *testing.T) {
	for _, f := range check(t, releasetest.Record()) {
		if f.Refuses() {
			t.Error(f)
		}
	}
}

// TestChecks runs the cases of testdata/checks: each lays bad rows over the record of releasetest and lists every
// finding, those of the check it is named after and whatever else is wrong with such a record.
func TestChecks(t *testing.T) {
	checks, err := fs.Glob(queries.Files(), "checks/*.sql")
	if err != nil || len(checks) == 0 {
		t.Fatalf("%d checks, %v", len(checks), err)
	}
	base := check(t, releasetest.Record()) // its warnings are its own, and no case's
	for _, name := range checks {
		rule := strings.TrimSuffix(path.Base(name), ".sql")
		t.Run(rule, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join("testdata", "checks", rule+".txtar") // every check has one
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			runCheck(t, a, rule, base)
			if *update {
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func runCheck(t *testing.T, a *txtar.Archive, rule string, base []finding.Finding) {
	t.Helper()
	if len(bytes.TrimSpace(a.Comment)) == 0 {
		t.Error("a case says first what it shows")
	}
	at := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == "want.findings" })
	if at < 0 {
		t.Fatal("a case has a want.findings")
	}
	var got strings.Builder
	caught := false
	overlay := slices.Delete(slices.Clone(a.Files), at, at+1)
	for _, f := range check(t, releasetest.Overlay(releasetest.Record(), overlay)) {
		if slices.Contains(base, f) {
			continue
		}
		got.WriteString(f.String() + "\n")
		if f.Fix == "" {
			t.Errorf("%s says not what to do", f)
		}
		caught = caught || f.Rule == rule
	}
	if !caught {
		t.Errorf("no finding of %s", rule)
	}
	if *update {
		a.Files[at].Data = []byte(got.String())
	}
	want := string(a.Files[at].Data)
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got.String(), "\n")); diff != "" {
		t.Errorf("-want +got (if it is right, run go test -run TestChecks -update):\n%s", diff)
	}
}

// advised holds findings to saying what to do, and gives them without it, to be compared by what is wrong.
func advised(t *testing.T, findings []finding.Finding) []finding.Finding {
	t.Helper()
	out := slices.Clone(findings)
	for n := range out {
		if out[n].Fix == "" {
			t.Errorf("%s says not what to do", out[n])
		}
		out[n].Fix = ""
	}
	return out
}

// A record that is not of the layout, or that the engine would misread, is refused before it is built.
func TestLayout(t *testing.T) {
	const lastOfGlanafon = "resettlement,,,good,,,seen,synthetic-reports,,"
	for _, c := range []struct {
		name, file, old, new string
		want                 finding.Finding
	}{
		{"another column", "areas/nations.csv", "name_cy", "name_welsh", finding.Finding{File: "areas/nations.csv", Line: 1,
			Rule: "layout", Value: "nation,name_en,name_welsh", Problem: "should name the columns nation,name_en,name_cy"}},
		{"columns in another order", "areas/nations.csv", "name_en,name_cy", "name_cy,name_en", finding.Finding{
			File: "areas/nations.csv", Line: 1, Rule: "layout", Value: "nation,name_cy,name_en",
			Problem: "should name the columns nation,name_en,name_cy"}},
		{"a byte order mark", "areas/nations.csv", "nation,", "\ufeffnation,",
			finding.Finding{File: "areas/nations.csv", Line: 1,
				Rule: "layout", Value: "\ufeffnation,name_en,name_cy", Problem: "should name the columns nation,name_en,name_cy"}},
		{"a cell too few", "areas/nations.csv", "wales,Wales,Cymru", "wales,Wales", finding.Finding{File: "areas/nations.csv",
			Line: 2, Rule: "layout", Problem: "has 2 cells, not 3"}},
		{"a cell too many", "areas/nations.csv", "wales,Wales,Cymru", "wales,Wales,Cymru,", finding.Finding{
			File: "areas/nations.csv", Line: 2, Rule: "layout", Problem: "has 4 cells, not 3"}},
		// The engine takes all rows from here to the end of the file for one cell, without a word.
		{"a quote that does not close", "results/yj2018.csv", lastOfGlanafon, lastOfGlanafon + `"p. 1`, finding.Finding{
			File: "results/yj2018.csv", Line: 5, Rule: "layout",
			Problem: `is no row of CSV: extraneous or missing " in quoted-field`}},
		{"a quote inside a bare cell", "results/cci.csv", "the page gives", `the "page" gives`, finding.Finding{
			File: "results/cci.csv", Line: 15, Rule: "layout", Problem: `is no row of CSV: bare " in non-quoted-field`}},
		{"a blank line", "results/cci.csv", "carrow-cci-2011", "\ncarrow-cci-2011", finding.Finding{File: "results/cci.csv",
			Line: 8, Rule: "layout", Problem: "a row has one line to itself, with no blank lines between"}},
		{"a line break in a cell", "results/cci.csv", "the page gives no score", "\"the page\ngives no score\"",
			finding.Finding{
				File: "results/cci.csv", Line: 15, Rule: "layout",
				Problem: "a row has one line to itself, with no blank lines between"}},
		// The engine would round these.
		{"half a case", "results/cci.csv", ",38,safeguarding", ",37.5,safeguarding", finding.Finding{File: "results/cci.csv",
			Line: 13, Column: "cases", Rule: "typed", Value: "37.5", Problem: "is not a whole number"}},
		{"part of a point", "results/yj2018.csv", ",21,36", ",21.4,36", finding.Finding{File: "results/yj2018.csv", Line: 2,
			Column: "points", Rule: "typed", Value: "21.4", Problem: "is not a whole number"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := check(t, changed(t, c.file, c.old, c.new))
			if diff := cmp.Diff([]finding.Finding{c.want}, advised(t, got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestFilesOfTheLayout(t *testing.T) {
	t.Run("unknown", func(t *testing.T) {
		record := releasetest.Record()
		for _, name := range []string{"notes.txt", "results/2012/cci.csv", "areas/areas.csv.bak"} {
			record[name] = &fstest.MapFile{}
		}
		want := []finding.Finding{
			{
				File:    "areas/areas.csv.bak",
				Line:    1,
				Rule:    "layout",
				Problem: "no file of this name belongs in a record",
			},
			{File: "notes.txt", Line: 1, Rule: "layout", Problem: "no file of this name belongs in a record"},
			{
				File:    "results/2012/cci.csv",
				Line:    1,
				Rule:    "layout",
				Problem: "no file of this name belongs in a record",
			},
		}
		if diff := cmp.Diff(want, advised(t, check(t, record))); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
	t.Run("missing", func(t *testing.T) {
		for name := range releasetest.Record() {
			record := releasetest.Record()
			pattern := name
			if folder := path.Dir(name); folder == "results" || folder == "indicators" || folder == "findings" {
				pattern = folder + "/*.csv" // any one of them will do
				for other := range record {
					if path.Dir(other) == folder {
						delete(record, other)
					}
				}
			}
			delete(record, name)
			want := []finding.Finding{{File: pattern, Line: 1, Rule: "layout", Problem: "is missing from the record"}}
			if diff := cmp.Diff(want, advised(t, check(t, record))); diff != "" {
				t.Errorf("%s: -want +got:\n%s", name, diff)
			}
		}
	})
	t.Run("empty", func(t *testing.T) {
		record := releasetest.Record()
		record["areas/nations.csv"] = &fstest.MapFile{}
		want := []finding.Finding{{File: "areas/nations.csv", Line: 1, Rule: "layout",
			Problem: "should name the columns nation,name_en,name_cy"}}
		if diff := cmp.Diff(want, advised(t, check(t, record))); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
}

// A cell that is not of its column's type is found by file, line and column, with what stood there.
func TestTypedCells(t *testing.T) {
	for _, c := range []struct {
		name, file, old, new, column, value string
		line                                int
	}{
		{"a number", "results/cci.csv", ",69,moderate", ",abc,moderate", "percent", "abc", 9},
		{"a number with its sign", "results/cci.csv", ",69,moderate", ",69%,moderate", "percent", "69%", 9},
		{"yes or no", "results/cci.csv", "percent,yes,", "percent,maybe,", "reinspection", "maybe", 13},
		{"a day that does not exist", "areas/authorities.csv", "2023-04-01", "2023-02-30", "ended", "2023-02-30", 3},
		{"a month for a day", "indicators/reoffending_rate_percent.csv", "2015-04-01", "2015-04", "period_start", "2015-04",
			2},
		{"a point of a level", "reference/levels.csv", "outstanding,4,3", "outstanding,4,three", "points", "three", 13},
		{"a band's end", "reference/bands.csv", ",19,30,", ",19,thirty,", "upper", "thirty", 2},
		{"a printed average", "benchmarks/published.csv", "37,91,68", "37,91,c.68", "average", "c.68", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := check(t, changed(t, c.file, c.old, c.new))
			if len(got) != 1 {
				t.Fatalf("%d findings: %v", len(got), got)
			}
			f := got[0]
			if f.File != c.file || f.Line != c.line || f.Column != c.column || f.Rule != "typed" {
				t.Errorf("found %s:%d:%s: %s, want %s:%d:%s: typed", f.File, f.Line, f.Column, f.Rule, c.file, c.line,
					c.column)
			}
			if !strings.Contains(f.String(), c.value) {
				t.Errorf("%q does not show %q", f, c.value)
			}
		})
	}
}

func TestFindingsAreWritten(t *testing.T) {
	f := finding.Finding{
		File:    "results/cci.csv",
		Line:    4,
		Column:  "percent",
		Value:   "169",
		Rule:    "numbers_are_possible",
		Problem: "is not between 0 and 100",
	}
	if got, want := f.String(), `results/cci.csv:4:percent: numbers_are_possible: "169" is not between 0 and 100`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	f.Value = ""
	if got, want := f.String(), "results/cci.csv:4:percent: numbers_are_possible: is not between 0 and 100"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	many := &finding.Error{Findings: slices.Repeat([]finding.Finding{f}, 103)}
	lines := strings.Split(many.Error(), "\n")
	if len(lines) != 102 || lines[0] != "refused, with 103 findings:" || lines[101] != "and 3 more" {
		t.Errorf("%d lines, from %q to %q", len(lines), lines[0], lines[len(lines)-1])
	}
}
