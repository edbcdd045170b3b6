package analytics

import (
	"slices"

	"yardstick/analytics/stats"
)

// Verdict says what may be concluded from two results or inspections side by side.
type Verdict string

// The three verdicts, from the most to the least that may be said.
const (
	// LikeForLike: same programme, measure and scale. A difference may be given, with its interval.
	LikeForLike Verdict = "like_for_like"
	// SameTheme: a shared theme on different scales. Only each result's standing in its own cohort, never a difference.
	SameTheme Verdict = "same_theme"
	// NotComparable: no shared theme. Shown side by side, and nothing said.
	NotComparable Verdict = "not_comparable"
)

// weaker is the verdict that says less.
func weaker(a, b Verdict) Verdict {
	order := []Verdict{LikeForLike, SameTheme, NotComparable}
	return order[max(slices.Index(order, a), slices.Index(order, b))]
}

// ReasonCode names a reason; its words are in the language catalogues.
type ReasonCode string

// The reasons that a verdict, or caution about it, can have. Each comment says what the Reason's fields hold.
const (
	ReasonSameProgramme        ReasonCode = "same_programme"        // Programmes: the one
	ReasonDifferentProgrammes  ReasonCode = "different_programmes"  // Programmes: each once
	ReasonDifferentScales      ReasonCode = "different_scales"      // Scales: each once
	ReasonNoSharedTheme        ReasonCode = "no_shared_theme"       // Inspections: the pair
	ReasonCaution              ReasonCode = "caution"               // Caution; Programmes: the two it is about
	ReasonDifferentFootprints  ReasonCode = "different_footprints"  // Areas: two with no authority in common
	ReasonOverlappingFootprint ReasonCode = "overlapping_footprint" // Areas: two that share some authorities
	ReasonTargeted             ReasonCode = "targeted"              // Programmes: the one that chose areas for concern
	ReasonSamplingUnknown      ReasonCode = "sampling_unknown"      // Programmes: the one whose choice is not known
	ReasonYearsApart           ReasonCode = "years_apart"           // Number: whole years between earliest and latest
	ReasonUndated              ReasonCode = "undated"               // Inspections: without a known date
	ReasonReinspection         ReasonCode = "reinspection"          // Inspections: those that are
	ReasonSample               ReasonCode = "sample"                // Inspections: the one; Number: cases read
	ReasonSampleUnknown        ReasonCode = "sample_unknown"        // Inspections: those whose sample is not shown
	ReasonCensored             ReasonCode = "censored"              // Inspections: those with results of censored measures
)

// Reason is why a verdict is what it is, or what to mind in reading it, as values: words are put to it by language.
type Reason struct {
	Code        ReasonCode
	Programmes  []string
	Scales      []string
	Areas       []string
	Inspections []string
	Caution     string
	Number      int
}

// Comparison is two to six inspections side by side.
type Comparison struct {
	Verdict     Verdict
	Reasons     []Reason
	Inspections []Inspection
	Themes      []ThemeComparison
}

// ThemeComparison is one theme across the inspections, in their order. Difference is given only between two results
// that are like for like, both a percentage.
type ThemeComparison struct {
	Theme      string
	Verdict    Verdict
	Results    []ThemeResult
	Difference *Difference
}

// ThemeResult is what one inspection says under a theme. Measure is empty where its programme judges nothing there;
// Result is nil where it does but the source shows no result. Interval and Basis are those of ScoreInterval.
type ThemeResult struct {
	Inspection string
	Measure    string
	Result     *Result
	Interval   *stats.Interval
	Basis      IntervalBasis
}

// Difference is the first result less the second in percentage points. Interval is its 95% Newcombe interval, nil
// where one of the two has no interval; Distinguishable says whether the interval leaves out zero.
type Difference struct {
	Value           float64
	Interval        *stats.Interval
	Distinguishable bool
}

// The fewest and the most inspections that are compared at once.
const (
	MinCompared = 2
	MaxCompared = 6
)

// Compare puts inspections side by side. Fewer than two or more than six is an *InvalidError of kind count, one named
// twice of kind repeat; an unknown one is a *NotFoundError.
func (s *Snapshot) Compare(ids []string) (Comparison, error) {
	if len(ids) < MinCompared || len(ids) > MaxCompared {
		return Comparison{}, &InvalidError{Field: "with", Kind: "count"}
	}
	var c Comparison
	for n, id := range ids {
		i, err := s.Inspection(id)
		if err != nil {
			return Comparison{}, err
		}
		if slices.Contains(ids[:n], id) {
			return Comparison{}, &InvalidError{Field: "with", Kind: "repeat", Value: id}
		}
		c.Inspections = append(c.Inspections, i)
	}
	for _, theme := range s.themes {
		if t, ok := s.compareTheme(theme, c.Inspections); ok {
			c.Themes = append(c.Themes, t)
		}
	}
	c.Verdict = LikeForLike
	for n, a := range c.Inspections {
		for _, b := range c.Inspections[:n] {
			c.Verdict = weaker(c.Verdict, s.pairVerdict(a, b))
		}
	}
	c.Reasons = s.reasons(c)
	return c, nil
}

// pairVerdict is like for like where the two have a result of one programme, measure and scale in common, and the
// same theme where they have results under one theme.
func (s *Snapshot) pairVerdict(a, b Inspection) Verdict {
	verdict := NotComparable
	for _, x := range a.Results {
		for _, y := range b.Results {
			if x.Comparable() && y.Comparable() {
				if v := s.resultVerdict(a.Programme, x, b.Programme, y); weaker(v, verdict) == verdict {
					verdict = v
				}
			}
		}
	}
	return verdict
}

func (s *Snapshot) resultVerdict(programmeA string, a Result, programmeB string, b Result) Verdict {
	if programmeA == programmeB && a.Measure == b.Measure && a.Scale == b.Scale {
		return LikeForLike
	}
	x, errA := s.Measure(programmeA, a.Measure)
	y, errB := s.Measure(programmeB, b.Measure)
	if errA == nil && errB == nil && x.Theme != "" && x.Theme == y.Theme {
		return SameTheme
	}
	return NotComparable
}

// compareTheme lines up each inspection's primary measure of a theme; false where none has a known result there. A
// result of a censored measure is shown, and has no part in the verdict.
func (s *Snapshot) compareTheme(theme string, inspections []Inspection) (ThemeComparison, bool) {
	t := ThemeComparison{Theme: theme, Verdict: NotComparable}
	var known []int // comparable ones
	shown := false
	for n, i := range inspections {
		r := ThemeResult{Inspection: i.ID}
		for _, m := range s.measures[i.Programme] {
			if m.Theme == theme && m.Primary {
				r.Measure = m.ID
			}
		}
		if result, ok := i.Result(r.Measure); ok && result.Known() {
			r.Result = &result
			r.Interval, r.Basis = s.ScoreInterval(i, result)
			shown = true
			if result.Comparable() {
				known = append(known, n)
			}
		}
		t.Results = append(t.Results, r)
	}
	if len(known) > 1 {
		t.Verdict = LikeForLike
		for _, n := range known[1:] {
			first, other := inspections[known[0]], inspections[n]
			t.Verdict = weaker(t.Verdict, s.resultVerdict(first.Programme, *t.Results[known[0]].Result,
				other.Programme, *t.Results[n].Result))
		}
	}
	if len(known) == 2 && t.Verdict == LikeForLike {
		a, b := known[0], known[1]
		t.Difference = difference(t.Results[a], inspections[a].Cases, t.Results[b], inspections[b].Cases)
	}
	return t, shown
}

// difference returns the difference of two percentages; nil where one is none. It has an interval where both have one.
func difference(a ThemeResult, casesA int, b ThemeResult, casesB int) *Difference {
	if a.Result.Percent == nil || b.Result.Percent == nil {
		return nil
	}
	d := &Difference{Value: *a.Result.Percent - *b.Result.Percent}
	if a.Interval == nil || b.Interval == nil {
		return d
	}
	newcombe, err := stats.Newcombe(sufficient(*a.Result, casesA), float64(casesA),
		sufficient(*b.Result, casesB), float64(casesB), stats.Confidence95)
	if err == nil {
		d.Interval = &stats.Interval{Lower: 100 * newcombe.Lower, Upper: 100 * newcombe.Upper}
		d.Distinguishable = newcombe.Distinguishable()
	}
	return d
}
