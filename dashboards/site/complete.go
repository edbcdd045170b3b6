package site

import (
	"cmp"
	"html"
	"strconv"
	"strings"

	"yardstick/dashboards/api"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

// frameRoom is the room, in pixels, that a frame needs around a chart for its words.
const frameRoom = 420

// complete fills in what every page has: its addresses, the languages, the navigation and the release.
func (s *Site) complete(v *visit, base *view.Base) {
	base.Tag = v.tag
	base.Assets = s.assets
	base.Canonical, base.NoIndex = v.site+v.Address(), v.Older || v.Route.Hidden
	if !v.Older {
		base.Canonical = v.site + v.under("") // the same page, by its plain address
	}
	base.Here = pathIn(v.tag, v.within()+v.path())
	base.Banner = v.banner()
	for _, tag := range i18n.Languages() {
		other := *v
		other.tag = tag
		base.Languages = append(base.Languages, view.LanguageLink{
			Tag: tag, Href: other.Address(), Alternate: v.site + other.Address(), Current: tag == v.tag,
		})
	}
	if v.snapshot != nil {
		release := v.snapshot.Release()
		base.Release = ShortName(release.ID)
		base.ReleaseDate = v.words.Day(release.Built)
	}
	for _, name := range []string{"areas", "map", "inspections", "compare", "benchmarks", "trends", "data", "methodology"} {
		base.Nav = append(base.Nav, view.NavItem{
			Text: v.words.Say("nav." + name), Href: pathIn(v.tag, "/"+name), Current: v.Route.Name == name,
		})
	}
}

// cite fills in the page's permanent link and citation, and the files, images and frames of its parts.
func (s *Site) cite(v *visit, base *view.Base, figures []*view.Figure, tables []*view.Table) {
	w := v.words
	release := base.Release
	address := s.config.Address + v.under(PermanentPath(release))
	words := []any{"Title", base.Title, "ID", release, "Date", base.ReleaseDate, "Address", address,
		"Year", strconv.Itoa(v.snapshot.Release().Built.Year())}
	base.Cite = &view.Citation{Address: address, Short: w.Say("take.short", words...), Long: w.Say("take.long", words...)}
	if s.config.Address == "" {
		base.Cite.Path = address
	}
	base.Data = cmp.Or(base.Data, v.answer())
	for _, t := range tables {
		if partPattern.MatchString(t.ID) {
			t.Take = &view.TableTake{CSV: v.addressOf(v.within()+FileRoot, "/"+t.ID+".csv"),
				XLSX: v.addressOf(v.within()+FileRoot, "/"+t.ID+".xlsx")}
		}
	}
	for _, f := range figures {
		if len(f.Options) == 0 || !partPattern.MatchString(f.ID) {
			continue
		}
		f.Take = &view.FigureTake{SVG: v.addressOf(v.within()+FileRoot, "/"+f.ID+".svg"), PNG: v.FileName(f.ID, "png")}
		frame := v.addressOf(PermanentPath(release)+EmbedRoot, "/"+f.ID)
		if s.config.Address == "" {
			f.Take.Path = html.EscapeString(frame)
		}
		f.Take.Code = `<iframe src="` + html.EscapeString(s.config.Address+frame) + `" title="` +
			html.EscapeString(f.Headline) + `" width="100%" height="` + strconv.Itoa(f.Height()+frameRoom) +
			`" loading="lazy"></iframe>`
	}
}

// answer returns the address of the same data in the interface: the page's own path, or the release where it has none.
func (v *visit) answer() string {
	path := api.Root + v.path()
	if _, _, ok := api.Find(v.path()); !ok {
		return v.words.Answer(api.Root + "/release")
	}
	if query := v.queryString(); query != "" {
		path += "?" + query
	}
	return v.words.Answer(path)
}

// banner says which release a permanent link shows, and leads to the latest; nil for a plain page.
func (v *visit) banner() *view.Banner {
	if v.Release == "" {
		return nil
	}
	w := v.words
	b := view.Banner{Older: v.Older, Link: view.Link{Text: w.Say("take.plain"), Href: v.under("")}}
	b.Text = w.Say("take.newest", "Date", w.Day(v.latest.Built))
	if v.Older {
		b.Text = w.Say("take.older", "Date", w.Day(v.snapshot.Release().Built), "Newest", w.Day(v.latest.Built))
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
