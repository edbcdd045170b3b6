package charts

import (
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// ThroughMark is what an inspection of a year found on one scale of words: how many measures stand at a level.
type ThroughMark struct {
	Year     int
	Level    int // position on the scale, 1 the lowest
	Measures int
	Note     string // what the pointer shows
}

// LevelsThrough draws results on one scale through the years from first to last: a circle at each year and level,
// with the number of measures in it where counted. Nothing joins them.
func LevelsThrough(first, last int, levels []string, marks []ThroughMark, name string, counted bool) ([]byte, error) {
	bar := charts.NewBar()
	years := yearsFrom(first, last)
	bar.SetGlobalOptions(yearAxis(years), charts.WithYAxisOpts(opts.YAxis{
		Type: "category", Data: levels,
		SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: gridLine}},
		AxisLine:  &opts.AxisLine{Show: opts.Bool(false)},
		AxisLabel: &opts.AxisLabel{
			Color:    ink,
			FontSize: fontSize,
			Width:    labelNarrow,
			Overflow: "break",
			Interval: "0",
		},
	}))
	bar.SetXAxis(years)
	var circles []datum
	for _, m := range marks {
		circles = append(
			circles,
			datum{
				Name:    name,
				Value:   []any{strconv.Itoa(m.Year), levels[m.Level-1], m.Measures},
				Tooltip: note(m.Note),
			},
		)
	}
	s := charts.SingleSeries{Name: name, Type: types.ChartScatter, Data: circles}
	mark("circle", []int{26, 26}, darkBlue)(&s)
	s.Label = &opts.Label{
		Show:       opts.Bool(counted),
		Color:      "#ffffff",
		FontSize:   fontSize,
		FontWeight: "bold",
		Position:   "inside",
		Formatter:  types.FuncStr("{@[2]}"),
	}
	bar.MultiSeries = append(bar.MultiSeries, s)
	return turnedOptions(bar, []string{name}, turnedYears)
}

// ThroughScores are one measure's percentages by year.
type ThroughScores struct {
	Name   string
	Scores []ThroughScore
}

// apartBy is how far from each other the marks of a year's measures stand, in pixels.
const apartBy = 16

// ThroughScore is a percentage that an inspection of a year found.
type ThroughScore struct {
	Year  int
	Value float64
	Note  string
}

// ScoresThrough draws percentages on a scale from 0 to 100 through the years from first to last, each measure with a
// mark of its own beside the others of its year, at most MostLines of them. Nothing joins them.
func ScoresThrough(first, last int, measures []ThroughScores) ([]byte, error) {
	bar := charts.NewBar()
	years := yearsFrom(first, last)
	bar.SetGlobalOptions(yearAxis(years), upright(100, "{value}%"))
	bar.SetXAxis(years)
	var key []string
	for n, m := range measures {
		look := looks[n%len(looks)]
		var marks []datum
		for _, score := range m.Scores {
			marks = append(
				marks,
				datum{Name: m.Name, Value: []any{strconv.Itoa(score.Year), score.Value}, Tooltip: note(score.Note),
					SymbolOffset: []int{apartBy * (2*n - len(measures) + 1) / 2, 0}},
			)
		}
		key = append(key, m.Name)
		s := charts.SingleSeries{Name: m.Name, Type: types.ChartScatter, Data: marks}
		mark(look.symbol, []int{13, 13}, look.colour)(&s)
		bar.MultiSeries = append(bar.MultiSeries, s)
	}
	return options(bar, key)
}

// yearAxis has every year from left to right.
func yearAxis(years []string) charts.GlobalOpts {
	return charts.WithXAxisOpts(opts.XAxis{Type: "category", Data: years,
		AxisLabel: &opts.AxisLabel{Color: ink, FontSize: fontSize - 1, Interval: "0",
			ShowMinLabel: opts.Bool(true), ShowMaxLabel: opts.Bool(true)}})
}

func yearsFrom(first, last int) []string {
	var out []string
	for year := first; year <= last; year++ {
		out = append(out, strconv.Itoa(year))
	}
	return out
}
