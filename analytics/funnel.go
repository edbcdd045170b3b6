package analytics

import (
	"fmt"
	"math"
	"math/rand/v2"

	"yardstick/analytics/stats"
)

// AreaShare is an area's share of something, with the cases it is a share of. Of a rate the cases are the population,
// and of events the share is one in form alone: one child may have several.
type AreaShare struct {
	Area string
	stats.Sample
	Approximate bool // the successes are a rate times a population
	// Interval and Kind are those of the figure, in fractions. The zero Interval stands for Wilson's.
	Interval stats.Interval
	Kind     IntervalKind
}

// LeastForFunnel is how few areas a funnel is drawn of: of fewer, neither their average nor how much they vary says
// anything.
const LeastForFunnel = 5

// Funnel sets areas' shares round the share of all of them together, each within the limits that chance alone gives
// to as many cases as it has. Overdispersion says by how much areas vary more than that. Adjusted limits allow for
// it: they are the ones to show wherever Overdispersed, and the others are for a reader who asks. All numbers are
// fractions.
type Funnel struct {
	Target         float64
	Points         []FunnelPoint // in the order of the shares
	Overdispersion stats.Overdispersion
}

// FunnelPoint is an area in a funnel, and where it lies by either pair of limits.
type FunnelPoint struct {
	AreaShare
	Place    stats.FunnelPlace
	Adjusted stats.FunnelPlace // by limits that allow for overdispersion
}

// FunnelOf places areas in the funnel of their own shares. It fails with stats.ErrTooFew below LeastForFunnel areas,
// and as stats.Pooled does.
//
// Source: D. J. Spiegelhalter (2005), Statistics in Medicine 24:1185-1202; for overdispersion the same author (2005),
// Quality and Safety in Health Care 14:347-351.
func FunnelOf(shares []AreaShare) (Funnel, error) {
	if len(shares) < LeastForFunnel {
		return Funnel{}, fmt.Errorf("funnel of %d areas: %w", len(shares), stats.ErrTooFew)
	}
	samples := make([]stats.Sample, len(shares))
	for i, s := range shares {
		samples[i] = s.Sample
	}
	var f Funnel
	var err error
	if f.Target, err = stats.Pooled(samples); err != nil {
		return Funnel{}, fmt.Errorf("funnel of %d areas: %w", len(shares), err)
	}
	if f.Overdispersion, err = stats.Overdisperse(samples, f.Target); err != nil {
		return Funnel{}, fmt.Errorf("funnel of %d areas: %w", len(shares), err)
	}
	for _, s := range shares {
		plain, err := f.Limits(s.Cases, false)
		if err != nil {
			return Funnel{}, fmt.Errorf("funnel, %s: %w", s.Area, err)
		}
		adjusted, err := f.Limits(s.Cases, true)
		if err != nil {
			return Funnel{}, fmt.Errorf("funnel, %s: %w", s.Area, err)
		}
		f.Points = append(f.Points, FunnelPoint{AreaShare: s, Place: plain.Place(s.Proportion()),
			Adjusted: adjusted.Place(s.Proportion())})
	}
	return f, nil
}

// Overdispersed says whether areas vary more than the chance of their cases explains.
func (f Funnel) Overdispersed() bool { return f.Overdispersion.TauSquared > 0 }

// Limits are the funnel's at a number of cases, taken to the nearest whole one; adjusted ones allow for overdispersion.
func (f Funnel) Limits(cases float64, adjusted bool) (stats.FunnelLimits, error) {
	if adjusted {
		return f.Overdispersion.Funnel(f.Target, math.Round(cases))
	}
	return stats.Funnel(f.Target, math.Round(cases))
}

// Outside counts the areas beyond the 95% limits, those beyond the 99.8% ones among them.
func (f Funnel) Outside(adjusted bool) (at95, at998 int) {
	for _, p := range f.Points {
		place := p.Place
		if adjusted {
			place = p.Adjusted
		}
		switch place {
		case stats.FunnelBelow998, stats.FunnelAbove998:
			at998++
			at95++
		case stats.FunnelBelow95, stats.FunnelAbove95:
			at95++
		}
	}
	return at95, at998
}

// RankedArea is an area's share with its 95% interval and what may be said of its rank: 1 is the highest.
type RankedArea struct {
	AreaShare
	Rank stats.RankInterval
}

// rankSimulations and rankSeed make ranks the same wherever they are worked out.
const (
	rankSimulations = 10_000
	rankSeed        = 1898
)

// RanksOf ranks areas by their shares under the chance of their cases alone, in the order given. It fails as
// stats.Ranks and stats.Wilson do.
func RanksOf(shares []AreaShare) ([]RankedArea, error) {
	estimates := make([]stats.Estimate, len(shares))
	out := make([]RankedArea, len(shares))
	for i, s := range shares {
		var err error
		if estimates[i], err = stats.ProportionEstimate(s.Successes, s.Cases); err != nil {
			return nil, fmt.Errorf("rank of %s: %w", s.Area, err)
		}
		out[i].AreaShare = s
		if s.Kind != "" {
			continue
		}
		out[i].Kind = IntervalWilson
		if out[i].Interval, err = stats.Wilson(s.Successes, s.Cases, stats.Confidence95); err != nil {
			return nil, fmt.Errorf("rank of %s: %w", s.Area, err)
		}
	}
	ranks, err := stats.Ranks(estimates, stats.Ranking{Simulations: rankSimulations, Level: stats.Confidence95},
		rand.New(rand.NewPCG(rankSeed, rankSeed)))
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Rank = ranks[i]
	}
	return out, nil
}

// Shares are the percentages of a cohort whose cases are known, as numbers of cases that would round to them, and how
// many areas have a percentage without.
func (c Cohort) Shares() (known []AreaShare, unknown int) {
	for _, m := range c.Members {
		switch {
		case m.Result.Percent == nil:
		case m.Cases == 0:
			unknown++
		default:
			known = append(known, AreaShare{Area: m.Area, Sample: stats.Sample{Successes: sufficient(m.Result, m.Cases),
				Cases: float64(m.Cases)}})
		}
	}
	return known, unknown
}
