package site

import "yardstick/analytics/target"

// Route is one kind of page. Its name is its template's. Only the query parameters in Params are part of its canonical
// address.
type Route struct {
	Name   string
	Path   string // in English; Welsh pages are at the same path under /cy
	Params []string
	Aside  []string // query parameters that add to the page and are no part of its address
	Heavy  bool     // takes a whole core to compute
	Hidden bool     // from search engines: no finding about any service
	Ahead  bool     // rendered before anybody asks, and compressed harder
	Guide  bool     // about the site and not about figures: not cited
	Echo   bool     // its parameters say where a reader came from, and are nothing to index

	build func(req *Request) (Page, error)
}

// routes returns the route table of the site.
func routes() []Route {
	return []Route{
		{Name: "home", Path: "/", build: homePage},
		{Name: "areas", Path: "/areas", Params: []string{"q"}, build: areasPage},
		{Name: "area", Path: "/areas/:id", Aside: []string{paramFor}, Ahead: true, build: areaPage},
		{Name: "map", Path: "/map", Params: []string{"programme", "measure", "scale", "indicator"}, build: mapPage},
		{
			Name:   "overview",
			Path:   "/overview",
			Params: []string{"show", "region", "find", "sort", "order", "group"},
			build:  overviewPage,
		},
		{
			Name:   "tables",
			Path:   "/tables",
			Params: []string{"show", "of", "region", "areas", "from", "to"},
			build:  tablesPage,
		},
		{Name: "inspections", Path: "/inspections", Params: []string{"programme"}, build: inspectionsPage},
		{Name: "inspection", Path: "/inspections/:id", build: inspectionPage},
		{Name: "compare", Path: "/compare", Params: []string{"with", "q"}, build: comparePage},
		{Name: "benchmarks", Path: "/benchmarks", Heavy: true, build: benchmarksPage,
			Params: []string{"programme", "measure", "indicator", "period", "group", "of", "areas", "as_of", "limits"}},
		{
			Name:   "trends",
			Path:   "/trends",
			Params: []string{"theme", "programme", "measure", "region"},
			build:  trendsPage,
		},
		{Name: "indicators", Path: "/indicators", Params: []string{"indicator", "area"}, build: indicatorsPage},
		{Name: "releases", Path: "/releases", build: releasesPage},
		{Name: "upcoming", Path: UpcomingPath, Guide: true, build: upcomingPage},
		{Name: "data", Path: "/data", Params: []string{"letter"}, Ahead: true, build: dataPage},
		{Name: "target", Path: "/target", Params: target.Params(), Heavy: true, Hidden: true, build: targetPage},
		{Name: "methodology", Path: "/methodology", build: methodologyPage},
		{Name: "api", Path: "/api", build: apiPage},
		{Name: "ratings", Path: "/ratings", build: ratingsPage},
		{Name: "explained", Path: explainedPath, build: explainedPage},
		{Name: "glossary", Path: "/glossary", Guide: true, build: glossaryPage},
		{Name: "about", Path: "/about", Guide: true, build: aboutPage},
		{Name: "contact", Path: "/contact", Params: []string{"page"}, Guide: true, Echo: true, build: contactPage},
		{Name: "accessibility", Path: "/accessibility", Guide: true, build: accessibilityPage},
		{Name: "privacy", Path: "/privacy", Guide: true, build: privacyPage},
	}
}
