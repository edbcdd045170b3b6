package analytics

import (
	"slices"

	"yardstick/analytics/stats"
)

// Reading is a way in which results of a programme were read that could not see some levels of their scale. What it
// missed depends on the value, so the results that it did read are no fair picture of all: their set is censored.
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

// Censored returns the reading that censors a measure, and whether there is one. Then results of the measure are
// missing because of their value, and no average, share, order, change or standing may be computed from those that
// are not.
func (s *Snapshot) Censored(programme, measure string) (Reading, bool) {
	for _, r := range s.readings {
		if r.Programme == programme && slices.Contains(r.Censors, measure) {
			return r, true
		}
	}
	return Reading{}, false
}

// CensoredShare is what a censored measure still says of the areas that are good or better: a lower and an upper
// bound, which hold whatever the results are that were not read.
type CensoredShare struct {
	Reading Reading
	Scale   string       // of the ratings that were read
	Good    int          // areas whose newest result was read, and counts as good: Good or Outstanding
	Read    int          // areas whose newest result was read
	Missing int          // areas whose inspection was read so, without a result of the measure
	Percent stats.Bounds // in percent, of Read + Missing areas
}

// CensoredShare returns the bounds of a censored measure, over the current areas whose newest inspection of the
// programme shows a result of it or was read in the way that censors it. False where the measure is not censored, or
// has no such area.
func (s *Snapshot) CensoredShare(programme, measure string) (CensoredShare, bool) {
	reading, ok := s.Censored(programme, measure)
	if !ok {
		return CensoredShare{}, false
	}
	out := CensoredShare{Reading: reading}
	for _, a := range s.areas {
		newest, known := Newest(slices.DeleteFunc(slices.Clone(s.byArea[a.ID]),
			func(i Inspection) bool { return i.Programme != programme }))
		if !a.Current || !known {
			continue
		}
		r, ok := newest[0].Result(measure)
		level, rated := s.Scale(r.Scale).Level(r.Rating)
		switch {
		case ok && rated:
			out.Read++
			out.Scale = r.Scale
			if level.GoodOrBetter {
				out.Good++
			}
		case slices.ContainsFunc(newest[0].Results, reading.read):
			out.Missing++
		}
	}
	bounds, err := stats.ShareBounds(out.Good, out.Missing, out.Read+out.Missing)
	if err != nil {
		return out, false // no area
	}
	out.Percent = stats.Bounds{Lower: 100 * bounds.Lower, Upper: 100 * bounds.Upper}
	return out, true
}

// read says whether a result was read so. Any result will do, an overall one too: an inspection of which none of the
// reading's measures was read is one of those that are missing.
func (r Reading) read(of Result) bool { return of.Confidence == r.Confidence }
