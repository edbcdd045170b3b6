package site

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"yardstick/analytics"
	"yardstick/dashboards/sitetest"
)

// marks are the marks of a column, row by row.
func (p overviewView) marks(column int) (marks []string) {
	for _, g := range p.Groups {
		for _, row := range g.Rows {
			marks = append(marks, row.Cells[column].Mark)
		}
	}
	return marks
}

// What is not known comes last, whichever way the known is put.
func TestOverviewSortsByAColumn(t *testing.T) {
	steps := map[string]int{"I": 1, "RI": 2, "G": 3, "O": 4}
	for order, up := range map[string]bool{"up": true, "down": false} {
		p := viewAt[overviewView](t, "/overview?show=yj2018&sort=overall&group=none&order="+order)
		if len(p.Groups) != 1 {
			t.Fatalf("one list has %d groups", len(p.Groups))
		}
		last, unknown := 0, false
		for n, mark := range p.marks(0) {
			step, known := steps[strings.TrimSuffix(mark, "°")]
			switch {
			case !known:
				unknown = true
			case unknown:
				t.Fatalf("%s: row %d is known and comes after one that is not", order, n)
			case n > 0 && (up && step < last || !up && step > last):
				t.Fatalf("%s: row %d has %s after step %d", order, n, mark, last)
			}
			last = step
		}
		if !unknown {
			t.Error("every area is known: nothing is tested")
		}
	}
}

func TestOverviewFiltersByRegionAndName(t *testing.T) {
	p := viewAt[overviewView](t, "/overview?region=wales&find=CAERDYDD")
	if len(p.Groups) != 1 || p.Groups[0].ID != "wales" || len(p.Groups[0].Rows) != 1 ||
		p.Groups[0].Rows[0].Area.Text != "Cardiff" {
		t.Errorf("Cardiff alone is called Caerdydd in Wales: %+v", p.Groups)
	}
	if len(p.Table.Rows) != 1 {
		t.Errorf("the file has %d rows, and the page one", len(p.Table.Rows))
	}
	if none := viewAt[overviewView](t, "/overview?find=zzzz"); len(none.Groups) != 0 {
		t.Errorf("nobody is called zzzz: %+v", none.Groups)
	}
}

// A header leads to its column's order, and a second time to the other one; other choices stay.
func TestOverviewHeadersSort(t *testing.T) {
	p := viewAt[overviewView](t, "/overview?region=wales&sort=overall&order=up")
	at := slices.IndexFunc(p.Columns, func(c overviewColumn) bool { return c.Sort != "" })
	if at != 0 || p.Columns[0].Sort != "ascending" {
		t.Fatalf("the first column is in order: %+v", p.Columns[at])
	}
	for n, want := range map[int]string{0: "down", 1: "up"} {
		u, err := url.Parse(p.Columns[n].Href)
		if err != nil || u.Query().Get("order") != want || u.Query().Get("region") != "wales" {
			t.Errorf("column %d leads to %s", n, p.Columns[n].Href)
		}
	}
}

func TestOverviewRefusesWhatItCannotShow(t *testing.T) {
	for query, field := range map[string]string{
		"show=sqs": "show", "show=nothing": "show", "region=mars": "region", "sort=nothing": "sort", "order=left": "order",
		"group=all": "group",
	} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		s, err := New(Config{})
		if err != nil {
			t.Fatal(err)
		}
		route, _, _ := s.At("/overview")
		r, err := NewRequest("en", route, "", values)
		if err != nil {
			t.Fatal(err)
		}
		r.snapshot = sitetest.Shipped(t)
		_, _, err = overviewOf(&r)
		if invalid := new(analytics.InvalidError); !errors.As(err, &invalid) || invalid.Field != field {
			t.Errorf("%s: %v, want an error of %s", query, err, field)
		}
	}
}
