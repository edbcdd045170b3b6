package target

import (
	"slices"
	"time"

	"yardstick/analytics"
)

// Last is what the record says of an area's last inspection as of a day.
type Last struct {
	// the inspections that may be its last one in the record; no date says which where there are several
	Candidates []Judged
	Earliest   time.Time // the first day that the newest may have been published on
	Latest     time.Time // the last day that any of them may have been published on
	Missing    string    // the census programme that inspected the area later, without a result in the record; or empty
}

// Judged is an inspection and where its overall result lies among those of its own programme.
type Judged struct {
	Inspection string
	Published  analytics.PartialDate
	Strong     bool    // rated good or better overall; without an overall rating, in the best quarter
	Known      bool    // whether it has a place among others
	Better     float64 // share of the areas of its programme with a better result: 0 is the best
	NoWorse    float64 // share with a better one or the same, itself among them
}

// Worse returns the middle of the shares between Better and NoWorse: 0 is the best result, 1 the worst.
func (j Judged) Worse() float64 { return (j.Better + j.NoWorse) / 2 }

// Known says whether every inspection that may be the last one has a place among others.
func (l Last) Known() bool {
	return l.Missing == "" && len(l.Candidates) > 0 &&
		!slices.ContainsFunc(l.Candidates, func(j Judged) bool { return !j.Known })
}

// Strong says whether every inspection that may be the last one is a strong result.
func (l Last) Strong() bool {
	return l.Missing == "" && len(l.Candidates) > 0 &&
		!slices.ContainsFunc(l.Candidates, func(j Judged) bool { return !j.Strong })
}

// Poor says whether every inspection that may be the last one is among the worst quarter of its programme.
func (l Last) Poor() bool {
	return l.Known() && !slices.ContainsFunc(l.Candidates, func(j Judged) bool { return j.Worse() < 0.75 })
}

// last finds what is known of each area's last inspection.
func (r reader) last() []*Last {
	out := make([]*Last, len(r.areas))
	cohorts := r.cohorts()
	for i, area := range r.areas {
		l := &Last{}
		newest, _ := analytics.Newest(r.published(r.snapshot.InspectionsOf(area.ID)))
		for _, inspection := range newest {
			l.Earliest, l.Latest = later(l.Earliest, inspection.Earliest), later(l.Latest, inspection.Latest)
			l.Candidates = append(l.Candidates, r.judge(inspection, cohorts))
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

// published are those of some inspections that had certainly been published by the day: all in the record, where no
// past day is replayed.
func (r reader) published(all []analytics.Inspection) []analytics.Inspection {
	if r.asOf == nil {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(i analytics.Inspection) bool { return i.Latest.After(r.day) })
}

// missing is the newest census programme, ended by the day, that began after an area's last inspection in the
// record. It inspected every area, so it published a later result that the record does not have.
func (r reader) missing(area analytics.Area, l Last) string {
	out := ""
	for _, p := range r.snapshot.Programmes() {
		over := !p.Ends.Last().IsZero() && !p.Ends.Last().After(r.day)
		if p.Sampling == analytics.SamplingCensus && over && l.Latest.Before(p.Starts.First()) &&
			!area.ValidFrom.First().After(p.Ends.Last()) {
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
		for _, i := range r.published(r.snapshot.InspectionsOf(area.ID)) {
			if seen[i.Programme] {
				continue
			}
			seen[i.Programme] = true
			for _, result := range i.Results {
				value, ok := r.value(result)
				if _, censored := r.snapshot.Censored(i.Programme, result.Measure); ok && !censored {
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

// judge places an inspection among those of its programme: by its overall result, or else by the mean of what it was
// judged on. A programme that chose its areas for concern places nothing: its areas are not all areas.
func (r reader) judge(i analytics.Inspection, cohorts map[cohort][]float64) Judged {
	j := Judged{Inspection: i.ID, Published: i.Published}
	results, rated := r.weighedResults(i)
	better, noWorse, n := 0, 0, 0
	var sumBetter, sumNoWorse float64
	p, err := r.snapshot.Programme(i.Programme)
	if err != nil || p.Sampling == analytics.SamplingTargeted {
		results = nil
	}
	for _, result := range results {
		own, ok := r.value(result)
		others := cohorts[cohort{i.Programme, result.Scale, result.Measure}]
		if !ok || len(others) < 2 {
			continue
		}
		better, noWorse = 0, 0
		for _, value := range others {
			if value > own {
				better++
			}
			if value >= own {
				noWorse++
			}
		}
		sumBetter += float64(better) / float64(len(others))
		sumNoWorse += float64(noWorse) / float64(len(others))
		n++
	}
	if n > 0 {
		j.Known, j.Better, j.NoWorse = true, sumBetter/float64(n), sumNoWorse/float64(n)
	}
	if j.Strong = j.Known && j.Worse() <= 0.25; rated != nil {
		j.Strong = rated.GoodOrBetter
	}
	return j
}

// weighedResults are the results that an inspection is placed by, and its overall rating where it has one.
func (r reader) weighedResults(i analytics.Inspection) ([]analytics.Result, *analytics.Level) {
	overall, ok := i.Result("overall")
	if !ok || !overall.Known() {
		return i.Results, nil
	}
	if level, ok := r.snapshot.Scale(overall.Scale).Level(overall.Rating); ok {
		return []analytics.Result{overall}, &level
	}
	return []analytics.Result{overall}, nil
}
