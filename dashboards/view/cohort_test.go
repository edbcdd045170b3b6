package view_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/google/go-cmp/cmp"

	"yardstick/analytics"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

// drawn is what a figure's chart shows: the rows of its axis and each series' values by name.
func drawn(t testing.TB, f view.Figure) (rows []string, series map[string][]any) {
	t.Helper()
	var chart struct {
		BaseOption struct {
			YAxis  []struct{ Data []string }
			Series []struct {
				Name string
				Data []struct{ Value any }
			}
		}
	}
	if err := json.Unmarshal(f.Options, &chart); err != nil {
		t.Fatal(err)
	}
	series = make(map[string][]any)
	for _, s := range chart.BaseOption.Series {
		for _, point := range s.Data {
			series[s.Name] = append(series[s.Name], point.Value)
		}
	}
	return chart.BaseOption.YAxis[0].Data, series
}

// column is the texts of a table's column, found by its header.
func column(t testing.TB, table view.Table, label string) []string {
	t.Helper()
	for n, c := range table.Columns {
		if c.Label == label {
			var texts []string
			for _, row := range table.Rows {
				texts = append(texts, row.Cells[n].Text)
			}
			return texts
		}
	}
	t.Fatalf("no column %q in %v", label, table.Columns)
	return nil
}

// percent is a number as a table has it, worked out apart from the code that is tested: one decimal, halves up.
func percent(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(math.Floor(x*10+0.5)/10, 'f', 1, 64), ".0") + "%"
}

// withPercents are the inspections that have percentages, and withRatings those that have ratings.
func split(t testing.TB) (withPercents, withRatings []analytics.Inspection) {
	t.Helper()
	for _, i := range shipped(t).Inspections() {
		for _, r := range i.Results {
			if r.Percent != nil {
				withPercents = append(withPercents, i)
				break
			}
			if r.Rating != "" {
				withRatings = append(withRatings, i)
				break
			}
		}
	}
	if len(withPercents) < 20 || len(withRatings) < 100 {
		t.Fatalf("%d inspections with percentages, %d with ratings", len(withPercents), len(withRatings))
	}
	return withPercents, withRatings
}

// days are none, and days before, within and after the record.
func days() []*time.Time {
	out := []*time.Time{nil}
	for _, text := range []string{"1990-01-01", "2010-06-01", "2012-06-13", "2030-01-01"} {
		day, err := time.Parse(time.DateOnly, text)
		if err != nil {
			panic(err)
		}
		out = append(out, &day)
	}
	return out
}

// The numbers of a range figure's table are the numbers of its chart, row by row, whichever of them are known.
func TestRangeFigureTableIsItsChart(t *testing.T) {
	inspections, _ := split(t)
	rapid.Check(t, func(r *rapid.T) {
		i := rapid.SampledFrom(inspections).Draw(r, "inspection")
		day := rapid.SampledFrom(days()).Draw(r, "day")
		printed := rapid.Bool().Draw(r, "printed")
		some := func(name string) *float64 {
			if rapid.IntRange(0, 3).Draw(r, name+" known") == 0 {
				return nil
			}
			x := float64(rapid.IntRange(0, 1000).Draw(r, name)) / 10
			return &x
		}
		var results []analytics.Result
		for _, result := range i.Results {
			if rapid.Bool().Draw(r, "made up") {
				result.Percent = some("own")
				result.Printed = &analytics.PrintedBenchmark{
					Lowest:  some("lowest"),
					Average: some("average"),
					Highest: some("highest"),
				}
			}
			results = append(results, result)
		}
		i.Cases = rapid.SampledFrom([]int{0, 1, 62}).Draw(r, "cases")
		w := words(t, rapid.SampledFrom(i18n.Languages()).Draw(r, "language"))
		f := w.RangeFigure("x", i, results, day, printed)
		if w.Err() != nil {
			r.Fatal(w.Err())
		}
		rows, series := drawn(t, f)
		if len(rows) != len(results) || len(f.Table.Rows) != len(results) || f.Summary == "" || len(f.Sources) == 0 {
			r.Fatalf("%d results, %d rows drawn and %d in the table", len(results), len(rows), len(f.Table.Rows))
		}
		cell := func(value any) string {
			if x, known := value.(float64); known {
				return percent(x)
			}
			return w.Say("table.not_shown")
		}
		at := func(point any) any { return point.([]any)[0] }
		labels := column(t, f.Table, w.Say("table.measure"))
		lowest, average, highest := column(
			t,
			f.Table,
			w.Say("table.lowest"),
		), column(
			t,
			f.Table,
			w.Say("table.average"),
		), column(
			t,
			f.Table,
			w.Say("table.highest"),
		)
		own := column(t, f.Table, w.Area(i.Area))
		for n := range rows {
			if labels[n] != rows[n] {
				r.Fatalf("row %d is %q in the table and %q in the chart", n, labels[n], rows[n])
			}
			if got := cell(at(series[w.Area(i.Area)][n])); own[n] != got {
				r.Fatalf("%s: own %s in the table, %s in the chart", rows[n], own[n], got)
			}
			if got := cell(at(series[w.Say("range.average")][n])); average[n] != got {
				r.Fatalf("%s: average %s in the table, %s in the chart", rows[n], average[n], got)
			}
			from, known := series["offset"][n].(float64)
			if !known { // a bar needs both ends
				if lowest[n] != cell(nil) && highest[n] != cell(nil) {
					r.Fatalf("%s: %s to %s in the table and no bar", rows[n], lowest[n], highest[n])
				}
				continue
			}
			to := from + series[w.Say("range.range")][n].(float64)
			if lowest[n] != cell(from) || highest[n] != cell(math.Round(to*1e6)/1e6) {
				r.Fatalf(
					"%s: %s to %s in the table, %s to %s in the chart",
					rows[n],
					lowest[n],
					highest[n],
					cell(from),
					cell(to),
				)
			}
		}
	})
}

// The areas counted in a levels figure's table are those of its circles, and its ring is where the table says.
func TestLevelsFigureTableIsItsChart(t *testing.T) {
	_, inspections := split(t)
	rapid.Check(t, func(r *rapid.T) {
		i := rapid.SampledFrom(inspections).Draw(r, "inspection")
		var results []analytics.Result
		for _, result := range i.Results {
			if result.Rating != "" {
				results = append(results, result)
			}
		}
		w := words(t, rapid.SampledFrom(i18n.Languages()).Draw(r, "language"))
		f := w.LevelsFigure("x", i, results)
		if w.Err() != nil {
			r.Fatal(w.Err())
		}
		rows, series := drawn(t, f)
		circles, rings := make(map[string]int), make(map[string]string)
		for _, point := range series[w.Say("levels.circles")] {
			at := point.([]any)
			circles[fmt.Sprint(at[1], "/", at[0])] = int(at[2].(float64))
		}
		for _, point := range series[w.Area(i.Area)] {
			at := point.([]any)
			rings[at[1].(string)] = at[0].(string)
		}
		cohort := column(t, f.Table, w.Say("levels.cohort"))
		for n, result := range results {
			scale := shipped(t).Scale(result.Scale)
			var parts []string
			for p := len(scale.Levels) - 1; p >= 0; p-- {
				word := w.Level(scale.ID, scale.Levels[p].ID)
				if areas := circles[rows[n]+"/"+word]; areas > 0 {
					parts = append(parts, w.Say("table.level_count", "Areas", areas, "Level", word))
				}
			}
			want := w.And(parts)
			if result.Censored != "" && want == "" {
				want = w.Say("reading.uncounted")
			}
			if cohort[n] != want {
				r.Fatalf("%s: %q in the table, %q in the chart", rows[n], cohort[n], want)
			}
			if want := w.Level(scale.ID, result.Rating); rings[rows[n]] != want {
				r.Fatalf("%s: the ring is round %q, want %q", rows[n], rings[rows[n]], want)
			}
			if standing := result.Standing; standing != nil {
				total := 0
				for _, level := range scale.Levels {
					total += circles[rows[n]+"/"+w.Level(scale.ID, level.ID)]
				}
				// The cohort counts the newest result of each area there is today, where it is known which that is. A standing
				// leaves the area itself out.
				own := latestKnown(t, i, result.Measure)
				if area, err := shipped(t).Area(i.Area); err != nil || !area.Current {
					own = 0
				}
				if total != standing.N+own {
					r.Fatalf("%s: %d areas in the chart, standing among %d", rows[n], total, standing.N)
				}
			}
		}
	})
}

// Results are set beside the region, the nation and all, the nearest first; Wales is a region and a nation, and
// stands once.
func TestAround(t *testing.T) {
	w := words(t, "en")
	i := inspection(t, rutland)
	var headlines []analytics.Result
	for _, id := range []string{"safeguarding", "risk_of_harm"} {
		r, ok := i.Result(id)
		if !ok {
			t.Fatalf("no %s", id)
		}
		headlines = append(headlines, r)
	}
	day := i.Published.Last()
	table := w.Around("x", i, headlines, &day)
	if len(table.Rows) != 6 || table.ID != "x" || !strings.Contains(table.Caption, "13 June 2012") {
		t.Errorf("%d rows under %q", len(table.Rows), table.Caption)
	}
	for n, want := range []string{"East Midlands", "England", "England and Wales"} {
		for _, row := range []int{n, n + 3} {
			if got := table.Rows[row].Cells[2].Text; got != want {
				t.Errorf("row %d is of %s, want %s", row, got, want)
			}
		}
	}
	for n, row := range table.Rows {
		result := headlines[n/3]
		group := []struct {
			kind analytics.GroupKind
			name string
		}{{analytics.GroupRegion, "east-midlands"}, {analytics.GroupNation, "england"}, {analytics.GroupAll, "all"}}[n%3]
		b, ok, err := shipped(t).Benchmark("cci", result, group.kind, group.name, &day)
		if err != nil || !ok || b.Summary == nil {
			t.Fatalf("no benchmark of %s", group.name)
		}
		want := []string{
			w.Measure("cci", result.Measure),
			percent(*result.Percent),
			w.Group(group.kind, group.name),
			percent(b.Summary.Lowest),
			percent(b.Summary.Average),
			percent(b.Summary.Highest),
		}
		for c, text := range want {
			if row.Cells[c].Text != text {
				t.Errorf("row %d, cell %d is %q, want %q", n, c, row.Cells[c].Text, text)
			}
		}
		if covers := row.Cells[6].Text; !strings.HasPrefix(covers, fmt.Sprintf("%d of %d areas", b.N, b.Of)) ||
			(b.Undated > 0) != strings.Contains(covers, "cannot be dated") {
			t.Errorf("row %d covers %q, of %d with %d undated", n, covers, b.N, b.Undated)
		}
	}
	said(t, w)
}

func TestAroundRatings(t *testing.T) {
	w := words(t, "en")
	i := inspection(t, leicester)
	var rated []analytics.Result
	for _, r := range i.Results {
		if r.Rating != "" {
			rated = append(rated, r)
		}
	}
	table := w.Around("x", i, rated, nil)
	if len(table.Rows) != len(rated) || len(table.Columns) != 5 || !strings.Contains(table.Caption, "whole record") {
		t.Errorf("%d rows of %d columns under %q", len(table.Rows), len(table.Columns), table.Caption)
	}
	for n, row := range table.Rows {
		all, _, _ := shipped(t).Benchmark("fji", rated[n], analytics.GroupAll, "all", nil)
		if row.Cells[4].Text != w.LevelCounts(all, true) || row.Cells[1].Kind != "rating" {
			t.Errorf("row %d: %+v", n, row.Cells)
		}
	}
	for _, i := range shipped(t).Inspections() {
		area, err := shipped(t).Area(i.Area)
		if err != nil {
			t.Fatal(err)
		}
		if area.Nation != "wales" || i.Programme != "yj2018" {
			continue
		}
		table := w.Around("x", i, i.Results[:1], nil)
		if len(table.Columns) != 4 || table.Columns[2].Label != "Wales" ||
			table.Columns[3].Label != "England and Wales" {
			t.Errorf("%s is set against %+v", i.ID, table.Columns)
		}
	}
	said(t, w)
}

// Where nothing is held, or the area is not known, nothing is made up.
func TestAroundNothing(t *testing.T) {
	w := words(t, "en")
	i := inspection(t, rutland)
	early := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, row := range w.Around("x", i, i.Results[:1], &early).Rows {
		for _, cell := range row.Cells[3:6] {
			if cell.Text != w.Say("table.none") {
				t.Errorf("before any inspection: %q", cell.Text)
			}
		}
		if !strings.HasPrefix(row.Cells[6].Text, "0 of ") {
			t.Errorf("before any inspection: %q", row.Cells[6].Text)
		}
	}
	if table := w.Around("x", i, nil, nil); len(table.Rows) != 0 {
		t.Errorf("without results: %v", table.Rows)
	}
	said(t, w)
	i.Area = "nowhere"
	if w.Around("x", i, i.Results[:1], nil); w.Err() == nil {
		t.Error("an area that is not known has a region")
	}
}

// latestKnown is 1 where it is known which of an area's results of a measure and programme is the latest, and 0
// where not.
func latestKnown(t testing.TB, i analytics.Inspection, measure string) int {
	t.Helper()
	var same []analytics.Inspection
	for _, other := range shipped(t).Inspections() {
		if r, ok := other.Result(measure); ok && r.Known() && other.Area == i.Area && other.Programme == i.Programme {
			same = append(same, other)
		}
	}
	for _, latest := range same {
		first := 0
		for _, other := range same {
			if order, known := analytics.CompareOrder(latest, other); known && order > 0 {
				first++
			}
		}
		if first == len(same)-1 {
			return 1
		}
	}
	return 0
}

func TestScoreCell(t *testing.T) {
	w := words(t, "en")
	number := 69.0
	for _, c := range []struct {
		name   string
		result analytics.Result
		want   view.Cell
	}{
		{"percent", analytics.Result{Scale: "percent", Percent: &number}, view.Cell{Text: "69%", Value: &view.Value{Number: 69, Unit: "%"}}},
		{"lowest rating", analytics.Result{Scale: "fji", Rating: "poor"}, view.Cell{Text: "Poor", Kind: "rating", Rating: "rating--1"}},
		{"highest rating", analytics.Result{Scale: "fji", Rating: "good"}, view.Cell{Text: "Good", Kind: "rating", Rating: "rating--4"}},
		{"the same word of another scale", analytics.Result{Scale: "yj", Rating: "good"}, view.Cell{Text: "Good", Kind: "rating", Rating: "rating--3"}},
		{"nothing", analytics.Result{Scale: "fji"}, view.Cell{Text: "not shown by the source", Kind: "rating", Rating: "rating--unknown"}},
	} {
		if got := w.ScoreCell(c.result); !cmp.Equal(got, c.want) {
			t.Errorf("%s is %+v, want %+v", c.name, got, c.want)
		}
	}
	said(t, w)
}
