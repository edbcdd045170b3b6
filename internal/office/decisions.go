package office

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"yardstick/data/register"
	"yardstick/internal/office/store"
)

// remarked is a comment, which review relies on. Its words are the entry's reason too.
type remarked struct {
	Import int    `json:"import"`
	Row    string `json:"row,omitempty"` // empty for the whole file
	Words  string `json:"words"`
}

// acceptedPoint is a point of the list that was open when somebody published. Why is the entry's reason too.
type acceptedPoint struct {
	Import int    `json:"import"`
	Check  string `json:"check"`
	Why    string `json:"why"`
}

// scheduledFor is the moment at which an import is to be published; zero where that is taken back.
type scheduledFor struct {
	Import int       `json:"import"`
	At     time.Time `json:"at,omitzero"`
}

// accompanied says which import goes with which.
type accompanied struct {
	Import int      `json:"import"`
	Parent int      `json:"parent"`
	Plan   *promise `json:"plan,omitempty"` // of an improvement plan
}

// keep journals what the person decides about imports.
func (c *call) keep(act register.Act, what any, why string, imports ...int) error {
	_, err := c.keepAs(register.Document{Act: act, Name: string(act) + "/" + strconv.Itoa(imports[0]), By: c.person.Name,
		Why: why, Imports: imports}, what)
	return err
}

// keepAs journals a document in the name of who decides.
func (c *call) keepAs(d register.Document, what any) (e register.Entry, err error) {
	if d.Content, err = json.Marshal(what); err == nil {
		e, err = c.registerOf(d.By).Keep(c.Context(), d)
	}
	return e, err
}

// readDocument reads what an entry keeps.
func (o *Office) readDocument(e register.Entry, into any) error {
	content, err := o.Register.Document(e)
	if err != nil {
		return err
	}
	return json.Unmarshal(content, into)
}

// inWords is what an entry says in words, and the row of a file that it is about.
func (c *call) inWords(e register.Entry) (words, row string, err error) {
	if e.Erased {
		return e.Why, "", nil
	}
	switch e.Act {
	case register.ActComment:
		var said remarked
		err = c.readDocument(e, &said)
		return e.Why, said.Row, err
	case register.ActAccept:
		var point acceptedPoint
		if err = c.readDocument(e, &point); err != nil {
			return "", "", err
		}
		return c.say("office.check."+point.Check) + ": " + e.Why, "", nil
	}
	return e.Why, "", nil
}

// restore says of publications that the database did not have which others they go with, as the journal has it.
func (o *Office) restore(ctx context.Context, entries []register.Entry, adopted []store.Publication) error {
	rows, err := o.Store.Publications(ctx)
	if err != nil {
		return err
	}
	ids := make(map[int]int) // by import
	for _, row := range rows {
		ids[row.Import] = row.ID
	}
	for _, e := range entries {
		if e.Act != register.ActAccompany || e.Erased {
			continue
		}
		var a accompanied
		if err := o.readDocument(e, &a); err != nil {
			return err
		}
		lost := slices.ContainsFunc(adopted, func(p store.Publication) bool { return p.Import == a.Import })
		if !lost || ids[a.Parent] == 0 {
			continue
		}
		if err := o.Store.Accompany(ctx, ids[a.Import], ids[a.Parent]); err != nil {
			return err
		}
	}
	return nil
}
