package charts

import (
	"math"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// The labels at the ends of lines.
const (
	endLetters = 22   // in a line of a label, where words allow
	endLetter  = 0.52 // the width of a letter, as a part of the size of its type
	endGap     = 14   // from the last point to its label, and after that
)

// lineEnds are the labels at the ends of a chart's lines: the room they take beside it in pixels, and what of them is
// other on phones.
type lineEnds struct {
	room, roomPhone int
	phone           []any
}

// add puts a line's mark, name and newest value at its end; on phones its mark and value. Labels that would meet are
// moved apart.
func (e *lineEnds) add(s *charts.SingleSeries, line Line, mark string) {
	wide, phone := mark+" "+folded(strings.TrimSpace(line.Short+" "+line.Last), endLetters), mark+" "+line.Last
	e.room = max(e.room, endRoom(wide, fontSize-1))
	e.roomPhone = max(e.roomPhone, endRoom(phone, fontSize-2))
	s.Label = &opts.Label{Show: opts.Bool(true), Color: ink, FontSize: fontSize - 1,
		LineHeight: fontSize + 1, Formatter: types.FuncStr(wide)}
	s.LabelLayout = &opts.LabelLayout{MoveOverlap: "shiftY"}
	e.phone = append(e.phone, map[string]any{"name": line.Name,
		"endLabel": map[string]any{"formatter": phone, "fontSize": fontSize - 2}})
}

// endRoom is how wide a label is in a size of type, with its distance from the line.
func endRoom(label string, size int) int {
	return endGap + int(math.Ceil(endLetter*float64(size*longestLine(label))))
}

// folded is a text in lines of so many letters, parted between words; a longer word has a line of its own.
func folded(text string, letters int) string {
	var lines []string
	for word := range strings.FieldsSeq(text) {
		if n := len(lines) - 1; n >= 0 && len([]rune(lines[n]+" "+word)) <= letters {
			lines[n] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	return strings.Join(lines, "\n")
}

// longestLine is the number of letters of the longest line of a text.
func longestLine(text string) int {
	most := 0
	for line := range strings.Lines(text) {
		most = max(most, len([]rune(strings.TrimSpace(line))))
	}
	return most
}
