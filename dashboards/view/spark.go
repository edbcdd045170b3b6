package view

import (
	"fmt"
	"math"
	"strings"

	"yardstick/analytics"
)

// Spark is a series drawn as small as a word, from the points of its chart and on a scale from zero as there. Its
// figures are in pixels. Tested is where the years of the trend test begin and how wide they are; nil where none was
// made.
type Spark struct {
	Alt    string // from which figure to which; whether that is a trend is not said here
	Path   string // of the line, which breaks where a period is missing
	End    string // of the mark at the newest figure
	Tested *SparkBand
}

// SparkBand is a part of a spark from left to right.
type SparkBand struct{ X, Width int }

// The size of every spark in pixels, and how far its line keeps from the edges.
const (
	SparkWidth  = 80
	sparkHeight = 22
	sparkEdge   = 3
)

// leastSparked is how many figures a series must have to be drawn as a spark.
const leastSparked = 3

// Spark returns a series as a spark; nil where it has too few figures that are not anomalous.
func (w *Words) Spark(s analytics.Series) *Spark {
	var sound []analytics.Observation
	var apart []bool // no line joins the figure to the one before
	broken, most := true, 0.0
	for n, o := range s.Points {
		if o.Flag == analytics.FlagAnomalous {
			broken = true
			continue
		}
		sound, apart = append(sound, o), append(apart, broken || !s.Follows(n))
		broken, most = false, max(most, o.Value)
	}
	if len(sound) < leastSparked {
		return nil
	}
	first, last := sound[0], sound[len(sound)-1]
	x := func(o analytics.Observation) int {
		return sparkEdge + share(SparkWidth, o.End.Sub(first.End).Hours()/last.End.Sub(first.End).Hours())
	}
	y := func(o analytics.Observation) int {
		if most <= 0 {
			return sparkHeight - sparkEdge
		}
		return sparkHeight - sparkEdge - share(sparkHeight, o.Value/most)
	}
	var path strings.Builder
	for n, o := range sound {
		command := "L"
		if apart[n] {
			command = "M"
		}
		fmt.Fprintf(&path, "%s%d %d", command, x(o), y(o))
		if apart[n] && (n == len(sound)-1 || apart[n+1]) {
			path.WriteString("h0") // a point by itself
		}
	}
	out := &Spark{Alt: w.way(s), Path: path.String(), End: fmt.Sprintf("M%d %dh0", x(last), y(last))}
	if t := s.Tendency; draws(s, t.First) && draws(s, t.Last) {
		out.Tested = &SparkBand{X: x(t.First), Width: x(t.Last) - x(t.First)}
	}
	return out
}

// share is a part of what lies between the edges of a length, in whole pixels.
func share(length int, part float64) int { return int(math.Round(float64(length-2*sparkEdge) * part)) }
