package api

import (
	"slices"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// Inspection is an inspection with its results. Dates are partial; cases is null where the sample is not shown.
// published_from and published_to bound the day of publication and are never null: an inspection is newer than
// another only where its first day is after the other's last.
type Inspection struct {
	ID           string   `json:"id"`
	Area         string   `json:"area"`
	Programme    string   `json:"programme"`
	Reinspection bool     `json:"reinspection"`
	Fieldwork    *string  `json:"fieldwork"`
	Published    *string  `json:"published"`
	Earliest     string   `json:"published_from"`
	Latest       string   `json:"published_to"`
	Cases        *int     `json:"cases"`
	Results      []Result `json:"results,omitempty"`

	Findings []Finding `json:"findings,omitempty"`
	Warnings []Warning `json:"warnings,omitempty"`
}

// Warning is something that a check of the record found about an inspection and that does not refuse it: the cell, what
// stood there, the rule and what is odd. measure is null where it is about the whole inspection.
type Warning struct {
	Measure *string `json:"measure"`
	Column  string  `json:"column"`
	Value   *string `json:"value"`
	Rule    string  `json:"rule"`
	Problem string  `json:"problem"`
}

// Result is one measure of one inspection. What the source does not show is null. censored is the way of reading
// that could not see some results of the measure, so that nothing is computed from it; null for none. Percent is
// 0-100; interval is its 95% Wilson interval in percent, and interval_basis what it rests on or why there is none.
type Result struct {
	Inspection string              `json:"inspection"`
	Area       string              `json:"area"`
	Programme  string              `json:"programme"`
	Published  *string             `json:"published"`
	Scale      string              `json:"scale"`
	Measure    string              `json:"measure"`
	Percent    *float64            `json:"percent"`
	Interval   *[2]float64         `json:"interval"`
	Basis      *string             `json:"interval_basis"`
	Comment    *string             `json:"comment"`
	Rating     *string             `json:"rating"`
	Points     *int                `json:"points"`
	PointsMax  *int                `json:"points_max"`
	Standing   *analytics.Standing `json:"standing"`
	Censored   *string             `json:"censored"`
	Printed    *Printed            `json:"printed_benchmark"`
	Confidence string              `json:"confidence"`
	Page       *string             `json:"page"`
	Note       *string             `json:"note"`
	Sources    []string            `json:"sources"`
}

// Printed is the benchmark that the inspection's own notice printed beside the result, in percent.
type Printed struct {
	Lowest  *float64 `json:"lowest"`
	Highest *float64 `json:"highest"`
	Average *float64 `json:"average"`
	Sources []string `json:"sources"`
}

func inspectionOf(i analytics.Inspection) Inspection {
	out := Inspection{ID: i.ID, Area: i.Area, Programme: i.Programme, Reinspection: i.Reinspection,
		Fieldwork: some(i.Fieldwork.String()), Published: some(i.Published.String()),
		Earliest: i.Earliest.Format(time.DateOnly), Latest: i.Latest.Format(time.DateOnly)}
	if i.Cases > 0 {
		out.Cases = &i.Cases
	}
	return out
}

func resultOf(s *analytics.Snapshot, i analytics.Inspection, r analytics.Result) Result {
	interval, basis := s.ScoreInterval(i, r)
	out := Result{Inspection: i.ID, Area: i.Area, Programme: i.Programme, Published: some(i.Published.String()),
		Scale: r.Scale, Measure: r.Measure, Percent: r.Percent, Interval: pair(interval),
		Basis: some(string(basis)), Comment: some(r.Comment), Rating: some(r.Rating), Points: r.Points,
		PointsMax: r.PointsMax, Standing: r.Standing, Censored: some(r.Censored),
		Confidence: string(r.Confidence), Page: some(r.Page), Note: some(r.Note), Sources: list(r.Sources)}
	if p := r.Printed; p != nil {
		out.Printed = &Printed{Lowest: p.Lowest, Highest: p.Highest, Average: p.Average, Sources: list(p.Sources)}
	}
	return out
}

// addResults adds an inspection's results to a table of results, and their sources to the answer.
func (a *answer) addResults(s *analytics.Snapshot, i analytics.Inspection, found []analytics.Result) []Result {
	a.table.Columns = slices.Concat(export.Columns(export.Text, "inspection", "area", "programme"),
		export.Columns(export.Partial, "published"), export.Columns(export.Integer, "cases"),
		export.Columns(export.Text, "scale", "measure"), export.Columns(export.Number, "percent", "lower", "upper"),
		export.Columns(export.Text, "interval_basis", "comment", "rating"),
		export.Columns(export.Integer, "points", "points_max"),
		export.Columns(export.Number, "printed_lowest", "printed_highest", "printed_average"),
		export.Columns(export.Integer, "better", "same", "worse", "others"),
		export.Columns(export.Text, "confidence", "note"), export.Columns(export.List, "sources"),
		export.Columns(export.Text, "censored"))
	out := make([]Result, 0, len(found))
	for _, r := range found {
		one := resultOf(s, i, r)
		out = append(out, one)
		a.sources = gather(a.sources, r.Sources...)
		var printed analytics.PrintedBenchmark
		if r.Printed != nil {
			printed = *r.Printed
			a.sources = gather(a.sources, printed.Sources...)
		}
		lower, upper := ends(one.Interval)
		better, same, worse, others := counts(r.Standing)
		a.row(i.ID, i.Area, i.Programme, i.Published, inspectionOf(i).Cases, r.Scale, r.Measure, r.Percent, lower,
			upper, one.Basis, r.Comment, r.Rating, r.Points, r.PointsMax, printed.Lowest, printed.Highest,
			printed.Average, better, same, worse, others, r.Confidence, r.Note, r.Sources, r.Censored)
	}
	return out
}

// ends are the ends of an interval; nil where there is none.
func ends(interval *[2]float64) (lower, upper any) {
	if interval == nil {
		return nil, nil
	}
	return interval[0], interval[1]
}

// counts are those of a standing; nil where there is none.
func counts(s *analytics.Standing) (better, same, worse, others any) {
	if s == nil {
		return nil, nil, nil, nil
	}
	return s.Better, s.Same, s.Worse, s.N
}

func inspections(r Request) (answer, error) {
	s := r.Snapshot
	if err := r.known("area", "programme"); err != nil {
		return answer{}, err
	}
	from, to, err := datesParam(r)
	if err != nil {
		return answer{}, err
	}
	a := answer{table: export.Table{Columns: slices.Concat(
		export.Columns(export.Text, "inspection", "area", "programme"), export.Columns(export.Boolean, "reinspection"),
		export.Columns(export.Partial, "fieldwork", "published"), export.Columns(export.Integer, "cases"),
		export.Columns(export.List, "sources"), export.Columns(export.Partial, "published_from", "published_to"))}}
	data := []Inspection{}
	var found []analytics.Inspection
	for _, i := range s.Inspections() {
		if r.wants("area", i.Area) && r.wants("programme", i.Programme) && within(i, from, to) {
			found = append(found, i)
		}
	}
	found, a.page = part(r, found)
	for _, i := range found {
		out := inspectionOf(i)
		data = append(data, out)
		var read []string
		for _, result := range i.Results {
			read = gather(read, result.Sources...)
		}
		a.sources = gather(a.sources, read...)
		a.row(i.ID, i.Area, i.Programme, i.Reinspection, i.Fieldwork, i.Published, out.Cases, read, out.Earliest,
			out.Latest)
	}
	a.data = data
	return a, nil
}

func inspection(r Request) (answer, error) {
	i, err := r.Snapshot.Inspection(r.ID)
	if err != nil {
		return answer{}, err
	}
	var a answer
	out := inspectionOf(i)
	out.Results = a.addResults(r.Snapshot, i, i.Results)
	for _, w := range r.Snapshot.WarningsOf(i.ID) {
		out.Warnings = append(out.Warnings, Warning{
			Measure: some(w.Measure),
			Column:  w.Column,
			Value:   some(w.Value),
			Rule:    w.Rule,
			Problem: w.Problem,
		})
	}
	for _, f := range r.Snapshot.FindingsOf(i.ID) {
		out.Findings = append(out.Findings, findingOf(i, f))
		a.sources = gather(a.sources, f.Sources...)
	}
	a.data = out
	return a, nil
}

func results(r Request) (answer, error) {
	s := r.Snapshot
	if err := r.known("area", "programme"); err != nil {
		return answer{}, err
	}
	programme, measure := r.Query.Get("programme"), r.Query.Get("measure")
	if programme != "" && measure != "" {
		if _, err := s.Measure(programme, measure); err != nil {
			return answer{}, err
		}
	}
	judged := func(p analytics.Programme) bool { _, err := s.Measure(p.ID, measure); return err == nil }
	if measure != "" && !slices.ContainsFunc(s.Programmes(), judged) {
		return answer{}, &analytics.NotFoundError{Kind: "measure", ID: measure}
	}
	areas, err := s.ListAreas(r.Query.Get("areas"))
	if err != nil {
		return answer{}, err
	}
	from, to, err := datesParam(r)
	if err != nil {
		return answer{}, err
	}
	var found []resultOfInspection
	for _, i := range s.Inspections() {
		if !r.wants("area", i.Area) || !r.wants("programme", i.Programme) || !within(i, from, to) ||
			len(areas) > 0 && !slices.Contains(areas, i.Area) {
			continue
		}
		for _, result := range i.Results {
			if r.wants("measure", result.Measure) {
				found = append(found, resultOfInspection{i, result})
			}
		}
	}
	var a answer
	found, a.page = part(r, found)
	data := a.addResults(r.Snapshot, analytics.Inspection{}, nil) // the columns are named whatever is found
	for _, one := range found {
		data = append(data, a.addResults(r.Snapshot, one.inspection, []analytics.Result{one.result})...)
	}
	a.data = data
	return a, nil
}

// resultOfInspection is a result with the inspection it is of.
type resultOfInspection struct {
	inspection analytics.Inspection
	result     analytics.Result
}

// dateParam reads a date of whatever precision; unknown where the parameter is not given.
func dateParam(r Request, name string) (analytics.PartialDate, error) {
	d, err := analytics.ParsePartialDate(r.Query.Get(name))
	if err != nil {
		return d, &analytics.InvalidError{Field: name, Kind: "date", Value: clip(r.Query.Get(name))}
	}
	return d, nil
}

// datesParam reads the dates from and to.
func datesParam(r Request) (from, to analytics.PartialDate, err error) {
	if from, err = dateParam(r, "from"); err == nil {
		to, err = dateParam(r, "to")
	}
	return from, to, err
}

// within says whether an inspection may have been published between two dates, by the bounds of its day.
func within(i analytics.Inspection, from, to analytics.PartialDate) bool {
	if from.Precision() != analytics.PrecisionUnknown && i.Latest.Before(from.First()) {
		return false
	}
	return to.Precision() == analytics.PrecisionUnknown || !i.Earliest.After(to.Last())
}

// asOfParam is the last day that the parameter as_of may mean; nil where it is not given.
func asOfParam(r Request) (*time.Time, error) {
	date, err := dateParam(r, "as_of")
	if day := date.Last(); err == nil && !day.IsZero() {
		return &day, nil
	}
	return nil, err
}
