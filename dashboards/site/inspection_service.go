package site

import (
	"slices"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// responseView is what the inspected service answered, in its own words.
type responseView struct {
	Paragraphs []string
	Sources    []view.SourceLink
}

// serviceResponse returns what the inspected service answered; nil where the record has no answer.
func serviceResponse(req *Request, i analytics.Inspection) *responseView {
	found := ofKind(req.snapshot.FindingsOf(i.ID), analytics.FindingResponse)
	if len(found) == 0 {
		return nil
	}
	p := new(responseView)
	var sources []string
	for _, f := range found {
		p.Paragraphs = append(p.Paragraphs, f.Text.In(req.tag))
		sources = append(sources, f.Sources...)
	}
	slices.Sort(sources)
	p.Sources = req.words.Sources(slices.Compact(sources))
	return p
}

// planView is where the improvement plan of a service stands.
type planView struct {
	Status  string
	Overdue bool
	Sources []view.SourceLink
}

// improvementPlan says whether the plan that followed an inspection came in time, as of the release that is shown; nil
// where the record does not say when it is due.
func improvementPlan(req *Request, i analytics.Inspection) *planView {
	w := req.words
	all := req.snapshot.FindingsOf(i.ID)
	asked := ofKind(all, analytics.FindingPlanDue)
	if len(asked) == 0 {
		return nil
	}
	due, err := analytics.ParsePartialDate(asked[0].Period)
	if err != nil {
		return nil // a check refuses a record with another day
	}
	p := &planView{Sources: w.Sources(asked[0].Sources)}
	words := []any{"Due", w.Date(due), "Received", "", "Day", w.Day(req.snapshot.Release().Published)}
	if came := ofKind(all, analytics.FindingPlanReceived); len(came) > 0 {
		received, err := analytics.ParsePartialDate(came[0].Period)
		if err != nil {
			return nil
		}
		words[3] = w.Date(received)
		p.Status = w.Say("plan.received", words...)
		if received.First().After(due.Last()) {
			p.Status = w.Say("plan.late", words...)
		}
		return p
	}
	published := analytics.DateOf(req.snapshot.Release().Published.In(london()))
	p.Overdue = !published.First().Before(due.Last().AddDate(0, 0, 1))
	p.Status = w.Say("plan.due", words...)
	if p.Overdue {
		p.Status = w.Say("plan.overdue", words...)
	}
	return p
}
