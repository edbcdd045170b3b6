package duck

import (
	"bytes"
	"database/sql"
	"encoding/csv"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"yardstick/data/release/releasetest"
	"yardstick/queries"
)

var update = flag.Bool("update", false, "rewrite want.csv of every case in testdata/cases with what it got")

// question is what a case asks: a file of queries/ or a relation of the release, the rows it is about and the
// columns it shows. What a question of benchmarks is asked for is written after "for", the whole record as "null".
// It is written
//
//	benchmarks/Benchmarks.sql
//	for days=2012-06-13,null groups=all,region
//	only measure=safeguarding kind=all
//	show as_of n average
type question struct {
	name string
	with map[string]string
	only map[string]string
	show []string
}

func parseQuestion(t *testing.T, text []byte) question {
	t.Helper()
	var q question
	for n, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		words := strings.Fields(line)
		switch {
		case n == 0 && len(words) == 1:
			q.name = words[0]
		case n > 0 && len(words) > 1 && words[0] == "for" && q.with == nil:
			q.with = pairs(t, words[1:])
		case n > 0 && len(words) > 1 && words[0] == "only" && q.only == nil:
			q.only = pairs(t, words[1:])
		case n > 0 && len(words) > 1 && words[0] == "show" && q.show == nil:
			q.show = words[1:]
		default:
			t.Fatalf("ask: cannot read %q", line)
		}
	}
	return q
}

func pairs(t *testing.T, words []string) map[string]string {
	t.Helper()
	out := make(map[string]string)
	for _, word := range words {
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			t.Fatalf("ask: %q is not name=value", word)
		}
		out[name] = value
	}
	return out
}

// parameters are those of a question, as a case has them; those of benchmarks are else for the whole record by all
// areas, nations and regions.
func (q question) parameters(t *testing.T) []any {
	t.Helper()
	if q.name != "benchmarks/Benchmarks.sql" {
		return q.ofSeries(t)
	}
	list := func(name string, usual ...string) sql.NamedArg {
		if text, ok := q.with[name]; ok {
			usual = strings.Split(strings.ReplaceAll(text, "null", ""), ",")
		}
		return sql.Named(name, append([]string{}, usual...))
	}
	for name := range q.with {
		if !slices.Contains(
			[]string{"programme", "measure", "days", "groups", "areas", "ofs", "without", "inspections"}, name) {
			t.Fatalf("ask: there is no parameter %q", name)
		}
	}
	return []any{
		sql.Named("programme", q.with["programme"]),
		sql.Named("measure", q.with["measure"]),
		list("days", ""),
		list("ofs", ""),
		list("inspections", ""),
		list("groups", "all", "nation", "region"),
		list("areas"),
		sql.Named("without", q.with["without"] == "yes"),
		sql.Named("members", q.with["members"] != "no"),
	}
}

// ofSeries are the parameters of a question about published statistics, as the case has them.
func (q question) ofSeries(t *testing.T) (out []any) {
	t.Helper()
	for name, value := range q.with {
		if name != "series" {
			out = append(out, sql.Named(name, value))
			continue
		}
		var numbers []int
		for text := range strings.SplitSeq(value, ",") {
			number, err := strconv.Atoi(text)
			if err != nil {
				t.Fatalf("ask: %v", err)
			}
			numbers = append(numbers, number)
		}
		out = append(out, numbered(numbers))
	}
	return out
}

// text is the statement to run: a question's own file as it is, the table of an answer that is made with the
// release, or a whole relation in an order that cannot vary.
func (q question) text(t *testing.T) string {
	t.Helper()
	if name, ok := strings.CutPrefix(q.name, "answers/"); ok {
		return fmt.Sprintf("from %q", strings.TrimSuffix(name, ".sql"))
	}
	if !strings.HasSuffix(q.name, ".sql") {
		return fmt.Sprintf("from %q order by all", q.name)
	}
	text, err := fs.ReadFile(queries.Files(), q.name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// answer is the rows asked for as CSV: null for what is null, lists parted by semicolons.
func (q question) answer(t *testing.T, s *Store) string {
	t.Helper()
	rows, err := s.db.QueryContext(t.Context(), q.text(t), q.parameters(t)...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	if q.show == nil {
		q.show = columns
	}
	for column := range q.only {
		if !slices.Contains(columns, column) {
			t.Fatalf("ask: only: no column %q among %v", column, columns)
		}
	}
	out := [][]string{q.show}
	for rows.Next() {
		if line, ok := q.line(t, columns, rows); ok {
			out = append(out, line)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := csv.NewWriter(&text).WriteAll(out); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func (q question) line(t *testing.T, columns []string, rows *sql.Rows) (line []string, wanted bool) {
	t.Helper()
	cells, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range cells {
		into[i] = &cells[i]
	}
	if err := rows.Scan(into...); err != nil {
		t.Fatal(err)
	}
	for column, value := range q.only {
		if cell(cells[slices.Index(columns, column)]) != value {
			return nil, false
		}
	}
	for _, column := range q.show {
		at := slices.Index(columns, column)
		if at < 0 {
			t.Fatalf("ask: show: no column %q among %v", column, columns)
		}
		line = append(line, cell(cells[at]))
	}
	return line, true
}

// cell is a value as a case writes it. Numbers have up to six decimals.
func cell(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case string:
		return v
	case bool:
		return map[bool]string{true: "yes", false: "no"}[v]
	case time.Time:
		return v.Format(time.DateOnly)
	case float64:
		return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64)
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = cell(item)
		}
		return strings.Join(items, ";")
	case map[string]any:
		parts := make([]string, 0, len(v))
		for _, name := range slices.SortedFunc(maps.Keys(v), positionFirst) {
			parts = append(parts, cell(v[name]))
		}
		return strings.Join(parts, ":")
	case duckdb.Decimal:
		return v.String()
	}
	return fmt.Sprint(value)
}

// positionFirst orders the fields of a struct by name, but for a position, which what is counted there follows.
func positionFirst(a, b string) int {
	rank := func(name string) string { return strings.TrimPrefix(name, "position") }
	return strings.Compare(rank(a), rank(b))
}

func caseFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	return files
}

// parts takes a case apart: the rows it lays over the base record, what it asks, and what it wants.
func parts(t *testing.T, a *txtar.Archive) (overlay []txtar.File, ask []byte, want *txtar.File) {
	t.Helper()
	if len(bytes.TrimSpace(a.Comment)) == 0 {
		t.Error("a case says first what it shows")
	}
	for n := range a.Files {
		switch f := &a.Files[n]; f.Name {
		case "ask":
			ask = f.Data
		case "want.csv":
			want = f
		default:
			overlay = append(overlay, *f)
		}
	}
	if ask == nil || want == nil {
		t.Fatal("a case has an ask and a want.csv")
	}
	return overlay, ask, want
}

// TestCases runs the cases of testdata/cases: each lays a few rows over the record of releasetest, builds a release,
// asks it one question and holds the rows it got against want.csv.
func TestCases(t *testing.T) {
	base := built(t, releasetest.Record())
	for _, file := range caseFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			overlay, ask, want := parts(t, a)
			s := base
			if len(overlay) > 0 {
				s = built(t, releasetest.Overlay(releasetest.Record(), overlay))
			}
			got := parseQuestion(t, ask).answer(t, s)
			if *update {
				want.Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(strings.Split(string(want.Data), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("-want +got (if it is right, run go test -run TestCases -update):\n%s", diff)
			}
		})
	}
}

// Every question of a release has a case. What builds a release is shown by what the questions then find in it, and
// what merges imports by the tests of data/register. Checks have their cases in data/release, and what scores
// judgements in analytics/score. The office's own database is another engine's, and its queries are asked in
// internal/office.
func TestEveryQuestionHasACase(t *testing.T) {
	asked := make(map[string]bool)
	for _, file := range caseFiles(t) {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, ask, _ := parts(t, a)
		asked[parseQuestion(t, ask).name] = true
	}
	files, err := fs.Glob(queries.Files(), "*/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	building := []string{"macros", "schema", "load", "views", "series", "content", "checks", "keep", "score", "imports",
		"trial", "office"}
	merging := []string{"release/attach_newest.sql", "release/leave_out.sql"}
	questions := 0
	for _, name := range files {
		if slices.Contains(building, path.Dir(name)) || slices.Contains(merging, name) {
			continue
		}
		questions++
		if !asked[name] {
			t.Errorf("no case asks %s", name)
		}
	}
	if questions < 14 {
		t.Errorf("%d questions, fewer than there were", questions)
	}
}
