package server

import (
	"encoding/xml"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"yardstick/analytics"
	"yardstick/dashboards/api"
	"yardstick/dashboards/cache"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

// A sitemap has absolute addresses alone, and so has everything that search engines are told. The operator says
// where the site is (Config.Site). The Host of a request is not believed: a cached answer would carry one client's
// lie to all others. Where the operator says nothing there is no sitemap, and pages name themselves by their path.

// robots tells crawlers what to leave alone: answers that take all cores, hidden pages, and tables that the pages
// show already.
func (s *Server) robots(c *fiber.Ctx) error {
	lines := []string{"User-agent: *", "Disallow: " + api.Root + "/"}
	for _, p := range s.site.Routes() {
		ending := "?"
		switch {
		case p.Hidden:
			ending = ""
		case !p.Heavy && !p.Echo:
			continue
		}
		for _, tag := range i18n.Languages() {
			lines = append(lines, "Disallow: "+view.PathIn(tag, p.Path)+ending)
		}
	}
	if s.site.Address() != "" {
		lines = append(lines, "Sitemap: "+s.site.Address()+"/sitemap.xml")
	}
	body, err := cache.Compress([]byte(strings.Join(lines, "\n")+"\n"), "text/plain; charset=utf-8", cache.OnDemand)
	if err != nil {
		return err
	}
	return s.send(c, body)
}

// securityMonths is for how many months security.txt may be believed, from the day it is read.
const securityMonths = 6

// security says whom to tell of a vulnerability (RFC 9116), where the operator says how to be reached.
func (s *Server) security(c *fiber.Ctx) error {
	contact := s.site.Contact().Href
	if contact == "" {
		return &analytics.NotFoundError{Kind: "page", ID: c.Path()}
	}
	today := s.config.Now().UTC().Truncate(24 * time.Hour)
	lines := []string{
		"Contact: " + contact,
		"Expires: " + today.AddDate(0, securityMonths, 0).Format(time.RFC3339),
		"Preferred-Languages: " + strings.Join(i18n.Languages(), ", "),
	}
	if s.site.Address() != "" {
		lines = append(lines, "Canonical: "+s.site.Address()+c.Path())
	}
	c.Response().Header.SetContentType("text/plain; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "no-cache")
	return c.SendString(strings.Join(lines, "\n") + "\n")
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
	case s.site.Address() == "":
		return &analytics.NotFoundError{Kind: "page", ID: c.Path()}
	case e == nil:
		return errNoRelease
	}
	body, err := e.rendered.Get("/sitemap.xml", func() (*cache.Body, error) {
		content, err := xml.Marshal(s.sitemapOf(e.snapshot))
		if err != nil {
			return nil, err
		}
		return cache.Compress(append([]byte(xml.Header), content...), "application/xml; charset=utf-8", cache.OnDemand)
	})
	if err != nil {
		return err
	}
	return s.send(c, body)
}

func (s *Server) sitemapOf(snapshot *analytics.Snapshot) urlSet {
	out := urlSet{Space: "http://www.sitemaps.org/schemas/sitemap/0.9", Links: "http://www.w3.org/1999/xhtml"}
	published := snapshot.Release().Published.UTC().Format(time.RFC3339)
	for _, path := range s.paths(snapshot) {
		var others []sitemapLink
		for _, tag := range i18n.Languages() {
			others = append(others,
				sitemapLink{Rel: "alternate", Tag: tag, Address: s.site.Address() + view.PathIn(tag, path)})
		}
		for _, other := range others {
			out.URLs = append(out.URLs, sitemapURL{Address: other.Address, Modified: published, Others: others})
		}
	}
	return out
}

// paths returns the paths of every page of a release that search engines may list, without languages and queries.
func (s *Server) paths(snapshot *analytics.Snapshot) []string {
	var paths []string
	for _, p := range s.site.Routes() {
		prefix, byID := strings.CutSuffix(p.Path, ":id")
		switch {
		case p.Hidden:
		case !byID:
			paths = append(paths, p.Path)
		case p.Name == "area":
			for _, a := range snapshot.Areas() {
				paths = append(paths, prefix+a.ID)
			}
		case p.Name == "inspection":
			for _, i := range snapshot.Inspections() {
				paths = append(paths, prefix+i.ID)
			}
		}
	}
	return paths
}
