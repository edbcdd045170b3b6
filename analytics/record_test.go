package analytics_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick/analytics"
)

// The record is compared with the documents themselves, numbers read from the page and written here by hand: the press
// notice of 11 June 2012 on Leicestershire & Rutland and the scoring table of the report it announces.
func TestLeicestershireAndRutland2012IsAsPrinted(t *testing.T) {
	i, err := shipped(t).Inspection("leicestershire-and-rutland-cci-2012")
	if err != nil {
		t.Fatal(err)
	}
	// "EMBARGOED UNTIL 00:01 - WEDNESDAY, 13 JUNE 2012"; "undertaken in February 2012 and involved the examination of
	// 62 cases".
	if got := i.Published.String(); got != "2012-06-13" {
		t.Errorf("published %s", got)
	}
	if got := i.Fieldwork.String(); got != "2012-02" || i.Cases != 62 || i.Reinspection {
		t.Errorf("fieldwork %s, %d cases, re-inspection %v", got, i.Cases, i.Reinspection)
	}
	type row struct {
		Score                    float64
		Comment                  string
		Lowest, Highest, Average float64
	}
	want := map[string]row{
		"safeguarding":              {69, "moderate", 37, 91, 68},
		"risk_of_harm":              {63, "moderate", 36, 86, 62},
		"likelihood_of_reoffending": {71, "moderate", 43, 88, 71},
		"section_1":                 {Score: 65}, // sections carry no comment
		"criterion_1_1":             {Score: 68, Comment: "moderate"},
		"criterion_1_2":             {Score: 64, Comment: "moderate"},
		"criterion_1_3":             {Score: 64, Comment: "moderate"},
		"section_2":                 {Score: 77},
		"criterion_2_1":             {Score: 69, Comment: "moderate"},
		"criterion_2_2":             {Score: 82, Comment: "minimum"},
		"criterion_2_3":             {Score: 78, Comment: "minimum"},
		"section_3":                 {Score: 66},
		"criterion_3_1":             {Score: 63, Comment: "moderate"},
		"criterion_3_2":             {Score: 74, Comment: "moderate"},
	}
	got := make(map[string]row)
	for _, r := range i.Results {
		if r.Percent == nil || r.Rating != "" || r.Points != nil || r.Confidence != analytics.ConfidenceSeen {
			t.Errorf("%+v", r)
			continue
		}
		shown := row{Score: *r.Percent, Comment: r.Comment}
		if p := r.Printed; p != nil {
			shown.Lowest, shown.Highest, shown.Average = *p.Lowest, *p.Highest, *p.Average
		}
		got[r.Measure] = shown
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-printed +held:\n%s", diff)
	}
}

// The ratings of two press releases of 2016, word for word. Lewisham's governance "ineffective" is none of the four
// words the release itself lists, so it is unknown; Leicester City's release names court work and does not rate it.
func TestRatingsOf2016AreAsPrinted(t *testing.T) {
	s := shipped(t)
	for _, c := range []struct {
		inspection, published string
		want                  map[string]string
	}{
		{"leicester-city-fji-2016", "2016-05-12", map[string]string{
			"reducing_reoffending":                 "satisfactory",
			"protecting_the_public":                "satisfactory",
			"protecting_children_and_young_people": "satisfactory",
			"ensuring_the_sentence_is_served":      "good",
			"governance_and_partnerships":          "satisfactory",
			"interventions":                        "satisfactory",
			"court_work_and_reports":               "",
		}},
		{"lewisham-fji-2016", "2016-12-08", map[string]string{
			"reducing_reoffending":                 "unsatisfactory",
			"protecting_the_public":                "unsatisfactory",
			"protecting_children_and_young_people": "unsatisfactory",
			"ensuring_the_sentence_is_served":      "good",
			"governance_and_partnerships":          "",
			"interventions":                        "unsatisfactory",
		}},
	} {
		t.Run(c.inspection, func(t *testing.T) {
			i, err := s.Inspection(c.inspection)
			if err != nil {
				t.Fatal(err)
			}
			if got := i.Published.String(); got != c.published {
				t.Errorf("published %s, want %s", got, c.published)
			}
			got := make(map[string]string)
			for _, r := range i.Results {
				got[r.Measure] = r.Rating
				if r.Scale != "fji" || r.Known() != (r.Rating != "") ||
					(r.Rating == "" && (r.Note == "" || r.Standing != nil)) {
					t.Errorf("%+v", r)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-printed +held:\n%s", diff)
			}
		})
	}
}
