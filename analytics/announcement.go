package analytics

import (
	"slices"
	"time"
)

// AnnouncementAct is what an announcement says of a publication to come.
type AnnouncementAct string

// The acts, each with its own reason.
const (
	AnnouncementMade      AnnouncementAct = "announced"
	AnnouncementMoved     AnnouncementAct = "moved"   // to another date
	AnnouncementChanged   AnnouncementAct = "changed" // its title or its areas
	AnnouncementCancelled AnnouncementAct = "cancelled"
	AnnouncementPublished AnnouncementAct = "published"
)

// Announcement is one public statement about a publication to come, as it then was. It has no figure.
type Announcement struct {
	Number   int // of the publication to come, from 1 in the order they were announced
	Act      AnnouncementAct
	At       time.Time // UTC
	Title    Name
	Areas    []string    // ids
	Expected PartialDate // a month or a day, in London
	Moment   time.Time   // UTC; zero where it is not known to the minute
	Why      string      // in the words of those who decided it; may be empty
}

// Upcoming is a publication to come, or one that came: its latest announcement, and all of them, oldest first.
type Upcoming struct {
	Announcement
	Steps []Announcement
}

// Open says whether it is still to come.
func (u Upcoming) Open() bool {
	return u.Act != AnnouncementPublished && u.Act != AnnouncementCancelled
}

// End is the last moment that its date may mean.
func (u Upcoming) End() time.Time {
	if !u.Moment.IsZero() {
		return u.Moment
	}
	return u.Expected.Last().AddDate(0, 0, 1)
}

// Upcoming are the publications that were announced: first those to come, the earliest first, then the others, the
// newest first.
func (s *Snapshot) Upcoming() []Upcoming { return s.upcoming }

// upcomingOf groups announcements by publication.
func upcomingOf(announcements []Announcement) []Upcoming {
	var all []Upcoming
	for _, a := range announcements {
		if n := len(all); n == 0 || all[n-1].Number != a.Number {
			all = append(all, Upcoming{})
		}
		last := &all[len(all)-1]
		last.Announcement, last.Steps = a, append(last.Steps, a)
	}
	slices.SortStableFunc(all, func(a, b Upcoming) int {
		switch {
		case a.Open() && b.Open():
			return a.End().Compare(b.End())
		case a.Open():
			return -1
		case b.Open():
			return 1
		}
		return b.At.Compare(a.At)
	})
	return all
}
