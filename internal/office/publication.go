package office

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"yardstick/data/finding"
	"yardstick/data/register"
	"yardstick/internal/office/store"
)

func publicationPath(id int) string { return fmt.Sprintf("/publications/%d", id) }

// listed is a publication in a list.
type listed struct {
	*item
	Href string
	Who  string // who must act, or what the person is to do, as a message's key
	Act  string // the part of its page where the person acts; empty where another must
	Left string // to the embargo
}

// seen are the publications that the person may see.
func (c *call) seen() ([]*item, error) {
	all, err := c.items(c.Context())
	if err != nil {
		return nil, err
	}
	var out []*item
	for _, i := range all {
		readable, err := c.reads(i, ofPreview)
		if err != nil {
			return nil, err
		}
		if readable {
			out = append(out, i)
		}
	}
	return out, nil
}

// listing lays a publication out for a list. A reader is led to the preview, which is all that they see of it.
func (c *call) listing(i *item) listed {
	l := listed{item: i, Who: "office.who." + string(i.Status), Href: pathIn(c.tag, publicationPath(i.ID))}
	if !c.readsAll(i) {
		l.Href = publicationPath(i.ID) + "/preview" + pathIn(c.tag, "/")
	}
	switch {
	case c.waitsForMe(i):
		l.Who, l.Act = "office.you."+string(i.Status), actAt[i.Status]
	case i.Status == StatusApproved && i.waits():
		l.Who = "office.who.waits"
	}
	if i.Embargo != nil && !i.Due(c.Now()) {
		l.Left = c.left(i.Embargo.Instant)
	}
	return l
}

// actAt is the part of a publication's page where whoever it waits for acts.
var actAt = map[Status]string{StatusErrors: "replace", StatusChecked: "draft", StatusBack: "replace",
	StatusReview: "review", StatusApproved: "publish", StatusFailed: "publish", StatusAsked: "withdraw"}

type homeView struct {
	CanSend bool
	Waiting []listed // for the person, in order of time left
	Other   []listed // under way, and waiting for others
	Failed  []listed
	Plans   []planned // that are awaited
}

// home says what waits for the person.
func home(c *call) error {
	items, err := c.seen()
	if err != nil {
		return err
	}
	v := homeView{CanSend: c.may(RightSend)}
	for _, i := range items {
		switch {
		case i.Status == StatusFailed:
			v.Failed = append(v.Failed, c.listing(i))
		case c.waitsForMe(i):
			v.Waiting = append(v.Waiting, c.listing(i))
		case i.Status != StatusPublished && i.Status != StatusWithdrawn:
			v.Other = append(v.Other, c.listing(i))
		}
	}
	soonest := func(a, b listed) int {
		switch {
		case a.Embargo == nil && b.Embargo == nil:
			return a.Sent.Compare(b.Sent)
		case a.Embargo == nil:
			return 1
		case b.Embargo == nil:
			return -1
		}
		return a.Embargo.Instant.Compare(b.Embargo.Instant)
	}
	slices.SortStableFunc(v.Waiting, soonest)
	slices.SortStableFunc(v.Other, soonest)
	if c.may(RightReadAll) {
		if v.Plans, err = c.plans(0); err != nil {
			return err
		}
	}
	return c.page("home", v)
}

// waitsForMe says whether the person is the one to act on a publication.
func (c *call) waitsForMe(i *item) bool {
	mine := i.mine(c.person.Name)
	switch i.Status {
	case StatusErrors, StatusChecked, StatusBack:
		return mine
	case StatusReview:
		return c.may(RightApprove) && !mine
	case StatusApproved, StatusFailed:
		return c.may(RightPublish) && !i.waits()
	case StatusAsked:
		return c.may(RightWithdraw) && !strings.EqualFold(i.Request.Person, c.person.Name)
	}
	return false
}

type listView struct{ All []listed }

func list(c *call) error {
	items, err := c.seen()
	if err != nil {
		return err
	}
	var v listView
	for _, i := range items {
		v.All = append(v.All, c.listing(i))
	}
	return c.page("publications", v)
}

// step is one thing of a publication's timeline.
type step struct {
	At     time.Time
	Person string
	Act    string // a message's key
	Row    string // of the file, that a comment is about
	Words  string
}

// row is one row of a difference: what it is about, and its cells.
type row struct {
	Key      string
	Cells    []cell
	Comments []step
}

type cell struct{ Column, Before, After string }

// quoted is a row of the file, beside what is wrong with it.
type quoted struct {
	Line  int
	Cells []quotedCell
}

// quotedCell is a cell of the file. Wrong says that something was found in it.
type quotedCell struct {
	Column, Text string
	Wrong        bool
}

// quotes lays the rows out that findings are about, without columns that have nothing in any of them.
func (t *trial) quotes() []quoted {
	wrong := func(line int, column string) bool {
		return slices.ContainsFunc(t.Findings, func(f finding.Finding) bool { return f.Line == line && f.Column == column })
	}
	shown := make([]bool, len(t.Sheet.Columns))
	for n, column := range t.Sheet.Columns {
		for _, row := range t.Sheet.Rows {
			shown[n] = shown[n] || row.Cells[n] != "" || wrong(row.Line, column)
		}
	}
	var out []quoted
	for _, row := range t.Sheet.Rows {
		q := quoted{Line: row.Line}
		for n, column := range t.Sheet.Columns {
			if shown[n] {
				q.Cells = append(q.Cells, quotedCell{column, row.Cells[n], wrong(row.Line, column)})
			}
		}
		out = append(out, q)
	}
	return out
}

type publicationView struct {
	listed
	Errors, Warnings []finding.Finding
	Sheet            []quoted
	Receipt          register.Receipt
	Added, Changed   []row
	MoreAdded        int
	MoreChanged      int
	EmbargoWords     string
	Timeline         []step
	Checks           []check
	Failing          []check
	Readers          []store.Reader
	Candidates       []string // who may be made a reader
	Mine             bool
	CanDraft         bool
	CanReplace       bool
	CanComment       bool
	CanReview        bool
	CanPublish       bool
	CanSchedule      bool
	CanAsk           bool
	CanWithdraw      bool
	CanPreview       bool
	Inspections      []string // that the preview shows with what is new
	CanChooseReaders bool
	Approve, Publish string // what a passkey is touched for
	Withdraw         string
	Announcements    []announced // that it may be of
	Announced        *announced
	CanTie           bool
	CanExamine       bool
	CanLift          bool // ask
	CanRedact        bool // ask
	Petitions        []petitioned
	Replies          []replied
	CanInvite        bool
	CanRespond       bool
	Invite           inviteForm
	ReplyLink        string // shown once
	ReplyFor         string
	Plans            []planned
	CanPlan          bool
	Companions       []listed
	Parent           *listed
	Form             sent
	Problems         []problem
	Now              time.Time
}

// section is a part of a publication's page.
type section struct{ ID, Key string }

// fewSections are so few that the page needs no list of them.
const fewSections = 3

// Contents lists the parts of a long page.
func (v publicationView) Contents() []section {
	var out []section
	for _, one := range []struct {
		section
		shown bool
	}{
		{section{"difference", "office.difference.heading"}, len(v.Added)+len(v.Changed)+v.Receipt.Unchanged > 0},
		{section{"preview", "office.preview.heading"}, v.CanPreview},
		{section{"review", "office.review.heading"}, v.CanReview},
		{section{"checks", "office.check.heading"}, len(v.Checks) > 0},
		{section{"publish", "office.publish.heading"}, v.CanPublish || v.CanSchedule},
		{section{"replies", "office.reply.heading"}, len(v.Replies) > 0 || v.CanInvite},
		{section{"plan", "office.improvement.heading"}, len(v.Plans) > 0 || v.CanPlan},
		{section{"readers", "office.readers.heading"}, v.CanChooseReaders},
		{section{"timeline", "office.timeline.heading"}, true},
	} {
		if one.shown {
			out = append(out, one.section)
		}
	}
	if len(out) <= fewSections {
		return nil
	}
	return out
}

// OtherLayout says whether the file is in no layout of the import format, so that a recipe may be what it needs.
func (v publicationView) OtherLayout() bool {
	return slices.ContainsFunc(v.Errors, func(f finding.Finding) bool { return f.Rule == "header_missing" })
}

func show(c *call) error {
	if err := c.record("view", c.item.ID, ""); err != nil {
		return err
	}
	return c.showWith(publicationView{})
}

// refuse shows the publication's page with what is wrong with a form.
func (c *call) refuse(field, text string) error {
	return c.showWith(publicationView{Problems: []problem{{field, text}}})
}

// showWith shows the publication's page, with what a form had and what is wrong with it.
func (c *call) showWith(v publicationView) (err error) {
	i := c.item
	v.listed = c.listing(i)
	v.Now, v.Mine = c.Now(), i.mine(c.person.Name)
	if i.Embargo != nil {
		v.EmbargoWords = c.moment(i.Embargo.Instant)
	}
	if err := c.showDifference(&v); err != nil {
		return err
	}
	if v.Timeline, err = c.timeline(); err != nil {
		return err
	}
	commented(&v)
	if v.Checks, err = c.checks(v.Receipt, v.Warnings); err != nil {
		return err
	}
	v.Failing = failing(v.Checks)
	if v.Readers, err = c.Store.Readers(c.Context(), i.ID); err != nil {
		return err
	}
	if err := c.showActs(&v); err != nil {
		return err
	}
	if v.Form.When == "" && i.Import == 0 {
		v.Form = formOf(i)
	}
	if len(v.Problems) > 0 {
		return c.wrong("publication", v)
	}
	return c.page("publication", v)
}

// formOf fills the form of a file with what was said of the one before.
func formOf(i *item) sent {
	s := sent{Why: i.Why, When: "none"}
	if i.Publication.Embargo != "" {
		s.When = "embargo"
		s.Day, s.Clock, _ = strings.Cut(i.Publication.Embargo, " ")
	}
	return s
}

func (c *call) showDifference(v *publicationView) (err error) {
	i := c.item
	if i.Import == 0 {
		for _, f := range i.Trial.Findings {
			if f.Refuses() {
				v.Errors = append(v.Errors, f)
			} else {
				v.Warnings = append(v.Warnings, f)
			}
		}
		v.Sheet = i.Trial.quotes()
		if len(v.Errors) > 0 || i.Status == StatusBack {
			return nil
		}
	}
	if i.Status == StatusWithdrawn {
		return nil
	}
	if v.Receipt, err = c.difference(c.Context(), i); err != nil {
		return err
	}
	if i.Import > 0 {
		v.Warnings = v.Receipt.Warnings
	}
	for _, added := range v.Receipt.Added {
		r := row{Key: added.Key}
		for n, after := range added.After {
			if after != "" {
				r.Cells = append(r.Cells, cell{added.Columns[n], "", after})
			}
		}
		v.Added = append(v.Added, r)
	}
	for _, changed := range v.Receipt.Changed {
		r := row{Key: changed.Key}
		for n, after := range changed.After {
			if after != changed.Before[n] {
				r.Cells = append(r.Cells, cell{changed.Columns[n], changed.Before[n], after})
			}
		}
		v.Changed = append(v.Changed, r)
	}
	v.Inspections = inspectionsOf(v.Receipt)
	v.MoreAdded = v.Receipt.AddedRows - len(v.Added)
	v.MoreChanged = v.Receipt.ChangedRows - len(v.Changed)
	return nil
}

// mostLinks is how many inspections the page leads to in the preview.
const mostLinks = 20

// showActs says what the person may do with the publication now.
func (c *call) showActs(v *publicationView) error {
	i, before := c.item, c.item.Import == 0
	ready := i.Status == StatusApproved || i.Status == StatusFailed || i.Status == StatusScheduled
	v.CanReplace = before && v.Mine && c.may(RightSend)
	v.CanDraft = v.CanReplace && i.Status == StatusChecked && !v.Receipt.KeptOnly
	v.CanComment = c.may(RightComment)
	v.CanReview = i.Status == StatusReview && c.may(RightApprove) && !v.Mine
	ready = ready && !i.waits()
	v.CanPublish = ready && c.may(RightPublish) && i.Due(c.Now())
	v.CanSchedule = ready && c.may(RightPublish) && !i.Due(c.Now())
	v.CanAsk = i.Status == StatusPublished && c.may(RightAsk)
	v.CanWithdraw = i.Status == StatusAsked && c.may(RightWithdraw) &&
		!strings.EqualFold(i.Request.Person, c.person.Name) || i.stillPublic() && c.may(RightWithdraw)
	v.CanPreview = i.previewable()
	v.CanChooseReaders = c.may(RightPublish) && i.previewable()
	if err := c.showMore(v); err != nil {
		return err
	}
	v.Approve, v.Publish, v.Withdraw = subject("approve", i), subject("publish", i), subject("withdraw", i)
	if !v.CanChooseReaders {
		return nil
	}
	everybody, err := c.Store.People(c.Context())
	for _, p := range everybody {
		if p.Ended.IsZero() && slices.Contains(p.Roles, "reader") {
			v.Candidates = append(v.Candidates, p.Name)
		}
	}
	return err
}

// stillPublic says whether a withdrawal was decided and its release never made.
func (i *item) stillPublic() bool { return i.Status == StatusWithdrawn && i.Public != nil }

// timeline returns what was done, the oldest first: decisions from the journal, and everything else but looking.
func (c *call) timeline() ([]step, error) {
	var out []step
	for _, e := range c.item.Entries {
		s := step{At: e.At, Person: e.By, Act: "office.act." + string(e.Act), Words: e.Why}
		if e.Act == register.ActComment && !e.Erased {
			var said remarked
			if err := c.readDocument(e, &said); err != nil {
				return nil, err
			}
			s.Row = said.Row
		}
		out = append(out, s)
	}
	events, err := c.Store.Timeline(c.Context(), c.item.ID)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		out = append(out, step{e.At, e.Person, "office.act." + e.Act, e.Row, e.Words})
	}
	slices.SortStableFunc(out, func(a, b step) int { return a.At.Compare(b.At) })
	return out, nil
}

// commented puts comments on rows beside the rows that they are about.
func commented(v *publicationView) {
	for _, rows := range [][]row{v.Added, v.Changed} {
		for n := range rows {
			for _, s := range v.Timeline {
				if s.Row != "" && s.Row == rows[n].Key {
					rows[n].Comments = append(rows[n].Comments, s)
				}
			}
		}
	}
}

// Outcomes are what may become of a remark.
func (publicationView) Outcomes() []string { return outcomes }

// showMore adds what goes with a publication: its announcement, replies, plans and petitions.
func (c *call) showMore(v *publicationView) error {
	i := c.item
	own := i.Import > 0 && i.Parent == 0 && i.Left == nil
	publisher := c.may(RightPublish)
	v.CanTie, v.CanExamine = own && i.Public == nil && publisher, i.previewable() && i.Parent == 0
	v.CanInvite = own && i.Public == nil && publisher && len(v.Inspections) > 0
	v.CanRespond, v.CanPlan = own && publisher, own && publisher && len(v.Inspections) > 0
	v.CanLift, v.CanRedact = c.may(RightAsk) && i.can(actLift, c), c.may(RightAsk) && i.can(actRedact, c)
	for _, act := range []string{actLift, actRedact} {
		asked, err := c.petitionOf(act, strconv.Itoa(i.ID))
		if err != nil {
			return err
		}
		if asked != nil {
			v.Petitions = append(v.Petitions, *asked)
		}
	}
	entries, err := c.Register.Journal()
	if err != nil {
		return err
	}
	for _, a := range register.AnnouncedIn(entries) {
		switch shown := c.announced(a); {
		case i.Import > 0 && slices.Contains(a.Imports, i.Import) && !a.Cancelled:
			v.Announced = &shown
		case shown.Open:
			v.Announcements = append(v.Announcements, shown)
		}
	}
	if v.Replies, err = c.replies(c.Context(), i); err != nil {
		return err
	}
	for _, with := range i.With {
		v.Companions = append(v.Companions, c.listing(with))
	}
	if i.Under != nil {
		parent := c.listing(i.Under)
		v.Parent = &parent
	}
	v.Plans, err = c.plans(i.ID)
	return err
}

// mostComment is how many letters a comment or a reason may have.
const mostComment = 2000

// words reads a text of a form that must be there.
func (c *call) words(field string) (string, bool) {
	text := strings.TrimSpace(c.FormValue(field))
	return text, text != "" && len([]rune(text)) <= mostComment
}

func comment(c *call) error {
	text, ok := c.words("comment")
	if !ok {
		return c.refuse("comment", c.say("office.problem.comment"))
	}
	row := c.FormValue("row")
	if row != "" {
		receipt, err := c.difference(c.Context(), c.item)
		if err != nil {
			return err
		}
		known := false
		for _, r := range slices.Concat(receipt.Added, receipt.Changed) {
			known = known || r.Key == row
		}
		if !known {
			return c.refuse("comment", c.say("office.problem.moved"))
		}
	}
	i := c.item
	var err error
	if i.Import > 0 && i.Left == nil {
		err = c.keep(register.ActComment, remarked{i.Import, row, text}, text, i.Import)
	} else { // of a file that the register does not have, or has no more
		err = c.Store.AddEvent(c.Context(), store.Event{Person: c.person.Name, Act: string(register.ActComment),
			Publication: i.ID, Words: text, Row: row})
	}
	if err != nil {
		return err
	}
	return c.leave(publicationPath(c.item.ID), c.say("office.done.comment"))
}
