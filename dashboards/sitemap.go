package dashboards

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"yardstick/analytics"
	"yardstick/dashboards/api"
	"yardstick/dashboards/i18n"
)

// A sitemap holds absolute addresses alone, and so does everything that search engines are told. Where the site stands is
// what whoever runs it says (Config.Site); the Host that a request names is not believed, as a kept answer would carry one
// reader's lie to all others. Where nothing is said there is no sitemap, and pages name themselves by their path.

// siteOf is where the site stands, without a slash at its end. Pages stand at the root of their host.
func siteOf(text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", fmt.Errorf("site: %q is not an address such as https://yardstick.example", text)
	}
	return u.Scheme + "://" + u.Host, nil
}

// robots tells crawlers what to leave alone: answers that take all cores, hidden pages, and tables that the pages show
// already.
func (s *Server) robots(c *fiber.Ctx) error {
	lines := []string{"User-agent: *", "Disallow: " + api.Root + "/"}
	for _, p := range pages {
		ending := "?"
		switch {
		case p.hidden:
			ending = ""
		case !p.heavy:
			continue
		}
		for _, tag := range i18n.Languages() {
			lines = append(lines, "Disallow: "+pathIn(tag, p.path)+ending)
		}
	}
	if s.config.Site != "" {
		lines = append(lines, "Sitemap: "+s.config.Site+"/sitemap.xml")
	}
	r, err := s.renderer.body([]byte(strings.Join(lines, "\n")+"\n"), "text/plain; charset=utf-8", "", false)
	if err != nil {
		return err
	}
	return send(c, r)
}

// urlSet is a sitemap, as sitemaps.org and search engines' extension for languages have it.
type urlSet struct {
	XMLName xml.Name     `xml:"urlset"`
	Space   string       `xml:"xmlns,attr"`
	Links   string       `xml:"xmlns:xhtml,attr"`
	URLs    []sitemapURL `xml:"url"`
}

// sitemapURL is one page in one language, with itself in every language.
type sitemapURL struct {
	Address  string        `xml:"loc"`
	Modified string        `xml:"lastmod"`
	Others   []sitemapLink `xml:"xhtml:link"`
}

type sitemapLink struct {
	Rel     string `xml:"rel,attr"`
	Tag     string `xml:"hreflang,attr"`
	Address string `xml:"href,attr"`
}

// sitemap lists every page by its canonical address in each language.
func (s *Server) sitemap(c *fiber.Ctx) error {
	e := s.current.Load()
	switch {
	case s.config.Site == "":
		return &analytics.NotFoundError{Kind: "page", ID: c.Path()}
	case e == nil:
		return errNoRelease
	}
	r, err := e.get("/sitemap.xml", func() (*rendered, error) {
		content, err := xml.Marshal(sitemapOf(e.snapshot, s.config.Site))
		if err != nil {
			return nil, err
		}
		return s.renderer.body(append([]byte(xml.Header), content...), "application/xml; charset=utf-8", "", false)
	})
	if err != nil {
		return err
	}
	return send(c, r)
}

func sitemapOf(snapshot *analytics.Snapshot, site string) urlSet {
	out := urlSet{Space: "http://www.sitemaps.org/schemas/sitemap/0.9", Links: "http://www.w3.org/1999/xhtml"}
	built := snapshot.Release().Built.UTC().Format(time.RFC3339)
	for _, path := range allPaths(snapshot) {
		var others []sitemapLink
		for _, tag := range i18n.Languages() {
			others = append(others, sitemapLink{Rel: "alternate", Tag: tag, Address: site + pathIn(tag, path)})
		}
		for _, other := range others {
			out.URLs = append(out.URLs, sitemapURL{Address: other.Address, Modified: built, Others: others})
		}
	}
	return out
}

// allPaths are the paths of every page of a release that search engines may list, without languages and queries.
func allPaths(snapshot *analytics.Snapshot) []string {
	var paths []string
	for _, p := range pages {
		prefix, byID := strings.CutSuffix(p.path, ":id")
		switch {
		case p.hidden:
		case !byID:
			paths = append(paths, p.path)
		case p.name == "area":
			for _, a := range snapshot.Areas() {
				paths = append(paths, prefix+a.ID)
			}
		case p.name == "inspection":
			for _, i := range snapshot.Inspections() {
				paths = append(paths, prefix+i.ID)
			}
		}
	}
	return paths
}
