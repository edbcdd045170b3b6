package office

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"yardstick/data/register"
	"yardstick/data/release"
	"yardstick/internal/office/store"
	"yardstick/queries"
)

// public returns a file of the record of the public release.
func (b *bench) public(name string) string {
	b.t.Helper()
	m, err := release.Current(b.Register.Home)
	if err != nil {
		b.t.Fatal(err)
	}
	record, err := release.Record(b.Register.Home, m)
	if err != nil {
		b.t.Fatal(err)
	}
	file, err := record.Open(name)
	if err != nil {
		return ""
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		b.t.Fatal(err)
	}
	return string(content)
}

// A publication is announced, moved with a reason and tied to the file that it is of: readers see the first two, and the
// checklist the third.
func TestAnnouncingInTheOffice(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes several releases")
	}
	b := newBench(t, testSite)
	fields, moment := b.inTwoDays()
	wall := moment.In(b.pages.london)
	form := url.Values{"title_en": {"Inspections of May"}, "title_cy": {"Arolygiadau Mai"}, "areas": {"Essex, Kent"},
		"expected": {wall.Format("2006-01")}}
	b.wants(b.post("/announcements", b.as("publisher"), url.Values{"title_en": {"x"}}), http.StatusUnprocessableEntity,
		"There is a problem", `href="#title_cy"`)
	b.wants(b.post("/announcements", b.as("publisher"), form), http.StatusSeeOther)
	if told := b.public(release.AnnouncementsFile); !strings.Contains(told, "Inspections of May,Arolygiadau Mai,essex;kent") {
		t.Fatalf("readers are told %q", told)
	}
	id := b.draftFile("editor", corrected, fields...)
	b.wants(b.post(publicationPath(id)+"/announcement", b.as("publisher"), url.Values{"announcement": {"99"}}),
		http.StatusUnprocessableEntity)
	b.wants(b.post(publicationPath(id)+"/announcement", b.as("publisher"), url.Values{"announcement": {"1"}}),
		http.StatusSeeOther)
	announcedPasses := func() bool {
		c := &call{Office: b.Office, Request: b.request(), tag: "en", item: b.at(id)}
		checks, err := c.checks(register.Receipt{}, beside{})
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range checks {
			if k.Name == "announced" {
				return k.Pass
			}
		}
		return false
	}
	if !announcedPasses() {
		t.Error("announced for the month of its embargo, the checklist says that it is not")
	}
	form.Set("expected", wall.AddDate(0, 0, 5).Format("2006-01-02"))
	b.wants(b.post("/announcements/1", b.as("publisher"), form), http.StatusUnprocessableEntity, "reason")
	form.Set("why", "the fieldwork took longer")
	b.wants(b.post("/announcements/1", b.as("publisher"), form), http.StatusSeeOther)
	if announcedPasses() {
		t.Error("announced for another day than its embargo, the checklist passes")
	}
	told := b.public(release.AnnouncementsFile)
	if !strings.Contains(told, "1,2,moved,") || !strings.Contains(told, "the fieldwork took longer") {
		t.Errorf("readers are told %q", told)
	}
	if found := b.everywhere("Essex notice (synthetic)"); len(found) > 0 {
		t.Errorf("what is announced is in %q", found)
	}
	b.wants(b.get("/cy/announcements", b.as("editor")), http.StatusOK, "Arolygiadau Mai", "the fieldwork took longer")
	b.wants(b.post("/announcements/1", b.as("publisher"), url.Values{"do": {"cancel"}, "why": {"not needed"}}),
		http.StatusSeeOther)
	if told := b.public(release.AnnouncementsFile); !strings.Contains(told, "1,3,cancelled,") {
		t.Errorf("readers are told %q", told)
	}
}

// wish is what a passkey is touched for to confirm what somebody asks for.
func (b *bench) wish(act, about string) string {
	b.t.Helper()
	all, err := b.Store.Petitions(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	for _, p := range all {
		if p.Act == act && p.About == about {
			return act + " " + about + asked(p.Person, p.Why)
		}
	}
	return act + " " + about
}

// replies are the replies of a publication.
func (b *bench) replies(id int) []replied {
	b.t.Helper()
	all, err := b.Office.replies(b.t.Context(), b.at(id))
	if err != nil {
		b.t.Fatal(err)
	}
	return all
}

// What a service answered, and what became of it, are decisions: losing the office's database loses neither, nothing of
// them is public, and they are erased with the figures that they are about.
func TestRepliesOutliveTheDatabase(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	b := newBench(t, testSite)
	id := b.draftFile("editor", corrected)
	replies := publicationPath(id) + "/replies"
	page := b.post(replies, b.as("publisher"), url.Values{"inspection": {"essex-yj2025-2027"}, "contact": {"publisher"},
		"until": {b.Now().AddDate(0, 0, 7).Format(time.DateOnly)}})
	link := replyLink.FindStringSubmatch(page.Body.String())[1]
	b.wants(b.post(link, nil, url.Values{"row-overall": {"Outstanding, we think."},
		"response": {"We welcome this."}}), http.StatusOK)
	key := b.replies(id)[0].Key
	b.wants(b.post(replies+"/"+key+"/remarks", b.as("approver"), url.Values{"outcome-" + key + "-0": {"noted"},
		"why-" + key + "-0": {"kept for the next inspection"}}), http.StatusSeeOther)
	want := b.replies(id)[0]
	entries, err := b.Register.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	said, noted := entries[len(entries)-2], entries[len(entries)-1]
	if said.By != "publisher / essex-yj2025-2027" || noted.By != "approver" || ValidName(said.By) {
		t.Errorf("decided by %q and %q", said.By, noted.By) // a service is no person of the office, whatever it is called
	}
	lost, err := store.Open(t.Context(), t.TempDir(), queries.Files(), b.kept.now)
	if err != nil {
		t.Fatal(err)
	}
	defer lost.Close()
	b.Store = lost
	items, err := b.items(t.Context())
	if err != nil || len(items) != 1 {
		t.Fatalf("%d publications, %v", len(items), err)
	}
	got := b.replies(items[0].ID)
	if len(got) != 1 || got[0].Response != want.Response || !slices.Equal(got[0].Remarks, want.Remarks) ||
		!got[0].Answered.Equal(want.Answered) || got[0].Contact != want.Contact || len(want.Remarks) != 1 {
		t.Fatalf("without the database there is %+v, want %+v", got, want)
	}
	if found := b.everywhere("We welcome this."); len(found) > 0 {
		t.Errorf("%q has what is not published", found)
	}
	for _, e := range []register.Entry{said, noted} {
		info, err := os.Stat(filepath.Join(b.Register.Home, "register", "uploads", e.Upload))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("decision %d is kept with %v, %v", e.Seq, info, err)
		}
	}
	if _, err := b.Register.Redact(t.Context(), register.Redaction{Import: items[0].Import, By: "ann",
		Why: "asked to"}); err != nil {
		t.Fatal(err)
	}
	if entries, err = b.Register.Verify(t.Context()); err != nil || !entries[said.Seq-1].Erased ||
		!entries[noted.Seq-1].Erased {
		t.Errorf("the reply outlived its figures: %v", err)
	}
}

// request is a request of nobody, for what is asked without one.
func (b *bench) request() *http.Request {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, testSite, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

// replyLink matches a link to reply in a page.
var replyLink = regexp.MustCompile(`<code data-link>[^<]*(/replies/[A-Z0-9]+)</code>`)

// An inspected service sees its own figures by a link, answers once, and its response is published with the figures and
// withdrawn with them. Who saw what is in the audit.
func TestRightOfReply(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes several releases")
	}
	b := newBench(t, testSite)
	const essex = "essex-yj2025-2027"
	id := b.draftFile("editor", corrected)
	until := b.Now().AddDate(0, 0, 7).Format(time.DateOnly)
	invitation := url.Values{"inspection": {essex}, "contact": {"Head of service, Essex"}, "until": {until}}
	replies := publicationPath(id) + "/replies"
	for field, wrong := range map[string]string{"inspection": "leeds-cci-1999", "contact": "", "until": "2012-01-01"} {
		bad := url.Values{"inspection": {essex}, "contact": {"x"}, "until": {until}}
		bad.Set(field, wrong)
		b.wants(b.post(replies, b.as("publisher"), bad), http.StatusUnprocessableEntity, "There is a problem")
	}
	page := b.post(replies, b.as("publisher"), invitation)
	b.wants(page, http.StatusOK, "Link for Head of service, Essex")
	found := replyLink.FindStringSubmatch(page.Body.String())
	if found == nil {
		t.Fatalf("the page has no link: %s", mainOf(page))
	}
	link := found[1]
	b.wants(b.get("/replies/NOTALINK", nil), http.StatusNotFound)
	seen := b.get(link, nil)
	b.wants(seen, http.StatusOK, "Essex: draft figures of your inspection", "Not published. For Head of service, Essex",
		"Good")
	if text := mainOf(seen); strings.Contains(text, "Kent") || strings.Contains(text, "Leeds") {
		t.Errorf("the service sees the figures of another:\n%s", text)
	}
	b.wants(b.get("/cy"+link, nil), http.StatusOK, "ffigurau drafft")
	b.wants(b.post(link, nil, nil), http.StatusUnprocessableEntity, "nothing to say")
	b.wants(b.post(link, nil, url.Values{"row-overall": {"The rating should be outstanding."},
		"response": {"We welcome the report.\n\nWe have begun to improve."}}), http.StatusOK, "Your answer is received")
	b.wants(b.get(link, nil), http.StatusNotFound)
	b.wants(b.post(link, nil, url.Values{"nothing": {"yes"}}), http.StatusNotFound)

	page = b.get(publicationPath(id), b.as("approver"))
	b.wants(page, http.StatusOK, "The rating should be outstanding.", "We have begun to improve.",
		"answered for the service", "Say what became of the service")
	b.wants(b.get(publicationPath(id), b.as("publisher")), http.StatusOK, "Hand in the response of the service")
	key := b.replies(id)[0].Key
	remarks := replies + "/" + key + "/remarks"
	b.wants(b.post(remarks, b.as("approver"), url.Values{"outcome-" + key + "-0": {"refused"}}),
		http.StatusUnprocessableEntity)
	b.wants(b.post(remarks, b.as("approver"), url.Values{"outcome-" + key + "-0": {"refused"},
		"why-" + key + "-0": {"no case supports it"}}), http.StatusSeeOther)
	response := url.Values{"text_en": {"We welcome the report.\nWe have begun to improve."}, "text_cy": {"Croesawn hyn."},
		"source_url": {"https://example.test/essex-response"}}
	respond := replies + "/" + key + "/response"
	b.wants(b.post(respond, b.as("publisher"), response), http.StatusUnprocessableEntity, "as many paragraphs")
	response.Set("text_cy", "Croesawn yr adroddiad.\nRydym wedi dechrau gwella.")
	b.wants(b.post(respond, b.as("publisher"), response), http.StatusSeeOther)
	if page := mainOf(b.get(publicationPath(id), b.as("publisher"))); strings.Contains(page, `data-do="respond"`) ||
		strings.Contains(page, "Hand in the response of the service") {
		t.Error("the response is asked for again after it was handed in")
	}
	due := b.Now().AddDate(0, 1, 0).Format(time.DateOnly)
	b.wants(b.post(publicationPath(id)+"/plan", b.as("publisher"), url.Values{"inspection": {essex}, "due": {due},
		"plan_url": {"https://example.test/essex"}}), http.StatusSeeOther)

	for _, one := range append([]int{id}, b.with(id)...) {
		if b.at(one).Status == StatusReview {
			b.wants(b.post(publicationPath(one)+"/approve", b.touching("approver", subject("approve", b.at(one))),
				url.Values{"hash": {b.at(one).Hash}}), http.StatusSeeOther)
		}
	}
	for _, one := range b.with(id) { // it goes with the figures, and cannot go before them
		w := b.post(publicationPath(one)+"/publish", b.touching("publisher", subject("publish", b.at(one))),
			url.Values{"hash": {b.at(one).Hash}, "accepted-parent": {"x"}})
		b.wants(w, http.StatusUnprocessableEntity)
	}
	b.wants(b.get(publicationPath(id)+"/preview/inspections/"+essex, b.as("approver")), http.StatusOK,
		"We have begun to improve.", "What the service says", "Improvement plan")
	if found := b.everywhere("begun to improve"); len(found) > 0 {
		t.Fatalf("before its publication the response is in %q", found)
	}
	b.publishes(id)
	for _, one := range append([]int{id}, b.with(id)...) {
		if got := b.at(one).Status; got != StatusPublished {
			t.Errorf("publication %d is %s", one, got)
		}
	}
	b.tells(id, "looked at draft figures by a link", "Head of service, Essex", "decided about remarks")

	b.asks(id, "publisher", actWithdraw, "the wrong notice")
	b.wants(b.post(publicationPath(id)+"/decide", b.touching("approver", b.wish(actWithdraw, strconv.Itoa(id))),
		url.Values{"act": {actWithdraw}}), http.StatusSeeOther)
	for _, one := range b.with(id) {
		t.Errorf("publication %d is left of what was withdrawn", one)
	}
	if decided := b.public(release.DecisionsFile); strings.Count(decided, "\n") != 1 {
		t.Errorf("the release without it rests on\n%s", decided)
	}
}

// with are the publications that go with one.
func (b *bench) with(id int) (out []int) {
	b.t.Helper()
	for _, with := range b.at(id).With {
		out = append(out, with.ID)
	}
	return out
}

// tells looks for words in the audit of a publication.
func (b *bench) tells(id int, words ...string) {
	b.t.Helper()
	b.wants(b.get("/audit?publication="+strconv.Itoa(id), b.as("administrator")), http.StatusOK, words...)
}

// A link to reply ends with its window, when the office ends it, and when it was opened too often.
func TestLinksToReplyEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	b := newBench(t, testSite)
	id := b.draftFile("editor", corrected)
	make := func() string {
		token, err := b.Store.NewReply(t.Context(), store.Reply{Publication: id, Inspection: "essex-yj2025-2027",
			Contact: "x", Person: "publisher", Until: b.Now().Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	ended := make()
	if err := b.Store.EndReply(t.Context(), id, b.replies(id)[0].Key); err != nil {
		t.Fatal(err)
	}
	late := make()
	b.kept.ahead.Store(int64(time.Hour))
	for name, token := range map[string]string{"ended": ended, "late": late} {
		b.wants(b.get("/replies/"+token, nil), http.StatusNotFound)
		if w := b.post("/replies/"+token, nil, url.Values{"response": {"x"}}); w.Code != http.StatusNotFound {
			t.Errorf("by a link that is %s an answer is taken: %d", name, w.Code)
		}
	}
	b.kept.ahead.Store(0)
	often := make()
	for range 100 {
		if _, err := b.Store.LookAtReply(t.Context(), often); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.Store.LookAtReply(t.Context(), often); !errors.Is(err, store.ErrNone) {
		t.Errorf("opened too often, it still works: %v", err)
	}
}

// Ending an embargo early takes two people; also where the home requires it.
func TestAnEmbargoIsLiftedByTwo(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	for name, rules := range map[string]string{"as it is": "", "four eyes": "four_eyes: required\n"} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, testSite)
			if err := os.WriteFile(filepath.Join(b.Register.Home, register.SettingsFile), []byte(rules), 0o600); err != nil {
				t.Fatal(err)
			}
			fields, _ := b.inTwoDays()
			id := b.approved(fields...)
			ask, decide := publicationPath(id)+"/ask", publicationPath(id)+"/decide"
			lift := url.Values{"act": {actLift}, "why": {"it is in the newspaper"}}
			b.wants(b.post(ask, b.as("publisher"), url.Values{"act": {actLift}}), http.StatusUnprocessableEntity)
			b.wants(b.post(decide, b.touching("approver", b.wish(actLift, strconv.Itoa(id))), lift),
				http.StatusUnprocessableEntity)
			b.wants(b.post(ask, b.as("publisher"), lift), http.StatusSeeOther)
			b.wants(b.post(decide, b.touching("publisher", b.wish(actLift, strconv.Itoa(id))), lift), http.StatusForbidden)
			b.wants(b.post(decide, b.as("approver"), lift), http.StatusUnprocessableEntity, "passkey")
			b.wants(b.get(publicationPath(id), b.as("approver")), http.StatusOK, "End the embargo now",
				"it is in the newspaper")
			if b.at(id).Lifted {
				t.Fatal("one person lifted it")
			}
			b.wants(b.post(decide, b.touching("approver", b.wish(actLift, strconv.Itoa(id))), lift), http.StatusSeeOther)
			if i := b.at(id); !i.Lifted || !i.Due(b.Now()) {
				t.Errorf("lifted by two, it is %+v", i)
			}
			if _, err := b.Register.Verify(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// What is redacted leaves the register, the releases and the office's own database; an inspection is withdrawn by two,
// and readers see why.
func TestRedactionAndWithdrawalOfAnInspection(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes several releases")
	}
	b := newBench(t, testSite)
	b.wants(b.post("/withdrawals", b.as("editor"), url.Values{"inspection": {"nowhere-cci-1999"}, "why": {"x"}}),
		http.StatusUnprocessableEntity, "Enter an inspection that the record has")
	const leicester = "leicester-city-fji-2016"
	b.wants(b.post("/withdrawals", b.as("publisher"), url.Values{"inspection": {leicester},
		"why": {"Synthetic: of another service."}}), http.StatusSeeOther)
	path := "/withdrawals/" + leicester
	b.wants(b.post(path, b.touching("publisher", b.wish(actWithdraw, leicester)), nil), http.StatusForbidden)
	b.wants(b.post(path, b.as("approver"), nil), http.StatusUnprocessableEntity, "passkey")
	b.wants(b.post(path, b.touching("approver", b.wish(actWithdraw, leicester)), nil), http.StatusSeeOther)
	if told := b.public("history/revisions.csv"); !strings.Contains(told, "withdrawn,"+leicester) ||
		!strings.Contains(told, "Synthetic: of another service.") {
		t.Error("readers are not told that it was withdrawn, and why")
	}

	id := b.approved()
	b.publishes(id)
	b.wants(b.post(publicationPath(id)+"/comment", b.as("approver"), url.Values{"comment": {"it names Jo Bloggs"}}),
		http.StatusSeeOther)
	redact := url.Values{"act": {actRedact}, "why": {"Synthetic: it names somebody."}}
	b.wants(b.post(publicationPath(id)+"/ask", b.as("publisher"), redact), http.StatusSeeOther)
	b.wants(b.post(publicationPath(id)+"/decide", b.touching("approver", b.wish(actRedact, strconv.Itoa(id))), redact),
		http.StatusSeeOther)
	if i := b.at(id); i.Left == nil || !i.Entry.Erased || i.Left.Act != register.ActRedact {
		t.Errorf("redacted, it is %+v", i)
	}
	b.wants(b.get(publicationPath(id), b.as("approver")), http.StatusOK, "redacted it", "Synthetic: it names somebody.")
	for _, words := range []string{"Essex notice (synthetic)", "Jo Bloggs"} {
		_ = filepath.WalkDir(b.Register.Home, func(path string, entry os.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				if content, _ := os.ReadFile(path); strings.Contains(string(content), words) {
					t.Errorf("%s still has %q", path, words)
				}
			}
			return nil
		})
	}
	if _, err := b.Register.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// A comment on a row is shown beside the row and on the one timeline.
func TestCommentsOnRows(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	b := newBench(t, testSite)
	id := b.draftFile("editor", corrected)
	receipt, err := b.difference(t.Context(), b.at(id))
	if err != nil {
		t.Fatal(err)
	}
	row := receipt.Added[0].Key
	form := url.Values{"comment": {"Was the sample of 40?"}, "row": {row}}
	b.wants(b.post(publicationPath(id)+"/comment", b.as("approver"), form), http.StatusSeeOther)
	form.Set("row", "another row")
	b.wants(b.post(publicationPath(id)+"/comment", b.as("approver"), form), http.StatusUnprocessableEntity)
	page := mainOf(b.get(publicationPath(id), b.as("editor")))
	table, rest, _ := strings.Cut(page, "data-added")
	before, after, _ := strings.Cut(rest, "</table>")
	if !strings.Contains(before, "Was the sample of 40?") || strings.Count(after, "Was the sample of 40?") != 1 ||
		!strings.Contains(after, row) || strings.Contains(table, "Was the sample") {
		t.Errorf("the comment is not beside its row and once on the timeline:\n%s", page)
	}
	contents, rest, _ := strings.Cut(page, "</nav>")
	parts := regexp.MustCompile(`<li><a class="govuk-link" href="#([a-z]+)">`).FindAllStringSubmatch(contents, -1)
	if len(parts) <= fewSections {
		t.Errorf("the page lists %d of its parts", len(parts))
	}
	for _, part := range parts {
		if !strings.Contains(rest, `<h2 class="govuk-heading-m" id="`+part[1]+`">`) {
			t.Errorf("the page has no part %s", part[1])
		}
	}
}

// The examination says which sources do not answer; where the machine has no network it says that, and not that the
// sources are gone.
func TestSourcesAreExamined(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds a release")
	}
	b := newBench(t, testSite)
	id := b.draftFile("editor", corrected)
	examined := func() string {
		t.Helper()
		b.wants(b.post(publicationPath(id)+"/examine", b.as("approver"), nil), http.StatusSeeOther)
		return mainOf(b.get(publicationPath(id), b.as("approver")))
	}
	b.Reach = func(_ context.Context, address string) error {
		if strings.HasSuffix(address, "kent") {
			return errors.New("status 404")
		}
		return nil
	}
	if page := examined(); !strings.Contains(page, "https://example.test/kent does not answer: status 404") ||
		strings.Contains(page, "example.test/essex does not answer") {
		t.Errorf("one source does not answer:\n%s", page)
	}
	b.Reach = func(context.Context, string) error { return &net.OpError{Err: &net.DNSError{Err: "no such host"}} }
	if page := examined(); !strings.Contains(page, "this machine has no network, so none of 3 addresses") ||
		strings.Contains(page, "does not answer") {
		t.Errorf("without a network:\n%s", page)
	}
}

// No address of this machine or of a network inside is asked, whatever a file cites.
func TestAddressesInsideAreNotAsked(t *testing.T) {
	for _, address := range []string{"http://127.0.0.1:1/", "http://[::1]:1/", "http://10.0.0.1/", "http://192.168.1.1/",
		"http://169.254.169.254/latest", "http://[::ffff:127.0.0.1]:1/"} {
		if err := Reachable(t.Context(), address); !errors.Is(err, errInside) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// A preview is the same one after comments and the approval, and another once something else may be in it; and what an
// import of the command line changed is known when the office first shows it.
func TestWorkIsDoneOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds previews")
	}
	b := newBench(t, testSite)
	b.isPublic()
	taken, err := b.Register.Import(t.Context(), register.Import{Name: "results.csv", Content: []byte(corrected),
		By: "editor", Draft: true})
	if err != nil {
		t.Fatal(err)
	}
	items, err := b.items(t.Context())
	if err != nil || len(items) != 1 {
		t.Fatalf("%d publications, %v", len(items), err)
	}
	id := items[0].ID
	spent := processor(t)
	b.wants(b.get(publicationPath(id), b.as("approver")), http.StatusOK, "Added 3, changed 0")
	t.Logf("an import of the command line is first shown in %v of processor time", processor(t)-spent)
	if shown, err := b.difference(t.Context(), b.at(id)); err != nil || shown.AddedRows != taken.AddedRows {
		t.Errorf("%+v, %v", shown, err)
	}
	preview := func() *preview {
		t.Helper()
		p, err := b.previewOf(t.Context(), b.at(id))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	first := preview()
	b.wants(b.post(publicationPath(id)+"/comment", b.as("approver"), url.Values{"comment": {"seen"}}), http.StatusSeeOther)
	b.wants(b.post(publicationPath(id)+"/approve", b.touching("approver", subject("approve", b.at(id))),
		url.Values{"hash": {b.at(id).Hash}}), http.StatusSeeOther)
	spent = processor(t)
	if preview() != first {
		t.Error("the preview was built again for a comment or an approval")
	}
	t.Logf("after a comment and the approval a preview takes %v of processor time", processor(t)-spent)
	b.wants(b.post("/announcements", b.as("publisher"), url.Values{"title_en": {"Inspections of May"},
		"title_cy": {"Arolygiadau Mai"}, "expected": {b.Now().AddDate(0, 2, 0).Format("2006-01")}}), http.StatusSeeOther)
	if preview() == first {
		t.Error("the preview does not have a new announcement")
	}
}
