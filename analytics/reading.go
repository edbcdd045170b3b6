package analytics

import "slices"

// Reading is a way in which results of a programme were read that could not see some levels of their scale. What it missed
// depends on the value, so the results that it did read are no fair picture of all: their set is censored.
type Reading struct {
	ID         string
	Programme  string
	Confidence Confidence // results that were read so have it
	Levels     []string   // the levels that it could not see
	Why        string     // names the cause; its words are in the catalogues
	Status     Status
	Measures   []string // the measures that it is of
	Censors    []string // those of which the release has results that were read so
}

// Readings returns all ways of reading that could not see everything.
func (s *Snapshot) Readings() []Reading { return s.readings }

// Censored returns the reading that censors a measure, and whether there is one. Then results of the measure are missing
// because of their value, and no average, share, order, change or standing may be computed from those that are not.
func (s *Snapshot) Censored(programme, measure string) (Reading, bool) {
	for _, r := range s.readings {
		if r.Programme == programme && slices.Contains(r.Censors, measure) {
			return r, true
		}
	}
	return Reading{}, false
}
