package dashboards

import (
	"net/http"
	"strings"
	"testing"
)

// A withdrawn inspection says so where it was, with the day and the reason; one that never was is not found.
func TestWithdrawnInspection(t *testing.T) {
	s := newSite(t, revised(t))
	for _, c := range []struct {
		path   string
		status int
		says   []string
	}{
		{"/inspections/derby-cci-1999", http.StatusGone, []string{"This inspection was withdrawn", "14 May 2026", "Synthetic: of another service.", `href="/releases"`}},
		{"/cy/inspections/derby-cci-1999", http.StatusGone, []string{"Tynnwyd yr arolygiad hwn yn ôl", "14 Mai 2026", `href="/cy/releases"`}},
		{"/inspections/derby-cci-1998", http.StatusGone, []string{"No reason was given."}},
		{"/api/v1/inspections/derby-cci-1999", http.StatusGone, []string{`"code":"withdrawn"`, `"field":"inspection"`, "14 May 2026"}},
		{"/compare?with=derby-cci-1999&with=" + leicester, http.StatusGone, []string{"withdrawn"}},
		{"/inspections/derby-cci-1997", http.StatusNotFound, []string{"No inspection goes by"}},
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
