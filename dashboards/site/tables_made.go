package site

import (
	"slices"

	"yardstick/analytics"
	"yardstick/dashboards/charts"
	"yardstick/dashboards/view"
)

// ofProgramme makes a row of each inspection of the areas chosen under one programme in the years chosen, with a column
// for each measure.
func (p *tablesView) ofProgramme(req *Request, c tableChoice) error {
	w := req.words
	var found []analytics.Inspection
	has := make(map[string]bool)
	for _, a := range c.areas {
		for _, i := range slices.Backward(req.snapshot.InspectionsOf(a.ID)) {
			if i.Programme == c.show && c.within(i.Earliest.Year(), i.Latest.Year()) {
				found = append(found, i)
				has[a.ID] = true
			}
		}
	}
	if err := tooLarge(w, len(found)*len(c.ids)); err != nil {
		return err
	}
	p.leave(req, c, has)
	p.Finding = w.Say("tables.found", "Count", len(found), "Programme", w.Programme(c.show))
	if len(found) == 0 {
		return nil
	}
	t := view.Table{ID: "made", Compact: true, CSV: tablesAnswer(w, c) + "&format=csv",
		Caption: w.Say("tables.caption", "Programme", w.Programme(c.show)),
		Columns: []view.Column{{Label: w.Say("fact.area")}, {Label: w.Say("fact.region")},
			{Label: w.Say("fact.published")}}}
	for _, id := range c.ids {
		t.Columns = append(t.Columns, view.Column{Label: w.Measure(c.show, id), Numeric: percents(found, id)})
	}
	for _, i := range found {
		a, err := req.snapshot.Area(i.Area)
		if err != nil {
			continue // a release's inspections are of its areas
		}
		cells := []view.Cell{{Text: a.Name.In(req.tag), Link: w.URL("/inspections/" + i.ID)},
			view.Text(w.Group(analytics.GroupRegion, a.Region)), view.Text(w.Published(i))}
		for _, id := range c.ids {
			cell := w.NotShown()
			if r, ok := i.Result(id); ok && r.Known() {
				cell = w.ScoreCell(r)
			}
			cells = append(cells, cell)
		}
		t.NewRow(false, cells...)
	}
	t.From = w.ComputedFrom(c.show)
	p.Tables = []view.Table{t}
	p.drawPercents(req, c, found)
	p.drawLevels(req, c, found)
	return nil
}

// percents says whether a measure of some inspections is a percentage wherever it is known.
func percents(found []analytics.Inspection, measure string) bool {
	any := false
	for _, i := range found {
		if r, ok := i.Result(measure); ok && r.Known() {
			if r.Percent == nil {
				return false
			}
			any = true
		}
	}
	return any
}

// drawPercents draws a dot for every inspection in a row for each measure that is a percentage. Measures of one
// programme share the axis of its percentages.
func (p *tablesView) drawPercents(req *Request, c tableChoice, found []analytics.Inspection) {
	w := req.words
	f := view.Figure{ID: "strip", Subtitle: w.Say("tables.strip_subtitle", "Programme", w.Programme(c.show))}
	f.Table = view.Table{ID: "strip-table", Compact: true, Caption: w.Say("tables.strip_table"),
		Columns: []view.Column{{Label: w.Say("table.measure")}, {Label: w.Say("table.lowest"), Numeric: true},
			{Label: w.Say("table.average"), Numeric: true}, {Label: w.Say("table.highest"), Numeric: true},
			{Label: w.Say("tables.inspections"), Numeric: true}}}
	var rows []charts.StripRow
	var sources []string
	for _, id := range c.ids {
		var peers []analytics.Peer
		var values []analytics.AreaValue
		for _, i := range found {
			if r, ok := i.Result(id); ok && r.Percent != nil && r.Censored == "" {
				peers = append(peers, analytics.Peer{Inspection: i, Result: r})
				values = append(values, analytics.AreaValue{Area: i.Area, Value: *r.Percent})
				sources = append(sources, r.Sources...)
			}
		}
		if len(values) < 2 || !percents(found, id) {
			continue
		}
		m := analytics.Summarise(values, analytics.UnitPercent)
		row := charts.StripRow{Label: w.Measure(c.show, id), Dots: w.Dots(peers), Marks: []*float64{&m.Average}}
		row.Note = w.Say("benchmarks.note", "Group", row.Label, "Lowest", w.Percent(m.Lowest), "Average",
			w.Percent(m.Average), "Highest", w.Percent(m.Highest), "Covers", w.Say("tables.of_inspections", "Count", m.N))
		f.Table.NewRow(false, view.Text(row.Label), w.PercentCell(m.Lowest).Under(w.And(w.Areas(m.LowestAreas))),
			w.PercentCell(m.Average), w.PercentCell(m.Highest).Under(w.And(w.Areas(m.HighestAreas))), w.CountCell(m.N))
		f.Summary += row.Note + ". "
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return
	}
	labels := charts.StripLabels{Areas: w.Say("tables.dot"), Marks: []string{w.Say("range.average")}}
	f.Headline = w.Say("tables.strip_headline", "Count", len(found))
	f.Options, f.Size = w.Drawn(charts.Strip(rows, labels, 100, "%")), charts.StripHeight(len(rows))
	f.Sources = w.Sources(sources)
	p.Figures = append(p.Figures, f)
}

// drawLevels draws how many inspections have each word, in a row for each measure, on the scale that most of them are
// on. A measure that is censored has no row: what is missing of it depends on its value.
func (p *tablesView) drawLevels(req *Request, c tableChoice, found []analytics.Inspection) {
	w := req.words
	on := make(map[string]int)
	for _, i := range found {
		for _, id := range c.ids {
			if r, ok := i.Result(id); ok && r.Rating != "" && r.Censored == "" {
				on[r.Scale]++
			}
		}
	}
	var scale analytics.Scale
	for _, s := range req.snapshot.Scales() {
		if on[s.ID] > 0 && on[s.ID] >= on[scale.ID] {
			scale = s
		}
	}
	if scale.ID == "" || on[scale.ID] < 2 {
		return
	}
	f := view.Figure{ID: "levels", Subtitle: w.Say("tables.levels_subtitle", "Programme", w.Programme(c.show), "Scale",
		w.Say("scale."+scale.ID))}
	f.Table = view.Table{ID: "levels-table", Compact: true, Caption: w.Say("tables.levels_table"),
		Columns: []view.Column{{Label: w.Say("table.measure")}}}
	for _, level := range slices.Backward(scale.Levels) {
		f.Table.Columns = append(f.Table.Columns, view.Column{Label: w.Level(scale.ID, level.ID), Numeric: true})
	}
	var rows []charts.LevelRow
	var sources []string
	for _, id := range c.ids {
		row := charts.LevelRow{Label: w.Measure(c.show, id), Areas: make([]int, len(scale.Levels))}
		total := 0
		for _, i := range found {
			r, ok := i.Result(id)
			if level, known := scale.Level(r.Rating); ok && known && r.Scale == scale.ID && r.Censored == "" {
				row.Areas[level.Position-1]++
				total++
				sources = append(sources, r.Sources...)
			}
		}
		if total == 0 {
			continue
		}
		row.Of = w.Say("trends.n", "N", total)
		rows = append(rows, row)
		cells := []view.Cell{view.Text(row.Label)}
		for _, level := range slices.Backward(scale.Levels) {
			cells = append(cells, w.CountCell(row.Areas[level.Position-1]))
		}
		f.Table.NewRow(false, cells...)
	}
	f.Headline = w.Say("tables.levels_headline", "Count", len(found))
	f.Summary = w.Say("tables.levels_summary")
	f.Options, f.Size = w.Drawn(charts.Levels(rows, w.Levels(scale), "")), charts.LevelsHeight(len(rows))
	f.Sources = w.Sources(sources)
	p.Figures = append(p.Figures, f)
}

// ofStatistics makes a table for each statistic: a row for each place of the areas chosen, and a column for each period
// of the years chosen. Statistics are never on one axis, since their units differ.
func (p *tablesView) ofStatistics(req *Request, c tableChoice) error {
	w := req.words
	has := make(map[string]bool)
	rows := make(map[string][]analytics.Series)
	figures := 0
	for _, id := range c.ids {
		var err error
		if rows[id], err = tabledSeries(req, c, id); err != nil {
			return err
		}
		for _, s := range rows[id] {
			has[s.Of] = true
			figures += len(s.Points)
		}
	}
	if err := tooLarge(w, figures); err != nil {
		return err
	}
	for _, id := range c.ids {
		if len(rows[id]) > 0 {
			p.addStatistic(req, id, rows[id])
		}
	}
	p.leave(req, c, has)
	p.Finding = w.Say("tables.found_statistics", "Count", figures)
	return nil
}

// tabledSeries are the series of the areas chosen, with the points of the years chosen. Those of former ground are left
// out.
func tabledSeries(req *Request, c tableChoice, indicator string) (rows []analytics.Series, err error) {
	all := make([][]analytics.Series, len(c.areas))
	for n, a := range c.areas {
		all[n] = req.snapshot.AreaSeries(a.ID, indicator)
	}
	if err := readSeries(req.snapshot, all...); err != nil {
		return nil, err
	}
	for n, a := range c.areas {
		for _, s := range all[n] {
			in := func(all []analytics.Observation) []analytics.Observation {
				return slices.DeleteFunc(slices.Clone(all), func(o analytics.Observation) bool {
					return !c.within(o.End.Year(), o.End.Year())
				})
			}
			s.Points, s.Others = in(s.Points), in(s.Others)
			if s.Of == a.ID && len(s.Points) > 0 {
				rows = append(rows, s)
			}
		}
	}
	return rows, nil
}

func (p *tablesView) addStatistic(req *Request, id string, rows []analytics.Series) {
	w := req.words
	var periods []tablePeriod
	for _, s := range rows {
		for _, o := range s.Points {
			if !slices.ContainsFunc(periods, func(had tablePeriod) bool { return had.same(o) }) {
				periods = append(periods, tablePeriod{o})
			}
		}
	}
	slices.SortFunc(periods, comparePeriods)
	t := view.Table{ID: "made-" + id, Compact: true, Caption: w.Indicator(id), CSV: everyCSV(w, id),
		Columns: []view.Column{{Label: w.Say("fact.area")}, {Label: w.Say("indicators.place")}},
		From:    &view.Link{Text: w.Say("benchmarks.statistic_from"), Href: w.URL("/indicators?indicator=" + id)}}
	for _, period := range periods {
		label := w.Period(period.Observation)
		if period.Basis != "" {
			label += ", " + w.Basis(period.Basis)
		}
		t.Columns = append(t.Columns, view.Column{Label: label, Numeric: true})
	}
	for _, s := range rows {
		cells := []view.Cell{{Text: w.Area(s.Of), Link: w.URL("/indicators?indicator=" + id + "&area=" + s.Of)},
			view.Text(w.SeriesName(s))}
		for _, period := range periods {
			cell := w.NotShown()
			if at := slices.IndexFunc(s.Points, period.same); at >= 0 {
				cell = w.ValueCell(s.Points[at])
				if s.Points[at].Flag == analytics.FlagAnomalous {
					cell.Small = w.Say("indicators.anomalous_small")
				}
			}
			cells = append(cells, cell)
		}
		t.NewRow(false, cells...)
	}
	p.Tables = append(p.Tables, t)
	if len(rows) > charts.MostLines {
		return // more lines than can be told apart
	}
	f := w.SeriesFigure("lines-"+id, id, rows)
	f.Headline, f.Folded = w.Indicator(id), true
	p.Figures = append(p.Figures, f)
}
