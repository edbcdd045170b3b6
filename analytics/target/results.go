package target

import (
	"time"

	"yardstick/analytics"
	"yardstick/analytics/stats"
)

// Last is an area's last inspection that was published by the day.
type Last struct {
	Inspection string
	Published  analytics.PartialDate
	Years      float64 // from the last day it may mean to the day of the desk
	Strong     bool    // rated good or better overall; without an overall rating, in the best quarter of its own cohort
	Worse      float64 // share of the others of its cohort that did better, ties counted half: 0 is the best, 1 the worst
	Judged     bool    // whether it shows anything to be judged by
}

// last finds each area's last inspection; nil where none is dated.
func (r reader) last(now time.Time) []*Last {
	out := make([]*Last, len(r.areas))
	cohorts := r.cohorts()
	for i, area := range r.areas {
		inspection, found := r.newest(r.snapshot.InspectionsOf(area.ID))
		if !found {
			continue
		}
		l := &Last{Inspection: inspection.ID, Published: inspection.Published}
		l.Years = max(now.Sub(inspection.Published.Last()).Hours()/24/365.25, 0)
		l.Worse, l.Judged = r.worse(inspection, cohorts)
		l.Strong = r.strong(inspection, *l)
		out[i] = l
	}
	return out
}

// newest is the first of some inspections, which come newest first, that was published by the day.
func (r reader) newest(all []analytics.Inspection) (analytics.Inspection, bool) {
	for _, i := range all {
		if i.Published.Precision() != analytics.PrecisionUnknown && (r.asOf == nil || !i.Published.Last().After(*r.asOf)) {
			return i, true
		}
	}
	return analytics.Inspection{}, false
}

// cohort is what results are ranked within.
type cohort struct{ programme, scale, measure string }

// cohorts are the values of the last inspection of every area, former ones too, under each programme.
func (r reader) cohorts() map[cohort][]float64 {
	out := make(map[cohort][]float64)
	for _, area := range r.snapshot.Areas() {
		seen := make(map[string]bool)
		for _, i := range r.snapshot.InspectionsOf(area.ID) {
			if _, dated := r.newest([]analytics.Inspection{i}); !dated || seen[i.Programme] {
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

func (r reader) strong(i analytics.Inspection, l Last) bool {
	if overall, ok := i.Result("overall"); ok && overall.Rating != "" {
		level, _ := r.snapshot.Scale(overall.Scale).Level(overall.Rating)
		return level.GoodOrBetter
	}
	return l.Judged && l.Worse <= 0.25
}

// judged turns last inspections into the inputs of two criteria.
func judged(last []*Last) (results, ages []Input) {
	results, ages = make([]Input, len(last)), make([]Input, len(last))
	for i, l := range last {
		results[i], ages[i] = Input{Criterion: LastResult, Absent: AbsentUninspected}, Input{Criterion: AgeOfResult, Absent: AbsentUninspected}
		if l == nil {
			continue
		}
		ages[i] = Input{Criterion: AgeOfResult, Figure: &Figure{Value: l.Years, Method: MethodNone}}
		if l.Judged {
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
