package site

import (
	"strconv"

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

// prose is a section as a page lists it. Its words are in the catalogues, below the page's name and its own:
// .heading, .p1, .p2 and so on, .point1 and so on, and .link_<name>.
type prose struct {
	id         string
	paragraphs int
	points     int
	links      []proseLink
}

// proseLink is a link under a section: the name of its words, and where it leads.
type proseLink struct{ name, to string }

// Pages of others that several pages lead to.
const (
	inspectorateSite       = "https://hmiprobation.justiceinspectorates.gov.uk/"
	inspectorateStandards  = "https://www.justiceinspectorates.gov.uk/hmiprobation/about-hmi-probation/about-our-work/our-standards-and-ratings/"
	inspectorateComplaints = "https://www.justiceinspectorates.gov.uk/hmiprobation/about-hmi-probation/complaints/"
)

// sections says the sections of a page.
func sections(req *Request, page string, all []prose) []section {
	w := req.words
	out := make([]section, len(all))
	for n, one := range all {
		key := page + "." + one.id + "."
		s := section{ID: one.id, Heading: w.Say(key + "heading")}
		for i := range one.paragraphs {
			s.Paragraphs = append(s.Paragraphs, w.Say(key+"p"+strconv.Itoa(i+1)))
		}
		for i := range one.points {
			s.Points = append(s.Points, w.Say(key+"point"+strconv.Itoa(i+1)))
		}
		for _, link := range one.links {
			l := view.Link{Text: w.Say(key + "link_" + link.name), Href: link.to}
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
