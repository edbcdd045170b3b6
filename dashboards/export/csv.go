package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"
)

// writeCSV writes UTF-8, comma, one line a row, "\n", quoted only where needed. Nil is an empty cell. Text that a
// spreadsheet would take for a formula has an apostrophe before it, which Plain takes off again; numbers, the negative
// ones included, are written as they are.
func writeCSV(w io.Writer, t Table, _ Origin) error {
	out := csv.NewWriter(w)
	cells := make([]string, len(t.Columns))
	for n, c := range t.Columns {
		cells[n] = c.Name
	}
	if err := out.Write(cells); err != nil {
		return err
	}
	for _, row := range t.Rows {
		for n, cell := range row {
			cells[n] = csvCell(cell)
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func csvCell(cell any) string {
	switch v := flat(cell).(type) {
	case string:
		return Neutral(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return v.Format(time.DateOnly)
	}
	return ""
}

// formulaSigns begin what a spreadsheet runs: those it knows, in half and full width, and the spaces it skips first.
const formulaSigns = "=+-@\t\r\n＝＋－＠"

// Neutral is text as a spreadsheet takes it for text: an apostrophe goes before what would begin a formula, and before
// text that already looks so protected, so that it can be undone.
func Neutral(text string) string {
	if protectable(text) {
		return "'" + text
	}
	return text
}

// protectable says whether a text is a sign of a formula after any number of apostrophes.
func protectable(text string) bool {
	bare := strings.TrimLeft(text, "'")
	return bare != "" && strings.ContainsRune(formulaSigns, []rune(bare[:min(len(bare), 4)])[0])
}
