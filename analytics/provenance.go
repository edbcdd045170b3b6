package analytics

import "cmp"

// Citation is how many rows of the record name a source.
type Citation struct {
	Results      int
	Printed      int // benchmarks that notices printed
	Observations int
	Findings     int
	Areas        int
}

// Figures are the rows that hold figures.
func (c Citation) Figures() int { return c.Results + c.Printed + c.Observations }

// Rows are the rows that were read from the source: figures and findings.
func (c Citation) Rows() int { return c.Figures() + c.Findings }

// Citations are how often each source is named, by its id. A source that only a list beside the areas names is not
// in it.
func (s *Snapshot) Citations() map[string]Citation {
	out := make(map[string]Citation)
	count := func(sources []string, one Citation) {
		for _, id := range sources {
			had := out[id]
			out[id] = Citation{
				had.Results + one.Results,
				had.Printed + one.Printed,
				had.Observations + one.Observations,
				had.Findings + one.Findings,
				had.Areas + one.Areas,
			}
		}
	}
	for _, i := range s.inspections {
		for _, r := range i.Results {
			count(r.Sources, Citation{Results: 1})
			if r.Printed != nil {
				count(r.Printed.Sources, Citation{Printed: 1})
			}
		}
	}
	for _, c := range s.cited {
		count([]string{c.Source}, Citation{Observations: c.Figures, Findings: c.Findings})
	}
	for _, a := range s.areas {
		count(a.Sources, Citation{Areas: 1})
	}
	return out
}

// Holdings says how much the release holds: figures and findings, of how many areas, from how many documents, over
// which years.
type Holdings struct {
	Results      int
	Printed      int // benchmarks that notices printed
	Observations int
	Findings     int
	Areas        int   // of the register that a result or observation is of
	Documents    int   // addresses that a figure or finding was read from
	Inspected    Years // of publication
	Observed     Years // in which periods end
}

// Years are the first and the last of some years; both 0 where there is none.
type Years struct{ First, Last int }

// with are the years with another; 0 is none.
func (y Years) with(year int) Years {
	if year == 0 {
		return y
	}
	return Years{min(cmp.Or(y.First, year), year), max(y.Last, year)}
}

// Figures are all rows that hold figures.
func (h Holdings) Figures() int { return h.Results + h.Printed + h.Observations }

// Holdings counts what the release holds.
func (s *Snapshot) Holdings() Holdings {
	h := Holdings{Findings: len(s.findings)}
	areas, documents := make(map[string]bool), make(map[string]bool)
	for _, i := range s.inspections {
		areas[i.Area] = true
		h.Inspected = h.Inspected.with(i.Published.Year)
		h.Results += len(i.Results)
		for _, r := range i.Results {
			if r.Printed != nil {
				h.Printed++
			}
		}
	}
	for _, x := range s.lines {
		h.Observations += x.Figures
		h.Observed = h.Observed.with(x.Ends.First).with(x.Ends.Last)
		if x.Level == LevelArea {
			areas[x.Place] = true
		}
	}
	for id, c := range s.Citations() {
		if at, ok := s.sourceAt[id]; ok && c.Rows() > 0 {
			documents[s.sources[at].URL] = true
		}
	}
	h.Areas, h.Documents = len(areas), len(documents)
	return h
}

// Doubts are what is known to be weak or missing in the figures held.
type Doubts struct {
	ThirdParty   int           // results taken from a public scrape, whose report was not read
	Unknown      int           // results that say nothing their scale has a place for
	Untitled     int           // documents that rows were read from and whose title was not recorded
	Undated      []Inspection  // without any date of publication
	Imprecise    int           // inspections whose date is known to the month or year only
	WithoutCases int           // inspections whose sample is not shown
	Anomalous    []Observation // kept, shown, and left out of every computation
	Inferred     int           // scales, levels, bands, measures and programmes whose rule was not seen
}

// Doubts counts what is weak or missing in the figures held.
func (s *Snapshot) Doubts() Doubts {
	var d Doubts
	for _, i := range s.inspections {
		switch i.Published.Precision() {
		case PrecisionUnknown:
			d.Undated = append(d.Undated, i)
		case PrecisionYear, PrecisionMonth:
			d.Imprecise++
		}
		if i.Cases == 0 {
			d.WithoutCases++
		}
		for _, r := range i.Results {
			d.result(r)
		}
	}
	d.Anomalous = s.anomalous
	for id, c := range s.Citations() {
		if at, ok := s.sourceAt[id]; ok && c.Rows() > 0 && s.sources[at].Title == "" {
			d.Untitled++
		}
	}
	d.Inferred = s.inferred()
	return d
}

func (d *Doubts) result(r Result) {
	if r.Confidence == ConfidenceThirdParty {
		d.ThirdParty++
	}
	if !r.Known() && r.Comment == "" && r.Points == nil {
		d.Unknown++
	}
}

func (s *Snapshot) inferred() int {
	n := 0
	count := func(status Status) {
		if status == StatusInferred {
			n++
		}
	}
	for _, p := range s.programmes {
		count(p.Status)
		for _, m := range s.measures[p.ID] {
			count(m.Status)
		}
	}
	for _, scale := range s.scales {
		count(scale.Status)
		for _, l := range scale.Levels {
			count(l.Status)
		}
	}
	for _, b := range s.bands {
		count(b.Status)
	}
	return n
}
