package site

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"yardstick/dashboards/sitetest"
	"yardstick/dashboards/view"
)

// refusedAt returns the view of a page that cannot use its query, and the status of the answer.
func refusedAt[T any](t *testing.T, address string) (*T, int) {
	t.Helper()
	s, r := requested(t, "en", address)
	snapshot := sitetest.Shipped(t)
	of := Source{Snapshot: snapshot, Latest: snapshot.Release(), Files: files{snapshot}}
	_, refused := s.Build(r, of)
	status, ok := r.Refused(refused)
	if !ok {
		t.Fatalf("%s is not refused: %v", address, refused)
	}
	b, err := s.Refuse(r, of, refused)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return b.Page.(any).(*T), status
}

// What is wrong is said at its field, and nothing is shown.
func TestTablesSayWhatIsWrongAtItsField(t *testing.T) {
	for query, field := range map[string]string{
		"of=overall":                                              "show",
		"show=nothing":                                            "show",
		"show=sqs":                                                "show",
		"show=cci&of=overall&region=wales":                        "of",
		"show=cci&region=wales":                                   "of",
		"show=cci&of=safeguarding":                                "areas",
		"show=cci&of=safeguarding&areas=Atlas":                    "areas",
		"show=cci&of=safeguarding&region=mars":                    "region",
		"show=cci&of=safeguarding&region=wales&from=soon":         "from",
		"show=cci&of=safeguarding&region=wales&to=1066":           "to",
		"show=cci&of=safeguarding&region=wales&from=2012&to=2011": "to",
		// 155 areas with eleven years of two statistics are more than one table takes
		"show=statistics&region=all&of=fte_rate_per_100k&of=population_10_17&of=reoffending_rate_percent_15_17&" +
			"of=reoffending_rate_percent_10_14&of=fte_count": "areas",
	} {
		p, status := refusedAt[tablesView](t, "/tables?"+query)
		parts := p.Parts()
		f := parts.FieldOf(field)
		if len(p.Problems) != 1 || p.Problems[0].Href != "#"+field || f.Error != p.Problems[0].Text {
			t.Errorf("%s: %v, want one error at %s", query, p.Problems, field)
		}
		if len(p.Tables)+len(p.Figures) > 0 || p.Cite != nil || status/100 != 4 {
			t.Errorf("%s: status %d; a table is shown or cited beside the error", query, status)
		}
	}
}

// Whatever is wrong, the form comes back with all that was chosen and written.
func TestTablesKeepWhatWasChosen(t *testing.T) {
	ticked := func(f view.Field) (values []string) {
		for _, o := range f.Choices {
			if o.Selected {
				values = append(values, o.Value)
			}
		}
		return values
	}
	for query, wrong := range map[string]int{
		"show=yj2018&of=overall&of=staff&region=wales&region=london&areas=Atlas&from=2019&to=2021": 1,
		"show=yj2018&of=overall&of=staff&region=wales&region=london&areas=Atlas&from=soon&to=2021": 2,
		"show=yj2018&of=overall&of=staff&region=wales&region=london&areas=&from=2021&to=2019":      1,
		"show=yj2018&of=overall&of=staff&areas=&from=2019&to=2021":                                 1,
		"show=yj2018&region=wales&region=london&areas=Derby&from=2019&to=2021":                     1,
	} {
		p, _ := refusedAt[tablesView](t, "/tables?"+query)
		sent, _ := url.ParseQuery(query)
		of, regions := ticked(p.Of), ticked(p.Regions)
		slices.Sort(of)
		slices.Sort(regions)
		wanted := slices.Sorted(slices.Values(sent["region"]))
		if !slices.Equal(of, sent["of"]) || !slices.Equal(regions, wanted) {
			t.Errorf("%s: ticked are %v and %v", query, of, regions)
		}
		for _, f := range []view.Field{p.Subject, p.Areas, p.From, p.To} {
			if f.Value != sent.Get(f.Name) {
				t.Errorf("%s: %s has %q", query, f.Name, f.Value)
			}
		}
		if len(p.Problems) != wrong {
			t.Errorf("%s: %v, want %d", query, p.Problems, wrong)
		}
	}
}

// A name that nearly is an area's gets the area that was meant.
func TestTablesNameTheNearestArea(t *testing.T) {
	p, _ := refusedAt[tablesView](t, "/tables?show=cci&of=safeguarding&areas=Derby,Leicster+City")
	if !strings.Contains(p.Areas.Error, "Leicester City") {
		t.Errorf("Leicester City gets %q", p.Areas.Error)
	}
}

// A table has each inspection of its areas, measures and years once, and its chart the same numbers.
func TestTablesAreOfWhatIsChosen(t *testing.T) {
	p := viewAt[tablesView](t, "/tables?show=cci&of=safeguarding&of=risk_of_harm&region=london&areas=Derby,Cambridgeshire&"+
		"from=2012&to=2012")
	if len(p.Problems) > 0 || len(p.Tables) != 1 || len(p.Figures) != 1 {
		t.Fatalf("%v: %d tables and %d figures", p.Problems, len(p.Tables), len(p.Figures))
	}
	made := p.Tables[0]
	seen := make(map[string]bool)
	for _, row := range made.Rows {
		if region := row.Cells[1].Text; region != "London" && row.Cells[0].Text != "Cambridgeshire" {
			t.Errorf("%s of %s was not chosen", row.Cells[0].Text, region)
		}
		if !strings.Contains(row.Cells[2].Text, "2012") {
			t.Errorf("%s cannot be of 2012: %s", row.Cells[0].Text, row.Cells[2].Text)
		}
		if seen[row.Cells[0].Link] {
			t.Errorf("%s is there twice", row.Cells[0].Link)
		}
		seen[row.Cells[0].Link] = true
	}
	if !seen["/inspections/cambridgeshire-cci-2012"] || !strings.Contains(p.Without, "Derby") {
		t.Errorf("Cambridgeshire was inspected in 2012 and Derby was not: %v; without %q", seen,
			p.Without)
	}
	highest := 0.0
	for _, row := range made.Rows {
		if v := row.Cells[3].Value; v != nil {
			highest = max(highest, v.Number)
		}
	}
	if strip := p.Figures[0].Table.Rows[0]; strip.Cells[3].Value.Number != highest {
		t.Errorf("the highest is %v in the table and %v in the chart", highest, strip.Cells[3].Value.Number)
	}
}

// Statistics have a table each: their units differ, and none shares an axis with another.
func TestTablesKeepStatisticsApart(t *testing.T) {
	p := viewAt[tablesView](t, "/tables?show=statistics&of=fte_rate_per_100k&of=reoffending_rate_percent_15_17&"+
		"areas=Leicester+City,Derby&from=2019&to=2021")
	if len(p.Tables) != 2 || len(p.Figures) != 2 {
		t.Fatalf("%d tables and %d figures of two statistics", len(p.Tables), len(p.Figures))
	}
	for _, table := range p.Tables {
		for _, c := range table.Columns[2:] {
			if !slices.ContainsFunc([]string{"2019", "2020", "2021"}, func(y string) bool {
				return strings.Contains(c.Label, y)
			}) {
				t.Errorf("%s: %s is not of the years chosen", table.Caption, c.Label)
			}
		}
	}
}

// A chart of lines has no more than can be told apart; the table has them all.
func TestTablesOfManyAreasHaveNoLines(t *testing.T) {
	p := viewAt[tablesView](t, "/tables?show=statistics&of=fte_rate_per_100k&region=wales&region=north-east&from=2020")
	if len(p.Figures) != 0 || len(p.Tables) != 1 || len(p.Tables[0].Rows) <= 6 {
		t.Errorf("%d figures and %d tables", len(p.Figures), len(p.Tables))
	}
}

// Nothing is drawn of a measure that is censored: what is missing of it depends on its value.
func TestTablesDrawNothingCensored(t *testing.T) {
	p := viewAt[tablesView](t, "/tables?show=yj2018&of=staff&of=governance_and_leadership&region=all")
	if len(p.Tables) != 1 || len(p.Figures) != 0 {
		t.Errorf("%d tables and %d figures", len(p.Tables), len(p.Figures))
	}
}
