package view_test

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"

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

// The numbers of a range figure's table are the numbers of its chart, row by row, whichever of them are known.
func TestRangeFigureTableIsItsChart(t *testing.T) {
	inspections, _ := split(t)
	rapid.Check(t, func(r *rapid.T) {
		i := rapid.SampledFrom(inspections).Draw(r, "inspection")
		then := rapid.Bool().Draw(r, "then")
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
		f := w.RangeFigure("x", i, results, then)
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

// The areas counted in a levels figure's table are those of its bars, and its mark is over the row of every rating.
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
		counts := numbered(t, f)
		cohort := column(t, f.Table, w.Say("levels.cohort"))
		for n, result := range results {
			scale := shipped(t).Scale(result.Scale)
			var parts []string
			total := 0
			for p := len(scale.Levels) - 1; p >= 0; p-- {
				word := w.Level(scale.ID, scale.Levels[p].ID)
				if areas := counts[word][n]; areas > 0 {
					total += areas
					parts = append(parts, w.Say("table.level_count", "Areas", areas, "Level", word))
				}
			}
			want := w.And(parts)
			switch {
			case want == "" && result.Censored != "":
				want = w.Say("reading.uncounted")
			case want == "":
				want = w.Say("table.none")
			}
			if cohort[n] != want {
				r.Fatalf("row %d: %q in the table, %q in the chart", n, cohort[n], want)
			}
			if standing := result.Standing; standing != nil && total != standing.N {
				r.Fatalf("row %d: %d areas in the chart, standing among %d", n, total, standing.N)
			}
		}
	})
}

// numbered is the number on each part of a figure's bars, by level and row.
func numbered(t *testing.T, f view.Figure) map[string][]int {
	t.Helper()
	var chart struct {
		BaseOption struct {
			Series []struct {
				Name string
				Data []struct{ Label struct{ Formatter string } }
			}
		}
	}
	if err := json.Unmarshal(f.Options, &chart); err != nil {
		t.Fatal(err)
	}
	counts := make(map[string][]int)
	for _, s := range chart.BaseOption.Series {
		for _, part := range s.Data {
			n, _ := strconv.Atoi(part.Label.Formatter)
			counts[s.Name] = append(counts[s.Name], n)
		}
	}
	return counts
}

func TestScoreCell(t *testing.T) {
	w := words(t, "en")
	number := 69.0
	for _, c := range []struct {
		name   string
		result analytics.Result
		want   view.Cell
	}{
		{"percent", analytics.Result{Scale: "percent", Percent: &number},
			view.Cell{Text: "69%", Value: &view.Value{Number: 69, Unit: "%"}}},
		{"lowest rating", analytics.Result{Scale: "fji", Rating: "poor"},
			view.Cell{Text: "Poor", Kind: "rating", Rating: "rating--1"}},
		{"highest rating", analytics.Result{Scale: "fji", Rating: "good"},
			view.Cell{Text: "Good", Kind: "rating", Rating: "rating--4"}},
		{"the same word of another scale", analytics.Result{Scale: "yj", Rating: "good"},
			view.Cell{Text: "Good", Kind: "rating", Rating: "rating--3"}},
		{"nothing", analytics.Result{Scale: "fji"},
			view.Cell{Text: "not shown by the source", Kind: "rating", Rating: "rating--unknown"}},
	} {
		if got := w.ScoreCell(c.result); !cmp.Equal(got, c.want) {
			t.Errorf("%s is %+v, want %+v", c.name, got, c.want)
		}
	}
	said(t, w)
}
