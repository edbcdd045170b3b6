package charts

import (
	"fmt"
	"math"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// YearLevels is how many results of one year stand at each level, lowest first.
type YearLevels struct {
	Label  string // the year and its n, in two lines
	Counts []int
	Notes  []string // what the pointer shows of each level
}

// whiskerWide is how wide an interval is drawn, in pixels.
const whiskerWide = "4"

// widest keeps the columns of few years apart, in pixels.
const widest = "110"

// leastNumberedColumn is the least part of a column, in percent, that has room for its number; the table has the rest.
const leastNumberedColumn = 7

// LevelsByYear draws one column a year, all of equal height, divided by the share of results at each level, the lowest
// at the bottom, each part with their number.
func LevelsByYear(years []YearLevels, levels []string) ([]byte, error) {
	bar := charts.NewBar()
	labels, totals := make([]string, len(years)), make([]int, len(years))
	for n, y := range years {
		labels[n] = y.Label
		for _, count := range y.Counts {
			totals[n] += count
		}
	}
	most := 100.0
	across(bar, labels, &most, "{value}%")
	for at, level := range levels {
		parts := make([]opts.BarData, len(years))
		for n, y := range years {
			if y.Counts[at] == 0 {
				parts[n] = opts.BarData{Name: y.Label, Value: "-"}
				continue
			}
			share := 100 * float64(y.Counts[at]) / float64(totals[n])
			parts[n] = opts.BarData{Name: y.Label, Value: share, Tooltip: note(y.Notes[at]), Label: &opts.Label{
				Show:      opts.Bool(share >= leastNumberedColumn),
				Formatter: types.FuncStr(strconv.Itoa(y.Counts[at])),
			}}
		}
		look := levelLook(at, len(levels))
		bar.AddSeries(
			level,
			parts,
			columns("levels"),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: look.fill, BorderColor: "#ffffff", BorderWidth: 1}),
			charts.WithLabelOpts(opts.Label{
				Show: opts.Bool(true), Position: "inside", Color: look.label, FontSize: fontSize - 1,
			}),
		)
	}
	return options(bar, levels)
}

// YearRange is one year's column: from lowest to highest, the part between the quartiles darker, a tick at the
// middle. A nil number is not drawn, and without both ends there is no column.
type YearRange struct {
	Label   string // the year and its n, in two lines
	Lowest  *float64
	Q1      *float64
	Middle  *float64
	Q3      *float64
	Highest *float64
	Note    string
}

// YearLabels are the words of a chart of ranges by year. Quartiles and Middle are empty where the columns have none.
type YearLabels struct {
	Range     string
	Quartiles string
	Middle    string
}

// RangesByYear draws a column a year on a scale from zero to most, a thin one where it is the interval around a middle.
// suffix follows each number: "%" or nothing.
func RangesByYear(years []YearRange, words YearLabels, most float64, suffix string) ([]byte, error) {
	bar := charts.NewBar()
	whiskers := words.Quartiles == "" && words.Middle != ""
	labels := make([]string, len(years))
	var ticks []opts.ScatterData
	parts := make([][]opts.BarData, 4) // up to the lowest, to the first quartile, to the third, to the highest
	for n, y := range years {
		labels[n] = y.Label
		for at, height := range y.heights() {
			parts[at] = append(parts[at], opts.BarData{Name: y.Label, Value: height, Tooltip: note(y.Note)})
		}
		var value any = "-"
		if y.Middle != nil {
			value = *y.Middle
			if whiskers { // whose number stands over them
				parts[1][n].Label = &opts.Label{Show: opts.Bool(true), Position: "top", Color: ink, FontWeight: "bold",
					FontSize: fontSize, Formatter: types.FuncStr(strconv.FormatFloat(tenth(*y.Middle), 'f', -1, 64) + suffix)}
			}
		}
		ticks = append(ticks, opts.ScatterData{Name: y.Label, Value: []any{y.Label, value}})
	}
	across(bar, labels, most, "{value}"+suffix)
	colours := []string{seeThrough, paleBlue, midBlue, paleBlue}
	middle := mark("rect", []int{22, 4}, darkBlue)
	if whiskers {
		colours[1], middle = midBlue, mark("circle", []int{12, 12}, darkBlue)
	}
	names := []string{offsetName, words.Range, words.Quartiles, words.Range}
	for at, part := range parts {
		if words.Quartiles == "" && at > 1 {
			break
		}
		bar.AddSeries(names[at], part, columns("range"),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: colours[at]}))
		if whiskers {
			bar.MultiSeries[at].BarWidth = whiskerWide
		}
	}
	key := []string{words.Range}
	if words.Quartiles != "" {
		key = append(key, words.Quartiles)
	}
	if words.Middle == "" {
		return options(bar, key)
	}
	marks := charts.NewScatter()
	marks.AddSeries(words.Middle, ticks, middle, charts.WithLabelOpts(
		opts.Label{Show: opts.Bool(!whiskers), Position: "top", Color: ink, FontWeight: "bold", FontSize: fontSize,
			Formatter: types.FuncStr("{@[1]}" + suffix)},
	))
	bar.Overlap(marks)
	return options(bar, append(key, words.Middle))
}

// heights are the column's parts from the axis up, "-" for those that cannot be drawn.
func (y YearRange) heights() [4]any {
	if y.Lowest == nil || y.Highest == nil {
		return [4]any{"-", "-", "-", "-"}
	}
	if y.Q1 == nil || y.Q3 == nil {
		return [4]any{*y.Lowest, *y.Highest - *y.Lowest, "-", "-"}
	}
	return [4]any{*y.Lowest, *y.Q1 - *y.Lowest, *y.Q3 - *y.Q1, *y.Highest - *y.Q3}
}

// columns are stacked bars that leave room between them, and between few.
func columns(stack string) charts.SeriesOpts {
	return func(s *charts.SingleSeries) { s.Stack, s.BarWidth, s.BarMaxWidth = stack, "64%", widest }
}

// across gives a chart years from left to right and values from zero up, to most where that is not nil.
func across(bar *charts.Bar, labels []string, most any, formatter string) {
	bar.SetGlobalOptions(charts.WithXAxisOpts(opts.XAxis{
		Type: "category", Data: labels,
		AxisTick:  &opts.AxisTick{Show: opts.Bool(false)},
		AxisLabel: &opts.AxisLabel{Color: ink, FontSize: fontSize - 1, Interval: "0"},
	}), upright(most, formatter))
	bar.SetXAxis(labels)
}

// upright is the value axis of a chart read from left to right, from zero.
func upright(most any, formatter string) charts.GlobalOpts {
	return charts.WithYAxisOpts(opts.YAxis{
		Type:      "value",
		Min:       0,
		Max:       most,
		SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: gridLine}},
		AxisLabel: &opts.AxisLabel{Color: muted, FontSize: fontSize, Formatter: types.FuncStr(formatter)},
	})
}

// YearLabel is the label of a year's column: the year over its n.
func YearLabel(year int, n string) string { return fmt.Sprintf("%d\n%s", year, n) }

// Ceiling is the end of a scale that holds a number: the next round one.
func Ceiling(most float64) float64 {
	if most <= 0 {
		return 1
	}
	step := math.Pow(10, math.Floor(math.Log10(most)))
	for _, times := range []float64{1, 2, 3, 4, 5, 6, 8} {
		if times*step >= most {
			return times * step
		}
	}
	return 10 * step
}
