package target

import (
	"slices"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/stats"
)

// Last is what the record says of an area's last inspection as of a day.
type Last struct {
	Inspection string
	Others     []string // further inspections that may be the last one: no date says which
	Published  analytics.PartialDate
	Latest     time.Time // the last day that any of them may have been published on
	Earliest   time.Time // the first day that the newest may have been published on
	Missing    string    // the census programme that inspected the area later, without a result in the record; or empty
	Strong     bool      // rated good or better overall; without an overall rating, in the best quarter of its own cohort
	Worse      float64   // share of the others of its cohort that did better, ties counted half: 0 is the best, 1 the worst
	Judged     bool      // whether it shows anything to be judged by
}

// last finds what is known of each area's last inspection; the zero Last where the record has none.
func (r reader) last() []*Last {
	out := make([]*Last, len(r.areas))
	cohorts := r.cohorts()
	for i, area := range r.areas {
		newest := r.newest(r.snapshot.InspectionsOf(area.ID))
		l := &Last{Strong: len(newest) > 0}
		for n, inspection := range newest {
			first, last := r.bounds(inspection)
			if n == 0 {
				l.Inspection, l.Published = inspection.ID, inspection.Published
			} else {
				l.Others = append(l.Others, inspection.ID)
			}
			l.Earliest, l.Latest = later(l.Earliest, first), later(l.Latest, last)
			worse, judged := r.worse(inspection, cohorts)
			l.Judged = judged && (n == 0 || l.Judged)
			l.Worse += worse / float64(len(newest))
			l.Strong = l.Strong && r.strong(inspection, worse, judged)
		}
		l.Missing = r.missing(area, *l)
		out[i] = l
	}
	return out
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// bounds are the first and the last day that an inspection may have been published on. Without a date of its own, it lies
// within its programme; nothing in the record is newer than the record.
func (r reader) bounds(i analytics.Inspection) (first, last time.Time) {
	first, last = i.Published.First(), i.Published.Last()
	if i.Published.Precision() == analytics.PrecisionUnknown {
		if p, err := r.snapshot.Programme(i.Programme); err == nil {
			first, last = p.Starts.First(), p.Ends.Last()
		}
	}
	if built := r.snapshot.Release().Built; last.IsZero() || last.After(built) {
		last = built
	}
	return first, last
}

// published says whether an inspection had certainly been published by the day.
func (r reader) published(i analytics.Inspection) bool {
	_, last := r.bounds(i)
	return !last.After(r.day)
}

// newest are those of some inspections, published by the day, that no other is certainly newer than.
func (r reader) newest(all []analytics.Inspection) []analytics.Inspection {
	var out []analytics.Inspection
	for _, i := range all {
		_, last := r.bounds(i)
		if r.published(i) && !slices.ContainsFunc(all, func(other analytics.Inspection) bool {
			first, _ := r.bounds(other)
			return r.published(other) && first.After(last)
		}) {
			out = append(out, i)
		}
	}
	return out
}

// missing is the last census programme, ended by the day, that began after an area's last inspection in the record: it
// inspected every area, so a later result was published that the record does not have.
func (r reader) missing(area analytics.Area, l Last) string {
	out := ""
	for _, p := range r.snapshot.Programmes() {
		over := !p.Ends.Last().IsZero() && !p.Ends.Last().After(r.day)
		if p.Sampling == analytics.SamplingCensus && over && l.Latest.Before(p.Starts.First()) && !area.ValidFrom.First().After(p.Ends.Last()) {
			out = p.ID
		}
	}
	return out
}

// cohort is what results are ranked within.
type cohort struct{ programme, scale, measure string }

// cohorts are the values of the last inspection of every area, former ones too, under each programme.
func (r reader) cohorts() map[cohort][]float64 {
	out := make(map[cohort][]float64)
	for _, area := range r.snapshot.Areas() {
		seen := make(map[string]bool)
		for _, i := range r.snapshot.InspectionsOf(area.ID) {
			if !r.published(i) || seen[i.Programme] {
				continue
			}
			seen[i.Programme] = true
			for _, result := range i.Results {
				if value, ok := r.value(result); ok {
					key := cohort{i.Programme, result.Scale, result.Measure}
					out[key] = append(out[key], value)
				}
			}
		}
	}
	return out
}

// value orders results of one scale: a percentage, or a rating's place; false where neither is shown.
func (r reader) value(result analytics.Result) (float64, bool) {
	if result.Percent != nil {
		return *result.Percent, true
	}
	level, ok := r.snapshot.Scale(result.Scale).Level(result.Rating)
	return float64(level.Position), ok
}

// worse is the mean, over what an inspection was judged on, of the share of its cohort that did better. Where a programme
// has an overall judgement, that alone counts.
func (r reader) worse(i analytics.Inspection, cohorts map[cohort][]float64) (share float64, judged bool) {
	results := i.Results
	if overall, ok := i.Result("overall"); ok && overall.Known() {
		results = []analytics.Result{overall}
	}
	sum, n := 0.0, 0
	for _, result := range results {
		own, ok := r.value(result)
		others := cohorts[cohort{i.Programme, result.Scale, result.Measure}]
		if !ok || len(others) < 2 {
			continue
		}
		better, same := 0, -1 // itself is among them
		for _, value := range others {
			switch {
			case value > own:
				better++
			case value == own:
				same++
			}
		}
		sum += (float64(better) + float64(max(same, 0))/2) / float64(len(others)-1)
		n++
	}
	if n == 0 {
		return 0, false
	}
	return sum / float64(n), true
}

func (r reader) strong(i analytics.Inspection, worse float64, judged bool) bool {
	if overall, ok := i.Result("overall"); ok && overall.Rating != "" {
		level, _ := r.snapshot.Scale(overall.Scale).Level(overall.Rating)
		return level.GoodOrBetter
	}
	return judged && worse <= 0.25
}

// judged turns last inspections into the inputs of two criteria. A later inspection may always exist, so the record bounds
// the age of the last result and never gives it.
func judged(last []*Last) (results, ages []Input) {
	results, ages = make([]Input, len(last)), make([]Input, len(last))
	for i, l := range last {
		results[i], ages[i] = Input{Criterion: LastResult, Absent: AbsentUninspected}, Input{Criterion: AgeOfResult, Absent: AbsentBounded}
		switch {
		case l.Missing != "":
			results[i].Absent = AbsentMissing
		case l.Judged:
			results[i] = Input{Criterion: LastResult, Figure: &Figure{Value: l.Worse, Method: MethodNone}}
		}
	}
	return results, ages
}

// furthest is the score, in standard deviations, beyond which a figure weighs no more: one wild figure decides no programme.
const furthest = 4

// standardise gives inputs their scores: standard deviations from the mean of those that have a figure. An absent one, and
// any where all are alike, scores 0 with spread 1. It counts those that have a figure.
func standardise(inputs []Input) (held int) {
	var values []float64
	for _, in := range inputs {
		if in.Figure != nil {
			values = append(values, in.Figure.Value)
		}
	}
	mean, deviation := meanDeviation(values)
	for i := range inputs {
		f := inputs[i].Figure
		inputs[i].Spread = 1
		if f == nil || deviation == 0 {
			continue
		}
		inputs[i].Score, inputs[i].Spread = (f.Value-mean)/deviation, 0
		if f.Interval != nil {
			inputs[i].Spread = (f.Interval.Upper - f.Interval.Lower) / (2 * stats.Confidence95.Z()) / deviation
		}
		inputs[i].Score = min(max(inputs[i].Score, -furthest), furthest)
	}
	return len(values)
}
