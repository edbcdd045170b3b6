package office

import (
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yardstick/data/finding"
	"yardstick/data/register"
)

// Every reason has its words in every language, and every rule of announcements; no words are of a reason that is none.
func TestEveryReasonHasItsWords(t *testing.T) {
	p, err := newPages()
	if err != nil {
		t.Fatal(err)
	}
	rules := []register.AnnouncementRule{register.AnnouncementArea, register.AnnouncementLength,
		register.AnnouncementFigure, register.AnnouncementDate, register.AnnouncementPast, register.AnnouncementUnknown,
		register.AnnouncementClosed, register.AnnouncementReason}
	for tag, language := range p.languages {
		for _, why := range reasons() {
			if !language.Has("office.reason." + string(why)) {
				t.Errorf("%s: no words for %q", tag, why)
			}
		}
		for _, rule := range rules {
			if !language.Has("office.announce.wrong." + string(rule)) {
				t.Errorf("%s: no words for %q", tag, rule)
			}
		}
		for _, key := range language.Keys() {
			if why, ok := strings.CutPrefix(key, "office.reason."); ok && !slices.Contains(reasons(), reason(why)) {
				t.Errorf("%s: %s is no reason", tag, why)
			}
		}
	}
}

// An error of the register's is told by its kind, however it is wrapped; what it says itself is for the log.
func TestReasonsAreTold(t *testing.T) {
	wrapped := func(err error) error { return fmt.Errorf("publish: %w", err) }
	for want, err := range map[reason]error{
		reasonNothing:     register.ErrNothing,
		reasonEmbargo:     &register.EmbargoedError{Import: 3},
		reasonUnapproved:  &register.UnapprovedError{Import: 3},
		reasonSame:        &register.SameUserError{User: "501", Seq: 3},
		reasonMoved:       new(register.MovedError),
		reasonUnexplained: &register.UnexplainedError{Changed: 2},
		reasonClock:       new(register.ClockError),
		reasonLong:        &finding.Error{Findings: []finding.Finding{{Rule: "text_length"}}},
		reasonFindings:    &finding.Error{Findings: []finding.Finding{{Rule: "area_unknown"}}},
		reasonBroken:      filepath.ErrBadPattern,
	} {
		if got := reasonOf(wrapped(err)); got != want {
			t.Errorf("%v is the reason %q, want %q", err, got, want)
		}
	}
}

// What the register refuses is told in the language of the page, and names no import.
func TestTheRegisterSpeaksTheLanguageOfThePage(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks the register")
	}
	b := newBench(t, testSite)
	form := url.Values{"title_en": {"Inspections, 40%"}, "title_cy": {"Arolygiadau"}, "expected": {"2027-06"}}
	w := b.post("/cy/announcements", b.as("publisher"), form)
	b.wants(w, http.StatusUnprocessableEntity, "Tynnwch y ganran", `value="Inspections, 40%"`)
	form.Set("title_en", "Inspections")
	form.Set("areas", "Nowhereshire")
	w = b.post("/cy/announcements", b.as("publisher"), form)
	b.wants(w, http.StatusUnprocessableEntity, "Nid oes ardal “Nowhereshire” yn y cofnod")

	id := b.draftFile("editor", corrected)
	if err := b.Register.Approve(t.Context(), b.at(id).Import, "ann", ""); err != nil { // by the command line
		t.Fatal(err)
	}
	i := b.at(id)
	c := &call{Office: b.Office, Request: b.request(), tag: "cy", item: i}
	c.failed(b.Register.Lift(t.Context(), i.Import, "ann", "it is asked for"))
	if got := c.problems[0].Text; !strings.Contains(got, "Penderfynodd rhywun rywbeth arall") {
		t.Errorf("it says %q", got)
	}
}
