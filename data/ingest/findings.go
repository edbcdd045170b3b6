package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"yardstick/data/finding"
)

// Findings are what is wrong with a file. At most a hundred are listed; all are counted.
type Findings struct {
	Listed []finding.Finding // by row; errors before warnings where not all fit
	Total  int               // errors and warnings, listed or not
	Errors int
}

// Refused says that nothing of the file was taken.
func (f Findings) Refused() bool { return f.Errors > 0 }

// Err is a *finding.Error where the file was refused, else nil.
func (f Findings) Err() error {
	if !f.Refused() {
		return nil
	}
	return &finding.Error{Findings: f.Listed, Unlisted: f.Total - len(f.Listed)}
}

const (
	maxListed  = 100
	maxCounted = 50_000 // findings after which a file is read no further
	maxValue   = 300    // runes of a value kept in a finding
)

// log gathers the findings of one file.
type log struct {
	file, sheet      string
	errors, warnings []finding.Finding
	errorCount       int
	warningCount     int
}

func newLog(file string) *log {
	return &log{file: finding.Clip(finding.Printable(strings.ToValidUTF8(file, "?")), 200)}
}

func (l *log) refused() bool { return l.errorCount > 0 }

// full says that further errors are only counted, so that nobody need work out how to help with them.
func (l *log) full() bool { return len(l.errors) >= maxListed }

// add takes a finding and says where it was found.
func (l *log) add(f finding.Finding) {
	f.File = l.file
	if f.Sheet == "" {
		f.Sheet = l.sheet
	}
	f.Value = finding.Clip(strings.ToValidUTF8(f.Value, "\uFFFD"), maxValue)
	f.Column = finding.Clip(f.Column, 80)
	list, count := &l.errors, &l.errorCount
	if f.Severity == finding.SeverityWarning {
		list, count = &l.warnings, &l.warningCount
	}
	*count++
	if len(*list) < maxListed {
		*list = append(*list, f)
	}
}

// last adds a finding after which nothing more is read. It is listed even where the list is full.
func (l *log) last(f finding.Finding) {
	if l.full() {
		l.errors = l.errors[:maxListed-1]
	}
	l.add(f)
}

// enough says that the file has so many errors that nothing more is read, and adds that once.
func (l *log) enough(line int) bool {
	if l.errorCount < maxCounted {
		return false
	}
	l.last(finding.Finding{
		Line:    line,
		Rule:    "findings_limit",
		Problem: fmt.Sprintf("comes after %d findings; nothing after it was read", l.errorCount),
		Fix:     "correct those listed first",
	})
	return true
}

// whole adds a finding about the file as a whole.
func (l *log) whole(rule, problem, fix string) {
	l.add(finding.Finding{Rule: rule, Problem: problem, Fix: fix})
}

// line adds a finding about a row as a whole.
func (l *log) line(line int, rule, value, problem, fix string) {
	l.add(finding.Finding{Line: line, Rule: rule, Value: value, Problem: problem, Fix: fix})
}

// findings are all that was found, by row.
func (l *log) findings() Findings {
	listed := append(slices.Clip(l.errors), l.warnings[:min(len(l.warnings), maxListed-len(l.errors))]...)
	slices.SortStableFunc(listed, func(a, b finding.Finding) int { return cmp.Compare(a.Line, b.Line) })
	return Findings{Listed: listed, Total: l.errorCount + l.warningCount, Errors: l.errorCount}
}
