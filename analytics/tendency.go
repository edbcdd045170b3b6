package analytics

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"time"

	"yardstick/analytics/stats"
)

// TrendMethod is how a published statistic was tested for a trend.
type TrendMethod string

// The methods, the first that all years allow. TrendByCounts is the test of Cochran and Armitage of a percentage
// whose counts are known. TrendByLogLinear is a regression of counts, known or approximate, with a constant yearly
// change in percent. TrendBySpread is a straight line set against how far the years lie from it.
const (
	TrendByCounts    TrendMethod = "counts"
	TrendByLogLinear TrendMethod = "log_linear"
	TrendBySpread    TrendMethod = "spread"
)

// TrendRefusal is why no trend can be calculated of a published statistic; empty where one can.
type TrendRefusal string

// The refusals.
const (
	TrendNotYearly TrendRefusal = "not_yearly"  // its periods are no years
	TrendTooShort  TrendRefusal = "too_short"   // it has fewer than five figures
	TrendBroken    TrendRefusal = "broken"      // its years do not reach five without a gap up to the newest
	TrendAnomalous TrendRefusal = "anomalous"   // they would, were none of them anomalous
	TrendAllOrNone TrendRefusal = "all_or_none" // in all of the years all children were counted, or none
	TrendOneEnd    TrendRefusal = "one_end"     // nothing was counted but in the first year or in the last
	TrendNoSpread  TrendRefusal = "no_spread"   // nothing shows how much chance is in its figures
	TrendStock     TrendRefusal = "stock"       // it is a stock, with no chance of this kind in it
	TrendUnusable  TrendRefusal = "unusable"    // a figure is none that the method can be given

	TrendOtherAreas TrendRefusal = "other_areas" // of results of inspections: each year's are of other areas
)

// Tendency is where a published statistic of one place is going. Either Refusal says why that cannot be calculated,
// and the rest is empty; or Direction is the answer over the five years from First to Last, the newest unbroken ones.
// stats.TrendNone means that chance may explain what is seen, not that nothing changed.
type Tendency struct {
	Direction   stats.TrendDirection
	Method      TrendMethod
	Approximate bool // the counts are rates times populations
	First       Observation
	Last        Observation
	// Change is what changes in a year, with its 95% interval: percent by TrendByLogLinear, else in the unit of the
	// figures.
	Change   float64
	Interval stats.Interval
	P        float64 // two-sided, of a change as steep under no trend
	Adjusted float64 // P for the number of series tested at once
	Tested   int     // that number, itself included
	Refusal  TrendRefusal
}

// Worse says whether a tendency goes the way that is not better; false also where neither way is.
func (t Tendency) Worse(i Indicator) bool {
	return t.Direction == stats.TrendRising && i.Better == BetterLow || t.Direction == stats.TrendFalling &&
		i.Better == BetterHigh
}

// Ratio is the last figure over the first, less 1: what changed over all the years tested. NaN where the first is 0.
func (t Tendency) Ratio() float64 { return t.Last.Value/t.First.Value - 1 }

// tested is how many years a trend is tested over.
const tested = 5

// falseCalls is the share of false calls that is accepted among the series called rising or falling.
const falseCalls = 0.05

// Tendency tests one series by itself. Where several are looked at together, Tendencies is the one to ask.
func (i Indicator) Tendency(points []Observation) Tendency {
	return i.Tendencies([][]Observation{points})[0]
}

// Tendencies tests several series of the indicator together, the points of a Series each, and answers in their order.
// It looks across no gap, and two bases are two series; anomalous figures are left out, so that a year of theirs is a
// gap.
//
// What years vary by beyond chance is estimated from all series of a method together. A direction is claimed by the
// procedure of Benjamini and Hochberg: at most one in twenty of those claimed is expected to be false.
//
// The tests and their sources are those of stats.LogLinear and stats.ExtraVariance, stats.ProportionSlope,
// stats.PlainSlope and stats.Moderate, and stats.FalseDiscovery.
func (i Indicator) Tendencies(series [][]Observation) []Tendency {
	out := make([]Tendency, len(series))
	f := family{out: out}
	for n, points := range series {
		years, refused := fiveYears(points)
		switch {
		case i.Counts == CountsStock:
			out[n].Refusal = TrendStock
		case refused != "":
			out[n].Refusal = refused
		default:
			f.add(i, n, years)
		}
	}
	f.testCounts()
	f.testLogLinear()
	f.testSpread()
	f.call()
	return out
}

// fiveYears are the newest five unbroken years of a series, or why there are none.
func fiveYears(points []Observation) ([]Observation, TrendRefusal) {
	sound := slices.DeleteFunc(slices.Clone(points), func(o Observation) bool { return o.Flag == FlagAnomalous })
	years := unbroken(sound)
	switch {
	case slices.ContainsFunc(points, func(o Observation) bool { return !yearly(o) }):
		return nil, TrendNotYearly
	case len(years) >= tested:
		return years[len(years)-tested:], ""
	case len(unbroken(points)) >= tested:
		return nil, TrendAnomalous
	case len(points) < tested:
		return nil, TrendTooShort
	}
	return nil, TrendBroken
}

// family is the series tested together, by method; at is where each is in out.
type family struct {
	out      []Tendency
	counted  []member[stats.CountedYear]
	rates    []member[stats.YearCount]
	measured []member[stats.PlainYear]
}

type member[Year any] struct {
	at    int
	years []Year
}

// add puts a series to the method that all its years allow.
func (f *family) add(i Indicator, at int, years []Observation) {
	t := &f.out[at]
	t.First, t.Last = years[0], years[len(years)-1]
	var counted []stats.CountedYear
	var rates []stats.YearCount
	var plain []stats.PlainYear
	for _, o := range years {
		if i.Unit == string(UnitPercent) {
			if sample, ok := i.Sample(o); ok {
				counted = append(counted, stats.CountedYear{Period: yearOf(o), Sample: sample})
			}
		} else if c, ok := i.Count(o); ok {
			rates = append(rates, stats.YearCount{Period: yearOf(o), Count: c.Count, Exposure: c.Of})
			t.Approximate = t.Approximate || c.Approximate
		}
		plain = append(plain, stats.PlainYear{Period: yearOf(o), Value: o.Value})
	}
	switch tested {
	case len(counted):
		t.Method = TrendByCounts
		f.counted = append(f.counted, member[stats.CountedYear]{at, counted})
	case len(rates):
		t.Method = TrendByLogLinear
		f.rates = append(f.rates, member[stats.YearCount]{at, rates})
	default:
		t.Method, t.Approximate = TrendBySpread, false
		f.measured = append(f.measured, member[stats.PlainYear]{at, plain})
	}
}

// testCounts tests percentages with counts. Where all of them together vary more about their lines than chance
// explains, that is their variance.
func (f *family) testCounts() {
	slopes, scatter, degrees := make(map[int]stats.Slope), 0.0, 0
	for _, m := range f.counted {
		slope, err := stats.ProportionSlope(m.years)
		if err != nil {
			f.refuse(m.at, err)
			continue
		}
		slopes[m.at], scatter, degrees = slope, scatter+slope.Scatter, degrees+slope.Degrees
	}
	variance := scatter / float64(degrees)
	if !(variance > 1) {
		variance, degrees = 1, 0
	}
	for at, slope := range slopes {
		slope.PerYear, slope.StandardError = 100*slope.PerYear, 100*slope.StandardError
		f.set(at, slope, variance, float64(degrees))
	}
}

// testLogLinear tests rates and counts. Their changes become percent.
func (f *family) testLogLinear() {
	var all [][]stats.YearCount
	for _, m := range f.rates {
		all = append(all, m.years)
	}
	extra, degrees, err := stats.ExtraVariance(all)
	if err != nil || extra == 0 {
		extra, degrees = 0, 0
	}
	for _, m := range f.rates {
		slope, err := stats.LogLinear(m.years, extra)
		if err != nil {
			f.refuse(m.at, err)
			continue
		}
		f.set(m.at, slope, 1, float64(degrees))
		t := &f.out[m.at]
		percent := func(log float64) float64 { return 100 * math.Expm1(log) }
		t.Change, t.Interval = percent(t.Change), stats.Interval{Lower: percent(t.Interval.Lower),
			Upper: percent(t.Interval.Upper)}
	}
}

// testSpread tests figures of which nothing else is known, each against a variance between its own and that of the
// others.
func (f *family) testSpread() {
	slopes := make(map[int]stats.Slope)
	var variances []float64
	for _, m := range f.measured {
		slope, err := stats.PlainSlope(m.years)
		if err != nil {
			f.refuse(m.at, err)
			continue
		}
		slopes[m.at] = slope
		variances = append(variances, slope.Scatter/float64(slope.Degrees))
	}
	prior, err := stats.Moderate(variances, tested-2)
	if err != nil {
		prior = stats.VariancePrior{}
	}
	for at, slope := range slopes {
		variance, degrees := prior.With(slope.Scatter/float64(slope.Degrees), float64(slope.Degrees))
		if variance < 1e-18 { // what rounding leaves of nothing
			variance = 0
		}
		f.set(at, slope, variance, degrees)
	}
}

func (f *family) set(at int, slope stats.Slope, variance, degrees float64) {
	test, err := slope.Against(variance, degrees)
	if err != nil {
		f.refuse(at, err)
		return
	}
	t := &f.out[at]
	t.Change, t.Interval, t.P = slope.PerYear, test.Interval, test.P
}

func (f *family) refuse(at int, err error) { f.out[at] = Tendency{Refusal: refusal(err)} }

// call claims directions for all series together.
func (f *family) call() {
	var values []float64
	var of []*Tendency
	for n := range f.out {
		if t := &f.out[n]; t.Refusal == "" {
			values, of = append(values, t.P), append(of, t)
		}
	}
	adjusted, err := stats.FalseDiscovery(values)
	if err != nil {
		return // every P is from 0 to 1
	}
	for n, t := range of {
		t.Adjusted, t.Tested, t.Direction = adjusted[n], len(values), stats.TrendNone
		switch {
		case t.Adjusted > falseCalls:
		case t.Change > 0:
			t.Direction = stats.TrendRising
		case t.Change < 0:
			t.Direction = stats.TrendFalling
		}
	}
}

// refusal is the reason of a test that was refused.
func refusal(err error) TrendRefusal {
	switch {
	case errors.Is(err, stats.SeriesAllOrNone):
		return TrendAllOrNone
	case errors.Is(err, stats.SeriesOneEnd):
		return TrendOneEnd
	case errors.Is(err, stats.ErrSpread):
		return TrendNoSpread
	}
	return TrendUnusable
}

// familyKey is what series have in common that are tested together: one kind of place, basis and period, and the
// newest year.
type familyKey struct {
	level PlaceLevel
	basis string
	cycle cycle
	last  time.Time
}

func (s Series) family() familyKey {
	last, _ := s.Latest()
	return s.familyUpTo(last)
}

// familyUpTo is the family of a series whose newest figure, but for anomalous ones, is last.
func (s Series) familyUpTo(last Observation) familyKey {
	level := s.Level
	if level == LevelAuthority {
		level = LevelArea // both are local: an area may be published as its authority
	}
	return familyKey{level, s.Basis, cycleOf(last), last.End}
}

// TendenciesOf tests all series of an indicator, those of one kind of place, basis, period and newest year together,
// and answers in their order.
func TendenciesOf(kind Indicator, all []Series) []Tendency {
	families := make(map[familyKey][]int)
	for n, s := range all {
		families[s.family()] = append(families[s.family()], n)
	}
	out := make([]Tendency, len(all))
	for _, members := range families {
		points := make([][]Observation, len(members))
		for n, at := range members {
			points[n] = all[at].Points
		}
		for n, t := range kind.Tendencies(points) {
			out[members[n]] = t
		}
	}
	return out
}

// ReadTendencies gives series their Tendency. The tendencies of an indicator are kept once they are worked out, which
// takes the newest figures of all its series; at most one question is asked.
func (s *Snapshot) ReadTendencies(lists ...[]Series) error {
	var indicators []string
	for _, list := range lists {
		for _, x := range list {
			if !slices.Contains(indicators, x.Indicator) {
				indicators = append(indicators, x.Indicator)
			}
		}
	}
	found, err := s.tendenciesOf(indicators)
	if err != nil {
		return err
	}
	for _, list := range lists {
		for n := range list {
			list[n].Tendency = found[list[n].Indicator][list[n].Number]
		}
	}
	return nil
}

// tendenciesOf are the tendencies of all series of some indicators, by indicator and number.
func (s *Snapshot) tendenciesOf(indicators []string) (map[string]map[int]Tendency, error) {
	var all []Series
	for _, id := range indicators {
		if s.published.tendenciesOf(id) == nil {
			all = append(all, s.AllSeries(id)...)
		}
	}
	if len(all) > 0 {
		if err := s.ReadNewest(all); err != nil {
			return nil, err
		}
	}
	for _, of := range grouped(all, func(x Series) string { return x.Indicator }) {
		tendencies := make(map[int]Tendency, len(of))
		for n, t := range TendenciesOf(s.Indicator(of[0].Indicator), of) {
			tendencies[of[n].Number] = t
		}
		s.published.keepTendencies(of[0].Indicator, tendencies)
	}
	out := make(map[string]map[int]Tendency, len(indicators))
	for _, id := range indicators {
		out[id] = s.published.tendenciesOf(id)
	}
	return out, nil
}

// TendencyCount is how many of the local series of an indicator that were tested together are going where. Last is
// the newest figure of one of them.
type TendencyCount struct {
	Tested, Rising, Falling int
	// Fell are those whose last figure is more than a quarter below the first, Rose those whose is more than a
	// quarter above; the others are how many of them are called falling or rising.
	Fell, FellCalled int
	Rose, RoseCalled int
	First, Last      Observation
	Method           TrendMethod // of most of them
}

// quarter is the change over the years tested that TendencyCount counts.
const quarter = 0.25

// TendencyCount counts the directions of an indicator's areas and authorities, of the newest years that most of them
// have. It is zero where none could be tested.
func (s *Snapshot) TendencyCount(indicator string) (TendencyCount, error) {
	all := s.AllSeries(indicator)
	if err := s.ReadTendencies(all); err != nil {
		return TendencyCount{}, err
	}
	families := make(map[familyKey][]Tendency)
	for _, x := range all {
		if k := x.familyUpTo(x.Tendency.Last); k.level == LevelArea && x.Tendency.Refusal == "" {
			families[k] = append(families[k], x.Tendency)
		}
	}
	var largest []Tendency
	for _, f := range families {
		if c := cmp.Compare(len(f), len(largest)); c > 0 || c == 0 && c < len(f) &&
			f[0].Last.End.After(largest[0].Last.End) {
			largest = f
		}
	}
	return countTendencies(largest), nil
}

func countTendencies(all []Tendency) TendencyCount {
	c := TendencyCount{Tested: len(all)}
	methods := make(map[TrendMethod]int)
	for _, t := range all {
		c.First, c.Last = t.First, t.Last
		if methods[t.Method]++; 2*methods[t.Method] > len(all) {
			c.Method = t.Method
		}
		rising, falling := t.Direction == stats.TrendRising, t.Direction == stats.TrendFalling
		if rising {
			c.Rising++
		}
		if falling {
			c.Falling++
		}
		switch ratio := t.Ratio(); {
		case ratio < -quarter:
			c.Fell++
			if falling {
				c.FellCalled++
			}
		case ratio > quarter:
			c.Rose++
			if rising {
				c.RoseCalled++
			}
		}
	}
	return c
}

// Sample is the children that a figure counts among those it could have: known where the indicator counts children,
// each once, in a rate whose numerator and denominator are published.
func (i Indicator) Sample(o Observation) (stats.Sample, bool) {
	known := i.Counts == CountsChildren && i.Per() > 0 && o.Numerator != nil && o.Denominator != nil
	if !known || *o.Numerator > *o.Denominator || *o.Denominator <= 0 {
		return stats.Sample{}, false
	}
	return stats.Sample{Successes: *o.Numerator, Cases: *o.Denominator}, true
}

// unbroken are the latest of some points, which come oldest first: those whose years follow each other up to the
// newest.
func unbroken(points []Observation) []Observation {
	from := len(points)
	for from > 0 && (from == len(points) || points[from-1].Start.Year() == points[from].Start.Year()-1) {
		from--
	}
	return points[from:]
}

// yearly says whether a figure is of twelve months, or of a day.
func yearly(o Observation) bool {
	months := cycleOf(o).months
	return months == 12 || months == 0
}

func yearOf(o Observation) stats.Period { return stats.Period{Year: o.Start.Year()} }
