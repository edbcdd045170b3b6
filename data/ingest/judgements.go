package ingest

// Judgement is one row of a file of judgements: what inspectors judged of one question in one child's case.
type Judgement struct {
	Line       int    // of the file; 1 is the header
	Inspection string // id
	Case       string // the inspectors' reference, which names nobody
	Question   string // id of the programme's question
	Judgement  string // sufficient, insufficient or not_applicable
}

var judgementColumns = []column{
	{name: "inspection", required: filled},
	{name: "case", required: filled},
	{name: "question", required: filled},
	{name: "judgement", required: filled},
}

const (
	likeCase     = "a reference that names nobody: letters, digits, point, hyphen, slash; no spaces"
	likeQuestion = "the question's id: letters, digits, point, hyphen, slash; no spaces"
)

// judgementReader reads the rows of a file of judgements. There may be millions, so the columns that rows repeat are
// read once.
func judgementReader(t *table, to Rows) reader {
	code := func(column, like string) memo[string] {
		return memoOf(t, column, func(r *row, column string) string { return r.code(column, caseGrammar, like) })
	}
	inspection := memoOf(t, "inspection", (*row).inspection)
	ref, question := code("case", likeCase), code("question", likeQuestion)
	judgement := memoOf(t, "judgement", func(r *row, column string) string {
		return r.word(column, "sufficient", "insufficient", "not_applicable")
	})
	type about struct{ inspection, ref, question string }
	return reader{row: func(r *row) {
		j := Judgement{
			Line:       r.line,
			Inspection: inspection.of(r),
			Case:       ref.of(r),
			Question:   question.of(r),
			Judgement:  judgement.of(r),
		}
		if j.Inspection != "" && j.Case != "" && j.Question != "" {
			repeats(r, about{j.Inspection, j.Case, j.Question}, "question",
				"was judged in row %d too, for this case of this inspection", "delete one of the rows")
		}
		pass(r, to.Judgement, j)
	}}
}

// inspection reads the id of an inspection of the record.
func (r *row) inspection(column string) string {
	id := r.code(column, idGrammar, "the inspection's id: leicestershire-and-rutland-cci-2012")
	if id != "" && r.known.Inspections != nil && !r.known.Inspections(id) {
		r.found(column, "inspection_unknown", "is no inspection of the record",
			"write its id, <area>-<programme>-<year>; import its results first, if it has none yet")
		return ""
	}
	return id
}
