package register

import (
	"fmt"
	"time"
)

// zone is where the office's clocks stand. Times with no zone are meant there.
const zone = "Europe/London"

// Embargo is a moment before which nothing may be public: the instant, and the words it was given in.
type Embargo struct {
	Instant time.Time `json:"instant"` // UTC
	Words   string    `json:"words"`
	Zone    string    `json:"zone"`
}

// EmbargoError says why a clock time names no one moment.
type EmbargoError struct {
	Words string
	Why   string
}

// Error gives the words and the reason.
func (e *EmbargoError) Error() string { return fmt.Sprintf("embargo %q: %s", e.Words, e.Why) }

// ParseEmbargo reads "2012-06-13 00:01" as a clock time in London. A time that the clocks show twice, or never, is an
// *EmbargoError with the reason, and so is anything else.
func ParseEmbargo(words string) (Embargo, error) {
	london, err := time.LoadLocation(zone)
	if err != nil {
		return Embargo{}, fmt.Errorf("embargo: %w", err)
	}
	const layout = "2006-01-02 15:04"
	wall, err := time.Parse(layout, words)
	if err != nil {
		return Embargo{}, &EmbargoError{words,
			`write it as "2012-06-13 00:01", a day that exists and a time of 24 hours`}
	}
	// London is at UTC or an hour ahead of it. A clock time is one moment where just one of the two shows it.
	var moments []time.Time
	for _, ahead := range []time.Duration{0, time.Hour} {
		if moment := wall.Add(-ahead); moment.In(london).Format(layout) == words {
			moments = append(moments, moment)
		}
	}
	switch len(moments) {
	case 1:
		return Embargo{Instant: moments[0], Words: words, Zone: zone}, nil
	case 0:
		return Embargo{}, &EmbargoError{words,
			"clocks go forward over this time, so no clock in London shows it: choose one an hour earlier or later"}
	}
	return Embargo{}, &EmbargoError{words,
		"clocks go back over this time, so London shows it twice: choose one before 01:00 or from 02:00"}
}

// String shows the moment back as the office reads it: "Wednesday 13 June 2012, 00:01 BST".
func (e Embargo) String() string {
	london, err := time.LoadLocation(e.Zone)
	if err != nil {
		return e.Words
	}
	return e.Instant.In(london).Format("Monday 2 January 2006, 15:04 MST")
}

// Due says whether the embargo has lapsed at a moment.
func (e *Embargo) Due(now time.Time) bool { return e == nil || !now.Before(e.Instant) }
