package e2e

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"yardstick/data/register"
)

// canaries are what nobody may learn before the embargo of embargoed lapses.
var canaries = []string{"wolverhampton-cci-2012", "Canary-Notice", "canary.example.test", "61.37"}

const embargoed = "area,programme,publication_date,measure,score_percent,source_url,source_title\n" +
	"Wolverhampton,cci,2012-05,safeguarding,61.37,https://canary.example.test/,Canary-Notice (synthetic)\n" +
	"Wolverhampton,cci,2012-05,risk_of_harm,3,https://canary.example.test/,Canary-Notice (synthetic)\n"

// TestEmbargoIsAbsence asks two sites for the same: one whose register never had a file, and one that holds it under
// embargo in every state before publication. Every answer, in every encoding and of every method, is the same to the
// last byte of every header. When the embargo has lapsed the canaries show, so that they would have been seen.
func TestEmbargoIsAbsence(t *testing.T) {
	never, holding := homeWithRelease(t), ""
	holding = filepath.Join(t.TempDir(), "home")
	if err := os.CopyFS(holding, os.DirFS(never)); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2030, 6, 12, 12, 0, 0, 0, time.UTC)
	r := office(holding)
	r.Now = func() time.Time { return now }
	embargo, err := register.ParseEmbargo("2030-06-13 00:01")
	if err != nil {
		t.Fatal(err)
	}
	plain, other := start(t, "serve", "--addr", "127.0.0.1:0", "--home", never), start(t, "serve", "--addr",
		"127.0.0.1:0", "--home", holding)
	for _, site := range []*running{plain, other} { // a page rendered ahead is compressed better than one made on demand
		warmed(t, site)
	}
	targets := publicTargets(t, plain)
	seq := 0
	for _, state := range []struct {
		name   string
		decide func() error
	}{
		{"imported as a draft", func() error {
			receipt, err := r.Import(t.Context(),
				register.Import{Name: "canary.csv", Content: []byte(embargoed), By: "ann", Embargo: &embargo, Draft: true})
			seq = receipt.Seq
			return err
		}},
		{"approved", func() error { return r.Approve(t.Context(), seq, "bob", "read") }},
		{"published too early", func() error {
			return tooEarly(r.Publish(t.Context(),
				register.Choice{By: "ann", Due: true}))
		}},
		{"named too early", func() error {
			return tooEarly(r.Publish(t.Context(), register.Choice{By: "ann", Imports: []int{seq}}))
		}},
		{"a minute before", func() error {
			now = embargo.Instant.Add(-time.Minute)
			return tooEarly(r.Publish(t.Context(), register.Choice{By: "ann"}))
		}},
	} {
		if err := state.decide(); err != nil {
			t.Fatalf("%s: %v", state.name, err)
		}
		different, asked := 0, 0
		for n, target := range targets {
			if !*soak && n%29 != 0 && !strings.Contains(target, "wolverhampton") {
				continue
			}
			for _, ask := range waysToAsk {
				asked++
				a, b := ask.of(t, plain.url, target), ask.of(t, other.url, target)
				if a != b {
					different++
					t.Errorf("%s: %s %s differs", state.name, ask.method, target)
				}
				for _, canary := range canaries {
					if strings.Contains(b, canary) && !strings.Contains(target, canary) {
						t.Errorf("%s: %s %s shows %s", state.name, ask.method, target, canary)
					}
				}
			}
		}
		t.Logf("%s: %d answers, %d differ", state.name, asked, different)
	}
	_, before := other.get(t, "/readyz")
	now = embargo.Instant
	if _, err := r.Publish(t.Context(), register.Choice{By: "ann", Due: true}); err != nil {
		t.Fatal(err)
	}
	awaitOther(t, other, before)
	for _, target := range []string{"/inspections/wolverhampton-cci-2012", "/cy/inspections/wolverhampton-cci-2012",
		"/api/v1/results?area=wolverhampton&format=csv", "/releases"} {
		if _, body := other.get(t, target); !strings.Contains(body, "Canary-Notice") &&
			!strings.Contains(body, "61.37") &&
			!strings.Contains(body, "wolverhampton-cci-2012") {
			t.Errorf("published, and %s does not show it", target)
		}
	}
	plain.end(t)
	other.end(t)
}

// warmed waits until a site has rendered the pages that it renders ahead.
func warmed(t *testing.T, site *running) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !strings.Contains(site.log.String(),
		"rendered the areas' pages ahead"); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not rendered ahead: %s", site.log)
		}
	}
}

// tooEarly is nil where a publication was refused, or had nothing to do, because of an embargo.
func tooEarly(_ register.Published, err error) error {
	var held *register.EmbargoedError
	if errors.Is(err, register.ErrNothing) || errors.As(err, &held) {
		return nil
	}
	return errors.Join(errors.New("it was published"), err)
}

// way is one way to ask for an address.
type way struct {
	method  string
	headers map[string]string
}

var waysToAsk = []way{
	{"GET", nil},
	{"GET", map[string]string{"Accept-Encoding": "br"}},
	{"GET", map[string]string{"Accept-Encoding": "gzip"}},
	{"HEAD", map[string]string{"Accept-Encoding": "gzip, br"}},
	{"GET", map[string]string{"Range": "bytes=0-99"}},
	{"GET", map[string]string{"Accept": "application/x-nothing", "Accept-Language": "cy"}},
	{"GET", map[string]string{"If-None-Match": "*"}},
	{"POST", nil},
	{"OPTIONS", nil},
}

var reference = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// of is everything an answer says, but for the clock.
func (w way) of(t *testing.T, url, target string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), w.method, url+target, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "yardstick.test"
	request.Header.Set("Accept-Encoding", "identity")
	for name, value := range w.headers {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var text bytes.Buffer
	response.Header.Del("Date")
	text.WriteString(response.Status + "\n")
	for _, name := range slices.Sorted(maps.Keys(response.Header)) {
		text.WriteString(name + ": " + strings.Join(response.Header[name], ", ") + "\n")
	}
	if _, err := io.Copy(&text, response.Body); err != nil {
		t.Fatal(err)
	}
	return reference.ReplaceAllString(text.String(), "a reference")
}

var hrefs = regexp.MustCompile(`(?:href|src|action)="(/[^"#]*)`)

// publicTargets are every address that a site links to, found by following its links, every address of its
// interface, and those that somebody who guesses would try.
func publicTargets(t *testing.T, site *running) []string {
	t.Helper()
	seen := map[string]bool{}
	queue := []string{"/", "/cy", "/robots.txt", "/sitemap.xml", "/healthz", "/metrics", "/office", "/register",
		"/register/journal.jsonl", "/../register/journal.jsonl", "/inspections/wolverhampton-cci-2012",
		"/cy/inspections/wolverhampton-cci-2012", "/inspections/wolverhampton-cci-2013",
		"/take/inspections/wolverhampton-cci-2012/notice.csv", "/embed/inspections/wolverhampton-cci-2012/headlines",
		"/cy/take/areas/wolverhampton/around.xlsx", "/areas?q=wolv", "/areas?q=canary", "/areas/:id", "/areas/*",
		"/compare?with=wolverhampton-cci-2012&with=leicester-city-fji-2016",
		"/api/v1/inspections/wolverhampton-cci-2012", "/api/v1/inspections?area=wolverhampton",
		"/api/v1/results?area=wolverhampton&format=csv", "/api/v1/results?programme=cci", "/api/v1/sources",
		"/api/v1/release", "/api/v1/releases", "/api/v1/areas", "/api/v1/inspections",
		"/api/v1/benchmarks?programme=cci&measure=safeguarding",
		"/api/v1/benchmarks?programme=cci&measure=risk_of_harm&group=region&format=csv",
		"/api/v1/inspections?from=2012-05&to=2012-06"}
	comparisons, taken := 0, 0
	for len(queue) > 0 {
		target := queue[0]
		queue = queue[1:]
		if seen[target] {
			continue
		}
		if strings.Contains(target, "/take/") || strings.Contains(target, "/r/") {
			if taken++; taken > 60 { // the same figures as files, and by addresses that last
				continue
			}
		}
		seen[target] = true
		if strings.Contains(target, "/compare?") {
			if comparisons++; comparisons > 60 { // there are thousands, of the same figures
				continue
			}
		}
		_, body := site.get(t, target)
		if strings.Contains(target, "/api/") || strings.Contains(target, "/data/") {
			continue
		}
		for _, found := range hrefs.FindAllStringSubmatch(body, -1) {
			queue = append(queue, strings.ReplaceAll(found[1], "&amp;", "&"))
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
