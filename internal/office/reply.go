package office

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/data/register"
	"yardstick/internal/office/store"
)

// mostResponse is how many letters a service's response may have.
const mostResponse = 10_000

// outcomes are what may become of a remark.
var outcomes = []string{"accepted", "refused", "noted"}

// invite gives a contact of an inspected service a link to its draft figures.
func invite(c *call) error {
	i := c.item
	if !i.previewable() || i.Parent > 0 {
		return c.refuse("", "moved")
	}
	receipt, err := c.difference(c.Context(), i)
	if err != nil {
		return err
	}
	inspection, contact := c.FormValue("inspection"), strings.TrimSpace(c.FormValue("contact"))
	if !slices.Contains(inspectionsOf(receipt), inspection) {
		c.wrong("reply-inspection", "inspection")
	}
	if !ValidName(contact) {
		c.wrong("contact", "contact")
	}
	day, err := time.ParseInLocation(time.DateOnly, c.FormValue("until"), c.pages.london)
	until := day.AddDate(0, 0, 1)
	if err != nil || !c.Now().Before(until) || i.Embargo != nil && !i.Due(c.Now()) && until.After(i.Embargo.Instant) {
		c.wrong("until", "until")
	}
	if len(c.problems) > 0 {
		return c.showWith(publicationView{})
	}
	token, err := c.Store.NewReply(c.Context(), store.Reply{Publication: i.ID, Inspection: inspection,
		Contact: contact, Person: c.person.Name, Until: until})
	if err == nil {
		err = c.record("reply_asked", i.ID, contact+", "+inspection)
	}
	if err != nil {
		return err
	}
	return c.showWith(publicationView{ReplyLink: c.Site + pathIn(c.tag, "/replies/"+token), ReplyFor: contact})
}

// endReply ends a link before its time.
func endReply(c *call) error {
	err := errors.Join(c.Store.EndReply(c.Context(), c.item.ID, c.PathValue("reply")),
		c.record("reply_ended", c.item.ID, ""))
	return c.done(err, publicationPath(c.item.ID), "office.done.reply_ended")
}

// replyRow is a figure that a service may say something of.
type replyRow struct {
	headline
	Field string
	Words string
}

type replyView struct {
	Token, Contact  string
	Area, Programme string
	Until           string
	Rows            []replyRow
	Parts           []part
	Response        string
}

// replying finds the reply of a link, and what the preview says of its inspection. Each look is kept in the audit.
func (c *call) replying() (r store.Reply, v replyView, err error) {
	if r, err = c.Store.LookAtReply(c.Context(), c.PathValue("token")); err != nil {
		return r, v, err
	}
	if c.item, err = c.find(c.Context(), r.Publication); err != nil {
		return r, v, err
	}
	if !c.item.previewable() || answered(c.item.Journal, r) {
		return r, v, errNotFound // it is public, was taken back, or has its answer
	}
	if err := c.Store.AddEvent(c.Context(), store.Event{Person: asService(r), Act: "reply_seen",
		Publication: r.Publication, Words: r.Inspection}); err != nil {
		return r, v, err
	}
	p, err := c.previewOf(c.Context(), c.item)
	if err != nil {
		return r, v, err
	}
	v, err = c.pages.replyView(c.tag, p.snapshot, r.Inspection)
	v.Token, v.Contact, v.Until = c.PathValue("token"), r.Contact, c.moment(r.Last())
	return r, v, err
}

// replyView lays out what a service sees: its own figures, and nothing of others but what a notice prints.
func (p *pages) replyView(tag string, s *analytics.Snapshot, id string) (v replyView, err error) {
	i, err := s.Inspection(id)
	if err != nil {
		return v, errNotFound
	}
	area, err := s.Area(i.Area)
	if err != nil {
		return v, err
	}
	w := p.words(tag, s)
	v.Area, v.Programme = area.Name.In(tag), w.Programme(i.Programme)
	for _, r := range i.Results {
		if !r.Known() {
			continue
		}
		v.Rows = append(v.Rows, replyRow{headline: headlineOf(w, i, r, nil), Field: "row-" + r.Measure})
	}
	v.Parts = said(w, s.FindingsOf(id))
	return v, w.Err()
}

func replyPage(c *call) error {
	_, v, err := c.replying()
	if err != nil {
		return err
	}
	return c.page("reply", v)
}

// reply keeps what a service answers. It answers once, however often the form is sent.
func reply(c *call) error {
	c.answering.Lock()
	defer c.answering.Unlock()
	r, v, err := c.replying()
	if err != nil {
		return err
	}
	a := answer{Inspection: r.Inspection, Contact: r.Contact, Person: r.Person, Asked: r.Asked, Until: r.Until}
	for n, row := range v.Rows {
		text := strings.TrimSpace(c.FormValue(row.Field))
		v.Rows[n].Words = text
		switch {
		case len([]rune(text)) > mostComment:
			c.wrong(row.Field, "comment")
		case text != "":
			a.Remarks = append(a.Remarks, remark{About: row.Measure + ": " + row.Result, Words: text})
		}
	}
	a.Response = strings.TrimSpace(c.FormValue("response"))
	v.Response = a.Response
	if len([]rune(v.Response)) > mostResponse {
		c.wrong("response", "response")
	}
	if v.Response == "" && len(a.Remarks) == 0 && c.FormValue("nothing") == "" {
		c.wrong("nothing", "nothing_said")
	}
	if len(c.problems) > 0 {
		return c.page("reply", v)
	}
	_, err = c.keepAs(register.Document{Act: register.ActReply, Name: answerName(r), By: asService(r),
		Imports: []int{c.item.Import}}, a)
	if err != nil {
		return err
	}
	return c.page("message", messageView{Heading: c.say("office.reply.thanks"), Text: c.say("office.reply.thanks_about")})
}

// replyOf finds the reply of the address among those of the call's publication.
func (c *call) replyOf() (replied, error) {
	all, err := c.replies(c.Context(), c.item)
	if err != nil {
		return replied{}, err
	}
	return first(all, func(r replied) bool { return r.Key == c.PathValue("reply") })
}

// decideRemarks records what became of a service's remarks.
func decideRemarks(c *call) error {
	r, err := c.replyOf()
	if err != nil {
		return err
	}
	changed := false
	for n, had := range r.Remarks {
		field := fmt.Sprintf("why-%s-%d", r.Key, n)
		now := found{Outcome: c.FormValue(fmt.Sprintf("outcome-%s-%d", r.Key, n)),
			Why: strings.TrimSpace(c.FormValue(field)), Person: c.person.Name}
		if now.Outcome == "" || now.Outcome == had.Outcome && now.Why == had.Why {
			continue
		}
		if !slices.Contains(outcomes, now.Outcome) || now.Why == "" || len([]rune(now.Why)) > mostComment {
			return c.refuse(field, "outcome")
		}
		r.Remarks[n].found, changed = now, true
	}
	if changed {
		var all []found
		for _, m := range r.Remarks {
			all = append(all, m.found)
		}
		_, err := c.keepAs(register.Document{Act: register.ActOutcome, Name: outcomeName(r.Reply), By: c.person.Name,
			Imports: []int{c.item.Import}}, all)
		if err != nil {
			return c.refused(err)
		}
	}
	return c.leave(publicationPath(c.item.ID), "office.done.remarks")
}

// The kinds of findings that the office writes: see docs/import.md.
var companionHeader = []string{"inspection", "kind", "position", "text_en", "text_cy", "period", "section",
	"source_url", "source_title"}

// companion is a file of findings that the office writes for an inspection of a publication, in place of a file that
// somebody sends.
type companion struct {
	inspection, why string
	address, title  string // of the document where readers find the same
	lines           []companionLine
}

type companionLine struct {
	kind           analytics.FindingKind
	position       int
	en, cy, period string
	section        string
}

func (d companion) csv() ([]byte, error) {
	var out bytes.Buffer
	lines := [][]string{companionHeader}
	for _, l := range d.lines {
		lines = append(lines, []string{d.inspection, string(l.kind), strconv.Itoa(l.position), l.en, l.cy, l.period,
			l.section, d.address, d.title})
	}
	err := csv.NewWriter(&out).WriteAll(lines)
	return out.Bytes(), err
}

// name is the name of the companion's file.
func (d companion) name() string { return companionName(d.inspection, d.lines[0].kind) }

func companionName(inspection string, kind analytics.FindingKind) string {
	return fmt.Sprintf("%s-%s.csv", inspection, kind)
}

// Responded says whether the response of an inspection's service was handed in: the page does not ask for it again.
func (v publicationView) Responded(inspection string) bool {
	name := companionName(inspection, analytics.FindingResponse)
	return slices.ContainsFunc(v.Companions, func(l listed) bool { return l.File == name })
}

// accompany hands a companion in under the embargo of its publication, with the improvement plan that it is of, if any.
func (c *call) accompany(d companion, draft bool, plan *promise) error {
	i := c.item
	content, err := d.csv()
	if err != nil {
		return err
	}
	in := register.Import{Name: d.name(), Content: content,
		By: c.person.Name, Why: d.why, Draft: draft}
	if i.Embargo != nil && !i.Due(c.Now()) {
		in.Embargo = i.Embargo
	}
	c.taking.Lock()
	defer c.taking.Unlock()
	receipt, err := c.decides().Import(c.Context(), in)
	switch {
	case err != nil:
		return c.refused(err)
	case receipt.Seq == 0:
		return c.refuse("", "nothing")
	}
	p := store.Publication{Person: c.person.Name, File: in.Name, Hash: receipt.Upload, Why: d.why,
		State: store.StateReview, Import: receipt.Seq}
	if receipt.Embargo != nil {
		p.Embargo = receipt.Embargo.Words
	}
	id, err := c.Store.AddPublication(c.Context(), p, store.File{})
	if err == nil {
		err = errors.Join(c.Store.Accompany(c.Context(), id, i.ID),
			c.keep(register.ActAccompany, accompanied{receipt.Seq, i.Import, plan}, "", receipt.Seq))
	}
	return c.done(err, publicationPath(i.ID), "office.done.companion")
}

// address reads the address of a document that readers find something in.
func (c *call) address(field string) (string, bool) {
	text := strings.TrimSpace(c.FormValue(field))
	u, err := url.Parse(text)
	return text, err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// respond hands in a service's response, to be shown beside its figures. Somebody else approves it.
func respond(c *call) error {
	r, err := c.replyOf()
	if err != nil {
		return err
	}
	en, cy := paragraphs(c.FormValue("text_en")), paragraphs(c.FormValue("text_cy"))
	address, ok := c.address("source_url")
	field := func(name string) string { return name + "-" + r.Key }
	switch {
	case r.Answered.IsZero() || c.item.Left != nil || c.item.Import == 0:
		return c.refuse("", "moved")
	case len(en) == 0 || len(en) != len(cy):
		return c.refuse(field("text_cy"), "both_languages")
	case !ok:
		return c.refuse(field("source_url"), "address")
	}
	d := companion{inspection: r.Inspection, why: c.say("office.reply.why"), address: address,
		title: "Response of the inspected service, " + r.Inspection}
	for n := range en {
		d.lines = append(d.lines, companionLine{kind: analytics.FindingResponse, position: n + 1, en: en[n], cy: cy[n],
			section: "Response"})
	}
	return c.accompany(d, true, nil)
}

// paragraphs are the paragraphs of a text, each on one line.
func paragraphs(text string) []string {
	var out []string
	for part := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if part = strings.Join(strings.Fields(part), " "); part != "" {
			out = append(out, part)
		}
	}
	return out
}
