package i18n

import (
	"fmt"
	"regexp"
	"strings"
)

// segment is a piece of a message: text, and after it the value of a variable, if it names one.
type segment struct {
	text string
	name string
}

var variable = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

// segmentsOf takes a message apart that holds variables and nothing else between braces; false for one that decides
// something. Most messages are such, a page says hundreds, and filling them in needs no template.
func segmentsOf(message string) ([]segment, bool) {
	var segments []segment
	at := 0
	for _, found := range variable.FindAllStringSubmatchIndex(message, -1) {
		segments = append(segments, segment{text: message[at:found[0]], name: message[found[2]:found[3]]})
		at = found[1]
	}
	segments = append(segments, segment{text: message[at:]})
	for _, s := range segments {
		if strings.Contains(s.text, "{{") {
			return nil, false
		}
	}
	return segments, true
}

// fill puts the values of variables, in pairs with their names, into a message.
func fill(segments []segment, variables []any) (string, error) {
	var b strings.Builder
	for _, s := range segments {
		b.WriteString(s.text)
		if s.name == "" {
			continue
		}
		value, ok := valueOf(s.name, variables)
		if !ok {
			return "", fmt.Errorf("the variable %s was not given", s.name)
		}
		fmt.Fprint(&b, value)
	}
	return b.String(), nil
}

func valueOf(name string, variables []any) (any, bool) {
	for i := 0; i+1 < len(variables); i += 2 {
		if variables[i] == name {
			return variables[i+1], true
		}
	}
	return nil, false
}
