package office

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"yardstick/data/register"
	"yardstick/internal/office/store"
)

// publish makes an approved publication public now, or at the end of its embargo.
func publish(c *call) error {
	i := c.item
	if !i.ready() || c.FormValue("hash") != i.Entry.Upload {
		return c.refuse("", "moved")
	}
	receipt, err := c.difference(c.Context(), i)
	if err != nil {
		return err
	}
	beside, err := c.beside()
	if err != nil {
		return err
	}
	checks, err := c.checks(receipt, beside)
	if err != nil {
		return err
	}
	missing, err := c.accept(checks)
	switch {
	case errors.Is(err, errTouch):
		return c.refuse("", "touch")
	case err != nil:
		return err
	case missing != "":
		return c.refuse(missing, "accepted")
	}
	if !i.Due(c.Now()) {
		err := c.keep(register.ActSchedule, scheduledFor{i.Import, i.Embargo.Instant}, "", i.Import)
		if err == nil {
			err = c.Store.Fail(c.Context(), i.ID, "")
		}
		c.reschedule()
		return c.done(err, publicationPath(i.ID), "office.done.scheduled", "When", c.moment(i.Embargo.Instant))
	}
	if err := c.publishNow(c.Context(), i, c.person.Name); err != nil {
		return c.refused(err)
	}
	return c.leave(publicationPath(i.ID), "office.done.published")
}

// publishNow makes a release with a publication, in the name of who decided it.
func (o *Office) publishNow(ctx context.Context, i *item, by string) error {
	_, err := o.registerOf(by).Publish(ctx, register.Choice{Imports: i.imports(), By: by, Why: i.Why})
	if err != nil && !errors.Is(err, register.ErrNothing) {
		return err
	}
	return o.Store.Fail(ctx, i.ID, "")
}

func unschedule(c *call) error {
	i := c.item
	if i.Schedule.Person == "" {
		return c.refuse("", "moved")
	}
	err := c.keep(register.ActUnschedule, scheduledFor{Import: i.Import}, "", i.Import)
	if err == nil {
		err = c.Store.Fail(c.Context(), i.ID, "")
	}
	c.reschedule()
	return c.done(err, publicationPath(i.ID), "office.done.unscheduled")
}

// longestReading is how long somebody may read a publication that has no embargo before it is public.
const longestReading = 7 * 24 * time.Hour

// readers lets a person with the role of a reader see the preview until the embargo, or no more.
func readers(c *call) error {
	i := c.item
	person, err := c.Store.Person(c.Context(), strings.TrimSpace(c.FormValue("person")))
	if errors.Is(err, store.ErrNone) || err == nil && !slices.Contains(person.Roles, "reader") {
		return c.refuse("person", "reader")
	}
	if err != nil {
		return err
	}
	if c.FormValue("do") == "end" {
		err = errors.Join(c.Store.DropReader(c.Context(), i.ID, person.Name),
			c.record("reader_ended", i.ID, person.Name))
	} else {
		until := c.Now().Add(longestReading)
		if i.Embargo != nil && !i.Due(c.Now()) {
			until = i.Embargo.Instant
		}
		err = errors.Join(c.Store.PutReader(c.Context(), i.ID, person.Name, until),
			c.record("reader", i.ID, person.Name))
	}
	return c.done(err, publicationPath(i.ID), "office.done.readers")
}
