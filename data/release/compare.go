package release

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Line is a row of a file of a record, with its place there (2 is the first under the header).
type Line struct {
	Number int
	Cells  []string
}

// Change is a row in which two records differ: one that came (Before is nil), left (After is nil), or has other cells
// under the same key.
type Change struct {
	File   string
	Before *Line
	After  *Line
}

// Compare is every row in which after differs from before, by file, in the order of after and then what left. Rows are
// told apart by the key that the layout gives their file; where several have one key, the first answers to the first.
func Compare(before, after fs.FS) ([]Change, error) {
	names := make(map[string]bool)
	for _, record := range []fs.FS{before, after} {
		err := eachFile(record, func(name string, _ []byte) error {
			names[name] = true
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("compare records: %w", err)
		}
	}
	var changes []Change
	for _, t := range layout {
		for _, name := range sortedOf(t, names) {
			if name == DecisionsFile {
				continue // what decisions change is counted by row
			}
			found, err := t.compare(name, before, after)
			if err != nil {
				return nil, fmt.Errorf("compare records, %s: %w", name, err)
			}
			changes = append(changes, found...)
		}
	}
	return changes, nil
}

// sortedOf are the names that a table's pattern matches.
func sortedOf(t table, names map[string]bool) []string {
	var out []string
	for name := range names {
		if matching, ok := tableOf(name); ok && matching.pattern == t.pattern {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

func (t table) compare(name string, before, after fs.FS) ([]Change, error) {
	old, errOld := optional(before, name)
	now, errNow := optional(after, name)
	if err := errors.Join(errOld, errNow); err != nil || bytes.Equal(old, now) {
		return nil, err
	}
	was, errOld := t.index(old)
	is, errNow := t.index(now)
	if err := errors.Join(errOld, errNow); err != nil {
		return nil, err
	}
	var changes []Change
	for _, key := range is.keys {
		if there := was.lines[key]; there == nil || !slices.Equal(there.Cells, is.lines[key].Cells) {
			changes = append(changes, Change{File: name, Before: there, After: is.lines[key]})
		}
	}
	for _, key := range was.keys {
		if is.lines[key] == nil {
			changes = append(changes, Change{File: name, Before: was.lines[key]})
		}
	}
	return changes, nil
}

// optional is a file of a record; nil where the record has none of this name.
func optional(record fs.FS, name string) ([]byte, error) {
	content, err := fs.ReadFile(record, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return content, err
}

// indexed are the rows of a file by their keys, and the keys in its order.
type indexed struct {
	keys  []string
	lines map[string]*Line
}

func (t table) index(content []byte) (indexed, error) {
	out := indexed{lines: make(map[string]*Line)}
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil || len(rows) == 0 {
		return out, err
	}
	var at []int
	for column := range strings.SplitSeq(t.key, ",") {
		place := slices.Index(rows[0], column)
		if place < 0 {
			return out, fmt.Errorf("has no column %s", column)
		}
		at = append(at, place)
	}
	for n, cells := range rows[1:] {
		key := ""
		for _, place := range at {
			key += cells[place] + "\x00"
		}
		for out.lines[key] != nil {
			key += "\x00" // again
		}
		out.keys = append(out.keys, key)
		out.lines[key] = &Line{Number: n + 2, Cells: cells}
	}
	return out, nil
}

// Difference counts the rows of a file in which a release differs from the one before it.
type Difference struct {
	Came    int `json:"came"`
	Changed int `json:"changed"`
	Left    int `json:"left"`
}

// differences counts changes by file.
func differences(changes []Change) map[string]Difference {
	out := make(map[string]Difference)
	for _, c := range changes {
		d := out[c.File]
		switch {
		case c.Before == nil:
			d.Came++
		case c.After == nil:
			d.Left++
		default:
			d.Changed++
		}
		out[c.File] = d
	}
	return out
}
