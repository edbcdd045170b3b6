package ingest

import (
	"slices"

	"yardstick/data/finding"
)

// Excerpt is some rows of a file as they are in it, to be shown beside what is wrong with them.
type Excerpt struct {
	Columns []string     `json:"columns,omitempty"` // by the header
	Rows    []ExcerptRow `json:"rows,omitempty"`
}

// ExcerptRow is a row of an excerpt: a cell for each column, perhaps shortened.
type ExcerptRow struct {
	Line  int      `json:"row"` // 1 is the header
	Cells []string `json:"cells"`
}

// Quote returns the rows at these lines of a file in the import format, as far as it can be read.
func Quote(name string, content []byte, lines []int) Excerpt {
	t := newTable(name, shapes(), Known{}, Rows{})
	var out Excerpt
	t.quote = func(line int, cells []cell) {
		if len(out.Rows) >= maxListed || !slices.Contains(lines, line) {
			return
		}
		row := ExcerptRow{Line: line}
		for _, c := range cells {
			row.Cells = append(row.Cells, finding.Clip(c.text, maxValue))
		}
		out.Rows = append(out.Rows, row)
	}
	t.read(content)
	if len(out.Rows) > 0 {
		out.Columns = t.names
	}
	return out
}
