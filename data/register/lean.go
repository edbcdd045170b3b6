package register

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"

	"yardstick/data/ingest"
	"yardstick/data/release"
)

// rowsWithout leaves withdrawn inspections out of rows of imports. Rows that are fewer are written into a folder, under
// their own hash.
type rowsWithout struct {
	rows, folder string
	done         map[string]string // by the rows and what is withdrawn
}

func (r *Register) rowsWithoutIn(folder string) rowsWithout {
	return rowsWithout{rows: r.rowsFolder(), folder: folder, done: make(map[string]string)}
}

// without returns decisions in which the rows of imports have nothing of what a later decision withdraws.
func (l rowsWithout) without(list []release.Decision) ([]release.Decision, error) {
	out := slices.Clone(list)
	for n, d := range list {
		withdrawn := release.Withdrawn(list[n:])
		if d.Rows == "" || len(withdrawn) == 0 {
			continue
		}
		key := d.Rows + " " + strings.Join(withdrawn, " ")
		sum, ok := l.done[key]
		if !ok {
			var err error
			if sum, err = l.trim(d, withdrawn); err != nil {
				return nil, fmt.Errorf("leave withdrawn rows out: %w", err)
			}
			l.done[key] = sum
		}
		out[n].Rows = sum
	}
	return out, nil
}

// sums returns the rows of each import of a publication, by its number, as the publication has them. A withdrawal has
// none.
func (l rowsWithout) sums(entries []Entry, publication Entry) (map[int]string, error) {
	list, err := l.without(decisions(named(entries, publication.Imports)))
	out := make(map[int]string)
	for n, d := range list {
		out[publication.Imports[n]] = d.Rows
	}
	return out, err
}

// trim returns the hash of an import's rows without inspections.
func (l rowsWithout) trim(d release.Decision, withdrawn []string) (string, error) {
	path := release.RowsPath(l.rows, d.Rows)
	is := func(inspection string) bool { return slices.Contains(withdrawn, inspection) }
	switch Kind(d.Kind) {
	case ingest.KindResults:
		return withoutRows(path, l.folder, func(row release.ResultRow) bool { return is(row.Inspection) })
	case ingest.KindScores:
		return withoutRows(path, l.folder, func(row release.ScoreRow) bool { return is(row.Inspection) })
	case ingest.KindFindings:
		return withoutRows(path, l.folder, func(row release.FindingRow) bool { return is(row.Inspection) })
	}
	return d.Rows, nil
}

// withoutRows writes the rows of a file that are not withdrawn into a folder under their hash, and returns it. Where
// none is withdrawn that is the file's own.
func withoutRows[T any](path, folder string, withdrawn func(T) bool) (sum string, err error) {
	rows, err := parquet.ReadFile[T](path)
	if err != nil {
		return "", err
	}
	left := slices.DeleteFunc(slices.Clone(rows), withdrawn)
	if len(left) == len(rows) {
		return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), nil
	}
	var text bytes.Buffer
	if err := parquet.Write(&text, left, rowOptions()); err != nil {
		return "", err
	}
	sum = release.HashOf(text.Bytes())
	return sum, replace(release.RowsPath(folder, sum), text.Bytes())
}
