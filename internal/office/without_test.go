package office

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

// decisions is how many decisions the journal has.
func (b *bench) decisions() int {
	b.t.Helper()
	entries, err := b.Register.Journal()
	if err != nil {
		b.t.Fatal(err)
	}
	return len(entries)
}

// Forms that were right once are sent again when the publication has moved on, by those who had the right: nothing is
// decided a second time.
func TestFormsSentAgainDecideNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes several releases")
	}
	b := newBench(t, testSite)
	id, path := b.approved(), publicationPath(1)
	page := b.post(path+"/replies", b.as("publisher"), url.Values{"inspection": {"essex-yj2025-2027"}, "contact": {"x"},
		"until": {b.Now().AddDate(0, 0, 7).Format(time.DateOnly)}})
	link := replyLink.FindStringSubmatch(page.Body.String())[1]
	key := b.replies(id)[0].Key
	other := b.draftFile("editor", strings.ReplaceAll(corrected, "2027", "2026"))
	for _, act := range []string{"remarks", "response"} { // by the address of another publication
		b.wants(b.post(publicationPath(other)+"/replies/"+key+"/"+act, b.as("publisher"), nil), http.StatusNotFound)
	}
	b.wants(b.post(publicationPath(other)+"/replies/"+key+"/end", b.as("publisher"), nil), http.StatusSeeOther)
	b.wants(b.get(link, nil), http.StatusOK) // it was not ended
	b.publishes(id)
	before := b.decisions()
	form := url.Values{"hash": {b.at(id).Hash}, "why": {"x"}, "warnings": {"read"}, "contact": {"x"}, "act": {actLift},
		"inspection": {"essex-yj2025-2027"}, "until": {b.Now().AddDate(0, 0, 7).Format(time.DateOnly)}}
	for act, who := range map[string]string{"draft": "editor", "approve": "approver", "back": "approver",
		"publish": "publisher", "replies": "publisher", "examine": "approver",
		"announcement": "publisher", "ask": "publisher", "decide": "approver"} {
		w := b.post(path+"/"+act, b.touching(who, subject(act, b.at(id))), form)
		if w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
			t.Errorf("%s: status %d: %.300s", act, w.Code, mainOf(w))
		}
	}
	b.wants(b.post(link, nil, url.Values{"response": {"too late"}}), http.StatusNotFound)
	b.wants(b.get(path+"/preview/", b.as("approver")), http.StatusNotFound)
	if got := b.decisions(); got != before || b.at(id).Status != StatusPublished {
		t.Errorf("%d decisions became %d; it is %s", before, got, b.at(id).Status)
	}
}

// Whoever lost their right or their access decides nothing more, with a session and a touch from before.
func TestRightsEndAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	b := newBench(t, testSite)
	id := b.draftFile("editor", corrected)
	form := url.Values{"hash": {b.at(id).Hash}, "why": {"x"}}
	session := b.touching("approver", subject("approve", b.at(id)))
	if err := b.Store.SetRoles(t.Context(), "approver", []string{"viewer"}); err != nil {
		t.Fatal(err)
	}
	b.wants(b.post(publicationPath(id)+"/approve", session, form), http.StatusNotFound)
	if err := b.Store.SetRoles(t.Context(), "approver", []string{"approver"}); err != nil {
		t.Fatal(err)
	}
	if err := b.Store.End(t.Context(), "approver"); err != nil {
		t.Fatal(err)
	}
	b.wants(b.post(publicationPath(id)+"/approve", session, form), http.StatusUnauthorized, "/sign-in?next=")
	if b.at(id).Status != StatusReview {
		t.Errorf("it is %s", b.at(id).Status)
	}
}

// A withdrawal is confirmed for the reason that was seen, and for no other that was asked for since.
func TestAWithdrawalIsConfirmedForItsReason(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes several releases")
	}
	b := newBench(t, testSite)
	id := b.approved()
	b.publishes(id)
	path, form := publicationPath(id), url.Values{"act": {actWithdraw}}
	ask := func(why string) {
		b.asks(id, "publisher", actWithdraw, why)
	}
	ask("the wrong notice")
	touched := b.touching("approver", b.wish(actWithdraw, strconv.Itoa(id)))
	b.wants(b.post(path+"/decide", b.as("publisher"), url.Values{"act": {actWithdraw}, "do": {"keep"}}),
		http.StatusSeeOther)
	ask("something else")
	b.wants(b.post(path+"/decide", touched, form), http.StatusUnprocessableEntity)
	if got := b.at(id).Status; got != StatusAsked {
		t.Errorf("it is %s", got)
	}
}

// A reader before publication sees the preview until the embargo ends by London's clocks, on the days on which they
// change as on others, and not a second longer.
func TestReadersEndWithTheEmbargoByLondonsClocks(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	b := newBench(t, testSite)
	for _, one := range []struct{ day, clock, ends, said string }{
		{"2027-03-28", "00:30", "2027-03-28T00:30:00Z", "00:30 GMT"},
		{"2027-03-28", "02:30", "2027-03-28T01:30:00Z", "02:30 BST"},
		{"2027-10-31", "00:30", "2027-10-30T23:30:00Z", "00:30 BST"},
		{"2027-10-31", "02:30", "2027-10-31T02:30:00Z", "02:30 GMT"},
	} {
		id := b.sendFile("editor", corrected, "when", "embargo", "day", one.day, "clock", one.clock)
		ends, err := time.Parse(time.RFC3339, one.ends)
		if err != nil {
			t.Fatal(err)
		}
		i := b.at(id)
		b.wants(b.get(publicationPath(id), b.as("editor")), http.StatusOK, one.said)
		b.wants(b.post(publicationPath(id)+"/readers", b.as("publisher"), url.Values{"person": {"reader"}}),
			http.StatusSeeOther)
		granted, err := b.Store.Readers(t.Context(), id)
		if err != nil || len(granted) != 1 || !granted[0].Until.Equal(ends) || !i.Embargo.Instant.Equal(ends) {
			t.Fatalf("%s %s: %+v until %v, %v", one.day, one.clock, granted, ends, err)
		}
		c := &call{Office: b.Office, Request: b.request(), tag: "en"}
		if c.person, err = b.Store.Person(t.Context(), "reader"); err != nil {
			t.Fatal(err)
		}
		for before, want := range map[time.Duration]bool{2 * time.Second: true, -time.Second: false} {
			b.clock.ahead.Store(int64(time.Until(ends.Add(-before))))
			if may, err := c.reads(i, ofPreview); err != nil || may != want {
				t.Errorf("%s %s: %v before its end a reader may look: %v, %v", one.day, one.clock, before, may, err)
			}
		}
		b.clock.ahead.Store(0)
	}
}
