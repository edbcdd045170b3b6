package office

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"yardstick/analytics/target"
	"yardstick/data/register"
	"yardstick/data/release"
	"yardstick/internal/office/store"
	"yardstick/queries"
)

// isPublic makes the shipped record the public release of a home.
func (b *bench) isPublic() {
	b.t.Helper()
	aside := b.t.TempDir()
	m, err := b.Register.Preview(b.t.Context(), nil, aside)
	if err != nil {
		b.t.Fatal(err)
	}
	releases := filepath.Join(b.Register.Home, "releases")
	if err := os.MkdirAll(releases, 0o700); err != nil {
		b.t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(aside, "releases", m.ID+".*"))
	if err != nil {
		b.t.Fatal(err)
	}
	for _, file := range files {
		if err := os.Link(file, filepath.Join(releases, filepath.Base(file))); err != nil {
			b.t.Fatal(err)
		}
	}
	if err := release.Point(b.Register.Home, m.ID); err != nil {
		b.t.Fatal(err)
	}
}

// losesDatabase starts again with an empty database of the office.
func (b *bench) losesDatabase() {
	b.t.Helper()
	if err := b.Store.Close(); err != nil {
		b.t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(b.Folder, "office.db*"))
	if err != nil || len(left) == 0 {
		b.t.Fatal(left, err)
	}
	for _, name := range left {
		if err := os.Remove(name); err != nil {
			b.t.Fatal(err)
		}
	}
	if b.Store, err = store.Open(b.t.Context(), b.Folder, queries.Files(), b.kept.now); err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { b.Store.Close() })
	b.sessions.Store = b.Store
}

// A run of the desk is kept with the figures of its day; areas are chosen and rejected with them and a reason; what
// came of a choice is set beside it; and losing the office's database loses none of it.
func TestAProgrammeIsPlanned(t *testing.T) {
	b := newBench(t, testSite)
	b.wants(b.get("/desk", b.as("analyst")), http.StatusOK, "There is no public release yet")
	b.isPublic()
	s, err := b.current(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	asked := url.Values{"places": {"6"}, "strong": {"1"}}
	b.wants(b.get("/desk?"+asked.Encode(), b.as("viewer")), http.StatusOK, "areas are ranked",
		"Benchmark of good practice")
	b.wants(b.get("/desk?places=x", b.as("analyst")), http.StatusUnprocessableEntity, "“x” cannot be used here")
	b.wants(b.post("/desk", b.as("analyst"), asked), http.StatusUnprocessableEntity, "Enter a reason")
	asked.Set("why", "spring meeting")
	b.wants(b.post("/desk", b.as("viewer"), asked), http.StatusForbidden)
	w := b.post("/desk", b.as("analyst"), asked)
	b.wants(w, http.StatusSeeOther)
	saved := w.Header().Get("Location")
	b.wants(b.get(saved, b.as("viewer")), http.StatusOK, "spring meeting", s.Release().ID, "Saved by analyst")

	runs, err := b.savedRuns()
	if err != nil || len(runs) != 1 {
		t.Fatalf("%d runs, %v", len(runs), err)
	}
	run := runs[0]
	assumptions := target.DefaultAssumptions()
	assumptions.Places, assumptions.Strong = 6, 1
	board, err := target.New(s).Board(assumptions)
	if err != nil {
		t.Fatal(err)
	}
	if len(run.Chosen()) != 6 || run.Release != s.Release().ID || run.Ranked != board.Ranked {
		t.Fatalf("%d chosen on %s", len(run.Chosen()), run.Release)
	}
	for _, want := range board.Chosen {
		got, _ := run.area(want.Area)
		if got.Role != want.Role || got.Rank != want.Rank || got.Probability != want.Probability ||
			len(got.Reasons["en"]) != len(want.Reasons) || len(got.Reasons["cy"]) != len(want.Reasons) {
			t.Errorf("kept %+v of %+v", got, want)
		}
	}

	chosen, rejected := board.Chosen[0].Area, board.Chosen[1].Area
	seq := strconv.Itoa(run.Entry.Seq)
	choose := func(area, choice, quarter, why string) url.Values {
		return url.Values{"do": {"choose"}, "run": {seq}, "area": {area}, "choice": {choice}, "quarter": {quarter},
			"why": {why}}
	}
	room := url.Values{"do": {"capacity"}, "quarter-1": {"1"}, "quarter-2": {"3"}, "quarter-3": {"3"}, "quarter-4": {"0"}}
	b.wants(b.post("/plan/2027", b.as("analyst"), room), http.StatusSeeOther)
	room.Set("quarter-4", "many")
	b.wants(b.post("/plan/2027", b.as("analyst"), room), http.StatusUnprocessableEntity, "whole number from 0 to 100")
	for _, wrong := range []url.Values{choose("nowhere", "chosen", "1", "x"), choose(chosen, "maybe", "1", "x"),
		choose(chosen, "chosen", "5", "x"), choose(chosen, "chosen", "1", ""), {"do": {"choose"}, "why": {"x"}}} {
		b.wants(b.post("/plan/2027", b.as("analyst"), wrong), http.StatusUnprocessableEntity, "There is a problem")
	}
	b.wants(b.post("/plan/2027", b.as("viewer"), choose(chosen, "chosen", "1", "x")), http.StatusForbidden)
	b.wants(b.post("/plan/2027", b.as("analyst"), choose(chosen, "chosen", "2", "high custody")), http.StatusSeeOther)
	b.wants(b.post("/plan/2027", b.as("analyst"), choose(rejected, "rejected", "", "inspected by others")),
		http.StatusSeeOther)
	b.wants(b.post("/plan/2027", b.as("analyst"), choose(chosen, "chosen", "1", "high custody, and early")),
		http.StatusSeeOther)
	b.wants(b.get("/plan/1999", b.as("viewer")), http.StatusNotFound)

	// the office's database is lost, and everybody is invited again
	b.losesDatabase()
	if err := b.Store.AddPerson(t.Context(), "viewer", []string{"viewer"}); err != nil {
		t.Fatal(err)
	}
	page := b.get("/plan/2027", b.as("viewer"))
	b.wants(page, http.StatusOK, "high custody, and early", "inspected by others", "Chosen: 1. Room for: 1.",
		"Chosen: 0. Room for: 3.", `href="`+saved+`"`)
	if strings.Contains(page.Body.String(), ">high custody<") || strings.Contains(page.Body.String(), "What came of it") {
		t.Errorf("%s", mainOf(page))
	}
	b.wants(b.get("/brief", b.as("viewer")), http.StatusOK, "Good or Outstanding", "Last of five years",
		"Programme of inspections")
}

// The first inspection that was published after a choice is what came of it; those before it are not.
func TestWhatCameOfAChoice(t *testing.T) {
	b := newBench(t, testSite)
	b.isPublic()
	s, err := b.current(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := &call{Office: b.Office, tag: "en"}
	for day, want := range map[string]string{"2012-06-01": "leicestershire-and-rutland-cci-2012", "2100-01-01": ""} {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		d := decided{choice: choice{Area: "leicestershire-and-rutland"}, Entry: register.Entry{At: at}}
		out, err := c.outcomeOf(s, d)
		if err != nil || (out == nil) != (want == "") || out != nil && out.Inspection != want {
			t.Errorf("chosen on %s: %+v, %v", day, out, err)
		}
		if out != nil && !strings.Contains(out.Result, "Safeguarding: 69%") {
			t.Errorf("%s", out.Result)
		}
	}
}
