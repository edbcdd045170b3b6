package register

import (
	"fmt"
	"slices"
	"strings"
)

// maxListed is how many added and how many changed rows a receipt lists; all are counted.
const maxListed = 1_000

// change is one row that an import added or changed, for the receipt: the names of its cells as the import format has
// them, and what stands in each.
type change struct {
	File    string   `json:"file"`
	Key     string   `json:"key"`
	Columns []string `json:"columns"`
	Before  []string `json:"before,omitempty"`
	After   []string `json:"after"`
}

// tally is what laying imports over a record did. The first rows added and changed are listed.
type tally struct {
	Added, Changed         []change
	AddedRows, ChangedRows int
	Unchanged              int
}

// add adds a row to a file of the record, and gives its place.
func (f *files) add(name string, s *sheet, cells []string, from, line int) int {
	at := s.append(cells, from, line)
	f.added(name, s, cells)
	return at
}

// added tells the receipt of a row that was added.
func (f *files) added(name string, s *sheet, cells []string) {
	if f.tally.AddedRows++; len(f.tally.Added) < maxListed {
		f.tally.Added = append(f.tally.Added, s.changeOf(name, nil, cells))
	}
}

// change lays cells over a row of a file of the record.
func (f *files) change(name string, s *sheet, row int, cells []string, from, line int) {
	outcome, before := s.lay(row, cells, from, line)
	if outcome == Unchanged {
		f.tally.Unchanged++
		return
	}
	if sources := s.column("sources"); sources >= 0 {
		f.leave(before[sources], cells[sources])
	}
	if f.tally.ChangedRows++; len(f.tally.Changed) < maxListed {
		f.tally.Changed = append(f.tally.Changed, s.changeOf(name, before, cells))
	}
}

func (s *sheet) changeOf(name string, before, after []string) change {
	c := change{File: name, Before: before, After: slices.Clone(after)}
	for _, column := range s.header {
		c.Columns = append(c.Columns, columnOf(column))
	}
	var key []string
	if indicator, ok := strings.CutPrefix(name, "indicators/"); ok {
		key = append(key, strings.TrimSuffix(indicator, ".csv"))
	}
	for _, at := range s.key {
		if after[at] != "" {
			key = append(key, after[at])
		}
	}
	c.Key = strings.Join(key, " ")
	return c
}

// String is a change in a line: the row's key, and each cell that differs, by its column, before and after.
func (c change) String() string {
	if c.Before == nil {
		return c.Key
	}
	var parts []string
	for n, after := range c.After {
		if c.Before[n] != after {
			parts = append(parts, fmt.Sprintf("%s %q → %q", c.Columns[n], c.Before[n], after))
		}
	}
	return c.Key + ": " + strings.Join(parts, ", ")
}

// columnOf is the name an import's column has for one of the record's.
func columnOf(record string) string {
	names := map[string]string{
		"published": "publication_date", "fieldwork": "fieldwork_month", "cases": "cases_in_sample", "percent": "score_percent",
		"lowest": "benchmark_lowest", "highest": "benchmark_highest", "average": "benchmark_average", "place": "area", "page": "source_page",
		"alias": "aliases", "gss": "gss", "predecessor": "predecessors", "successor": "successors", "url": "source_url", "title": "source_title",
	}
	if name, ok := names[record]; ok {
		return name
	}
	return record
}
