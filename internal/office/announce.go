package office

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yardstick/analytics"
	"yardstick/data/register"
	"yardstick/data/release"
)

// announcementForm is what the form of an announcement has.
type announcementForm struct{ TitleEN, TitleCY, Areas, Expected, Why string }

// announced is an announcement as the page shows it.
type announced struct {
	register.Announced
	Open  bool
	Areas string // with commas between
	Title string // in the page's language
	When  string
	Steps []step
	Form  announcementForm
}

type announcementsView struct {
	Open, Closed []announced
	May          bool // announce, and change what is announced
	Waiting      bool // something is decided that no release tells yet
	Of           int  // the announcement that the form is of; 0 for a new one
	Form         announcementForm
}

func announcementsPage(c *call) error { return c.showAnnouncements(announcementsView{}) }

// showAnnouncements shows what is announced, with what a form had and what is wrong with it.
func (c *call) showAnnouncements(v announcementsView) error {
	entries, err := c.Register.Journal()
	if err != nil {
		return err
	}
	v.May = c.may(RightPublish)
	s, err := c.current(c.Context())
	if err != nil && !errors.Is(err, release.ErrNone) { // before there is one, areas go by their ids
		return err
	}
	for _, a := range slices.Backward(register.AnnouncedIn(entries)) {
		v.Waiting = v.Waiting || !a.Public
		shown := c.announced(a)
		var names []string
		for _, id := range a.Announcement.Areas {
			names = append(names, c.areaName(s, id))
		}
		shown.Areas = strings.Join(names, ", ")
		if a.Seq == v.Of {
			shown.Form, v.Form = v.Form, announcementForm{}
		}
		if shown.Open {
			v.Open = append(v.Open, shown)
		} else {
			v.Closed = append(v.Closed, shown)
		}
	}
	return c.page("announcements", v)
}

func (c *call) announced(a register.Announced) announced {
	out := announced{Announced: a, Open: !a.Cancelled && a.Published == nil,
		Areas: strings.Join(a.Announcement.Areas, ", "), Title: a.TitleEN, When: c.expected(a.Expected)}
	if c.tag != "en" {
		out.Title = a.TitleCY
	}
	out.Form = announcementForm{TitleEN: a.TitleEN, TitleCY: a.TitleCY, Areas: out.Areas, Expected: a.Expected}
	for n, e := range a.Steps {
		words := c.expected(e.Announcement.Expected)
		act := "office.announce.told"
		switch {
		case e.Announcement.Cancelled:
			act, words = "office.announce.told_cancelled", ""
		case n > 0 && register.SamePublic(*e.Announcement, *a.Steps[n-1].Announcement):
			act, words = "office.act.announce", ""
		case n > 0 && e.Announcement.Expected == a.Steps[n-1].Announcement.Expected:
			act, words = "office.announce.told_changed", ""
		case n > 0:
			act = "office.announce.told_moved"
		}
		out.Steps = append(out.Steps, step{At: e.At, Person: e.By, Act: act,
			Words: strings.TrimSpace(words + " " + e.Why)})
	}
	return out
}

// expected says when a publication is expected, as exactly as that is known.
func (c *call) expected(text string) string {
	if embargo, err := register.ParseEmbargo(text); err == nil {
		return c.moment(embargo.Instant)
	}
	w := c.pages.words(c.tag, nil)
	if date, err := analytics.ParsePartialDate(text); err == nil {
		return w.Date(date)
	}
	return text
}

// announce announces a publication to come, changes what was announced, or makes a release that tells what was decided.
func announce(c *call) error {
	form := announcementForm{TitleEN: c.FormValue("title_en"), TitleCY: c.FormValue("title_cy"),
		Areas: c.FormValue("areas"), Expected: strings.TrimSpace(c.FormValue("expected")), Why: c.FormValue("why")}
	a := register.Announcement{TitleEN: form.TitleEN, TitleCY: form.TitleCY, Areas: splitList(form.Areas),
		Expected: strings.ReplaceAll(form.Expected, "T", " "), Cancelled: c.FormValue("do") == "cancel"}
	var imports []int
	if number := c.PathValue("number"); number != "" {
		had, err := c.announcement(number)
		if err != nil {
			return err
		}
		a.Of, imports = had.Seq, had.Imports
		if a.Cancelled { // nothing else changes
			a.TitleEN, a.TitleCY, a.Areas, a.Expected = had.TitleEN, had.TitleCY, had.Announcement.Areas, had.Expected
		}
	}
	if c.FormValue("do") != "release" {
		_, err := c.decides().Announce(c.Context(), a, imports, c.person.Name, strings.TrimSpace(form.Why))
		var refused *register.AnnouncementError
		var embargo *register.EmbargoError
		switch {
		case errors.As(err, &refused):
			return c.refuseAnnouncement(a.Of, form, refused.Field, c.say("office.announce.wrong."+string(refused.Rule),
				"Area", refused.Area, "Nearest", strings.Join(refused.Nearest, ", ")))
		case errors.As(err, &embargo):
			return c.refuseAnnouncement(a.Of, form, "expected", c.say("office.problem.embargo"))
		case err != nil:
			return err
		}
	}
	why := fmt.Sprintf("Announcement: %s", strings.TrimSpace(a.TitleEN))
	if a.TitleEN == "" {
		why = ""
	}
	if err := c.release(why); err != nil {
		c.Log.Error("an announcement is decided and not yet public", "error", err)
		c.problems = append(c.problems, problem{"", c.say("office.announce.waiting")})
		return c.showAnnouncements(announcementsView{})
	}
	return c.leave("/announcements", "office.done.announced")
}

// refuseAnnouncement shows the page with what is wrong with a form: the new one's, or that of an announcement.
func (c *call) refuseAnnouncement(of int, form announcementForm, field, why string) error {
	if field != "" {
		why = c.say("office.announce."+field) + ": " + why
		if of > 0 {
			field += "-" + strconv.Itoa(of)
		}
	}
	c.problems = append(c.problems, problem{field, why})
	return c.showAnnouncements(announcementsView{Of: of, Form: form})
}

// announcement finds an announcement by the number of the entry that made it.
func (c *call) announcement(number string) (register.Announced, error) {
	entries, err := c.Register.Journal()
	if err != nil {
		return register.Announced{}, err
	}
	return first(register.AnnouncedIn(entries), func(a register.Announced) bool { return strconv.Itoa(a.Seq) == number })
}

// splitList reads a text with commas between.
func splitList(text string) []string {
	var out []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// tie says which announcement a publication is of. Readers are told nothing by that.
func tie(c *call) error {
	if c.item.Import == 0 || c.item.Public != nil || c.item.Left != nil {
		return c.refuse("", "moved")
	}
	had, err := c.announcement(c.FormValue("announcement"))
	if errors.Is(err, errNotFound) {
		return c.refuse("announcement", "announcement")
	}
	if err != nil {
		return err
	}
	a := had.Announcement
	a.Of = had.Seq
	if !slices.Contains(had.Imports, c.item.Import) {
		had.Imports = append(slices.Clone(had.Imports), c.item.Import)
	}
	if _, err := c.decides().Announce(c.Context(), a, had.Imports, c.person.Name, ""); err != nil {
		return c.refused(err)
	}
	return c.leave(publicationPath(c.item.ID), "office.done.tied")
}

// isOf says whether an announcement stands that is of an import.
func isOf(a register.Announced, imported int) bool {
	return imported > 0 && slices.Contains(a.Imports, imported) && !a.Cancelled
}
