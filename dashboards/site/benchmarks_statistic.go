package site

import (
	"net/url"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/charts"
	"yardstick/dashboards/view"
)

// ofStatistic shows a published statistic of the areas in one period.
func (p *benchmarksView) ofStatistic(req *Request, c benchmarkChoice) error {
	w, st := req.words, *c.statistic
	groups, err := grouped(c.query, func(q analytics.BenchmarkQuery) ([]analytics.StatisticGroup, error) {
		return req.snapshot.StatisticBy(st, q)
	},
		func(a,
			b analytics.StatisticGroup) bool {
			return a.Name == b.Name
		}, func(g analytics.StatisticGroup) bool { return c.surrounds(g.Group, g.Name) })
	if err != nil {
		return err
	}
	p.Results = []view.Figure{statisticFigure(req, c, groups)}
	p.Warnings = indicatorNotes(req, st.Indicator.ID)
	subject := chanceSubject{name: w.Indicator(st.Indicator.ID), unit: st.Indicator.Unit, per: st.Indicator.Per(),
		period: w.Period(st.Period)}
	switch shares, unknown := st.Shares(); {
	case st.Indicator.Per() == 0:
	case len(shares) == 0:
		p.Chance = &chanceView{Said: w.Say("chance.no_counts")}
	default:
		p.Chance = chanceFigures(req, c, subject, shares, countsSaid(w, st.Indicator, shares, unknown))
	}
	if own, ok := ownFigure(c); ok {
		p.Finding = w.Say("benchmarks.statistic_finding", "Area", c.of.Name.In(req.tag), "Value",
			w.Value(own.Observation), "Statistic", w.Indicator(st.Indicator.ID),
			"Period", w.Period(st.Period), "Lowest", w.In(st.Indicator.Unit,
				groups[0].Summary.Lowest), "Highest", w.In(st.Indicator.Unit, groups[0].Summary.Highest))
		if p.Chance != nil && len(p.Chance.Figures) > 1 {
			p.Finding += " " + p.Chance.Figures[1].Headline + "."
		}
	}
	p.Base.Title = w.Say("benchmarks.statistic_title", "Statistic", w.Indicator(st.Indicator.ID), "Period",
		w.Period(st.Period), "Group", p.groupTitle(req, c))
	return nil
}

// countsSaid says for how many areas counts are published, for how many they are worked out, and what counting events
// does.
func countsSaid(w *view.Words, kind analytics.Indicator, shares []analytics.AreaShare, unknown int) string {
	approximate := 0
	for _, s := range shares {
		if s.Approximate {
			approximate++
		}
	}
	said := w.Say("chance.counts", "Known", len(shares)-approximate, "Count", len(shares)+unknown)
	if approximate > 0 {
		said += " " + w.Say("chance.approximate", "Approximate", approximate)
	}
	if kind.Counts == analytics.CountsEvents {
		said += " " + w.Say("chance.events")
	}
	return said
}

// statisticFigure draws a dot for every area of each group, their average and the group's own published figure: an
// average of areas is not the figure of the whole.
func statisticFigure(req *Request, c benchmarkChoice, groups []analytics.StatisticGroup) view.Figure {
	w, st := req.words, *c.statistic
	write := func(x float64) string { return w.In(st.Indicator.Unit, x) }
	all := groups[0]
	f := view.Figure{ID: "statistic", Subtitle: w.Say("benchmarks.statistic_subtitle", "Statistic",
		w.Indicator(st.Indicator.ID), "Period", w.Period(st.Period))}
	f.Headline = w.Say("benchmarks.statistic_headline", "Statistic", w.Indicator(st.Indicator.ID), "Lowest",
		write(all.Summary.Lowest), "LowestArea", w.Area(all.Summary.LowestAreas[0]),
		"Highest", write(all.Summary.Highest), "HighestArea", w.Area(all.Summary.HighestAreas[0]), "Covers",
		w.NofN(all.Summary.N, all.Of))
	f.Table = view.Table{ID: "statistic-table", Compact: true, CSV: benchmarksAnswer(req, c, "csv"),
		From: statisticFrom(w, st),
		Caption: w.Say("benchmarks.table", "Measure", w.Indicator(st.Indicator.ID), "When",
			w.Period(st.Period)), Columns: []view.Column{{Label: w.Say("table.group")}}}
	addSpread(w, &f.Table)
	f.Table.Columns = append(f.Table.Columns, view.Column{Label: w.Say("benchmarks.published"), Numeric: true},
		view.Column{Label: w.Say("table.covers"), Numeric: true})
	own, hasOwn := ownFigure(c)
	labels := charts.StripLabels{Areas: w.Say("strip.areas"),
		Marks: []string{w.Say("benchmarks.average_of_areas"), w.Say("benchmarks.published")}}
	var rows []charts.StripRow
	most := 0.0
	for _, g := range groups {
		label := groupLabel(req, g.Group, g.Name, g.Without)
		m := g.Summary
		most = max(most, m.Highest)
		row := charts.StripRow{Label: label, Dots: statisticDots(w, g.Members), Marks: []*float64{&m.Average, nil},
			Note: w.Say("benchmarks.note", "Group", label,
				"Lowest", write(m.Lowest), "Average", write(m.Average), "Highest", write(m.Highest), "Covers",
				w.NofN(m.N,
					g.Of))}
		if hasOwn && c.surrounds(g.Group, g.Name) {
			row.Own, labels.Own = []*float64{&own.Value}, []string{c.of.Name.In(req.tag)}
			most = max(most, own.Value)
		}
		published := w.NotShown()
		if g.Published != nil {
			published, row.Marks[1] = w.ValueCell(*g.Published), &g.Published.Value
			most = max(most, g.Published.Value)
		}
		rows = append(rows, row)
		f.Table.NewRow(c.surrounds(g.Group, g.Name) && g.Group != analytics.GroupAll,
			append(append([]view.Cell{view.Text(label)}, spreadCells(w, m,
				func(x float64) view.Cell { return w.InCell(st.Indicator.Unit, x) })...), published,
				view.Text(w.NofN(m.N, g.Of)))...)
	}
	suffix := ""
	if st.Indicator.Unit == string(analytics.UnitPercent) {
		suffix = "%"
	}
	f.Options = w.Drawn(charts.Strip(rows, labels, charts.Ceiling(most), suffix))
	f.Size = charts.StripHeight(len(rows))
	f.Summary = w.Say("benchmarks.statistic_summary", "Covers", w.NofN(all.Summary.N, all.Of))
	if hasOwn {
		f.Summary += " " + w.Say("benchmarks.statistic_own", "Area", c.of.Name.In(req.tag), "Value",
			w.Value(own.Observation))
	} else if c.of != nil {
		f.Summary += " " + w.Say("benchmarks.statistic_no_own", "Area", c.of.Name.In(req.tag))
	}
	return f
}

// statisticDots are the figures of areas as dots; the lowest and the highest are named.
func statisticDots(w *view.Words, members []analytics.StatisticMember) []charts.StripDot {
	dots := make([]charts.StripDot, len(members))
	for n, m := range members {
		area := w.Area(m.Area)
		dots[n] = charts.StripDot{Value: m.Value, Area: area,
			Note: w.Say("strip.dot", "Area", area, "Value", w.Value(m.Observation))}
	}
	return view.Ends(dots)
}

// statisticFrom leads to the figures of every area, each with its document.
func statisticFrom(w *view.Words, st analytics.Statistic) *view.Link {
	return &view.Link{Text: w.Say("benchmarks.statistic_from"),
		Href: w.URL("/indicators?indicator=" + url.QueryEscape(st.Indicator.ID))}
}

func ownFigure(c benchmarkChoice) (analytics.StatisticMember, bool) {
	if c.of != nil {
		for _, m := range c.statistic.Members {
			if m.Area == c.of.ID {
				return m, true
			}
		}
	}
	return analytics.StatisticMember{}, false
}

// funnelCSV is the address of the areas' shares with their limits and ranks in the interface.
func funnelCSV(req *Request, c benchmarkChoice) string {
	query := url.Values{"format": {"csv"}}
	if c.statistic != nil {
		query.Set("indicator", c.statistic.Indicator.ID)
		query.Set("period", c.statistic.End.Format(time.DateOnly))
	} else {
		query.Set("programme", c.query.Programme)
		query.Set("measure", c.query.Measure)
		if c.query.AsOf != nil {
			query.Set("as_of", c.query.AsOf.Format(time.DateOnly))
		}
	}
	return req.words.Answer("/api/v1/funnel?" + query.Encode())
}
