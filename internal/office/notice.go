package office

import (
	"fmt"
	"slices"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// headline is a line of a notice's table.
type headline struct {
	Measure, Result, Comment string
	About                    string // what the measure means; empty where the catalogue does not say
	Overall                  bool   // it is the result of the whole inspection
	Anchor                   string // of its row on the inspection's public page
	Lowest, Highest, Average string // to date; empty where the record cannot say
	Computed                 bool   // they are worked out from the record, and not printed by the notice
}

// part is a list of what the report says, under a heading.
type part struct {
	Heading string // a message's key
	Items   []string
	More    int
}

// noticeFacts are what the record says for the press notice of an inspection, in a language.
type noticeFacts struct {
	Area, Programme string
	Published       string
	Fieldwork       string
	Cases           int
	Headlines       []headline
	Ranged          bool // some headline has a lowest, a highest or an average
	Computed        bool // some of them are worked out
	Parts           []part
	Notes           []string // to editors
	Sources         []analytics.Source
}

// mostItems is how many findings of a kind a notice lists: it is read aloud, and a report has many.
const mostItems = 12

// notice gathers the facts of the notice of an inspection in a language. It adds nothing to what the record says.
func (p *pages) notice(tag string, s *analytics.Snapshot, id string) (v noticeFacts, err error) {
	i, err := s.Inspection(id)
	if err != nil {
		return v, err
	}
	area, err := s.Area(i.Area)
	if err != nil {
		return v, err
	}
	w := p.words(tag, s)
	v = noticeFacts{Area: area.Name.In(tag), Programme: w.Programme(i.Programme), Published: w.Date(i.Published),
		Cases: i.Cases}
	if i.Fieldwork.Precision() != analytics.PrecisionUnknown {
		v.Fieldwork = w.Date(i.Fieldwork)
	}
	around, err := s.Around(i, true)
	if err != nil {
		return v, err
	}
	var cited []string
	for _, r := range i.Results {
		m, err := s.Measure(i.Programme, r.Measure)
		if err != nil {
			return v, err
		}
		if !r.Known() || m.Kind != analytics.KindHeadline && r.Rating == "" {
			continue
		}
		h := headlineOf(w, i, r, around)
		h.Overall = m.Kind == analytics.KindOverall
		v.Headlines = append(v.Headlines, h)
		v.Ranged = v.Ranged || h.Lowest+h.Highest+h.Average != ""
		v.Computed = v.Computed || h.Computed
		for _, source := range r.Sources {
			if !slices.Contains(cited, source) {
				cited = append(cited, source)
			}
		}
	}
	v.Sources = s.SourcesOf(cited)
	v.Parts = said(w, s.FindingsOf(id))
	v.Notes = []string{v.Programme + ": " + w.Say("programme."+i.Programme+".about")}
	for _, kind := range []analytics.FindingKind{analytics.FindingArrangement, analytics.FindingDefinition,
		analytics.FindingLimit} {
		for _, f := range s.FindingsOf(id) {
			if f.Kind == kind {
				v.Notes = append(v.Notes, findingText(w, f))
			}
		}
	}
	return v, w.Err()
}

// headlineOf is a result with the range of the areas inspected by then: as its notice printed it, or as the record has
// it.
func headlineOf(w *view.Words, i analytics.Inspection, r analytics.Result, around []analytics.Benchmark) headline {
	percent := func(x *float64) string {
		if x == nil {
			return ""
		}
		return w.Percent(*x)
	}
	h := headline{Measure: w.Measure(i.Programme, r.Measure), Anchor: "#result-" + r.Measure, Result: percent(r.Percent)}
	if key := "measure." + i.Programme + "." + r.Measure + "_about"; w.Has(key) {
		h.About = w.Say(key)
	}
	if r.Rating != "" {
		h.Result = w.Level(r.Scale, r.Rating)
	}
	if r.Comment != "" {
		h.Comment = w.Say("comment." + r.Comment)
	}
	if printed := r.Printed; printed != nil {
		h.Lowest, h.Highest, h.Average = percent(printed.Lowest), percent(printed.Highest), percent(printed.Average)
		return h
	}
	of, ok := analytics.BenchmarkIn(around, r, analytics.GroupAll)
	if ok && of.Summary != nil && r.Percent != nil {
		m := of.Summary
		h.Lowest, h.Highest, h.Average, h.Computed = percent(&m.Lowest), percent(&m.Highest), percent(&m.Average), true
	}
	return h
}

// said is what the report says besides, in the order of a notice.
func said(w *view.Words, findings []analytics.Finding) []part {
	var out []part
	for _, kind := range []struct {
		kind analytics.FindingKind
		key  string
	}{
		{analytics.FindingReason, "office.notice.reason"},
		{analytics.FindingCommentary, "office.notice.commentary"},
		{analytics.FindingStrength, "office.notice.strength"},
		{analytics.FindingImprovement, "office.notice.improvement"},
		{analytics.FindingRecommendation, "office.notice.recommendation"},
		{analytics.FindingPlan, "office.notice.plan"},
	} {
		one := part{Heading: kind.key}
		for _, f := range findings {
			if f.Kind != kind.kind {
				continue
			}
			if len(one.Items) == mostItems {
				one.More++
				continue
			}
			one.Items = append(one.Items, findingText(w, f))
		}
		if len(one.Items) > 0 {
			out = append(out, one)
		}
	}
	return out
}

// reportAnchor is where the inspection's public page has the findings of a kind; the zero value is no place.
var reportAnchor = map[analytics.FindingKind]string{analytics.FindingLimit: "limits",
	analytics.FindingRecommendation: "recommendations", analytics.FindingPlan: "plan",
	analytics.FindingReason: "report", analytics.FindingCommentary: "report", analytics.FindingStrength: "report",
	analytics.FindingImprovement: "report", analytics.FindingArrangement: "report",
	analytics.FindingDefinition: "report"}

// findingText is a finding with its figure, which leads to where the record has it.
func findingText(w *view.Words, f analytics.Finding) string {
	text, figure := strings.TrimSuffix(f.Text.In(w.Tag()), "."), ""
	switch {
	case f.Percent != nil:
		figure = w.Percent(*f.Percent)
	case f.Numerator != nil && f.Denominator != nil:
		figure = fmt.Sprintf("%d/%d", *f.Numerator, *f.Denominator)
	case f.Value != nil:
		figure = w.Number(*f.Value, 1)
		if f.ValueTo != nil {
			figure = w.Say("report.range", "From", figure, "To", w.Number(*f.ValueTo, 1))
		}
		figure = w.Say("finding_unit."+f.Unit, "Number", figure)
	}
	if figure != "" {
		text += " ([" + figure + "](#" + reportAnchor[f.Kind] + "))"
	}
	return text + "."
}
