package office

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/duck/ducktest"
	"yardstick/dashboards/i18n"
)

// The expected values are those of the notices that the inspectorate issued: Leicestershire & Rutland on 13 June 2012,
// Leicester City and Lewisham in 2016.
func TestNoticesSayWhatTheirOriginalsPrinted(t *testing.T) {
	p, err := newPages()
	if err != nil {
		t.Fatal(err)
	}
	s := ducktest.Shipped(t)
	v, err := p.notice("en", s, "leicestershire-and-rutland-cci-2012")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range v.Headlines {
		got = append(got, strings.Join([]string{h.Lowest, h.Highest, h.Average, h.Result, strings.Fields(h.Comment)[0]}, " "))
	}
	slices.Sort(got)
	want := []string{"36% 86% 62% 63% MODERATE", "37% 91% 68% 69% MODERATE", "43% 88% 71% 71% MODERATE"}
	if !slices.Equal(got, want) || v.Computed || v.Published != "13 June 2012" || v.Cases != 62 {
		t.Errorf("%q; computed %v, published %s, %d cases", got, v.Computed, v.Published, v.Cases)
	}
	for id, want := range map[string]map[string]int{
		"leicester-city-fji-2016": {"Satisfactory": 5, "Good": 1},
		"lewisham-fji-2016":       {"Unsatisfactory": 4, "Good": 1},
	} {
		v, err := p.notice("en", s, id)
		if err != nil {
			t.Fatal(err)
		}
		ratings := make(map[string]int)
		for _, h := range v.Headlines {
			ratings[h.Result]++
		}
		if fmt.Sprint(ratings) != fmt.Sprint(want) || v.Ranged {
			t.Errorf("%s: %v, want %v; ranged %v", id, ratings, want, v.Ranged)
		}
		if len(v.Parts) == 0 || v.Parts[0].Heading != "office.notice.reason" || len(v.Sources) == 0 {
			t.Errorf("%s: %+v", id, v.Parts)
		}
	}
}

// Every inspection of the record has a notice in both languages, which says what the findings of its report say.
func TestEveryInspectionHasANotice(t *testing.T) {
	p, err := newPages()
	if err != nil {
		t.Fatal(err)
	}
	s := ducktest.Shipped(t)
	for _, i := range s.Inspections() {
		for _, tag := range i18n.Languages() {
			v, err := p.notice(tag, s, i.ID)
			if err != nil {
				t.Fatalf("%s: %s: %v", i.ID, tag, err)
			}
			reasons := slices.DeleteFunc(slices.Clone(s.FindingsOf(i.ID)),
				func(f analytics.Finding) bool { return f.Kind != analytics.FindingReason })
			if len(reasons) > 0 && !strings.HasPrefix(v.Parts[0].Items[0], strings.TrimSuffix(reasons[0].Text.In(tag), ".")) {
				t.Errorf("%s: %s: %q", i.ID, tag, v.Parts[0].Items)
			}
		}
	}
}

// The notice of what is under embargo says until when, and is there for those who see the publication.
func TestNoticeOfAPublication(t *testing.T) {
	b := newBench(t, testSite)
	fields, moment := b.inTwoDays()
	id := b.draftFile("editor", corrected, fields...)
	said, err := b.pages.moment("en", moment)
	if err != nil {
		t.Fatal(err)
	}
	path := publicationPath(id) + "/notice/kent-yj2025-2027"
	b.wants(b.get(path, b.as("approver")), http.StatusOK, "EMBARGOED UNTIL "+said, "Kent: inspection",
		"Requires improvement", "13 May 2027")
	b.wants(b.get("/cy"+path, b.as("approver")), http.StatusOK, "DAN EMBARGO TAN", "arolygiad o waith")
	b.wants(b.get(publicationPath(id)+"/notice/nowhere", b.as("approver")), http.StatusNotFound)
	if err := b.Store.PutReader(t.Context(), id, "reader", b.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	b.wants(b.get(path, b.as("reader")), http.StatusNotFound)
}
