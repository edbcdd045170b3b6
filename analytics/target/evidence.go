package target

import (
	"cmp"
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"yardstick/analytics"
	"yardstick/analytics/stats"
)

// Method says how the estimate of a figure came about.
type Method string

// The methods.
const (
	MethodBeta   Method = "beta_binomial" // from numerators and denominators
	MethodGamma  Method = "gamma_poisson" // from counts and populations; the counts may be worked out from the rates
	MethodNormal Method = "normal"        // from rates without counts, with the error that successive years show
	MethodBand   Method = "band"          // anywhere between the results that are better and those that are no worse
)

// Estimate is what is known of the true value behind a figure, after shrinkage towards the other areas.
type Estimate struct {
	Value       float64        // the posterior mean, in the figure's unit
	Interval    stats.Interval // that holds the true value with probability 95%
	Method      Method
	Reliability float64  // share of the figure's variance that is no chance; 1 for a result
	Above       float64  // probability that the true value is above the mean of the areas
	FarAbove    *float64 // probability that it is above 1.25 times the national figure; nil for results
}

// exceedance is how far above the national figure is far above it.
const exceedance = 1.25

// Weighed is what is known of a criterion over all areas.
type Weighed struct {
	Criterion   Criterion
	Indicator   string // that it was read from; empty for results
	Known       int    // areas that have a figure
	Of          int    // areas
	Used        bool   // enough areas have one for it to be weighed
	Method      Method
	Mean        float64 // of the true values, in the figure's unit
	Between     float64 // their standard deviation
	National    float64 // that areas are set against: the published figure, else Mean
	Published   bool    // whether National was published
	Reliability float64 // mean over the areas
	YearToYear  *float64
	Sources     []string // of the national figure
}

// leastKnownAreas is the share of areas that must have a figure for a criterion to be weighed at all.
const leastKnownAreas = 0.5

// margin is the distribution of an area's true value on a criterion, in standard deviations between areas. It is
// normal where quantile is nil.
type margin struct {
	mean, variance float64
	quantile       func(p float64) float64
}

// column is a criterion for every area.
type column struct {
	Weighed
	inputs  []Input
	margins []*margin // nil where the area has no figure
}

// read returns a criterion of every area as of the day, by the reader's areas.
func (r reader) read(c Criterion, last []*Last, describe bool) column {
	col := column{Weighed: Weighed{Criterion: c, Of: len(r.areas)}, margins: make([]*margin, len(r.areas))}
	switch c {
	case LastResult:
		col.readResults(last)
	case AgeOfResult:
		col.readAges(last, r.day)
	default:
		var all [][]analytics.Observation
		col.Indicator, col.inputs, all = r.observed(c)
		if describe {
			r.describe(col.inputs, all)
		}
		col.estimate(r, all)
	}
	for _, in := range col.inputs {
		if in.Figure != nil {
			col.Known++
		}
	}
	col.Used = col.Used && float64(col.Known) >= leastKnownAreas*float64(len(r.areas))
	return col
}

// estimate shrinks the figures of an indicator towards each other.
func (col *column) estimate(r reader, all [][]analytics.Observation) {
	var at []int
	for i, in := range col.inputs {
		if in.Figure != nil {
			at = append(at, i)
		}
	}
	fit, method, unit, err := col.fit(at, all)
	if err != nil {
		return // too few figures, or none that differ
	}
	col.Used, col.Method, col.Mean, col.Between = fit.Between > 0, method, fit.Mean*unit, fit.Between*unit
	col.National = col.Mean
	if o, ok := r.national(col.inputs); ok {
		col.National, col.Published, col.Sources = o.Value, true, o.Sources
	}
	col.YearToYear = yearToYear(at, all)
	for n, i := range at {
		p := fit.Units[n]
		interval, err := p.Interval(stats.Confidence95)
		if err != nil {
			continue
		}
		col.inputs[i].Estimate = &Estimate{
			Value:       p.Mean * unit,
			Method:      method,
			Reliability: p.Reliability,
			Above:       p.Above(fit.Mean),
			FarAbove:    new(p.Above(exceedance * col.National / unit)),
			Interval:    stats.Interval{Lower: interval.Lower * unit, Upper: interval.Upper * unit},
		}
		col.Reliability += p.Reliability / float64(len(at))
		m := &margin{}
		if fit.Between > 0 {
			m.mean, m.variance = (p.Mean-fit.Mean)/fit.Between, p.Deviation*p.Deviation/(fit.Between*fit.Between)
			if method != MethodNormal {
				m.quantile = func(q float64) float64 { return (p.Quantile(q) - fit.Mean) / fit.Between }
			}
		}
		col.margins[i] = m
	}
}

// fit chooses the model by what the figures came with. unit turns its values into the figures'.
func (col *column) fit(
	at []int,
	all [][]analytics.Observation,
) (fit stats.Shrinkage, method Method, unit float64, err error) {
	counted, percent := 0, true
	for _, i := range at {
		o := col.inputs[i].Figure.observation
		percent = percent && o.Unit == string(analytics.UnitPercent)
		if o.Numerator != nil && o.Denominator != nil {
			counted++
		}
	}
	switch {
	case percent && counted == len(at):
		samples := make([]stats.Sample, len(at))
		for n, i := range at {
			o := col.inputs[i].Figure.observation
			samples[n] = stats.Sample{Successes: *o.Numerator, Cases: *o.Denominator}
		}
		fit, err = stats.ShrinkProportions(samples)
		return fit, MethodBeta, 100, err
	case percent:
		fit, err = stats.ShrinkNormal(col.measured(at, all))
		return fit, MethodNormal, 100, err
	}
	counts, unit := col.counts(at)
	fit, err = stats.ShrinkRates(counts)
	return fit, MethodGamma, unit, err
}

// counts are the numbers behind rates per head: the published ones, or the rate times the children who live there.
// An area whose children are not known is given the error of the smallest area, and so no figure is exact.
func (col *column) counts(at []int) (counts []stats.Exposed, unit float64) {
	smallest := math.Inf(1)
	for _, i := range at {
		if children := col.inputs[i].Figure.children; children > 0 {
			smallest = min(smallest, children)
		}
	}
	if math.IsInf(smallest, 1) {
		smallest = 1 // all errors unknown: nothing is told apart
	}
	for _, i := range at {
		f := col.inputs[i].Figure
		unit = per(f.observation.Unit)
		c := stats.Exposed{Exposure: cmp.Or(f.children, smallest)}
		c.Events = f.Value / unit * c.Exposure
		if f.observation.Numerator != nil && f.observation.Denominator != nil {
			c = stats.Exposed{Events: *f.observation.Numerator, Exposure: *f.observation.Denominator}
		}
		counts = append(counts, c)
	}
	return counts, unit
}

// per is the number that a rate's unit is per.
func per(unit string) float64 {
	switch unit {
	case "per_1000":
		return 1_000
	case "per_10000":
		return 10_000
	case "per_100000":
		return 100_000
	}
	return 1
}

// gapYears is how many steps from year to year, counted back from the newest period, the error of a figure is
// measured over.
const gapYears = 3

// measured are percentages as fractions with standard errors. The error is that of successive years over the
// children who live there, and never more than a cohort of the least size that could print the percentage allows.
func (col *column) measured(at []int, all [][]analytics.Observation) []stats.Measured {
	var gaps, sizes []float64
	newest := 0
	mean := 0.0
	for _, i := range at {
		newest = max(newest, col.inputs[i].Figure.End.Year())
		mean += col.inputs[i].Figure.Value / 100 / float64(len(at))
	}
	for _, i := range at {
		children := col.inputs[i].Figure.children
		for n := 1; n < len(all[i]) && children > 0; n++ {
			before, o := all[i][n-1], all[i][n]
			if o.End.Year() > newest-gapYears && o.End.Year()-before.End.Year() == 1 {
				gaps, sizes = append(gaps, (o.Value-before.Value)/100), append(sizes, children)
			}
		}
	}
	perChild, err := stats.SuccessiveError(gaps, sizes)
	out := make([]stats.Measured, len(at))
	for n, i := range at {
		f := col.inputs[i].Figure
		variance := mean * (1 - mean)
		if limit, err := stats.LimitByCohort(f.Value, stats.Decimals(f.Value), stats.Confidence95); err == nil {
			variance /= float64(limit.AtLeast)
		}
		if err == nil && f.children > 0 {
			variance = min(variance, perChild/f.children)
		}
		out[n] = stats.Measured{Value: f.Value / 100, Error: math.Sqrt(variance)}
	}
	return out
}

// yearToYear is the correlation of the areas' newest figures with those of the year before; nil below ten pairs.
func yearToYear(at []int, all [][]analytics.Observation) *float64 {
	var before, now []float64
	for _, i := range at {
		if n := len(all[i]); n > 1 && all[i][n-1].End.Year()-all[i][n-2].End.Year() == 1 {
			before, now = append(before, all[i][n-2].Value), append(now, all[i][n-1].Value)
		}
	}
	if len(now) < 10 {
		return nil
	}
	c := correlation(before, now)
	if math.IsNaN(c) {
		return nil
	}
	return &c
}

// readResults places each area's last result. A rating says no more than a band of places, and so does one of several
// inspections that may be the last: each draw takes a place from a band at random.
func (col *column) readResults(last []*Last) {
	col.Used, col.Method, col.Mean, col.Between, col.Reliability = true, MethodBand, 0.5, math.Sqrt(1.0/12), 1
	for i, l := range last {
		in := Input{Criterion: LastResult}
		switch {
		case l.Missing != "":
			in.Absent = AbsentMissing
		case len(l.Candidates) == 0:
			in.Absent = AbsentUninspected
		case !l.Known():
			in.Absent = AbsentTargeted
		default:
			in.Figure = &Figure{}
			bands := slices.Clone(l.Candidates)
			slices.SortFunc(bands, func(a, b Judged) int { return cmp.Compare(a.Better, b.Better) })
			share := func(p float64) float64 { // of results that are better
				scaled := p * float64(len(bands))
				n := min(int(scaled), len(bands)-1)
				return bands[n].Better + (scaled-float64(n))*(bands[n].NoWorse-bands[n].Better)
			}
			m := bandMargin(func(p float64) float64 {
				return distuv.UnitNormal.Quantile(min(max(share(p), 0.001), 0.999))
			})
			for _, b := range bands {
				in.Figure.Value += b.Worse() / float64(len(bands))
			}
			in.Estimate = &Estimate{
				Value:       in.Figure.Value,
				Interval:    stats.Interval{Lower: share(0.025), Upper: share(0.975)},
				Method:      MethodBand,
				Reliability: 1,
				Above:       atLeast(func(p float64) bool { return share(p) > 0.5 }),
			}
			col.margins[i] = m
		}
		col.inputs = append(col.inputs, in)
	}
}

// readAges says how long ago each area's last inspection can have been: at most since the one that the record has,
// and any time since, because later ones may exist.
func (col *column) readAges(last []*Last, day time.Time) {
	col.Method, col.Reliability = MethodBand, 1
	var most []float64 // years
	for _, l := range last {
		in := Input{Criterion: AgeOfResult}
		switch {
		case l.Missing != "":
			in.Absent = AbsentMissing
		case len(l.Candidates) == 0:
			in.Absent = AbsentUninspected
		default:
			years := max(day.Sub(l.Earliest).Hours()/24/365.25, 0)
			in.Figure = &Figure{Value: years}
			most = append(most, years)
		}
		col.inputs = append(col.inputs, in)
	}
	if len(most) < 3 {
		return
	}
	// Each age is even between 0 and the most it can be; the mean and variance are those of all of them together.
	mean, square := 0.0, 0.0
	for _, m := range most {
		mean += m / 2 / float64(len(most))
		square += m * m / 3 / float64(len(most))
	}
	between := math.Sqrt(square - mean*mean)
	if col.Used = between > 0; !col.Used {
		return
	}
	col.Mean, col.Between = mean, between
	for i := range col.inputs {
		if f := col.inputs[i].Figure; f != nil {
			col.margins[i] = bandMargin(func(p float64) float64 { return (p*f.Value - mean) / between })
			col.inputs[i].Estimate = &Estimate{
				Value:       f.Value / 2,
				Interval:    stats.Interval{Upper: f.Value},
				Method:      MethodBand,
				Reliability: 1,
				Above:       max(1-mean/max(f.Value, 1e-9), 0),
			}
		}
	}
}

// bandMargin is a margin by its quantiles, with the moments of 200 of them.
func bandMargin(quantile func(p float64) float64) *margin {
	m := &margin{quantile: quantile}
	const steps = 200
	square := 0.0
	for n := range steps {
		x := quantile((float64(n) + 0.5) / steps)
		m.mean += x / steps
		square += x * x / steps
	}
	m.variance = max(square-m.mean*m.mean, 0)
	return m
}

// atLeast is the share of probabilities from 0 to 1 at which something is so.
func atLeast(so func(p float64) bool) float64 {
	const steps = 200
	n := 0
	for i := range steps {
		if so((float64(i) + 0.5) / steps) {
			n++
		}
	}
	return float64(n) / steps
}

// correlation is Pearson's; NaN where either is all alike.
func correlation(x, y []float64) float64 {
	var mx, my, xx, yy, xy float64
	for i := range x {
		mx += x[i] / float64(len(x))
		my += y[i] / float64(len(y))
	}
	for i := range x {
		xx += (x[i] - mx) * (x[i] - mx)
		yy += (y[i] - my) * (y[i] - my)
		xy += (x[i] - mx) * (y[i] - my)
	}
	return xy / math.Sqrt(xx*yy)
}
