package server

import (
	"encoding/json"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/sync/errgroup"

	"yardstick/analytics"
	"yardstick/dashboards/api"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/site"
	"yardstick/dashboards/view"
)

// addresses are one of every kind of page, and every area and inspection, in English.
func addresses(s *analytics.Snapshot) []string {
	all := []string{
		"/", "/areas", "/areas?q=leicest", "/areas?q=nowhere", "/inspections", "/compare", with(leicester, rutland),
		"/benchmarks", "/methodology",
		"/trends", "/indicators", "/map", "/releases", "/upcoming", "/data", "/target", "/api", "/accessibility", "/ratings", "/glossary",
		"/about", "/explained",
		"/contact", "/privacy",
		with("leicestershire-and-rutland-yj2018-2021",
			"leicester-city-yj2018-2019"), with("brent-cci-2011", rutland, "bexley-cci-2012"),
		with("leicester-city-yj2025", "leicester-city-yj2018-2019", leicester),
	}
	for _, p := range s.Programmes() {
		all = append(all, "/inspections?programme="+p.ID)
		for _, m := range s.Measures(p.ID) {
			if p.Results > 0 {
				all = append(all, "/trends?programme="+p.ID+"&measure="+m.ID,
					"/trends?programme="+p.ID+"&measure="+m.ID+"&region=london")
				all = append(all, "/benchmarks?programme="+p.ID+"&measure="+m.ID,
					"/benchmarks?programme="+p.ID+"&measure="+m.ID+"&group=nation&of=cardiff&as_of=2019")
			}
		}
	}
	for _, theme := range s.Themes() {
		all = append(all, "/trends?theme="+theme, "/trends?theme="+theme+"&region=wales")
	}
	for _, id := range s.Indicators() {
		all = append(all, "/indicators?indicator="+id, "/indicators?indicator="+id+"&area=leicestershire-and-rutland",
			"/indicators?indicator="+id+"&area=dorset")
	}
	for n, a := range s.Areas() {
		all = append(all, "/areas/"+a.ID)
		if n%4 == 0 && a.ID != "dorset" && a.ID != "leicestershire-and-rutland" {
			all = append(all, "/indicators?indicator=fte_rate_per_100k&area="+a.ID)
		}
	}
	for _, i := range s.Inspections() {
		all = append(all, "/inspections/"+i.ID)
	}
	return all
}

// Every page of the site is whole: headings, tables, labels, names and links are what assistive technology needs, and
// every link of the site leads to a page.
func TestEveryPage(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads every page")
	}
	s := shared(t)
	english := addresses(shipped(t))
	var renders errgroup.Group
	renders.SetLimit(runtime.GOMAXPROCS(0))
	for n, address := range english {
		if !sampled || n%8 == 0 {
			for _, tag := range i18n.Languages() {
				renders.Go(func() error { s.get(t, view.PathIn(tag, address)); return nil })
			}
		}
	}
	renders.Wait() // each page is asked for again below
	links, titles := make(map[string]string), make(map[string]string)
	for n, address := range english {
		if sampled && n%8 != 0 {
			continue
		}
		for _, tag := range []string{"en", "cy"} {
			target := view.PathIn(tag, address)
			if address == "/" {
				target = view.PathIn(tag, "/")
			}
			r := s.get(t, target)
			if r.status != 200 {
				t.Errorf("%s: status %d", target, r.status)
				continue
			}
			doc := parse(t, target, r)
			checkPage(t, target, tag, doc)
			canonical, _ := doc.Find(`link[rel="canonical"]`).Attr("href")
			if canonical != target {
				t.Errorf("%s: calls itself %s", target, canonical)
			}
			title := tag + " " + doc.Find("title").Text()
			bare := slices.Contains([]string{"/benchmarks", "/trends", "/indicators"},
				address) // shows what one of the others does
			if other, taken := titles[title]; taken && !bare {
				t.Errorf("%s and %s share the title %q", target, other, title)
			}
			if !bare {
				titles[title] = target
			}
			doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
				href, _ := a.Attr("href")
				if tag == "cy" && strings.HasPrefix(href, "/") && href != "/cy" && !strings.HasPrefix(href, "/cy/") &&
					!strings.HasPrefix(href, api.Root) && !strings.HasPrefix(href, site.DataRoot) {
					if lang, _ := a.Attr("hreflang"); lang != "en" {
						t.Errorf("%s: a Welsh page leads to %s", target, href)
					}
				}
				links[href] = target
			})
		}
	}
	checkLinks(t, s, links)
}

// checkLinks follows every link that stays on the site; of comparisons, of files of tables and of permanent links,
// which are many, one in sixteen.
func checkLinks(t *testing.T, s *running, links map[string]string) {
	t.Helper()
	many := 0
	for _, href := range slices.Sorted(mapKeys(links)) {
		switch {
		case strings.HasPrefix(href, "#"):
			continue // held by checkPage
		case strings.HasPrefix(href, "https://"), strings.HasPrefix(href, "http://"):
			if u, err := url.Parse(href); err != nil || u.Host == "" {
				t.Errorf("%s: the link to %s cannot be followed: %v", links[href], href, err)
			}
			continue
		case !strings.HasPrefix(href, "/"):
			t.Errorf("%s: a link to %q", links[href], href)
			continue
		case strings.Contains(href, "/compare?"), strings.Contains(href, site.FileRoot+"/"),
			strings.Contains(href, site.PermanentRoot):
			if many++; many%16 != 0 {
				continue
			}
		}
		path, fragment, _ := strings.Cut(href, "#")
		r := s.get(t, path)
		if r.status != 200 {
			t.Errorf("%s: the link to %s answers %d", links[href], href, r.status)
		}
		if fragment != "" && parse(t, path, r).Find(`[id="`+fragment+`"]`).Length() != 1 {
			t.Errorf("%s: the link to %s leads nowhere on its page", links[href], href)
		}
	}
}

func mapKeys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for key := range m {
			if !yield(key) {
				return
			}
		}
	}
}

// checkPage holds a page to what every page has.
func checkPage(t *testing.T, target, tag string, doc *goquery.Document) {
	t.Helper()
	checkInert(t, target, doc)
	checkHead(t, target, tag, doc)
	checkHeadings(t, target, doc)
	checkIDs(t, target, doc)
	checkTables(t, target, doc)
	checkFigures(t, target, doc)
	doc.Find("a").Each(func(_ int, a *goquery.Selection) {
		if href, _ := a.Attr("href"); href == "" || strings.TrimSpace(a.Text()) == "" {
			t.Errorf("%s: a link to %q says %q", target, href, a.Text())
		}
		if text := a.Text(); vague(text) {
			t.Errorf("%s: the link %q does not say where it leads", target, text)
		}
	})
	doc.Find("input:not([type=hidden]), select, textarea").Each(func(_ int, field *goquery.Selection) {
		id, _ := field.Attr("id")
		if doc.Find(`label[for="`+id+`"]`).Length() != 1 {
			t.Errorf("%s: the field %q has no label of its own", target, id)
		}
	})
	for _, trace := range []string{"<no value>", "%!", "{{", "ZgotmplZ", "NaN", "<nil>", "map["} {
		if strings.Contains(doc.Text(), trace) {
			t.Errorf("%s: %q stands on the page", target, trace)
		}
	}
}

// vague reports whether the text of a link says nothing of where it leads, for those who hear links apart from the page.
func vague(text string) bool {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	return slices.Contains([]string{"here", "click here", "more", "read more", "see more", "show more", "learn more",
		"details", "this", "this page", "link", "go", "next", "previous", "yes", "no", "yma", "cliciwch yma", "mwy",
		"rhagor", "darllen mwy", "gweld mwy", "manylion", "hwn", "hon", "dolen",
		"nesaf"}, text) || strings.HasPrefix(text, "the same") || strings.HasPrefix(text, "yr un peth")
}

func TestVagueLinksAreFound(t *testing.T) {
	for text, want := range map[string]bool{
		"here": true, " Read\n more ": true, "The same on the map": true, "Mwy": true, "yma": true,
		"See these ratings on a map": false, "More about ratings": false, "Leeds": false, "CSV": false,
	} {
		if got := vague(text); got != want {
			t.Errorf("%q is vague: %t, want %t", text, got, want)
		}
	}
}

func checkHead(t *testing.T, target, tag string, doc *goquery.Document) {
	t.Helper()
	if lang, _ := doc.Find("html").Attr("lang"); lang != tag {
		t.Errorf("%s: in language %q", target, lang)
	}
	title := doc.Find("title").Text()
	if name, ok := strings.CutSuffix(title, " – Yardstick"); !ok || strings.TrimSpace(name) == "" {
		t.Errorf("%s: titled %q", target, title)
	}
	if description, _ := doc.Find(`meta[name="description"]`).Attr("content"); strings.TrimSpace(description) == "" {
		t.Errorf("%s: no description", target)
	}
	other := map[string]string{"en": "cy", "cy": "en"}[tag]
	canonical, _ := doc.Find(`link[rel="canonical"]`).Attr("href")
	for _, lang := range []string{"en", "cy"} {
		alternate, _ := doc.Find(`link[rel="alternate"][hreflang="` + lang + `"]`).Attr("href")
		if lang == tag && alternate != canonical || alternate == "" {
			t.Errorf("%s: its page in %s is said to be %q", target, lang, alternate)
		}
		if lang == other {
			link := doc.Find(`header a[hreflang="` + lang + `"]`)
			if href, _ := link.Attr("href"); link.Length() != 1 || href != alternate ||
				link.AttrOr("lang", "") != lang {
				t.Errorf("%s: %d links to %s, to %q", target, link.Length(), lang, href)
			}
		}
	}
	if skip, _ := doc.Find("body > a").First().Attr("href"); skip != "#main" {
		t.Errorf("%s: the first link leads to %q", target, skip)
	}
	if doc.Find("main#main").Length() != 1 || doc.Find("header nav").Length() != 1 ||
		doc.Find("footer").Length() != 1 {
		t.Errorf("%s: landmarks are missing or doubled", target)
	}
}

// checkHeadings wants one heading of the first level, and none that skips a level.
func checkHeadings(t *testing.T, target string, doc *goquery.Document) {
	t.Helper()
	before := 0
	doc.Find("h1, h2, h3, h4, h5, h6").Each(func(_ int, h *goquery.Selection) {
		level := int(goquery.NodeName(h)[1] - '0')
		if strings.TrimSpace(h.Text()) == "" || level > before+1 || (level == 1) != (before == 0) {
			t.Errorf("%s: heading %q of level %d after one of level %d", target, h.Text(), level, before)
		}
		before = level
	})
	if doc.Find("h1").Length() != 1 {
		t.Errorf("%s: %d headings of the first level", target, doc.Find("h1").Length())
	}
}

// checkIDs wants every id once, and everything that is referred to.
func checkIDs(t *testing.T, target string, doc *goquery.Document) {
	t.Helper()
	ids := make(map[string]int)
	doc.Find("[id]").Each(func(_ int, e *goquery.Selection) { ids[e.AttrOr("id", "")]++ })
	for id, n := range ids {
		if n != 1 || id == "" || strings.ContainsAny(id, " \t") {
			t.Errorf("%s: the id %q stands %d times", target, id, n)
		}
	}
	for _, attribute := range []string{"aria-labelledby", "aria-describedby", "for", "data-chart"} {
		doc.Find("[" + attribute + "]").Each(func(_ int, e *goquery.Selection) {
			for id := range strings.FieldsSeq(e.AttrOr(attribute, "")) {
				if attribute == "data-chart" {
					id += "-options"
				}
				if ids[id] != 1 {
					t.Errorf("%s: %s refers to %q, which is not there", target, attribute, id)
				}
			}
		})
	}
	doc.Find(`a[href^="#"]`).Each(func(_ int, a *goquery.Selection) {
		if id := strings.TrimPrefix(a.AttrOr("href", ""), "#"); ids[id] != 1 {
			t.Errorf("%s: a link to #%s, which is not there", target, id)
		}
	})
}

// checkTables wants a caption, a scope on every header, as many cells in every row as there are columns, and no cell
// that says nothing.
func checkTables(t *testing.T, target string, doc *goquery.Document) {
	t.Helper()
	doc.Find("table").Each(func(_ int, table *goquery.Selection) {
		caption := table.Find("caption")
		name := strings.TrimSpace(caption.Text())
		if caption.Length() != 1 || name == "" {
			t.Errorf("%s: a table without a caption", target)
		}
		if id, _ := table.Parent().Attr("aria-labelledby"); id == "" || id != caption.AttrOr("id", "") {
			t.Errorf("%s: the region round %q is named by %q", target, name, id)
		}
		columns := table.Find("thead tr").Last().Find("th")
		table.Find("th").Each(func(_ int, th *goquery.Selection) {
			scope := th.AttrOr("scope", "")
			if !slices.Contains([]string{"col", "row", "colgroup"}, scope) || strings.TrimSpace(th.Text()) == "" {
				t.Errorf("%s: in %q a header %q with scope %q", target, name, th.Text(), scope)
			}
		})
		rows := table.Find("tbody tr")
		rows.Each(func(_ int, row *goquery.Selection) {
			cells := row.Find("th, td")
			if cells.Length() != columns.Length() || row.Find(`th[scope="row"]`).Length() != 1 {
				t.Errorf("%s: in %q a row of %d cells under %d columns", target, name, cells.Length(), columns.Length())
			}
			cells.Each(func(_ int, cell *goquery.Selection) {
				if strings.TrimSpace(cell.Text()) == "" {
					t.Errorf("%s: in %q an empty cell in the row of %q", target, name, cells.First().Text())
				}
			})
		})
	})
}

// checkFigures wants with every chart its name, a sentence, its options as data, and the same numbers as a table.
func checkFigures(t *testing.T, target string, doc *goquery.Document) {
	t.Helper()
	doc.Find("figure").Each(func(_ int, figure *goquery.Selection) {
		headline := strings.TrimSpace(figure.Find("h3").First().Text())
		for _, part := range []string{".ys-figure__subtitle", ".ys-figure__summary"} {
			if strings.TrimSpace(figure.Find(part).Text()) == "" {
				t.Errorf("%s: the figure %q has an empty %s", target, headline, part)
			}
		}
		tables := figure.Find("table").Length()
		if id, apart := figure.Attr("aria-details"); apart {
			tables = doc.Find("table #" + id).Length()
		}
		if headline == "" || tables == 0 {
			t.Errorf("%s: the figure %q has %d tables", target, headline, tables)
		}
		figure.Find("[data-chart]").Each(func(_ int, chart *goquery.Selection) {
			if chart.AttrOr("role", "") != "img" || chart.AttrOr("aria-label", "") == "" {
				t.Errorf("%s: a chart without a name", target)
			}
			var options struct {
				BaseOption struct{ Series []any }
			}
			island := doc.Find("#" + chart.AttrOr("data-chart", "") + "-options")
			if err := json.Unmarshal([]byte(island.Text()), &options); err != nil ||
				len(options.BaseOption.Series) == 0 {
				t.Errorf("%s: a chart of %d series, %v", target, len(options.BaseOption.Series), err)
			}
		})
	})
	if charts := doc.Find("[data-chart]").Length(); charts > 0 != (doc.Find(`script[src^="/assets/charts."]`).Length() == 1) {
		t.Errorf("%s: %d charts, and the script is there %d times", target, charts, doc.Find(`script[src]`).Length())
	}
}
