package ingest

import "strings"

// memo reads a column whose values rows repeat: each is read, and held to its grammar, the first time that it comes.
type memo[T any] struct {
	column string
	at     int // in the file; -1 where it has no such column
	read   func(r *row, column string) T
	known  map[string]T

	last      string // the text that came last, and what it says
	lastValue T
}

// maxRemembered is how many values of a column are remembered.
const maxRemembered = 50_000

func memoOf[T any](t *table, column string, read func(r *row, column string) T) memo[T] {
	return memo[T]{column: column, at: t.place(column), read: read, known: make(map[string]T)}
}

// of is what the column says in a row. A cell that something is found wrong with is read again wherever it comes,
// and so is one of a workbook that is no text, for the same figures may mean another thing there.
func (m *memo[T]) of(r *row) T {
	var none T
	if m.at < 0 || m.at >= len(r.cells) {
		return none
	}
	c := &r.cells[m.at]
	switch {
	case c.text == "":
		return none
	case c.kind != kindText:
		return m.read(r, m.column)
	case c.text == m.last:
		return m.lastValue
	}
	value, ok := m.known[c.text]
	if !ok {
		found := r.log.errorCount
		if value = m.read(r, m.column); r.log.errorCount > found {
			return value
		}
		text := strings.Clone(c.text)
		if len(m.known) < maxRemembered {
			m.known[text] = value
		}
		m.last, m.lastValue = text, value
		return value
	}
	m.last, m.lastValue = c.text, value
	return value
}
