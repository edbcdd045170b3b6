package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"yardstick/dashboards/view"
)

// The validator is of npm, installed with what builds the assets; its settings leave out two rules: titles may be
// long (they name the areas compared), and fields may share a name (a comparison is /compare?with=…&with=…). The
// suggestions of a search are a list box: no element of HTML's own can be walked through while the focus stays in a
// field.
const (
	validator         = "../../static/node_modules/html-validate/bin/html-validate.mjs"
	validatorSettings = "../../static/html-validate.json"
)

// pageKinds are pages of every kind that the site has, in English: what has a choice made, and what has none.
func pageKinds() []string {
	return []string{
		"/", "/areas", "/areas?q=east", "/areas?q=nowhere", "/areas/leicester-city", "/areas/cardiff",
		"/map", "/map?programme=cci",
		"/inspections", "/inspections?programme=fji", "/inspections/" + rutland, "/inspections/" + leicester,
		"/inspections/leicester-city-yj2025",
		"/compare", with(leicester, rutland), with("brent-cci-2011", rutland, "bexley-cci-2012"),
		"/benchmarks", "/benchmarks?programme=cci&measure=safeguarding&group=region&of=leicestershire-and-rutland&" +
			"as_of=2012-06-13",
		"/benchmarks?programme=cci&measure=safeguarding&group=family&of=leicestershire-and-rutland",
		"/benchmarks?indicator=children_cautioned_or_sentenced_rate_per_1000&period=2022-03-31&of=leicester-city",
		"/trends", "/trends?programme=cci&measure=safeguarding", "/indicators",
		"/indicators?indicator=fte_rate_per_100k&area=leicestershire-and-rutland",
		"/target", "/target?as_of=2016-01-31", "/releases", "/data", "/data?letter=c", "/methodology", "/api",
		"/accessibility", "/about", "/contact",
		"/contact?page=%2Fareas%2Fleicester-city", "/glossary", "/ratings", "/explained", "/privacy", "/embed/inspections/" + rutland +
			"/headlines",
		"/nothing", "/areas/nowhere", "/benchmarks?as_of=tomorrow",
	}
}

// Pages of every kind, those of errors among them, are HTML by the standard, and keep the validator's rules of
// accessibility.
func TestPagesAreValid(t *testing.T) {
	if testing.Short() {
		t.Skip("it needs Node")
	}
	if _, err := os.Stat(validator); err != nil {
		t.Fatalf("html-validate is not installed (make assets installs it): %v", err)
	}
	s := shared(t)
	folder := t.TempDir()
	result := filepath.Join(folder, "result.json") // a pipe would lose the end of it
	arguments := []string{validator, "--config", validatorSettings, "--formatter", "json=" + result}
	asked := make(map[string]string)               // addresses by file
	broken := filepath.Join(folder, "broken.html") // what shows that faults are found
	if err := os.WriteFile(broken, []byte("<!DOCTYPE html><p>nothing<div>"), 0o600); err != nil {
		t.Fatal(err)
	}
	arguments = append(arguments, broken)
	for _, address := range pageKinds() {
		for _, tag := range []string{"en", "cy"} {
			target := view.PathIn(tag, address)
			file := filepath.Join(folder, fmt.Sprintf("%03d.html", len(asked)))
			page := s.get(t, target)
			if page.status >= 300 && page.status < 400 {
				t.Errorf("%s leads elsewhere: it is no page", target)
			}
			if err := os.WriteFile(file, page.body, 0o600); err != nil {
				t.Fatal(err)
			}
			asked[file] = target
			arguments = append(arguments, file)
		}
	}
	said, err := exec.CommandContext(t.Context(), "node", arguments...).CombinedOutput()
	if failed := new(exec.ExitError); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	out, err := os.ReadFile(result)
	if err != nil {
		t.Fatalf("html-validate leaves no result: %v\n%s", err, said)
	}
	var reports []struct {
		FilePath string
		Messages []struct {
			RuleID, Message, Selector string
			Line                      int
		}
	}
	if err := json.Unmarshal(out, &reports); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, report := range reports {
		if report.FilePath == broken {
			found = len(report.Messages) > 0
			continue
		}
		for _, m := range report.Messages {
			t.Errorf("%s:%d: %s (%s) at %s", asked[report.FilePath], m.Line, m.Message, m.RuleID, m.Selector)
		}
	}
	if !found {
		t.Errorf("html-validate finds no fault where there are some\n%s", said)
	}
}
