// Package finding holds what is wrong with data, said so that whoever sent it can put it right: where it stands, the
// value found there, the rule it breaks, how, and what to do. Checks of the record and of files to be imported share
// it.
package finding

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Severity says whether a finding refuses the data it is about.
type Severity int

// The severities. The zero value refuses.
const (
	SeverityError   Severity = iota // nothing is taken
	SeverityWarning                 // the data is taken; somebody should look
)

// String is the severity's word: "error" or "warning".
func (s Severity) String() string {
	if s == SeverityWarning {
		return "warning"
	}
	return "error"
}

// MarshalText writes the severity's word.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the severity's word.
func (s *Severity) UnmarshalText(text []byte) error {
	switch string(text) {
	case "error":
		*s = SeverityError
	case "warning":
		*s = SeverityWarning
	default:
		return fmt.Errorf("severity %q is neither error nor warning", text)
	}
	return nil
}

// Finding is one thing wrong with a file.
type Finding struct {
	File     string   `json:"file"`
	Sheet    string   `json:"sheet"`  // of a workbook; empty for other files
	Line     int      `json:"row"`    // 1 is the header; 0 where the whole file is meant
	Column   string   `json:"column"` // by name; empty where the whole row is meant
	Value    string   `json:"value"`  // as found, perhaps shortened
	Rule     string   `json:"rule"`   // a stable id
	Problem  string   `json:"problem"`
	Fix      string   `json:"fix"` // what to do about it
	Severity Severity `json:"severity"`
}

// Refuses says whether the finding refuses the data it is about.
func (f Finding) Refuses() bool { return f.Severity == SeverityError }

// shown is how much of a value String shows, in runes.
const shown = 80

// String is the finding on one line: file#sheet:row:column: rule: "value" problem; fix. A warning says so before its
// rule.
func (f Finding) String() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Sheet != "" {
		b.WriteString("#" + f.Sheet)
	}
	fmt.Fprintf(&b, ":%d:%s: ", f.Line, f.Column)
	if !f.Refuses() {
		b.WriteString(f.Severity.String() + ": ")
	}
	b.WriteString(f.Rule + ": ")
	if f.Value != "" {
		b.WriteString(strconv.Quote(Clip(f.Value, shown)) + " ")
	}
	b.WriteString(f.Problem)
	if f.Fix != "" {
		b.WriteString("; " + f.Fix)
	}
	return Printable(b.String())
}

// Printable returns a text for one line of a terminal: a question mark stands for every character that would move the
// cursor, end the line or turn the direction of what follows.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, text)
}

// Clip is text cut to at most so many runes, the last of them an ellipsis where something was cut.
func Clip(text string, most int) string {
	seen := 0
	for at := range text {
		if seen++; seen > most {
			head := []rune(text[:at])
			return string(head[:most-1]) + "…"
		}
	}
	return text
}

// Error says that data was refused whole, and why.
type Error struct {
	Findings []Finding
	Unlisted int // findings beyond those listed, where they were only counted
}

// printed is how many findings Error prints; the rest are counted.
const printed = 100

// Error lists the first findings, one a line.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "refused, with %d findings:", len(e.Findings)+e.Unlisted)
	for _, f := range e.Findings[:min(len(e.Findings), printed)] {
		b.WriteString("\n" + f.String())
	}
	if more := max(len(e.Findings)-printed, 0) + e.Unlisted; more > 0 {
		fmt.Fprintf(&b, "\nand %d more", more)
	}
	return b.String()
}
