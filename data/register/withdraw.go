package register

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"yardstick/data/release"
)

// Withdrawal is a decision to take figures out of what is published next. They stay in the releases that had them, and
// the next one says that they were withdrawn, when, and why.
type Withdrawal struct {
	Import     int    // its number; or
	Inspection string // its id: every result of it, wherever it came from
	By         string
	Why        string // is shown to the public; required
}

// Withdraw journals a withdrawal. An inspection that is imported again afterwards stands again.
func (r *Register) Withdraw(ctx context.Context, w Withdrawal) error {
	if err := decided(w.By); err != nil {
		return err
	}
	if strings.TrimSpace(w.Why) == "" {
		return errors.New("a withdrawal needs its reason: --why")
	}
	return r.locked(ctx, func(entries []Entry, whole int64) error {
		e := Entry{By: w.By, Act: ActWithdraw, Why: w.Why, Inspection: w.Inspection}
		stands := standing(entries)
		if w.Inspection == "" {
			if !slices.ContainsFunc(stands, func(e Entry) bool { return e.Seq == w.Import && e.takes() }) {
				return fmt.Errorf("there is no import %d to withdraw", w.Import)
			}
			e.Imports = []int{w.Import}
		} else if err := r.holds(stands, w.Inspection); err != nil {
			return err
		}
		_, err := r.decide(entries, whole, e)
		return err
	})
}

// holds fails where the record, with everything decided, has no result of an inspection.
func (r *Register) holds(stands []Entry, inspection string) error {
	f, err := r.over(stands)
	if err != nil {
		return err
	}
	removed, err := f.withdraw(inspection)
	if err == nil && removed == 0 {
		err = fmt.Errorf("there is no inspection %s to withdraw", inspection)
	}
	return err
}

// withdraw takes an inspection's results out of the record, with what its notice printed and the documents that nothing
// else cites.
func (f *files) withdraw(inspection string) (removed int, err error) {
	names, err := f.names("results/*.csv")
	if err != nil {
		return 0, err
	}
	var cited []string
	for _, name := range append(names, printedFile) {
		s, err := f.sheet(name)
		if err != nil {
			return 0, err
		}
		at, sources := s.column("inspection"), s.column("sources")
		s.remove(func(cells []string) bool {
			if cells[at] != inspection {
				return false
			}
			removed++
			cited = append(cited, strings.Split(cells[sources], ";")...)
			return true
		})
	}
	return removed, f.prune(cited)
}

// remove takes rows out of a sheet.
func (s *sheet) remove(gone func(cells []string) bool) {
	s.rows = slices.DeleteFunc(s.rows, func(r row) bool { return gone(r.cells) })
}

// prune takes those of some documents out of SOURCES.csv that no row cites any more.
func (f *files) prune(documents []string) error {
	if len(documents) == 0 {
		return nil
	}
	loose := make(map[string]bool)
	for _, id := range documents {
		loose[id] = true
	}
	names, err := f.names("*/*.csv")
	if err != nil {
		return err
	}
	for _, name := range names {
		at := slices.Index(release.Columns(name), "sources")
		if at < 0 {
			continue
		}
		rows, err := f.peek(name)
		if err != nil {
			return err
		}
		for _, cells := range rows {
			for id := range strings.SplitSeq(cells[at], ";") {
				delete(loose, id)
			}
		}
	}
	s, err := f.sheet(sourcesFile)
	if err != nil {
		return err
	}
	s.remove(func(cells []string) bool { return loose[cells[0]] })
	return nil
}

// names are the files of the record that a pattern matches.
func (f *files) names(pattern string) ([]string, error) {
	names, err := fs.Glob(f.base, pattern)
	if err != nil {
		return nil, err
	}
	for name := range f.changed {
		if ok, _ := path.Match(pattern, name); ok && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}

// peek is the rows of a file as they stand, without their header, not to be changed.
func (f *files) peek(name string) ([][]string, error) {
	if s, ok := f.changed[name]; ok {
		rows := make([][]string, len(s.rows))
		for n, r := range s.rows {
			rows[n] = r.cells
		}
		return rows, nil
	}
	content, err := fs.ReadFile(f.base, name)
	if err != nil {
		return nil, fmt.Errorf("read record: %w", err)
	}
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[1:], nil
}
