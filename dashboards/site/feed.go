package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/feed"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

// The addresses of feeds, without their language: of the whole site, of an area, of a region.
//
//	/feed.atom
//	/areas/leicester-city/feed.atom
//	/regions/wales/feed.atom
const (
	FeedFile   = "/feed.atom"
	AreaFeed   = "/areas/:id" + FeedFile
	RegionFeed = "/regions/:id" + FeedFile
)

// mostEntries is how many entries a feed has at most, the newest ones.
const mostEntries = 100

// mostTold is how many changes of one inspection an entry tells one by one.
const mostTold = 5

// FeedOf says what a feed is of: an area, a region, or the whole site where both are empty.
type FeedOf struct{ Area, Region string }

// Path returns the feed's address without its language.
func (f FeedOf) Path() string {
	switch {
	case f.Area != "":
		return "/areas/" + f.Area + FeedFile
	case f.Region != "":
		return "/regions/" + f.Region + FeedFile
	}
	return FeedFile
}

// Feed returns a feed of the latest release as a file: inspections as they were added, corrected or withdrawn, and on
// the feed of the site each release. It fails with a *analytics.NotFoundError where there is no such area or region.
func (s *Site) Feed(tag string, of FeedOf, snapshot *analytics.Snapshot) ([]byte, error) {
	req := s.feedRequest(tag, snapshot)
	w := req.words
	title, page, err := feedTitle(req, of)
	if err != nil {
		return nil, err
	}
	f := req.newFeed(of.Path(), page, title, w.Say("feed.subtitle"))
	if of == (FeedOf{}) {
		f.Entries = releaseEntries(req, snapshot.Publications())
	}
	f.Entries = append(f.Entries, inspectionEntries(req, of)...)
	slices.SortStableFunc(f.Entries, func(a, b feed.Entry) int { return b.Updated.Compare(a.Updated) })
	f.Entries = f.Entries[:min(len(f.Entries), mostEntries)]
	if err := w.Err(); err != nil {
		return nil, err
	}
	return feed.Write(f)
}

// feedRequest returns what a feed or a calendar of a release is made with.
func (s *Site) feedRequest(tag string, snapshot *analytics.Snapshot) *Request {
	return &Request{tag: tag, snapshot: snapshot, words: s.Words(tag, snapshot), site: s.config.Address,
		publisher: s.config.Publisher}
}

// newFeed returns a feed without entries: its address, and that of the page that shows the same.
func (req *Request) newFeed(path, page, title, subtitle string) feed.Feed {
	f := feed.Feed{
		ID: feed.ID(req.tag, path), Language: req.tag, Title: title, Subtitle: subtitle,
		Author: cmp.Or(req.publisher, "Yardstick"), Rights: req.words.Say("footer.licence"),
		Updated: req.snapshot.Release().Published,
		Links: []feed.Link{
			{Rel: "self", Type: feed.Type, Address: req.site + view.PathIn(req.tag, path)},
			{Rel: "alternate", Type: "text/html", Language: req.tag, Address: req.site + req.words.URL(page)},
		},
	}
	for _, other := range i18n.Languages() {
		if other != req.tag {
			f.Links = append(f.Links, feed.Link{Rel: "alternate", Type: feed.Type, Language: other,
				Address: req.site + view.PathIn(other, path)})
		}
	}
	return f
}

// feedTitle returns what a feed is called, and the page that shows the same.
func feedTitle(req *Request, of FeedOf) (title, page string, err error) {
	w := req.words
	switch {
	case of.Area != "":
		a, err := req.snapshot.Area(of.Area)
		if err != nil {
			return "", "", err
		}
		return w.Say("feed.area", "Area", a.Name.In(req.tag)), "/areas/" + a.ID, nil
	case of.Region != "":
		p := req.snapshot.Place(analytics.GroupRegion, of.Region)
		if p.ID == "" {
			return "", "", &analytics.NotFoundError{Kind: "region", ID: Shown(of.Region)}
		}
		return w.Say("feed.region", "Region", p.Name.In(req.tag)), "/areas#" + p.ID, nil
	}
	return w.Say("feed.title"), "/releases", nil
}

// releaseEntries are the releases, newest first, with what each changed in words.
func releaseEntries(req *Request, publications []analytics.Publication) []feed.Entry {
	w := req.words
	var entries []feed.Entry
	for _, p := range publications {
		summary := releaseSentence(req, p)
		if p.Why != "" {
			summary += " " + w.Say("releases.why", "Why", p.Why)
		}
		entries = append(entries, feed.Entry{
			ID:    feed.ID(req.tag, "release", strconv.Itoa(p.Position), p.Published.UTC().Format(time.RFC3339)),
			Title: w.Publication(p), Summary: summary, Updated: p.Published, Published: &p.Published,
			Links: []feed.Link{{Rel: "alternate", Type: "text/html", Address: req.site + w.PublicationLink(p).Href}},
		})
	}
	return entries
}

// change is what the newest release that touched an inspection did to it.
type change struct {
	publication analytics.Publication
	revisions   []analytics.Revision
}

// changes returns the newest change of each inspection, by id, and those that are not there any more in the order of
// their ids.
func changes(s *analytics.Snapshot) (newest map[string]change, gone []string) {
	newest = make(map[string]change)
	for _, p := range s.Publications() { // newest first
		of := make(map[string][]analytics.Revision)
		for _, r := range s.Revisions(p.Position) {
			if r.Inspection != "" {
				of[r.Inspection] = append(of[r.Inspection], r)
			}
		}
		for id, revisions := range of {
			if _, told := newest[id]; !told {
				newest[id] = change{p, revisions}
			}
		}
	}
	for id := range newest {
		if _, err := s.Inspection(id); err != nil {
			gone = append(gone, id)
		}
	}
	slices.Sort(gone)
	return newest, gone
}

// inspectionEntries are the inspections of an area or a region, or all, newest first, and those that were withdrawn.
func inspectionEntries(req *Request, of FeedOf) []feed.Entry {
	w, s := req.words, req.snapshot
	newest, gone := changes(s)
	within := func(area string) bool {
		a, err := s.Area(area)
		return of == (FeedOf{}) || area == of.Area && of.Area != "" || err == nil && a.Region == of.Region && of.Area == ""
	}
	first := change{publication: analytics.Publication{Published: s.Release().Published}}
	if all := s.Publications(); len(all) > 0 {
		first.publication = all[len(all)-1]
	}
	var entries []feed.Entry
	for _, i := range s.Inspections() {
		if !within(i.Area) {
			continue
		}
		c, told := newest[i.ID]
		if !told {
			c = first
		}
		found, _ := inspectionFinding(req, i)
		e := inspectionEntry(req, i.ID, c)
		e.Title = w.Say("inspection.heading", "Inspection", w.Inspection(i), "Programme", w.Programme(i.Programme))
		e.Summary = found + " " + w.Say("feed.published", "Date", w.Published(i)) + " " + changeSentence(req, c)
		if i.Published.Precision() == analytics.PrecisionDay {
			day := i.Earliest.UTC()
			e.Published = &day
		}
		entries = append(entries, e)
	}
	for _, id := range gone {
		programme, _ := s.ProgrammeOf(id)
		if area, _, _ := strings.Cut(id, "-"+programme); !within(area) {
			continue
		}
		c := newest[id]
		e := inspectionEntry(req, id, c)
		e.Title = w.Say("feed.withdrawn", "Inspection", w.FormerInspection(id, programme))
		e.Summary = w.Say("error.withdrawn.message", "ID", id, "Date", w.Day(c.publication.Published))
		if why := c.revisions[0].Why; why != "" {
			e.Summary = w.Say("error.withdrawn.explained", "ID", id, "Date", w.Day(c.publication.Published), "Why", why)
		}
		entries = append(entries, e)
	}
	return entries
}

// inspectionEntry returns what the entries of all inspections have. The id is the same whatever is changed.
func inspectionEntry(req *Request, id string, c change) feed.Entry {
	return feed.Entry{
		ID: feed.ID(req.tag, "inspection", id), Updated: c.publication.Published,
		Links: []feed.Link{{Rel: "alternate", Type: "text/html", Address: req.site + req.words.URL("/inspections/"+id)}},
	}
}

// changeSentence says what a release did to an inspection: it was added, or its figures were corrected, and why.
func changeSentence(req *Request, c change) string {
	w := req.words
	date := w.Day(c.publication.Published)
	told := changed(c.revisions)
	if len(told) == 0 {
		return w.Say("feed.added", "Date", date)
	}
	var parts []string
	for _, r := range told[:min(len(told), mostTold)] {
		part := w.Revised(r, false).Text + " – " + w.Change(r)
		if r.Why != "" {
			part += " (" + r.Why + ")"
		}
		parts = append(parts, part)
	}
	if rest := len(told) - len(parts); rest > 0 {
		parts = append(parts, w.Say("releases.more", "Count", rest))
	}
	return w.Say("feed.changed", "Date", date, "Changes", strings.Join(parts, "; "))
}

// feeds returns the feeds of a page: that of the site, and of the area that the page is about.
func (req *Request) feeds(area string) []view.Feed {
	w := req.words
	all := []view.Feed{{Title: w.Say("feed.title"), Href: view.PathIn(req.tag, FeedOf{}.Path())}}
	if area != "" {
		all = append(all, view.Feed{
			Title: w.Say("feed.area", "Area", w.Area(area)),
			Href:  view.PathIn(req.tag, FeedOf{Area: area}.Path()),
		})
	}
	return all
}

// regionFeeds returns the feeds of all regions.
func (req *Request) regionFeeds() []view.Feed {
	var all []view.Feed
	for _, p := range req.snapshot.Places() {
		if p.Group == analytics.GroupRegion {
			all = append(all, view.Feed{
				Title: p.Name.In(req.tag),
				Href:  view.PathIn(req.tag, FeedOf{Region: p.ID}.Path()),
			})
		}
	}
	return all
}
