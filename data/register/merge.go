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
)

// files is a record being put together: the files of a base, and those that imports laid rows over.
type files struct {
	base    fs.FS
	changed map[string]*sheet
}

// sheet is one CSV file of a record. from says which import a row came with; 0 is the base. line is the row's line in
// the imported file.
type sheet struct {
	header []string
	rows   []row
}

type row struct {
	cells []string
	from  int
	line  int
}

func newFiles(base fs.FS) *files { return &files{base: base, changed: make(map[string]*sheet)} }

// open is a file of the record, read when it is first wanted. A file that is not there is one without rows.
func (f *files) open(name string, header []string) (*sheet, error) {
	if s, ok := f.changed[name]; ok {
		return s, nil
	}
	s := &sheet{header: header}
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
	if len(all) == 0 || !slices.Equal(all[0], header) {
		return nil, fmt.Errorf("read record, %s: the header is not %s", name, strings.Join(header, ","))
	}
	for n, cells := range all[1:] {
		s.rows = append(s.rows, row{cells: cells, line: n + 2})
	}
	f.changed[name] = s
	return s, nil
}

// Outcome is what laying a row over the record did.
type Outcome int

// A row was new, took the place of another, or said what was there already.
const (
	Added Outcome = iota
	Changed
	Unchanged
)

// put lays a row over the one with the same key, or adds it. A blank cell says nothing: it leaves what is there as it
// is. before is the row that was there.
func (s *sheet) put(key []int, r row) (outcome Outcome, before []string) {
	for n, there := range s.rows {
		if slices.ContainsFunc(key, func(c int) bool { return there.cells[c] != r.cells[c] }) {
			continue
		}
		for c, cell := range r.cells {
			if cell == "" {
				r.cells[c] = there.cells[c]
			}
		}
		if slices.Equal(there.cells, r.cells) {
			return Unchanged, there.cells
		}
		s.rows[n] = r
		return Changed, there.cells
	}
	s.rows = append(s.rows, r)
	return Added, nil
}

// fill gives the blank cells among some columns what another row with the same key says of them: what is true of an
// inspection is true of each of its results.
func (s *sheet) fill(key int, columns []int, cells []string) {
	for _, there := range s.rows {
		if there.cells[key] != cells[key] {
			continue
		}
		for _, c := range columns {
			if cells[c] == "" {
				cells[c] = there.cells[c]
			}
		}
		return
	}
}

// column is the place of a column in a sheet.
func (s *sheet) column(name string) int { return slices.Index(s.header, name) }

// laidOut is a new folder with the whole record, which its caller removes.
func (f *files) laidOut() (string, error) {
	dir, err := os.MkdirTemp("", "yardstick-record-")
	if err != nil {
		return "", fmt.Errorf("write record: %w", err)
	}
	if err := f.write(dir); err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	return dir, nil
}

// write puts the whole record into a folder: the base's files, and the changed ones in their place.
func (f *files) write(dir string) error {
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

func (s *sheet) write(path string) (err error) {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	w := csv.NewWriter(out)
	if err := w.Write(s.header); err != nil {
		return err
	}
	for _, r := range s.rows {
		if err := w.Write(r.cells); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// origin is the import, and the line of its file, that a line of the merged record came with; false for the base.
func (f *files) origin(name string, line int) (from, at int, ok bool) {
	s, changed := f.changed[path.Clean(name)]
	if !changed || line < 2 || line-2 >= len(s.rows) {
		return 0, 0, false
	}
	r := s.rows[line-2]
	return r.from, r.line, r.from > 0
}
