package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
	"yardstick/dashboards/view"

	"github.com/PuerkitoBio/goquery"
)

func TestStatus(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks for hundreds of pages")
	}
	s := shared(t)
	six := []string{leicester, rutland, "leicester-city-yj2018-2019", "leicestershire-and-rutland-yj2018-2021",
		"brent-cci-2011", "bexley-cci-2012"}
	for _, c := range []struct {
		target string
		status int
	}{
		{"/", 200}, {"/areas", 200}, {"/areas/leicester-city", 200}, {"/inspections", 200}, {"/inspections/" + rutland, 200},
		{"/compare", 200}, {with(leicester, rutland), 200}, {with(six...), 200}, {"/benchmarks", 200}, {"/methodology", 200},
		{"/data", 200}, {"/data?letter=c", 200}, {"/data?letter=0", 200}, {"/data?letter=zz", 400}, {"/data?letter=É", 400},
		{"/healthz", 200}, {"/readyz", 200},
		{"/target", 200}, {"/target?places=3&reoffending=0.5", 200}, {"/target?places=0", 400}, {"/target?places=x", 400},
		{"/target?strong=13", 400},
		{"/target?reoffending=11", 400}, {"/target?custody=NaN", 400}, {"/target?as_of=soon", 400},
		{"/target?exclude=-1", 400}, {"/target?per_region=1e3", 400},
		{"/api/v1/target?places=3", 200}, {"/api/v1/target?places=61", 400}, {"/api/v1/target?weights=1", 400},
		{"/areas?q=leicest", 200}, {"/areas?q=nowhere+at+all", 200}, {"/areas?q=", 200}, {"/areas?utm=x", 200},
		{"/inspections?programme=fji", 200}, {"/inspections?programme=sqs", 200}, {"/inspections?programme=abc", 400},
		{"/benchmarks?programme=yj2018&measure=overall&group=nation", 200},
		{"/benchmarks?programme=&measure=&group=&of=&as_of=", 200},
		{"/benchmarks?as_of=2012", 200}, {"/benchmarks?as_of=1900-01-01", 200}, {"/benchmarks?as_of=9999-12-31", 200},
		{"/benchmarks?as_of=2012-02-31", 400}, {"/benchmarks?as_of=0000", 400}, {"/benchmarks?as_of=tomorrow", 400},
		{"/benchmarks?programme=abc", 400}, {"/benchmarks?programme=sqs", 400}, {"/benchmarks?measure=abc", 400},
		{"/trends", 200}, {"/trends?theme=governance&region=london", 200}, {"/trends?programme=fji", 200},
		{"/trends?programme=cci&measure=safeguarding&region=wales", 200},
		{"/trends?programme=abc", 400}, {"/trends?programme=sqs", 400}, {"/trends?programme=cci&measure=overall", 400},
		{"/trends?theme=abc", 400}, {"/trends?region=england", 400},
		{"/trends?theme=overall&programme=cci", 400}, {"/trends?measure=overall", 400},
		{"/trends?theme=&programme=&measure=&region=", 200},
		{"/map", 200}, {"/map?programme=cci", 200}, {"/map?programme=fji&measure=reducing_reoffending&scale=fji2013", 200},
		{"/map?indicator=population_10_17", 200},
		{"/map?programme=abc", 400}, {"/map?programme=sqs", 400}, {"/map?programme=cci&measure=overall", 400},
		{"/map?programme=cci&scale=fji", 400},
		{"/map?measure=overall", 400}, {"/map?indicator=abc", 400}, {"/map?indicator=population_10_17&programme=cci", 400},
		{"/map?programme=&measure=&indicator=", 200},
		{"/indicators", 200}, {"/indicators?indicator=&area=", 200}, {"/indicators?area=cardiff", 200},
		{"/indicators?indicator=average_custody_population&area=wessex", 200},
		{"/indicators?indicator=abc", 400}, {"/indicators?area=nowhere", 404},
		{"/benchmarks?group=family", 400}, {"/benchmarks?of=nowhere", 404},
		{with(leicester), 200}, {with(leicester) + "&q=leic", 200}, {"/compare?q=nowhere+at+all", 200},
		{with("nowhere-fji-2016"), 404}, {with(append(six, "blackpool-fji-2013")...), 400}, {with(leicester, leicester), 400},
		{with(leicester, "nowhere-fji-2016"), 404},
		{"/nothing", 404}, {"/areas/nowhere", 404}, {"/areas/leicester-city/more", 404},
		{"/inspections/nowhere-cci-2012", 404},
		{"/areas/:id", 404}, {"/areas/*", 404}, {"/areas/-", 404}, {"/areas/%2e%2e", 404}, {"/areas/..%2f", 404},
		{"/areas/..;/x", 404},
		{"/areas/%00", 404}, {"/areas/LEICSTER%20CITY", 404}, {"/areas/carrow%20road", 404},
		{"/areas/" + strings.Repeat("a", 5000), 404},
		{"/inspections/:id", 404}, {"/inspections/*", 404}, {"/*", 404}, {"/:id", 404}, {"/cy/:id", 404}, {"/en", 404},
		{"/assets/", 404}, {"/assets/../serve.go", 404}, {"/assets/manifest.json", 404}, {"/robots.txt", 200},
		{"/sitemap.xml", 404},
		{"/api", 200}, {"/api/v1", 404}, {"/api/v1/nothing", 404}, {"/api/v1/areas/:id", 404}, {"/api/v1/areas/*", 404},
		{"/api/v1/areas/%2e%2e", 404}, {"/api/v1/areas/%00", 404}, {"/api/v1/areas?q=" + strings.Repeat("x", 10_000), 414},
		{"/areas?q=" + strings.Repeat("x", 10_000), 414}, {"/areas?q=" + strings.Repeat("x", 20_000), 431},
	} {
		r := s.get(t, c.target)
		if r.status != c.status {
			t.Errorf("%.80s: status %d, want %d", c.target, r.status, c.status)
		}
		checkBody(t, c.target, r)
		if strings.HasPrefix(c.target, "/api/") || strings.HasSuffix(c.target, "robots.txt") ||
			strings.HasPrefix(c.target, "/assets") ||
			strings.HasSuffix(c.target, "z") ||
			c.target == "/en" {
			continue
		}
		welsh := "/cy" + strings.TrimSuffix(c.target, "/")
		if strings.HasPrefix(c.target, "/?") || c.target == "/cy/:id" {
			continue
		}
		if r := s.get(t, welsh); r.status != c.status {
			t.Errorf("%.80s: status %d, want %d", welsh, r.status, c.status)
		} else if lang, _ := parse(t, welsh, r).Find("html").Attr("lang"); lang != "cy" && r.status != 431 {
			// A request line that never fits cannot be read for its language.
			t.Errorf("%.80s: page in %q", welsh, lang)
		}
	}
}

// checkBody holds any answer to what its type promises: a page with its heading, or JSON, in valid UTF-8.
func checkBody(t *testing.T, target string, r reply) {
	t.Helper()
	if !utf8.Valid(r.body) {
		t.Errorf("%.80s: the body is no UTF-8", target)
	}
	kind := r.header.Get("Content-Type")
	api := strings.HasPrefix(target, "/api/v1")
	switch {
	case len(r.body) == 0, strings.HasPrefix(kind, "text/plain") && r.status == 200:
	case kind == "application/json; charset=utf-8" && api:
		if !json.Valid(r.body) {
			t.Errorf("%.80s: the body is no JSON", target)
		}
	case kind == "text/html; charset=utf-8" && !api:
		if n := parse(t, target, r).Find("h1").Length(); n != 1 {
			t.Errorf("%.80s: %d headings of the first level", target, n)
		}
	default:
		t.Errorf("%.80s: status %d with content type %q", target, r.status, kind)
	}
}

func parse(t testing.TB, target string, r reply) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(r.body))
	if err != nil {
		t.Fatalf("%.80s: %v", target, err)
	}
	return doc
}

// Every answer, whatever it is about, carries the headers that keep a browser from doing more than showing it.
func TestHeaders(t *testing.T) {
	s := shared(t)
	for _, c := range []struct {
		name, method, target string
		headers              []string
		status               int
		cache                string
	}{
		{"page", "GET", "/areas", nil, 200, "no-cache"},
		{"page in Welsh", "GET", "/cy/areas", nil, 200, "no-cache"},
		{"missing page", "GET", "/nothing", nil, 404, "no-store"},
		{"mistaken page", "GET", "/benchmarks?as_of=x", nil, 400, "no-store"},
		{"too long", "GET", "/areas?q=" + strings.Repeat("x", 3000), nil, 414, "no-store"},
		{"header too long", "GET", "/areas?q=" + strings.Repeat("x", 20_000), nil, 431, "no-store"},
		{"wrong method", "POST", "/areas", nil, 405, "no-store"},
		{"answer", "GET", "/api/v1/release", nil, 200, "no-cache"},
		{"answer as CSV", "GET", "/api/v1/release?format=csv", nil, 200, "no-cache"},
		{"missing answer", "GET", "/api/v1/areas/nowhere", nil, 404, "no-store"},
		{"asset", "GET", "/assets/site.1.css", nil, 200, "public, max-age=31536000, immutable"},
		{"asset held already", "GET", "/assets/site.1.css", []string{`If-None-Match: "site.1.css-identity"`}, 304,
			"public, max-age=31536000, immutable"},
		{"redirect", "GET", "/areas/", nil, 301, ""},
		{"probe", "GET", "/healthz", nil, 200, ""},
		{"head", "HEAD", "/areas", nil, 200, "no-cache"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := s.ask(t, c.method, c.target, c.headers...)
			if r.status != c.status {
				t.Errorf("status %d, want %d", r.status, c.status)
			}
			if got := r.header.Get("Cache-Control"); got != c.cache {
				t.Errorf("Cache-Control %q, want %q", got, c.cache)
			}
			checkSecurity(t, c.target, r.header)
		})
	}
}

func checkSecurity(t *testing.T, target string, header http.Header) {
	t.Helper()
	// Any site may read the interface, and nothing else.
	open := ""
	if path, _, _ := strings.Cut(target, "?"); strings.HasPrefix(path, "/api/v1/") {
		open = "*"
	}
	if got := header.Get("Access-Control-Allow-Origin"); got != open {
		t.Errorf("%.80s: Access-Control-Allow-Origin is %q, want %q", target, got, open)
	}
	policy := header.Get("Content-Security-Policy")
	directives := make(map[string]string)
	for part := range strings.SplitSeq(policy, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), " ")
		directives[name] = value
	}
	for name, want := range map[string]string{
		"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "connect-src": "'self'",
		"base-uri": "'none'", "form-action": "'self'", "frame-ancestors": "'none'",
	} {
		if directives[name] != want {
			t.Errorf("policy gives %s %q, want %q", name, directives[name], want)
		}
	}
	for _, loose := range []string{"unsafe", "http:", "https:", "*", "blob:"} {
		if strings.Contains(policy, loose) {
			t.Errorf("policy allows %s: %s", loose, policy)
		}
	}
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for _, absent := range []string{"Server", "Set-Cookie", "X-Powered-By", "Access-Control-Allow-Credentials"} {
		if got := header.Get(absent); got != "" {
			t.Errorf("%s is %q, want none", absent, got)
		}
	}
}

// One answer has three encodings, each with a tag of its own, and all unpack to the same bytes.
func TestEncodings(t *testing.T) {
	s := shared(t)
	for _, target := range []string{"/areas", "/cy/inspections/" + rutland, "/api/v1/results", "/api/v1/areas?format=csv",
		"/assets/site.1.css"} {
		plain := s.get(t, target)
		tags := make(map[string]string)
		for _, c := range []struct{ accepts, want string }{
			{"", ""}, {"gzip", "gzip"}, {"br", "br"}, {"gzip, deflate, br, zstd", "br"}, {"deflate, zstd", ""}, {"identity", ""},
			{"br;q=1.0, gzip;q=0.8, *;q=0.1", "br"}, {" gzip ; q=0.5 ", "gzip"},
			{"br;q=0, gzip", "gzip"}, {"br; q=0.0, gzip", "gzip"}, {"br;q=0.00,gzip;q=0.000", ""}, {"br;q=0.001", "br"},
			{"brotli, gzipped", ""}, {",,;,", ""},
		} {
			r := s.get(t, target, "Accept-Encoding: "+c.accepts)
			if got := r.header.Get("Content-Encoding"); got != c.want {
				t.Errorf("%s accepting %q: encoding %q, want %q", target, c.accepts, got, c.want)
			}
			if r.status != 200 || r.header.Get("Vary") != "Accept-Encoding" ||
				r.header.Get("Content-Type") != plain.header.Get("Content-Type") {
				t.Errorf("%s accepting %q: status %d, headers %v", target, c.accepts, r.status, r.header)
			}
			if !bytes.Equal(r.decoded(t), plain.body) {
				t.Errorf("%s accepting %q: the body does not unpack to the plain one", target, c.accepts)
			}
			tag := r.header.Get("ETag")
			if !strings.HasPrefix(tag, `"`) || !strings.HasSuffix(tag, `"`) {
				t.Errorf("%s accepting %q: tag %s", target, c.accepts, tag)
			}
			if encoding, seen := tags[tag]; seen && encoding != r.header.Get("Content-Encoding") {
				t.Errorf("%s: %q and %q share the tag %s", target, encoding, r.header.Get("Content-Encoding"), tag)
			}
			tags[tag] = r.header.Get("Content-Encoding")
		}
		if len(tags) != 3 {
			t.Errorf("%s: tags %v, want three", target, tags)
		}
	}
}

func TestConditional(t *testing.T) {
	s := shared(t)
	for _, target := range []string{"/areas", "/cy/areas", "/api/v1/areas", "/assets/site.1.css"} {
		for _, encoding := range []string{"", "gzip", "br"} {
			accept := "Accept-Encoding: " + encoding
			tag := s.get(t, target, accept).header.Get("ETag")
			for _, c := range []struct {
				held string
				want int
			}{
				{tag, 304}, {"W/" + tag, 304}, {`"other", ` + tag, 304}, {"*", 304}, {`"other"`, 200},
				{strings.Trim(tag, `"`), 200}, {"", 200},
			} {
				r := s.get(t, target, accept, "If-None-Match: "+c.held)
				if r.status != c.want {
					t.Errorf("%s as %q, holding %s: status %d, want %d", target, encoding, c.held, r.status, c.want)
				}
				if r.status != 304 {
					continue
				}
				if len(r.body) > 0 || r.header.Get("ETag") != tag || r.header.Get("Vary") != "Accept-Encoding" ||
					r.header.Get("Cache-Control") == "" {
					t.Errorf("%s as %q: unmodified with %d bytes and %v", target, encoding, len(r.body), r.header)
				}
			}
		}
		gzip := s.get(t, target, "Accept-Encoding: gzip").header.Get("ETag")
		if r := s.get(t, target, "Accept-Encoding: br", "If-None-Match: "+gzip); r.status != 200 {
			t.Errorf("%s: who holds the gzip bytes is told that the br bytes are the same", target)
		}
	}
}

// HEAD answers as GET does, without the body.
func TestHead(t *testing.T) {
	s := shared(t)
	for _, target := range []string{"/", "/areas/leicester-city", "/api/v1/areas", "/assets/site.1.css", "/nothing",
		"/areas/", "/healthz"} {
		for _, encoding := range []string{"", "br"} {
			get, head := s.get(t, target, "Accept-Encoding: "+encoding), s.ask(t, "HEAD", target,
				"Accept-Encoding: "+encoding)
			get.header.Del("Date")
			head.header.Del("Date")
			if len(get.body) == 0 {
				get.header.Del("Content-Length")
			}
			if head.status != get.status || len(head.body) > 0 || fmt.Sprint(head.header) != fmt.Sprint(get.header) {
				t.Errorf("%s as %q: HEAD gives %d %v and %d bytes, GET %d %v", target, encoding, head.status,
					head.header, len(head.body), get.status, get.header)
			}
		}
	}
}

func TestOnlyReading(t *testing.T) {
	s := shared(t)
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} {
		for _, headers := range [][]string{nil, {"Content-Length: 0"}, {"Content-Length: 3"}} {
			r := s.ask(t, method, "/areas", headers...)
			if r.status != 405 {
				t.Errorf("%s %v: status %d", method, headers, r.status)
			}
			if allowed := r.header.Get("Allow"); allowed != "GET, HEAD" {
				t.Errorf("%s: Allow is %q", method, allowed)
			}
			checkSecurity(t, "/areas", r.header)
			checkBody(t, "/areas", r)
		}
	}
	page := parse(t, "/cy/areas", s.ask(t, "POST", "/cy/areas"))
	if lang, _ := page.Find("html").Attr("lang"); lang != "cy" {
		t.Errorf("a Welsh address is refused in %q", lang)
	}
	if says := strings.TrimSpace(page.Find("main p").First().Text()); says != say(t, "cy", "error.method.message") {
		t.Errorf("it says %q", says)
	}
	r := s.ask(t, "POST", "/api/v1/areas")
	var answer struct {
		Error struct{ Code, Message string }
	}
	if err := json.Unmarshal(r.body, &answer); err != nil || r.status != 405 || answer.Error.Code != "method" ||
		answer.Error.Message == "" {
		t.Errorf("the interface answers %d %s", r.status, r.body)
	}
}

// say is a message of the catalogues.
func say(t testing.TB, tag, key string, variables ...any) string {
	t.Helper()
	text, err := shared(t).site.Languages()[tag].T(key, variables...)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// An unclean spelling leads to the clean address, in one step, and never off the site.
func TestRedirects(t *testing.T) {
	s := shared(t)
	for target, want := range map[string]string{
		"/areas/": "/areas", "/Areas": "/areas", "//areas": "/areas", "/areas//": "/areas", "/./areas": "/areas",
		"/x/../areas": "/areas",
		"/cy/":        "/cy", "/CY": "/cy", "/Cy/Areas/": "/cy/areas", "//cy//areas": "/cy/areas",
		"/areas/Leicester-City":   "/areas/leicester-city",
		"/areas/leicester-city/":  "/areas/leicester-city",
		"/INSPECTIONS/" + rutland: "/inspections/" + rutland,
		"/areas/?q=leicest":       "/areas?q=leicest",
		"/Compare?with=a&with=b":  "/compare?with=a&with=b",
		"/api/v1/areas/":          "/api/v1/areas",
		"/API/V1/Areas":           "/api/v1/areas",
		"/areas/?q=%0d%0aX:%20y":  "/areas?q=%0d%0aX:%20y",
	} {
		r := s.get(t, target)
		if r.status != 301 || r.header.Get("Location") != want || r.header.Get("X") != "" {
			t.Errorf("%s: status %d to %q, want %q", target, r.status, r.header.Get("Location"), want)
			continue
		}
		if path, _, _ := strings.Cut(want, "?"); path == want {
			if again := s.get(t, want); again.status != 200 {
				t.Errorf("%s leads to %s, which answers %d", target, want, again.status)
			}
		}
	}
}

func TestNoOpenRedirect(t *testing.T) {
	s := shared(t)
	for _, prefix := range []string{"", "/cy", "/areas", "/areas/..", "/api/v1"} {
		for _, target := range []string{"//evil.example", "///evil.example", "////evil.example/", `/\evil.example`,
			`/\/evil.example`, `\\evil.example`, "/%2f%2fevil.example", "/%5cevil.example", "/.//evil.example",
			"/..//evil.example", "/;//evil.example", "/@evil.example", "/:@evil.example/", "//areas@evil.example",
			"//evil/areas/", "///evil", "/\tevil.example", "/%09/evil.example", "//evil%E3%80%82example",
			"/.evil.example", "//evil-example/"} {
			for _, host := range []string{"Host: yardstick.test", "Host: evil.example\r\nX-Forwarded-Host: evil.example"} {
				request := "GET " + prefix + target + " HTTP/1.1\r\n" + host + "\r\nConnection: close\r\n\r\n"
				r := s.raw(t, "GET", request)
				at := r.header.Get("Location")
				if r.status >= 500 ||
					at != "" &&
						(!strings.HasPrefix(at, "/") || strings.HasPrefix(at, "//") || strings.ContainsAny(at, "\\\t") ||
							strings.Contains(at, "evil.")) {
					t.Errorf("%s: status %d to %q", prefix+target, r.status, at)
				}
				if strings.Contains(r.text(), `href="//`) || strings.Contains(r.text(), `href="http://evil`) {
					t.Errorf("%s: a link leads off the site", prefix+target)
				}
			}
		}
	}
	absolute := s.raw(t, "GET",
		"GET http://evil.example/areas/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
	if at := absolute.header.Get("Location"); at != "/areas" {
		t.Errorf("an absolute target leads to %q", at)
	}
}

// A name that nothing has is answered with the nearest that something has, in the reader's language.
func TestSuggestions(t *testing.T) {
	s := shared(t)
	for _, c := range []struct{ target, link, text string }{
		{"/areas/lecester-city", "/areas/leicester-city", "Leicester City"},
		{"/cy/areas/lecester-city", "/cy/areas/leicester-city", "Leicester City"},
		{"/areas/leicestr", "/areas/leicester-city", "Leicester City"},
		{"/areas/Leicestr%20City", "/areas/leicester-city", "Leicester City"},
		{"/cy/areas/cumbriaa", "/cy/areas/cumbria", "Cumbria"},
		{"/inspections/leicester-city-2016", "/inspections/" + leicester, "Leicester City 2016"},
	} {
		r := s.get(t, c.target)
		link := parse(t, c.target, r).Find(`main a[href="` + c.link + `"]`)
		if r.status != 404 || link.Length() != 1 || link.Text() != c.text {
			t.Errorf("%s: status %d, %d links to %s, saying %q", c.target, r.status, link.Length(), c.link, link.Text())
		}
	}
	var answer struct {
		Error struct {
			Code, Field string
			Nearest     []string
		}
	}
	r := s.get(t, "/api/v1/areas/lecester-city")
	if err := json.Unmarshal(r.body, &answer); err != nil || answer.Error.Code != "not_found" ||
		!slices.Contains(answer.Error.Nearest, "leicester-city") {
		t.Errorf("the interface answers %s, %v", r.body, err)
	}
	// The search itself is on the page, filled in with nothing, and leads to the same language.
	form := parse(t, "/cy/nothing", s.get(t, "/cy/nothing")).Find(`form[role="search"]`)
	if action, _ := form.Attr("action"); action != "/cy/areas" {
		t.Errorf("the error page searches at %q", action)
	}
}

// Before a release there is nothing to show, which is said in the reader's language and is nobody's fault.
func TestNoRelease(t *testing.T) {
	s := newSite(t, nil)
	for _, target := range []string{"/", "/areas", "/areas/leicester-city", "/areas/:id", "/cy/compare",
		"/benchmarks?as_of=x", "/api/v1/areas", "/api/v1/release", "/readyz"} {
		r := s.get(t, target)
		if r.status != 503 || r.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: status %d, Cache-Control %q", target, r.status, r.header.Get("Cache-Control"))
		}
		checkSecurity(t, target, r.header)
		checkBody(t, target, r)
		if strings.Contains(r.text(), "Reference for this error") {
			t.Errorf("%s: called an error", target)
		}
	}
	welsh := parse(t, "/cy/areas", s.get(t, "/cy/areas")).Find(`html[lang="cy"] main p`).First()
	if welsh.Text() != say(t, "cy", "error.no_release.message") {
		t.Errorf("a Welsh page is refused with %q", welsh.Text())
	}
	for target, want := range map[string]int{"/healthz": 200, "/assets/site.1.css": 200, "/nothing": 404,
		"/api/v1/nothing": 404, "/areas/": 301} {
		if r := s.get(t, target); r.status != want {
			t.Errorf("%s: status %d, want %d", target, r.status, want)
		}
	}
	if logged := s.log.all(); len(logged) > 0 {
		t.Errorf("logged %q", logged)
	}
}

// An error of the interface has one shape, a status that fits, the parameter it is about, and words to read.
func TestErrorsOfTheInterface(t *testing.T) {
	s := shared(t)
	for _, c := range []struct {
		target      string
		status      int
		code, field string
	}{
		{"/api/v1/areas/nowhere", 404, "not_found", "area"},
		{"/api/v1/inspections/nowhere", 404, "not_found", "inspection"},
		{"/api/v1/results?programme=abc", 404, "not_found", "programme"},
		{"/api/v1/results?programme=cci&measure=abc", 404, "not_found", "measure"},
		{"/api/v1/nothing", 404, "not_found", "page"},
		{"/api/v1/areas?x=1", 400, "invalid", "x"},
		{"/api/v1/areas?q=a&q=b", 400, "invalid", "q"},
		{"/api/v1/areas?format=xml", 400, "invalid", "format"},
		{"/api/v1/inspections?from=2012-02-31", 400, "invalid", "from"},
		{"/api/v1/benchmarks", 400, "invalid", "programme"},
		{"/api/v1/benchmarks?programme=cci&measure=safeguarding&group=families", 400, "invalid", "group"},
		{"/api/v1/trends", 400, "invalid", "theme"},
		{"/api/v1/trends?theme=overall&programme=cci", 400, "invalid", "theme"},
		{"/api/v1/trends?theme=overall&region=england", 400, "invalid", "region"},
		{"/api/v1/indicators", 400, "invalid", "indicator"},
		{"/api/v1/indicators?indicator=abc", 400, "invalid", "indicator"},
		{"/api/v1/compare?with=" + leicester, 400, "invalid", "with"},
		{"/api/v1" + with(leicester, leicester), 400, "invalid", "with"},
		{"/api/v1" + with(leicester, rutland) + "&lang=fr", 400, "invalid", "lang"},
		{"/api/v1/areas?q=" + strings.Repeat("x", 3000), 414, "too_long", ""},
	} {
		r := s.get(t, c.target)
		var answer map[string]map[string]any
		if err := json.Unmarshal(r.body, &answer); err != nil || len(answer) != 1 {
			t.Errorf("%.80s: %.200s, %v", c.target, r.body, err)
			continue
		}
		e := answer["error"]
		message, _ := e["message"].(string)
		if r.status != c.status || e["code"] != c.code || e["field"] != c.field || len(message) < 20 ||
			strings.Contains(message, "{{") {
			t.Errorf("%.80s: status %d, %v; want %d, %s of %q", c.target, r.status, e, c.status, c.code, c.field)
		}
		delete(e, "nearest")
		if len(e) != 3 {
			t.Errorf("%.80s: the error holds %v", c.target, e)
		}
		if kind := r.header.Get("Content-Type"); kind != "application/json; charset=utf-8" {
			t.Errorf("%.80s: content type %q", c.target, kind)
		}
	}
	csv := s.get(t, "/api/v1/release?format=csv")
	if kind := csv.header.Get("Content-Type"); csv.status != 200 || kind != "text/csv; charset=utf-8" ||
		!strings.HasPrefix(csv.text(), "programme,") {
		t.Errorf("as CSV: status %d, content type %q, %.60q", csv.status, kind, csv.body)
	}
}

// A request that no browser would send is refused in words, and no byte of it comes back.
func TestMalformedRequests(t *testing.T) {
	if testing.Short() {
		t.Skip("it sends thousands of requests")
	}
	s := shared(t)
	for _, request := range []string{
		"garbage\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET /areas/\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
		"GET /areas HTTP/1.1\r\nHost: x\r\nX: <script>\x00\r\n\r\n", "GET /areas HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
		"GET /areas <script> HTTP/1.1\r\nHost: x\r\n\r\n", "GET /areas\r\nHost: x\r\n\r\n",
		"GET /areas HTTP/1.1\r\n Host: x\r\n\r\n",
		"GET /areas HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
		"GET /areas HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("x", 20_000) + "\r\n\r\n",
	} {
		r := s.raw(t, "GET", request)
		if r.status < 400 || r.status >= 500 {
			t.Errorf("%.60q: status %d", request, r.status)
		}
		if strings.Contains(r.text(), "<script>") || strings.Contains(r.text(), "garbage") {
			t.Errorf("%.60q: repeated in %.200s", request, r.text())
		}
		checkSecurity(t, "/", r.header)
		checkBody(t, "/", r)
	}
}

// hostile are values that do harm where a page, a script, a template, a header or a spreadsheet takes them for its own.
var hostile = []string{
	"</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", `"><svg onload=alert(1)>`,
	`' onmouseover='alert(1)`,
	"__f__alert(1)__f__", "{{1337*7331}}", "{{.}}", `{{template "layout.gohtml"}}`, "${1337*7331}", "javascript:alert(1)", "<!--",
	"]]>", "<no value>",
	"\u2028alert(1)\u2029", "\x00", "\xff\xfe", "%3Cscript%3E", "%s%n%d", "=1+1", "'; drop table area; --", "%a%a%a%a%b",
	"../../etc/passwd",
	"\r\nSet-Cookie: a=b", "\u202ereversed", strings.Repeat("é", 900), strings.Repeat("\U0001F600", 20),
}

// Whatever is put into an address comes back as text or not at all, and is never the server's own fault.
func TestHostileValues(t *testing.T) {
	if testing.Short() {
		t.Skip("it sends thousands of requests")
	}
	s := newSite(t, shipped(t))
	places := []string{
		"/areas?q=%s", "/inspections?programme=%s", "/benchmarks?programme=%s", "/benchmarks?measure=%s",
		"/benchmarks?group=%s", "/benchmarks?of=%s",
		"/benchmarks?as_of=%s", "/trends?theme=%s", "/trends?programme=%s", "/trends?programme=cci&measure=%s",
		"/trends?region=%s", "/indicators?indicator=%s", "/indicators?area=%s",
		"/api/v1/trends?theme=%s", "/api/v1/trends?programme=cci&measure=%s", "/api/v1/indicators?indicator=%s",
		"/api/v1/indicators?area=%s", "/compare?with=%s", "/compare?q=%s", "/compare?with=" + leicester + "&with=%s",
		"/compare?%s=x", "/areas/%s", "/inspections/%s", "/%s", "/cy/areas?q=%s",
		"/api/v1/areas?q=%s", "/api/v1/areas?q=%s&format=csv", "/api/v1/areas/%s", "/api/v1/inspections?area=%s",
		"/api/v1/inspections?from=%s", "/api/v1/results?measure=%s",
		"/api/v1/results?programme=cci&measure=%s", "/api/v1/benchmarks?programme=cci&measure=%s",
		"/api/v1/benchmarks?programme=cci&measure=safeguarding&group=%s",
		"/api/v1/compare?with=%s&with=" + leicester, "/api/v1/compare?with=" + rutland + "&with=" + leicester + "&lang=%s",
		"/api/v1/release?format=%s", "/api/v1/release?%s=1", "/api/v1/%s",
	}
	for _, place := range places {
		for _, value := range hostile {
			target := strings.ReplaceAll(place, "%s", strings.ReplaceAll(url.QueryEscape(value), "+", "%20"))
			r := s.get(t, target)
			if r.status >= 500 {
				t.Errorf("%.100s: status %d", target, r.status)
				continue
			}
			checkHarmless(t, target, r)
			if strings.HasPrefix(place, "/api/v1") || r.status == 301 {
				continue
			}
			doc := parse(t, target, r)
			checkInert(t, target, doc)
		}
	}
	if logged := s.log.all(); len(logged) > 0 {
		t.Errorf("logged %q", logged)
	}
}

// checkHarmless holds an answer to a hostile value to its type, and to being no answer in disguise.
func checkHarmless(t *testing.T, target string, r reply) {
	t.Helper()
	if !utf8.Valid(r.body) {
		t.Errorf("%.100s: the body is no UTF-8", target)
	}
	if r.header.Get("Set-Cookie") != "" {
		t.Errorf("%.100s: sets a cookie", target)
	}
	text := r.text()
	raw := []string{"<script>alert", "<img src=x", "<svg onload", "\x00"}
	if strings.Contains(target, "1337%2A7331") {
		raw = append(raw, "9801547")
	}
	if strings.HasPrefix(r.header.Get("Content-Type"), "application/json") {
		raw = append(raw, "<", "\u2028", "\u2029")
		if !json.Valid(r.body) {
			t.Errorf("%.100s: the body is no JSON", target)
		}
	}
	for _, harm := range raw {
		if strings.Contains(text, harm) {
			t.Errorf("%.100s: %q stands in the body", target, harm)
		}
	}
}

// checkInert holds a page to having no script and no style but the site's own files, and no handler in an attribute.
func checkInert(t testing.TB, target string, doc *goquery.Document) {
	t.Helper()
	doc.Find("script").Each(func(_ int, script *goquery.Selection) {
		src, external := script.Attr("src")
		kind, _ := script.Attr("type")
		switch {
		case external && strings.HasPrefix(src, "/assets/") && strings.TrimSpace(script.Text()) == "":
		case !external && (kind == "application/json" || kind == "application/ld+json"):
			if !json.Valid([]byte(script.Text())) {
				t.Errorf("%.100s: an island is no JSON", target)
			}
			if strings.Contains(script.Text(), "__f__") || strings.Contains(script.Text(), "<") {
				t.Errorf("%.100s: an island holds what is not data", target)
			}
		default:
			t.Errorf("%.100s: a script with src %q and type %q", target, src, kind)
		}
	})
	doc.Find("*").Each(func(_ int, element *goquery.Selection) {
		for _, attribute := range element.Nodes[0].Attr {
			value := strings.ToLower(strings.TrimSpace(attribute.Val))
			switch {
			case strings.HasPrefix(attribute.Key, "on"), attribute.Key == "style", attribute.Key == "srcdoc":
				t.Errorf("%.100s: <%s %s=%q>", target, goquery.NodeName(element), attribute.Key, attribute.Val)
			case attribute.Key == "href" || attribute.Key == "src" || attribute.Key == "action":
				if strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:") ||
					strings.HasPrefix(value, "//") {
					t.Errorf("%.100s: <%s %s=%q>", target, goquery.NodeName(element), attribute.Key, attribute.Val)
				}
			}
		}
	})
	if n := doc.Find("style, iframe, object, embed, base, svg:not(.ys-spark), img, meta[http-equiv]").Length(); n > 0 {
		t.Errorf("%.100s: %d elements that no page of the site has", target, n)
	}
}

// Whatever a source shows of an inspection is on its page: percentages, words, points and improvement comments.
func TestEveryResultIsShown(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads every inspection")
	}
	s := shared(t)
	words := view.NewWords(s.site.Languages()["en"], shipped(t))
	for n, i := range shipped(t).Inspections() {
		if sampled && n%8 != 0 {
			continue
		}
		target := "/inspections/" + i.ID
		text := parse(t, target, s.get(t, target)).Find("main").Text()
		for _, r := range i.Results {
			for _, shown := range []string{words.Measure(i.Programme, r.Measure), words.Score(r), words.Comment(r)} {
				if !strings.Contains(text, shown) {
					t.Errorf("%s: %s: %q is not on the page", target, r.Measure, shown)
				}
			}
		}
	}
}
