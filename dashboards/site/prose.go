package site

import (
	"strconv"
	"strings"

	"yardstick/dashboards/view"
)

// section is a part of a page in words: a heading, paragraphs, a list of points and links to more.
type section struct {
	ID         string
	Heading    string
	Paragraphs []string
	Points     []string
	Links      []view.Link
}

// prose is a section as a page lists it. Its words are in the catalogues under its key, such as "about.who.": heading,
// p1, p2 and so on, point1 and so on, and link_<name>. What is between the key's dots is its place on the page.
type prose struct {
	key        string
	paragraphs int
	points     int
	links      []proseLink
}

// proseLink is a link under a section: the name of its words, and where it leads.
type proseLink struct{ name, to string }

// Pages of others that several pages lead to.
const (
	inspectorateSite       = "https://hmiprobation.justiceinspectorates.gov.uk/"
	inspectorateFormerSite = "https://www.justiceinspectorates.gov.uk/hmiprobation/about-hmi-probation/"
	inspectorateStandards  = inspectorateFormerSite + "about-our-work/our-standards-and-ratings/"
	inspectorateComplaints = inspectorateFormerSite + "complaints/"
)

// sections says the sections of a page.
func sections(req *Request, all []prose) []section {
	w := req.words
	out := make([]section, len(all))
	for n, one := range all {
		_, id, _ := strings.Cut(strings.TrimSuffix(one.key, "."), ".")
		s := section{ID: id, Heading: w.Say(one.key + "heading")}
		for i := range one.paragraphs {
			s.Paragraphs = append(s.Paragraphs, w.Say(one.key+"p"+strconv.Itoa(i+1)))
		}
		for i := range one.points {
			s.Points = append(s.Points, w.Say(one.key+"point"+strconv.Itoa(i+1)))
		}
		for _, link := range one.links {
			l := view.Link{Text: w.Say(one.key + "link_" + link.name), Href: link.to}
			if l.Href[0] == '/' {
				l.Href = w.URL(l.Href)
			}
			s.Links = append(s.Links, l)
		}
		out[n] = s
	}
	return out
}

// contents are the links of a page's own sections.
func contents(all []section) []view.Link {
	links := make([]view.Link, len(all))
	for n, s := range all {
		links[n] = view.Link{Text: s.Heading, Href: "#" + s.ID}
	}
	return links
}
