package ingest_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"math"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"yardstick/analytics"
	"yardstick/data/ingest"
)

func TestResultsAreRead(t *testing.T) {
	batch, findings := readResults("results.csv", csvOf(canonical()), register)
	if findings.Total > 0 {
		t.Fatalf("findings: %+v", findings)
	}
	want := resultFile{File: "results.csv", Rows: []ingest.Result{
		{
			Line:      2,
			Area:      "greenwich",
			Programme: "cci",
			Measure:   "safeguarding",
			Fieldwork: analytics.PartialDate{Year: 2012, Month: 2},
			Published: analytics.PartialDate{
				Year:  2012,
				Month: 6,
				Day:   13,
			},
			Cases:       new(62),
			Percent:     new(62.0),
			Comment:     "moderate",
			Lowest:      new(37.0),
			Highest:     new(91.0),
			Average:     new(68.0),
			SourceURL:   "https://example.org/a",
			SourceTitle: "Core case inspection, Greenwich",
			SourcePage:  "4",
			Note:        `so "seen"`,
		},
		{
			Line:      3,
			Area:      "barking-and-dagenham",
			Programme: "yj2018",
			Measure:   "overall",
			Fieldwork: analytics.PartialDate{Year: 2018, Month: 9},
			Published: analytics.PartialDate{
				Year:  2018,
				Month: 12,
			},
			Rating:    "requires_improvement",
			Points:    new(14),
			PointsMax: new(36),
			SourceURL: "https://example.org/b?x=1&y=2",
		},
		{
			Line:        4,
			Area:        "cardiff",
			Programme:   "yj2018",
			Measure:     "overall",
			Published:   analytics.PartialDate{Year: 2020},
			Rating:      "good",
			SourceURL:   "https://example.org/c",
			SourceTitle: "Caerdydd",
		},
		{
			Line:      5,
			Area:      "gwynedd-and-ynys-mon",
			Programme: "fji",
			Measure:   "governance",
			Percent:   new(57.5),
			Comment:   "minimum",
			Rating:    "very_good",
			Points:    new(0),
			PointsMax: new(3),
			SourceURL: "https://example.org/d",
			Note:      "Gwynedd ac Ynys Môn",
		},
	}}
	if diff := cmp.Diff(want, batch); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
}

func TestIndicatorsAreRead(t *testing.T) {
	series, findings := readIndicators("indicators.csv", csvOf(canonicalIndicators()), register)
	if findings.Total > 0 {
		t.Fatalf("findings: %+v", findings)
	}
	start, end := analytics.PartialDate{
		Year:  2018,
		Month: 4,
		Day:   1,
	}, analytics.PartialDate{
		Year:  2019,
		Month: 3,
		Day:   31,
	}
	want := indicatorFile{File: "indicators.csv", Rows: []ingest.Observation{
		{
			Line:        2,
			Area:        "cardiff",
			Level:       "area",
			Indicator:   "reoffending_rate_percent",
			PeriodStart: start,
			PeriodEnd:   end,
			Value:       34.3,
			Lower:       new(30.1),
			Upper:       new(38.6),
			Numerator:   new(1670.0),
			Denominator: new(4862.0),
			SourceURL:   "https://example.org/a",
		},
		{
			Line:        3,
			Area:        "dorset",
			Level:       "area",
			Indicator:   "custody_rate_per_1000",
			PeriodStart: start,
			PeriodEnd:   end,
			Value:       0.25,
			SourceURL:   "https://example.org/b",
			Note:        "rounded",
		},
	}}
	if diff := cmp.Diff(want, series); diff != "" {
		t.Errorf("indicators (-want +got):\n%s", diff)
	}
}

func utf16Of(text []byte, bigEndian bool) []byte {
	var b bytes.Buffer
	for _, unit := range append([]uint16{0xfeff}, utf16.Encode([]rune(string(text)))...) {
		if bigEndian {
			b.Write([]byte{byte(unit >> 8), byte(unit)})
		} else {
			b.Write([]byte{byte(unit), byte(unit >> 8)})
		}
	}
	return b.Bytes()
}

func reversed(rows [][]string) [][]string {
	out := with(rows)
	for _, row := range out {
		for i := range len(row) / 2 {
			row[i], row[len(row)-1-i] = row[len(row)-1-i], row[i]
		}
	}
	return out
}

// quoted puts every cell in quotes.
func quoted(rows [][]string) []byte {
	var b strings.Builder
	for _, row := range rows {
		for i, text := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(text, `"`, `""`) + `"`)
		}
		b.WriteByte('\n')
	}
	return []byte(b.String())
}

// styled sets a number with a format.
func styled(line int, column string, value float64, format string) func(*excelize.File) {
	return func(f *excelize.File) {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		must(err)
		must(f.SetCellValue("Sheet1", cellOf(line, column), value))
		must(f.SetCellStyle("Sheet1", cellOf(line, column), cellOf(line, column), style))
	}
}

// rewritten is a workbook with one text of its sheets in the place of another.
func rewritten(book []byte, old, now string) []byte {
	archive, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	must(err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	changed := 0
	for _, entry := range archive.File {
		from, err := entry.Open()
		must(err)
		text, err := io.ReadAll(from)
		must(err)
		if strings.HasPrefix(entry.Name, "xl/worksheets/") || entry.Name == "xl/sharedStrings.xml" {
			changed += bytes.Count(text, []byte(old))
			text = bytes.ReplaceAll(text, []byte(old), []byte(now))
		}
		to, err := w.Create(entry.Name)
		must(err)
		_, err = to.Write(text)
		must(err)
	}
	must(w.Close())
	if changed != 1 {
		panic(fmt.Sprintf("%q stands %d times in the workbook", old, changed))
	}
	return out.Bytes()
}

func goodVariants() map[string][]byte {
	c := canonical()
	text := csvOf(c)
	edit := func(changes ...any) []byte { return csvOf(with(c, changes...)) }
	return map[string][]byte{
		"byte order mark.csv":  append([]byte("\xef\xbb\xbf"), text...),
		"crlf.csv":             bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")),
		"utf-16 little.csv":    utf16Of(text, false),
		"utf-16 big.csv":       utf16Of(text, true),
		"utf-16 crlf.csv":      utf16Of(bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")), false),
		"no last line end.csv": bytes.TrimSuffix(text, []byte("\n")),
		"upper case name.CSV":  text,
		"columns reversed.csv": csvOf(reversed(c)),
		"all quoted.csv":       quoted(c),
		"spaces around.csv":    bytes.ReplaceAll(text, []byte(",good,"), []byte(",  good ,")),
		"no-break spaces.csv": edit(1, "area", "\u00a0area", 2, "area", "greenwich\u00a0", 3, "score_percent",
			"\u00a0"),
		"alias.csv":             edit(2, "area", "Royal Borough of Greenwich"),
		"alias in capitals.csv": edit(2, "area", "ROYAL BOROUGH  OF GREENWICH"),
		"english names.csv": edit(2, "area", "Greenwich", 3, "area", "Barking and Dagenham", 5, "area",
			"Gwynedd and Ynys Mon"),
		"ampersand.csv":          edit(3, "area", "Barking & Dagenham"),
		"welsh names.csv":        edit(4, "area", "Caerdydd", 5, "area", "Gwynedd ac Ynys Môn"),
		"decomposed accents.csv": edit(5, "area", "Gwynedd ac Ynys Mo\u0302n"),
		"hyphens.csv":            edit(3, "area", "Barking–and–Dagenham"),
		"uk dates.csv":           edit(2, "publication_date", "13/06/2012"),
		"percent signs.csv": edit(2, "score_percent", "62%", 5, "score_percent", "57.50%", 2, "benchmark_lowest",
			"37.0%"),
		"words of ratings.csv": edit(3, "rating", "Requires improvement", 4, "rating", "GOOD", 5, "rating",
			"Very good"),
		"words of comments.csv":  edit(2, "comment", "MODERATE improvement required", 5, "comment", "Minimum"),
		"no-break in a note.csv": edit(5, "note", "Gwynedd\u00a0ac Ynys Môn"),
		"texts.xlsx":             bookOf(c),
		"by hand.xlsx":           zipOf(parts(sheetXML(c, "", ""))),
		"columns reversed.xlsx":  bookOf(reversed(c)),
		"numbers.xlsx": bookOf(c, styled(2, "score_percent", 62, "0"), styled(5, "score_percent", 57.5, "0.00"),
			styled(2, "cases_in_sample", 62, "General")),
		"percentages.xlsx": bookOf(c, styled(2, "score_percent", 0.62, "0%"), styled(5, "score_percent", 0.575, "0.0%"),
			styled(2, "benchmark_highest", 0.91, `0"%";0%`), styled(2, "benchmark_highest", 0.91, "0%")),
		"binary fraction.xlsx": bookOf(c, styled(5, "score_percent", math.Nextafter(0.575, 1), "0.0%")),
		"binary number.xlsx": rewritten(bookOf(c, styled(2, "score_percent", 62.25, "0.0")),
			"<v>62.25</v>", "<v>61.999999999999993</v>"), // as spreadsheets write it; excelize writes 15 digits
		"dates.xlsx": bookOf(c, styled(2, "publication_date", 41073, "dd/mm/yyyy"),
			styled(2, "fieldwork_month", 40940, "mmm-yy"), styled(4, "publication_date", 43831, "yyyy")),
		"dates of america.xlsx": bookOf(c, styled(2, "publication_date", 41073, "mm-dd-yy")),
		"long date.xlsx":        bookOf(c, styled(2, "publication_date", 41073, `[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`)),
		"blank rows after.xlsx": bookOf(c, func(f *excelize.File) { must(f.SetCellStr("Sheet1", "A9", " ")) }),
		"an empty sheet.xlsx":   bookOf(c, func(f *excelize.File) { _, err := f.NewSheet("Sheet2"); must(err) }),
		"hidden and empty.xlsx": bookOf(c,
			func(f *excelize.File) { _, err := f.NewSheet("S"); must(err); must(f.SetSheetVisible("S", false)) }),
		"types that no part has.xlsx": zipOf(parts(sheetXML(c, "", ""), part{"[Content_Types].xml",
			strings.Replace(parts("")[0].content, "<Override", `<Default Extension="bin" `+
				`ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Override`, 1)})),
		"another name.xlsx": bookOf(c, func(f *excelize.File) { must(f.SetSheetName("Sheet1", "Canlyniadau 2012")) }),
		"reading aid.xlsx":  rewritten(bookOf(c), "Caerdydd</t>", `Caerdydd</t><rPh sb="0" eb="1"><t>kerdith</t></rPh>`),
		"inline runs.xlsx": zipOf(parts(strings.Replace(sheetXML(c, "", ""), "<t>Caerdydd</t>",
			`<r><t>Caer</t></r><r><t>dydd</t></r><rPh sb="0" eb="1"><t>kerdith</t></rPh>`, 1))),
		"rich text.xlsx": bookOf(c, func(f *excelize.File) {
			must(f.SetCellRichText("Sheet1", cellOf(4, "source_title"),
				[]excelize.RichTextRun{{Text: "Caer"}, {Text: "dydd", Font: &excelize.Font{Bold: true}}}))
		}),
		"links.xlsx": bookOf(c, func(f *excelize.File) {
			must(f.SetCellHyperLink("Sheet1", cellOf(2, "source_url"), "https://example.org/a", "External"))
		}),
		"column widths.xlsx":     bookOf(c, func(f *excelize.File) { must(f.SetColWidth("Sheet1", "A", "R", 30)) }),
		"freeze and filter.xlsx": bookOf(c, func(f *excelize.File) { must(f.AutoFilter("Sheet1", "A1:R5", nil)) }),
	}
}

// However a file is written, what it says is the same.
func TestGoodVariantsReadTheSame(t *testing.T) {
	want := mustRead(t, "results.csv", csvOf(canonical()))
	variants := goodVariants()
	maps.Copy(variants, odsVariants())
	for name, content := range variants {
		rows, _, findings := read(name, content)
		if findings.Total > 0 {
			t.Errorf("%s: %v", name, findings.Listed)
			continue
		}
		if diff := cmp.Diff(want, rows, cmpopts.IgnoreFields(ingest.Result{}, "Line")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	t.Logf("%d good variants", len(variants))
}

func TestGoodIndicatorsReadTheSame(t *testing.T) {
	want := mustRead(t, "indicators.csv", csvOf(canonicalIndicators()))
	c := canonicalIndicators()
	for name, content := range map[string][]byte{
		"indicators bom.csv":    append([]byte("\xef\xbb\xbf"), csvOf(c)...),
		"indicators book.xlsx":  bookOf(c),
		"indicators uk.csv":     csvOf(with(c, 2, "period_end", "31/03/2019")),
		"indicators zeros.csv":  csvOf(with(c, 2, "value", "34.30", 3, "value", "0.250")),
		"indicators names.csv":  csvOf(with(c, 2, "area", "Caerdydd")),
		"indicators quoted.csv": quoted(c),
	} {
		if diff := cmp.Diff(want, mustRead(t, name, content),
			cmpopts.IgnoreFields(ingest.Observation{}, "Line")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
