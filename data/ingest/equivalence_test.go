package ingest

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What is told without a regular expression is what the grammar says.
func TestDecimalsAreToldAsTheGrammarHasThem(t *testing.T) {
	agree := func(t interface{ Fatalf(string, ...any) }, text string) {
		if want := decimalGrammar.MatchString(text) && text[0] != '-'; isDecimal(text) != want {
			t.Fatalf("%q: %v, and by the grammar %v", text, !want, want)
		}
	}
	for _, text := range []string{"", "0", ".", "1.", ".1", "1.1", "-1", "+1", "1e3", "1_0", "123456789012",
		"1234567890123", "0.123456789", "0.1234567890",
		"1.2.3", " 1", "1 ", "1\n", "٣", "０", "Inf", "NaN", "0x1", "1,0"} {
		agree(t, text)
	}
	rapid.Check(t, func(t *rapid.T) {
		agree(t, rapid.StringMatching(`[-+]?[0-9]{0,14}(\.?[0-9.]{0,11})?[e%\n]?`).Draw(t, "text"))
	})
	rapid.Check(t, func(t *rapid.T) { agree(t, rapid.String().Draw(t, "text")) })
}

func FuzzDecimal(f *testing.F) {
	f.Add("12.5")
	f.Fuzz(func(t *testing.T, text string) {
		if want := decimalGrammar.MatchString(text) && text[0] != '-'; isDecimal(text) != want {
			t.Fatalf("%q: by the grammar %v", text, want)
		}
	})
}

// readAsCSV is what encoding/csv makes of a text: its rows, the line each begins in, and its first error.
func readAsCSV(text string) (rows [][]string, lines []int, err error) {
	reader := csv.NewReader(strings.NewReader(text))
	reader.FieldsPerRecord = -1
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, lines, nil
		}
		if err != nil {
			return rows, lines, err
		}
		line, _ := reader.FieldPos(0)
		rows, lines = append(rows, cells), append(lines, line)
	}
}

// sameAsCSV holds the rows of this package to those of encoding/csv, up to the first that is wrong.
func sameAsCSV(t interface{ Fatalf(string, ...any) }, text string) {
	rows, lines, wantErr := readAsCSV(text)
	reader := &csvRows{text: []byte(text)}
	for n := 0; ; n++ {
		cells, err := reader.next()
		switch {
		case errors.Is(err, errCellTooLong), errors.Is(err, errTooManyCells):
			return // encoding/csv has no such bounds
		case err != nil:
			bare := errors.Is(wantErr, csv.ErrBareQuote)
			if n != len(rows) || errors.Is(err, io.EOF) != (wantErr == nil) || errors.Is(err, errBareQuote) != bare {
				t.Fatalf("%q: after %d rows %v, and by encoding/csv after %d %v", text, n, err, len(rows), wantErr)
			}
			return
		case n >= len(rows) || !slices.Equal(cells, rows[n]) || reader.row != lines[n]:
			t.Fatalf("%q: row %d is %q in line %d, not %q", text, n, cells, reader.row, rows)
		}
	}
}

func TestRowsAreThoseOfEncodingCSV(t *testing.T) {
	for _, text := range []string{"", "a", "a,b\n", "a,b\r\nc,d", "\n\na\n\n", "a\r", "\r\n", "\r", "a\rb\n", "\"a\"",
		"\"a\"\"b\",c\n", "\"a\nb\",c\nd", "\"a\r\nb\"\r\n",
		"\"a", "\"a\n", "\"a\n\n\nb\"\n", "a\"b", "\"a\"b", "a,\"b\nc", ",", ",\n,", "\"\"", "\"\",\"\"\n", "\"a\" ,b",
		"a\n\"b\"c\nd", "\"a\",\n", "\"\r\"", "\"a\r"} {
		sameAsCSV(t, text)
	}
	rapid.Check(t, func(t *rapid.T) { sameAsCSV(t, rapid.StringMatching(`([ab,"]|\r?\n){0,24}`).Draw(t, "text")) })
}

func FuzzRows(f *testing.F) {
	f.Add("a,\"b\"\"c\"\r\n\n\"d\ne\",f")
	f.Fuzz(func(t *testing.T, text string) { sameAsCSV(t, text) })
}

// What a file of indicators says is the same whether its cells are read once or each anew.
func TestAValueThatIsRememberedIsTheOneThatWasRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"", "old", "new", "older", "New"}), 1, 20).Draw(t, "words")
		one := newTable("a.csv", only(KindIndicators), Known{}, Rows{})
		one.header(1, []string{"area", "indicator", "period_start", "period_end", "value", "source_url", "basis"})
		m := memoOf(one, "basis", func(r *row, column string) string { return r.word(column, "old", "new") })
		for n, word := range words {
			cells := make([]cell, 7)
			cells[6].text = word
			r := &row{table: one, line: n + 2, cells: cells}
			found := one.log.errorCount
			got, gotFound := m.of(r), one.log.errorCount-found
			found = one.log.errorCount
			if want := r.word("basis", "old", "new"); got != want || gotFound != one.log.errorCount-found {
				t.Fatalf("%q: %q with %d findings, and anew %q", word, got, gotFound, want)
			}
		}
	})
}
