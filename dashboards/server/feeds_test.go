package server

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/feed"
	"yardstick/dashboards/view"
)

// atom is a feed as a reader of feeds takes it.
type atom struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Language string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID       string      `xml:"http://www.w3.org/2005/Atom id"`
	Title    string      `xml:"http://www.w3.org/2005/Atom title"`
	Updated  time.Time   `xml:"http://www.w3.org/2005/Atom updated"`
	Author   string      `xml:"http://www.w3.org/2005/Atom author>name"`
	Rights   string      `xml:"http://www.w3.org/2005/Atom rights"`
	Links    []feed.Link `xml:"http://www.w3.org/2005/Atom link"`
	Entries  []atomEntry `xml:"http://www.w3.org/2005/Atom entry"`
}

type atomEntry struct {
	ID        string      `xml:"http://www.w3.org/2005/Atom id"`
	Title     string      `xml:"http://www.w3.org/2005/Atom title"`
	Updated   time.Time   `xml:"http://www.w3.org/2005/Atom updated"`
	Published *time.Time  `xml:"http://www.w3.org/2005/Atom published"`
	Summary   string      `xml:"http://www.w3.org/2005/Atom summary"`
	Links     []feed.Link `xml:"http://www.w3.org/2005/Atom link"`
}

// at returns the address of the first link of a kind.
func at(links []feed.Link, rel, kind string) string {
	n := slices.IndexFunc(links, func(l feed.Link) bool { return l.Rel == rel && l.Type == kind })
	if n < 0 {
		return ""
	}
	return links[n].Address
}

// readFeed reads a feed, whose times are of RFC 3339 because time.Time takes no other.
func readFeed(t *testing.T, s *running, target string) atom {
	t.Helper()
	r := s.get(t, target)
	if r.status != http.StatusOK || r.header.Get("Content-Type") != feed.Type+"; charset=utf-8" {
		t.Fatalf("%s: status %d, type %q", target, r.status, r.header.Get("Content-Type"))
	}
	var f atom
	if err := xml.Unmarshal(r.body, &f); err != nil {
		t.Fatalf("%s: %v", target, err)
	}
	return f
}

var urn = regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// Feeds are what RFC 4287 asks for, in both languages: names that are used once, moments in order, links that lead
// somewhere, an author, and words for every entry.
func TestFeeds(t *testing.T) {
	s := shared(t)
	record := shipped(t)
	for path, want := range map[string]int{
		"/feed.atom":                                  100,
		"/areas/leicester-city/feed.atom":             len(record.InspectionsOf("leicester-city")),
		"/areas/bournemouth-and-poole/feed.atom":      len(record.InspectionsOf("bournemouth-and-poole")),
		"/regions/wales/feed.atom":                    inRegion(record, "wales"),
		"/regions/yorkshire-and-the-humber/feed.atom": inRegion(record, "yorkshire-and-the-humber"),
	} {
		ids := make(map[string]string)
		var lengths []int
		for _, tag := range []string{"en", "cy"} {
			target := view.PathIn(tag, path)
			f := readFeed(t, s, target)
			lengths = append(lengths, len(f.Entries))
			if f.Language != tag || f.Title == "" || f.Author == "" || f.Rights == "" || f.Updated.IsZero() {
				t.Errorf("%s: %+v", target, f)
			}
			if self := at(f.Links, "self", feed.Type); self != target {
				t.Errorf("%s calls itself %q", target, self)
			}
			other := at(f.Links, "alternate", feed.Type)
			if s.get(t, other).status != http.StatusOK || other == target {
				t.Errorf("%s: the other language is at %q", target, other)
			}
			page, _, _ := strings.Cut(at(f.Links, "alternate", "text/html"), "#")
			if s.get(t, page).status != http.StatusOK {
				t.Errorf("%s: its page is %q", target, page)
			}
			for _, id := range append([]string{f.ID}, entryIDs(f)...) {
				if ids[id] != "" || !urn.MatchString(id) {
					t.Errorf("%s: the id %q, also of %q", target, id, ids[id])
				}
				ids[id] = target
			}
			for n, e := range f.Entries {
				if n > 0 && e.Updated.After(f.Entries[n-1].Updated) || e.Updated.After(f.Updated) {
					t.Errorf("%s: %s of %v is out of order", target, e.Title, e.Updated)
				}
				if e.Title == "" || e.Summary == "" || strings.ContainsAny(e.Summary, "<{") {
					t.Errorf("%s: the entry %q says %q", target, e.Title, e.Summary)
				}
				page, _, _ := strings.Cut(at(e.Links, "alternate", "text/html"), "#")
				if n < 5 && s.get(t, page).status != http.StatusOK {
					t.Errorf("%s: %s leads to %q", target, e.Title, page)
				}
			}
		}
		if lengths[0] != want || lengths[1] != want {
			t.Errorf("%s has %d entries, want %d", path, lengths, want)
		}
	}
}

func entryIDs(f atom) []string {
	var ids []string
	for _, e := range f.Entries {
		ids = append(ids, e.ID)
	}
	return ids
}

// inRegion counts the inspections of areas of a region, one by one.
func inRegion(record *analytics.Snapshot, region string) int {
	count := 0
	for _, a := range record.Areas() {
		if a.Region == region {
			count += len(record.InspectionsOf(a.ID))
		}
	}
	return count
}

// An entry keeps its id from release to release and from host to host. What a release changed, and why, moves it to
// the front and is told in words; what was withdrawn says so.
func TestFeedsTellWhatChanged(t *testing.T) {
	before := readFeed(t, shared(t), "/areas/leicester-city/feed.atom")
	s := siteAt(t, revised(t), testSite)
	after := readFeed(t, s, "/areas/leicester-city/feed.atom")
	same := 0
	for _, id := range entryIDs(before) {
		if slices.Contains(entryIDs(after), id) {
			same++
		}
	}
	if same == 0 || same != len(before.Entries) {
		t.Errorf("of %d ids %d are kept", len(before.Entries), same)
	}
	first := after.Entries[0]
	if !strings.Contains(first.Summary, "“Satisfactory” (before: “Poor”)") ||
		!strings.Contains(first.Summary, "Changed on") {
		t.Errorf("the newest entry says %q", first.Summary)
	}
	for _, link := range append(after.Links, first.Links...) {
		if u, err := url.Parse(link.Address); err != nil || u.Scheme+"://"+u.Host != testSite {
			t.Errorf("%q is not an address of %s", link.Address, testSite)
		}
	}
	site := readFeed(t, s, "/feed.atom")
	if !slices.ContainsFunc(site.Entries, func(e atomEntry) bool {
		return e.Title == "Withdrawn: Derby 1999" && strings.Contains(e.Summary, "Synthetic: of another service.")
	}) {
		t.Errorf("nothing tells that an inspection was withdrawn: %q", site.Entries)
	}
}

// A feed of nothing is not found, costs little, and repeats nothing of what was asked for as markup.
func TestFeedsOfNothing(t *testing.T) {
	s := shared(t)
	for _, target := range []string{
		"/areas/nowhere/feed.atom", "/cy/areas/nowhere/feed.atom", "/regions/nowhere/feed.atom", "/regions/england/feed.atom",
		"/areas/%3Cb%3E/feed.atom", "/areas/" + strings.Repeat("a", 300) + "/feed.atom", "/areas/leicester-city/feed.atom/",
		"/inspections/" + leicester + "/feed.atom",
	} {
		if r := s.get(t, target); r.status != http.StatusNotFound || strings.Contains(r.text(), "<b>") {
			t.Errorf("%s: status %d", target, r.status)
		}
	}
	etag := s.get(t, "/feed.atom").header.Get("ETag")
	if r := s.get(t, "/feed.atom", "If-None-Match: "+etag); etag == "" || r.status != http.StatusNotModified {
		t.Errorf("asked for again with %q, status %d", etag, r.status)
	}
}

// Every page leads to the feed of the site, and that of an area to the area's.
func TestPagesLeadToFeeds(t *testing.T) {
	s := shared(t)
	for target, want := range map[string][]string{
		"/": {"/feed.atom"}, "/cy/glossary": {"/cy/feed.atom"},
		"/areas/leicester-city":        {"/feed.atom", "/areas/leicester-city/feed.atom"},
		"/cy/inspections/" + leicester: {"/cy/feed.atom", "/cy/areas/leicester-city/feed.atom"},
	} {
		var got []string
		for _, n := range parse(t, target, s.get(t, target)).Find(`link[type="application/atom+xml"]`).EachIter() {
			got = append(got, n.AttrOr("href", ""))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s leads to the feeds %q, want %q", target, got, want)
		}
	}
}
