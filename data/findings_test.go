package data_test

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick/data"
)

// said is a row of findings/ by column.
type said map[string]string

// findings are all rows of findings/.
func findings(t *testing.T) []said {
	t.Helper()
	names, err := fs.Glob(data.Record(), "findings/*.csv")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	var all []said
	for _, name := range names {
		file, err := data.Record().Open(name)
		if err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(file).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, cells := range lines[1:] {
			row := make(said)
			for i, column := range lines[0] {
				row[column] = cells[i]
			}
			all = append(all, row)
		}
	}
	return all
}

func of(all []said, inspection string) []said {
	return slices.DeleteFunc(slices.Clone(all), func(s said) bool { return s["inspection"] != inspection })
}

// figure is a finding's numbers as the tables of this test write them: "81%", "20/24 83%", "19/", "38-99 cases".
func (s said) figure() string {
	var parts []string
	if s["numerator"] != "" {
		parts = append(parts, s["numerator"]+"/"+s["denominator"])
	}
	if s["percent"] != "" {
		parts = append(parts, s["percent"]+"%")
	}
	if s["value"] != "" {
		value := s["value"]
		if s["value_to"] != "" {
			value += "-" + s["value_to"]
		}
		parts = append(parts, value+" "+s["unit"])
	}
	return strings.Join(parts, " ")
}

const (
	leicestershire = "leicestershire-and-rutland-cci-2012"
	leicester      = "leicester-city-fji-2016"
	lewisham       = "lewisham-fji-2016"
)

// TestFindingsSayWhereTheyArePrinted holds every finding to a text in both languages, a source, and its section.
func TestFindingsSayWhereTheyArePrinted(t *testing.T) {
	for _, s := range findings(t) {
		for _, column := range []string{"inspection", "kind", "position", "text_en", "text_cy", "status", "section",
			"sources"} {
			if strings.TrimSpace(s[column]) == "" {
				t.Errorf("%s %s %s has no %s", s["inspection"], s["kind"], s["position"], column)
			}
		}
		if s["text_en"] == s["text_cy"] {
			t.Errorf("%s %s %s: both languages are %q", s["inspection"], s["kind"], s["position"], s["text_en"])
		}
	}
}

// TestFindingsOfTheCoreCaseInspection holds sections 1 to 3 of the report on Leicestershire and Rutland (ISBN
// 978-1-84099-533-6) to every percentage and every "n out of N" that its numbered paragraphs print, in their order.
// A count with a star is printed in words: both, all four, all but one of 12.
func TestFindingsOfTheCoreCaseInspection(t *testing.T) {
	const strengths, improvements = "Strengths", "Areas for improvement"
	report := []struct {
		criterion, list string
		paragraphs      []string // from (1)
	}{
		{"1.1", strengths, []string{"81 69", "86 7/8", "73 67", "74", "83 74 20/24", "67 12/18", ""}},
		{"1.1", improvements, []string{"46", "", "9/16", "47", "67 71"}},
		{
			"1.2",
			strengths,
			[]string{"76 59/62*", "64 67", "80 78 91 84 76 4/4* 7/9 6/8 3/4", "71", "9/12", "89", "90 77 80", "67",
				"69", "73 67"},
		},
		{
			"1.2",
			improvements,
			[]string{"44", "47 49", "5/12", "7/12 2/9", "0/8* 2/4 6/8 5/6", "0/7* 3/4", "0/12*", "29 63", "44"},
		},
		{"1.3", strengths, []string{"81 59/62*", "", "11/12*"}},
		{"1.3", improvements, []string{"42", "66 27/41 23/27 16/27", "56", "61"}},
		{"2.1", strengths, []string{"72 1/1*", "71 90 67", "71", "1/2*", "", "94 85", "60/62*"}},
		{"2.1", improvements, []string{"57 11/15", "4/8", "1/2*", "58 29", "6/9"}},
		{"2.2", strengths, []string{"70 76 70 79 74", "11/12", "61/62*", "61/62*", "", "84"}},
		{"2.2", improvements, []string{"45"}},
		{"2.3", strengths, []string{"2/2* 7/9", "79", "", "5/5*", "3/4", "", "", "6/7 2/2*", "6/8", "88"}},
		{"2.3", improvements, []string{"5/10", "38 1/3", "2/4 2/3 3/10", "31 44", "52"}},
		{"3.1", strengths, []string{"", "80", "65 56"}},
		{"3.1", improvements, []string{"46", "60", "54", "65"}},
		{"3.2", strengths, []string{"", "70"}},
	}
	got := make(map[string][]string)
	for _, s := range of(findings(t), leicestershire) {
		if s["kind"] != "strength" && s["kind"] != "improvement" {
			continue
		}
		section := s["section"]
		if got[section] == nil {
			got[section] = []string{}
		}
		if s["measure"] != "criterion_"+strings.ReplaceAll(section[:3], ".", "_") {
			t.Errorf("%s is about %s", section, s["measure"])
		}
		if s["numerator"] != "" && s["denominator"] != "" {
			count := s["numerator"] + "/" + s["denominator"]
			if s["status"] == "worked_out" {
				count += "*"
			}
			got[section] = append(got[section], count)
		}
		if s["percent"] != "" && s["status"] == "printed" {
			got[section] = append(got[section], s["percent"])
		}
	}
	want := make(map[string][]string)
	percents := 0
	for _, part := range report {
		for n, printed := range part.paragraphs {
			want[fmt.Sprintf("%s %s (%d)", part.criterion, part.list, n+1)] = strings.Fields(printed)
		}
	}
	for _, of := range []map[string][]string{want, got} {
		for _, figures := range of {
			slices.Sort(figures)
		}
	}
	for _, figures := range want {
		for _, figure := range figures {
			if !strings.Contains(figure, "/") {
				percents++
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-report +record:\n%s", diff)
	}
	if percents != 72 {
		t.Errorf("the report prints 72 percentages in these paragraphs; the table has %d", percents)
	}
}

// TestAnswersOfServiceUsersAndVictims holds the answers to what pages 9 and 10 of that report print, question by
// question.
func TestAnswersOfServiceUsersAndVictims(t *testing.T) {
	want := map[string]string{
		"children questionnaires": "69 questionnaires", "children what_to_expect": "93%", "children why_attend": "97%",
		"children what_do_you_think": "92%", "children listened": "58/61", "children interested": "",
		"children acted":              "59/61",
		"children easy_to_understand": "", "children referral_order_known": "21/21",
		"children referral_contract_copy": "19/21",
		"children plan_known":             "22/44 50%", "children plan_discussed": "80%", "children plan_copy": "14/",
		"children afraid":        "2/",
		"children afraid_helped": "2/2", "children decisions": "33/", "children understanding_offending": "42/",
		"children school_or_job": "53%",
		"children health":        "18/", "children life_better": "75%", "children less_likely_to_offend": "58/",
		"children satisfied_half":       "52/",
		"children satisfied_completely": "19/52", "victims questionnaires": "6 questionnaires",
		"victims services_explained": "6/6",
		"victims needs_considered":   "4/", "victims safety": "1/3", "victims benefited": "0/", "victims satisfied": "5/6",
	}
	got := make(map[string]string)
	for _, s := range of(findings(t), leicestershire) {
		if s["kind"] == "answer" {
			got[s["counted"]+" "+s["subject"]] = s.figure()
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-report +record:\n%s", diff)
	}
}

// TestContextOfTheInspection holds the contextual figures and arrangements to Appendices 2 and 3 of that report.
func TestContextOfTheInspection(t *testing.T) {
	want := []string{"population  2010 687300 people", "aged_10_17 E10000018 2001 10.2%",
		"aged_10_17 E06000017 2001 11.8%", "aged_10_17 K04000001 2001 10.4%", "white_british E10000018 2009 91%",
		"white_british E06000017 2009 95%", "black_and_minority_ethnic E10000018 2009 9%",
		"black_and_minority_ethnic E06000017 2009 5%", "black_and_minority_ethnic K04000001 2009 12%",
		"offences_rate  2009/2010 25 offences_per_1000", "offences_rate K04000001 2009/2010 38 offences_per_1000",
		"national_indicators  2011/2012 3 indicators", "cases  2012-02 62 cases", "cycle_areas  2009-04 158 services",
		"cycle_length  2009-04 3 years", "cases_range   38-99 cases", "case_age   12 months",
		"provisional_findings   2 weeks", "draft_report   4-6 weeks", "publication   6 weeks"}
	var got []string
	for _, s := range of(findings(t), leicestershire) {
		if (s["kind"] == "context" || s["kind"] == "arrangement") && s.figure() != "" {
			got = append(got, s["subject"]+" "+s["place"]+" "+s["period"]+" "+s.figure())
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-report +record:\n%s", diff)
	}
}

// TestReasonsAndRecommendations holds what the three documents say of these: why Leicester City and Lewisham were
// chosen (notes to editors, 2), and how many recommendations and pictures there are.
func TestReasonsAndRecommendations(t *testing.T) {
	all := findings(t)
	reasons := make(map[string][]string)
	counts := make(map[string]map[string]int)
	for _, s := range all {
		if s["kind"] == "reason" {
			reasons[s["inspection"]] = append(reasons[s["inspection"]], s["subject"])
		}
		if counts[s["inspection"]] == nil {
			counts[s["inspection"]] = make(map[string]int)
		}
		counts[s["inspection"]][s["kind"]]++
	}
	want := map[string][]string{
		leicester: {"reoffending", "looked_after_children"},
		lewisham:  {"reoffending", "custody"},
	}
	if diff := cmp.Diff(want, reasons); diff != "" {
		t.Errorf("-releases +record:\n%s", diff)
	}
	for inspection, kinds := range map[string]map[string]int{
		leicestershire: {"recommendation": 5, "example": 3, "case_mix": 6, "limit": 5, "plan": 4},
		leicester:      {"recommendation": 1, "limit": 2}, // the release names one
		lewisham:       {"recommendation": 3, "limit": 2}, // and three
	} {
		for kind, n := range kinds {
			if counts[inspection][kind] != n {
				t.Errorf("%s has %d findings of kind %s, want %d", inspection, counts[inspection][kind], kind, n)
			}
		}
	}
	if got := slices.Sorted(maps.Keys(counts)); !slices.Equal(got, []string{leicester, leicestershire, lewisham}) {
		t.Errorf("findings of %v", got)
	}
}
