package api

import (
	"fmt"
	"slices"

	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// Comparison is two to six inspections side by side, with the verdict on what may be concluded.
type Comparison struct {
	Verdict     analytics.Verdict `json:"verdict"`
	Reasons     []string          `json:"reasons"`
	ReasonCodes []string          `json:"reason_codes"`
	Inspections []Inspection      `json:"inspections"`
	Themes      []Theme           `json:"themes"`
}

// Theme is one theme across the inspections. Results are those that are known.
type Theme struct {
	Theme      string            `json:"theme"`
	Verdict    analytics.Verdict `json:"verdict"`
	Results    []ThemeResult     `json:"results"`
	Difference *Difference       `json:"difference"`
}

// ThemeResult is what one inspection says under a theme, with its standing among the other areas of its own cohort.
type ThemeResult struct {
	Inspection string              `json:"inspection"`
	Measure    string              `json:"measure"`
	Scale      string              `json:"scale"`
	Rating     *string             `json:"rating"`
	Percent    *float64            `json:"percent"`
	Interval   *[2]float64         `json:"interval"`
	Basis      *string             `json:"interval_basis"`
	Standing   *analytics.Standing `json:"standing"`
	Censored   *string             `json:"censored"`
	Sources    []string            `json:"sources"`
}

// Difference is the first result less the second in percentage points, with its 95% Newcombe interval; interval and
// distinguishable are null where one of the two has no interval.
type Difference struct {
	Value           float64     `json:"value"`
	Interval        *[2]float64 `json:"interval"`
	Distinguishable *bool       `json:"distinguishable"`
}

func compare(r Request) (answer, error) {
	c, err := r.Snapshot.Compare(r.Query["with"])
	if err != nil {
		return answer{}, err
	}
	words, err := spoken(r)
	if err != nil {
		return answer{}, err
	}
	data := Comparison{Verdict: c.Verdict, Reasons: []string{}, ReasonCodes: []string{}, Themes: []Theme{}}
	for _, reason := range c.Reasons {
		data.Reasons = append(data.Reasons, words.Reason(reason))
		data.ReasonCodes = append(data.ReasonCodes, string(reason.Code))
	}
	if err := words.Err(); err != nil {
		return answer{}, fmt.Errorf("compare: %w", err)
	}
	a := answer{table: export.Table{Columns: slices.Concat(
		export.Columns(export.Text, "theme", "verdict", "inspection", "measure", "scale", "rating"),
		export.Columns(export.Number, "percent", "lower", "upper"), export.Columns(export.Text, "interval_basis"),
		export.Columns(export.Integer, "better", "same", "worse", "others"), export.Columns(export.List, "sources"))}}
	for _, i := range c.Inspections {
		data.Inspections = append(data.Inspections, inspectionOf(i))
	}
	for _, t := range c.Themes {
		data.Themes = append(data.Themes, a.theme(t))
	}
	a.data = data
	return a, nil
}

func (a *answer) theme(t analytics.ThemeComparison) Theme {
	out := Theme{Theme: t.Theme, Verdict: t.Verdict, Results: []ThemeResult{}}
	for _, x := range t.Results {
		if x.Result == nil {
			continue
		}
		one := ThemeResult{
			Inspection: x.Inspection,
			Measure:    x.Measure,
			Scale:      x.Result.Scale,
			Rating:     some(x.Result.Rating),
			Percent:    x.Result.Percent,
			Interval:   pair(x.Interval),
			Basis:      some(string(x.Basis)),
			Standing:   x.Result.Standing,
			Censored:   some(x.Result.Censored),
			Sources:    list(x.Result.Sources),
		}
		out.Results = append(out.Results, one)
		a.sources = gather(a.sources, x.Result.Sources...)
		lower, upper := ends(one.Interval)
		better, same, worse, others := counts(one.Standing)
		a.row(t.Theme, t.Verdict, x.Inspection, x.Measure, x.Result.Scale, x.Result.Rating, x.Result.Percent, lower,
			upper, one.Basis, better, same, worse, others, x.Result.Sources)
	}
	if d := t.Difference; d != nil {
		out.Difference = &Difference{Value: d.Value, Interval: pair(d.Interval)}
		if d.Interval != nil {
			out.Difference.Distinguishable = &d.Distinguishable
		}
	}
	return out
}
