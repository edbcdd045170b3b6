package analytics

import "slices"

// Newest returns those of some inspections that may be the newest: none of the others is surely later. known says
// that it is one and no more.
func Newest(inspections []Inspection) (newest []Inspection, known bool) {
	for _, i := range inspections {
		if !slices.ContainsFunc(inspections, func(other Inspection) bool { return i.Latest.Before(other.Earliest) }) {
			newest = append(newest, i)
		}
	}
	return newest, len(newest) == 1
}

// Latest returns the inspections of an area that may be its newest, in the order of InspectionsOf. known says that
// it is one and no more: it is false too where there is none.
func (s *Snapshot) Latest(area string) (latest []Inspection, known bool) {
	return Newest(s.byArea[area])
}
