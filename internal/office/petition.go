package office

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"yardstick/data/register"
	"yardstick/internal/office/store"
)

// What one person asks for and another confirms.
const (
	actLift     = "lift"     // the end of an embargo before its time
	actRedact   = "redact"   // erasure for good
	actWithdraw = "withdraw" // of a publication, or of an inspection wherever its results came from
)

// petitioned is what is asked for, as a page shows it.
type petitioned struct {
	store.Petition
	May     bool   // the person may confirm it
	Mine    bool   // the person asked for it, and may cancel it
	Decided bool   // it was confirmed, and its release is still to be made
	Confirm string // what a passkey is touched for
}

func (c *call) petitioned(p store.Petition) petitioned {
	mine := strings.EqualFold(p.Person, c.person.Name)
	return petitioned{Petition: p, May: c.may(RightWithdraw) && !mine, Mine: mine,
		Confirm: p.Act + " " + p.About + asked(p.Person, p.Why)}
}

// petitions are what is asked for of a publication and can be done, and a withdrawal whose release was never made. An
// erasure makes that release too.
func (c *call) petitions(i *item) []petitioned {
	var out []petitioned
	for _, p := range i.Asked {
		if i.can(p.Act, c) && !(p.Act == actWithdraw && i.stillPublic()) {
			out = append(out, c.petitioned(p))
		}
	}
	erasing := slices.ContainsFunc(out, func(p petitioned) bool { return p.Act == actRedact })
	if i.stillPublic() && !erasing {
		p := c.petitioned(store.Petition{Act: actWithdraw, About: strconv.Itoa(i.ID), Person: i.Left.By, At: i.Left.At,
			Why: i.Left.Why})
		p.May, p.Mine, p.Decided = c.may(RightWithdraw), false, true
		out = append(out, p)
	}
	return out
}

// ofInspections are what is asked for of inspections.
func (c *call) ofInspections() ([]petitioned, error) {
	all, err := c.Store.Petitions(c.Context())
	var out []petitioned
	for _, p := range all {
		if _, number := strconv.Atoi(p.About); number != nil {
			out = append(out, c.petitioned(p))
		}
	}
	return out, err
}

// stillPublic says whether a withdrawal was decided and its release never made.
func (i *item) stillPublic() bool { return i.Status == StatusWithdrawn && i.Public != nil }

// can says whether an act can be asked for of a publication now.
func (i *item) can(act string, c *call) bool {
	switch act {
	case actLift:
		return i.Import > 0 && i.Left == nil && i.Public == nil && !i.Due(c.Now())
	case actRedact:
		return i.Import > 0 && !(i.Entry.Erased && i.Cleared)
	case actWithdraw:
		return i.Public != nil
	}
	return false
}

// asking is a form that asks for an act about a publication.
type asking struct {
	ID  int
	Act string
}

// petition asks for something about a publication, which somebody else confirms.
func petition(c *call) error {
	act := c.FormValue("act")
	if !c.item.can(act, c) || c.item.stillPublic() && act == actWithdraw {
		return c.refuse("", "moved")
	}
	why, ok := c.words("why")
	if !ok {
		return c.refuse(act+"-why", "why")
	}
	err := c.Store.AddPetition(c.Context(), store.Petition{Act: act, About: strconv.Itoa(c.item.ID),
		Person: c.person.Name, Why: why})
	if err == nil {
		err = c.record(eventOf("ask", act), c.item.ID, why)
	}
	return c.done(err, publicationPath(c.item.ID), "office.done.petition")
}

// eventOf is what the audit calls that somebody asked for an act, or kept things as they are.
func eventOf(what, act string) string {
	if act == actWithdraw {
		return map[string]string{"ask": "asked", "kept": "kept"}[what]
	}
	return what + "_" + act
}

// decidePetition confirms what somebody else asked for of a publication, or leaves it as it is.
func decidePetition(c *call) error {
	asked, err := first(c.petitions(c.item), func(p petitioned) bool { return p.Act == c.FormValue("act") })
	if err != nil {
		return c.refuse("", "moved")
	}
	again := func() error { return c.showWith(publicationView{}) }
	return c.decide(asked, c.item.ID, publicationPath(c.item.ID), again, func() error {
		switch asked.Act {
		case actLift:
			return c.lift(c.item, asked)
		case actRedact:
			return c.redact(c.item, asked)
		}
		return c.withdraw(c.item, asked)
	})
}

// decide does what somebody asked for, or leaves it as it is where the form says so: one's own wish, or another's.
func (c *call) decide(p petitioned, publication int, page string, again, do func() error) error {
	keep := c.FormValue("do") == "keep" && !p.Decided
	switch {
	case keep && (p.May || p.Mine):
		err := errors.Join(c.Store.DropPetition(c.Context(), p.Act, p.About),
			c.record(eventOf("kept", p.Act), publication, p.About))
		return c.done(err, page, "office.done.petition_kept")
	case !p.May:
		return errForbidden
	case !c.confirmed(p.Confirm):
		c.wrong("", "touch")
		return again()
	}
	if err := do(); err != nil {
		c.failed(err)
		return again()
	}
	return c.done(c.Store.DropPetition(c.Context(), p.Act, p.About), page, "office.done."+p.Act)
}

// byTwo journals decisions about imports that one person asked for and this one confirms, one after the other: what
// was cut off is tried again. Where the home requires four eyes, each is two decisions.
func (c *call) byTwo(asker string, imports []int, decide func(r *register.Register, seq int, by string) error) error {
	required, err := c.Register.FourEyes()
	if err != nil {
		return err
	}
	for _, seq := range imports {
		if !required {
			err = decide(c.decides(), seq, c.person.Name)
		} else if err = decide(c.registerOf(asker), seq, asker); err == nil {
			err = c.second()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// second approves the decision that waits for a second person, if there is one.
func (c *call) second() error {
	waits, err := c.Register.Waiting()
	if err != nil || waits == 0 {
		return err
	}
	return c.decides().Approve(c.Context(), waits, c.person.Name, "")
}

// release makes a release of what the public one has and was decided since; none where that is nothing.
func (c *call) release(why string) error {
	_, err := c.decides().Publish(c.Context(), register.Choice{Standing: true, By: c.person.Name, Why: why})
	if errors.Is(err, register.ErrNothing) {
		return nil
	}
	return err
}

func (c *call) lift(i *item, asked petitioned) error {
	var embargoed []int
	for _, one := range append(slices.Clone(i.With), i) { // its own last: it is tried again where one before it failed
		if !one.Due(c.Now()) {
			embargoed = append(embargoed, one.Import)
		}
	}
	err := c.byTwo(asked.Person, embargoed, func(r *register.Register, seq int, by string) error {
		return r.Lift(c.Context(), seq, by, asked.Why)
	})
	c.reschedule()
	return err
}

// withdraw withdraws a publication with what goes with it. A release that could not be made then is made when it is
// confirmed again.
func (c *call) withdraw(i *item, asked petitioned) error {
	if asked.Decided {
		return c.release(asked.Why)
	}
	err := c.byTwo(asked.Person, i.whole(), func(r *register.Register, seq int, by string) error {
		return r.Withdraw(c.Context(), register.Withdrawal{Import: seq, By: by, Why: asked.Why})
	})
	if err != nil {
		return err
	}
	return c.release(asked.Why)
}

// redact erases a publication in the register, in every release and in the office's own database. Where one of these
// failed it is confirmed again, and goes on with what is left.
func (c *call) redact(i *item, asked petitioned) error {
	all, err := c.earlier(i)
	if err != nil {
		return err
	}
	all = append(all, i.whole()...)
	err = c.byTwo(asked.Person, all, func(r *register.Register, seq int, by string) error {
		entries, err := c.Register.Journal()
		if err != nil || entries[seq-1].Erased { // before it failed, or as one with the same rows
			return err
		}
		_, err = r.Redact(c.Context(), register.Redaction{Import: seq, By: by, Why: asked.Why})
		return err
	})
	if err == nil {
		err = c.release(asked.Why)
	}
	if err != nil {
		return err
	}
	c.previews.Purge()
	c.differences.Purge()
	return c.Store.Redact(c.Context(), i.ID)
}

// earlier are the imports of a publication and of what goes with it that were sent back: they may have the same texts,
// and its replies quote them.
func (c *call) earlier(i *item) ([]int, error) {
	back, err := c.Store.SentBack(c.Context())
	if err != nil {
		return nil, err
	}
	ids := []int{i.ID}
	for _, with := range i.With {
		ids = append(ids, with.ID)
	}
	var out []int
	for seq, publication := range back {
		if slices.Contains(ids, publication) {
			out = append(out, seq)
		}
	}
	slices.Sort(out)
	return out, nil
}

type withdrawalsView struct {
	Asked []petitioned
	May   bool // ask
}

func withdrawalsPage(c *call) error { return c.showWithdrawals(withdrawalsView{}) }

func (c *call) showWithdrawals(v withdrawalsView) (err error) {
	v.May = c.may(RightAsk)
	if v.Asked, err = c.ofInspections(); err != nil {
		return err
	}
	return c.page("withdrawals", v)
}

// askInspection asks for one inspection to be withdrawn, wherever its results came from.
func askInspection(c *call) error {
	inspection := strings.TrimSpace(c.FormValue("inspection"))
	known, err := c.Register.Holds(inspection)
	if err != nil {
		return err
	}
	if !known {
		c.wrong("inspection", "inspection")
	}
	why, ok := c.words("why")
	if !ok {
		c.wrong("why", "why")
	}
	if len(c.problems) > 0 {
		return c.showWithdrawals(withdrawalsView{})
	}
	err = c.Store.AddPetition(c.Context(), store.Petition{Act: actWithdraw, About: inspection, Person: c.person.Name,
		Why: why})
	if err == nil {
		err = c.record(eventOf("ask", actWithdraw), 0, inspection+": "+why)
	}
	return c.done(err, "/withdrawals", "office.done.petition")
}

// withdrawInspection confirms that an inspection is withdrawn, and makes the release without it; or keeps it.
func withdrawInspection(c *call) error {
	id := c.PathValue("inspection")
	all, err := c.ofInspections()
	if err != nil {
		return err
	}
	asked, err := first(all, func(p petitioned) bool { return p.About == id })
	if err != nil {
		return err
	}
	again := func() error { return c.showWithdrawals(withdrawalsView{}) }
	return c.decide(asked, 0, "/withdrawals", again, func() error {
		known, err := c.Register.Holds(id)
		if err == nil && known { // else it was decided, and its release failed
			err = c.byTwo(asked.Person, []int{0}, func(r *register.Register, _ int, by string) error {
				return r.Withdraw(c.Context(), register.Withdrawal{Inspection: id, By: by, Why: asked.Why})
			})
		}
		if err != nil {
			return err
		}
		return c.release(asked.Why)
	})
}
