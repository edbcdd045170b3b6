package view

import (
	"time"
	_ "time/tzdata" // a server may have no zones of its own

	"yardstick/analytics"
)

// Base is what every page has: who it is, where it stands, and the release that all of it comes from.
type Base struct {
	Title       string // unique on the site; the layout adds the site's name
	Description string
	Crumbs      []Link
	HasCharts   bool
	Data        string // address of the same as JSON, where it is not the page's own path in the interface
	Query       string // what was searched for, to stand in the search box
	Uncited     bool   // nobody cites the page: it has only what its reader asked for
	Finds       bool   // the search is in the page, not at its head

	// The rest is completed by the renderer.
	Tag         string
	Canonical   string
	Here        string // the page's own path, for its forms
	NoIndex     bool   // search engines are to leave it out
	Banner      *Banner
	Cite        *Citation
	Languages   []LanguageLink
	Nav         []NavItem
	Assets      map[string]string
	Release     string
	ReleaseDate string
}

// Common returns the base, which every page has by embedding it.
func (b *Base) Common() *Base { return b }

// Link is a link with its text.
type Link struct {
	Text string
	Href string
}

// NavItem is a link of the main navigation.
type NavItem struct {
	Text    string
	Href    string
	Current bool
}

// LanguageLink leads to the same page in a language.
type LanguageLink struct {
	Tag       string
	Href      string
	Alternate string // Href with the site's own address before it, where that is known
	Current   bool
}

// Day is the date of a moment in London, as Date writes it.
func (w *Words) Day(t time.Time) string {
	if london, err := time.LoadLocation("Europe/London"); err == nil {
		t = t.In(london)
	}
	return w.Date(analytics.DateOf(t))
}
