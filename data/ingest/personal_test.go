package ingest

import (
	"strings"
	"testing"

	"yardstick/analytics"
	"yardstick/data/finding"
)

// Free text that reads as if it were about one child is let through with a warning that says where it is; what is about
// a group, a programme or a document is not.
func TestPersonalDataIsWarnedOf(t *testing.T) {
	for text, want := range map[string]bool{
		"Jane Doe aged 15":                      true,
		"a boy, age 14, was moved":              true,
		"the 16-year-old was seen":              true,
		"the 16 year old's plan":                true,
		"merch 15 oed":                          true,
		"JS, 15, was not seen":                  true,
		"J.S. (15) was not seen":                true,
		"see case no. 10442":                    true,
		"case-00123 left out":                   true,
		"PNC 12/345678A":                        true,
		"CRN: A123456":                          true,
		"children aged 10 to 17":                false,
		"children aged 10-17":                   false,
		"young people aged 18 and over":         false,
		"those aged 12 or under":                false,
		"10–17 year olds in the area":           false,
		"all 16 and 17 year olds":               false,
		"plant 10 i 17 oed":                     false,
		"50 cases in the sample":                false,
		"HMIP, 2015, page 12":                   false,
		"read from table 4, row 12":             false,
		"case sample of 2012":                   false,
		"YJ 15 to 17 of the annex":              false,
		"in case 3 of the standards were unmet": false,
	} {
		content := "area,programme,publication_date,cases_in_sample,measure,score_percent,comment,note,source_url," +
			"source_title\n" +
			"leicester,cci,2012-03-15,50,safeguarding,66,moderate,\"" + text + "\",https://example.test/x,Notice (synthetic)\n"
		_, found := Read("x.csv", []byte(content), Known{Areas: AreasOf([]analytics.Area{{ID: "leicester"}})},
			Rows{Result: func(Result) {}})
		if found.Refused() {
			t.Fatalf("%q is refused: %v", text, found.Listed)
		}
		got := false
		for _, f := range found.Listed {
			if f.Rule == "personal" {
				got = true
				if f.File != "x.csv" || f.Line != 2 || f.Column != "note" || f.Severity != finding.SeverityWarning ||
					!strings.Contains(f.Value, text) {
					t.Errorf("%q: %+v", text, f)
				}
			}
		}
		if got != want {
			t.Errorf("%q: warned %v, want %v", text, got, want)
		}
	}
}
