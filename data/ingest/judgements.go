package ingest

import (
	"fmt"
	"hash/maphash"
)

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

// judgementRows reads the rows of a file of judgements. There may be millions, so what was seen is kept as hashes, and
// the columns that rows repeat are read once.
type judgementRows struct {
	*table
	to   func(Judgement)
	seed maphash.Seed
	seen map[uint64]int32
	key  []byte

	inspection, ref, question, judgement memo[string]
}

func newJudgementRows(t *table, to Rows) taker {
	code := func(column, like string) memo[string] {
		return memoOf(t, column, func(r *row, column string) string { return r.code(column, caseGrammar, like) })
	}
	return &judgementRows{
		table: t, to: to.Judgement, seed: maphash.MakeSeed(), seen: make(map[uint64]int32, t.expected()),
		inspection: memoOf(t, "inspection", (*row).inspection),
		ref:        code("case", "a reference that names nobody: letters, digits, point, hyphen, slash; no spaces"),
		question:   code("question", "the question's id: letters, digits, point, hyphen, slash; no spaces"),
		judgement: memoOf(t, "judgement", func(r *row, column string) string {
			return r.word(column, "sufficient", "insufficient", "not_applicable")
		}),
	}
}

func (js *judgementRows) take(r *row) {
	r.required()
	j := Judgement{
		Line:       r.line,
		Inspection: js.inspection.of(r),
		Case:       js.ref.of(r),
		Question:   js.question.of(r),
		Judgement:  js.judgement.of(r),
	}
	js.once(r, j)
	if js.to != nil && !r.log.refused() {
		js.to(j)
	}
}

func (js *judgementRows) finish() {}

// once finds a judgement given twice.
func (js *judgementRows) once(r *row, j Judgement) {
	if j.Inspection == "" || j.Case == "" || j.Question == "" {
		return
	}
	js.key = js.key[:0]
	for _, text := range [...]string{j.Inspection, j.Case, j.Question} {
		js.key = append(append(js.key, text...), 0)
	}
	key := maphash.Bytes(js.seed, js.key)
	if line, ok := js.seen[key]; ok {
		r.found("question", "row_duplicate",
			fmt.Sprintf("was judged in row %d too, for this case of this inspection", line), "delete one of the rows")
		return
	}
	js.seen[key] = int32(r.line)
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
