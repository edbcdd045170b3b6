package office

import (
	"slices"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/internal/office/store"
)

// planned is the improvement plan of an inspection, as pages show it.
type planned struct {
	store.Plan
	Overdue       bool
	Href          string // of its publication
	DueOn, CameOn string // in words
}

// overdue says whether a plan did not come by the end of its day.
func (c *call) overdue(p store.Plan) bool {
	due, err := time.ParseInLocation(time.DateOnly, p.Due, c.pages.london)
	return err == nil && p.Received == "" && !c.Now().Before(due.AddDate(0, 0, 1))
}

// plans returns the plans of a publication's inspections; those that are awaited of all where it is 0.
func (c *call) plans(publication int) ([]planned, error) {
	all, err := c.Store.Plans(c.Context())
	var out []planned
	for _, p := range all {
		if p.Publication == publication || publication == 0 && p.Received == "" {
			out = append(out, planned{p, c.overdue(p), pathIn(c.tag, publicationPath(p.Publication)), c.expected(p.Due),
				c.expected(p.Received)})
		}
	}
	return out, err
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
	p := store.Plan{Inspection: c.FormValue("inspection"), Publication: i.ID, Due: c.FormValue("due"),
		Received: c.FormValue("received")}
	address, ok := c.address("plan_url")
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
	}
	d := companion{inspection: p.Inspection, why: strings.TrimSpace(c.FormValue("why")), address: address,
		title: "Improvement plan, " + p.Inspection}
	if d.lines, err = c.pages.planLines(due, received, p); err != nil {
		return err
	}
	return c.accompany(d, false, &p)
}

// planLines are what the record says of a plan, in both languages.
func (p *pages) planLines(due, received time.Time, plan store.Plan) ([]companionLine, error) {
	days := []struct {
		kind analytics.FindingKind
		key  string
		day  time.Time
		text string
	}{{analytics.FindingPlanDue, "office.improvement.due_on", due, plan.Due},
		{analytics.FindingPlanReceived, "office.improvement.received_on", received, plan.Received}}
	var lines []companionLine
	for _, d := range days {
		if d.text == "" {
			continue
		}
		line := companionLine{kind: d.kind, position: 1, period: d.text, section: "Improvement plan"}
		for tag, to := range map[string]*string{"en": &line.en, "cy": &line.cy} {
			w := p.words(tag, nil)
			*to = w.Say(d.key, "Day", w.Date(analytics.DateOf(d.day)))
			if err := w.Err(); err != nil {
				return nil, err
			}
		}
		lines = append(lines, line)
	}
	return lines, nil
}
