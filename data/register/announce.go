package register

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/data/release"
)

// Announcement says what will be published and when. All of it is public, and none of it is a figure.
type Announcement struct {
	Of        int      `json:"of,omitempty"` // the entry that announced it first; 0 in that entry
	TitleEN   string   `json:"title_en"`
	TitleCY   string   `json:"title_cy"`
	Areas     []string `json:"areas,omitempty"` // ids; none for a publication about no one area
	Expected  string   `json:"expected"`        // 2027-06, 2027-06-13 or "2027-06-13 00:01", in London
	Cancelled bool     `json:"cancelled,omitempty"`
}

// Announced is an announcement with its past.
type Announced struct {
	Announcement            // as it is now
	Seq          int        // of the entry that made it
	Steps        []Entry    // that entry and those that changed it, the oldest first
	Imports      []int      // that it is of; empty while that is not said
	Published    *time.Time // when all of them were public first
	Public       bool       // the newest release tells all of it
}

// mostTitle is how many letters a title may have.
const mostTitle = 200

// AnnouncementRule is what an announcement does not keep to.
type AnnouncementRule string

// The rules of announcements.
const (
	AnnouncementArea    AnnouncementRule = "area"    // its areas are those of the record
	AnnouncementLength  AnnouncementRule = "length"  // a title has letters, and not too many
	AnnouncementFigure  AnnouncementRule = "figure"  // it has no figure
	AnnouncementDate    AnnouncementRule = "date"    // what is expected is a month, a day or a time
	AnnouncementPast    AnnouncementRule = "past"    // it is of something to come
	AnnouncementUnknown AnnouncementRule = "unknown" // what is cancelled was announced
	AnnouncementClosed  AnnouncementRule = "closed"  // what was published or cancelled does not change
	AnnouncementReason  AnnouncementRule = "reason"  // a change has its reason
)

// AnnouncementError says which part of an announcement cannot be, by the name of the form's field.
type AnnouncementError struct {
	Field   string
	Rule    AnnouncementRule
	Why     string
	Area    string   // that is not known, for AnnouncementArea
	Nearest []string // areas that may be meant
}

// Error names the field.
func (e *AnnouncementError) Error() string { return "announcement: " + e.Field + ": " + e.Why }

// Announce journals an announcement, or a change to one. imports are those that it is of. A change of what is public
// needs its reason. Publish makes it public.
func (r *Register) Announce(ctx context.Context, a Announcement, imports []int, by, why string) (seq int, err error) {
	if err := decided(by); err != nil {
		return 0, err
	}
	err = r.locked(ctx, func(j *journal) error {
		for _, imported := range imports {
			if imported < 1 || imported > len(j.entries) || !j.entries[imported-1].isImport() {
				return moved("there is no import %d to announce", imported)
			}
		}
		if err := r.announceable(j.entries, &a, why); err != nil {
			return err
		}
		e, err := j.decide(Entry{By: by, Act: ActAnnounce, Why: why, Imports: imports, Announcement: &a})
		seq = e.Seq
		return err
	})
	return seq, err
}

// announceable holds an announcement to what can be public, and puts the ids of areas in the place of their names.
func (r *Register) announceable(entries []Entry, a *Announcement, why string) error {
	known, err := r.known(effective(entries))
	if err != nil {
		return err
	}
	for n, name := range a.Areas {
		id, nearest := known.Areas.Resolve(name)
		if id == "" {
			return &AnnouncementError{Field: "areas", Rule: AnnouncementArea, Area: name, Nearest: nearest,
				Why: fmt.Sprintf("%q is no area: did you mean %s?", name, strings.Join(nearest, ", "))}
		}
		a.Areas[n] = id
	}
	for field, text := range map[string]*string{"title_en": &a.TitleEN, "title_cy": &a.TitleCY} {
		*text = strings.Join(strings.Fields(*text), " ")
		switch {
		case *text == "" || len([]rune(*text)) > mostTitle:
			return &AnnouncementError{Field: field, Rule: AnnouncementLength,
				Why: fmt.Sprintf("write 1 to %d letters", mostTitle)}
		case strings.Contains(*text, "%"):
			return &AnnouncementError{Field: field, Rule: AnnouncementFigure,
				Why: "an announcement has no figure: take the percentage out"}
		}
	}
	until, err := lastMoment(a.Expected)
	if err != nil {
		return err
	}
	if a.Of == 0 {
		if a.Cancelled {
			return &AnnouncementError{Field: "cancelled", Rule: AnnouncementUnknown, Why: "it was never announced"}
		}
		if !r.Now().Before(until) {
			return &AnnouncementError{Field: "expected", Rule: AnnouncementPast, Why: "it is past"}
		}
		return nil
	}
	all := AnnouncedIn(entries)
	at := slices.IndexFunc(all, func(had Announced) bool { return had.Seq == a.Of })
	switch {
	case at < 0:
		return moved("there is no announcement %d", a.Of)
	case all[at].Cancelled || all[at].Published != nil:
		return &AnnouncementError{Rule: AnnouncementClosed,
			Why: "it was published or cancelled, and does not change any more"}
	case a.Expected != all[at].Expected && !r.Now().Before(until):
		return &AnnouncementError{Field: "expected", Rule: AnnouncementPast, Why: "it is past"}
	case !SamePublic(*a, all[at].Announcement) && strings.TrimSpace(why) == "":
		return &AnnouncementError{Field: "why", Rule: AnnouncementReason,
			Why: "a change needs its reason, which readers see"}
	}
	return nil
}

// lastMoment is the last moment that an expected time may mean.
func lastMoment(expected string) (time.Time, error) {
	if len(expected) > len(time.DateOnly) {
		embargo, err := ParseEmbargo(expected)
		return embargo.Instant, err
	}
	date, err := analytics.ParsePartialDate(expected)
	if err != nil || date.Precision() < analytics.PrecisionMonth {
		return time.Time{}, &AnnouncementError{Field: "expected", Rule: AnnouncementDate,
			Why: `write a month, a day or a time in London: "2027-06", "2027-06-13" or "2027-06-13 00:01"`}
	}
	return date.Last().AddDate(0, 0, 1), nil
}

// SamePublic says whether two announcements tell readers the same.
func SamePublic(a, b Announcement) bool {
	return a.TitleEN == b.TitleEN && a.TitleCY == b.TitleCY && slices.Equal(a.Areas, b.Areas) &&
		a.Expected == b.Expected && a.Cancelled == b.Cancelled
}

// AnnouncedIn returns the announcements of a journal, in the order they were first made.
func AnnouncedIn(entries []Entry) []Announced {
	var all []Announced
	for _, e := range entries {
		switch {
		case e.Act == ActPublish:
			for n, a := range all {
				all[n].Public = slices.Contains(e.Announcements, a.Steps[len(a.Steps)-1].Seq)
				if a.Published == nil && len(a.Imports) > 0 && len(without(a.Imports, e.Imports)) == 0 {
					all[n].Published = &e.At
				}
			}
		case e.Act != ActAnnounce || e.Announcement == nil:
		case e.Announcement.Of == 0:
			all = append(all, Announced{Announcement: *e.Announcement, Seq: e.Seq, Steps: []Entry{e}, Imports: e.Imports})
		default:
			for n, a := range all {
				if a.Seq == e.Announcement.Of {
					all[n].Announcement, all[n].Imports = *e.Announcement, e.Imports
					all[n].Public = a.Public && SamePublic(a.Announcement, *e.Announcement)
					all[n].Steps = append(all[n].Steps, e)
				}
			}
		}
	}
	return all
}

// announcements are the entries of a journal that announce.
func announcements(entries []Entry) []int {
	return seqs(slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return e.Act != ActAnnounce }))
}

// announcementLines are the lines of release.AnnouncementsFile for a publication: what each announcement told readers,
// one line a change. They say nothing of imports.
func announcementLines(entries []Entry, publication Entry) ([][]string, error) {
	until := slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool {
		return e.Act == ActAnnounce && !slices.Contains(publication.Announcements, e.Seq) ||
			e.Act == ActPublish && e.Seq >= publication.Seq
	})
	var lines [][]string
	for n, a := range AnnouncedIn(append(until, publication)) {
		number, step := strconv.Itoa(n+1), 0
		add := func(act string, at time.Time, a Announcement, why string) error {
			moment := ""
			if len(a.Expected) > len(time.DateOnly) {
				embargo, err := ParseEmbargo(a.Expected)
				if err != nil {
					return err
				}
				moment = embargo.Instant.Format(time.RFC3339)
			}
			day, _, _ := strings.Cut(a.Expected, " ")
			step++
			lines = append(lines, []string{number, strconv.Itoa(step), act, at.UTC().Format(time.RFC3339), a.TitleEN,
				a.TitleCY, strings.Join(a.Areas, ";"), day, moment, why})
			return nil
		}
		for k, e := range a.Steps {
			act := "announced"
			switch {
			case k > 0 && SamePublic(*e.Announcement, *a.Steps[k-1].Announcement):
				continue
			case e.Announcement.Cancelled:
				act = "cancelled"
			case k > 0 && e.Announcement.Expected != a.Steps[k-1].Announcement.Expected:
				act = "moved"
			case k > 0:
				act = "changed"
			}
			if err := add(act, e.At, *e.Announcement, e.Why); err != nil {
				return nil, err
			}
		}
		if a.Published != nil {
			if err := add("published", *a.Published, a.Announcement, ""); err != nil {
				return nil, err
			}
		}
	}
	return lines, nil
}

// writeAnnouncements writes into a record's folder what a publication tells of those to come.
func writeAnnouncements(folder string, entries []Entry, publication Entry) error {
	lines, err := announcementLines(entries, publication)
	if err != nil {
		return err
	}
	return writeLines(folder, release.AnnouncementsFile, lines)
}
