package ingest_test

import (
	"fmt"
	"strings"
)

// wrongCells are values that a column of results does not take, each put in the second row.
var wrongCells = []struct{ column, value, rule string }{
	{"area", "Atlantis", "area_unknown"}, {"area", "Greenwhich", "area_unknown"}, {"area", "", "required"},
	{"area", "Wessex Coast", "area_ambiguous"}, {"area", "\u0421ardiff", "area_unknown"}, // a Cyrillic letter
	{"area", "Cardiff\u200b", "text"},
	{"area", "\u202effidraC", "text"},
	{"area", strings.Repeat("Cardiff ", 100), "area_unknown"},
	{"area", "Cardiff, Newport", "area_unknown"},
	{"area", "*", "area_unknown"},
	{"area", "Car\ufffddiff", "encoding"},
	{"programme", "", "required"},
	{"programme", "CCI", "programme"},
	{"programme", "core case", "programme"},
	{"programme", "cci;drop", "programme"},
	{"fieldwork_month", "February 2012", "date"},
	{"fieldwork_month", "02/2012", "date"},
	{"fieldwork_month", "2012-00", "date_impossible"},
	{"fieldwork_month", "2012-13", "date_impossible"},
	{"fieldwork_month", "2012-07", "date_order"},
	{"fieldwork_month", "Feb-12", "date"},
	{"publication_date", "06/05/2012", "date_ambiguous"}, {"publication_date", "06/13/2012", "date_impossible"},
	{"publication_date", "31/02/2012", "date_impossible"}, {"publication_date", "2013-02-29", "date_impossible"},
	{"publication_date", "13/06/12", "date"},
	{"publication_date", "13.06.12", "date"},
	{"publication_date", "13-06-2012", "date"},
	{"publication_date", "2012/06/13", "date"},
	{"publication_date", "41073", "date"},
	{"publication_date", "13/6/2012", "date"},
	{"publication_date", "2012-06-13T00:01:00Z", "date"}, {"publication_date", "1066-10-14", "date_range"},
	{"publication_date", "9999-12-31", "date_range"},
	{"publication_date", "0000", "date_range"},
	{"publication_date", "infinity", "date"},
	{"publication_date", "20120613", "date"},
	{"publication_date", "00/06/2012", "date_impossible"},
	{"publication_date", "31/04/2012", "date_impossible"},
	{"publication_date", "２０１２", "date"},
	{"cases_in_sample", "62.5", "integer"}, {"cases_in_sample", "0", "integer"}, {"cases_in_sample", "-3", "integer"},
	{"cases_in_sample", "1,000", "integer"},
	{"cases_in_sample", "1_000", "integer"},
	{"cases_in_sample", "0x1F", "integer"},
	{"cases_in_sample", "1e3", "integer"},
	{"cases_in_sample", "+62", "integer"},
	{"cases_in_sample", "1000000", "integer"},
	{"cases_in_sample", "sixty-two", "integer"},
	{"cases_in_sample", "62 cases", "integer"},
	{"cases_in_sample", "٦٢", "integer"},
	{"measure", "", "required"},
	{"measure", "Safe guarding", "measure"},
	{"measure", "safe-guarding", "measure"},
	{"measure", "SAFEGUARDING", "measure"},
	{"score_percent", "101", "percent"},
	{"score_percent", "100.5", "percent"},
	{"score_percent", "100.01%", "percent"},
	{"score_percent", "-1", "percent"},
	{"score_percent", "NaN", "percent"},
	{"score_percent", "inf", "percent"},
	{"score_percent", "Infinity", "percent"},
	{"score_percent", "1e1", "percent"},
	{"score_percent", "0x1p-2", "percent"},
	{"score_percent", "+62", "percent"},
	{"score_percent", "62,5", "percent"},
	{"score_percent", "62 %", "percent"},
	{"score_percent", "62%%", "percent"},
	{"score_percent", "1e309", "percent"},
	{"score_percent", "62.", "percent"},
	{"score_percent", ".5", "percent"},
	{"score_percent", "n/a", "percent"},
	{"score_percent", "62–65", "percent"},
	{"score_percent", "#N/A", "percent"},
	{"score_percent", "062", "percent"},
	{"score_percent", "６２", "percent"}, {"score_percent", "62\u202f%", "percent"},
	{"comment", "modest", "comment_word"},
	{"comment", "moderate improvement", "comment_word"},
	{"comment", "moderate improvement required!", "comment_word"},
	{"rating", "4/4", "rating_word"},
	{"rating", "good!", "rating_word"},
	{"rating", "<b>good</b>", "rating_word"},
	{"rating", "go\u200dod", "text"},
	{"rating", "requires-improvement", "rating_word"},
	{"rating", "very much more words than a rating", "rating_word"},
	{"points", "3", "points"}, {"points", "1.5", "integer"}, {"points_max", "x", "integer"},
	{"benchmark_lowest", "92", "order"},
	{"benchmark_highest", "40", "order"},
	{"benchmark_average", "30", "order"},
	{"benchmark_average", "200", "percent"},
	{"source_url", "", "required"},
	{"source_url", "example.org/a", "url"},
	{"source_url", "ftp://example.org/a", "url"},
	{"source_url", "javascript:alert(1)", "url"},
	{"source_url", "https://example.org/a b", "url"},
	{"source_url", "https://", "url"},
	{"source_url", "https://user:word@example.org/", "url"},
	{"source_url", "https://exämple.org/", "url"},
	{"source_url", "https://example.org/\"onload=x", "url"},
	{"source_url", "https://example.org/<script>", "url"},
	{"source_url", "https://example.org/" + strings.Repeat("a", 1000), "url"},
	{"source_url", "https:///path", "url"},
	{"source_url", "https://example.org/%zz", "url"},
	{"source_url", "see report", "url"},
	{"source_title", "=HYPERLINK(\"https://example.org\")", "formula"},
	{"source_title", "@SUM(A1)", "formula"},
	{"source_title", "+44", "formula"},
	{"source_title", "a\tb", "text"},
	{"source_title", "a\nb", "text"},
	{"source_title", "a\rb", "text"},
	{"source_title", "a\x00b", "text"},
	{"source_title", "a\x1bb", "text"},
	{"source_page", "\u2066a", "text"},
	{"source_page", "a\u00adb", "text"},
	{"source_page", "a\ufeffb", "text"},
	{"source_page", "a\u2028b", "text"},
	{"note", strings.Repeat("ŵ", 1001), "text_length"},
	{"note", "a\ue000b", "text"},
	{"note", "a\U000e0041b", "text"},
	{"note", "a\u0085b", "text"},
	{"note", "a\ufdd0b", "text"}, {"note", "a\uffffb", "text"},
}

// malformedCells have one cell of a good file wrong.
func malformedCells() []malformed {
	var list []malformed
	for i, w := range wrongCells {
		column := w.column
		if w.rule == "order" {
			column = "benchmark_lowest"
			if w.column == "benchmark_highest" {
				column = "benchmark_average"
			}
		}
		list = append(list, malformed{fmt.Sprintf("cell %03d %s.csv", i, w.column),
			func() []byte { return csvOf(with(canonical(), 2, w.column, w.value)) }, w.rule, 2, column})
	}
	c := canonical()
	return append(
		list,
		malformed{
			"points above the maximum.csv",
			func() []byte { return csvOf(with(c, 3, "points", "37")) },
			"points",
			3,
			"points",
		},
		malformed{
			"a row twice.csv",
			func() []byte { return csvOf(append(canonical(), c[1])) },
			"row_duplicate",
			6,
			"measure",
		},
		malformed{"a row twice by alias.csv", func() []byte {
			return csvOf(append(canonical(), with(c, 2, "area", "Royal Borough of Greenwich")[1]))
		}, "row_duplicate", 6, "measure"},
		malformed{
			"a row that says nothing.csv",
			func() []byte { return csvOf(with(c, 4, "rating", "")) },
			"row_says_nothing",
			4,
			"measure",
		},
		malformed{
			"fractions.csv",
			func() []byte { return csvOf(with(c, 2, "score_percent", "0.62", 5, "score_percent", "0.575")) },
			"percent_fraction",
			2,
			"score_percent",
		},
	)
}

// malformedIndicators have one cell of a good file of indicators wrong.
func malformedIndicators() []malformed {
	wrong := []struct{ column, value, rule, found string }{
		{"area", "Narnia", "area_unknown", ""},
		{"area", "", "required", ""},
		{"indicator", "Reoffending", "indicator", ""},
		{"indicator", "", "required", ""},
		{"period_start", "2018", "date_precision", ""},
		{"period_start", "2018-04", "date_precision", ""},
		{"period_start", "", "required", ""},
		{"period_start", "01/04/2018", "date_ambiguous", ""},
		{"period_end", "2018-03-31", "date_order", ""},
		{"period_end", "Q1 2018", "date", ""},
		{"value", "", "required", ""},
		{"value", "-1", "negative", ""},
		{"value", "1,670", "decimal", ""},
		{"value", "34.3%", "decimal", ""},
		{"value", "NaN", "decimal", ""},
		{"value", "1e3", "decimal", ""},
		{"value", "1234567890123", "decimal", ""},
		{"value", "0.0000000001", "decimal", ""},
		{"value", "*", "decimal", ""},
		{"value", "~", "decimal", ""},
		{"value", "£5", "decimal", ""},
		{"value", "−1", "decimal", ""},
		{"value", "-0", "negative", ""},
		{"value", "20", "order", "lower"},
		{"value", "40", "order", "value"},
		{"lower", "39", "order", "lower"},
		{"upper", "x", "decimal", ""},
		{"numerator", "1 670", "decimal", ""},
		{"denominator", "-4862", "negative", ""},
		{"source_url", "www.gov.uk", "url", ""},
		{"note", "a\u200eb", "text", ""},
	}
	var list []malformed
	for i, w := range wrong {
		column := w.column
		if w.found != "" {
			column = w.found
		}
		list = append(list, malformed{fmt.Sprintf("indicators %03d %s.csv", i, w.column),
			func() []byte { return csvOf(with(canonicalIndicators(), 2, w.column, w.value)) }, w.rule, 2, column})
	}
	c := canonicalIndicators()
	return append(list, malformed{
		"indicators twice.csv",
		func() []byte { return csvOf(append(canonicalIndicators(), c[1])) },
		"row_duplicate",
		4,
		"indicator",
	})
}
