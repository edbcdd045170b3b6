package site

import (
	"strings"
	"testing"
	"time"
	"yardstick/dashboards/sitetest"
	"yardstick/dashboards/view"
)

func TestInitial(t *testing.T) {
	for text, want := range map[string]string{"Leeds": "l", "  ‘quoted’": "q", "12 things": "0", "": "0", "Ŵyr": "0",
		"(a)": "a"} {
		if got := initial(text); got != want {
			t.Errorf("%q is under %q, want %q", text, got, want)
		}
	}
}

func TestSiteAddress(t *testing.T) {
	for text, want := range map[string]string{
		"https://yardstick.example": "https://yardstick.example", "https://yardstick.example/": "https://yardstick.example",
		"http://127.0.0.1:8080": "http://127.0.0.1:8080",
		"yardstick.example":     "", "//yardstick.example": "", "ftp://yardstick.example": "", "https://": "",
		"https://yardstick.example/path": "", "https://a@yardstick.example": "",
		"https://yardstick.example?q": "", "https://yardstick.example/#x": "", "https://yard stick": "",
		"javascript:alert(1)": "",
	} {
		if got, err := siteAddress(text); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", text, got, err)
		}
	}
}

// The code of a frame names this release, whatever a headline has in it, by the whole address where the site is known.
func TestFrameCode(t *testing.T) {
	for _, address := range []string{"https://yardstick.example", ""} {
		s, err := New(Config{Now: func() time.Time { return sitetest.Built }, Address: address})
		if err != nil {
			t.Fatal(err)
		}
		r := Request{
			tag:      "en",
			Route:    s.routes[0],
			words:    s.Words("en", sitetest.Shipped(t)),
			snapshot: sitetest.Shipped(t),
		}
		f := view.Figure{ID: "f", Headline: `"><script>`, Options: []byte("{}"), Size: "s"}
		s.cite(&r, &view.Base{Release: "0123456789ab"}, []*view.Figure{&f}, nil)
		if code := f.Take.Code; !strings.HasPrefix(code,
			`<iframe src="`+address+`/r/0123456789ab/embed/f" title="&#34;&gt;&lt;script&gt;"`) {
			t.Errorf("%q: %s", address, code)
		}
		if (f.Take.Path != "") != (address == "") {
			t.Errorf("%q: %q is to be completed", address, f.Take.Path)
		}
	}
}
