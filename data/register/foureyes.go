package register

import (
	"errors"
	"fmt"
	"slices"
)

// SameUserError says that somebody would decide alone what needs two.
type SameUserError struct {
	User string // as the system knows them, where four eyes are required
	By   string // the name that they gave, where they are not
	Seq  int    // of what they decided before
}

// Error names the user.
func (e *SameUserError) Error() string {
	if e.By != "" {
		return fmt.Sprintf("decision %d is by %s: it needs somebody other than who made it", e.Seq, e.By)
	}
	return fmt.Sprintf("decision %d is by user %q: it needs somebody other than them, under an account of their own",
		e.Seq, e.User)
}

// FourEyes says whether the home requires two people for an import, a withdrawal, a redaction and the end of an
// embargo.
func (r *Register) FourEyes() (bool, error) {
	settings, err := r.Settings()
	return settings.FourEyes, err
}

// underRules fills in what the home's rules add to a decision: who the system says decides, and, where two are
// required, that it is a draft until the other approves it. To take a draft out that nobody has approved needs no
// other: nothing of it was public.
func (r *Register) underRules(entries []Entry, e Entry) (Entry, error) {
	e.User = r.User
	required, err := r.FourEyes()
	if err != nil || !required {
		return e, err
	}
	if e.User == "" {
		return e, errors.New("four eyes are required here, and the system does not say who you are")
	}
	if e.isImport() || e.withdraws() && !ofDrafts(entries, e) || e.Act == ActLift {
		e.Draft = true
	}
	return e, nil
}

// ofDrafts says whether a withdrawal is of imports alone that nobody has approved.
func ofDrafts(entries []Entry, e Entry) bool {
	approved := approvals(entries)
	return e.Act == ActWithdraw && len(e.Imports) > 0 && !slices.ContainsFunc(e.Imports, func(seq int) bool {
		return !entries[seq-1].Draft || approved[seq] > 0
	})
}

// Waiting returns the number of the newest decision where it has no effect before somebody else approves it; else 0.
func (r *Register) Waiting() (int, error) {
	entries, _, err := readJournal(r.journalPath())
	if err != nil || len(entries) == 0 {
		return 0, err
	}
	if e := entries[len(entries)-1]; e.Draft {
		return e.Seq, nil
	}
	return 0, nil
}

// content returns the hash of what an approval of an entry approves: the file it took, or else the decision itself.
func (e Entry) content() string {
	if e.isImport() {
		return e.Upload
	}
	return e.Hash
}

// approvals returns by number which entries were approved, and by which entry.
func approvals(entries []Entry) map[int]int {
	out := make(map[int]int)
	for _, e := range entries {
		if e.Act != ActApprove {
			continue
		}
		for _, seq := range e.Imports {
			if e.Approves == "" || e.Approves == entries[seq-1].content() { // earlier programs named no hash
				out[seq] = e.Seq
			}
		}
	}
	return out
}

// inForce returns the number of the entry by which a decision takes effect: its own, or that of its approval; 0 where
// it still waits for that.
func inForce(e Entry, approved map[int]int) int {
	if !e.Draft || e.isImport() {
		return e.Seq
	}
	return approved[e.Seq]
}
