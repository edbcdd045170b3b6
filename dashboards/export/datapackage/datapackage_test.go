package datapackage

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yardstick/analytics"
	"yardstick/analytics/duck/ducktest"
	"yardstick/dashboards/export"
	"yardstick/data"
	"yardstick/data/release/releasetest"
)

var released = analytics.Release{ID: strings.Repeat("b2", 32), Built: time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)}

func snapshotOf(t testing.TB, record fs.FS) *analytics.Snapshot {
	t.Helper()
	reader, err := ducktest.Open(record, released)
	if err != nil {
		t.Fatal(err)
	}
	s, err := analytics.Load(context.Background(), reader)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func filesOf(t testing.TB, s *analytics.Snapshot) []File {
	t.Helper()
	var files []File
	for f, err := range Files(s.Release(), Tables(s)) {
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// Every row of every CSV file keeps the rules that datapackage.json states: this reads only the files, and knows
// nothing of how they were made.
func TestRowsKeepTheSchema(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds, of which a short run has few")
	}
	for name, record := range map[string]fs.FS{"shipped": data.Record(), "made up": releasetest.Record()} {
		t.Run(name, func(t *testing.T) {
			p := opened(t, filesOf(t, snapshotOf(t, record)))
			rows := 0
			for _, r := range p.descriptor.Resources {
				p.checkResource(t, r)
				rows += len(p.rows[r.Name])
			}
			if rows == 0 || len(p.descriptor.Resources) != 15 {
				t.Errorf("%d rows in %d tables", rows, len(p.descriptor.Resources))
			}
		})
	}
}

// The check finds each kind of fault: without this it could pass by looking at nothing.
func TestFaultsAreFound(t *testing.T) {
	if testing.Short() {
		t.Skip("it writes the package for every fault")
	}
	for name, c := range map[string]struct{ file, old, new string }{
		"a type":          {"csv/inspections.csv", ",45,", ",many,"},
		"a missing value": {"csv/sources.csv", "synthetic-notice,,https://example.org/notice", "synthetic-notice,,"},
		"a word":          {"csv/measures.csv", ",headline,", ",headlong,"},
		"a range":         {"csv/results.csv", ",80,minimum", ",180,minimum"},
		"a date":          {"csv/inspections.csv", "2012-05-20", "20.5.2012"},
		"a key twice":     {"csv/areas.csv", "\nbrackwater,", "\nalderbrook,"},
		"a foreign key":   {"csv/inspections.csv", ",fennick,", ",nowhere,"},
	} {
		t.Run(name, func(t *testing.T) {
			files := filesOf(t, snapshotOf(t, releasetest.Record()))
			at := slices.IndexFunc(files, func(f File) bool { return f.Path == c.file })
			if !bytes.Contains(files[at].Content, []byte(c.old)) {
				t.Fatalf("%s has no %q:\n%s", c.file, c.old, files[at].Content)
			}
			files[at].Content = bytes.Replace(files[at].Content, []byte(c.old), []byte(c.new), 1)
			found := &findings{}
			p := opened(t, files)
			for _, r := range p.descriptor.Resources {
				p.checkRows(found, r)
			}
			if len(*found) == 0 {
				t.Errorf("%q in place of %q is not found", c.new, c.old)
			}
		})
	}
}

// pack is a package as it lies in a folder.
type pack struct {
	descriptor descriptor
	files      map[string][]byte
	rows       map[string][]map[string]string // by resource
}

func opened(t testing.TB, files []File) pack {
	t.Helper()
	p := pack{files: make(map[string][]byte), rows: make(map[string][]map[string]string)}
	for _, f := range files {
		p.files[f.Path] = f.Content
	}
	if err := json.Unmarshal(p.files[DescriptorName], &p.descriptor); err != nil {
		t.Fatal(err)
	}
	for _, r := range p.descriptor.Resources {
		lines, err := csv.NewReader(bytes.NewReader(p.files[r.Path])).ReadAll()
		if err != nil || len(lines) == 0 {
			t.Fatalf("%s: %d lines, %v", r.Path, len(lines), err)
		}
		for n, f := range r.Schema.Fields {
			if lines[0][n] != f.Name {
				t.Errorf("%s: column %d is %q, and %q in the schema", r.Name, n+1, lines[0][n], f.Name)
			}
		}
		for _, line := range lines[1:] {
			row := make(map[string]string)
			for n, cell := range line {
				row[lines[0][n]] = cell
			}
			p.rows[r.Name] = append(p.rows[r.Name], row)
		}
	}
	return p
}

// checkResource holds a resource's file to what is said of it, and its rows to the schema.
func (p pack) checkResource(t *testing.T, r resource) {
	t.Helper()
	sumOf := func(content []byte) string {
		sum := sha256.Sum256(content)
		return "sha256:" + hex.EncodeToString(sum[:])
	}
	if content := p.files[r.Path]; r.Bytes != len(content) || r.Hash != sumOf(content) ||
		r.Rows != len(p.rows[r.Name]) ||
		r.Format != "csv" ||
		r.Mediatype != "text/csv" {
		t.Errorf("%s is not what is said of it", r.Path)
	}
	for _, a := range r.Also {
		if content := p.files[a.Path]; a.Bytes != len(content) || a.Hash != sumOf(content) || len(content) == 0 {
			t.Errorf("%s is not what is said of it", a.Path)
		}
	}
	if len(r.Also) != 2 || r.Title == "" || r.Description == "" {
		t.Errorf("%s: %d other formats, title %q", r.Name, len(r.Also), r.Title)
	}
	for _, f := range r.Schema.Fields {
		if f.Description == "" {
			t.Errorf("%s.%s says not what it holds", r.Name, f.Name)
		}
	}
	found := &findings{}
	p.checkRows(found, r)
	for _, f := range (*found)[:min(len(*found), 10)] {
		t.Error(f)
	}
}

type findings []string

func (f *findings) add(format string, args ...any) { *f = append(*f, fmt.Sprintf(format, args...)) }

func (p pack) checkRows(found *findings, r resource) {
	keys, unique := make(map[string]bool), make(map[string]bool)
	for n, row := range p.rows[r.Name] {
		at := fmt.Sprintf("%s:%d", r.Path, n+2)
		for _, f := range r.Schema.Fields {
			checkCell(found, at+":"+f.Name, f, row[f.Name])
			if key := f.Name + "\x00" + row[f.Name]; f.Constraints.Unique {
				if unique[key] {
					found.add("%s:%s: %q stands twice", at, f.Name, row[f.Name])
				}
				unique[key] = true
			}
		}
		key := joined(row, r.Schema.PrimaryKey)
		if keys[key] || len(r.Schema.PrimaryKey) == 0 {
			found.add("%s: the key %q stands twice", at, key)
		}
		keys[key] = true
	}
	for _, k := range r.Schema.ForeignKeys {
		there := make(map[string]bool)
		for _, row := range p.rows[k.Reference.Resource] {
			there[joined(row, k.Reference.Fields)] = true
		}
		for n, row := range p.rows[r.Name] {
			if key := joined(row, k.Fields); !there[key] {
				found.add("%s:%d: %q is not in %s", r.Path, n+2, key, k.Reference.Resource)
			}
		}
	}
}

func joined(row map[string]string, fields []string) string {
	var parts []string
	for _, f := range fields {
		parts = append(parts, row[f])
	}
	return strings.Join(parts, "\x00")
}

func checkCell(found *findings, at string, f schemaField, cell string) {
	c := f.Constraints
	if cell == "" {
		if c.Required {
			found.add("%s is required", at)
		}
		return
	}
	var err error
	number := 0.0
	switch f.Type {
	case "integer":
		_, err = strconv.ParseInt(cell, 10, 64)
		number, _ = strconv.ParseFloat(cell, 64)
	case "number":
		number, err = strconv.ParseFloat(cell, 64)
	case "boolean":
		if cell != "true" && cell != "false" {
			err = errors.New("is neither true nor false")
		}
	case "date":
		_, err = time.Parse(time.DateOnly, cell)
	case "string":
	default:
		err = fmt.Errorf("is of the type %q", f.Type)
	}
	if err != nil {
		found.add("%s: %q: %v", at, cell, err)
	}
	if c.Minimum != nil && number < *c.Minimum || c.Maximum != nil && number > *c.Maximum {
		found.add("%s: %q is out of range", at, cell)
	}
	if len(c.Enum) > 0 && !slices.Contains(c.Enum, cell) {
		found.add("%s: %q is none of %q", at, cell, c.Enum)
	}
	if c.Pattern != "" && !regexp.MustCompile("^("+c.Pattern+")$").MatchString(cell) {
		found.add("%s: %q is not of the form %s", at, cell, c.Pattern)
	}
}

// The columns are those of the import format in its order, the ones it does not ask for last, so that what was taken
// away can be sent back.
func TestColumnsAreThoseOfImport(t *testing.T) {
	s := snapshotOf(t, releasetest.Record())
	for name, want := range map[string]string{
		"results": "area, programme, fieldwork_month, publication_date, cases_in_sample, measure, score_percent, comment, " +
			"rating, points, points_max, " +
			"benchmark_lowest, benchmark_highest, benchmark_average, source_url, source_title, source_page, note, " +
			"reinspection, scale, confidence, sources",
		"indicators": "area, indicator, period_start, period_end, value, lower, upper, numerator, denominator, source_url, " +
			"note, basis, level, gss, period, flag, source_title, sources",
		"areas": "area, name_en, name_cy, region, police_force, valid_from, valid_to, status, aliases, constituents, " +
			"predecessors, successors, source_url, source_title, sources",
	} {
		table, ok := Find(Tables(s), name)
		if !ok {
			t.Fatalf("no table %s", name)
		}
		columns := strings.Split(want, ", ")
		var got []string
		for _, c := range table.Columns {
			got = append(got, c.Name)
		}
		if diff := cmp.Diff(columns, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Rows worked out by hand from the made-up record.
func TestTablesByHand(t *testing.T) {
	p := opened(t, filesOf(t, snapshotOf(t, releasetest.Record())))
	for name, c := range map[string]struct {
		key, value string
		want       map[string]string
	}{
		"results": {"source_page", "p. 4", map[string]string{"area": "elmstow", "programme": "cci",
			"fieldwork_month": "2011-11", "publication_date": "2012-01-10", "cases_in_sample": "62",
			"measure": "safeguarding", "score_percent": "69", "comment": "moderate", "benchmark_lowest": "37",
			"source_url":   "https://example.org/reports https://example.org/notice",
			"source_title": "", "source_page": "p. 4", "sources": "synthetic-reports;synthetic-notice", "scale": "percent",
			"reinspection": ""}},
		"inspections": {"inspection", "alderbrook-cci-2012",
			map[string]string{"reinspection": "true", "cases": "38", "results": "1"}},
		"areas": {"area", "carrow-and-dunmere",
			map[string]string{"constituents": "X00000002;X00000001", "predecessors": "carrow;dunmere", "valid_from": "2014-04",
				"status": "current", "region": "north"}},
		"indicators": {"area", "alderbrook",
			map[string]string{"indicator": "reoffending_rate_percent", "value": "40", "lower": "30", "period_end": "2016-03-31",
				"level": "area", "basis": "new"}},
		"area_authorities": {"gss", "X00000003", map[string]string{"area": "alderbrook", "name": "Alderbrook"}},
		"regions":          {"region", "south", map[string]string{"nation": "england", "name_cy": "De"}},
		"indicator_units":  {"indicator", "population_10_17", map[string]string{"unit": "count", "observations": "1"}},
		"levels": {"level", "outstanding",
			map[string]string{"scale": "yj", "position": "4", "points": "3", "good_or_better": "true"}},
		"sources": {"source", "synthetic-notice", map[string]string{"title": "", "figures": "3", "areas": "1"}},
		"printed_benchmarks": {"measure", "risk_of_harm",
			map[string]string{"inspection": "elmstow-cci-2012", "lowest": "", "average": "63",
				"source_url": "https://example.org/notice"}},
		// dunmere is no more, and so not among the areas of today
		"benchmarks": {"measure", "protecting_children_and_young_people",
			map[string]string{"scale": "fji", "group_kind": "all", "n": "3", "areas_level_1": "1", "areas_level_2": "0",
				"areas_level_3": "1", "areas_level_4": "1", "lowest": ""}},
	} {
		at := slices.IndexFunc(p.rows[name], func(row map[string]string) bool {
			return row[c.key] == c.value && (name != "benchmarks" || row["scale"] == "fji")
		})
		if at < 0 {
			t.Errorf("%s has no row whose %s is %s", name, c.key, c.value)
			continue
		}
		for column, want := range c.want {
			if got, ok := p.rows[name][at][column]; !ok || got != want {
				t.Errorf("%s of %s: %s is %q, want %q", name, c.value, column, got, want)
			}
		}
	}
}

// Every result has its inspection by area, programme and date: what no foreign key says, since a date may be unknown
// and tools do not agree whether two unknown ones are the same.
func TestResultsHaveTheirInspections(t *testing.T) {
	p := opened(t, filesOf(t, snapshotOf(t, data.Record())))
	held := make(map[string]int)
	for _, row := range p.rows["inspections"] {
		held[joined(row, []string{"area", "programme", "published"})]++
	}
	for n, row := range p.rows["results"] {
		if key := joined(row, []string{"area", "programme", "publication_date"}); held[key] != 1 {
			t.Errorf("results:%d: %q is of %d inspections", n+2, key, held[key])
		}
	}
}

// The same release is the same package; its archive has the files in order and no times.
func TestPackageIsDeterministic(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds, of which a short run has few")
	}
	packed := func() []byte {
		s := snapshotOf(t, data.Record())
		var out bytes.Buffer
		if _, err := Zip(&out, Files(s.Release(), Tables(s))); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	first := packed()
	if !bytes.Equal(first, packed()) {
		t.Error("written again it is otherwise")
	}
	archive, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.File) != 48 || archive.File[45].Name != DescriptorName {
		t.Errorf("%d files; after the tables is %s", len(archive.File), archive.File[45].Name)
	}
	for _, f := range archive.File {
		if !f.Modified.IsZero() && f.Modified.Year() > 1980 || len(f.Extra) > 0 {
			t.Errorf("%s has the time %v", f.Name, f.Modified)
		}
	}
}

// A package is written into a new or an empty folder, whole, and never over anything.
func TestWrite(t *testing.T) {
	files := []File{{DescriptorName, []byte("{}\n")}, {"csv/a.csv", []byte("a\n")}}
	given := func(files []File) iter.Seq2[File, error] {
		return func(yield func(File, error) bool) {
			for _, f := range files {
				if !yield(f, nil) {
					return
				}
			}
		}
	}
	parent := t.TempDir()
	for _, name := range []string{"new", "empty", "deeper/new"} {
		dir := filepath.Join(parent, name)
		if name == "empty" {
			if err := os.Mkdir(dir, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		sizes, err := Write(dir, given(files))
		if err != nil || len(sizes) != 2 || sizes["csv/a.csv"] != 2 {
			t.Fatalf("%s: %v, %v", name, sizes, err)
		}
		for _, f := range files {
			if got, err := os.ReadFile(filepath.Join(dir, f.Path)); err != nil || !bytes.Equal(got, f.Content) {
				t.Errorf("%s: %s holds %q, %v", name, f.Path, got, err)
			}
		}
	}
	if _, err := Write(filepath.Join(parent, "new"), given(files)); !errors.Is(err, ErrOccupied) {
		t.Errorf("a folder with something in it: error %v", err)
	}
	twice := append(slices.Clone(files), files[1])
	if _, err := Write(filepath.Join(parent, "broken"), given(twice)); err == nil {
		t.Error("a file that is there already is written over")
	}
	failing := func(yield func(File, error) bool) {
		_ = yield(files[0], nil) && yield(File{}, errors.New("cannot be made"))
	}
	if _, err := Write(filepath.Join(parent, "failed"), failing); err == nil {
		t.Error("a package without one of its files is written")
	}
	left, err := os.ReadDir(parent)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range left {
		if !slices.Contains([]string{"new", "empty", "deeper"}, entry.Name()) {
			t.Errorf("%s is left behind", entry.Name())
		}
	}
}

// An item of a list never holds what stands between items.
func TestListsComeApart(t *testing.T) {
	for _, table := range Tables(snapshotOf(t, data.Record())) {
		for n, row := range table.Rows {
			for i, cell := range row {
				for _, item := range asList(cell) {
					if strings.Contains(item, export.ListSeparator) {
						t.Errorf("%s, row %d, %s: %q", table.Name, n+1, table.Columns[i].Name, item)
					}
				}
			}
		}
	}
}

func asList(cell any) []string {
	items, _ := cell.([]string)
	return items
}

func BenchmarkFiles(b *testing.B) {
	s := snapshotOf(b, data.Record())
	for b.Loop() {
		filesOf(b, s)
	}
}
