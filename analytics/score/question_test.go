package score

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick/data/finding"
)

func TestReadQuestions(t *testing.T) {
	content := "\ufeffheadlines,question,section,criterion\r\nrisk_of_harm; safeguarding,1.1a,section_1," +
		"criterion_1_1\r\n,\"2, b\",,criterion_2_1\r\nsafeguarding,c,,\r\n"
	got, err := ReadQuestions("q.csv", strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	want := []Question{
		{
			ID:        "1.1a",
			Criterion: "criterion_1_1",
			Section:   "section_1",
			Headlines: []string{"risk_of_harm", "safeguarding"},
		},
		{ID: "2, b", Criterion: "criterion_2_1"},
		{ID: "c", Headlines: []string{"safeguarding"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMalformedQuestions(t *testing.T) {
	const header = "question,criterion,section,headlines\n"
	for name, c := range map[string]struct {
		content string
		want    []string
	}{
		"no measure": {header + "a,c,,\nb,,,\n", []string{`q.csv:3:: measure_missing: "b" counts for no measure`}},
		"twice":      {header + "a,c,,\na,d,,\n", []string{`q.csv:3:question: row_duplicate: "a" is in row 2 too`}},
		"blank":      {header + " ,c,,\n", []string{`q.csv:2:question: required: is blank`}},
		"a space":    {header + "a ,c,,\n", []string{`q.csv:2:question: text: "a " is not the name of a question`}},
		"no id": {header + "a,Criterion 1,,\n",
			[]string{`q.csv:2:criterion: measure: "Criterion 1" is not the id of a measure`}},
		"two criteria":     {header + "a,c;d,,\n", []string{`q.csv:2:criterion: measure: "c;d" is not the id of a measure`}},
		"a blank headline": {header + "a,c,,h;\n", []string{`q.csv:2:headlines: measure: is not the id of a measure`}},
		"a headline twice": {header + "a,c,,h;h\n", []string{`q.csv:2:headlines: measure_repeated: "h" is named twice`}},
		"two kinds": {header + "a,c,,\nb,,c,\n",
			[]string{`q.csv:3:section: measure_kind: "c" is under criterion in row 2`}},
		"header": {"question,criterion,headlines,note\n",
			[]string{`q.csv:1:note: header_unknown: "note" is not a column of this kind of file`,
				`q.csv:1:section: header_missing: the column section is missing`}},
		"ragged":   {header + "a,c\n", []string{`q.csv:2:: ragged_row: has 2 cells, not the 4 of the header`}},
		"quote":    {header + "a\"b,c,,\n", []string{`q.csv:2:: quote: bare " in non-quoted-field`}},
		"no rows":  {header, []string{`q.csv:0:: empty: has no rows below the header`}},
		"empty":    {"", []string{`q.csv:0:: empty: is empty`}},
		"encoding": {header + "\xe9,c,,\n", []string{`q.csv:0:: encoding: is not UTF-8`}},
		"too long": {strings.Repeat("x", maxFile+1), []string{`q.csv:0:: rows_limit: is longer than 4194304 bytes`}},
	} {
		questions, err := ReadQuestions("q.csv", strings.NewReader(c.content))
		var refused *finding.Error
		if !errors.As(err, &refused) {
			t.Errorf("%s: read %v, %v", name, questions, err)
			continue
		}
		var got []string
		for _, f := range refused.Findings {
			f.Fix = ""
			got = append(got, f.String())
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func FuzzReadQuestions(f *testing.F) {
	f.Add("question,criterion,section,headlines\na,c,,h;i\n")
	f.Add("headlines,question,section,criterion\n;,\"a\nb\",,\n")
	f.Fuzz(func(t *testing.T, content string) {
		questions, err := ReadQuestions("q.csv", strings.NewReader(content))
		if (err == nil) != (len(questions) > 0) {
			t.Errorf("%d questions and the error %v", len(questions), err)
		}
		seen := make(map[string]bool)
		for _, q := range questions {
			if seen[q.ID] || len(q.measures()) == 0 {
				t.Errorf("took %+v", q)
			}
			seen[q.ID] = true
		}
	})
}
