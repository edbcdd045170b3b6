package server

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"yardstick/dashboards/site"
	"yardstick/dashboards/view"
)

// Links of the navigation and of the foot lead to pages whose heading and title say the same words.
func TestNavigationSaysWhatPagesSay(t *testing.T) {
	s := shared(t)
	for _, tag := range []string{"en", "cy"} {
		home := parse(t, tag, s.get(t, view.PathIn(tag, "/")))
		links := home.Find("header nav a, footer nav a")
		if links.Length() != 6+11 {
			t.Errorf("%s: %d links", tag, links.Length())
		}
		for _, a := range links.EachIter() {
			target, label := a.AttrOr("href", ""), strings.ToLower(a.Text())
			doc := parse(t, target, s.get(t, target))
			for _, said := range []string{doc.Find("h1").Text(), doc.Find("title").Text()} {
				if !strings.Contains(strings.ToLower(said), label) {
					t.Errorf("%s is called %q, and says %q of itself", target, a.Text(), said)
				}
			}
			if current := doc.Find(`[aria-current="page"]`); current.Length() != 1 || current.AttrOr("href", "") != target {
				t.Errorf("%s: %d links are said to lead to the page itself", target, current.Length())
			}
		}
	}
}

// Of a page below another, the navigation says where it belongs.
func TestNavigationSaysWhereAPageBelongs(t *testing.T) {
	for target, want := range map[string]string{
		"/areas/leicester-city": "/areas", "/map": "/areas", "/cy/inspections": "/cy/benchmarks", "/inspections/" +
			rutland: "/benchmarks",
		"/ratings": "/benchmarks", "/": "",
	} {
		doc := parse(t, target, shared(t).get(t, target))
		if got := doc.Find(`header nav [aria-current="true"]`).AttrOr("href", ""); got != want {
			t.Errorf("%s belongs under %q, want %q", target, got, want)
		}
	}
}

// The link for messages at the foot of a page says which page it was, queries and permanent links included.
func TestFeedbackNamesItsPage(t *testing.T) {
	s := shared(t)
	permanent := site.PermanentPath(site.ShortName(shipped(t).Release().ID))
	for _, target := range []string{
		"/", "/cy", "/areas/leicester-city", "/cy/areas/cardiff", "/glossary", with(leicester, rutland), permanent,
		"/trends?theme=governance", "/cy" + permanent + "/areas/cardiff",
	} {
		link := parse(t, target, s.get(t, target)).Find(".ys-footer__feedback a")
		contact := link.AttrOr("href", "")
		if link.AttrOr("rel", "") != "nofollow" {
			t.Errorf("%s: search engines are led to %s", target, contact)
		}
		doc := parse(t, contact, s.get(t, contact))
		if got := doc.Find(`main p a[href="` + target + `"]`).Text(); got != target {
			t.Errorf("%s leads to %s, which names the page %q", target, contact, got)
		}
		if robots := doc.Find(`meta[name="robots"]`).AttrOr("content", ""); robots != "noindex" {
			t.Errorf("%s may be indexed: %q", contact, robots)
		}
	}
	missing := parse(t, "/nowhere", s.get(t, "/nowhere"))
	if got := missing.Find(".ys-footer__feedback a").AttrOr("href", ""); got != "/contact" {
		t.Errorf("a page that is not there leads to %s", got)
	}
}

// Only addresses of this site are repeated by the contact page.
func TestContactRepeatsOwnPagesAlone(t *testing.T) {
	s := shared(t)
	for _, page := range []string{
		"https://evil.example/", "//evil.example/", "javascript:alert(1)", "/nowhere", "/areas/../x", "/areas/<b>", "areas",
		"/areas?%zz",
		"/areas?q=" + strings.Repeat("x", 500),
	} {
		target := "/contact?page=" + url.QueryEscape(page)
		r := s.get(t, target)
		if r.status != http.StatusOK || parse(t, target,
			r).Find(`main a[href="`+strings.ReplaceAll(page, `"`, "")+`"]`).Length() > 0 {
			t.Errorf("%q: status %d, or the page is repeated", page, r.status)
		}
	}
}

// Pages name whoever runs the site and how to reach them, and say so where that is not set.
func TestPublisherAndContact(t *testing.T) {
	mail, council := "help@yardstick.example", "Example Council"
	set := published(t, Config{Site: testSite, Contact: "mailto:" + mail, Publisher: council})
	paged := published(t, Config{Contact: "https://yardstick.example/contact-us"})
	hrefs := func(s *running, target string) []string {
		return parse(t, target, s.get(t, target)).Find("main a").Map(func(_ int, a *goquery.Selection) string {
			return a.AttrOr("href", "")
		})
	}
	for _, prefix := range []string{"", "/cy"} {
		for _, page := range []string{"/contact", "/accessibility"} {
			if got := strings.Join(hrefs(set, prefix+page), "\n"); !strings.Contains(got, "mailto:"+mail) {
				t.Errorf("%s%s does not lead to the contact", prefix, page)
			}
			if got := strings.Join(hrefs(paged, prefix+page), "\n"); !strings.Contains(got,
				"https://yardstick.example/contact-us") {
				t.Errorf("%s%s does not lead to the contact's page", prefix, page)
			}
			if r := shared(t).get(t, prefix+page); strings.Contains(r.text(), "mailto:") ||
				!strings.Contains(r.text(), "--contact") {
				t.Errorf("%s%s does not say that there is no contact", prefix, page)
			}
		}
		for _, page := range []string{"/about", "/accessibility", "/privacy"} {
			if !strings.Contains(set.get(t, prefix+page).text(), council) {
				t.Errorf("%s%s does not name who runs the site", prefix, page)
			}
			words := say(t, map[string]string{"": "en", "/cy": "cy"}[prefix], "about.publisher_none")
			if text := parse(t, page, shared(t).get(t, prefix+page)).Find("main").Text(); !strings.Contains(text, words) {
				t.Errorf("%s%s does not say that nobody is named", prefix, page)
			}
		}
	}
	about := "/contact?page=" + url.QueryEscape("/trends?theme=governance")
	want := "mailto:" + mail + "?subject=Yardstick%3A%20%2Ftrends%3Ftheme%3Dgovernance&body=" +
		"https%3A%2F%2Fyardstick.example%2Ftrends%3Ftheme%3Dgovernance%0D%0A%0D%0A"
	if got := hrefs(set, about); got[1] != want {
		t.Errorf("a message about a page is begun as %q, want %q", got[1], want)
	}
	if feed := readFeed(t, set, "/feed.atom"); feed.Author != council {
		t.Errorf("the author of the feed is %q", feed.Author)
	}
}

// A contact that no reader could use is refused when the server starts.
func TestContactIsChecked(t *testing.T) {
	for _, contact := range []string{"javascript:alert(1)", "mailto:", "mailto:a@b?cc=c@d", "a b@c", "nobody",
		"ftp://x.example", "https://u:p@x.example"} {
		if _, _, err := newServer(Config{Contact: contact}); err == nil || !strings.Contains(err.Error(), "contact: ") {
			t.Errorf("%q: %v", contact, err)
		}
	}
}

// What pages tell search engines is JSON of schema.org, with whole addresses, and files that are there.
func TestLinkedData(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks for hundreds of pages")
	}
	s := sited(t)
	for target, want := range map[string]string{
		"/": "WebSite", "/cy": "WebSite", "/data": "Dataset", "/cy/data": "Dataset",
		"/areas/leicester-city":      "BreadcrumbList",
		"/cy/inspections/" + rutland: "BreadcrumbList",
	} {
		doc := parse(t, target, s.get(t, target))
		script := doc.Find(`script[type="application/ld+json"]`)
		var linked struct {
			Context      string `json:"@context"`
			Type         string `json:"@type"`
			URL          string
			Licence      string `json:"license"`
			Distribution []struct {
				Type    string `json:"encodingFormat"`
				Address string `json:"contentUrl"`
			}
			Items []struct {
				Position int
				Name     string
				Item     string
			} `json:"itemListElement"`
		}
		if err := json.Unmarshal([]byte(script.Text()), &linked); err != nil || linked.Context != "https://schema.org" ||
			linked.Type != want {
			t.Errorf("%s: %v, %s of %s, want %s", target, err, linked.Type, linked.Context, want)
		}
		if want == "Dataset" && (linked.Licence == "" || len(linked.Distribution) != 1+4*15) {
			t.Errorf("%s: %d files under %q", target, len(linked.Distribution), linked.Licence)
		}
		for _, file := range linked.Distribution {
			path, ok := strings.CutPrefix(file.Address, testSite)
			r := s.ask(t, http.MethodHead, path)
			if kind, _, _ := strings.Cut(r.header.Get("Content-Type"), ";"); !ok || r.status != http.StatusOK ||
				kind != file.Type {
				t.Errorf("%s: %s is %q with status %d, want %q", target, file.Address, kind, r.status, file.Type)
			}
		}
		for n, step := range linked.Items {
			path, ok := strings.CutPrefix(step.Item, testSite)
			if step.Position != n+1 || step.Name == "" || !ok || s.get(t, path).status != http.StatusOK {
				t.Errorf("%s: step %d is %+v", target, n, step)
			}
		}
		property := func(name string) string { return doc.Find(`meta[property="`+name+`"]`).AttrOr("content", "") }
		if property("og:url") != testSite+target && target != "/" || property("og:title") == "" ||
			property("og:description") != doc.Find(`meta[name="description"]`).AttrOr("content", "") ||
			property("og:locale") != doc.Find("html").AttrOr("lang", "")+"_GB" {
			t.Errorf("%s: shared as %q, %q, in %q", target, property("og:url"), property("og:title"), property("og:locale"))
		}
	}
}
