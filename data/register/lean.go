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

// leaner leaves withdrawn inspections out of rows of imports. Rows that are fewer are written into a folder, under
// their own hash.
type leaner struct {
	rows, folder string
	done         map[string]string // by the rows and what is gone
}

func (r *Register) leanerIn(folder string) leaner {
	return leaner{rows: r.rowsFolder(), folder: folder, done: make(map[string]string)}
}

// without returns decisions in which the rows of imports have nothing of what a later decision withdraws.
func (l leaner) without(list []release.Decision) ([]release.Decision, error) {
	out := slices.Clone(list)
	for n, d := range list {
		gone := release.Withdrawn(list[n:])
		if d.Rows == "" || len(gone) == 0 {
			continue
		}
		key := d.Rows + " " + strings.Join(gone, " ")
		sum, ok := l.done[key]
		if !ok {
			var err error
			if sum, err = l.lean(d, gone); err != nil {
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
func (l leaner) sums(entries []Entry, publication Entry) (map[int]string, error) {
	list, err := l.without(decisions(named(entries, publication.Imports)))
	out := make(map[int]string)
	for n, d := range list {
		out[publication.Imports[n]] = d.Rows
	}
	return out, err
}

// lean returns the hash of an import's rows without inspections.
func (l leaner) lean(d release.Decision, gone []string) (string, error) {
	path := release.RowsPath(l.rows, d.Rows)
	is := func(inspection string) bool { return slices.Contains(gone, inspection) }
	switch Kind(d.Kind) {
	case ingest.KindResults:
		return fewer(path, l.folder, func(row release.ResultRow) bool { return is(row.Inspection) })
	case ingest.KindScores:
		return fewer(path, l.folder, func(row release.ScoreRow) bool { return is(row.Inspection) })
	case ingest.KindFindings:
		return fewer(path, l.folder, func(row release.FindingRow) bool { return is(row.Inspection) })
	}
	return d.Rows, nil
}

// fewer writes the rows of a file that are not gone into a folder under their hash, and returns it. Where none is gone
// that is the file's own.
func fewer[T any](path, folder string, gone func(T) bool) (sum string, err error) {
	rows, err := parquet.ReadFile[T](path)
	if err != nil {
		return "", err
	}
	left := slices.DeleteFunc(slices.Clone(rows), gone)
	if len(left) == len(rows) {
		return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), nil
	}
	var text bytes.Buffer
	if err := parquet.Write(&text, left, rowOptions()); err != nil {
		return "", err
	}
	sum = sumOf(text.Bytes())
	return sum, replace(release.RowsPath(folder, sum), text.Bytes())
}
