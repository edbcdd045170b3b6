package score

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Question is a scoring question and the measures it counts for, by their ids; empty for none.
type Question struct {
	ID                 string
	Criterion, Section string
	Headlines          []string
}

// measures are the measures the question counts for.
func (q Question) measures() []string {
	var all []string
	for _, measure := range append([]string{q.Criterion, q.Section}, q.Headlines...) {
		if measure != "" {
			all = append(all, measure)
		}
	}
	return all
}

var (
	questionColumns = []string{"question", "criterion", "section", "headlines"}
	measurePattern  = regexp.MustCompile(`^[a-z0-9_]{1,80}$`)
	questionPattern = regexp.MustCompile(`^[\pL\pN]([^\pC]*[^\pC\pZ])?$`)
)

const (
	maxListed    = 100 // findings listed; the rest are counted
	maxQuestions = wordsAtMost * 2 * halfSize
	maxName      = 200     // bytes of a question's id
	maxFile      = 4 << 20 // bytes of a file of questions
)

// ReadQuestions reads a file of questions: CSV in UTF-8 with the columns question, criterion, section and headlines in
// any order, each naming measures by id, headlines separated by semicolons, empty for none. name is the file's name in
// findings. A file with anything wrong in it is refused whole with a *finding.Error.
func ReadQuestions(name string, r io.Reader) ([]Question, error) {
	content, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	f := &questionFile{found: found{file: name}, rows: make(map[string]int), kinds: make(map[string]kindAt)}
	switch {
	case len(content) > maxFile:
		f.add(0, "", "", "rows_limit", fmt.Sprintf("is longer than %d bytes", maxFile), "send the questions alone")
	case !utf8.Valid(content):
		f.add(0, "", "", "encoding", "is not UTF-8", "save it as CSV UTF-8")
	default:
		f.read(bytes.TrimPrefix(content, []byte("\ufeff")))
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	return f.questions, nil
}

// kindAt is what kind of measure an id was first used for, and in which row.
type kindAt struct {
	kind string
	row  int
}

// questionFile is a file of questions being read.
type questionFile struct {
	found
	at        map[string]int // places of columns
	questions []Question
	rows      map[string]int // by question
	kinds     map[string]kindAt
}

func (f *questionFile) read(content []byte) {
	reader := csv.NewReader(bytes.NewReader(content))
	header, err := reader.Read()
	if err != nil {
		f.broken(err)
		return
	}
	if !f.header(header, questionColumns) {
		return
	}
	f.at = make(map[string]int)
	for i, name := range header {
		f.at[name] = i
	}
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil && !errors.Is(err, csv.ErrFieldCount) {
			f.broken(err)
			return
		}
		row, _ := reader.FieldPos(0)
		if err != nil {
			f.add(row, "", "", "ragged_row",
				fmt.Sprintf("has %d cells, not the %d of the header", len(cells), len(header)),
				"write one cell a column")
			continue
		}
		f.question(row, cells)
	}
	switch {
	case len(f.rows) == 0 && f.total == 0:
		f.add(0, "", "", "empty", "has no rows below the header", "send the file with its rows")
	case len(f.rows) > maxQuestions:
		f.add(0, "", "", "rows_limit", fmt.Sprintf("has more than %d questions", maxQuestions),
			"send the questions alone")
	}
}

func (f *questionFile) broken(err error) {
	var parse *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		f.add(0, "", "", "empty", "is empty", "send the file again")
	case errors.As(err, &parse):
		f.add(parse.Line, "", "", "quote", parse.Err.Error(),
			`put the value in quotes and double those within: "a ""b"" c"`)
	default:
		f.add(0, "", "", "encoding", err.Error(), "save it as CSV UTF-8")
	}
}

// question reads one row.
func (f *questionFile) question(row int, cells []string) {
	q := Question{ID: cells[f.at["question"]]}
	before := f.total
	switch first, twice := f.rows[q.ID]; {
	case strings.TrimSpace(q.ID) == "":
		f.add(row, "question", "", "required", "is blank", "every row has a value here")
	case len(q.ID) > maxName || !questionPattern.MatchString(q.ID):
		f.add(row, "question", q.ID, "text", "is not the name of a question", nameFix)
	case twice:
		f.add(row, "question", q.ID, "row_duplicate", fmt.Sprintf("is in row %d too", first), "delete one of the rows")
	default:
		f.rows[q.ID] = row
	}
	q.Criterion = f.measure(row, "criterion", cells[f.at["criterion"]])
	q.Section = f.measure(row, "section", cells[f.at["section"]])
	if cell := cells[f.at["headlines"]]; cell != "" {
		for part := range strings.SplitSeq(cell, ";") {
			headline := f.measure(row, "headlines", strings.TrimSpace(part))
			if slices.Contains(q.Headlines, headline) {
				f.add(row, "headlines", headline, "measure_repeated", "is named twice", "name it once")
			}
			q.Headlines = append(q.Headlines, headline)
		}
	}
	if f.total > before {
		return
	}
	if len(q.measures()) == 0 {
		f.add(row, "", q.ID, "measure_missing", "counts for no measure",
			"name its criterion, section or headlines, or delete the row")
		return
	}
	f.questions = append(f.questions, q)
}

// measure reads one name of a measure; empty is none, but not among several headlines.
func (f *questionFile) measure(row int, column, id string) string {
	if id == "" && column != "headlines" {
		return ""
	}
	if !measurePattern.MatchString(id) {
		f.add(row, column, id, "measure", "is not the id of a measure",
			"write small letters, digits and underscores, such as criterion_1_1; headlines are separated by semicolons")
		return id
	}
	if first, ok := f.kinds[id]; !ok {
		f.kinds[id] = kindAt{kind: column, row: row}
	} else if first.kind != column {
		f.add(row, column, id, "measure_kind", fmt.Sprintf("is under %s in row %d", first.kind, first.row), "a "+
			"measure is of one kind: correct one of the two")
	}
	return id
}
