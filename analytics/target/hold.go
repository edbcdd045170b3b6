package target

import (
	"cmp"
	"slices"
)

// Hold says how firmly an area is in the proposed programme, or out of it, when weights move.
type Hold struct {
	Area   string
	Chosen bool    // whether it is proposed
	Kept   []Shift // with which of the desk's shifts it would be
	Other  []Shift // and with which it would not
}

// Moved are the shifts that would change whether the area is proposed.
func (h Hold) Moved() []Shift {
	if h.Chosen {
		return h.Other
	}
	return h.Kept
}

// Holds are those of every area that is proposed, then of every other that some shift would propose; in each the
// ones that most shifts propose first, and then by the order of the desk. None where no weight can be moved.
func (d Desk) Holds() []Hold {
	var out []Hold
	if len(d.Shifts) == 0 {
		return nil
	}
	for _, standing := range d.Areas {
		h := Hold{Area: standing.Area, Chosen: standing.Role != ""}
		for _, shift := range d.Shifts {
			if slices.Contains(shift.Chosen, h.Area) {
				h.Kept = append(h.Kept, shift)
			} else {
				h.Other = append(h.Other, shift)
			}
		}
		if h.Chosen || len(h.Kept) > 0 {
			out = append(out, h)
		}
	}
	slices.SortStableFunc(out, func(a, b Hold) int {
		if a.Chosen != b.Chosen {
			if a.Chosen {
				return -1
			}
			return 1
		}
		return cmp.Compare(len(b.Kept), len(a.Kept))
	})
	return out
}
