package register

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

const (
	openLicence   = "OGL-UK-3.0" // of figures in documents that name no other
	longestIDStem = 72
)

// cited is how a row of an import names its documents: by address, each with a space between, with the title that all of
// them have; by their ids in SOURCES.csv, with ";" between; or by both.
type cited struct {
	urls, title, ids string
}

// sourceList is SOURCES.csv as it is looked up.
type sourceList struct {
	sheet *sheet
	ids   map[string]int      // to its row
	urls  map[string][]int    // to the rows with the address, in order
	known map[cited]string    // what was looked up before
	left  map[string]struct{} // ids that a changed row no longer names
}

// source columns of SOURCES.csv, by place.
const (
	sourceID = iota
	sourceTitle
	sourceURL
)

func (f *files) sourceList() (*sourceList, error) {
	if f.sources != nil {
		return f.sources, nil
	}
	s, err := f.sheet(sourcesFile)
	if err != nil {
		return nil, err
	}
	l := &sourceList{sheet: s, ids: make(map[string]int), urls: make(map[string][]int), known: make(map[cited]string), left: make(map[string]struct{})}
	for n := range s.rows {
		l.enter(n)
	}
	f.sources = l
	return l, nil
}

func (l *sourceList) enter(row int) {
	cells := l.sheet.cells(row)
	l.ids[cells[sourceID]] = row
	l.urls[cells[sourceURL]] = append(l.urls[cells[sourceURL]], row)
}

// sourcesOf are the ids of a row's documents, as a cell of the record names them; those that are new are listed. An id
// that is unknown is listed with the address in its place where there are as many addresses as ids; otherwise it stays
// unknown, for the record's checks to find.
func (f *files) sourcesOf(from, line int, c cited) (string, error) {
	l, err := f.sourceList()
	if err != nil {
		return "", err
	}
	if had, ok := l.known[c]; ok {
		return had, nil
	}
	addresses := strings.Fields(c.urls)
	var ids, urls []string
	for n, id := range splitList(c.ids) {
		row, ok := l.ids[id]
		if !ok && len(addresses) == strings.Count(c.ids, ";")+1 {
			row, ok = l.list(from, line, id, c.title, addresses[n]), true
		}
		if ok {
			urls = append(urls, l.sheet.cells(row)[sourceURL])
		}
		ids = append(ids, id)
	}
	for _, address := range addresses {
		if slices.Contains(urls, address) {
			continue
		}
		if id := l.at(from, line, address, c.title); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	l.known[c] = strings.Join(ids, ";")
	return l.known[c], nil
}

// at is the id of the document at an address, of that title if one is given, which is listed if it is new.
func (l *sourceList) at(from, line int, url, title string) string {
	for _, row := range l.urls[url] {
		if cells := l.sheet.cells(row); title == "" || cells[sourceTitle] == title {
			return cells[sourceID]
		}
	}
	stem := slug(title)
	if stem == "" {
		stem = slug(url)
	}
	id := stem
	for n := 2; ; n++ {
		if _, taken := l.ids[id]; !taken {
			break
		}
		id = stem + "-" + strconv.Itoa(n)
	}
	l.list(from, line, id, title, url)
	return id
}

func (l *sourceList) list(from, line int, id, title, url string) int {
	row := l.sheet.append([]string{id, title, url, "", "", openLicence}, from, line)
	l.enter(row)
	return row
}

// leave notes the documents that a row named before and does not name now.
func (f *files) leave(before, after string) {
	if f.sources == nil || before == after {
		return
	}
	now := splitList(after)
	for _, id := range splitList(before) {
		if !slices.Contains(now, id) {
			f.sources.left[id] = struct{}{}
		}
	}
}

// dropUncited takes documents out of SOURCES.csv that were revised away: some row named them before an import changed
// it, and none does now.
func (f *files) dropUncited() error {
	if f.sources == nil || len(f.sources.left) == 0 {
		return nil
	}
	uncited := f.sources.left
	names, err := f.everyFile()
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := f.cites(name, uncited); err != nil {
			return err
		}
	}
	s := f.sources.sheet
	kept := slices.DeleteFunc(s.rows, func(r row) bool {
		id, _, _ := strings.Cut(string(s.lineOf(r)), ",")
		_, gone := uncited[id]
		return gone
	})
	s.rows = kept
	return nil
}

func (f *files) everyFile() ([]string, error) {
	var names []string
	err := fs.WalkDir(f.base, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, name)
		}
		return err
	})
	for name := range f.changed {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, err
}

// cites takes the documents out of a set that a file of the record names in its column of sources.
func (f *files) cites(name string, among map[string]struct{}) error {
	named := func(cell string) {
		for _, id := range splitList(cell) {
			delete(among, id)
		}
	}
	if s, ok := f.changed[name]; ok {
		column := s.column("sources")
		for n := 0; n < len(s.rows) && column >= 0 && len(among) > 0; n++ {
			named(s.cells(n)[column])
		}
		return nil
	}
	file, err := f.base.Open(name)
	if err != nil {
		return fmt.Errorf("read record: %w", err)
	}
	all, err := csv.NewReader(file).ReadAll()
	if err = errors.Join(err, file.Close()); err != nil || len(all) == 0 {
		return err
	}
	if column := slices.Index(all[0], "sources"); column >= 0 {
		for _, cells := range all[1:] {
			named(cells[column])
		}
	}
	return nil
}

// splitList are the parts of a cell that has ";" between them; none of a blank one.
func splitList(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, ";")
}

// union is a list of ids with those of another that it lacks after its own.
func union(ids, more string) string {
	all := splitList(ids)
	for _, id := range splitList(more) {
		if !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return strings.Join(all, ";")
}

// slug is a text as an id: lower-case letters and digits with hyphens, cut to a length that can be read.
func slug(text string) string {
	text = strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(text), "https://"), "http://")
	words := strings.FieldsFunc(text, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
	id := strings.Join(words, "-")
	return strings.Trim(id[:min(len(id), longestIDStem)], "-")
}
