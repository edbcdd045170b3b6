package charts

import (
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// StripRow is one row of a strip: a dot for every area, the numbers set against them, marks such as their average, and
// the printed ends of a range. A nil number is not drawn.
type StripRow struct {
	Label  string
	Dots   []StripDot
	Own    []*float64 // in the order of StripLabels.Own
	Marks  []*float64 // in the order of StripLabels.Marks
	Lowest *float64   // printed, as Highest
	// Highest is printed by a document, of areas that need not all have a dot
	Highest *float64
	Note    string // of the marks, what the pointer shows
}

// StripDot is an area's number. End is what is written at the lowest and the highest dot: empty for the others.
type StripDot struct {
	Value float64
	Area  string
	End   string
	Note  string
}

// StripLabels are the words of a strip: what a dot is, each mark, the printed ends and each number set against the
// dots. The last two are empty where there is none.
type StripLabels struct {
	Areas string
	Marks []string
	Ends  string
	Own   []string
}

// The dots of a strip, in pixels.
const (
	dotSize   = 8
	dotStep   = 7  // from one dot to the next of the same place
	dotSpread = 20 // how far dots go from the middle of their row
	dotPlaces = 90 // how many places dots have along the axis
	endBelow  = 28.0
	ownAbove  = 14.0
	namedRows = 4    // the most rows that have room for names of areas; of more, the first has them
	apartEnds = 0.25 // of the scale, that the middles of two names need between them
)

// stripMarks are how the marks of a strip are told apart, by shape as well as colour.
var stripMarks = []struct {
	symbol, icon, colour string
	size, offset         []int
}{
	{"rect", "path://M0 0H4V16H0Z", darkBlue, []int{4, 44}, nil},
	{"triangle", "triangle", muted, []int{10, 8}, []int{0, 20}},
}

// ownMarks are how numbers set against the dots are told apart: by shape, and by the colours of the panels of a
// comparison.
var ownMarks = []struct {
	symbol, colour string
	size           []int
}{
	{"diamond", darkBlue, []int{18, 18}},
	{"rect", orange, []int{13, 13}},
	{"triangle", "#28A197", []int{16, 14}},
	{"circle", "#801650", []int{14, 14}},
	{"arrow", "#3D3D3D", []int{15, 17}},
	{"pin", "#A285D1", []int{22, 22}},
}

// ownNumbers are where the numbers of one or two marks are written. Of more they would lie on each other.
var ownNumbers = []string{"top", "bottom"}

// StripHeight is the size class that holds this many rows of dots.
func StripHeight(rows int) string {
	switch {
	case rows <= 1:
		return "s"
	case rows <= 4:
		return "m"
	case rows <= 6:
		return "l"
	case rows <= 8:
		return "xl"
	}
	return "xxl"
}

// Strip draws every area of a row as a dot, from zero to most. Dots of one place lie beside each other. suffix follows
// each number: "%" or nothing.
func Strip(rowsOf []StripRow, words StripLabels, most float64, suffix string) ([]byte, error) {
	labels := make([]string, len(rowsOf))
	dots := charts.SingleSeries{Name: words.Areas, Type: types.ChartScatter}
	mark("circle", []int{dotSize, dotSize}, "#6D93B8")(&dots)
	dots.ItemStyle.BorderColor, dots.ItemStyle.BorderWidth = "#ffffff", 1
	var points []datum
	for n, r := range rowsOf {
		labels[n] = r.Label
		points = append(points, dotsOf(r, most)...)
	}
	dots.Data = points
	bar := charts.NewBar()
	bar.SetGlobalOptions(rows(labels), scale(most, "{value}"+suffix))
	bar.MultiSeries = append(bar.MultiSeries, dots, endsOf(rowsOf, most))
	key := []keyItem{{words.Areas, "circle"}}
	if words.Ends != "" {
		bar.MultiSeries = append(bar.MultiSeries, stripSeries(words.Ends, rowsOf, "rect", muted, []int{2, 20}, nil,
			func(r StripRow) []*float64 { return []*float64{r.Lowest, r.Highest} }))
		key = append(key, keyItem{words.Ends, "path://M0 0H3V14H0ZM17 0H20V14H17Z"})
	}
	for at, name := range words.Marks {
		look := stripMarks[at%len(stripMarks)]
		s := stripSeries(name, rowsOf, look.symbol, look.colour, look.size, look.offset,
			func(r StripRow) []*float64 { return r.Marks[at : at+1] })
		if len(s.Data.([]datum)) > 0 {
			bar.MultiSeries = append(bar.MultiSeries, s)
			key = append(key, keyItem{name, look.icon})
		}
	}
	for at, name := range words.Own {
		look := ownMarks[at%len(ownMarks)]
		if len(words.Own) == 1 {
			look.colour = ink
		}
		own := stripSeries(name, rowsOf, look.symbol, look.colour, look.size, nil,
			func(r StripRow) []*float64 { return r.Own[min(at, len(r.Own)):min(at+1, len(r.Own))] })
		if at < len(ownNumbers) && len(words.Own) <= len(ownNumbers) {
			own.Label = &opts.Label{Show: opts.Bool(true), Position: ownNumbers[at], Color: ink, FontSize: fontSize - 1,
				FontWeight: "bold", Formatter: types.FuncStr("{@[0]}" + suffix)}
			data := own.Data.([]datum)
			for n := range data {
				data[n].Label = &label{Distance: ownAbove}
				if n > 0 && len(rowsOf) > namedRows {
					data[n].Label = &label{Show: opts.Bool(false)}
				}
			}
		}
		bar.MultiSeries = append(bar.MultiSeries, own)
		key = append(key, keyItem{name, look.symbol})
	}
	unnamed := map[string]any{"series": []any{map[string]any{"name": offsetName, "label": map[string]any{"show": false}}}}
	return optionsBeside(bar, key, atRight, map[string]any{"grid": map[string]any{"top": keyHeight(key, phoneWide)}},
		map[string]any{"query": map[string]any{"maxWidth": wide}, "option": unnamed}) // no room for names of areas
}

// stripSeries are marks of one look, those of each row that are known.
func stripSeries(name string, rowsOf []StripRow, symbol, colour string, size, offset []int,
	of func(StripRow) []*float64) charts.SingleSeries {
	s := charts.SingleSeries{Name: name, Type: types.ChartScatter}
	mark(symbol, size, colour)(&s)
	data := []datum{}
	for _, r := range rowsOf {
		for _, x := range of(r) {
			if x != nil {
				data = append(data, datum{Name: r.Label, Value: []any{*x, r.Label}, SymbolOffset: offset,
					Tooltip: note(r.Note)})
			}
		}
	}
	s.Data = data
	return s
}

// dotsOf are the dots of a row. Those of one place along the axis lie above and below the middle in turn, closer to
// each other where they are many.
func dotsOf(r StripRow, most float64) []datum {
	place := func(x float64) int { return int(math.Round(dotPlaces * x / most)) }
	of := make(map[int]int)
	for _, d := range r.Dots {
		of[place(d.Value)]++
	}
	seen := make(map[int]int)
	data := make([]datum, 0, len(r.Dots))
	for _, d := range r.Dots {
		at := place(d.Value)
		step := min(dotStep, 2*dotSpread/float64(max(1, of[at]-1)))
		n := seen[at]
		seen[at]++
		side := float64((n + 1) / 2)
		if n%2 == 1 {
			side = -side
		}
		out := datum{Name: r.Label, Value: []any{d.Value, r.Label}, About: d.Area, Tooltip: note(d.Note)}
		if offset := int(math.Round(step * side)); offset != 0 {
			out.SymbolOffset = []int{0, offset}
		}
		data = append(data, out)
	}
	return data
}

// beside is a label at a point, which keeps within the chart at either of its sides.
func beside(at, most, distance float64) *label {
	l := label{Distance: distance, Align: "center"}
	switch {
	case at > 0.7*most:
		l.Align = "right"
	case at < 0.3*most:
		l.Align = "left"
	}
	return &l
}

// endsOf are the labels under the dots that have one.
func endsOf(rowsOf []StripRow, most float64) charts.SingleSeries {
	s := charts.SingleSeries{Name: offsetName, Type: types.ChartScatter, Label: &opts.Label{Show: opts.Bool(true),
		Position: "bottom", Color: ink, FontSize: fontSize - 1, Formatter: "{b}"}}
	mark("circle", []int{1, 1}, seeThrough)(&s)
	data := []datum{}
	for n, r := range rowsOf {
		if n > 0 && len(rowsOf) > namedRows {
			break
		}
		var ends []datum
		for _, d := range r.Dots {
			if d.End != "" {
				ends = append(ends, datum{Name: d.End, Value: []any{d.Value, r.Label}, Label: beside(d.Value, most, endBelow)})
			}
		}
		data = append(data, keptApart(ends, most)...)
	}
	s.Data = data
	return s
}

// keptApart has the names of the lowest and the highest dot, where those are close, run away from each other.
func keptApart(ends []datum, most float64) []datum {
	if len(ends) != 2 {
		return ends
	}
	low, high := &ends[0], &ends[1]
	at := func(d *datum) float64 { return d.Value.([]any)[0].(float64) }
	if at(low) > at(high) {
		low, high = high, low
	}
	if at(high)-at(low) < apartEnds*most {
		low.Label = &label{Distance: endBelow, Align: "right"}
		high.Label = &label{Distance: endBelow, Align: "left"}
	}
	return ends
}

// label is what go-echarts' label lacks, and what one point has apart from its series: how far from the point it is
// written, and on which side of it.
type label struct {
	Show     types.Bool `json:"show,omitempty"`
	Distance float64    `json:"distance,omitempty"`
	Align    string     `json:"align,omitempty"`
}
