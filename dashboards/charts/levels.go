package charts

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// LevelRow is one bar of a chart of levels: how many areas of a group are at each, lowest first. Own is the position of
// the area itself, 0 where there is none or it is not known.
type LevelRow struct {
	Label string
	Of    string // what the bar is all of: "15 other areas"
	Areas []int
	Own   int
}

// The bars of levels, in pixels, and the least part of one that has room for its number.
const (
	barWide       = "26"
	markAbove     = -20
	leastNumbered = 4.5 // percent
)

// downwards is a triangle that points down to a bar.
const downwards = "path://M0 0L12 0L6 9Z"

// Levels draws one bar a row, all of equal length, divided by the share of areas at each level, each part with their
// number, and a mark above the part that the area itself is in. levels are the words of the scale, lowest first; own
// names the area, empty where there is none.
func Levels(rowsOf []LevelRow, levels []string, own string) ([]byte, error) {
	var labels []string
	for _, r := range rowsOf {
		labels = append(labels, strings.TrimSpace(r.Label+" "+r.Of))
	}
	bar := charts.NewBar()
	bar.SetGlobalOptions(rows(labels), scale(100, "{value}%"))
	bar.XAxisList[0].MinInterval, bar.XAxisList[0].MaxInterval = 25, 25
	var key []keyItem
	for at, level := range levels {
		var parts []opts.BarData
		for n, r := range rowsOf {
			parts = append(parts, levelPart(r, labels[n], at, level))
		}
		look := levelLook(at, len(levels))
		bar.AddSeries(
			level,
			parts,
			charts.WithBarChartOpts(opts.BarChart{Stack: "levels", BarWidth: barWide}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: look.fill, BorderColor: "#ffffff", BorderWidth: 1}),
			charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: "inside", Color: look.label, FontSize: fontSize}),
		)
		key = append(key, keyItem{Name: level, Icon: "rect"})
	}
	if own == "" {
		return levelsOptions(bar, key)
	}
	var marks []datum
	for n, r := range rowsOf {
		if middle, ok := r.middle(); ok {
			marks = append(marks, datum{Name: r.Label, Value: []any{middle, labels[n]},
				SymbolOffset: []int{0, markAbove}})
		}
	}
	s := charts.SingleSeries{Name: own, Type: types.ChartScatter, Data: marks}
	mark(downwards, []int{14, 10}, ink)(&s)
	bar.MultiSeries = append(bar.MultiSeries, s)
	return levelsOptions(bar, append(key, keyItem{Name: own, Icon: downwards}))
}

// levelsOptions gives the key, which has many words, the lines that it needs on a phone.
func levelsOptions(bar *charts.Bar, key []keyItem) ([]byte, error) {
	return optionsOnPhones(bar, key, map[string]any{"grid": map[string]any{"top": keyHeight(key, phoneWide)}})
}

// total is how many areas a bar is of.
func (r LevelRow) total() (total int) {
	for _, areas := range r.Areas {
		total += areas
	}
	return total
}

// middle is where the middle of the part of the area itself is, in percent; false where there is no such part.
func (r LevelRow) middle() (float64, bool) {
	total := r.total()
	if r.Own == 0 || total == 0 {
		return 0, false
	}
	below := 0
	for _, areas := range r.Areas[:r.Own-1] {
		below += areas
	}
	return tenth(100 * (float64(below) + float64(r.Areas[r.Own-1])/2) / float64(total)), true
}

// levelPart is the part of a bar at one level.
func levelPart(r LevelRow, label string, at int, level string) opts.BarData {
	total := r.total()
	if r.Areas[at] == 0 {
		return opts.BarData{Name: label, Value: "-"}
	}
	share := 100 * float64(r.Areas[at]) / float64(total)
	part := opts.BarData{
		Name:    label,
		Value:   share,
		Tooltip: note(fmt.Sprintf("%s\n%s: %d / %d (%.0f%%)", r.Label, level, r.Areas[at], total, share)),
		Label: &opts.Label{
			Show:      opts.Bool(share >= leastNumbered),
			Formatter: types.FuncStr(strconv.Itoa(r.Areas[at])),
		},
	}
	if r.Own == at+1 {
		part.ItemStyle = &opts.ItemStyle{BorderColor: ink, BorderWidth: 3}
	}
	return part
}

func tenth(x float64) float64 { return math.Round(10*x) / 10 }
