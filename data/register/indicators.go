package register

import (
	"yardstick/analytics"
	"yardstick/data/ingest"
)

// period is the first and the last day of an observation; periodCells are the two as cells, and as a label.
type (
	period      struct{ start, end analytics.PartialDate }
	periodCells struct{ start, end, label string }
)

func (f *files) periodOf(o ingest.Observation) periodCells {
	key := period{o.PeriodStart, o.PeriodEnd}
	cells, ok := f.periods[key]
	if !ok {
		start, end := o.PeriodStart.String(), o.PeriodEnd.String()
		cells = periodCells{start, end, start + " to " + end}
		f.periods[key] = cells
	}
	return cells
}

// layObservation lays an imported observation over the record, under its indicator, place, period and series.
func (f *files) layObservation(from int, o ingest.Observation) error {
	name := indicatorFile(o.Indicator)
	s, err := f.sheet(name)
	if err != nil {
		return err
	}
	source, err := f.sourcesOf(from, o.Line, cited{o.SourceURL, o.SourceTitle, o.Sources})
	if err != nil {
		return err
	}
	p := f.periodOf(o)
	cells := []string{o.Area, o.Level, o.GSS, p.start, p.end, o.Period, decimal(&o.Value), decimal(o.Lower), decimal(o.Upper),
		decimal(o.Numerator), decimal(o.Denominator), o.Basis, o.Flag, source, o.Note}
	if at := s.revised(s.find(cells), source, from); at >= 0 {
		f.change(name, s, at, cells, from, o.Line)
		return nil
	}
	if label := s.column("period"); cells[label] == "" {
		cells[label] = p.label
	}
	f.add(name, s, cells, from, o.Line)
	return nil
}

// revised is which of the rows of a place, period and series an imported one is of: the one from the same documents; else
// the only one, where another import or the record gave it. -1 where it is a figure of its own: two documents may
// print two figures for a place and period, and the record then holds both.
func (s *sheet) revised(there []int, source string, from int) int {
	if len(there) == 0 {
		return -1
	}
	column := s.column("sources")
	for _, row := range there {
		if s.cells(row)[column] == source {
			return row
		}
	}
	if len(there) == 1 && int(s.rows[there[0]].from) != from {
		return there[0]
	}
	return -1
}

func indicatorFile(indicator string) string { return "indicators/" + indicator + ".csv" }
