package api

import (
	"slices"
	"time"

	"yardstick/analytics/target"
	"yardstick/dashboards/export"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

// Desk is the targeting desk's answer: the proposed programme, and every area with its inputs. AsOf is null for all
// of the record. Reasons are in English.
type Desk struct {
	AsOf      *string                      `json:"as_of"`
	Places    int                          `json:"places"`
	Strong    int                          `json:"strong"`
	PerRegion int                          `json:"per_region"`
	Exclude   int                          `json:"exclude_months"`
	Certainty float64                      `json:"certainty"`
	Weights   map[target.Criterion]float64 `json:"weights"`
	Criteria  []DeskCriterion              `json:"criteria"`
	Unweighed []target.Criterion           `json:"unweighed"`
	Draws     int                          `json:"draws"`
	First     int                          `json:"first"`
	Ranked    int                          `json:"ranked"`
	Chosen    []DeskArea                   `json:"chosen"`
	Areas     []DeskArea                   `json:"areas"`
	Shifts    []DeskShift                  `json:"shifts"`
}

// DeskCriterion is what is known of a criterion over all areas.
type DeskCriterion struct {
	Criterion   target.Criterion `json:"criterion"`
	Weight      float64          `json:"weight"`
	Weighed     bool             `json:"weighed"`
	Indicator   *string          `json:"indicator"`
	Known       int              `json:"known"`
	Of          int              `json:"of"`
	Method      *target.Method   `json:"method"`
	Mean        *float64         `json:"mean"`
	Between     *float64         `json:"between"`
	National    *float64         `json:"national"`
	Published   bool             `json:"national_published"`
	Reliability *float64         `json:"reliability"`
	YearToYear  *float64         `json:"year_to_year"`
}

// DeskArea is an area at the desk. Ranks are null where it is listed apart.
type DeskArea struct {
	Area         string                          `json:"area"`
	Role         *target.Role                    `json:"role"`
	Rank         *int                            `json:"rank"`
	Expected     *float64                        `json:"expected_rank"`
	RankInterval *[2]int                         `json:"rank_interval"`
	Probability  *float64                        `json:"probability"`
	Known        float64                         `json:"known"`
	Apart        *target.Why                     `json:"apart"`
	Last         DeskLast                        `json:"last"`
	Reasons      []string                        `json:"reasons"`
	For          []string                        `json:"reasons_for"`
	Against      []string                        `json:"reasons_against"`
	Unknown      []string                        `json:"not_known"`
	Gaps         []DeskGap                       `json:"gaps"`
	Inputs       map[target.Criterion]*DeskInput `json:"inputs"` // null where there is no figure
}

// DeskLast is what the record says of an area's last inspection, within bounds where no date is known.
type DeskLast struct {
	Inspections []string `json:"inspections"`
	Earliest    *string  `json:"earliest"`
	Latest      *string  `json:"latest"`
	Missing     *string  `json:"missing"`
}

// DeskGap is a figure that an area apart lacks.
type DeskGap struct {
	Criterion target.Criterion `json:"criterion"`
	Absent    target.Absence   `json:"absent"`
	Value     float64          `json:"value"`
}

// DeskInput is an area's figure on a criterion, and the estimate of the true value behind it.
type DeskInput struct {
	Value       float64        `json:"value"`
	Estimate    *float64       `json:"estimate"`
	Interval    *[2]float64    `json:"interval"`
	Method      *target.Method `json:"method"`
	Reliability *float64       `json:"reliability"`
	Above       *float64       `json:"above"`
	FarAbove    *float64       `json:"far_above"`
	Period      *string        `json:"period"`
	Sources     []string       `json:"sources"`
}

// DeskShift says who would enter and leave the programme with another weight.
type DeskShift struct {
	Criterion target.Criterion `json:"criterion"`
	Weight    float64          `json:"weight"`
	Chosen    []string         `json:"chosen"`
	Enters    []string         `json:"enters"`
	Leaves    []string         `json:"leaves"`
}

// Backtest says how well the desk of past days told which areas would be rated less than good.
type Backtest struct {
	From        string                          `json:"from"`
	To          string                          `json:"to"`
	Days        int                             `json:"days"`
	Inspections int                             `json:"inspections"`
	Undated     int                             `json:"undated"`
	First       int                             `json:"first"`
	Weights     map[target.Criterion]float64    `json:"weights"`
	Desk        Prediction                      `json:"desk"`
	Criteria    map[target.Criterion]Prediction `json:"criteria"`
}

// Prediction says how well one score told poor ratings from good ones.
type Prediction struct {
	Inspections  int               `json:"inspections"`
	Poor         int               `json:"poor"`
	AUC          float64           `json:"auc"`
	Interval     *[2]float64       `json:"interval" column:"auc_lower,auc_upper"`
	Verdict      target.Skill      `json:"verdict"`
	Hits         int               `json:"hits"`
	Chosen       int               `json:"inspected_of_first"`
	ExpectedHits float64           `json:"expected_hits"`
	AtLeast      float64           `json:"probability_at_random"`
	Calibration  []CalibrationBand `json:"calibration" column:"-"`
}

// CalibrationBand is a range of scores with the ratings that followed.
type CalibrationBand struct {
	From        float64    `json:"from"`
	To          float64    `json:"to"`
	Inspections int        `json:"inspections"`
	Poor        int        `json:"poor"`
	Share       float64    `json:"share"`
	Interval    [2]float64 `json:"interval"`
}

// study is the release's desk: the one that keeps its draws, or one of its own.
func (r Request) study() *target.Study {
	if r.Desk != nil {
		return r.Desk
	}
	return target.New(r.Snapshot)
}

func desk(r Request) (answer, error) {
	a, err := target.Parse(r.Query.Get)
	if err != nil {
		return answer{}, err
	}
	d, err := r.study().Board(a)
	if err != nil {
		return answer{}, err
	}
	words := view.NewWords(r.Languages[i18n.Languages()[0]], r.Snapshot)
	out, sources := DeskOf(d, words)
	if err := words.Err(); err != nil {
		return answer{}, err
	}
	columns := [][]export.Column{
		export.Columns(export.Text, "area", "role", "apart"),
		export.Columns(export.Integer, "rank", "rank_lower", "rank_upper"),
		export.Columns(export.Number, "expected_rank", "probability", "known"),
	}
	for _, c := range target.Criteria() {
		columns = append(columns,
			export.Columns(export.Number, string(c), string(c)+"_estimate", string(c)+"_lower", string(c)+"_upper"),
			export.Columns(export.Text, string(c)+"_period"))
	}
	columns = append(columns, export.Columns(export.List, "reasons_for", "reasons_against", "not_known"),
		export.Columns(export.Text, "assumptions"))
	ans := answer{data: out, sources: sources, table: export.Table{Columns: slices.Concat(columns...)}}
	for _, x := range out.Areas {
		ans.row(append(deskRow(x), d.Assumptions.String())...)
	}
	return ans, nil
}

func deskRow(x DeskArea) []any {
	var lowest, highest any
	if x.RankInterval != nil {
		lowest, highest = x.RankInterval[0], x.RankInterval[1]
	}
	row := []any{x.Area, x.Role, x.Apart, x.Rank, lowest, highest, x.Expected, x.Probability, x.Known}
	for _, c := range target.Criteria() {
		in := x.Inputs[c]
		if in == nil {
			row = append(row, nil, nil, nil, nil, nil)
			continue
		}
		lower, upper := ends(in.Interval)
		row = append(row, in.Value, in.Estimate, lower, upper, in.Period)
	}
	return append(row, x.For, x.Against, x.Unknown)
}

// DeskOf is the desk as the interface shows it, with the sources of every figure.
func DeskOf(d target.Desk, words *view.Words) (out Desk, sources []string) {
	a := d.Assumptions
	out = Desk{
		Places:    a.Places,
		Strong:    a.Strong,
		PerRegion: a.PerRegion,
		Exclude:   a.Exclude,
		Certainty: a.Certainty,
		Weights:   a.Weights,
		Criteria:  []DeskCriterion{},
		Unweighed: []target.Criterion{},
		Draws:     d.Draws,
		First:     d.First,
		Ranked:    d.Ranked,
		Chosen:    []DeskArea{},
		Areas:     []DeskArea{},
		Shifts:    []DeskShift{},
	}
	if a.AsOf != nil {
		day := a.AsOf.Format(time.DateOnly)
		out.AsOf = &day
	}
	for _, c := range d.Criteria {
		out.Criteria = append(out.Criteria, deskCriterion(c, a.Weights[c.Criterion]))
		sources = gather(sources, c.Sources...)
		if !c.Used {
			out.Unweighed = append(out.Unweighed, c.Criterion)
		}
	}
	for _, s := range slices.Concat(d.Areas, d.Apart) {
		out.Areas = append(out.Areas, deskArea(s, words, &sources))
	}
	for _, s := range d.Chosen {
		out.Chosen = append(out.Chosen, deskArea(s, words, &sources))
	}
	for _, s := range d.Shifts {
		out.Shifts = append(out.Shifts,
			DeskShift{s.Criterion, s.Weight, list(s.Chosen), list(s.Enters), list(s.Leaves)})
	}
	return out, sources
}

func deskCriterion(c target.Weighed, weight float64) DeskCriterion {
	out := DeskCriterion{
		Criterion:  c.Criterion,
		Weight:     weight,
		Weighed:    c.Used,
		Indicator:  some(c.Indicator),
		Known:      c.Known,
		Of:         c.Of,
		Published:  c.Published,
		YearToYear: c.YearToYear,
	}
	if c.Method != "" {
		out.Method = &c.Method
	}
	if c.Used {
		out.Mean, out.Between, out.Reliability = &c.Mean, &c.Between, &c.Reliability
		if c.Indicator != "" {
			out.National = &c.National
		}
	}
	return out
}

func deskArea(s target.Standing, words *view.Words, sources *[]string) DeskArea {
	out := DeskArea{
		Area:    s.Area,
		Known:   s.Known,
		Inputs:  make(map[target.Criterion]*DeskInput),
		Gaps:    []DeskGap{},
		Last:    deskLast(s.Last),
		For:     list(words.TargetReasons(s, target.For)),
		Against: list(words.TargetReasons(s, target.Against)),
		Unknown: list(words.TargetReasons(s, target.Unknown)),
	}
	out.Reasons = slices.Concat(out.For, out.Against, out.Unknown)
	out.Reasons = list(out.Reasons)
	if s.Role != "" {
		out.Role = &s.Role
	}
	if s.Apart == "" {
		out.Rank, out.Expected, out.RankInterval = &s.Rank, &s.Expected, &[2]int{s.Lower, s.Upper}
	} else {
		out.Apart = &s.Apart
	}
	if s.Apart == "" || s.Known > 0 || s.Probability > 0 {
		out.Probability = &s.Probability
	}
	for _, g := range s.Gaps {
		out.Gaps = append(out.Gaps, DeskGap{g.Criterion, g.Absent, g.Value})
	}
	for _, in := range s.Inputs {
		out.Inputs[in.Criterion] = nil
		f := in.Figure
		if f == nil {
			continue
		}
		input := &DeskInput{Value: f.Value, Period: some(f.Period), Sources: list(f.Sources)}
		if e := in.Estimate; e != nil {
			input.Estimate, input.Interval, input.Method = &e.Value, pair(&e.Interval), &e.Method
			input.Reliability, input.Above, input.FarAbove = &e.Reliability, &e.Above, e.FarAbove
		}
		out.Inputs[in.Criterion] = input
		*sources = gather(*sources, f.Sources...)
	}
	return out
}

func deskLast(l *target.Last) DeskLast {
	out := DeskLast{Inspections: []string{}, Missing: some(l.Missing)}
	for _, c := range l.Candidates {
		out.Inspections = append(out.Inspections, c.Inspection)
	}
	if len(l.Candidates) > 0 {
		out.Earliest, out.Latest = some(l.Earliest.Format(time.DateOnly)), some(l.Latest.Format(time.DateOnly))
	}
	return out
}

func deskBacktest(r Request) (answer, error) {
	b, err := r.study().Backtest()
	if err != nil {
		return answer{}, err
	}
	out := BacktestOf(b)
	rows := []predictor{{"desk", out.Desk}}
	for _, c := range target.Criteria() {
		if p, ok := out.Criteria[c]; ok {
			rows = append(rows, predictor{string(c), p})
		}
	}
	return answer{data: out, sources: b.Sources, table: tableOf(rows)}, nil
}

// predictor is a row of the back-test's table: the desk or a criterion, and how well it told ratings.
type predictor struct {
	Name string `json:"predictor"`
	Prediction
}

// BacktestOf is the back-test as the interface shows it.
func BacktestOf(b target.Backtest) Backtest {
	out := Backtest{
		From:        b.From.Format(time.DateOnly),
		To:          b.To.Format(time.DateOnly),
		Days:        b.Days,
		Inspections: b.Inspections,
		Undated:     b.Undated,
		First:       b.First,
		Weights:     b.Weights,
		Desk:        predictionOf(b.Desk),
		Criteria:    make(map[target.Criterion]Prediction),
	}
	for c, p := range b.Criteria {
		out.Criteria[c] = predictionOf(p)
	}
	return out
}

func predictionOf(p target.Prediction) Prediction {
	out := Prediction{
		Inspections:  p.Inspections,
		Poor:         p.Poor,
		AUC:          p.AUC,
		Verdict:      p.Verdict,
		Hits:         p.Hits,
		Chosen:       p.Chosen,
		ExpectedHits: p.Expected,
		AtLeast:      p.AtLeast,
		Calibration:  []CalibrationBand{},
	}
	out.Interval = pair(p.Interval)
	for _, b := range p.Bands {
		out.Calibration = append(out.Calibration, CalibrationBand{
			From:        b.From,
			To:          b.To,
			Inspections: b.Inspections,
			Poor:        b.Poor,
			Share:       b.Share,
			Interval:    *pair(&b.Interval),
		})
	}
	return out
}
