package target

import "yardstick/analytics/stats"

// Kind says which way a reason speaks.
type Kind string

// The kinds. What is not known speaks neither way.
const (
	For     Kind = "for" // choosing the area
	Against Kind = "against"
	Unknown Kind = "unknown"
)

// Code is a reason that pages and commands have words for.
type Code string

// The codes.
const (
	ReasonFarAbove   Code = "far_above"   // probably above 1.25 times the national figure
	ReasonAbove      Code = "above"       // almost certainly above the mean of the areas
	ReasonBelow      Code = "below"       // almost certainly below it
	ReasonYearsAbove Code = "years_above" // above the middle area in each of Count years
	ReasonRising     Code = "rising"
	ReasonFalling    Code = "falling"
	ReasonPoor       Code = "poor"   // a last result among the worst quarter of its programme
	ReasonStrong     Code = "strong" // a strong last result
	ReasonAbsent     Code = "absent" // no figure, for the reason in Absent
	ReasonLater      Code = "later"  // inspections after the last one in the record may exist
	ReasonOrder      Code = "order"  // which of several inspections is the last one is not known
)

// Reason is one thing that speaks for or against choosing an area, or that is not known.
type Reason struct {
	Kind      Kind
	Code      Code
	Criterion Criterion
	Count     int
	Absent    Absence
}

const (
	leastYears = 3     // how many years in a row are worth saying
	surely     = 0.975 // the probability that counts as almost certain
	probably   = 0.8
)

// reasons are why an area stands where it does, in the order of Criteria within each kind. What is not weighed, or
// counts nothing, speaks neither for nor against. A gap is never a reason for choosing.
func reasons(s Standing, criteria []Weighed, weights Weights) []Reason {
	by := make(map[Kind][]Reason)
	say := func(kind Kind, code Code, in Input, count int) {
		by[kind] = append(by[kind],
			Reason{Kind: kind, Code: code, Criterion: in.Criterion, Count: count, Absent: in.Absent})
	}
	for k, in := range s.Inputs {
		switch {
		case !criteria[k].Used || weights[in.Criterion] == 0 && in.Criterion != AgeOfResult && in.Absent != AbsentMissing:
		case in.Figure == nil:
			if in.Criterion != AgeOfResult {
				say(Unknown, ReasonAbsent, in, 0)
			}
		case in.Criterion == LastResult:
			switch {
			case s.Last.Strong():
				say(Against, ReasonStrong, in, 0)
			case s.Last.Poor():
				say(For, ReasonPoor, in, 0)
			}
		case in.Criterion == AgeOfResult:
			say(Unknown, ReasonLater, in, 0)
		default:
			figureReasons(in, say)
		}
	}
	if len(s.Last.Candidates) > 1 {
		by[Unknown] = append(by[Unknown], Reason{Kind: Unknown, Code: ReasonOrder, Criterion: LastResult})
	}
	return append(append(by[For], by[Against]...), by[Unknown]...)
}

func figureReasons(in Input, say func(Kind, Code, Input, int)) {
	f, e := in.Figure, in.Estimate
	switch {
	case e == nil:
	case e.FarAbove != nil && *e.FarAbove >= probably:
		say(For, ReasonFarAbove, in, 0)
	case e.Above >= surely:
		say(For, ReasonAbove, in, 0)
	case e.Above <= 1-surely:
		say(Against, ReasonBelow, in, 0)
	}
	if f.YearsAbove >= leastYears {
		say(For, ReasonYearsAbove, in, f.YearsAbove)
	}
	switch f.Trend.Direction {
	case stats.TrendRising:
		say(For, ReasonRising, in, 0)
	case stats.TrendFalling:
		say(Against, ReasonFalling, in, 0)
	}
}
