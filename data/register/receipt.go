package register

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
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

// receiptOf returns what is known of an import before it is read.
func receiptOf(in Import) Receipt {
	receipt := Receipt{Upload: release.HashOf(in.Content), Embargo: in.Embargo, Draft: in.Draft}
	if in.Recipe != nil {
		receipt.Recipe = release.HashOf(in.Recipe)
	}
	return receipt
}

// keptReceipt is the form in which receipts are kept, so that what an import did need not be worked out again. Nothing
// is lost with them.
type keptReceipt struct {
	Basis   string  `json:"basis"` // what it was worked out over
	Receipt Receipt `json:"receipt"`
}

func (r *Register) receipts() string { return filepath.Join(r.dir(), "receipts") }

func (r *Register) receiptPath(seq int) string {
	return filepath.Join(r.receipts(), strconv.Itoa(seq)+".json")
}

// keepReceipt keeps what an import did. It is called under the register's lock.
func (r *Register) keepReceipt(entries []Entry, receipt Receipt) error {
	shipped, err := r.Shipped()
	if err != nil {
		return err
	}
	content, err := json.Marshal(keptReceipt{shipped + " " + Basis(entries, receipt.Seq), receipt})
	if err == nil {
		err = replace(r.receiptPath(receipt.Seq), content)
	}
	return err
}

// keptReceipt reads what keepReceipt kept; false where that was worked out over something else, or not yet.
func (r *Register) keptReceipt(entries []Entry, seq int) (Receipt, bool, error) {
	content, err := os.ReadFile(r.receiptPath(seq))
	if errors.Is(err, fs.ErrNotExist) {
		return Receipt{}, false, nil
	}
	var kept keptReceipt
	if err == nil && json.Unmarshal(content, &kept) != nil {
		return Receipt{}, false, nil // it is made again
	}
	shipped, failed := r.Shipped()
	return kept.Receipt, kept.Basis == shipped+" "+Basis(entries, seq), errors.Join(err, failed)
}

// dropReceipts forgets what imports did: rows that are erased may be in what came after them.
func (r *Register) dropReceipts() error {
	return errors.Join(os.RemoveAll(r.receipts()), os.Mkdir(r.receipts(), privateFolder))
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
		"percent": "score_percent", "lowest": "benchmark_lowest", "highest": "benchmark_highest",
		"average": "benchmark_average", "place": "area", "page": "source_page", "alias": "aliases",
		"predecessor": "predecessors", "successor": "successors", "url": "source_url", "title": "source_title",
	}
	return cmp.Or(names[record], record)
}

// blamed returns the column of an import to look at where a check finds something in one of the record's: what an
// import may leave out follows from another column.
func blamed(record string) string {
	names := map[string]string{
		"sources": "source_url", "period": "period_start", "scale": "publication_date", "inspection": "publication_date",
	}
	return cmp.Or(names[record], columnOf(record))
}
