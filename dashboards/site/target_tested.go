package site

import (
	"yardstick/analytics"
	"yardstick/analytics/target"
	"yardstick/dashboards/view"
)

// criteriaTable says of each criterion how much it counts, how much of it is known, and how much of what is seen is
// chance.
func criteriaTable(req *Request, d target.Desk, b target.Backtest) view.Table {
	w := req.words
	t := view.Table{ID: "criteria", Compact: true, Caption: w.Say("target.criteria.caption"), Columns: []view.Column{
		{Label: w.Say("target.criteria.criterion")}, {Label: w.Say("target.criteria.weight"), Numeric: true},
		{Label: w.Say("target.criteria.known", "Of", d.Of), Numeric: true},
		{Label: w.Say("target.criteria.reliability"), Numeric: true},
		{Label: w.Say("target.criteria.year_to_year"), Numeric: true},
		{Label: w.Say("target.criteria.auc"), Numeric: true}}}
	dash := view.Text(w.Say("target.dash"))
	for _, c := range d.Criteria {
		reliability, years, auc := dash, dash, dash
		if c.Used && c.Indicator != "" {
			reliability = w.NumberCell(c.Reliability, 2)
		}
		if c.YearToYear != nil {
			years = w.NumberCell(*c.YearToYear, 2)
		}
		if p, ok := b.Criteria[c.Criterion]; ok {
			auc = view.Text(w.Curve(p.AUC, p.Interval))
		}
		t.NewRow(false, view.Text(w.Criterion(c.Criterion)), w.NumberCell(d.Assumptions.Weights[c.Criterion], 2),
			w.CountCell(c.Known), reliability, years, auc)
	}
	return t
}

// backtestTable says how well the desk and each criterion alone told later ratings apart.
func backtestTable(req *Request, b target.Backtest) view.Table {
	w := req.words
	t := view.Table{
		ID:      "backtest",
		Compact: true,
		Caption: w.Say("target.backtest.caption"),
		CSV:     w.Answer("/api/v1/target/backtest?format=csv"),
		Columns: []view.Column{
			{Label: w.Say("target.backtest.by")},
			{Label: w.Say("target.backtest.inspections"), Numeric: true},
			{
				Label:   w.Say("target.backtest.poor"),
				Numeric: true,
			},
			{Label: w.Say("target.criteria.auc"), Numeric: true},
			{
				Label:   w.Say("target.backtest.hits", "First", b.First),
				Numeric: true,
			},
			{Label: w.Say("target.backtest.expected"), Numeric: true},
		},
	}
	add := func(name string, own bool, p target.Prediction) {
		t.NewRow(own, view.Text(name), w.CountCell(p.Inspections), w.CountCell(p.Poor),
			view.Text(w.Curve(p.AUC, p.Interval)),
			view.Text(w.Say("target.backtest.of", "Hits", p.Hits, "Of", p.Chosen)), w.NumberCell(p.Expected, 1))
	}
	add(w.Say("target.backtest.desk"), true, b.Desk)
	for _, c := range target.Criteria() {
		if p, ok := b.Criteria[c]; ok {
			add(w.Say("target.backtest.alone", "Criterion", w.Criterion(c)), false, p)
		}
	}
	return t
}

// calibrationTable sets what the desk said beside the ratings that followed.
func calibrationTable(req *Request, b target.Backtest) view.Table {
	w := req.words
	t := view.Table{
		ID:      "calibration",
		Compact: true,
		Caption: w.Say("target.calibration.caption"),
		Columns: []view.Column{
			{Label: w.Say("target.calibration.band")}, {Label: w.Say("target.backtest.inspections"), Numeric: true},
			{Label: w.Say("target.backtest.poor"), Numeric: true},
			{Label: w.Say("target.calibration.share"), Numeric: true}},
	}
	for _, band := range b.Desk.Bands {
		t.NewRow(
			false,
			view.Text(w.Say("target.calibration.range", "From", w.Number(100*(1-band.To), 0),
				"To", w.Number(100*(1-band.From), 0))),
			w.CountCell(band.Inspections),
			w.CountCell(band.Poor),
			view.Text(w.Say("target.rank", "Rank", w.Percent(100*band.Share),
				"Lower", w.Percent(100*band.Interval.Lower), "Upper", w.Percent(100*band.Interval.Upper))),
		)
	}
	return t
}

// subjects are the criteria that a reason for choosing an area may be about, by the subject that findings give it.
var subjects = map[string]target.Criterion{
	"reoffending":         target.Reoffending,
	"first_time_entrants": target.FirstTimeEntrants,
	"custody":             target.Custody,
}

// replayYears is how long after the day a report may have come out for its reasons to be set beside the day.
const replayYears = 2

// replay sets what a past day's figures say of areas beside the reasons that later reports gave for choosing them.
func replay(req *Request, d target.Desk) []string {
	w := req.words
	var out []string
	for _, i := range req.snapshot.Inspections() {
		if !d.Now.Before(i.Earliest) || d.Now.AddDate(replayYears, 0, 0).Before(i.Earliest) {
			continue
		}
		for _, f := range req.snapshot.FindingsOf(i.ID) {
			if f.Kind == analytics.FindingReason {
				out = append(
					out,
					w.Say("target.replay.reason", "Inspection", w.Inspection(i), "Reason", f.Text.In(req.tag),
						"Known", replayKnown(w, d, i.Area, f.Subject)),
				)
			}
		}
	}
	return out
}

// replayKnown says what the day's figures can say of a reason.
func replayKnown(w *view.Words, d target.Desk, area, subject string) string {
	criterion, weighed := subjects[subject]
	standing, err := d.Standing(area)
	switch {
	case !weighed:
		return w.Say("target.replay.unmeasured")
	case err != nil:
		return w.Say("target.replay.silent")
	}
	for _, in := range standing.Inputs {
		if in.Criterion == criterion && in.Figure != nil {
			return w.Say("target.replay.known", "Criterion", w.Criterion(criterion), "Figure", w.TargetInput(in).Text)
		}
	}
	return w.Say("target.replay.silent")
}
