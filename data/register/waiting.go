package register

import "time"

// Unpublished is an import that no release has yet.
type Unpublished struct {
	Import  int
	Embargo *Embargo // nil for none
	Waits   bool     // its embargo has not ended
	Draft   bool     // nobody has approved it
}

// Unpublished returns the imports that are to be part of a release and are of none, in the order they were made. It
// reads the journal as it is, and changes nothing.
func (r *Register) Unpublished(now time.Time) ([]Unpublished, error) {
	entries, err := r.Journal()
	if err != nil {
		return nil, err
	}
	before, pending := published(entries), pending(entries, now)
	var out []Unpublished
	for _, e := range effective(entries) {
		if e.isImport() && isPublished(e.Kind) && !before[e.Seq] {
			embargoed, draft := pending(e)
			out = append(out, Unpublished{Import: e.Seq, Embargo: e.Embargo, Waits: embargoed, Draft: draft})
		}
	}
	return out, nil
}
