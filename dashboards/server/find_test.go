package server

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"yardstick/dashboards/api"
	"yardstick/dashboards/view"
)

// A whole name of one area leads to it, whether it was searched for or written in the address; anything else is
// listed, or not found.
func TestNamesLeadToAreas(t *testing.T) {
	s := shared(t)
	for target, want := range map[string]string{
		"/areas?q=Leicester":                    "/areas/leicester-city",
		"/areas?q=rutland":                      "/areas/leicestershire-and-rutland",
		"/cy/areas?q=Caerdydd":                  "/cy/areas/cardiff",
		"/areas?q=ynys+m%C3%B4n":                "", // a later word
		"/areas?q=cumbria":                      "", // of three areas
		"/areas?q=Leicster":                     "", // a slip
		"/areas/rutland":                        "/areas/leicestershire-and-rutland",
		"/cy/areas/abertawe":                    "/cy/areas/swansea",
		"/areas/LEICESTER%20CITY":               "/areas/leicester-city",
		"/areas/leicester%2Dcity":               "/areas/leicester-city",
		"/areas/leicestershire%20%26%20rutland": "/areas/leicestershire-and-rutland",
	} {
		r := s.get(t, target)
		if want == "" && r.status == 200 {
			continue
		}
		if at := r.header.Get("Location"); r.status != 303 || at != want ||
			r.header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: status %d to %q (%s), want %q", target, r.status, at, r.header.Get("Cache-Control"), want)
		}
	}
}

// A whole name adds the only inspection of the only area that has it; anything else is listed on the page of the
// comparison.
func TestNamesAddInspections(t *testing.T) {
	s := shared(t)
	for target, want := range map[string]string{
		with(leicester) + "&q=Bexley":            "",
		"/compare?q=Blackpool":                   "",
		with(leicester) + "&q=leicester":         "", // of several inspections
		with(leicester, rutland) + "&q=blackpol": "", // a slip
		"/cy/compare?q=nowhere":                  "",
	} {
		r := s.get(t, target)
		if at := r.header.Get("Location"); at != want || (want == "") != (r.status == 200) {
			t.Errorf("%s: status %d to %q, want %q", target, r.status, at, want)
		}
	}
	for _, a := range shipped(t).Areas() {
		held := shipped(t).InspectionsOf(a.ID)
		named, ok := shipped(t).AreaNamed(a.Name.EN)
		if !ok || named.ID != a.ID {
			continue
		}
		r := s.get(t, with(leicester)+"&q="+url.QueryEscape(a.Name.EN))
		added := len(held) == 1 && held[0].ID != leicester
		if added && (r.status != 303 || r.header.Get("Location") != with(leicester, held[0].ID)) ||
			!added && r.status != 200 {
			t.Errorf(
				"%s, of %d inspections: status %d to %q",
				a.Name.EN,
				len(held),
				r.status,
				r.header.Get("Location"),
			)
		}
	}
}

// Every page has one search, in its own language and with the script that helps it, and what was searched for stands
// in it.
func TestEveryPageSearches(t *testing.T) {
	s := shared(t)
	for _, p := range shared(t).site.Routes() {
		for _, tag := range []string{"en", "cy"} {
			target := view.PathIn(
				tag,
				strings.Replace(
					p.Path,
					":id",
					map[string]string{"area": "cardiff", "inspection": leicester}[p.Name],
					1,
				),
			)
			doc := parse(t, target, s.get(t, target))
			form := doc.Find(`form[role="search"]`)
			if action, _ := form.Attr("action"); form.Length() != 1 || action != view.PathIn(tag, "/areas") ||
				form.Find(`label[for="q"]`).Length() != 1 ||
				form.Find(`input#q[name="q"]`).Length() != 1 {
				t.Errorf("%s: %d searches, leading to %q", target, form.Length(), action)
			}
			if asks, _ := form.Attr("data-find"); asks != "/api/v1/suggestions?lang="+tag+"&q=" {
				t.Errorf("%s: suggestions come from %q", target, asks)
			}
			if doc.Find(`script[src="/assets/site.1.js"][defer]`).Length() != 1 {
				t.Errorf("%s: the script is not on the page", target)
			}
		}
	}
	if typed, _ := parse(t, "/areas", s.get(t, "/areas?q=cumb")).Find("#q").Attr("value"); typed != "cumb" {
		t.Errorf("the search holds %q", typed)
	}
}

// Suggestions are few, in the reader's language, say why, and lead to pages that are there.
func TestSuggestionsAsTyped(t *testing.T) {
	s := shared(t)
	for query, want := range map[string]struct{ status, first, reason, href string }{
		"lang=en&q=rutl":    {"1 area found.", "Leicestershire and Rutland", "includes Rutland", "/areas/leicestershire-and-rutland"},
		"lang=cy&q=cardiff": {"Cafwyd hyd i 1 ardal.", "Caerdydd", "“Cardiff” yn Saesneg", "/cy/areas/cardiff"},
		"q=caerd":           {"1 area found.", "Cardiff", "“Caerdydd” in Welsh", "/areas/cardiff"},
		"q=liecest":         {"", "Leicester City", "", "/areas/leicester-city"},
		"q=rutlnad":         {"", "Leicestershire and Rutland", "close to “Rutland”", "/areas/leicestershire-and-rutland"},
		"q=cumberland":      {"1 area found.", "Cumberland", "", "/areas/cumberland"},
		"q=nowhere+at+all":  {"0 areas found.", "", "", ""},
	} {
		r := s.get(t, "/api/v1/suggestions?"+query)
		var answer struct{ Data api.Suggestions }
		if err := json.Unmarshal(r.body, &answer); err != nil || r.status != 200 {
			t.Errorf("%s: status %d, %v", query, r.status, err)
			continue
		}
		if want.status != "" && answer.Data.Status != want.status {
			t.Errorf("%s: %q, want %q", query, answer.Data.Status, want.status)
		}
		if len(answer.Data.Areas) > 8 || len(answer.Data.Areas) == 0 != (want.first == "") {
			t.Errorf("%s: %d areas", query, len(answer.Data.Areas))
		}
		if len(answer.Data.Areas) == 0 {
			continue
		}
		first, reason := answer.Data.Areas[0], ""
		if first.Reason != nil {
			reason = *first.Reason
		}
		if first.Name != want.first || reason != want.reason || first.Href != want.href {
			t.Errorf("%s: first %s (%s) at %s", query, first.Name, reason, first.Href)
		}
		if page := s.get(t, first.Href); page.status != 200 {
			t.Errorf("%s leads to %s, which answers %d", query, first.Href, page.status)
		}
	}
	if r := s.get(t, "/api/v1/suggestions"); r.status != 400 {
		t.Errorf("without a query: status %d", r.status)
	}
}

// What readers type takes no room from pages, and is kept within a bound.
func TestTypedAnswersAreKeptApart(t *testing.T) {
	s := newSite(t, shipped(t))
	e := s.current.Load()
	for range 2 {
		for first := 'a'; first <= 'z'; first++ {
			s.get(t, "/api/v1/suggestions?q="+string(first)+"a")
		}
	}
	if e.rendered.Len() != 0 || e.typed.Len() != 26 {
		t.Errorf("%d pages and %d typed answers are kept, want 0 and 26", e.rendered.Len(), e.typed.Len())
	}
}

// The map has one tile for every current area, at a place that the stylesheet knows, saying what the table says.
func TestMapIsItsTable(t *testing.T) {
	s := shared(t)
	current := 0
	for _, a := range shipped(t).Areas() {
		if a.Current {
			current++
		}
	}
	for _, target := range []string{"/map", "/cy/map?programme=cci", "/map?indicator=fte_rate_per_100k"} {
		doc := parse(t, target, s.get(t, target))
		table := make(map[string]bool)
		doc.Find("table tbody tr").Each(func(_ int, row *goquery.Selection) {
			href, _ := row.Find("th a").Attr("href")
			table[href] = true
		})
		places := make(map[string]bool)
		tiles := doc.Find(".ys-map a")
		tiles.Each(func(_ int, tile *goquery.Selection) {
			href, _ := tile.Attr("href")
			place, _ := tile.Parent().Attr("class")
			place, _, _ = strings.Cut(place, " ys-ends")
			if !table[href] || places[place] || !strings.Contains(tile.Find(".ys-tile__name").Text(), ": ") {
				t.Errorf("%s: a tile of %s at %s, named %q", target, href, place, tile.Find(".ys-tile__name").Text())
			}
			places[place] = true
		})
		if tiles.Length() != len(table) || len(table) != current {
			t.Errorf("%s: %d tiles, %d rows", target, tiles.Length(), len(table))
		}
		csv, _ := doc.Find(`a[href^="/api/v1/map?"]`).Attr("href")
		if lines := strings.Count(s.get(t, csv).text(), "\n"); lines != len(table)+1 {
			t.Errorf("%s: %s has %d lines, want %d", target, csv, lines, len(table)+1)
		}
	}
}

// Every tile of a class has a mark of its own: none is told from another by colour alone.
func TestMarksAreApart(t *testing.T) {
	s := shared(t)
	for _, target := range []string{"/map", "/cy/map", "/cy/map?programme=cci", "/map?programme=fji", "/cy/map?programme=fji&scale=fji2013", "/map?indicator=fte_rate_per_100k"} {
		marks := make(map[string]string)
		parse(t, target, s.get(t, target)).Find(".ys-legend .ys-tile").Each(func(_ int, key *goquery.Selection) {
			class, _ := key.Attr("class")
			mark := key.Text()
			if other, taken := marks[mark]; taken {
				t.Errorf("%s: %s and %s both have the mark %q", target, other, class, mark)
			}
			marks[mark] = class
		})
		if len(marks) < 4 {
			t.Errorf("%s: the marks %v", target, marks)
		}
	}
}
