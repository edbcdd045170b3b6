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

// observed is where the observation before was laid, and its cells: rows tend to follow others of the same.
type observed struct {
	indicator string
	file      string
	sheet     *sheet
	period    period
	cells     periodCells
	row       [15]string
}

func (f *files) periodOf(o ingest.Observation) periodCells {
	key := period{o.PeriodStart, o.PeriodEnd}
	if key == f.last.period {
		return f.last.cells
	}
	cells, ok := f.periods[key]
	if !ok {
		start, end := o.PeriodStart.String(), o.PeriodEnd.String()
		cells = periodCells{start, end, start + " to " + end}
		f.periods[key] = cells
	}
	f.last.period, f.last.cells = key, cells
	return cells
}

// layObservation lays an imported observation over the record, under its indicator, place, period and series.
func (f *files) layObservation(from int, o ingest.Observation) error {
	if f.last.sheet == nil || f.last.indicator != o.Indicator {
		name := "indicators/" + o.Indicator + ".csv"
		s, err := f.sheet(name)
		if err != nil {
			return err
		}
		f.last.indicator, f.last.file, f.last.sheet = o.Indicator, name, s
	}
	name, s := f.last.file, f.last.sheet
	source, err := f.sourcesOf(from, o.Line, cited{o.SourceURL, o.SourceTitle, o.Sources})
	if err != nil {
		return err
	}
	p := f.periodOf(o)
	f.last.row = [...]string{o.Area, o.Level, o.GSS, p.start, p.end, o.Period, decimal(&o.Value), decimal(o.Lower), decimal(o.Upper),
		decimal(o.Numerator), decimal(o.Denominator), o.Basis, o.Flag, source, o.Note}
	cells := f.last.row[:]
	hash := s.hash(cells)
	if at := s.revised(s.findHash(hash, cells), source, from); at >= 0 {
		f.change(name, s, at, cells, from, o.Line)
		return nil
	}
	if o.Period == "" {
		cells[5] = p.label
	}
	s.appendHash(hash, cells, from, o.Line)
	f.added(name, s, cells)
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
