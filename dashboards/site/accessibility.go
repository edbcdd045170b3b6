package site

import (
	"strconv"
	"strings"
	"time"

	"yardstick/dashboards/accessibility"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

// accessibilityView is the accessibility statement, in the form that the regulations of 2018 ask for.
type accessibilityView struct {
	view.Base
	Publisher string
	Able      []string // what readers should be able to do
	Limits    []string // what does not work well
	Contact   Contact
	Committed string
	Faults    []string // what fails the guidelines, and no test by program finds
	Failures  *view.Table
	Prepared  string
	Tested    string
	Sample    string
	Checks    view.Table
}

// Parts returns the figures and tables of the page.
func (p *accessibilityView) Parts() (parts view.Parts) {
	parts.AddTables(p.Failures, &p.Checks)
	return parts
}

// What the statement says beside what tests found: each has its words in the catalogues.
var (
	accessibilityAble   = []string{"zoom", "text", "keyboard", "reader", "colours", "scripts", "motion"}
	accessibilityLimits = []string{"charts", "chart_text", "files"}
	accessibilityFaults = []string{"language"}
)

// The days on which the statement was first written in its form, and last read through as a whole.
var (
	accessibilityPrepared = time.Date(2026, time.November, 29, 12, 0, 0, 0, time.UTC)
	accessibilityReviewed = accessibilityPrepared
)

func accessibilityPage(req *Request) (Page, error) {
	w := req.words
	s, err := accessibility.Read()
	if err != nil {
		return nil, err
	}
	checked, err := time.Parse(time.DateOnly, s.Checked)
	if err != nil {
		return nil, err
	}
	tools, kinds := make([]string, len(s.Tools)), make([]string, len(s.Kinds))
	for n, tool := range s.Tools {
		tools[n] = tool.Name + " " + tool.Version
	}
	for n, kind := range s.Kinds {
		kinds[n] = w.Say("accessibility.kind." + kind)
	}
	p := accessibilityView{
		Base:      view.Base{Title: w.Say("accessibility.title"), Description: w.Say("accessibility.meta")},
		Publisher: publishedBy(req),
		Contact:   req.contact,
		Committed: w.Say("accessibility.committed_none"),
		Prepared: w.Say("accessibility.prepared", "Prepared", w.Day(accessibilityPrepared),
			"Reviewed", w.Day(accessibilityReviewed)),
		Tested: w.Say("accessibility.tested", "Date", w.Day(checked), "Browser", s.Browser, "Tools", w.And(tools)),
		Sample: w.Say("accessibility.sample", "Kinds", len(kinds), "Names", w.And(kinds)),
		Checks: checksTable(req, s),
	}
	if req.publisher != "" {
		p.Committed = w.Say("accessibility.committed", "Publisher", req.publisher)
	}
	if len(s.Failures) > 0 {
		p.Failures = failuresTable(req, s)
	}
	for _, id := range accessibilityAble {
		p.Able = append(p.Able, w.Say("accessibility.can."+id))
	}
	for _, id := range accessibilityLimits {
		p.Limits = append(p.Limits, w.Say("accessibility.limit."+id))
	}
	for _, id := range accessibilityFaults {
		p.Faults = append(p.Faults, w.Say("accessibility.failure."+id))
	}
	return &p, nil
}

func checksTable(req *Request, s accessibility.Statement) view.Table {
	w := req.words
	t := view.Table{ID: "checks", Compact: true, Caption: w.Say("accessibility.caption"), Columns: []view.Column{
		{Label: w.Say("accessibility.check"), Wide: true}, {Label: w.Say("accessibility.languages")},
		{Label: w.Say("accessibility.widths")}, {Label: w.Say("accessibility.pages"), Numeric: true},
	}}
	for _, c := range s.Checks {
		widths := make([]string, len(c.Widths))
		for n, width := range c.Widths {
			widths[n] = strconv.Itoa(width)
		}
		var spoken []string
		for _, tag := range i18n.Languages() {
			for _, other := range c.Languages {
				if other == tag {
					spoken = append(spoken, w.Say("language."+tag))
				}
			}
		}
		t.NewRow(false, view.Text(w.Say("accessibility.checks."+c.ID, "Rules", s.Rules)),
			view.Text(strings.Join(spoken, ", ")), view.Text(strings.Join(widths, ", ")), w.CountCell(c.Pages))
	}
	return t
}

func failuresTable(req *Request, s accessibility.Statement) *view.Table {
	w := req.words
	t := view.Table{ID: "failures", Compact: true, Caption: w.Say("accessibility.failures_caption"),
		Columns: []view.Column{
			{Label: w.Say("accessibility.page")},
			{Label: w.Say("accessibility.check"), Wide: true},
			{Label: w.Say("accessibility.rule")},
			{Label: w.Say("accessibility.languages")},
		}}
	for _, f := range s.Failures {
		t.NewRow(false, view.Text(w.Say("accessibility.kind."+f.Kind)),
			view.Text(w.Say("accessibility.checks."+f.Check, "Rules", s.Rules)), view.Text(f.Rule),
			view.Text(w.Say("language."+f.Language)))
	}
	return &t
}
