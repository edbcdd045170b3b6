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
	fields := map[string]*string{"why": &s.Why, "when": &s.When, "day": &s.Day, "clock": &s.Clock, "layout": &s.Layout,
		"source_url": &s.Address}
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
		name, most := part.FormName(), int64(mostForm)
		if name == "file" {
			s.File, most = path.Base(strings.ReplaceAll(part.FileName(), `\`, "/")), mostFile
		}
		content, err := io.ReadAll(io.LimitReader(part, most))
		if err != nil {
			return s, err
		}
		switch field := fields[name]; {
		case name == "file":
			s.Content = content
		case name == "recipe":
			s.Recipe = content
		case field != nil:
			*field = strings.TrimSpace(string(content))
		}
	}
}

// embargo reads the moment of a form; nil for none.
func (c *call) embargo(s sent) *register.Embargo {
	if s.When != "embargo" {
		if s.When != "none" {
			c.wrong("when", "when")
		}
		return nil
	}
	if len(s.Clock) > len("00:01") { // some browsers send seconds
		s.Clock = s.Clock[:len("00:01")]
	}
	given, err := register.ParseEmbargo(s.Day + " " + s.Clock)
	switch {
	case err != nil:
		c.wrong("day", "embargo")
	case given.Due(c.Now()):
		c.wrong("day", "embargo_past", "When", c.moment(given.Instant))
	}
	return &given
}

// received reads a form and holds its file to the register's rules.
func (c *call) received() (s sent, p store.Publication, err error) {
	if s, err = c.readSent(); err != nil {
		return s, p, err
	}
	if s.File == "" || s.File == "." || len(s.Content) == 0 {
		c.wrong("file", "file")
	}
	if s.Recipe, err = s.recipe(); err != nil {
		c.wrong("layout", "layout")
	}
	embargo := c.embargo(s)
	if len(c.problems) > 0 {
		return s, p, nil
	}
	var t trial
	t.Receipt, err = c.Register.Trial(c.Context(), register.Import{Name: s.File, Content: s.Content,
		Recipe: s.Recipe, By: c.person.Name, Why: s.Why, Embargo: embargo, Draft: true})
	var refused *finding.Error
	switch {
	case errors.As(err, &refused):
		t.Findings = refused.Findings
	case err != nil:
		return s, p, err
	default:
		t.Findings = t.Receipt.Warnings
	}
	if t.Receipt.ChangedRows > 0 && s.Why == "" && !t.refused() {
		c.wrong("why", "explain")
	}
	if s.Recipe == nil && len(t.Findings) > 0 {
		var lines []int
		for _, f := range t.Findings {
			lines = append(lines, f.Line)
		}
		t.Sheet = ingest.Quote(s.File, s.Content, lines)
	}
	p = store.Publication{Person: c.person.Name, File: s.File, Hash: t.Receipt.Upload, Why: s.Why, State: store.StateSent}
	if embargo != nil {
		p.Embargo = embargo.Words
	}
	p.Trial, err = json.Marshal(t)
	return s, p, err
}

func sendPage(c *call) error { return c.page("send", sent{}) }

// send takes a file, checks it, and keeps it with what was found.
func send(c *call) error {
	s, p, err := c.received()
	if err != nil {
		return err
	}
	if len(c.problems) > 0 {
		return c.page("send", s)
	}
	id, err := c.Store.AddPublication(c.Context(), p, store.File{Content: s.Content, Recipe: s.Recipe})
	if err == nil {
		err = c.record("sent", id, p.File+" "+p.Hash[:12])
	}
	return c.done(err, publicationPath(id), "")
}

// replace puts a corrected file in the place of one that the register does not have.
func replace(c *call) error {
	if !c.item.mine(c.person.Name) {
		return errForbidden
	}
	s, p, err := c.received()
	if err != nil {
		return err
	}
	if len(c.problems) > 0 {
		return c.showWith(publicationView{Form: s})
	}
	p.ID = c.item.ID
	err = c.Store.Replace(c.Context(), p, store.File{Content: s.Content, Recipe: s.Recipe})
	if errors.Is(err, store.ErrNone) {
		return c.refuse("", "moved")
	}
	if err == nil {
		err = c.record("sent", p.ID, p.File+" "+p.Hash[:12])
	}
	return c.done(err, publicationPath(p.ID), "")
}

// draft hands a checked file in: the register takes it as a draft, and somebody else is asked to approve it.
func draft(c *call) error {
	i := c.item
	if !i.mine(c.person.Name) {
		return errForbidden
	}
	if i.Status != StatusChecked || c.FormValue("hash") != i.Hash {
		return c.refuse("", "moved")
	}
	if len(i.Trial.Findings) > 0 && c.FormValue("warnings") != "read" {
		return c.refuse("warnings", "warnings")
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
		return c.refuse("", "nothing")
	}
	return c.done(c.Store.Taken(c.Context(), i.ID, i.Hash, receipt.Seq), publicationPath(i.ID), "office.done.draft")
}
