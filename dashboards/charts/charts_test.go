package charts

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

func number(x float64) *float64 { return &x }

// labelled draws every chart with words made from one text, and levels numbered after it.
func labelled(text string) map[string]func() ([]byte, error) {
	var levels []string
	for n := range 4 {
		levels = append(levels, fmt.Sprintf("%s %d", text, n+1))
	}
	return labelledOn(text, levels)
}

// realLevels are the words of the scale of full joint inspections in both languages, lowest first. Their lengths
// matter: "Poor" has as many letters as a year.
func realLevels() map[string][]string {
	return map[string][]string{
		"en": {"Poor", "Unsatisfactory", "Satisfactory", "Good"},
		"cy": {"Gwael", "Anfoddhaol", "Boddhaol", "Da"},
	}
}

// labelledOn draws every chart with words made from one text and four levels, lowest first.
func labelledOn(text string, levels []string) map[string]func() ([]byte, error) {
	return map[string]func() ([]byte, error){
		"range": func() ([]byte, error) {
			return Range([]RangeRow{
				{Label: text + " a", Lowest: number(37), Average: number(68), Highest: number(91), Note: text + " note"},
				{Label: text + " b", Average: number(62)},
			}, RangeLabels{Range: text + " range", Average: text + " average"}, 100, "%")
		},
		"strip": func() ([]byte, error) {
			return Strip([]StripRow{
				{Label: text + " a", Own: []*float64{number(69)}, Lowest: number(37), Highest: number(91),
					Marks: []*float64{number(68), nil}, Note: text + " note",
					Dots: []StripDot{{Value: 28, End: text + " lowest", Note: text + " dot"}, {Value: 62}, {Value: 62}, {Value: 62.2},
						{Value: 83, End: text + " highest"}}},
				{Label: text + " b", Own: []*float64{number(0)}, Marks: []*float64{nil, number(71.25)}},
			}, StripLabels{Areas: text + " area", Marks: []string{text + " average", text + " region"}, Ends: text + " printed",
				Own: []string{text + " own"}}, 100, "%")
		},
		"strip_of_two": func() ([]byte, error) {
			return Strip([]StripRow{
				{Label: text + " a", Own: []*float64{number(69), number(80)}, Dots: []StripDot{{Value: 28}}},
				{Label: text + " b", Own: []*float64{nil, number(71)}},
			}, StripLabels{Areas: text + " area", Own: []string{text + " first", text + " second"}}, 100, "%")
		},
		"strip_without_own": func() ([]byte, error) {
			return Strip([]StripRow{{Label: text, Dots: []StripDot{{Value: 4}}, Marks: []*float64{number(4)}}},
				StripLabels{Areas: text + " area", Marks: []string{text + " average"}}, 6, "")
		},
		"levels": func() ([]byte, error) {
			return Levels(
				[]LevelRow{
					{Label: text + " a", Of: "n=12", Areas: []int{1, 3, 8, 0}, Own: 3},
					{Label: text + " b", Of: "n=0", Areas: []int{0, 0, 0, 0}},
				},
				levels,
				text+" own",
			)
		},
		"levels_without_own": func() ([]byte, error) {
			return Levels(
				[]LevelRow{
					{Label: text + " a", Of: "n=8", Areas: []int{1, 0, 5, 2}},
					{Label: text + " b", Of: "n=1", Areas: []int{0, 0, 0, 1}},
				},
				levels,
				"",
			)
		},
		"levels_by_year": func() ([]byte, error) {
			notes := []string{text + " note", "", "", ""}
			return LevelsByYear(
				[]YearLevels{
					{Label: text + " a", Counts: []int{1, 0, 5, 2}, Notes: notes},
					{Label: text + " b", Counts: []int{0, 0, 0, 1}, Notes: notes},
				},
				levels,
			)
		},
		"ranges_by_year": func() ([]byte, error) {
			return RangesByYear([]YearRange{
				{
					Label:   text + " a",
					Lowest:  number(40),
					Q1:      number(45),
					Middle:  number(50),
					Q3:      number(70),
					Highest: number(90),
					Note:    text + " note",
				},
				{Label: text + " b", Middle: number(60)},
			}, YearLabels{Range: text + " range", Quartiles: text + " quartiles", Middle: text + " middle"}, 100, "%")
		},
		"ranges_by_year_without_quartiles": func() ([]byte, error) {
			return RangesByYear([]YearRange{{Label: text, Lowest: number(34), Middle: number(55), Highest: number(73)}},
				YearLabels{Range: text + " range", Middle: text}, 100, "%")
		},
		"lines": func() ([]byte, error) {
			return Lines([]Line{
				{Name: text + " a", Ends: text + " ends", Short: text + " a", Last: "42%", Points: []LinePoint{
					{Year: 2014, Value: 40, Lower: number(35), Upper: number(46), Note: text + " note"},
					{Year: 2016, Value: 41, Gap: true},
					{Year: 2017, Value: 4, Apart: true, Note: text + " note"}, {Year: 2018, Value: 42}}},
				{Name: text + " b", Points: []LinePoint{{Year: 2015, Value: 0}}},
			}, LineWords{Apart: text + " apart", Suffix: "%", First: 2014, Last: 2018})
		},
		"events": func() ([]byte, error) {
			return Events([]Lane{
				{Label: text + " new", From: day(2025, 1), To: day(2027, 1), Events: []Event{
					{From: day(2025, 1), To: day(2026, 11), Text: levels[1], Short: "RI", Level: 2, Of: 4, Note: text + " note"},
				}},
				{Label: text + " old", From: day(2009, 1), To: day(2013, 1), Events: []Event{
					{From: day(2012, 6), To: day(2012, 6), Text: "69%, 63%, 71%"},
				}},
			}, day(2009, 1), day(2027, 1))
		},
		"holds": func() ([]byte, error) {
			return Holds(
				[]HoldRow{
					{Label: text + " a", Count: 10, In: true, Note: text + " note"},
					{Label: text + " b", Count: 0, In: true},
					{Label: text + " c", Count: 3},
				},
				text+" in",
				text+" out",
				10,
			)
		},
		"funnel": func() ([]byte, error) {
			return Funnel(
				[]FunnelPoint{
					{Cases: 40, Value: 60, Note: text + " note"},
					{Cases: 90, Value: 71, Kind: 2, Note: text + " note"},
					{Cases: 70, Value: 0, Kind: 3},
				},
				[]FunnelLimit{{Name: text + " target", Cases: []float64{30, 100}, Values: []float64{62, 62}},
					{Name: text + " limits", Cases: []float64{30, 100}, Values: []float64{40, 52}, Dashed: true},
					{
						Name:   text + " limits",
						Cases:  []float64{30, 100},
						Values: []float64{120, 72},
						Dashed: true,
						Twin:   true,
					}},
				FunnelLabels{Kinds: levels, Cases: text + " cases"},
				100,
				"%",
			)
		},
		"ranked": func() ([]byte, error) {
			return Ranked(
				[]RankedPoint{
					{Value: 40, Lower: 30, Upper: 51, Note: text + " note"},
					{Value: 55, Lower: 44, Upper: 66, Own: true, Note: text + " note"},
					{Value: 0, Lower: 0, Upper: 9},
				},
				48,
				RankedLabels{
					Areas:  text + " areas",
					Target: text + " target",
					Own:    text + " own",
					Axis:   text + " axis",
				},
				100,
				"%",
			)
		},
		"scores": func() ([]byte, error) {
			return Scores(
				[]ScoreRow{
					{Label: text + " a", Value: 65, Strong: true, Note: text + " note"},
					{Label: text + " b", Value: 0},
				},
				text,
			)
		},
	}
}

func draw(t testing.TB, name string, chart func() ([]byte, error)) []byte {
	t.Helper()
	options, err := chart()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return options
}

// The options of every chart, as a browser is sent them (go test ./dashboards/charts -update writes them anew).
func TestGolden(t *testing.T) {
	rows := map[string]string{"en": "Protecting the public", "cy": "Diogelu'r cyhoedd"}
	for tag, levels := range realLevels() {
		for name, chart := range labelledOn(rows[tag], levels) {
			t.Run(tag+"/"+name,
				func(t *testing.T) { golden(t, filepath.Join("testdata", tag, name+".json"), name, chart) })
		}
	}
}

// golden compares a chart's options with those of a file.
func golden(t *testing.T, file, name string, chart func() ([]byte, error)) {
	t.Helper()
	options := draw(t, name, chart)
	if again := draw(t, name, chart); !bytes.Equal(options, again) {
		t.Error("two drawings differ")
	}
	var got bytes.Buffer
	if err := json.Indent(&got, options, "", "  "); err != nil {
		t.Fatal(err)
	}
	got.WriteByte('\n')
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the options are not those of %s:\n%s", file, difference(string(want), got.String()))
	}
}

// difference is the lines that one text has and the other has not.
func difference(want, got string) string {
	var out strings.Builder
	wanted, had := strings.Split(want, "\n"), strings.Split(got, "\n")
	for _, line := range wanted {
		if !slices.Contains(had, line) {
			out.WriteString("-" + line + "\n")
		}
	}
	for _, line := range had {
		if !slices.Contains(wanted, line) {
			out.WriteString("+" + line + "\n")
		}
	}
	return out.String()
}

// Options are in a script element of a page. Whatever a label says, it neither ends that element nor is code: it
// comes back as the same text, and go-echarts' mark of a function is on nothing that did not have it.
func TestHostileLabels(t *testing.T) {
	for _, hostile := range []string{"</script><script>alert(1)</script>", "<!--<script>", "]]>", "__f__alert(1)__f__",
		"__f__", `"`, `\`, `'`, "`${1}`", "\u2028\u2029", "&lt;&amp;", "\x00\x1f\x7f", "\xff\xfe", "{a|b}",
		"{b}{c}{@[2]}", "%s%d", "javascript:alert(1)", "\U0001F600", "", "offset"} {
		for name, chart := range labelled(hostile) {
			options := draw(t, name, chart)
			if !json.Valid(options) {
				t.Errorf("%s: with %q the options are no JSON", name, hostile)
			}
			if i := bytes.IndexAny(options, "<>&\u2028\u2029\x00"); i >= 0 {
				t.Errorf("%s: with %q the options hold %q", name, hostile, options[i:min(len(options), i+20)])
			}
			found := false
			walk(t, options, func(text string) {
				plain := strings.ToValidUTF8(hostile, "\ufffd")
				found = found || strings.Contains(text, plain) ||
					strings.Contains(text, strings.Repeat("\ufffd", len(hostile)))
				if strings.Contains(text, "__f__") && !strings.Contains(hostile, "__f__") {
					t.Errorf("%s: with %q a function was made: %q", name, hostile, text)
				}
			})
			if !found {
				t.Errorf("%s: %q is nowhere in its options", name, hostile)
			}
			want := strings.Count(string(draw(t, name, labelled("plain")[name])), "plain") * strings.Count(hostile,
				"__f__")
			if got := strings.Count(string(options), "__f__"); got != want {
				t.Errorf("%s: with %q the mark of a function stands %d times, want %d", name, hostile, got, want)
			}
		}
	}
}

// walk gives every string among a chart's options, keys apart.
func walk(t *testing.T, options []byte, visit func(string)) {
	t.Helper()
	var all any
	if err := json.Unmarshal(options, &all); err != nil {
		t.Fatal(err)
	}
	var into func(any)
	into = func(node any) {
		switch node := node.(type) {
		case string:
			visit(node)
		case []any:
			for _, item := range node {
				into(item)
			}
		case map[string]any:
			for _, item := range node {
				into(item)
			}
		}
	}
	into(all)
}

// drawn is what a chart shows: the rows of its axis and each series' values by name.
func drawn(t testing.TB, options []byte) (rows []string, series map[string][]any) {
	t.Helper()
	var chart struct {
		BaseOption struct {
			YAxis  []struct{ Data []string }
			Series []struct {
				Name   string
				Silent bool
				Data   []struct{ Value any }
			}
		}
	}
	if err := json.Unmarshal(options, &chart); err != nil {
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

// numbered is the number on each part of a chart of levels, by level and row; 0 where there is no part.
func numbered(t testing.TB, options []byte) map[string][]int {
	t.Helper()
	var chart struct {
		BaseOption struct {
			Series []struct {
				Name string
				Data []struct{ Label struct{ Formatter string } }
			}
		}
	}
	if err := json.Unmarshal(options, &chart); err != nil {
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

// What is not known is drawn nowhere: it is never a zero, and a bar that lacks an end is no bar.
func TestUnknownIsNotDrawn(t *testing.T) {
	options := draw(t, "range", func() ([]byte, error) {
		return Range([]RangeRow{
			{Label: "whole", Lowest: number(10), Average: number(20), Highest: number(30)},
			{Label: "no lowest", Average: number(20), Highest: number(30)},
			{Label: "no highest", Lowest: number(10)},
			{Label: "nothing"},
			{Label: "zero", Lowest: number(0), Average: number(0), Highest: number(0)},
		}, RangeLabels{Range: "range", Average: "average"}, 100, "%")
	})
	rows, series := drawn(t, options)
	want := map[string][]any{
		offsetName: {10.0, "-", "-", "-", 0.0},
		"range":    {20.0, "-", "-", "-", 0.0},
		"average": {
			[]any{20.0, rows[0]},
			[]any{20.0, rows[1]},
			[]any{"-", rows[2]},
			[]any{"-", rows[3]},
			[]any{0.0, rows[4]},
		},
	}
	for name, values := range want {
		if fmt.Sprint(series[name]) != fmt.Sprint(values) {
			t.Errorf("%s is drawn at %v, want %v", name, series[name], values)
		}
	}
	options = draw(t, "levels", func() ([]byte, error) {
		return Levels([]LevelRow{{Label: "a", Areas: []int{0, 2}, Own: 1}, {Label: "b", Areas: []int{0, 0}, Own: 2}},
			[]string{"low", "high"}, "own")
	})
	_, series = drawn(t, options)
	if got, want := fmt.Sprint(series), "map[high:[100 -] low:[- -] own:[[0 a]]]"; got != want {
		t.Errorf("levels drawn as %s, want %s", got, want)
	}
	_, series = drawn(t, draw(t, "holds", func() ([]byte, error) {
		return Holds([]HoldRow{{Label: "a", Count: 4, In: true}, {Label: "b", In: true}, {Label: "c", Count: 1}}, "in",
			"out", 10)
	}))
	if got, want := fmt.Sprint(series), "map[in:[4 0 -] out:[- - 1]]"; got != want {
		t.Errorf("holds drawn as %s, want %s", got, want)
	}
}

// Every area is a dot at its own number in its own row, marks are at theirs, and what is not known is drawn nowhere.
func TestStripDrawsEveryArea(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		score := rapid.Custom(func(r *rapid.T) float64 { return float64(rapid.IntRange(0, 100).Draw(r, "percent")) })
		some := func(name string) *float64 {
			if x := score.Draw(r, name); rapid.Bool().Draw(r, name+" known") {
				return &x
			}
			return nil
		}
		want := map[string][]any{"area": nil, "average": nil, "own": nil, "other": nil, "printed": nil}
		add := func(series, label string, numbers ...*float64) {
			for _, x := range numbers {
				if x != nil {
					want[series] = append(want[series], []any{*x, label})
				}
			}
		}
		var rows []StripRow
		for _, label := range rapid.SliceOfNDistinct(rapid.StringN(1, 9, 20), 1, 6, rapid.ID[string]).Draw(r, "rows") {
			row := StripRow{Label: strings.ToValidUTF8(label, "x"), Own: []*float64{some("own"), some("other")},
				Lowest:  some("lowest"),
				Highest: some("highest"), Marks: []*float64{some("average")}}
			for _, x := range rapid.SliceOfN(score, 0, 40).Draw(r, "areas") {
				row.Dots = append(row.Dots, StripDot{Value: x})
				add("area", row.Label, &x)
			}
			add("average", row.Label, row.Marks[0])
			add("own", row.Label, row.Own[0])
			add("other", row.Label, row.Own[1])
			add("printed", row.Label, row.Lowest, row.Highest)
			rows = append(rows, row)
		}
		_, series := drawn(t, draw(t, "strip", func() ([]byte, error) {
			return Strip(rows, StripLabels{Areas: "area", Marks: []string{"average"}, Ends: "printed",
				Own: []string{"own", "other"}}, 100, "%")
		}))
		for name, points := range want {
			if fmt.Sprint(series[name]) != fmt.Sprint(points) {
				r.Fatalf("%s is drawn at %v, want %v", name, series[name], points)
			}
		}
	})
}

// Dots of one place lie apart from each other and within their row.
func TestStripDotsLieApart(t *testing.T) {
	for _, areas := range []int{1, 2, 5, 30} {
		offsets := make(map[int]bool)
		for _, d := range dotsOf(StripRow{Dots: slices.Repeat([]StripDot{{Value: 50}}, areas)}, 100) {
			offset := 0
			if len(d.SymbolOffset) > 0 {
				offset = d.SymbolOffset[1]
			}
			if offset < -dotSpread-dotStep || offset > dotSpread+dotStep {
				t.Errorf("%d areas: a dot is %d pixels from its row", areas, offset)
			}
			offsets[offset] = true
		}
		if len(offsets) != areas {
			t.Errorf("%d areas lie at %d places", areas, len(offsets))
		}
	}
}

// A number that is none fails the chart: the table beside it stays.
func TestNoNumber(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		for name, chart := range map[string]func() ([]byte, error){
			"range": func() ([]byte, error) {
				return Range([]RangeRow{{Label: "a", Lowest: &bad, Average: &bad, Highest: &bad}}, RangeLabels{}, 100, "")
			},
			"strip": func() ([]byte, error) {
				return Strip([]StripRow{{Label: "a", Own: []*float64{&bad}}}, StripLabels{Own: []string{"own"}}, 100, "")
			},
			"scores": func() ([]byte, error) { return Scores([]ScoreRow{{Label: "a", Value: bad}}, "x") },
		} {
			if options, err := chart(); err == nil || options != nil {
				t.Errorf("%s: %v is drawn as %s", name, bad, options)
			}
		}
	}
}

// A scale may have any number of words, and a chart any number of rows, none included.
func TestAnySize(t *testing.T) {
	for levels := 1; levels <= 7; levels++ {
		for rows := range 4 {
			var words []string
			for n := range levels {
				words = append(words, fmt.Sprint("level ", n))
			}
			var strips []LevelRow
			var scores []ScoreRow
			var ranges []RangeRow
			for n := range rows {
				areas := make([]int, levels)
				areas[n%levels] = n
				strips = append(strips, LevelRow{Label: fmt.Sprint("row ", n), Areas: areas, Own: 1 + n%levels})
				scores = append(scores, ScoreRow{Label: fmt.Sprint("row ", n), Value: float64(n)})
				ranges = append(ranges, RangeRow{Label: fmt.Sprint("row ", n)})
			}
			draw(t, "levels", func() ([]byte, error) { return Levels(strips, words, "own") })
			draw(t, "scores", func() ([]byte, error) { return Scores(scores, "score") })
			draw(t, "range", func() ([]byte, error) {
				return Range(ranges, RangeLabels{Range: "range", Average: "average"}, 100, "%")
			})
		}
	}
}

// The numbers drawn are the numbers given, each under its own row.
func TestNumbersDrawn(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		score := rapid.Custom(
			func(r *rapid.T) float64 { return float64(rapid.IntRange(0, 1000).Draw(r, "tenths")) / 10 })
		labels := rapid.SliceOfNDistinct(rapid.String(), 1, 8, strings.ToLower).Draw(r, "labels")
		var ranges []RangeRow
		var strips []LevelRow
		var scores []ScoreRow
		for _, label := range labels {
			three := rapid.SliceOfN(score, 3, 3).Draw(r, "lowest, average, highest")
			slices.Sort(three)
			own := score.Draw(r, "own")
			areas := rapid.SliceOfN(rapid.IntRange(0, 200), 4, 4).Draw(r, "areas")
			ranges = append(ranges, RangeRow{Label: label, Lowest: &three[0], Average: &three[1], Highest: &three[2]})
			strips = append(strips, LevelRow{Label: label, Areas: areas, Own: rapid.IntRange(0, 4).Draw(r, "position")})
			scores = append(scores, ScoreRow{Label: label, Value: own})
		}
		levels := []string{"poor", "fair", "good", "best"}

		_, series := drawn(t, draw(t, "range", func() ([]byte, error) {
			return Range(ranges, RangeLabels{Range: "range", Average: "average"}, 100, "%")
		}))
		for n, row := range ranges {
			from, width := series[offsetName][n].(float64), series["range"][n].(float64)
			if from != *row.Lowest || math.Abs(from+width-*row.Highest) > 1e-9 ||
				series["average"][n].([]any)[0] != *row.Average {
				r.Fatalf("%v is drawn from %v over %v, %v", row, from, width, series["average"][n])
			}
		}

		options := draw(t, "levels", func() ([]byte, error) { return Levels(strips, levels, "own") })
		counts := numbered(t, options)
		_, series = drawn(t, options)
		marks := len(series["own"])
		for n, row := range strips {
			total, length := row.total(), 0.0
			for at, areas := range row.Areas {
				if counts[levels[at]][n] != areas {
					r.Fatalf("%v is drawn as %v", row, counts)
				}
				if share, ok := series[levels[at]][n].(float64); ok {
					length += share
				}
			}
			if total > 0 && math.Abs(length-100) > 1e-6 {
				r.Fatalf("%v is drawn %v long", row, length)
			}
			if row.Own > 0 && total > 0 {
				marks--
			}
		}
		if marks != 0 {
			r.Fatalf("%d marks too many", marks)
		}

		_, series = drawn(t, draw(t, "scores", func() ([]byte, error) { return Scores(scores, "score") }))
		for n, row := range scores {
			if series["score"][n] != row.Value {
				r.Fatalf("%v is drawn as %v", row, series["score"][n])
			}
		}
	})
}

// The mark of an area is over the middle of the part that it is in.
func TestOwnPart(t *testing.T) {
	for _, c := range []struct {
		row  LevelRow
		want float64
		ok   bool
	}{
		{LevelRow{Areas: []int{1, 3, 8, 0}, Own: 3}, 66.7, true},
		{LevelRow{Areas: []int{1, 3, 8, 0}, Own: 4}, 100, true},
		{LevelRow{Areas: []int{2, 0, 2, 0}, Own: 2}, 50, true},
		{LevelRow{Areas: []int{1, 3, 8, 0}}, 0, false},
		{LevelRow{Areas: []int{0, 0, 0, 0}, Own: 2}, 0, false},
	} {
		if got, ok := c.row.middle(); got != c.want || ok != c.ok {
			t.Errorf("%v: at %v, %v", c.row, got, ok)
		}
	}
}

// An inspection is drawn in the lane of its programme: a dot where its day is known, a line where it is not, with its
// words on the side that has room.
func TestEvents(t *testing.T) {
	options := draw(t, "events", func() ([]byte, error) {
		return Events([]Lane{{Label: "new", From: day(2018, 1), To: day(2026, 1), Events: []Event{
			{From: day(2019, 5), To: day(2019, 5), Text: "Good", Level: 3, Of: 4, Note: "known"},
		}}, {Label: "other", From: day(2024, 1), To: day(2026, 1), Events: []Event{
			{From: day(2024, 1), To: day(2026, 1), Text: "Poor", Level: 1, Of: 4, Note: "not known"},
		}}}, day(2018, 1), day(2026, 1))
	})
	_, series := drawn(t, options)
	want := map[string][]any{
		offsetName: {
			[]any{"2018-01-01", "new"}, []any{"2026-01-01", "new"}, []any{"2024-01-01", "other"}, []any{"2026-01-01", "other"},
			[]any{"2024-01-01", "other"}, []any{"2026-01-01", "other"},
		},
		"known":     {[]any{"2019-05-01", "new"}},
		"not known": {[]any{"2024-01-01", "other"}},
	}
	if diff := cmp.Diff(want, series); diff != "" {
		t.Errorf("drawn (-want +got):\n%s", diff)
	}
	for _, part := range []string{`"position":"right"`, `"position":"left"`, ratingLooks[2].fill, ratingLooks[0].fill} {
		if !strings.Contains(string(options), part) {
			t.Errorf("no %s", part)
		}
	}
}

func day(year int, month time.Month) time.Time {
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
}

func TestHeight(t *testing.T) {
	got := make(map[string]int)
	for rows := range 30 {
		got[Height(rows)]++
	}
	if want := map[string]int{"s": 4, "m": 3, "l": 4, "xl": 19}; !maps.Equal(got, want) {
		t.Errorf("sizes %v, want %v", got, want)
	}
}

// What a series through time draws is what it was given: no line joins over a gap or through a point apart, which is
// marked instead; an interval is drawn as an upright at its own time; and a series that ended says so where it did.
func TestLines(t *testing.T) {
	options := draw(t, "lines", func() ([]byte, error) {
		return Lines([]Line{
			{
				Name:   "old",
				Ends:   "end of the old",
				Points: []LinePoint{{Year: 2012, Value: 35}, {Year: 2013, Value: 36}},
			},
			{Name: "new", Short: "new", Last: "0%", Points: []LinePoint{
				{Year: 2012, Value: 40, Lower: number(38), Upper: number(42)},
				{Year: 2014, Value: 41, Gap: true},
				{Year: 2015, Value: 4, Apart: true},
				{Year: 2016, Value: 0},
			}},
		}, LineWords{Apart: "apart", Suffix: "%", First: 2012, Last: 2016})
	})
	_, series := drawn(t, options)
	point := func(year int, value float64) any { return []any{fmt.Sprint(year), value} }
	want := map[string][]any{
		"old":      {point(2012, 35), point(2013, 36)},
		"new":      {point(2012, 40), "-", point(2014, 41), "-", point(2016, 0)},
		offsetName: {point(2012, 38), point(2012, 42), "-"},
		"apart":    {point(2015, 4), "-"},
	}
	if fmt.Sprint(series) != fmt.Sprint(want) {
		t.Errorf("drawn as %v, want %v", series, want)
	}
	if !strings.Contains(string(options), `"name":"end of the old","xAxis":"2013"`) {
		t.Error("the end of the old series is not drawn")
	}
	for _, want := range []string{`[{"xAxis":"2012"},{"xAxis":"2016"}]`, `"formatter":"■ new 0%"`} {
		if strings.Count(string(options), want) != 1 && want[0] == '[' || !strings.Contains(string(options), want) {
			t.Errorf("the chart has no %s", want)
		}
	}
	if key := `"legend":{"data":[{"name":"old"},{"name":"apart"}]`; !strings.Contains(string(options), key) {
		t.Errorf("the key is not of the line that ended and of the marks: %s", options)
	}
	looks := make(map[string]bool)
	for _, look := range [...]struct{ symbol, dash string }{{"circle", "solid"}, {"rect", "dashed"}} {
		looks[look.symbol+look.dash] = strings.Contains(string(options), `"symbol":"`+look.symbol+`"`) &&
			strings.Contains(string(options), `"type":"`+look.dash+`"`)
	}
	if !looks["circlesolid"] || !looks["rectdashed"] {
		t.Error("two lines are told apart by colour alone")
	}
	if none := draw(t, "no lines", func() ([]byte, error) { return Lines(nil, LineWords{}) }); !json.Valid(none) {
		t.Error("no lines are no chart")
	}
}

// A column by year stacks to the numbers given: from the lowest, by way of the quartiles, to the highest; a year
// without both ends, or without a result, has none.
func TestRangesByYear(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		five := rapid.SliceOfN(rapid.IntRange(0, 100), 5, 5).Draw(r, "lowest to highest")
		slices.Sort(five)
		x := make([]float64, 5)
		for n := range five {
			x[n] = float64(five[n])
		}
		_, series := drawn(t, draw(t, "ranges", func() ([]byte, error) {
			return RangesByYear([]YearRange{
				{Label: "2011", Lowest: &x[0], Q1: &x[1], Middle: &x[2], Q3: &x[3], Highest: &x[4]},
				{Label: "2012"},
				{Label: "2013", Middle: &x[2]},
			}, YearLabels{Range: "range", Quartiles: "quartiles", Middle: "middle"}, 100, "%")
		}))
		from, outer, inner := series[offsetName], series["range"], series["quartiles"]
		top := from[0].(float64) + outer[0].(float64) + inner[0].(float64) + outer[3].(float64) // a series of three years twice
		if from[0] != any(x[0]) || inner[0] != any(x[3]-x[1]) || top != x[4] || from[1] != any("-") ||
			from[2] != any("-") {
			r.Fatalf("%v is drawn as %v", x, series)
		}
		if got, want := fmt.Sprint(series["middle"]),
			fmt.Sprint([]any{[]any{"2011", x[2]}, []any{"2012", "-"}, []any{"2013", x[2]}}); got != want {
			r.Fatalf("middles %s, want %s", got, want)
		}
	})
}

// A column of a year is as tall as any other. A part too low for its number goes without it, and is drawn all the same.
func TestLevelsByYear(t *testing.T) {
	options := draw(t, "levels", func() ([]byte, error) {
		notes := []string{"", ""}
		return LevelsByYear(
			[]YearLevels{
				{Label: "2011", Counts: []int{1, 39}, Notes: notes},
				{Label: "2012", Counts: []int{0, 0}, Notes: notes},
			},
			[]string{"low", "high"},
		)
	})
	_, series := drawn(t, options)
	if got, want := fmt.Sprint(series), "map[high:[97.5 -] low:[2.5 -]]"; got != want {
		t.Errorf("drawn as %s, want %s", got, want)
	}
	if n := strings.Count(string(options), `"label":{"show":false`); n != 1 {
		t.Errorf("%d parts go without their number", n)
	}
}

func TestCeiling(t *testing.T) {
	for most, want := range map[float64]float64{0: 1, -1: 1, 0.4: 0.4, 3.2: 4, 8: 8, 9: 10, 49.3: 50, 61: 80, 81: 100,
		1160: 2000} {
		if got := Ceiling(most); math.Abs(got-want) > 1e-9 {
			t.Errorf("a scale that holds %v ends at %v, want %v", most, got, want)
		}
	}
}
