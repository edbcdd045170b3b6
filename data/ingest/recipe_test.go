package ingest_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yardstick/analytics"
	"yardstick/data/finding"
	"yardstick/data/ingest"
)

// All figures here are synthetic: no statistician published any of them.

// authorities are places on another level than areas.
var authorities = ingest.AreasOf([]analytics.Area{
	{ID: "leicester", Name: analytics.Name{EN: "Leicester"}},
	{ID: "cardiff", Name: analytics.Name{EN: "Cardiff"}},
})

var withAuthorities = ingest.Known{Areas: register, Places: func(level string) *ingest.Names {
	if level == "authority" {
		return authorities
	}
	return nil
}}

// yearsAcross is a sheet with a title, a header of two rows, years across, totals and notes.
var yearsAcross = [][]any{
	{"Table 4: Reoffending by youth justice service (synthetic)"},
	{},
	{"Youth justice service", "Region", "2018/19", nil, nil, "2019/20"},
	{nil, nil, "Cohort", "Reoffenders", "Rate (%)", "Cohort", "Reoffenders", "Rate (%)"},
	{"London"},
	{"Greenwich YOT [note 2]", "London", 1200, 460, 38.333333333333336, 80, 30, 37.5},
	{"Barking & Dagenham", "London", "1,210", "363", "30.0 [r]", "*", "*", "*"},
	{"Total London", nil, 2410, 823, 34.1, 80, 30, 37.5},
	{"Caerdydd", "Wales", 99, 33, 33.33, 100, 25, 25},
	{"Source: made up"},
	{"Nowhere", "Nowhere", 1, 1, 1},
}

func shipped(t *testing.T, name string, fields map[string]string) *ingest.Recipe {
	t.Helper()
	text, err := ingest.SetFields(ingest.ShippedRecipes()[name], fields)
	if err != nil {
		t.Fatal(err)
	}
	return parsed(t, string(text))
}

func parsed(t *testing.T, text string) *ingest.Recipe {
	t.Helper()
	recipe, err := ingest.ParseRecipe("r.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return recipe
}

func xlsx(t *testing.T, sheets map[string][][]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for name, rows := range sheets {
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for n, row := range rows {
			if err := book.SetSheetRow(name, fmt.Sprintf("A%d", n+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := book.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// ods is an OpenDocument workbook of sheets.
func ods(sheets map[string][][]any) []byte {
	var tables strings.Builder
	for name, rows := range sheets {
		var texts [][]string
		for _, row := range rows {
			var cells []string
			for _, value := range row {
				switch value := value.(type) {
				case nil:
					cells = append(cells, "")
				case string:
					cells = append(cells, value)
				default:
					cells = append(cells, odsValue("float", fmt.Sprint(value), ""))
				}
			}
			texts = append(texts, cells)
		}
		tables.WriteString(odsSheet(name, texts, ""))
	}
	return zipOf(odsParts(tables.String(), ""))
}

func sheetAsCSV(rows [][]any) []byte {
	var out strings.Builder
	for _, row := range rows {
		for n, value := range row {
			if n > 0 {
				out.WriteByte(',')
			}
			if value != nil {
				fmt.Fprintf(&out, "\"%v\"", value)
			}
		}
		out.WriteByte('\n')
	}
	return []byte(out.String())
}

// observed reads observations by a recipe, a line each.
func observed(recipe *ingest.Recipe, name string, content []byte) ([]string, ingest.File, ingest.Findings) {
	var rows []string
	file, findings := ingest.ReadRecipe(recipe, name, content, withAuthorities,
		ingest.Rows{Observation: func(o ingest.Observation) {
			text := fmt.Sprintf("%s %s %s %s..%s %v", o.Level, o.Area, o.Indicator, o.PeriodStart, o.PeriodEnd, o.Value)
			if o.Numerator != nil && o.Denominator != nil {
				text += fmt.Sprintf(" = %v/%v", *o.Numerator, *o.Denominator)
			}
			rows = append(rows, text)
		}})
	return rows, file, findings
}

// TestYearsAcross reads one sheet as XLSX, ODS and CSV, by a shipped recipe.
func TestYearsAcross(t *testing.T) {
	recipe := shipped(t, "reoffending-years-across", map[string]string{"source_url": "https://example.test/table-4"})
	sheets := map[string][][]any{"Cover": {{"Contents"}}, "Table 4 Reoffending": yearsAcross}
	want := []string{"area greenwich reoffending_rate_percent 2018-04-01..2019-03-31 38.3 = 460/1200",
		"area greenwich reoffending_rate_percent 2019-04-01..2020-03-31 37.5 = 30/80",
		"area barking-and-dagenham reoffending_rate_percent 2018-04-01..2019-03-31 30 = 363/1210",
		"area cardiff reoffending_rate_percent 2018-04-01..2019-03-31 33.3 = 33/99",
		"area cardiff reoffending_rate_percent 2019-04-01..2020-03-31 25 = 25/100"}
	for name, content := range map[string][]byte{
		"a.xlsx": xlsx(t, sheets), "a.ods": ods(sheets), "a.csv": sheetAsCSV(yearsAcross),
	} {
		got, file, findings := observed(recipe, name, content)
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n%s\nfindings %v", name, strings.Join(got, "\n"), findings.Listed)
		}
		if file.Kind != ingest.KindIndicators || file.Rows != 5 || file.Left != (ingest.Left{Rows: 2, Missing: 1}) {
			t.Errorf("%s: %+v", name, file)
		}
	}
}

// TestFindingsNameTheCell holds a finding to the cell that its value came from.
func TestFindingsNameTheCell(t *testing.T) {
	rows := slices.Clone(yearsAcross)
	rows[5] = []any{"Grenwich", "London", 1200, 460, 38.3, 80, 30, "thirty"}
	recipe := shipped(t, "reoffending-years-across", map[string]string{"source_url": "https://example.test/table-4"})
	for name, content := range map[string][]byte{
		"a.xlsx": xlsx(t, map[string][][]any{"4 Reoffending": rows}),
		"a.ods":  ods(map[string][][]any{"4 Reoffending": rows}),
	} {
		got, _, findings := observed(recipe, name, content)
		if len(got) > 0 || !findings.Refused() {
			t.Errorf("%s: taken: %q", name, got)
		}
		text := fmt.Sprint(findings.Listed)
		for _, want := range []string{
			name + `#4 Reoffending:6:area: area_unknown: "Grenwich" in cell 4 Reoffending!A6 is no area of the register; perhaps greenwich`,
			name + `#4 Reoffending:6:value: decimal: "thirty" in cell 4 Reoffending!H6 is not a plain number`,
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no finding %s in\n%s", name, want, text)
			}
		}
	}
}

// TestLongSheet reads one row a place, age group and cohort, of which each gives two.
func TestLongSheet(t *testing.T) {
	recipe := shipped(t, "reoffending-long", map[string]string{"source_url": "https://example.test/tool"})
	content := xlsx(t, map[string][][]any{"Data": {
		{"Geographical data (synthetic)"},
		{"Geography", "Category", "Adult / Juvenile", "Cohort", "Number of offenders", "Number of reoffenders"},
		{"Leicester [1]", "Local Authority", "Juvenile", "Apr 2019 - Mar 2020", "1,230", 410},
		{"Leicester", "Local Authority", "Adult", "Apr 2019 - Mar 2020", 4000, 1200},
		{"Cardiff", "Local Authority", "Juvenile", "Jan 2020 – Mar 2020", 40, "[c]"},
		{"England", "Country", "Juvenile", "Apr 2019 - Mar 2020", 9000, 3000},
	}})
	got, file, findings := observed(recipe, "tool.xlsx", content)
	want := []string{"authority leicester cohort_size 2019-04-01..2020-03-31 1230",
		"authority leicester reoffenders 2019-04-01..2020-03-31 410",
		"authority cardiff cohort_size 2020-01-01..2020-03-31 40"}
	if !slices.Equal(got, want) || file.Left != (ingest.Left{Rows: 2, Missing: 1}) {
		t.Errorf("%q %+v\n%v", got, file.Left, findings.Listed)
	}
}

// TestRatingsAnnex reads ratings with the standards across.
func TestRatingsAnnex(t *testing.T) {
	recipe := shipped(t, "ratings-annex", map[string]string{
		"source_url": "https://example.test/annex", "publication_date": "2023",
	})
	var got []string
	content := []byte("Annex (synthetic)\nService,Overall rating,1.1 Governance,2.1 Assessment\n" +
		"Greenwich YJS,RI,Good [2],Outstanding\nCardiff,G,n/a,I*\n")
	_, findings := ingest.ReadRecipe(recipe, "annex.csv", content, withAuthorities,
		ingest.Rows{Result: func(r ingest.Result) {
			got = append(got, strings.Join([]string{r.Area, r.Programme, r.Measure, r.Rating, r.Published.String()}, " "))
		}})
	want := []string{"greenwich yj2018 overall requires_improvement 2023",
		"greenwich yj2018 governance_and_leadership good 2023", "greenwich yj2018 court_assessment outstanding 2023",
		"cardiff yj2018 overall good 2023", "cardiff yj2018 court_assessment inadequate 2023"}
	if !slices.Equal(got, want) {
		t.Errorf("%q\n%v", got, findings.Listed)
	}
}

// TestSheetsAsTheyAre reads sheets with formulas, merged cells, hidden rows and titles, which an import of our own
// format refuses.
func TestSheetsAsTheyAre(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	do := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	do(book.SetCellValue("Sheet1", "A1", "Children cautioned or sentenced, year ending March 2021 (synthetic)"))
	do(book.MergeCell("Sheet1", "A1", "D1"))
	do(book.SetSheetRow("Sheet1", "A3", &[]any{"Group", "Service", "Children", "Share"}))
	do(book.SetSheetRow("Sheet1", "A4", &[]any{"North", "Greenwich", 12, 0.256}))
	do(book.SetSheetRow("Sheet1", "A5", &[]any{nil, "St. Helens", 3, 0.04}))
	style, err := book.NewStyle(&excelize.Style{NumFmt: 10})
	do(err)
	do(book.SetCellStyle("Sheet1", "D4", "D5", style))
	do(book.SetRowVisible("Sheet1", 5, false))
	var out bytes.Buffer
	do(book.Write(&out))
	recipe := parsed(t, `
[sheet]
header_row = 3
fill_down = ["Group"]
[[only]]
column = "{Group}"
matching = "North"
[parts]
"@A1" = 'year ending (?P<month>\w+) (?P<year>\d{4})'
[fields]
area = "{#B}"
indicator = "fte_count"
period_start = "{year-1}-04-01"
period_end = "{year}-03-31"
value = "{Share}"
note = "{Children} children, {month}"
source_url = "https://example.test/sheet"
[remove]
value = ["%$"]
[numbers.value]
times = "10"
decimals = 0
`)
	got, file, findings := observed(recipe, "b.xlsx", out.Bytes())
	want := []string{"area greenwich fte_count 2020-04-01..2021-03-31 256",
		"area st-helens fte_count 2020-04-01..2021-03-31 40"}
	if !slices.Equal(got, want) || file.Sheet != "Sheet1" {
		t.Errorf("%q %+v\n%v", got, file, findings.Listed)
	}
}

// TestRecipeFindings lists what is wrong with a recipe, or with a sheet under it.
func TestRecipeFindings(t *testing.T) {
	const fields = `
area = "{Service}"
indicator = "fte_count"
period_start = "2020-04-01"
period_end = "2021-03-31"
value = "{Number}"
source_url = "https://example.test"
`
	for _, c := range []struct{ name, recipe, sheet, want string }{
		{"not TOML", "[sheet", "", "r.toml:1:"},
		{"unknown key", "[sheet]\nheader_row = 1\nhaeder = 2\n[fields]" + fields, "", "sheet.haeder: recipe: is not part"},
		{"unknown field", "[sheet]\nheader_row = 1\n[fields]\nvalu = \"1\"" + fields, "",
			"fields.valu: recipe: is not a column"},
		{"no header", "[fields]" + fields, "", "sheet: recipe: needs one of header_row and header_cell"},
		{"missing field", "[sheet]\nheader_row = 1\n[fields]\narea = \"{A}\"", "", "fields.value: recipe: is missing"},
		{"expression", "[sheet]\nheader_row = 1\nuntil = \"(\"\n[fields]" + fields, "", "missing closing"},
		{"brace", "[sheet]\nheader_row = 1\n[fields]\nnote = \"{A\"" + fields, "", "does not close a brace"},
		{"no such lookup", "[sheet]\nheader_row = 1\n[fields]\nnote = \"{A|b}\"" + fields, "",
			"is none of the recipe's lookups"},
		{"cell without across", "[sheet]\nheader_row = 1\n[fields]\nnote = \"{cell}\"" + fields, "", "there is no [across]"},
		{"number", "[sheet]\nheader_row = 1\n[numbers.value]\ntimes = \"ten\"\n[fields]" + fields, "", "is no number"},
		{"no such column", "[sheet]\nheader_row = 1\n[fields]" + fields, "Service,Count\nCardiff,1\n",
			`a.csv:1:fields.value: recipe_column: "Number" is not a column of the header in row 1; name one of Service, Count`},
		{"two of a name", "[sheet]\nheader_row = 1\n[fields]" + fields, "Service,Number,Number\nCardiff,1,2\n",
			"names two columns of the header in row 1"},
		{"no such header", "[sheet]\nheader_cell = \"Area\"\n[fields]" + fields, "Service,Number\nCardiff,1\n",
			"a.csv:0:: header_missing: has no header"},
		{"nothing taken", "[sheet]\nheader_row = 1\n[[skip]]\ncolumn = \"{Service}\"\nmatching = \".\"\n[fields]" + fields,
			"Service,Number\nCardiff,1\n", "has no rows below the header"},
		{"lookup fails", "[sheet]\nheader_row = 1\n[lookup.l]\na = \"b\"\n[fields]\nnote = \"{Service|l}\"" + fields,
			"Service,Number\nCardiff,1\n", `a.csv:2:note: recipe_lookup: "Cardiff" in cell A2 is not in the recipe's lookup l`},
		{"no column across", "[sheet]\nheader_row = 1\n[across]\ncolumns = \"^20\"\n[fields]" + fields,
			"Service,Number\nCardiff,1\n", `a.csv:1:across.columns: recipe_column: "^20" matches no column`},
	} {
		t.Run(c.name, func(t *testing.T) {
			recipe, err := ingest.ParseRecipe("r.toml", []byte(c.recipe))
			if refused, ok := errors.AsType[*finding.Error](err); ok {
				if c.sheet != "" || !strings.Contains(fmt.Sprint(refused.Findings), c.want) {
					t.Errorf("%v", err)
				}
				return
			}
			_, _, findings := observed(recipe, "a.csv", []byte(c.sheet))
			if c.sheet == "" || !strings.Contains(fmt.Sprint(findings.Listed), c.want) {
				t.Errorf("%v", findings.Listed)
			}
		})
	}
}

// TestSheetChosen holds the choice of a sheet to what the recipe names.
func TestSheetChosen(t *testing.T) {
	recipe := shipped(t, "reoffending-years-across", map[string]string{"source_url": "https://example.test"})
	_, _, findings := observed(recipe, "a.xlsx", xlsx(t, map[string][][]any{
		"4a Reoffending": yearsAcross, "4b Reoffending": yearsAcross,
	}))
	if text := fmt.Sprint(findings.Listed); !strings.Contains(text, "several sheets") {
		t.Error(text)
	}
	_, _, findings = observed(recipe, "a.ods", ods(map[string][][]any{"Custody": yearsAcross}))
	if text := fmt.Sprint(findings.Listed); !strings.Contains(text, "no sheet that the recipe means") {
		t.Error(text)
	}
}

// FuzzRecipe reads made-up CSV under a recipe: it never panics, and gives no row that it also refuses.
func FuzzRecipe(f *testing.F) {
	for _, text := range ingest.ShippedRecipes() {
		f.Add(sheetAsCSV(yearsAcross), string(text))
	}
	f.Add([]byte("a,b\n1,2\n"), "[sheet]\nheader_row=1\n[fields]\narea=\"{a}\"\n")
	f.Fuzz(func(t *testing.T, content []byte, text string) {
		recipe, err := ingest.ParseRecipe("r.toml", []byte(text))
		if err != nil {
			return
		}
		file, findings := ingest.ReadRecipe(recipe, "a.csv", content, withAuthorities, ingest.Rows{})
		if findings.Refused() && file.Rows > 0 {
			t.Errorf("refused with %d rows", file.Rows)
		}
	})
}
