package office

import (
	"fmt"
	"slices"
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
	asked := c.asksMe(i)
	switch {
	case asked != "":
		l.Who, l.Act = "office.you."+asked, "asked"
	case c.myTurn(i):
		l.Who, l.Act = "office.you."+string(i.Status), actAt[i.Status]
	case i.Status == StatusApproved && i.waits():
		l.Who = "office.who.waits"
	case !c.readsAll(i):
		l.Who = "office.who.reader"
	}
	if i.Embargo != nil && !i.Due(c.Now()) {
		l.Left = c.left(i.Embargo.Instant)
	}
	return l
}

// actAt is the part of a publication's page where whoever it waits for acts.
var actAt = map[Status]string{StatusErrors: "replace", StatusChecked: "draft", StatusBack: "replace",
	StatusReview: "review", StatusApproved: "publish", StatusFailed: "publish"}

type homeView struct {
	CanSend bool
	Waiting []listed // for the person, in order of time left
	Other   []listed // under way, and waiting for others
	Failed  []listed
	Plans   []planned    // that are awaited
	Asked   []petitioned // of inspections, which the person may confirm
}

// Nothing says whether nothing waits for the person.
func (v homeView) Nothing() bool {
	mine := slices.ContainsFunc(v.Failed, func(l listed) bool { return l.Act != "" })
	return len(v.Waiting)+len(v.Asked) == 0 && !mine
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
	if v.Asked, err = c.ofInspections(); err != nil {
		return err
	}
	v.Asked = slices.DeleteFunc(v.Asked, func(p petitioned) bool { return !p.May })
	if c.may(RightReadAll) {
		v.Plans = slices.DeleteFunc(c.plans(items...), func(p planned) bool { return p.Received != "" })
	}
	return c.page("home", v)
}

// asksMe says what the person is asked to confirm about a publication; empty for nothing.
func (c *call) asksMe(i *item) string {
	for _, p := range c.petitions(i) {
		if p.May {
			return p.Act
		}
	}
	return ""
}

// waitsForMe says whether the person is the one to act on a publication, or to confirm something about it.
func (c *call) waitsForMe(i *item) bool { return c.asksMe(i) != "" || c.myTurn(i) }

// myTurn says whether the person is the one to act on a publication as it stands.
func (c *call) myTurn(i *item) bool {
	mine := i.mine(c.person.Name)
	switch i.Status {
	case StatusErrors, StatusChecked, StatusBack:
		return mine
	case StatusReview:
		return c.may(RightApprove) && !mine
	case StatusApproved, StatusFailed:
		return c.may(RightPublish) && !i.waits()
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
	Candidates       []string // who may be made a reader
	Mine             bool
	CanDraft         bool
	CanReplace       bool
	CanComment       bool
	CanReview        bool
	CanPublish       bool
	CanSchedule      bool
	CanUnschedule    bool
	CanPreview       bool
	Inspections      []string // that the publication brings or changes
	Inherits         []listed // whose embargo or want of approval it takes over
	Next             []section
	Because          *step // why it was sent back or withdrawn
	CanChooseReaders bool
	Approve, Publish string      // what a passkey is touched for
	Announcements    []announced // that it may be of
	Announced        *announced
	CanTie           bool
	CanExamine       bool
	CanAsk           []asking
	Petitions        []petitioned
	beside
	CanInvite  bool
	CanRespond bool
	ReplyLink  string // shown once
	ReplyFor   string
	CanPlan    bool
	Companions []listed
	Parent     *listed
	Form       sent
}

// mostLinked is how many inspections the page leads to.
const mostLinked = 20

// Linked are the inspections that the page leads to.
func (v publicationView) Linked() []string {
	return v.Inspections[:min(len(v.Inspections), mostLinked)]
}

// MoreLinked is how many there are besides.
func (v publicationView) MoreLinked() int { return len(v.Inspections) - mostLinked }

// HasNotices says whether the inspections that are public have press notices.
func (v publicationView) HasNotices() bool {
	return v.Public != nil && v.item.Left == nil && len(v.Inspections) > 0
}

// Noticed is where the press notice of an inspection is.
func (v publicationView) Noticed(inspection string) string { return noticePath(v.ID, inspection) }

// section is a part of a publication's page.
type section struct{ ID, Key string }

// maybe is a section that is shown where something holds.
type maybe struct {
	section
	holds bool
}

// shown are the sections of which it holds.
func shown(all []maybe) (out []section) {
	for _, one := range all {
		if one.holds {
			out = append(out, one.section)
		}
	}
	return out
}

// fewSections are so few that the page needs no list of them.
const fewSections = 3

// Contents lists the parts of a long page.
func (v publicationView) Contents() []section {
	out := shown([]maybe{
		{section{"asked", "office.petition.heading"}, len(v.Petitions) > 0},
		{section{"difference", "office.difference.heading"}, len(v.Added)+len(v.Changed)+v.Receipt.Unchanged > 0},
		{section{"preview", "office.preview.heading"}, v.CanPreview},
		{section{"review", "office.review.heading"}, v.CanReview},
		{section{"checks", "office.check.heading"}, len(v.Checks) > 0},
		{section{"notices", "office.notice.all"}, v.HasNotices()},
		{section{"publish", "office.publish.heading"}, v.CanPublish || v.CanSchedule || v.CanUnschedule},
		{section{"replies", "office.reply.heading"}, len(v.Replies) > 0 || v.CanInvite},
		{section{"plan", "office.improvement.heading"}, len(v.Planned) > 0 || v.CanPlan},
		{section{"readers", "office.readers.heading"}, v.CanChooseReaders},
		{section{"timeline", "office.timeline.heading"}, true},
	})
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
func (c *call) refuse(field, key string, variables ...any) error {
	c.wrong(field, key, variables...)
	return c.showWith(publicationView{})
}

// showWith shows the publication's page, with what a form had and what is wrong with it.
func (c *call) showWith(v publicationView) (err error) {
	i := c.item
	v.listed, v.Mine = c.listing(i), i.mine(c.person.Name)
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
	v.Because = v.because()
	if v.beside, err = c.beside(); err != nil {
		return err
	}
	if v.Checks, err = c.checks(v.Receipt, v.beside); err != nil {
		return err
	}
	v.Failing = failing(v.Checks)
	if err := c.showActs(&v); err != nil {
		return err
	}
	v.Next = v.next()
	if c.asksMe(i) != "" && c.myTurn(i) {
		v.Next = append([]section{{actAt[i.Status], "office.you." + string(i.Status)}}, v.Next...)
	}
	if v.Form.When == "" && i.Import == 0 {
		v.Form = formOf(i)
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
	for _, one := range slices.Concat(v.Receipt.Added, v.Receipt.Changed) {
		r := row{Key: one.Key}
		for n, after := range one.After {
			before := ""
			if len(one.Before) > 0 {
				before = one.Before[n]
			}
			if after != before {
				r.Cells = append(r.Cells, cell{one.Columns[n], before, after})
			}
		}
		if len(one.Before) > 0 {
			v.Changed = append(v.Changed, r)
		} else {
			v.Added = append(v.Added, r)
		}
	}
	v.Inspections = inspectionsOf(v.Receipt)
	v.MoreAdded = v.Receipt.AddedRows - len(v.Added)
	v.MoreChanged = v.Receipt.ChangedRows - len(v.Changed)
	return nil
}

// beside is what a publication has beside its figures.
type beside struct {
	Readers []store.Reader
	Replies []replied
	Planned []planned
}

func (c *call) beside() (b beside, err error) {
	if b.Readers, err = c.Store.Readers(c.Context(), c.item.ID); err != nil {
		return b, err
	}
	b.Planned = c.plans(c.item)
	b.Replies, err = c.replies(c.Context(), c.item)
	return b, err
}

// showActs says what the person may do with the publication now, and what goes with it.
func (c *call) showActs(v *publicationView) error {
	i, before, publisher := c.item, c.item.Import == 0, c.may(RightPublish)
	own := !before && i.Parent == 0 && i.Left == nil
	v.CanReplace = before && v.Mine && c.may(RightSend)
	v.CanDraft = v.CanReplace && i.Status == StatusChecked && !v.Receipt.KeptOnly
	v.CanComment = c.may(RightComment)
	v.CanReview = i.Status == StatusReview && c.may(RightApprove) && !v.Mine
	v.CanPublish = i.ready() && publisher && i.Due(c.Now())
	v.CanUnschedule = i.Schedule.Person != "" && publisher && i.ready()
	v.CanSchedule = i.ready() && publisher && !i.Due(c.Now()) && i.Status != StatusScheduled
	v.CanPreview = i.previewable()
	v.CanChooseReaders = publisher && i.previewable()
	v.CanTie, v.CanExamine = own && i.Public == nil && publisher, i.previewable() && i.Parent == 0
	v.CanInvite = own && i.Public == nil && publisher && len(v.Inspections) > 0
	v.CanRespond, v.CanPlan = own && publisher, own && publisher && len(v.Inspections) > 0
	v.Petitions = c.petitions(i)
	for _, act := range []string{actWithdraw, actLift, actRedact} {
		asked := slices.ContainsFunc(v.Petitions, func(p petitioned) bool { return p.Act == act })
		if c.may(RightAsk) && i.can(act, c) && !asked {
			v.CanAsk = append(v.CanAsk, asking{i.ID, act})
		}
	}
	v.Approve, v.Publish = subject("approve", i), subject("publish", i)
	for _, a := range register.AnnouncedIn(i.Journal) {
		switch shown := c.announced(a); {
		case isOf(a, i.Import):
			v.Announced = &shown
		case shown.Open:
			v.Announcements = append(v.Announcements, shown)
		}
	}
	if len(v.Receipt.Inherits) > 0 {
		all, err := c.seen()
		if err != nil {
			return err
		}
		for _, other := range all {
			if slices.Contains(v.Receipt.Inherits, other.Import) {
				v.Inherits = append(v.Inherits, c.listing(other))
			}
		}
	}
	for _, with := range i.With {
		v.Companions = append(v.Companions, c.listing(with))
	}
	if i.Under != nil {
		parent := c.listing(i.Under)
		v.Parent = &parent
	}
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

// next is what there is to do besides what the publication's status says.
func (v publicationView) next() []section {
	unheard := func(r replied) bool { return r.Response != "" && !v.Responded(r.Inspection) }
	overdue := func(p planned) bool { return p.Overdue }
	return shown([]maybe{
		{section{"replies", "office.next.remarks"}, v.CanComment && slices.ContainsFunc(v.Replies, replied.undecided)},
		{section{"replies", "office.next.response"}, v.CanRespond && slices.ContainsFunc(v.Replies, unheard)},
		{section{"plan", "office.next.plan"}, v.CanPlan && slices.ContainsFunc(v.Planned, overdue)},
	})
}

// because is the step that says why a publication was sent back or withdrawn; nil for any other.
func (v publicationView) because() *step {
	act := map[Status]string{StatusBack: "office.act.back", StatusWithdrawn: "office.act.withdraw"}[v.Status]
	for _, s := range slices.Backward(v.Timeline) {
		if s.Act == act {
			return &s
		}
	}
	return nil
}

// timeline returns what was done, the oldest first: decisions from the journal, and everything else but looking.
func (c *call) timeline() ([]step, error) {
	var out []step
	for _, e := range c.item.Entries {
		words, row, err := c.inWords(e)
		if err != nil {
			return nil, err
		}
		out = append(out, step{e.At, e.By, "office.act." + string(e.Act), row, words})
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
		return c.refuse("comment", "comment")
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
			return c.refuse("comment", "moved")
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
	return c.done(err, publicationPath(c.item.ID), "office.done.comment")
}
