package site

import (
	"slices"
	"strconv"

	"yardstick/analytics/target"
	"yardstick/dashboards/charts"
	"yardstick/dashboards/view"
)

// targetView is the targeting desk: a proposed programme with its reasons, what would change it, and every area behind it.
type targetView struct {
	view.Base
	Finding  string
	Doubt    string
	Warning  string
	Numbers  []targetField
	Weights  []targetField
	AsOf     string
	Figure   *view.Figure
	Chosen   []targetChoice
	Holds    *view.Figure // nil where no weight can be moved
	Shifts   view.Table
	All      view.Table
	Unranked *view.Table
	Replay   []string // what a past day's figures could not say
}

// Parts returns the figures and tables of the page.
func (p *targetView) Parts() (parts view.Parts) {
	parts.AddFigures(p.Figure, p.Holds)
	parts.AddTables(&p.Shifts, &p.All, p.Unranked)
	return parts
}

// targetField is a number to be chosen.
type targetField struct {
	Name  string
	Label string
	Value string
	Most  string
}

// targetChoice is one area of the proposed programme.
type targetChoice struct {
	Area    view.Link
	Role    string
	Strong  bool
	Rank    string
	Chance  string
	Reasons []string
	Absent  []string
	Last    *view.Link
}

// targetDrawn is how many areas the chart of ranks shows, those of most concern.
const targetDrawn = 25

func targetPage(v *visit) (Page, error) {
	a, err := target.Parse(v.query.Get)
	if err != nil {
		return nil, err
	}
	w, d := v.words, target.Board(v.snapshot, a)
	if v.queryString() == "" { // no service is named as a proposal before a reader has set the assumptions
		d.Areas, d.Chosen, d.Shifts = nil, nil, nil
	}
	p := targetView{AsOf: v.query.Get(target.ParamAsOf), Shifts: shiftsTable(v, d), All: standingsTable(v, d)}
	p.Finding, p.Doubt = targetFinding(v, d)
	p.fields(v, a)
	p.Warning = unweighed(v, d)
	for _, s := range d.Chosen {
		p.Chosen = append(p.Chosen, targetChoiceOf(v, s))
	}
	if len(d.Areas) > 0 {
		f := ranksFigure(v, d)
		p.Figure = &f
	}
	if len(d.Shifts) > 0 {
		f := holdsFigure(v, d)
		p.Holds = &f
	}
	if len(d.Unranked) > 0 {
		t := unrankedTable(v, d)
		p.Unranked = &t
	}
	if a.AsOf != nil {
		p.Replay = replay(v, d)
	}
	p.Base = view.Base{Title: w.Say("target.title"), Description: p.Finding, HasCharts: p.Figure != nil}
	if query := v.queryString(); query != "" {
		p.Title = w.Say("target.title_chosen", "Choice", query)
	}
	return &p, nil
}

// targetFinding says what is proposed, and how sure that is.
func targetFinding(v *visit, d target.Desk) (finding, doubt string) {
	w := v.words
	switch {
	case v.queryString() == "":
		return w.Say("target.unset", "Known", d.Of-len(d.Unranked), "Of", d.Of), w.Say("target.unset_why")
	case len(d.Chosen) == 0:
		return w.Say("target.nothing"), w.Say("target.nothing_why")
	}
	sure := 0
	for _, s := range d.Chosen {
		if s.Probability >= 0.95 {
			sure++
		}
	}
	first := d.Chosen[0]
	return w.Say("target.finding", "Count", len(d.Chosen), "Area", w.Area(first.Area), "Of", len(d.Areas)),
		w.Say("target.sure", "Count", sure, "Chosen", len(d.Chosen), "Runs", w.Number(float64(d.Runs), 0))
}

// unweighed says which criteria too few areas have a figure on; empty where all can be weighed.
func unweighed(v *visit, d target.Desk) string {
	w := v.words
	var which []string
	for _, c := range d.Unweighed {
		if d.Assumptions.Weights[c] > 0 {
			which = append(which, w.Say("target.unweighed_one", "Criterion", w.Criterion(c), "Held", d.Held[c], "Of", d.Of))
		}
	}
	if len(which) == 0 {
		return ""
	}
	return w.Say("target.unweighed", "Criteria", w.And(which))
}

func (p *targetView) fields(v *visit, a target.Assumptions) {
	w := v.words
	for _, f := range []struct {
		name  string
		value int
		most  int
	}{{target.ParamPlaces, a.Places, target.MaxPlaces}, {target.ParamStrong, a.Strong, target.MaxPlaces},
		{target.ParamPerRegion, a.PerRegion, target.MaxPlaces}, {target.ParamExclude, a.Exclude, target.MaxExclude}} {
		p.Numbers = append(p.Numbers, targetField{Name: f.name, Label: w.Say("target.field." + f.name), Value: strconv.Itoa(f.value), Most: strconv.Itoa(f.most)})
	}
	for _, c := range target.Criteria() {
		p.Weights = append(p.Weights, targetField{Name: string(c), Label: w.Criterion(c), Value: strconv.FormatFloat(a.Weights[c], 'g', -1, 64),
			Most: strconv.Itoa(int(target.MaxWeight))})
	}
}

func targetChoiceOf(v *visit, s target.Standing) targetChoice {
	w := v.words
	c := targetChoice{Area: view.Link{Text: w.Area(s.Area), Href: w.URL("/areas/" + s.Area)}, Role: w.Say("target.role." + string(s.Role)),
		Strong: s.Role == target.RoleStrong, Rank: w.Rank(s), Chance: w.Percent(100 * s.Probability)}
	c.Reasons, c.Absent = w.TargetReasons(s)
	if i, err := v.snapshot.Inspection(s.Last.Inspection); err == nil {
		c.Last = &view.Link{Text: w.Inspection(i), Href: w.URL("/inspections/" + i.ID)}
	}
	return c
}

// ranksFigure draws the rank intervals of the areas of most concern.
func ranksFigure(v *visit, d target.Desk) view.Figure {
	w := v.words
	f := view.Figure{ID: "ranks", Folded: true, Headline: w.Say("target.ranks.headline"), Subtitle: w.Say("target.ranks.subtitle", "Of", len(d.Areas))}
	f.Table = view.Table{ID: "ranks-table", Compact: true, Caption: w.Say("target.ranks.table"), Columns: []view.Column{
		{Label: w.Say("fact.area")}, {Label: w.Say("target.ranks.rank"), Numeric: true}, {Label: w.Say("target.ranks.chance"), Numeric: true}}}
	var rows []charts.RangeRow
	var sources []string
	for _, s := range d.Areas[:min(len(d.Areas), targetDrawn)] {
		label := w.Area(s.Area)
		row := charts.RangeRow{Label: label, Lowest: new(float64(s.Lower)), Average: new(float64(s.Rank)), Highest: new(float64(s.Upper)),
			Note: w.Say("target.ranks.note", "Area", label, "Rank", w.Rank(s))}
		if s.Role != "" {
			row.Own = new(float64(s.Rank))
		}
		rows = append(rows, row)
		f.Table.NewRow(s.Role != "", view.Cell{Text: label, Link: w.URL("/areas/" + s.Area)}, view.Text(w.Rank(s)), w.PercentCell(100*s.Probability))
		sources = append(sources, inputSources(s)...)
	}
	f.Summary = w.Say("target.ranks.summary", "Count", len(rows))
	words := charts.RangeLabels{Range: w.Say("target.ranks.range"), Average: w.Say("target.ranks.middle"), Own: w.Say("target.ranks.chosen")}
	f.Options, f.Size = w.Drawn(charts.Range(rows, words, float64(len(d.Areas)), "")), charts.Height(len(rows))
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

// standingsTable is every ranked area with its inputs.
func standingsTable(v *visit, d target.Desk) view.Table {
	w := v.words
	t := view.Table{ID: "standings", Compact: true, Caption: w.Say("target.all"), CSV: targetCSV(v), Columns: []view.Column{
		{Label: w.Say("fact.area")}, {Label: w.Say("target.ranks.rank"), Numeric: true}, {Label: w.Say("target.ranks.chance"), Numeric: true}}}
	for _, c := range target.Criteria() {
		t.Columns = append(t.Columns, view.Column{Label: w.Criterion(c), Numeric: true})
	}
	for _, s := range d.Areas {
		t.NewRow(s.Role != "", standingCells(w, s, view.Text(w.Rank(s)), w.PercentCell(100*s.Probability))...)
	}
	return t
}

func standingCells(w *view.Words, s target.Standing, more ...view.Cell) []view.Cell {
	cells := append([]view.Cell{{Text: w.Area(s.Area), Link: w.URL("/areas/" + s.Area)}}, more...)
	for _, in := range s.Inputs {
		cells = append(cells, w.TargetInput(in))
	}
	return cells
}

// unrankedTable are the areas whose figures cover too little of the weight.
func unrankedTable(v *visit, d target.Desk) view.Table {
	w := v.words
	t := view.Table{ID: "unranked", Compact: true, Caption: w.Say("target.unranked", "Count", len(d.Unranked)), Columns: []view.Column{{Label: w.Say("fact.area")}}}
	for _, c := range target.Criteria() {
		t.Columns = append(t.Columns, view.Column{Label: w.Criterion(c), Numeric: true})
	}
	for _, s := range d.Unranked {
		t.NewRow(false, standingCells(w, s)...)
	}
	return t
}

// replayed are the inspections whose reports said why the area was chosen, and the criteria that they named.
var replayed = []struct {
	inspection string
	criteria   []target.Criterion
}{
	{"leicester-city-fji-2016", []target.Criterion{target.Reoffending}},
	{"lewisham-fji-2016", []target.Criterion{target.Reoffending, target.Custody}},
}

// replay sets what a past day's figures say of areas beside the reasons that were recorded for choosing them.
func replay(v *visit, d target.Desk) []string {
	w := v.words
	var out []string
	for _, r := range replayed {
		i, err := v.snapshot.Inspection(r.inspection)
		if err != nil || !d.Now.Before(i.Published.First()) || d.Now.AddDate(2, 0, 0).Before(i.Published.First()) {
			continue
		}
		standing, found := atDesk(d, i.Area)
		for _, c := range r.criteria {
			text := w.Say("target.replay.silent", "Inspection", w.Inspection(i), "Criterion", w.Criterion(c))
			for _, in := range standing.Inputs {
				if found && in.Criterion == c && in.Figure != nil {
					text = w.Say("target.replay.held", "Inspection", w.Inspection(i), "Criterion", w.Criterion(c), "Figure", w.TargetInput(in).Text)
				}
			}
			out = append(out, text)
		}
	}
	return out
}

// atDesk is where an area stands at the desk, ranked or not; false where it is no current area.
func atDesk(d target.Desk, area string) (target.Standing, bool) {
	for _, list := range [][]target.Standing{d.Areas, d.Unranked} {
		for _, s := range list {
			if s.Area == area {
				return s, true
			}
		}
	}
	return target.Standing{}, false
}
