package server

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
)

// Publications to come are on a page, in a feed and in a calendar, each as exact as its date is known, and a changed date
// has its reason.
func TestUpcomingPublications(t *testing.T) {
	s := newSite(t, revised(t))
	page := s.get(t, "/upcoming").text()
	for _, want := range []string{"2 publications are announced. The first is Synthetic: Wales, February 2027.",
		`<time datetime="2027-07-12T23:01:00Z">13 July 2027, 00:01 BST</time>`, `href="/areas/leicester-city"`,
		"Moved on 1 May 2026 from June 2027 to 13 July 2027, 00:01 BST.", "&lt;b&gt;twice",
		"Cancelled on 2 May 2026.", "Published on 14 May 2026.", `href="/upcoming.ics"`, `href="/upcoming/feed.atom"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if welsh := s.get(t, "/cy/upcoming").text(); !strings.Contains(welsh, "Synthetig: Caerlŷr") ||
		!strings.Contains(welsh, "13 Gorffennaf 2027, 00:01 BST") {
		t.Error("the Welsh page does not name what is to come")
	}

	f := readFeed(t, s, "/upcoming/feed.atom")
	if len(f.Entries) != 4 || !slices.ContainsFunc(f.Entries, func(e atomEntry) bool {
		return e.Title == "Synthetic: Leicester – 13 July 2027, 00:01 BST" && strings.HasPrefix(e.Summary, "Moved on 1 May")
	}) {
		t.Errorf("the feed has %+v", f.Entries)
	}
	if welsh := readFeed(t, s, "/cy/upcoming/feed.atom"); welsh.ID == f.ID || welsh.Language != "cy" {
		t.Errorf("the Welsh feed is %s of %s", welsh.ID, welsh.Language)
	}

	answer := s.get(t, "/upcoming.ics")
	if kind := answer.header.Get("Content-Type"); answer.status != http.StatusOK ||
		kind != "text/calendar; charset=utf-8" {
		t.Fatalf("the calendar: status %d, type %s", answer.status, kind)
	}
	if bytes.Count(answer.body, []byte("\n")) != bytes.Count(answer.body, []byte("\r\n")) {
		t.Error("a line of the calendar does not end with CRLF")
	}
	calendar, err := ics.ParseCalendar(bytes.NewReader(answer.body))
	if err != nil {
		t.Fatal(err)
	}
	value := func(e *ics.VEvent, p ics.ComponentProperty) string {
		if found := e.GetProperty(p); found != nil {
			return found.Value
		}
		return ""
	}
	var got []string
	for _, e := range calendar.Events() {
		got = append(got, strings.Join([]string{value(e, ics.ComponentPropertySummary),
			value(e, ics.ComponentPropertyDtStart), value(e, ics.ComponentPropertyDtEnd),
			value(e, ics.ComponentPropertyStatus), value(e, ics.ComponentPropertySequence)}, "|"))
	}
	want := []string{"Synthetic: Wales|20270201|20270301|TENTATIVE|0",
		"Synthetic: Leicester|20270712T230100Z||CONFIRMED|1", "Synthetic: May|20260501|20260601|TENTATIVE|1",
		"Synthetic: none|20270301|20270302|CANCELLED|1"}
	if !slices.Equal(got, want) {
		t.Errorf("the calendar has\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, e := range calendar.Events() {
		if start, err := e.GetStartAt(); value(e, ics.ComponentPropertySummary) == "Synthetic: Leicester" &&
			(err != nil || !start.Equal(time.Date(2027, 7, 12, 23, 1, 0, 0, time.UTC))) {
			t.Errorf("it starts at %v, %v", start, err)
		}
	}
}
