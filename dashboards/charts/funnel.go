package charts

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// FunnelPoint is an area in a funnel. Kind is the place of its kind among the labels' kinds; the last kind is drawn
// over the others. Note is what the pointer shows.
type FunnelPoint struct {
	Cases float64
	Value float64
	Kind  int
	Note  string
}

// FunnelLimit is a line of a funnel: a limit through the numbers of cases, or the target.
type FunnelLimit struct {
	Name   string
	Cases  []float64 // rising
	Values []float64
	Dashed bool
	Twin   bool // the other side of the limit before it: not named again
}

// FunnelLabels are the words of a funnel: of each kind of point, within the limits first, and of the axis of cases.
type FunnelLabels struct {
	Kinds []string
	Cases string
}

// kinds are how the points of a funnel are told apart, by mark as well as colour; the fourth is a reader's own area.
var kinds = []struct {
	colour, symbol string
	size           int
}{
	{"#6D93B8", "circle", 7}, {orange, "triangle", 10}, {"#801650", "diamond", 11}, {ink, "circle", 15},
}

// A line without marks stands in the key as a line, not as the circle that ECharts would put there.
const (
	solidIcon  = "path://M0,6H28V9H0Z"
	dashedIcon = "path://M0,6H7V9H0ZM11,6H18V9H11ZM22,6H29V9H22Z"
)

// Funnel draws areas' values by their numbers of cases, from zero to most, with lines of limits. suffix follows each
// number: "%" or nothing.
func Funnel(
	points []FunnelPoint,
	limits []FunnelLimit,
	words FunnelLabels,
	most float64,
	suffix string,
) ([]byte, error) {
	bar := charts.NewBar()
	bar.SetGlobalOptions(charts.WithXAxisOpts(opts.XAxis{
		Type: "value", Name: words.Cases, NameLocation: "middle", NameGap: 32, Min: 0,
		SplitLine: &opts.SplitLine{Show: opts.Bool(false)},
		AxisLabel: &opts.AxisLabel{Color: muted, FontSize: fontSize, Formatter: types.FuncStr("{value}")},
	}), upright(most, "{value}"+suffix))
	var key []keyItem
	for _, l := range limits {
		var data []datum
		for n := range l.Cases {
			if l.Values[n] <= most {
				data = append(data, datum{Value: []any{l.Cases[n], l.Values[n]}})
			}
		}
		dash, icon := "solid", solidIcon
		if l.Dashed {
			dash, icon = "dashed", dashedIcon
		}
		name := l.Name
		if l.Twin {
			name = offsetName
		} else {
			key = append(key, keyItem{l.Name, icon})
		}
		bar.MultiSeries = append(
			bar.MultiSeries,
			charts.SingleSeries{Name: name, Type: types.ChartLine, Data: data, Symbol: "none",
				ItemStyle: &opts.ItemStyle{
					Color: muted,
				}, LineStyle: &opts.LineStyle{Color: muted, Width: 1.5, Type: dash}},
		)
	}
	for kind, name := range words.Kinds {
		var data []datum
		for _, p := range points {
			if p.Kind == kind {
				data = append(data, datum{Value: []any{p.Cases, p.Value}, Tooltip: note(p.Note)})
			}
		}
		if len(data) == 0 {
			continue
		}
		key = append(key, keyItem{name, kinds[kind%len(kinds)].symbol})
		bar.MultiSeries = append(bar.MultiSeries, dots(name, data, kind))
	}
	return optionsWith(bar, key)
}

// dots are the points of a kind.
func dots(name string, data []datum, kind int) charts.SingleSeries {
	look := kinds[kind%len(kinds)]
	return charts.SingleSeries{
		Name:       name,
		Type:       types.ChartLine,
		Data:       data,
		Symbol:     look.symbol,
		SymbolSize: look.size,
		ShowSymbol: opts.Bool(true),
		ItemStyle:  &opts.ItemStyle{Color: look.colour},
		LineStyle:  &opts.LineStyle{Color: seeThrough},
	}
}

// RankedPoint is an area's value with its interval in a chart of ranked intervals. Own marks the reader's own area.
type RankedPoint struct {
	Value        float64
	Lower, Upper float64
	Own          bool
	Note         string
}

// RankedLabels are the words of a chart of ranked intervals. Own is empty where no area is marked.
type RankedLabels struct {
	Areas  string
	Target string
	Own    string
	Axis   string
}

// Ranked draws areas in the order given, each value with its interval as an upright, from zero to most, beside a
// line at the target.
func Ranked(points []RankedPoint, target float64, words RankedLabels, most float64, suffix string) ([]byte, error) {
	bar := charts.NewBar()
	k := float64(len(points))
	bar.SetGlobalOptions(charts.WithXAxisOpts(opts.XAxis{
		Type: "value", Name: words.Axis, NameLocation: "middle", NameGap: 16, Min: 0, Max: k + 1,
		SplitLine: &opts.SplitLine{Show: opts.Bool(false)}, AxisTick: &opts.AxisTick{Show: opts.Bool(false)},
		AxisLabel: &opts.AxisLabel{Show: opts.Bool(false)},
	}), upright(most, "{value}"+suffix))
	none := datum{Value: "-"}
	var uprights, ownUpright, others, own []datum
	for n, p := range points {
		at := float64(n + 1)
		point, upright := datum{
			Value:   []any{at, p.Value},
			Tooltip: note(p.Note),
		}, []datum{
			{Value: []any{at, p.Lower}},
			{Value: []any{at, p.Upper}},
			none,
		}
		if p.Own {
			own, ownUpright = append(own, point), append(ownUpright, upright...)
			continue
		}
		others, uprights = append(others, point), append(uprights, upright...)
	}
	line := func(name string, data []datum, colour string, width float32, dash string) charts.SingleSeries {
		return charts.SingleSeries{
			Name:      name,
			Type:      types.ChartLine,
			Data:      data,
			Symbol:    "none",
			ItemStyle: &opts.ItemStyle{Color: colour},
			LineStyle: &opts.LineStyle{Color: colour, Width: width, Type: dash},
		}
	}
	bar.MultiSeries = append(bar.MultiSeries,
		line(offsetName, uprights, "#8FB4D9", 1.5, "solid"), line(offsetName, ownUpright, ink, 3, "solid"),
		line(words.Target, []datum{{Value: []any{0, target}}, {Value: []any{k + 1, target}}}, muted, 1.5, "dashed"),
		dots(words.Areas, others, 0))
	key := []keyItem{{words.Areas, kinds[0].symbol}, {words.Target, dashedIcon}}
	if words.Own != "" && len(own) > 0 {
		s := dots(words.Own, own, 2)
		s.ItemStyle.Color = ink
		bar.MultiSeries = append(bar.MultiSeries, s)
		key = append(key, keyItem{words.Own, kinds[2].symbol})
	}
	return optionsWith(bar, key)
}
