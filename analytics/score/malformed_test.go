package score

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick/data/finding"
)

func twoQuestions() []Question {
	return []Question{{ID: "q1", Criterion: "c"}, {ID: "q2", Criterion: "c", Headlines: []string{"h"}}}
}

// A file with anything wrong in it is refused whole, each thing with its row, column and rule.
func TestMalformedCSV(t *testing.T) {
	const header = "inspection,case,question,judgement\n"
	for name, c := range map[string]struct {
		content string
		want    []string
	}{
		"unknown judgement": {header + "i,1,q1,good\ni,1,q2,Sufficient\ni,2,q1,sufficient \n", []string{
			`j.csv:2:judgement: judgement_unknown: "good" is not a judgement`,
			`j.csv:3:judgement: judgement_unknown: "Sufficient" is not a judgement`,
			`j.csv:4:judgement: judgement_unknown: "sufficient " is not a judgement`}},
		"unknown question": {header + "i,1,q9,sufficient\ni,1,q1 ,sufficient\n", []string{
			`j.csv:2:question: question_unknown: "q9" is not among the questions`,
			`j.csv:3:question: question_unknown: "q1 " is not among the questions`}},
		"the same twice": {header + "i,1,q1,sufficient\ni,1,q2,sufficient\ni,1,q1,insufficient\ni,1,q1,sufficient\n",
			[]string{
				`j.csv:4:question: row_duplicate: "q1" was judged for this case in row 2 too`,
				`j.csv:5:question: row_duplicate: "q1" was judged for this case in row 2 too`}},
		"not applicable twice": {header + "i,1,q1,not_applicable\ni,1,q1,not_applicable\n", []string{
			`j.csv:3:question: row_duplicate: "q1" was judged for this case in row 2 too`}},
		"not a duplicate": {header + "i,1,q1,sufficient\nj,1,q1,sufficient\ni,2,q1,sufficient\ni,1,q2,bad\n", []string{
			`j.csv:5:judgement: judgement_unknown: "bad" is not a judgement`}},
		"blank cells": {header + ",1,q1,sufficient\ni,,q1,sufficient\ni,1,,sufficient\ni,1,q1,\n\" \",\"\t\",q1,sufficient\n", []string{
			`j.csv:2:inspection: required: is blank`, `j.csv:3:case: required: is blank`, `j.csv:4:question: required: is blank`,
			`j.csv:5:judgement: required: is blank`, `j.csv:6:inspection: required: " " is blank`,
			`j.csv:6:case: required: "\t" is blank`}},
		"names": {header + " i,1,q1,sufficient\n=1+1,1,q1,sufficient\ni\u0007,1,q1,sufficient\n", []string{
			`j.csv:2:inspection: text: " i" is not a name`, `j.csv:3:inspection: text: "=1+1" is not a name`,
			`j.csv:4:inspection: text: "i\a" is not a name`}},
		"several in a row": {header + "i,1,q8,good\ni,,q8,good\n", []string{
			`j.csv:2:question: question_unknown: "q8" is not among the questions`,
			`j.csv:2:judgement: judgement_unknown: "good" is not a judgement`,
			`j.csv:3:case: required: is blank`, `j.csv:3:question: question_unknown: "q8" is not among the questions`,
			`j.csv:3:judgement: judgement_unknown: "good" is not a judgement`}},
		"a column too few": {"inspection,case,question\ni,1,q1\n",
			[]string{`j.csv:1:judgement: header_missing: the column judgement is missing`}},
		"a column too many": {"inspection,case,question,judgement,note\ni,1,q1,sufficient,\n",
			[]string{`j.csv:1:note: header_unknown: "note" is not a column of this kind of file`}},
		"a column twice": {"inspection,case,case,question,judgement\ni,1,1,q1,sufficient\n",
			[]string{`j.csv:1:case: header_duplicate: "case" names two columns`}},
		"other names": {"Inspection,case,question,judgement\ni,1,q1,sufficient\n",
			[]string{`j.csv:1:Inspection: header_unknown: "Inspection" is not a column of this kind of file`,
				`j.csv:1:inspection: header_missing: the column inspection is missing`}},
		"no header": {"i,1,q1,sufficient\n",
			[]string{`j.csv:1:i: header_unknown: "i" is not a column of this kind of file`,
				`j.csv:1:1: header_unknown: "1" is not a column of this kind of file`,
				`j.csv:1:q1: header_unknown: "q1" is not a column of this kind of file`,
				`j.csv:1:sufficient: header_unknown: "sufficient" is not a column of this kind of file`,
				`j.csv:1:inspection: header_missing: the column inspection is missing`,
				`j.csv:1:case: header_missing: the column case is missing`,
				`j.csv:1:question: header_missing: the column question is missing`,
				`j.csv:1:judgement: header_missing: the column judgement is missing`}},
		"semicolons": {"inspection;case;question;judgement\ni;1;q1;sufficient\n",
			[]string{`j.csv:1:: format: "inspection;case;question;judgement" is not separated by commas`}},
		"empty":          {"", []string{`j.csv:0:: empty: is empty`}},
		"a header alone": {header, []string{`j.csv:0:: empty: has no rows below the header`}},
		"UTF-16":         {"\xff\xfei\x00n\x00s\x00", []string{`j.csv:1:: encoding: is not UTF-8`}},
		"cells too few or many": {header + "i,1,q1,sufficient\ni,1,q2\ni,1,q2,sufficient,x\n", []string{
			`j.csv:3:: ragged_row: Expected Number of Columns: 4 Found: 3`,
			`j.csv:4:: ragged_row: Expected Number of Columns: 4 Found: 5`}},
		"bytes that are no text": {header + "i,1,q1,sufficient\n\xe9,1,q2,sufficient\n", []string{
			`j.csv:3:: encoding: Invalid unicode (byte sequence mismatch) detected. This file is not utf-8 encoded.`}},
	} {
		t.Run(name, func(t *testing.T) {
			got, unlisted := refused(t, twoQuestions(), fileOf(t, "j.csv", c.content))
			if diff := cmp.Diff(c.want, got); diff != "" || unlisted != 0 {
				t.Errorf("findings (-want +got), %d more:\n%s", unlisted, diff)
			}
		})
	}
}

// What is well written in another way is the same file.
func TestWellWritten(t *testing.T) {
	want := text(t, scored(t, scorer(), twoQuestions(),
		fileOf(t, "j.csv", "inspection,case,question,judgement\ni,1,q1,sufficient\ni,2,q2,insufficient\n")))
	for name, content := range map[string]string{
		"columns in another order": "judgement,question,case,inspection\nsufficient,q1,1,i\ninsufficient,q2,2,i\n",
		"byte order mark":          "\ufeffinspection,case,question,judgement\ni,1,q1,sufficient\ni,2,q2,insufficient\n",
		"CRLF":                     "inspection,case,question,judgement\r\ni,1,q1,sufficient\r\ni,2,q2,insufficient\r\n",
		"no last line end":         "inspection,case,question,judgement\ni,1,q1,sufficient\ni,2,q2,insufficient",
		"quotes": "\"inspection\",\"case\",question,judgement\n\"i\",\"1\",q1,\"sufficient\"\ni,2,q2," +
			"insufficient\n",
		"a blank last line": "inspection,case,question,judgement\ni,1,q1,sufficient\ni,2,q2,insufficient\n\n",
	} {
		if got := text(t, scored(t, scorer(), twoQuestions(), fileOf(t, "J.CSV", content))); got != want {
			t.Errorf("%s:\n%s", name, cmp.Diff(want, got))
		}
	}
	odd := "inspection,case,question,judgement\nŵ-1,\"a, \"\"b\"\"\nc\",q1,sufficient\nŵ-1,#2,q1,insufficient\n"
	if got := scored(t, scorer(), twoQuestions(), fileOf(t, "j.csv", odd)).Inspections[0]; got.ID != "ŵ-1" ||
		got.Cases != 2 {
		t.Errorf("odd names: %+v", got)
	}
}

func TestMalformedParquet(t *testing.T) {
	for name, c := range map[string]struct {
		query string
		want  []string
	}{
		"cells": {`select * from (values ('i', '1', 'q1', 'sufficient'), (null, '1', 'q1', 'sufficient'), ('i', '', 'q1', 'sufficient'), ('i', '1', 'q1', 'bad')) as t (inspection, "case", question, judgement)`, []string{
			`j.parquet:3:inspection: required: is blank`, `j.parquet:4:case: required: is blank`,
			`j.parquet:5:judgement: judgement_unknown: "bad" is not a judgement`}},
		"a column too many": {`select 'i' as inspection, '1' as "case", 'q1' as question, 'sufficient' as judgement, 1 as note`, []string{
			`j.parquet:1:note: header_unknown: "note" is not a column of this kind of file`}},
		"a column too few": {`select 'i' as inspection, '1' as "case", 'q1' as question`,
			[]string{`j.parquet:1:judgement: header_missing: the column judgement is missing`}},
		"types": {`select 'i' as inspection, 1.5 as "case", 'q1' as question, true as judgement`, []string{
			`j.parquet:1:case: type: "DECIMAL(2,1)" is neither text nor whole numbers`,
			`j.parquet:1:judgement: type: "BOOLEAN" is neither text nor whole numbers`}},
		"no rows": {`select 'i' as inspection, '1' as "case", 'q1' as question, 'sufficient' as judgement limit 0`,
			[]string{`j.parquet:0:: empty: has no rows below the header`}},
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := refused(t, twoQuestions(), parquet(t, "j.parquet", c.query))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// What two files say of one question of one case is found in the second of them; every file's faults are told.
func TestMalformedTogether(t *testing.T) {
	a := written(t, "a.csv", []judged{{"i", "1", "q1", "sufficient"}, {"i", "1", "q2", "sufficient"}})
	b := parquetOf(t, written(t, "b.csv", []judged{{"i", "2", "q1", "sufficient"}, {"i", "1", "q2", "insufficient"}}))
	got, _ := refused(t, twoQuestions(), a, b)
	want := []string{
		`judgements.parquet:3:question: row_duplicate: "q2" was judged for this case in row 3 of ` + a + ` too`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	got, _ = refused(t, twoQuestions(), a, a)
	if len(got) != 2 || !strings.Contains(got[0], "a.csv:2:question: row_duplicate") {
		t.Errorf("a file twice: %q", got)
	}
	got, _ = refused(t, twoQuestions(), fileOf(t, "c.csv", "inspection,case\n"), a,
		fileOf(t, "d.csv", "inspection,case,question,judgement\nx\n"))
	if len(got) != 3 || !strings.HasPrefix(got[0], "c.csv:1:question: header_missing") ||
		!strings.HasPrefix(got[2], "d.csv:2:: ragged_row") {
		t.Errorf("two files: %q", got)
	}
}

// The first hundred findings are listed, by row, and all are counted.
func TestManyFindings(t *testing.T) {
	for name, c := range map[string]struct {
		row  func(n int) string
		want string
	}{
		"judgements": {func(n int) string { return fmt.Sprintf("i,%d,q1,bad\n", n) },
			`j.csv:101:judgement: judgement_unknown: "bad" is not a judgement`},
		"duplicates": {func(n int) string { return fmt.Sprintf("i,%d,q1,sufficient\n", n/2) },
			`j.csv:201:question: row_duplicate: "q1" was judged for this case in row 200 too`},
		"ragged": {func(int) string { return "i,1,q1\n" }, `j.csv:101:: ragged_row: Expected Number of Columns: 4 Found: 3`},
	} {
		content := "inspection,case,question,judgement\n"
		for n := range 5000 {
			content += c.row(n)
		}
		got, unlisted := refused(t, twoQuestions(), fileOf(t, "j.csv", content))
		all := 5000
		if name == "duplicates" {
			all = 2500
		}
		if len(got) != 100 || got[99] != c.want || unlisted != all-100 {
			t.Errorf("%s: %d findings and %d more, the last %q", name, len(got), unlisted, got[len(got)-1])
		}
	}
}

// What cannot be read at all is an error, not a finding.
func TestUnreadable(t *testing.T) {
	good := written(t, "j.csv", []judged{{"i", "1", "q1", "sufficient"}})
	for name, c := range map[string]struct{ file, says string }{
		"missing":      {good + ".csv", "no such file"},
		"another kind": {fileOf(t, "j.xlsx", "x"), "neither .csv nor .parquet"},
		"not Parquet":  {fileOf(t, "j.parquet", "inspection,case,question,judgement\n"), "j.parquet"},
		"a wild card":  {fileOf(t, "j[1].csv", "inspection,case,question,judgement\n"), "rename"},
		"an address":   {"https://example.org/j.csv", "no such file"},
	} {
		_, err := scorer().Score(t.Context(), twoQuestions(), []string{good, c.file})
		var refused *finding.Error
		if err == nil || errors.As(err, &refused) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q in it", name, err, c.says)
		}
	}
	if _, err := scorer().Score(t.Context(), twoQuestions(), nil); err == nil {
		t.Error("no file is scored")
	}
	folder := t.TempDir()
	_, err := scorer().Score(t.Context(), twoQuestions(), []string{good, folder})
	var refused *finding.Error
	if !errors.As(err, &refused) || refused.Findings[0].Rule != "file_kind" || refused.Findings[0].File != folder {
		t.Errorf("a folder: %v", err)
	}
}
