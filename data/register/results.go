package register

import (
	"math"
	"strconv"

	"yardstick/analytics"
	"yardstick/data/ingest"
)

// seen is the confidence of a figure read in its source.
const seen = "seen"

// scaleKey is what a scale is worked out from: a programme and a date.
type scaleKey struct {
	programme string
	date      analytics.PartialDate
}

// layResult lays an imported result over the record: under its inspection and measure, with its source listed and its
// printed benchmark beside it.
func (f *files) layResult(from int, r ingest.Result) error {
	name := "results/" + r.Programme + ".csv"
	s, err := f.sheet(name)
	if err != nil {
		return err
	}
	held, err := f.heldInspections()
	if err != nil {
		return err
	}
	source, err := f.sourcesOf(from, r.Line, cited{r.SourceURL, r.SourceTitle, r.Sources})
	if err != nil {
		return err
	}
	id := inspectionID(r)
	cells := []string{id, r.Area, r.Scale, r.Reinspection, r.Fieldwork.String(), r.Published.String(), whole(r.Cases),
		r.Measure, decimal(r.Percent), r.Comment, r.Rating, whole(r.Points), whole(r.PointsMax), r.Confidence, source, r.SourcePage, r.Note}
	if first, ok := held[id]; ok { // what is true of an inspection is true of each of its results
		there := first.sheet.cells(first.row)
		for _, column := range []string{"reinspection", "fieldwork", "cases"} {
			if at := s.column(column); cells[at] == "" {
				cells[at] = there[at]
			}
		}
	}
	if there := s.find(cells); len(there) > 0 {
		f.change(name, s, there[0], cells, from, r.Line)
	} else {
		if scale := s.column("scale"); cells[scale] == "" {
			if cells[scale], err = f.scaleOf(r); err != nil {
				return err
			}
		}
		if confidence := s.column("confidence"); cells[confidence] == "" {
			cells[confidence] = seen
		}
		at := f.add(name, s, cells, from, r.Line)
		if held[id].sheet == nil {
			held[id] = place{s, at}
		}
	}
	if r.Lowest == nil && r.Highest == nil && r.Average == nil {
		return nil
	}
	return f.layPrinted(from, r, []string{id, r.Measure, decimal(r.Lowest), decimal(r.Highest), decimal(r.Average), source})
}

func (f *files) layPrinted(from int, r ingest.Result, cells []string) error {
	s, err := f.sheet(printedFile)
	if err != nil {
		return err
	}
	if there := s.find(cells); len(there) > 0 {
		f.change(printedFile, s, there[0], cells, from, r.Line)
	} else {
		f.add(printedFile, s, cells, from, r.Line)
	}
	return nil
}

// layScore lays a score over an inspection of the record: as the percentage of its measure, with the inspection's own
// facts and documents where it is new. A published percentage that is the score, rounded, stays as it was published.
func (f *files) layScore(from int, score ingest.Score) error {
	held, err := f.heldInspections()
	if err != nil {
		return err
	}
	first := held[score.Inspection]
	s, name := first.sheet, ""
	for file, sheet := range f.changed {
		if sheet == s {
			name = file
		}
	}
	cells := make([]string, len(s.header))
	cells[s.column("inspection")], cells[s.column("measure")] = score.Inspection, score.Measure
	cells[s.column("percent")] = decimal(&score.Percent)
	if there := s.find(cells); len(there) > 0 {
		if published := s.cells(there[0])[s.column("percent")]; published == strconv.FormatFloat(math.Round(score.Percent), 'f', -1, 64) {
			cells[s.column("percent")] = published
		}
		f.change(name, s, there[0], cells, from, score.Line)
		return nil
	}
	facts := s.cells(first.row)
	for _, column := range []string{"area", "scale", "reinspection", "fieldwork", "published", "cases", "sources"} {
		at := s.column(column)
		cells[at] = facts[at]
	}
	cells[s.column("confidence")] = seen
	f.add(name, s, cells, from, score.Line)
	return nil
}

// inspectionID is <area>-<programme>-<year of publication>, without the year where that is unknown.
func inspectionID(r ingest.Result) string {
	id := r.Area + "-" + r.Programme
	if r.Published.Precision() != analytics.PrecisionUnknown {
		id += "-" + strconv.Itoa(r.Published.Year)
	}
	return id
}

// scaleOf is the scale that a result's programme used on the day of its publication, of its fieldwork where that is not
// given. It is worked out once a programme and day.
func (f *files) scaleOf(r ingest.Result) (string, error) {
	key := scaleKey{r.Programme, r.Published}
	if key.date.Precision() == analytics.PrecisionUnknown {
		key.date = r.Fieldwork
	}
	if scale, ok := f.scales[key]; ok {
		return scale, nil
	}
	s, err := f.sheet(scalesFile)
	if err != nil {
		return "", err
	}
	f.scales[key] = s.scaleAt(key.programme, key.date)
	return f.scales[key], nil
}

// scaleAt is the scale that a programme used on a day, as a sheet of programme_scales.csv has it. Of several that a date may
// mean, or that may have been in use on no day of it, it is the one that came in last: the record's checks hold it to the dates. A programme without scales has its own name for
// one, which the checks refuse.
func (s *sheet) scaleAt(of string, dated analytics.PartialDate) string {
	programme, scale, starts, ends := s.column("programme"), s.column("scale"), s.column("starts"), s.column("ends")
	best, fits, began := of, false, ""
	for n := range s.rows {
		there := s.cells(n)
		if there[programme] != of {
			continue
		}
		meets := overlaps(dated, there[starts], there[ends])
		if meets && !fits || meets == fits && there[starts] >= began {
			best, fits, began = there[scale], meets, there[starts]
		}
	}
	return best
}

// overlaps says whether a date may lie between two others, as they are written; an unknown date may, and an empty end is open.
func overlaps(dated analytics.PartialDate, starts, ends string) bool {
	from, err := analytics.ParsePartialDate(starts)
	if err != nil {
		return false
	}
	to, err := analytics.ParsePartialDate(ends)
	if err != nil {
		return false
	}
	known := func(d analytics.PartialDate) bool { return d.Precision() != analytics.PrecisionUnknown }
	return !known(dated) || !dated.Last().Before(from.First()) && (!known(to) || !dated.First().After(to.Last()))
}

func whole(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func decimal(x *float64) string {
	if x == nil {
		return ""
	}
	return strconv.FormatFloat(*x, 'f', -1, 64)
}
