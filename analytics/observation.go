package analytics

import "time"

// PlaceLevel is the kind of place an observation is of. It is part of an observation's key: one slug may name a
// service, an authority and a region.
type PlaceLevel string

// The kinds of place. Only LevelArea places are areas of the register.
const (
	LevelArea        PlaceLevel = "area"
	LevelAuthority   PlaceLevel = "authority"
	LevelRegion      PlaceLevel = "region"
	LevelNation      PlaceLevel = "nation"
	LevelPoliceForce PlaceLevel = "police_force"
)

// FlagAnomalous marks an observation that its source gives and that cannot be trusted: it is shown and left out of
// every computation.
const FlagAnomalous = "anomalous"

// Indicator is what a published statistic is: its unit (percent, count, per_1000, …), which way is better, and what
// it counts.
type Indicator struct {
	ID          string
	Unit        string
	Better      Polarity
	Counts      Counted
	Denominator string // the indicator that a rate is set against; empty where the record has none
}

// Polarity says which way is better.
type Polarity string

// The polarities. Of some indicators neither way is.
const (
	BetterLow  Polarity = "low"
	BetterHigh Polarity = "high"
	BetterNone Polarity = ""
)

// Counted is what an indicator counts.
type Counted string

// A rate of children, each counted once, is a share of them, and chance sets limits to it. Of events one child may
// have several, so a rate of them is no share, and limits that take each event to be independent are too narrow. A
// stock is what there is on a day or on average, a population for one: it has no limits of chance.
const (
	CountsChildren Counted = "children"
	CountsEvents   Counted = "events"
	CountsStock    Counted = "stock"
)

// Observation is a published statistic of a place in a period: reoffending, first-time entrants, custody, population.
// A nil number or empty word was not shown by the source. Two sources may each give one of the same place and period.
type Observation struct {
	Indicator   string
	Unit        string // of Value, Lower and Upper: percent, count, per_1000, per_100000, …
	Place       string // id: of an Area where Level is LevelArea
	Level       PlaceLevel
	GSS         string    // Government Statistical Service code
	Start       time.Time // the first day of the period, in UTC
	End         time.Time // the last day
	Period      string    // as its source names it: "year ending March 2016"
	Value       float64
	Lower       *float64 // of the interval its source printed
	Upper       *float64
	Numerator   *float64
	Denominator *float64
	// of the place at about the time, for a rate without counts; 0 where the record has none near enough
	Population float64
	Basis      string   // old or new: two series of reoffending, which never join; empty elsewhere
	Flag       string   // FlagAnomalous, or empty
	Sources    []string // source ids
	Note       string
}

// Indicator is what the indicator with this id is; the zero Indicator where there is none.
func (s *Snapshot) Indicator(id string) Indicator { return s.kinds[id] }

// Indicators are the ids of the indicators that anything was observed of, in the order pages show them.
func (s *Snapshot) Indicators() []string { return s.indicators }
