package analytics

import "fmt"

// NotFoundError says that the record holds nothing of this kind under this id. Nearest holds ids of the same kind
// that the asker may have meant, best first.
type NotFoundError struct {
	Kind    string // area, inspection, programme, measure, benchmark, source
	ID      string
	Nearest []string
}

// Error names the kind and the id.
func (e *NotFoundError) Error() string { return fmt.Sprintf("no %s %q", e.Kind, e.ID) }

// InvalidError says that a value cannot be read as what it should be. Kind names the rule that was broken: date,
// group, count, repeat, programme, measure, format, length.
type InvalidError struct {
	Field string // the parameter it came in by; empty where the caller knows better
	Kind  string
	Value string
}

// Error names the field, the value and the rule.
func (e *InvalidError) Error() string {
	return fmt.Sprintf("%s: %q is not a valid %s", e.Field, e.Value, e.Kind)
}
