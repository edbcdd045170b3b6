package office

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every test that the assessment rests on is there, and every requirement says what holds it.
func TestTheAssessmentNamesItsTests(t *testing.T) {
	text, err := os.ReadFile("../../docs/asvs.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tests.Write(content)
	}
	named := regexp.MustCompile("`(Test[A-Za-z]+)`").FindAllStringSubmatch(string(text), -1)
	if len(named) < 30 {
		t.Errorf("%d tests are named", len(named))
	}
	for _, name := range named {
		if !strings.Contains(tests.String(), "func "+name[1]+"(t *testing.T)") {
			t.Errorf("there is no %s", name[1])
		}
	}
	// of levels 1 and 2 in the standard's version 5.0.0
	for id := range strings.FieldsSeq("6.1.1 6.1.2 6.1.3 6.3.1 6.3.2 6.3.3 6.4.1 6.4.2 6.4.3 6.4.4 6.5.1 6.5.2 " +
		"6.5.3 6.5.4 6.5.5 6.8.1 6.8.2 6.8.3 7.1.1 7.1.2 7.1.3 7.2.1 7.2.2 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 7.4.4 " +
		"7.4.5 7.5.1 7.5.2 7.6.1 7.6.2 8.1.1 8.1.2 8.2.1 8.2.2 8.2.3 8.3.1 8.4.1") {
		if !regexp.MustCompile(`(?m)^\| .*\b` + regexp.QuoteMeta(id) + `\b.* \| .+ \| .+ \|$`).Match(text) {
			t.Errorf("%s has no line", id)
		}
	}
}
