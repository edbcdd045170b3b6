package finding_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick/data/finding"
)

func TestString(t *testing.T) {
	tests := map[string]struct {
		finding finding.Finding
		want    string
	}{
		"a cell of a file": {
			finding.Finding{
				File:    "a.csv",
				Line:    7,
				Column:  "percent",
				Value:   "101",
				Rule:    "percent",
				Problem: "is not a percentage",
				Fix:     "write 0 to 100",
			},
			`a.csv:7:percent: percent: "101" is not a percentage; write 0 to 100`,
		},
		"a cell of a sheet": {
			finding.Finding{
				File:    "a.xlsx",
				Sheet:   "Results",
				Line:    7,
				Column:  "percent",
				Value:   "101",
				Rule:    "percent",
				Problem: "in cell B7 is too much",
			},
			`a.xlsx#Results:7:percent: percent: "101" in cell B7 is too much`,
		},
		"a warning": {
			finding.Finding{
				File:     "a.csv",
				Line:     7,
				Column:   "percent",
				Value:    "68",
				Rule:     "share",
				Problem:  "is odd",
				Fix:      "look",
				Severity: finding.SeverityWarning,
			},
			`a.csv:7:percent: warning: share: "68" is odd; look`,
		},
		"no value": {
			finding.Finding{File: "a.csv", Line: 1, Rule: "header_missing", Problem: "has no header"},
			`a.csv:1:: header_missing: has no header`,
		},
		"a line break": {
			finding.Finding{File: "a\nb.csv", Line: 1, Value: "x\ny", Rule: "text", Problem: "is odd"},
			`a?b.csv:1:: text: "x\ny" is odd`,
		},
		"bidi override": {
			finding.Finding{File: "a\u202eb.csv", Line: 1, Value: "\u202e", Rule: "text", Problem: "is odd"},
			`a?b.csv:1:: text: "\u202e" is odd`,
		},
		"a long value": {
			finding.Finding{File: "a.csv", Line: 2, Value: strings.Repeat("ŵ", 81), Rule: "text", Problem: "is long"},
			`a.csv:2:: text: "` + strings.Repeat("ŵ", 79) + `…" is long`,
		},
		"a value just short enough": {
			finding.Finding{File: "a.csv", Line: 2, Value: strings.Repeat("ŵ", 80), Rule: "text", Problem: "is long"},
			`a.csv:2:: text: "` + strings.Repeat("ŵ", 80) + `" is long`,
		},
	}
	for name, test := range tests {
		if got := test.finding.String(); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, test.want)
		}
	}
}

func TestJSON(t *testing.T) {
	want := `{"file":"a.csv","sheet":"","row":7,"column":"percent","value":"101","rule":"percent","problem":"is too much","fix":"write less","severity":"error"}`
	f := finding.Finding{
		File:    "a.csv",
		Line:    7,
		Column:  "percent",
		Value:   "101",
		Rule:    "percent",
		Problem: "is too much",
		Fix:     "write less",
	}
	got, err := json.Marshal(f)
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v\nwant %s", got, err, want)
	}
	f.Severity = finding.SeverityWarning
	text, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var back finding.Finding
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(f, back); diff != "" {
		t.Errorf("a warning read back (-want +got):\n%s", diff)
	}
	if err := json.Unmarshal([]byte(`{"severity":"fatal"}`), &back); err == nil {
		t.Error("a severity that is none was read")
	}
}

func TestErrorPrintsTheFirstHundred(t *testing.T) {
	for _, test := range []struct {
		listed, unlisted int
		first, last      string
		lines            int
	}{
		{1, 0, "refused, with 1 findings:", "a.csv:0:: r: p", 2},
		{103, 0, "refused, with 103 findings:", "and 3 more", 102},
		{100, 7, "refused, with 107 findings:", "and 7 more", 102},
		{2, 7, "refused, with 9 findings:", "and 7 more", 4},
	} {
		e := &finding.Error{Unlisted: test.unlisted}
		for range test.listed {
			e.Findings = append(e.Findings, finding.Finding{File: "a.csv", Rule: "r", Problem: "p"})
		}
		lines := strings.Split(e.Error(), "\n")
		if len(lines) != test.lines || lines[0] != test.first || lines[len(lines)-1] != test.last {
			t.Errorf("%d and %d: %d lines, %q … %q", test.listed, test.unlisted, len(lines), lines[0],
				lines[len(lines)-1])
		}
	}
}
