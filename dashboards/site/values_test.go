package site

import (
	"math"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"yardstick/dashboards/sitetest"
	"yardstick/dashboards/view"
)

// shownNumber reads what a page shows as a number: 1,234, −0.5, +3 or 69%. last is the unit of its last digit.
func shownNumber(text string) (number, last float64, unit string, ok bool) {
	text, percent := strings.CutSuffix(text, "%")
	if percent {
		unit = "%"
	}
	text = strings.TrimPrefix(text, "+")
	if strings.ContainsAny(text, "eExXnNpP_+") {
		return 0, 0, "", false
	}
	plain := strings.NewReplacer(",", "", "−", "-").Replace(text)
	number, err := strconv.ParseFloat(plain, 64)
	_, decimals, _ := strings.Cut(plain, ".")
	return number, math.Pow(10, -float64(len(decimals))), unit, err == nil
}

// A cell that shows a number has that number as its value, from where it was made: in every numeric column of every
// kind of page. What the page shows is the value, rounded.
func TestCellsHaveTheirValues(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds, of which a short run has few")
	}
	s, err := New(Config{Now: func() time.Time { return sitetest.Built }})
	if err != nil {
		t.Fatal(err)
	}
	snapshot := sitetest.Shipped(t)
	values := 0
	for _, address := range []string{
		"/", "/areas", "/areas/leicester-city", "/areas/leicestershire-and-rutland", "/inspections", "/inspections/" +
			sitetest.Rutland,
		"/inspections/" + sitetest.Leicester, sitetest.With(sitetest.Leicester, sitetest.Rutland),
		sitetest.With(sitetest.Rutland, "bexley-cci-2012"),
		"/benchmarks?programme=cci&measure=safeguarding&group=region&of=leicestershire-and-rutland&as_of=2012-06-13",
		"/benchmarks?programme=yj2018&measure=overall&group=nation", "/benchmarks?indicator=reoffending_rate_percent_15_17",
		"/benchmarks?indicator=fte_rate_per_100k", "/trends?region=london", "/trends?programme=cci&measure=safeguarding",
		"/indicators?indicator=reoffending_rate_percent_15_17&area=leicester-city", "/indicators?indicator=fte_rate_per_100k",
		"/map?programme=cci&measure=safeguarding", "/methodology", "/data", "/releases", "/target", "/accessibility",
	} {
		path, text, _ := strings.Cut(address, "?")
		query, _ := url.ParseQuery(text)
		route, id, ok := s.At(path)
		if !ok {
			t.Fatalf("%s is no page", address)
		}
		for _, tag := range []string{"en", "cy"} {
			r, err := NewRequest(tag, route, id, query)
			if err != nil {
				t.Fatal(err)
			}
			p, err := s.Build(r, Source{Snapshot: snapshot, Latest: snapshot.Release(), Files: files{snapshot}})
			if err != nil {
				t.Errorf("%s: %v", address, err)
				continue
			}
			for _, table := range p.Tables {
				for _, row := range table.Rows {
					for n, cell := range row.Cells {
						if complaint := valueOf(cell, table.Columns[n].Numeric); complaint != "" {
							t.Errorf("%s in %s, %s, %s: %q %s", address, tag, table.ID, table.Columns[n].Label,
								cell.Text, complaint)
						}
						if cell.Value != nil {
							values++
						}
					}
				}
			}
		}
	}
	if values < 1000 {
		t.Errorf("%d values seen", values)
	}
}

// valueOf returns what is wrong with a cell's value; empty where nothing is.
func valueOf(c view.Cell, numeric bool) string {
	number, last, unit, isNumber := shownNumber(c.Text)
	switch {
	case c.Value == nil && numeric && isNumber:
		return "has no value"
	case c.Value == nil:
		return ""
	case !isNumber || unit != c.Value.Unit || math.Abs(number-c.Value.Number) > last*0.5000001:
		return "is not its value, " + strconv.FormatFloat(c.Value.Number, 'g', -1, 64) + c.Value.Unit
	}
	return ""
}
