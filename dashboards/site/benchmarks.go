package site

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// benchmarksView is one measure of a programme, or one published statistic, over groups of areas.
type benchmarksView struct {
	view.Base
	Finding    string
	Newer      string // how many areas have a newer result under another programme; empty for none
	Warnings   []string
	Programmes []programmeChoice
	Hidden     []view.Option // what the form sends unseen
	Fields     []view.Field
	More       []view.Field // of the form too, folded until one is filled
	Results    []view.Figure
	Chance     *chanceView
	Printed    *view.Table
}

// Parts returns the figures and tables of the page.
func (p *benchmarksView) Parts() (parts view.Parts) {
	parts.AddFigures(view.Pointers(p.Results)...)
	if p.Chance != nil {
		parts.AddFigures(view.Pointers(p.Chance.Figures)...)
	}
	parts.AddTables(p.Printed)
	parts.AddFields(view.Pointers(p.Fields)...)
	parts.AddFields(view.Pointers(p.More)...)
	return parts
}

// MoreOpen says whether one of the folded fields is in use, or is asked for by the choice of a group.
func (p *benchmarksView) MoreOpen() bool {
	listed := slices.ContainsFunc(p.Fields, func(f view.Field) bool {
		return slices.ContainsFunc(f.Choices, func(o view.Option) bool {
			return f.Name == "group" && o.Selected && o.Value == string(analytics.GroupList)
		})
	})
	return listed || slices.ContainsFunc(p.More, func(f view.Field) bool { return f.Value != "" || f.Error != "" })
}

// benchmarkChoice is what a reader asks the page for. statistic is nil where it is a programme's measure.
type benchmarkChoice struct {
	query     analytics.BenchmarkQuery
	of        *analytics.Area
	listed    string
	statistic *analytics.Statistic
	periods   []analytics.Statistic
	limits    string // chance or adjusted; empty for what the funnel itself asks for
	adjusted  bool   // limits allow for overdispersion
}

func benchmarksPage(req *Request) (Page, error) {
	c, err := benchmarkChoiceOf(req)
	if err != nil {
		return nil, err
	}
	var p benchmarksView
	if err := p.choices(req, c); err != nil {
		return nil, err
	}
	build := p.ofMeasure
	if c.statistic != nil {
		build = p.ofStatistic
	}
	if err := build(req, c); err != nil {
		return nil, err
	}
	if p.Finding == "" {
		p.Finding = cmp.Or(req.words.Refused(c.query.Programme, c.query.Measure), req.words.Say("benchmarks.none"))
		if len(p.Results) > 0 {
			p.Finding = p.Results[0].Headline
		}
	}
	if c.query.AsOf == nil {
		p.Newer = newerResults(req, c.query.Programme)
	}
	p.Base.Description, p.HasCharts, p.Base.Data = p.Finding, len(p.Results) > 0, benchmarksAnswer(req, c, "json")
	return &p, nil
}

// newerResults says how many current areas with an inspection under a programme have a newer result under another one.
func newerResults(req *Request, programme string) string {
	count := 0
	for _, a := range req.snapshot.Areas() {
		_, newer := newerElsewhere(req.snapshot, programme, a.ID)
		under := func(i analytics.Inspection) bool { return i.Programme == programme }
		if newer && a.Current && slices.ContainsFunc(req.snapshot.InspectionsOf(a.ID), under) {
			count++
		}
	}
	if count == 0 {
		return ""
	}
	return req.words.Say("benchmarks.newer", "Count", count)
}

// benchmarkChoiceOf reads the page's parameters; without any it is the first measure of the programme with most
// results, by region.
func benchmarkChoiceOf(req *Request) (benchmarkChoice, error) {
	c := benchmarkChoice{
		query:  analytics.BenchmarkQuery{Group: analytics.GroupRegion},
		listed: strings.TrimSpace(req.query.Get("areas")),
	}
	q := &c.query
	if id := req.query.Get("of"); id != "" {
		area, err := req.snapshot.Area(id)
		if err != nil {
			return c, err
		}
		c.of, q.Of, q.Without = &area, area.ID, true
	}
	if text := req.query.Get("group"); text != "" {
		group, err := analytics.ParseGroupKind(text)
		if err != nil {
			return c, err
		}
		q.Group = group
	} else if c.listed != "" {
		q.Group = analytics.GroupList
	}
	if q.Group == analytics.GroupList {
		var err error
		if q.Areas, err = req.snapshot.ListAreas(c.listed); err != nil {
			return c, err
		}
	}
	switch text := req.query.Get("limits"); text {
	case "", "chance", "adjusted":
		c.limits = text
	default:
		return c, &analytics.InvalidError{Field: "limits", Kind: "limits", Value: text}
	}
	if req.query.Get("indicator") != "" {
		return c, c.chooseStatistic(req)
	}
	return c, c.chooseMeasure(req)
}

func (c *benchmarkChoice) chooseMeasure(req *Request) error {
	q := &c.query
	q.Programme = req.snapshot.WidestProgramme()
	if id := req.query.Get("programme"); id != "" {
		if _, err := req.snapshot.Programme(id); err != nil {
			return &analytics.InvalidError{Field: "programme", Kind: "programme", Value: id}
		}
		q.Programme = id
	}
	measures := req.snapshot.Measures(q.Programme)
	if len(measures) == 0 {
		return &analytics.InvalidError{Field: "programme", Kind: "programme_without_results", Value: q.Programme}
	}
	q.Measure = measures[0].ID
	if id := req.query.Get("measure"); id != "" {
		if _, err := req.snapshot.Measure(q.Programme, id); err != nil {
			return &analytics.InvalidError{Field: "measure", Kind: "measure", Value: id}
		}
		q.Measure = id
	}
	if req.query.Get("period") != "" {
		return &analytics.InvalidError{Field: "period", Kind: "with_indicator"}
	}
	date, err := analytics.ParsePartialDate(req.query.Get("as_of"))
	if err != nil {
		return &analytics.InvalidError{Field: "as_of", Kind: "date", Value: req.query.Get("as_of")}
	}
	if day := date.Last(); !day.IsZero() {
		q.AsOf = &day
	}
	return nil
}

func (c *benchmarkChoice) chooseStatistic(req *Request) error {
	id := req.query.Get("indicator")
	for _, name := range []string{"programme", "measure", "as_of"} {
		if req.query.Get(name) != "" {
			return &analytics.InvalidError{Field: name, Kind: "without_indicator"}
		}
	}
	var err error
	if c.periods, err = req.snapshot.Statistics(id); err != nil {
		return err
	}
	if len(c.periods) == 0 {
		return &analytics.InvalidError{Field: "indicator", Kind: "indicator_of_areas", Value: id}
	}
	c.statistic = &c.periods[0]
	if text := req.query.Get("period"); text != "" {
		at := slices.IndexFunc(c.periods,
			func(st analytics.Statistic) bool { return st.End.Format(time.DateOnly) == text })
		if at < 0 {
			return &analytics.InvalidError{Field: "period", Kind: "period", Value: text}
		}
		c.statistic = &c.periods[at]
	}
	return req.snapshot.ReadMembers(c.statistic)
}

// choices fills what the page offers to choose from.
func (p *benchmarksView) choices(req *Request, c benchmarkChoice) error {
	w, q := req.words, c.query
	for _, programme := range req.snapshot.Programmes() {
		if programme.Results > 0 {
			p.Programmes = append(
				p.Programmes,
				programmeChoice{ID: programme.ID, Name: capital(w.Say("programme." + programme.ID + ".short")),
					Href: w.URL("/benchmarks?programme=" + programme.ID), Selected: programme.ID == q.Programme},
			)
		}
	}
	statistics := view.Field{Name: "indicator", Wide: true, Label: w.Say("benchmarks.statistic")}
	for _, id := range req.snapshot.Indicators() {
		periods, err := req.snapshot.Statistics(id)
		if err != nil {
			return err
		}
		if len(periods) > 0 {
			statistics.Choices = append(statistics.Choices, view.Option{
				Value:    id,
				Text:     w.Indicator(id),
				Selected: c.statistic != nil && id == c.statistic.Indicator.ID,
			})
		}
	}
	if len(statistics.Choices) > 0 {
		p.Programmes = append(
			p.Programmes,
			programmeChoice{Name: w.Say("benchmarks.statistics"), Selected: c.statistic != nil,
				Href: w.URL("/benchmarks?indicator=" + url.QueryEscape(statistics.Choices[0].Value))},
		)
	}
	if c.statistic != nil {
		periods := view.Field{Name: "period", Label: w.Say("benchmarks.period")}
		for _, st := range c.periods {
			periods.Choices = append(periods.Choices, view.Option{
				Value:    st.End.Format(time.DateOnly),
				Text:     w.Period(st.Period),
				Selected: st.End.Equal(c.statistic.End),
			})
		}
		p.Fields = append(p.Fields, statistics, periods)
	} else {
		p.Hidden = append(p.Hidden, view.Option{Text: "programme", Value: q.Programme})
		measures := view.Field{Name: "measure", Label: w.Say("benchmarks.measure")}
		for _, m := range req.snapshot.Measures(q.Programme) {
			measures.Choices = append(measures.Choices, view.Option{Value: m.ID, Text: w.Measure(q.Programme, m.ID),
				Selected: m.ID == q.Measure})
		}
		p.Fields = append(p.Fields, measures)
	}
	p.Fields = append(p.Fields, groupChoice(req, c), areaChoice(req, c))
	if c.statistic == nil {
		p.More = append(p.More, view.Field{Name: "as_of", Label: w.Say("benchmarks.as_of_label"),
			Hint: w.Say("benchmarks.as_of_hint"), Value: req.query.Get("as_of"), Width: 10, Longest: 10})
	}
	p.More = append(p.More, view.Field{Name: "areas", ID: "listed", Label: w.Say("benchmarks.areas_label"),
		Hint: w.Say("benchmarks.areas_hint"), Value: c.listed, Longest: 600, Wide: true})
	if c.adjusted {
		p.Hidden = append(p.Hidden, view.Option{Text: "limits", Value: "adjusted"})
	}
	return nil
}

func groupChoice(req *Request, c benchmarkChoice) view.Field {
	out := view.Field{Name: "group", Label: req.words.Say("benchmarks.group_label")}
	for _, g := range []analytics.GroupKind{analytics.GroupRegion, analytics.GroupNation, analytics.GroupAll,
		analytics.GroupFamily, analytics.GroupList} {
		family := g != analytics.GroupFamily || c.of != nil && len(req.snapshot.NeighboursOf(c.of.ID)) > 0
		if family {
			out.Choices = append(out.Choices, view.Option{
				Value:    string(g),
				Text:     req.words.Say("benchmarks.group." + string(g)),
				Selected: g == c.query.Group,
			})
		}
	}
	return out
}

func areaChoice(req *Request, c benchmarkChoice) view.Field {
	out := view.Field{
		Name:    "of",
		Label:   req.words.Say("benchmarks.of"),
		Choices: []view.Option{{Text: req.words.Say("benchmarks.no_area"), Selected: c.of == nil}},
	}
	for _, a := range req.byName(req.snapshot.Areas()) {
		out.Choices = append(out.Choices,
			view.Option{Value: a.ID, Text: a.Name.In(req.tag), Selected: c.of != nil && c.of.ID == a.ID})
	}
	return out
}

// grouped asks for the groups a page shows: all areas first, then each of the kind chosen. Those that the marked
// area is in are without it, and gone where it has them to itself. ask answers one query; same says whether two
// answers are of one group, and around whether one is of the marked area's.
func grouped[T any](
	q analytics.BenchmarkQuery,
	ask func(analytics.BenchmarkQuery) ([]T, error),
	same func(a, b T) bool,
	around func(T) bool,
) ([]T, error) {
	all := q
	all.Group = analytics.GroupAll
	out, err := ask(all)
	if err != nil || q.Group == analytics.GroupAll {
		return out, err
	}
	every := q
	if q.Group == analytics.GroupNation || q.Group == analytics.GroupRegion {
		every.Of, every.Without = "", false
	}
	groups, err := ask(every)
	if err != nil || q.Of == "" {
		return append(out, groups...), err
	}
	own, err := ask(q)
	for _, g := range groups {
		if !around(g) {
			out = append(out, g)
			continue
		}
		if at := slices.IndexFunc(own, func(o T) bool { return same(g, o) }); at >= 0 {
			out = append(out, own[at])
		}
	}
	return out, err
}

// groupLabel names a group, and the area that is left out of it: "East Midlands, without Leicester".
func groupLabel(req *Request, kind analytics.GroupKind, name, without string) string {
	label := req.words.Group(kind, name)
	if without == "" || kind == analytics.GroupFamily {
		return label
	}
	return req.words.Say("benchmarks.without", "Group", label)
}

// surrounds says whether a group is one that the marked area is set against.
func (c benchmarkChoice) surrounds(kind analytics.GroupKind, name string) bool {
	switch {
	case c.of == nil:
		return false
	case kind == analytics.GroupNation:
		return name == c.of.Nation
	case kind == analytics.GroupRegion:
		return name == c.of.Region
	}
	return true
}
