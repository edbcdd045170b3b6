package e2e

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"yardstick/data"
	"yardstick/data/register"
	"yardstick/data/release"
	"yardstick/queries"
)

// misread is a result of an inspection that the shipped record has, as a first reading had it (synthetic).
const misread = "area,programme,publication_date,measure,score_percent,source_url,source_title\n" +
	"Wolverhampton,cci,2012-05,safeguarding,61.37,https://notice.example.test/,Notice (synthetic)\n"

// TestPermanentAddresses takes a home through releases: what one showed stays at its address, with what was read
// later left as it was, until it is withdrawn; then no release shows it, and each says when and why.
func TestPermanentAddresses(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts the program")
	}
	home := homeWithRelease(t)
	first := release.CurrentID(home)
	r := office(home)
	step := func(decide func() error) string {
		t.Helper()
		if err := decide(); err != nil {
			t.Fatal(err)
		}
		made, err := r.Publish(t.Context(), register.Choice{By: "ann"})
		if err != nil {
			t.Fatal(err)
		}
		return made.Release.ID
	}
	second := step(func() error {
		_, err := r.Import(t.Context(), register.Import{Name: "notice.csv", Content: []byte(misread), By: "ann"})
		return err
	})
	third := step(func() error {
		corrected := strings.Replace(misread, "61.37", "62.48", 1)
		_, err := r.Import(t.Context(),
			register.Import{Name: "notice.csv", Content: []byte(corrected), By: "ann", Why: "misread (synthetic)"})
		return err
	})
	site := start(t, "serve", "--addr", "127.0.0.1:0", "--home", home, "--site", "https://yardstick.test/")
	at := func(id, path string) string { return "/r/" + id[:12] + path }
	const notice = "/inspections/wolverhampton-cci-2012"
	says(t, site, http.StatusOK, notice, "62", "https://yardstick.test"+at(third, notice))
	says(t, site, http.StatusOK, at(third, notice), "62", `rel="canonical" href="https://yardstick.test`+notice+`"`,
		"ys-banner")
	says(t, site, http.StatusOK, at(second, notice), "61", `name="robots" content="noindex"`, "ys-banner--older",
		`href="`+at(second, "/areas/wolverhampton")+`"`)
	says(t, site, http.StatusOK, "/cy"+at(second, notice), "61", "datganiad data")
	says(t, site, http.StatusOK, at(second, "/take"+notice+"/notice.csv"), "61")
	says(t, site, http.StatusOK, at(second, "/api/v1"+notice), "61.37", `"id":"`+second+`"`)
	says(t, site, http.StatusOK, at(second, "/data/results.csv"), "61.37")
	says(t, site, http.StatusNotFound, at(first, notice), "wolverhampton-cci-2012")
	says(t, site, http.StatusOK, "/r/"+second+notice, "61") // by its whole id
	never := prepared(t, home)
	for _, unknown := range []string{"0123456789ab", never[:12], never, "zz", second[:11]} {
		says(t, site, http.StatusNotFound, "/r/"+unknown+"/areas", "We have no release called")
	}

	_, before := site.get(t, "/readyz")
	step(func() error {
		return r.Withdraw(t.Context(), register.Withdrawal{
			Inspection: "wolverhampton-cci-2012",
			Why:        "Of another service (synthetic).",
			By:         "ann",
		})
	})
	awaitOther(t, site, before)
	for _, id := range []string{second, third} {
		for _, path := range []string{notice, "/take" + notice + "/notice.csv", "/api/v1" + notice,
			"/compare?with=wolverhampton-cci-2012&with=leicester-city-fji-2016"} {
			says(t, site, http.StatusGone, at(id, path), "Of another service (synthetic).")
		}
		for _, path := range []string{"/areas/wolverhampton", "/inspections", "/data/results.csv",
			"/api/v1/results?programme=cci", "/releases", "/api/v1/releases", "/data/sources.csv"} {
			status, body := patiently(t, site, at(id, path))
			if status != http.StatusOK {
				t.Errorf("%s: status %d", at(id, path), status)
			}
			for _, gone := range []string{"wolverhampton-cci-2012", "61.37", "62.48", "notice.example.test"} {
				if strings.Contains(body, gone) {
					t.Errorf("%s shows %s, which was withdrawn", at(id, path), gone)
				}
			}
		}
	}
	site.end(t)
}

// patiently asks again where an earlier release takes too long to open, as a reader is told to.
func patiently(t *testing.T, site *running, path string) (status int, body string) {
	t.Helper()
	for range 20 {
		if status, body = site.get(t, path); status != http.StatusServiceUnavailable {
			break
		}
	}
	return status, body
}

// says asks for a page that follows redirects, and holds its status and what it must say.
func says(t *testing.T, site *running, status int, path string, want ...string) {
	t.Helper()
	got, body := patiently(t, site, path)
	if got != status {
		t.Errorf("%s: status %d, not %d", path, got, status)
	}
	for _, text := range want {
		if !strings.Contains(body, text) {
			t.Errorf("%s does not say %q", path, text)
		}
	}
}

// prepared is a release that was built into a home and never made current.
func prepared(t *testing.T, home string) string {
	t.Helper()
	copied := t.TempDir()
	if err := os.CopyFS(copied+"/record", data.Record()); err != nil {
		t.Fatal(err)
	}
	path := copied + "/record/history/releases.csv"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	next := bytes.Count(text, []byte("\n")) // the header counts for the one that follows
	text = fmt.Appendf(text, "%d,,2031-01-01T00:00:00Z,register,Synthetic.\n", next)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	b := release.Builder{
		Home:    home,
		Record:  os.DirFS(copied + "/record"),
		Queries: queries.Files(),
		Now:     office(home).Now,
		Origin:  release.OriginRegister,
	}
	m, err := b.Prepare(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return m.ID
}
