package site

import (
	"errors"
	"net/url"
	"slices"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

func isMissing(err error) bool {
	var missing *analytics.NotFoundError
	return errors.As(err, &missing)
}

// overviewFinding says of how many of all rows something is known, and what readers need to know of it.
func overviewFinding(req *Request, o analytics.Overview, rows []analytics.OverviewRow) (finding string,
	notes []string, err error) {
	w := req.words
	known := 0
	for _, row := range rows {
		if slices.ContainsFunc(row.Cells, analytics.OverviewCell.Known) {
			known++
		}
	}
	if o.Programme == "" {
		notes = append(notes, w.Say("overview.note_nation"), w.Say("overview.note_chance"))
		for _, m := range o.Columns {
			intervals, err := intervalNotes(req, m.Indicator)
			if err != nil {
				return "", nil, err
			}
			for _, note := range slices.Concat(indicatorNotes(req, m.Indicator), intervals) {
				if !slices.Contains(notes, note) {
					notes = append(notes, note)
				}
			}
		}
		return w.Say("overview.finding_statistics", "Count", known, "Areas", len(rows), "Columns", len(o.Columns)), notes, nil
	}
	notes = append(notes, w.Say("overview.note_programme"))
	if slices.ContainsFunc(rows, func(row analytics.OverviewRow) bool { return len(row.Newer) > 0 }) {
		notes = append(notes, w.Say("overview.note_newer"))
	}
	if programme, err := req.snapshot.Programme(o.Programme); err == nil &&
		programme.Sampling == analytics.SamplingTargeted {
		notes = append(notes, w.Say("benchmarks.targeted", "Programme", w.Programme(o.Programme)))
	}
	return w.Say("overview.finding", "Count", known, "Areas", len(rows), "Programme", w.Programme(o.Programme)), notes, nil
}

// overviewLegend lists the words of every scale shown, the best first, or the ways that a figure may lie to its
// nation's; then why cells have none.
func overviewLegend(req *Request, o analytics.Overview) []mapKey {
	w := req.words
	var keys []mapKey
	if o.Programme == "" {
		judged := map[string]bool{"similar": true, "unclear": true}
		for _, m := range o.Columns {
			low := req.snapshot.Indicator(m.Indicator).Better == analytics.BetterLow
			judged["above_worse"], judged["below_better"] = judged["above_worse"] || low, judged["below_better"] || low
			judged["above_better"], judged["below_worse"] = judged["above_better"] || !low, judged["below_worse"] || !low
		}
		for _, key := range []struct{ class, mark, said string }{
			{"1", "▲", "above_worse"}, {"4", "▲", "above_better"}, {"q1", "=", "similar"},
			{"1", "▼", "below_worse"}, {"4", "▼", "below_better"}, {"unclear", "?", "unclear"},
		} {
			if judged[key.said] {
				keys = append(keys, mapKey{Class: key.class, Mark: key.mark, Text: w.Say("overview.beside." + key.said)})
			}
		}
	}
	var absent []mapKey
	for _, m := range o.Columns {
		for _, key := range mapLegend(w, m) {
			key.Count = ""
			if startsWithStep(key.Class) && len(m.Scales) > 1 {
				key.Text += " (" + scaleShort(w, m.Scale) + ")"
			}
			to := &keys
			switch {
			case m.Indicator != "" && key.Class != string(analytics.MapUnpublished):
				continue // quarters say nothing here, and a figure of another period has its sign
			case !startsWithStep(key.Class):
				to = &absent
			}
			if !slices.Contains(*to, key) {
				*to = append(*to, key)
			}
		}
	}
	return append(keys, absent...)
}

// startsWithStep says whether a paint is that of a word or a quarter.
func startsWithStep(class string) bool {
	return class != "" && (class[0] >= '1' && class[0] <= '4' || class[0] == 'q')
}

// overviewSigns says what the signs beside marks are, of those that the rows have.
func overviewSigns(w *view.Words, o analytics.Overview) []string {
	has := func(is func(analytics.OverviewCell) bool) bool {
		return slices.ContainsFunc(o.Rows, func(row analytics.OverviewRow) bool {
			return slices.ContainsFunc(row.Cells, is)
		})
	}
	var signs []string
	if has(func(c analytics.OverviewCell) bool {
		return c.Class > 0 && c.Inspection != nil && c.Inspection.Published.Year == 0
	}) {
		signs = append(signs, signUndated+" "+w.Say("overview.sign_undated"))
	}
	if has(func(c analytics.OverviewCell) bool {
		return c.Absence == analytics.MapOtherPeriod && c.Observation != nil
	}) {
		signs = append(signs, signOther+" "+w.Say("overview.sign_other"))
	}
	return signs
}

// overviewTable is the overview as files have it: an area a row, in the order of the page.
func overviewTable(req *Request, c overviewChoice, o analytics.Overview) view.Table {
	w := req.words
	t := view.Table{ID: "overview", Compact: true, CSV: overviewAnswer(w, c, "csv"), Columns: []view.Column{
		{Label: w.Say("fact.area")}, {Label: w.Say("fact.region")}}}
	t.Caption = w.Say("overview.table_statistics")
	if o.Programme != "" {
		t.Caption = w.Say("overview.table", "Programme", w.Programme(o.Programme))
		t.From = w.ComputedFrom(o.Programme)
	}
	for _, m := range o.Columns {
		numbers := m.Indicator != "" || req.snapshot.Scale(m.Scale).Kind == analytics.ScalePercent
		t.Columns = append(t.Columns, view.Column{Label: columnName(w, m), Numeric: numbers})
		if m.Indicator != "" {
			t.Columns = append(t.Columns, view.Column{Label: w.Say("overview.beside_of", "Name", w.Indicator(m.Indicator))})
		}
	}
	for _, row := range o.Rows {
		cells := []view.Cell{{Text: row.Area.Name.In(req.tag), Link: w.URL("/areas/" + row.Area.ID)},
			view.Text(w.Group(analytics.GroupRegion, row.Area.Region))}
		for n, cell := range row.Cells {
			m := o.Columns[n]
			switch {
			case m.Indicator != "" && cell.Observation != nil:
				cells = append(cells, w.ValueCell(*cell.Observation), view.Text(overviewCellOf(req, m, cell).Said))
			case m.Indicator != "":
				cells = append(cells, w.NotShown(), view.Text(overviewCellOf(req, m, cell).Said))
			case !t.Columns[len(cells)].Numeric:
				cells = append(cells, view.Text(overviewSaid(w, m, cell)))
			case cell.Class > 0 && cell.Result.Percent != nil:
				cells = append(cells, w.PercentCell(*cell.Result.Percent))
			default:
				cells = append(cells, w.NotShown())
			}
		}
		t.NewRow(false, cells...)
	}
	return t
}

// overviewAnswer is the address of the same overview in the interface.
func overviewAnswer(w *view.Words, c overviewChoice, format string) string {
	query := url.Values{"show": {c.show}, "format": {format}}
	if c.region != "" {
		query.Set("region", c.region)
	}
	return w.Answer("/api/v1/overview?" + query.Encode())
}
