package office

import (
	"encoding/json"
	"errors"
	"io"
	"path"
	"strings"

	"yardstick/data/finding"
	"yardstick/data/register"
	"yardstick/internal/office/store"
)

// sent is what the form of a file holds.
type sent struct {
	File    string
	Content []byte
	Why     string
	When    string // embargo, or none
	Day     string // 2012-06-13
	Clock   string // 00:01
}

// readSent reads the form of a file. It keeps nothing on disk.
func (c *call) readSent() (sent, error) {
	var s sent
	form, err := c.MultipartReader()
	if err != nil {
		return s, errForbidden
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return s, err
		}
		if part.FormName() == "file" {
			s.File = path.Base(strings.ReplaceAll(part.FileName(), `\`, "/"))
			if s.Content, err = io.ReadAll(part); err != nil {
				return s, err
			}
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, mostForm))
		if err != nil {
			return s, err
		}
		value := strings.TrimSpace(string(text))
		switch part.FormName() {
		case "why":
			s.Why = value
		case "when":
			s.When = value
		case "day":
			s.Day = value
		case "clock":
			s.Clock = value
		}
	}
}

// embargo reads the moment of a form; nil for none.
func (c *call) embargo(s sent) (words string, embargo *register.Embargo, problems []problem) {
	switch s.When {
	case "none":
		return "", nil, nil
	case "embargo":
	default:
		return "", nil, []problem{{"when", c.say("office.problem.when")}}
	}
	if len(s.Clock) > len("00:01") { // some browsers send seconds
		s.Clock = s.Clock[:len("00:01")]
	}
	given, err := register.ParseEmbargo(s.Day + " " + s.Clock)
	if err != nil {
		return "", nil, []problem{{"day", c.say("office.problem.embargo")}}
	}
	if given.Due(c.Now()) {
		return "", nil, []problem{{"day", c.say("office.problem.embargo_past", "When", c.moment(given.Instant))}}
	}
	return given.Words, &given, nil
}

// check holds a form's file to the register's rules.
func (c *call) check(s sent) (p store.Publication, problems []problem, err error) {
	words, embargo, problems := c.embargo(s)
	if s.File == "" || s.File == "." || len(s.Content) == 0 {
		problems = append(problems, problem{"file", c.say("office.problem.file")})
	}
	if len(problems) > 0 {
		return p, problems, nil
	}
	var t trial
	t.Receipt, err = c.Register.Trial(c.Context(), register.Import{Name: s.File, Content: s.Content,
		By: c.person.Name, Why: s.Why, Embargo: embargo, Draft: true})
	var refused *finding.Error
	switch {
	case errors.As(err, &refused):
		t.Findings = refused.Findings
	case err != nil:
		return p, nil, err
	default:
		t.Findings = t.Receipt.Warnings
	}
	kept, err := json.Marshal(t)
	return store.Publication{Person: c.person.Name, File: s.File, Hash: t.Receipt.Upload, Why: s.Why, Embargo: words,
		Trial: kept, State: store.StateSent}, nil, err
}

type sendView struct {
	Form     sent
	Problems []problem
}

func sendPage(c *call) error { return c.page("send", sendView{}) }

// send takes a file, checks it, and keeps it with what was found.
func send(c *call) error {
	s, err := c.readSent()
	if err != nil {
		return err
	}
	p, problems, err := c.check(s)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		s.Content = nil
		return c.wrong("send", sendView{Form: s, Problems: problems})
	}
	id, err := c.Store.AddPublication(c.Context(), p, s.Content)
	if err == nil {
		err = c.record("sent", id, p.File+" "+p.Hash[:12])
	}
	if err != nil {
		return err
	}
	return c.leave(publicationPath(id), "")
}

// replace puts a corrected file in the place of one that the register does not have.
func replace(c *call) error {
	if !c.item.mine(c.person.Name) {
		return errForbidden
	}
	s, err := c.readSent()
	if err != nil {
		return err
	}
	p, problems, err := c.check(s)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		s.Content = nil
		return c.showWith(publicationView{Form: s, Problems: problems})
	}
	p.ID = c.item.ID
	err = c.Store.Replace(c.Context(), p, s.Content)
	if errors.Is(err, store.ErrNone) {
		return c.refuse("", c.say("office.problem.moved"))
	}
	if err == nil {
		err = c.record("sent", p.ID, p.File+" "+p.Hash[:12])
	}
	if err != nil {
		return err
	}
	return c.leave(publicationPath(p.ID), "")
}

// draft hands a checked file in: the register takes it as a draft, and somebody else is asked to approve it.
func draft(c *call) error {
	i := c.item
	if !i.mine(c.person.Name) {
		return errForbidden
	}
	if i.Status != StatusChecked || c.FormValue("hash") != i.Hash {
		return c.refuse("", c.say("office.problem.moved"))
	}
	if len(i.Trial.Findings) > 0 && c.FormValue("warnings") != "read" {
		return c.refuse("warnings", c.say("office.problem.warnings"))
	}
	content, err := c.Store.Content(c.Context(), i.ID)
	if err != nil {
		return err
	}
	receipt, err := c.Register.Import(c.Context(), register.Import{Name: i.File, Content: content, By: c.person.Name,
		Why: i.Why, Embargo: i.Embargo, Draft: true})
	if err != nil {
		return c.refused(err)
	}
	if receipt.Seq == 0 {
		return c.refuse("", c.say("office.problem.nothing"))
	}
	if err := c.Store.Taken(c.Context(), i.ID, i.Hash, receipt.Seq); err != nil {
		return err
	}
	return c.leave(publicationPath(i.ID), c.say("office.done.draft"))
}
