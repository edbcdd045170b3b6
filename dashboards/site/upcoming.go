package site

import (
	"slices"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"yardstick/analytics"
	"yardstick/dashboards/feed"
	"yardstick/dashboards/view"
)

// The addresses of what is to come, without their language: the page, its feed, and its calendar for other programs.
const (
	UpcomingPath = "/upcoming"
	UpcomingFeed = UpcomingPath + FeedFile
	UpcomingFile = UpcomingPath + ".ics"
	CalendarType = "text/calendar"
)

// upcomingView lists publications to come, and those that came or were cancelled.
type upcomingView struct {
	view.Base
	Finding  string
	Open     []upcomingEntry
	Closed   []upcomingEntry
	Feed     string
	Calendar string
}

// Parts returns nothing: the page has no figure.
func (p *upcomingView) Parts() (parts view.Parts) { return parts }

// upcomingEntry is one publication to come.
type upcomingEntry struct {
	ID       string // of its place on the page
	Title    string
	When     string
	DateTime string // for programs; empty where it is not known to the minute
	Areas    []view.Link
	Steps    []string // what was told of it, oldest first
}

// mostClosed is how many publications that came or were cancelled the page lists, the newest ones.
const mostClosed = 20

func upcomingPage(req *Request) (Page, error) {
	w := req.words
	p := upcomingView{Feed: view.PathIn(req.tag, UpcomingFeed), Calendar: view.PathIn(req.tag, UpcomingFile)}
	for _, u := range req.snapshot.Upcoming() {
		entry := upcomingEntryOf(req, u)
		if u.Open() {
			p.Open = append(p.Open, entry)
		} else if len(p.Closed) < mostClosed {
			p.Closed = append(p.Closed, entry)
		}
	}
	p.Finding = w.Say("upcoming.none")
	if len(p.Open) > 0 {
		p.Finding = w.Say("upcoming.finding", "Count", len(p.Open), "Title", p.Open[0].Title, "When", p.Open[0].When)
	}
	p.Base = view.Base{Title: w.Say("upcoming.title"), Description: w.Say("upcoming.meta")}
	return &p, nil
}

func upcomingEntryOf(req *Request, u analytics.Upcoming) upcomingEntry {
	w := req.words
	e := upcomingEntry{ID: "p" + strconv.Itoa(u.Number), Title: u.Title.In(req.tag),
		When: expectedWords(req, u.Announcement)}
	if !u.Moment.IsZero() {
		e.DateTime = u.Moment.UTC().Format(time.RFC3339)
	}
	for _, area := range u.Areas {
		e.Areas = append(e.Areas, view.Link{Text: w.Area(area), Href: w.URL("/areas/" + area)})
	}
	for n := range u.Steps {
		e.Steps = append(e.Steps, toldWords(req, u.Steps, n))
	}
	return e
}

// expectedWords says when a publication is expected, as exactly as that is known.
func expectedWords(req *Request, a analytics.Announcement) string {
	w := req.words
	if a.Moment.IsZero() {
		return w.Date(a.Expected)
	}
	return w.Say("upcoming.moment", "Date", w.Day(a.Moment), "Clock", a.Moment.In(london()).Format("15:04 MST"))
}

// london is where the office's clocks are; UTC where the system does not know of it.
func london() *time.Location {
	if place, err := time.LoadLocation("Europe/London"); err == nil {
		return place
	}
	return time.UTC
}

// toldWords says what was told at a step: “3 June 2027: moved from June 2027 to 13 June 2027, 00:01 BST. Reason: …”
func toldWords(req *Request, steps []analytics.Announcement, n int) string {
	w, step := req.words, steps[n]
	words := []any{"Day", w.Day(step.At), "When", expectedWords(req, step), "Before", ""}
	if n > 0 {
		words[5] = expectedWords(req, steps[n-1])
	}
	text := w.Say("upcoming.told."+string(step.Act), words...)
	if step.Why != "" {
		text += " " + w.Say("releases.why", "Why", step.Why)
	}
	return text
}

// UpcomingFeed returns what was told of publications to come as a feed: one entry a publication, which moves when
// something is told.
func (s *Site) UpcomingFeed(tag string, snapshot *analytics.Snapshot) ([]byte, error) {
	req := s.feedRequest(tag, snapshot)
	f := req.newFeed(UpcomingFeed, UpcomingPath, req.words.Say("upcoming.feed"), req.words.Say("upcoming.meta"))
	for _, u := range snapshot.Upcoming() {
		e := upcomingEntryOf(req, u)
		first := u.Steps[0].At
		var summary []string
		for _, step := range slices.Backward(e.Steps) {
			summary = append(summary, step)
		}
		f.Entries = append(f.Entries, feed.Entry{
			ID: feed.ID(tag, "upcoming", strconv.Itoa(u.Number)), Title: e.Title + " – " + e.When,
			Summary: strings.Join(summary, " "), Updated: u.At, Published: &first,
			Links: []feed.Link{{Rel: "alternate", Type: "text/html", Address: req.upcoming(e)}},
		})
	}
	if err := req.words.Err(); err != nil {
		return nil, err
	}
	return feed.Write(f)
}

// upcoming is the address of an entry of the page.
func (req *Request) upcoming(e upcomingEntry) string {
	return req.site + req.words.URL(UpcomingPath) + "#" + e.ID
}

// Calendar returns publications to come as an iCalendar file (RFC 5545). One whose day or minute is not known takes
// up all days that it may be on, as tentative. Its id stays the same when it is moved, and its sequence counts on.
func (s *Site) Calendar(tag string, snapshot *analytics.Snapshot) ([]byte, error) {
	req := s.feedRequest(tag, snapshot)
	calendar := ics.NewCalendarFor("Yardstick")
	calendar.SetMethod(ics.MethodPublish)
	calendar.SetName(req.words.Say("upcoming.title"))
	calendar.SetXWRCalName(req.words.Say("upcoming.title"))
	calendar.SetRefreshInterval("PT1H")
	for _, u := range snapshot.Upcoming() {
		e := upcomingEntryOf(req, u)
		event := calendar.AddEvent(feed.ID("", "upcoming", strconv.Itoa(u.Number)))
		event.SetDtStampTime(u.At)
		event.SetCreatedTime(u.Steps[0].At)
		event.SetLastModifiedAt(u.At)
		event.SetSequence(len(u.Steps) - 1)
		event.SetSummary(e.Title)
		event.SetDescription(strings.Join(e.Steps, "\n"))
		event.SetTimeTransparency(ics.TransparencyTransparent)
		if req.site != "" {
			event.SetURL(req.upcoming(e))
		}
		switch {
		case u.Act == analytics.AnnouncementCancelled:
			event.SetStatus(ics.ObjectStatusCancelled)
		case u.Expected.Precision() == analytics.PrecisionDay:
			event.SetStatus(ics.ObjectStatusConfirmed)
		default:
			event.SetStatus(ics.ObjectStatusTentative)
		}
		if u.Moment.IsZero() {
			event.SetAllDayStartAt(u.Expected.First())
			event.SetAllDayEndAt(u.End())
		} else {
			event.SetStartAt(u.Moment)
		}
	}
	if err := req.words.Err(); err != nil {
		return nil, err
	}
	return []byte(calendar.Serialize(ics.WithNewLineWindows)), nil
}
