package view_test

import (
	"encoding/json"
	"math"
	"slices"
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

// The numbers of a strip's table are the numbers of its chart, row by row, whichever of them are known; the dots of a row
// go from the lowest to the highest of its table, but where a notice printed those.
func TestStripFigureTableIsItsChart(t *testing.T) {
	if testing.Short() {
		t.Skip("it goes through every inspection")
	}
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
		f := w.StripFigure("x", i, results, then)
		if w.Err() != nil {
			r.Fatal(w.Err())
		}
		rows, series := drawn(t, f)
		if len(rows) != len(results) || len(f.Table.Rows) != len(results) || f.Summary == "" || len(f.Sources) == 0 {
			r.Fatalf("%d results, %d rows drawn and %d in the table", len(results), len(rows), len(f.Table.Rows))
		}
		label := func(name string) []string { return column(t, f.Table, w.Say(name)) }
		region := w.Say("strip.average_of", "Group", regionOf(t, w, i))
		for n, row := range rows {
			if got := label("table.measure")[n]; got != row {
				r.Fatalf("row %d is %q in the table and %q in the chart", n, got, row)
			}
			for _, c := range []struct{ series, column string }{
				{w.Area(i.Area), w.Area(i.Area)}, {w.Say("range.average"), w.Say("table.average")}, {region, region},
			} {
				want := column(t, f.Table, c.column)[n]
				if got := w.Say("table.not_shown"); len(at(series[c.series], row)) > 0 {
					got = percent(at(series[c.series], row)[0])
					if want != got {
						r.Fatalf("%s: %s is %s in the table and %s in the chart", row, c.column, want, got)
					}
				} else if want != got {
					r.Fatalf("%s: %s is %s in the table and not in the chart", row, c.column, want)
				}
			}
			dots, printed := at(series[w.Say("strip.areas")], row), at(series[w.Say("strip.printed")], row)
			for name, end := range map[string]func([]float64) float64{
				"table.lowest": slices.Min[[]float64], "table.highest": slices.Max[[]float64],
			} {
				want := label(name)[n]
				is := func(x float64) bool { return percent(x) == want }
				switch {
				case want == w.Say("table.not_shown"):
				case then && results[n].Printed != nil:
					if !slices.ContainsFunc(printed, is) {
						r.Fatalf("%s: %s in the table, and printed ends at %v in the chart", row, want, printed)
					}
				case len(dots) == 0 || !is(end(dots)):
					r.Fatalf("%s: %s in the table, and dots at %v in the chart", row, want, dots)
				}
			}
		}
	})
}

// at are the numbers of a series in a row of the chart.
func at(series []any, row string) (numbers []float64) {
	for _, point := range series {
		if p := point.([]any); p[1] == row {
			numbers = append(numbers, p[0].(float64))
		}
	}
	return numbers
}

// regionOf is the name of the region of an inspection's area.
func regionOf(t testing.TB, w *view.Words, i analytics.Inspection) string {
	t.Helper()
	area, err := shipped(t).Area(i.Area)
	if err != nil {
		t.Fatal(err)
	}
	return w.Group(analytics.GroupRegion, area.Region)
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
		compared := analytics.Uncensored(results)
		if len(compared) == 0 && len(f.Table.Columns) != 2 {
			r.Fatalf("columns to compare ratings that are compared with nothing: %v", f.Table.Columns)
		}
		if (f.Table.Note == "") != (len(compared) == len(results)) {
			r.Fatalf("%d of %d ratings are compared, and the note is %q", len(compared), len(results), f.Table.Note)
		}
		cohort := make([]string, len(results))
		if len(compared) > 0 {
			cohort = column(t, f.Table, w.Say("levels.cohort"))
		}
		none := []string{"", "–", w.Say("table.none")}
		bar := 0
		for n, result := range results {
			if len(results) > 1 && slices.Contains(none, cohort[n]) { // of no areas nothing is drawn
				continue
			}
			scale := shipped(t).Scale(result.Scale)
			var parts []string
			total := 0
			for _, v := range slices.Backward(scale.Levels) {
				word := w.Level(scale.ID, v.ID)
				if areas := counts[word][bar]; areas > 0 {
					total += areas
					parts = append(parts, w.Say("table.level_count", "Areas", areas, "Level", word))
				}
			}
			want := w.And(parts)
			switch {
			case len(compared) == 0:
				want = ""
			case want == "" && result.Censored != "":
				want = "–"
			case want == "":
				want = w.Say("table.none")
			}
			if cohort[n] != want {
				r.Fatalf("row %d: %q in the table, %q in the chart", n, cohort[n], want)
			}
			if standing := result.Standing; standing != nil && total != standing.N {
				r.Fatalf("row %d: %d areas in the chart, standing among %d", n, total, standing.N)
			}
			bar++
		}
		for word, drawn := range counts {
			if len(drawn) != bar {
				r.Fatalf("%d bars of %s, %d rows of the table with areas", len(drawn), word, bar)
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
