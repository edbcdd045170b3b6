package charts

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// RangeRow is one row of a range chart: the lowest, average and highest of what a row may be. A nil number is not
// drawn. Note is what the pointer shows.
type RangeRow struct {
	Label   string
	Lowest  *float64
	Average *float64
	Highest *float64
	Note    string
}

// RangeLabels are the words of a range chart: what the bar and the tick are.
type RangeLabels struct {
	Range   string
	Average string
}

// Range draws lowest to highest as a bar and the average as a tick on it, from zero to most. suffix follows each
// number: "%" or nothing.
func Range(rowsOf []RangeRow, words RangeLabels, most float64, suffix string) ([]byte, error) {
	var labels []string
	var offset, span []opts.BarData
	var average []opts.ScatterData
	for _, r := range rowsOf {
		labels = append(labels, r.Label)
		var from, width any = "-", "-" // without both ends there is no bar
		if r.Lowest != nil && r.Highest != nil {
			from, width = *r.Lowest, *r.Highest-*r.Lowest
		}
		offset = append(offset, opts.BarData{Value: from})
		span = append(span, opts.BarData{Value: width, Name: r.Label, Tooltip: note(r.Note)})
		average = append(average, opts.ScatterData{Value: point(r.Average, r.Label), Name: r.Label})
	}
	bar := charts.NewBar()
	bar.SetGlobalOptions(rows(labels), scale(most, "{value}"+suffix))
	bar.AddSeries(offsetName, offset, charts.WithBarChartOpts(opts.BarChart{Stack: "range", BarWidth: "18"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: seeThrough}))
	bar.AddSeries(words.Range, span, charts.WithBarChartOpts(opts.BarChart{Stack: "range", BarWidth: "18"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: paleBlue}))
	marks := charts.NewScatter()
	marks.AddSeries(words.Average, average, mark("rect", []int{4, 26}, darkBlue))
	bar.Overlap(marks)
	return options(bar, []string{words.Range, words.Average})
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
