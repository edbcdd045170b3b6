package ingest

// Question is one row of a file of questions: where the judgements of a question count.
type Question struct {
	Line      int // of the file; 1 is the header
	ID        string
	Criterion string   // measure; "" for none, as in the others
	Section   string   // measure
	Headlines []string // measures
}

var questionColumns = []column{
	{name: "question", required: filled},
	{name: "criterion", required: named},
	{name: "section", required: named},
	{name: "headlines", required: named},
}

// questionReader reads the rows of a file of questions.
func questionReader(_ *table, to Rows) reader {
	return reader{row: func(r *row) {
		q := Question{
			Line:      r.line,
			ID:        r.code("question", caseGrammar, likeQuestion),
			Criterion: r.measure("criterion"),
			Section:   r.measure("section"),
			Headlines: r.measures("headlines"),
		}
		if r.has("question") && !r.has("criterion") && !r.has("section") && !r.has("headlines") {
			r.found("question", "row_says_nothing", "counts in no criterion, section or headline",
				"fill one in, or delete the row")
		}
		if q.ID != "" {
			repeats(r, q.ID, "question", "stands in row %d too", "bring the two rows together in one")
		}
		pass(r, to.Question, q)
	}}
}

const likeMeasure = "the measure's id as reference/measures.csv has it: small letters, digits, underscores"

func (r *row) measure(column string) string { return r.code(column, measureGrammar, likeMeasure) }

// measures reads ids of measures with ";" between.
func (r *row) measures(column string) []string {
	return r.list(column, func(id string) bool {
		if !measureGrammar.MatchString(id) {
			r.found(column, column, "is not a list of measures", "write "+likeMeasure+"; several with ; between")
			return false
		}
		return true
	})
}
