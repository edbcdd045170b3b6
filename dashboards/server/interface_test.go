package server

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/getkin/kin-openapi/openapi3"

	"yardstick/dashboards/api"
	"yardstick/dashboards/export"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/site"
	"yardstick/dashboards/view"
)

// inFormat is an address of the interface in a format; a file takes no limit.
func inFormat(t testing.TB, address, format string) string {
	t.Helper()
	path, text, _ := strings.Cut(address, "?")
	var parts []string
	for part := range strings.SplitSeq(text, "&") {
		if part != "" && !strings.HasPrefix(part, "limit=") {
			parts = append(parts, part)
		}
	}
	return api.Root + path + "?" + strings.Join(append(parts, "format="+format), "&")
}

// everything is one address of every route of the site: each page in each language, each endpoint in each format, each
// file of the release and each asset.
func everything(t testing.TB, s *running) []string {
	t.Helper()
	all := []string{"/robots.txt", "/sitemap.xml", api.Root + api.DocumentPath}
	for _, p := range shared(t).site.Routes() {
		id := map[string]string{"area": "leicester-city", "inspection": leicester}[p.Name]
		for _, tag := range i18n.Languages() {
			all = append(all, view.PathIn(tag, strings.Replace(p.Path, ":id", id, 1)))
		}
	}
	for _, e := range api.Endpoints() {
		all = append(all, api.Root+e.Example)
		for _, f := range export.Formats() {
			all = append(all, inFormat(t, e.Example, f.Name))
		}
	}
	for _, table := range s.current.Load().files.Tables() {
		for _, f := range export.Formats() {
			all = append(all, site.DataRoot+table.Name+"."+f.Name)
		}
	}
	all = append(all, site.DataRoot+site.PackageName)
	for _, tag := range i18n.Languages() {
		for _, path := range []string{"/take/inspections/" + rutland + "/notice.csv", "/embed/inspections/" + rutland +
			"/headlines", "/r/0123456789ab", "/r/0123456789ab/areas/leicester-city", "/feed.atom", "/regions/wales/feed.atom",
			"/areas/cardiff/feed.atom", "/upcoming/feed.atom", "/upcoming.ics", "/opensearch.xml"} {
			all = append(all, view.PathIn(tag, path))
		}
	}
	for _, name := range s.config.Manifest {
		all = append(all, site.AssetRoot+name)
	}
	return append(all, site.DataRoot+site.CatalogFile,
		site.OEmbedPath+"?url="+url.QueryEscape(testSite+"/areas/leicester-city"))
}

// Whatever has an answer is not sent twice to who holds it: 304 with no body, the same tag, and the headers that say
// how long to keep it. HEAD says what GET does. Every route is among what is asked.
func TestEveryRouteIsAskedAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks for every route in every format")
	}
	s := sited(t)
	asked := make(map[string]bool)
	for _, target := range everything(t, s) {
		path, _, _ := strings.Cut(target, "?")
		asked[path] = true
		for _, encoding := range []string{"", "gzip", "br"} {
			accept := "Accept-Encoding: " + encoding
			first := s.get(t, target, accept)
			tag := first.header.Get("ETag")
			if first.status != 200 || tag == "" || len(first.body) == 0 {
				t.Fatalf("%s: status %d, tag %s, %d bytes", target, first.status, tag, len(first.body))
			}
			again := s.get(t, target, accept, "If-None-Match: "+tag)
			if again.status != 304 || len(again.body) > 0 || again.header.Get("ETag") != tag {
				t.Errorf("%s as %q: status %d with %d bytes and tag %s", target, encoding, again.status,
					len(again.body), again.header.Get("ETag"))
			}
			for _, name := range []string{"Cache-Control", "Vary", "Access-Control-Allow-Origin"} {
				if again.header.Get(name) != first.header.Get(name) {
					t.Errorf("%s as %q: %s is %q, and %q unmodified", target, encoding, name, first.header.Get(name),
						again.header.Get(name))
				}
			}
			if first.header.Get("Vary") != "Accept-Encoding" || first.header.Get("Cache-Control") == "" {
				t.Errorf("%s: headers %v", target, first.header)
			}
			if !strings.Contains(target, "/embed/") { // which alone stands in frames of others
				checkSecurity(t, target, again.header)
			}
			head := s.ask(t, "HEAD", target, accept)
			if head.status != 200 || len(head.body) > 0 || head.header.Get("ETag") != tag ||
				head.header.Get("Content-Length") != fmt.Sprint(len(first.body)) {
				t.Errorf("%s as %q: HEAD gives %d with %v for %d bytes", target, encoding, head.status, head.header,
					len(first.body))
			}
		}
	}
	for _, route := range s.app.GetRoutes(true) {
		if route.Method != "GET" || slices.Contains([]string{"/healthz", "/readyz", "/.well-known/security.txt",
			site.CheckpointPath, site.LogPath}, route.Path) ||
			strings.HasSuffix(route.Path, ":file") && strings.HasPrefix(route.Path, "/cy") {
			continue // what changes with the time, and an address that leads to another
		}
		matches := func(path string) bool {
			prefix, _, _ := strings.Cut(strings.Replace(route.Path, "*", ":", 1), ":")
			return path == route.Path || prefix != route.Path && strings.HasPrefix(path, prefix)
		}
		if !slices.ContainsFunc(slices.Collect(maps.Keys(asked)), matches) {
			t.Errorf("%s is not asked here", route.Path)
		}
	}
}

// Every answer in words says in which language they are, also where they say what is wrong.
func TestContentLanguage(t *testing.T) {
	s := shared(t)
	for target, want := range map[string]string{
		"/": "en", "/cy": "cy", "/areas/leicester-city": "en", "/cy/areas/leicester-city": "cy", "/nothing": "en",
		"/cy/nothing": "cy", "/cy/benchmarks?as_of=x": "cy",
		"/api": "en", "/cy/api": "cy", "/api/v1/areas": "en", "/api/v1/areas?format=csv": "en", "/api/v1/openapi.json": "en",
		"/api/v1/nothing":                    "en",
		"/api/v1" + with(leicester, rutland): "en", "/api/v1" + with(leicester, rutland) + "&lang=cy": "cy",
		"/data/results.csv": "", "/assets/site.1.css": "", "/robots.txt": "",
	} {
		if got := s.get(t, target).header.Get("Content-Language"); got != want {
			t.Errorf("%s: language %q, want %q", target, got, want)
		}
	}
}

// The document has every route under the interface's root and nothing else, and errors are of the shape that it says.
func TestDocumentIsOfTheRoutes(t *testing.T) {
	s := shared(t)
	document, err := openapi3.NewLoader().LoadFromData(s.get(t, "/api/v1/openapi.json").body)
	if err != nil {
		t.Fatal(err)
	}
	routes := make(map[string]bool)
	for _, route := range s.app.GetRoutes(true) {
		if path, under := strings.CutPrefix(route.Path, api.Root+"/"); under && route.Method == "GET" {
			routes["/"+strings.Replace(path, ":id", "{id}", 1)] = true
		}
	}
	if got := slices.Sorted(maps.Keys(document.Paths.Map())); !slices.Equal(got, slices.Sorted(maps.Keys(routes))) {
		t.Errorf("it has %q, and the routes are %q", got, slices.Sorted(maps.Keys(routes)))
	}
	for _, target := range []string{"/areas/nowhere", "/areas?x=1", "/areas?q=a&q=b", "/areas?limit=0",
		"/areas?limit=1&format=csv", "/areas?q=" + strings.Repeat("x", 3000)} {
		path, _, _ := strings.Cut(target, "?")
		e, _, _ := api.Find(path)
		r := s.get(t, api.Root+target)
		response := document.Paths.Value(e.Template()).Get.Responses.Status(r.status)
		if response == nil {
			t.Errorf("%.60s: the document has no status %d", target, r.status)
			continue
		}
		var answer any
		if err := json.Unmarshal(r.body, &answer); err != nil {
			t.Fatal(err)
		}
		if err := response.Value.Content["application/json"].Schema.Value.VisitJSON(answer,
			openapi3.EnableJSONSchema2020()); err != nil {
			t.Errorf("%.60s: %v", target, err)
		}
	}
}

// Every request that the reference page prints is made, and begins with the very answer that stands under it.
func TestReferenceTellsTheTruth(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks for hundreds of pages")
	}
	s := sited(t)
	document, err := openapi3.NewLoader().LoadFromData(s.get(t, "/api/v1/openapi.json").body)
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"/api", "/cy/api"} {
		doc := parse(t, address, s.get(t, address))
		asked := make(map[string]bool)
		doc.Find(".ys-code--command").Each(func(_ int, command *goquery.Selection) {
			target, is := strings.CutPrefix(strings.TrimSuffix(command.Text(), "'"), "curl '"+s.config.Site)
			if !is {
				t.Fatalf("%s prints the command %q", address, command.Text())
			}
			path, _, _ := strings.Cut(strings.TrimPrefix(target, api.Root), "?")
			e, _, _ := api.Find(path)
			asked[e.Path] = true
			r := s.get(t, target)
			var want bytes.Buffer
			if err := json.Indent(&want, bytes.TrimSpace(r.body), "", "  "); err != nil || r.status != 200 {
				t.Fatalf("%s: status %d, %v", target, r.status, err)
			}
			printed := command.NextAllFiltered(".ys-code").First().Text()
			goesOn := command.NextAllFiltered(".ys-source").First().Find(`a[href="`+target+`"]`).Length() == 1
			if rest, begins := strings.CutPrefix(want.String(), printed); !begins || printed == "" ||
				goesOn != (rest != "") {
				t.Errorf("%s: %s prints\n%s\nand the answer is\n%.600s", address, target, printed, want.String())
			}
		})
		doc.Find("article p a").Each(func(_ int, link *goquery.Selection) {
			if href, _ := link.Attr("href"); s.get(t, href).status != 200 {
				t.Errorf("%s: %s has no answer", address, href)
			}
		})
		lists, words := doc.Find("#lists").Text(), s.site.Languages()[doc.Find("html").AttrOr("lang", "")]
		for _, p := range document.Paths.Value("/results").Get.Parameters {
			if p.Value.Name == "limit" {
				for _, bound := range []any{p.Value.Schema.Value.Default, *p.Value.Schema.Value.Max} {
					if said := words.Number(bound.(float64), 0); !strings.Contains(lists, said) {
						t.Errorf("%s: of the bound %s it says %q", address, said, lists)
					}
				}
			}
		}
		for _, e := range api.Endpoints() {
			if !asked[e.Path] || doc.Find("#"+e.Name).Length() != 1 {
				t.Errorf("%s leaves out %s", address, e.Path)
			}
		}
	}
}

// The sitemap names every page in each language by the address that the page names itself by, with the other language
// beside it, wherever the request says that it was sent to.
func TestSitemap(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks for hundreds of pages")
	}
	s := sited(t)
	const forged = "GET /sitemap.xml HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: " +
		"close\r\n\r\n"
	r := s.raw(t, "GET", forged)
	var found struct {
		URL []struct {
			Loc  string `xml:"loc"`
			Link []struct {
				Tag  string `xml:"hreflang,attr"`
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(r.body, &found); err != nil || r.status != 200 || strings.Contains(r.text(), "evil") {
		t.Fatalf("status %d, %v, %.300s", r.status, err, r.body)
	}
	snapshot := shipped(t)
	hidden := 0
	for _, r := range s.site.Routes() {
		if r.Hidden {
			hidden++
		}
	}
	if want := 2 * (len(s.site.Routes()) - hidden - 2 + len(snapshot.Areas()) + len(snapshot.Inspections())); len(
		found.URL) != want {
		t.Errorf("%d addresses, want %d", len(found.URL), want)
	}
	titles, descriptions := make(map[string]string), make(map[string]string)
	for _, url := range found.URL {
		target, ours := strings.CutPrefix(url.Loc, s.config.Site)
		page := s.get(t, target)
		doc := parse(t, target, page)
		canonical, _ := doc.Find(`link[rel="canonical"]`).Attr("href")
		if page.status != 200 || !ours || canonical != url.Loc {
			t.Errorf("%s: status %d, canonical %s", url.Loc, page.status, canonical)
		}
		alternates := make(map[string]string)
		doc.Find(`link[rel="alternate"][hreflang]`).Each(func(_ int, link *goquery.Selection) {
			tag, _ := link.Attr("hreflang")
			alternates[tag], _ = link.Attr("href")
		})
		named := make(map[string]string)
		for _, link := range url.Link {
			named[link.Tag] = link.Href
		}
		tag, _ := doc.Find("html").Attr("lang")
		if !maps.Equal(named, alternates) || len(named) != len(i18n.Languages()) || named[tag] != url.Loc {
			t.Errorf("%s in %s: languages %v in the sitemap, %v on the page", url.Loc, tag, named, alternates)
		}
		title := tag + doc.Find("title").Text()
		description, _ := doc.Find(`meta[name="description"]`).Attr("content")
		description = tag + description
		if titles[title] != "" || descriptions[description] != "" || len(description) < 20 {
			t.Errorf("%s has the title or the description of %s%s: %q, %q", target, titles[title],
				descriptions[description], title, description)
		}
		titles[title], descriptions[description] = target, target
	}
	robots := s.get(t, "/robots.txt").text()
	if !strings.Contains(robots, "\nSitemap: "+testSite+"/sitemap.xml\n") ||
		!strings.Contains(robots, "\nDisallow: /cy/target\n") {
		t.Errorf("robots are told\n%s", robots)
	}
	if unsited := shared(t).get(t, "/robots.txt").text(); strings.Contains(unsited, "Sitemap") {
		t.Errorf("of a site whose place is not known, robots are told\n%s", unsited)
	}
}
