package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"net/url"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/target"
	"yardstick/dashboards/export/datapackage"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/templates"
	"yardstick/dashboards/view"
)

// Config is what a Site needs from the world.
type Config struct {
	Manifest map[string]string // hashed names of the built assets, by logical name
	Now      func() time.Time
	Address  string // where readers reach the site, such as https://yardstick.example; empty where that is not known

	Contact   string // how readers reach whoever runs this site, as ParseContact reads it; empty where that is not said
	Publisher string // who runs this site; empty where that is not said

	Static bool // pages are kept as files: nothing on them asks a server
	Cards  bool // a page's first figure can be had as a picture
}

// Name is what the site is called, in both languages.
const Name = "Yardstick"

// Site builds pages. It is safe for concurrent use.
type Site struct {
	config    Config
	contact   Contact
	routes    []Route
	assets    map[string]string // addresses by logical name
	languages map[string]*i18n.Language
	pages     map[string]*template.Template // by language and page name
}

// New parses every template in every language. It fails where a template, a catalogue or the address is broken, so
// that no page can fail for that reason later.
func New(config Config) (*Site, error) {
	s := &Site{
		config:    config,
		routes:    routes(),
		assets:    make(map[string]string),
		languages: make(map[string]*i18n.Language),
		pages:     make(map[string]*template.Template),
	}
	if config.Address != "" {
		address, err := siteAddress(config.Address)
		if err != nil {
			return nil, fmt.Errorf("new site: %w", err)
		}
		s.config.Address = address
	}
	contact, err := ParseContact(config.Contact)
	if err != nil {
		return nil, fmt.Errorf("new site: %w", err)
	}
	s.contact = contact
	for logical, name := range config.Manifest {
		s.assets[logical] = AssetRoot + name
	}
	for _, tag := range i18n.Languages() {
		language, err := i18n.Load(tag)
		if err != nil {
			return nil, fmt.Errorf("new site: %w", err)
		}
		s.languages[tag] = language
		if err := s.parse(tag, language); err != nil {
			return nil, fmt.Errorf("new site: %w", err)
		}
	}
	return s, nil
}

func (s *Site) parse(tag string, language *i18n.Language) error {
	common, err := template.New("layout").Funcs(
		functions(language, s.config.Static)).ParseFS(templates.Files(), "*.gohtml", "parts/*.gohtml")
	if err != nil {
		return fmt.Errorf("templates: %w", err)
	}
	names := []string{errorPage}
	for _, route := range s.routes {
		names = append(names, route.Name)
	}
	for _, name := range names {
		own, err := common.Clone()
		if err != nil {
			return fmt.Errorf("templates: %w", err)
		}
		if own, err = own.ParseFS(templates.Files(), "pages/"+name+".gohtml"); err != nil {
			return fmt.Errorf("templates: %w", err)
		}
		s.pages[tag+name] = own
	}
	return nil
}

// functions returns what templates may call: words of their language, addresses in it, a chart's options, which are
// JSON already and safe inside a script element, and whether the page is kept as a file.
func functions(language *i18n.Language, static bool) template.FuncMap {
	return template.FuncMap{
		"t":       language.T,
		"url":     func(path string) string { return pathIn(language.Tag(), path) },
		"options": func(options []byte) json.RawMessage { return options },
		"static":  func() bool { return static },
	}
}

// siteAddress returns where the site is, without a slash at its end. Pages are at the root of their host.
func siteAddress(text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.Trim(u.Path, "/") != "" ||
		u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", fmt.Errorf("site: %q is not an address such as https://yardstick.example", text)
	}
	return u.Scheme + "://" + u.Host, nil
}

// Address returns where readers reach the site; empty where that is not known.
func (s *Site) Address() string { return s.config.Address }

// Contact returns how readers reach whoever runs the site; the zero Contact where that is not known.
func (s *Site) Contact() Contact { return s.contact }

// Routes returns every page.
func (s *Site) Routes() []Route { return s.routes }

// Languages returns the catalogues by tag.
func (s *Site) Languages() map[string]*i18n.Language { return s.languages }

// Words returns the words of a language about a snapshot.
func (s *Site) Words(tag string, snapshot *analytics.Snapshot) *view.Words {
	return view.NewWords(s.languages[tag], snapshot)
}

// Source is the release that a page is built from.
type Source struct {
	Snapshot *analytics.Snapshot
	Latest   analytics.Release // the one that plain addresses show
	Files    Files
	Desk     *target.Study // of the snapshot; nil for one that keeps nothing
}

// Page is what one kind of page shows: the view that its template is given.
type Page interface {
	// Common returns the base, which the page embeds.
	Common() *view.Base
	// Parts returns the figures and tables that readers can download.
	Parts() view.Parts
}

// Built is a page with everything that every page has.
type Built struct {
	Page
	Figures []*view.Figure
	Tables  []*view.Table

	request *Request
}

// Words returns the words that the page was built with.
func (p *Built) Words() *view.Words { return p.request.words }

// Build builds the page of a request.
func (s *Site) Build(r Request, of Source) (*Built, error) {
	page, err := s.content(&r, of)
	if err != nil {
		return nil, err
	}
	parts := page.Parts()
	b := &Built{Page: page, Figures: parts.Figures, Tables: parts.Tables, request: &r}
	s.complete(&r, page.Common())
	for _, f := range b.Figures {
		f.Said = f.Said || f.Headline != "" && strings.HasPrefix(page.Common().Description, f.Headline)
	}
	s.cite(&r, page.Common(), b.Figures, b.Tables)
	if err := r.words.Err(); err != nil {
		return nil, fmt.Errorf("page %s: %w", r.Route.Name, err)
	}
	return b, nil
}

// content returns the view of a request's page, before what every page has is added to it.
func (s *Site) content(r *Request, of Source) (Page, error) {
	r.snapshot, r.latest, r.files, r.desk = of.Snapshot, of.Latest, of.Files, of.Desk
	if r.desk == nil {
		r.desk = target.New(of.Snapshot)
	}
	r.words = s.Words(r.tag, of.Snapshot).Within(r.within())
	r.now, r.site, r.languages = s.config.Now(), s.config.Address, s.languages
	r.contact, r.publisher = s.contact, s.config.Publisher
	return r.Route.build(r)
}

// Render writes the page as HTML.
func (s *Site) Render(out *bytes.Buffer, p *Built) error {
	r := p.request
	if err := s.pages[r.tag+r.Route.Name].ExecuteTemplate(out, "layout.gohtml", p.Page); err != nil {
		return fmt.Errorf("page %s: %w", r.Route.Name, err)
	}
	return nil
}

// frameView is a figure on another site's page.
type frameView struct {
	view.Base
	Figure view.Figure
	Page   string // address of the page that the figure is from
}

// Frame writes a figure of the page as HTML for a frame.
func (s *Site) Frame(out *bytes.Buffer, p *Built, f view.Figure) error {
	r := p.request
	f.Take, f.Table.Take, f.Folded, f.Said = nil, nil, false, false
	err := s.pages[r.tag+r.Route.Name].ExecuteTemplate(out, "embed.gohtml",
		frameView{Base: *p.Common(), Figure: f, Page: r.Address()})
	if err != nil {
		return fmt.Errorf("figure %s of page %s: %w", f.ID, r.Route.Name, err)
	}
	return nil
}

// Language returns the tag of the page's language.
func (p *Built) Language() string { return p.request.tag }

// Release returns the release that the page shows.
func (p *Built) Release() analytics.Release { return p.request.snapshot.Release() }

// FileName returns what a part of the page is called as a file.
func (p *Built) FileName(id, extension string) string { return p.request.FileName(id, extension) }

// FileName returns what a part of the page is called as a file.
func (req *Request) FileName(id, extension string) string {
	name := req.Route.Name
	if req.id != "" {
		name = req.id
	}
	return datapackage.FileName(req.snapshot.Release(), name+"-"+id, extension)
}
