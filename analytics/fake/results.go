package fake

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"yardstick/analytics"
)

// resultRow is a row of results/<programme>.csv.
type resultRow struct {
	row
	programme  string
	inspection string
}

func resultRows(l *loader) []resultRow {
	files, err := fs.Glob(l.record, "results/*.csv")
	if err != nil {
		l.err = err
	}
	var out []resultRow
	for _, file := range files {
		for _, r := range l.rows(file) {
			out = append(out, resultRow{r, strings.TrimSuffix(path.Base(file), ".csv"), r.text("inspection")})
		}
	}
	return out
}

// inspections are put together from their rows, newest first; standings are still to come.
func inspections(l *loader, rows []resultRow, reader *Reader) []analytics.Inspection {
	measures := reader.measures
	printed := l.rows("benchmarks/published.csv")
	at := make(map[string]int)
	var out []analytics.Inspection
	for _, r := range rows {
		n, begun := at[r.inspection]
		if !begun {
			n = len(out)
			at[r.inspection] = n
			out = append(out, analytics.Inspection{
				ID: r.inspection, Programme: r.programme, Area: r.text("area"), Reinspection: r.is("reinspection"),
				Fieldwork: r.date("fieldwork"), Published: r.date("published"), Cases: r.count("cases"),
			})
		}
		out[n].Results = append(out[n].Results, resultOf(r, printed))
	}
	for _, i := range out {
		place := func(measure string) int {
			return slices.IndexFunc(measures, func(m analytics.Measure) bool {
				return m.Programme == i.Programme && m.ID == measure
			})
		}
		slices.SortFunc(i.Results, func(a, b analytics.Result) int { return cmp.Compare(place(a.Measure), place(b.Measure)) })
	}
	bound(out, reader)
	slices.SortFunc(out, func(a, b analytics.Inspection) int {
		return cmp.Or(b.Latest.Compare(a.Latest), b.Earliest.Compare(a.Earliest), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// bound gives every inspection the first and last day that it may have been published on, and marks the results whose measure
// is censored.
func bound(inspections []analytics.Inspection, reader *Reader) {
	var day time.Time // the last that the record speaks of
	for _, p := range reader.publications {
		if d := p.Published.Truncate(24 * time.Hour); d.After(day) {
			day = d
		}
	}
	for _, i := range inspections {
		for _, d := range []analytics.PartialDate{i.Published, i.Fieldwork} {
			if d.First().After(day) {
				day = d.First()
			}
		}
	}
	for n := range inspections {
		i := &inspections[n]
		for k, r := range i.Results {
			for _, reading := range reader.readings {
				if reading.Programme == i.Programme && slices.Contains(reading.Censors, r.Measure) && i.Results[k].Censored == "" {
					i.Results[k].Censored = reading.ID
				}
			}
		}
		i.Earliest, i.Latest = i.Published.First(), i.Published.Last()
		if i.Published.Precision() == analytics.PrecisionDay {
			continue
		}
		for _, p := range reader.programmes {
			if p.ID == i.Programme && i.Published.Precision() == analytics.PrecisionUnknown {
				i.Earliest, i.Latest = p.Starts.First(), p.Ends.Last()
			}
		}
		if i.Latest.IsZero() || i.Latest.After(day) {
			i.Latest = day
		}
		if i.Fieldwork.First().After(i.Earliest) {
			i.Earliest = i.Fieldwork.First()
		}
		if i.Earliest.After(i.Latest) {
			i.Earliest = i.Latest
		}
	}
}

func resultOf(r resultRow, printed []row) analytics.Result {
	result := analytics.Result{
		Inspection: r.inspection, Scale: r.text("scale"), Measure: r.text("measure"), Percent: r.number("percent"),
		Comment: r.text("comment"), Rating: r.text("rating"), Points: r.whole("points"), PointsMax: r.whole("points_max"),
		Confidence: analytics.Confidence(r.text("confidence")), Sources: r.list("sources"), Page: r.text("page"),
		Note: r.text("note"),
	}
	for _, b := range printed {
		if b.text("inspection") == result.Inspection && b.text("measure") == result.Measure {
			result.Printed = &analytics.PrintedBenchmark{Lowest: b.number("lowest"), Highest: b.number("highest"),
				Average: b.number("average"), Sources: b.list("sources")}
		}
	}
	return result
}

// cohort is what results must share to be ranked or summarised together.
type cohort struct{ programme, scale, measure string }

// usable is a result with a place on its scale.
type usable struct {
	cohort
	inspection string
	area       string
	earliest   time.Time
	latest     time.Time
	unit       analytics.Unit
	position   int      // of the word on a scale of words; 0 on a percentage
	value      *float64 // the number the measure is known by, in unit; nil where it is not known
}

// rank is what results of one cohort are ordered by: words where the scale has them, else the percentage.
func (u usable) rank() float64 {
	if u.position > 0 {
		return float64(u.position)
	}
	return *u.value
}

// newest are those of some results that may be the newest: no other is surely later.
func newest(all []usable) []usable {
	var out []usable
	for _, u := range all {
		if !slices.ContainsFunc(all, func(v usable) bool { return v.earliest.After(u.latest) }) {
			out = append(out, u)
		}
	}
	return out
}

// certain says whether u was published by day whatever its date leaves open; possible, whether it may have been.
func (u usable) certain(day time.Time) bool { return !u.latest.After(day) }

func (u usable) possible(day time.Time) bool { return !u.earliest.After(day) }

// usableResults leaves out results without a word of their scale, or a percentage where that is the scale, and those of
// censored measures.
func usableResults(inspections []analytics.Inspection, scales []analytics.Scale) map[cohort][]usable {
	out := make(map[cohort][]usable)
	for _, i := range inspections {
		for _, r := range i.Results {
			at := slices.IndexFunc(scales, func(s analytics.Scale) bool { return s.ID == r.Scale })
			if at < 0 || r.Censored != "" {
				continue
			}
			u := usable{cohort: cohort{i.Programme, r.Scale, r.Measure}, inspection: i.ID, area: i.Area,
				earliest: i.Earliest, latest: i.Latest, unit: scales[at].Unit}
			switch scales[at].Unit {
			case analytics.UnitPercent:
				u.value = r.Percent
			case analytics.UnitPoints:
				u.value = float(r.Points)
			}
			if level, ok := scales[at].Level(r.Rating); ok && scales[at].Kind == analytics.ScaleLevels {
				u.position = level.Position
			}
			if u.position > 0 || (scales[at].Kind == analytics.ScalePercent && u.value != nil) {
				out[u.cohort] = append(out[u.cohort], u)
			}
		}
	}
	return out
}

func float(n *int) *float64 {
	if n == nil {
		return nil
	}
	x := float64(*n)
	return &x
}

// place gives every usable result its standing among the newest result of each other area of its cohort.
func place(inspections []analytics.Inspection, cohorts map[cohort][]usable, areas []analytics.Area) {
	for _, results := range cohorts {
		byArea := make(map[string][]usable)
		for _, u := range results {
			byArea[u.area] = append(byArea[u.area], u)
		}
		last := make(map[string]usable)
		for area, own := range byArea {
			current := slices.ContainsFunc(areas, func(a analytics.Area) bool { return a.ID == area && a.Current })
			if n := newest(own); current && len(n) == 1 {
				last[area] = n[0]
			}
		}
		for _, u := range results {
			var s analytics.Standing
			for area, other := range last {
				switch {
				case area == u.area:
					continue
				case other.rank() > u.rank():
					s.Better++
				case other.rank() < u.rank():
					s.Worse++
				default:
					s.Same++
				}
				s.N++
			}
			stand(inspections, u, s)
		}
	}
}

func stand(inspections []analytics.Inspection, u usable, s analytics.Standing) {
	for i := range inspections {
		for n, r := range inspections[i].Results {
			if inspections[i].ID == u.inspection && r.Measure == u.measure {
				inspections[i].Results[n].Standing = &s
			}
		}
	}
}
