package register

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"yardstick/data/release"
)

// files is a record being put together: the files of a base, and those that imports laid rows over. What it works out
// from them is kept, so that a million rows ask once.
type files struct {
	base    fs.FS
	changed map[string]*sheet
	tally   tally

	sources     *sourceList
	names       *names
	inspections map[string]place // by id: where its first row stands
	scales      map[scaleKey]string
	periods     map[period]periodCells
	last        observed
}

// place is a row of a sheet.
type place struct {
	sheet *sheet
	row   int
}

func newFiles(base fs.FS) *files {
	return &files{base: base, changed: make(map[string]*sheet), scales: make(map[scaleKey]string), periods: make(map[period]periodCells)}
}

// sheet is a file of the record under the header that its layout gives it, read when it is first wanted. A file that is
// not there is one without rows.
func (f *files) sheet(name string) (*sheet, error) {
	if s, ok := f.changed[name]; ok {
		return s, nil
	}
	s := newSheet(release.Columns(name), release.KeyOf(name))
	file, err := f.base.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		f.changed[name] = s
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read record: %w", err)
	}
	defer file.Close()
	all, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read record, %s: %w", name, err)
	}
	if len(all) == 0 || !slices.Equal(all[0], s.header) {
		return nil, fmt.Errorf("read record, %s: the header is not %s", name, strings.Join(s.header, ","))
	}
	for n, cells := range all[1:] {
		s.append(cells, 0, n+2)
	}
	f.changed[name] = s
	return s, nil
}

// list are the files of the record of a pattern, those of the base and those that imports brought.
func (f *files) list(pattern string) ([]string, error) {
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

// write puts the whole record into a folder: the base's files, and the changed ones in their place.
func (f *files) write(dir string) error {
	if err := f.dropUncited(); err != nil {
		return err
	}
	if err := os.CopyFS(dir, f.base); err != nil {
		return fmt.Errorf("write record: %w", err)
	}
	for name, s := range f.changed {
		if err := s.write(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			return fmt.Errorf("write record, %s: %w", name, err)
		}
	}
	return nil
}

// rewrite puts rows in place of all that a file of the record has.
func (f *files) rewrite(name string, rows [][]string) {
	s := newSheet(release.Columns(name), release.KeyOf(name))
	for n, cells := range rows {
		s.append(cells, 0, n+2)
	}
	f.changed[name] = s
}

// remove takes rows out of a file of the record, and counts them.
func (f *files) remove(name string, gone func(cells []string) bool) (removed int, err error) {
	s, err := f.sheet(name)
	if err != nil {
		return 0, err
	}
	if _, err := f.sourceList(); err != nil {
		return 0, err
	}
	kept, sources := newSheet(s.header, release.KeyOf(name)), s.column("sources")
	for n, r := range s.rows {
		cells := s.cells(n)
		if gone(cells) {
			f.leave(cells[sources], "")
			removed++
			continue
		}
		kept.append(cells, int(r.from), int(r.at))
	}
	if removed > 0 {
		f.changed[name], f.inspections = kept, nil
	}
	return removed, nil
}

// origin is the import, and the line of its file, that a line of the merged record came with; false for the base.
func (f *files) origin(name string, line int) (from, at int, ok bool) {
	s, changed := f.changed[path.Clean(name)]
	if !changed || line < 2 || line-2 >= len(s.rows) {
		return 0, 0, false
	}
	r := s.rows[line-2]
	return int(r.from), int(r.at), r.from > 0
}
