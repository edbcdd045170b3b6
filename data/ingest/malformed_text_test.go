package ingest_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

func replaced(old, new string) func() []byte {
	return func() []byte {
		text := csvOf(canonical())
		if !bytes.Contains(text, []byte(old)) {
			panic("the canonical file has no " + old)
		}
		return bytes.Replace(text, []byte(old), []byte(new), 1)
	}
}

func given(content string) func() []byte { return func() []byte { return []byte(content) } }

// malformedHeaders have a first line that is no header of results.
func malformedHeaders() []malformed {
	header := func(column, name string) func() []byte {
		return func() []byte { return csvOf(with(canonical(), 1, column, name)) }
	}
	without := func(column string) func() []byte {
		return func() []byte {
			rows := canonical()
			for i, name := range rows[0] {
				if name == column {
					for j := range rows {
						rows[j] = append(append([]string(nil), rows[j][:i]...), rows[j][i+1:]...)
					}
				}
			}
			return csvOf(rows)
		}
	}
	return []malformed{
		{"unknown column.csv", header("note", "remarks"), "header_unknown", 1, "remarks"},
		{"capital column.csv", header("area", "Area"), "header_unknown", 1, "Area"},
		{"capital column, missing.csv", header("area", "Area"), "header_missing", 1, "area"},
		{"column with a space.csv", header("score_percent", "score percent"), "header_unknown", 1, "score percent"},
		{"column with a zero width space.csv", header("note", "note\u200b"), "header_unknown", 1, ""},
		{"blank column.csv", header("note", ""), "header_unknown", 1, "R"},
		{"duplicate column.csv", header("note", "comment"), "header_duplicate", 1, "comment"},
		{"duplicate by spaces.csv", header("note", " comment "), "header_duplicate", 1, "comment"},
		{"no area.csv", without("area"), "header_missing", 1, "area"},
		{"no programme.csv", without("programme"), "header_missing", 1, "programme"},
		{"no measure.csv", without("measure"), "header_missing", 1, "measure"},
		{"no source.csv", without("source_url"), "header_missing", 1, "source_url"},
		{"no header.csv", func() []byte { return csvOf(canonical()[1:]) }, "header_missing", 1, ""},
		{"header alone.csv", func() []byte { return csvOf(canonical()[:1]) }, "empty", 0, ""},
		{
			"a title first.csv",
			func() []byte { return append([]byte("Results of 2012\n"), csvOf(canonical())...) },
			"header_missing",
			1,
			"",
		},
		{"sixty-five columns.csv", given("area" + strings.Repeat(",x", 64) + "\n"), "columns_limit", 1, ""},
		{"a million columns.csv", given("area" + strings.Repeat(",x", 1_000_000) + "\n"), "columns_limit", 1, ""},
		{"html.csv", given("<!DOCTYPE html><html><body>Error, not found</body></html>"), "header_missing", 1, ""},
		{"json.csv", given(`[{"area":"greenwich","programme":"cci"}]`), "quote", 1, ""},
	}
}

// malformedText are no CSV, or not as the import has it.
func malformedText() []malformed {
	text := string(csvOf(canonical()))
	return slices.Concat(malformedBytes(text), malformedQuotes(text), malformedRows(text))
}

func malformedBytes(text string) []malformed {
	utf16Without := func() []byte { return utf16Of([]byte(text), false)[2:] }
	long := func(field string) func() []byte { return func() []byte { return []byte(text + field) } }
	return []malformed{
		{"empty.csv", given(""), "empty", 0, ""},
		{"a mark alone.csv", given("\xef\xbb\xbf"), "empty", 0, ""},
		{"line ends alone.csv", given("\n\n\n"), "empty", 0, ""},
		{"utf-16 mark alone.csv", given("\xff\xfe"), "empty", 0, ""},
		{"results.txt", given(text), "format", 0, ""},
		{"results.xls", given(text), "format", 0, ""},
		{"results.csv.gz", given("\x1f\x8b\x08\x00"), "format", 0, ""},
		{"results", given(text), "format", 0, ""},
		{"a book as text.csv", func() []byte { return bookOf(canonical()) }, "format", 0, ""},
		{"old excel.csv", given("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "format", 0, ""},
		{"gzip.csv", given("\x1f\x8b\x08\x00\x00\x00"), "encoding", 0, ""},
		{"too large.csv", func() []byte { return make([]byte, 256<<20+1) }, "file_size", 0, ""},
		{"zeros.csv", func() []byte { return make([]byte, 64<<20) }, "encoding", 0, ""},
		{"utf-16 without a mark.csv", utf16Without, "encoding", 0, ""},
		{
			"utf-16 cut short.csv",
			func() []byte { b := utf16Of([]byte(text), false); return b[:len(b)-1] },
			"encoding",
			0,
			"",
		},
		{"utf-16 half a pair.csv", func() []byte {
			return bytes.Replace(utf16Of([]byte(text), false), []byte{'4', 0, ','}, []byte{0x3d, 0xd8, ','}, 1)
		}, "encoding", 2, "source_page"},
		{
			"utf-16 line ends of old.csv",
			func() []byte { return utf16Of([]byte(strings.ReplaceAll(text, "\n", "\r")), true) },
			"line_ends",
			1,
			"",
		},
		{"utf-32.csv", given("\xff\xfe\x00\x00a\x00\x00\x00"), "encoding", 0, ""},
		{"utf-32 big.csv", given("\x00\x00\xfe\xff\x00\x00\x00a"), "encoding", 0, ""},
		{"two marks.csv", given("\xef\xbb\xbf\xef\xbb\xbf" + text), "header_unknown", 1, ""},
		{"windows-1252.csv", replaced("Môn", "M\xf4n"), "encoding", 5, "note"},
		{"windows-1252 in a header.csv", replaced("note", "n\xf4te"), "header_unknown", 1, ""},
		{
			"windows-1252 in an area.csv",
			replaced("gwynedd-and-ynys-mon", "Gwynedd and Ynys M\xf4n"),
			"encoding",
			5,
			"area",
		},
		{"windows-1252 in a programme.csv", replaced(",fji,", ",fj\xef,"), "encoding", 5, "programme"},
		{"overlong.csv", replaced("Caerdydd", "\xc0\xaf"), "encoding", 4, "source_title"},
		{"surrogate.csv", replaced("Caerdydd", "\xed\xa0\x80"), "encoding", 4, "source_title"},
		{"nul.csv", replaced("Caerdydd", "Caer\x00dydd"), "text", 4, "source_title"},
		{"old line ends.csv", given(strings.ReplaceAll(text, "\n", "\r")), "line_ends", 1, ""},
		{"one old line end.csv", replaced("Caerdydd", "Caer\rdydd"), "text", 4, "source_title"},
		{"an unclosed quote of 60 MiB.csv", long(`"` + strings.Repeat("a", 60<<20)), "cell_size", 6, ""},
		{"an unclosed quote over lines.csv", long(`greenwich,"` + strings.Repeat("a\n", 40_000)), "quote", 6, ""},
		{"an unclosed quote over many lines.csv", long(`greenwich,"` + strings.Repeat("a\n", 4_000_000)), "cell_size", 6, ""},
		{"a cell of a mebibyte.csv", long(strings.Repeat("a", 1<<20)), "cell_size", 6, ""},
		{"thirty million commas.csv", long(strings.Repeat(",", 30<<20)), "columns_limit", 6, ""},
		{"forms and feeds.csv", given("\x0c\x0c\x0c"), "header_unknown", 1, ""},
		{"a picture.csv", given("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "header_unknown", 1, ""},
	}
}

func malformedQuotes(text string) []malformed {
	return []malformed{
		{"semicolons.csv", given(strings.ReplaceAll(text, ",", ";")), "separator", 1, ""},
		{"tabs.csv", given(strings.ReplaceAll(text, ",", "\t")), "separator", 1, ""},
		{"bars.csv", given(strings.ReplaceAll(text, ",", "|")), "separator", 1, ""},
		{"a cell too few.csv", replaced(",Caerdydd,,\n", ",Caerdydd,\n"), "ragged_row", 4, "note"},
		{"a cell too many.csv", replaced(",Caerdydd,,\n", ",Caerdydd,,,\n"), "ragged_row", 4, ""},
		{"a comma not quoted.csv", replaced(",Caerdydd,", ",Caerdydd, Cymru,"), "ragged_row", 4, ""},
		{"a word alone.csv", given(text + "end\n"), "ragged_row", 6, "programme"},
		{"a total.csv", given(text + "Total,,,,\n"), "ragged_row", 6, ""},
		{"a bare quote.csv", replaced("Caerdydd", `Caer"dydd`), "quote", 4, "source_title"},
		{"a bare quote and more.csv", func() []byte {
			return bytes.Replace(replaced("Caerdydd", `Caer"dydd`)(), []byte("57.5"), []byte("575"), 1)
		}, "percent", 5, "score_percent"},
		{"a quote after a value.csv", replaced("Caerdydd", `"Caer" dydd`), "quote", 4, "source_title"},
		{"an unclosed quote.csv", replaced("Caerdydd", `"Caerdydd`), "quote", 4, "source_title"},
		{"single quotes.csv", replaced("Caerdydd", `'Caerdydd, Cymru'`), "ragged_row", 4, ""},
		{"a blank line.csv", replaced("\ncardiff", "\n\ncardiff"), "blank_row", 4, ""},
		{"a blank line of crlf.csv", func() []byte {
			return bytes.ReplaceAll(replaced("\ncardiff", "\n\ncardiff")(), []byte("\n"), []byte("\r\n"))
		}, "blank_row", 4, ""},
		{"a blank line at the end.csv", given(text + "\n"), "blank_row", 6, ""},
		{"a blank line at the start.csv", given("\n" + text), "blank_row", 1, ""},
		{"a row of blank cells.csv", given(text + strings.Repeat(",", 17) + "\n"), "blank_row", 6, ""},
		{"a row of spaces.csv", given(text + strings.Repeat(" ,", 17) + "\u00a0\n"), "blank_row", 6, ""},
		{"the header again.csv", given(text + strings.SplitAfter(text, "\n")[0]), "area_unknown", 6, "area"},
	}
}

func malformedRows(text string) []malformed {
	row := strings.SplitAfter(text, "\n")[3]
	many := func(n int, line string) func() []byte {
		return func() []byte { return []byte(text + strings.Repeat(line, n)) }
	}
	return []malformed{
		{"too many rows.csv", many(30_000, row), "rows_limit", 30_002, ""},
		{"a million lines.csv", many(1_000_000, "\n"), "blank_row", 6, ""},
		{"a million words.csv", many(1_000_000, "a\n"), "findings_limit", 50_005, ""},
		{"a million blank rows.csv", many(1_000_000, strings.Repeat(",", 17)+"\n"), "rows_limit", 30_002, ""},
		{"twenty thousand unknown areas.csv", func() []byte {
			var b strings.Builder
			b.WriteString("area,programme,measure,source_url,rating\n")
			for i := range 30_000 {
				fmt.Fprintf(&b,
					"An area of a long and winding name that is number %d,cci,overall,https://example.org/,good\n", i)
			}
			return []byte(b.String())
		}, "area_unknown", 2, "area"},
		{"indicators of a million mistakes.csv", func() []byte {
			return []byte(
				"area,indicator,period_start,period_end,value,source_url\n" + strings.Repeat("a,b,c,d,e,f\n",
					1_000_000),
			)
		}, "decimal", 2, "value"},
	}
}
