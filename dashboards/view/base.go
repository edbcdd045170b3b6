package view

import (
	"encoding/json"
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
	Data        string          // address of the same as JSON, where it is not the page's own path in the interface
	Query       string          // what was searched for, to stand in the search box
	Linked      json.RawMessage // what the page is of, as JSON-LD; nil where it is a page and no more
	Area        string          // id of the area that the page is about; empty for none
	Uncited     bool            // nobody cites the page: it has only what its reader asked for
	Finds       bool            // the search is in the page, not at its head
	Problems    []Problem       // what is wrong with what was sent to the page's form

	// The rest is completed by the renderer.
	Tag         string
	Canonical   string
	Here        string // the page's own path, for its forms
	NoIndex     bool   // search engines are to leave it out
	Banner      *Banner
	Cite        *Citation
	Languages   []LanguageLink
	Nav         []NavItem
	Footer      []NavItem
	Feeds       []Feed
	Trail       json.RawMessage // the way to the page, as JSON-LD; nil for none
	Locale      string          // as Open Graph has it, such as en_GB
	Shared      string          // Canonical where it is a whole address, for those who show links; else empty
	Search      string          // address of what tells browsers of the search; empty where the site's is not known
	OEmbed      string          // address of what tells other sites how to show the page's first figure; likewise
	Card        *Card           // a picture of the page for those who show links; nil for none
	Feedback    string          // address of the page that takes messages about this one
	Assets      map[string]string
	Release     string
	ReleaseDate string
}

// Common returns the base, which every page has by embedding it.
func (b *Base) Common() *Base { return b }

// Card is a picture of a page, with what it shows in words.
type Card struct {
	Address string // whole
	Alt     string
}

// Link is a link with its text.
type Link struct {
	Text string
	Href string
}

// NavItem is a link of the main navigation, or of the foot of the page.
type NavItem struct {
	Text    string
	Href    string
	Current bool // it leads to the page itself
	Within  bool // the page belongs under it
}

// Feed is a feed that a reader can follow.
type Feed struct {
	Title string
	Href  string
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
