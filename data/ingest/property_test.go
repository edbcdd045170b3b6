package ingest_test

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"yardstick/analytics"
	"yardstick/data/ingest"
)

// drawResult is any row that the import takes.
func drawResult(t *rapid.T, line int) ingest.Result {
	optional := func(label string, least, most int) *int {
		if !rapid.Bool().Draw(t, "has "+label) {
			return nil
		}
		return new(rapid.IntRange(least, most).Draw(t, label))
	}
	share := func(label string, least float64) *float64 {
		if !rapid.Bool().Draw(t, "has "+label) {
			return nil
		}
		return new(float64(rapid.IntRange(int(least*100), 10_000).Draw(t, label)) / 100)
	}
	text := func(label string) string {
		return rapid.StringMatching(`([A-Za-zâêîôûŵŷ"'(][A-Za-z0-9 ,;:"'().âêîôûŵŷ]{0,40}[a-z.")])?`).Draw(t,
			label)
	}
	r := ingest.Result{
		Line: line, Area: rapid.SampledFrom([]string{"greenwich", "cardiff", "st-helens", "dorset"}).Draw(t, "area"),
		Programme: rapid.StringMatching(`[a-z0-9]{1,8}`).Draw(t, "programme"), Measure: "m" + strconv.Itoa(line),
		Published: drawDate(t), Cases: optional("cases", 1, 999_999), Percent: share("percent", 1),
		Comment: rapid.SampledFrom([]string{"", "minimum", "moderate", "substantial", "drastic"}).Draw(t, "comment"),
		Rating:  rapid.StringMatching(`[a-z]{1,10}(_[a-z]{1,10}){0,3}`).Draw(t, "rating"),
		Lowest: share(
			"lowest",
			0,
		), SourceURL: rapid.StringMatching(`https?://[a-z]{1,9}\.org(/[a-zA-Z0-9~_=&?,;#-]{0,20})?`).Draw(t, "url"),
		SourceTitle: text("title"), SourcePage: text("page"), Note: text("note"),
	}
	if r.Points = optional("points", 0, 36); r.Points != nil {
		r.PointsMax = new(36)
	}
	if r.Lowest != nil {
		r.Average, r.Highest = r.Lowest, new(100.0)
	}
	return r
}

func drawDate(t *rapid.T) analytics.PartialDate {
	d := analytics.PartialDate{
		Year:  rapid.IntRange(1980, 2100).Draw(t, "year"),
		Month: 1,
		Day:   rapid.IntRange(1, 31).Draw(t, "day"),
	}
	switch rapid.SampledFrom([]string{"day", "month", "year", ""}).Draw(t, "precision") {
	case "":
		return analytics.PartialDate{}
	case "year":
		return analytics.PartialDate{Year: d.Year}
	case "month":
		return analytics.PartialDate{Year: d.Year, Month: 12}
	}
	return d
}

// render writes results as their import format has them.
func render(results []ingest.Result) [][]string {
	number := func(v *int) string {
		if v == nil {
			return ""
		}
		return strconv.Itoa(*v)
	}
	share := func(v *float64) string {
		if v == nil {
			return ""
		}
		return strconv.FormatFloat(*v, 'f', -1, 64)
	}
	rows := [][]string{resultHeader}
	for _, r := range results {
		rows = append(rows, []string{
			r.Area,
			r.Programme,
			r.Fieldwork.String(),
			r.Published.String(),
			number(r.Cases),
			r.Measure,
			share(r.Percent),
			r.Comment,
			r.Rating,
			number(r.Points),
			number(r.PointsMax),
			share(r.Lowest),
			share(r.Highest),
			share(r.Average),
			r.SourceURL,
			r.SourceTitle,
			r.SourcePage,
			r.Note,
		})
	}
	return rows
}

// What is written reads back the same, as text and as a workbook.
func TestWhatIsWrittenReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want []ingest.Result
		for line := range rapid.IntRange(1, 8).Draw(t, "rows") {
			want = append(want, drawResult(t, line+2))
		}
		files := map[string][]byte{
			"a.csv": csvOf(render(want)),
			"b.csv": quoted(render(want)),
			"c.csv": utf16Of(csvOf(render(want)), true),
		}
		if rapid.IntRange(0, 9).Draw(t, "as a workbook") == 0 {
			files["a.xlsx"] = bookOf(render(want))
			files["b.xlsx"] = zipOf(parts(sheetXML(render(want), "", "")))
		}
		for name, content := range files {
			batch, findings := readResults(name, content, register)
			for _, f := range findings.Listed {
				if f.Rule != "personal" { // which chance may spell
					t.Fatalf("%s: %v", name, f)
				}
			}
			if diff := cmp.Diff(want, batch.Rows); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", name, diff)
			}
		}
	})
}

// One byte changed in a good file is a finding or a row that can be read again, never a panic, and never half a file.
func TestAChangedByteIsNeverHalfAFile(t *testing.T) {
	good := csvOf(canonical())
	rapid.Check(t, func(t *rapid.T) {
		changed := append([]byte(nil), good...)
		changed[rapid.IntRange(0, len(changed)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "to")
		batch, findings := readResults("a.csv", changed, register)
		if findings.Refused() == (len(batch.Rows) > 0) {
			t.Fatalf("%d rows and %d errors", len(batch.Rows), findings.Errors)
		}
		if len(batch.Rows) == 0 {
			return
		}
		again, findings := readResults("a.csv", csvOf(render(batch.Rows)), register)
		if diff := cmp.Diff(batch.Rows, again.Rows); diff != "" {
			t.Fatalf("read again (-want +got):\n%s\n%v", diff, findings.Listed)
		}
	})
}
