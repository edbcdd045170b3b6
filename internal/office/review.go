package office

import (
	"yardstick/data/register"
)

// approve approves the content that the person saw: the form names its hash, and the journal's entry has the same.
func approve(c *call) error {
	i := c.item
	switch {
	case i.mine(c.person.Name):
		return errForbidden
	case i.Status != StatusReview || c.FormValue("hash") != i.Entry.Upload:
		return c.refuse("", "moved")
	case !c.confirmed(subject("approve", i)):
		return c.refuse("", "touch")
	}
	if err := c.decides().Approve(c.Context(), i.Import, c.person.Name, c.FormValue("why")); err != nil {
		return c.refused(err)
	}
	return c.leave(publicationPath(i.ID), "office.done.approved")
}

// sendBack takes a draft out of the register, with the reason, so that its sender can send another.
func sendBack(c *call) error {
	i := c.item
	if i.mine(c.person.Name) {
		return errForbidden
	}
	if i.Status != StatusReview || c.FormValue("hash") != i.Entry.Upload {
		return c.refuse("", "moved")
	}
	why, ok := c.words("why")
	if !ok {
		return c.refuse("back-why", "why")
	}
	err := c.decides().Withdraw(c.Context(), register.Withdrawal{Import: i.Import, By: c.person.Name, Why: why})
	if err != nil {
		return c.refused(err)
	}
	if err := c.Store.Back(c.Context(), i.ID); err != nil {
		return err
	}
	return c.done(c.record("back", i.ID, why), publicationPath(i.ID), "office.done.back")
}
