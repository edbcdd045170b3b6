package ingest

import "fmt"

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

// questionRows reads the rows of a file of questions.
type questionRows struct {
	*table
	to   func(Question)
	seen map[string]int
}

func newQuestionRows(t *table, to Rows) taker {
	return &questionRows{table: t, to: to.Question, seen: make(map[string]int)}
}

func (qs *questionRows) take(r *row) {
	r.required()
	q := Question{
		Line: r.line, ID: r.code("question", caseGrammar, "the question's id: letters, digits, point, hyphen, slash; "+
			"no spaces"),
		Criterion: r.measure("criterion"), Section: r.measure("section"), Headlines: r.measures("headlines"),
	}
	if r.has("question") && !r.has("criterion") && !r.has("section") && !r.has("headlines") {
		r.found("question", "row_says_nothing", "counts in no criterion, section or headline",
			"fill one in, or delete the row")
	}
	if line, ok := qs.seen[q.ID]; ok && q.ID != "" {
		r.found("question", "row_duplicate", fmt.Sprintf("stands in row %d too", line),
			"bring the two rows together in one")
	}
	qs.seen[q.ID] = r.line
	if qs.to != nil && !r.log.refused() {
		qs.to(q)
	}
}

func (qs *questionRows) finish() {}

const likeMeasure = "the measure's id as reference/measures.csv has it: small letters, digits, underscores"

func (r *row) measure(column string) string { return r.code(column, measureGrammar, likeMeasure) }

// measures reads ids of measures with ";" between.
func (r *row) measures(column string) []string {
	if !r.has(column) || !r.plain(column) || !r.legible(column) {
		return nil
	}
	ids := r.list(column)
	for i, id := range ids {
		if !measureGrammar.MatchString(id) {
			r.found(column, column, "is not a list of measures", "write "+likeMeasure+"; several with ; between")
			return nil
		}
		ids[i] = r.once(id)
	}
	return ids
}
