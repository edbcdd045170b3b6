package analytics

import (
	"slices"
	"time"
)

// Inspection is one area under one programme once. Results are in the order of the programme's measures.
type Inspection struct {
	ID           string
	Programme    string
	Area         string
	Reinspection bool
	Fieldwork    PartialDate
	Published    PartialDate
	Earliest     time.Time // the first day it may have been published on, always set
	Latest       time.Time // the last such day; the same where the day is known
	Cases        int       // cases read; 0 where the source does not show it
	Results      []Result
}

// Result finds a measure among the inspection's results.
func (i Inspection) Result(measure string) (Result, bool) {
	for _, r := range i.Results {
		if r.Measure == measure {
			return r, true
		}
	}
	return Result{}, false
}

// Confidence says how a result came into the record.
type Confidence string

// A result was read in its source, or taken from a public scrape after it passed every check.
const (
	ConfidenceSeen       Confidence = "seen"
	ConfidenceThirdParty Confidence = "third_party"
)

// Result is one measure of one inspection. A nil number or empty word was not shown by the source: it is unknown,
// which is not zero.
type Result struct {
	Inspection string
	Scale      string
	Measure    string
	Percent    *float64 // 0-100
	Comment    string   // improvement comment: minimum, moderate, substantial, drastic
	Rating     string   // a level of the scale
	Points     *int
	PointsMax  *int
	Confidence Confidence
	Sources    []string // source ids
	Page       string
	Note       string
	Printed    *PrintedBenchmark
	Standing   *Standing // nil where the result says nothing to compare, or its measure is censored
	Censored   string    // the Reading that censors its measure; empty for none. See Snapshot.Censored
}

// Known says whether the result carries anything to compare: a percentage or a word of its scale.
func (r Result) Known() bool { return r.Percent != nil || r.Rating != "" }

// Comparable says whether the result may be set against another: it says something, and its measure is not censored.
func (r Result) Comparable() bool { return r.Known() && r.Censored == "" }

// Uncensored returns those of some results that figures are computed from: no reading censors their measure.
func Uncensored(results []Result) []Result {
	return slices.DeleteFunc(slices.Clone(results), func(r Result) bool { return r.Censored != "" })
}

// PrintedBenchmark is the lowest, highest and average that the inspection's own notice printed, in percent, over the
// areas inspected by then. Each may be missing.
type PrintedBenchmark struct {
	Lowest  *float64
	Highest *float64
	Average *float64
	Sources []string
}

// Standing is a result's place among the latest results of the other areas in the same programme, scale and measure.
// N = Better + Same + Worse, the area itself left out. A standing is comparable only with itself: a smaller N or a
// targeted programme makes it say less, never more.
type Standing struct {
	Better int `json:"better"`
	Same   int `json:"same"`
	Worse  int `json:"worse"`
	N      int `json:"n"`
}
