package site

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"yardstick/analytics"
	"yardstick/analytics/stats"
	"yardstick/dashboards/charts"
	"yardstick/dashboards/view"
)

// chanceView says what chance alone could do to the figures of a page, and shows it where enough areas have counts.
type chanceView struct {
	Said    string
	Figures []view.Figure
	Limits  []view.Link // to the same page by the other pair of limits; the chosen one has no address
}

// chanceSubject is what shares are of: a measure or a statistic, per so many, in a unit.
type chanceSubject struct {
	name   string
	unit   string
	per    float64
	period string // empty for a measure
}

// chanceFigures draws the funnel of shares and their ranked intervals; nothing but what was said where they are too
// few.
func chanceFigures(req *Request, c benchmarkChoice, subject chanceSubject, shares []analytics.AreaShare,
	said string) *chanceView {
	out := &chanceView{Said: said}
	funnel, err := analytics.FunnelOf(shares)
	if err != nil {
		out.Said += " " + req.words.Say("chance.too_few", "Count", analytics.LeastForFunnel)
		return out
	}
	c.adjusted = c.limits == "adjusted" || c.limits == "" && funnel.Overdispersed()
	ranked, err := analytics.RanksOf(shares)
	if err != nil {
		return out // what has a funnel has ranks
	}
	out.Figures = []view.Figure{funnelFigure(req, c, subject, funnel), rankedFigure(req, c, subject, funnel, ranked)}
	for _, adjusted := range []bool{true, false} {
		link := view.Link{Text: req.words.Say("chance.limits_plain")}
		value := "chance"
		if adjusted {
			link.Text, value = req.words.Say("chance.limits_adjusted"), "adjusted"
		}
		if adjusted != c.adjusted {
			link.Href = req.with("limits", value)
		}
		out.Limits = append(out.Limits, link)
	}
	return out
}

// with is the address of the request with another value of one of its parameters.
func (req *Request) with(name, value string) string {
	other := *req
	other.query = make(map[string][]string, len(req.query)+1)
	maps.Copy(other.query, req.query)
	other.query.Set(name, value)
	return other.Address()
}

// place is where an area lies, by the pair of limits chosen.
func (c benchmarkChoice) place(p analytics.FunnelPoint) stats.FunnelPlace {
	if c.adjusted {
		return p.Adjusted
	}
	return p.Place
}

// kindOf is how a point of a funnel is drawn: within, beyond the 95% limits, beyond the 99.8% ones, or the reader's
// own.
func (c benchmarkChoice) kindOf(p analytics.FunnelPoint) int {
	switch place := c.place(p); {
	case c.of != nil && p.Area == c.of.ID:
		return 3
	case place == stats.FunnelBelow998 || place == stats.FunnelAbove998:
		return 2
	case place == stats.FunnelBelow95 || place == stats.FunnelAbove95:
		return 1
	}
	return 0
}

// funnelFigure draws a funnel with the limits chosen, and says how many areas lie outside and how many chance alone
// would put there.
func funnelFigure(req *Request, c benchmarkChoice, subject chanceSubject, funnel analytics.Funnel) view.Figure {
	w := req.words
	at95, at998 := funnel.Outside(c.adjusted)
	k := float64(len(funnel.Points))
	f := view.Figure{ID: "funnel", Size: "xl", Folded: true, Subtitle: subject.subtitle(w)}
	headline := "funnel.headline"
	if c.adjusted {
		headline = "funnel.headline_adjusted"
	}
	f.Headline = w.Say(headline, "Count", at998, "Areas", len(funnel.Points), "Target",
		w.In(subject.unit, subject.per*funnel.Target))
	f.Summary = w.Say("funnel.summary", "At95", at95, "Expected95", w.Number(0.05*k, 0), "At998", at998,
		"Expected998", w.Number(0.002*k, 1))
	f.Summary += " " + w.Say("funnel.dispersion", "Phi", w.Number(funnel.Overdispersion.Phi, 1),
		"Tau", w.Number(funnel.Overdispersion.TauSquared, 6))
	other95, other998 := funnel.Outside(!c.adjusted)
	if c.adjusted {
		f.Summary += " " + w.Say("funnel.adjusted", "At95", other95, "At998", other998)
	} else if funnel.Overdispersed() {
		f.Summary += " " + w.Say("funnel.plain", "At95", other95, "At998", other998)
	}
	f.Table = view.Table{ID: "funnel-table", Compact: true, CSV: funnelCSV(req, c),
		Caption: w.Say("funnel.table", "Name", subject.name), Columns: []view.Column{
			{Label: w.Say("fact.area")}, {Label: w.Say("funnel.cases"), Numeric: true}, {Label: w.Say("funnel.value"),
				Numeric: true},
			{Label: w.Say("funnel.limits95"), Numeric: true}, {Label: w.Say("funnel.limits998"),
				Numeric: true}, {Label: w.Say("funnel.where")}}}
	var points []charts.FunnelPoint
	most := 0.0
	for _, p := range sortedPoints(req, funnel.Points) {
		value := subject.per * p.Proportion()
		most = max(most, value)
		place := w.Say("funnel.place." + string(c.place(p)))
		points = append(points, charts.FunnelPoint{Cases: p.Cases, Value: value, Kind: c.kindOf(p),
			Note: w.Say("funnel.note", "Area", w.Area(p.Area), "Value", w.In(subject.unit, value), "Cases",
				w.Number(p.Cases, 0), "Place", place)})
		limits, err := funnel.Limits(p.Cases, c.adjusted)
		if err != nil {
			continue // every point has limits, or there is no funnel
		}
		own := c.of != nil && p.Area == c.of.ID
		f.Table.NewRow(own, view.Cell{Text: w.Area(p.Area), Link: w.URL("/areas/" + p.Area)}, w.NumberCell(p.Cases, 0),
			w.InCell(subject.unit, value), view.Text(subject.interval(w, limits.At95)),
			view.Text(subject.interval(w, limits.At998)), view.Text(place))
	}
	labels := charts.FunnelLabels{Cases: w.Say("funnel.cases"), Kinds: []string{w.Say("funnel.kind.within"),
		w.Say("funnel.kind.beyond95"), w.Say("funnel.kind.beyond998"), ""}}
	if c.of != nil {
		labels.Kinds[3] = c.of.Name.In(req.tag)
	}
	suffix, ceiling := subject.axis(most)
	f.Options = w.Drawn(charts.Funnel(points, funnelLines(w, c, subject, funnel), labels, ceiling, suffix))
	return f
}

// axis is the end of an axis that holds a value, and what follows its numbers.
func (s chanceSubject) axis(most float64) (suffix string, ceiling float64) {
	if s.unit == string(analytics.UnitPercent) {
		return "%", min(100, charts.Ceiling(most))
	}
	return "", charts.Ceiling(most)
}

func (s chanceSubject) interval(w *view.Words, i stats.Interval) string {
	return w.Say("indicators.range", "Lower", w.In(s.unit, s.per*i.Lower), "Upper", w.In(s.unit, s.per*i.Upper))
}

func (s chanceSubject) subtitle(w *view.Words) string {
	if s.period == "" {
		return s.name
	}
	return w.Say("funnel.subtitle", "Name", s.name, "Period", s.period)
}

// limitPoints is through how many numbers of cases the limits of a funnel are drawn.
const limitPoints = 60

// funnelLines are the target and the limits chosen, through numbers of cases that grow evenly in proportion.
func funnelLines(w *view.Words, c benchmarkChoice, subject chanceSubject,
	funnel analytics.Funnel) []charts.FunnelLimit {
	least, most := math.Inf(1), 0.0
	for _, p := range funnel.Points {
		least, most = min(least, p.Cases), max(most, p.Cases)
	}
	least, most = max(1, math.Floor(least*0.9)), math.Ceil(most*1.05)
	target := charts.FunnelLimit{
		Name:   w.Say("funnel.target", "Target", w.In(subject.unit, subject.per*funnel.Target)),
		Cases:  []float64{least, most},
		Values: []float64{subject.per * funnel.Target, subject.per * funnel.Target},
	}
	lines := make([]charts.FunnelLimit, 4)
	for i, name := range []string{w.Say("funnel.limits95"), w.Say("funnel.limits998")} {
		lines[2*i], lines[2*i+1] = charts.FunnelLimit{Name: name, Dashed: i == 0}, charts.FunnelLimit{Name: name,
			Dashed: i == 0, Twin: true}
	}
	for step := range limitPoints {
		cases := math.Round(least * math.Pow(most/least, float64(step)/(limitPoints-1)))
		limits, err := funnel.Limits(cases, c.adjusted)
		if err != nil {
			continue // whole cases have limits
		}
		for i, limit := range []float64{limits.At95.Lower, limits.At95.Upper, limits.At998.Lower, limits.At998.Upper} {
			lines[i].Cases, lines[i].Values = append(lines[i].Cases, cases), append(lines[i].Values, subject.per*limit)
		}
	}
	return append([]charts.FunnelLimit{target}, lines...)
}

// sortedPoints are points by the areas' names: a table is no order of merit.
func sortedPoints(req *Request, points []analytics.FunnelPoint) []analytics.FunnelPoint {
	return slices.SortedStableFunc(slices.Values(points), func(a, b analytics.FunnelPoint) int {
		return cmp.Compare(req.words.Area(a.Area), req.words.Area(b.Area))
	})
}

// rankedFigure draws areas from the lowest share to the highest with their intervals, and gives each the ranks it may
// have.
func rankedFigure(req *Request, c benchmarkChoice, subject chanceSubject, funnel analytics.Funnel,
	ranked []analytics.RankedArea) view.Figure {
	w := req.words
	k := len(ranked)
	slices.SortStableFunc(ranked, func(a, b analytics.RankedArea) int {
		return cmp.Compare(a.Proportion(), b.Proportion())
	})
	f := view.Figure{ID: "ranked", Size: "l", Folded: true, Subtitle: subject.subtitle(w)}
	f.Table = view.Table{ID: "ranked-table", Compact: true, CSV: funnelCSV(req, c),
		Caption: w.Say("ranked.table", "Name", subject.name), Columns: []view.Column{
			{Label: w.Say("fact.area")},
			{Label: w.Say("funnel.value"), Numeric: true},
			{Label: w.Say("table.interval"),
				Numeric: true},
			{Label: w.Say("ranked.rank", "Count", k), Numeric: true}}}
	var points []charts.RankedPoint
	most, apart := 0.0, 0
	var own *analytics.RankedArea
	for n, a := range ranked {
		value := subject.per * a.Proportion()
		most = max(most, subject.per*a.Interval.Upper)
		point := charts.RankedPoint{Value: value, Lower: subject.per * a.Interval.Lower,
			Upper: subject.per * a.Interval.Upper, Own: c.of != nil && a.Area == c.of.ID}
		rank := w.Say("ranked.interval", "Lower", a.Rank.Lower, "Upper", a.Rank.Upper)
		point.Note = w.Say("ranked.note", "Area", w.Area(a.Area), "Value", w.In(subject.unit, value), "Interval",
			subject.interval(w, a.Interval), "Rank", rank, "Count", k)
		points = append(points, point)
		if !a.Interval.Contains(funnel.Target) {
			apart++
		}
		if point.Own {
			own = &ranked[n]
		}
		f.Table.NewRow(point.Own, view.Cell{Text: w.Area(a.Area), Link: w.URL("/areas/" + a.Area)},
			w.InCell(subject.unit, value),
			view.Cell{Text: subject.interval(w, a.Interval),
				Small: w.IntervalKind(analytics.FigureInterval{Kind: a.Kind})}, view.Text(rank))
	}
	labels := charts.RankedLabels{Areas: w.Say("ranked.areas"), Target: w.Say("funnel.target", "Target",
		w.In(subject.unit, subject.per*funnel.Target)), Axis: w.Say("ranked.axis")}
	f.Headline = w.Say("ranked.headline", "Apart", apart, "Count", k)
	if own != nil {
		labels.Own = c.of.Name.In(req.tag)
		f.Headline = w.Say("ranked.own", "Area", labels.Own, "Lower", own.Rank.Lower, "Upper", own.Rank.Upper,
			"Count", k)
	}
	f.Summary = w.Say("ranked.summary")
	suffix, ceiling := subject.axis(most)
	f.Options = w.Drawn(charts.Ranked(points, subject.per*funnel.Target, labels, ceiling, suffix))
	return f
}
