package release

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Difference counts the rows of a file in which a release differs from the one before it.
type Difference struct {
	Came    int `json:"came"`
	Changed int `json:"changed"`
	Left    int `json:"left"`
}

// Compare counts, by file, the rows in which after differs from before. Rows are told apart by the key that the layout
// gives their file; where several have one key, the first answers to the first. Decisions are no rows of their own:
// what they change is counted by row elsewhere.
func Compare(before, after fs.FS) (map[string]Difference, error) {
	differences := make(map[string]Difference)
	compare := func(name string, old, now []byte) error {
		t, known := tableOf(name)
		if !known || name == DecisionsFile || bytes.Equal(old, now) {
			return nil
		}
		d, err := t.compare(old, now)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if d != (Difference{}) {
			differences[name] = d
		}
		return nil
	}
	err := eachFile(after, func(name string, now []byte) error {
		old, err := optional(before, name)
		return errors.Join(err, compare(name, old, now))
	})
	if err == nil {
		err = eachFile(before, func(name string, old []byte) error {
			if now, err := optional(after, name); err != nil || now != nil {
				return err
			}
			return compare(name, old, nil)
		})
	}
	if err != nil {
		return nil, fmt.Errorf("compare records: %w", err)
	}
	return differences, nil
}

func (t table) compare(old, now []byte) (d Difference, err error) {
	was, errOld := t.index(old)
	is, errNow := t.index(now)
	for key, cells := range is {
		before, had := was[key]
		switch {
		case !had:
			d.Came++
		case !slices.Equal(before, cells):
			d.Changed++
		}
	}
	for key := range was {
		if _, has := is[key]; !has {
			d.Left++
		}
	}
	return d, errors.Join(errOld, errNow)
}

// index returns the rows of a file by their keys.
func (t table) index(content []byte) (map[string][]string, error) {
	rows, err := readCSV(content)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var at []int
	for column := range strings.SplitSeq(t.key, ",") {
		place := slices.Index(rows[0], column)
		if place < 0 {
			return nil, fmt.Errorf("has no column %s", column)
		}
		at = append(at, place)
	}
	index := make(map[string][]string)
	for _, cells := range rows[1:] {
		key := ""
		for _, place := range at {
			key += cells[place] + "\x00"
		}
		for index[key] != nil {
			key += "\x00" // again
		}
		index[key] = cells
	}
	return index, nil
}
