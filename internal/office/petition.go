package office

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"yardstick/data/register"
	"yardstick/internal/office/store"
)

// What one person asks for and another confirms, besides the withdrawal of a publication.
const (
	actLift     = "lift"     // the end of an embargo before its time
	actRedact   = "redact"   // erasure for good
	actWithdraw = "withdraw" // of an inspection, wherever its results came from
)

// petitioned is what is asked for, as a page shows it.
type petitioned struct {
	store.Petition
	May     bool   // the person may confirm it
	Confirm string // what a passkey is touched for
}

func (c *call) petitioned(act string) ([]petitioned, error) {
	all, err := c.Store.Petitions(c.Context(), act)
	var out []petitioned
	for _, p := range all {
		out = append(out, petitioned{p, c.may(RightWithdraw) && !strings.EqualFold(p.Person, c.person.Name),
			act + " " + p.About + asked(p.Person, p.Why)})
	}
	return out, err
}

// petitionOf returns what is asked for of an act about something; nil where nothing is.
func (c *call) petitionOf(act, about string) (*petitioned, error) {
	all, err := c.petitioned(act)
	if at := slices.IndexFunc(all, func(p petitioned) bool { return p.About == about }); at >= 0 {
		return &all[at], err
	}
	return nil, err
}

// can says whether an act can be asked for of a publication now.
func (i *item) can(act string, c *call) bool {
	switch act {
	case actLift:
		return i.Import > 0 && i.Left == nil && i.Public == nil && !i.Due(c.Now())
	case actRedact:
		return i.Import > 0 && !i.Entry.Erased
	}
	return false
}

// asking is a form that asks for an act about a publication.
type asking struct {
	ID  int
	Act string
}

// petition asks to lift the embargo of a publication before its time, or to erase it.
func petition(c *call) error {
	act := c.FormValue("act")
	if !c.item.can(act, c) {
		return c.refuse("", c.say("office.problem.moved"))
	}
	why, ok := c.words("why")
	if !ok {
		return c.refuse(act+"-why", c.say("office.problem.why"))
	}
	err := c.Store.AddPetition(c.Context(), store.Petition{Act: act, About: strconv.Itoa(c.item.ID),
		Person: c.person.Name, Why: why})
	if err == nil {
		err = c.record("ask_"+act, c.item.ID, why)
	}
	if err != nil {
		return err
	}
	return c.leave(publicationPath(c.item.ID), c.say("office.done.petition"))
}

// decidePetition confirms what somebody else asked for of a publication, or refuses it.
func decidePetition(c *call) error {
	i, act := c.item, c.FormValue("act")
	asked, err := c.petitionOf(act, strconv.Itoa(i.ID))
	if err != nil {
		return err
	}
	switch {
	case asked == nil:
		return c.refuse("", c.say("office.problem.moved"))
	case c.FormValue("do") == "keep":
		err = errors.Join(c.Store.DropPetition(c.Context(), act, asked.About), c.record("kept_"+act, i.ID, ""))
		if err != nil {
			return err
		}
		return c.leave(publicationPath(i.ID), c.say("office.done.petition_kept"))
	case !asked.May:
		return errForbidden
	case !i.can(act, c):
		return c.refuse("", c.say("office.problem.moved"))
	case !c.confirmed(asked.Confirm):
		return c.refuse("", c.say("office.problem.touch"))
	}
	if act == actLift {
		err = c.lift(i, asked)
	} else {
		err = c.redact(i, asked)
	}
	if err != nil {
		return c.refused(err)
	}
	if err := c.Store.DropPetition(c.Context(), act, asked.About); err != nil {
		return err
	}
	return c.leave(publicationPath(i.ID), c.say("office.done."+act))
}

// byTwo journals a decision that one person asked for and this one confirms. Where the home requires four eyes,
// they are two decisions.
func (c *call) byTwo(asker string, decide func(r *register.Register, by string) error) error {
	required, err := c.Register.FourEyes()
	if err != nil {
		return err
	}
	if !required {
		return decide(c.decides(), c.person.Name)
	}
	if err := decide(c.registerOf(asker), asker); err != nil {
		return err
	}
	waits, err := c.Register.Waiting()
	if err != nil || waits == 0 {
		return err
	}
	return c.decides().Approve(c.Context(), waits, c.person.Name, "")
}

func (c *call) lift(i *item, asked *petitioned) error {
	for _, one := range append(slices.Clone(i.With), i) { // its own last: it is tried again where one before it failed
		if one.Due(c.Now()) {
			continue
		}
		err := c.byTwo(asked.Person, func(r *register.Register, by string) error {
			return r.Lift(c.Context(), one.Import, by, asked.Why)
		})
		if err != nil {
			return err
		}
	}
	c.reschedule()
	return nil
}

// redact erases a publication in the register, in every release and in the office's own database.
func (c *call) redact(i *item, asked *petitioned) error {
	before, err := c.earlier(i)
	if err != nil {
		return err
	}
	for _, seq := range append(before, i.whole()...) {
		err := c.byTwo(asked.Person, func(r *register.Register, by string) error {
			_, err := r.Redact(c.Context(), register.Redaction{Import: seq, By: by, Why: asked.Why})
			return err
		})
		if err != nil {
			return err
		}
	}
	_, err = c.decides().Publish(c.Context(), register.Choice{Standing: true, By: c.person.Name, Why: asked.Why})
	if err != nil && !errors.Is(err, register.ErrNothing) {
		return err
	}
	c.previews.Purge()
	c.differences.Purge()
	return c.Store.Redact(c.Context(), i.ID)
}

// earlier are the imports that a publication had before, which its replies quote: they are erased with it.
func (c *call) earlier(i *item) ([]int, error) {
	entries, err := c.Register.Journal()
	if err != nil {
		return nil, err
	}
	all, err := c.replies(c.Context(), i)
	var out []int
	for _, e := range entries {
		of := slices.ContainsFunc(all, func(r replied) bool {
			return e.Act == register.ActReply && e.File == answerName(r.Reply)
		})
		if of && !e.Erased && !slices.Contains(e.Imports, i.Import) {
			out = append(out, e.Imports...)
		}
	}
	return out, err
}

type withdrawalsView struct {
	Asked      []petitioned
	May        bool // ask
	Inspection string
	Why        string
	Problems   []problem
}

func withdrawalsPage(c *call) error { return c.showWithdrawals(withdrawalsView{}) }

func (c *call) showWithdrawals(v withdrawalsView) (err error) {
	if v.Asked, err = c.petitioned(actWithdraw); err != nil {
		return err
	}
	v.May = c.may(RightAsk)
	if len(v.Problems) > 0 {
		return c.wrong("withdrawals", v)
	}
	return c.page("withdrawals", v)
}

// askInspection asks for one inspection to be withdrawn, wherever its results came from.
func askInspection(c *call) error {
	v := withdrawalsView{Inspection: strings.TrimSpace(c.FormValue("inspection")), Why: c.FormValue("why")}
	why, ok := c.words("why")
	if !ok {
		v.Problems = append(v.Problems, problem{"why", c.say("office.problem.why")})
	}
	held, err := c.Register.Holds(v.Inspection)
	if err != nil {
		return err
	}
	if !held {
		v.Problems = append(v.Problems, problem{"inspection", c.say("office.problem.inspection")})
	}
	if len(v.Problems) > 0 {
		return c.showWithdrawals(v)
	}
	err = c.Store.AddPetition(c.Context(), store.Petition{Act: actWithdraw, About: v.Inspection, Person: c.person.Name,
		Why: why})
	if err == nil {
		err = c.record("asked", 0, v.Inspection+": "+why)
	}
	if err != nil {
		return err
	}
	return c.leave("/withdrawals", c.say("office.done.petition"))
}

// withdrawInspection confirms that an inspection is withdrawn, and makes the release without it; or keeps it.
func withdrawInspection(c *call) error {
	id := c.PathValue("inspection")
	asked, err := c.petitionOf(actWithdraw, id)
	switch {
	case err != nil:
		return err
	case asked == nil:
		return errNotFound
	case c.FormValue("do") == "keep":
		if err := errors.Join(c.Store.DropPetition(c.Context(), actWithdraw, id), c.record("kept", 0, id)); err != nil {
			return err
		}
		return c.leave("/withdrawals", c.say("office.done.petition_kept"))
	case !asked.May:
		return errForbidden
	case !c.confirmed(asked.Confirm):
		return c.showWithdrawals(withdrawalsView{Problems: []problem{{"", c.say("office.problem.touch")}}})
	}
	held, err := c.Register.Holds(id)
	if err != nil {
		return err
	}
	if held { // else it was decided, and its release failed
		err = c.byTwo(asked.Person, func(r *register.Register, by string) error {
			return r.Withdraw(c.Context(), register.Withdrawal{Inspection: id, By: by, Why: asked.Why})
		})
	}
	if err == nil {
		_, err = c.decides().Publish(c.Context(), register.Choice{Standing: true, By: c.person.Name, Why: asked.Why})
	}
	if err != nil && !errors.Is(err, register.ErrNothing) {
		return c.showWithdrawals(withdrawalsView{Problems: []problem{
			{"", c.say("office.problem.register", "Why", err.Error())}}})
	}
	if err := c.Store.DropPetition(c.Context(), actWithdraw, id); err != nil {
		return err
	}
	return c.leave("/withdrawals", c.say("office.done.withdrawn"))
}
