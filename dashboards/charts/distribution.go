package charts

import (
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// DistributionRow is how many areas of one group stand at each level, lowest first.
type DistributionRow struct {
	Label string
	Areas []int
}

// Distribution draws one bar a group, divided by level, lowest first, each part with its number of areas.
func Distribution(rowsOf []DistributionRow, levels []string) ([]byte, error) {
	var labels []string
	most := 0
	for _, r := range rowsOf {
		labels = append(labels, r.Label)
		total := 0
		for _, n := range r.Areas {
			total += n
		}
		most = max(most, total)
	}
	bar := charts.NewBar()
	bar.SetGlobalOptions(rows(labels), scale(roundUp(most), "{value}"))
	for at, level := range levels {
		var parts []opts.BarData
		for _, r := range rowsOf {
			part := opts.BarData{
				Name:    r.Label,
				Value:   r.Areas[at],
				Tooltip: note(fmt.Sprintf("%s: %s, %d", r.Label, level, r.Areas[at])),
			}
			if r.Areas[at] == 0 {
				part.Value = "-"
			}
			parts = append(parts, part)
		}
		step := steps[max(0, at+len(steps)-len(levels))]
		bar.AddSeries(
			level,
			parts,
			charts.WithBarChartOpts(opts.BarChart{Stack: "levels", BarWidth: "70%"}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: step.fill, BorderColor: "#ffffff", BorderWidth: 1}),
			charts.WithLabelOpts(
				opts.Label{Show: opts.Bool(true), Position: "inside", Color: step.label, FontSize: fontSize - 1,
					Formatter: types.FuncStr("{c}")},
			),
		)
	}
	return options(bar, levels)
}

// roundUp is the end of an axis that holds a count: the next multiple of five.
func roundUp(count int) float64 { return float64((count + 4) / 5 * 5) }
