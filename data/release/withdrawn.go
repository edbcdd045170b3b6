package release

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// withdrawn are the rows that a record of then had and that of now has no more, as the history names what they told: a
// measure of an inspection, or a period of a place.
type withdrawn struct {
	rows    map[string]map[int]bool // lines by file
	told    map[[2]string]bool      // inspection and measure, or place and first day
	sources map[string]bool         // documents that are listed no more
}

func withdrawnSince(then, now fs.FS) (withdrawn, error) {
	changes, err := Compare(then, now)
	w := withdrawn{rows: make(map[string]map[int]bool), told: make(map[[2]string]bool), sources: make(map[string]bool)}
	for _, c := range changes {
		if c.After != nil {
			continue
		}
		cell := cellsOf(c)
		switch folder, _, _ := strings.Cut(c.File, "/"); folder {
		case "findings": // told by no history
		case "results", "benchmarks":
			w.told[[2]string{cell("inspection"), cell("measure")}] = true
		case "indicators":
			w.told[[2]string{cell("place"), cell("period_start")}] = true
		case "SOURCES.csv":
			w.sources[cell("source")] = true
			continue
		default:
			continue
		}
		if w.rows[c.File] == nil {
			w.rows[c.File] = make(map[int]bool)
		}
		w.rows[c.File][c.Before.Number] = true
	}
	return w, err
}

// cellsOf are the cells, by column, of a row that left.
func cellsOf(c Change) func(column string) string {
	columns := Columns(c.File)
	return func(column string) string { return c.Before.Cells[slices.Index(columns, column)] }
}

// leaveOut takes out of a record in a folder what it had then and now has no more.
func leaveOut(folder string, then, now fs.FS) error {
	w, err := withdrawnSince(then, now)
	if err != nil {
		return err
	}
	for name, rows := range w.rows {
		if err := keepRows(folder, name, func(line int, _ func(string) string) bool { return !rows[line] }); err != nil {
			return err
		}
	}
	err = keepRows(folder, "history/revisions.csv", func(_ int, cell func(string) string) bool {
		return !w.told[[2]string{cell("inspection"), cell("measure")}] && !w.told[[2]string{cell("place"), cell("period")}]
	})
	if err != nil || len(w.sources) == 0 {
		return err
	}
	cited, err := citedIn(folder)
	if err != nil {
		return err
	}
	return keepRows(folder, "SOURCES.csv", func(_ int, cell func(string) string) bool {
		return !w.sources[cell("source")] || cited[cell("source")]
	})
}

// keepRows writes a file of a record again with the rows that are kept: by their line, and their cells by column.
func keepRows(folder, name string, kept func(line int, cell func(column string) string) bool) error {
	path := filepath.Join(folder, filepath.FromSlash(name))
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil || len(rows) == 0 {
		return err
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for n, cells := range rows {
		cell := func(column string) string {
			if at := slices.Index(rows[0], column); at >= 0 {
				return cells[at]
			}
			return ""
		}
		if n == 0 || kept(n+1, cell) {
			if err := w.Write(cells); err != nil {
				return err
			}
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	return os.WriteFile(path, out.Bytes(), 0o644)
}

// citedIn are the documents that rows of a record in a folder name as theirs.
func citedIn(folder string) (map[string]bool, error) {
	cited := make(map[string]bool)
	err := eachFile(os.DirFS(folder), func(name string, content []byte) error {
		at := slices.Index(Columns(name), "sources")
		if at < 0 {
			return nil
		}
		rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
		if err != nil {
			return err
		}
		for _, cells := range rows[1:] {
			for id := range strings.FieldsFuncSeq(cells[at], func(r rune) bool { return r == ';' || r == ' ' }) {
				cited[id] = true
			}
		}
		return nil
	})
	return cited, err
}
