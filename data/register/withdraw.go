package register

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// Withdrawal is a decision to take figures out of what is published next. No release is shown with them any more,
// and the next one says that they were withdrawn, when, and why, and not what they were.
type Withdrawal struct {
	Import     int    // its number; or
	Inspection string // its id: every result of it, wherever it came from
	By         string
	Why        string // is shown to the public; required
}

// Withdraw journals a withdrawal. An inspection that is imported again afterwards stands again.
func (r *Register) Withdraw(ctx context.Context, w Withdrawal) error {
	if err := decided(w.By); err != nil {
		return err
	}
	if strings.TrimSpace(w.Why) == "" {
		return errors.New("a withdrawal needs its reason: --why")
	}
	return r.locked(ctx, func(j *journal) error {
		e := Entry{By: w.By, Act: ActWithdraw, Why: w.Why, Inspection: w.Inspection}
		imports := effective(j.entries)
		if w.Inspection == "" {
			if !slices.ContainsFunc(imports, func(e Entry) bool { return e.Seq == w.Import && e.isImport() }) {
				return moved("there is no import %d to withdraw", w.Import)
			}
			e.Imports = []int{w.Import}
		} else if err := r.holds(imports, w.Inspection); err != nil {
			return err
		}
		_, err := j.decide(e)
		return err
	})
}

// holds fails where the record, with everything decided, has no result of an inspection.
func (r *Register) holds(imports []Entry, inspection string) error {
	known, err := r.known(imports)
	if err == nil && !known.Inspections(inspection) {
		err = moved("there is no inspection %s to withdraw", inspection)
	}
	return err
}

// Holds says whether the record, with everything decided, has results of an inspection.
func (r *Register) Holds(inspection string) (bool, error) {
	entries, err := r.Journal()
	if err != nil {
		return false, err
	}
	known, err := r.known(effective(replaced(entries)))
	return err == nil && known.Inspections(inspection), err
}
