package site

import (
	"fmt"
	"net/mail"
	"net/url"
	"strings"

	"yardstick/dashboards/view"
)

// Contact is how readers reach whoever publishes this installation. The zero Contact is one that is not set.
type Contact struct {
	Href string // an address of mail (mailto:) or of a page
	Text string // the same as readers see it
}

// ParseContact reads an address of mail, with mailto: before it or not, or of a page on the web. An empty text is the
// zero Contact.
func ParseContact(text string) (Contact, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Contact{}, nil
	}
	wrong := fmt.Errorf("contact: %q is not an address of mail (mailto:help@yardstick.example) or of a page "+
		"(https://yardstick.example/contact)", text)
	if bare, isMail := strings.CutPrefix(text, "mailto:"); isMail || strings.Contains(text, "@") {
		parsed, err := mail.ParseAddress(bare)
		if err != nil || parsed.Address != bare {
			return Contact{}, wrong
		}
		return Contact{Href: "mailto:" + bare, Text: bare}, nil
	}
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || !strings.Contains(u.Host, ".") {
		return Contact{}, wrong
	}
	return Contact{Href: u.String(), Text: u.String()}, nil
}

// About returns the contact's address for a message about a page: mail has the page as its subject and in its text.
func (c Contact) About(subject, page string) string {
	if !strings.HasPrefix(c.Href, "mailto:") {
		return c.Href
	}
	escape := func(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }
	return c.Href + "?subject=" + escape(subject) + "&body=" + escape(page+"\r\n\r\n")
}

// longestPage is how many bytes of a page's address the contact page repeats.
const longestPage = 400

// contactView says how to reach whoever publishes the site, and what to tell them.
type contactView struct {
	view.Base
	Finding  string
	Page     string // address of the page that the reader came from; empty where none is known
	Send     *view.Link
	Sections []section
}

// Parts returns nothing: the page has no figure and no table.
func (p *contactView) Parts() view.Parts { return view.Parts{} }

func contactPage(req *Request) (Page, error) {
	w := req.words
	p := contactView{
		Base:     view.Base{Title: w.Say("contact.title"), Description: w.Say("contact.meta")},
		Finding:  w.Say("contact.none"),
		Page:     req.knownPage(req.query.Get("page")),
		Sections: sections(req, contactSections),
	}
	if req.contact == (Contact{}) {
		return &p, nil
	}
	p.Finding = w.Say("contact.finding")
	p.Send = &view.Link{Text: req.contact.Text, Href: req.contact.Href}
	if p.Page != "" {
		p.Send.Href = req.contact.About(w.Say("contact.subject", "Page", p.Page), req.site+p.Page)
	}
	return &p, nil
}

// contactSections are the sections of the page, each with its paragraphs in the catalogues.
var contactSections = []prose{
	{key: "contact.mistake.", paragraphs: 2},
	{key: "contact.service.", paragraphs: 2, links: []proseLink{
		{"complaints", inspectorateComplaints},
		{"inspectorate", inspectorateSite},
	}},
	{key: "contact.barrier.", paragraphs: 1, links: []proseLink{{"accessibility", "/accessibility"}}},
	{key: "contact.weakness.", paragraphs: 1},
	{key: "contact.follow.", paragraphs: 1, links: []proseLink{{"releases", "/releases"}}},
}

// knownPage returns an address of this site, as it is, and nothing for any other text.
func (req *Request) knownPage(address string) string {
	if len(address) > longestPage || !strings.HasPrefix(address, "/") {
		return ""
	}
	path, query, _ := strings.Cut(address, "?")
	for tag := range req.languages {
		if under, ok := strings.CutPrefix(path, "/"+tag); ok && (under == "" || under[0] == '/') {
			path = under
		}
	}
	if rest, ok := strings.CutPrefix(path, PermanentRoot); ok {
		_, rest, _ = strings.Cut(rest, "/")
		path = "/" + rest
	}
	if path == "" {
		path = "/"
	}
	if _, err := url.ParseQuery(query); err != nil {
		return ""
	}
	for _, route := range routes() {
		if id, ok := match(route.Path, path); ok && (id == "" || idPattern.MatchString(id)) {
			return address
		}
	}
	return ""
}
