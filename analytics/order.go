package analytics

import "slices"

// CompareOrder returns -1 where a was published before b, 1 where after it and 0 where both on one known day. It
// decides by the bounds of the two days. known is false where those overlap: then nobody can say which came first.
func CompareOrder(a, b Inspection) (order int, known bool) {
	switch {
	case a.Latest.Before(b.Earliest):
		return -1, true
	case b.Latest.Before(a.Earliest):
		return 1, true
	}
	return 0, a.Earliest.Equal(a.Latest) && b.Earliest.Equal(b.Latest)
}

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
