package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"yardstick/analytics"
	"yardstick/analytics/duck/ducktest"
	"yardstick/analytics/target"
	"yardstick/dashboards/site"
	"yardstick/dashboards/view"
	"yardstick/data"
)

// What a page does not read is no part of its address: it changes neither the page nor what is kept.
func TestForeignParameters(t *testing.T) {
	s := newSite(t, shipped(t))
	for target, same := range map[string][]string{
		"/areas": {"/areas?utm=x", "/areas?fbclid=1&q=", "/areas?q=%20", "/areas?Q=leicester",
			"/areas?with=a"},
		"/": {"/?q=leicester", "/?%00", "/?" + strings.Repeat("x", 5000)},
		"/areas?q=leicest": {"/areas?utm=x&q=leicest", "/areas?q=leicest&utm=x", "/areas?q=+leicest+",
			"/areas?q=leicest&q=", "/areas?q=&q=leicest"},
		"/areas/leicester-city":      {"/areas/leicester-city?q=x"},
		"/inspections?programme=fji": {"/inspections?programme=fji&programme=", "/inspections?utm=x&programme=fji"},
		with(leicester, rutland): {with(leicester, rutland) + "&utm=x", with(leicester, "", rutland),
			"/compare?x=y&with=" + leicester + "&with=" + rutland},
		"/benchmarks?programme=fji":   {"/benchmarks?programme=fji&measure=&group=&of=&as_of="},
		"/trends?theme=governance":    {"/trends?programme=&theme=governance&utm=x", "/trends?region=&theme=+governance"},
		"/benchmarks?group=nation":    {"/benchmarks?group=+nation"},
		"/cy/benchmarks?group=nation": {"/cy/benchmarks?utm=x&group=nation"},
	} {
		want := s.get(t, target)
		kept := s.current.Load().rendered.Len()
		for _, other := range same {
			if got := s.get(t, other); got.status != 200 || got.text() != want.text() ||
				got.header.Get("ETag") != want.header.Get("ETag") {
				t.Errorf("%.80s: status %d, not the page at %s", other, got.status, target)
			}
		}
		if more := s.current.Load().rendered.Len(); more != kept {
			t.Errorf("%s: %d answers are kept after %d", target, more, kept)
		}
	}
}

// Nothing that one reader asks for changes what another is shown: whatever the order and spelling of a page's
// parameters, it is the page that a fresh server shows at the canonical address it names.
func TestAnswersDoNotDependOnEarlierOnes(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks for hundreds of pages")
	}
	asked, fresh := newSite(t, shipped(t)), newSite(t, shipped(t))
	values := map[string][]string{
		"q":         {"leicester", "LEICESTER", "a&b=c", "é", "wales", ""},
		"programme": {"cci", "fji", "yj2018", "sqs", "abc", ""},
		"measure":   {"safeguarding", "overall", "reducing_reoffending", ""},
		"group":     {"all", "nation", "region", "family", ""},
		"theme":     {"overall", "governance", "abc", ""},
		"region":    {"london", "wales", "england", ""},
		"indicator": {"fte_rate_per_100k", "population_10_17", "abc", ""},
		"area":      {"leicester-city", "cardiff", "nowhere", ""},
		"of":        {"leicester-city", "cardiff", "nowhere", ""},
		"as_of":     {"2012-06-13", "2012-06", "2012", "2012-02-31", ""},
		"with":      {leicester, rutland, "brent-cci-2011", "nowhere", ""},
		"letter":    {"b", "0", "zz", ""},
		"period":    {"2022-03-31", "2022", ""},
		"areas":     {"leicester-city,Brent", "brent", "nowhere", ""},
		"limits":    {"chance", "adjusted", "none", ""},
		"scale":     {"fji", "yj", "abc", ""},
		"page":      {"/areas/cardiff", "/cy", "https://example.test/", "x", ""},
		"for":       {"Melton Mowbray", "le1", ""},
		"utm":       {"x", ""},
	}
	for _, name := range target.Params() {
		if values[name] == nil {
			values[name] = []string{"1", "2", "x", ""}
		}
	}
	for _, p := range asked.site.Routes() {
		for _, name := range p.Params {
			if values[name] == nil {
				values[name] = []string{"cci", "1", "x", ""}
			}
		}
	}
	names := []string{"q", "programme", "measure", "group", "of", "as_of", "with", "letter", "utm"}
	rapid.Check(t, func(r *rapid.T) {
		p := rapid.SampledFrom(asked.site.Routes()).Draw(r, "page")
		path := view.PathIn(rapid.SampledFrom([]string{"en", "cy"}).Draw(r, "language"),
			strings.Replace(p.Path, ":id", "leicester-city", 1))
		var parts []string
		for range rapid.IntRange(0, 4).Draw(r, "parameters") {
			name := rapid.SampledFrom(append(slices.Clone(p.Params), names...)).Draw(r, "name")
			value := rapid.SampledFrom([]string{"", " "}).Draw(r, "space") + rapid.SampledFrom(values[name]).Draw(r,
				"value")
			parts = append(parts, name+"="+url.QueryEscape(value))
		}
		address := path + "?" + strings.Join(parts, "&")
		got := asked.get(t, address)
		if got.status >= 500 {
			r.Fatalf("%s: status %d", address, got.status)
		}
		if got.status != 200 {
			return
		}
		canonical, _ := parse(t, address, got).Find(`link[rel="canonical"]`).Attr("href")
		if want := fresh.get(t, canonical); want.status != 200 || want.text() != got.text() {
			r.Fatalf("%s is not what a fresh server shows at %s (status %d)", address, canonical, want.status)
		}
	})
}

// However many addresses are made up, what is kept stays within its bound, and what is asked for stays right.
func TestCacheIsBounded(t *testing.T) {
	s := newSite(t, shipped(t))
	const asked = 5000
	var work sync.WaitGroup
	for worker := range 4 {
		work.Go(func() {
			for n := worker; n < asked; n += 4 {
				day := time.Date(3000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format(time.DateOnly)
				if r := s.get(t, "/api/v1/inspections?format=csv&from="+day); r.status != 200 {
					t.Errorf("%s: status %d", day, r.status)
				}
			}
		})
	}
	work.Wait()
	if n := s.current.Load().rendered.Bytes(); n > mostRendered {
		t.Errorf("%d bytes are kept, over the bound of %d", n, mostRendered)
	}
	if r := s.get(t, "/areas/leicester-city"); r.status != 200 ||
		r.text() != shared(t).get(t, "/areas/leicester-city").text() {
		t.Error("a page is not what it was")
	}
}

// Errors are made again each time: no mistake takes a kept answer's place.
func TestErrorsAreNotKept(t *testing.T) {
	s := newSite(t, shipped(t))
	for n := range 20 {
		for _, target := range []string{"/areas/nowhere-%d", "/nothing-%d", "/compare?with=%d", "/benchmarks?as_of=%d",
			"/api/v1/areas/nowhere-%d", "/api/v1/release?x%d=1"} {
			if r := s.get(t, fmt.Sprintf(target, n)); r.status < 400 || r.status >= 500 {
				t.Errorf("%s: status %d", target, r.status)
			}
		}
	}
	if n := s.current.Load().rendered.Len(); n != 0 {
		t.Errorf("%d answers are kept, and none was given", n)
	}
}

// A page that many ask for at once is made once.
func TestMadeOnce(t *testing.T) {
	var readers sync.WaitGroup
	s := newSite(t, shipped(t))
	want := shared(t).get(t, "/cy/areas/leicester-city").text()
	for range 50 {
		readers.Go(func() {
			if r := s.get(t, "/cy/areas/leicester-city"); r.status != 200 || r.text() != want {
				t.Errorf("status %d, or another page", r.status)
			}
		})
	}
	readers.Wait()
}

// A new release is swapped in whole: no answer mixes two, and no request fails meanwhile.
func TestReleaseSwap(t *testing.T) {
	ids := []string{strings.Repeat("a", 64), strings.Repeat("b", 64)}
	var snapshots []*analytics.Snapshot
	for _, id := range ids {
		reader, err := ducktest.Open(data.Record(), analytics.Release{ID: id, Built: releaseBuilt})
		if err != nil {
			t.Fatal(err)
		}
		snapshot, err := analytics.Load(t.Context(), reader)
		if err != nil {
			t.Fatal(err)
		}
		snapshots = append(snapshots, snapshot)
	}
	s := newSite(t, snapshots[0])
	before := s.get(t, "/areas/leicester-city")
	ctx, stop := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	for n := range 4 {
		readers.Go(func() {
			for ctx.Err() == nil {
				page, answer := s.get(t, "/areas/leicester-city"), s.get(t,
					fmt.Sprintf("/api/v1/areas?q=leicester&format=%s", []string{"json", ""}[n%2]))
				if page.status != 200 ||
					strings.Contains(page.text(), ids[0][:site.ShortID]) == strings.Contains(page.text(),
						ids[1][:site.ShortID]) {
					t.Errorf("a page with status %d names both releases, or neither", page.status)
				}
				var named struct{ Release struct{ ID string } }
				if err := json.Unmarshal(answer.body, &named); err != nil || !slices.Contains(ids, named.Release.ID) {
					t.Errorf("an answer with status %d names release %q", answer.status, named.Release.ID)
				}
			}
		})
	}
	for n := range 20 {
		time.Sleep(2 * time.Millisecond)
		if err := s.Publish(snapshots[(n+1)%2]); err != nil {
			t.Error(err)
		}
	}
	if err := s.Publish(snapshots[1]); err != nil {
		t.Error(err)
	}
	stop()
	readers.Wait()
	after := s.get(t, "/areas/leicester-city", "If-None-Match: "+before.header.Get("ETag"))
	if after.status != 200 || !strings.Contains(after.text(), ids[1][:site.ShortID]) ||
		strings.Contains(after.text(), ids[0][:site.ShortID]) {
		t.Errorf("after the swap, status %d and not the new release", after.status)
	}
	if r := s.get(t, "/readyz"); r.text() != ids[1]+"\n" {
		t.Errorf("ready with %q", r.text())
	}
	if logged := s.log.all(); len(logged) > 0 {
		t.Errorf("logged %q", logged)
	}
}

// A page that panics while it is rendered ahead is an error of Warm. It ends neither the process nor the rendering
// of others.
func TestWarmSurvivesPanic(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks for hundreds of pages")
	}
	s := newSite(t, shipped(t))
	files, manifest := testAssets()
	var asked atomic.Int64
	var err error
	s.Server, err = New(Config{Assets: files, Manifest: manifest, Log: slog.New(s.log), Now: func() time.Time {
		if asked.Add(1) == 1 {
			panic("a view that cannot be made")
		}
		return releaseBuilt
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(shipped(t)); err != nil {
		t.Fatal(err)
	}
	if err := s.Warm(t.Context()); err == nil || !strings.Contains(err.Error(), "a view that cannot be made") {
		t.Errorf("error %v", err)
	}
	if kept, pages := s.current.Load().rendered.Len(), 2*len(shipped(t).Areas()); kept < pages-1 {
		t.Errorf("%d pages are kept, of %d areas' pages", kept, pages)
	}
}

// Warming renders every area's page in every language, so that the first reader of each waits for nothing.
func TestWarm(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks for hundreds of pages")
	}
	s := newSite(t, shipped(t))
	if err := s.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	e := s.current.Load()
	for _, a := range shipped(t).Areas() {
		for _, tag := range []string{"en", "cy"} {
			if !e.rendered.Has(view.PathIn(tag, "/areas/"+a.ID)) {
				t.Errorf("%s in %s is not kept", a.ID, tag)
			}
		}
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Warm(done); !errors.Is(err, context.Canceled) {
		t.Errorf("out of time, error %v", err)
	}
}
