package charts

import (
	"fmt"
	"math"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// LevelRow is one row of a strip of levels: how many areas of a cohort stand at each, lowest first, and the position
// of the area itself, 0 where it is not known.
type LevelRow struct {
	Label string
	Areas []int
	Own   int
}

// Levels draws, for each row, one circle a level whose area is the number of areas there, and a ring round the level
// of the area itself. levels are the words of the scale, lowest first.
func Levels(rowsOf []LevelRow, levels []string, cohort, own string) ([]byte, error) {
	var labels []string
	var circles, rings []opts.ScatterData
	most := 0
	for _, r := range rowsOf {
		most = max(most, slices.Max(append(r.Areas, 0)))
	}
	for _, r := range rowsOf {
		labels = append(labels, r.Label)
		for at, areas := range r.Areas {
			if areas > 0 {
				circles = append(circles, opts.ScatterData{Value: []any{levels[at], r.Label, areas},
					SymbolSize: diameter(areas, most), Name: fmt.Sprintf("%s, %s", r.Label, levels[at])})
			}
		}
		if r.Own > 0 {
			rings = append(rings, opts.ScatterData{Value: []any{levels[r.Own-1], r.Label, 0}})
		}
	}
	bar := charts.NewBar()
	bar.SetGlobalOptions(rows(labels), charts.WithXAxisOpts(opts.XAxis{
		Type: "category", Position: "top",
		SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: gridLine}},
		AxisTick:  &opts.AxisTick{Show: opts.Bool(false)},
		AxisLine:  &opts.AxisLine{Show: opts.Bool(false)},
		AxisLabel: &opts.AxisLabel{Color: ink, FontSize: fontSize - 1, Interval: "0", Width: 84, Overflow: "break"},
	}))
	bar.SetXAxis(levels)
	marks := charts.NewScatter()
	marks.AddSeries(
		cohort,
		circles,
		mark("circle", nil, paleBlue),
		charts.WithLabelOpts(
			opts.Label{Show: opts.Bool(true), Color: ink, FontSize: fontSize, FontWeight: "bold", Position: "inside",
				Formatter: types.FuncStr("{@[2]}")},
		),
	)
	marks.AddSeries(own, rings, func(s *charts.SingleSeries) {
		s.Symbol = "circle"
		s.SymbolSize = 38
		s.ItemStyle = &opts.ItemStyle{Color: seeThrough, BorderColor: orange, BorderWidth: 4}
	})
	bar.Overlap(marks)
	return turnedOptions(bar, []string{cohort, own}, turnedWords)
}

// diameter gives circles whose areas are as the counts; the largest just fits inside the ring.
func diameter(areas, most int) int {
	const largest, smallest = 32, 6
	return max(smallest, int(largest*math.Sqrt(float64(areas)/float64(most))))
}
