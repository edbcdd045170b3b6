package ingest

import (
	"fmt"
	"slices"
	"strings"

	"yardstick/analytics"
)

// Kind is what a file holds.
type Kind string

// The kinds of file that are read.
const (
	KindResults    Kind = "results"
	KindIndicators Kind = "indicators"
	KindAreas      Kind = "areas"
	KindJudgements Kind = "judgements"
	KindQuestions  Kind = "questions"
	KindScores     Kind = "scores"
	KindFindings   Kind = "findings"
)

// column is a column that a kind of file may have.
type column struct {
	name     string
	required need
	or       string // a column that may stand for this one, where it is required
}

// need says what a file must have of a column.
type need uint8

const (
	optional need = iota
	named         // the column must be there; its cells may be blank
	filled        // the column must be there, with a value in each row
)

// shape is a kind of file: the columns it may have, how long it may be, and what reads its rows.
type shape struct {
	kind    Kind
	columns []column
	maxRows int // below the header
	reader  func(t *table, to Rows) reader
}

// reader reads the rows of one kind of file.
type reader struct {
	row    func(r *row)
	finish func() // is called after the last row, for what only the whole file can tell; nil for nothing
}

// shapes are all kinds of file, those that people send most often first.
func shapes() []shape {
	return []shape{
		{KindResults, resultColumns, analytics.MostResults, resultReader},
		{KindIndicators, indicatorColumns, analytics.MostObservations, observationReader},
		{KindAreas, areaColumns, 5_000, areaReader},
		{KindJudgements, judgementColumns, 5_000_000, judgementReader},
		{KindQuestions, questionColumns, 5_000, questionReader},
		{KindScores, scoreColumns, analytics.MostResults, scoreReader},
		{KindFindings, reportColumns, analytics.MostResults, reportReader},
	}
}

// Kinds are the kinds of file that are read.
func Kinds() []Kind {
	var kinds []Kind
	for _, s := range shapes() {
		kinds = append(kinds, s.kind)
	}
	return kinds
}

// ImportColumns are the columns that a kind of file may have, in the order of the import format; nil for a kind that
// there is not. What is written with these names is read back by Read.
func ImportColumns(kind Kind) []string {
	for _, s := range shapes() {
		if s.kind == kind {
			return s.names(optional)
		}
	}
	return nil
}

// names are the columns that are needed at least so much.
func (s shape) names(least need) []string {
	var names []string
	for _, c := range s.columns {
		if c.required >= least {
			names = append(names, c.name)
		}
	}
	return names
}

// missing are the required columns that a header lacks.
func (s shape) missing(header []string) []string {
	var lacks []string
	for _, c := range s.columns {
		if c.required > optional && !slices.Contains(header, c.name) &&
			(c.or == "" || !slices.Contains(header, c.or)) {
			lacks = append(lacks, c.name)
		}
	}
	return lacks
}

// mistakes counts what would have to be put right for a header to be one of this kind: names added, and names taken
// away. known is how many of its names are right.
func (s shape) mistakes(header []string) (mistakes, known int) {
	for _, name := range header {
		if slices.ContainsFunc(s.columns, func(c column) bool { return c.name == name }) {
			known++
		}
	}
	return len(s.missing(header)) + len(header) - known, known
}

// fitting is the kind whose columns fit a header best, the first of those that fit it equally; false where none has
// any of its names, or where all want more mended than stands there.
func fitting(among []shape, header []string) (shape, bool) {
	best, least, ok := shape{}, 0, false
	for _, s := range among {
		mistakes, known := s.mistakes(header)
		if known > 0 && mistakes <= len(header)+1 && (!ok || mistakes < least) {
			best, least, ok = s, mistakes, true
		}
	}
	return best, ok
}

// kindsFix tells the kinds of file by the columns each must have.
func kindsFix(among []shape) string {
	var kinds []string
	for _, s := range among {
		kinds = append(kinds, fmt.Sprintf("%s (%s)", s.kind, strings.Join(s.names(named), ", ")))
	}
	return "begin with a line that names the columns of one kind of file: " + strings.Join(kinds, "; ")
}
