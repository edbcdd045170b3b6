package analytics

import "time"

// Release is one immutable database of what was public at a moment.
type Release struct {
	ID    string // hash of the database file, hexadecimal
	Built time.Time
}
