package site

import (
	"cmp"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"yardstick/dashboards/api"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

// frameRoom is the room, in pixels, that a frame needs around a chart for its words.
const frameRoom = 420

// complete fills in what every page has: its addresses, the languages, the navigation and the release.
func (s *Site) complete(req *Request, base *view.Base) {
	base.Tag = req.tag
	base.Assets = s.assets
	base.Canonical = req.site + req.Address()
	base.NoIndex = req.Older || req.Route.Hidden || req.Route.Echo && len(req.query) > 0
	if !req.Older {
		base.Canonical = req.site + req.under("") // the same page, by its plain address
	}
	base.Here = pathIn(req.tag, req.within()+req.path())
	base.Banner = req.banner()
	for _, tag := range i18n.Languages() {
		other := *req
		other.tag = tag
		base.Languages = append(base.Languages, view.LanguageLink{
			Tag: tag, Href: other.Address(), Alternate: req.site + other.Address(), Current: tag == req.tag,
		})
	}
	if req.snapshot != nil {
		release := req.snapshot.Release()
		base.Release = ShortName(release.ID)
		base.ReleaseDate = req.words.Day(release.Published)
		if s.config.Static {
			base.Banner = req.staticBanner(release)
		}
	}
	for _, item := range navigation {
		base.Nav = append(base.Nav, view.NavItem{
			Text: req.words.Say("nav." + item.name), Href: pathIn(req.tag, "/"+item.name),
			Current: req.Route.Name == item.name, Within: slices.Contains(item.holds, req.Route.Name),
		})
	}
	for _, name := range footer {
		base.Footer = append(base.Footer, view.NavItem{
			Text: req.words.Say("nav." + name), Href: pathIn(req.tag, "/"+name), Current: req.Route.Name == name,
		})
	}
	if req.snapshot != nil && !req.Older {
		base.Feeds = req.feeds(base.Area)
	}
	if req.site != "" {
		base.Shared = base.Canonical
		base.Search = req.site + pathIn(req.tag, SearchFile)
	}
	base.Trail, base.Locale = trailLinked(req, base), req.tag+"_GB"
	base.Feedback = pathIn(req.tag, "/contact")
	if !req.Route.Echo && req.Route.Name != errorPage {
		base.Feedback += "?page=" + url.QueryEscape(req.Address())
	}
}

// navigation lists the pages of the main navigation, each with those that belong under it.
var navigation = []struct {
	name  string
	holds []string
}{
	{"areas", []string{"area", "map"}},
	{"benchmarks", []string{"overview", "tables", "inspections", "inspection", "ratings"}},
	{"indicators", nil},
	{"compare", nil},
	{"trends", nil},
	{"target", nil},
}

// footer lists the pages at the foot of each page.
var footer = []string{"about", "explained", "contact", "releases", "upcoming", "glossary", "methodology", "data", "api",
	"accessibility", "privacy"}

// cite fills in the page's permanent link and citation, and the files, images and frames of its parts.
func (s *Site) cite(req *Request, base *view.Base, figures []*view.Figure, tables []*view.Table) {
	w := req.words
	release := base.Release
	base.Data = cmp.Or(base.Data, req.answer())
	s.parts(req, figures, tables)
	if req.site != "" && slices.ContainsFunc(figures, func(f *view.Figure) bool { return f.Take != nil }) {
		base.OEmbed = req.oembedOf()
	}
	if first := slices.IndexFunc(figures, func(f *view.Figure) bool { return f.Take != nil }); req.site != "" &&
		s.config.Cards && first >= 0 {
		f := figures[first]
		base.Card = &view.Card{Address: req.site + req.addressOf(req.within()+FileRoot, "/"+f.ID+".png"), Alt: f.Headline}
	}
	if req.Route.Guide || base.Uncited {
		return
	}
	address := s.config.Address + req.under(PermanentPath(release))
	words := []any{"Title", base.Title, "ID", release, "Date", base.ReleaseDate, "Address", address,
		"Year", strconv.Itoa(req.snapshot.Release().Published.Year())}
	base.Cite = &view.Citation{
		Address: address,
		Short:   w.Say("take.short", words...),
		Long:    w.Say("take.long", words...),
	}
	if s.config.Address == "" {
		base.Cite.Path = address
	}
}

// parts fills in the files, images and frames of a page's parts.
func (s *Site) parts(req *Request, figures []*view.Figure, tables []*view.Table) {
	for _, t := range tables {
		if partPattern.MatchString(t.ID) {
			t.Take = &view.TableTake{CSV: req.addressOf(req.within()+FileRoot, "/"+t.ID+".csv"),
				XLSX: req.addressOf(req.within()+FileRoot, "/"+t.ID+".xlsx")}
		}
	}
	for _, f := range figures {
		if len(f.Options) == 0 || !partPattern.MatchString(f.ID) {
			continue
		}
		f.Take = &view.FigureTake{
			SVG: req.addressOf(req.within()+FileRoot, "/"+f.ID+".svg"),
			PNG: req.FileName(f.ID, "png"),
		}
		frame := req.frame(f.ID)
		if s.config.Address == "" {
			f.Take.Path = html.EscapeString(frame)
		}
		f.Take.Code = `<iframe src="` + html.EscapeString(s.config.Address+frame) + `" title="` +
			html.EscapeString(f.Headline) + `" width="100%" height="` + strconv.Itoa(f.Height()+frameRoom) +
			`" loading="lazy"></iframe>`
	}
}

// answer returns the address of the same data in the interface: the page's own path, or the release where it has none.
func (req *Request) answer() string {
	path := api.Root + req.path()
	if _, _, ok := api.Find(req.path()); !ok {
		return req.words.Answer(api.Root + "/release")
	}
	if query := req.queryString(); query != "" {
		path += "?" + query
	}
	return req.words.Answer(path)
}

// banner says which release a permanent link shows, and leads to the latest; nil for a plain page.
func (req *Request) banner() *view.Banner {
	if req.Release == "" {
		return nil
	}
	w := req.words
	b := view.Banner{Older: req.Older, Link: view.Link{Text: w.Say("take.plain"), Href: req.under("")}}
	b.Text = w.Say("take.newest", "Date", w.Day(req.latest.Published))
	if req.Older {
		b.Text = w.Say("take.older", "Date", w.Day(req.snapshot.Release().Published), "Newest", w.Day(req.latest.Published))
		b.Link.Text = w.Say("take.to_newest")
	}
	return &b
}

// IsPermanentAnswer reports whether a path is of the interface of a release that it names.
func IsPermanentAnswer(path string) bool {
	rest, ok := strings.CutPrefix(path, PermanentRoot)
	_, rest, _ = strings.Cut(rest, "/")
	return ok && strings.HasPrefix("/"+rest, api.Root+"/")
}
