package release

import (
	"fmt"
	"strings"
)

// Finding is one thing wrong with a record: the file, the line (1 is the header), the column, the value found there,
// the rule it breaks and how.
type Finding struct {
	File    string `json:"file"`
	Line    int    `json:"row"`
	Column  string `json:"column"`
	Value   string `json:"value"`
	Rule    string `json:"rule"`
	Problem string `json:"problem"`
}

// String is the finding on one line: file:row:column: rule: what is wrong.
func (f Finding) String() string {
	wrong := f.Problem
	if f.Value != "" {
		wrong = fmt.Sprintf("%q %s", f.Value, f.Problem)
	}
	return fmt.Sprintf("%s:%d:%s: %s: %s", f.File, f.Line, f.Column, f.Rule, wrong)
}

// FindingsError says that a record was refused whole, and every reason why.
type FindingsError struct{ Findings []Finding }

// printed is how many findings are printed; the rest are counted.
const printed = 100

// Error lists the first findings, one a line.
func (e *FindingsError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "the record is refused, with %d findings:", len(e.Findings))
	for _, f := range e.Findings[:min(len(e.Findings), printed)] {
		b.WriteString("\n" + f.String())
	}
	if more := len(e.Findings) - printed; more > 0 {
		fmt.Fprintf(&b, "\nand %d more", more)
	}
	return b.String()
}
