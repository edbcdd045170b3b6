package office

import (
	"encoding/csv"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yardstick/data/register"
	"yardstick/internal/office/store"
)

// Everything that can be in the audit has words, in both languages, and is in its filter.
func TestEveryActHasItsWords(t *testing.T) {
	p, err := newPages()
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range []register.Act{register.ActImport, register.ActCorrect, register.ActApprove, register.ActLift,
		register.ActPublish, register.ActRemake, register.ActWithdraw, register.ActRedact, register.ActErase,
		register.ActNotice, register.ActPlan} {
		if !slices.Contains(acts(), string(act)) {
			t.Errorf("the filter lacks %s", act)
		}
	}
	for tag, language := range p.languages {
		for _, key := range language.Keys() {
			act, ok := strings.CutPrefix(key, "office.act.")
			if ok && !slices.Contains(acts(), act) {
				t.Errorf("the filter lacks %s, which has words", act)
			}
		}
		for _, act := range acts() {
			if !language.Has("office.act." + act) {
				t.Errorf("%s: no words for %s", tag, act)
			}
		}
	}
}

// The audit is filtered by person, publication, act and day of London, on the page and in the file, which has all.
func TestTheAuditIsFiltered(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	b := newBench(t, testSite)
	id := b.draftFile("editor", corrected)
	b.wants(b.get(publicationPath(id), b.as("approver")), http.StatusOK)
	b.wants(b.get(publicationPath(id), b.as("other")), http.StatusNotFound)
	b.wants(b.get("/people", b.as("viewer")), http.StatusForbidden)
	for range 2 * mostTraced {
		err := b.Store.AddEvent(t.Context(), store.Event{Person: "publisher", Act: "preview", Publication: id, Words: "/"})
		if err != nil {
			t.Fatal(err)
		}
	}
	today := b.Now().In(b.pages.london).Format("2006-01-02")
	yesterday := b.Now().In(b.pages.london).AddDate(0, 0, -1).Format("2006-01-02")
	admin := b.as("administrator")
	lines := func(query string) [][]string {
		w := b.get("/audit.csv?"+query, admin)
		b.wants(w, http.StatusOK)
		all, err := csv.NewReader(w.Body).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return all[1:]
	}
	for query, want := range map[string]int{"act=preview&person=publisher": 2 * mostTraced, "person=approver&act=view": 1,
		"act=refused": 2, "act=refused&publication=1": 1, "act=import": 1, "act=import&person=approver": 0,
		"act=import&publication=1&from=" + today + "&to=" + today: 1, "act=import&to=" + yesterday: 0,
		"act=preview&to=" + yesterday: 0, "act=nothing": 0} {
		if got := lines(query); len(got) != want {
			t.Errorf("%s: %d lines, want %d: %.300q", query, len(got), want, got)
		}
	}
	if got := lines("act=refused&publication=1")[0]; got[1] != "other" || got[5] != "GET /publications/1" {
		t.Errorf("refused: %q", got)
	}
	page := b.get("/audit?act=preview", admin)
	b.wants(page, http.StatusOK, "There is more in the file", `href="/audit.csv?act=preview"`)
	checkpoint, err := b.Register.Checkpoint()
	if err != nil || !strings.Contains(checkpoint, "yardstick/journal\n1\n") {
		t.Fatalf("%q, %v", checkpoint, err)
	}
	b.wants(page, http.StatusOK, strings.Split(checkpoint, "\n")[0], "Checkpoint of the journal")
	b.wants(b.get("/audit?publication=x&from=y", admin), http.StatusUnprocessableEntity, "Enter the number", "Enter a day")
	b.wants(b.get("/audit.csv?from=y", admin), http.StatusNotFound)
}

// An import that was sent back is of its publication in the audit, as the one that took its place is.
func TestTheAuditKnowsWhatWasSentBack(t *testing.T) {
	if testing.Short() {
		t.Skip("it sends files")
	}
	b := newBench(t, testSite)
	id, _ := b.sentBack()
	w := b.get("/audit.csv?publication="+strconv.Itoa(id), b.as("administrator"))
	b.wants(w, http.StatusOK)
	lines, err := csv.NewReader(w.Body).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]int)
	for _, line := range lines {
		seen[line[2]]++
	}
	if seen["import"] != 2 || seen["withdraw"] != 1 {
		t.Errorf("the audit of the publication has %v", seen)
	}
}
