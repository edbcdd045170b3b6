package server

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"

	"yardstick/dashboards/site"
	"yardstick/dashboards/view"
)

// The catalogue says the same to a reader of JSON-LD that knows only DCAT: a dataset with its licence and period, and
// each of its files where it can be downloaded, of the size that it says.
func TestCatalogIsReadAsDCAT(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks for hundreds of pages")
	}
	s := published(t, Config{Site: testSite})
	r := s.get(t, site.DataRoot+site.CatalogFile)
	if r.status != http.StatusOK || !strings.HasPrefix(r.header.Get("Content-Type"), site.CatalogType) {
		t.Fatalf("status %d, type %q", r.status, r.header.Get("Content-Type"))
	}
	var content any
	if err := json.Unmarshal(r.body, &content); err != nil {
		t.Fatal(err)
	}
	expanded, err := ld.NewJsonLdProcessor().Expand(content, nil)
	if err != nil || len(expanded) != 1 {
		t.Fatalf("%d things, %v", len(expanded), err)
	}
	const dcat, dct = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
	dataset := firstOf(t, expanded[0], dcat+"dataset")
	for _, property := range []string{dct + "title", dct + "description", dct + "license", dct + "temporal",
		dct + "identifier", dcat + "landingPage"} {
		firstOf(t, dataset, property)
	}
	files := dataset[dcat+"distribution"].([]any)
	if len(files) < 20 {
		t.Errorf("%d files", len(files))
	}
	for _, file := range files {
		file := file.(map[string]any)
		address := firstOf(t, file, dcat+"downloadURL")["@id"].(string)
		path, ours := strings.CutPrefix(address, testSite)
		got := s.get(t, path)
		if size := firstOf(t, file, dcat+"byteSize")["@value"]; !ours || got.status != http.StatusOK ||
			size != strconv.Itoa(len(got.body)) {
			t.Errorf("%s: status %d, %d bytes, not %v", address, got.status, len(got.body), size)
		}
	}
}

// firstOf returns the first value of a property of an expanded thing.
func firstOf(t *testing.T, thing any, property string) map[string]any {
	t.Helper()
	values, _ := thing.(map[string]any)[property].([]any)
	if len(values) == 0 {
		t.Fatalf("no %s", property)
	}
	return values[0].(map[string]any)
}

// A browser that reads the description finds an area with it.
func TestSearchIsDescribedForBrowsers(t *testing.T) {
	s := published(t, Config{Site: testSite})
	for tag, words := range map[string]string{"en": "Cardiff", "cy": "Caerdydd"} {
		link := parse(t, tag, s.get(t, view.PathIn(tag, "/"))).Find(`link[rel="search"]`).AttrOr("href", "")
		r := s.get(t, strings.TrimPrefix(link, testSite))
		var described struct {
			XMLName xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
			Name    string   `xml:"ShortName"`
			Text    string   `xml:"Description"`
			URL     struct {
				Template string `xml:"template,attr"`
			} `xml:"Url"`
		}
		if err := xml.Unmarshal(r.body, &described); err != nil || len(described.Name) > 16 || described.Text == "" {
			t.Fatalf("%s: %v, %+v", link, err, described)
		}
		target := strings.Replace(described.URL.Template, "{searchTerms}", url.QueryEscape(words), 1)
		if found := s.get(t, strings.TrimPrefix(target, testSite)); !strings.Contains(
			string(found.body)+found.header.Get("Location"), "/areas/cardiff") {
			t.Errorf("%s does not lead to Cardiff: status %d", target, found.status)
		}
	}
}

// Another site that has a link to a page or to a figure is told how to show the figure, within the room it has.
func TestFiguresAreShownElsewhere(t *testing.T) {
	s := published(t, Config{Site: testSite})
	page := parse(t, "Leicester City", s.get(t, "/areas/leicester-city"))
	discovered, _ := url.Parse(page.Find(`link[type="application/json+oembed"]`).AttrOr("href", ""))
	address := discovered.Query().Get("url")
	if address != testSite+"/areas/leicester-city" {
		t.Fatalf("the page names %q", address)
	}
	ask := func(address, more string) (answer struct {
		Version, Type, Title, HTML string
		Width, Height              int
	}, status int) {
		r := s.get(t, site.OEmbedPath+"?url="+url.QueryEscape(address)+more)
		if r.status == http.StatusOK {
			if err := json.Unmarshal(r.body, &answer); err != nil {
				t.Fatal(err)
			}
		}
		return answer, r.status
	}
	first, status := ask(address, "")
	frame := parse(t, "frame", reply{body: []byte(first.HTML)})
	if status != http.StatusOK || first.Version != "1.0" || first.Type != "rich" || first.Title == "" {
		t.Fatalf("status %d, %+v", status, first)
	}
	source := frame.Find("iframe").AttrOr("src", "")
	if r := s.get(t, strings.TrimPrefix(source, testSite)); r.status != http.StatusOK ||
		!strings.Contains(source, site.PermanentRoot) {
		t.Errorf("the figure's frame is %s, status %d", source, r.status)
	}
	again, status := ask(source, "&format=json&maxwidth=320&maxheight=300")
	if status != http.StatusOK || again.Title != first.Title || again.Width != 320 || again.Height != 300 ||
		!strings.Contains(again.HTML, `width="320" height="300"`) {
		t.Errorf("by its frame: status %d, %+v", status, again)
	}
	if home, status := ask(testSite+"/cy", ""); status != http.StatusOK || !strings.Contains(home.HTML, "/cy/r/") {
		t.Errorf("the Welsh home page: status %d, %+v", status, home)
	}
	for query, want := range map[string]int{
		"url=" + url.QueryEscape("https://elsewhere.example/areas/leicester-city"): http.StatusNotFound,
		"url=" + url.QueryEscape(testSite+".evil.example/areas/leicester-city"):    http.StatusNotFound,
		"url=" + url.QueryEscape(testSite+"/embed/areas/leicester-city/no-such"):   http.StatusNotFound,
		"url=" + url.QueryEscape(testSite+"/embed/areas/nowhere/latest"):           http.StatusNotFound,
		"url=" + url.QueryEscape(testSite+"/r/xyz/areas/leicester-city"):           http.StatusNotFound,
		"": http.StatusNotFound,
		"format=xml&url=" + url.QueryEscape(address):  http.StatusNotImplemented,
		"maxwidth=0&url=" + url.QueryEscape(address):  http.StatusBadRequest,
		"maxwidth=-1&url=" + url.QueryEscape(address): http.StatusBadRequest,
	} {
		if r := s.get(t, fmt.Sprint(site.OEmbedPath, "?", query)); r.status != want {
			t.Errorf("%s: status %d, want %d", query, r.status, want)
		}
	}
}
