package site

import (
	"slices"
	"strconv"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// mapSaid is what the map shows of an area, in words: "Good, 2021", "33.1%", or why it shows nothing.
func mapSaid(w *view.Words, m analytics.AreaMap, x analytics.MapArea) string {
	switch {
	case x.Observation != nil && x.Share < 1:
		return w.Value(*x.Observation) + ", " + w.Say("reading.partial", "Share", w.Number(100*x.Share, 0)+"%")
	case x.Observation != nil:
		return w.Value(*x.Observation)
	case x.Result == nil:
		return w.Say("map.absence." + string(x.Absence))
	case x.Absence != "":
		return w.Score(*x.Result) + ", " + w.Say("map.absence."+string(x.Absence))
	}
	var parts []string
	if x.Result.Known() {
		parts = append(parts, w.Score(*x.Result))
	}
	if word := m.Classes[x.Class-1].Word; word != "" && word != x.Result.Rating {
		parts = append(parts, w.Say("comment."+word))
	}
	return strings.Join(append(parts, w.Date(analytics.PartialDate{Year: x.Inspection.Published.Year})), ", ")
}

// mapTileOf is an area's tile; without a place where the area has none.
func mapTileOf(w *view.Words, m analytics.AreaMap, x analytics.MapArea) mapTile {
	t := mapTile{Class: mapClass(x), Mark: mapMark(w, m, x.Class, x.Absence), Href: w.URL("/areas/" + x.Area.ID),
		Name: w.Say("map.tile_name", "Area", x.Area.Name.In(w.Tag()), "Said", mapSaid(w, m, x))}
	if at := x.Area.Tile; at != nil {
		t.Label, t.Across, t.Down = at.Label, at.Across, at.Down
	}
	return t
}

// mapClass is how a tile is painted: by the step of its word, by its quarter, or as one without.
func mapClass(x analytics.MapArea) string {
	switch {
	case x.Absence == analytics.MapCensored || x.Absence == analytics.MapUnordered:
		return string(analytics.MapNoResult)
	case x.Class == 0:
		return string(x.Absence)
	case x.Observation != nil:
		return "q" + strconv.Itoa(x.Class)
	}
	return strconv.Itoa(x.Class)
}

// mapMark is a letter or two for a word, a number for a quarter, and a sign for what is absent.
func mapMark(w *view.Words, m analytics.AreaMap, class int, absence analytics.MapAbsence) string {
	switch {
	case class > 0 && m.Classes[class-1].Word != "":
		return w.Say("map.mark." + m.Classes[class-1].Word)
	case class > 0:
		return strconv.Itoa(class)
	case absence == analytics.MapBefore:
		return "*"
	case absence == analytics.MapUnordered:
		return "~"
	case absence == analytics.MapCensored:
		return "/"
	case absence == analytics.MapNoResult || absence == analytics.MapOtherPeriod:
		return "?"
	}
	return "–"
}

// mapLegend lists every class, the highest first, with how many areas it has, and then why others have none.
func mapLegend(w *view.Words, m analytics.AreaMap) []mapKey {
	var keys []mapKey
	for n, c := range slices.Backward(m.Classes) {
		if c.Word == "" && c.Areas == 0 {
			continue // a quarter that equal figures left empty
		}
		x := analytics.MapArea{Class: n + 1}
		if m.Indicator != "" {
			x.Observation = &m.Period
		}
		keys = append(keys, mapKey{
			Class: mapClass(x),
			Mark:  mapMark(w, m, n+1, ""),
			Text:  mapClassText(w, m, n),
			Count: w.Say("number.areas", "Count", c.Areas),
		})
	}
	for _, absence := range []analytics.MapAbsence{analytics.MapCensored, analytics.MapUnordered,
		analytics.MapNoResult, analytics.MapBefore, analytics.MapNotHeld, analytics.MapOtherPeriod,
		analytics.MapUnpublished} {
		areas := 0
		for _, x := range m.Areas {
			if x.Absence == absence {
				areas++
			}
		}
		if areas > 0 {
			keys = append(keys, mapKey{
				Class: mapClass(analytics.MapArea{Absence: absence}),
				Mark:  mapMark(w, m, 0, absence),
				Text:  w.Say("map.legend." + string(absence)),
				Count: w.Say("number.areas", "Count", areas),
			})
		}
	}
	return keys
}

// mapClassText says what a class is: its word, with the scores that go with it, or the figures of a quarter.
func mapClassText(w *view.Words, m analytics.AreaMap, n int) string {
	c := m.Classes[n]
	switch {
	case c.Word == "":
		o := m.Period
		if m.Indicator == "" {
			o.Unit = string(analytics.UnitPercent)
		}
		o.Value = *c.Lowest
		lowest := w.Value(o)
		o.Value = *c.Highest
		return w.Say("map.quarter."+strconv.Itoa(n+1), "Lowest", lowest, "Highest", w.Value(o))
	case c.Lowest != nil:
		return w.Say("map.band", "Word", w.Say("comment."+c.Word), "Lowest", w.Percent(*c.Lowest),
			"Highest", w.Percent(*c.Highest))
	}
	return w.Level(m.Scale, c.Word)
}

// mapFinding says of how many areas something is held, and what.
func mapFinding(w *view.Words, m analytics.AreaMap) string {
	if m.Indicator != "" {
		return indicatorMapFinding(w, m)
	}
	subject := w.Measure(m.Programme, m.Measure)
	if text := w.Refused(m.Programme, m.Measure); text != "" {
		return text
	}
	if m.Held == 0 {
		return w.Say("map.finding_none", "Measure", subject, "Programme", w.Programme(m.Programme))
	}
	var counts []string
	good := 0
	for n, c := range slices.Backward(m.Classes) {
		if c.GoodOrBetter {
			good += c.Areas
		}
		if c.Areas > 0 {
			word := mapClassText(w, m, n)
			if c.Lowest != nil && c.Word != "" {
				word = w.Say("comment." + c.Word) // the scores that go with it are in the legend
			}
			counts = append(counts, w.Say("table.level_count", "Areas", c.Areas, "Level", word))
		}
	}
	text := w.Say("map.finding", "Areas", len(m.Areas), "Count", m.Held, "Measure", subject,
		"Programme", w.Programme(m.Programme), "List", w.And(counts))
	if len(m.Classes) > 0 && m.Classes[len(m.Classes)-1].GoodOrBetter {
		text += " " + w.Say("map.finding_good", "Good", good, "Count", m.Held, "Words", w.Good(m.Scale))
	}
	return text
}

func indicatorMapFinding(w *view.Words, m analytics.AreaMap) string {
	var low, high *analytics.MapArea
	for n := range m.Areas {
		x := &m.Areas[n]
		if x.Observation == nil {
			continue
		}
		if low == nil || x.Observation.Value < low.Observation.Value {
			low = x
		}
		if high == nil || x.Observation.Value > high.Observation.Value {
			high = x
		}
	}
	if low == nil {
		return w.Say("map.finding_unpublished", "Indicator", w.Indicator(m.Indicator))
	}
	return w.Say("map.finding_indicator", "Indicator", w.Indicator(m.Indicator), "Period", w.Period(m.Period),
		"Areas", len(m.Areas), "Count", m.Held, "Low", w.Value(*low.Observation), "LowPlace", low.Area.Name.In(w.Tag()),
		"High", w.Value(*high.Observation), "HighPlace", high.Area.Name.In(w.Tag()))
}
