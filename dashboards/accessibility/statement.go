// Package accessibility holds what is known of how accessible the pages are: a file that the browser's tests write
// of what they looked at and found, and that the page of the statement is made from.
package accessibility

import (
	"bytes"
	_ "embed" // the file
	"encoding/json"
	"fmt"
)

// File is the name of the file, in this package's folder.
const File = "statement.json"

//go:embed statement.json
var content []byte

// Statement is what was looked at, with what, and what was found.
type Statement struct {
	Checked  string    `json:"checked"` // day, such as 2026-11-22
	Browser  string    `json:"browser"` // name and major version
	Tools    []Tool    `json:"tools"`
	Rules    int       `json:"rules"` // of axe-core that applied to some page
	Kinds    []string  `json:"kinds"` // of pages
	Checks   []Check   `json:"checks"`
	Failures []Failure `json:"failures"`
}

// Tool is a program that pages were held to.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Check is one matter that pages were looked at for.
type Check struct {
	ID        string   `json:"id"`
	Languages []string `json:"languages"`
	Widths    []int    `json:"widths"` // of windows, in CSS pixels
	Pages     int      `json:"pages"`  // addresses in one language
}

// Failure is a fault that was found, is not mended, and is owned up to.
type Failure struct {
	Kind     string `json:"kind"`
	Check    string `json:"check"`
	Rule     string `json:"rule"`
	Language string `json:"language"`
}

// Read is the statement as it was last written.
func Read() (Statement, error) {
	var s Statement
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&s); err != nil {
		return Statement{}, fmt.Errorf("accessibility statement: %w", err)
	}
	return s, nil
}
