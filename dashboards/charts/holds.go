package charts

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// HoldRow is one bar of a count. In says which of two kinds of row it is of.
type HoldRow struct {
	Label string
	Count int
	In    bool
	Note  string // what the pointer shows
}

// Holds draws counts as bars on one scale from 0 to most, each with its number, in two looks: those that are in, and
// those that are out. A row without a count keeps its number, 0.
func Holds(rowsOf []HoldRow, in, out string, most int) ([]byte, error) {
	var labels []string
	var ins, outs []opts.BarData
	for _, r := range rowsOf {
		labels = append(labels, r.Label)
		bar, none := opts.BarData{Value: r.Count, Name: r.Label, Tooltip: note(r.Note)}, opts.BarData{Value: "-"}
		if r.In {
			ins, outs = append(ins, bar), append(outs, none)
		} else {
			ins, outs = append(ins, none), append(outs, bar)
		}
	}
	bar := charts.NewBar()
	bar.SetGlobalOptions(rows(labels), scale(float64(most), "{value}"))
	bar.XAxisList[0].MinInterval = 1 // they are counted
	for _, s := range []struct {
		name, colour string
		bars         []opts.BarData
	}{{in, darkBlue, ins}, {out, grey, outs}} {
		bar.AddSeries(
			s.name,
			s.bars,
			charts.WithBarChartOpts(opts.BarChart{Stack: "holds", BarWidth: "60%"}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: s.colour}),
			charts.WithLabelOpts(opts.Label{
				Show:      opts.Bool(true),
				Position:  "right",
				Color:     ink,
				FontSize:  fontSize,
				Formatter: types.FuncStr("{c}"),
			}),
		)
	}
	return options(bar, []string{in, out})
}
