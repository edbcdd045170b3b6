// Package feed writes Atom feeds (RFC 4287). It knows nothing of the domain.
package feed

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Type is the media type of a feed.
const Type = "application/atom+xml"

// Feed is a feed in one language. Its entries are written newest first.
type Feed struct {
	ID       string
	Language string
	Title    string
	Subtitle string
	Author   string
	Rights   string
	Updated  time.Time // where there is no entry; else the newest entry's
	Links    []Link
	Entries  []Entry
}

// Entry is one thing that happened. Its id stays the same when it is changed and Updated moves.
type Entry struct {
	ID        string
	Title     string
	Summary   string // plain text
	Updated   time.Time
	Published *time.Time // nil where that day is not known
	Links     []Link
}

// Link leads from a feed or an entry to a page or another feed. An address may be a path: Atom allows it.
type Link struct {
	Rel      string `xml:"rel,attr"`
	Type     string `xml:"type,attr,omitempty"`
	Language string `xml:"hreflang,attr,omitempty"`
	Address  string `xml:"href,attr"`
}

// namespace is what ids are made under. It never changes.
var namespace = uuid.MustParse("6c1d7a0e-3f52-4b8e-9a41-5d0f2b7c8e13")

// ID returns an id that depends on nothing but the parts: not on the host, nor on the release.
func ID(parts ...string) string {
	return "urn:uuid:" + uuid.NewSHA1(namespace, []byte(strings.Join(parts, "/"))).String()
}

// document is a feed as Atom has it. Titles and summaries are plain text, which is what no type means.
type document struct {
	XMLName   xml.Name  `xml:"http://www.w3.org/2005/Atom feed"`
	Language  string    `xml:"xml:lang,attr"`
	ID        string    `xml:"id"`
	Title     string    `xml:"title"`
	Subtitle  string    `xml:"subtitle,omitempty"`
	Updated   string    `xml:"updated"`
	Author    string    `xml:"author>name"`
	Rights    string    `xml:"rights,omitempty"`
	Generator string    `xml:"generator"`
	Links     []Link    `xml:"link"`
	Entries   []element `xml:"entry"`
}

type element struct {
	ID        string `xml:"id"`
	Title     string `xml:"title"`
	Updated   string `xml:"updated"`
	Published string `xml:"published,omitempty"`
	Links     []Link `xml:"link"`
	Summary   string `xml:"summary"`
}

// Write returns the feed as a file. It fails where an id is given twice, which no reader of feeds would survive.
func Write(f Feed) ([]byte, error) {
	slices.SortStableFunc(f.Entries, func(a, b Entry) int { return b.Updated.Compare(a.Updated) })
	if len(f.Entries) > 0 {
		f.Updated = f.Entries[0].Updated
	}
	d := document{
		Language: f.Language, ID: f.ID, Title: f.Title, Subtitle: f.Subtitle, Updated: moment(f.Updated),
		Author: f.Author, Rights: f.Rights, Generator: "Yardstick", Links: f.Links,
	}
	seen := make(map[string]bool, len(f.Entries))
	for _, e := range f.Entries {
		if seen[e.ID] {
			return nil, fmt.Errorf("feed %s: the entry %s is given twice", f.Title, e.ID)
		}
		seen[e.ID] = true
		out := element{ID: e.ID, Title: e.Title, Updated: moment(e.Updated), Links: e.Links, Summary: e.Summary}
		if e.Published != nil {
			out.Published = moment(*e.Published)
		}
		d.Entries = append(d.Entries, out)
	}
	content, err := xml.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("feed %s: %w", f.Title, err)
	}
	return append([]byte(xml.Header), content...), nil
}

func moment(t time.Time) string { return t.UTC().Format(time.RFC3339) }
