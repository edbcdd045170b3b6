package analytics

// FindingKind says what a finding is.
type FindingKind string

// The kinds of findings, in the order pages show them.
const (
	FindingReason         FindingKind = "reason" // why the area was chosen
	FindingLimit          FindingKind = "limit"  // of the sample or of the source
	FindingRecommendation FindingKind = "recommendation"
	FindingPlan           FindingKind = "plan"   // what follows the report
	FindingAnswer         FindingKind = "answer" // by service users or victims
	FindingStrength       FindingKind = "strength"
	FindingImprovement    FindingKind = "improvement" // an area for improvement
	FindingCommentary     FindingKind = "commentary"
	FindingExample        FindingKind = "example"
	FindingContext        FindingKind = "context"
	FindingCaseMix        FindingKind = "case_mix" // characteristics of the cases read
	FindingArrangement    FindingKind = "arrangement"
	FindingDefinition     FindingKind = "definition"
	FindingResponse       FindingKind = "response"      // of the inspected service, a paragraph each
	FindingPlanDue        FindingKind = "plan_due"      // the day its improvement plan is due, as the period
	FindingPlanReceived   FindingKind = "plan_received" // the day it came, as the period
)

// FindingKinds are all kinds of findings, in the order pages show them.
func FindingKinds() []FindingKind {
	return []FindingKind{FindingReason, FindingLimit, FindingRecommendation, FindingPlan, FindingAnswer,
		FindingStrength, FindingImprovement, FindingCommentary, FindingExample, FindingContext, FindingCaseMix,
		FindingArrangement, FindingDefinition, FindingResponse, FindingPlanDue, FindingPlanReceived}
}

// FindingStatus says how the numbers of a finding came from its source.
type FindingStatus string

// The numbers are printed, follow from what is printed, or are missing because the source shows them only as a picture.
const (
	FindingPrinted   FindingStatus = "printed"
	FindingWorkedOut FindingStatus = "worked_out"
	FindingPicture   FindingStatus = "picture"
)

// EnglandAndWales is the official code of England and Wales together.
const EnglandAndWales = "K04000001"

// Finding is what a report says besides scores and ratings: a recommendation, an answer by service users, a share of
// cases in which something was seen, a fact about the area, a limit of the sample. Its text is the record's own. A nil
// number was not shown by the source; where the report gives a figure in words only, the text has them.
type Finding struct {
	Inspection  string
	Kind        FindingKind
	Position    int    // from 1 within the inspection and kind, in the report's order
	Measure     string // what it is about; empty for the inspection as a whole
	Subject     string // id of its topic; may be empty
	Counted     string // who or what the numbers count: children, victims, cases, community, custody, people, workload
	Text        Name
	Numerator   *int
	Denominator *int
	Percent     *float64 // 0-100
	Value       *float64 // in Unit
	ValueTo     *float64 // the end of a range that starts with Value
	Unit        string
	Place       string // official code of an authority, or EnglandAndWales; empty for the inspected area
	Period      string // as the report has it
	Printed     string // the figure in the report's words, where the numbers were worked out from them
	Status      FindingStatus
	Section     string // of the report
	Page        string
	Sources     []string
	Note        string
}

// Numbers says whether the finding has any number.
func (f Finding) Numbers() bool {
	return f.Numerator != nil || f.Percent != nil || f.Value != nil
}

// Findings are all findings, by inspection, kind and position.
func (s *Snapshot) Findings() []Finding { return s.findings }

// FindingsOf are the findings of an inspection, by kind and position.
func (s *Snapshot) FindingsOf(inspection string) []Finding { return s.said[inspection] }
