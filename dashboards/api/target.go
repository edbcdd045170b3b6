package api

import (
	"slices"

	"yardstick/analytics/target"
	"yardstick/dashboards/export"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

// Desk is the targeting desk's answer: the proposed programme, and every area with its inputs. AsOf is null for everything
// held. Reasons are in English.
type Desk struct {
	AsOf      *string                      `json:"as_of"`
	Places    int                          `json:"places"`
	Strong    int                          `json:"strong"`
	PerRegion int                          `json:"per_region"`
	Exclude   int                          `json:"exclude_months"`
	Weights   map[target.Criterion]float64 `json:"weights"`
	Unweighed []target.Criterion           `json:"unweighed"`
	Runs      int                          `json:"simulations"`
	Read      map[target.Criterion]string  `json:"indicators"`
	Chosen    []DeskArea                   `json:"chosen"`
	Areas     []DeskArea                   `json:"areas"`
	Shifts    []DeskShift                  `json:"shifts"`
}

// DeskArea is an area at the desk. Rank, interval and probability are null where its figures cover too little to rank it.
type DeskArea struct {
	Area         string                          `json:"area"`
	Role         *target.Role                    `json:"role"`
	Rank         *int                            `json:"rank"`
	RankInterval *[2]int                         `json:"rank_interval"`
	Probability  *float64                        `json:"probability"`
	Known        float64                         `json:"known"` // share of the weight that its figures cover
	Reasons      []string                        `json:"reasons"`
	Inputs       map[target.Criterion]*DeskInput `json:"inputs"` // null where there is no figure
}

// DeskInput is an area's figure on a criterion.
type DeskInput struct {
	Value    float64       `json:"value"`
	Interval *[2]float64   `json:"interval"`
	Method   target.Method `json:"method"`
	Period   *string       `json:"period"`
	Sources  []string      `json:"sources"`
}

// DeskShift says who would enter and leave the programme with another weight.
type DeskShift struct {
	Criterion target.Criterion `json:"criterion"`
	Weight    float64          `json:"weight"`
	Chosen    []string         `json:"chosen"`
	Enters    []string         `json:"enters"`
	Leaves    []string         `json:"leaves"`
}

func desk(r Request) (answer, error) {
	a, err := target.Parse(r.Query.Get)
	if err != nil {
		return answer{}, err
	}
	d, words := target.Board(r.Snapshot, a), view.NewWords(r.Languages[i18n.Languages()[0]], r.Snapshot)
	out, sources := DeskOf(d, words)
	if err := words.Err(); err != nil {
		return answer{}, err
	}
	columns := [][]export.Column{export.Columns(export.Text, "area", "role"), export.Columns(export.Integer, "rank", "rank_lower", "rank_upper"),
		export.Columns(export.Number, "probability", "known")}
	for _, c := range target.Criteria() {
		columns = append(columns, export.Columns(export.Number, string(c), string(c)+"_lower", string(c)+"_upper"), export.Columns(export.Text, string(c)+"_period"))
	}
	columns = append(columns, export.Columns(export.List, "reasons"), export.Columns(export.Text, "assumptions"))
	ans := answer{data: out, sources: sources, table: export.Table{Columns: slices.Concat(columns...)}}
	for _, x := range out.Areas {
		ans.row(append(deskRow(x), d.Assumptions.String())...)
	}
	return ans, nil
}

func deskRow(x DeskArea) []any {
	row := []any{x.Area, nil, nil, nil, nil, nil, x.Known}
	if x.Role != nil {
		row[1] = string(*x.Role)
	}
	if x.Rank != nil {
		row[2], row[3], row[4], row[5] = *x.Rank, x.RankInterval[0], x.RankInterval[1], *x.Probability
	}
	for _, c := range target.Criteria() {
		in := x.Inputs[c]
		switch {
		case in == nil:
			row = append(row, nil, nil, nil, nil)
		case in.Interval == nil:
			row = append(row, in.Value, nil, nil, in.Period)
		default:
			row = append(row, in.Value, in.Interval[0], in.Interval[1], in.Period)
		}
	}
	return append(row, x.Reasons)
}

// DeskOf is the desk as the interface shows it, with the sources of every figure.
func DeskOf(d target.Desk, words *view.Words) (out Desk, sources []string) {
	a := d.Assumptions
	out = Desk{Places: a.Places, Strong: a.Strong, PerRegion: a.PerRegion, Exclude: a.Exclude, Weights: a.Weights, Unweighed: d.Unweighed, Runs: d.Runs,
		Read: d.Indicators, Chosen: []DeskArea{}, Areas: []DeskArea{}, Shifts: []DeskShift{}}
	if a.AsOf != nil {
		day := a.AsOf.Format("2006-01-02")
		out.AsOf = &day
	}
	if out.Unweighed == nil {
		out.Unweighed = []target.Criterion{}
	}
	for _, s := range d.Areas {
		out.Areas = append(out.Areas, deskArea(s, words, true, &sources))
	}
	for _, s := range d.Unranked {
		out.Areas = append(out.Areas, deskArea(s, words, false, &sources))
	}
	for _, s := range d.Chosen {
		out.Chosen = append(out.Chosen, deskArea(s, words, true, &sources))
	}
	for _, s := range d.Shifts {
		out.Shifts = append(out.Shifts, DeskShift{s.Criterion, s.Weight, list(s.Chosen), list(s.Enters), list(s.Leaves)})
	}
	return out, sources
}

func deskArea(s target.Standing, words *view.Words, ranked bool, sources *[]string) DeskArea {
	out := DeskArea{Area: s.Area, Known: s.Known, Inputs: make(map[target.Criterion]*DeskInput)}
	reasons, absent := words.TargetReasons(s)
	out.Reasons = list(append(reasons, absent...))
	if s.Role != "" {
		out.Role = &s.Role
	}
	if ranked {
		out.Rank, out.RankInterval, out.Probability = &s.Rank, &[2]int{s.Lower, s.Upper}, &s.Probability
	}
	for _, in := range s.Inputs {
		out.Inputs[in.Criterion] = nil
		if f := in.Figure; f != nil {
			input := &DeskInput{Value: f.Value, Method: f.Method, Period: some(f.Period), Sources: list(f.Sources)}
			if f.Interval != nil {
				input.Interval = &[2]float64{f.Interval.Lower, f.Interval.Upper}
			}
			out.Inputs[in.Criterion] = input
			*sources = gather(*sources, f.Sources...)
		}
	}
	return out
}
