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
		"/areas?q=Melton+Mowbray":               "/areas/leicestershire-and-rutland?for=Melton+Mowbray",
		"/areas?q=+le13+1AA+":                   "/areas/leicestershire-and-rutland?for=le13+1AA",
		"/cy/areas?q=Y+Fenni":                   "/cy/areas/monmouthshire-and-torfaen?for=Y+Fenni",
		"/cy/areas?q=mold":                      "/cy/areas/flintshire?for=mold",
		"/areas?q=newport":                      "", // several towns
		"/areas?q=LE1+6ZG":                      "", // of two areas
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

// Where no one area is meant, the page says why in plain words, lists those that may be or the regions, and has no
// citation; the area's page says why it was come to, and says nothing of places that it does not serve.
func TestPlacesAreExplained(t *testing.T) {
	s := shared(t)
	for target, want := range map[string]struct {
		says    []string
		regions bool
		areas   int
	}{
		"/areas?q=LE1+6ZG": {[]string{"LE1 6ZG is served by 2 areas.", "We know how the postcodes of LE1 6 are shared",
			"98% of the postcodes in LE1 6; last inspected"}, false, 2},
		"/areas?q=LE1":      {[]string{"LE1 is served by 2 areas.", "Type a full postcode"}, false, 2},
		"/areas?q=td12":     {[]string{"Part of TD12 is served by 1 area.", "Part of TD12 is in Scotland"}, false, 1},
		"/areas?q=London":   {[]string{"London has 31 areas.", "in London, your borough"}, false, 31},
		"/areas?q=richmond": {[]string{"Richmond is in the council area of North Yorkshire"}, false, -1},
		"/areas?q=EH1+1AA":  {[]string{"EH1 1AA is in Scotland. Yardstick covers England and Wales only."}, false, 0},
		"/areas?q=bt1":      {[]string{"BT1 is in Northern Ireland."}, false, 0},
		"/areas?q=xq1+1aa":  {[]string{"We do not know the postcode XQ1 1AA.", "Choose your region", "Wales"}, true, 0},
		"/areas?q=zzqx":     {[]string{"We found no place or area called “zzqx”.", "Choose your region"}, true, 0},
		"/areas?q=Loughbroug": {[]string{"Did you mean one of these?",
			"close to “Loughborough”, in the council area of Charnwood"}, false, -1},
		"/cy/areas?q=LE1": {[]string{"Nifer yr ardaloedd sy'n gwasanaethu LE1: 2.", "Teipiwch god post llawn"}, false, 2},
		"/cy/areas?q=G1":  {[]string{"Mae G1 yn yr Alban."}, false, 0},
		"/areas/leicestershire-and-rutland?for=Melton+Mowbray": {[]string{
			"Melton Mowbray is served by Leicestershire and Rutland. It is in the council area of Melton."}, false, -1},
		"/cy/areas/flintshire?for=mold":      {[]string{"Sir y Fflint sy'n gwasanaethu Mold"}, false, -1},
		"/areas/newport?for=Newport+Pagnell": {nil, false, -1},
	} {
		r := s.get(t, target)
		if r.status != 200 {
			t.Errorf("%s: status %d", target, r.status)
			continue
		}
		doc := parse(t, target, r)
		main := strings.Join(strings.Fields(doc.Find("main").Text()), " ")
		for _, words := range want.says {
			if !strings.Contains(main, words) {
				t.Errorf("%s does not say %q", target, words)
			}
		}
		search := strings.Contains(target, "?q=")
		if cited := doc.Find("#cite").Length() > 0; cited == search {
			t.Errorf("%s: cited %v", target, cited)
		}
		if n := doc.Find(".ys-timeline li").Length(); search && want.areas >= 0 && n != want.areas {
			t.Errorf("%s lists %d areas, want %d", target, n, want.areas)
		}
		if got := doc.Find(`main a[href$="/areas#wales"]`).Length() > 0; search && got != want.regions {
			t.Errorf("%s: regions %v", target, got)
		}
		if canonical, _ := doc.Find(`link[rel="canonical"]`).Attr("href"); strings.Contains(canonical, "for=") {
			t.Errorf("%s is said to be %s", target, canonical)
		}
		if note := doc.Find(".govuk-inset-text").Length(); !search && (note == 1) != (want.says != nil) {
			t.Errorf("%s: %d notes", target, note)
		}
	}
}

// The first field of the first page is the search, labelled in plain words.
func TestFirstFieldIsTheSearch(t *testing.T) {
	s := shared(t)
	for target, label := range map[string]string{"/": "Town, postcode or council", "/cy": "Tref, cod post neu gyngor"} {
		doc := parse(t, target, s.get(t, target))
		if name, _ := doc.Find("input, select, textarea").First().Attr("name"); name != "q" {
			t.Errorf("%s: the first field is %q", target, name)
		}
		if got := doc.Find(`main label[for="q"]`).Text(); got != label {
			t.Errorf("%s: it is labelled %q", target, got)
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
			t.Errorf("%s, of %d inspections: status %d to %q", a.Name.EN, len(held), r.status, r.header.Get("Location"))
		}
	}
}

// Every page has one search, in its own language and with the script that helps it, and what was searched for stands
// in it.
func TestEveryPageSearches(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks for hundreds of pages")
	}
	s := shared(t)
	for _, p := range shared(t).site.Routes() {
		for _, tag := range []string{"en", "cy"} {
			target := view.PathIn(
				tag,
				strings.Replace(p.Path, ":id", map[string]string{"area": "cardiff", "inspection": leicester}[p.Name],
					1),
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
		"lang=en&q=rutl": {"1 area found.", "Leicestershire and Rutland", "includes Rutland",
			"/areas/leicestershire-and-rutland"},
		"lang=cy&q=cardiff": {"Cafwyd hyd i 1 ardal.", "Caerdydd", "“Cardiff” yn Saesneg", "/cy/areas/cardiff"},
		"q=caerd":           {"1 area found.", "Cardiff", "“Caerdydd” in Welsh", "/areas/cardiff"},
		"q=liecest":         {"", "Leicester City", "", "/areas/leicester-city"},
		"q=rutlnad": {"", "Leicestershire and Rutland", "close to “Rutland”",
			"/areas/leicestershire-and-rutland"},
		"q=cumberland":     {"1 area found.", "Cumberland", "", "/areas/cumberland"},
		"q=nowhere+at+all": {"0 areas found.", "", "", ""},
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
	for _, target := range []string{"/map", "/cy/map", "/cy/map?programme=cci", "/map?programme=fji",
		"/cy/map?programme=fji&scale=fji2013", "/map?indicator=fte_rate_per_100k"} {
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
