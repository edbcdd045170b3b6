package office

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"yardstick/data/register"
	"yardstick/internal/office/store"
	"yardstick/queries"
)

// inTwoDays is a form's moment in London two days from now, and the moment.
func (b *bench) inTwoDays() (fields []string, at time.Time) {
	b.t.Helper()
	at = b.Now().Add(48 * time.Hour).Truncate(time.Minute)
	wall := at.In(b.pages.london)
	return []string{"when", "embargo", "day", wall.Format("2006-01-02"), "clock", wall.Format("15:04")}, at
}

// approved is a publication that somebody else approved.
func (b *bench) approved(fields ...string) int {
	b.t.Helper()
	id := b.draftFile("editor", corrected, fields...)
	b.wants(b.post(publicationPath(id)+"/approve", b.touching("approver", subject("approve", b.at(id))),
		url.Values{"hash": {b.at(id).Hash}}), http.StatusSeeOther)
	if got := b.at(id).Status; got != StatusApproved {
		b.t.Fatalf("approved, it is %s", got)
	}
	return id
}

// accepting matches the field that says why an open check is accepted.
var accepting = regexp.MustCompile(`name="(accepted-[a-z]+)"`)

// publishes asks to publish, with a touch and a reason for what the checklist leaves open.
func (b *bench) publishes(id int) {
	b.t.Helper()
	form := url.Values{"hash": {b.at(id).Hash}}
	page := b.get(publicationPath(id), b.as("publisher")).Body.String()
	for _, found := range accepting.FindAllStringSubmatch(page, -1) {
		form.Set(found[1], "the deputy looked at it on paper")
	}
	b.wants(b.post(publicationPath(id)+"/publish", b.touching("publisher", subject("publish", b.at(id))), form),
		http.StatusSeeOther)
}

// A spreadsheet with four mistakes becomes public at its moment, by three people, and is withdrawn by two; also where
// the home requires two people for each decision.
func TestFromSpreadsheetToWithdrawal(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	for name, rules := range map[string]string{"as it is": "", "four eyes": "four_eyes: required\n"} {
		t.Run(name, func(t *testing.T) { fromSpreadsheetToWithdrawal(t, rules) })
	}
}

func fromSpreadsheetToWithdrawal(t *testing.T, rules string) {
	b := newBench(t, testSite)
	if err := os.WriteFile(filepath.Join(b.Register.Home, register.SettingsFile), []byte(rules), 0o600); err != nil {
		t.Fatal(err)
	}
	id := b.sendFile("editor", withErrors)
	page := b.get(publicationPath(id), b.as("editor"))
	b.wants(page, http.StatusOK, "Errors: 4", ">Nowhereshire<", ">2027-13-45<", ">4O<", ">not an address<")
	for _, row := range []string{">3<", ">4<", ">5<", ">6<"} {
		if !strings.Contains(page.Body.String(), row) {
			t.Errorf("no finding is of row %s", row)
		}
	}
	b.wants(b.post(publicationPath(id)+"/draft", b.as("editor"), url.Values{"hash": {b.at(id).Hash}}),
		http.StatusUnprocessableEntity)

	fields, moment := b.inTwoDays()
	b.wants(b.upload(publicationPath(id)+"/file", b.as("approver"), "r.csv", corrected, fields...), http.StatusForbidden)
	b.wants(b.upload(publicationPath(id)+"/file", b.as("editor"), "r.csv", corrected, fields...), http.StatusSeeOther)
	said, err := b.pages.moment("en", moment)
	if err != nil {
		t.Fatal(err)
	}
	b.wants(b.get(publicationPath(id), b.as("editor")), http.StatusOK, said, "Added 3, changed 0", "requires_improvement")
	if entries, err := b.Register.Journal(); err != nil || len(entries) != 0 {
		t.Fatalf("before it is handed in the journal has %d entries, %v", len(entries), err)
	}
	b.wants(b.post(publicationPath(id)+"/draft", b.as("editor"), url.Values{"hash": {"of another content"}}),
		http.StatusUnprocessableEntity)
	b.wants(b.post(publicationPath(id)+"/draft", b.as("editor"), url.Values{"hash": {b.at(id).Hash}}), http.StatusSeeOther)
	if e := b.at(id).Entry; e == nil || e.By != "editor" || !e.Draft || !e.Embargo.Instant.Equal(moment) {
		t.Fatalf("the journal says %+v", e)
	}

	b.wants(b.get("/", b.as("approver")), http.StatusOK, "Waiting for you", "r.csv")
	b.wants(b.get(publicationPath(id), b.as("approver")), http.StatusOK, "Added 3, changed 0", "requires_improvement")
	b.preview(id)

	hash := url.Values{"hash": {b.at(id).Hash}}
	approve := publicationPath(id) + "/approve"
	b.wants(b.post(approve, b.as("approver"), hash), http.StatusUnprocessableEntity, "passkey")
	b.wants(b.post(approve, b.touching("approver", "approve 1 of-another-content"), hash), http.StatusUnprocessableEntity)
	b.wants(b.post(approve, b.touching("approver", subject("publish", b.at(id))), hash), http.StatusUnprocessableEntity)
	b.wants(b.post(approve, b.touching("approver", subject("approve", b.at(id))), url.Values{"hash": {"x"}}),
		http.StatusUnprocessableEntity)
	touched := b.touching("approver", subject("approve", b.at(id)))
	b.clock.ahead.Store(int64(confirmedLasts))
	b.wants(b.post(approve, touched, hash), http.StatusUnprocessableEntity) // a touch stands for two minutes
	b.wants(b.post(approve, b.touching("approver", subject("approve", b.at(id))), hash), http.StatusSeeOther)
	if a := b.at(id).Approval; a == nil || a.By != "approver" {
		t.Fatalf("the journal says %+v", a)
	}

	b.publishes(id)
	if got := b.at(id).Status; got != StatusScheduled {
		t.Fatalf("to be published later, it is %s", got)
	}
	keeper := &keeper{Office: b.Office}
	if next, err := keeper.publishDue(t.Context()); err != nil || !next.Equal(moment.Add(-buildAhead)) ||
		keeper.built != nil {
		t.Fatalf("two days before: %v, %v", next, err)
	}
	b.clock.ahead.Store(int64(time.Until(moment) - 15*time.Second))
	if _, err := keeper.publishDue(t.Context()); err != nil || keeper.built == nil || b.at(id).Status != StatusScheduled {
		t.Fatalf("before its moment: %v, %s", err, b.at(id).Status)
	}
	if found := b.everywhere("Essex notice (synthetic)"); len(found) > 0 {
		t.Fatalf("before its moment %q has it", found)
	}
	b.clock.ahead.Store(int64(time.Until(moment) - 1500*time.Millisecond))
	running, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { keeper.keep(running); close(ended) }()
	for wait := time.Now(); b.at(id).Status != StatusPublished; time.Sleep(20 * time.Millisecond) {
		if time.Since(wait) > time.Minute {
			t.Fatalf("after its moment it is %s\n%s", b.at(id).Status, b.log.String())
		}
	}
	stop()
	<-ended
	public := b.at(id).Public
	if late := public.At.Sub(moment); public.By != "publisher" || late != 0 {
		t.Errorf("published by %s, %v after its moment", public.By, late)
	}
	t.Logf("public %v after its moment", b.Now().Sub(moment))
	if found := b.everywhere("Essex notice (synthetic)"); len(found) == 0 {
		t.Error("no release has it")
	}
	b.wants(b.get(publicationPath(id)+"/preview/", b.as("approver")), http.StatusNotFound)

	b.wants(b.post(publicationPath(id)+"/ask", b.as("publisher"), url.Values{"act": {actWithdraw}, "why": {" "}}),
		http.StatusUnprocessableEntity)
	b.wants(b.post(publicationPath(id)+"/ask", b.as("publisher"),
		url.Values{"act": {actWithdraw}, "why": {"the wrong notice"}}), http.StatusSeeOther)
	withdraw := publicationPath(id) + "/decide"
	hash.Set("act", actWithdraw)
	b.wants(b.post(withdraw, b.touching("publisher", b.wish(actWithdraw, strconv.Itoa(id))), hash), http.StatusForbidden)
	b.wants(b.post(withdraw, b.as("approver"), hash), http.StatusUnprocessableEntity)
	b.wants(b.post(withdraw, b.touching("approver", b.wish(actWithdraw, strconv.Itoa(id))), hash), http.StatusSeeOther)
	if i := b.at(id); i.Status != StatusWithdrawn || i.stillPublic() || i.Left.Why != "the wrong notice" {
		t.Errorf("withdrawn, it is %s, %+v", i.Status, i.Left)
	}
	b.wants(b.get(publicationPath(id), b.as("editor")), http.StatusOK, "the wrong notice", "withdrew", "scheduled it")
	if _, err := b.Register.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	b.audited(id)
	if log := b.log.String(); strings.Contains(log, "Essex") || strings.Contains(log, "results.csv") {
		t.Errorf("the log tells of what is not public:\n%s", log)
	}
}

// leaving matches an address of the site in a page.
var leaving = regexp.MustCompile(`\b(?:href|src|action|data-find)="(/[^"]*)"`)

// preview looks at the preview of three inspections as the approver and as readers.
func (b *bench) preview(id int) {
	b.t.Helper()
	root := publicationPath(id) + "/preview"
	begun := time.Now()
	page := b.get(root+"/inspections/essex-yj2025-2027", b.as("approver"))
	b.t.Logf("the first preview took %v", time.Since(begun))
	b.wants(page, http.StatusOK, "Shown to approver", `href="`+root+`/areas/essex"`, "office-mark", `href="/assets/site.`)
	for _, found := range leaving.FindAllStringSubmatch(page.Body.String(), -1) {
		if !strings.HasPrefix(found[1], root+"/") && !strings.HasPrefix(found[1], "/assets/") {
			b.t.Errorf("a link leaves the preview: %s", found[0])
		}
	}
	if got := page.Header().Get("Cache-Control"); got != "no-store" {
		b.t.Errorf("the preview may be kept: %s", got)
	}
	begun = time.Now()
	b.wants(b.get(root+"/cy/areas/essex", b.as("approver")), http.StatusOK, "office-mark", `lang="cy"`)
	b.t.Logf("another page of it took %v", time.Since(begun))
	b.wants(b.get(root+"/areas/nowhere-at-all", b.as("approver")), http.StatusNotFound, "office-mark")
	b.wants(b.get(root+"/inspections/essex-yj2025-2027", b.as("reader")), http.StatusNotFound)
	if err := b.Store.PutReader(b.t.Context(), id, "reader", b.Now().Add(time.Hour)); err != nil {
		b.t.Fatal(err)
	}
	b.wants(b.get(root+"/inspections/essex-yj2025-2027", b.as("reader")), http.StatusOK, "Shown to reader")
	b.wants(b.get(publicationPath(id), b.as("reader")), http.StatusNotFound)
	b.wants(b.get("/publications", b.as("reader")), http.StatusOK, `href="`+root+`/"`)
	if err := b.Store.PutReader(b.t.Context(), id, "reader", b.Now()); err != nil {
		b.t.Fatal(err)
	}
	b.wants(b.get(root+"/inspections/essex-yj2025-2027", b.as("reader")), http.StatusNotFound)
	if found := b.everywhere("Essex notice (synthetic)"); len(found) > 0 {
		b.t.Errorf("the preview is in %q", found)
	}
}

// audited looks for what was seen and done in the audit.
func (b *bench) audited(id int) {
	b.t.Helper()
	page := b.get("/audit?publication=1", b.as("administrator"))
	b.wants(page, http.StatusOK, "looked at a preview", "/inspections/essex-yj2025-2027", "approved", "withdrew",
		"published")
	file := b.get("/audit.csv?person=reader", b.as("administrator"))
	b.wants(file, http.StatusOK, "reader,preview,1,,/inspections/essex-yj2025-2027")
	if strings.Contains(file.Body.String(), "approver") {
		b.t.Error("the file of one person tells of another")
	}
}

// Whoever sent a file, with whatever roles, cannot approve it, send it back, or lend it to another's approval.
func TestNobodyApprovesTheirOwn(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	b := newBench(t, testSite)
	id := b.draftFile("approver", corrected)
	hash := url.Values{"hash": {b.at(id).Hash}, "why": {"x"}}
	for _, act := range []string{"/approve", "/back"} {
		b.wants(b.post(publicationPath(id)+act, b.touching("approver", subject("approve", b.at(id))), hash),
			http.StatusForbidden)
	}
	if b.at(id).Status != StatusReview {
		t.Error("it moved")
	}
}

// What is sent back is out of the register, with the reason; another file takes its place as a new draft.
func TestSentBack(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	b := newBench(t, testSite)
	id := b.draftFile("editor", corrected)
	first := b.at(id).Import
	b.wants(b.post(publicationPath(id)+"/back", b.as("approver"),
		url.Values{"hash": {b.at(id).Hash}, "why": {"Kent was good"}}),
		http.StatusSeeOther)
	b.wants(b.get(publicationPath(id), b.as("editor")), http.StatusOK, "Kent was good", "sent it back")
	b.wants(b.post(publicationPath(id)+"/draft", b.as("editor"), url.Values{"hash": {b.at(id).Hash}}),
		http.StatusUnprocessableEntity)
	better := strings.Replace(corrected, "requires_improvement", "good", 1)
	b.wants(b.upload(publicationPath(id)+"/file", b.as("editor"), "r.csv", better, "when", "none"), http.StatusSeeOther)
	b.wants(b.post(publicationPath(id)+"/draft", b.as("editor"), url.Values{"hash": {b.at(id).Hash}}), http.StatusSeeOther)
	i := b.at(id)
	if i.Import <= first || i.Status != StatusReview {
		t.Errorf("import %d, %s", i.Import, i.Status)
	}
	entries, err := b.Register.Verify(t.Context())
	if err != nil || len(entries) != 3 || entries[1].Act != register.ActWithdraw || entries[1].By != "approver" {
		t.Errorf("%+v, %v", entries, err)
	}
}

// sentBack prepares a publication whose first import was sent back and another handed in, and returns it with the first.
func (b *bench) sentBack() (id, first int) {
	b.t.Helper()
	id = b.draftFile("editor", corrected)
	first = b.at(id).Import
	b.wants(b.post(publicationPath(id)+"/back", b.as("approver"), url.Values{"hash": {b.at(id).Hash},
		"why": {"the wrong year"}}), http.StatusSeeOther)
	b.wants(b.upload(publicationPath(id)+"/file", b.as("editor"), "results.csv",
		strings.ReplaceAll(corrected, "2027", "2026"), "when", "none"), http.StatusSeeOther)
	b.wants(b.post(publicationPath(id)+"/draft", b.as("editor"), url.Values{"hash": {b.at(id).Hash},
		"warnings": {"read"}}), http.StatusSeeOther)
	return id, first
}

// Losing the office's database loses no decision: publications stand as the journal says.
func TestTheDatabaseIsNoDecision(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes several releases")
	}
	b := newBench(t, testSite)
	id := b.approved()
	b.publishes(id)
	draft := b.draftFile("editor", strings.ReplaceAll(corrected, "2027", "2026"))
	want := map[string]Status{b.at(id).Hash: StatusPublished, b.at(draft).Hash: StatusReview}
	lost, err := store.Open(t.Context(), t.TempDir(), queries.Files(), b.kept.now)
	if err != nil {
		t.Fatal(err)
	}
	defer lost.Close()
	b.Store = lost
	for range 2 { // once they are there, they are not added again
		items, err := b.items(t.Context())
		if err != nil || len(items) != 2 {
			t.Fatalf("%d publications, %v", len(items), err)
		}
		for _, i := range items {
			if i.Status != want[i.Hash] || i.Person != "editor" {
				t.Errorf("%s of %s is %s, want %s", i.Hash, i.Person, i.Status, want[i.Hash])
			}
		}
	}
}

// A publication that fails at its moment is shown and logged, leaves the public release as it was, and may be made
// again.
func TestAFailedPublicationIsShown(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes several releases")
	}
	b := newBench(t, testSite)
	fields, moment := b.inTwoDays()
	id := b.approved(fields...)
	b.publishes(id)
	rows := filepath.Join(b.Register.Home, "register", "rows", b.at(id).Entry.Rows+".parquet")
	if err := os.Rename(rows, rows+".away"); err != nil {
		t.Fatal(err)
	}
	b.clock.ahead.Store(int64(time.Until(moment) + time.Second))
	if _, err := (&keeper{Office: b.Office}).publishDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if i := b.at(id); i.Status != StatusFailed || i.Public != nil {
		t.Fatalf("it is %s", i.Status)
	}
	b.wants(b.get("/", b.as("publisher")), http.StatusOK, "Not published")
	if !strings.Contains(b.log.String(), "a scheduled publication failed") {
		t.Errorf("the log says %s", b.log.String())
	}
	if err := os.Rename(rows+".away", rows); err != nil {
		t.Fatal(err)
	}
	b.publishes(id)
	if i := b.at(id); i.Status != StatusPublished {
		t.Errorf("made again, it is %s", i.Status)
	}
}

// An embargo is chosen, never left out, and lies ahead.
func TestEmbargoOfAForm(t *testing.T) {
	b := newBench(t, testSite)
	for _, fields := range [][]string{
		{},
		{"when", "perhaps"},
		{"when", "embargo"},
		{"when", "embargo", "day", "2027-03-28", "clock", "01:30"}, // clocks go forward
		{"when", "embargo", "day", "2027-10-31", "clock", "01:30"}, // and back
		{"when", "embargo", "day", "2012-06-13", "clock", "00:01"},
	} {
		b.wants(b.upload("/send", b.as("editor"), "r.csv", corrected, fields...), http.StatusUnprocessableEntity,
			"There is a problem")
	}
	b.wants(b.upload("/send", b.as("editor"), "r.csv", "", "when", "none"), http.StatusUnprocessableEntity)
	b.wants(b.upload("/cy/send", b.as("editor"), "r.csv", corrected), http.StatusUnprocessableEntity, "Mae problem")
	id := b.sendFile("editor", corrected, "when", "embargo", "day", "2027-06-13", "clock", "00:01:00")
	b.wants(b.get(publicationPath(id), b.as("editor")), http.StatusOK, "Sunday 13 June 2027, 00:01 BST")
	b.wants(b.get("/cy"+publicationPath(id), b.as("editor")), http.StatusOK, "dydd Sul 13 Mehefin 2027, 00:01 BST")
}

// A sheet of another layout is read by a recipe, which the register keeps with it.
func TestASheetOfAnotherLayout(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	b := newBench(t, testSite)
	const sheet = "Figures of a year\n\nService,Judgement\nEssex,good\nTotal,\n"
	recipe := "about = \"Judgements\"\nkind = \"results\"\n[sheet]\nheader_row = 3\n[[skip]]\ncolumn = " +
		"\"{Service}\"\nmatching = '^Total'\n" +
		"[fields]\narea = \"{Service}\"\nprogramme = \"yj2025\"\npublication_date = \"2027-05-13\"\nmeasure = " +
		"\"overall\"\nrating = \"{Judgement}\"\n"
	b.wants(b.upload("/send", b.as("editor"), "s.csv", sheet, "when", "none", "layout", "own"),
		http.StatusUnprocessableEntity)
	b.wants(b.upload("/send", b.as("editor"), "s.csv", sheet, "when", "none", "layout", "nothing"),
		http.StatusUnprocessableEntity)
	id := b.sendFile("editor", sheet, "when", "none", "layout", "own", "recipe", recipe, "source_url",
		"https://example.test/s")
	b.wants(b.get(publicationPath(id), b.as("editor")), http.StatusOK, "Added 1, changed 0", "essex-yj2025-2027")
	b.wants(b.post(publicationPath(id)+"/draft", b.as("editor"),
		url.Values{"hash": {b.at(id).Hash}, "warnings": {"read"}}),
		http.StatusSeeOther)
	if e := b.at(id).Entry; e == nil || e.Recipe == "" {
		t.Errorf("the journal says %+v", e)
	}
	b.wants(b.get(publicationPath(id), b.as("approver")), http.StatusOK, "Added 1, changed 0")
}
