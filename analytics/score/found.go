package score

import (
	"fmt"
	"slices"
	"strings"

	"yardstick/data/finding"
)

const nameFix = "begin it with a letter or a digit, without spaces around it, in at most 200 characters"

// found gathers what is wrong with one file: the first hundred findings, and the number of all.
type found struct {
	file   string
	listed []finding.Finding
	total  int
}

func (f *found) add(row int, column, value, rule, problem, fix string) {
	f.total++
	if len(f.listed) < maxListed {
		const most = 300 // runes of a value kept
		f.listed = append(f.listed, finding.Finding{
			File:    f.file,
			Line:    row,
			Column:  column,
			Value:   finding.Clip(strings.ToValidUTF8(value, "\uFFFD"), most),
			Rule:    rule,
			Problem: problem,
			Fix:     fix,
		})
	}
}

// err is a *finding.Error where anything was found, else nil.
func (f *found) err() error {
	if f.total == 0 {
		return nil
	}
	return &finding.Error{Findings: f.listed, Unlisted: f.total - len(f.listed)}
}

// header says whether a file has these columns, each once, and no other.
func (f *found) header(names, want []string) bool {
	before := f.total
	if len(names) == 1 && len(want) > 1 && strings.ContainsAny(names[0], ";\t|") {
		f.add(1, "", names[0], "format", "is not separated by commas", "save it as CSV with commas")
		return false
	}
	for i, name := range names {
		switch {
		case !slices.Contains(want, name):
			f.add(1, name, name, "header_unknown", "is not a column of this kind of file",
				"the columns are "+strings.Join(want, ", "))
		case slices.Contains(names[:i], name):
			f.add(1, name, name, "header_duplicate", "names two columns", "delete one of them")
		}
	}
	for _, name := range want {
		if !slices.Contains(names, name) {
			f.add(1, name, "", "header_missing", "the column "+name+" is missing",
				"add it; the first line names the columns")
		}
	}
	return f.total == before
}

// worded are the words of the rules that the engine finds broken, by their ids.
var worded = map[string]struct{ problem, fix string }{
	"required":          {"is blank", "every row has a value here"},
	"text":              {"is not a name", nameFix},
	"question_unknown":  {"is not among the questions", "write it as the file of questions has it, or add it there"},
	"judgement_unknown": {"is not a judgement", "write sufficient, insufficient or not_applicable"},
}

// repeated returns words for a judgement that was made before, in that row of that file.
func repeated(file, first string, row int64) (problem, fix string) {
	where := fmt.Sprintf("row %d", row)
	if first != file {
		where += " of " + first
	}
	return "was judged for this case in " + where + " too", "delete one of the rows"
}
