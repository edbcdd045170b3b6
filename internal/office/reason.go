package office

import (
	"errors"
	"slices"

	"yardstick/data/finding"
	"yardstick/data/register"
)

// reason is why the register did not do something, as people are told: a message under office.reason. The database
// keeps that of a publication that failed.
type reason string

// The reasons. Their order is that of reasonOf.
const (
	reasonNothing     reason = "nothing"     // the record says it already
	reasonEmbargo     reason = "embargo"     // something is under embargo still
	reasonUnapproved  reason = "unapproved"  // nobody approved it
	reasonSame        reason = "same"        // who decides is who decided before
	reasonMoved       reason = "moved"       // somebody decided something else meanwhile
	reasonUnexplained reason = "unexplained" // it changes figures, and has no reason
	reasonClock       reason = "clock"       // the clock cannot be trusted
	reasonLong        reason = "long"        // a text is too long
	reasonFindings    reason = "findings"    // the file has errors
	reasonBroken      reason = "broken"      // nothing that people can do something about: the log has it
)

// reasons are all of them.
func reasons() []reason {
	return []reason{reasonNothing, reasonEmbargo, reasonUnapproved, reasonSame, reasonMoved, reasonUnexplained,
		reasonClock, reasonLong, reasonFindings, reasonBroken}
}

// reasonOf returns the reason of an error of the register's. The error's own words are for the log: they are English,
// and may name files of the server.
func reasonOf(err error) reason {
	var (
		embargoed   *register.EmbargoedError
		unapproved  *register.UnapprovedError
		same        *register.SameUserError
		moved       *register.MovedError
		unexplained *register.UnexplainedError
		clock       *register.ClockError
		refused     *finding.Error
	)
	switch {
	case errors.Is(err, register.ErrNothing):
		return reasonNothing
	case errors.As(err, &embargoed):
		return reasonEmbargo
	case errors.As(err, &unapproved):
		return reasonUnapproved
	case errors.As(err, &same):
		return reasonSame
	case errors.As(err, &moved):
		return reasonMoved
	case errors.As(err, &unexplained):
		return reasonUnexplained
	case errors.As(err, &clock):
		return reasonClock
	case !errors.As(err, &refused):
		return reasonBroken
	case slices.ContainsFunc(refused.Findings, func(f finding.Finding) bool { return f.Rule == "text_length" }):
		return reasonLong
	}
	return reasonFindings
}

// keptReason reads a reason that the database has. Earlier programs kept the words of an error.
func keptReason(text string) string {
	if text == "" || slices.Contains(reasons(), reason(text)) {
		return text
	}
	return string(reasonBroken)
}

// failed says with the whole form why the register did not do something.
func (c *call) failed(err error) {
	why := reasonOf(err)
	if why == reasonBroken {
		c.Log.Error("the register did not do what somebody asked for", "route", c.Pattern, "error", err)
	}
	c.problems = append(c.problems, problem{"", c.say("office.reason." + string(why))})
}
