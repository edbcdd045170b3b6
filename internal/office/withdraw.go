package office

import (
	"errors"
	"strings"

	"yardstick/data/register"
)

// askWithdrawal asks for a publication to be withdrawn. Somebody else confirms it.
func askWithdrawal(c *call) error {
	i := c.item
	if i.Status != StatusPublished {
		return c.refuse("", c.say("office.problem.moved"))
	}
	why, ok := c.words("why")
	if !ok {
		return c.refuse("ask-why", c.say("office.problem.why"))
	}
	if err := c.Store.AskWithdrawal(c.Context(), i.ID, c.person.Name, why); err != nil {
		return err
	}
	if err := c.record("asked", i.ID, why); err != nil {
		return err
	}
	return c.leave(publicationPath(i.ID), c.say("office.done.asked"))
}

// withdraw confirms what somebody else asked for, and makes the release without it. A release that could not be made
// then is made when it is confirmed again.
func withdraw(c *call) error {
	i := c.item
	again := i.stillPublic()
	switch {
	case i.Status != StatusAsked && !again || c.FormValue("hash") != i.Entry.Upload:
		return c.refuse("", c.say("office.problem.moved"))
	case !again && strings.EqualFold(i.Request.Person, c.person.Name):
		return errForbidden
	case !c.confirmed(subject("withdraw", i)):
		return c.refuse("", c.say("office.problem.touch"))
	}
	why := i.Request.Why
	if !again {
		if err := c.withdrawTogether(i, why); err != nil {
			return c.refused(err)
		}
	} else if i.Left != nil {
		why = i.Left.Why
	}
	_, err := c.decides().Publish(c.Context(), register.Choice{Standing: true, By: c.person.Name, Why: why})
	if err != nil && !errors.Is(err, register.ErrNothing) {
		return c.refused(err)
	}
	if err := c.Store.DropRequest(c.Context(), i.ID); err != nil {
		return err
	}
	return c.leave(publicationPath(i.ID), c.say("office.done.withdrawn"))
}

// withdrawTogether journals a withdrawal that one person asked for and this one confirms.
func (c *call) withdrawTogether(i *item, why string) error {
	for _, seq := range i.whole() {
		err := c.byTwo(i.Request.Person, func(r *register.Register, by string) error {
			return r.Withdraw(c.Context(), register.Withdrawal{Import: seq, By: by, Why: why})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// keep refuses a withdrawal that was asked for, or takes one's own wish back.
func keep(c *call) error {
	if c.item.Status != StatusAsked {
		return c.refuse("", c.say("office.problem.moved"))
	}
	if err := c.Store.DropRequest(c.Context(), c.item.ID); err != nil {
		return err
	}
	if err := c.record("kept", c.item.ID, ""); err != nil {
		return err
	}
	return c.leave(publicationPath(c.item.ID), c.say("office.done.kept"))
}
