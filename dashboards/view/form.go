package view

import (
	"cmp"
	"slices"
	"strings"
)

// Field is one input of a form, with what is wrong with the value that was sent in it.
type Field struct {
	Name    string // of its parameter
	ID      string // of its element, where that is not its name
	Label   string
	Hint    string
	Value   string
	Choices []Option // a list to choose from; nil for a text
	Several bool     // any number of the choices may be ticked
	Empty   bool     // the list is not filled in again when the reader comes back to the page
	Range   *Range   // the numbers that can be chosen; nil where it is no number
	Width   int      // characters that fit; 0 for all of the column
	Longest int      // characters
	Wide    bool     // takes two columns
	Error   string   // in words; empty where nothing is wrong
}

// Option is one choice of a list.
type Option struct {
	Value    string
	Text     string
	Selected bool
}

// Range is the least and the most that a number may be.
type Range struct{ Least, Most int }

// Element returns the id of the field's element.
func (f *Field) Element() string { return cmp.Or(f.ID, f.Name) }

// Describes returns the ids of what describes the field, as aria-describedby has them; empty for none.
func (f *Field) Describes() string {
	ids := ""
	if f.Hint != "" {
		ids = f.Element() + "-hint"
	}
	if f.Error != "" {
		if ids != "" {
			ids += " "
		}
		ids += f.Element() + "-error"
	}
	return ids
}

// Fill puts values into the field, as a reader sent them. A list keeps its choices where it has no such value.
func (f *Field) Fill(values []string) {
	f.Value = strings.ToValidUTF8(values[0], "")
	among := func(o Option) bool { return slices.Contains(values, o.Value) }
	if !slices.ContainsFunc(f.Choices, among) {
		return
	}
	for n := range f.Choices {
		f.Choices[n].Selected = among(f.Choices[n])
	}
}

// Problem is one line of the summary of errors at the head of a page.
type Problem struct {
	Text string
	Href string // to the field; empty where the page has none
}

// FieldOf returns the field of a parameter among the parts; nil for none.
func (p *Parts) FieldOf(name string) *Field {
	if at := slices.IndexFunc(p.Fields, func(f *Field) bool { return f.Name == name }); at >= 0 {
		return p.Fields[at]
	}
	return nil
}
