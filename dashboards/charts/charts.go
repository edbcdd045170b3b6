// Package charts turns numbers into figures: ECharts options built from go-echarts' option structs, and with them the
// same numbers as a table and a sentence. It is pure: the same input gives the same bytes. go-echarts' own rendering
// is never used; options travel as JSON in a data island and one static script draws them.
package charts

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// The palette of the Government Analysis Function, in its order for two series and for one with an order.
const (
	ink        = "#0b0c0c"
	muted      = "#484949"
	darkBlue   = "#12436D"
	orange     = "#F46A25"
	grey       = "#7A8288"
	paleBlue   = "#C5D4E3"
	midBlue    = "#8FB4D9"
	gridLine   = "#d8dadb"
	seeThrough = "rgba(0,0,0,0)"
)

// look is a fill, and the colour of a label on it that can be read.
type look struct{ fill, label string }

// ratingLooks are the colours of ratings by their position on a scale of four, the lowest first: the same on bars,
// chips and the map.
var ratingLooks = []look{{"#801650", "#ffffff"}, {orange, ink}, {"#28A197", ink}, {darkBlue, "#ffffff"}}

// levelLook is the look of a level of a scale of so many; a shorter scale has the upper ones.
func levelLook(at, of int) look { return ratingLooks[max(0, at+len(ratingLooks)-of)] }

const (
	fontSize = 14

	axisNameHeight = 30 // room under a chart for the name of its axis

	lineHeight  = 17
	labelWide   = 240 // room for row labels, in pixels
	labelNarrow = 112 // the same on a phone
	narrow      = 560 // a chart at most this wide has little room for labels
	wide        = 760 // what a chart is wide at least on a desk
	phoneWide   = 330 // and on a phone
	keyTop      = 40  // room for a key of one line
	atRight     = 44  // and at the right of a chart
	mostAbreast = 9   // years whose labels stand side by side on a phone; more are turned

	mostAbreastEnds = 7 // where lines have labels at their ends
)

// rows is the category axis of a chart read downwards: one label a row, the first on top.
func rows(labels []string) charts.GlobalOpts {
	return charts.WithYAxisOpts(opts.YAxis{
		Type:     "category",
		Data:     labels,
		Inverse:  opts.Bool(true),
		AxisLine: &opts.AxisLine{Show: opts.Bool(false)},
		AxisLabel: &opts.AxisLabel{Color: ink, FontSize: fontSize, Width: labelWide, Overflow: "break", Interval: "0",
			ShowMinLabel: opts.Bool(true), ShowMaxLabel: opts.Bool(true)},
	})
}

// scale is the value axis of a chart read downwards, from zero to most.
func scale(most float64, formatter string) charts.GlobalOpts {
	return charts.WithXAxisOpts(opts.XAxis{
		Type:      "value",
		Min:       0,
		Max:       most,
		SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: gridLine}},
		AxisLabel: &opts.AxisLabel{Color: muted, FontSize: fontSize, Formatter: types.FuncStr(formatter)},
	})
}

// options marshals a chart. What go-echarts' structs have no field for is set here, the same for every chart: a key
// naming the series that mean something, text tooltips, no animation, room for labels, a phone's layout.
func options(chart *charts.Bar, key []string) ([]byte, error) {
	items := make([]keyItem, len(key))
	for n, name := range key {
		items[n].Name = name
	}
	return optionsWith(chart, items)
}

// keyItem is an entry of a chart's key. Icon is the symbol before its name; empty for the mark of the series itself.
type keyItem struct {
	Name string `json:"name"`
	Icon string `json:"icon,omitempty"`
}

// optionsWith returns options with icons in the key.
func optionsWith(chart *charts.Bar, key []keyItem) ([]byte, error) {
	return optionsOnPhones(chart, key, nil)
}

// optionsOnPhones returns optionsWith with more for phones.
func optionsOnPhones(chart *charts.Bar, key []keyItem, more map[string]any) ([]byte, error) {
	return optionsBeside(chart, key, atRight, more)
}

// optionsBeside returns optionsOnPhones with so much room at the right of the chart, in pixels, and with what is other
// at further widths.
func optionsBeside(chart *charts.Bar, key []keyItem, right int, more map[string]any, widths ...any) ([]byte, error) {
	chart.Validate()
	base := map[string]any{
		"series": seriesOf(chart), "xAxis": xAxesOf(chart), "yAxis": yAxesOf(chart),
		"animation": false,
		"legend": map[string]any{
			"show": len(key) > 0, "data": key, "left": 0, "top": 0, "selectedMode": false,
			"textStyle": map[string]any{"color": ink, "fontSize": fontSize},
		},
		"tooltip": tooltip(chart),
		"grid":    map[string]any{"left": 4, "right": right, "top": keyTop, "bottom": 4, "containLabel": true},
	}
	phone := map[string]any{
		"grid":   map[string]any{},
		"yAxis":  map[string]any{"axisLabel": map[string]any{"width": labelNarrow, "fontSize": fontSize - 1}},
		"xAxis":  map[string]any{"splitNumber": 2},
		"legend": phoneKey(),
	}
	whole := map[string]any{
		"baseOption": base,
		"media":      append(widths, map[string]any{"query": map[string]any{"maxWidth": narrow}, "option": phone}),
	}
	if chart.YAxisList[0].Type != "category" { // read from left to right, it has room over it for a key of several lines
		base["grid"].(map[string]any)["top"] = keyHeight(key, wide)
		phone["grid"] = map[string]any{"top": keyHeight(key, phoneWide), "right": 16}
		phone["yAxis"] = map[string]any{"axisLabel": map[string]any{"fontSize": fontSize - 1}}
		if labels, years := chart.XAxisList[0].Data.([]string); years && len(labels) > mostAbreast {
			phone["xAxis"] = map[string]any{"axisLabel": map[string]any{"rotate": 90}}
		}
	}
	if chart.XAxisList[0].Name != "" { // and under it for the axis's name
		base["grid"].(map[string]any)["bottom"] = axisNameHeight
	}
	maps.Copy(phone, more)
	text, err := json.Marshal(whole)
	if err != nil {
		return nil, fmt.Errorf("chart options: %w", err)
	}
	return text, nil
}

// phoneKey is what of a key is other on phones.
func phoneKey() map[string]any {
	return map[string]any{"itemGap": 6, "itemWidth": 16, "textStyle": map[string]any{"fontSize": fontSize - 1}}
}

// keyHeight is the room that a key takes at a width, in pixels, by the length of its words, and a line more for labels.
func keyHeight(key []keyItem, width int) int {
	const letter, item, row = 8, 44, 24
	if len(key) == 0 {
		return row
	}
	rows, used := 1, 0
	for _, entry := range key {
		needs := item + letter*len([]rune(entry.Name))
		if used > 0 && used+needs > width {
			rows, used = rows+1, 0
		}
		used += needs
	}
	return 16 + row*rows
}

// series is go-echarts' with the fields it lacks: silent series do not answer to the pointer, and a line whose
// label is laid out among others has it at its end.
type series struct {
	charts.SingleSeries
	Silent   bool        `json:"silent,omitempty"`
	EndLabel *opts.Label `json:"endLabel,omitempty"`
}

// seriesOf are a chart's series. Those that only lift another from the axis, and marks that have nothing to say, do not
// answer to the pointer.
func seriesOf(chart *charts.Bar) []series {
	out := make([]series, len(chart.MultiSeries))
	for n, s := range chart.MultiSeries {
		out[n] = series{SingleSeries: s, Silent: s.Name == offsetName || s.Type == types.ChartScatter && !tells(s)}
		if s.Type == types.ChartLine && s.LabelLayout != nil {
			out[n].Label, out[n].EndLabel = nil, s.Label
		}
	}
	return out
}

// tooltip is of each mark where marks scattered over the chart have something to say. Else it is of everything at the
// label of the axis that the pointer is at.
func tooltip(chart *charts.Bar) map[string]any {
	out := map[string]any{"renderMode": "richText", "confine": true, "trigger": "axis"}
	scattered := slices.ContainsFunc(chart.MultiSeries, func(s charts.SingleSeries) bool {
		return s.Type == types.ChartScatter && tells(s)
	})
	if scattered || chart.XAxisList[0].Type != "category" && chart.YAxisList[0].Type != "category" {
		out["trigger"] = "item"
		return out
	}
	out["axisPointer"] = map[string]any{"type": "shadow"}
	return out
}

// tells says whether any point of a series has something for the pointer to show.
func tells(s charts.SingleSeries) bool {
	points, _ := s.Data.([]datum)
	return slices.ContainsFunc(points, func(d datum) bool { return d.Tooltip != nil })
}

// axisLabel is go-echarts' with a number for the distance of lines, for which it has only text.
type axisLabel struct {
	*opts.AxisLabel
	LineHeight int `json:"lineHeight"`
}

type xAxis struct {
	opts.XAxis
	AxisLabel axisLabel `json:"axisLabel"`
}

type yAxis struct {
	opts.YAxis
	AxisLabel axisLabel `json:"axisLabel"`
}

func xAxesOf(chart *charts.Bar) []xAxis {
	out := make([]xAxis, len(chart.XAxisList))
	for n, x := range chart.XAxisList {
		out[n] = xAxis{XAxis: x, AxisLabel: axisLabel{x.AxisLabel, lineHeight}}
	}
	return out
}

func yAxesOf(chart *charts.Bar) []yAxis {
	out := make([]yAxis, len(chart.YAxisList))
	for n, y := range chart.YAxisList {
		out[n] = yAxis{YAxis: y, AxisLabel: axisLabel{y.AxisLabel, lineHeight}}
	}
	return out
}

// offsetName names the series that only lifts another from the axis.
const offsetName = "offset"

// LevelsHeight is the size class that holds this many rows of levels, whose labels have a line more.
func LevelsHeight(rows int) string {
	switch {
	case rows <= 1:
		return "s"
	case rows <= 4:
		return "m"
	case rows <= 6:
		return "l"
	case rows <= 10:
		return "xl"
	}
	return "xxl"
}

// Height is the size class that holds this many rows.
func Height(rows int) string {
	switch {
	case rows <= 3:
		return "s"
	case rows <= 6:
		return "m"
	case rows <= 10:
		return "l"
	}
	return "xl"
}
