package office

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/i18n"
	"yardstick/data/register"
	"yardstick/internal/office/docx"
)

// wording is the text of a press notice in one language. Its table and its sources are the record's.
type wording struct {
	Title string `json:"title"`
	Body  string `json:"body"`  // paragraphs; "## " begins a heading, "- " a point, [45%](#result-safeguarding) is a link
	Notes string `json:"notes"` // to editors, one a line
}

// worded is a version of a press notice, as the register keeps it.
type worded struct {
	Inspection string             `json:"inspection"`
	Figures    string             `json:"figures"` // SHA-256 of the figures that it was written to
	Words      map[string]wording `json:"words"`   // by language
}

// version is the newest version of a press notice, and how it stands.
type version struct {
	worded
	Entry    register.Entry
	Approval *register.Entry
	Stale    bool // the figures have changed since
}

// subject names the approval of exactly this version.
func (v *version) subject() string { return "notice " + v.Inspection + " " + v.Entry.Hash }

// block is a piece of a notice's text.
type block struct {
	Heading string
	Text    []docx.Span
	Items   [][]docx.Span
}

// noticeText is a press notice in a language, as it is read.
type noticeText struct {
	noticeFacts
	Tag, Title string
	Embargo    string // until when; empty for none
	Standing   string // that it is approved, or why it may not be given to anybody
	Approved   bool
	Base       string  // the address of the inspection's page; empty where it has none
	Lead       []block // what is said before the table: the text before its first heading
	Body       []block // what is said after it
	Notes      [][]docx.Span
	Contact    string
}

type noticeView struct {
	noticeText
	ID                  int
	Inspection          string
	Figures             string // their hash
	Back, Page          string
	Languages           []string
	Words               map[string]wording
	Version             *version
	Mine                bool
	CanEdit, CanApprove bool
	PublicSite          bool // the settings say where the public pages are
	PDF                 bool // there is a browser that prints
}

// Seen names the version that the page shows, for forms; empty where there is none.
func (v noticeView) Seen() string {
	if v.Version == nil {
		return ""
	}
	return v.Version.Entry.Hash
}

// Approve names the approval of the version that the page shows.
func (v noticeView) Approve() string { return v.Version.subject() }

// noticePath is the address of a press notice.
func noticePath(id int, inspection string) string {
	return publicationPath(id) + "/notice/" + inspection
}

// noticeFrom returns the pages that a notice is of: the preview before it is public, then the public release.
func (c *call) noticeFrom() (*analytics.Snapshot, error) {
	switch {
	case c.item.previewable():
		p, err := c.previewOf(c.Context(), c.item)
		if err != nil {
			return nil, err
		}
		return p.snapshot, nil
	case c.item.Public != nil && c.item.Left == nil:
		return c.current(c.Context())
	}
	return nil, errNotFound
}

// brings says whether the publication adds or changes an inspection.
func (c *call) brings(inspection string) (bool, error) {
	receipt, err := c.difference(c.Context(), c.item)
	all := receipt.AddedRows == len(receipt.Added) && receipt.ChangedRows == len(receipt.Changed)
	return !all || slices.Contains(inspectionsOf(receipt), inspection), err
}

// figuresOf is the hash of the figures of a notice: what the inspection's results and findings are, and the ranges
// beside them. Results of other areas that come later change none of it.
func (p *pages) figuresOf(s *analytics.Snapshot, id string) (string, error) {
	i, err := s.Inspection(id)
	if err != nil {
		return "", err
	}
	i.Results = slices.Clone(i.Results)
	for n := range i.Results {
		i.Results[n].Standing = nil
	}
	facts, err := p.notice(i18n.Languages()[0], s, id)
	if err != nil {
		return "", err
	}
	var ranges [][3]string
	for _, h := range facts.Headlines {
		ranges = append(ranges, [3]string{h.Lowest, h.Highest, h.Average})
	}
	text, err := json.Marshal(struct {
		Inspection analytics.Inspection
		Findings   []analytics.Finding
		Ranges     [][3]string
	}{i, s.FindingsOf(id), ranges})
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), err
}

// newest returns the newest version of the notice of an inspection for a publication; nil where there is none. One that
// was worded for an earlier file of the same sender is taken over.
func (c *call) newest(inspection, figures string) (*version, error) {
	entries := c.item.Journal
	for _, e := range slices.Backward(entries) {
		if e.Act != register.ActNotice || e.Erased || e.File != "notice/"+inspection ||
			!strings.EqualFold(entries[e.Imports[0]-1].By, c.item.Person) {
			continue
		}
		v := &version{Entry: e}
		if err := c.readDocument(e, &v.worded); err != nil {
			return nil, err
		}
		if by := register.Approved(entries)[e.Seq]; by > 0 {
			v.Approval = &entries[by-1]
		}
		v.Stale = v.Figures != figures
		return v, nil
	}
	return nil, nil
}

// drafted is the wording that the record alone gives.
func (p *pages) drafted(tag string, facts noticeFacts) (wording, error) {
	w := p.words(tag, nil)
	var body strings.Builder
	body.WriteString(w.Say("office.notice.opening", "Area", facts.Area, "Programme", facts.Programme, "Date",
		facts.Published) + "\n\n")
	for _, h := range facts.Headlines {
		if h.Overall {
			fmt.Fprintf(&body, "%s: [%s](%s).\n\n", h.Measure, h.Result, h.Anchor)
		}
	}
	for _, part := range facts.Parts {
		body.WriteString("## " + w.Say(part.Heading) + "\n\n")
		for _, item := range part.Items {
			body.WriteString("- " + item + "\n")
		}
		body.WriteString("\n")
	}
	title := w.Say("office.notice.heading", "Area", facts.Area)
	return wording{title, strings.TrimSpace(body.String()), strings.Join(facts.Notes, "\n")}, w.Err()
}

var linked = regexp.MustCompile(`\[([^\]\n]+)\]\((#[a-z0-9_-]+)\)`)

// spansOf reads the links of a line. They lead to places of the inspection's page alone.
func spansOf(text, base string) []docx.Span {
	var out []docx.Span
	at := 0
	for _, found := range linked.FindAllStringSubmatchIndex(text, -1) {
		if found[0] > at {
			out = append(out, docx.Span{Text: text[at:found[0]]})
		}
		link := docx.Span{Text: text[found[2]:found[3]]}
		if base != "" {
			link.Link = base + text[found[4]:found[5]]
		}
		out, at = append(out, link), found[1]
	}
	if at < len(text) {
		out = append(out, docx.Span{Text: text[at:]})
	}
	return out
}

// blocksOf reads the text of a notice.
func blocksOf(text, base string) []block {
	var out []block
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		line = strings.TrimSpace(line)
		heading, isHeading := strings.CutPrefix(line, "## ")
		point, isPoint := strings.CutPrefix(line, "- ")
		last := len(out) - 1
		switch {
		case line == "":
		case isHeading:
			out = append(out, block{Heading: heading})
		case isPoint && last >= 0 && out[last].Items != nil:
			out[last].Items = append(out[last].Items, spansOf(point, base))
		case isPoint:
			out = append(out, block{Items: [][]docx.Span{spansOf(point, base)}})
		default:
			out = append(out, block{Text: spansOf(line, base)})
		}
	}
	return out
}

// led are the blocks before the first heading, and the others.
func led(all []block) (lead, body []block) {
	at := slices.IndexFunc(all, func(b block) bool { return b.Heading != "" })
	if at < 0 {
		at = len(all)
	}
	return all[:at], all[at:]
}

// noticeOf lays the notice of the address out: the newest version, or what the record alone gives. Nothing in a file
// leads back into the office.
func (c *call) noticeOf(v *noticeView, file bool) error {
	v.ID, v.Inspection = c.item.ID, c.PathValue("inspection")
	brings, err := c.brings(v.Inspection)
	if err == nil && !brings {
		err = errNotFound
	}
	var s *analytics.Snapshot
	if err == nil {
		s, err = c.noticeFrom()
	}
	if err != nil {
		return err
	}
	if _, err := s.Inspection(v.Inspection); err != nil {
		return errNotFound
	}
	if v.Figures, err = c.pages.figuresOf(s, v.Inspection); err != nil {
		return err
	}
	if v.Version, err = c.newest(v.Inspection, v.Figures); err != nil {
		return err
	}
	settings, err := c.Register.Settings()
	if err != nil {
		return err
	}
	v.PublicSite, v.PDF = settings.PublicSite != "", c.Browser != ""
	v.Back = pathIn(c.tag, publicationPath(c.item.ID))
	page := pathIn(c.tag, "/inspections/"+v.Inspection)
	if c.item.previewable() {
		v.Page = publicationPath(c.item.ID) + "/preview" + page
	}
	words := make(map[string]wording)
	for _, tag := range i18n.Languages() {
		facts, err := c.pages.notice(tag, s, v.Inspection)
		if err != nil {
			return err
		}
		if tag == c.tag {
			v.noticeFacts = facts
		}
		if v.Version == nil {
			if words[tag], err = c.pages.drafted(tag, facts); err != nil {
				return err
			}
		} else {
			words[tag] = v.Version.Words[tag]
		}
	}
	v.Languages, v.Words = i18n.Languages(), words
	v.Tag, v.Contact = c.tag, settings.PressContact
	if v.PublicSite {
		v.Base = strings.TrimSuffix(settings.PublicSite, "/") + page
	}
	if !file && v.Page != "" {
		v.Base = v.Page
	}
	c.lay(&v.noticeText, words[c.tag], v.Version)
	v.Mine = v.Version != nil && strings.EqualFold(v.Version.Entry.By, c.person.Name)
	v.CanEdit = c.may(RightSend)
	v.CanApprove = v.Version != nil && v.Version.Approval == nil && !v.Version.Stale && !v.Mine && c.may(RightApprove)
	return nil
}

// lay puts words in their places, and says how the notice stands.
func (c *call) lay(n *noticeText, words wording, v *version) {
	n.Title = words.Title
	n.Lead, n.Body = led(blocksOf(words.Body, n.Base))
	for line := range strings.Lines(words.Notes) {
		if line = strings.TrimSpace(line); line != "" {
			n.Notes = append(n.Notes, spansOf(line, n.Base))
		}
	}
	if c.item.Embargo != nil && !c.item.Due(c.Now()) {
		n.Embargo = c.moment(c.item.Embargo.Instant)
	}
	switch {
	case v == nil:
		n.Standing = c.say("office.notice.unsaved")
	case v.Stale:
		n.Standing = c.say("office.notice.stale", "Name", v.Entry.By, "When", c.moment(v.Entry.At))
	case v.Approval == nil:
		n.Standing = c.say("office.notice.waits", "Name", v.Entry.By, "When", c.moment(v.Entry.At))
	default:
		n.Standing = c.say("office.notice.approved", "Name", v.Approval.By, "When", c.moment(v.Approval.At))
		n.Approved = true
	}
}

// notice shows the press notice of an inspection that a publication brings or changes.
func notice(c *call) error {
	if err := c.record("preview", c.item.ID, "notice "+c.PathValue("inspection")); err != nil {
		return err
	}
	return c.showNotice()
}

func (c *call) showNotice() error {
	var v noticeView
	if err := c.noticeOf(&v, false); err != nil {
		return err
	}
	return c.page("notice", v)
}

// noticeAgain shows the notice with what is wrong.
func (c *call) noticeAgain(key string) error {
	c.wrong("", key)
	return c.showNotice()
}

const (
	mostTitle = 200
	mostText  = 20_000
)

// word keeps a version of a notice in both languages, which waits for somebody else's approval.
func word(c *call) error {
	var v noticeView
	if err := c.noticeOf(&v, false); err != nil {
		return err
	}
	for _, tag := range i18n.Languages() {
		w := wording{strings.TrimSpace(c.FormValue("title-" + tag)), strings.TrimSpace(c.FormValue("body-" + tag)),
			strings.TrimSpace(c.FormValue("notes-" + tag))}
		v.Words[tag] = w
		if w.Title == "" || len([]rune(w.Title)) > mostTitle || strings.ContainsAny(w.Title, "\r\n") {
			c.wrong("title-"+tag, "title_of_notice")
		}
		if w.Body == "" || len([]rune(w.Body)) > mostText {
			c.wrong("body-"+tag, "body")
		}
		if len([]rune(w.Notes)) > mostText {
			c.wrong("notes-"+tag, "body")
		}
	}
	if c.FormValue("seen") != v.Seen() {
		c.wrong("", "moved")
	}
	if len(c.problems) > 0 {
		return c.page("notice", v)
	}
	_, err := c.keepAs(register.Document{Act: register.ActNotice, Name: "notice/" + v.Inspection, By: c.person.Name,
		Imports: []int{c.item.Import}, Draft: true}, worded{v.Inspection, v.Figures, v.Words})
	if err != nil {
		c.failed(err)
		return c.page("notice", v)
	}
	return c.leave(noticePath(c.item.ID, v.Inspection), "office.done.worded")
}

// approveNotice approves the version that the person saw. Nobody approves what they worded.
func approveNotice(c *call) error {
	var v noticeView
	if err := c.noticeOf(&v, false); err != nil {
		return err
	}
	switch {
	case v.Mine:
		return errForbidden
	case !v.CanApprove || c.FormValue("seen") != v.Version.Entry.Hash:
		return c.noticeAgain("moved")
	case !c.confirmed(v.Version.subject()):
		return c.noticeAgain("touch")
	}
	err := c.decides().Approve(c.Context(), v.Version.Entry.Seq, c.person.Name, "")
	if err != nil {
		c.failed(err)
		return c.showNotice()
	}
	return c.leave(noticePath(c.item.ID, v.Inspection), "office.done.notice_approved")
}

// noticeFile answers with the notice as a file: HTML, DOCX or PDF. It says by itself whether it is approved.
func noticeFile(c *call) error {
	format := c.PathValue("format")
	if !slices.Contains([]string{"html", "docx", "pdf"}, format) {
		return errNotFound
	}
	var v noticeView
	if err := c.noticeOf(&v, true); err != nil {
		return err
	}
	var file bytes.Buffer
	kind := "text/html; charset=utf-8"
	var err error
	switch format {
	case "docx":
		kind = docx.Type
		_, err = c.noticeDocument(&v.noticeText).WriteTo(&file)
	default:
		err = c.pages.templates[c.tag+" notice"].ExecuteTemplate(&file, "notice-file", v.noticeText)
	}
	if err != nil {
		return fmt.Errorf("notice: %w", err)
	}
	if format == "pdf" {
		if c.Browser == "" {
			return c.noticeAgain("no_browser")
		}
		printed, err := c.printed(c.Context(), file.Bytes())
		if err != nil {
			c.Log.Error("a notice was not printed", "error", err)
			return c.noticeAgain("printing")
		}
		kind, file = "application/pdf", *bytes.NewBuffer(printed)
	}
	if err := c.record("preview", c.item.ID, "notice "+v.Inspection+" "+c.tag+"."+format); err != nil {
		return err
	}
	name := path.Base("notice-" + v.Inspection + "-" + c.tag + "." + format)
	c.w.Header().Set("Content-Type", kind)
	c.w.Header().Set("Content-Disposition", `attachment; filename="`+url.PathEscape(name)+`"`)
	_, err = file.WriteTo(c.w)
	return err
}

// noticeDocument is a notice for word processors.
func (c *call) noticeDocument(n *noticeText) *docx.Document {
	d := &docx.Document{Title: n.Title, Language: map[string]string{"en": "en-GB", "cy": "cy-GB"}[c.tag]}
	bold := func(text string) { d.Paragraph(docx.Span{Text: text, Bold: true}) }
	if !n.Approved {
		bold(n.Standing)
	}
	if n.Embargo != "" {
		bold(c.say("office.notice.embargo", "When", n.Embargo))
	}
	d.Heading(0, n.Title)
	writeBlocks(d, n.Lead)
	d.Heading(1, c.say("office.notice.table"))
	header := []string{c.say("office.notice.measure")}
	if n.Ranged {
		header = append(header, c.say("office.notice.lowest"), c.say("office.notice.highest"), c.say("office.notice.average"))
	}
	var rows [][][]docx.Span
	for _, h := range n.Headlines {
		row := [][]docx.Span{docx.Plain(h.Name())}
		if n.Ranged {
			row = append(row, docx.Plain(h.Lowest), docx.Plain(h.Highest), docx.Plain(h.Average))
		}
		result := docx.Span{Text: strings.TrimSpace(h.Result + " " + h.Comment)}
		if n.Base != "" {
			result.Link = n.Base + h.Anchor
		}
		rows = append(rows, append(row, []docx.Span{result}))
	}
	d.Table(append(header, n.Area), rows)
	for _, fact := range n.Facts() {
		d.Paragraph(docx.Span{Text: c.say(fact.Key) + ": ", Bold: true}, docx.Span{Text: fact.Text})
	}
	if n.Computed {
		d.Paragraph(docx.Plain(c.say("office.notice.computed"))...)
	}
	writeBlocks(d, n.Body)
	d.Heading(1, c.say("office.notice.notes"))
	notes := slices.Clone(n.Notes)
	if n.Contact != "" {
		notes = append(notes, docx.Plain(c.say("office.notice.contact", "Contact", n.Contact)))
	}
	d.Numbers(notes...)
	d.Heading(1, c.say("office.notice.sources"))
	var sources [][]docx.Span
	for _, source := range n.Sources {
		sources = append(sources, []docx.Span{{Text: source.Title + " "}, {Text: source.URL, Link: source.URL}})
	}
	d.Bullets(sources...)
	return d
}

func writeBlocks(d *docx.Document, blocks []block) {
	for _, b := range blocks {
		switch {
		case b.Heading != "":
			d.Heading(1, b.Heading)
		case b.Items != nil:
			d.Bullets(b.Items...)
		default:
			d.Paragraph(b.Text...)
		}
	}
}

// fact is a line of what is known of an inspection as a whole: its label is a message's key.
type fact struct{ Key, Text string }

// Facts are what is known of the inspection as a whole.
func (v noticeFacts) Facts() []fact {
	out := []fact{{"office.notice.programme", v.Programme}, {"office.notice.published", v.Published}}
	if v.Fieldwork != "" {
		out = append(out, fact{"office.notice.fieldwork", v.Fieldwork})
	}
	if v.Cases > 0 {
		out = append(out, fact{"office.notice.cases", strconv.Itoa(v.Cases)})
	}
	return out
}

// Name is the measure with what it means.
func (h headline) Name() string {
	if h.About == "" {
		return h.Measure
	}
	return h.Measure + " (" + h.About + ")"
}
