package analytics

import "time"

// GroupKind is a kind of comparator group.
type GroupKind string

// The comparator groups: every area held, those of a nation, those of a region.
const (
	GroupAll    GroupKind = "all"
	GroupNation GroupKind = "nation"
	GroupRegion GroupKind = "region"
)

// ParseGroupKind reads a group from a parameter; anything but all, nation or region is an *InvalidError.
func ParseGroupKind(text string) (GroupKind, error) {
	switch g := GroupKind(text); g {
	case GroupAll, GroupNation, GroupRegion:
		return g, nil
	}
	return "", &InvalidError{Field: "group", Kind: "group", Value: text}
}

// Benchmark is a measure over a group of areas as of a day: the latest result of each area that is known to have
// been published by then.
type Benchmark struct {
	Programme string
	Scale     string
	Measure   string
	Group     GroupKind
	Name      string     // the id of the nation or region; "all" for all
	AsOf      *time.Time // the day it holds from; nil for the whole record, undated results included
	N         int        // areas with a usable result
	Undated   int        // areas left out because their only results may or may not have been published by then
	Of        int        // areas the group had on that day; 0 until a Snapshot fills it
	Summary   *Summary   // nil where the scale has no numbers, or no area's number is known
	Levels    []LevelCount
}

// Summary is the spread of a measure's numbers over N areas. Quartiles are type 7 (linear interpolation).
type Summary struct {
	Unit         Unit
	N            int
	Lowest       float64
	LowestAreas  []string // area ids, every area that ties
	Highest      float64
	HighestAreas []string
	Average      float64
	Q1           float64
	Median       float64
	Q3           float64
}

// LevelCount is how many areas stand at one position of a scale of words.
type LevelCount struct {
	Position int
	Areas    int
}

// MedianPosition is the position of the area in the middle of the order, the lower of two; 0 where there is none.
func (b Benchmark) MedianPosition() int {
	total := 0
	for _, l := range b.Levels {
		total += l.Areas
	}
	seen := 0
	for _, l := range b.Levels {
		seen += l.Areas
		if 2*seen >= total {
			return l.Position
		}
	}
	return 0
}

// GroupSize is how many areas a group had from a day on; a nil From is since before any dated change.
type GroupSize struct {
	Group GroupKind
	Name  string
	From  *time.Time
	Areas int
}

// Release is one immutable database of what was public at a moment.
type Release struct {
	ID    string // hash of the database file, hexadecimal
	Built time.Time
}
