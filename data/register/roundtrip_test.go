package register

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"path"
	"strings"
	"testing"

	"yardstick/data/ingest"
)

// rendered is the shipped record as files of the import format, one a kind, with every column that the format has.
func rendered(t *testing.T, record fs.FS) map[ingest.Kind][]byte {
	t.Helper()
	w := &renderer{t: t, record: record, sources: make(map[string][]string), out: make(map[ingest.Kind][][]string)}
	w.each("SOURCES.csv", func(r map[string]string) { w.sources[r["source"]] = []string{r["url"], r["title"]} })
	w.areas()
	w.results()
	w.indicators()
	content := make(map[ingest.Kind][]byte)
	for kind, rows := range w.out {
		var b bytes.Buffer
		if err := csv.NewWriter(&b).WriteAll(append([][]string{ingest.ImportColumns(kind)}, rows...)); err != nil {
			t.Fatal(err)
		}
		content[kind] = b.Bytes()
	}
	return content
}

type renderer struct {
	t       *testing.T
	record  fs.FS
	sources map[string][]string // id to address and title
	out     map[ingest.Kind][][]string
}

// each tells the rows of a file of the record by column.
func (w *renderer) each(name string, tell func(map[string]string)) {
	w.t.Helper()
	for _, r := range rowsIn(w.t, w.record, name) {
		tell(r)
	}
}

// rowsIn are the rows of a file of a record by column.
func rowsIn(t *testing.T, record fs.FS, name string) []map[string]string {
	t.Helper()
	lines, err := readLines(record, name)
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, cells := range lines[1:] {
		r := make(map[string]string)
		for c, cell := range cells {
			r[lines[0][c]] = cell
		}
		rows = append(rows, r)
	}
	return rows
}

// row adds a row of a kind, from cells by the names of the import's columns; the documents are named by id, and by
// address.
func (w *renderer) row(kind ingest.Kind, r map[string]string) {
	var addresses []string
	for id := range strings.SplitSeq(r["sources"], ";") {
		source := w.sources[id]
		addresses = append(addresses, source[0])
		r["source_title"] = source[1]
	}
	r["source_url"] = strings.Join(addresses, " ")
	var cells []string
	for _, column := range ingest.ImportColumns(kind) {
		cells = append(cells, r[column])
	}
	w.out[kind] = append(w.out[kind], cells)
}

func (w *renderer) areas() {
	lists := make(map[string]map[string][]string)
	add := func(area, column, value string) {
		if lists[area] == nil {
			lists[area] = make(map[string][]string)
		}
		lists[area][column] = append(lists[area][column], value)
	}
	w.each("areas/aliases.csv", func(r map[string]string) { add(r["area"], "aliases", r["alias"]) })
	w.each("areas/constituents.csv", func(r map[string]string) { add(r["area"], "constituents", r["gss"]) })
	w.each("areas/successions.csv", func(r map[string]string) {
		add(r["successor"], "predecessors", r["predecessor"])
		add(r["predecessor"], "successors", r["successor"])
	})
	w.each("areas/areas.csv", func(r map[string]string) {
		for column, values := range lists[r["area"]] {
			r[column] = strings.Join(values, ";")
		}
		w.row(ingest.KindAreas, r)
	})
}

func (w *renderer) results() {
	printed := make(map[string]map[string]string)
	w.each("benchmarks/published.csv", func(r map[string]string) { printed[r["inspection"]+" "+r["measure"]] = r })
	names, err := fs.Glob(w.record, "results/*.csv")
	if err != nil {
		w.t.Fatal(err)
	}
	for _, name := range names {
		w.each(name, func(r map[string]string) {
			out := map[string]string{"programme": strings.TrimSuffix(path.Base(name), ".csv")}
			for _, from := range []map[string]string{r, printed[r["inspection"]+" "+r["measure"]]} {
				for column, cell := range from {
					out[columnOf(column)] = cell
				}
			}
			w.row(ingest.KindResults, out)
		})
	}
}

func (w *renderer) indicators() {
	names, err := fs.Glob(w.record, "indicators/*.csv")
	if err != nil {
		w.t.Fatal(err)
	}
	for _, name := range names {
		w.each(name, func(r map[string]string) {
			r["area"], r["indicator"] = r["place"], strings.TrimSuffix(path.Base(name), ".csv")
			w.row(ingest.KindIndicators, r)
		})
	}
}

// What the record says, written in the import format, is taken back without a row added or changed.
func TestTheShippedRecordReadsBackUnchanged(t *testing.T) {
	if testing.Short() {
		t.Skip("it imports the whole record")
	}
	r := open(t)
	content := rendered(t, r.Record)
	rows := func(patterns ...string) (n int) {
		for _, pattern := range patterns {
			names, err := fs.Glob(r.Record, pattern)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range names {
				n += len(rowsIn(t, r.Record, name))
			}
		}
		return n
	}
	want := map[ingest.Kind]int{
		ingest.KindAreas: rows("areas/areas.csv", "areas/aliases.csv", "areas/constituents.csv",
			"areas/successions.csv", "areas/successions.csv"), // each succession stands in two rows
		ingest.KindResults:    rows("results/*.csv", "benchmarks/published.csv"),
		ingest.KindIndicators: rows("indicators/*.csv"),
	}
	for _, kind := range []ingest.Kind{ingest.KindAreas, ingest.KindResults, ingest.KindIndicators} {
		receipt, err := r.Import(t.Context(), Import{Name: string(kind) + ".csv", Content: content[kind], By: "tester"})
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		if receipt.Kind != kind || receipt.AddedRows > 0 || receipt.ChangedRows > 0 ||
			receipt.Unchanged != want[kind] ||
			receipt.Seq != 0 {
			t.Errorf("%s: read as %s, %d added, %d changed, %d unchanged, want %d", kind, receipt.Kind,
				receipt.AddedRows, receipt.ChangedRows, receipt.Unchanged, want[kind])
			for _, c := range append(receipt.Added[:min(5, len(receipt.Added))],
				receipt.Changed[:min(10, len(receipt.Changed))]...) {
				t.Log(c)
			}
		}
	}
}
