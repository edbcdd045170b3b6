package site

import (
	"strconv"
	"strings"
	"time"

	"yardstick/dashboards/accessibility"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

// accessibilityView says how accessible the pages are, as far as that was found out.
type accessibilityView struct {
	view.Base
	Finding  string
	About    string
	Checks   view.Table
	Kinds    string
	Failures *view.Table // nil where none is known
	Limits   []string
	Contact  string
}

// Parts returns the figures and tables of the page.
func (p *accessibilityView) Parts() (parts view.Parts) {
	parts.AddTables(&p.Checks, p.Failures)
	return parts
}

// accessibilityLimits are what is known not to work well, and no check finds: each has its words in the catalogues.
var accessibilityLimits = []string{"charts", "chart_text", "documents", "files", "titles"}

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
		Base:    view.Base{Title: w.Say("accessibility.title"), Description: w.Say("accessibility.meta")},
		Finding: w.Say("accessibility.none", "Kinds", len(kinds)),
		About:   w.Say("accessibility.about", "Date", w.Day(checked), "Browser", s.Browser, "Tools", w.And(tools)),
		Checks:  checksTable(req, s),
		Kinds:   w.Say("accessibility.kinds", "Kinds", w.And(kinds)),
		Contact: w.Say("accessibility.contact_none"),
	}
	if len(s.Failures) > 0 {
		p.Finding = w.Say("accessibility.some", "Kinds", len(kinds), "Count", len(s.Failures))
		p.Failures = failuresTable(req, s)
	}
	for _, limit := range accessibilityLimits {
		p.Limits = append(p.Limits, w.Say("accessibility.limit."+limit))
	}
	if req.contact != "" {
		p.Contact = w.Say("accessibility.contact_at", "Contact", req.contact)
	}
	return &p, nil
}

func checksTable(req *Request, s accessibility.Statement) view.Table {
	w := req.words
	t := view.Table{ID: "checks", Caption: w.Say("accessibility.caption"), Columns: []view.Column{
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
		t.NewRow(
			false,
			view.Text(w.Say("accessibility.checks."+c.ID, "Rules", s.Rules)),
			view.Text(strings.Join(spoken, ", ")),
			view.Text(strings.Join(widths, ", ")),
			w.CountCell(c.Pages),
		)
	}
	return t
}

func failuresTable(req *Request, s accessibility.Statement) *view.Table {
	w := req.words
	t := view.Table{ID: "failures", Caption: w.Say("accessibility.failures_caption"), Columns: []view.Column{
		{Label: w.Say("accessibility.page")},
		{Label: w.Say("accessibility.check"), Wide: true},
		{Label: w.Say("accessibility.rule")},
		{Label: w.Say("accessibility.languages")},
	}}
	for _, f := range s.Failures {
		t.NewRow(
			false,
			view.Text(w.Say("accessibility.kind."+f.Kind)),
			view.Text(w.Say("accessibility.checks."+f.Check, "Rules", s.Rules)),
			view.Text(f.Rule),
			view.Text(w.Say("language."+f.Language)),
		)
	}
	return &t
}
