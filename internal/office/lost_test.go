package office

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// After the office's database is lost, everything that was decided is shown as before: comments on a file and on a row,
// points that were accepted, a schedule that is then kept, an improvement plan and what goes with its figures, and a
// publication that was withdrawn. A draft that was sent back is not there.
func TestLosingTheDatabaseLosesNoDecision(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes several releases")
	}
	b := newBench(t, testSite)
	const essex = "essex-yj2025-2027"
	fields, moment := b.inTwoDays()
	id := b.approved(fields...)
	path := publicationPath(id)
	row := b.added(id)
	b.wants(b.post(path+"/comment", b.as("approver"), url.Values{"comment": {"The sample is small"}, "row": {row}}),
		http.StatusSeeOther)
	b.wants(b.post(path+"/comment", b.as("approver"), url.Values{"comment": {"Agreed by telephone"}}), http.StatusSeeOther)
	due := b.Now().AddDate(0, 1, 0).Format(time.DateOnly)
	b.wants(b.post(path+"/plan", b.as("publisher"), url.Values{"inspection": {essex}, "due": {due},
		"plan_url": {"https://example.test/essex"}}), http.StatusSeeOther)
	b.publishes(id)
	imports := []int{b.at(id).Import}
	for _, with := range b.with(id) {
		imports = append(imports, b.at(with).Import)
	}
	back := b.draftFile("editor", strings.ReplaceAll(corrected, "2027", "2026"))
	b.wants(b.post(publicationPath(back)+"/back", b.as("approver"), url.Values{"hash": {b.at(back).Hash},
		"why": {"the wrong year"}}), http.StatusSeeOther)

	b.losesDatabase()
	for name, role := range map[string]string{"approver": "approver", "publisher": "publisher"} {
		if err := b.Store.AddPerson(t.Context(), name, []string{role}); err != nil {
			t.Fatal(err)
		}
	}
	items, err := b.items(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(items) != len(imports) {
		t.Errorf("%d publications are known again, of %d", len(items), len(imports))
	}
	of := func(seq int) *item {
		return items[slices.IndexFunc(items, func(i *item) bool { return i.Import == seq })]
	}
	again := of(imports[0])
	if again.Status != StatusScheduled || !again.Schedule.At.Equal(moment) || again.Schedule.Person != "publisher" {
		t.Errorf("it is %s, %+v", again.Status, again.Schedule)
	}
	if len(again.With) != 1 || again.With[0].Import != imports[1] {
		t.Errorf("with it go %+v", again.With)
	}
	page := b.get(publicationPath(again.ID), b.as("approver"))
	b.wants(page, http.StatusOK, "The sample is small", row, "Agreed by telephone", "the deputy looked at it on paper",
		"scheduled it")
	b.wants(b.get("/", b.as("approver")), http.StatusOK, essex)

	keeper := &keeper{Office: b.Office}
	b.clock.ahead.Store(int64(time.Until(moment) + time.Second))
	if _, err := keeper.publishDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := b.at(again.ID).Status; got != StatusPublished {
		t.Fatalf("after its moment it is %s\n%s", got, b.log.String())
	}
	b.wants(b.post(publicationPath(again.ID)+"/ask", b.as("publisher"),
		url.Values{"act": {actWithdraw}, "why": {"the wrong notice"}}), http.StatusSeeOther)
	b.wants(b.post(publicationPath(again.ID)+"/decide",
		b.touching("approver", b.wish(actWithdraw, strconv.Itoa(again.ID))), url.Values{"act": {actWithdraw}}),
		http.StatusSeeOther)
	b.losesDatabase()
	if items, err = b.items(t.Context()); err != nil || len(items) != len(imports) {
		t.Fatalf("%d publications, %v", len(items), err)
	}
	if last := of(imports[0]); last.Status != StatusWithdrawn || last.Schedule.Person != "" {
		t.Errorf("withdrawn, it is %s, %+v", last.Status, last.Schedule)
	}
}

// added is the key of the first row that a publication adds.
func (b *bench) added(id int) string {
	b.t.Helper()
	receipt, err := b.difference(b.t.Context(), b.at(id))
	if err != nil || len(receipt.Added) == 0 {
		b.t.Fatalf("%d rows are added, %v", len(receipt.Added), err)
	}
	return receipt.Added[0].Key
}
