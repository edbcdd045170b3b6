package charts

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// ScoreRow is one bar: a label and a percentage. Strong bars are totals of the others.
type ScoreRow struct {
	Label  string
	Value  float64
	Strong bool
	Note   string
}

// Scores draws percentages as bars on one scale from 0 to 100, each with its number.
func Scores(rowsOf []ScoreRow, name string) ([]byte, error) {
	var labels []string
	var bars []opts.BarData
	for _, r := range rowsOf {
		color := "#6D93B8"
		if r.Strong {
			color = darkBlue
		}
		labels = append(labels, r.Label)
		bars = append(bars, opts.BarData{Value: r.Value, Name: r.Label, Tooltip: note(r.Note),
			ItemStyle: &opts.ItemStyle{Color: color}})
	}
	bar := charts.NewBar()
	bar.SetGlobalOptions(rows(labels), scale(100, "{value}%"))
	bar.AddSeries(name, bars, charts.WithBarChartOpts(opts.BarChart{BarWidth: "60%"}),
		charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: "right", Color: ink, FontSize: fontSize,
			Formatter: types.FuncStr("{c}%")}))
	return optionsOnPhones(bar, nil, map[string]any{ // the names of parts are long
		"yAxis": map[string]any{"axisLabel": map[string]any{"width": 160, "fontSize": fontSize - 1}}})
}
