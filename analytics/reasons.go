package analytics

import "slices"

// yearsWorthSaying is how far apart inspections must lie for the distance to be a reason of its own.
const yearsWorthSaying = 2

// reasons are why a comparison's verdict is what it is and what to mind in reading it, the weightiest first.
func (s *Snapshot) reasons(c Comparison) []Reason {
	programmes := distinct(c.Inspections, func(i Inspection) []string { return []string{i.Programme} })
	scales := distinct(c.Inspections, func(i Inspection) (out []string) {
		for _, r := range i.Results {
			if r.Known() {
				out = append(out, r.Scale)
			}
		}
		return out
	})
	var out []Reason
	if len(programmes) == 1 {
		out = append(out, Reason{Code: ReasonSameProgramme, Programmes: programmes})
	} else {
		out = append(out, Reason{Code: ReasonDifferentProgrammes, Programmes: programmes})
	}
	if len(scales) > 1 {
		out = append(out, Reason{Code: ReasonDifferentScales, Scales: scales})
	}
	out = append(out, s.pairReasons(c)...)
	out = append(out, s.cautionReasons(c)...)
	out = append(out, s.samplingReasons(programmes)...)
	censored := those(c, func(i Inspection) bool {
		return slices.ContainsFunc(i.Results, func(r Result) bool { return r.Known() && r.Censored != "" })
	})
	if len(censored) > 0 {
		out = append(out, Reason{Code: ReasonCensored, Inspections: censored})
	}
	out = append(out, timeReasons(c)...)
	return append(out, sampleReasons(c)...)
}

// pairReasons are about two inspections at a time: themes they share and, once for two areas, ground they cover.
func (s *Snapshot) pairReasons(c Comparison) []Reason {
	var out []Reason
	for n, b := range c.Inspections {
		for _, a := range c.Inspections[:n] {
			if s.pairVerdict(a, b) == NotComparable {
				out = append(out, Reason{Code: ReasonNoSharedTheme, Inspections: []string{a.ID, b.ID}})
			}
			weighed := slices.ContainsFunc(out, func(r Reason) bool {
				return slices.Contains(r.Areas, a.Area) && slices.Contains(r.Areas, b.Area)
			})
			if a.Area == b.Area || weighed {
				continue
			}
			areaA, errA := s.Area(a.Area)
			areaB, errB := s.Area(b.Area)
			if errA != nil || errB != nil {
				continue // the record's checks rule out a result of no area
			}
			switch shared, equal := areaA.SharesGround(areaB); {
			case !shared:
				out = append(out, Reason{Code: ReasonDifferentFootprints, Areas: []string{a.Area, b.Area}})
			case !equal:
				out = append(out, Reason{Code: ReasonOverlappingFootprint, Areas: []string{a.Area, b.Area}})
			}
		}
	}
	return out
}

// cautionReasons are what the programmes' own publications say, each once.
func (s *Snapshot) cautionReasons(c Comparison) []Reason {
	var out []Reason
	for n, b := range c.Inspections {
		for _, a := range c.Inspections[:n] {
			for _, k := range s.cautions {
				if (k.Programme != a.Programme || k.Other != b.Programme) &&
					(k.Programme != b.Programme || k.Other != a.Programme) {
					continue
				}
				said := slices.ContainsFunc(out, func(r Reason) bool { return r.Caution == k.ID })
				if !said {
					out = append(out,
						Reason{Code: ReasonCaution, Caution: k.ID, Programmes: []string{k.Programme, k.Other}})
				}
			}
		}
	}
	return out
}

func (s *Snapshot) samplingReasons(programmes []string) []Reason {
	var out []Reason
	for _, id := range programmes {
		p, err := s.Programme(id)
		if err != nil {
			continue // the record's checks rule out a result of no programme
		}
		switch p.Sampling {
		case SamplingTargeted:
			out = append(out, Reason{Code: ReasonTargeted, Programmes: []string{id}})
		case SamplingUnknown:
			out = append(out, Reason{Code: ReasonSamplingUnknown, Programmes: []string{id}})
		}
	}
	return out
}

func timeReasons(c Comparison) []Reason {
	var out []Reason
	if apart := yearsApart(c.Inspections); apart >= yearsWorthSaying {
		out = append(out, Reason{Code: ReasonYearsApart, Number: apart})
	}
	undated := those(c, func(i Inspection) bool { return i.Published.Precision() == PrecisionUnknown })
	if len(undated) > 0 {
		out = append(out, Reason{Code: ReasonUndated, Inspections: undated})
	}
	if again := those(c, func(i Inspection) bool { return i.Reinspection }); len(again) > 0 {
		out = append(out, Reason{Code: ReasonReinspection, Inspections: again})
	}
	return out
}

// yearsApart returns the most calendar years that any two inspections surely lie apart, by the bounds of their days.
func yearsApart(inspections []Inspection) int {
	apart := 0
	for _, a := range inspections {
		for _, b := range inspections {
			if a.Latest.Before(b.Earliest) {
				apart = max(apart, b.Earliest.Year()-a.Latest.Year())
			}
		}
	}
	return apart
}

func sampleReasons(c Comparison) []Reason {
	var out []Reason
	for _, i := range c.Inspections {
		if i.Cases > 0 {
			out = append(out, Reason{Code: ReasonSample, Inspections: []string{i.ID}, Number: i.Cases})
		}
	}
	if unknown := those(c, func(i Inspection) bool { return i.Cases == 0 }); len(unknown) > 0 {
		out = append(out, Reason{Code: ReasonSampleUnknown, Inspections: unknown})
	}
	return out
}

func those(c Comparison, holds func(Inspection) bool) []string {
	var ids []string
	for _, i := range c.Inspections {
		if holds(i) {
			ids = append(ids, i.ID)
		}
	}
	return ids
}

func distinct(inspections []Inspection, of func(Inspection) []string) []string {
	var out []string
	for _, i := range inspections {
		for _, id := range of(i) {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}
