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
	Import int         `json:"import"`
	Parent int         `json:"parent"`
	Plan   *store.Plan `json:"plan,omitempty"` // of an improvement plan
}

// keep journals what the person decides about imports.
func (c *call) keep(act register.Act, what any, why string, imports ...int) error {
	return c.keepAs(register.Document{Act: act, Name: string(act) + "/" + strconv.Itoa(imports[0]), By: c.person.Name,
		Why: why, Imports: imports}, what)
}

// keepAs journals a document in the name of who decides.
func (c *call) keepAs(d register.Document, what any) error {
	_, err := c.keptAs(d, what)
	return err
}

func (c *call) keptAs(d register.Document, what any) (register.Entry, error) {
	content, err := json.Marshal(what)
	if err != nil {
		return register.Entry{}, err
	}
	d.Content = content
	return c.registerOf(d.By).Keep(c.Context(), d)
}

// readDocument reads what an entry keeps.
func (o *Office) readDocument(e register.Entry, into any) error {
	content, err := o.Register.Document(e)
	if err != nil {
		return err
	}
	return json.Unmarshal(content, into)
}

// told is what an entry says in words, and the row of a file that it is about.
func (c *call) told(e register.Entry) (words, row string, err error) {
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

// restore gives publications that the database did not have what the journal says of them: the moment that somebody
// set, and which publication they go with.
func (o *Office) restore(ctx context.Context, entries []register.Entry, adopted []store.Publication) error {
	rows, err := o.Store.Publications(ctx)
	if err != nil {
		return err
	}
	ids := make(map[int]int) // by import
	for _, row := range rows {
		ids[row.Import] = row.ID
	}
	for _, p := range adopted {
		scheduled := store.Schedule{}
		for _, e := range entries {
			if !slices.Contains(e.Imports, p.Import) || e.Erased {
				continue
			}
			switch e.Act {
			case register.ActSchedule:
				var s scheduledFor
				if err := o.readDocument(e, &s); err != nil {
					return err
				}
				scheduled = store.Schedule{Person: e.By, At: s.At}
			case register.ActUnschedule, register.ActPublish, register.ActWithdraw, register.ActRedact:
				scheduled = store.Schedule{}
			case register.ActAccompany:
				var a accompanied
				if err := o.readDocument(e, &a); err != nil {
					return err
				}
				if a.Import != p.Import || ids[a.Parent] == 0 {
					continue
				}
				if err := o.accompanies(ctx, ids[p.Import], ids[a.Parent], a.Plan); err != nil {
					return err
				}
			}
		}
		if scheduled.Person != "" {
			if err := o.Store.PutSchedule(ctx, ids[p.Import], scheduled.Person, scheduled.At); err != nil {
				return err
			}
			o.reschedule()
		}
	}
	return nil
}

// accompanies keeps in the database that a publication goes with another.
func (o *Office) accompanies(ctx context.Context, id, parent int, plan *store.Plan) error {
	if err := o.Store.Accompany(ctx, id, parent); err != nil || plan == nil {
		return err
	}
	plan.Publication = parent
	return o.Store.PutPlan(ctx, *plan)
}
