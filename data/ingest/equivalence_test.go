package ingest

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

// decimalGrammar says what a decimal is, as a regular expression.
var decimalGrammar = regexp.MustCompile(`^[0-9]{1,12}(\.[0-9]{1,9})?$`)

// What is told without a regular expression is what the grammar says.
func TestDecimalsAreToldAsTheGrammarHasThem(t *testing.T) {
	agree := func(t interface{ Fatalf(string, ...any) }, text string) {
		if want := decimalGrammar.MatchString(text); isDecimal(text) != want {
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
		if want := decimalGrammar.MatchString(text); isDecimal(text) != want {
			t.Fatalf("%q: by the grammar %v", text, want)
		}
	})
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
