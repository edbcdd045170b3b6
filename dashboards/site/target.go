package site

import (
	"slices"
	"strconv"

	"yardstick/analytics/target"
	"yardstick/dashboards/charts"
	"yardstick/dashboards/view"
)

// targetView is the targeting desk: whether it has ever predicted anything, what it knows, and, once a reader has
// set the assumptions, a proposed programme with its reasons.
type targetView struct {
	view.Base
	Finding     string // whether the desk predicts
	Doubt       string
	Warning     string
	Numbers     []view.Field
	Weights     []view.Field
	Proposal    string // what is proposed; empty before assumptions are set
	Sure        string
	Chosen      []targetChoice
	Next        []targetChoice // the most probable that are not proposed
	First       string         // header of the chances
	Ranked      string         // header of the ranks
	Figure      *view.Figure
	Holds       *view.Figure // nil where no weight can be moved
	Shifts      view.Table
	Criteria    view.Table
	Backtest    view.Table
	Tested      string // over what
	Calibration view.Table
	All         *view.Table
	Apart       *view.Table
	ApartCount  string
	Replay      []string // what a past day's figures could not say
}

// Parts returns the figures and tables of the page.
func (p *targetView) Parts() (parts view.Parts) {
	parts.AddFigures(p.Figure, p.Holds)
	parts.AddTables(&p.Shifts, p.All, &p.Backtest, &p.Calibration, &p.Criteria, p.Apart)
	parts.AddFields(slices.Concat(view.Pointers(p.Numbers), view.Pointers(p.Weights))...)
	return parts
}

// Lines are the areas proposed, and those next below the line.
func (p *targetView) Lines() []targetChoice { return slices.Concat(p.Chosen, p.Next) }

// targetChoice is one area of the proposed programme.
type targetChoice struct {
	Area    view.Link
	Role    string
	Strong  bool
	Out     bool   // not proposed: the next below the line
	Chance  string // of being among those of most concern
	Rank    string // the expected one, with its range
	Ranks   rankMark
	Reason  string // the first for it, else the first against
	For     []string
	Against []string
	Unknown []string
	Last    *view.Link
}

// rankMark is where an expected rank and its range lie on a line of 100.
type rankMark struct{ From, Width, Middle float64 }

// nextBelow is how many areas below the line are shown.
const nextBelow = 3

func targetPage(req *Request) (Page, error) {
	a, err := target.Parse(req.query.Get)
	if err != nil {
		return nil, err
	}
	w := req.words
	d, err := req.desk.Board(a)
	if err != nil {
		return nil, err
	}
	b, err := req.desk.Backtest()
	if err != nil {
		return nil, err
	}
	set := req.queryString() != ""
	p := targetView{
		Warning:     unweighed(req, d),
		Criteria:    criteriaTable(req, d, b),
		Backtest:    backtestTable(req, b),
		Calibration: calibrationTable(req, b),
	}
	p.Finding = w.Say("target.verdict."+string(b.Desk.Verdict), "Count", b.Desk.Inspections)
	p.Doubt = w.Say("target.known", "Known", len(d.Areas), "Of", d.Of, "Apart", len(d.Apart))
	p.Tested = w.Say("target.backtest.about", "Days", b.Days, "Inspections", b.Inspections, "Count", b.Desk.Inspections,
		"Undated", b.Undated, "First", b.First)
	p.fields(req, a)
	if len(d.Apart) > 0 {
		t := apartTable(req, d)
		p.Apart, p.ApartCount = &t, w.Say("target.apart.count", "Count", len(d.Apart))
	}
	if set {
		p.propose(req, d)
	}
	if a.AsOf != nil {
		p.Replay = replay(req, d)
	}
	p.Base = view.Base{
		Title:       w.Say("target.title"),
		Description: p.Finding + " " + p.Doubt,
		HasCharts:   p.Figure != nil,
	}
	if set {
		p.Title = w.Say("target.title_chosen", "Choice", req.queryString())
	}
	return &p, nil
}

// propose adds what follows from the assumptions that a reader has set.
func (p *targetView) propose(req *Request, d target.Desk) {
	w := req.words
	if len(d.Chosen) == 0 {
		p.Proposal, p.Sure = w.Say("target.nothing"), w.Say("target.nothing_why")
		return
	}
	sure := 0
	for _, s := range d.Chosen {
		if s.Role == target.RoleConcern && s.Probability >= 0.95 {
			sure++
		}
		p.Chosen = append(p.Chosen, targetChoiceOf(req, d, s))
	}
	for _, s := range d.Areas {
		if s.Role == "" && len(p.Next) < nextBelow {
			next := targetChoiceOf(req, d, s)
			next.Out = true
			p.Next = append(p.Next, next)
		}
	}
	p.First, p.Ranked = w.Say("target.ranks.chance", "First", d.First), w.Say("target.scale", "Of", d.Ranked)
	p.Proposal = w.Say("target.proposal", "Count", len(d.Chosen), "Of", len(d.Areas))
	p.Sure = w.Say("target.sure_none", "Chosen", len(d.Chosen), "First", d.First)
	if sure > 0 {
		p.Sure = w.Say("target.sure", "Count", sure, "Chosen", len(d.Chosen), "First", d.First)
	}
	f, all := ranksFigure(req, d), standingsTable(req, d)
	p.Figure, p.All = &f, &all
	if len(d.Shifts) > 0 {
		holds := holdsFigure(req, d)
		p.Holds, p.Shifts = &holds, shiftsTable(req, d)
	}
}

// unweighed says which criteria that count are not weighed, because too few areas have a figure or their figures do
// not differ beyond chance; empty where all are.
func unweighed(req *Request, d target.Desk) string {
	w := req.words
	var which []string
	for _, c := range d.Criteria {
		if !c.Used && d.Assumptions.Weights[c.Criterion] > 0 {
			which = append(which,
				w.Say("target.unweighed_one", "Criterion", w.Criterion(c.Criterion), "Known", c.Known, "Of", c.Of))
		}
	}
	if len(which) == 0 {
		return ""
	}
	return w.Say("target.unweighed", "Criteria", w.And(which))
}

// fields fills in what the form asks for, with what is assumed now.
func (p *targetView) fields(req *Request, a target.Assumptions) {
	w := req.words
	number := func(name, label string, value float64, most int) view.Field {
		return view.Field{Name: name, Label: label, Width: 4, Range: &view.Range{Most: most},
			Value: strconv.FormatFloat(value, 'g', -1, 64)}
	}
	places := number(target.ParamPlaces, w.Say("target.field.places"), float64(a.Places), target.MaxPlaces)
	places.Range.Least = 1
	p.Numbers = []view.Field{
		places,
		number(target.ParamStrong, w.Say("target.field.strong"), float64(a.Strong), target.MaxPlaces),
		number(target.ParamPerRegion, w.Say("target.field.per_region"), float64(a.PerRegion), target.MaxPlaces),
		number(target.ParamExclude, w.Say("target.field.exclude"), float64(a.Exclude), target.MaxExclude),
		number(target.ParamCertainty, w.Say("target.field.certainty"), a.Certainty, target.MaxCertainty),
		{Name: target.ParamAsOf, Label: w.Say("target.field.as_of"), Value: req.query.Get(target.ParamAsOf), Width: 10,
			Longest: 10},
	}
	for _, c := range target.Criteria() {
		p.Weights = append(p.Weights, number(string(c), w.Criterion(c), a.Weights[c], int(target.MaxWeight)))
	}
}

func targetChoiceOf(req *Request, d target.Desk, s target.Standing) targetChoice {
	w := req.words
	c := targetChoice{
		Area:    view.Link{Text: w.Area(s.Area), Href: w.URL("/areas/" + s.Area)},
		Strong:  s.Role == target.RoleStrong,
		For:     w.TargetReasons(s, target.For),
		Against: w.TargetReasons(s, target.Against),
		Unknown: w.TargetReasons(s, target.Unknown),
		Chance:  w.Number(100*s.Probability, 0) + "%",
		Rank:    w.Rank(s),
		Ranks:   rankMarkOf(s, d.Ranked),
	}
	if s.Role != "" {
		c.Role = w.Say("target.role." + string(s.Role))
	}
	if reasons := slices.Concat(c.For, c.Against, c.Unknown); len(reasons) > 0 {
		c.Reason = reasons[0]
	}
	if n := len(s.Last.Candidates); n > 0 {
		if i, err := req.snapshot.Inspection(s.Last.Candidates[0].Inspection); err == nil {
			c.Last = &view.Link{Text: w.Inspection(i), Href: w.URL("/inspections/" + i.ID)}
		}
	}
	return c
}

func rankMarkOf(s target.Standing, of int) rankMark {
	at := func(rank float64) float64 { return 100 * (rank - 1) / float64(max(of-1, 1)) }
	m := rankMark{From: at(float64(s.Lower)), Middle: at(s.Expected)}
	m.Width = max(at(float64(s.Upper))-m.From, 1)
	return m
}

// ranksFigure draws the rank intervals of the proposed areas.
func ranksFigure(req *Request, d target.Desk) view.Figure {
	w := req.words
	f := view.Figure{
		ID:       "ranks",
		Folded:   true,
		Headline: w.Say("target.ranks.headline"),
		Subtitle: w.Say("target.ranks.subtitle", "Of", d.Ranked),
	}
	f.Table = view.Table{
		ID:      "ranks-table",
		Compact: true,
		Caption: w.Say("target.ranks.table"),
		Columns: []view.Column{
			{Label: w.Say("fact.area")},
			{Label: w.Say("target.ranks.chance", "First", d.First), Numeric: true},
			{Label: w.Say("target.ranks.rank"), Numeric: true}},
	}
	var rows []charts.RangeRow
	var sources []string
	for _, s := range d.Chosen {
		label := w.Area(s.Area)
		rows = append(rows, charts.RangeRow{
			Label:   label,
			Lowest:  new(float64(s.Lower)),
			Average: &s.Expected,
			Highest: new(float64(s.Upper)),
			Note:    w.Say("target.ranks.note", "Area", label, "Rank", w.Rank(s)),
		})
		f.Table.NewRow(false, view.Cell{Text: label, Link: w.URL("/areas/" + s.Area)}, w.PercentCell(100*s.Probability),
			view.Text(w.Rank(s)))
		sources = append(sources, inputSources(s)...)
	}
	f.Summary = w.Say("target.ranks.summary", "Count", len(rows))
	words := charts.RangeLabels{Range: w.Say("target.ranks.range"), Average: w.Say("target.ranks.middle")}
	f.Options, f.Size = w.Drawn(charts.Range(rows, words, float64(d.Ranked), "")), charts.Height(len(rows))
	slices.Sort(sources)
	f.Sources = w.Sources(slices.Compact(sources))
	return f
}

// inputSources are those of the figures that an area stands by.
func inputSources(s target.Standing) []string {
	var sources []string
	for _, in := range s.Inputs {
		if in.Figure != nil {
			sources = append(sources, in.Figure.Sources...)
		}
	}
	return sources
}

// standingsTable is every ranked area with its inputs on the criteria that are weighed.
func standingsTable(req *Request, d target.Desk) view.Table {
	w := req.words
	t := view.Table{
		ID:      "standings",
		Compact: true,
		Caption: w.Say("target.all"),
		CSV:     targetCSV(req),
		Columns: []view.Column{
			{Label: w.Say("fact.area")},
			{Label: w.Say("target.ranks.chance", "First", d.First), Numeric: true},
			{Label: w.Say("target.ranks.rank"), Numeric: true}},
	}
	for _, c := range d.Criteria {
		if c.Used {
			t.Columns = append(t.Columns, view.Column{Label: w.Criterion(c.Criterion), Numeric: true})
		}
	}
	for _, s := range d.Areas {
		cells := []view.Cell{
			{Text: w.Area(s.Area), Link: w.URL("/areas/" + s.Area)},
			w.PercentCell(100 * s.Probability),
			view.Text(w.Rank(s)),
		}
		for k, in := range s.Inputs {
			if d.Criteria[k].Used {
				cells = append(cells, w.TargetInput(in))
			}
		}
		t.NewRow(s.Role != "", cells...)
	}
	return t
}

// apartTable are the areas that are not ranked, with what is missing and what knowing it would change.
func apartTable(req *Request, d target.Desk) view.Table {
	w := req.words
	t := view.Table{
		ID:      "apart",
		Compact: true,
		Caption: w.Say("target.apart.caption"),
		Columns: []view.Column{{Label: w.Say("fact.area")},
			{Label: w.Say("target.apart.why"), Wide: true},
			{Label: w.Say("target.apart.missing"), Wide: true},
			{Label: w.Say("target.apart.worth"), Numeric: true}},
	}
	for _, s := range d.Apart {
		missing, worth := w.Say("target.dash"), w.Say("target.dash")
		var names []string
		for _, g := range s.Gaps {
			names = append(names, w.Criterion(g.Criterion))
		}
		if len(names) > 0 {
			missing = w.And(names)
		}
		if len(s.Gaps) > 0 && s.Gaps[0].Value > 0 {
			worth = w.Say("target.apart.points", "Points", w.Number(100*s.Gaps[0].Value, 0),
				"Criterion", w.Criterion(s.Gaps[0].Criterion))
		}
		t.NewRow(false, view.Cell{Text: w.Area(s.Area), Link: w.URL("/areas/" + s.Area)},
			view.Text(w.Say("target.apart.why_"+string(s.Apart))), view.Text(missing), view.Text(worth))
	}
	return t
}
