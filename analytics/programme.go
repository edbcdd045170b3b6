package analytics

// Sampling says which areas a programme inspected, and so what an average over it may be called.
type Sampling string

// The kinds of sampling. A targeted programme chose areas for concern: no average over it is ever national.
const (
	SamplingCensus    Sampling = "census"
	SamplingTargeted  Sampling = "targeted"
	SamplingScreening Sampling = "screening"
	SamplingUnknown   Sampling = "unknown"
)

// Status says how well a rule of a programme is known.
type Status string

// A rule is seen in a published document, or inferred from several published results.
const (
	StatusSeen     Status = "seen"
	StatusInferred Status = "inferred"
)

// Programme is an inspection programme. Inspections and Results count what the release holds of it.
type Programme struct {
	ID            string
	Starts        PartialDate
	Ends          PartialDate
	Sampling      Sampling
	ExpectedAreas int // how many areas it set out to cover; 0 where it did not say
	Status        Status
	Inspections   int
	Results       int
}

// ScaleKind is how a scale expresses a result.
type ScaleKind string

// A scale is a percentage, or an order of words.
const (
	ScalePercent ScaleKind = "percent"
	ScaleLevels  ScaleKind = "levels"
)

// Unit is the unit of the numbers on a scale.
type Unit string

// Percent is 0-100 as published; points are out of a maximum that each result states.
const (
	UnitNone    Unit = ""
	UnitPercent Unit = "percent"
	UnitPoints  Unit = "points"
)

// Scale is how a measure is expressed. Levels are lowest first, and empty for a percentage.
type Scale struct {
	ID     string
	Kind   ScaleKind
	Unit   Unit
	Status Status
	Levels []Level
}

// Level is one word of a scale. Position 1 is the lowest.
type Level struct {
	ID           string
	Position     int
	Points       *int // what a standard at this level adds to a total; nil where the scale has no points
	GoodOrBetter bool
	Status       Status
}

// Level finds a word of the scale.
func (s Scale) Level(id string) (Level, bool) {
	for _, l := range s.Levels {
		if l.ID == id {
			return l, true
		}
	}
	return Level{}, false
}

// Band is a range of numbers that goes with a word, both ends included. Measure is empty where the band holds for
// every measure of the programme.
type Band struct {
	Programme string
	Measure   string
	Unit      Unit
	Lower     float64
	Upper     float64
	Word      string
	Status    Status
}

// MeasureKind is what a measure is within its programme.
type MeasureKind string

// The kinds of measure, from the widest to the narrowest.
const (
	KindOverall    MeasureKind = "overall"
	KindHeadline   MeasureKind = "headline"
	KindSection    MeasureKind = "section"
	KindCriterion  MeasureKind = "criterion"
	KindStandard   MeasureKind = "standard"
	KindAreaOfWork MeasureKind = "area_of_work"
)

// Measure is one thing a programme judges.
type Measure struct {
	Programme string
	ID        string
	Kind      MeasureKind
	Parent    string // the section or total it belongs to; empty for none
	Counts    *bool  // whether a standard's points count in the total; nil where it does not apply
	Status    Status
	ShareOf   ShareOf  // what its percentage is a share of; empty where it has none
	JudgedIn  JudgedIn // in which cases the judgements of a share of judgements were made; empty for others
	Theme     string   // empty where the crosswalk has none
	Primary   bool     // the measure that represents its programme in its theme
}

// Publisher is who publishes figures and facts. Site is its own web domain; empty where none is known.
type Publisher struct {
	ID   string
	Name Name
	Site string
}

// ShareOf says what a percentage is a share of.
type ShareOf string

// What percentages are shares of.
const (
	ShareOfCases      ShareOf = "cases"
	ShareOfJudgements ShareOf = "judgements" // several a case
)

// JudgedIn says in which of the cases read a measure's questions were asked.
type JudgedIn string

// Where a measure's questions were asked.
const (
	JudgedInAll  JudgedIn = "all"
	JudgedInPart JudgedIn = "part"
)

// Source is a published document, or a named part of a data file, that numbers were read from.
type Source struct {
	ID          string
	Title       string // empty where the page's title was not recorded
	URL         string
	Detail      string // file, table or row within the address
	OriginalURL string // the publication that the address itself draws on
	Licence     string // SPDX id, of the figures
	Publisher   string // id of who published the figures, wherever they were read; empty where nothing says
}

// Caution is something that programmes' own publications say about comparing results of Programme and Other (in
// either order; the same programme twice for comparisons within it). The words are in the catalogues under its ID.
type Caution struct {
	Programme string
	Other     string
	ID        string
	Status    Status
}
