package server

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/dustin/go-humanize"
	"github.com/parquet-go/parquet-go"

	"yardstick/analytics"
	"yardstick/analytics/duck/ducktest"
	"yardstick/dashboards/export"
	"yardstick/dashboards/export/datapackage"
	"yardstick/data"
)

var kinds = map[string]string{
	"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8",
	"xlsx":    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"parquet": "application/vnd.apache.parquet",
}

// Every table has one address in every format, with its type and the name it is saved under; it is sent once, and then
// not again.
func TestDownloads(t *testing.T) {
	s := shared(t)
	for _, table := range datapackage.Tables(shipped(t)) {
		for extension, kind := range kinds {
			target := "/data/" + table.Name + "." + extension
			r := s.get(t, target)
			name := `attachment; filename="yardstick-` + table.Name + "-" + releaseID[:12] + "." + extension + `"`
			if r.status != 200 || r.header.Get("Content-Type") != kind ||
				r.header.Get("Content-Disposition") != name ||
				len(r.body) == 0 {
				t.Errorf("%s: status %d, %d bytes, %q, %q", target, r.status, len(r.body), r.header.Get("Content-Type"),
					r.header.Get("Content-Disposition"))
			}
			again := s.get(t, target, "If-None-Match: "+r.header.Get("ETag"))
			if again.status != http.StatusNotModified || len(again.body) != 0 {
				t.Errorf("%s asked for again: status %d, %d bytes", target, again.status, len(again.body))
			}
			packed := s.get(t, target, "Accept-Encoding: br, gzip")
			if !bytes.Equal(packed.decoded(t), r.body) {
				t.Errorf("%s compressed is another file", target)
			}
			if within := extension == "xlsx" || extension == "parquet"; within != (packed.header.Get("Content-Encoding") == "") {
				t.Errorf("%s is sent in the encoding %q", target, packed.header.Get("Content-Encoding"))
			}
		}
	}
}

// What is downloaded is what the formats write, of the release served.
func TestDownloadsAreTheRelease(t *testing.T) {
	s := shared(t)
	content := s.get(t, "/data/results.parquet").body
	f, err := parquet.OpenFile(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if id, _ := f.Lookup("release"); id != releaseID || f.NumRows() != 850 {
		t.Errorf("%d rows of release %q", f.NumRows(), id)
	}
	var answer struct {
		Release struct{ ID string }
		Data    []map[string]any
	}
	if err := json.Unmarshal(s.get(t, "/data/inspections.json").body, &answer); err != nil ||
		answer.Release.ID != releaseID ||
		len(answer.Data) != 228 {
		t.Errorf("%d inspections of release %q, %v", len(answer.Data), answer.Release.ID, err)
	}
	packed := s.get(t, "/data/yardstick.zip")
	archive, err := zip.NewReader(bytes.NewReader(packed.body), int64(len(packed.body)))
	if err != nil || packed.header.Get("Content-Type") != "application/zip" ||
		!strings.Contains(packed.header.Get("Content-Disposition"), "yardstick-data-"+releaseID[:12]+".zip") {
		t.Fatalf("the package is %q, %v", packed.header, err)
	}
	entry, err := archive.Open("csv/results.csv")
	if err != nil {
		t.Fatal(err)
	}
	var within bytes.Buffer
	if _, err := within.ReadFrom(entry); err != nil ||
		!bytes.Equal(within.Bytes(), s.get(t, "/data/results.csv").body) {
		t.Errorf("the package's results are not those offered alone: %v", err)
	}
}

// A file that there is not is a page that names those there are; another spelling of one leads to it.
func TestDownloadsThatAreNot(t *testing.T) {
	s := shared(t)
	for target, link := range map[string]string{
		"/data/nothing.csv": "/data/results.csv", "/data/results.pdf": "/data/results.xlsx",
		"/data/results": "/data/results.parquet", "/cy/data/nothing.csv": "/data/yardstick.zip",
		"/data/results.csv.csv": "/data/results.csv", "/data/.csv": "/data/areas.csv", "/data/" +
			strings.Repeat("x", 300): "/data/areas.csv", "/data/%2e%2e": "/data/areas.csv",
	} {
		r := s.get(t, target)
		if r.status != 404 || parse(t, target, r).Find(`main a[href="`+link+`"]`).Length() != 1 ||
			r.header.Get("Content-Disposition") != "" {
			t.Errorf("%.60s: status %d, without a link to %s", target, r.status, link)
		}
	}
	for target, leads := range map[string]string{"/data/Results.CSV": "/data/results.csv",
		"/cy/data/results.csv": "/data/results.csv", "/data/YARDSTICK.zip": "/data/yardstick.zip"} {
		if r := s.get(t, target); r.status != 301 || r.header.Get("Location") != leads {
			t.Errorf("%s: status %d to %q", target, r.status, r.header.Get("Location"))
		}
	}
}

// A file is of the release it is asked of: a new release has its own.
func TestDownloadsFollowTheRelease(t *testing.T) {
	s := newSite(t, shipped(t))
	first := s.get(t, "/data/levels.xlsx")
	reader, err := ducktest.Open(data.Record(), analytics.Release{ID: strings.Repeat("c", 64), Built: releaseBuilt})
	if err != nil {
		t.Fatal(err)
	}
	other, err := analytics.Load(t.Context(), reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(other); err != nil {
		t.Fatal(err)
	}
	second := s.get(t, "/data/levels.xlsx", "If-None-Match: "+first.header.Get("ETag"))
	if second.status != 200 || bytes.Equal(first.body, second.body) ||
		!strings.Contains(second.header.Get("Content-Disposition"), "cccccccccccc") {
		t.Errorf("after a new release: status %d, %q", second.status, second.header.Get("Content-Disposition"))
	}
}

// The interface's tables come in every format too, under a name that says what they are.
func TestAnswersAsFiles(t *testing.T) {
	s := shared(t)
	for target, name := range map[string]string{
		"/api/v1/areas?q=leicest": "areas", "/api/v1/areas/leicester-city": "areas-leicester-city",
		"/api/v1/inspections?programme=fji": "inspections",
		"/api/v1/inspections/" + rutland:    "inspections-" + rutland, "/api/v1/results": "results",
		"/api/v1/benchmarks?programme=cci&measure=safeguarding": "benchmarks",
		"/api/v1" + with(leicester, rutland):                    "compare", "/api/v1/sources": "sources",
		"/api/v1/release": "release",
	} {
		for _, f := range export.Formats() {
			address := target + map[bool]string{true: "&", false: "?"}[strings.Contains(target, "?")] + "format=" + f.Name
			r := s.get(t, address)
			want := `attachment; filename="yardstick-` + name + "-" + releaseID[:12] + "." + f.Name + `"`
			if f.Name == export.JSON {
				want = "" // which is read, not saved
			}
			if r.status != 200 || r.header.Get("Content-Type") != kinds[f.Name] ||
				r.header.Get("Content-Disposition") != want {
				t.Errorf("%s: status %d, %q, %q", address, r.status, r.header.Get("Content-Type"),
					r.header.Get("Content-Disposition"))
			}
		}
	}
}

// The page says how much is held, leads to every file with its size, and counts what is missing and weak as the record
// has it.
func TestDataPage(t *testing.T) {
	s := shared(t)
	doc := parse(t, "/data", s.get(t, "/data"))
	h := shipped(t).Holdings()
	finding := doc.Find(".ys-finding").Text()
	for _, n := range []int{h.Areas, h.Documents, h.Inspected.First, h.Inspected.Last} {
		if !strings.Contains(finding, strconv.Itoa(n)) {
			t.Errorf("the finding leaves out %d: %q", n, finding)
		}
	}
	links := make(map[string][]string)
	for _, a := range doc.Find("main a").EachIter() {
		href, _ := a.Attr("href")
		links[href] = append(links[href], a.Text())
	}
	size := func(target string) string {
		n := float64(len(s.get(t, target).body))
		switch {
		case n < 1000:
			return fmt.Sprintf("%.0f\u00a0bytes", n)
		case n < 1_000_000:
			return fmt.Sprintf("%.0f\u00a0kB", math.Round(n/1000))
		}
		return strings.Replace(fmt.Sprintf("%.1f\u00a0MB", n/1_000_000), ".0", "", 1)
	}
	for _, table := range datapackage.Tables(shipped(t)) {
		for _, f := range export.Formats() {
			target := "/data/" + table.Name + "." + f.Name
			if want := f.Label + "\u00a0(" + size(target) + ")"; !slices.Contains(links[target], want) {
				t.Errorf("%s is called %q, not %q", target, links[target], want)
			}
		}
	}
	if said := links["/data/yardstick.zip"]; len(said) != 1 ||
		!strings.Contains(said[0], size("/data/yardstick.zip")) {
		t.Errorf("the package is called %q", said)
	}
	d := shipped(t).Doubts()
	counts := doc.Find("#doubts").Closest("table").Find("tbody .ys-num").Map(
		func(_ int, cell *goquery.Selection) string { return cell.Text() })
	var want []string
	for _, n := range []int{d.ThirdParty, d.Unknown, len(d.Undated), d.Imprecise, d.WithoutCases, d.Untitled,
		len(d.Anomalous), d.Inferred} {
		want = append(want, humanize.Comma(int64(n)))
	}
	if !slices.Equal(counts, want) {
		t.Errorf("the defects are counted as %q, want %q", counts, want)
	}
	for _, c := range shipped(t).Coverages() {
		for _, a := range c.Missing {
			if _, ok := links["/areas/"+a.ID]; !ok {
				t.Errorf("%s is missing from %s, and from its list", a.ID, c.Programme.ID)
			}
		}
	}
}

// Every document is found under exactly one letter, and nothing stands under a letter that is not offered.
func TestDocumentsByLetter(t *testing.T) {
	s := shared(t)
	offered := parse(t, "/data", s.get(t, "/data")).Find(".ys-tabs a")
	rows := 0
	for _, a := range offered.EachIter() {
		href, _ := a.Attr("href")
		target, _, _ := strings.Cut(href, "#")
		n := parse(t, target, s.get(t, target)).Find("#documents").Closest("table").Find("tbody tr").Length()
		if n == 0 {
			t.Errorf("%s lists nothing", target)
		}
		if target != "/data" {
			rows += n
		}
	}
	if want := len(shipped(t).Sources()); rows != want || offered.Length() < 10 {
		t.Errorf("%d documents under %d letters, of %d", rows, offered.Length(), want)
	}
}

// No figure of an inspection is without a document beside it, on any page that lists inspections.
func TestFiguresLeadToTheirDocuments(t *testing.T) {
	s := shared(t)
	urls := make(map[string]bool)
	for _, o := range shipped(t).Sources() {
		urls[o.URL] = true
	}
	for target, rows := range map[string]string{
		"/inspections": "#inspections", "/inspections?programme=fji": "#inspections", "/inspections/" +
			rutland: "#provenance", "/inspections/" + leicester: "#provenance",
		"/benchmarks?programme=cci&measure=safeguarding": "#printed", "/data": "#documents",
	} {
		table := parse(t, target, s.get(t, target)).Find(rows).Closest("table").Find("tbody tr")
		if table.Length() == 0 {
			t.Errorf("%s has no %s", target, rows)
		}
		for n, row := range table.EachIter() {
			found := false
			for _, a := range row.Find("a").EachIter() {
				href, _ := a.Attr("href")
				found = found || urls[href]
			}
			if !found {
				t.Errorf("%s: row %d of %s names no document: %q", target, n+1, rows, row.Text())
			}
		}
	}
	areas := []string{"leicester-city", "bournemouth-and-poole", "cardiff"}
	for _, id := range areas {
		for _, li := range parse(t, id, s.get(t, "/areas/"+id)).Find(".ys-timeline li").EachIter() {
			hrefs := li.Find(`a[rel="external"]`).Map(
				func(_ int, a *goquery.Selection) string { href, _ := a.Attr("href"); return href })
			if !slices.ContainsFunc(hrefs, func(href string) bool { return urls[href] }) {
				t.Errorf("%s: %q names no document", id, li.Text())
			}
		}
	}
}
