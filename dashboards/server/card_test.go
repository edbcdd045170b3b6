package server

import (
	"bytes"
	"errors"
	"image/png"
	"strings"
	"testing"

	"yardstick/static"
)

// Who shows a link to a page gets a picture of the page's first figure, at a whole address, of the size that the page
// says, in the page's language and of the release that it names. A page without figures has no picture.
func TestLinksAreShownWithAPicture(t *testing.T) {
	if testing.Short() {
		t.Skip("it draws")
	}
	code, err := static.Raster()
	if errors.Is(err, static.ErrNotBuilt) && testing.Short() {
		t.Skip(err) // a short run needs no Node, which brings the library
	}
	if err != nil {
		t.Fatal(err)
	}
	s := published(t, Config{Site: testSite, Raster: code})
	for target, want := range map[string]string{
		"/areas/leicester-city":            "/take/areas/leicester-city/ratings.png",
		"/cy/inspections/" + rutland:       "/cy/take/inspections/" + rutland + "/headlines.png",
		"/indicators?area=leicester-city":  "/take/indicators/series.png?area=leicester-city",
		"/about":                           "",
		"/tables?show=nothing&of=anything": "",
	} {
		doc := parse(t, target, s.get(t, target))
		picture := doc.Find(`meta[property="og:image"]`).AttrOr("content", "")
		card := doc.Find(`meta[name="twitter:card"]`)
		if want == "" {
			if picture != "" || card.AttrOr("content", "") != "summary" {
				t.Errorf("%s has the picture %q", target, picture)
			}
			continue
		}
		if picture != testSite+want || card.Length() != 1 || card.AttrOr("content", "") != "summary_large_image" ||
			doc.Find(`meta[property="og:image:alt"]`).AttrOr("content", "") == "" {
			t.Errorf("%s has the picture %q, want %q", target, picture, testSite+want)
			continue
		}
		r := s.get(t, strings.TrimPrefix(picture, testSite))
		size, err := png.DecodeConfig(bytes.NewReader(r.body))
		if r.status != 200 || r.header.Get("Content-Type") != "image/png" || err != nil || size.Width != 1200 ||
			size.Height != 630 || doc.Find(`meta[property="og:image:width"]`).AttrOr("content", "") != "1200" {
			t.Errorf("%s: status %d, %s, %v, %v", picture, r.status, r.header.Get("Content-Type"), size, err)
		}
	}
	// A site that cannot make pictures names none, and has none.
	without := shared(t)
	page := without.get(t, "/areas/leicester-city")
	if strings.Contains(string(page.body), "og:image") {
		t.Error("a site without pictures names one")
	}
	if r := without.get(t, "/take/areas/leicester-city/ratings.png"); r.status != 404 {
		t.Errorf("and answers %d for it", r.status)
	}
}
