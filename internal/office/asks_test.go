package office

import (
	"context"
	"database/sql"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"yardstick/data/register"
	"yardstick/internal/office/store"
	"yardstick/queries"
)

// asks asks for something about a publication.
func (b *bench) asks(id int, person, act, why string) {
	b.t.Helper()
	b.wants(b.post(publicationPath(id)+"/ask", b.as(person), url.Values{"act": {act}, "why": {why}}), http.StatusSeeOther)
}

// What somebody asks for waits on the first page of whoever may confirm it. Who asked may cancel it, and nobody else
// without the right may leave it.
func TestWhatIsAskedWaitsForAnother(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	b := newBench(t, testSite)
	fields, _ := b.inTwoDays()
	id := b.draftFile("editor", corrected, fields...)
	for act, words := range map[string]string{actLift: "Confirm that the embargo ends early",
		actRedact: "Confirm that it is erased for good"} {
		b.asks(id, "editor", act, "for a test")
		b.wants(b.get("/", b.as("publisher")), http.StatusOK, "Waiting for you", words, "results.csv")
		b.wants(b.get(publicationPath(id), b.as("approver")), http.StatusOK, `href="#asked">`+words,
			`href="#review">Look at the difference`)
		if page := mainOf(b.get("/", b.as("editor"))); strings.Contains(page, words) {
			t.Errorf("who asked is to confirm it:\n%s", page)
		}
		keep := url.Values{"act": {act}, "do": {"keep"}}
		b.wants(b.post(publicationPath(id)+"/decide", b.as("other"), keep), http.StatusNotFound)
		b.wants(b.post(publicationPath(id)+"/decide", b.as("editor"), keep), http.StatusSeeOther)
		if asked := b.at(id).Asked; len(asked) > 0 {
			t.Errorf("cancelled, %+v is asked for", asked)
		}
	}
	b.isPublic()
	inspection := url.Values{"inspection": {"leicester-city-fji-2016"}, "why": {"of another service"}}
	b.wants(b.post("/withdrawals", b.as("editor"), inspection), http.StatusSeeOther)
	b.wants(b.get("/", b.as("approver")), http.StatusOK, "leicester-city-fji-2016", "Confirm the withdrawal")
	b.wants(b.get("/withdrawals", b.as("editor")), http.StatusOK, "Cancel your request")
	if page := mainOf(b.get("/withdrawals", b.as("other"))); strings.Contains(page, `value="keep"`) {
		t.Errorf("another editor is offered what they may not do:\n%s", page)
	}
	keep := url.Values{"do": {"keep"}}
	b.wants(b.post("/withdrawals/leicester-city-fji-2016", b.as("other"), keep), http.StatusForbidden)
	b.wants(b.post("/withdrawals/leicester-city-fji-2016", b.as("editor"), keep), http.StatusSeeOther)
}

// What is asked for goes with what is redacted: its reason may repeat what must not be kept.
func TestRequestsAreRedacted(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	b := newBench(t, testSite)
	id := b.approved()
	b.asks(id, "publisher", actRedact, "it names a child")
	if err := b.Store.Redact(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if left, err := b.Store.Petitions(t.Context()); err != nil || len(left) > 0 {
		t.Errorf("redacted, the database has %+v, %v", left, err)
	}
}

// An erasure that was cut off after the register erased its part stays on the page of the publication and is confirmed
// again: the office's database has not erased its own.
func TestAnErasureThatFailedIsConfirmedAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes a release")
	}
	b := newBench(t, testSite)
	id := b.draftFile("editor", corrected)
	b.asks(id, "publisher", actRedact, "it names a child")
	redaction := register.Redaction{Import: b.at(id).Import, By: "approver", Why: "it names a child"}
	if _, err := b.Register.Redact(t.Context(), redaction); err != nil { // as far as the first confirmation came
		t.Fatal(err)
	}
	if i := b.at(id); !i.Entry.Erased || i.Cleared {
		t.Fatalf("erased in the register: %v, in the office: %v", i.Entry.Erased, i.Cleared)
	}
	b.wants(b.get(publicationPath(id), b.as("approver")), http.StatusOK, `data-do="confirm-redact"`)
	confirmed := b.post(publicationPath(id)+"/decide", b.touching("approver", b.wish(actRedact, strconv.Itoa(id))),
		url.Values{"act": {actRedact}})
	b.wants(confirmed, http.StatusSeeOther)
	if i := b.at(id); !i.Cleared || len(i.Asked) > 0 {
		t.Errorf("confirmed again, the office has its texts (%v), and %+v is asked for", !i.Cleared, i.Asked)
	}
	if page := mainOf(b.get(publicationPath(id), b.as("publisher"))); strings.Contains(page, "ask-redact") {
		t.Errorf("what is erased can be asked to be erased:\n%s", page)
	}
}

// What was sent back may name the same child: it is erased with the publication that it was of.
func TestAnErasureErasesWhatWasSentBack(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes a release")
	}
	b := newBench(t, testSite)
	id, first := b.sentBack()
	second := b.at(id).Import
	b.asks(id, "publisher", actRedact, "it names a child")
	b.wants(b.post(publicationPath(id)+"/decide", b.touching("approver", b.wish(actRedact, strconv.Itoa(id))),
		url.Values{"act": {actRedact}}), http.StatusSeeOther)
	entries, err := b.Register.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, seq := range []int{first, second} {
		if !entries[seq-1].Erased {
			t.Errorf("import %d of the imports %d and %d has its rows still", seq, first, second)
		}
	}
}

// The timeline says which open point was accepted. The audit of a publication has every decision about it, in words.
func TestDecisionsAreToldInWords(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes a release")
	}
	b := newBench(t, testSite)
	id := b.approved()
	b.wants(b.post(publicationPath(id)+"/plan", b.as("publisher"), url.Values{"inspection": {"essex-yj2025-2027"},
		"due": {"2027-06-13"}, "plan_url": {"https://example.test/essex"}}), http.StatusSeeOther)
	b.wants(b.get("/", b.as("publisher")), http.StatusOK, "due 13 June 2027")
	b.wants(b.get("/cy/", b.as("publisher")), http.StatusOK, "13 Mehefin 2027")
	b.publishes(id)
	page := b.get(publicationPath(id), b.as("publisher"))
	b.wants(page, http.StatusOK, "It has an embargo: the deputy looked at it on paper",
		`href="`+noticePath(id, "essex-yj2025-2027")+`"`)
	audited := b.get("/audit?publication="+strconv.Itoa(id), b.as("administrator"))
	b.wants(audited, http.StatusOK, ">published<", "It has an embargo: the deputy looked at it on paper")
	if text := mainOf(audited); strings.Contains(text, "accept/") {
		t.Errorf("the audit tells the name of a document:\n%s", text)
	}
	b.wants(b.get(noticePath(id, "essex-yj2025-2027"), b.as("publisher")), http.StatusOK, "Essex")
}

// What an examination found is said in the language of whoever reads it.
func TestAnExaminationIsReadInBothLanguages(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds a release")
	}
	b := newBench(t, testSite)
	id := b.draftFile("editor", corrected)
	b.Reach = func(context.Context, string) error { return errNotFound }
	b.wants(b.post(publicationPath(id)+"/examine", b.as("approver"), nil), http.StatusSeeOther)
	b.wants(b.get(publicationPath(id), b.as("approver")), http.StatusOK, "https://example.test/kent does not answer")
	b.wants(b.get("/cy"+publicationPath(id), b.as("approver")), http.StatusOK, "Nid yw https://example.test/kent yn ateb")
}

// A file that changes what is public is asked for its reason when it is sent, not when it is handed in.
func TestACorrectionNeedsItsReasonWhenItIsSent(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes a release")
	}
	b := newBench(t, testSite)
	b.publishes(b.approved())
	w := b.upload("/send", b.as("editor"), "correction.csv", correction, "when", "none")
	b.wants(w, http.StatusUnprocessableEntity, `href="#why"`, "Give a reason")
	w = b.upload("/send", b.as("editor"), "correction.csv", correction, "when", "none", "why", "a cell was misread")
	b.wants(w, http.StatusSeeOther)
}

// A publication that failed waits for a publisher: the first page does not say that nothing does.
func TestWhatFailedWaits(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes a release")
	}
	b := newBench(t, testSite)
	fields, moment := b.inTwoDays()
	id := b.approved(fields...)
	b.publishes(id)
	if page := mainOf(b.get(publicationPath(id), b.as("publisher"))); strings.Contains(page, `data-do="schedule"`) ||
		!strings.Contains(page, "/unschedule") {
		t.Errorf("scheduled, it is to be scheduled again:\n%s", page)
	}
	rows := filepath.Join(b.Register.Home, "register", "rows", b.at(id).Entry.Rows+".parquet")
	if err := os.Remove(rows); err != nil {
		t.Fatal(err)
	}
	b.clock.ahead.Store(int64(time.Until(moment) + time.Second))
	if _, err := (&keeper{Office: b.Office}).publishDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	page := mainOf(b.get("/", b.as("publisher")))
	if !strings.Contains(page, "Look at what failed") || strings.Contains(page, "Nothing is waiting for you") {
		t.Errorf("the first page says:\n%s", page)
	}
	b.tellsNoPath(id)
	if err := b.Store.Fail(t.Context(), id, "open "+rows+": no such file"); err != nil { // as earlier programs did
		t.Fatal(err)
	}
	b.tellsNoPath(id)
	if b.at(id).Status != StatusFailed {
		t.Errorf("it is %s", b.at(id).Status)
	}
}

// tellsNoPath fails where a page about a publication that failed names a file of the server, or does not say in words of
// its language what went wrong.
func (b *bench) tellsNoPath(id int) {
	b.t.Helper()
	for tag, words := range map[string]string{"en": "The office could not do it", "cy": "Ni allai&#39;r swyddfa wneud hyn"} {
		page := b.get(pathIn(tag, publicationPath(id)), b.as("publisher"))
		b.wants(page, http.StatusOK, words)
		if text := page.Body.String(); strings.Contains(text, b.Register.Home) {
			b.t.Errorf("%s: it names a file of the server:\n%s", tag, mainOf(page))
		}
	}
	if page := b.get("/", b.as("publisher")); strings.Contains(page.Body.String(), b.Register.Home) {
		b.t.Errorf("the first page names a file of the server:\n%s", mainOf(page))
	}
}

// A database of an office of before keeps what was asked for and what failed.
func TestADatabaseOfBeforeIsReadAgain(t *testing.T) {
	folder := t.TempDir()
	kept, err := store.Open(t.Context(), folder, queries.Files(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kept.AddPublication(t.Context(), store.Publication{State: store.StateReview, Import: 3},
		store.File{}); err != nil {
		t.Fatal(err)
	}
	if err := kept.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(folder, "office.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"create table request (publication integer primary key, person text, at text, why text) strict",
		"insert into request values (1, 'publisher', '2026-05-01T00:00:00.000Z', 'the wrong notice')",
		"create table schedule (publication integer primary key, person text, at text, failed text) strict",
		"insert into schedule values (1, 'publisher', '2026-05-01T00:00:00.000Z', 'no space is left')",
	} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // starts
		kept, err := store.Open(t.Context(), folder, queries.Files(), time.Now)
		if err != nil {
			t.Fatal(err)
		}
		all, err := kept.Petitions(t.Context())
		if err != nil || len(all) != 1 || all[0].Act != actWithdraw || all[0].About != "1" || all[0].Person != "publisher" {
			t.Errorf("%+v, %v", all, err)
		}
		rows, err := kept.Publications(t.Context())
		if err != nil || len(rows) != 1 || rows[0].Failed != "no space is left" {
			t.Errorf("%+v, %v", rows, err)
		}
		if err := kept.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
