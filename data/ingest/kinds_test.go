package ingest_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yardstick/analytics"
	"yardstick/data/ingest"
)

// known is what the synthetic record of these tests knows.
func known() ingest.Known {
	regions, forces := ingest.AreasOf(nil), ingest.AreasOf(nil)
	regions.Add("wales", "Wales", "Cymru")
	regions.Add("south-west", "South West", "De-orllewin Lloegr")
	forces.Add("south-wales", "South Wales")
	return ingest.Known{
		Areas: register,
		Places: func(level string) *ingest.Names {
			switch level {
			case "region":
				return regions
			case "police_force":
				return forces
			}
			return nil
		},
		Authority:   func(gss string) bool { return slices.Contains([]string{"W06000015", "E06000059", "E06000058"}, gss) },
		Inspections: func(id string) bool { return id == "greenwich-cci-2012" || id == "cardiff-yj2018-2020" },
	}
}

// rowsOf are the rows of a file of any kind, whatever it is found to be.
func rowsOf(name string, content []byte) (rows []any, file ingest.File, findings ingest.Findings) {
	file, findings = ingest.Read(name, content, known(), ingest.Rows{
		Result:      func(r ingest.Result) { r.Line = 0; rows = append(rows, r) },
		Observation: func(o ingest.Observation) { o.Line = 0; rows = append(rows, o) },
		Area:        func(a ingest.Area) { a.Line = 0; rows = append(rows, a) },
		Judgement:   func(j ingest.Judgement) { j.Line = 0; rows = append(rows, j) },
		Question:    func(q ingest.Question) { q.Line = 0; rows = append(rows, q) },
		Score:       func(s ingest.Score) { s.Line = 0; rows = append(rows, s) },
	})
	if findings.Refused() {
		rows = nil
	}
	return rows, file, findings
}

func canonicalAreas() [][]string {
	return [][]string{
		{"area", "name_en", "name_cy", "region", "police_force", "valid_from", "valid_to", "status", "aliases",
			"constituents", "predecessors", "successors", "source_url", "source_title", "note"},
		{"cardiff", "", "", "wales", "South Wales", "", "", "current", "Cardiff YJS;Gwasanaeth Caerdydd", "W06000015",
			"", "", "https://example.org/a", "Synthetic directory", ""},
		{"wessex-new", "Wessex New", "", "south-west", "", "2026-04-01", "", "current", "", "E06000059;E06000058",
			"dorset;bournemouth-and-poole", "", "https://example.org/b", "", "synthetic"},
		{"bournemouth-and-poole", "", "", "", "", "", "2026-03", "former", "", "", "", "wessex-new",
			"https://example.org/b", "", ""},
	}
}

func canonicalJudgements() [][]string {
	return [][]string{
		{"inspection", "case", "question", "judgement"},
		{"greenwich-cci-2012", "1", "1.1.1", "sufficient"},
		{"greenwich-cci-2012", "1", "1.1.2", "insufficient"},
		{"greenwich-cci-2012", "GR-02", "1.1.1", "not_applicable"},
		{"cardiff-yj2018-2020", "1", "1.1.1", "sufficient"},
	}
}

func canonicalQuestions() [][]string {
	return [][]string{
		{"question", "criterion", "section", "headlines"},
		{"1.1.1", "criterion_1_1", "section_1", "safeguarding;risk_of_harm"},
		{"1.1.2", "criterion_1_1", "section_1", ""},
		{"2.1.1", "", "", "likelihood_of_reoffending"},
	}
}

func canonicalScores() [][]string {
	return [][]string{
		{"inspection", "measure", "numerator", "denominator", "score_percent", "lower", "upper"},
		{"greenwich-cci-2012", "safeguarding", "42", "61", "68.85245901639344", "56.4", "79.1"},
		{"cardiff-yj2018-2020", "overall", "", "", "62.5", "", ""},
	}
}

// levels are observations with every column that indicators may have.
func levels() [][]string {
	return [][]string{
		ingest.ImportColumns(ingest.KindIndicators),
		{"Cymru", "fte_count", "2018-04-01", "2019-03-31", "340", "", "", "", "",
			"https://example.org/a https://example.org/b", "", "", "region", "W92000004", "2018/19", "anomalous",
			"Table 1", ""},
		{"south-wales", "cohort_size", "2018-04-01", "2019-03-31", "340", "", "", "", "", "", "", "old", "police_force",
			"", "", "", "", "a-source;another-source"},
		{"cardiff", "cohort_size", "2018-04-01", "2019-03-31", "340", "", "", "", "", "https://example.org/a", "",
			"new", "", "", "", "", "", ""},
	}
}

func canonicals() map[ingest.Kind][][]string {
	return map[ingest.Kind][][]string{
		ingest.KindResults: canonical(), ingest.KindIndicators: canonicalIndicators(), ingest.KindAreas: canonicalAreas(),
		ingest.KindJudgements: canonicalJudgements(), ingest.KindQuestions: canonicalQuestions(),
		ingest.KindScores: canonicalScores(),
	}
}

// However a file of any kind is written, its header tells the kind, and what it says is the same.
func TestEveryKindIsToldByItsHeader(t *testing.T) {
	for kind, rows := range canonicals() {
		want, file, findings := rowsOf("a.csv", csvOf(rows))
		if findings.Total > 0 || file.Kind != kind || len(want) != len(rows)-1 || file.Rows != len(want) {
			t.Fatalf("%s: read as %s, %d rows, %v", kind, file.Kind, len(want), findings.Listed)
		}
		text := csvOf(rows)
		for name, content := range map[string][]byte{
			"mark.csv":          append([]byte("\xef\xbb\xbf"), text...),
			"crlf.csv":          bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")),
			"utf-16 little.csv": utf16Of(text, false), "utf-16 big.csv": utf16Of(text, true), "quoted.csv": quoted(rows),
			"reversed.csv": csvOf(reversed(rows)), "no last line end.csv": bytes.TrimSuffix(text, []byte("\n")),
			"texts.xlsx": bookOf(rows), "by hand.xlsx": zipOf(parts(sheetXML(rows, "", ""))),
			"reversed.xlsx": bookOf(reversed(rows)),
		} {
			got, file, findings := rowsOf(name, content)
			if diff := cmp.Diff(want, got); diff != "" || file.Kind != kind || findings.Total > 0 {
				t.Errorf("%s, %s: read as %s (-want +got):\n%s\n%v", kind, name, file.Kind, diff, findings.Listed)
			}
		}
	}
}

func TestAreasJudgementsAndQuestionsAreRead(t *testing.T) {
	day := func(year, month, day int) analytics.PartialDate {
		return analytics.PartialDate{Year: year, Month: time.Month(month), Day: day}
	}
	for name, c := range map[string]struct {
		rows [][]string
		want []any
	}{
		"areas": {canonicalAreas(), []any{
			ingest.Area{ID: "cardiff", Region: "wales", PoliceForce: "South Wales", Status: "current",
				Aliases:      []string{"Cardiff YJS", "Gwasanaeth Caerdydd"},
				Constituents: []string{"W06000015"}, SourceURL: "https://example.org/a", SourceTitle: "Synthetic directory"},
			ingest.Area{ID: "wessex-new", New: true, NameEN: "Wessex New", Region: "south-west", ValidFrom: day(2026, 4, 1),
				Status:       "current",
				Constituents: []string{"E06000059", "E06000058"}, Predecessors: []string{"dorset", "bournemouth-and-poole"},
				SourceURL: "https://example.org/b", Note: "synthetic"},
			ingest.Area{ID: "bournemouth-and-poole", ValidTo: day(2026, 3, 0), Status: "former",
				Successors: []string{"wessex-new"}, SourceURL: "https://example.org/b"},
		}},
		"judgements": {canonicalJudgements()[:2],
			[]any{ingest.Judgement{Inspection: "greenwich-cci-2012", Case: "1", Question: "1.1.1", Judgement: "sufficient"}}},
		"questions": {canonicalQuestions()[:2],
			[]any{ingest.Question{ID: "1.1.1", Criterion: "criterion_1_1", Section: "section_1",
				Headlines: []string{"safeguarding", "risk_of_harm"}}}},
		"scores": {canonicalScores()[:2], []any{ingest.Score{Inspection: "greenwich-cci-2012", Measure: "safeguarding",
			Numerator: new(42.0), Denominator: new(61.0),
			Percent: 68.85245901639344, Lower: new(56.4), Upper: new(79.1)}}},
		"levels": {levels()[:3], []any{
			ingest.Observation{Area: "wales", Level: "region", Indicator: "fte_count", PeriodStart: day(2018, 4, 1),
				PeriodEnd: day(2019, 3, 31), Value: 340, GSS: "W92000004",
				Period: "2018/19", Flag: "anomalous", SourceURL: "https://example.org/a https://example.org/b",
				SourceTitle: "Table 1"},
			ingest.Observation{Area: "south-wales", Level: "police_force", Indicator: "cohort_size",
				PeriodStart: day(2018, 4, 1), PeriodEnd: day(2019, 3, 31), Value: 340, Basis: "old",
				Sources: "a-source;another-source"},
		}},
	} {
		got, _, findings := rowsOf(name+".csv", csvOf(c.rows))
		if diff := cmp.Diff(c.want, got, cmpopts.EquateEmpty()); diff != "" || findings.Total > 0 {
			t.Errorf("%s (-want +got):\n%s\n%v", name, diff, findings.Listed)
		}
	}
}

// Other ways to write the same areas, judgements and questions.
func TestGoodVariantsOfTheOtherKinds(t *testing.T) {
	areas, judged, asked := canonicalAreas(), canonicalJudgements(), canonicalQuestions()
	for name, c := range map[string]struct{ plain, other [][]string }{
		"area by name.csv":      {areas, with(areas, 2, "area", "Caerdydd")},
		"area by alias.csv":     {areas, with(areas, 4, "area", "Bournemouth & Poole")},
		"region in English.csv": {areas, with(areas, 2, "region", "Wales")},
		"region in Welsh.csv":   {areas, with(areas, 2, "region", "CYMRU")},
		"uk date.csv": {with(areas, 3, "valid_from", "2026-06-13"),
			with(areas, 3, "valid_from", "13/06/2026")},
		"spaces in a list.csv":       {areas, with(areas, 2, "aliases", "Cardiff YJS ; Gwasanaeth Caerdydd")},
		"predecessors by name.csv":   {areas, with(areas, 3, "predecessors", "Dorset;Bournemouth and Poole")},
		"successors by new name.csv": {areas, with(areas, 4, "successors", "Wessex New")},
		"no-break space.csv":         {areas, with(areas, 2, "aliases", "Cardiff\u00a0YJS;Gwasanaeth Caerdydd")},
		"judgements spaced.csv":      {judged, with(judged, 2, "judgement", " sufficient ")},
		"judgements book.xlsx":       {judged, judged},
		"questions spaced.csv":       {asked, with(asked, 2, "headlines", "safeguarding; risk_of_harm")},
		"questions book.xlsx":        {asked, asked},
	} {
		content := csvOf(c.other)
		if strings.HasSuffix(name, "xlsx") {
			content = bookOf(c.other)
		}
		want, _, _ := rowsOf("plain.csv", csvOf(c.plain))
		got, _, findings := rowsOf(name, content)
		if diff := cmp.Diff(want, got); diff != "" || findings.Total > 0 {
			t.Errorf("%s (-want +got):\n%s\n%v", name, diff, findings.Listed)
		}
	}
}

// otherWrongs are cells that the other kinds do not take, each put in the second row, and one finding that says why.
var otherWrongs = []struct {
	kind                       ingest.Kind
	column, value, rule, where string
}{
	{ingest.KindAreas, "area", "", "required", ""},
	{ingest.KindAreas, "area", "Atlantis", "area_unknown", ""},
	{ingest.KindAreas, "area", "Wessex Coast", "area_ambiguous", ""},
	{ingest.KindAreas, "area", "new_area", "area_unknown", ""},
	{ingest.KindAreas, "area", "a-new-one", "required", "name_en"},
	{ingest.KindAreas, "area", "dorset\u200b", "text", ""},
	{ingest.KindAreas, "area", "dor--set", "area_unknown", ""},
	{ingest.KindAreas, "name_en", "=A1", "formula", ""},
	{ingest.KindAreas, "name_en", strings.Repeat("n", 201), "text_length", ""},
	{ingest.KindAreas, "name_cy", "Caer\u00addydd", "text", ""},
	{ingest.KindAreas, "name_cy", "Caer\xf4", "encoding", ""},
	{ingest.KindAreas, "region", "Mercia", "area_unknown", ""},
	{ingest.KindAreas, "police_force", "a\tb", "text", ""},
	{ingest.KindAreas, "valid_from", "April 2026", "date", ""},
	{ingest.KindAreas, "valid_from", "01/04/2026", "date_ambiguous", ""},
	{ingest.KindAreas, "valid_from", "2026-02-30", "date_impossible", ""},
	{ingest.KindAreas, "valid_to", "1492", "date_range", ""},
	{ingest.KindAreas, "status", "Current", "status", ""}, {ingest.KindAreas, "status", "closed", "status", ""},
	{ingest.KindAreas, "aliases", "one;;two", "list", ""},
	{ingest.KindAreas, "aliases", ";one", "list", ""},
	{ingest.KindAreas, "aliases", "one;", "list", ""},
	{ingest.KindAreas, "aliases", "one;one", "list", ""},
	{ingest.KindAreas, "aliases", "one;@two", "list", ""},
	{ingest.KindAreas, "aliases", "=one", "formula", ""},
	{ingest.KindAreas, "constituents", "Cardiff", "gss", ""},
	{ingest.KindAreas, "constituents", "W0600001", "gss", ""},
	{ingest.KindAreas, "constituents", "W06000099", "authority_unknown", ""},
	{ingest.KindAreas, "constituents", "W06000015,E06000059", "gss", ""},
	{ingest.KindAreas, "constituents", "W06000015;W06000015", "list", ""},
	{ingest.KindAreas, "predecessors", "Atlantis", "area_unknown", ""},
	{ingest.KindAreas, "predecessors", "cardiff", "area_itself", ""},
	{ingest.KindAreas, "successors", "Caerdydd", "area_itself", ""},
	{ingest.KindAreas, "successors", "dorset;Dorset;", "list", ""},
	{ingest.KindAreas, "source_url", "", "required", ""},
	{ingest.KindAreas, "source_url", "example.org", "url", ""},
	{ingest.KindAreas, "note", "a\x00b", "text", ""},
	{ingest.KindJudgements, "inspection", "", "required", ""},
	{ingest.KindJudgements, "inspection", "greenwich-cci-2013", "inspection_unknown", ""},
	{ingest.KindJudgements, "inspection", "Greenwich 2012", "inspection", ""},
	{ingest.KindJudgements, "case", "", "required", ""},
	{ingest.KindJudgements, "case", "John Smith", "case", ""},
	{ingest.KindJudgements, "case", "1;2", "case", ""},
	{ingest.KindJudgements, "case", strings.Repeat("1", 41), "case", ""},
	{ingest.KindJudgements, "question", "", "required", ""},
	{ingest.KindJudgements, "question", "Was it safe?", "question", ""},
	{ingest.KindJudgements, "judgement", "", "required", ""},
	{ingest.KindJudgements, "judgement", "Sufficient", "judgement", ""},
	{ingest.KindJudgements, "judgement", "n/a", "judgement", ""},
	{ingest.KindJudgements, "judgement", "yes", "judgement", ""},
	{ingest.KindJudgements, "judgement", "not applicable", "judgement", ""},
	{ingest.KindQuestions, "question", "", "required", ""},
	{ingest.KindQuestions, "question", "Q 1", "question", ""},
	{ingest.KindQuestions, "criterion", "Criterion 1.1", "criterion", ""},
	{ingest.KindQuestions, "section", "section-1", "section", ""},
	{ingest.KindQuestions, "headlines", "safeguarding,risk_of_harm", "headlines", ""},
	{ingest.KindQuestions, "headlines", "safeguarding;;risk_of_harm", "list", ""},
	{ingest.KindQuestions, "headlines", "safeguarding;safeguarding", "list", ""},
	{ingest.KindScores, "inspection", "nowhere-cci-2012", "inspection_unknown", ""},
	{ingest.KindScores, "measure", "Safe", "measure", ""},
	{ingest.KindScores, "score_percent", "", "required", ""},
	{ingest.KindScores, "score_percent", "101", "percent", ""},
	{ingest.KindScores, "score_percent", "69", "score", ""},
	{ingest.KindScores, "numerator", "62", "order", ""},
	{ingest.KindScores, "lower", "70", "order", ""},
	{ingest.KindScores, "upper", "60", "order", "score_percent"},
}

// otherMalformed are malformed files of areas, judgements, questions and scores.
func otherMalformed() []malformed {
	var list []malformed
	for i, w := range otherWrongs {
		where := w.column
		if w.where != "" {
			where = w.where
		}
		rows := with(canonicals()[w.kind], 2, w.column, w.value)
		name := fmt.Sprintf("%s %03d %s", w.kind, i, w.column)
		list = append(list, malformed{name + ".csv", func() []byte { return csvOf(rows) }, w.rule, 2, where})
	}
	areas, judged, asked, scores := canonicalAreas(), canonicalJudgements(), canonicalQuestions(), canonicalScores()
	text := func(rows [][]string) func() []byte { return func() []byte { return csvOf(rows) } }
	book := func(rows [][]string) func() []byte { return func() []byte { return bookOf(rows) } }
	return append(
		list,
		malformed{"areas twice.csv", text(append(slices.Clone(areas), areas[1])), "row_duplicate", 5, "area"},
		malformed{
			"areas twice by name.csv",
			text(append(slices.Clone(areas), with(areas, 2, "area", "Caerdydd")[1])),
			"row_duplicate",
			5,
			"area",
		},
		malformed{"areas out of order.csv", text(with(areas, 3, "valid_to", "2025")), "date_order", 3, "valid_to"},
		malformed{"areas, new without a region.csv", text(with(areas, 3, "region", "")), "required", 3, "region"},
		malformed{"areas, new without a status.csv", text(with(areas, 3, "status", "")), "required", 3, "status"},
		malformed{"areas unknown column.csv", text(with(areas, 1, "aliases", "alias")), "header_unknown", 1, "alias"},
		malformed{"areas.xlsx", book(with(areas, 2, "constituents", "Cardiff")), "gss", 2, "constituents"},
		malformed{"areas boolean.xlsx", func() []byte {
			return zipOf(parts(sheetXML(with(areas, 2, "status", `<c r="REF" t="b"><v>1</v></c>`), "", "")))
		}, "boolean", 2, "status"},
		malformed{
			"judgements twice.csv",
			text(append(slices.Clone(judged), with(judged, 2, "judgement", "insufficient")[1])),
			"row_duplicate",
			6,
			"question",
		},
		malformed{
			"judgements lacking a column.csv",
			text([][]string{{"inspection", "case", "question"}, {"greenwich-cci-2012", "1", "1.1.1"}}),
			"header_missing",
			1,
			"judgement",
		},
		malformed{
			"judgements and more.csv",
			text([][]string{
				{"inspection", "case", "question", "judgement", "name"},
				{"greenwich-cci-2012", "1", "1.1.1", "sufficient", "J"},
			}),
			"header_unknown",
			1,
			"name",
		},
		malformed{
			"judgements twice.xlsx",
			book(append(slices.Clone(judged), judged[1])),
			"row_duplicate",
			6,
			"question",
		},
		malformed{"judgements as dates.xlsx", func() []byte {
			return zipOf(parts(sheetXML(with(judged, 2, "case", `<c r="REF" t="d"><v>2012-06-13</v></c>`), "", "")))
		}, "date", 2, "case"},
		malformed{"questions twice.csv", text(append(slices.Clone(asked), asked[1])), "row_duplicate", 5, "question"},
		malformed{
			"questions of nothing.csv",
			text(with(asked, 4, "headlines", "")),
			"row_says_nothing",
			4,
			"question",
		},
		malformed{
			"questions lacking a column.csv",
			text([][]string{{"question", "criterion", "section"}, {"1", "a", "b"}}),
			"header_missing",
			1,
			"headlines",
		},
		malformed{"questions.xlsx", book(with(asked, 3, "section", "Section 1")), "section", 3, "section"},
		malformed{"scores twice.csv", text(append(slices.Clone(scores), scores[1])), "row_duplicate", 4, "measure"},
		malformed{"nothing that is known.csv", given("colour,size\nred,3\n"), "header_missing", 1, ""},
		malformed{
			"hardly anything that is known.csv",
			given("area,colour,size,weight\ncardiff,red,3,2\n"),
			"header_missing",
			1,
			"",
		},
	)
}

// Files of every kind are refused whole where something is wrong, whichever way they are read.
func TestMalformedFilesOfTheOtherKindsAreRefused(t *testing.T) {
	files := otherMalformed()
	for _, m := range files {
		rows, _, findings := rowsOf(m.name, m.content())
		if len(rows) > 0 || !findings.Refused() {
			t.Errorf("%s: %d rows taken, findings %v", m.name, len(rows), findings.Listed)
			continue
		}
		m.expect(t, findings.Listed)
	}
	t.Logf("%d malformed files of the other kinds", len(files))
}

// A header that fits no kind of file is answered with the kinds and their columns.
func TestAHeaderOfNoKindIsToldTheKinds(t *testing.T) {
	_, file, findings := rowsOf("a.csv", []byte("colour,size\nred,3\n"))
	said := findings.Err().Error()
	for _, want := range []string{"fits no kind of file", "results (area, programme, measure, source_url)",
		"judgements (inspection, case, question, judgement)", "areas (area, source_url)"} {
		if !strings.Contains(said, want) {
			t.Errorf("%s\nlacks %q", said, want)
		}
	}
	if file.Kind != "" {
		t.Errorf("read as %s", file.Kind)
	}
}

// A header with a mistake is still taken for the kind it fits best, so that the finding is about the mistake.
func TestAMistakenHeaderIsTakenForWhatItFitsBest(t *testing.T) {
	for kind, rows := range canonicals() {
		for _, name := range rows[0] {
			_, file, findings := rowsOf("a.csv", csvOf(with(rows, 1, name, name+"x")))
			if file.Kind != kind || !findings.Refused() {
				t.Errorf("%s with %sx: read as %q", kind, name, file.Kind)
			}
		}
	}
}

// FuzzEveryKind reads any bytes as a file of any kind: rows or the reasons for none.
func FuzzEveryKind(f *testing.F) {
	for _, rows := range canonicals() {
		f.Add(csvOf(rows))
	}
	for _, m := range otherMalformed() {
		if strings.HasSuffix(m.name, ".csv") {
			f.Add(m.content())
		}
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		rows, file, findings := rowsOf("fuzz.csv", content)
		answered(t, len(rows), findings)
		if len(rows) != file.Rows || len(rows) > 0 && file.Kind == "" {
			t.Fatalf("%d rows, and the file says %d of kind %q", len(rows), file.Rows, file.Kind)
		}
	})
}

// FuzzAreas changes the cells of a file of areas.
func FuzzAreas(f *testing.F) {
	for _, w := range otherWrongs {
		if w.kind == ingest.KindAreas {
			f.Add(w.column, w.value)
		}
	}
	f.Fuzz(func(t *testing.T, column, value string) {
		rows, _, findings := rowsOf("fuzz.csv", csvOf(with(canonicalAreas(), 2, column, value)))
		answered(t, len(rows), findings)
	})
}
