package charts

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// RangeRow is one row of a range chart: the lowest, average and highest of a group, and the number set against them.
// A nil number is not drawn. Note is what the pointer shows.
type RangeRow struct {
	Label   string
	Lowest  *float64
	Average *float64
	Highest *float64
	Own     *float64
	Note    string
}

// RangeLabels are the words of a range chart: what the bar, the tick and the diamond are. Own is empty where the chart
// has no diamond.
type RangeLabels struct {
	Range   string
	Average string
	Own     string
}

// Range draws lowest to highest as a bar, the average as a tick on it and the number set against them as a diamond,
// from zero to most (100 for percentages, the maximum for points). suffix follows each number: "%" or nothing.
func Range(rowsOf []RangeRow, words RangeLabels, most float64, suffix string) ([]byte, error) {
	var labels []string
	var offset, span []opts.BarData
	var average, own []opts.ScatterData
	for _, r := range rowsOf {
		labels = append(labels, r.Label)
		var from, width any = "-", "-" // without both ends there is no bar
		if r.Lowest != nil && r.Highest != nil {
			from, width = *r.Lowest, *r.Highest-*r.Lowest
		}
		offset = append(offset, opts.BarData{Value: from})
		span = append(span, opts.BarData{Value: width, Name: r.Label, Tooltip: note(r.Note)})
		average = append(average, opts.ScatterData{Value: point(r.Average, r.Label), Name: r.Label})
		own = append(own, opts.ScatterData{Value: point(r.Own, r.Label), Name: r.Label})
	}
	bar := charts.NewBar()
	bar.SetGlobalOptions(rows(labels), scale(most, "{value}"+suffix))
	bar.AddSeries(offsetName, offset, charts.WithBarChartOpts(opts.BarChart{Stack: "range", BarWidth: "18"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: seeThrough}))
	bar.AddSeries(words.Range, span, charts.WithBarChartOpts(opts.BarChart{Stack: "range", BarWidth: "18"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: paleBlue}))
	marks := charts.NewScatter()
	marks.AddSeries(words.Average, average, mark("rect", []int{4, 26}, darkBlue))
	key := []string{words.Range, words.Average}
	if words.Own != "" {
		marks.AddSeries(words.Own, own, mark("diamond", []int{18, 18}, ink),
			charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: "right", Color: ink, FontWeight: "bold",
				FontSize: fontSize, Formatter: types.FuncStr("{@[0]}" + suffix)}))
		key = append(key, words.Own)
	}
	bar.Overlap(marks)
	return options(bar, key)
}

// point is a place on a chart read downwards; a nil number is ECharts' "-", which is drawn nowhere.
func point(x *float64, label string) []any {
	if x == nil {
		return []any{"-", label}
	}
	return []any{*x, label}
}

func note(text string) *opts.Tooltip {
	if text == "" {
		return nil
	}
	return &opts.Tooltip{Formatter: types.FuncStr(text)}
}

// mark is a symbol of a fixed size in pixels; one size for its width and its height is given as both.
func mark(symbol string, size []int, color string) charts.SeriesOpts {
	return func(s *charts.SingleSeries) {
		s.Symbol = symbol
		s.SymbolSize = size
		s.ItemStyle = &opts.ItemStyle{Color: color}
	}
}
