package office

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/data/register"
)

// promise is when the improvement plan of an inspection is due, and when it came: days in London, as 2027-06-13.
type promise struct {
	Inspection string `json:"inspection"`
	Due        string `json:"due"`
	Received   string `json:"received,omitempty"` // empty before
}

// promised is what the journal says of the plan that goes with another publication; nil where it is something else.
func (o *Office) promised(i *item) (*promise, error) {
	for _, e := range i.Entries {
		if e.Act == register.ActAccompany && !e.Erased {
			var a accompanied
			err := o.readDocument(e, &a)
			if errors.Is(err, fs.ErrNotExist) {
				err = nil // it is being erased
			}
			return a.Plan, err
		}
	}
	return nil, nil
}

// planned is the improvement plan of an inspection, as pages show it.
type planned struct {
	promise
	Overdue       bool   // it did not come by the end of its day
	Href          string // of its publication
	DueOn, CameOn string // in words
}

// plans are the plans of publications' inspections, the earliest due first.
func (c *call) plans(of ...*item) []planned {
	var out []planned
	for _, i := range of {
		for _, p := range i.Plans {
			due, err := time.ParseInLocation(time.DateOnly, p.Due, c.pages.london)
			late := err == nil && p.Received == "" && !c.Now().Before(due.AddDate(0, 0, 1))
			out = append(out, planned{p, late, pathIn(c.tag, publicationPath(i.ID)), c.expected(p.Due), c.expected(p.Received)})
		}
	}
	slices.SortStableFunc(out, func(a, b planned) int { return strings.Compare(a.Due, b.Due) })
	return out
}

// setPlan says when an inspection's improvement plan is due, or that it came. Readers see it with the next release.
func setPlan(c *call) error {
	i := c.item
	if i.Import == 0 || i.Left != nil || i.Parent > 0 {
		return c.refuse("", "moved")
	}
	receipt, err := c.difference(c.Context(), i)
	if err != nil {
		return err
	}
	p := promise{Inspection: c.FormValue("inspection"), Due: c.FormValue("due"), Received: c.FormValue("received")}
	address, ok := c.address("plan_url")
	why := strings.TrimSpace(c.FormValue("why"))
	due, wrong := time.Parse(time.DateOnly, p.Due)
	received, late := time.Parse(time.DateOnly, p.Received)
	switch {
	case !slices.Contains(inspectionsOf(receipt), p.Inspection):
		return c.refuse("plan-inspection", "inspection")
	case wrong != nil:
		return c.refuse("due", "day")
	case p.Received != "" && (late != nil || received.After(c.Now())):
		return c.refuse("received", "received")
	case !ok:
		return c.refuse("plan_url", "address")
	case len([]rune(why)) > mostComment:
		return c.refuse("plan-why", "why")
	}
	d := companion{inspection: p.Inspection, why: why, address: address,
		title: "Improvement plan, " + p.Inspection}
	if d.lines, err = c.pages.planLines(due, received, p); err != nil {
		return err
	}
	return c.accompany(d, false, &p)
}

// planLines are what the record says of a plan, in both languages.
func (p *pages) planLines(due, received time.Time, plan promise) (lines []companionLine, err error) {
	line := func(kind analytics.FindingKind, key string, day time.Time, period string) {
		said := func(tag string) string {
			w := p.words(tag, nil)
			text := w.Say(key, "Day", w.Date(analytics.DateOf(day)))
			err = cmp.Or(err, w.Err())
			return text
		}
		lines = append(lines, companionLine{kind: kind, position: 1, en: said("en"), cy: said("cy"), period: period,
			section: "Improvement plan"})
	}
	line(analytics.FindingPlanDue, "office.improvement.due_on", due, plan.Due)
	if plan.Received != "" {
		line(analytics.FindingPlanReceived, "office.improvement.received_on", received, plan.Received)
	}
	return lines, err
}
