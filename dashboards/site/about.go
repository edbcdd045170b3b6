package site

import "yardstick/dashboards/view"

// proseView is a page of words alone.
type proseView struct {
	view.Base
	Heading  string
	Finding  string
	Contents []view.Link
	Sections []section
}

// Parts returns nothing: the page has no figure and no table.
func (p *proseView) Parts() view.Parts { return view.Parts{} }

// aboutSections are the sections of the page about the site and about inspection.
var aboutSections = []prose{
	{key: "about.inspection.", paragraphs: 1, links: []proseLink{{"explained", explainedPath}, {"ratings", "/ratings"}}},
	{key: "about.can.", points: 5},
	{key: "about.sources.", paragraphs: 3, links: []proseLink{{"data", "/data"}, {"methods", "/methodology"}}},
	{key: "about.limits.", points: 4},
	{key: "about.changes.", paragraphs: 2, links: []proseLink{{"releases", "/releases"}}},
	{key: "about.who.", paragraphs: 2, links: []proseLink{{"contact", "/contact"}}},
}

func aboutPage(req *Request) (Page, error) { return prosePage(req, "about.", aboutSections) }

// prosePage is a page of sections about this installation, the last of which begins with who publishes it.
func prosePage(req *Request, under string, of []prose) (Page, error) {
	w := req.words
	p := proseView{
		Base:     view.Base{Title: w.Say(under + "title"), Description: w.Say(under + "meta")},
		Heading:  w.Say(under + "title"),
		Finding:  w.Say(under + "finding"),
		Sections: sections(req, of),
	}
	last := &p.Sections[len(p.Sections)-1]
	last.Paragraphs = append([]string{publishedBy(req)}, last.Paragraphs...)
	p.Contents = contents(p.Sections)
	return &p, nil
}

// publishedBy says who publishes this installation, or that nobody has said.
func publishedBy(req *Request) string {
	if req.publisher == "" {
		return req.words.Say("about.publisher_none")
	}
	return req.words.Say("about.publisher", "Publisher", req.publisher)
}

// privacySections are the sections of the page about privacy.
var privacySections = []prose{
	{key: "privacy.keeps.", paragraphs: 3},
	{key: "privacy.cookies.", paragraphs: 2},
	{key: "privacy.logs.", paragraphs: 3},
	{key: "privacy.people.", paragraphs: 1},
	{key: "privacy.mail.", paragraphs: 1, links: []proseLink{{"contact", "/contact"}}},
	{key: "privacy.rights.", paragraphs: 2, links: []proseLink{{"ico", "https://ico.org.uk/make-a-complaint/"}}},
}

func privacyPage(req *Request) (Page, error) { return prosePage(req, "privacy.", privacySections) }
