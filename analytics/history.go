package analytics

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Publication is one release in the history of what was public, as the record tells it. Counts are of figures: results
// and observations.
type Publication struct {
	Position  int       // 1 is the first
	Release   string    // its id; empty for the release being read, and where it was not kept
	Published time.Time // UTC
	Origin    string    // "shipped" (the record that the program ships) or "register" (decided by the office)
	Why       string    // in the words of those who published it; may be empty
	Added     int
	Corrected int
	Withdrawn int
}

// Subject is what a revision is of.
type Subject string

// The subjects of revisions.
const (
	SubjectResult      Subject = "result"
	SubjectBenchmark   Subject = "benchmark" // lowest, highest, average as a notice printed them
	SubjectObservation Subject = "observation"
	SubjectArea        Subject = "area"
	SubjectFinding     Subject = "finding" // what a report says besides scores
)

// Act is what a revision did.
type Act string

// The acts of revisions.
const (
	ActAdded     Act = "added"
	ActCorrected Act = "corrected"
	ActWithdrawn Act = "withdrawn"
)

// Revision is one thing that a release changed. A correction names the field of the record that it changed, with
// what stood there before and after; "" is a blank cell. Rows is how many figures it stands for: 1 but for
// observations, which are told by indicator where they came or left together.
type Revision struct {
	Position   int // of its Publication
	Subject    Subject
	Act        Act
	Inspection string // of a result or benchmark
	Measure    string // id; an indicator's for an observation
	Place      string // of an observation or area
	Period     string // of an observation: its first day
	Field      string
	Before     string
	After      string
	Rows       int
	Why        string // in the words of those who decided it; may be empty
}

// Publications are the releases up to this one, newest first.
func (s *Snapshot) Publications() []Publication { return s.publications }

// Revisions are what the release at a position changed, in the record's order.
func (s *Snapshot) Revisions(position int) []Revision { return s.revisions[position] }

// History is what releases changed about an inspection, newest first; empty where it stands as it was first released.
func (s *Snapshot) History(inspection string) []Revision { return s.histories[inspection] }

// figureFields are the fields of a result that a reader takes for the figure itself.
var figureFields = []string{"percent", "rating", "comment", "points", "points_max"}

// Correction is the newest correction of an inspection's figure on a measure; false where what was first published
// still holds. A changed note or page is none.
func (s *Snapshot) Correction(inspection, measure string) (Revision, bool) {
	for _, r := range s.histories[inspection] {
		if r.Subject == SubjectResult && r.Act == ActCorrected && r.Measure == measure &&
			slices.Contains(figureFields, r.Field) {
			return r, true
		}
	}
	return Revision{}, false
}

// Publication finds a release by its position; the zero Publication where there is none.
func (s *Snapshot) Publication(position int) Publication {
	for _, p := range s.publications {
		if p.Position == position {
			return p
		}
	}
	return Publication{}
}

// ProgrammeOf is the programme of an inspection, held or withdrawn, by its id: <area>-<programme>-<year>, or without
// the year. False where the id names none.
func (s *Snapshot) ProgrammeOf(inspection string) (string, bool) {
	for part := range strings.SplitSeq(inspection, "-") {
		for _, p := range s.programmes {
			if p.ID == part {
				return p.ID, true
			}
		}
	}
	return "", false
}

// withdrawn is a *WithdrawnError where an inspection that is not held was withdrawn; nil where it never was.
func (s *Snapshot) withdrawn(inspection string) error {
	revisions := s.histories[inspection]
	if len(revisions) == 0 || revisions[0].Act != ActWithdrawn {
		return nil
	}
	return &WithdrawnError{ID: inspection, When: s.Publication(revisions[0].Position), Why: revisions[0].Why}
}

// WithdrawnError says that an inspection was held and has been withdrawn.
type WithdrawnError struct {
	ID   string
	When Publication // the release that withdrew it
	Why  string      // in the words of those who did; may be empty
}

// Error names the inspection and the day.
func (e *WithdrawnError) Error() string {
	return fmt.Sprintf("inspection %q was withdrawn on %s", e.ID, e.When.Published.Format(time.DateOnly))
}
