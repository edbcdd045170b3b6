package server

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"yardstick/analytics"
	"yardstick/analytics/duck/ducktest"
	"yardstick/data"
)

// A withdrawn inspection says so where it was, with the day and the reason; one that never was is not found.
func TestWithdrawnInspection(t *testing.T) {
	s := newSite(t, revised(t))
	for _, c := range []struct {
		path   string
		status int
		says   []string
	}{
		{"/inspections/derby-cci-1999", http.StatusGone,
			[]string{"This inspection was withdrawn", "14 May 2026", "Synthetic: of another service.", `href="/releases"`}},
		{"/cy/inspections/derby-cci-1999", http.StatusGone,
			[]string{"Tynnwyd yr arolygiad hwn yn ôl", "14 Mai 2026", `href="/cy/releases"`}},
		{"/inspections/derby-cci-1998", http.StatusGone, []string{"No reason was given."}},
		{"/api/v1/inspections/derby-cci-1999", http.StatusGone,
			[]string{`"code":"withdrawn"`, `"field":"inspection"`, "14 May 2026"}},
		{"/compare?with=derby-cci-1999&with=" + leicester, http.StatusGone, []string{"withdrawn"}},
		{"/inspections/derby-cci-1997", http.StatusNotFound, []string{"We have no inspection with the id"}},
	} {
		response := s.get(t, c.path)
		body := response.text()
		if response.status != c.status {
			t.Errorf("%s: status %d, want %d", c.path, response.status, c.status)
		}
		for _, want := range c.says {
			if !strings.Contains(body, want) {
				t.Errorf("%s does not say %q", c.path, want)
			}
		}
	}
}

// What people wrote as a reason is text on a page, whatever it holds.
func TestReasonsAreText(t *testing.T) {
	s := newSite(t, revised(t))
	for _, path := range []string{"/releases", "/cy/releases", "/inspections/" + leicester} {
		body := s.get(t, path).text()
		if strings.Contains(body, "<b>twice") || !strings.Contains(body, "&lt;b&gt;twice") {
			t.Errorf("%s shows a reason as markup, or not at all", path)
		}
	}
}

// No page depends on one inspection being held: with what the site features withdrawn, it features others or nothing.
func TestPagesWithoutWhatIsFeatured(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks for hundreds of pages")
	}
	for name, c := range map[string]struct {
		removed func(i analytics.Inspection) bool
		leads   string
	}{
		"one of the pair":   {func(i analytics.Inspection) bool { return i.ID == leicester }, "/compare?with="},
		"a whole programme": {func(i analytics.Inspection) bool { return i.Programme == "fji" }, ""},
		"everything":        {func(analytics.Inspection) bool { return true }, ""},
	} {
		s := newSite(t, withoutInspections(t, c.removed))
		for _, path := range []string{"/", "/cy", "/compare", "/cy/compare", "/areas", "/areas/leicester-city",
			"/inspections", "/benchmarks", "/methodology", "/releases"} {
			r := s.get(t, path)
			if r.status != http.StatusOK {
				t.Errorf("without %s, %s: status %d", name, path, r.status)
			}
			if path == "/" && strings.Contains(r.text(), "/compare?with=") != (c.leads != "") {
				t.Errorf("without %s, the first page features a comparison, or should", name)
			}
		}
	}
}

// withoutInspections is the shipped record without some inspections and what their notices printed.
func withoutInspections(t *testing.T, removed func(analytics.Inspection) bool) *analytics.Snapshot {
	t.Helper()
	reader, err := ducktest.Open(data.Record(), analytics.Release{ID: releaseID, Built: releaseBuilt})
	if err != nil {
		t.Fatal(err)
	}
	s, err := analytics.Load(t.Context(), fewer{reader, removed})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// fewer is a Reader that does not know of some inspections.
type fewer struct {
	analytics.Reader
	removed func(analytics.Inspection) bool
}

func (f fewer) Contents(ctx context.Context) (analytics.Contents, error) {
	c, err := f.Reader.Contents(ctx)
	c.Inspections = slices.DeleteFunc(c.Inspections, f.removed)
	return c, err
}
