package target

import (
	"slices"
	"testing"
)

// Every proposed area, and every area that some other weight would propose, is listed once; each shift either
// proposes it or does not.
func TestHolds(t *testing.T) {
	d := board(t, load(t, record(t)), DefaultAssumptions())
	holds := d.Holds()
	if len(d.Shifts) == 0 || len(holds) <= len(d.Chosen) {
		t.Fatalf("%d shifts move %d areas of %d", len(d.Shifts), len(holds), len(d.Chosen))
	}
	for _, shift := range d.Shifts {
		if len(shift.Chosen) != d.Assumptions.Places || len(shift.Enters) != len(shift.Leaves) {
			t.Errorf("%s at %g proposes %d, %d enter and %d leave", shift.Criterion, shift.Weight, len(shift.Chosen),
				len(shift.Enters), len(shift.Leaves))
		}
		for _, area := range shift.Enters {
			if !slices.Contains(shift.Chosen, area) {
				t.Errorf("%s enters and is not proposed", area)
			}
		}
		for _, area := range shift.Leaves {
			if slices.Contains(shift.Chosen, area) {
				t.Errorf("%s leaves and is proposed", area)
			}
		}
	}
	kept, seen := 0, make(map[string]bool)
	for n, h := range holds {
		kept += len(h.Kept)
		standing, err := d.Standing(h.Area)
		if err != nil || seen[h.Area] || h.Chosen != (standing.Role != "") ||
			len(h.Kept)+len(h.Other) != len(d.Shifts) ||
			!h.Chosen && len(h.Moved()) == 0 {
			t.Errorf("%+v, %v", h, err)
		}
		seen[h.Area] = true
		if n > 0 &&
			(h.Chosen && !holds[n-1].Chosen || h.Chosen == holds[n-1].Chosen && len(h.Kept) > len(holds[n-1].Kept)) {
			t.Errorf("%s comes after %s", h.Area, holds[n-1].Area)
		}
	}
	if kept != len(d.Shifts)*d.Assumptions.Places {
		t.Errorf("%d places in %d programmes of %d", kept, len(d.Shifts), d.Assumptions.Places)
	}
	if none := (Desk{Areas: d.Areas}).Holds(); none != nil {
		t.Errorf("%d holds without a shift", len(none))
	}
}
