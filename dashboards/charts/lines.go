package charts

import (
	"slices"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// Line is one series through time. Ends says what ended with its last point ("the old method ends"): a line across the
// chart says so there; empty where nothing did. At its end are a short name and its newest value as a text.
type Line struct {
	Name   string
	Points []LinePoint // oldest first
	Ends   string
	Short  string
	Last   string
}

// newest is the year of the last point that the line goes through; 0 where there is none.
func (l Line) newest() int {
	for _, p := range slices.Backward(l.Points) {
		if !p.Apart {
			return p.Year
		}
	}
	return 0
}

// LineWords are what a chart of lines has besides them. Apart names the marks of points that no line goes through,
// and Suffix follows each number of the scale. The years from First to Last are shaded; both are 0 where none are.
type LineWords struct {
	Apart  string
	Suffix string
	First  int
	Last   int
}

// LinePoint is one figure of a series. Gap says that periods between it and the point before are missing, so no line
// joins them. An Apart point is marked and no line goes through it.
type LinePoint struct {
	Year  int // in which its period ends
	Value float64
	Lower *float64 // of its interval, if any
	Upper *float64
	Gap   bool
	Apart bool
	Note  string // what the pointer shows
}

// looks are how lines are told apart, none of them by colour alone: the palette in its order, each with a mark, also
// as a letter, and a dash.
var looks = []struct{ colour, symbol, dash, mark string }{
	{darkBlue, "circle", "solid", "●"}, {orange, "rect", "dashed", "■"}, {"#28A197", "triangle", "solid", "▲"},
	{"#801650", "diamond", "dotted", "◆"}, {"#3D3D3D", "emptyCircle", "dashed", "○"},
	{"#A285D1", "emptyRect", "solid", "□"},
}

// MostLines is how many lines one chart can tell apart.
const MostLines = 6

// cross marks what is no part of a line.
const cross = "path://M0,0L3,0L10,7L17,0L20,0L20,3L13,10L20,17L20,20L17,20L10,13L3,20L0,20L0,17L7,10L0,3Z"

// datum is a point with what the pointer shows and how far from its place it is drawn, in pixels, for which
// go-echarts has no fields.
type datum struct {
	Name         string        `json:"name,omitempty"`
	Value        any           `json:"value"`
	Tooltip      *opts.Tooltip `json:"tooltip,omitempty"`
	SymbolOffset []int         `json:"symbolOffset,omitempty"`
	Label        *label        `json:"label,omitempty"`
	About        string        `json:"about,omitempty"` // what charts of one page mark together: an area or a rating
}

// Lines draws series through time on a scale from zero, intervals as thin uprights, at most MostLines of them. A line
// that goes on to the last year has its name and newest value at its end; the others are named in the key.
func Lines(lines []Line, words LineWords) ([]byte, error) {
	bar := charts.NewBar()
	years := everyYear(lines)
	bar.SetGlobalOptions(charts.WithXAxisOpts(opts.XAxis{
		Type: "category", Data: years,
		AxisLabel: &opts.AxisLabel{Color: ink, FontSize: fontSize - 1, Interval: "0"},
	}), upright(nil, "{value}"+words.Suffix))
	bar.SetXAxis(years)
	var ends lineEnds
	var key, all []keyItem
	var marks []datum
	for n, line := range lines {
		look := looks[n%len(looks)]
		joined, uprights := pointsOf(line, &marks)
		if len(uprights) > 0 {
			bar.MultiSeries = append(
				bar.MultiSeries,
				charts.SingleSeries{Name: offsetName, Type: types.ChartLine, Data: uprights, Symbol: "none",
					LineStyle: &opts.LineStyle{Color: look.colour, Width: 1.5}},
			)
		}
		s := charts.SingleSeries{
			Name:       line.Name,
			Type:       types.ChartLine,
			Data:       joined,
			Symbol:     look.symbol,
			SymbolSize: 9,
			ShowSymbol: opts.Bool(true),
			ItemStyle:  &opts.ItemStyle{Color: look.colour},
			LineStyle:  &opts.LineStyle{Color: look.colour, Width: 2.5, Type: look.dash},
		}
		if line.Ends != "" && len(line.Points) > 0 {
			s.MarkLines = ending(line)
		}
		if n == 0 && words.First > 0 {
			s.MarkAreas = shade(words.First, words.Last)
		}
		if len(years) > 0 && line.Last != "" && strconv.Itoa(line.newest()) == years[len(years)-1] {
			ends.add(&s, line, look.mark)
		} else {
			key = append(key, keyItem{Name: line.Name})
		}
		all = append(all, keyItem{Name: line.Name})
		bar.MultiSeries = append(bar.MultiSeries, s)
	}
	if len(marks) > 0 {
		bar.MultiSeries = append(
			bar.MultiSeries,
			charts.SingleSeries{Name: words.Apart, Type: types.ChartLine, Data: marks, Symbol: cross, SymbolSize: 13,
				ItemStyle: &opts.ItemStyle{Color: ink}, LineStyle: &opts.LineStyle{Color: seeThrough}},
		)
		key, all = append(key, keyItem{Name: words.Apart}), append(all, keyItem{Name: words.Apart})
	}
	names := phoneKey() // a phone has room for values at the ends of lines, and the key has their names
	names["show"], names["data"] = true, all
	more := map[string]any{
		"grid":   map[string]any{"top": keyHeight(all, phoneWide), "right": max(16, ends.roomPhone)},
		"legend": names,
		"series": ends.phone,
	}
	if len(years) > mostAbreastEnds {
		more["xAxis"] = map[string]any{"axisLabel": map[string]any{"rotate": 90, "fontSize": fontSize - 2,
			"lineHeight": fontSize - 2}}
	}
	return optionsBeside(bar, key, max(atRight, ends.room), more)
}

// pointsOf are a line's points, "-" where no line may go, and its intervals as uprights; points apart are added to
// marks.
func pointsOf(line Line, marks *[]datum) (joined, uprights []datum) {
	none := datum{Value: "-"}
	for _, p := range line.Points {
		at := strconv.Itoa(p.Year)
		if p.Lower != nil && p.Upper != nil {
			uprights = append(uprights, datum{Value: []any{at, *p.Lower}}, datum{Value: []any{at, *p.Upper}}, none)
		}
		point := datum{Name: line.Name, Value: []any{at, p.Value}, Tooltip: note(p.Note)}
		if p.Apart {
			*marks = append(*marks, point, none)
			joined = append(joined, none)
			continue
		}
		if p.Gap {
			joined = append(joined, none)
		}
		joined = append(joined, point)
	}
	return joined, uprights
}

// ending is an upright line with its words where a series ended.
func ending(line Line) *opts.MarkLines {
	at := strconv.Itoa(line.Points[len(line.Points)-1].Year)
	return &opts.MarkLines{
		Data: []any{opts.MarkLineNameXAxisItem{Name: line.Ends, XAxis: at}},
		MarkLineStyle: opts.MarkLineStyle{
			Symbol:    []string{"none", "none"},
			LineStyle: &opts.LineStyle{Color: ink, Width: 1, Type: "dashed"},
			Label: &opts.Label{
				Show:      opts.Bool(true),
				Position:  "insideStartTop",
				Color:     ink,
				FontSize:  fontSize - 1,
				Formatter: types.FuncStr("{b}"),
			},
		},
	}
}

// shade is a pale band over some years.
func shade(first, last int) *opts.MarkAreas {
	return &opts.MarkAreas{
		Data: []any{[]any{
			opts.MarkAreaNameXAxisItem{XAxis: strconv.Itoa(first)}, opts.MarkAreaNameXAxisItem{XAxis: strconv.Itoa(last)},
		}},
		MarkAreaStyle: opts.MarkAreaStyle{ItemStyle: &opts.ItemStyle{Color: "rgba(18,67,109,0.09)"}},
	}
}

// everyYear are the labels of the years from the first that has a point to the last.
func everyYear(lines []Line) []string {
	first, last := 0, -1
	for _, line := range lines {
		for _, p := range line.Points {
			if last < first {
				first, last = p.Year, p.Year
			}
			first, last = min(first, p.Year), max(last, p.Year)
		}
	}
	return yearsFrom(first, last)
}
