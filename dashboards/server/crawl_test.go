package server

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"testing"
	"yardstick/dashboards/view"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/sync/errgroup"
)

const (
	crawlLike  = 4    // addresses of one pattern that are visited; of pages without parameters, all are
	crawlLimit = 6000 // requests, so that a site that leads into itself without end fails
)

// crawled is what one address gave.
type crawled struct {
	status int
	ids    map[string]bool // of a page
	refs   []string        // what it refers to, as written
	err    error
}

// crawl is a walk through the site along everything that its pages refer to.
type crawl struct {
	client  *http.Client
	visited map[string]crawled
	from    map[string]string            // a page that refers to an address, by address
	anchors map[string]map[string]string // fragments asked for: by address, then fragment, a page that asks
	like    map[string]int               // visits by pattern
	foreign map[string]string            // addresses of other sites, and a page that leads there
	faults  []string
}

// TestCrawl follows every link, image, form, alternate, canonical address and download from the home pages and the
// sitemap, in both languages: all of the site's own answer, what is pointed at within a page is there, and no page
// is an orphan.
func TestCrawl(t *testing.T) {
	if testing.Short() {
		t.Skip("it follows every link")
	}
	c := newCrawl(t)
	pages := c.sitemap(t)
	for _, tag := range []string{"en", "cy"} {
		c.refer("the start", view.PathIn(tag, "/"))
	}
	c.walk()
	linked := maps.Clone(c.from) // before the sitemap is: what it alone knows, no reader finds
	for _, page := range pages {
		c.refer("the sitemap", page)
	}
	c.walk()
	for _, page := range pages {
		if c.visited[page].status != http.StatusOK {
			t.Errorf("%s of the sitemap was not reached", page)
		}
		if linked[page] == "" && !sampled {
			t.Errorf("no page leads to %s", page)
		}
	}
	c.checkAnchors()
	c.checkForeign()
	for _, fault := range c.faults {
		t.Error(fault)
	}
	if len(c.visited) < 800 || len(c.like) < 60 || len(c.anchors) < 100 || len(c.foreign) < 100 {
		t.Errorf("a walk of %d addresses, %d patterns, %d pages pointed into, %d addresses of other sites",
			len(c.visited), len(c.like), len(c.anchors), len(c.foreign))
	}
	t.Logf("%d addresses of %d patterns with queries, %d of other sites", len(c.visited), len(c.like), len(c.foreign))
}

// newCrawl is a crawl of a server that knows where it stands, over HTTP in memory.
func newCrawl(t *testing.T) *crawl {
	t.Helper()
	listener := sited(t).listener
	transport := &http.Transport{
		DialContext:        func(context.Context, string, string) (net.Conn, error) { return listener.Dial() },
		DisableCompression: true,
	}
	t.Cleanup(transport.CloseIdleConnections)
	return crawlOver(transport)
}

func crawlOver(transport http.RoundTripper) *crawl {
	return &crawl{
		client:  &http.Client{Transport: transport},
		visited: make(map[string]crawled),
		from:    make(map[string]string),
		anchors: make(map[string]map[string]string),
		like:    make(map[string]int),
		foreign: make(map[string]string),
	}
}

func (c *crawl) fault(format string, values ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, values...))
}

// sitemap is every address of the sitemap that robots.txt names, as a path.
func (c *crawl) sitemap(t *testing.T) []string {
	t.Helper()
	robots := c.body(t, "/robots.txt")
	_, address, ok := strings.Cut(string(robots), "Sitemap: "+testSite)
	if !ok {
		t.Fatalf("robots.txt names no sitemap:\n%s", robots)
	}
	var set struct {
		URLs []struct {
			Loc  string `xml:"loc"`
			Link []struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(c.body(t, strings.TrimSpace(address)), &set); err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, u := range set.URLs {
		paths = append(paths, cmp.Or(strings.TrimPrefix(u.Loc, testSite), "/"))
		for _, other := range u.Link {
			c.refer("the sitemap's page "+u.Loc, other.Href)
		}
	}
	clear(c.from) // that pages stand beside each other leads nobody to them
	return paths
}

func (c *crawl) body(t *testing.T, path string) []byte {
	t.Helper()
	response, err := c.client.Get("http://yardstick.example" + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d, %v", path, response.StatusCode, err)
	}
	return body
}

// refer notes that a page refers to an address.
func (c *crawl) refer(page, ref string) {
	if strings.HasPrefix(ref, "data:") {
		return
	}
	ref = strings.TrimPrefix(ref, testSite)
	base, err := url.Parse(cmp.Or(strings.TrimPrefix(page, "the "), "/"))
	if err != nil || !strings.HasPrefix(page, "/") {
		base = &url.URL{Path: "/"}
	}
	u, err := base.Parse(cmp.Or(ref, "/"))
	if err != nil {
		c.fault("%s refers to %q: %v", page, ref, err)
		return
	}
	if u.Host != "" || u.Scheme != "" {
		c.foreign[ref] = page
		return
	}
	fragment := u.Fragment
	u.Fragment, u.RawFragment = "", ""
	address := u.String()
	if fragment != "" {
		if c.anchors[address] == nil {
			c.anchors[address] = make(map[string]string)
		}
		c.anchors[address][fragment] = page
	}
	if c.from[address] == "" {
		c.from[address] = page
	}
}

// walk visits what is referred to and was not visited, round by round, until nothing new is found.
func (c *crawl) walk() {
	for {
		round := c.next()
		if len(round) == 0 {
			return
		}
		if len(c.visited)+len(round) > crawlLimit {
			c.fault("over %d addresses, such as %s", crawlLimit, round[len(round)-1])
			return
		}
		answers := make([]crawled, len(round))
		var fetches errgroup.Group
		fetches.SetLimit(runtime.GOMAXPROCS(0))
		for n, address := range round {
			fetches.Go(func() error {
				answers[n] = c.fetch(address)
				return nil
			})
		}
		fetches.Wait() // errors are among the answers
		for n, address := range round {
			a := answers[n]
			if a.err != nil || a.status >= http.StatusBadRequest {
				c.fault("%s refers to %s, which answers %d (%v)", c.from[address], address, a.status, a.err)
			}
			refs := a.refs
			a.refs = nil
			c.visited[address] = a
			for _, ref := range refs {
				c.refer(address, ref)
			}
		}
	}
}

// next are the addresses of a round: every path, and of those with a query, or of an interface or of files, the
// first few of each pattern, taken evenly from all that are known.
func (c *crawl) next() []string {
	var round []string
	alike := make(map[string][]string)
	for _, address := range slices.Sorted(maps.Keys(c.from)) {
		if _, done := c.visited[address]; done {
			continue
		}
		if p := patternOf(address); p == "" {
			if n := len(round); !sampled || n%8 == 0 {
				round = append(round, address)
			} else {
				c.visited[address] = crawled{status: http.StatusOK}
			}
		} else {
			alike[p] = append(alike[p], address)
		}
	}
	for _, p := range slices.Sorted(maps.Keys(alike)) {
		all := alike[p]
		take := min(len(all), crawlLike-c.like[p])
		for n := range take {
			round = append(round, all[n*len(all)/take])
		}
		c.like[p] += max(take, 0)
	}
	return round
}

// patternOf is what an address has in common with many: its path without what names one area, inspection or release,
// and the names of its parameters. It is empty for the address of a page without parameters.
func patternOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	parts := strings.Split(u.Path, "/")
	mirrored := false // of a release, or of parts: each page has many
	for n, part := range parts {
		mirrored = mirrored || slices.Contains([]string{"r", "take", "embed", "api"}, part)
		if n > 0 && slices.Contains([]string{"areas", "inspections", "r"}, parts[n-1]) {
			parts[n] = ":id"
		}
	}
	if u.RawQuery == "" && !mirrored {
		return ""
	}
	query := u.Query()
	names := slices.Sorted(maps.Keys(query))
	for n, name := range names {
		names[n] = fmt.Sprintf("%s*%d", name, len(query[name]))
		if name == "format" {
			names[n] = name + "=" + query.Get(name)
		}
	}
	return strings.Join(parts, "/") + "?" + strings.Join(names, "&")
}

// fetch asks for an address, and reads what it refers to if it is a page.
func (c *crawl) fetch(address string) crawled {
	response, err := c.client.Get("http://yardstick.example" + address)
	if err != nil {
		return crawled{err: err}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	a := crawled{status: response.StatusCode, err: err}
	if err != nil || !strings.HasPrefix(response.Header.Get("Content-Type"), "text/html") {
		return a
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		a.err = err
		return a
	}
	a.ids = make(map[string]bool)
	doc.Find("[id]").Each(func(_ int, e *goquery.Selection) { a.ids[e.AttrOr("id", "")] = true })
	a.refs = references(doc)
	return a
}

// references is everything that a page refers to, each once, forms as they are sent if nothing is changed in them.
func references(doc *goquery.Document) []string {
	seen := make(map[string]bool)
	for _, attribute := range []string{"href", "src", "action", "data", "poster", "cite", "formaction"} {
		doc.Find("[" + attribute + "]").Each(func(_ int, e *goquery.Selection) {
			if goquery.NodeName(e) == "base" {
				return
			}
			seen[e.AttrOr(attribute, "")] = true
		})
	}
	doc.Find("[srcset]").Each(func(_ int, e *goquery.Selection) {
		for one := range strings.SplitSeq(e.AttrOr("srcset", ""), ",") {
			seen[strings.Fields(one)[0]] = true
		}
	})
	doc.Find(`meta[property="og:image"], meta[property="og:url"], meta[name="twitter:image"]`).Each(
		func(_ int, e *goquery.Selection) {
			seen[e.AttrOr("content", "")] = true
		},
	)
	doc.Find("form").Each(func(_ int, form *goquery.Selection) {
		path, fragment, at := strings.Cut(form.AttrOr("action", ""), "#")
		address := path + "?" + fields(form).Encode()
		if at {
			address += "#" + fragment
		}
		seen[address] = true
	})
	return slices.Sorted(maps.Keys(seen))
}

// fields are what a form sends as it stands.
func fields(form *goquery.Selection) url.Values {
	values := make(url.Values)
	form.Find("input[name], textarea[name]").Each(func(_ int, e *goquery.Selection) {
		kind := e.AttrOr("type", "text")
		if _, checked := e.Attr("checked"); checked || kind != "radio" && kind != "checkbox" {
			values.Add(e.AttrOr("name", ""), e.AttrOr("value", e.Text()))
		}
	})
	form.Find("select[name]").Each(func(_ int, e *goquery.Selection) {
		chosen := e.Find("option[selected]")
		if chosen.Length() == 0 {
			chosen = e.Find("option").First()
		}
		values.Add(e.AttrOr("name", ""), chosen.AttrOr("value", chosen.Text()))
	})
	return values
}

// checkAnchors wants what is pointed at within pages to be there.
func (c *crawl) checkAnchors() {
	for _, address := range slices.Sorted(maps.Keys(c.anchors)) {
		page, visited := c.visited[address]
		if !visited || page.ids == nil {
			continue
		}
		for fragment, from := range c.anchors[address] {
			if !page.ids[fragment] {
				c.fault("%s leads to %s#%s, and nothing on that page is called so", from, address, fragment)
			}
		}
	}
}

// checkForeign wants addresses of other sites to be ones that can be followed; they are not asked for.
func (c *crawl) checkForeign() {
	for _, ref := range slices.Sorted(maps.Keys(c.foreign)) {
		u, err := url.Parse(ref)
		switch {
		case err != nil || u.Scheme != "https" && u.Scheme != "http" || !strings.Contains(u.Hostname(), "."),
			u.User != nil,
			strings.ContainsAny(ref, " \t\n<>\""):
			c.fault("%s leads to %q, which cannot be followed (%v)", c.foreign[ref], ref, err)
		}
	}
}

// A walk of a site with one of every fault finds every one.
func TestCrawlFindsFaults(t *testing.T) {
	site := map[string]string{
		"/": `<a href="/fine#here">a</a> <a href="/fine#there">b</a> <a href="/gone">c</a> <a href="ftp://x">d</a> <a href="https://x.example">e</a>` +
			`<img srcset="/gone.png 2x"><form action="/form"><input name="x" value="1"></form>`,
		"/fine": `<h1 id="here">x</h1>`,
	}
	c := crawlOver(crawlTransport(func(r *http.Request) (int, string) {
		if page, ok := site[r.URL.Path]; ok {
			return http.StatusOK, page
		}
		return http.StatusNotFound, ""
	}))
	c.refer("the start", "/")
	c.walk()
	c.checkAnchors()
	c.checkForeign()
	for _, want := range []string{"/fine#there", "refers to /gone,", "ftp://x", "/gone.png", "/form?x=1"} {
		if !slices.ContainsFunc(c.faults, func(fault string) bool { return strings.Contains(fault, want) }) {
			t.Errorf("no fault is found in %s", want)
		}
	}
	if len(c.faults) != 6 { // the form's address, with what it sends and without
		t.Errorf("%d faults: %q", len(c.faults), c.faults)
	}
}

// crawlTransport answers requests from a function.
type crawlTransport func(*http.Request) (status int, page string)

func (f crawlTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	status, page := f(r)
	return &http.Response{
		StatusCode: status,
		Header:     http.Header{"Content-Type": {"text/html"}},
		Body:       io.NopCloser(strings.NewReader(page)),
		Request:    r,
	}, nil
}
