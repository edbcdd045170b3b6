package archive_test

import (
	"context"
	"errors"
	"flag"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"yardstick/analytics"
	"yardstick/dashboards/archive"
	"yardstick/dashboards/server"
	"yardstick/dashboards/sitetest"
	"yardstick/static"
)

var written = flag.String("edition", "", "folder of an edition to check instead of one that is cut short")

// served returns a server of static pages about the shipped record, which names the site or not.
func served(t *testing.T, address string) (*server.Server, *analytics.Snapshot) {
	t.Helper()
	snapshot := sitetest.Shipped(t)
	manifest, errManifest := static.Manifest()
	drawing, errDrawing := static.Drawing()
	if err := errors.Join(errManifest, errDrawing); err != nil {
		t.Fatal(err)
	}
	s, err := server.New(server.Config{Assets: static.Dist(), Manifest: manifest, Drawing: drawing, Static: true,
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return sitetest.Built }, Site: address,
		PublicLog: func() (log, checkpoint []byte, err error) { return []byte("log\n"), []byte("checkpoint\n"), nil }})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(snapshot); err != nil {
		t.Fatal(err)
	}
	return s, snapshot
}

// edition returns the folder of an edition that is cut short: of the areas and inspections it has those of Leicester.
func edition(t *testing.T) string {
	t.Helper()
	s, snapshot := served(t, "")
	from, err := archive.Of(s, snapshot, true)
	if err != nil {
		t.Fatal(err)
	}
	all := from.Kept
	from.Kept = func(address string) (kept string, ok bool) {
		for _, kind := range []string{"/areas/", "/inspections/"} {
			if _, id, found := strings.Cut(address, kind); found && !strings.HasPrefix(id, "leicester-city") {
				return "", false
			}
		}
		return all(address)
	}
	from.Start = slices.DeleteFunc(from.Start, func(address string) bool {
		_, ok := from.Kept(address)
		return !ok
	})
	dir := filepath.Join(t.TempDir(), "edition")
	if _, err := archive.Write(t.Context(), dir, from, func(archive.Progress) {}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Every address in every page leads to a file, and to a place in it that is there: from a disk, and through a file
// server that keeps the edition in a folder of its own.
func TestEveryLinkOfAnEditionLeadsSomewhere(t *testing.T) {
	if testing.Short() {
		t.Skip("it draws every chart of some pages")
	}
	dir := *written
	if dir == "" {
		dir = edition(t)
	}
	files := http.StripPrefix("/kept/here", http.FileServer(http.Dir(dir)))
	web := httptest.NewServer(files)
	defer web.Close()
	for name, open := range map[string]func(file string) ([]byte, error){
		"a disk": func(file string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, filepath.FromSlash(file))) },
		"a file server": func(file string) ([]byte, error) {
			at := (&url.URL{Path: "/kept/here/" + strings.TrimSuffix(file, "index.html")}).String()
			answer, err := http.Get(web.URL + at)
			if err != nil {
				return nil, err
			}
			defer answer.Body.Close()
			if answer.StatusCode != http.StatusOK {
				return nil, errors.New(answer.Status)
			}
			return io.ReadAll(answer.Body)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := walk{open: open, pages: make(map[string]map[string]bool), ends: make(map[string]bool)}
			w.visit(t, "the start", "index.html")
			all := 0
			err := fs.WalkDir(os.DirFS(dir), ".", func(file string, entry fs.DirEntry, err error) error {
				if err != nil || entry.IsDir() || file == "SHA256SUMS" || strings.HasPrefix(file, "assets/charts.") ||
					strings.HasPrefix(file, "releases/") && path.Ext(file) == "" {
					return err
				}
				if all++; !w.ends[file] && !strings.Contains(file, "target/") {
					t.Errorf("nothing leads to %s", file)
				}
				return nil
			})
			if err != nil || all < 40 {
				t.Errorf("%d files, %v", all, err)
			}
			w.points(t)
			t.Logf("%d files, %d pages", all, len(w.pages))
		})
	}
}

// walk follows everything that pages refer to.
type walk struct {
	open   func(file string) ([]byte, error)
	pages  map[string]map[string]bool // what can be pointed at, by page
	ends   map[string]bool            // files that were reached
	within [][3]string                // a page, the page that it leads to, and the place there
}

func (w *walk) visit(t *testing.T, from, file string) {
	if w.ends[file] {
		return
	}
	w.ends[file] = true
	content, err := w.open(file)
	if err != nil {
		t.Errorf("%s leads to %s: %v", from, file, err)
		return
	}
	if path.Ext(file) != ".html" {
		return
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(content)))
	if err != nil {
		t.Fatal(err)
	}
	ids := make(map[string]bool)
	doc.Find("[id]").Each(func(_ int, e *goquery.Selection) { ids[e.AttrOr("id", "")] = true })
	w.pages[file] = ids
	if doc.Find(".ys-banner").Length() != 1 {
		t.Errorf("%s does not say what it is a copy of", file)
	}
	if n := doc.Find("form").Not("[data-index]").Length(); n > 0 {
		t.Errorf("%s has %d forms that need a server", file, n)
	}
	for _, name := range []string{"href", "src", "action", "data-index", "data-find", "data-png"} {
		doc.Find("[" + name + "]").Each(func(_ int, e *goquery.Selection) {
			ref := e.AttrOr(name, "")
			u, err := url.Parse(ref)
			switch {
			case err != nil || strings.HasPrefix(ref, "/"):
				t.Errorf("%s: %s=%q leads out of the edition (%v)", file, name, ref, err)
			case u.Scheme != "":
			case u.Path == "":
				w.within = append(w.within, [3]string{file, file, u.Fragment})
			default:
				to := path.Join(path.Dir(file), u.Path)
				w.within = append(w.within, [3]string{file, to, u.Fragment})
				w.visit(t, file, to)
			}
		})
	}
}

// points wants what is pointed at within pages to be there.
func (w *walk) points(t *testing.T) {
	for _, p := range w.within {
		if ids := w.pages[p[1]]; p[2] != "" && ids != nil && !ids[p[2]] {
			t.Errorf("%s leads to %s#%s, which is not there", p[0], p[1], p[2])
		}
	}
}

// What the edition does not have leads to the same release of the site, where it is known where that is.
func TestWhatAnEditionLacksLeadsToTheSite(t *testing.T) {
	s, snapshot := served(t, "https://yardstick.example")
	from, err := archive.Of(s, snapshot, false)
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]struct{ kept, live string }{
		"/":                       {"/", "https://yardstick.example/r/0123456789ab"},
		"/cy/areas":               {"/cy/areas", "https://yardstick.example/cy/r/0123456789ab/areas"},
		"/trends?theme=a_b":       {"/trends?theme=a_b", "https://yardstick.example/r/0123456789ab/trends?theme=a_b"},
		"/contact?page=%2Fareas":  {"/contact", "https://yardstick.example/r/0123456789ab/contact?page=%2Fareas"},
		"/compare?with=a&with=b":  {"", "https://yardstick.example/r/0123456789ab/compare?with=a&with=b"},
		"/trends?theme=..%2F..":   {"", "https://yardstick.example/r/0123456789ab/trends?theme=..%2F.."},
		"/areas?q=x":              {"", "https://yardstick.example/r/0123456789ab/areas?q=x"},
		"/embed/areas/x/latest":   {"", "https://yardstick.example/embed/areas/x/latest"},
		"/api/v1/areas":           {"", "https://yardstick.example/api/v1/areas"},
		"/feed.atom":              {"", "https://yardstick.example/feed.atom"},
		"/take/areas/x/y.csv":     {"/take/areas/x/y.csv", "https://yardstick.example/r/0123456789ab/take/areas/x/y.csv"},
		"/data/results.csv":       {"/data/results.csv", "https://yardstick.example/data/results.csv"},
		"//elsewhere.example/x":   {"", "https://yardstick.example//elsewhere.example/x"},
		"/r/0123456789ab/areas/x": {"", "https://yardstick.example/r/0123456789ab/areas/x"},
	} {
		kept, ok := from.Kept(address)
		if kept != want.kept || ok != (want.kept != "") {
			t.Errorf("%s is kept as %q, %t; want %q", address, kept, ok, want.kept)
		}
		if live := from.Live(address); live != want.live && !strings.HasPrefix(address, "//") {
			t.Errorf("%s is at %q of the site, want %q", address, live, want.live)
		}
	}
}

// Where a page cannot be had, or the writing is stopped, nothing is left.
func TestAnEditionIsWholeOrNotThere(t *testing.T) {
	pages := map[string]string{"/": `<a href="/one">one</a>`, "/one": `<a href="/two">two</a>`}
	from := archive.Source{Start: []string{"/"}, Workers: 1,
		Kept:      func(address string) (string, bool) { return address, true },
		Live:      func(string) string { return "" },
		NeedsSite: func(string) (string, string) { return "It needs the site.", "" },
		Fetch: func(address string) (int, string, []byte) {
			if page, ok := pages[address]; ok {
				return http.StatusOK, "text/html", []byte(page)
			}
			return http.StatusNotFound, "text/html", nil
		}}
	parent := t.TempDir()
	write := func(ctx context.Context) error {
		_, err := archive.Write(ctx, filepath.Join(parent, "edition"), from, func(archive.Progress) {})
		return err
	}
	if err := write(t.Context()); err == nil || !strings.Contains(err.Error(), "/one leads to /two, which answers 404") {
		t.Errorf("a page that is not there: %v", err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := write(stopped); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if left, _ := os.ReadDir(parent); len(left) > 0 {
		t.Errorf("left %v", left)
	}
	pages["/two"] = `<form action="/find"><input name="q"></form><a href="/">start</a> <a href="/one?letter=a#b">a</a>`
	pages["/one?letter=a"] = ""
	if err := write(t.Context()); err != nil {
		t.Fatal(err)
	}
	two, err := os.ReadFile(filepath.Join(parent, "edition", "two", "index.html"))
	if err != nil || !strings.Contains(string(two), `<p class="govuk-inset-text">It needs the site.</p>`) ||
		!strings.Contains(string(two), `<a href="../index.html">start</a> <a href="../one/letter=a/index.html#b">a</a>`) {
		t.Errorf("%s, %v", two, err)
	}
	if err := write(t.Context()); err == nil || !strings.Contains(err.Error(), "is not an empty folder") {
		t.Errorf("a folder that has an edition: %v", err)
	}
	var names []string
	left, _ := os.ReadDir(parent)
	for _, e := range left {
		names = append(names, e.Name())
	}
	if !slices.Equal(names, []string{"edition"}) {
		t.Errorf("left %v", names)
	}
}
