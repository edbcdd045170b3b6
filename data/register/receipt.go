package register

import (
	"fmt"
	"slices"
	"strings"

	"yardstick/data/finding"
	"yardstick/data/ingest"
	"yardstick/data/release"
)

// Receipt says what an import did. Seq is its number in the journal; 0 where the very file was imported before and
// nothing was to do.
type Receipt struct {
	Seq     int      `json:"seq"`
	Kind    Kind     `json:"kind"`
	Upload  string   `json:"upload"`
	Embargo *Embargo `json:"embargo,omitempty"`
	Draft   bool     `json:"draft,omitempty"`
	// Inherits are the imports whose embargo or want of approval it takes over, since it has rows of the same things.
	Inherits    []int       `json:"inherits,omitempty"`
	Recipe      string      `json:"recipe,omitempty"` // SHA-256 of the recipe it was read by
	Rows        int         `json:"rows"`             // of the file, below its header
	Left        ingest.Left `json:"left"`             // by the recipe
	Added       []change    `json:"added"`            // rows of the record, the first thousand
	Changed     []change    `json:"changed"`          // likewise
	AddedRows   int         `json:"added_rows"`
	ChangedRows int         `json:"changed_rows"`
	Unchanged   int         `json:"unchanged"`
	KeptOnly    bool        `json:"kept_only"` // judgements and questions: kept, and never part of a release

	Warnings []finding.Finding `json:"warnings,omitempty"` // of the file, which was imported all the same
}

// change is one row that an import added or changed, for the receipt: the names of its cells as the import format has
// them, and what is in each.
type change struct {
	File    string   `json:"file"`
	Key     string   `json:"key"`
	Columns []string `json:"columns"`
	Before  []string `json:"before,omitempty"`
	After   []string `json:"after"`
}

// changeOf names the cells of a changed row by the columns of an import.
func changeOf(row release.RowChange) change {
	c := change{File: row.File, Before: row.Before, After: row.After}
	columns := release.Columns(row.File)
	for _, column := range columns {
		c.Columns = append(c.Columns, columnOf(column))
	}
	var key []string
	if indicator, ok := strings.CutPrefix(row.File, "indicators/"); ok {
		key = append(key, strings.TrimSuffix(indicator, ".csv"))
	}
	for _, column := range release.KeyOf(row.File) {
		if cell := row.After[slices.Index(columns, column)]; cell != "" {
			key = append(key, cell)
		}
	}
	c.Key = strings.Join(key, " ")
	return c
}

// String returns a change in a line: the row's key, and each cell that differs, by its column, before and after.
func (c change) String() string {
	if c.Before == nil {
		return finding.Printable(c.Key)
	}
	var parts []string
	for n, after := range c.After {
		if c.Before[n] != after {
			parts = append(parts, fmt.Sprintf("%s %q → %q", c.Columns[n], c.Before[n], after))
		}
	}
	return finding.Printable(c.Key) + ": " + strings.Join(parts, ", ")
}

// columnOf returns the name that a column of the record has in an import.
func columnOf(record string) string {
	names := map[string]string{
		"published": "publication_date", "fieldwork": "fieldwork_month", "cases": "cases_in_sample",
		"percent": "score_percent",
		"lowest":  "benchmark_lowest", "highest": "benchmark_highest", "average": "benchmark_average", "place": "area",
		"page": "source_page", "alias": "aliases", "predecessor": "predecessors", "successor": "successors",
		"url":   "source_url",
		"title": "source_title",
	}
	if name, ok := names[record]; ok {
		return name
	}
	return record
}

// blamed returns the column of an import to look at where a check finds something in one of the record's: what an
// import may leave out follows from another column.
func blamed(record string) string {
	names := map[string]string{
		"sources": "source_url", "period": "period_start", "scale": "publication_date", "inspection": "publication_date",
	}
	if name, ok := names[record]; ok {
		return name
	}
	return columnOf(record)
}
