package charts

import (
	"cmp"
	"strconv"
	"time"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// Lane is a programme in a chart of events: when it ran, and what it found.
type Lane struct {
	Label    string
	From, To time.Time
	Events   []Event
}

// Event is an inspection: the day it was published, or the first and last that it may have been, and what it found.
type Event struct {
	From, To time.Time
	Text     string // beside the mark
	Short    string // beside it on a phone; empty for none
	Level    int    // the position of its rating on a scale of Of levels, 1 the lowest; 0 where it has none
	Of       int
	Note     string // what the pointer shows
}

const (
	year        = 366 * 24 * time.Hour
	dotWithin   = year / 2 // an event of less is drawn as a dot
	wordsToLeft = 0.6      // of the axis, beyond which the words of an event have room on its left only
)

// Events draws inspections in the lanes of their programmes, the newest on top, on one axis of years. Nothing joins two
// of them, for each programme has a scale of its own. A lane is pale over the years that its programme ran; a day that
// is not known is a line between the two that it may be.
func Events(lanes []Lane, first, last time.Time) ([]byte, error) {
	var labels []string
	bar := charts.NewBar()
	for _, lane := range lanes {
		labels = append(labels, lane.Label)
		bar.MultiSeries = append(bar.MultiSeries, stroke(offsetName, lane.Label, lane.From, lane.To, "#E8EDF2", 16))
	}
	onPhones := make([]any, len(lanes))
	for n := range onPhones {
		onPhones[n] = map[string]any{}
	}
	for _, lane := range lanes {
		for n, e := range lane.Events {
			side := ""
			if len(lane.Events) > 1 { // words of one lane stand over and under it in turn
				side = []string{"top", "bottom"}[n%2]
			}
			drawn := e.draw(lane.Label, side, first, last)
			for range drawn[1:] {
				onPhones = append(onPhones, map[string]any{})
			}
			onPhones = append(onPhones, map[string]any{"label": map[string]any{
				"show": e.Short != "", "formatter": e.Short, "position": cmp.Or(side, "top"),
			}})
			bar.MultiSeries = append(bar.MultiSeries, drawn...)
		}
	}
	bar.SetGlobalOptions(rows(labels), charts.WithXAxisOpts(opts.XAxis{
		Type: "time", Min: dayOf(first), Max: dayOf(last),
		SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: gridLine}},
		AxisLabel: &opts.AxisLabel{Color: muted, FontSize: fontSize, Formatter: types.FuncStr("{yyyy}")},
	}))
	bar.XAxisList[0].MinInterval = float64(year.Milliseconds())
	return optionsOnPhones(bar, nil, map[string]any{"series": onPhones})
}

// draw returns the mark of an event with its words, and the line of a day that is not known.
func (e Event) draw(lane, side string, first, last time.Time) []charts.SingleSeries {
	colour := grey
	if e.Level > 0 {
		colour = levelLook(e.Level-1, e.Of).fill
	}
	middle := e.From.Add(e.To.Sub(e.From) / 2)
	if side == "" {
		side = "right"
		if float64(middle.Sub(first))/float64(last.Sub(first)) > wordsToLeft {
			side = "left"
		}
	}
	at := middle
	var out []charts.SingleSeries
	size := 16
	if e.To.Sub(e.From) > dotWithin {
		size = 1
		out = append(out, stroke(offsetName, lane, e.From, e.To, colour, 6))
		switch side {
		case "left":
			at = e.From
		case "right":
			at = e.To
		}
	}
	s := charts.SingleSeries{
		Name: e.Note, Type: types.ChartLine, Symbol: "circle", SymbolSize: size, ShowSymbol: opts.Bool(true),
		Data:      []datum{{Name: e.Note, Value: []any{dayOf(at), lane}, About: e.rating(), Tooltip: note(e.Note)}},
		ItemStyle: &opts.ItemStyle{Color: colour, BorderColor: ink, BorderWidth: 1},
		LineStyle: &opts.LineStyle{Color: seeThrough},
		Label: &opts.Label{
			Show: opts.Bool(true), Position: side, Color: ink, FontSize: fontSize, FontWeight: "bold",
			Formatter: types.FuncStr(e.Text),
		},
	}
	return append(out, s)
}

// rating is the word of an event's rating; empty where it has none.
func (e Event) rating() string {
	if e.Level == 0 {
		return ""
	}
	return e.Text
}

// stroke is a line along a lane.
func stroke(name, lane string, from, to time.Time, colour string, width float32) charts.SingleSeries {
	return charts.SingleSeries{
		Name: name, Type: types.ChartLine, Symbol: "none",
		Data:      []datum{{Value: []any{dayOf(from), lane}}, {Value: []any{dayOf(to), lane}}},
		LineStyle: &opts.LineStyle{Color: colour, Width: width},
	}
}

func dayOf(day time.Time) string { return day.Format(time.DateOnly) }

func yearsFrom(first, last int) []string {
	var out []string
	for year := first; year <= last; year++ {
		out = append(out, strconv.Itoa(year))
	}
	return out
}
