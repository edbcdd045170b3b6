package target

import (
	"math"
	"slices"

	"yardstick/analytics/stats"
)

// Code is a reason that pages and commands have words for.
type Code string

// The codes. Count is a number of years where there is one.
const (
	ReasonFarAbove   Code = "far_above"   // above the 99.8% funnel limit
	ReasonAbove      Code = "above"       // above the middle area, at 95%
	ReasonBelow      Code = "below"       // below it
	ReasonYearsAbove Code = "years_above" // above the middle area in each of Count years
	ReasonRising     Code = "rising"
	ReasonFalling    Code = "falling"
	ReasonPoor       Code = "poor"   // a last result among the worst quarter of its cohort
	ReasonStrong     Code = "strong" // a strong last result
	ReasonAbsent     Code = "absent" // no figure, for the reason in Absent
)

// Reason is one thing that speaks for or against choosing an area.
type Reason struct {
	Code      Code
	Criterion Criterion
	Count     int
	Absent    Absence
}

// leastYears is how many years in a row are worth saying.
const leastYears = 3

// reasons are why an area stands where it does, in the order of Criteria. What is not weighed speaks neither for nor against.
func reasons(s Standing, unweighed []Criterion) []Reason {
	var out, absent []Reason
	for _, in := range s.Inputs {
		f := in.Figure
		if in.Criterion == LastResult || in.Criterion == AgeOfResult || slices.Contains(unweighed, in.Criterion) {
			continue
		}
		if f == nil {
			absent = append(absent, Reason{Code: ReasonAbsent, Criterion: in.Criterion, Absent: in.Absent})
			continue
		}
		switch f.Place {
		case PlaceFarAbove:
			out = append(out, Reason{Code: ReasonFarAbove, Criterion: in.Criterion})
		case PlaceAbove:
			out = append(out, Reason{Code: ReasonAbove, Criterion: in.Criterion})
		case PlaceBelow, PlaceFarBelow:
			out = append(out, Reason{Code: ReasonBelow, Criterion: in.Criterion})
		}
		if f.YearsAbove >= leastYears {
			out = append(out, Reason{Code: ReasonYearsAbove, Criterion: in.Criterion, Count: f.YearsAbove})
		}
		switch f.Trend.Direction {
		case stats.TrendRising:
			out = append(out, Reason{Code: ReasonRising, Criterion: in.Criterion})
		case stats.TrendFalling:
			out = append(out, Reason{Code: ReasonFalling, Criterion: in.Criterion})
		}
	}
	return append(append(out, resultReasons(s.Last)...), absent...)
}

func resultReasons(l *Last) []Reason {
	switch {
	case l.Missing != "":
		return []Reason{{Code: ReasonAbsent, Criterion: LastResult, Absent: AbsentMissing}}
	case !l.Judged:
		return []Reason{{Code: ReasonAbsent, Criterion: LastResult, Absent: AbsentUninspected}}
	case l.Strong:
		return []Reason{{Code: ReasonStrong, Criterion: LastResult}}
	case l.Worse >= 0.75:
		return []Reason{{Code: ReasonPoor, Criterion: LastResult}}
	}
	return nil
}

// meanDeviation is the mean and the standard deviation (of n-1) of values; 0 and 0 of fewer than two.
func meanDeviation(values []float64) (mean, deviation float64) {
	if len(values) < 2 {
		return 0, 0
	}
	for _, x := range values {
		mean += x / float64(len(values))
	}
	for _, x := range values {
		deviation += (x - mean) * (x - mean) / float64(len(values)-1)
	}
	return mean, math.Sqrt(deviation)
}
