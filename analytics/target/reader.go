package target

import (
	"fmt"
	"math"
	"slices"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/stats"
)

// Absence says why an area has no figure. None of them is zero, and none is a reason for concern.
type Absence string

// The absences.
const (
	AbsentUnpublished Absence = "unpublished" // the record has none of the area
	AbsentSeveral     Absence = "several"     // its authorities publish rates apart, and no counts to join them by
	AbsentOld         Absence = "old"         // the newest is older than that of other areas by more than two years
	AbsentUninspected Absence = "uninspected" // the record has no inspection of it by the day
	AbsentTargeted    Absence = "targeted"    // its last inspection has no place among all areas: its programme chose them
	AbsentMissing     Absence = "missing"     // a later inspection was published, and the record does not have it
)

// Figure is what an area has on a criterion, in the criterion's unit.
type Figure struct {
	Value      float64
	Period     string    // as its source names it
	End        time.Time // the last day of it
	Sources    []string
	Region     *float64 // the region's published figure of the same period
	YearsAbove int      // how many of the latest years in a row it was above the middle area
	Trend      analytics.Tendency

	observation analytics.Observation
	children    float64 // aged 10 to 17 where the figure is of, of the nearest year known; 0 for unknown
}

// Input is what is known of an area on a criterion: a figure with an estimate of the true value, or why there is none.
type Input struct {
	Criterion Criterion
	Figure    *Figure
	Absent    Absence
	Estimate  *Estimate // nil without a figure, and where the criterion cannot be weighed
}

// series are the indicators that a criterion may be read from, the preferred first, and how long after the end of a
// period its figures come out, in months. The lags are inferred from when such figures appeared; they decide what a
// replay as of a past day may use.
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

// population is the indicator whose figures are the children that rates are set against.
const population = "population_10_17"

// tooOld is how much older than the newest period of its indicator a figure may be and still be weighed.
const tooOld = 2 * 366 * 24 * time.Hour

// statistics is what the desk reads of a release: its snapshot, the current areas, and the series of every statistic
// that is weighed, with their figures, by number.
type statistics struct {
	snapshot *analytics.Snapshot
	areas    []analytics.Area
	series   map[int]analytics.Series
}

func readStatistics(s *analytics.Snapshot) (statistics, error) {
	r := statistics{snapshot: s, series: make(map[int]analytics.Series)}
	for _, area := range s.Areas() {
		if area.Current {
			r.areas = append(r.areas, area)
		}
	}
	indicators := []string{population}
	for _, from := range published {
		indicators = append(indicators, from.indicators...)
	}
	var all []analytics.Series
	for _, id := range indicators {
		all = append(all, s.AllSeries(id)...)
	}
	if err := s.ReadFigures(all); err != nil {
		return statistics{}, fmt.Errorf("targeting desk: %w", err)
	}
	for _, x := range all {
		r.series[x.Number] = x
	}
	return r, nil
}

// areaSeries are those of Snapshot.AreaSeries with their figures.
func (r statistics) areaSeries(area, indicator string) []analytics.Series {
	all := r.snapshot.AreaSeries(area, indicator)
	for n, x := range all {
		all[n].Points = r.series[x.Number].Points
	}
	return all
}

// placeSeries are those of Snapshot.PlaceSeries with their figures.
func (r statistics) placeSeries(level analytics.PlaceLevel, place, indicator string) []analytics.Series {
	all := r.snapshot.PlaceSeries(level, place, indicator)
	for n, x := range all {
		all[n] = r.series[x.Number]
	}
	return all
}

// reader reads inputs from the record as of a day.
type reader struct {
	statistics
	asOf *time.Time // nil for all of the record
	day  time.Time  // asOf, or the day of the release
}

func newReader(of statistics, asOf *time.Time) reader {
	r := reader{statistics: of, asOf: asOf, day: of.snapshot.Release().Built}
	if asOf != nil {
		r.day = *asOf
	}
	return r
}

// known leaves out what had not come out by the day.
func (r reader) known(points []analytics.Observation, lag int) []analytics.Observation {
	return slices.DeleteFunc(slices.Clone(points), func(o analytics.Observation) bool {
		return o.Flag == analytics.FlagAnomalous || r.asOf != nil && o.End.AddDate(0, lag, 0).After(*r.asOf)
	})
}

// own is the one series of an area's ground on an indicator: its own, or that of its only authority, whichever is
// newer; with the reason where there is none. The old reoffending series has ended and is never joined to the new
// one; that of a predecessor is of another ground. A lone authority that is not all of the area's ground is not the
// area either.
func (r reader) own(of analytics.Area, indicator string, lag int) ([]analytics.Observation, Absence) {
	byPlace := make(map[string][]analytics.Observation)
	var area []analytics.Observation // published for the area itself
	for _, s := range r.areaSeries(of.ID, indicator) {
		if s.Basis == "old" || s.Of != of.ID {
			continue
		}
		points := r.known(s.Points, lag)
		switch {
		case len(points) == 0:
		case s.Level == analytics.LevelArea && area == nil: // the newest of a place comes first
			area = points
		case s.Level != analytics.LevelArea && byPlace[s.Place] == nil:
			byPlace[s.Place] = points
		}
	}
	why := AbsentUnpublished
	for place, points := range byPlace {
		if len(byPlace) > 1 || !r.covers(place, of) {
			why = AbsentSeveral
			break
		}
		if area == nil || points[len(points)-1].End.After(area[len(area)-1].End) {
			area = points
		}
	}
	if area == nil {
		return nil, why
	}
	return area, ""
}

// leastCover is the share of an area's children that a lone authority must have for its figure to be the area's.
const leastCover = 0.9

// covers says whether an authority has almost all of an area's children, in the newest year that both are known of.
// Where none is, it does if the area has no other authority.
func (r reader) covers(authority string, area analytics.Area) bool {
	for _, all := range r.placeSeries(analytics.LevelArea, area.ID, population) {
		for _, o := range slices.Backward(all.Points) {
			for _, part := range r.placeSeries(analytics.LevelAuthority, authority, population) {
				if p, ok := part.Over(o.Start, o.End); ok {
					return p.Value >= leastCover*o.Value
				}
			}
		}
	}
	districts := 0
	for _, c := range area.Constituents {
		if c.District() {
			districts++
		}
	}
	return len(area.Constituents)-districts <= 1
}

// observed reads a criterion that is an indicator for every area. It returns which indicator it read and each area's
// series: the preferred one where at least half of the areas have it, so that figures of different children are
// never ranked together.
func (r reader) observed(c Criterion) (indicator string, inputs []Input, all [][]analytics.Observation) {
	from := published[c]
	for n, id := range from.indicators {
		known := 0
		all, inputs = make([][]analytics.Observation, len(r.areas)), make([]Input, len(r.areas))
		for i, area := range r.areas {
			inputs[i].Criterion = c
			if all[i], inputs[i].Absent = r.own(area, id, from.lag); len(all[i]) > 0 {
				known++
			}
		}
		if indicator = id; n == len(from.indicators)-1 || 2*known >= len(r.areas) {
			break
		}
	}
	r.figures(inputs, all)
	return indicator, inputs, all
}

// figures makes figures of series: each area's newest, none far older than the newest of all.
func (r reader) figures(inputs []Input, all [][]analytics.Observation) {
	var newest time.Time
	for _, points := range all {
		if n := len(points); n > 0 {
			newest = later(newest, points[n-1].End)
		}
	}
	for i, points := range all {
		if len(points) == 0 {
			continue
		}
		last := points[len(points)-1]
		if newest.Sub(last.End) > tooOld {
			inputs[i].Absent = AbsentOld
			continue
		}
		inputs[i].Figure = &Figure{
			Value:       last.Value,
			Period:      last.Period,
			End:         last.End,
			Sources:     last.Sources,
			observation: last,
			children:    r.children(last),
		}
	}
}

// children is how many aged 10 to 17 live where an observation is of, in the year nearest to its period; 0 for unknown.
func (r reader) children(o analytics.Observation) float64 {
	if o.Denominator != nil && o.Unit != string(analytics.UnitPercent) {
		return *o.Denominator
	}
	best, apart := 0.0, time.Duration(math.MaxInt64)
	for _, s := range r.placeSeries(o.Level, o.Place, population) {
		for _, p := range s.Points {
			if gap := p.End.Sub(o.End).Abs(); p.Flag != analytics.FlagAnomalous && gap < apart {
				best, apart = p.Value, gap
			}
		}
	}
	return best
}

// describe adds to figures what reasons and tables say of them beside their values.
func (r reader) describe(inputs []Input, all [][]analytics.Observation) {
	middles, regions, trends := middlesOf(all), r.regions(inputs), r.trends(inputs, all)
	for i := range inputs {
		f := inputs[i].Figure
		if f == nil {
			continue
		}
		f.Region = regions[r.areas[i].Region]
		f.YearsAbove = yearsAbove(all[i], middles)
		f.Trend = trends[i]
	}
}

// trends tests the series of all areas with a figure together, so that of the areas called rising or falling few are
// called falsely; by the place of the area.
func (r reader) trends(inputs []Input, all [][]analytics.Observation) map[int]analytics.Tendency {
	places, series := make(map[string][]int), make(map[string][][]analytics.Observation)
	for i, input := range inputs {
		if f := input.Figure; f != nil {
			indicator := f.observation.Indicator
			places[indicator], series[indicator] = append(places[indicator], i), append(series[indicator], all[i])
		}
	}
	out := make(map[int]analytics.Tendency, len(inputs))
	for indicator, of := range places {
		for n, t := range r.snapshot.Indicator(indicator).Tendencies(series[indicator]) {
			out[of[n]] = t
		}
	}
	return out
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

// regions are the published figures of regions for the newest period of some inputs, by region.
func (r reader) regions(inputs []Input) map[string]*float64 {
	newest := newestOf(inputs)
	out := make(map[string]*float64)
	if newest == nil {
		return out
	}
	for _, place := range r.snapshot.Places() {
		if o, ok := r.over(analytics.LevelRegion, place.ID, *newest); ok && place.Group == analytics.GroupRegion {
			out[place.ID] = &o.Value
		}
	}
	return out
}

// newestOf is the observation of the newest period among some inputs; nil where there is none.
func newestOf(inputs []Input) *analytics.Observation {
	var newest *analytics.Observation
	for _, in := range inputs {
		if in.Figure != nil && (newest == nil || in.Figure.End.After(newest.End)) {
			newest = &in.Figure.observation
		}
	}
	return newest
}

// national is the published figure of England and Wales, else of England, for the newest period of some inputs.
func (r reader) national(inputs []Input) (*analytics.Observation, bool) {
	newest := newestOf(inputs)
	if newest == nil {
		return nil, false
	}
	for _, place := range []string{analytics.BothNations, "england"} {
		if o, ok := r.over(analytics.LevelNation, place, *newest); ok {
			return &o, true
		}
	}
	return nil, false
}

// over is a place's figure of the indicator, period and basis of another figure.
func (r reader) over(level analytics.PlaceLevel, place string, as analytics.Observation) (analytics.Observation, bool) {
	for _, x := range r.placeSeries(level, place, as.Indicator) {
		if o, ok := x.Over(as.Start, as.End); ok && x.Basis == as.Basis {
			return o, true
		}
	}
	return analytics.Observation{}, false
}
