package target

import (
	"math"
	"slices"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/stats"
)

// Method says how the interval of a figure came about.
type Method string

// The methods.
const (
	MethodNone      Method = "none"      // a count of everybody, or a judgement: no sampling interval
	MethodWilson    Method = "wilson"    // from its numerator and denominator
	MethodEmpirical Method = "empirical" // from the scatter of the area's own unbroken years
)

// Absence says why an area has no figure.
type Absence string

// The absences. None of them is zero.
const (
	AbsentUnpublished Absence = "unpublished" // none is held of the area
	AbsentSeveral     Absence = "several"     // its authorities publish rates apart, and no counts to join them by
	AbsentOld         Absence = "old"         // the newest held is older than that of other areas by more than two years
	AbsentUninspected Absence = "uninspected" // the record has no inspection of it with results by the day
	AbsentMissing     Absence = "missing"     // a later inspection was published, and the record does not have it
	AbsentBounded     Absence = "bounded"     // known only within bounds
)

// Place is where a figure lies among those of the other areas, as far as its interval allows.
type Place string

// The places, from the most concern.
const (
	PlaceFarAbove Place = "far_above" // above the 99.8% funnel limit; of figures with counts only
	PlaceAbove    Place = "above"     // above the middle area, at 95%
	PlaceWithin   Place = "within"    // cannot be told from it
	PlaceBelow    Place = "below"
	PlaceFarBelow Place = "far_below"
)

// Figure is what an area has on a criterion: a value in the criterion's unit, its 95% interval where one can be given, and
// where it stands.
type Figure struct {
	Value      float64
	Interval   *stats.Interval // nil where there is no sampling interval to give
	Method     Method
	Period     string    // as its source names it
	End        time.Time // the last day of it
	Sources    []string
	Region     *float64 // the region's published figure of the same period
	Place      Place    // among the areas; empty where there is no interval
	YearsAbove int      // how many of the latest years in a row it was above the middle area
	Trend      analytics.Tendency
}

// Input is what is known of an area on a criterion. Score is its figure in standard deviations from the mean of the areas
// that have one, above 0 more concern; Spread the standard error of that. Where the figure is absent they are 0 and 1.
type Input struct {
	Criterion Criterion
	Figure    *Figure
	Absent    Absence
	Score     float64
	Spread    float64
}

// series are the indicators that a criterion may be read from, the preferred first, and how long after the end of a period
// its figures come out, in months. The lags are inferred from when such figures appeared; they decide what a replay as of a
// past day may use.
type series struct {
	indicators []string
	lag        int
}

var published = map[Criterion]series{
	Reoffending:        {[]string{"reoffending_rate_percent", "reoffending_rate_percent_15_17"}, 22},
	ReoffendingYounger: {[]string{"reoffending_rate_percent_10_14"}, 22},
	FirstTimeEntrants:  {[]string{"fte_rate_per_100k"}, 12},
	Custody:            {[]string{"custody_rate_per_1000"}, 10},
}

// tooOld is how much older than the newest period of its indicator a figure may be and still be weighed.
const tooOld = 2 * 366 * 24 * time.Hour

// reader reads inputs from a snapshot as of a day.
type reader struct {
	snapshot *analytics.Snapshot
	asOf     *time.Time // nil for everything held
	day      time.Time  // asOf, or the day of the release
	areas    []analytics.Area
}

// known leaves out what had not come out by the day.
func (r reader) known(points []analytics.Observation, lag int) []analytics.Observation {
	return slices.DeleteFunc(slices.Clone(points), func(o analytics.Observation) bool {
		return o.Flag == analytics.FlagAnomalous || r.asOf != nil && o.End.AddDate(0, lag, 0).After(*r.asOf)
	})
}

// own is the one series of an area's ground on an indicator: its own, or that of its only authority; with the reason where
// there is none. The old reoffending series has ended and is never joined to the new one; that of a predecessor is of
// another ground.
func (r reader) own(area analytics.Area, indicator string, lag int) ([]analytics.Observation, Absence) {
	byPlace := make(map[string][]analytics.Observation)
	for _, s := range r.snapshot.AreaSeries(area.ID, indicator) {
		if s.Basis == "old" || s.Of != area.ID {
			continue
		}
		points := r.known(s.Points, lag)
		switch {
		case len(points) == 0:
		case s.Level == analytics.LevelArea:
			return points, ""
		case byPlace[s.Place] == nil: // the newest of a place comes first
			byPlace[s.Place] = points
		}
	}
	for _, points := range byPlace {
		if len(byPlace) == 1 {
			return points, ""
		}
		return nil, AbsentSeveral
	}
	return nil, AbsentUnpublished
}

// observed reads a criterion that is an indicator for every area, and says which indicator it read: the preferred one where
// at least half of the areas have it, so that figures of different children are never ranked together.
func (r reader) observed(c Criterion) (indicator string, inputs []Input) {
	from := published[c]
	for n, id := range from.indicators {
		all, held := make([][]analytics.Observation, len(r.areas)), 0
		inputs = make([]Input, len(r.areas))
		for i, area := range r.areas {
			inputs[i].Criterion = c
			if all[i], inputs[i].Absent = r.own(area, id, from.lag); len(all[i]) > 0 {
				held++
			}
		}
		if n == len(from.indicators)-1 || 2*held >= len(r.areas) {
			r.figures(inputs, all)
			return id, inputs
		}
	}
	return "", inputs
}

// figures makes figures of series: each area's newest, none far older than the newest of all.
func (r reader) figures(inputs []Input, all [][]analytics.Observation) {
	var newest time.Time
	for _, points := range all {
		if n := len(points); n > 0 && points[n-1].End.After(newest) {
			newest = points[n-1].End
		}
	}
	middles := middlesOf(all)
	for i, points := range all {
		if len(points) == 0 {
			continue
		}
		last := points[len(points)-1]
		if newest.Sub(last.End) > tooOld {
			inputs[i].Absent = AbsentOld
			continue
		}
		f := &Figure{Value: last.Value, Period: last.Period, End: last.End, Sources: last.Sources}
		f.Region = r.region(r.areas[i], last)
		f.YearsAbove = yearsAbove(points, middles)
		f.measure(points, middles[last.End])
		f.Trend = r.snapshot.Indicator(last.Indicator).Tendency(points)
		inputs[i].Figure = f
	}
}

// middlesOf is the median of the areas' values for each period, by its last day.
func middlesOf(all [][]analytics.Observation) map[time.Time]float64 {
	values := make(map[time.Time][]float64)
	for _, points := range all {
		for _, o := range points {
			values[o.End] = append(values[o.End], o.Value)
		}
	}
	out := make(map[time.Time]float64, len(values))
	for end, v := range values {
		if middle, err := stats.Quantile(v, 0.5); err == nil {
			out[end] = middle
		}
	}
	return out
}

func yearsAbove(points []analytics.Observation, middles map[time.Time]float64) int {
	years := 0
	for n := len(points) - 1; n >= 0 && points[n].Value > middles[points[n].End]; n-- {
		years++
		if n > 0 && points[n].Start.Year()-points[n-1].Start.Year() != 1 {
			break
		}
	}
	return years
}

// region is the published figure of an area's region for the same indicator and period.
func (r reader) region(area analytics.Area, of analytics.Observation) *float64 {
	for _, o := range r.snapshot.Observations(of.Indicator) {
		if o.Level == analytics.LevelRegion && o.Place == area.Region && o.End.Equal(of.End) && o.Basis == of.Basis && o.Flag == "" {
			return &o.Value
		}
	}
	return nil
}

// measure gives a figure its interval and place: from counts where the source has them, else from the scatter of its own
// unbroken years. What is counted in a rate per head is not a share of the children it is set against.
func (f *Figure) measure(points []analytics.Observation, middle float64) {
	last := points[len(points)-1]
	f.Method = MethodNone
	if last.Unit == string(analytics.UnitPercent) && last.Numerator != nil && last.Denominator != nil {
		f.fromCounts(*last.Numerator, *last.Denominator, middle)
	} else {
		f.fromScatter(points)
	}
	if f.Interval != nil && f.Place == "" {
		switch {
		case f.Interval.Lower > middle:
			f.Place = PlaceAbove
		case f.Interval.Upper < middle:
			f.Place = PlaceBelow
		default:
			f.Place = PlaceWithin
		}
	}
}

func (f *Figure) fromCounts(x, n, middle float64) {
	interval, err := stats.Wilson(x, n, stats.Confidence95)
	if err != nil {
		return
	}
	f.Interval, f.Method = &stats.Interval{Lower: 100 * interval.Lower, Upper: 100 * interval.Upper}, MethodWilson
	limits, err := stats.Funnel(middle/100, math.Round(n))
	if err != nil {
		return
	}
	f.Place = map[stats.FunnelPlace]Place{stats.FunnelAbove998: PlaceFarAbove, stats.FunnelAbove95: PlaceAbove, stats.FunnelWithin: PlaceWithin,
		stats.FunnelBelow95: PlaceBelow, stats.FunnelBelow998: PlaceFarBelow}[limits.Place(x/n)]
}

func (f *Figure) fromScatter(points []analytics.Observation) {
	margin, err := analytics.Margin(points)
	if err != nil {
		return
	}
	f.Interval, f.Method = &stats.Interval{Lower: max(f.Value-margin, 0), Upper: f.Value + margin}, MethodEmpirical
	if points[0].Unit == string(analytics.UnitPercent) {
		f.Interval.Upper = min(f.Interval.Upper, 100)
	}
}
