package analytics

import "time"

// Release is one immutable database of what was public at a moment.
type Release struct {
	ID    string // hash of the database file, hexadecimal
	Built time.Time
	// Published is when it became public, which is the release's date wherever readers see one: the moment that the
	// record's own history has, and Built where it has none. Load fills it in.
	Published time.Time
}
