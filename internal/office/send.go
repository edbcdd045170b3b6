package office

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"yardstick/data/finding"
	"yardstick/data/ingest"
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
	Layout  string // the name of a shipped recipe; empty for the import format, own for that of the form
	Recipe  []byte // of the form
	Address string // of the document that a sheet of another layout came from
}

// ownLayout is the layout of a form that comes with a recipe of its own.
const ownLayout = "own"

// Layouts are the recipes that come with the program, by name.
func (sent) Layouts() []string { return slices.Sorted(maps.Keys(ingest.ShippedRecipes())) }

// recipe returns the recipe that the form's file is read by; nil for the import format.
func (s sent) recipe() ([]byte, error) {
	text := ingest.ShippedRecipes()[s.Layout]
	switch {
	case s.Layout == "":
		return nil, nil
	case s.Layout == ownLayout:
		text = s.Recipe
	}
	if len(text) == 0 {
		return nil, errors.New("no recipe")
	}
	if s.Address == "" {
		return text, nil
	}
	return ingest.SetFields(text, map[string]string{"source_url": s.Address})
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
		if part.FormName() == "recipe" {
			if s.Recipe, err = io.ReadAll(io.LimitReader(part, mostForm)); err != nil {
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
		case "layout":
			s.Layout = value
		case "source_url":
			s.Address = value
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

// received reads a form and checks its file. A form with problems comes back without the file.
func (c *call) received() (s sent, p store.Publication, problems []problem, err error) {
	if s, err = c.readSent(); err != nil {
		return s, p, nil, err
	}
	if p, problems, err = c.check(&s); len(problems) > 0 {
		s.Content = nil
	}
	return s, p, problems, err
}

// check holds a form's file to the register's rules.
func (c *call) check(s *sent) (p store.Publication, problems []problem, err error) {
	words, embargo, problems := c.embargo(*s)
	if s.File == "" || s.File == "." || len(s.Content) == 0 {
		problems = append(problems, problem{"file", c.say("office.problem.file")})
	}
	if s.Recipe, err = s.recipe(); err != nil {
		problems = append(problems, problem{"layout", c.say("office.problem.layout")})
	}
	if len(problems) > 0 {
		return p, problems, nil
	}
	var t trial
	t.Receipt, err = c.Register.Trial(c.Context(), register.Import{Name: s.File, Content: s.Content,
		Recipe: s.Recipe, By: c.person.Name, Why: s.Why, Embargo: embargo, Draft: true})
	var refused *finding.Error
	switch {
	case errors.As(err, &refused):
		t.Findings = refused.Findings
	case err != nil:
		return p, nil, err
	default:
		t.Findings = t.Receipt.Warnings
	}
	if s.Recipe == nil && len(t.Findings) > 0 {
		var lines []int
		for _, f := range t.Findings {
			lines = append(lines, f.Line)
		}
		t.Sheet = ingest.Quote(s.File, s.Content, lines)
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
	s, p, problems, err := c.received()
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return c.wrong("send", sendView{Form: s, Problems: problems})
	}
	id, err := c.Store.AddPublication(c.Context(), p, store.File{Content: s.Content, Recipe: s.Recipe})
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
	s, p, problems, err := c.received()
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return c.showWith(publicationView{Form: s, Problems: problems})
	}
	p.ID = c.item.ID
	err = c.Store.Replace(c.Context(), p, store.File{Content: s.Content, Recipe: s.Recipe})
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
	file, err := c.Store.File(c.Context(), i.ID)
	if err != nil {
		return err
	}
	c.taking.Lock()
	defer c.taking.Unlock()
	receipt, err := c.decides().Import(c.Context(), register.Import{Name: i.File, Content: file.Content,
		Recipe: file.Recipe, By: c.person.Name, Why: i.Why, Embargo: i.Embargo, Draft: true})
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
