package browsertest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// sitePage is a page of the site by its English address.
type sitePage struct {
	name     string // of its subtests and pictures
	path     string
	status   int  // 200 where it is not given
	charts   bool // whether it must draw at least one
	framed   bool // whether it stands in pages of others, and has no way about the site
	keyboard bool // whether its way by keyboard is walked
}

// sitePages are the pages that are looked at.
var sitePages = []sitePage{
	{name: "home", path: "/", charts: true, keyboard: true},
	{name: "areas", path: "/areas"},
	{name: "areas-search", path: "/areas?q=cumb"},
	{name: "map", path: "/map", keyboard: true},
	{name: "map-cci", path: "/map?programme=cci"},
	{name: "map-indicator", path: "/map?indicator=reoffending_rate_percent_15_17"},
	{name: "area-leicester", path: "/areas/leicester-city", charts: true, keyboard: true},
	{name: "area-leicestershire", path: "/areas/leicestershire-and-rutland", charts: true},
	{name: "area-cardiff", path: "/areas/cardiff", charts: true},
	{name: "inspections", path: "/inspections"},
	{name: "inspection-cci", path: "/inspections/leicestershire-and-rutland-cci-2012", charts: true},
	{name: "inspection-fji", path: "/inspections/leicester-city-fji-2016", charts: true},
	{name: "inspection-yj2018", path: "/inspections/brighton-and-hove-yj2018-2021", charts: true},
	{name: "compare", path: "/compare", keyboard: true},
	{
		name:     "compare-featured",
		path:     "/compare?with=leicester-city-fji-2016&with=leicestershire-and-rutland-cci-2012",
		charts:   true,
		keyboard: true,
	},
	{
		name:   "compare-like",
		path:   "/compare?with=leicestershire-and-rutland-cci-2012&with=northamptonshire-cci-2012",
		charts: true,
	},
	{name: "compare-one", path: "/compare?with=leicestershire-and-rutland-cci-2012", charts: true},
	{
		name:   "compare-adding",
		path:   "/compare?with=leicester-city-fji-2016&with=leicestershire-and-rutland-cci-2012&q=leic",
		charts: true,
	},
	{
		name: "compare-six",
		path: "/compare?with=leicester-city-fji-2016&with=leicestershire-and-rutland-cci-2012&" +
			"with=leicester-city-yj2018-2019&with=leicestershire-and-rutland-yj2018-2021&with=brent-cci-2011&" +
			"with=bexley-cci-2012",
		charts: true,
	},
	{name: "benchmarks", path: "/benchmarks", charts: true, keyboard: true},
	{name: "benchmarks-of", path: "/benchmarks?programme=cci&of=leicestershire-and-rutland", charts: true},
	{
		name: "compare-rated",
		path: "/compare?with=york-yj2018-2022&with=wrexham-yj2018-2019&with=wokingham-yj2018-2024&" +
			"with=west-sussex-yj2018-2022",
		charts: true,
	},
	{
		name:   "benchmarks-funnel",
		path:   "/benchmarks?indicator=children_cautioned_or_sentenced_rate_per_1000&period=2022-03-31&of=leicester-city",
		charts: true,
	},
	{
		name:   "benchmarks-neighbours",
		path:   "/benchmarks?programme=cci&measure=safeguarding&group=family&of=leicestershire-and-rutland",
		charts: true,
	},
	{name: "target", path: "/target?places=12", keyboard: true},
	{name: "target-unset", path: "/target"},
	{name: "target-replayed", path: "/target?as_of=2016-01-31"},
	{name: "trends", path: "/trends", charts: true, keyboard: true},
	{name: "trends-cci", path: "/trends?programme=cci&measure=safeguarding", charts: true},
	{name: "trends-governance", path: "/trends?theme=governance", charts: true},
	{name: "api", path: "/api"},
	{name: "indicators", path: "/indicators", charts: true, keyboard: true},
	{name: "indicators-bases", path: "/indicators?indicator=reoffending_rate_percent", charts: true},
	{
		name:   "indicators-leicester",
		path:   "/indicators?indicator=reoffending_rate_percent_15_17&area=leicester-city",
		charts: true,
	},
	{
		name:   "indicators-authorities",
		path:   "/indicators?indicator=fte_rate_per_100k&area=leicestershire-and-rutland",
		charts: true,
	},
	{name: "overview", path: "/overview?region=east-midlands", keyboard: true},
	{name: "overview-statistics", path: "/overview?show=statistics&region=wales"},
	{
		name:     "tables-made",
		path:     "/tables?show=cci&of=safeguarding&of=risk_of_harm&region=london",
		charts:   true,
		keyboard: true,
	},
	{
		name:   "tables-statistics",
		path:   "/tables?show=statistics&of=fte_rate_per_100k&areas=Leicester+City,Derby",
		charts: true,
	},
	{name: "tables", path: "/tables"},
	{name: "tables-error", path: "/tables?show=yj2018&areas=Nowhere&from=soon", status: http.StatusNotFound},
	{name: "releases", path: "/releases"},
	{name: "upcoming", path: "/upcoming"},
	{name: "data", path: "/data", keyboard: true},
	{name: "data-letter", path: "/data?letter=c"},
	{name: "methodology", path: "/methodology"},
	{name: "ratings", path: "/ratings"},
	{name: "explained", path: "/explained"},
	{name: "glossary", path: "/glossary"},
	{name: "about", path: "/about"},
	{name: "contact", path: "/contact?page=%2Fareas%2Fleicester-city", keyboard: true},
	{name: "privacy", path: "/privacy"},
	{name: "accessibility", path: "/accessibility"},
	{
		name:   "embed",
		path:   "/embed/inspections/leicestershire-and-rutland-cci-2012/headlines",
		charts: true,
		framed: true,
	},
	{name: "not-found", path: "/no-such-page", status: http.StatusNotFound},
	{name: "bad-request", path: "/benchmarks?as_of=tomorrow", status: http.StatusBadRequest},
}

// kind is what a page is called after the first part of its path: home, areas, area, inspections, inspection,
// compare and so on.
func (p sitePage) kind() string {
	path, _, _ := strings.Cut(p.path, "?")
	parts := strings.Split(strings.Trim(path, "/"), "/")
	switch {
	case p.status != 0:
		return "error"
	case parts[0] == "":
		return "home"
	case len(parts) > 1:
		return strings.TrimSuffix(parts[0], "s")
	}
	return parts[0]
}

// oneOfEach are the first page of every kind that has charts, where any of the kind has.
func oneOfEach() []sitePage {
	var chosen []sitePage
	for _, p := range sitePages {
		n := slices.IndexFunc(chosen, func(c sitePage) bool { return c.kind() == p.kind() })
		switch {
		case n < 0:
			chosen = append(chosen, p)
		case p.charts && !chosen[n].charts:
			chosen[n] = p
		}
	}
	return chosen
}

var (
	languages = []string{"en", "cy"}
	widths    = []int{1280, 375} // CSS pixels: a desk and a small phone
)

// visit is a page in a language at a width.
type visit struct {
	sitePage
	language string
	width    int
}

func visits() []visit {
	var all []visit
	for _, p := range sitePages {
		for _, language := range languages {
			for _, width := range widths {
				all = append(all, visit{p, language, width})
			}
		}
	}
	return all
}

func (v visit) String() string { return fmt.Sprintf("%s/%s/%d", v.name, v.language, v.width) }

func (v visit) in(language string) visit {
	v.language = language
	return v
}

func (v visit) at(width int) visit {
	v.width = width
	return v
}

// address is where the page is in its language: Welsh pages stand under /cy.
func (v visit) address() string {
	path := v.path
	if v.language != "en" {
		path = strings.TrimSuffix("/"+v.language+path, "/")
	}
	return origin + path
}

func (v visit) wantStatus() int {
	if v.status == 0 {
		return http.StatusOK
	}
	return v.status
}
