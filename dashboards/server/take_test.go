package server

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"yardstick/analytics"
	"yardstick/analytics/duck/ducktest"
	"yardstick/dashboards/cache"
	"yardstick/dashboards/site"
	"yardstick/dashboards/view"
	"yardstick/data"
)

// taken are pages of every kind, from which everything is taken.
var taken = []string{
	"/",
	"/areas",
	"/areas/leicester-city",
	"/areas/leicestershire-and-rutland",
	"/inspections/" + rutland,
	"/inspections/" + leicester,
	"/inspections?programme=fji",
	"/benchmarks",
	"/trends?theme=overall",
	"/indicators",
	"/releases",
	"/data",
	"/target",
	"/methodology",
	"/compare?with=" + leicester + "&with=" + rutland,
}

// Every table of every kind of page is had as CSV and as a workbook, every chart as an image and in a frame, in both
// languages.
func TestEveryPartIsTaken(t *testing.T) {
	if testing.Short() {
		t.Skip("it downloads every part of every kind of page")
	}
	s := shared(t)
	for _, address := range taken {
		for _, tag := range []string{"en", "cy"} {
			target := view.PathIn(tag, address)
			doc := parse(t, target, s.get(t, target))
			tables, figures := doc.Find(".ys-table-wrap table"), doc.Find("[data-chart]")
			links := doc.Find("a[download][href*='" + site.FileRoot + "/']")
			if want := 2*tables.Length() + figures.Length(); links.Length() != want {
				t.Errorf("%s: %d links to files, want %d", target, links.Length(), want)
			}
			if code := doc.Find("textarea.ys-take__code").Length(); code != figures.Length() {
				t.Errorf("%s: %d charts and code for %d frames", target, figures.Length(), code)
			}
			for n := range links.Length() {
				href, _ := links.Eq(n).Attr("href")
				checkTaken(t, href, s.get(t, href))
			}
			alternate, _ := doc.Find(`link[rel="alternate"][type="application/json"]`).Attr("href")
			if r := s.get(t, alternate); r.status != 200 ||
				r.header.Get("Content-Type") != "application/json; charset=utf-8" {
				t.Errorf("%s: %s, the same as data, answers %d %s", target, alternate, r.status,
					r.header.Get("Content-Type"))
			}
			if doc.Find(`.ys-cite a[href="`+alternate+`"]`).Length() != 1 {
				t.Errorf("%s shows no link to %s", target, alternate)
			}
		}
	}
}

func checkTaken(t *testing.T, href string, r reply) {
	t.Helper()
	if r.status != 200 ||
		!strings.HasPrefix(r.header.Get("Content-Disposition"), `attachment; filename="yardstick-`) {
		t.Errorf("%s: status %d, %s", href, r.status, r.header.Get("Content-Disposition"))
		return
	}
	path, _, _ := strings.Cut(href, "?")
	switch path[strings.LastIndexByte(path, '.'):] {
	case ".csv":
		rows, err := csv.NewReader(bytes.NewReader(r.body)).ReadAll()
		if err != nil || len(rows) == 0 {
			t.Errorf("%s: %d rows, %v", href, len(rows), err)
			return
		}
		names := map[string]bool{}
		for _, name := range rows[0] {
			if names[name] {
				t.Errorf("%s has two columns %q", href, name)
			}
			names[name] = true
		}
	case ".xlsx":
		book, err := excelize.OpenReader(bytes.NewReader(r.body))
		if err != nil || len(book.GetSheetList()) != 2 {
			t.Errorf("%s: %v", href, err)
		}
	case ".svg":
		if err := xml.Unmarshal(r.body, new(struct{})); err != nil ||
			!strings.Contains(r.text(), "Open Government Licence v3.0") &&
				!strings.Contains(r.text(), "Drwydded Llywodraeth Agored v3.0") {
			t.Errorf("%s: no image with its licence: %v", href, err)
		}
	default:
		t.Errorf("%s is of no format", href)
	}
}

// The table of a press notice as a file: numbers are numbers, and the header is in the language of its page.
func TestNoticeAsFile(t *testing.T) {
	s := sited(t)
	for target, want := range map[string]string{
		"/take/inspections/" + rutland + "/notice.csv": "Measure,\"Wales and the English regions to date, as printed: " +
			"Lowest (%)\",\"Wales and the English regions to date, as printed: Highest (%)\"," +
			"\"Wales and the English regions to date, as printed: Average (%)\",Leicestershire and Rutland (%),Comment\n" +
			"Safeguarding (action to protect the young person),37,91,68,69,MODERATE improvement required\n",
		"/cy/take/inspections/" + rutland + "/notice.csv": "Mesur,\"Cymru a rhanbarthau Lloegr hyd hynny, fel yr " +
			"argraffwyd: Isaf (%)\",\"Cymru a rhanbarthau Lloegr hyd hynny, fel yr argraffwyd: Uchaf (%)\"," +
			"\"Cymru a rhanbarthau Lloegr hyd hynny, fel yr argraffwyd: Cyfartaledd (%)\",Leicestershire and Rutland (%),Sylw\n" +
			"Diogelu (camau i amddiffyn y person ifanc),37,91,68,69,Angen gwelliant CYMEDROL\n",
	} {
		if diff := cmp.Diff(want, strings.Join(strings.SplitAfter(s.get(t, target).text(), "\n")[:2], "")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", target, diff)
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(s.get(t, "/cy/take/inspections/"+rutland+"/notice.xlsx").body))
	if err != nil {
		t.Fatal(err)
	}
	if kind, err := book.GetCellType("notice", "E2"); err != nil || kind == excelize.CellTypeInlineString ||
		kind == excelize.CellTypeSharedString {
		t.Errorf("a score is no number in the workbook: %v, %v", kind, err)
	}
	rows, err := book.GetRows("Nodiadau")
	if err != nil ||
		!strings.Contains(strings.Join(rows[3], " "), testSite+"/cy/r/0123456789ab/inspections/"+rutland) {
		t.Errorf("the notes are %q, %v", rows, err)
	}
}

// A figure alone may be framed by others, by its own address alone; all else about it is as strict as any page.
func TestFrames(t *testing.T) {
	s := shared(t)
	figure := "/inspections/" + rutland + "/headlines"
	for target, want := range map[string]struct {
		status int
		framed string
	}{
		"/embed" + figure: {200, "*"}, "/cy/embed" + figure: {200, "*"}, "/r/0123456789ab/embed" + figure: {200, "*"},
		"/embed/inspections/" + rutland + "/notice": {404, "'none'"}, "/embed/areas/nowhere/latest": {404, "'none'"},
		"/embed":  {404, "'none'"},
		"/embed/": {404, "'none'"}, "/embed" + figure + ".svg": {404, "'none'"}, "/take" + figure: {404, "'none'"},
		"/take" + figure + ".png": {404, "'none'"}, "/take" + figure + ".json": {404, "'none'"}, "/take" + figure +
			".csv": {404, "'none'"},
		"/take" + figure + ".svg": {200, "'none'"}, "/take" + figure + "-table.csv": {200, "'none'"}, "/inspections/" +
			rutland: {200, "'none'"},
		"/r/0123456789ab/inspections/" + rutland: {200, "'none'"}, "/take/inspections/" + rutland +
			"/headlines-table.csv/": {404, "'none'"},
		"/take/inspections/" + strings.ToUpper(rutland) + "/notice.csv": {404, "'none'"},
	} {
		r := s.get(t, target)
		if r.status != want.status {
			t.Errorf("%s: status %d, want %d", target, r.status, want.status)
		}
		if header := r.header.Get("Content-Security-Policy"); !strings.Contains(header,
			"frame-ancestors "+want.framed) ||
			strings.Count(header, "frame-ancestors") != 1 ||
			!strings.Contains(header, "script-src 'self';") {
			t.Errorf("%s: %s", target, header)
		}
	}
	r := s.get(t, "/embed"+figure)
	again := s.get(t, "/embed"+figure, "If-None-Match: "+r.header.Get("ETag"))
	if again.status != http.StatusNotModified ||
		!strings.Contains(again.header.Get("Content-Security-Policy"), "frame-ancestors *") {
		t.Errorf("unchanged: %d, %s", again.status, again.header.Get("Content-Security-Policy"))
	}
	doc := parse(t, "/embed"+figure, r)
	for selector, want := range map[string]int{"h3": 1, "table": 1, "[data-chart]": 1, "nav": 0, "form": 0,
		`a[href="/inspections/` + rutland + `"]`: 1, ".ys-take": 0, `meta[name="robots"][content="noindex"]`: 1} {
		if n := doc.Find(selector).Length(); n != want {
			t.Errorf("the frame has %d of %s, want %d", n, selector, want)
		}
	}
}

// A page is cited by the release, the day it was published and an address that lasts, in both languages.
func TestCitations(t *testing.T) {
	s := sited(t)
	for target, want := range map[string][]string{
		"/areas/leicester-city": {"Yardstick, Leicester City: ", "(release 0123456789ab, 28 November 2026).", testSite +
			"/r/0123456789ab/areas/leicester-city. Figures: Crown copyright"},
		"/cy/trends?theme=overall": {"(datganiad data 0123456789ab, 28 Tachwedd 2026).", testSite +
			"/cy/r/0123456789ab/trends?theme=overall. Ffigurau: hawlfraint y Goron"},
		"/cy": {testSite + "/cy/r/0123456789ab. Ffigurau"},
	} {
		doc := parse(t, target, s.get(t, target))
		said := doc.Find("#cite-short").Text() + "\n" + doc.Find("#cite-long").Text()
		for _, text := range want {
			if !strings.Contains(said, text) {
				t.Errorf("%s is cited as %q, without %q", target, said, text)
			}
		}
		if doc.Find("[data-path]").Length() != 0 {
			t.Errorf("%s has addresses to complete", target)
		}
	}
}

// olderID is the id of a release before the one that tests answer from; it has no cci inspection.
const olderID = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"

// archive opens releases before the newest, and counts how often.
type archive struct {
	opened int
	fails  error
}

func (a *archive) open(ctx context.Context, id string) (*analytics.Snapshot, error) {
	a.opened++
	if a.fails != nil {
		return nil, a.fails
	}
	if !strings.HasPrefix(olderID, id) && id[:4] != "abcd" {
		return nil, &analytics.NotFoundError{Kind: "release", ID: id}
	}
	reader, err := ducktest.Open(data.Record(), analytics.Release{ID: id + olderID[len(id):], Built: releaseBuilt})
	if err != nil {
		return nil, err
	}
	return analytics.Load(ctx, first{fewer{reader, func(i analytics.Inspection) bool { return i.Programme == "cci" }}})
}

// first is a Reader of a release that was published in February 2026, before all that tests answer from.
type first struct{ analytics.Reader }

func (f first) Contents(ctx context.Context) (analytics.Contents, error) {
	c, err := f.Reader.Contents(ctx)
	c.Publications = []analytics.Publication{{Position: 1, Published: releaseBuilt.AddDate(0, -1, 0), Origin: "shipped"}}
	return c, err
}

func siteWithArchive(t *testing.T, a *archive, newest *analytics.Snapshot) *running {
	t.Helper()
	s := newSite(t, newest)
	s.config.Earlier = a.open
	return s
}

// The newest release's own address shows the plain page, and says which release that is.
func TestPermanentNewest(t *testing.T) {
	s := shared(t)
	for _, path := range []string{"/areas/leicester-city", "/inspections/" + leicester, "/trends?theme=governance", "/"} {
		for _, tag := range []string{"en", "cy"} {
			plain, target := view.PathIn(tag, path), strings.TrimSuffix(view.PathIn(tag, "/r/0123456789ab"+path), "/")
			a, b := parse(t, plain, s.get(t, plain)), parse(t, target, s.get(t, target))
			if banner := b.Find(".ys-banner"); banner.Length() != 1 || !strings.Contains(banner.Text(), "2026") {
				t.Errorf("%s: %d banners", target, banner.Length())
			}
			b.Find(".ys-banner").Remove()
			was, _ := a.Find("main").Html()
			is, _ := b.Find("main").Html()
			if diff := cmp.Diff(strings.Fields(was), strings.Fields(is)); diff != "" {
				t.Errorf("%s is not %s:\n%s", target, plain, diff)
			}
			if canonical, _ := b.Find(`link[rel="canonical"]`).Attr("href"); canonical != plain ||
				b.Find(`meta[name="robots"]`).Length() != 0 {
				t.Errorf("%s calls itself %s", target, canonical)
			}
		}
	}
	for target, location := range map[string]string{
		"/r/" + releaseID + "/areas?q=x":      "/r/0123456789ab/areas?q=x",
		"/cy/r/0123456789abcd/areas":          "/cy/r/0123456789ab/areas",
		"/r/" + releaseID + "/data/areas.csv": "/r/0123456789ab/data/areas.csv",
	} {
		if r := s.get(t, target); r.status != http.StatusMovedPermanently || r.header.Get("Location") != location {
			t.Errorf("%s: %d to %s", target, r.status, r.header.Get("Location"))
		}
	}
	for _, target := range []string{"/r", "/r/", "/r/x", "/r/0123456789a", "/r/0123456789AB", "/r/ffffffffffff",
		"/r/0123456789ff", "/r/0123456789ab/", "/r/0123456789ab/nothing", "/r/0123456789abff/areas",
		"/r/0123456789ab/r/0123456789ab/areas", "/r/0123456789ab/areas/nowhere", "/cy/r/0123456789ab/api/v1/areas",
		"/r/0123456789ab/data/nothing.csv", "/r/0123456789ab/api/v2"} {
		if r := s.get(t, target); r.status != http.StatusNotFound {
			t.Errorf("%s: status %d", target, r.status)
		}
	}
	for target, text := range map[string]string{"/r/ffffffffffff/areas": "We have no release called ffffffffffff.",
		"/cy/r/ffffffffffff": "Nid oes gennym ddatganiad data o&#39;r enw ffffffffffff."} {
		if body := s.get(t, target).text(); !strings.Contains(body, text) {
			t.Errorf("%s does not say %q", target, text)
		}
	}
}

// An earlier release is shown as it was, says so, keeps its reader within it, and is left out of search engines.
func TestPermanentOlder(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks for hundreds of pages")
	}
	a := &archive{}
	s := siteWithArchive(t, a, revised(t))
	root := "/r/" + olderID[:12]
	r := s.get(t, root+"/areas/leicester-city")
	doc := parse(t, root, r)
	if banner := doc.Find(".ys-banner--older").Text(); !strings.Contains(banner,
		"the release of 2 February 2026; the newest is of 14 May 2026") {
		t.Errorf("the banner says %q", banner)
	}
	for selector, want := range map[string]int{
		`meta[name="robots"][content="noindex"]`: 1, `link[rel="canonical"][href="` + root + `/areas/leicester-city"]`: 1,
		`.ys-banner a[href="/areas/leicester-city"]`:                1,
		`main a[href="` + root + `/inspections/` + leicester + `"]`: 1, `main a[href="/inspections/` + leicester + `"]`: 0,
		`.ys-header__nav a[href="/areas"]`:                                      1,
		`.ys-header__lang[href="/cy` + root + `/areas/leicester-city"]`:         1,
		`main a[href^="/api/"], main a[href^="/take/"], main a[href^="/data/"]`: 0,
	} {
		if n := doc.Find(selector).Length(); n != want && (want == 0 || n == 0) {
			t.Errorf("there are %d of %s, want %d", n, selector, want)
		}
	}
	for path, status := range map[string]int{
		"/inspections/" + rutland: 404, "/inspections/derby-cci-1999": 410,
		"/take/inspections/derby-cci-1999/notice.csv": 410, "/api/v1/inspections/derby-cci-1999": 410,
		"/compare?with=derby-cci-1999&with=" + leicester: 410, "/data/results.csv": 200, "/data": 200, "/target": 200,
		"/embed/areas/leicester-city/ratings": 200, "": 200,
	} {
		if r := s.get(t, root+path); r.status != status {
			t.Errorf("%s: status %d, want %d", root+path, r.status, status)
		}
	}
	if csv := s.get(t, root+"/data/results.csv"); strings.Contains(csv.text(), ",cci,") ||
		!strings.Contains(csv.header.Get("Content-Disposition"), olderID[:12]) {
		t.Errorf("results.csv is %s of another release", csv.header.Get("Content-Disposition"))
	}
	if a.opened != 1 {
		t.Errorf("the release was opened %d times", a.opened)
	}
}

// Few earlier releases are in memory at a time; what was rendered from them is kept until the next release, which
// may say that some of it was withdrawn.
func TestEarlierReleasesAreBounded(t *testing.T) {
	a := &archive{}
	s := siteWithArchive(t, a, shipped(t))
	for _, id := range []string{"abcd00000001", "abcd00000002", "abcd00000003", "abcd00000004"} {
		if r := s.get(t, "/r/"+id+"/areas"); r.status != 200 {
			t.Errorf("%s: status %d", id, r.status)
		}
	}
	if n := s.current.Load().older.Len(); n != mostOlder || a.opened != 4 {
		t.Errorf("%d are held, want %d; %d were opened", n, mostOlder, a.opened)
	}
	s.get(t, "/r/abcd00000001/areas")
	if a.opened != 4 {
		t.Error("a page that was rendered before is rendered again")
	}
	if err := s.Publish(revised(t)); err != nil {
		t.Fatal(err)
	}
	s.get(t, "/r/abcd00000001/areas")
	if a.opened != 5 {
		t.Error("a page outlives the release that could have withdrawn it")
	}
}

// An earlier release that cannot be opened is logged with its cause, on pages, parts of pages and answers alike.
func TestEarlierReleaseIsLogged(t *testing.T) {
	s := siteWithArchive(t, &archive{fails: errors.New("damaged disk")}, shipped(t))
	for _, path := range []string{"/areas", "/benchmarks", "/take/areas/areas.csv", "/api/v1/areas"} {
		before := len(s.log.all())
		r := s.get(t, "/r/abcd00000001"+path)
		logged := strings.Join(s.log.all()[before:], "\n")
		if r.status != http.StatusInternalServerError || !strings.Contains(logged, "damaged disk") {
			t.Errorf("%s: status %d, logged %q", path, r.status, logged)
		}
	}
}

// While a page of an earlier release waits for that release to be opened, the same page of the latest one is answered.
func TestEarlierReleaseHoldsUpNobody(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks for hundreds of pages")
	}
	s := newSite(t, shipped(t))
	opening, opened := make(chan struct{}), make(chan struct{})
	s.config.Earlier = func(context.Context, string) (*analytics.Snapshot, error) {
		close(opening)
		<-opened
		return nil, errors.New("never opened")
	}
	waited := make(chan int, 1)
	go func() { waited <- s.get(t, "/r/abcd00000001/benchmarks").status }()
	<-opening
	for _, path := range []string{"/benchmarks", "/target", "/api/v1/benchmarks?programme=cci&measure=safeguarding"} {
		if r := s.get(t, path); r.status != http.StatusOK {
			t.Errorf("%s: status %d while another release opens", path, r.status)
		}
	}
	close(opened)
	if status := <-waited; status != http.StatusInternalServerError {
		t.Errorf("the page of the release that failed: status %d", status)
	}
}

// While one earlier release is opened, another waits, and is told so before its reader gives up. One that cannot be
// opened is an error with a reference, and is tried again.
func TestEarlierReleasesThatFail(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks for hundreds of pages")
	}
	a := &archive{fails: errors.New("damaged")}
	s := siteWithArchive(t, a, shipped(t))
	for range 2 {
		if r := s.get(t, "/r/abcd00000001/areas"); r.status != http.StatusInternalServerError ||
			strings.Contains(r.text(), "damaged") {
			t.Errorf("status %d", r.status)
		}
	}
	if a.opened != 2 {
		t.Errorf("tried %d times", a.opened)
	}
	s.config.Earlier = func(ctx context.Context, _ string) (*analytics.Snapshot, error) {
		<-ctx.Done()
		return nil, errors.New("interrupted")
	}
	if r := s.get(t, "/r/abcd00000001/areas"); r.status != http.StatusServiceUnavailable {
		t.Errorf("where opening takes too long: status %d", r.status)
	}
	begun, release := make(chan struct{}), make(chan struct{})
	defer close(release)
	go cache.Run(s.opening, cache.Permanent, nobody, func() (int, error) { // it only takes its time
		close(begun)
		<-release
		return 0, nil
	})
	<-begun
	if r := s.get(t, "/r/abcd00000001/areas"); r.status != http.StatusServiceUnavailable {
		t.Errorf("while another is opened: status %d", r.status)
	}
}

// Whatever is asked below the addresses of parts and of releases is answered, and never by an error of the server's
// own.
func TestAddressesOfParts(t *testing.T) {
	s := shared(t)
	piece := rapid.OneOf(
		rapid.SampledFrom(
			[]string{"take", "embed", "r", "cy", "0123456789ab", "areas", "leicester-city", "data", "api", "v1",
				"latest", "around.csv", "", ".", ".csv", "held.xlsx", "a.svg"},
		),
		rapid.StringMatching(`[a-z0-9.%_-]{0,20}`),
	)
	rapid.Check(t, func(rt *rapid.T) {
		target := "/" + strings.Join(rapid.SliceOfN(piece, 1, 6).Draw(rt, "pieces"), "/")
		if r := s.get(t, target); r.status >= 500 {
			rt.Fatalf("%s: status %d", target, r.status)
		}
	})
}
