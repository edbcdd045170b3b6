package register

import (
	"strings"

	"yardstick/data/ingest"
)

// layIndicators lays imported observations over the record, each under its indicator, place and period.
func (f *files) layIndicators(from int, observed []ingest.Observation) ([]change, error) {
	var changes []change
	for _, o := range observed {
		name := "indicators/" + o.Indicator + ".csv"
		s, err := f.sheet(name)
		if err != nil {
			return nil, err
		}
		source, err := f.sourceOf(from, o.Line, o.SourceURL, "")
		if err != nil {
			return nil, err
		}
		basis := ""
		if strings.HasPrefix(o.Indicator, "reoff") || o.Indicator == "cohort_size" {
			basis = "new"
			if strings.Contains(strings.ToLower(o.Note), "old basis") {
				basis = "old"
			}
		}
		start, end := o.PeriodStart.String(), o.PeriodEnd.String()
		cells := []string{o.Area, "area", "", start, end, start + " to " + end, decimal(&o.Value), decimal(o.Lower), decimal(o.Upper), decimal(o.Numerator), decimal(o.Denominator),
			basis, "", source, o.Note}
		key := []int{s.column("place"), s.column("level"), s.column("period_start"), s.column("period_end"), s.column("basis")}
		outcome, before := s.put(key, row{cells: cells, from: from, line: o.Line})
		changes = append(changes, change{File: name, Key: o.Indicator + " " + o.Area + " " + start, Outcome: outcome, Before: before, After: cells})
	}
	return changes, nil
}
